//! One library: what the catalogue holds of it and its index together, the one handle that the edges hold.

use std::path::Path;
use std::sync::Arc;

use crate::answer::{Cited, Outcome};
use crate::catalogue::{Catalogue, SourceRecord, VersionRecord};
use crate::config::Config;
use crate::language::Language;
use crate::source::{Attribution, Passage, Place, Problem, SourceId};

/// The library that answers where there is no server: direct messages, and people who installed the bot for themselves.
pub const STARTER: &str = "starter";
/// The library of the terminal.
pub const LOCAL: &str = "local";

/// Why a library could not do what was asked of it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The catalogue failed.
    #[error("the catalogue failed")]
    Catalogue(#[from] crate::catalogue::Error),
    /// The index failed.
    #[error("the index failed")]
    Index(#[from] crate::index::Error),
    /// The bytes are no source; the problems say why.
    #[error("`{file_name}` cannot be read as a source: {} problems", problems.len())]
    Unreadable {
        /// The file as it was named.
        file_name: String,
        /// What is wrong with it.
        problems: Vec<Problem>,
    },
    /// There is no such source in this library.
    #[error("there is no source `{id}` in the library `{library}`")]
    NoSource {
        /// The library.
        library: String,
        /// The id asked for.
        id: SourceId,
    },
    /// The library may not be changed (`starter`).
    #[error("the library `{library}` may not be changed")]
    ReadOnly {
        /// The library.
        library: String,
    },
}

/// All libraries of one installation: one catalogue, one folder of indexes.
#[derive(Clone)]
pub struct Libraries {}

/// One library.
#[derive(Clone)]
pub struct Library {}

/// What came of adding a source.
#[derive(Debug)]
pub struct Added {
    /// The source as the catalogue now has it.
    pub record: SourceRecord,
    /// Whether the very same bytes and attribution were there already, so that nothing changed.
    pub unchanged: bool,
    /// What was doubtful about it.
    pub warnings: Vec<Problem>,
}

/// What a person says of a source while adding it; what is left out is read from the source.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// The id; else taken from the file name.
    pub id: Option<SourceId>,
    /// The complete attribution, where it is known; else title and language are read from the text.
    pub attribution: Option<Attribution>,
    /// The title, where only that is known.
    pub title: Option<String>,
    /// The language, where the text is not to decide.
    pub language: Option<Language>,
    /// The author or authors.
    pub author: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The licence.
    pub licence: Option<String>,
    /// Where the source can be found.
    pub address: Option<String>,
}

/// Something that [`Libraries::check`] found amiss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The database itself is damaged.
    Catalogue {
        /// What the database says of it.
        found: String,
    },
    /// The bytes of a source are not those that were added.
    Source {
        /// The library.
        library: String,
        /// The source.
        source: SourceId,
    },
    /// An index was built from other data or by another analyzer.
    IndexStale {
        /// The library.
        library: String,
    },
    /// An index is damaged.
    IndexDamaged {
        /// The library.
        library: String,
        /// What was found.
        found: String,
    },
}

impl Libraries {
    /// Opens the catalogue and the folder of indexes that the configuration names, making them where they are missing.
    pub async fn open(config: &Config) -> Result<Self, Error> {
        todo!()
    }

    /// The catalogue.
    pub fn catalogue(&self) -> &Catalogue {
        todo!()
    }

    /// A library that exists.
    pub async fn library(&self, id: &str) -> Result<Option<Library>, Error> {
        todo!()
    }

    /// A new library without any source, for an evaluation.
    pub async fn empty_library(&self, id: &str) -> Result<Library, Error> {
        todo!()
    }

    /// Looks through catalogue and indexes; what it finds, none where everything is sound.
    pub async fn check(&self) -> Result<Vec<Finding>, Error> {
        todo!()
    }

    /// A library, made with the starter sources where it does not exist.
    pub async fn library_or_new(&self, id: &str) -> Result<Library, Error> {
        todo!()
    }
}

impl Library {
    /// Its id: `local`, `starter` or a server's decimal id.
    pub fn id(&self) -> &str {
        todo!()
    }

    /// Answers a question; at most `top` (1 to 50) passages are ranked.
    pub async fn ask(&self, question: &str, top: usize) -> Result<Outcome, Error> {
        todo!()
    }

    /// A passage by the key of its version and its place; none where this library never held it or has withdrawn it.
    /// A former version that was replaced is still there.
    pub async fn cited(&self, version_key: i64, place: Place) -> Result<Option<Arc<Cited>>, Error> {
        todo!()
    }

    /// The passages before and after one, in reading order, the one itself included; of a footnote, the paragraphs
    /// that cite it and itself.
    pub async fn around(
        &self,
        version_key: i64,
        place: Place,
        before: usize,
        after: usize,
    ) -> Result<Vec<Arc<Cited>>, Error> {
        todo!()
    }

    /// What it holds, sorted by id.
    pub async fn sources(&self) -> Result<Vec<SourceRecord>, Error> {
        todo!()
    }

    /// Questions to offer while a person types: headings and definition questions whose outcome is an answer, best
    /// first, at most `limit`, each at most 100 characters; for an empty text the first headings.
    pub async fn suggestions(&self, typed: &str, limit: usize) -> Result<Vec<String>, Error> {
        todo!()
    }

    /// Adds a source or, where its id is taken, a new version of it. Searchable when this returns.
    pub async fn add(
        &self,
        file_name: &str,
        bytes: &[u8],
        details: &Details,
        by: &str,
    ) -> Result<Added, Error> {
        todo!()
    }

    /// Withdraws a source: gone from answers at once, kept in the catalogue.
    pub async fn remove(&self, id: &SourceId, by: &str) -> Result<(), Error> {
        todo!()
    }

    /// Brings a withdrawn source back, or makes a former version current again; none where there is no such version.
    pub async fn restore(
        &self,
        id: &SourceId,
        version: Option<u32>,
        by: &str,
    ) -> Result<Option<SourceRecord>, Error> {
        todo!()
    }

    /// Every version of a source, the newest first, withdrawn ones too; empty where there never was such a source.
    pub async fn history(&self, id: &SourceId) -> Result<Vec<VersionRecord>, Error> {
        todo!()
    }

    /// All passages of a version, in order.
    pub async fn passages(&self, version_key: i64) -> Result<Vec<Passage>, Error> {
        todo!()
    }

    /// Builds its index anew from the catalogue; tells the progress as (done, all) passages.
    pub async fn reindex(&self, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<(), Error> {
        todo!()
    }
}
