//! Of a passage: the sentence to mark, the span in it that answers, what to highlight, and which words met.

use super::Matched;
use super::question::{Question, Wanted};
use super::signals::{Meetings, holds_kind};
use super::understanding::{Asked, Understanding};
use crate::index::Candidate;
use crate::index::analysis::Analysis;
use crate::language::Span;

/// What a sentence gains by holding the kind of answer that is wanted, beside 1 for the question's whole weight.
const KIND: f32 = 0.25;

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
pub fn choose(question: &Question, understanding: &Understanding, candidate: &Candidate) -> Choice {
    let analysis = &candidate.analysis;
    let text = &candidate.passage.text;
    let meetings = Meetings::find(understanding, analysis);
    let nth = best_sentence(question, understanding, analysis, &meetings);
    let sentence = analysis
        .sentences
        .get(nth)
        .cloned()
        .unwrap_or(0..text.len());
    let short = short(question.wanted(), analysis, nth, &meetings, text);
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
    short(
        question.wanted(),
        analysis,
        nth,
        &meetings,
        &candidate.passage.text,
    )
}

/// The sentence that holds most of the question's weight; the kind of answer that is wanted counts too.
fn best_sentence(
    question: &Question,
    understanding: &Understanding,
    analysis: &Analysis,
    meetings: &Meetings,
) -> usize {
    let n = understanding.words.len();
    let importance: Vec<f32> = understanding.words.iter().map(Asked::importance).collect();
    let all: f32 = importance.iter().sum::<f32>().max(f32::EPSILON);
    let mut best = (0, f32::NEG_INFINITY);
    let by_sentence = meetings.by_sentence(n, analysis);
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

/// The span of a sentence that answers a question for a date, a number or a share: of those that hold one, the nearest
/// to the words that met the question's, and none where the question itself named it.
fn short(
    wanted: Wanted,
    analysis: &Analysis,
    sentence: usize,
    meetings: &Meetings,
    text: &str,
) -> Option<Span> {
    let words: Vec<usize> = (0..analysis.words.len())
        .filter(|nth| usize::from(analysis.words[*nth].sentence) == sentence)
        .collect();
    let is_met = |nth: &usize| meetings.by_word[*nth].is_some();
    let spans: Vec<(usize, usize)> = match wanted {
        Wanted::Date => dates(analysis, &words),
        Wanted::Number => runs(&words, |nth| {
            let look = analysis.words[nth].look;
            (look.is_number() || look.is_number_word()) && !look.is_year()
        }),
        Wanted::Share => runs(&words, |nth| {
            analysis.words[nth].look.is_number() && !analysis.words[nth].look.is_year()
        }),
        Wanted::Person | Wanted::Place | Wanted::Cause | Wanted::Definition | Wanted::Anything => {
            return None;
        }
    };
    let met: Vec<usize> = words.iter().copied().filter(is_met).collect();
    let distance = |span: &(usize, usize)| {
        met.iter()
            .map(|nth| {
                if *nth < span.0 {
                    span.0 - nth
                } else {
                    nth.saturating_sub(span.1)
                }
            })
            .sum::<usize>()
    };
    let asked_for = |span: &(usize, usize)| (span.0..=span.1).all(|nth| is_met(&nth));
    let (first, last) = spans
        .into_iter()
        .filter(|span| !asked_for(span))
        .min_by_key(distance)?;
    let mut end = analysis.words[last].span.end;
    if text
        .get(end..)
        .is_some_and(|after| after.starts_with(['%', '٪']))
    {
        end += text
            .get(end..)
            .and_then(|after| after.chars().next())
            .map_or(0, char::len_utf8);
    }
    Some(analysis.words[first].span.start..end)
}

/// Runs of words of a kind, as the first and the last word of each.
fn runs(words: &[usize], is_kind: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for nth in words.iter().copied().filter(|nth| is_kind(*nth)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == nth => *last = nth,
            _ => runs.push((nth, nth)),
        }
    }
    runs
}

/// The dates of a sentence: day, month and year as far as they are given, with the small words between them.
fn dates(analysis: &Analysis, words: &[usize]) -> Vec<(usize, usize)> {
    let look = |nth: usize| analysis.words[nth].look;
    let mut dates: Vec<(usize, usize)> = Vec::new();
    for nth in words
        .iter()
        .copied()
        .filter(|nth| look(*nth).is_year() || look(*nth).is_month())
    {
        // `12 أكتوبر من عام 1948`: at most two words stand between month and year.
        match dates.last_mut() {
            Some((_, last))
                if nth - *last <= 3 && look(nth).is_year() && look(*last).is_month() =>
            {
                *last = nth;
            }
            _ => {
                let is_day = |day: &usize| {
                    words.contains(day)
                        && look(*day).is_number()
                        && !look(*day).is_year()
                        && look(nth).is_month()
                };
                let first = nth.checked_sub(1).filter(is_day).unwrap_or(nth);
                dates.push((first, nth));
            }
        }
    }
    dates
}
