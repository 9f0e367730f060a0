//! Libraries, their sources and the versions of these: what there is, and how it changes.

use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::passages::{STORE_PARSED, hash, pack, verified};
use super::{Catalogue, Error, SourceRecord, VersionRecord, apart, now, packed};
use crate::source::{self, Attribution, Format, Kind, Passage, SourceId};

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
    id: SourceId,
    attribution: Attribution,
    format: Format,
    file_name: String,
    hash: String,
    n_bytes: i64,
    bytes: String,
    passages: String,
    n_paragraphs: u32,
    n_footnotes: u32,
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

    /// Whether a version has the same bytes, read alike, under the same attribution.
    pub fn is(&self, record: &SourceRecord) -> bool {
        self.id == record.id
            && self.hash == record.content_hash
            && self.format == record.format
            && self.attribution == record.attribution
    }
}

/// The columns of a version that [`source_record`] reads.
macro_rules! select_versions {
    ($rest:literal) => {
        concat!(
            "SELECT version.source, version.version_key, version.number, version.attribution, version.format, ",
            "version.file_name, version.content_hash, version.n_paragraphs, version.n_footnotes, version.added_by, ",
            "version.added_at, source.current_version, source.withdrawn ",
            $rest
        )
    };
}

impl Catalogue {
    /// A library as it stands, all of it read at one moment; none where there is no such library.
    pub async fn library(&self, id: &str) -> Result<Option<LibraryRecord>, Error> {
        // One statement, since one statement sees one moment on every database.
        let rows = sqlx::query(
            "SELECT library.generation, counter.last AS change, version.source, version.version_key, version.number, \
             version.attribution, version.format, version.file_name, version.content_hash, version.n_paragraphs, \
             version.n_footnotes, version.added_by, version.added_at \
             FROM library JOIN counter ON counter.name = 'change' \
             LEFT JOIN source ON source.library = library.id AND source.withdrawn = 0 \
             LEFT JOIN version ON version.version_key = source.current_version \
             WHERE library.id = $1",
        )
        .bind(id)
        .fetch_all(&self.light)
        .await?;
        let Some(first) = rows.first() else {
            return Ok(None);
        };
        let mut record = LibraryRecord {
            generation: first.try_get("generation")?,
            change: first.try_get("change")?,
            sources: Vec::with_capacity(rows.len()),
        };
        for row in &rows {
            if row.try_get::<Option<i64>, _>("version_key")?.is_some() {
                record.sources.push(source_record(row)?);
            }
        }
        // Not by the database: its order of letters depends on where it runs.
        record.sources.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Some(record))
    }

    /// The ids of all libraries, sorted.
    pub async fn libraries(&self) -> Result<Vec<String>, Error> {
        let mut ids: Vec<String> = sqlx::query_scalar("SELECT id FROM library")
            .fetch_all(&self.light)
            .await?;
        ids.sort();
        Ok(ids)
    }

    /// The generation of a library, and the number of the catalogue's last change at the same moment; none where there is
    /// no such library.
    pub async fn generation(&self, id: &str) -> Result<Option<(i64, i64)>, Error> {
        let row = sqlx::query(
            "SELECT library.generation, counter.last AS change FROM library \
             JOIN counter ON counter.name = 'change' WHERE library.id = $1",
        )
        .bind(id)
        .fetch_optional(&self.light)
        .await?;
        row.map(|row| Ok((row.try_get("generation")?, row.try_get("change")?)))
            .transpose()
    }

    /// Whether there is such a library.
    pub async fn has_library(&self, id: &str) -> Result<bool, Error> {
        Ok(self.generation(id).await?.is_some())
    }

    /// Makes a library with these sources; where it exists already, nothing happens.
    pub async fn make_library(
        &self,
        id: &str,
        sources: &[NewVersion],
        by: &str,
    ) -> Result<(), Error> {
        let mut transaction = self.durable.begin().await?;
        let made = sqlx::query(
            "INSERT INTO library (id, generation, made_at) VALUES ($1, 0, $2) ON CONFLICT (id) DO NOTHING",
        )
        .bind(id)
        .bind(now())
        .execute(&mut *transaction)
        .await?;
        if made.rows_affected() == 0 {
            return Ok(());
        }
        let mut change = Change::begin(transaction, id, by).await?;
        change.note("make", None::<&()>, None::<&()>).await?;
        for source in sources {
            change.add(source).await?;
        }
        change.commit().await
    }

    /// Begins a change of a library: nothing of it is seen by others, and nobody else changes anything, until it is
    /// [committed](Change::commit). Dropped, it leaves nothing behind.
    pub async fn change_library(&self, id: &str, by: &str) -> Result<Change, Error> {
        Change::begin(self.durable.begin().await?, id, by).await
    }

    /// Every version of a source, the newest first.
    pub async fn versions(
        &self,
        library: &str,
        id: &SourceId,
    ) -> Result<Vec<VersionRecord>, Error> {
        let rows = sqlx::query(select_versions!(
            "FROM version JOIN source ON source.library = version.library AND source.id = version.source \
             WHERE version.library = $1 AND version.source = $2 ORDER BY version.number DESC"
        ))
        .bind(library)
        .bind(id.as_str())
        .fetch_all(&self.light)
        .await?;
        rows.iter().map(version_record).collect()
    }

    /// A version by its key; none where this library has no such version.
    pub async fn version(&self, library: &str, key: i64) -> Result<Option<VersionRecord>, Error> {
        let row = sqlx::query(select_versions!(
            "FROM version JOIN source ON source.library = version.library AND source.id = version.source \
             WHERE version.version_key = $1 AND version.library = $2"
        ))
        .bind(key)
        .bind(library)
        .fetch_optional(&self.light)
        .await?;
        row.as_ref().map(version_record).transpose()
    }

    /// A setting of a library.
    pub async fn setting(&self, library: &str, name: &str) -> Result<Option<String>, Error> {
        let value =
            sqlx::query_scalar("SELECT value FROM setting WHERE library = $1 AND name = $2")
                .bind(library)
                .bind(name)
                .fetch_optional(&self.light)
                .await?;
        Ok(value)
    }

    /// Stores the bytes of a version again where what is stored is damaged.
    pub async fn mend(&self, version: &NewVersion) -> Result<(), Error> {
        let stored: Option<String> =
            sqlx::query_scalar("SELECT bytes FROM content WHERE hash = $1")
                .bind(&version.hash)
                .fetch_optional(&self.light)
                .await
                .unwrap_or_default();
        let wanted = version.hash.clone();
        let is_sound =
            apart(move || stored.is_some_and(|text: String| verified(&text, &wanted).is_some()))
                .await;
        if !is_sound {
            sqlx::query(STORE_CONTENT)
                .bind(&version.hash)
                .bind(version.n_bytes)
                .bind(&version.bytes)
                .execute(&self.durable)
                .await?;
        }
        Ok(())
    }
}

