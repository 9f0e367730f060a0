//! Question → outcome.
//!
//! 1. [`question`] bounds the text, tells its language and what kind of answer it wants;
//! 2. [`understanding`] turns each of its words into a group of terms that it may be in the index;
//! 3. the index gives candidates (the first look);
//! 4. [`signals`] measures each candidate by what is true of its text (the second look), [`weights`] weighs that;
//! 5. [`choice`] finds the sentence to mark, what to highlight, and (`short`) the span that answers;
//! 6. the confidence, against the library's threshold, decides between an answer and none, and [`outcome`] holds it all;
//! 7. [`explanation`] lays open how one came about.
//!
//! [`follow`] gives a question that leans on the passage before it ([`mod@leaning`]) the words that it lacks.

pub mod choice;
pub mod explanation;
pub mod follow;
pub mod leaning;
pub mod origin;
pub mod outcome;
pub mod question;
mod short;
pub mod signals;
pub mod understanding;
pub mod weights;

pub use explanation::{Explanation, explain};
pub use follow::Followed;
pub use leaning::{Leaning, leaning};
pub use outcome::{Citation, Cited, Correction, Matched, Outcome, Ranked, Reason};
pub use question::Question;

use std::sync::Arc;

use crate::index::analysis::{WORD, Word, term_hash};
use crate::index::{Candidate, Error, Snapshot};
use crate::language::layers::Lexicon;
use follow::Lean;
use signals::{Measure, Meetings, Signals};
use understanding::Understanding;

/// How many candidates are looked at a second time: none further down ever came first in the public sets.
const CANDIDATES: usize = 30;

/// A candidate after the second look.
struct Judged {
    candidate: Arc<Candidate>,
    meetings: Meetings,
    /// Its score in the first look.
    first_look: f32,
    signals: Signals,
    score: f32,
}

/// An outcome with everything that it was made of.
struct Considered {
    outcome: Outcome,
    understanding: Understanding,
    judged: Vec<Judged>,
    /// What the confidence of each place of the ranking was made of.
    placed: Vec<Placed>,
}

/// What the confidence of a place of the ranking was made of, beside its signals.
struct Placed {
    /// Which of the judged candidates stands there.
    nth: usize,
    lead: f32,
    is_foreign: bool,
}

/// One state of a library, as a question sees it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Its index.
    pub snapshot: &'a Snapshot,
    /// What its questions are read by.
    pub lexicon: &'a Lexicon,
    /// Names the source of a candidate; none where the library does not hold it (any more).
    pub cite: &'a dyn Fn(&Candidate) -> Option<Arc<Cited>>,
    /// How many passages are ranked at most.
    pub top: usize,
    /// The confidence from which the first passage is the answer.
    pub threshold: f32,
}

/// Answers a question.
pub fn answer(question: &Question, view: View<'_>) -> Result<Outcome, Error> {
    Ok(consider(question, view)?.outcome)
}

