//! What a question comes to: the passage that answers, or none and why; with everything an edge needs to show it.
//!
//! All ranges are half-open byte ranges into the passage's text, on character boundaries.

use std::sync::Arc;

use crate::language::{Language, Span};
use crate::source::{Attribution, Passage, PassageId, SourceId};

/// A passage together with the source and version it stands in, ready to be quoted and cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The source.
    pub source: SourceId,
    /// The catalogue's key of the version quoted; what buttons carry, stable for ever.
    pub version_key: i64,
    /// The version quoted, from 1.
    pub version: u32,
    /// Whether that version is the source's current one.
    pub current: bool,
    /// Title, publisher, licence and the like of that version.
    pub attribution: Attribution,
    /// The passage.
    pub passage: Passage,
    /// The markers in the passage's text, each once, in order, with the text of their footnotes.
    pub citations: Vec<Citation>,
}

impl Cited {
    /// The passage's id, naming the version where it is not the current one.
    pub fn id(&self) -> PassageId {
        PassageId {
            source: self.source.clone(),
            version: (!self.current).then_some(self.version),
            place: self.passage.place,
        }
    }
}

/// A marker and its footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The marker's label, without brackets.
    pub marker: String,
    /// The footnote's text; none where the source gives none.
    pub footnote: Option<String>,
}

/// One place of the ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The passage.
    pub cited: Arc<Cited>,
    /// The probability that this passage answers the question, calibrated, 0 to 1.
    pub confidence: f32,
    /// The sentence of it that answers best.
    pub sentence: Span,
    /// The span inside the sentence that answers (a date, a number, a name, a place), where one was found.
    pub short: Option<Span>,
    /// What to highlight: sorted and disjoint.
    pub highlights: Vec<Span>,
    /// Which asked word met which word of the passage.
    pub matched: Vec<Matched>,
}

impl Ranked {
    /// The span that answers as the source writes it, to be put before its passage. None where it says as much as its
    /// sentence does, or would not stand in a line of its own.
    pub fn in_short(&self) -> Option<&str> {
        let span = self.short.as_ref()?;
        let text = &self.cited.passage.text;
        let short = text.get(span.clone())?;
        let before = text.get(self.sentence.start..span.start)?;
        let after = text.get(span.end..self.sentence.end)?;
        let says = |text: &str| text.chars().any(char::is_alphanumeric);
        let is_less = says(before) || says(after);
        (says(short) && is_less && !short.contains(char::is_control)).then_some(short)
    }
}

/// An asked word and the word of the passage that it met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    /// The word as it was asked.
    pub asked: String,
    /// Where the met words stand in the passage's text.
    pub found: Span,
}

/// A word of the question that was read as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The word as it was asked.
    pub asked: String,
    /// What it was read as.
    pub read_as: String,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The question has no word.
    Empty,
    /// The question is longer than a question may be.
    TooLong,
    /// Most letters of the question belong to neither language.
    OtherLanguage,
    /// No word of the question is known to the library.
    UnknownWords,
    /// The words are known, but nowhere together.
    NeverTogether,
    /// The name asked for stands nowhere in the library.
    NameAbsent,
    /// There are passages, but none that is likely to answer.
    Unsure,
}

impl Reason {
    /// The word that stands for it in data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::OtherLanguage => "other_language",
            Self::UnknownWords => "unknown_words",
            Self::NeverTogether => "never_together",
            Self::NameAbsent => "name_absent",
            Self::Unsure => "unsure",
        }
    }
}

/// What a question comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The question as it was asked.
    pub question: String,
    /// The language of the question.
    pub language: Language,
    /// None where the first of the ranking is the answer; else why there is no answer.
    pub reason: Option<Reason>,
    /// The passages, best first; the first is the answer when there is no `reason`, else all are merely nearest.
    pub ranking: Vec<Ranked>,
    /// Words that were read as others.
    pub corrections: Vec<Correction>,
    /// The passage that the question was read as following; none where it stands on its own.
    pub follows: Option<Arc<Cited>>,
}

impl Outcome {
    /// The answer, if there is one.
    pub fn answer(&self) -> Option<&Ranked> {
        if self.reason.is_none() {
            self.ranking.first()
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_answer_is_less_than_its_sentence_and_stands_in_one_line() {
        #[track_caller]
        fn case(text: &str, short: &str, expected: Option<&str>) {
            let mut cited = crate::wording::tests::cited();
            text.clone_into(&mut cited.passage.text);
            let at = text.find(short).unwrap();
            let ranked = Ranked {
                cited: Arc::new(cited),
                confidence: 0.9,
                sentence: 0..text.len(),
                short: Some(at..at + short.len()),
                highlights: Vec::new(),
                matched: Vec::new(),
            };
            assert_eq!(ranked.in_short(), expected);
            let none = Ranked {
                short: None,
                ..ranked.clone()
            };
            assert_eq!(none.in_short(), None);
            // Spans that do not lie where they should lead nowhere.
            let wrong = Ranked {
                sentence: text.len()..text.len() + 4,
                ..ranked
            };
            assert_eq!(wrong.in_short(), None);
        }
        case("أقيمت في عام 1948.", "عام 1948", Some("عام 1948"));
        case("In 1948.", "1948", Some("1948"));
        case("1948.", "1948", None);
        case("«1948.[1]»", "1948.[1]", None);
        case("It was 12\nMay 1948.", "12\nMay 1948", None);
        case("It was … then.", "…", None);
    }
}
