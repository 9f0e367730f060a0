//! An outcome laid open: how every word of the question was understood, what it met, what each signal gave.
//!
//! It is the tool of whoever mends the lexicon or the ranking. Nothing is computed here that decides anything: the
//! outcome is the one that [`answer`](super::answer) gives, and the parts are those whose sums decided it.

use super::origin::Origin;
use super::question::{Question, Wanted};
use super::signals::Meetings;
use super::understanding::{Asked, Understanding};
use super::weights::{self, Part};
use super::{Considered, Judged, Outcome, Placed, View, consider};
use crate::index::analysis::{WORD, term_hash};
use crate::index::{self, Candidate, Error, Snapshot};
use crate::language::Span;
use crate::language::layers::Lexicon;
use crate::language::lexicon::Class;

/// An outcome laid open.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The outcome.
    pub outcome: Outcome,
    /// What kind of answer the question wants.
    pub wanted: Wanted,
    /// The confidence from which the first passage is the answer.
    pub threshold: f32,
    /// How much of the question's weight the library has words for, 0 to 1.
    pub known_share: f32,
    /// Whether a name is asked for that the library does not have.
    pub lacks_name: bool,
    /// The words of the question, in order; none where it cannot be asked.
    pub words: Vec<Word>,
    /// What the place of each passage of the ranking was made of, in its order.
    pub passages: Vec<Weighed>,
}

/// A word of the question, or several that were read as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// As it was asked.
    pub text: String,
    /// Its bytes in the question.
    pub span: Span,
    /// What it was taken for.
    pub kind: Kind,
    /// What it weighs by itself.
    pub weight: f32,
    /// How rare it is in the library.
    pub rarity: f32,
    /// How much it counts in the question: its weight times its rarity.
    pub importance: f32,
    /// What it may be and stands in the library, the likeliest first.
    pub alternatives: Vec<Alternative>,
    /// Alternatives of several words that count whole where they stand together, with their weight.
    pub phrases: Vec<(Vec<String>, f32)>,
    /// What else it may be, and stands nowhere in the library.
    pub absent: Vec<Alternative>,
}

/// What a word of the question was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It carries no content and is not searched for.
    Stop,
    /// It was asked before and counts once.
    Repeated,
    /// A word.
    Word,
    /// A name.
    Name,
    /// Several words that the lexicon has as one.
    Phrase,
}

impl Kind {
    /// The word that stands for it in data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Repeated => "repeated",
            Self::Word => "word",
            Self::Name => "name",
            Self::Phrase => "phrase",
        }
    }
}

/// A term that a word may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The stem; of a name by sound the whole word, folded.
    pub term: String,
    /// Whether it is met by that very word alone, not by all that have its stem.
    pub is_whole: bool,
    /// How likely the word is this term, 0 to 1.
    pub weight: f32,
    /// In how many passages it stands.
    pub n_passages: u64,
    /// Where it came from.
    pub origin: Origin,
    /// The entry of the lexicon that it came from.
    pub entry: Option<Found>,
}

/// An entry of the lexicon as it is found again by whoever mends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its English lemma.
    pub lemma: String,
    /// Its class.
    pub class: Class,
    /// The imported lexicon that it is of; none where it is ours.
    pub imported: Option<String>,
}

/// What the place of a passage was made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// Its score in the first look.
    pub first_look: f32,
    /// Its score in the second look, which ranks it.
    pub score: f32,
    /// What the score is the sum of.
    pub signals: Vec<Part>,
    /// What the confidence is the logistic function of, together with the constant.
    pub features: Vec<Part>,
    /// The constant.
    pub constant: f32,
    /// The confidence before it was held below that of the passage above it.
    pub confidence: f32,
    /// The words of the passage that met one of the question's, in order.
    pub met: Vec<Met>,
}

/// A word of a passage that met one of the question's.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    /// Which word of the explanation it met.
    pub asked: usize,
    /// Its bytes in the passage.
    pub found: Span,
    /// The term that both have; none where it is part of an alternative of several words.
    pub term: Option<String>,
    /// How well it meets, 0 to 1.
    pub likeness: f32,
}

/// Answers a question as [`answer`](super::answer) does, and lays open how.
///
/// # Panics
/// Never: every word that is asked is explained.
pub fn explain(question: &Question, view: View<'_>) -> Result<Explanation, Error> {
    let Considered {
        outcome,
        understanding,
        judged,
        placed,
    } = consider(question, view)?;
    let words = words(question, &understanding, view.snapshot, view.lexicon)?;
    // The words of the understanding as they are numbered among all words.
    let order: Vec<usize> = understanding
        .words
        .iter()
        .map(|asked| words.iter().position(|word| word.span == asked.span))
        .map(|nth| nth.expect("every word that is asked is explained"))
        .collect();
    let passages = placed
        .iter()
        .map(|place| weighed(place, &judged[place.nth], &understanding, &order))
        .collect();
    Ok(Explanation {
        outcome,
        wanted: question.wanted(),
        threshold: view.threshold,
        known_share: understanding.known_share(),
        lacks_name: understanding.lacks_name(),
        words,
        passages,
    })
}

