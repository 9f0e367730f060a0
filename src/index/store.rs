//! The index on disk: opened, checked, brought to the editions that are wanted, or built anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use tantivy::directory::MmapDirectory;
use tantivy::directory::error::LockError;
use tantivy::indexer::NoMergePolicy;
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

use super::analysis::{Vocabulary, analyze};
use super::candidates::Snapshot;
use super::schema::{Fields, schema};
use super::{Error, Fingerprint};
use crate::source::Passage;

/// What one writer may use, in bytes: the least that Tantivy takes.
const WRITER_MEMORY: usize = 15_000_000;
/// How long another process's writing is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// An index up to this size, in bytes, is checked whole whenever it is opened.
const SMALL: u64 = 8 << 20;
/// The file that stands in the folder while it is written to.
const UNFINISHED: &str = ".unfinished";
/// From this many segments on they are merged into one after a write.
const MANY_SEGMENTS: usize = 8;

/// The passages of one version of one source under one title.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The number that stands for source, content and title.
    pub number: u64,
    /// The source's title.
    pub title: String,
    /// Its passages.
    pub passages: Vec<Passage>,
}

/// One library's index.
pub struct Index {
    folder: PathBuf,
    engine: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    snapshot: RwLock<Arc<Snapshot>>,
}

impl Index {
    /// Opens the index in a folder, making the folder where it is missing. One that is damaged, half-written or built by
    /// another analyzer is emptied: [`Index::fingerprint`] then has no editions, and [`Index::bring_to`] fills it.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        match Self::open_sound(folder) {
            Ok(Some(index)) => Ok(index),
            Ok(None) => Self::empty(folder),
            Err(Error::Engine(error)) => {
                tracing::warn!(folder = %folder.display(), %error, "the index cannot be opened and is built anew");
                Self::empty(folder)
            }
            Err(error) => Err(error),
        }
    }

    /// The index, if there is one that may be searched.
    fn open_sound(folder: &Path) -> Result<Option<Self>, Error> {
        if !folder.join("meta.json").exists() {
            return Ok(None);
        }
        let index = Self::over(folder, false)?;
        let wanted = Fingerprint::of(BTreeSet::new());
        if !index
            .committed()?
            .is_some_and(|found| found.is_kin(&wanted))
        {
            tracing::info!(folder = %folder.display(), "the index was built by another version and is built anew");
            return Ok(None);
        }
        let suspicious = folder.join(UNFINISHED).exists() && !index.is_being_written();
        if (suspicious || index.size() <= SMALL) && !index.is_sound() {
            tracing::warn!(folder = %folder.display(), "the index is damaged and is built anew");
            return Ok(None);
        }
        Ok(Some(index))
    }

    /// An empty index in place of whatever is in the folder.
    fn empty(folder: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Folder {
            folder: folder.to_owned(),
            source,
        };
        fs::create_dir_all(folder).map_err(failed)?;
        // A process that is writing here now is about to finish a good index: its lock is waited for before files go.
        let lock = wait_for(folder, || {
            let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
            tantivy::Directory::acquire_lock(&directory, &tantivy::directory::INDEX_WRITER_LOCK)
                .map_err(|error| TantivyError::LockFailure(error, None))
        })?;
        if let Ok(index) = Self::over(folder, false)
            && index
                .committed()?
                .is_some_and(|found| found.is_kin(&Fingerprint::of(BTreeSet::new())))
            && index.is_sound()
        {
            return Ok(index);
        }
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path
                .file_name()
                .is_some_and(|name| name != ".tantivy-writer.lock" && name != ".tantivy-meta.lock")
                && path.is_file()
            {
                fs::remove_file(path).map_err(failed)?;
            }
        }
        let index = Self::over(folder, true)?;
        drop(lock);
        Ok(index)
    }

    fn over(folder: &Path, create: bool) -> Result<Self, Error> {
        let (schema, fields) = schema();
        let engine = if create {
            tantivy::Index::create_in_dir(folder, schema)?
        } else {
            #[expect(
                clippy::disallowed_methods,
                reason = "the one place that opens an index: it then compares fingerprints"
            )]
            let engine = tantivy::Index::open_in_dir(folder)?;
            if engine.schema() != schema {
                return Err(TantivyError::SchemaError("the fields are others".to_owned()).into());
            }
            engine
        };
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let snapshot = RwLock::new(Arc::new(Snapshot::new(&reader, fields, folder)?));
        Ok(Self {
            folder: folder.to_owned(),
            engine,
            fields,
            reader,
            snapshot,
        })
    }

    /// What the index in a folder was built from; none where there is none. An error says what is damaged. Changes nothing.
    pub fn check(folder: &Path) -> Result<Option<Fingerprint>, String> {
        if !folder.join("meta.json").exists() {
            return Ok(None);
        }
        let said = |error: &dyn std::error::Error| {
            error
                .source()
                .map_or_else(|| error.to_string(), ToString::to_string)
        };
        let index = Self::over(folder, false).map_err(|error| said(&error))?;
        let damaged = index
            .engine
            .validate_checksum()
            .map_err(|error| said(&error))?;
        if let Some(file) = damaged.iter().min() {
            return Err(file.display().to_string());
        }
        index.committed().map_err(|error| said(&error))
    }

    /// Throws away what is in a folder, so that the next opening builds the index anew.
    pub fn discard(folder: &Path) -> Result<(), Error> {
        match fs::remove_file(folder.join("meta.json")) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(Error::Folder {
                folder: folder.to_owned(),
                source,
            }),
            _ => Ok(()),
        }
    }

    /// What the index was built from, as its last commit says; without editions where it was never committed.
    pub fn fingerprint(&self) -> Result<Fingerprint, Error> {
        Ok(self
            .committed()?
            .unwrap_or_else(|| Fingerprint::of(BTreeSet::new())))
    }

    fn committed(&self) -> Result<Option<Fingerprint>, Error> {
        let meta = self.engine.load_metas()?;
        match meta.payload {
            Some(payload) => Ok(Fingerprint::from_payload(&payload)),
            // An index that was made and never written to is an index of nothing.
            None if meta.segments.is_empty() => Ok(Some(Fingerprint::of(BTreeSet::new()))),
            None => Ok(None),
        }
    }

    /// Brings the index to the wanted editions: those of `added` that it lacks come, those not wanted go, in one commit.
    /// Searches go on in the old state until the new one is whole. `progress` is told (done, all) passages.
    pub fn bring_to(
        &self,
        wanted: &BTreeSet<u64>,
        added: &[Edition],
        progress: &(dyn Fn(u64, u64) + Sync),
    ) -> Result<(), Error> {
        let mut writer: IndexWriter = wait_for(&self.folder, || {
            self.engine.writer_with_num_threads(1, WRITER_MEMORY)
        })?;
        // Merging is ours to time: it happens below, before this returns.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let marker = self.folder.join(UNFINISHED);
        let failed = |source| Error::Folder {
            folder: self.folder.clone(),
            source,
        };
        fs::write(&marker, b"").map_err(failed)?;
        let held = self.fingerprint()?;
        for gone in held.editions().difference(wanted) {
            writer.delete_term(Term::from_field_u64(self.fields.edition, *gone));
        }
        let coming: Vec<&Edition> = added
            .iter()
            .filter(|edition| {
                wanted.contains(&edition.number) && !held.editions().contains(&edition.number)
            })
            .collect();
        let all = coming
            .iter()
            .map(|edition| edition.passages.len() as u64)
            .sum();
        let mut done = 0;
        for edition in &coming {
            let vocabulary =
                Vocabulary::new(edition.passages.iter().map(|passage| passage.text.as_str()));
            for passage in &edition.passages {
                writer.add_document(self.document(edition, passage, &vocabulary))?;
                done += 1;
                progress(done, all);
            }
        }
        let mut editions: BTreeSet<u64> = held.editions().intersection(wanted).copied().collect();
        editions.extend(coming.iter().map(|edition| edition.number));
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&Fingerprint::of(editions).to_payload());
        commit.commit()?;
        self.tidy(&mut writer)?;
        writer.wait_merging_threads()?;
        fs::remove_file(&marker).map_err(failed)?;
        self.refresh()
    }

    /// Merges segments that hold deleted passages, and many into one: what is deleted must not count in statistics, so
    /// that an index that grew ranks as one that was rebuilt.
    fn tidy(&self, writer: &mut IndexWriter) -> Result<(), Error> {
        let segments = self.engine.searchable_segment_metas()?;
        let merged: Vec<_> = if segments.len() >= MANY_SEGMENTS {
            segments.iter().map(tantivy::SegmentMeta::id).collect()
        } else {
            segments
                .iter()
                .filter(|segment| segment.num_deleted_docs() > 0)
                .map(tantivy::SegmentMeta::id)
                .collect()
        };
        if !merged.is_empty() {
            writer.merge(&merged).wait()?;
            writer.garbage_collect_files().wait()?;
        }
        Ok(())
    }

    /// Looks for what was committed since, by this process or another.
    pub fn refresh(&self) -> Result<(), Error> {
        self.reader.reload()?;
        let fresh = Arc::new(Snapshot::new(&self.reader, self.fields, &self.folder)?);
        *self
            .snapshot
            .write()
            .expect("no panic while the snapshot is exchanged") = fresh;
        Ok(())
    }

    /// The state to search in; it stays as it is while the index changes.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(
            &self
                .snapshot
                .read()
                .expect("no panic while the snapshot is exchanged"),
        )
    }

    /// Whether every file of the index is as it was written.
    pub fn is_sound(&self) -> bool {
        self.engine
            .validate_checksum()
            .is_ok_and(|damaged| damaged.is_empty())
    }

    fn is_being_written(&self) -> bool {
        matches!(
            tantivy::Directory::acquire_lock(
                self.engine.directory(),
                &tantivy::directory::INDEX_WRITER_LOCK
            ),
            Err(LockError::LockBusy)
        )
    }

    fn size(&self) -> u64 {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        files
            .filter_map(|file| file.metadata().ok())
            .map(|file| file.len())
            .sum()
    }

    fn document(
        &self,
        edition: &Edition,
        passage: &Passage,
        vocabulary: &Vocabulary,
    ) -> TantivyDocument {
        let headings = std::iter::once(edition.title.as_str())
            .chain(passage.section.iter().map(String::as_str));
        let (analysis, terms) = analyze(&passage.text, headings, vocabulary);
        let mut document = TantivyDocument::new();
        document.add_u64(self.fields.edition, edition.number);
        for (field, terms) in [
            (self.fields.stem, &terms.stems),
            (self.fields.reading, &terms.readings),
            (self.fields.heading, &terms.headings),
            (self.fields.word, &terms.words),
        ] {
            document.add_pre_tokenized_text(field, ready(terms));
        }
        let record = super::candidates::Record {
            edition: edition.number,
            passage: passage.clone(),
            footnotes: footnotes(edition, passage),
        };
        document.add_bytes(self.fields.record, &record.to_bytes(&analysis));
        document
    }
}

