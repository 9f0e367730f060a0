//! The index in one state: what is looked up in it, and what of it somebody sees.
//!
//! A state consists of segments, which never change: what was read of one is kept for the states to come, so that a new
//! state costs in proportion to what changed. Passages of a segment that were deleted, or that somebody may not see, show
//! nowhere: not in what is found, not in how rare a word is, not in the words that one with a slip of the pen is taken
//! for. An index that grew thus ranks as one that was built anew.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use tantivy::columnar::Column;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::{
    DocAddress, DocSet as _, IndexReader, InvertedIndexReader, Searcher, SegmentReader, TERMINATED,
    TantivyDocument,
};

use super::analysis::WORD;
use super::candidates::{Candidate, Record};
use super::schema::Fields;
use super::words::Words;
use super::{Error, Fingerprint};
use crate::language::{names, spelling};

/// How many decoded passages are kept at hand; one takes about seven kilobytes.
const AT_HAND: usize = 4096;
/// How many terms a snapshot keeps at hand with where their postings lie.
const TERMS: usize = 30_000;
/// How many words that are written like another are told.
const WRITTEN_LIKE: usize = 8;

/// The fields that are searched: a stem, a reading, title and headings, the word itself.
pub(super) const STEM: usize = 0;
const READING: usize = 1;
const HEADING: usize = 2;
const ITSELF: usize = 3;
/// How many they are.
pub(super) const N_ZONES: usize = 4;

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

/// What is kept of the segments for the states to come.
#[derive(Default)]
pub(super) struct Kept {
    words: Mutex<HashMap<SegmentId, Arc<Words>>>,
    passages: Mutex<HashMap<(SegmentId, u32), Arc<Candidate>>>,
}

/// The index in one state.
pub struct Snapshot {
    folder: PathBuf,
    committed: Committed,
    searcher: Searcher,
    pub(super) fields: Fields,
    pub(super) segments: Vec<Segment>,
    kept: Arc<Kept>,
    /// Terms that were asked for: questions share most of their words.
    terms: Mutex<HashMap<String, Arc<Known>>>,
    /// Stems in the whole index, over the number of passages.
    pub(super) mean_length: f32,
    n_passages: u64,
}

/// A segment as it is seen.
pub(super) struct Segment {
    id: SegmentId,
    /// The edition of a passage, and its place in that.
    pub(super) places: (Column<u64>, Column<u64>),
    /// The dictionaries and postings of the fields.
    pub(super) postings: [Arc<InvertedIndexReader>; N_ZONES],
    words: Arc<Words>,
    /// Which of its passages are seen; none where all are.
    seen: Option<Vec<bool>>,
    /// Which of its words stand in one that is; none where all do.
    seen_words: Option<Vec<bool>>,
}

/// A term as the index knows it.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// In how many passages it stands, zone by zone.
    frequencies: [u64; N_ZONES],
    /// Where its postings lie: which segment, which zone, where there.
    pub(super) postings: Vec<(usize, usize, TermInfo)>,
}

impl Segment {
    /// A segment of which those passages are seen that `is_seen` lets through and that were not deleted.
    fn open(
        reader: &SegmentReader,
        fields: Fields,
        kept: &Kept,
        editions: Option<&BTreeSet<u64>>,
    ) -> Result<Self, Error> {
        let column = |name| reader.fast_fields().u64(name);
        let places = (column("edition")?, column("nth")?);
        let vocabulary = reader.inverted_index(fields.word)?;
        let words = kept.words(reader.segment_id(), &vocabulary)?;
        let seen = (reader.has_deletes() || editions.is_some()).then(|| {
            let is_seen = |doc| {
                let is_named = |editions: &BTreeSet<u64>| {
                    let edition = places.0.first(doc);
                    edition.is_some_and(|edition| editions.contains(&edition))
                };
                !reader.is_deleted(doc) && editions.is_none_or(is_named)
            };
            (0..reader.max_doc()).map(is_seen).collect::<Vec<bool>>()
        });
        let seen_words = match &seen {
            Some(seen) => Some(seen_words(&vocabulary, seen)?),
            None => None,
        };
        Ok(Self {
            id: reader.segment_id(),
            places,
            postings: [
                reader.inverted_index(fields.stem)?,
                reader.inverted_index(fields.reading)?,
                reader.inverted_index(fields.heading)?,
                vocabulary,
            ],
            words,
            seen,
            seen_words,
        })
    }

    /// Whether a passage is seen.
    pub(super) fn sees(&self, doc: u32) -> bool {
        let seen = self.seen.as_ref();
        seen.is_none_or(|seen| seen.get(doc as usize).copied().unwrap_or(false))
    }

    /// One of its words; none where no passage that is seen has it.
    fn word(&self, number: u32) -> Option<&str> {
        let seen = self.seen_words.as_ref();
        let is_seen = seen.is_none_or(|seen| seen.get(number as usize) == Some(&true));
        let word = self.words.sorted().get(number as usize)?;
        is_seen.then_some(word.as_str())
    }
}

