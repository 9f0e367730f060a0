//! Copying the catalogue while others write, and putting a copy in its place while nobody has it open.
//!
//! # Why
//! A copy of the file alone would lack what the log beside it (`-wal`) holds, and might catch a page half written. `VACUUM
//! INTO` reads one moment through a connection of its own, and writers do not wait for it.
//!
//! Whoever opens the catalogue holds a shared lock on a file beside it for as long as it is open ([`Alone`] wants it for
//! itself). It ends with the process, however that ends.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sqlx::{AnyConnection, Connection as _, Executor as _};

use super::connection::{self, PRAGMAS, connect};
use super::{Catalogue, Error, FILE, apart, check};

/// What the names of SQLite's own files beside the catalogue end with.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

impl Catalogue {
    /// Copies the catalogue of a folder, as it is at one moment, into a new file, and looks the copy through. What is amiss
    /// in the copy is amiss in the catalogue: it is told, and the copy stays.
    pub async fn copy(folder: &Path, to: &Path) -> Result<Vec<String>, Error> {
        let file = folder.join(FILE);
        if !file.exists() {
            return Err(Error::Missing { file });
        }
        let failed = |error| connection::said(&file, error);
        let Some(target) = to.to_str() else {
            return Err(unusable(to, ErrorKind::InvalidFilename.into()));
        };
        let mut source = connect(&file, "rw").await?;
        source.execute(PRAGMAS).await.map_err(failed)?;
        sqlx::query("VACUUM INTO $1")
            .bind(target)
            .execute(&mut source)
            .await
            .map_err(failed)?;
        source.close().await.map_err(failed)?;
        let mut copy = connect(to, "rw").await?;
        let amiss = check::database(&mut copy).await;
        copy.close()
            .await
            .map_err(|error| connection::said(to, error))?;
        Ok(amiss)
    }

    /// Looks through a file that is to become the catalogue, and brings its schema up to date: whether it is sound, of a
    /// schema that this program reads, and how many libraries and versions are in it.
    pub async fn examine(file: &Path) -> Result<(u64, u64), Error> {
        let failed = |error| connection::said(file, error);
        let mut connection = connect(file, "rw").await?;
        let amiss = check::database(&mut connection).await;
        if let Some(found) = amiss.into_iter().next() {
            return Err(Error::Damaged {
                file: file.to_owned(),
                source: found.into(),
            });
        }
        // A database of another program would be given our tables without a word.
        let has_libraries = count(&mut connection, COUNT_LIBRARIES).await;
        has_libraries.map_err(|error| Error::Damaged {
            file: file.to_owned(),
            source: error.into(),
        })?;
        connection::migrate(file, &mut connection).await?;
        let counted = async {
            let n_libraries = count(&mut connection, COUNT_LIBRARIES).await?;
            let n_versions = count(&mut connection, "SELECT COUNT(*) FROM version").await?;
            // All of it in the one file.
            connection.execute("PRAGMA journal_mode = DELETE").await?;
            connection.close().await?;
            Ok((n_libraries, n_versions))
        };
        counted.await.map_err(failed)
    }
}

const COUNT_LIBRARIES: &str = "SELECT COUNT(*) FROM library";

async fn count(connection: &mut AnyConnection, query: &'static str) -> Result<u64, sqlx::Error> {
    let n: i64 = sqlx::query_scalar(query).fetch_one(connection).await?;
    Ok(u64::try_from(n).unwrap_or_default())
}

/// As long as it lives, nobody else has the catalogue of a folder open, nor can open it.
pub struct Alone {
    folder: PathBuf,
    _locks: [File; 2],
}

impl Alone {
    /// Wants the catalogue of a folder for itself; none where somebody has it open.
    pub async fn with(folder: &Path) -> Result<Option<Self>, Error> {
        std::fs::create_dir_all(folder).map_err(|error| unusable(folder, error))?;
        let file =
            std::path::absolute(folder.join(FILE)).map_err(|error| unusable(folder, error))?;
        // Whoever is opening it holds this one first, and then the other.
        let opening = connection::lock(&file).await?;
        let folder = folder.to_owned();
        apart(move || {
            let path = connection::in_use(&file);
            let lock = File::options().create(true).append(true).open(&path);
            let lock = lock.map_err(|error| unusable(&path, error))?;
            match lock.try_lock() {
                Ok(()) => Ok(Some(Self {
                    folder,
                    _locks: [opening, lock],
                })),
                Err(TryLockError::WouldBlock) => Ok(None),
                Err(TryLockError::Error(error)) => Err(unusable(&path, error)),
            }
        })
        .await
    }

    /// Puts a file in the place of the catalogue, which is kept beside it under another name; that name, none where there
    /// was no catalogue. Whenever the power fails, one of the two is in place.
    pub async fn replace(&self, new: &Path, aside: &str) -> Result<Option<PathBuf>, Error> {
        let file = self.folder.join(FILE);
        if file.exists() {
            // What the log holds goes into the file. A damaged one keeps its log, under its new name.
            if let Ok(mut old) = connect(&file, "rw").await {
                let folded = old.execute("PRAGMA wal_checkpoint(TRUNCATE)").await;
                let closed = old.close().await;
                if let Err(error) = folded.map(|_| ()).and(closed) {
                    tracing::warn!(%error, "the log of the old catalogue is kept beside it");
                }
            }
        }
        let (folder, new, aside) = (self.folder.clone(), new.to_owned(), aside.to_owned());
        apart(move || {
            let kept = folder.join(aside);
            let moved = (|| {
                let is_kept = file.exists();
                if is_kept {
                    keep(&file, &kept)?;
                }
                for ending in BESIDE {
                    let beside = with(&file, ending);
                    if beside.exists() {
                        keep(&beside, &with(&kept, ending))?;
                        std::fs::remove_file(&beside)?;
                    }
                }
                File::open(&new)?.sync_all()?;
                std::fs::rename(&new, &file)?;
                // The names last too.
                File::open(&folder)?.sync_all()?;
                Ok(is_kept.then_some(kept))
            })();
            moved.map_err(|error| unusable(&file, error))
        })
        .await
    }
}

/// Gives a file a second name; a copy where the file system knows no second names.
fn keep(file: &Path, name: &Path) -> std::io::Result<()> {
    match std::fs::hard_link(file, name) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        Err(_) => {
            std::fs::copy(file, name)?;
            File::open(name)?.sync_all()
        }
        Ok(()) => Ok(()),
    }
}

fn with(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    PathBuf::from(name)
}

fn unusable(path: &Path, error: std::io::Error) -> Error {
    Error::Unusable {
        path: path.to_owned(),
        source: error.into(),
    }
}