/// Stores bytes; over what is stored already, since that may be damaged.
const STORE_CONTENT: &str = "INSERT INTO content (hash, n_bytes, bytes) VALUES ($1, $2, $3) \
     ON CONFLICT (hash) DO UPDATE SET n_bytes = excluded.n_bytes, bytes = excluded.bytes";

/// A change of one library under way.
pub struct Change {
    transaction: Transaction<'static, Any>,
    library: String,
    by: String,
    at: i64,
    generation: i64,
}

impl Change {
    async fn begin(
        mut transaction: Transaction<'static, Any>,
        library: &str,
        by: &str,
    ) -> Result<Self, Error> {
        // A write first: see the module's documentation.
        next(&mut transaction, "change").await?;
        let generation = sqlx::query_scalar(
            "UPDATE library SET generation = generation + 1 WHERE id = $1 RETURNING generation",
        )
        .bind(library)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(generation) = generation else {
            return Err(Error::NoLibrary {
                library: library.to_owned(),
            });
        };
        Ok(Self {
            transaction,
            library: library.to_owned(),
            by: by.to_owned(),
            at: now(),
            generation,
        })
    }

    /// The generation that the library will have.
    pub fn generation(&self) -> i64 {
        self.generation
    }

    /// A source as it stands, withdrawn or not; none where there never was one of that id.
    pub async fn source(&mut self, id: &SourceId) -> Result<Option<VersionRecord>, Error> {
        let row = sqlx::query(select_versions!(
            "FROM source JOIN version ON version.version_key = source.current_version \
             WHERE source.library = $1 AND source.id = $2"
        ))
        .bind(&self.library)
        .bind(id.as_str())
        .fetch_optional(&mut *self.transaction)
        .await?;
        row.as_ref().map(version_record).transpose()
    }