impl Snapshot {
    pub(super) fn new(
        reader: &IndexReader,
        fields: Fields,
        folder: &Path,
        committed: Committed,
        kept: &Arc<Kept>,
    ) -> Result<Self, Error> {
        let snapshot = Self::over(reader.searcher(), fields, folder, committed, kept, None)?;
        kept.keep_of(&snapshot.segments);
        Ok(snapshot)
    }

    /// The same state with nothing in it but some of its editions.
    pub fn within(&self, editions: &BTreeSet<u64>) -> Result<Self, Error> {
        Self::over(
            self.searcher.clone(),
            self.fields,
            &self.folder,
            self.committed.clone(),
            &self.kept,
            Some(editions),
        )
    }

    fn over(
        searcher: Searcher,
        fields: Fields,
        folder: &Path,
        committed: Committed,
        kept: &Arc<Kept>,
        editions: Option<&BTreeSet<u64>>,
    ) -> Result<Self, Error> {
        let (mut n_tokens, mut n_passages) = (0_u64, 0_u64);
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for reader in searcher.segment_readers() {
            let segment = Segment::open(reader, fields, kept, editions)?;
            // Not the segment's own count of tokens: merged segments estimate it.
            let lengths = reader.get_fieldnorms_reader(fields.stem)?;
            for passage in (0..reader.max_doc()).filter(|doc| segment.sees(*doc)) {
                n_tokens += u64::from(lengths.fieldnorm(passage));
                n_passages += 1;
            }
            segments.push(segment);
        }
        #[allow(clippy::cast_precision_loss, reason = "a mean needs no more precision")]
        let mean_length = (n_tokens as f32 / n_passages.max(1) as f32).max(1.0);
        Ok(Self {
            folder: folder.to_owned(),
            committed,
            searcher,
            fields,
            segments,
            kept: Arc::clone(kept),
            terms: Mutex::default(),
            mean_length,
            n_passages,
        })
    }

    /// The editions that the index holds.
    pub fn editions(&self) -> &BTreeSet<u64> {
        self.committed.fingerprint.editions()
    }

    /// The commit that it shows.
    pub(super) fn committed(&self) -> &Committed {
        &self.committed
    }

    /// What it searches in.
    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// How many passages it shows.
    pub fn n_passages(&self) -> u64 {
        self.n_passages
    }

    /// In how many passages a term stands, as a stem or a reading; where in none, in how many headings.
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

