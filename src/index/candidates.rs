//! The first look: which passages may answer, by the terms of the question.
//!
//! A question word is a *group* of alternatives: its stem, other readings, translations, names that sound like it. A
//! group is scored as one term (no synonym query exists in Tantivy): the frequencies of its alternatives are added up
//! with their weights, its rarity is the weighted mean of theirs, and one BM25 saturation follows. The measurements
//! behind this choice over a flat OR or the best alternative alone: a flat OR lets a word with many translations drown
//! the others; see Pirkola 1998 and Darwish and Oard 2003 for the ancestors.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet as _, TERMINATED};

use super::Error;
use super::analysis::Analysis;
use super::snapshot::{Known, N_ZONES, Snapshot};
use crate::source::Passage;

/// BM25's saturation of a term's frequency, Robertson's usual value, and how far a passage's length counts: more than
/// usual, since paragraphs that differ much in length stand side by side (measured: 0.75 and 0.95 are worse).
const K1: f32 = 1.2;
const B: f32 = 0.85;
/// What a match counts in a reading of a word, beside 1 in a stem.
pub const IN_READING: f32 = 0.7;
/// What it counts in title and headings.
pub const IN_HEADING: f32 = 0.5;
/// What a passage keeps of its score with none of the question's weight matched; it keeps all with all of it.
const UNCOVERED: f32 = 0.8;

/// One term that a question word may be, and how likely it is, 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The term.
    pub term: String,
    /// How likely the word is this term.
    pub weight: f32,
}

/// One word of a question: the terms that it may be, scored as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What it may be.
    pub alternatives: Vec<Alternative>,
    /// How much it counts beside the other words.
    pub weight: f32,
    /// How rare it is in the index: the mean of its alternatives' rarity, weighted.
    pub rarity: f32,
}

/// A passage as the index stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) edition: u64,
    pub(super) passage: Passage,
    pub(super) footnotes: Vec<Option<String>>,
}

impl Record {
    /// The length of the analysis (u32, little-endian), the analysis, and the record as JSON.
    pub(super) fn to_bytes(&self, analysis: &Analysis) -> Vec<u8> {
        let analysis = analysis.to_bytes();
        let mut bytes = u32::try_from(analysis.len())
            .expect("a passage is far below 4 GiB")
            .to_le_bytes()
            .to_vec();
        bytes.extend(analysis);
        bytes.extend(serde_json::to_vec(self).expect("a passage is plain data"));
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<(Self, Analysis)> {
        let (length, rest) = bytes.split_first_chunk()?;
        let (analysis, record) =
            rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        Some((
            serde_json::from_slice(record).ok()?,
            Analysis::from_bytes(analysis)?,
        ))
    }
}

/// A passage as search found it.
#[derive(Debug)]
pub struct Candidate {
    /// The edition it belongs to.
    pub edition: u64,
    /// The passage.
    pub passage: Passage,
    /// The texts of the footnotes that its markers cite, marker by marker.
    pub footnotes: Vec<Option<String>>,
    /// Its words.
    pub analysis: Analysis,
}

/// What a match counts in each field that is searched: as a stem, a reading, in title and headings, as the word itself.
const ZONES: [f32; N_ZONES] = [1.0, IN_READING, IN_HEADING, 1.0];

impl Snapshot {
    /// The passages that match best, at most `limit`, with their scores, best first.
    pub fn candidates(
        &self,
        groups: &[Group],
        limit: usize,
    ) -> Result<Vec<(f32, Arc<Candidate>)>, Error> {
        let all: f32 = groups.iter().map(|group| group.weight * group.rarity).sum();
        let terms = groups
            .iter()
            .map(|group| self.terms_of(group))
            .collect::<Result<Vec<_>, _>>()?;
        let mut best: Vec<(f32, DocAddress)> = Vec::new();
        for (nth, (reader, segment)) in self
            .searcher()
            .segment_readers()
            .iter()
            .zip(&self.segments)
            .enumerate()
        {
            // For every passage: its score so far, the weight matched so far, the frequency in the group at hand.
            let mut sums = vec![(0.0_f32, 0.0_f32, 0.0_f32); reader.max_doc() as usize];
            let mut touched: Vec<u32> = Vec::new();
            let mut matched: Vec<u32> = Vec::new();
            let lengths = reader.get_fieldnorms_reader(self.fields.stem)?;
            for (group, terms) in groups.iter().zip(&terms) {
                for (known, weight) in terms {
                    for (_, zone, info) in known.postings.iter().filter(|(at, ..)| *at == nth) {
                        let postings = segment.postings[*zone]
                            .read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)
                            .map_err(tantivy::TantivyError::from)?;
                        add_up(postings, weight * ZONES[*zone], &mut sums, &mut matched);
                    }
                }
                for doc in matched.drain(..) {
                    let (score, weight, frequency) = &mut sums[doc as usize];
                    if *weight == 0.0 {
                        touched.push(doc);
                    }
                    *score += self.score(group, *frequency, lengths.fieldnorm(doc));
                    *weight += group.weight * group.rarity;
                    *frequency = 0.0;
                }
            }
            let ordinal = u32::try_from(nth).unwrap_or(u32::MAX);
            for doc in touched {
                let (score, weight, _) = sums[doc as usize];
                if segment.sees(doc) {
                    best.push((covered(score, weight / all), DocAddress::new(ordinal, doc)));
                }
            }
        }
        self.first(best, limit)
            .into_iter()
            .map(|(score, address)| Ok((score, self.read(address)?)))
            .collect()
    }