    /// The ids of all sources that are not withdrawn.
    pub async fn sources(&mut self) -> Result<Vec<SourceId>, Error> {
        let ids: Vec<String> =
            sqlx::query_scalar("SELECT id FROM source WHERE library = $1 AND withdrawn = 0")
                .bind(&self.library)
                .fetch_all(&mut *self.transaction)
                .await?;
        ids.iter()
            .map(|id| id.parse().map_err(|_| unexpected("the id of a source", id)))
            .collect()
    }

    /// Adds a source, or a new version of it, as the current one.
    pub async fn add(&mut self, new: &NewVersion) -> Result<SourceRecord, Error> {
        let before = self.source(&new.id).await?;
        sqlx::query(STORE_CONTENT)
            .bind(&new.hash)
            .bind(new.n_bytes)
            .bind(&new.bytes)
            .execute(&mut *self.transaction)
            .await?;
        sqlx::query(STORE_PARSED)
            .bind(&new.hash)
            .bind(format_code(new.format))
            .bind(i64::from(source::VERSION))
            .bind(&new.passages)
            .execute(&mut *self.transaction)
            .await?;
        let last: i64 = sqlx::query_scalar(
            "SELECT COALESCE(MAX(number), 0) FROM version WHERE library = $1 AND source = $2",
        )
        .bind(&self.library)
        .bind(new.id.as_str())
        .fetch_one(&mut *self.transaction)
        .await?;
        let key = next(&mut self.transaction, "version").await?;
        let record = SourceRecord {
            id: new.id.clone(),
            version_key: key,
            version: small(last + 1, "the number of a version")?,
            attribution: new.attribution.clone(),
            format: new.format,
            file_name: new.file_name.clone(),
            content_hash: new.hash.clone(),
            n_paragraphs: new.n_paragraphs,
            n_footnotes: new.n_footnotes,
            added_by: self.by.clone(),
            added_at: self.at,
        };
        self.point_to(&new.id, key).await?;
        sqlx::query(
            "INSERT INTO version (version_key, library, source, number, attribution, format, file_name, content_hash, \
             n_paragraphs, n_footnotes, added_by, added_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(key)
        .bind(&self.library)
        .bind(new.id.as_str())
        .bind(last + 1)
        .bind(json(&record.attribution))
        .bind(format_code(record.format))
        .bind(&record.file_name)
        .bind(&record.content_hash)
        .bind(i64::from(record.n_paragraphs))
        .bind(i64::from(record.n_footnotes))
        .bind(&record.added_by)
        .bind(record.added_at)
        .execute(&mut *self.transaction)
        .await?;
        let before = before.as_ref().map(State::of);
        self.note("add", before.as_ref(), Some(&State::current(&record)))
            .await?;
        Ok(record)
    }

    /// Withdraws a source; whether there was one that was not withdrawn already.
    pub async fn withdraw(&mut self, id: &SourceId) -> Result<bool, Error> {
        let Some(before) = self.source(id).await?.filter(|source| !source.withdrawn) else {
            return Ok(false);
        };
        sqlx::query("UPDATE source SET withdrawn = 1 WHERE library = $1 AND id = $2")
            .bind(&self.library)
            .bind(id.as_str())
            .execute(&mut *self.transaction)
            .await?;
        let after = State {
            withdrawn: true,
            ..State::of(&before)
        };
        self.note("withdraw", Some(&State::of(&before)), Some(&after))
            .await?;
        Ok(true)
    }

    /// Makes a version of a source current (the newest where none is named), and brings the source back where it is
    /// withdrawn. None where there is no such version.
    pub async fn restore(
        &mut self,
        id: &SourceId,
        number: Option<u32>,
    ) -> Result<Option<SourceRecord>, Error> {
        let Some(before) = self.source(id).await? else {
            return Ok(None);
        };
        let row = sqlx::query(select_versions!(
            "FROM version JOIN source ON source.library = version.library AND source.id = version.source \
             WHERE version.library = $1 AND version.source = $2 AND ($3 = 0 OR version.number = $3) \
             ORDER BY version.number DESC LIMIT 1"
        ))
        .bind(&self.library)
        .bind(id.as_str())
        .bind(i64::from(number.unwrap_or(0)))
        .fetch_optional(&mut *self.transaction)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let record = source_record(&row)?;
        self.point_to(id, record.version_key).await?;
        self.note(
            "restore",
            Some(&State::of(&before)),
            Some(&State::current(&record)),
        )
        .await?;
        Ok(Some(record))
    }

    /// Sets a setting; none removes it.
    pub async fn set(&mut self, name: &str, value: Option<&str>) -> Result<(), Error> {
        let before: Option<String> =
            sqlx::query_scalar("SELECT value FROM setting WHERE library = $1 AND name = $2")
                .bind(&self.library)
                .bind(name)
                .fetch_optional(&mut *self.transaction)
                .await?;
        let query = match value {
            Some(value) => sqlx::query(
                "INSERT INTO setting (library, name, value) VALUES ($1, $2, $3) \
                 ON CONFLICT (library, name) DO UPDATE SET value = excluded.value",
            )
            .bind(&self.library)
            .bind(name)
            .bind(value),
            None => sqlx::query("DELETE FROM setting WHERE library = $1 AND name = $2")
                .bind(&self.library)
                .bind(name),
        };
        query.execute(&mut *self.transaction).await?;
        let state = |value| Setting { name, value };
        let (was, became) = (before.as_deref().map(state), value.map(state));
        self.note("set", was.as_ref(), became.as_ref()).await
    }

    /// Makes it so, for everybody, at once.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.transaction.commit().await?)
    }

