//! Backups of the whole installation: everything that cannot be made again, in one file.
//!
//! A backup is a ZIP of `catalogue.db`, a sound copy of one moment, of the imported lexicons as `imported/NAME.lex`, and of
//! `sanad-backup.json`, which says when it was made and by which program, and the size and SHA-256 of each of these files.
//! Indexes are not in it: they are derived. Nor is the configuration, nor the token: nothing in a backup is secret but what
//! the sources and the questions in the catalogue are.
//!
//! A newcomer's trap: everything is checked before anything is touched, and what is replaced is kept beside it under a dated
//! name. So a restore that was a mistake is undone by hand, by giving the files back their names.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::lexicons::FOLDER;
use crate::catalogue::{self, Alone, Catalogue, FILE, apart, day};
use crate::source::SourceId;

/// The format that is written, and the newest that is read.
pub const FORMAT: u32 = 1;
/// The file that says what is in a backup.
const MANIFEST: &str = "sanad-backup.json";
/// How many bytes that file may have, and how many files it may name.
const MAX_MANIFEST: u64 = 1 << 20;
const MAX_FILES: usize = 1_000;

/// Why a backup could not be made or restored.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is there already.
    #[error("`{}` is there already", file.display())]
    Exists {
        /// The file.
        file: PathBuf,
    },
    /// The file is one of those that are to be backed up.
    #[error("`{}` is in the folder of the data itself", file.display())]
    InData {
        /// The file.
        file: PathBuf,
    },
    /// A file or folder cannot be read or written.
    #[error("`{}` cannot be read or written", path.display())]
    Unusable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is no backup, or a damaged one.
    #[error("`{}` is no backup, or a damaged one: {found}", file.display())]
    NotABackup {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        found: String,
    },
    /// A newer program wrote it.
    #[error("the backup has format {found}, this program reads up to {FORMAT}; update Sanad")]
    Newer {
        /// Its format.
        found: u64,
    },
    /// The catalogue is open in another process.
    #[error("the catalogue in `{}` is open in another process", folder.display())]
    InUse {
        /// The folder of the data.
        folder: PathBuf,
    },
    /// There is nothing to back up.
    #[error("there is no `{}`", file.display())]
    Missing {
        /// The catalogue's file.
        file: PathBuf,
    },
    /// The catalogue is damaged: a backup of it could not be restored.
    #[error("the catalogue is damaged: {found}")]
    Damaged {
        /// What the database says of it.
        found: String,
    },
    /// What is in the backup is no sound catalogue that this program reads.
    #[error("the catalogue in the backup cannot be used")]
    Unsound(#[source] catalogue::Error),
    /// The catalogue could not be copied or replaced.
    #[error("the catalogue failed")]
    Catalogue(#[source] catalogue::Error),
}

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// The file.
    pub file: PathBuf,
    /// How many bytes it has.
    pub n_bytes: u64,
    /// How many imported lexicons are in it.
    pub n_lexicons: usize,
}

/// A backup that was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// How many libraries it has.
    pub n_libraries: u64,
    /// How many versions of sources they have.
    pub n_versions: u64,
    /// How many imported lexicons it has.
    pub n_lexicons: usize,
    /// Where what was there before is kept now: the catalogue, the lexicons.
    pub kept: Vec<PathBuf>,
}

/// Of a manifest, which format it is in.
#[derive(Deserialize)]
struct Head {
    format: u64,
}

/// What stands in `sanad-backup.json`.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    program: String,
    made_at: i64,
    files: Vec<Packed>,
}

/// A file in a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Packed {
    name: String,
    n_bytes: u64,
    sha256: String,
}

impl From<catalogue::Error> for Error {
    fn from(error: catalogue::Error) -> Self {
        match error {
            catalogue::Error::Missing { file } => Self::Missing { file },
            error => Self::Catalogue(error),
        }
    }
}

/// A file or folder that failed.
fn at(path: &Path) -> impl Fn(std::io::Error) -> Error + '_ {
    |source| Error::Unusable {
        path: path.to_owned(),
        source,
    }
}

/// Makes a backup of what lies in the folder of the data, while whoever may use it. A file that is there is replaced only
/// where that is said, and then as a whole at the end.
pub async fn make(data: &Path, file: &Path, replaces: bool) -> Result<BackedUp, Error> {
    let target = std::path::absolute(file).map_err(at(file))?;
    if is_own(data, &target) {
        return Err(Error::InData { file: target });
    }
    if !replaces && target.exists() {
        return Err(Error::Exists { file: target });
    }
    let work = Work::beside(&target)?;
    let copy = work.folder.join(FILE);
    if let Some(found) = Catalogue::copy(data, &copy).await?.into_iter().next() {
        return Err(Error::Damaged { found });
    }
    let lexicons = data.join(FOLDER);
    apart(move || {
        let unfinished = work.folder.join("backup.zip");
        let n_lexicons = write(&unfinished, &copy, &lexicons)?;
        // Another one may have come meanwhile.
        if !replaces && target.exists() {
            return Err(Error::Exists { file: target });
        }
        fs::rename(&unfinished, &target).map_err(at(&target))?;
        let n_bytes = fs::metadata(&target).map_err(at(&target))?.len();
        sync_folder_of(&target)?;
        Ok(BackedUp {
            file: target,
            n_bytes,
            n_lexicons,
        })
    })
    .await
}

