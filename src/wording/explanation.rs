//! How an explanation of an outcome is said: what words were taken for, where alternatives came from, what signals are.

use crate::answer::explanation::{Alternative, Explanation, Kind, Weighed, Word};
use crate::answer::origin::Origin;
use crate::answer::question::Wanted;
use crate::answer::weights::Part;
use crate::language::Language;

use super::say;

/// What kind of answer the question wants.
pub fn wanted(language: Language, wanted: Wanted) -> String {
    let kind = match wanted {
        Wanted::Date => say(language, "wanted-date", &[]),
        Wanted::Number => say(language, "wanted-number", &[]),
        Wanted::Share => say(language, "wanted-share", &[]),
        Wanted::Person => say(language, "wanted-person", &[]),
        Wanted::Place => say(language, "wanted-place", &[]),
        Wanted::Cause => say(language, "wanted-cause", &[]),
        Wanted::Definition => say(language, "wanted-definition", &[]),
        Wanted::Anything => say(language, "wanted-anything", &[]),
    };
    say(language, "why-wanted", &[("kind", kind.into())])
}

/// The words of one kind that are not searched for; none where there are none.
pub fn left_out(language: Language, words: &[Word], kind: Kind) -> Option<String> {
    let of_kind = words.iter().filter(|word| word.kind == kind);
    let of_kind: Vec<&str> = of_kind.map(|word| word.text.as_str()).collect();
    let words = ("words", list(language, &of_kind).into());
    if of_kind.is_empty() {
        None
    } else if kind == Kind::Stop {
        Some(say(language, "why-stop", &[words]))
    } else {
        Some(say(language, "why-repeated", &[words]))
    }
}

/// How a word was understood, in one line.
pub fn word(language: Language, word: &Word) -> String {
    let mut remarks = Vec::new();
    match word.kind {
        Kind::Name => remarks.push(say(language, "why-name", &[])),
        Kind::Phrase => remarks.push(say(language, "why-phrase", &[])),
        Kind::Word | Kind::Stop | Kind::Repeated => {}
    }
    if word.alternatives.is_empty() {
        remarks.push(say(language, "why-unknown", &[]));
    }
    let mut line = say(
        language,
        "why-word",
        &[
            ("word", word.text.clone().into()),
            ("importance", number(word.importance).into()),
            ("weight", number(word.weight).into()),
            ("rarity", number(word.rarity).into()),
        ],
    );
    for remark in remarks {
        line.push_str(&say(language, "why-remark", &[("remark", remark.into())]));
    }
    line
}

/// What a word may be: where that came from, the term, its weight, in how many passages it stands.
pub fn alternative(language: Language, alternative: &Alternative) -> String {
    let passages = say(
        language,
        "count-passages",
        &[("count", alternative.n_passages.into())],
    );
    say(
        language,
        "why-alternative",
        &[
            ("origin", origin(language, alternative).into()),
            ("term", alternative.term.clone().into()),
            ("weight", number(alternative.weight).into()),
            ("passages", passages.into()),
        ],
    )
}

/// An alternative of several words.
pub fn phrase(language: Language, terms: &[String], weight: f32) -> String {
    let arguments = [
        ("terms", terms.join(" ").into()),
        ("weight", number(weight).into()),
    ];
    say(language, "why-together", &arguments)
}

/// What else a word may be and stands nowhere; none where there is nothing.
pub fn absent(language: Language, word: &Word) -> Option<String> {
    let terms: Vec<&str> = word
        .absent
        .iter()
        .map(|alternative| alternative.term.as_str())
        .collect();
    let terms_said = ("terms", list(language, &terms).into());
    (!terms.is_empty()).then(|| say(language, "why-absent", &[terms_said]))
}

/// Where an alternative came from.
fn origin(language: Language, alternative: &Alternative) -> String {
    let entry = || match &alternative.entry {
        Some(found) => {
            let arguments = [
                ("lemma", found.lemma.clone().into()),
                ("class", found.class.code().into()),
            ];
            say(language, "why-entry", &arguments)
        }
        None => String::new(),
    };
    match alternative.origin {
        Origin::Stem => say(language, "origin-stem", &[]),
        Origin::Digits => say(language, "origin-digits", &[]),
        Origin::Reading => say(language, "origin-reading", &[]),
        Origin::Forms => say(language, "origin-forms", &[]),
        Origin::Base => say(language, "origin-base", &[]),
        Origin::Translation(_) => entry(),
        Origin::FormOfTranslation(_) => say(
            language,
            "origin-form-of-translation",
            &[("entry", entry().into())],
        ),
        Origin::Family(_) => say(language, "origin-family", &[("entry", entry().into())]),
        Origin::Synonym(_) => say(language, "origin-synonym", &[("entry", entry().into())]),
        Origin::Sound if alternative.is_whole => say(language, "origin-sound", &[]),
        Origin::Sound => say(language, "origin-sound-stem", &[]),
        Origin::Likeness => say(language, "origin-likeness", &[]),
        Origin::Repair => say(language, "origin-repair", &[]),
    }
}

