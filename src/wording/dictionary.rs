//! How it is said what is wrong with a dictionary that was to be imported.

use crate::language::Language;
use crate::language::dictionary::{Problem, ProblemKind};

use super::{place, say};

/// What is wrong, with the file and the line.
pub fn dictionary(language: Language, problem: &Problem, file: &str) -> String {
    let place = place(file, problem.line);
    let found = problem.found.clone().unwrap_or_default();
    // What is counted is given as a number, so that the sentence can choose its plural form.
    let found = match (problem.kind, found.parse::<u32>()) {
        (ProblemKind::Columns | ProblemKind::More, Ok(number)) => number.into(),
        _ => found.into(),
    };
    say(
        language,
        id(problem.kind),
        &[("place", place.into()), ("found", found)],
    )
}

fn id(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Empty => "dictionary-empty",
        ProblemKind::TooLarge => "dictionary-too-large",
        ProblemKind::TooManyEntries => "dictionary-too-many-entries",
        ProblemKind::NotUtf8 => "dictionary-not-utf8",
        ProblemKind::Columns => "dictionary-columns",
        ProblemKind::Class => "dictionary-class",
        ProblemKind::Frequency => "dictionary-frequency",
        ProblemKind::NoEnglish => "dictionary-no-english",
        ProblemKind::NoArabic => "dictionary-no-arabic",
        ProblemKind::TooLong => "dictionary-too-long",
        ProblemKind::NotGzip => "dictionary-not-gzip",
        ProblemKind::Number => "dictionary-number",
        ProblemKind::Outside => "dictionary-outside",
        ProblemKind::EntryTooLarge => "dictionary-entry-too-large",
        ProblemKind::More => "dictionary-more",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_sentence_in_both_languages() {
        for kind in ProblemKind::ALL {
            let problem = Problem {
                kind,
                line: Some(7),
                found: Some("3".to_owned()),
            };
            let arabic = dictionary(Language::Arabic, &problem, "f");
            let english = dictionary(Language::English, &problem, "f");
            assert!(
                arabic.starts_with("f:7: ") && english.starts_with("f:7: ") && arabic != english,
                "{kind:?}"
            );
        }
    }
}
