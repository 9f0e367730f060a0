//! What each library holds.

use std::path::Path;

use crate::source::{Attribution, Format, SourceId};

/// Why the catalogue failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
}

/// The catalogue; cheap to clone.
#[derive(Clone)]
pub struct Catalogue {}

impl Catalogue {
    /// Notes that the bot identified itself at that moment, in milliseconds since 1970.
    pub async fn record_identify(&self, at_ms: i64) -> Result<(), Error> {
        todo!()
    }

    /// When the bot identified itself since that moment, in milliseconds since 1970.
    pub async fn identifies_since(&self, at_ms: i64) -> Result<Vec<i64>, Error> {
        todo!()
    }

    /// Remembers a value under a key.
    pub async fn remember(&self, key: &str, value: &str) -> Result<(), Error> {
        todo!()
    }

    /// The value remembered under a key.
    pub async fn remembered(&self, key: &str) -> Result<Option<String>, Error> {
        todo!()
    }

    /// Keeps a question, without who asked it.
    pub async fn keep_question(
        &self,
        library: &str,
        text: &str,
        language_code: &str,
        outcome_code: &str,
        at_ms: i64,
    ) -> Result<(), Error> {
        todo!()
    }
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