    /// What a passage of so many stems scores by a group that it has so often.
    fn score(&self, group: &Group, frequency: f32, length: u32) -> f32 {
        #[allow(
            clippy::cast_precision_loss,
            reason = "a length needs no more precision"
        )]
        let length = length as f32 / self.mean_length;
        group.weight * group.rarity * frequency * (K1 + 1.0)
            / (frequency + K1 * (1.0 - B + B * length))
    }

    /// What a passage scores by all groups, given how often it has each: as [`candidates`](Self::candidates) reckons it.
    pub fn score_of<'a>(
        &self,
        groups: impl Iterator<Item = (&'a Group, f32)>,
        analysis: &Analysis,
    ) -> f32 {
        let length = analysis.n_stems();
        let (mut score, mut weight, mut all) = (0.0, 0.0, 0.0);
        for (group, frequency) in groups {
            all += group.weight * group.rarity;
            if frequency > 0.0 {
                score += self.score(group, frequency, length);
                weight += group.weight * group.rarity;
            }
        }
        if all > 0.0 {
            covered(score, weight / all)
        } else {
            0.0
        }
    }

    /// The first `limit` by score. Among equals the order of editions and of the passages in them decides, and not where
    /// they happen to lie: an index that grew must answer as one that was built anew.
    fn first(&self, mut found: Vec<(f32, DocAddress)>, limit: usize) -> Vec<(f32, DocAddress)> {
        let by_score = |a: &(f32, DocAddress), b: &(f32, DocAddress)| b.0.total_cmp(&a.0);
        if found.len() > limit && limit > 0 {
            let (_, (last, _), _) = found.select_nth_unstable_by(limit - 1, by_score);
            let last = *last;
            found.retain(|(score, _)| score.total_cmp(&last).is_ge());
        }
        let mut in_order: Vec<_> = found
            .into_iter()
            .map(|(score, address)| {
                let (edition, nth) = &self.segments[address.segment_ord as usize].places;
                let place = (edition.first(address.doc_id), nth.first(address.doc_id));
                (score, place, address)
            })
            .collect();
        in_order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        in_order.truncate(limit);
        in_order
            .into_iter()
            .map(|(score, _, address)| (score, address))
            .collect()
    }

    /// The alternatives of a group as the index knows them, with their weights.
    fn terms_of(&self, group: &Group) -> Result<Vec<(Arc<Known>, f32)>, Error> {
        let alternatives = group.alternatives.iter();
        alternatives
            .map(|Alternative { term, weight }| Ok((self.known(term)?, *weight)))
            .collect()
    }
}

/// A score, given how much of the question's weight is matched.
fn covered(score: f32, share: f32) -> f32 {
    score * (UNCOVERED + (1.0 - UNCOVERED) * share)
}

/// Adds a term's frequencies, times a weight, to those of the group at hand; new passages of the group go to `matched`.
fn add_up(
    mut postings: SegmentPostings,
    weight: f32,
    sums: &mut [(f32, f32, f32)],
    matched: &mut Vec<u32>,
) {
    let mut doc = postings.doc();
    while doc != TERMINATED {
        let frequency = &mut sums[doc as usize].2;
        if *frequency == 0.0 {
            matched.push(doc);
        }
        #[allow(
            clippy::cast_precision_loss,
            reason = "a frequency needs no more precision"
        )]
        let count = postings.term_freq() as f32;
        *frequency += weight * count;
        doc = postings.advance();
    }
}