    /// How rare a term with this frequency is: BM25's inverse document frequency.
    pub fn rarity(&self, frequency: u64) -> f32 {
        #[allow(
            clippy::cast_precision_loss,
            reason = "a logarithm needs no more precision"
        )]
        let (n, frequency) = (self.n_passages() as f32, frequency as f32);
        (1.0 + (n - frequency + 0.5) / (frequency + 0.5)).ln()
    }

    /// Looks a term up, once.
    pub(super) fn known(&self, term: &str) -> Result<Arc<Known>, Error> {
        if let Some(known) = locked(&self.terms).get(term) {
            return Ok(Arc::clone(known));
        }
        let (zones, key) = match term.strip_prefix(WORD) {
            Some(word) => (ITSELF..=ITSELF, word),
            None => (STEM..=HEADING, term),
        };
        let mut known = Known::default();
        for (nth, segment) in self.segments.iter().enumerate() {
            for zone in zones.clone() {
                let reader = &segment.postings[zone];
                let dictionary = reader.terms();
                if let Some(info) = dictionary
                    .get(key.as_bytes())
                    .map_err(tantivy::TantivyError::from)?
                {
                    let frequency = match &segment.seen {
                        Some(seen) => n_seen(reader, &info, seen, u64::MAX)?,
                        None => u64::from(info.doc_freq),
                    };
                    if frequency > 0 {
                        known.frequencies[zone] += frequency;
                        known.postings.push((nth, zone, info));
                    }
                }
            }
        }
        let known = Arc::new(known);
        let mut terms = locked(&self.terms);
        if terms.len() >= TERMS {
            drop_half(&mut terms);
        }
        terms.insert(term.to_owned(), Arc::clone(&known));
        Ok(known)
    }

    /// The folded words that share most pairs of letters with a folded word, at most eight, with Dice's coefficient.
    pub fn written_like(&self, word: &str) -> Vec<(&str, f32)> {
        let mut found: Vec<(&str, f32)> = self
            .segments
            .iter()
            .flat_map(|segment| {
                let found = segment.words.written_like(word).into_iter();
                found.filter_map(|(number, dice)| Some((segment.word(number)?, dice)))
            })
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        found.dedup_by_key(|(word, _)| *word);
        found.truncate(WRITTEN_LIKE);
        found
    }

    /// The most frequent of the folded words that are one slip of the pen away from an unknown one.
    pub fn spelled_like(&self, word: &str) -> Option<String> {
        let mut near: Vec<&str> = Vec::new();
        for segment in &self.segments {
            let words = spelling::neighbors(word, segment.words.sorted());
            for number in words {
                let other = &segment.words.sorted()[number];
                if spelling::is_slip(word, other) {
                    near.extend(segment.word(u32::try_from(number).unwrap_or(u32::MAX)));
                }
            }
        }
        near.sort_unstable();
        near.dedup();
        let found = near.into_iter().max_by_key(|other| {
            let known = self.known(&format!("{WORD}{other}"));
            (
                known.map_or(0, |known| known.frequencies[ITSELF]),
                std::cmp::Reverse(*other),
            )
        });
        found.map(str::to_owned)
    }

    /// The folded words that sound like a folded Latin name, with their likeness, best first.
    pub fn sounding_like(&self, latin: &str) -> Vec<(&str, f32)> {
        names::nearest(latin, |name, limit| {
            let mut costs: Vec<(&str, f32)> = self
                .segments
                .iter()
                .flat_map(|segment| {
                    let costs = segment.words.costs(name, limit).into_iter();
                    costs.filter_map(|(number, cost)| Some((segment.word(number)?, cost)))
                })
                .collect();
            costs.sort_by(|a, b| a.0.cmp(b.0));
            costs.dedup_by_key(|(word, _)| *word);
            costs
        })
    }

    /// The passage at an address.
    pub(super) fn read(&self, address: DocAddress) -> Result<Arc<Candidate>, Error> {
        let damaged = || Error::Damaged {
            folder: self.folder.clone(),
        };
        let segment = self.segments.get(address.segment_ord as usize);
        let key = (segment.ok_or_else(damaged)?.id, address.doc_id);
        if let Some(candidate) = locked(&self.kept.passages).get(&key) {
            return Ok(Arc::clone(candidate));
        }
        let document: TantivyDocument = self.searcher.doc(address)?;
        let bytes = document
            .get_first(self.fields.record)
            .and_then(|value| value.as_bytes().map(<[u8]>::to_vec));
        let Some((record, analysis)) = bytes.as_deref().and_then(Record::from_bytes) else {
            return Err(damaged());
        };
        let candidate = Arc::new(Candidate {
            edition: record.edition,
            passage: record.passage,
            footnotes: record.footnotes,
            analysis,
        });
        let mut at_hand = locked(&self.kept.passages);
        if at_hand.len() >= AT_HAND {
            drop_half(&mut at_hand);
        }
        at_hand.insert(key, Arc::clone(&candidate));
        Ok(candidate)
    }
}

impl Kept {
    /// The words of a segment, arranged.
    fn words(
        &self,
        segment: SegmentId,
        vocabulary: &InvertedIndexReader,
    ) -> Result<Arc<Words>, Error> {
        if let Some(words) = locked(&self.words).get(&segment) {
            return Ok(Arc::clone(words));
        }
        let words = Arc::new(Words::read(vocabulary)?);
        locked(&self.words).insert(segment, Arc::clone(&words));
        Ok(words)
    }

    /// Lets go of all segments but these.
    fn keep_of(&self, segments: &[Segment]) {
        let ids: BTreeSet<SegmentId> = segments.iter().map(|segment| segment.id).collect();
        locked(&self.words).retain(|id, _| ids.contains(id));
        locked(&self.passages).retain(|(id, _), _| ids.contains(id));
    }
}

/// # Panics
/// Never: nothing panics while it holds what is kept.
fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().expect("no panic while something is looked up")
}

/// In how many of the passages that are seen a term stands, counted up to `most`.
fn n_seen(
    reader: &InvertedIndexReader,
    info: &TermInfo,
    seen: &[bool],
    most: u64,
) -> Result<u64, Error> {
    let mut postings = reader
        .read_postings_from_terminfo(info, IndexRecordOption::Basic)
        .map_err(tantivy::TantivyError::from)?;
    let mut n = 0;
    let mut doc = postings.doc();
    while doc != TERMINATED && n < most {
        n += u64::from(seen.get(doc as usize) == Some(&true));
        doc = postings.advance();
    }
    Ok(n)
}

/// Which words of a segment stand in a passage that is seen, in their order.
fn seen_words(vocabulary: &InvertedIndexReader, seen: &[bool]) -> Result<Vec<bool>, Error> {
    let mut found = Vec::new();
    let mut terms = vocabulary
        .terms()
        .stream()
        .map_err(tantivy::TantivyError::from)?;
    while let Some((_, info)) = terms.next() {
        found.push(n_seen(vocabulary, info, seen, 1)? > 0);
    }
    Ok(found)
}

/// Drops every second entry, whichever that be.
fn drop_half<K, V>(kept: &mut HashMap<K, V>) {
    let mut stays = false;
    kept.retain(|_, _| {
        stays = !stays;
        stays
    });
}
