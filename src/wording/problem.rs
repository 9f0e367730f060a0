//! How a problem of a source is said: `file:line: sentence`, with the remedy.

use fluent_templates::fluent_bundle::FluentValue;

use crate::language::Language;
use crate::source::{Problem, ProblemKind};

use super::{place, say};

/// A problem of the source in `file`, in one line.
pub fn problem(language: Language, problem: &Problem, file: &str) -> String {
    at(language, problem, place(file, problem.line))
}

/// A problem of a source whose name was said already, in one line: the place is said in words, so that an Arabic line
/// begins in Arabic.
pub fn problem_within(language: Language, problem: &Problem) -> String {
    let place = match problem.line {
        Some(line) => say(language, "problem-line", &[("line", line.into())]),
        None => say(language, "problem-file", &[]),
    };
    at(language, problem, place)
}

fn at(language: Language, problem: &Problem, place: String) -> String {
    let found = problem.found.clone().unwrap_or_default();
    // A count chooses a plural form, so it goes in as a number.
    let found: FluentValue<'static> = match found.parse::<u32>() {
        Ok(count) if problem.kind == ProblemKind::More => count.into(),
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
        ProblemKind::UnknownFormat => "problem-unknown-format",
        ProblemKind::NoId => "problem-no-id",
        ProblemKind::Empty => "problem-empty",
        ProblemKind::TooLarge => "problem-too-large",
        ProblemKind::TooManyLines => "problem-too-many-lines",
        ProblemKind::NulByte => "problem-nul-byte",
        ProblemKind::NotUtf8 => "problem-not-utf8",
        ProblemKind::LineTooLong => "problem-line-too-long",
        ProblemKind::NoParagraph => "problem-no-paragraph",
        ProblemKind::NotARecord => "problem-not-a-record",
        ProblemKind::WrongType => "problem-wrong-type",
        ProblemKind::NoText => "problem-no-text",
        ProblemKind::DuplicateKey => "problem-duplicate-key",
        ProblemKind::BadAttribution => "problem-bad-attribution",
        ProblemKind::MarkerWithoutFootnote => "problem-marker-without-footnote",
        ProblemKind::FootnoteWithoutMarker => "problem-footnote-without-marker",
        ProblemKind::EmptyFootnote => "problem-empty-footnote",
        ProblemKind::FootnoteAmongParagraphs => "problem-footnote-among-paragraphs",
        ProblemKind::HeadingWithoutParagraph => "problem-heading-without-paragraph",
        ProblemKind::ControlCharacter => "problem-control-character",
        ProblemKind::Encrypted => "problem-encrypted",
        ProblemKind::Disguised => "problem-disguised",
        ProblemKind::Broken => "problem-broken",
        ProblemKind::TooManyPages => "problem-too-many-pages",
        ProblemKind::TooManyFiles => "problem-too-many-files",
        ProblemKind::UnpackedTooLarge => "problem-unpacked-too-large",
        ProblemKind::NestedArchive => "problem-nested-archive",
        ProblemKind::UnsafePath => "problem-unsafe-path",
        ProblemKind::TooSlow => "problem-too-slow",
        ProblemKind::TooMuchMemory => "problem-too-much-memory",
        ProblemKind::NotRead => "problem-not-read",
        ProblemKind::NestedTooDeep => "problem-nested-too-deep",
        ProblemKind::EntityDeclared => "problem-entity-declared",
        ProblemKind::OnlyPictures => "problem-only-pictures",
        ProblemKind::NothingToRead => "problem-nothing-to-read",
        ProblemKind::MixedEncodings => "problem-mixed-encodings",
        ProblemKind::PageWithoutText => "problem-page-without-text",
        ProblemKind::OverlongParagraph => "problem-overlong-paragraph",
        ProblemKind::EncodingGuessed => "problem-encoding-guessed",
        ProblemKind::LeftOut => "problem-left-out",
        ProblemKind::More => "problem-more",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_file_line_and_remedy() {
        let marker = Problem::at(ProblemKind::MarkerWithoutFootnote, 7, Some("4"));
        assert_eq!(
            problem(Language::English, &marker, "nahw.txt"),
            "nahw.txt:7: the marker [4] has no footnote in the source; answers will say so."
        );
        let empty = Problem::of_file(ProblemKind::Empty, None);
        assert_eq!(
            problem(Language::Arabic, &empty, "nahw.txt"),
            "nahw.txt: فارغ، لا نص فيه."
        );
        let more = Problem::of_file(ProblemKind::More, Some("1"));
        assert_eq!(
            problem(Language::English, &more, "nahw.txt"),
            "nahw.txt: and one more problem."
        );
    }

    #[test]
    fn the_place_can_be_said_in_words() {
        let marker = Problem::at(ProblemKind::MarkerWithoutFootnote, 7, Some("4"));
        assert_eq!(
            problem_within(Language::English, &marker),
            "Line 7: the marker [4] has no footnote in the source; answers will say so."
        );
        assert_eq!(
            problem_within(Language::Arabic, &marker),
            "السطر 7: ليس في المصدر حاشية للعلامة [4]؛ وستقول الأجوبة ذلك."
        );
        let empty = Problem::of_file(ProblemKind::Empty, None);
        assert_eq!(
            problem_within(Language::English, &empty),
            "The file: it is empty."
        );
    }

    #[test]
    fn every_kind_has_its_sentence_in_both_languages() {
        for kind in ProblemKind::ALL {
            let found = Problem::of_file(kind, Some("3"));
            let arabic = problem(Language::Arabic, &found, "f");
            let english = problem(Language::English, &found, "f");
            assert!(
                arabic.starts_with("f: ") && english.starts_with("f: ") && arabic != english,
                "{kind:?}"
            );
        }
    }
}
