//! What the catalogue's lines say, as types.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::passages::{hash, pack};
use super::{Error, Limits, SourceRecord, VersionRecord, packed};
use crate::source::{Attribution, Format, Kind, Passage, SourceId};

/// A library as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryRecord {
    /// Grows with every change of the library.
    pub generation: i64,
    /// The number of the catalogue's last change, read at the same moment.
    pub change: i64,
    /// Its sources, sorted by id.
    pub sources: Vec<SourceRecord>,
}

/// A source that is to become a version, read and packed already.
#[derive(Clone, Debug)]
pub struct NewVersion {
    pub(super) id: SourceId,
    pub(super) attribution: Attribution,
    pub(super) format: Format,
    pub(super) file_name: String,
    pub(super) hash: String,
    pub(super) n_bytes: i64,
    /// Packed, as they are stored.
    pub(super) bytes: String,
    /// Packed too.
    pub(super) passages: String,
    pub(super) n_paragraphs: u32,
    pub(super) n_footnotes: u32,
}

impl NewVersion {
    /// Makes ready what is to be stored; takes a while for a large source.
    pub fn new(
        id: SourceId,
        attribution: Attribution,
        format: Format,
        file_name: &str,
        bytes: &[u8],
        passages: &[Passage],
    ) -> Self {
        // Parts of a paragraph are one paragraph.
        let count = |kind| {
            let ordinals = passages
                .iter()
                .filter(|passage| passage.place.kind == kind)
                .map(|passage| passage.place.ordinal);
            ordinals.max().unwrap_or(0)
        };
        Self {
            id,
            attribution,
            format,
            file_name: file_name.to_owned(),
            hash: hash(bytes),
            n_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            bytes: packed::pack(bytes),
            passages: pack(passages),
            n_paragraphs: count(Kind::Paragraph),
            n_footnotes: count(Kind::Footnote),
        }
    }

    /// The id of its source.
    pub fn id(&self) -> &SourceId {
        &self.id
    }

    /// What a citation of it names.
    pub fn attribution(&self) -> &Attribution {
        &self.attribution
    }

    /// The SHA-256 of its bytes, in hexadecimal.
    pub fn content_hash(&self) -> &str {
        &self.hash
    }

    /// Whether a version has the same bytes, read alike, under the same attribution.
    pub fn is(&self, record: &SourceRecord) -> bool {
        self.id == record.id
            && self.hash == record.content_hash
            && self.format == record.format
            && self.attribution == record.attribution
    }
}

/// A query for versions: what else is wanted of them, and where they come from. [`source_record`] reads what it gives.
macro_rules! select_versions {
    ($more:literal, $from:literal) => {
        concat!(
            "SELECT version.source, version.version_key, version.number, version.attribution, version.format, ",
            "version.file_name, version.content_hash, version.n_paragraphs, version.n_footnotes, version.added_by, ",
            "version.added_at, source.limits, ",
            $more,
            " FROM ",
            $from
        )
    };
}
pub(super) use select_versions;

pub(super) fn unexpected(expected: &'static str, found: &impl ToString) -> Error {
    Error::Record {
        expected,
        found: found.to_string(),
    }
}

fn format_of(code: &str) -> Result<Format, Error> {
    Format::from_code(code).ok_or_else(|| unexpected("a format", &code))
}

pub(super) fn small(number: i64, what: &'static str) -> Result<u32, Error> {
    u32::try_from(number).map_err(|_| unexpected(what, &number))
}

/// Reads the columns of a version.
pub(super) fn source_record(row: &AnyRow) -> Result<SourceRecord, Error> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let number = |column: &str| row.try_get::<i64, _>(column);
    let (id, attribution, limits) = (text("source")?, text("attribution")?, text("limits")?);
    Ok(SourceRecord {
        id: id
            .parse()
            .map_err(|_| unexpected("the id of a source", &id))?,
        version_key: number("version_key")?,
        version: small(number("number")?, "the number of a version")?,
        attribution: serde_json::from_str(&attribution)
            .map_err(|_| unexpected("an attribution", &attribution))?,
        format: format_of(&text("format")?)?,
        file_name: text("file_name")?,
        content_hash: text("content_hash")?,
        n_paragraphs: small(number("n_paragraphs")?, "a count")?,
        n_footnotes: small(number("n_footnotes")?, "a count")?,
        added_by: text("added_by")?,
        added_at: number("added_at")?,
        limits: Limits::from_text(&limits).ok_or_else(|| unexpected("limits", &limits))?,
    })
}

pub(super) fn version_record(row: &AnyRow) -> Result<VersionRecord, Error> {
    let record = source_record(row)?;
    Ok(VersionRecord {
        current: row.try_get::<i64, _>("current_version")? == record.version_key,
        withdrawn: row.try_get::<i64, _>("withdrawn")? != 0,
        record,
    })
}
