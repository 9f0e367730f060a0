//! The first look: which passages may answer, by the terms of the question.
//!
//! A question word is a *group* of alternatives: its stem, other readings, translations, names that sound like it. A
//! group is scored as one term (no synonym query exists in Tantivy): the frequencies of its alternatives are added up
//! with their weights, its rarity is the weighted mean of theirs, and one BM25 saturation follows. The measurements
//! behind this choice over a flat OR or the best alternative alone: a flat OR lets a word with many translations drown
//! the others; see Pirkola 1998 and Darwish and Oard 2003 for the ancestors.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use tantivy::columnar::Column;
use tantivy::index::SegmentId;
use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::{
    DocAddress, DocSet as _, IndexReader, InvertedIndexReader, Searcher, TERMINATED,
    TantivyDocument,
};

use super::analysis::{Analysis, WORD};
use super::schema::Fields;
use super::{Error, Fingerprint};
use crate::language::names::Names;
use crate::language::spelling;
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
/// How many decoded passages a snapshot keeps at hand; one takes about seven kilobytes.
const AT_HAND: usize = 4096;

/// From which likeness (Dice's coefficient of letter pairs) on two words are written alike.
const ALIKE: f32 = 0.65;
/// How many terms a snapshot keeps at hand with where their postings lie.
const TERMS: usize = 30_000;

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

    fn from_bytes(bytes: &[u8]) -> Option<(Self, Analysis)> {
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

/// A commit of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Committed {
    /// What the commit is known by; merging segments does not change it.
    pub(super) stamp: u64,
    /// Its segments.
    pub(super) segments: Vec<SegmentId>,
    /// What it holds.
    pub(super) fingerprint: Fingerprint,
}

/// The index in one state.
pub struct Snapshot {
    folder: PathBuf,
    committed: Committed,
    searcher: Searcher,
    fields: Fields,
    /// Stems in the whole index, over the number of passages.
    mean_length: f32,
    /// The Arabic words of the index, arranged by sound.
    words: Vec<String>,
    names: Names,
    /// The words by the pairs of letters in them.
    pairs: HashMap<(char, char), Vec<u32>>,
    /// How many pairs of letters each of the words has.
    n_pairs: Vec<u32>,
    /// Of each segment, the columns with the edition of a passage and with its place in that.
    places: Vec<(Column<u64>, Column<u64>)>,
    at_hand: Mutex<HashMap<DocAddress, Arc<Candidate>>>,
    /// Of each segment, the dictionaries and postings of the fields, in the order of [`ZONES`].
    postings: Vec<[Arc<InvertedIndexReader>; 4]>,
    /// Terms that were asked for: questions share most of their words.
    terms: Mutex<HashMap<String, Arc<Known>>>,
    n_passages: u64,
    /// Of each segment, which passages may be seen; none where all may.
    seen: Option<Vec<Vec<bool>>>,
}

/// What a match counts in each field that is searched: as a stem, a reading, in title and headings, as the word itself.
const ZONES: [f32; 4] = [1.0, IN_READING, IN_HEADING, 1.0];
const STEM: usize = 0;
const READING: usize = 1;
const HEADING: usize = 2;
const ITSELF: usize = 3;

/// A term as the index knows it.
#[derive(Debug, Default)]
struct Known {
    /// In how many passages it stands, zone by zone.
    frequencies: [u64; 4],
    /// Where its postings lie: which segment, which zone, where there.
    postings: Vec<(usize, usize, TermInfo)>,
}

impl Snapshot {
    pub(super) fn new(
        reader: &IndexReader,
        fields: Fields,
        folder: &Path,
        committed: Committed,
    ) -> Result<Self, Error> {
        Self::over(reader.searcher(), fields, folder, committed, None)
    }

    /// The same state with nothing in it but some of its editions. Nothing of the others shows: not in what is found, not
    /// in how rare a word is, not in the words that one with a slip of the pen is taken for.
    pub fn within(&self, editions: &BTreeSet<u64>) -> Result<Self, Error> {
        let mut seen = Vec::with_capacity(self.places.len());
        for (segment, (edition, _)) in self.searcher.segment_readers().iter().zip(&self.places) {
            let is_seen = |doc| {
                let edition = edition.first(doc);
                !segment.is_deleted(doc)
                    && edition.is_some_and(|edition| editions.contains(&edition))
            };
            seen.push((0..segment.max_doc()).map(is_seen).collect());
        }
        let (searcher, folder) = (self.searcher.clone(), &self.folder);
        Self::over(
            searcher,
            self.fields,
            folder,
            self.committed.clone(),
            Some(seen),
        )
    }