/// Restores a backup into the folder of the data. Nobody may have the catalogue open; nothing is touched before everything
/// in the backup was found sound.
pub async fn restore(data: &Path, file: &Path) -> Result<Restored, Error> {
    let opened = {
        let file = file.to_owned();
        apart(move || Backup::open(&file)).await?
    };
    let in_use = || Error::InUse {
        folder: data.to_owned(),
    };
    let alone = Alone::with(data).await?.ok_or_else(in_use)?;
    let work = Work::beside(&data.join(FILE))?;
    let folder = work.folder.clone();
    let (made_at, n_lexicons) = apart(move || {
        let mut opened = opened;
        opened.unpack(&folder)?;
        Ok::<_, Error>((opened.manifest.made_at, opened.manifest.files.len() - 1))
    })
    .await?;
    let new = work.folder.join(FILE);
    let examined = Catalogue::examine(&new).await;
    let (n_libraries, n_versions) = examined.map_err(Error::Unsound)?;
    let moment = day::second(catalogue::now());
    let aside = free(data, &format!("catalogue-{moment}"), ".db");
    let mut kept: Vec<PathBuf> = alone.replace(&new, &aside).await?.into_iter().collect();
    let (lexicons, new) = (data.join(FOLDER), work.folder.join(FOLDER));
    if lexicons.exists() {
        let aside = data.join(free(data, &format!("{FOLDER}-{moment}"), ""));
        fs::rename(&lexicons, &aside).map_err(at(&lexicons))?;
        kept.push(aside);
    }
    if new.exists() {
        fs::rename(&new, &lexicons).map_err(at(&lexicons))?;
    }
    sync_folder_of(&lexicons)?;
    Ok(Restored {
        made_at,
        n_libraries,
        n_versions,
        n_lexicons,
        kept,
    })
}

/// Whether a file is one of the catalogue's, or in the folder of the lexicons.
fn is_own(data: &Path, target: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    let Some(data) = real(data) else { return false };
    let Some(folder) = target.parent().and_then(real) else {
        return false;
    };
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    folder.starts_with(data.join(FOLDER)) || folder == data && name.starts_with(FILE)
}

/// A name that nothing in a folder has yet.
fn free(folder: &Path, stem: &str, ending: &str) -> String {
    let mut name = format!("{stem}{ending}");
    let mut nth = 2;
    while folder.join(&name).exists() {
        name = format!("{stem}-{nth}{ending}");
        nth += 1;
    }
    name
}

fn sync_folder_of(file: &Path) -> Result<(), Error> {
    let folder = file.parent().unwrap_or(Path::new("."));
    // Where folders cannot be synced there is nothing to be done about it.
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(at(folder))?;
    }
    Ok(())
}

/// A folder for unfinished files; it goes with what is left in it.
struct Work {
    folder: PathBuf,
}

impl Work {
    /// On the disk of a file, so that what is finished can be moved to it.
    fn beside(file: &Path) -> Result<Self, Error> {
        let name = format!(
            ".{}.{}.part",
            file.file_name().unwrap_or_default().to_string_lossy(),
            std::process::id()
        );
        let folder = file.with_file_name(name);
        // What a process of the same number left behind.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).map_err(at(&folder))?;
        Ok(Self { folder })
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Reads and counts and hashes what passes through.
struct Counted<R> {
    from: R,
    n_bytes: u64,
    digest: Sha256,
}

impl<R: Read> Counted<R> {
    fn new(from: R) -> Self {
        Self {
            from,
            n_bytes: 0,
            digest: Sha256::new(),
        }
    }

    fn packed(self, name: &str) -> Packed {
        use std::fmt::Write as _;
        let digest = self.digest.finalize();
        let sha256 = digest.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a string can be written to");
            text
        });
        Packed {
            name: name.to_owned(),
            n_bytes: self.n_bytes,
            sha256,
        }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.from.read(buffer)?;
        self.n_bytes += n as u64;
        self.digest.update(buffer.get(..n).unwrap_or_default());
        Ok(n)
    }
}

