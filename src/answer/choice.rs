//! Of a passage: the sentence to mark, what to highlight, and which words met. The span in the sentence that answers is
//! found by `short`.

use super::Matched;
use super::question::Question;
use super::short::short;
use super::signals::{Meetings, holds_kind};
use super::understanding::Understanding;
use crate::index::Candidate;
use crate::index::analysis::Analysis;
use crate::language::Span;

/// What a sentence gains by holding the kind of answer that is wanted, beside 1 for the question's whole weight.
const KIND: f32 = 0.25;
/// The power of a word's importance among the sentences of one passage, where rarity in the library says less.
const EVENED: f32 = 0.7;

/// What to show of a passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The sentence that answers best.
    pub sentence: Span,
    /// The span inside it that answers.
    pub short: Option<Span>,
    /// The words that met the question's, joined where only spaces part them; sorted and disjoint.
    pub highlights: Vec<Span>,
    /// Which asked word met which words.
    pub matched: Vec<Matched>,
}

/// Chooses what to show of a passage.
pub(super) fn choose(
    question: &Question,
    understanding: &Understanding,
    candidate: &Candidate,
    meetings: &Meetings,
) -> Choice {
    let analysis = &candidate.analysis;
    let text = &candidate.passage.text;
    let nth = best_sentence(question, understanding, analysis, meetings);
    let sentence = analysis
        .sentences
        .get(nth)
        .cloned()
        .unwrap_or(0..text.len());
    let short = short(question, understanding, analysis, nth, meetings, text);
    let mut highlights: Vec<Span> = Vec::new();
    let mut matched: Vec<Matched> = Vec::new();
    for (word, met) in analysis.words.iter().zip(&meetings.by_word) {
        let Some((asked, _)) = met else { continue };
        match highlights.last_mut() {
            Some(last)
                if text
                    .get(last.end..word.span.start)
                    .is_some_and(|gap| gap.trim().is_empty()) =>
            {
                last.end = word.span.end;
            }
            _ => highlights.push(word.span.clone()),
        }
        let asked = &understanding.words[*asked].text;
        // The first meeting in the marked sentence speaks for the word, else the first one.
        let is_marked = usize::from(word.sentence) == nth;
        match matched.iter_mut().find(|earlier| earlier.asked == *asked) {
            Some(earlier) => {
                let adjoins = text
                    .get(earlier.found.end..word.span.start)
                    .is_some_and(|gap| gap.trim().is_empty());
                if adjoins {
                    earlier.found.end = word.span.end;
                } else if is_marked
                    && !(sentence.start <= earlier.found.start && earlier.found.end <= sentence.end)
                {
                    earlier.found = word.span.clone();
                }
            }
            None => matched.push(Matched {
                asked: asked.clone(),
                found: word.span.clone(),
            }),
        }
    }
    let order = |asked: &str| {
        understanding
            .words
            .iter()
            .position(|word| word.text == asked)
    };
    matched.sort_by_key(|matched| order(&matched.asked));
    Choice {
        sentence,
        short,
        highlights,
        matched,
    }
}

/// The span that answers in a sentence that was chosen by other words than these.
pub(super) fn short_in(
    question: &Question,
    understanding: &Understanding,
    candidate: &Candidate,
    sentence: &Span,
) -> Option<Span> {
    let analysis = &candidate.analysis;
    let nth = analysis.sentences.iter().position(|own| own == sentence)?;
    let meetings = Meetings::find(understanding, analysis);
    let text = &candidate.passage.text;
    short(question, understanding, analysis, nth, &meetings, text)
}

/// The sentence that holds most of the question's weight; the kind of answer that is wanted counts too. A word counts less
/// the more of the passage's sentences hold it: what the passage is about does not tell one of them from the others.
fn best_sentence(
    question: &Question,
    understanding: &Understanding,
    analysis: &Analysis,
    meetings: &Meetings,
) -> usize {
    let n = understanding.words.len();
    let by_sentence = meetings.by_sentence(n, analysis);
    let mut importance: Vec<f32> = understanding
        .words
        .iter()
        .map(|word| word.importance().powf(EVENED))
        .collect();
    for (nth, importance) in importance.iter_mut().enumerate() {
        let held: f32 = by_sentence.iter().skip(nth).step_by(n).sum();
        *importance /= 1.0 + held;
    }
    let all: f32 = importance.iter().sum::<f32>().max(f32::EPSILON);
    let mut best = (0, f32::NEG_INFINITY);
    for (nth, met) in by_sentence.chunks(n.max(1)).enumerate() {
        let share = met
            .iter()
            .zip(&importance)
            .map(|(met, importance)| met * importance)
            .sum::<f32>()
            / all;
        let kind = if share > 0.0 && holds_kind(question.wanted(), analysis, meetings, nth) {
            KIND
        } else {
            0.0
        };
        if share + kind > best.1 {
            best = (nth, share + kind);
        }
    }
    best.0
}