    /// Lets a source, new or not, point to its current version.
    async fn point_to(&mut self, id: &SourceId, key: i64) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO source (library, id, current_version, withdrawn) VALUES ($1, $2, $3, 0) \
             ON CONFLICT (library, id) DO UPDATE SET current_version = excluded.current_version, withdrawn = 0",
        )
        .bind(&self.library)
        .bind(id.as_str())
        .bind(key)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Writes down who changed what, from what to what.
    async fn note(
        &mut self,
        what: &str,
        was: Option<&impl Serialize>,
        became: Option<&impl Serialize>,
    ) -> Result<(), Error> {
        let id = next(&mut self.transaction, "audit").await?;
        sqlx::query(
            "INSERT INTO audit (id, at, changed_by, library, what, was, became) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(self.at)
        .bind(&self.by)
        .bind(&self.library)
        .bind(what)
        .bind(was.map(json))
        .bind(became.map(json))
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}

/// A source as the audit tells of it.
#[derive(Serialize)]
struct State {
    source: SourceId,
    version: u32,
    version_key: i64,
    withdrawn: bool,
}

impl State {
    fn of(version: &VersionRecord) -> Self {
        Self {
            withdrawn: version.withdrawn,
            ..Self::current(&version.record)
        }
    }

    fn current(record: &SourceRecord) -> Self {
        Self {
            source: record.id.clone(),
            version: record.version,
            version_key: record.version_key,
            withdrawn: false,
        }
    }
}

/// A setting as the audit tells of it.
#[derive(Serialize)]
struct Setting<'a> {
    name: &'a str,
    value: &'a str,
}

/// The next number of a counter.
async fn next(transaction: &mut Transaction<'static, Any>, counter: &str) -> Result<i64, Error> {
    let number =
        sqlx::query_scalar("UPDATE counter SET last = last + 1 WHERE name = $1 RETURNING last")
            .bind(counter)
            .fetch_one(&mut **transaction)
            .await?;
    Ok(number)
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a record is plain data")
}

/// The word that stands for a format in the catalogue.
pub(super) fn format_code(format: Format) -> &'static str {
    match format {
        Format::Article => "article",
        Format::JsonLines => "json_lines",
    }
}

fn format_of(code: &str) -> Result<Format, Error> {
    [Format::Article, Format::JsonLines]
        .into_iter()
        .find(|format| format_code(*format) == code)
        .ok_or_else(|| unexpected("a format", code))
}

fn unexpected(expected: &'static str, found: impl ToString) -> Error {
    Error::Record {
        expected,
        found: found.to_string(),
    }
}

fn small(number: i64, what: &'static str) -> Result<u32, Error> {
    u32::try_from(number).map_err(|_| unexpected(what, number))
}

/// Reads the columns of a version.
fn source_record(row: &AnyRow) -> Result<SourceRecord, Error> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let number = |column: &str| row.try_get::<i64, _>(column);
    let (id, attribution) = (text("source")?, text("attribution")?);
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
    })
}

fn version_record(row: &AnyRow) -> Result<VersionRecord, Error> {
    let record = source_record(row)?;
    Ok(VersionRecord {
        current: row.try_get::<i64, _>("current_version")? == record.version_key,
        withdrawn: row.try_get::<i64, _>("withdrawn")? != 0,
        record,
    })
}
