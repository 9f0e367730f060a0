//! What a word or a phrase of a question may be, while it is gathered.

use super::{Asked, written};
use crate::answer::Question;
use crate::answer::origin::Origin;
use crate::index::analysis::term_hash;
use crate::index::{Alternative, Error, Group, Snapshot};
use crate::language::layers::Lexicon;
use crate::language::lexicon::Entry;
use crate::language::{Span, fold, forms};

/// What the second and each further alternative of an entry is worth beside the one before it.
const FURTHER: f32 = 0.92;
/// What an alternative of several words is worth word by word, where they do not stand together.
pub(super) const WORD_OF_PHRASE: f32 = 0.5;
/// What another form of a translation is worth (a broken plural, the masdar of a verb) beside the translation.
const FORM_OF_TRANSLATION: f32 = 0.2;
/// Of how many translations of an entry the other forms are tried.
const WITH_FORMS: usize = 3;
/// What an imported entry is worth where our own lexicon has the word too.
const IMPORTED: f32 = 0.5;

/// The alternatives of one word while they are gathered.
pub(super) struct Gathering<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) lexicon: &'a Lexicon,
    pub(super) alternatives: Vec<Alternative>,
    /// In how many passages each of the alternatives stands.
    frequencies: Vec<u64>,
    /// Where each of the alternatives came from.
    origins: Vec<Origin>,
    /// What the index does not have.
    absent: Vec<(Alternative, Origin)>,
    phrases: Vec<(Vec<u32>, f32)>,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, lexicon: &'a Lexicon) -> Self {
        Self {
            snapshot,
            lexicon,
            alternatives: Vec::new(),
            frequencies: Vec::new(),
            origins: Vec::new(),
            absent: Vec::new(),
            phrases: Vec::new(),
        }
    }

    /// Adds a term where the index has it. Of several ways to one term the likeliest counts.
    pub(super) fn add(&mut self, term: String, weight: f32, origin: Origin) -> Result<bool, Error> {
        if term.is_empty() {
            return Ok(false);
        }
        let frequency = self.snapshot.frequency(&term)?;
        if frequency == 0 {
            self.absent.push((Alternative { term, weight }, origin));
            return Ok(false);
        }
        let known = self
            .alternatives
            .iter()
            .position(|alternative| alternative.term == term);
        match known {
            Some(nth) if self.alternatives[nth].weight < weight => {
                self.alternatives[nth].weight = weight;
                self.origins[nth] = origin;
            }
            Some(_) => {}
            None => {
                self.alternatives.push(Alternative { term, weight });
                self.frequencies.push(frequency);
                self.origins.push(origin);
            }
        }
        Ok(true)
    }

    /// Adds an Arabic word or phrase of the lexicon, given by its stems.
    fn add_arabic(&mut self, stems: &str, weight: f32, origin: Origin) -> Result<bool, Error> {
        if !stems.contains(' ') {
            return self.add(stems.to_owned(), weight, origin);
        }
        for stem in stems.split(' ') {
            if self.snapshot.frequency(stem)? == 0 {
                let term = stems.to_owned();
                self.absent.push((Alternative { term, weight }, origin));
                return Ok(false);
            }
        }
        for stem in stems.split(' ') {
            self.add(stem.to_owned(), weight * WORD_OF_PHRASE, origin)?;
        }
        self.phrases
            .push((stems.split(' ').map(term_hash).collect(), weight));
        Ok(true)
    }

    /// Adds the Arabic of English entries; what their words are worth is given.
    pub(super) fn translate(&mut self, entries: &[Entry<'_>], worth: f32) -> Result<bool, Error> {
        let mut found = false;
        for entry in entries {
            let mut weight = worth * worth_of(*entry, entries);
            for (nth, (words, stems)) in entry.alternatives().zip(entry.stems()).enumerate() {
                found |= self.add_arabic(stems, weight, Origin::Translation(entry.id()))?;
                if nth < WITH_FORMS && !stems.contains(' ') {
                    for other in forms::family(&fold::fold(words)) {
                        let origin = Origin::FormOfTranslation(entry.id());
                        found |=
                            self.add(other.to_owned(), weight * FORM_OF_TRANSLATION, origin)?;
                    }
                }
                weight *= FURTHER;
            }
        }
        Ok(found)
    }

    /// What was gathered for a part of a question.
    pub(super) fn finish(
        self,
        question: &Question,
        span: Span,
        weight: f32,
        is_name: bool,
    ) -> Asked {
        let is_unknown = self.alternatives.is_empty();
        let (mut sum, mut weights) = (0.0, 0.0);
        for (alternative, frequency) in self.alternatives.iter().zip(&self.frequencies) {
            let sure = alternative.weight * alternative.weight;
            sum += sure * self.snapshot.rarity(*frequency);
            weights += sure;
        }
        let rarity = if is_unknown {
            self.snapshot.rarity(0)
        } else {
            sum / weights
        };
        Asked {
            text: written(question, &span).to_owned(),
            span,
            group: Group {
                alternatives: self.alternatives,
                weight,
                rarity,
            },
            origins: self.origins,
            absent: self.absent,
            phrases: self.phrases,
            exact: None,
            is_name,
            is_unknown,
            is_absent: is_name && is_unknown,
        }
    }
}

/// What an entry among those of its word is worth: what only an imported lexicon has counts in full.
pub(super) fn worth_of(entry: Entry<'_>, entries: &[Entry<'_>]) -> f32 {
    if entry.is_ours() || entries.iter().all(|entry| !entry.is_ours()) {
        1.0
    } else {
        IMPORTED
    }
}

/// How much a word counts by how rare it is in English: rare words carry the question.
pub(super) fn weight_of(entries: &[Entry<'_>]) -> f32 {
    let zipf = entries
        .iter()
        .filter_map(|entry| entry.frequency())
        .fold(f32::NAN, f32::max);
    if zipf.is_nan() {
        1.25
    } else {
        1.0 + 0.5 * ((4.5 - zipf) / 2.0).clamp(-1.0, 1.0)
    }
}
