//! The index on disk: opened, checked, brought to the editions that are wanted, or built anew.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tantivy::directory::error::LockError;
use tantivy::directory::{DirectoryLock, MmapDirectory};
use tantivy::indexer::NoMergePolicy;
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{
    IndexReader, IndexWriter, ReloadPolicy, SegmentMeta, TantivyDocument, TantivyError, Term,
};

use super::analysis::{Vocabulary, analyze};
use super::merging::{self, Size};
use super::schema::{Fields, schema};
use super::snapshot::{Committed, Kept, Snapshot};
use super::{Error, Fingerprint};
use crate::source::{Kind, Passage};

/// What one writer may use, in bytes: the least that Tantivy takes.
const WRITER_MEMORY: usize = 15_000_000;
/// How long another process's writing is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// An index up to this size, in bytes, is checked whole whenever it is opened.
const SMALL: u64 = 8 << 20;
/// The file that stands in the folder while it is written to.
const UNFINISHED: &str = ".unfinished";

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

/// What [`Index::check`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// It is whole and holds what it should.
    Current,
    /// There is none: it will be built when it is needed.
    Missing,
    /// It was built from other data, or by another version of the program.
    Stale,
    /// It is damaged; what was found.
    Damaged(String),
}

/// One library's index.
pub struct Index {
    folder: PathBuf,
    engine: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    snapshot: RwLock<Arc<Snapshot>>,
    kept: Arc<Kept>,
}

impl Index {
    /// Opens the index in a folder, making the folder where it is missing. One that is damaged, half-written or built by
    /// another analyzer is emptied: its snapshot then has no editions, and [`Index::bring_to`] fills it.
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

