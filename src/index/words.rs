//! The Arabic words of one segment, arranged for what is looked up among them: by sound, by pairs of letters, in order.
//!
//! A segment never changes, so its words are arranged once, however often the library does: what a change costs is in
//! proportion to what it brings.

use std::collections::HashMap;

use tantivy::InvertedIndexReader;

use super::Error;
use crate::language::names::Names;
use crate::language::spelling;

/// From which likeness (Dice's coefficient of letter pairs) on two words are written alike.
const ALIKE: f32 = 0.65;

/// The folded words of a segment.
pub(super) struct Words {
    /// In order.
    sorted: Vec<String>,
    names: Names,
    /// The words by the pairs of letters in them.
    pairs: HashMap<(char, char), Vec<u32>>,
    /// How many pairs of letters each of the words has.
    n_pairs: Vec<u32>,
}

impl Words {
    /// Reads and arranges the words of a segment.
    pub(super) fn read(vocabulary: &InvertedIndexReader) -> Result<Self, Error> {
        let mut sorted = Vec::new();
        let mut terms = vocabulary
            .terms()
            .stream()
            .map_err(tantivy::TantivyError::from)?;
        while let Some((term, _)) = terms.next() {
            sorted.push(String::from_utf8_lossy(term).into_owned());
        }
        Ok(Self::new(sorted))
    }

    /// Arranges words that are in order.
    fn new(sorted: Vec<String>) -> Self {
        let names = Names::new(sorted.iter().map(String::as_str));
        let mut pairs: HashMap<(char, char), Vec<u32>> = HashMap::new();
        let mut n_pairs = vec![0; sorted.len()];
        for ((number, word), n) in (0..).zip(&sorted).zip(&mut n_pairs) {
            for pair in spelling::pairs(word) {
                *n += 1;
                let words = pairs.entry(pair).or_default();
                if words.last() != Some(&number) {
                    words.push(number);
                }
            }
        }
        Self {
            sorted,
            names,
            pairs,
            n_pairs,
        }
    }

    /// The words, in order.
    pub(super) fn sorted(&self) -> &[String] {
        &self.sorted
    }

    /// What it costs a letter to read a Latin name as those of the words that may be near, at most `limit`.
    pub(super) fn costs(&self, latin: &str, limit: f32) -> Vec<(u32, f32)> {
        self.names.costs(latin, limit)
    }

    /// The words that share most pairs of letters with a folded word, with Dice's coefficient.
    pub(super) fn written_like(&self, word: &str) -> Vec<(u32, f32)> {
        let asked: Vec<(char, char)> = spelling::pairs(word).collect();
        if asked.len() < 4 {
            return Vec::new();
        }
        // For every word, how many of the pairs it has.
        let mut shared = vec![0_u32; self.sorted.len()];
        for pair in &asked {
            for number in self.pairs.get(pair).into_iter().flatten() {
                shared[*number as usize] += 1;
            }
        }
        let words = (0..)
            .zip(&self.sorted)
            .zip(shared.iter().zip(&self.n_pairs));
        words
            .filter(|(_, (n, _))| **n > 0)
            .filter_map(|((number, other), (n, of))| {
                // A pair that is asked several times shares no more than there is.
                let n = n.min(of);
                #[allow(clippy::cast_precision_loss, reason = "a word is short")]
                let dice = 2.0 * *n as f32 / (asked.len() + *of as usize) as f32;
                (dice >= ALIKE && other != word).then_some((number, dice))
            })
            .collect()
    }
}
