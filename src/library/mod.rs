//! One library: what the catalogue holds of it and its index together, the one handle that the edges hold.
//!
//! What a question is answered from is a *state* (`room`): the records of one generation of the library and a snapshot
//! of the index that holds just these, read together and never changed. Before each question the state is compared with
//! the catalogue, and where that has a newer generation, a new state takes the old one's place: an answer comes from the
//! old or from the new one, never from half of each.
//!
//! A newcomer's trap: the catalogue is changed first, the index after it. Whoever finds the index behind (because the
//! process that changed the catalogue was killed, or because the folder was deleted) brings it up before answering.

mod ask;
pub mod backup;
mod change;
mod check;
mod definition;
mod diff;
mod draft;
mod edition;
mod follow;
mod lexicons;
mod moderation;
mod origin;
pub mod pack;
mod read;
mod room;
pub mod setting;
mod shelf;
mod starter;
mod suggestions;
mod viewer;

use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::catalogue::{self, Catalogue, Origin, SourceRecord, VersionRecord};
use crate::config::Config;
use crate::source::worker::Reader;
use crate::source::{Metadata, Problem, SourceId};
pub use diff::{Changed, Diff, Reworded};
pub use draft::{Draft, Preview};
pub use follow::Follows;
pub use lexicons::Imported;
use room::{Room, Shared};
pub use setting::{Policy, Shape};
pub use viewer::Viewer;

/// The library that answers where there is no server: direct messages, and people who installed the bot for themselves.
pub const STARTER: &str = "starter";
/// The library of the terminal.
pub const LOCAL: &str = "local";

/// How often it is looked for questions that were kept for long enough.
const FORGETTING: Duration = Duration::from_hours(1);

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
    /// The folder of the imported lexicons cannot be read or written.
    #[error("`{}` cannot be read or written", path.display())]
    Lexicons {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A setting cannot have this value.
    #[error("the setting `{name}` cannot be `{value}`")]
    BadSetting {
        /// The setting.
        name: String,
        /// The value.
        value: String,
    },
    /// A source pack could not be made or restored.
    #[error("the source pack failed")]
    Pack(#[from] pack::Error),
    /// The library may not hold more.
    #[error("the library `{library}` may not hold more than {most} {what:?}")]
    Full {
        /// The library.
        library: String,
        /// What there would be too many of.
        what: Quota,
        /// How many there may be.
        most: u32,
    },
    /// The library may not be changed (`starter`).
    #[error("the library `{library}` may not be changed")]
    ReadOnly {
        /// The library.
        library: String,
    },
}

/// What a library may hold so much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    /// Sources.
    Sources,
    /// Megabytes of all its versions.
    Megabytes,
    /// Passages that can be searched.
    Passages,
    /// Drafts that wait for a word.
    Drafts,
}

/// All libraries of one installation: one catalogue, one folder of indexes. Cheap to clone.
#[derive(Clone)]
pub struct Libraries {
    shared: Arc<Shared>,
}

/// One library. Cheap to clone.
#[derive(Clone)]
pub struct Library {
    shared: Arc<Shared>,
    room: Arc<Room>,
    viewer: Viewer,
}

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The id; else taken from the file name.
    pub id: Option<SourceId>,
    /// What a citation is to name.
    pub metadata: Metadata,
    /// What it is to name where neither this nor the source says it: what an earlier version named.
    #[serde(default)]
    pub known: Metadata,
    /// Where it was fetched from, if it was.
    #[serde(default)]
    pub origin: Option<Origin>,
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
    /// An imported lexicon is damaged, and left out.
    Lexicon {
        /// Its name.
        name: String,
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
    /// The library `starter` is brought to the sources that ship with this program, and questions are forgotten that
    /// were kept for long enough.
    pub async fn open(config: &Config) -> Result<Self, Error> {
        let source = &config.source;
        let reader = Reader::new(
            source.program.clone(),
            source.read_seconds,
            source.read_memory,
        );
        let catalogue = Catalogue::open(&config.data.dir)
            .await?
            .reading_with(reader);
        starter::follow(&catalogue).await?;
        let libraries = Self {
            shared: Arc::new(Shared::new(catalogue, config)),
        };
        libraries.shared.forget().await?;
        tokio::spawn(forget_on(Arc::downgrade(&libraries.shared)));
        Ok(libraries)
    }

    /// The catalogue.
    pub fn catalogue(&self) -> &Catalogue {
        &self.shared.catalogue
    }

    /// A library that exists.
    pub async fn library(&self, id: &str) -> Result<Option<Library>, Error> {
        let is_known = self.shared.knows(id) || self.shared.catalogue.has_library(id).await?;
        Ok(is_known.then(|| self.handle(id)))
    }

    /// A library, made with the starter sources where it does not exist.
    pub async fn library_or_new(&self, id: &str) -> Result<Library, Error> {
        if let Some(library) = self.library(id).await? {
            return Ok(library);
        }
        let sources = starter::sources().await;
        self.make(id, &sources).await
    }

    /// A new library without any source, for an evaluation; one that exists stays as it is.
    pub async fn empty_library(&self, id: &str) -> Result<Library, Error> {
        self.make(id, &[]).await
    }

    async fn make(&self, id: &str, sources: &[catalogue::NewVersion]) -> Result<Library, Error> {
        self.shared
            .catalogue
            .make_library(id, sources, starter::BY)
            .await?;
        Ok(self.handle(id))
    }

    fn handle(&self, id: &str) -> Library {
        Library {
            shared: Arc::clone(&self.shared),
            room: self.shared.room(id),
            viewer: Viewer::All,
        }
    }
}

/// Goes on forgetting for as long as the libraries are open: a bot may run for months.
async fn forget_on(shared: Weak<Shared>) {
    loop {
        tokio::time::sleep(FORGETTING).await;
        let Some(shared) = shared.upgrade() else {
            return;
        };
        if let Err(error) = shared.forget().await {
            tracing::warn!(%error, "what was kept for long enough could not be forgotten");
        }
    }
}

impl Library {
    /// Its id: `local`, `starter` or a server's decimal id.
    pub fn id(&self) -> &str {
        &self.room.id
    }

    /// What it holds, sorted by id.
    pub async fn sources(&self) -> Result<Vec<SourceRecord>, Error> {
        let library = self.shared.catalogue.library(self.id()).await?;
        Ok(self.seen(library.map_or_else(Vec::new, |library| library.sources)))
    }

    /// Every version of a source, the newest first, withdrawn ones too; empty where there never was such a source.
    pub async fn history(&self, id: &SourceId) -> Result<Vec<VersionRecord>, Error> {
        let mut versions = self.shared.catalogue.versions(self.id(), id).await?;
        versions.retain(|version| self.viewer.sees(&version.record.limits));
        Ok(versions)
    }

    /// A setting of the library.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, Error> {
        Ok(self.shared.catalogue.setting(self.id(), name).await?)
    }

    /// All its settings by their names, sorted.
    pub async fn settings(&self) -> Result<Vec<(String, String)>, Error> {
        Ok(self.shared.catalogue.settings(self.id()).await?)
    }

    /// The confidence from which its first passage is the answer: its own, else the configured one.
    pub async fn threshold(&self) -> Result<f32, Error> {
        let own = self.policy().await?.threshold;
        Ok(own.unwrap_or(self.shared.threshold))
    }

    /// What its settings are.
    pub async fn policy(&self) -> Result<Policy, Error> {
        Ok(Policy::of(&self.settings().await?))
    }
}

#[cfg(test)]
mod tests;
