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