    fn over(
        searcher: Searcher,
        fields: Fields,
        folder: &Path,
        committed: Committed,
        seen: Option<Vec<Vec<bool>>>,
    ) -> Result<Self, Error> {
        let (mut n_tokens, mut n_passages) = (0_u64, 0_u64);
        let mut words = Vec::new();
        let mut places = Vec::with_capacity(searcher.segment_readers().len());
        let mut postings = Vec::with_capacity(searcher.segment_readers().len());
        for (nth, segment) in searcher.segment_readers().iter().enumerate() {
            let seen = seen.as_ref().and_then(|seen| seen.get(nth));
            let column = |name| segment.fast_fields().u64(name);
            places.push((column("edition")?, column("nth")?));
            // Not the segment's own count of tokens: merged segments estimate it.
            let lengths = segment.get_fieldnorms_reader(fields.stem)?;
            let passages = segment.doc_ids_alive();
            for passage in passages.filter(|doc| seen.is_none_or(|seen| seen[*doc as usize])) {
                n_tokens += u64::from(lengths.fieldnorm(passage));
                n_passages += 1;
            }
            let vocabulary = segment.inverted_index(fields.word)?;
            postings.push([
                segment.inverted_index(fields.stem)?,
                segment.inverted_index(fields.reading)?,
                segment.inverted_index(fields.heading)?,
                Arc::clone(&vocabulary),
            ]);
            let mut terms = vocabulary
                .terms()
                .stream()
                .map_err(tantivy::TantivyError::from)?;
            while let Some((term, info)) = terms.next() {
                let is_seen = match seen {
                    Some(seen) => n_seen(&vocabulary, info, seen)? > 0,
                    None => true,
                };
                if is_seen {
                    words.extend(std::str::from_utf8(term).map(str::to_owned));
                }
            }
        }
        words.sort_unstable();
        words.dedup();
        let names = Names::new(words.iter().map(String::as_str));
        let mut pairs: HashMap<(char, char), Vec<u32>> = HashMap::new();
        let mut n_pairs = vec![0; words.len()];
        for ((number, word), n) in (0..).zip(&words).zip(&mut n_pairs) {
            for pair in spelling::pairs(word) {
                *n += 1;
                let words = pairs.entry(pair).or_default();
                if words.last() != Some(&number) {
                    words.push(number);
                }
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "a mean needs no more precision")]
        let mean_length = (n_tokens as f32 / n_passages.max(1) as f32).max(1.0);
        Ok(Self {
            folder: folder.to_owned(),
            committed,
            searcher,
            fields,
            mean_length,
            words,
            names,
            pairs,
            n_pairs,
            places,
            at_hand: Mutex::default(),
            postings,
            terms: Mutex::default(),
            n_passages,
            seen,
        })
    }

    /// Whether a passage of a segment may be seen.
    fn sees(&self, segment: usize, doc: u32) -> bool {
        self.seen
            .as_ref()
            .is_none_or(|seen| seen[segment][doc as usize])
    }

    /// The editions that it holds.
    pub fn editions(&self) -> &BTreeSet<u64> {
        self.committed.fingerprint.editions()
    }

    /// The commit that it shows.
    pub(super) fn committed(&self) -> &Committed {
        &self.committed
    }

    /// How many passages it holds.
    pub fn n_passages(&self) -> u64 {
        self.n_passages
    }

    /// In how many passages a term stands, as a stem or a reading; where in none, in how many headings.
    ///
    /// # Panics
    /// Never: nothing panics while it holds the terms.
    pub fn frequency(&self, term: &str) -> Result<u64, Error> {
        let frequencies = self.known(term)?.frequencies;
        // The same passage may hold it as both; how often is not worth a look.
        Ok(
            match frequencies[STEM] + frequencies[READING] + frequencies[ITSELF] {
                0 => frequencies[HEADING],
                sum => sum.min(self.n_passages()),
            },
        )
    }

    /// Looks a term up, once.
    fn known(&self, term: &str) -> Result<Arc<Known>, Error> {
        let lock = || self.terms.lock().expect("no panic while terms are kept");
        if let Some(known) = lock().get(term) {
            return Ok(Arc::clone(known));
        }
        let (zones, key) = match term.strip_prefix(WORD) {
            Some(word) => (ITSELF..=ITSELF, word),
            None => (STEM..=HEADING, term),
        };
        let mut known = Known::default();
        for (segment, readers) in self.postings.iter().enumerate() {
            for zone in zones.clone() {
                let dictionary = readers[zone].terms();
                if let Some(info) = dictionary
                    .get(key.as_bytes())
                    .map_err(tantivy::TantivyError::from)?
                {
                    let frequency = match &self.seen {
                        Some(seen) => n_seen(&readers[zone], &info, &seen[segment])?,
                        None => u64::from(info.doc_freq),
                    };
                    if frequency > 0 {
                        known.frequencies[zone] += frequency;
                        known.postings.push((segment, zone, info));
                    }
                }
            }
        }
        let known = Arc::new(known);
        let mut terms = lock();
        if terms.len() >= TERMS {
            drop_half(&mut terms);
        }
        terms.insert(term.to_owned(), Arc::clone(&known));
        Ok(known)
    }

