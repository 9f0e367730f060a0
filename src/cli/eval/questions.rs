//! Question files: JSON Lines, each question with the passage that answers it.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use crate::answer::Cited;
use crate::language::Language;
use crate::source::{Kind, Passage, SourceId};
use crate::wording::say;

/// A question and what would be right.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// Its id.
    pub(super) id: String,
    /// The question.
    pub(super) text: String,
    /// The passage that answers it; none where nothing does.
    pub(super) right: Option<Right>,
    /// Texts one of which the answer holds.
    pub(super) answers: Vec<String>,
    /// The markers that the right passage bears.
    pub(super) cites: Option<Vec<String>>,
    /// The language it is counted under.
    pub(super) language: Option<String>,
    /// The kind it is counted under.
    pub(super) kind: Option<String>,
    /// The file it stands in.
    pub(super) file: String,
}

/// A passage, whatever part of it where it is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Right {
    source: SourceId,
    kind: Kind,
    ordinal: u32,
}

impl Right {
    fn new(source: &SourceId, passage: &Passage) -> Self {
        Self {
            source: source.clone(),
            kind: passage.place.kind,
            ordinal: passage.place.ordinal,
        }
    }

    /// Whether a passage is this one.
    pub(super) fn is(&self, cited: &Cited) -> bool {
        *self == Self::new(&cited.source, &cited.passage)
    }
}

/// A line of a question file as it stands; other fields are ignored.
#[derive(Debug, Deserialize)]
struct Entry {
    id: serde_json::Value,
    question: String,
    passage: Option<String>,
    passage_contains: Option<String>,
    answers: Option<Vec<String>>,
    answer_contains: Option<String>,
    cites: Option<Vec<String>>,
    answerable: Option<bool>,
    lang: Option<String>,
    kind: Option<String>,
}

/// The passages of all sources, to be found by key or by what they hold.
#[derive(Debug, Default)]
pub(super) struct Passages {
    texts: Vec<(Right, String)>,
    by_key: HashMap<String, Vec<Right>>,
}

/// How many passages were found where one was wanted.
#[derive(Debug, PartialEq, Eq)]
enum NotOne {
    None,
    Several,
}

impl Passages {
    /// Adds the passages of a source.
    pub(super) fn add(&mut self, source: &SourceId, passages: Vec<Passage>) {
        for passage in passages {
            let right = Right::new(source, &passage);
            let keys = passage
                .key
                .iter()
                .flat_map(|key| [key.clone(), format!("{source}:{key}")]);
            // A passage without a key goes by its id.
            for key in keys.chain([format!("{source}:{}", passage.place)]) {
                let found = self.by_key.entry(key).or_default();
                if !found.contains(&right) {
                    found.push(right.clone());
                }
            }
            self.texts.push((right, passage.text));
        }
    }

    fn by_key(&self, key: &str) -> Result<Right, NotOne> {
        one(self.by_key.get(key).into_iter().flatten())
    }

    fn holding(&self, text: &str) -> Result<Right, NotOne> {
        one(self
            .texts
            .iter()
            .filter(|(_, passage)| passage.contains(text))
            .map(|(right, _)| right))
    }
}

/// The only passage of several hits, which may be parts of one.
fn one<'a>(mut hits: impl Iterator<Item = &'a Right>) -> Result<Right, NotOne> {
    let first = hits.next().ok_or(NotOne::None)?;
    if hits.all(|other| other == first) {
        Ok(first.clone())
    } else {
        Err(NotOne::Several)
    }
}

/// Reads a question file; else what is wrong with it, a sentence a line.
pub(super) fn read(
    language: Language,
    file: &Path,
    text: &str,
    passages: &Passages,
) -> Result<Vec<Question>, Vec<String>> {
    let mut questions = Vec::new();
    let mut wrong = Vec::new();
    for (n, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let place = format!("{}:{}", file.display(), n + 1);
        match question(language, &place, line, passages) {
            Ok(question) => questions.push(Question {
                file: file.display().to_string(),
                ..question
            }),
            Err(sentence) => wrong.push(sentence),
        }
    }
    if wrong.is_empty() {
        Ok(questions)
    } else {
        Err(wrong)
    }
}