    /// The index, if there is one that may be searched. Its files are looked at before anything in them is read: what
    /// reads them trusts them.
    fn open_sound(folder: &Path) -> Result<Option<Self>, Error> {
        if !folder.join("meta.json").exists() {
            return Ok(None);
        }
        let (engine, fields) = engine(folder)?;
        if committed(&engine)?.is_none() {
            tracing::info!(folder = %folder.display(), "the index was built by another version and is built anew");
            return Ok(None);
        }
        // Nobody begins to write while what somebody left is looked at.
        let broken_off = broken_off(folder, &engine);
        if (broken_off.is_some() || size(folder) <= SMALL) && !is_sound(&engine) {
            tracing::warn!(folder = %folder.display(), "the index is damaged and is built anew");
            return Ok(None);
        }
        if broken_off.is_some()
            && let Err(error) = remove(&folder.join(UNFINISHED))
        {
            tracing::warn!(folder = %folder.display(), %error, "the mark of a broken-off write cannot be removed");
        }
        drop(broken_off);
        Self::over(folder, engine, fields).map(Some)
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
        if let Ok((engine, fields)) = engine(folder)
            && let Ok(Some(_)) = committed(&engine)
            && is_sound(&engine)
        {
            return Self::over(folder, engine, fields);
        }
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path
                .file_name()
                .is_some_and(|name| name != ".tantivy-writer.lock" && name != ".tantivy-meta.lock")
                && path.is_file()
            {
                remove(&path).map_err(failed)?;
            }
        }
        let (schema, fields) = schema();
        let engine = tantivy::Index::create_in_dir(folder, schema)?;
        drop(lock);
        Self::over(folder, engine, fields)
    }

    fn over(folder: &Path, engine: tantivy::Index, fields: Fields) -> Result<Self, Error> {
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let kept = Arc::default();
        let snapshot = snapshot(folder, &engine, &reader, fields, &kept)?;
        Ok(Self {
            folder: folder.to_owned(),
            engine,
            fields,
            reader,
            snapshot: RwLock::new(Arc::new(snapshot)),
            kept,
        })
    }

    /// Looks through the index in a folder, checksums too, and compares it with the editions that are wanted. Changes
    /// nothing.
    pub fn check(folder: &Path, wanted: &BTreeSet<u64>) -> Health {
        if !folder.join("meta.json").exists() {
            return Health::Missing;
        }
        let look = || -> Result<Health, Error> {
            let engine = match engine(folder) {
                Err(Error::Engine(TantivyError::SchemaError(_))) => return Ok(Health::Stale),
                engine => engine?.0,
            };
            let damaged = engine.validate_checksum()?;
            if let Some(file) = damaged.iter().min() {
                return Ok(Health::Damaged(file.display().to_string()));
            }
            let is_current = committed(&engine)?
                .is_some_and(|committed| committed.fingerprint.editions() == wanted);
            Ok(if is_current {
                Health::Current
            } else {
                Health::Stale
            })
        };
        look().unwrap_or_else(|error| {
            let cause = std::error::Error::source(&error);
            Health::Damaged(cause.map_or_else(|| error.to_string(), ToString::to_string))
        })
    }

    /// Throws away what is in a folder, so that the next opening builds the index anew.
    pub fn discard(folder: &Path) -> Result<(), Error> {
        remove(&folder.join("meta.json")).map_err(|source| Error::Folder {
            folder: folder.to_owned(),
            source,
        })
    }

    /// The editions that the last commit holds.
    fn held(&self) -> Result<BTreeSet<u64>, Error> {
        let committed = committed(&self.engine)?.ok_or_else(|| Error::Damaged {
            folder: self.folder.clone(),
        })?;
        Ok(committed.fingerprint.editions().clone())
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
        let held = self.held()?;
        if held == *wanted {
            // Another process was faster.
            return self.finish(writer, &marker);
        }
        for gone in held.difference(wanted) {
            writer.delete_term(Term::from_field_u64(self.fields.edition, *gone));
        }
        let coming: Vec<&Edition> = added
            .iter()
            .filter(|edition| wanted.contains(&edition.number) && !held.contains(&edition.number))
            .collect();
        let all = coming
            .iter()
            .map(|edition| edition.passages.len() as u64)
            .sum();
        let mut done = 0;
        for edition in &coming {
            let vocabulary =
                Vocabulary::new(edition.passages.iter().map(|passage| passage.text.as_str()));
            let notes = notes(edition);
            for (nth, passage) in (0..).zip(&edition.passages) {
                writer.add_document(self.document(edition, nth, passage, &vocabulary, &notes))?;
                done += 1;
                progress(done, all);
            }
        }
        let mut editions: BTreeSet<u64> = &held & wanted;
        editions.extend(coming.iter().map(|edition| edition.number));
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&Fingerprint::of(editions).to_payload());
        commit.commit()?;
        self.finish(writer, &marker)
    }

    /// Ends a write: merges what is quickly merged, takes the mark away, and shows what there is now. The mark goes while
    /// the lock is still held: whoever finds it without a lock takes the write for broken off.
    fn finish(&self, mut writer: IndexWriter, marker: &Path) -> Result<(), Error> {
        self.merge(&mut writer, |merge| merge.is_quick)?;
        remove(marker).map_err(|source| Error::Folder {
            folder: self.folder.clone(),
            source,
        })?;
        writer.wait_merging_threads()?;
        self.refresh()
    }

    /// Merges what is due and let through, one after the other.
    fn merge(
        &self,
        writer: &mut IndexWriter,
        is_wanted: impl Fn(&merging::Merge) -> bool,
    ) -> Result<(), Error> {
        let due = || -> Result<Option<merging::Merge>, Error> {
            let segments = self.engine.searchable_segment_metas()?;
            Ok(merging::due(
                &segments.iter().map(Size::from).collect::<Vec<_>>(),
            ))
        };
        let mut is_merged = false;
        while let Some(merge) = due()?.filter(|merge| is_wanted(merge)) {
            writer.merge(&merge.segments).wait()?;
            is_merged = true;
        }
        if is_merged {
            writer.garbage_collect_files().wait()?;
        }
        Ok(())
    }

    /// Merges whatever is due, however long it takes; searches go on meanwhile, writes wait. Nothing is done where
    /// somebody else is writing. Whether anything was merged.
    pub fn tidy(&self) -> Result<bool, Error> {
        let segments = self.engine.searchable_segment_metas()?;
        if merging::due(&segments.iter().map(Size::from).collect::<Vec<_>>()).is_none() {
            return Ok(false);
        }
        let mut writer: IndexWriter = match self.engine.writer_with_num_threads(1, WRITER_MEMORY) {
            Err(TantivyError::LockFailure(..)) => return Ok(false),
            writer => writer?,
        };
        writer.set_merge_policy(Box::new(NoMergePolicy));
        self.merge(&mut writer, |_| true)?;
        writer.wait_merging_threads()?;
        self.refresh()?;
        Ok(true)
    }

    /// Deletes an edition and commits, as a process does that is killed before it tidies up.
    #[cfg(test)]
    pub(super) fn delete_untidily(&self, edition: u64, left: &BTreeSet<u64>) {
        let mut writer: IndexWriter = self
            .engine
            .writer_with_num_threads(1, WRITER_MEMORY)
            .expect("nobody else writes in the test");
        writer.set_merge_policy(Box::new(NoMergePolicy));
        writer.delete_term(Term::from_field_u64(self.fields.edition, edition));
        let mut commit = writer.prepare_commit().expect("it can be written");
        commit.set_payload(&Fingerprint::of(left.clone()).to_payload());
        commit.commit().expect("it can be written");
    }

    /// Looks for what was committed since, by this process or another.
    pub fn refresh(&self) -> Result<(), Error> {
        let shown = self.snapshot();
        if committed(&self.engine)?.as_ref() == Some(shown.committed()) {
            return Ok(());
        }
        let fresh = Arc::new(snapshot(
            &self.folder,
            &self.engine,
            &self.reader,
            self.fields,
            &self.kept,
        )?);
        *self
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// The state to search in; it stays as it is while the index changes.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn document(
        &self,
        edition: &Edition,
        nth: u64,
        passage: &Passage,
        vocabulary: &Vocabulary,
        notes: &HashMap<u32, &str>,
    ) -> TantivyDocument {
        let headings = std::iter::once(edition.title.as_str())
            .chain(passage.section.iter().map(String::as_str));
        let (analysis, terms) = analyze(&passage.text, headings, vocabulary);
        let mut document = TantivyDocument::new();
        document.add_u64(self.fields.edition, edition.number);
        document.add_u64(self.fields.nth, nth);
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
            footnotes: passage
                .markers
                .iter()
                .map(|marker| Some((*notes.get(&marker.footnote?)?).to_owned()))
                .collect(),
        };
        document.add_bytes(self.fields.record, &record.to_bytes(&analysis));
        document
    }
}