/// The texts of the footnotes that a passage's markers cite, marker by marker.
fn footnotes(edition: &Edition, passage: &Passage) -> Vec<Option<String>> {
    let text_of = |ordinal: u32| {
        let is_it = |other: &&Passage| {
            other.place.kind == crate::source::Kind::Footnote && other.place.ordinal == ordinal
        };
        edition
            .passages
            .iter()
            .find(is_it)
            .map(|note| note.text.clone())
    };
    passage
        .markers
        .iter()
        .map(|marker| marker.footnote.and_then(text_of))
        .collect()
}

/// Terms as Tantivy takes them without an analyzer.
fn ready(terms: &[String]) -> PreTokenizedString {
    let tokens = terms.iter().enumerate().map(|(position, term)| Token {
        offset_from: position,
        offset_to: position + 1,
        position,
        text: term.clone(),
        position_length: 1,
    });
    PreTokenizedString {
        text: String::new(),
        tokens: tokens.collect(),
    }
}

/// Tries again while another process holds the lock, for as long as patience lasts.
fn wait_for<T>(folder: &Path, attempt: impl Fn() -> Result<T, TantivyError>) -> Result<T, Error> {
    let start = Instant::now();
    loop {
        match attempt() {
            Err(TantivyError::LockFailure(LockError::LockBusy, _))
                if start.elapsed() < PATIENCE =>
            {
                std::thread::sleep(Duration::from_millis(20))
            }
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => {
                return Err(Error::Busy {
                    folder: folder.to_owned(),
                });
            }
            Ok(done) => return Ok(done),
            Err(error) => return Err(error.into()),
        }
    }
}
