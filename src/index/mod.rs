//! One Tantivy index a library: schema, build, fingerprint, candidate search.
//!
//! The index is derived: everything in it comes from the catalogue's passages, and an index whose `fingerprint` differs
//! from what is wanted is mended or built anew, never searched. It holds *editions*: the passages of one version of one
//! source under one title, known by a number that says all of that, so that libraries with the same editions can share
//! an index.
//!
//! Terms are made by [`analysis`], not by Tantivy's analyzers, and handed over ready: nothing has to be registered when
//! an index is opened, and ranking and search can never disagree about a word.

pub mod analysis;
mod candidates;
mod fingerprint;
mod merging;
mod schema;
mod snapshot;
mod store;
mod words;

pub use candidates::{Alternative, Candidate, Group, IN_HEADING, IN_READING};
pub use fingerprint::Fingerprint;
pub use snapshot::Snapshot;
pub use store::{Edition, Health, Index};

use std::path::PathBuf;

/// Why the index failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The engine failed.
    #[error("the search engine failed")]
    Engine(#[from] tantivy::TantivyError),
    /// The folder of the index could not be made, read or emptied.
    #[error("the index folder `{}` cannot be used", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Another process was writing all the time that was waited for it.
    #[error("the index `{}` is being written by another process; try again", folder.display())]
    Busy {
        /// The folder of the index.
        folder: PathBuf,
    },
    /// What the index holds cannot be read.
    #[error("the index `{}` is damaged", folder.display())]
    Damaged {
        /// The folder of the index.
        folder: PathBuf,
    },
}

impl Error {
    /// Whether building the index anew may help.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Engine(_) | Self::Damaged { .. })
    }
}

#[cfg(test)]
mod tests;