    /// The folded words that share most pairs of letters with a folded word, at most eight, with Dice's coefficient.
    pub fn written_like(&self, word: &str) -> Vec<(&str, f32)> {
        let asked: Vec<(char, char)> = spelling::pairs(word).collect();
        if asked.len() < 4 {
            return Vec::new();
        }
        // For every word, how many of the pairs it has.
        let mut shared = vec![0_u32; self.words.len()];
        for pair in &asked {
            for number in self.pairs.get(pair).into_iter().flatten() {
                shared[*number as usize] += 1;
            }
        }
        let mut found: Vec<(&str, f32)> = self
            .words
            .iter()
            .zip(shared.iter().zip(&self.n_pairs))
            .filter(|(_, (n, _))| **n > 0)
            .filter_map(|(other, (n, of))| {
                // A pair that is asked several times shares no more than there is.
                let n = n.min(of);
                #[allow(clippy::cast_precision_loss, reason = "a word is short")]
                let dice = 2.0 * *n as f32 / (asked.len() + *of as usize) as f32;
                (dice >= ALIKE && other != word).then_some((other.as_str(), dice))
            })
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        found.truncate(8);
        found
    }

    /// The most frequent of the folded words that are one slip of the pen away from an unknown one.
    pub fn spelled_like(&self, word: &str) -> Option<String> {
        let near = spelling::neighbors(word, &self.words)
            .iter()
            .filter(|other| spelling::is_slip(word, other));
        near.max_by_key(|other| {
            (
                self.known(&format!("{WORD}{other}"))
                    .map_or(0, |known| known.frequencies[ITSELF]),
                std::cmp::Reverse(*other),
            )
        })
        .cloned()
    }

    /// How rare a term with this frequency is: BM25's inverse document frequency.
    pub fn rarity(&self, frequency: u64) -> f32 {
        #[allow(
            clippy::cast_precision_loss,
            reason = "a logarithm needs no more precision"
        )]
        let (n, frequency) = (self.n_passages() as f32, frequency as f32);
        (1.0 + (n - frequency + 0.5) / (frequency + 0.5)).ln()
    }

    /// The folded words that sound like a folded Latin name, with their likeness, best first.
    pub fn sounding_like(&self, latin: &str) -> Vec<(&str, f32)> {
        let found = self.names.like(latin);
        found
            .into_iter()
            .map(|found| (self.words[found.word as usize].as_str(), found.likeness))
            .collect()
    }

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
        for (nth, segment) in self.searcher.segment_readers().iter().enumerate() {
            // For every passage: its score so far, the weight matched so far, the frequency in the group at hand.
            let mut sums = vec![(0.0_f32, 0.0_f32, 0.0_f32); segment.max_doc() as usize];
            let mut touched: Vec<u32> = Vec::new();
            let mut matched: Vec<u32> = Vec::new();
            let lengths = segment.get_fieldnorms_reader(self.fields.stem)?;
            for (group, terms) in groups.iter().zip(&terms) {
                for (known, weight) in terms {
                    for (_, zone, info) in known.postings.iter().filter(|(at, ..)| *at == nth) {
                        let postings = self.postings[nth][*zone]
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
                if !segment.is_deleted(doc) && self.sees(nth, doc) {
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
                let (edition, nth) = &self.places[address.segment_ord as usize];
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

    fn read(&self, address: DocAddress) -> Result<Arc<Candidate>, Error> {
        let lock = || {
            self.at_hand
                .lock()
                .expect("no panic while passages are kept at hand")
        };
        if let Some(candidate) = lock().get(&address) {
            return Ok(Arc::clone(candidate));
        }
        let document: TantivyDocument = self.searcher.doc(address)?;
        let bytes = document
            .get_first(self.fields.record)
            .and_then(|value| value.as_bytes().map(<[u8]>::to_vec));
        let Some((record, analysis)) = bytes.as_deref().and_then(Record::from_bytes) else {
            return Err(Error::Damaged {
                folder: self.folder.clone(),
            });
        };
        let candidate = Arc::new(Candidate {
            edition: record.edition,
            passage: record.passage,
            footnotes: record.footnotes,
            analysis,
        });
        let mut at_hand = lock();
        if at_hand.len() >= AT_HAND {
            drop_half(&mut at_hand);
        }
        at_hand.insert(address, Arc::clone(&candidate));
        Ok(candidate)
    }
}

/// In how many of the passages that may be seen a term stands.
fn n_seen(reader: &InvertedIndexReader, info: &TermInfo, seen: &[bool]) -> Result<u64, Error> {
    let mut postings = reader
        .read_postings_from_terminfo(info, IndexRecordOption::Basic)
        .map_err(tantivy::TantivyError::from)?;
    let mut n = 0;
    let mut doc = postings.doc();
    while doc != TERMINATED {
        n += u64::from(seen[doc as usize]);
        doc = postings.advance();
    }
    Ok(n)
}

/// A score, given how much of the question's weight is matched.
fn covered(score: f32, share: f32) -> f32 {
    score * (UNCOVERED + (1.0 - UNCOVERED) * share)
}

/// Drops every second entry, whichever that be.
fn drop_half<K, V>(kept: &mut HashMap<K, V>) {
    let mut stays = false;
    kept.retain(|_, _| {
        stays = !stays;
        stays
    });
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
