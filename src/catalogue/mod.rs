//! What each library holds: its sources with all their versions, byte for byte, its settings, and who changed what.
//!
//! One database is the truth; every index is derived from it. A change of a library is one transaction that also raises
//! the library's *generation* and the *change* counter of the whole catalogue: whoever has seen a change number and finds
//! it still standing ([`Catalogue::change`]) knows that nothing is new anywhere.
//!
//! A newcomer's trap: a transaction that writes must begin with a write. Beginning with a read and writing later fails on
//! SQLite as soon as another process wrote in between, and no waiting helps.
//!
//! # Why
//! sqlx's `Any` with one set of queries and migrations, because one process on SQLite and many on PostgreSQL are to run
//! the same lines. What differs between the two (how to open it, how to look through it, the watch) stands in
//! `connection`, `check` and `watch` alone.

mod audit;
mod backup;
mod change;
mod check;
mod connection;
pub mod day;
mod drafts;
mod import;
mod limits;
mod memory;
mod origin;
mod packed;
mod passages;
mod purge;
mod records;
mod sources;
mod watch;

pub use audit::{Entry, Lines};
pub use backup::Alone;
pub use change::{Change, Usage};
pub use check::Damage;
pub use drafts::Draft;
pub use import::{Brought, Former, Whole};
pub use limits::Limits;
pub use origin::Origin;
pub use passages::hash as content_hash;
pub use records::{LibraryRecord, NewVersion};

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use sqlx::AnyPool;

use crate::source::worker::Reader;
use crate::source::{Attribution, Format, SourceId};
use watch::{Stamp, Watch};

/// The database's file in the folder of the data.
pub const FILE: &str = "catalogue.db";

/// Why the catalogue failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// The folder of the data cannot be made, or the catalogue's file in it cannot be opened.
    #[error("`{}` cannot be opened", path.display())]
    Unusable {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The file is no database, or it is damaged.
    #[error("`{}` is damaged or no catalogue at all; nothing was changed in it", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What the database says of it.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// There is no catalogue.
    #[error("there is no `{}`", file.display())]
    Missing {
        /// The file.
        file: PathBuf,
    },
    /// A newer program wrote it.
    #[error("`{}` was written by a newer version of Sanad (its schema is {found}); update Sanad", file.display())]
    Newer {
        /// The file.
        file: PathBuf,
        /// The number of its schema.
        found: i64,
    },
    /// The stored bytes of a source are not those that were added.
    #[error("the stored bytes of the content `{hash}` are damaged; add the source again")]
    Content {
        /// Their SHA-256.
        hash: String,
    },
    /// A record holds something that was never written by Sanad.
    #[error("the catalogue holds `{found}` where {expected} is expected")]
    Record {
        /// What was expected.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// There is no such library.
    #[error("there is no library `{library}`")]
    NoLibrary {
        /// The library.
        library: String,
    },
}

/// The catalogue; cheap to clone.
#[derive(Clone)]
pub struct Catalogue {
    /// One connection for what must not be lost: a change is on the disk when it is acknowledged.
    durable: AnyPool,
    /// Connections for reading, and for writing what may be lost when the power fails (not when the process is killed).
    light: AnyPool,
    watch: Arc<Watch>,
    /// Reads again what an earlier reader read.
    reader: Reader,
    /// The last change number seen, and what the watch showed before it was asked for.
    seen: Arc<Mutex<Option<(Stamp, i64)>>>,
    /// Says to other processes that the catalogue is open here.
    #[expect(dead_code, reason = "held for as long as the catalogue is open")]
    in_use: Arc<std::fs::File>,
}

/// A source of a library at its current version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRecord {
    /// Its id.
    pub id: SourceId,
    /// The key of its current version, unique in the whole catalogue.
    pub version_key: i64,
    /// The number of its current version, from 1.
    pub version: u32,
    /// Title, publisher, licence.
    pub attribution: Attribution,
    /// How its bytes are read.
    pub format: Format,
    /// The file it was read from.
    pub file_name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub content_hash: String,
    /// How many paragraphs it has.
    pub n_paragraphs: u32,
    /// How many footnotes it has.
    pub n_footnotes: u32,
    /// Who added this version.
    pub added_by: String,
    /// When, in milliseconds since 1970.
    pub added_at: i64,
    /// Who may see the source, whichever its version.
    pub limits: Limits,
}

/// A version of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRecord {
    /// The source as it was at this version.
    pub record: SourceRecord,
    /// Whether it is the source's current version.
    pub current: bool,
    /// Whether the source is withdrawn.
    pub withdrawn: bool,
}

impl Catalogue {
    /// The catalogue with a reader of its own for what has to be read again.
    #[must_use]
    pub fn reading_with(self, reader: Reader) -> Self {
        Self { reader, ..self }
    }

    /// What reads sources.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The number of the last change of any library. Where the watch tells that nothing was written since it was last
    /// asked for, the database is not asked again.
    pub async fn change(&self) -> Result<i64, Error> {
        // Before the query, so that what is written while it runs is seen the next time.
        let stamp = self.watch.stamp();
        if let Some(stamp) = &stamp
            && let Some((seen, change)) = &*self.seen()
            && seen == stamp
        {
            return Ok(*change);
        }
        let change: i64 = sqlx::query_scalar("SELECT last FROM counter WHERE name = 'change'")
            .fetch_one(&self.light)
            .await?;
        *self.seen() = stamp.map(|stamp| (stamp, change));
        Ok(change)
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Option<(Stamp, i64)>> {
        self.seen
            .lock()
            .expect("no panic while a number is exchanged")
    }
}

/// Now, in milliseconds since 1970.
pub(crate) fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// Runs what takes a while off the threads that wait for others.
pub(crate) async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only a runtime that is being shut down cancels it, and then nobody is left to wait here.
            Err(_) => std::future::pending().await,
        },
    }
}

#[cfg(test)]
mod tests;
