//! What each word of a question may be in this index: its stem, other readings, translations, names that sound like it.
//!
//! `phrase` reads several words as one, `word` reads one by itself; `gathering` collects what they may be.

mod gathering;
mod phrase;
mod word;

use super::origin::Origin;
use crate::answer::{Correction, Question};
use crate::index::analysis::{self, term_hash};
use crate::index::{Alternative, Error, Group, Snapshot};
use crate::language::Span;
use crate::language::layers::Lexicon;
use crate::language::token::{Caps, Script, Token};
use gathering::Gathering;
use phrase::phrase;
use word::word;

/// Up to which weight an alternative is not searched for where a word has a likelier one.
const UNLIKELY: f32 = 0.09;

/// A word of a question, or several that are one term, understood.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The word as it was asked.
    pub text: String,
    /// Its bytes in the question.
    pub span: Span,
    /// The terms that it may be and that the index has; empty where it has none.
    pub group: Group,
    /// Where each of these terms came from, in their order.
    pub origins: Vec<Origin>,
    /// What else it may be and the index does not have.
    pub absent: Vec<(Alternative, Origin)>,
    /// Alternatives of several words: the hashes of their stems, in order.
    pub phrases: Vec<(Vec<u32>, f32)>,
    /// The folded word itself as a term's hash; none where it is several.
    pub exact: Option<u32>,
    /// Whether it looks like a name.
    pub is_name: bool,
    /// Whether the index has nothing that it may be.
    pub is_unknown: bool,
    /// Whether it is a name that the index does not have.
    pub is_absent: bool,
}

impl Asked {
    /// How much the word counts in the question.
    pub fn importance(&self) -> f32 {
        self.group.weight * self.group.rarity
    }
}

/// A question, understood in an index.
#[derive(Clone, Debug, Default)]
pub struct Understanding {
    /// Its words with content, in order.
    pub words: Vec<Asked>,
    /// The hashes of every term that a word may be, sorted by hash: hash, which word, weight.
    pub terms: Vec<(u32, usize, f32)>,
    /// Words that were read as others.
    pub corrections: Vec<Correction>,
    /// Words that are not searched for.
    pub left_out: Vec<LeftOut>,
    /// Which of the lowest twelve bits the hashes have: most words of a passage are none of the terms, and this tells.
    sieve: Sieve,
}

/// A word of a question that is not searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its bytes in the question.
    pub span: Span,
    /// Whether it was asked before; else it carries no content.
    pub is_repeated: bool,
}

/// A set of the lowest twelve bits of hashes.
#[derive(Clone, Debug)]
struct Sieve([u64; 64]);

impl Default for Sieve {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Sieve {
    fn add(&mut self, hash: u32) {
        self.0[(hash >> 6 & 63) as usize] |= 1 << (hash & 63);
    }

    fn may_have(&self, hash: u32) -> bool {
        self.0[(hash >> 6 & 63) as usize] & 1 << (hash & 63) != 0
    }
}

impl Understanding {
    /// The groups to search for: of a word with likely alternatives those alone. The unlikely ones are many, and bring up
    /// hardly a passage that the likely ones do not; in what was found they are counted too.
    pub fn sought(&self) -> Vec<Group> {
        let groups = self.words.iter().map(|word| word.group.clone());
        groups
            .map(|mut group| {
                let is_likely = |alternative: &Alternative| alternative.weight > UNLIKELY;
                if group.alternatives.iter().any(is_likely) {
                    group.alternatives.retain(is_likely);
                }
                group
            })
            .collect()
    }

    /// How much of the question's weight the index has words for, 0 to 1.
    pub fn known_share(&self) -> f32 {
        let all: f32 = self.words.iter().map(Asked::importance).sum();
        let known: f32 = self
            .words
            .iter()
            .filter(|word| !word.is_unknown)
            .map(Asked::importance)
            .sum();
        if all > 0.0 { known / all } else { 0.0 }
    }

    /// Whether a name is asked for that the index does not have.
    pub fn lacks_name(&self) -> bool {
        self.words.iter().any(|word| word.is_absent)
    }

    /// Takes the words of another understanding that it does not have, at so much of their weight.
    pub(super) fn take(&mut self, other: Self, weight: f32) {
        for mut word in other.words {
            let best = |word: &Asked| word.group.alternatives.first().cloned();
            let is_known = self.words.iter().any(|own| best(own) == best(&word));
            if is_known && !word.is_unknown {
                continue;
            }
            word.group.weight *= weight;
            for alternative in &word.group.alternatives {
                let hash = term_hash(&alternative.term);
                self.terms
                    .push((hash, self.words.len(), alternative.weight));
                self.sieve.add(hash);
            }
            self.words.push(word);
        }
        self.terms.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
    }

    /// The words that a term of a passage may be, with the weight of the match.
    pub fn met_by(&self, hash: u32) -> impl Iterator<Item = (usize, f32)> {
        let from = if self.sieve.may_have(hash) {
            self.terms.partition_point(|(known, _, _)| *known < hash)
        } else {
            self.terms.len()
        };
        self.terms[from..]
            .iter()
            .take_while(move |(known, _, _)| *known == hash)
            .map(|(_, word, weight)| (*word, *weight))
    }
}

/// Understands a question in an index, by a lexicon.
pub fn understand(
    question: &Question,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Result<Understanding, Error> {
    let tokens = question.tokens();
    let is_bare = is_bare_name(tokens);
    let mut understanding = Understanding::default();
    let mut at = 0;
    while let [token, ..] = &tokens[at..] {
        let several = if question.is_arabizi() {
            None
        } else {
            phrase(&tokens[at..], question, snapshot, lexicon)?
        };
        if several.is_none() && question.is_stop(token) {
            at += 1;
            understanding.left_out.push(LeftOut {
                span: token.span.clone(),
                is_repeated: false,
            });
            continue;
        }
        let (length, asked) = if let Some(several) = several {
            several
        } else {
            let gathering = Gathering::new(snapshot, lexicon);
            let corrections = &mut understanding.corrections;
            let is_first = at == 0 && !is_bare;
            let asked = word(token, is_first, is_bare, question, gathering, corrections)?;
            (1, asked)
        };
        at += length;
        // What is asked twice counts once.
        let is_repeated = understanding
            .words
            .iter()
            .any(|earlier| !earlier.group.alternatives.is_empty() && earlier.group == asked.group);
        if is_repeated {
            understanding.left_out.push(LeftOut {
                span: asked.span,
                is_repeated,
            });
        } else {
            understanding.words.push(asked);
        }
    }
    if understanding.words.is_empty() {
        // Nothing but stop words («who was he?», «متى كان ذلك؟»): nothing to search for.
        return Ok(understanding);
    }
    for (nth, word) in understanding.words.iter().enumerate() {
        for alternative in &word.group.alternatives {
            let hash = term_hash(&alternative.term);
            understanding.terms.push((hash, nth, alternative.weight));
            understanding.sieve.add(hash);
        }
    }
    understanding
        .terms
        .sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
    Ok(understanding)
}

/// Whether a question is nothing but a name: Latin words with capitals.
fn is_bare_name(tokens: &[Token]) -> bool {
    let is_capital = |token: &Token| token.script == Script::Latin && token.caps != Caps::Lower;
    tokens
        .iter()
        .all(|token| is_capital(token) && !analysis::is_stop(token))
}

/// A part of a question as it was asked.
fn written<'a>(question: &'a Question, span: &Span) -> &'a str {
    let text = question.text().get(span.clone());
    text.expect("tokens lie on boundaries")
}