/// As [`answer`], with what the outcome was made of.
fn consider(question: &Question, view: View<'_>) -> Result<Considered, Error> {
    let View {
        snapshot,
        lexicon,
        cite,
        top,
        threshold,
    } = view;
    let mut outcome = Outcome {
        question: question.text().to_owned(),
        language: question.language(),
        reason: question.problem(),
        ranking: Vec::new(),
        corrections: Vec::new(),
        follows: question
            .followed()
            .map(|followed| Arc::clone(&followed.cited)),
    };
    if outcome.reason.is_some() {
        return Ok(Considered {
            outcome,
            understanding: Understanding::default(),
            judged: Vec::new(),
            placed: Vec::new(),
        });
    }
    let mut understanding = understanding::understand(question, snapshot, lexicon)?;
    outcome.corrections.clone_from(&understanding.corrections);
    let follow_up = Lean::on(question, &mut understanding, snapshot, lexicon)?;
    let mut judged = judge(question, &understanding, snapshot, top.max(CANDIDATES))?;
    if let Some(follow_up) = &follow_up {
        follow_up.favour(question, &mut judged);
        judged.sort_by(in_order);
    }
    let runner_up = judged.get(1).map_or(0.0, |second| second.score);
    let mut placed = Vec::new();
    for (place, judged) in judged.iter().enumerate() {
        if outcome.ranking.len() >= top {
            break;
        }
        let Some(cited) = cite(&judged.candidate) else {
            continue;
        };
        // The lead over the next one tells much of the first; the others are behind anyway.
        let lead = if place == 0 {
            judged.score - runner_up
        } else {
            0.0
        };
        let is_foreign = cited.attribution.language != question.language();
        let (candidate, meetings) = (&judged.candidate, &judged.meetings);
        let mut choice = choice::choose(question, &understanding, candidate, meetings);
        let mut confidence = weights::confidence(&judged.signals, &understanding, lead, is_foreign);
        if let Some(follow_up) = &follow_up {
            follow_up.narrow(&mut choice, question, &judged.candidate);
            confidence *= follow_up.sureness(question, &judged.candidate, &judged.signals);
        }
        outcome.ranking.push(Ranked {
            cited,
            confidence,
            sentence: choice.sentence,
            short: choice.short,
            highlights: choice.highlights,
            matched: choice.matched,
        });
        placed.push(Placed {
            nth: place,
            lead,
            is_foreign,
        });
    }
    for correction in &mut outcome.corrections {
        if let Some(written) = judged
            .iter()
            .find_map(|judged| as_written(&correction.read_as, &judged.candidate))
        {
            correction.read_as = written;
        }
    }
    // A passage further down is never surer than one above it.
    for place in 1..outcome.ranking.len() {
        let above = outcome.ranking[place - 1].confidence;
        let here = &mut outcome.ranking[place];
        here.confidence = here.confidence.min(above);
    }
    let best = outcome
        .ranking
        .first()
        .map_or(0.0, |first| first.confidence);
    if best < threshold || outcome.ranking.is_empty() {
        outcome.reason = Some(reason(&understanding, judged.first()));
    }
    Ok(Considered {
        outcome,
        understanding,
        judged,
        placed,
    })
}

/// A folded word as a passage writes it, where it stands in it.
fn as_written(folded: &str, candidate: &Candidate) -> Option<String> {
    let hash = term_hash(&format!("{WORD}{folded}"));
    let analysis = &candidate.analysis;
    let is_it = |word: &&Word| {
        let itself = analysis.terms_of(word).first();
        itself.is_some_and(|(term, _)| *term == hash)
    };
    let word = analysis.words.iter().find(is_it)?;
    candidate
        .passage
        .text
        .get(word.span.clone())
        .map(str::to_owned)
}

/// The candidates of a question, best first.
fn judge(
    question: &Question,
    understanding: &Understanding,
    snapshot: &Snapshot,
    limit: usize,
) -> Result<Vec<Judged>, Error> {
    let found = snapshot.candidates(&understanding.sought(), limit)?;
    // What was not sought for is counted in what was found.
    let met: Vec<(Arc<Candidate>, Meetings, f32)> = found
        .into_iter()
        .map(|(_, candidate)| {
            let meetings = Meetings::find(understanding, &candidate.analysis);
            let groups = understanding.words.iter().map(|word| &word.group);
            let counted = groups.zip(meetings.frequencies.iter().copied());
            let score = snapshot.score_of(counted, &candidate.analysis);
            (candidate, meetings, score)
        })
        .collect();
    let best = met.iter().map(|(.., score)| *score);
    let best = best.fold(f32::EPSILON, f32::max);
    let measure = Measure::new(question, understanding);
    let mut judged: Vec<Judged> = met
        .into_iter()
        .map(|(candidate, meetings, score)| {
            let signals = measure.of(&candidate, &meetings, score / best, score);
            Judged {
                score: weights::score(&signals),
                first_look: score,
                candidate,
                meetings,
                signals,
            }
        })
        .collect();
    judged.sort_by(in_order);
    Ok(judged)
}

/// Best first; equal passages stand in the order of their sources, however the index came to hold them.
fn in_order(a: &Judged, b: &Judged) -> std::cmp::Ordering {
    let key = |judged: &Judged| (judged.candidate.edition, judged.candidate.passage.place);
    let by_score = b.score.total_cmp(&a.score);
    by_score.then_with(|| key(a).cmp(&key(b)))
}

/// Why the best passage does not answer.
fn reason(understanding: &Understanding, best: Option<&Judged>) -> Reason {
    let Some(best) = best else {
        return Reason::UnknownWords;
    };
    if understanding.lacks_name() {
        Reason::NameAbsent
    } else if understanding.known_share() < 0.34 {
        Reason::UnknownWords
    } else if best.signals.coverage < 0.5 {
        Reason::NeverTogether
    } else {
        Reason::Unsure
    }
}