/// What an asked word met in a passage: the words as written, with how well they meet.
pub fn met(language: Language, asked: &str, found: &[(&str, f32)]) -> String {
    let found: Vec<String> = found
        .iter()
        .map(|(word, likeness)| format!("{word} {}", number(*likeness)))
        .collect();
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    format!("{asked} ↔ {}", list(language, &found))
}

/// The line over the parts of a score.
pub fn score(language: Language, weighed: &Weighed) -> String {
    let arguments = [
        ("score", number(weighed.score).into()),
        ("first", number(weighed.first_look).into()),
    ];
    say(language, "why-score", &arguments)
}

/// The line over the parts of a confidence.
pub fn confidence(language: Language, weighed: &Weighed) -> String {
    let sum: f32 = weighed.features.iter().map(Part::contribution).sum();
    let arguments = [
        ("confidence", number(weighed.confidence).into()),
        ("sum", number(sum + weighed.constant).into()),
        ("constant", number(weighed.constant).into()),
    ];
    say(language, "why-confidence", &arguments)
}

/// That a confidence was held below that of the passage above it; none where it was not.
pub fn held_below(language: Language, weighed: &Weighed, confidence: f32) -> Option<String> {
    (confidence < weighed.confidence).then(|| {
        let confidence = [("confidence", number(confidence).into())];
        say(language, "why-held-below", &confidence)
    })
}

/// One product of a sum.
pub fn part(language: Language, part: &Part) -> String {
    let names: Vec<String> = part
        .name
        .split('*')
        .map(|name| measure(language, name))
        .collect();
    let arguments = [
        ("name", names.join(" × ").into()),
        ("value", number(part.value).into()),
        ("weight", number(part.weight).into()),
        ("contribution", number(part.contribution()).into()),
    ];
    say(language, "why-part", &arguments)
}

/// Whether the first passage is the answer, and by what.
pub fn decision(language: Language, explanation: &Explanation) -> String {
    let first = explanation.outcome.ranking.first();
    let arguments = [
        (
            "confidence",
            number(first.map_or(0.0, |first| first.confidence)).into(),
        ),
        ("threshold", number(explanation.threshold).into()),
    ];
    if explanation.outcome.reason.is_none() {
        say(language, "why-answer", &arguments)
    } else {
        say(language, "why-none", &arguments)
    }
}

/// How much of the question the library has words for.
pub fn known(language: Language, explanation: &Explanation) -> String {
    let share = [("share", number(explanation.known_share).into())];
    let mut line = say(language, "why-known", &share);
    if explanation.lacks_name {
        line.push(' ');
        line.push_str(&say(language, "why-lacks-name", &[]));
    }
    line
}

/// What a signal or another measure is.
fn measure(language: Language, name: &str) -> String {
    let id = match name {
        "first_look" => "signal-first-look",
        "coverage" => "signal-coverage",
        "sentence" => "signal-sentence",
        "window" => "signal-window",
        "together" => "signal-together",
        "heading" => "signal-heading",
        "kind" => "signal-kind",
        "definition" => "signal-definition",
        "density" => "signal-density",
        "footnote" => "signal-footnote",
        "opening" => "signal-opening",
        "exact" => "signal-exact",
        "rarest" => "signal-rarest",
        "exact_sentence" => "signal-exact-sentence",
        "saturation" => "signal-saturation",
        "lead" => "signal-lead",
        "words" => "signal-words",
        "foreign" => "signal-foreign",
        "name_absent" => "signal-name-absent",
        other => return other.to_owned(),
    };
    say(language, id, &[])
}

/// Texts with the language's comma between them.
fn list(language: Language, texts: &[&str]) -> String {
    texts.join(&say(language, "citation-separator", &[]))
}

/// A number with two digits after the point.
fn number(number: f32) -> String {
    // Not «-0.00».
    format!("{:.2}", if number.abs() < 0.005 { 0.0 } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::signals::Signals;
    use crate::answer::weights::FEATURES;

    #[test]
    fn every_measure_has_its_sentence() {
        let names = Signals::NAMES.iter().chain(&FEATURES);
        for name in names.flat_map(|name| name.split('*')) {
            let (arabic, english) = (
                measure(Language::Arabic, name),
                measure(Language::English, name),
            );
            assert!(arabic != english && !english.contains('_'), "{name}");
        }
    }

    #[test]
    fn products_and_their_sums_are_told_with_two_digits() {
        let product = Part {
            name: "saturation*words",
            value: 0.5,
            weight: -0.001,
        };
        assert_eq!(
            part(Language::English, &product),
            "first look beside the most possible × words asked: 0.50 × 0.00 = 0.00"
        );
    }
}
