//! JSON Lines: one record a line with the strings `id`, `title` and `text`, one passage each.
//!
//! Other fields are ignored, so that what other programs write can be read as it is. A record without `id` has no key, one
//! without `title` (or an empty one) stands in no section; `null` is as good as nothing.
//!
//! A newcomer's trap: a record's place is the number of its line, `p<line>`, blank lines counted.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::encoding;
use super::lines::{self, Ends, Line, is_blank};
use super::paragraph::{self, Origin};
use super::problem::Problems;
use super::{Metadata, Passage, Problem, ProblemKind, Reading, Source};
use crate::language::detect;

/// Reads JSON Lines.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let bytes = encoding::utf8(bytes, &mut problems);
    let lines = bytes
        .as_deref()
        .and_then(|bytes| lines::read(bytes, Ends::Lf, &mut problems));
    let Some(lines) = lines else {
        return Reading {
            source: None,
            problems: problems.into_list(),
        };
    };
    let mut passages: Vec<Passage> = Vec::new();
    let mut keys = BTreeSet::new();
    let mut labels = BTreeSet::new();
    for line in lines {
        let Some(record) = Record::read(line, &mut problems) else {
            continue;
        };
        if let Some(key) = &record.key
            && !keys.insert(key.clone())
        {
            problems.push(Problem::at(
                ProblemKind::DuplicateKey,
                line.number,
                Some(key),
            ));
        }
        let title = record.title.as_deref().unwrap_or_default();
        let said = if title.contains(char::is_control) {
            title
        } else {
            &record.text
        };
        lines::warn_of_controls(line.number, said, &mut problems);
        let origin = Origin {
            section: record.title.as_slice(),
            key: record.key.as_deref(),
            n_notes: 0,
        };
        let read = paragraph::passages(line.number, &record.text, origin);
        for marker in read.iter().flat_map(|passage| &passage.markers) {
            if labels.insert(marker.label.clone()) {
                problems.push(Problem::at(
                    ProblemKind::MarkerWithoutFootnote,
                    line.number,
                    Some(&marker.label),
                ));
            }
        }
        passages.extend(read);
    }
    let text: Vec<&str> = passages
        .iter()
        .map(|passage| passage.text.as_str())
        .collect();
    let language = detect::language(&text.join("\n"));
    let source = (!passages.is_empty()).then_some(Source {
        metadata: Metadata::default(),
        language,
        passages,
    });
    Reading {
        source,
        problems: problems.into_list(),
    }
}

/// What counts of a line.
struct Record {
    key: Option<String>,
    title: Option<String>,
    text: String,
}

