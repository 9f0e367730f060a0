//! The imported lexicons of an installation: one file each, `imported/NAME.lex` in the folder of the data. (Not `lexicon/`:
//! in a clone of the repository that is our own lexicon, and what is imported may be under any licence.)
//!
//! A file is written whole under another name and then moved to its own, so that it is there or not, and nothing between.
//! The folder's time tells that a lexicon came or went, also by another process: it is looked at before each question, for
//! the price of one system call.

use std::fs;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use super::{Error, Libraries};
use crate::catalogue::apart;
use crate::language::dictionary::Dictionary;
use crate::language::layers::{Layer, Lexicon, MOST};
use crate::source::SourceId;

/// The folder of the lexicons in that of the data.
pub(super) const FOLDER: &str = "imported";
/// What the name of a lexicon's file ends with.
const ENDING: &str = "lex";
/// How many bytes the file of a lexicon may have.
const LARGEST: u64 = 512 << 20;

/// An imported lexicon, as it is told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Its name.
    pub name: String,
    /// Whether it can be read; what is damaged is left out.
    pub is_sound: bool,
    /// How many entries it has.
    pub n_entries: usize,
    /// How many Arabic alternatives they have.
    pub n_alternatives: usize,
    /// When it was imported, in milliseconds since 1970.
    pub imported_at: i64,
}

/// The imported lexicons, read when they are first needed and again when they changed.
pub(super) struct Lexicons {
    folder: PathBuf,
    held: Mutex<Option<Held>>,
    /// Held by who reads them, so that many questions after one change read them once.
    loading: tokio::sync::Mutex<()>,
}

/// What was read, and the time that the folder had before.
#[derive(Clone)]
struct Held {
    folder_at: Option<SystemTime>,
    lexicon: Arc<Lexicon>,
}

impl Lexicons {
    pub(super) fn in_data(data: &Path) -> Self {
        Self {
            folder: data.join(FOLDER),
            held: Mutex::default(),
            loading: tokio::sync::Mutex::default(),
        }
    }

    /// The lexicon as it is now.
    pub(super) async fn current(&self) -> Arc<Lexicon> {
        if let Some(lexicon) = self.if_current() {
            return lexicon;
        }
        let _turn = self.loading.lock().await;
        if let Some(lexicon) = self.if_current() {
            return lexicon;
        }
        // Before reading, so that what changes while it is read is seen the next time.
        let folder_at = changed(&self.folder);
        let folder = self.folder.clone();
        let lexicon = Arc::new(apart(move || load(&folder)).await);
        let held = Held {
            folder_at,
            lexicon: Arc::clone(&lexicon),
        };
        *self.held() = Some(held);
        lexicon
    }

    fn if_current(&self) -> Option<Arc<Lexicon>> {
        let held = self.held().clone()?;
        (held.folder_at == changed(&self.folder)).then_some(held.lexicon)
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<Held>> {
        let held = self.held.lock();
        held.expect("no panic while lexicons are exchanged")
    }

    /// Forgets what was read: two changes of ours may come within one tick of the folder's time.
    fn forget(&self) {
        *self.held() = None;
    }

    fn file(&self, name: &SourceId) -> PathBuf {
        self.folder.join(format!("{name}.{ENDING}"))
    }
}

impl Libraries {
    /// The imported lexicons, sorted by name, damaged ones too.
    pub async fn lexicons(&self) -> Result<Vec<Imported>, Error> {
        let folder = self.shared.lexicons.folder.clone();
        apart(move || {
            let files = files(&folder).map_err(|source| Error::Lexicons {
                path: folder,
                source,
            })?;
            Ok(files.iter().map(|file| told(file)).collect())
        })
        .await
    }

    /// Imports a dictionary as the lexicon of that name, in place of the one that had it. Questions are read by it from
    /// now on, in every process.
    pub async fn import_lexicon(
        &self,
        name: &SourceId,
        dictionary: Dictionary,
    ) -> Result<Imported, Error> {
        let (file, text) = (self.shared.lexicons.file(name), name.to_string());
        let imported = apart(move || {
            let bytes = dictionary.compile(&text).to_bytes();
            match write(&file, &bytes) {
                Ok(()) => Ok(told(&file)),
                Err(source) => Err(Error::Lexicons { path: file, source }),
            }
        })
        .await;
        self.shared.lexicons.forget();
        imported
    }

    /// Removes an imported lexicon; false where there is none of that name.
    pub async fn remove_lexicon(&self, name: &SourceId) -> Result<bool, Error> {
        let file = self.shared.lexicons.file(name);
        let removed = apart(move || match fs::remove_file(&file) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(source) => Err(Error::Lexicons { path: file, source }),
        })
        .await;
        self.shared.lexicons.forget();
        removed
    }
}

/// When something in the folder came or went; none where it is not there.
fn changed(folder: &Path) -> Option<SystemTime> {
    fs::metadata(folder).ok()?.modified().ok()
}

/// Reads every lexicon in the folder. One that cannot be read must not keep questions from being answered.
fn load(folder: &Path) -> Lexicon {
    let files = files(folder).unwrap_or_else(|error| {
        tracing::warn!(folder = %folder.display(), %error, "the imported lexicons cannot be listed");
        Vec::new()
    });
    if files.len() > MOST {
        let (folder, n) = (folder.display(), files.len());
        tracing::warn!(%folder, n, most = MOST, "there are more imported lexicons than are read; those last by name are left out");
    }
    let read = |file: &PathBuf| {
        let layer = layer(file);
        if layer.is_none() {
            tracing::warn!(file = %file.display(), "an imported lexicon is damaged and left out; import it again");
        }
        layer
    };
    Lexicon::new(files.iter().filter_map(read).collect())
}

/// The files of the lexicons, sorted; none where there is no folder.
pub(super) fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let is_lexicon = path.extension().is_some_and(|ending| ending == ENDING);
        if is_lexicon && named(&path).parse::<SourceId>().is_ok() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The name of the lexicon in a file.
fn named(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// The lexicon in a file; none where it is damaged.
fn layer(file: &Path) -> Option<Layer> {
    let mut bytes = Vec::new();
    let read = fs::File::open(file).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes));
    read.ok()?;
    Layer::from_bytes(&named(file), bytes)
}

fn told(file: &Path) -> Imported {
    let layer = layer(file);
    let since = changed(file).and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let milliseconds = since.map_or(0, |since| since.as_millis());
    Imported {
        name: named(file),
        is_sound: layer.is_some(),
        n_entries: layer.as_ref().map_or(0, Layer::n_entries),
        n_alternatives: layer.as_ref().map_or(0, Layer::n_alternatives),
        imported_at: i64::try_from(milliseconds).unwrap_or(i64::MAX),
    }
}

/// Writes a file so that it is there whole or not at all.
fn write(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let unfinished = file.with_extension(format!("{}.part", std::process::id()));
    let written = (|| {
        let mut new = fs::File::create(&unfinished)?;
        new.write_all(bytes)?;
        new.sync_all()?;
        fs::rename(&unfinished, file)
    })();
    if written.is_err() {
        // What is left of it would only lie there.
        let _ = fs::remove_file(&unfinished);
    }
    written
}
