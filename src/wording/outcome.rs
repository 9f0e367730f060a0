//! How an outcome is said: why there is no answer, how sure one is, how question and passage met.

use crate::answer::{Outcome, Ranked, Reason};
use crate::language::{Language, arabizi};

use super::{citation, say};

/// Why there is no answer. `limit` is the length that a question may have, in characters.
pub fn reason(language: Language, reason: Reason, limit: usize) -> String {
    match reason {
        Reason::Empty => say(language, "reason-empty", &[]),
        Reason::TooLong => say(language, "reason-too-long", &[("limit", limit.into())]),
        Reason::OtherLanguage => say(language, "reason-other-language", &[]),
        Reason::UnknownWords => say(language, "reason-unknown-words", &[]),
        Reason::NeverTogether => say(language, "reason-never-together", &[]),
        Reason::NameAbsent => say(language, "reason-name-absent", &[]),
        Reason::Unsure => say(language, "reason-unsure", &[]),
    }
}

/// The head of the list of nearest passages.
pub fn nearest(language: Language) -> String {
    say(language, "nearest-passages", &[])
}

/// The confidence in words.
pub fn confidence(language: Language, confidence: f32) -> String {
    match confidence {
        0.85.. => say(language, "confidence-high", &[]),
        0.65.. => say(language, "confidence-medium", &[]),
        _ => say(language, "confidence-low", &[]),
    }
}

/// Which passage the question was read as following: where it stands and, of another source than what was found, whose it
/// is, a line each. Empty where it was read as standing on its own.
pub fn follows(language: Language, outcome: &Outcome) -> Vec<String> {
    let Some(followed) = &outcome.follows else {
        return Vec::new();
    };
    let place = citation::locator(language, &followed.passage);
    let mut lines = vec![say(
        language,
        "read-as-following",
        &[("place", place.into())],
    )];
    let is_known = outcome
        .ranking
        .first()
        .is_some_and(|first| first.cited.version_key == followed.version_key);
    if !is_known {
        lines.push(citation::heading(followed));
    }
    lines
}

/// Which words of the question were read as others, a line each.
pub fn corrections(language: Language, outcome: &Outcome) -> Vec<String> {
    outcome
        .corrections
        .iter()
        .map(|word| {
            say(
                language,
                "read-as",
                &[
                    ("asked", word.asked.clone().into()),
                    ("read", word.read_as.clone().into()),
                ],
            )
        })
        .collect()
}

/// Where question and source differ in language: a line that says so, then «asked ↔ found», a line each. Empty where
/// they do not differ.
pub fn met(language: Language, outcome: &Outcome, ranked: &Ranked) -> Vec<String> {
    let mut pairs: Vec<String> = Vec::new();
    if outcome.language != ranked.cited.attribution.language {
        for matched in &ranked.matched {
            let text = &ranked.cited.passage.text;
            let found = text.get(matched.found.clone()).unwrap_or_default();
            let pair = format!("{} ↔ {found}", matched.asked);
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    if !pairs.is_empty() {
        let is_arabizi = arabizi::tokens(&outcome.question).is_some();
        let head = match (outcome.language, ranked.cited.attribution.language) {
            (_, Language::Arabic) if is_arabizi => say(language, "met-question-arabizi", &[]),
            (Language::English, Language::Arabic) => say(language, "met-question-english", &[]),
            (Language::Arabic, Language::English) => say(language, "met-question-arabic", &[]),
            _ => say(language, "met-question-other", &[]),
        };
        pairs.insert(0, head);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::answer::{Correction, Matched};
    use crate::wording::tests::cited;

    fn outcome(language: Language) -> Outcome {
        let cited = cited();
        let sentence = 0..cited.passage.text.len();
        let found = 0.."أقيمت".len();
        let matched = Matched {
            asked: "established".to_owned(),
            found,
        };
        let ranked = Ranked {
            cited: Arc::new(cited),
            confidence: 0.9,
            sentence,
            short: None,
            highlights: Vec::new(),
            matched: vec![matched.clone(), matched],
        };
        Outcome {
            question: "when".to_owned(),
            language,
            reason: None,
            ranking: vec![ranked],
            corrections: vec![Correction {
                asked: "relatons".to_owned(),
                read_as: "relations".to_owned(),
            }],
            follows: None,
        }
    }

    #[test]
    fn languages_that_differ_show_which_words_met() {
        let english = outcome(Language::English);
        let lines = met(Language::English, &english, &english.ranking[0]);
        insta::assert_snapshot!(lines.join("\n"), @r"
        Your question is in English, the source in Arabic; these words matched:
        established ↔ أقيمت
        ");
        let latin = Outcome {
            question: "metta o2imat el 3ala2at?".to_owned(),
            ..english
        };
        let lines = met(Language::Arabic, &latin, &latin.ranking[0]);
        insta::assert_snapshot!(lines[0], @"سؤالك عربي مكتوب بحروف لاتينية؛ وهذه الكلمات المتقابلة:");
        let arabic = outcome(Language::Arabic);
        assert!(met(Language::Arabic, &arabic, &arabic.ranking[0]).is_empty());
    }

    #[test]
    fn the_passage_that_was_followed_is_named() {
        let mut outcome = outcome(Language::English);
        assert!(follows(Language::English, &outcome).is_empty());
        outcome.follows = Some(Arc::clone(&outcome.ranking[0].cited));
        assert_eq!(
            follows(Language::English, &outcome),
            ["I took your question as a follow-up to: Paragraph 5"]
        );
        outcome.ranking.clear();
        assert_eq!(
            follows(Language::Arabic, &outcome),
            [
                "فهمتُ سؤالك متابعةً لهذا الموضع: الفقرة 5",
                "العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول"
            ]
        );
    }

    #[test]
    fn reasons_and_confidence_in_words() {
        assert_eq!(
            reason(Language::English, Reason::TooLong, 500),
            "Your question is too long; the limit is 500 characters."
        );
        assert_eq!(
            reason(Language::Arabic, Reason::TooLong, 103),
            "سؤالك أطول مما ينبغي؛ الحد 103 أحرف."
        );
        assert_eq!(
            confidence(Language::English, 0.93),
            "This is very likely the answer."
        );
        assert_eq!(
            confidence(Language::English, 0.7),
            "This is likely the answer."
        );
        assert_eq!(confidence(Language::Arabic, 0.5), "قد يكون هذا هو الجواب.");
        assert_eq!(
            corrections(Language::English, &outcome(Language::English)),
            ["I read “relatons” as “relations”."]
        );
    }
}