impl Record {
    /// The record of a line; none where it is none, or has no text. All that is wrong with it becomes a problem.
    fn read(line: Line<'_>, problems: &mut Problems) -> Option<Self> {
        let mut wrong = |kind, found: Option<&str>| {
            problems.push(Problem::at(kind, line.number, found));
        };
        let Ok(mut fields) = serde_json::from_str::<Map<String, Value>>(line.text) else {
            wrong(ProblemKind::NotARecord, Some(line.text.trim()));
            return None;
        };
        let [key, title, text] = ["id", "title", "text"].map(|name| match fields.remove(name) {
            None | Some(Value::Null) => Some(String::new()),
            Some(Value::String(value)) if value.contains('\0') => {
                wrong(ProblemKind::NulByte, None);
                None
            }
            Some(Value::String(value)) => Some(value),
            Some(_) => {
                wrong(ProblemKind::WrongType, Some(name));
                None
            }
        });
        if text.as_deref().is_some_and(is_blank) {
            wrong(ProblemKind::NoText, None);
        }
        let given = |value: Option<String>| value.filter(|value| !is_blank(value));
        Some(Self {
            key: given(key),
            title: given(title),
            text: given(text)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The passages as `place key section text`, and the problems.
    fn read_all(text: &str) -> (Vec<String>, Vec<Problem>) {
        let reading = read(text.as_bytes());
        let passages = reading.source.map(|source| source.passages);
        let passages = passages.into_iter().flatten().map(|passage| {
            let key = passage.key.unwrap_or_default();
            let section = passage.section.join("/");
            format!("{}|{key}|{section}|{}", passage.place, passage.text)
        });
        (passages.collect(), reading.problems)
    }

    #[track_caller]
    fn reads(text: &str, expected: &[&str]) {
        let (passages, problems) = read_all(text);
        assert_eq!(passages, expected);
        assert_eq!(problems, []);
    }

    #[track_caller]
    fn problems(text: &str, expected: &[Problem]) {
        assert_eq!(read_all(text).1, expected, "{text}");
    }

    #[test]
    fn a_record_is_a_passage_at_its_line() {
        reads(
            "\u{FEFF}{\"id\":\"a\",\"title\":\"نوح\",\"text\":\" بنى السفينة. \",\"url\":5}\r\n\n{\"text\":\"b\\nc\"}",
            &["p1|a|نوح| بنى السفينة. ", "p3|||b\nc"],
        );
    }

    #[test]
    fn what_is_empty_is_not_there() {
        reads(
            r#"{"id":"","title":" ","text":"a"}
{"id":null,"title":null,"text":"b"}
{"id":"","text":"c"}"#,
            &["p1|||a", "p2|||b", "p3|||c"],
        );
    }

    #[test]
    fn a_long_text_keeps_its_key_in_every_part() {
        let text = "كلمة أخرى. ".repeat(300);
        let (passages, _) = read_all(&format!(r#"{{"id":"a","text":"{text}"}}"#));
        assert_eq!(passages.len(), 2);
        assert!(passages[0].starts_with("p1.1|a||") && passages[1].starts_with("p1.2|a||"));
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        problems(
            r#"{"id":"a","text":"x"}
not json
[1]
{"id":5,"title":[],"text":7}
{"id":"b"}
{"id":"c","text":" "}
{"id":"a","text":"y"}
{"id":"d","text":null}
{"id":"e","text":"\u0000"}
{"id":"f","text":"\ud800"}"#,
            &[
                Problem::at(ProblemKind::NotARecord, 2, Some("not json")),
                Problem::at(ProblemKind::NotARecord, 3, Some("[1]")),
                Problem::at(ProblemKind::WrongType, 4, Some("id")),
                Problem::at(ProblemKind::WrongType, 4, Some("title")),
                Problem::at(ProblemKind::WrongType, 4, Some("text")),
                Problem::at(ProblemKind::NoText, 5, None),
                Problem::at(ProblemKind::NoText, 6, None),
                Problem::at(ProblemKind::DuplicateKey, 7, Some("a")),
                Problem::at(ProblemKind::NoText, 8, None),
                Problem::at(ProblemKind::NulByte, 9, None),
                Problem::at(
                    ProblemKind::NotARecord,
                    10,
                    Some(r#"{"id":"f","text":"\ud800"}"#),
                ),
            ],
        );
        problems("", &[Problem::of_file(ProblemKind::Empty, None)]);
        let deep = "[".repeat(100_000);
        let found = format!("{}…", "[".repeat(60));
        problems(
            &deep,
            &[Problem::at(ProblemKind::NotARecord, 1, Some(&found))],
        );
    }

    #[test]
    fn what_could_be_read_is_there_beside_the_problems() {
        let (passages, _) = read_all("{\"id\":\"a\",\"text\":\"x\"}\nnot json\n");
        assert_eq!(passages, ["p1|a||x"]);
        assert_eq!(read_all("not json").0, [""; 0]);
    }

    #[test]
    fn markers_have_no_footnotes_and_each_label_is_told_once() {
        let text = r#"{"text":"a.[1] b.[citation needed]"}
{"text":"c.[1][2]"}
{"text":"^ d"}"#;
        let reading = read(text.as_bytes());
        let passages = reading.source.unwrap().passages;
        assert_eq!(passages[0].markers[0].span, 2..5);
        assert_eq!(passages[0].markers[0].footnote, None);
        assert_eq!(passages[0].citation_needed.first(), Some(&(8..25)));
        assert_eq!(passages[1].markers.len(), 2);
        assert_eq!(passages[2].text, "^ d");
        assert_eq!(
            reading.problems,
            [
                Problem::at(ProblemKind::MarkerWithoutFootnote, 1, Some("1")),
                Problem::at(ProblemKind::MarkerWithoutFootnote, 2, Some("2")),
            ]
        );
    }

    #[test]
    fn a_character_that_a_terminal_would_obey_is_a_warning() {
        problems(
            r#"{"title":"a\u001b","text":"b"}
{"text":"c\u0007\td\r\n"}"#,
            &[
                Problem::at(ProblemKind::ControlCharacter, 1, Some("U+001B")),
                Problem::at(ProblemKind::ControlCharacter, 2, Some("U+0007")),
            ],
        );
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_quoted_whole(texts in proptest::collection::vec("\\PC{1,60}", 1..10)) {
            let lines: Vec<String> = texts.iter().map(|text| serde_json::json!({"text": text}).to_string()).collect();
            let reading = read(lines.join("\n").as_bytes());
            for passage in reading.source.iter().flat_map(|source| &source.passages) {
                let nth = usize::try_from(passage.place.ordinal).unwrap() - 1;
                proptest::prop_assert_eq!(&passage.text, &texts[nth]);
            }
        }

        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = read(&bytes);
        }
    }
}