/// The index that lies in a folder, not yet looked into.
fn engine(folder: &Path) -> Result<(tantivy::Index, Fields), Error> {
    let (schema, fields) = schema();
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that opens an index: fingerprints are then compared"
    )]
    let engine = tantivy::Index::open_in_dir(folder)?;
    if engine.schema() != schema {
        return Err(TantivyError::SchemaError("the fields are others".to_owned()).into());
    }
    Ok((engine, fields))
}

/// The last commit; none where this program would have built it otherwise.
fn committed(engine: &tantivy::Index) -> Result<Option<Committed>, Error> {
    let meta = engine.load_metas()?;
    let fingerprint = match meta.payload {
        Some(payload) => Fingerprint::from_payload(&payload),
        // An index that was made and never written to is an index of nothing.
        None if meta.segments.is_empty() => Some(Fingerprint::of(BTreeSet::new())),
        None => None,
    };
    let ours = Fingerprint::of(BTreeSet::new());
    let fingerprint = fingerprint.filter(|fingerprint| fingerprint.is_kin(&ours));
    Ok(fingerprint.map(|fingerprint| Committed {
        stamp: meta.opstamp,
        segments: meta.segments.iter().map(SegmentMeta::id).collect(),
        fingerprint,
    }))
}

/// Loads the last commit and says which it is: the one that stood before loading and still stands behind it.
fn snapshot(
    folder: &Path,
    engine: &tantivy::Index,
    reader: &IndexReader,
    fields: Fields,
    kept: &Arc<Kept>,
) -> Result<Snapshot, Error> {
    let damaged = || Error::Damaged {
        folder: folder.to_owned(),
    };
    loop {
        let before = committed(engine)?.ok_or_else(damaged)?;
        reader.reload()?;
        let after = committed(engine)?.ok_or_else(damaged)?;
        // Merged or not, the same commit holds the same.
        if before.stamp == after.stamp && before.fingerprint == after.fingerprint {
            return Snapshot::new(reader, fields, folder, before, kept);
        }
    }
}

/// Whether every file of the index is as it was written.
fn is_sound(engine: &tantivy::Index) -> bool {
    engine
        .validate_checksum()
        .is_ok_and(|damaged| damaged.is_empty())
}

/// The lock of the index where a write was broken off: its mark is there, and nobody writes.
fn broken_off(folder: &Path, engine: &tantivy::Index) -> Option<DirectoryLock> {
    if !folder.join(UNFINISHED).exists() {
        return None;
    }
    tantivy::Directory::acquire_lock(engine.directory(), &tantivy::directory::INDEX_WRITER_LOCK)
        .ok()
}

/// Removes a file, whether it is still there or not.
fn remove(file: &Path) -> std::io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// How many bytes the files of a folder have.
fn size(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter_map(|file| file.metadata().ok())
        .map(|file| file.len())
        .sum()
}

/// The texts of an edition's footnotes by their ordinals.
fn notes(edition: &Edition) -> HashMap<u32, &str> {
    let notes = edition
        .passages
        .iter()
        .filter(|passage| passage.place.kind == Kind::Footnote);
    notes
        .map(|note| (note.place.ordinal, note.text.as_str()))
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
                std::thread::sleep(Duration::from_millis(20));
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