/// Writes the ZIP; how many lexicons are in it.
fn write(to: &Path, catalogue: &Path, lexicons: &Path) -> Result<usize, Error> {
    let mut zip = ZipWriter::new(BufWriter::new(File::create(to).map_err(at(to))?));
    let mut files = vec![pack(&mut zip, to, FILE, catalogue)?];
    for lexicon in super::lexicons::files(lexicons).map_err(at(lexicons))? {
        let name = lexicon.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{FOLDER}/{name}");
        match pack(&mut zip, to, &name, &lexicon) {
            Ok(packed) => files.push(packed),
            // Removed since it was listed: then it is not in the backup of this moment either.
            Err(Error::Unusable { path, source })
                if path == lexicon && source.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let n_lexicons = files.len() - 1;
    let manifest = Manifest {
        format: FORMAT,
        program: format!("sanad {}", env!("CARGO_PKG_VERSION")),
        made_at: catalogue::now(),
        files,
    };
    let text = serde_json::to_vec_pretty(&manifest).expect("a manifest is plain data");
    let finished = (|| {
        zip.start_file(MANIFEST, SimpleFileOptions::default())?;
        zip.write_all(&text)?;
        let file = zip
            .finish()?
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()
    })();
    finished.map_err(at(to))?;
    Ok(n_lexicons)
}

fn pack(
    zip: &mut ZipWriter<impl Write + Seek>,
    to: &Path,
    name: &str,
    file: &Path,
) -> Result<Packed, Error> {
    let mut from = Counted::new(BufReader::new(File::open(file).map_err(at(file))?));
    let options = SimpleFileOptions::default().large_file(true);
    let written = (|| {
        zip.start_file(name, options)?;
        std::io::copy(&mut from, zip)
    })();
    written.map_err(at(to))?;
    Ok(from.packed(name))
}

/// A backup whose manifest was read.
struct Backup {
    file: PathBuf,
    zip: ZipArchive<BufReader<File>>,
    manifest: Manifest,
}

impl Backup {
    fn open(file: &Path) -> Result<Self, Error> {
        let wrong = |found: &dyn std::fmt::Display| Error::NotABackup {
            file: file.to_owned(),
            found: found.to_string(),
        };
        let opened = BufReader::new(File::open(file).map_err(at(file))?);
        let mut zip = ZipArchive::new(opened).map_err(|error| wrong(&error))?;
        let mut text = Vec::new();
        let read = zip.by_name(MANIFEST).map_err(|error| wrong(&error))?;
        let mut read = read.take(MAX_MANIFEST);
        read.read_to_end(&mut text).map_err(|error| wrong(&error))?;
        drop(read);
        let head: Head = serde_json::from_slice(&text).map_err(|error| wrong(&error))?;
        if head.format > u64::from(FORMAT) {
            return Err(Error::Newer { found: head.format });
        }
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| wrong(&error))?;
        let mut names: Vec<&str> = manifest
            .files
            .iter()
            .map(|file| file.name.as_str())
            .collect();
        if let Some(name) = names.iter().find(|name| !is_known(name)) {
            return Err(wrong(&format!(
                "{MANIFEST} names `{}`",
                name.escape_debug()
            )));
        }
        names.sort_unstable();
        let n_named = names.len();
        names.dedup();
        if names.len() != n_named || n_named > MAX_FILES || !names.contains(&FILE) {
            return Err(wrong(&format!("{MANIFEST} names {n_named} files")));
        }
        Ok(Self {
            file: file.to_owned(),
            zip,
            manifest,
        })
    }

    /// Unpacks the files into a folder; each has to be the one that was packed.
    fn unpack(&mut self, folder: &Path) -> Result<(), Error> {
        for packed in &self.manifest.files {
            let wrong = |found: &dyn std::fmt::Display| Error::NotABackup {
                file: self.file.clone(),
                found: format!("`{}`: {found}", packed.name),
            };
            let path = folder.join(&packed.name);
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent).map_err(at(parent))?;
            let mut to = File::create(&path).map_err(at(&path))?;
            let from = self
                .zip
                .by_name(&packed.name)
                .map_err(|error| wrong(&error))?;
            // One byte more than there should be tells that there are more, without unpacking all of a bomb.
            let mut from = Counted::new(from.take(packed.n_bytes.saturating_add(1)));
            let mut buffer = vec![0; 1 << 16];
            loop {
                let n = from.read(&mut buffer).map_err(|error| wrong(&error))?;
                if n == 0 {
                    break;
                }
                let piece = buffer.get(..n).unwrap_or_default();
                to.write_all(piece).map_err(at(&path))?;
            }
            to.sync_all().map_err(at(&path))?;
            let found = from.packed(&packed.name);
            if found.n_bytes != packed.n_bytes || found.sha256 != packed.sha256 {
                return Err(wrong(&"it is not what was packed"));
            }
        }
        Ok(())
    }
}

/// Whether a file of that name may be in a backup.
fn is_known(name: &str) -> bool {
    let lexicon = name
        .strip_prefix(FOLDER)
        .and_then(|name| name.strip_prefix('/')?.strip_suffix(".lex"));
    name == FILE || lexicon.is_some_and(|name| name.parse::<SourceId>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_ours_are_unpacked() {
        for name in ["catalogue.db", "imported/words.lex", "imported/كلمات.lex"] {
            assert!(is_known(name), "{name}");
        }
        for name in [
            "",
            "catalogue.db-wal",
            "imported/../x.lex",
            "imported/a/b.lex",
            "imported/.lex",
            "../catalogue.db",
            "/catalogue.db",
            "imported/words.lex/..",
        ] {
            assert!(!is_known(name), "{name}");
        }
    }
}