fn question(
    language: Language,
    place: &str,
    line: &str,
    passages: &Passages,
) -> Result<Question, String> {
    let place = || ("place", place.to_owned().into());
    let entry: Entry = serde_json::from_str(line).map_err(|error| {
        say(
            language,
            "eval-not-a-question",
            &[place(), ("cause", error.to_string().into())],
        )
    })?;
    let right = if entry.answerable.unwrap_or(true) {
        let (found, wanted) = match (&entry.passage, &entry.passage_contains) {
            (Some(key), _) => (passages.by_key(key), key),
            (None, Some(text)) => (passages.holding(text), text),
            (None, None) => return Err(say(language, "eval-no-passage", &[place()])),
        };
        let wanted = || ("wanted", format!("`{wanted}`").into());
        Some(found.map_err(|not_one| match not_one {
            NotOne::None => say(language, "eval-nothing-found", &[place(), wanted()]),
            NotOne::Several => say(language, "eval-several-found", &[place(), wanted()]),
        })?)
    } else {
        None
    };
    let answers = entry
        .answers
        .into_iter()
        .flatten()
        .chain(entry.answer_contains);
    Ok(Question {
        id: entry
            .id
            .as_str()
            .map_or_else(|| entry.id.to_string(), str::to_owned),
        text: entry.question,
        right,
        answers: answers.filter(|answer| !answer.trim().is_empty()).collect(),
        cites: entry.cites,
        language: entry.lang,
        kind: entry.kind,
        file: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Place;

    fn passage(ordinal: u32, part: Option<u32>, key: Option<&str>, text: &str) -> Passage {
        let mut passage = crate::wording::tests::cited().passage;
        passage.place = Place {
            kind: Kind::Paragraph,
            ordinal,
            part,
        };
        passage.key = key.map(str::to_owned);
        text.clone_into(&mut passage.text);
        passage
    }

    fn passages() -> Passages {
        let id = |id: &str| serde_json::from_value::<SourceId>(id.into()).unwrap();
        let mut passages = Passages::default();
        let article = vec![
            passage(1, None, None, "أقيمت العلاقات"),
            passage(2, Some(1), None, "نص"),
            passage(2, Some(2), None, "نص"),
        ];
        passages.add(&id("article"), article);
        passages.add(
            &id("a"),
            vec![
                passage(1, None, Some("k:1"), "one two"),
                passage(2, None, Some("k2"), "two"),
            ],
        );
        passages.add(&id("b"), vec![passage(7, None, Some("k2"), "three")]);
        passages
    }

    fn read_line(line: &str) -> Result<Question, Vec<String>> {
        read(
            Language::English,
            Path::new("q.jsonl"),
            &format!("\n{line}\n"),
            &passages(),
        )
        .map(|mut all| all.remove(0))
    }

    #[track_caller]
    fn right(fields: &str, source: &str, ordinal: u32) {
        let question = read_line(&format!(r#"{{"id":"1","question":"q",{fields}}}"#)).unwrap();
        let right = question.right.unwrap();
        assert_eq!((right.source.as_str(), right.ordinal), (source, ordinal));
    }

    #[track_caller]
    fn wrong(fields: &str, expected: &str) {
        let sentences = read_line(&format!(r#"{{"id":"1","question":"q"{fields}}}"#)).unwrap_err();
        assert_eq!(sentences, [expected]);
    }

    #[test]
    fn passages_are_found_by_key_or_by_what_they_hold() {
        right(r#""passage":"k:1""#, "a", 1);
        right(r#""passage":"a:k:1""#, "a", 1);
        right(r#""passage":"b:k2""#, "b", 7);
        right(r#""passage":"article:p1""#, "article", 1);
        right(r#""passage_contains":"one""#, "a", 1);
        right(r#""passage_contains":"نص""#, "article", 2);
    }

    #[test]
    fn not_exactly_one_passage_is_an_error_with_its_place() {
        wrong(
            r#","passage":"k2""#,
            "q.jsonl:2: more than one passage has `k2`; it must be exactly one.",
        );
        wrong(r#","passage":"k9""#, "q.jsonl:2: no passage has `k9`.");
        wrong(
            r#","passage_contains":"two""#,
            "q.jsonl:2: more than one passage has `two`; it must be exactly one.",
        );
        wrong(
            "",
            "q.jsonl:2: an answerable question needs `passage` or `passage_contains`.",
        );
    }

    #[test]
    fn the_unanswerable_need_no_passage_and_other_fields_are_ignored() {
        let question = read_line(
            r#"{"id":7,"question":"q","answerable":false,"answers_en":["x"],"cites":[]}"#,
        )
        .unwrap();
        assert_eq!(
            (question.id.as_str(), question.right, question.cites),
            ("7", None, Some(Vec::new()))
        );
        assert_eq!(question.file, "q.jsonl");
        assert!(read_line(r#"{"id":7}"#).is_err());
    }
}