/// The words of a question, those that are left out among them.
fn words(
    question: &Question,
    understanding: &Understanding,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Result<Vec<Word>, Error> {
    let mut words: Vec<Word> = understanding
        .left_out
        .iter()
        .map(|left_out| Word {
            text: question
                .text()
                .get(left_out.span.clone())
                .unwrap_or_default()
                .to_owned(),
            span: left_out.span.clone(),
            kind: if left_out.is_repeated {
                Kind::Repeated
            } else {
                Kind::Stop
            },
            weight: 0.0,
            rarity: 0.0,
            importance: 0.0,
            alternatives: Vec::new(),
            phrases: Vec::new(),
            absent: Vec::new(),
        })
        .collect();
    for asked in &understanding.words {
        words.push(word(asked, snapshot, lexicon)?);
    }
    words.sort_by_key(|word| word.span.start);
    Ok(words)
}

fn word(asked: &Asked, snapshot: &Snapshot, lexicon: &Lexicon) -> Result<Word, Error> {
    let present = asked.group.alternatives.iter().zip(&asked.origins);
    let mut alternatives = present
        .map(|(alternative, origin)| {
            let n_passages = snapshot.frequency(&alternative.term)?;
            Ok(self::alternative(alternative, *origin, n_passages, lexicon))
        })
        .collect::<Result<Vec<Alternative>, Error>>()?;
    alternatives.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut absent: Vec<Alternative> = Vec::new();
    for (alternative, origin) in &asked.absent {
        let alternative = self::alternative(alternative, *origin, 0, lexicon);
        if absent.iter().all(|known| known.term != alternative.term) {
            absent.push(alternative);
        }
    }
    let stem = |hash: &u32| {
        let alternatives = asked.group.alternatives.iter();
        let mut same = alternatives.filter(|alternative| term_hash(&alternative.term) == *hash);
        same.next().map(|alternative| alternative.term.clone())
    };
    let phrases = asked
        .phrases
        .iter()
        .map(|(stems, weight)| (stems.iter().filter_map(stem).collect(), *weight))
        .collect();
    Ok(Word {
        text: asked.text.clone(),
        span: asked.span.clone(),
        kind: if asked.exact.is_none() {
            Kind::Phrase
        } else if asked.is_name {
            Kind::Name
        } else {
            Kind::Word
        },
        weight: asked.group.weight,
        rarity: asked.group.rarity,
        importance: asked.importance(),
        alternatives,
        phrases,
        absent,
    })
}

fn alternative(
    alternative: &index::Alternative,
    origin: Origin,
    n_passages: u64,
    lexicon: &Lexicon,
) -> Alternative {
    let entry = origin.entry().and_then(|id| lexicon.entry(id));
    let whole = alternative.term.strip_prefix(WORD);
    Alternative {
        term: whole.unwrap_or(&alternative.term).to_owned(),
        is_whole: whole.is_some(),
        weight: alternative.weight,
        n_passages,
        origin,
        entry: entry.map(|entry| Found {
            lemma: entry.lemma().to_owned(),
            class: entry.class(),
            imported: lexicon.imported(entry.id()).map(str::to_owned),
        }),
    }
}

fn weighed(
    place: &Placed,
    judged: &Judged,
    understanding: &Understanding,
    order: &[usize],
) -> Weighed {
    let Placed {
        lead, is_foreign, ..
    } = *place;
    let (features, constant) =
        weights::confidence_parts(&judged.signals, understanding, lead, is_foreign);
    Weighed {
        first_look: judged.first_look,
        score: judged.score,
        signals: weights::score_parts(&judged.signals).to_vec(),
        features: features.to_vec(),
        constant,
        confidence: weights::confidence(&judged.signals, understanding, lead, is_foreign),
        met: met(&judged.candidate, understanding, order),
    }
}

/// The words of a candidate that met one of the question's.
fn met(candidate: &Candidate, understanding: &Understanding, order: &[usize]) -> Vec<Met> {
    let analysis = &candidate.analysis;
    let meetings = Meetings::find(understanding, analysis);
    let words = analysis.words.iter().zip(&meetings.by_word);
    words
        .filter_map(|(word, met)| {
            let (asked, likeness) = (*met)?;
            let alternatives = understanding.words[asked].group.alternatives.iter();
            let worth = |term: &str, weight: f32| {
                let hash = term_hash(term);
                let terms = analysis
                    .terms_of(word)
                    .iter()
                    .filter(|(known, _)| *known == hash);
                terms
                    .map(|(_, here)| weight * f32::from(*here) / 100.0)
                    .fold(0.0, f32::max)
            };
            let best = alternatives
                .map(|alternative| (worth(&alternative.term, alternative.weight), alternative))
                .filter(|(worth, _)| *worth > 0.0)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            // What meets better than any of its terms does is part of an alternative of several words.
            let term = best
                .filter(|(worth, _)| *worth >= likeness)
                .map(|(_, alternative)| alternative.term.trim_start_matches(WORD).to_owned());
            Some(Met {
                asked: order[asked],
                found: word.span.clone(),
                term,
                likeness,
            })
        })
        .collect()
}
