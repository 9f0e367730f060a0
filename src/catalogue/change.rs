//! Changing a library, in one transaction that nobody sees half of.

use serde::Serialize;
use sqlx::{Any, Row as _, Transaction};

use super::passages::STORE_PARSED;
use super::records::{
    NewVersion, select_versions, small, source_record, unexpected, version_record,
};
use super::{Error, Limits, SourceRecord, VersionRecord, now};
use crate::source::{self, SourceId};

/// Stores bytes; over what is stored already, since that may be damaged.
pub(super) const STORE_CONTENT: &str = "INSERT INTO content (hash, n_bytes, bytes) VALUES ($1, $2, $3) \
     ON CONFLICT (hash) DO UPDATE SET n_bytes = excluded.n_bytes, bytes = excluded.bytes";

/// A change of one library under way.
pub struct Change {
    pub(super) transaction: Transaction<'static, Any>,
    pub(super) library: String,
    by: String,
    pub(super) at: i64,
    generation: i64,
}

impl Change {
    pub(super) async fn begin(
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
            "source.current_version, source.withdrawn",
            "source JOIN version ON version.version_key = source.current_version \
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
        self.store(new).await?;
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
            limits: before
                .as_ref()
                .map(|before| before.record.limits.clone())
                .unwrap_or_default(),
        };
        self.point_to(&new.id, key).await?;
        self.insert(&record).await?;
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
        sqlx::query(
            "UPDATE source SET withdrawn = 1, withdrawn_at = $3 WHERE library = $1 AND id = $2",
        )
        .bind(&self.library)
        .bind(id.as_str())
        .bind(self.at)
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
            "source.current_version, source.withdrawn",
            "version JOIN source ON source.library = version.library AND source.id = version.source \
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

    /// Limits who may see a source; whether there is one that is not withdrawn.
    pub async fn limit(&mut self, id: &SourceId, limits: &Limits) -> Result<bool, Error> {
        let Some(before) = self.source(id).await?.filter(|source| !source.withdrawn) else {
            return Ok(false);
        };
        sqlx::query("UPDATE source SET limits = $3 WHERE library = $1 AND id = $2")
            .bind(&self.library)
            .bind(id.as_str())
            .bind(limits.to_text())
            .execute(&mut *self.transaction)
            .await?;
        let state = |limits: &Limits| Limited {
            source: id.clone(),
            limits: limits.clone(),
        };
        self.note(
            "limit",
            Some(&state(&before.record.limits)),
            Some(&state(limits)),
        )
        .await?;
        Ok(true)
    }

    /// How much the library holds, withdrawn sources and former versions included.
    pub async fn usage(&mut self) -> Result<Usage, Error> {
        let row = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM source WHERE library = $1 AND withdrawn = 0) AS n_sources, \
             (SELECT COALESCE(SUM(n_bytes), 0) FROM content WHERE hash IN \
             (SELECT content_hash FROM version WHERE library = $1)) AS n_bytes, \
             (SELECT COALESCE(SUM(n_paragraphs + n_footnotes), 0) FROM version \
             JOIN source ON source.current_version = version.version_key \
             WHERE source.library = $1 AND source.withdrawn = 0) AS n_passages",
        )
        .bind(&self.library)
        .fetch_one(&mut *self.transaction)
        .await?;
        // A sum is of another type than what it sums up, on some databases.
        Ok(Usage {
            n_sources: row.try_get("n_sources")?,
            n_bytes: row.try_get("n_bytes")?,
            n_passages: row.try_get("n_passages")?,
        })
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

    /// Stores the bytes of a version, and what they were read into.
    pub(super) async fn store(&mut self, new: &NewVersion) -> Result<(), Error> {
        sqlx::query(STORE_CONTENT)
            .bind(&new.hash)
            .bind(new.n_bytes)
            .bind(&new.bytes)
            .execute(&mut *self.transaction)
            .await?;
        sqlx::query(STORE_PARSED)
            .bind(&new.hash)
            .bind(new.format.code())
            .bind(i64::from(source::VERSION))
            .bind(&new.passages)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Writes the line of a version whose source has one already.
    pub(super) async fn insert(&mut self, record: &SourceRecord) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO version (version_key, library, source, number, attribution, format, file_name, content_hash, \
             n_paragraphs, n_footnotes, added_by, added_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(record.version_key)
        .bind(&self.library)
        .bind(record.id.as_str())
        .bind(i64::from(record.version))
        .bind(json(&record.attribution))
        .bind(record.format.code())
        .bind(&record.file_name)
        .bind(&record.content_hash)
        .bind(i64::from(record.n_paragraphs))
        .bind(i64::from(record.n_footnotes))
        .bind(&record.added_by)
        .bind(record.added_at)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Makes it so, for everybody, at once.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.transaction.commit().await?)
    }

    /// Lets a source, new or not, point to its current version.
    async fn point_to(&mut self, id: &SourceId, key: i64) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO source (library, id, current_version, withdrawn) VALUES ($1, $2, $3, 0) \
             ON CONFLICT (library, id) DO UPDATE SET \
             current_version = excluded.current_version, withdrawn = 0, withdrawn_at = 0",
        )
        .bind(&self.library)
        .bind(id.as_str())
        .bind(key)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Writes down what became of a source.
    pub(super) async fn note_state(
        &mut self,
        what: &str,
        was: Option<&VersionRecord>,
        became: Option<&VersionRecord>,
    ) -> Result<(), Error> {
        let (was, became) = (was.map(State::of), became.map(State::of));
        self.note(what, was.as_ref(), became.as_ref()).await
    }

    /// Writes down who changed what, from what to what.
    pub(super) async fn note(
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
pub(super) struct State {
    source: SourceId,
    version: u32,
    version_key: i64,
    withdrawn: bool,
}

impl State {
    pub(super) fn of(version: &VersionRecord) -> Self {
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

/// How much a library holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// How many sources, the withdrawn ones not counted.
    pub n_sources: i64,
    /// How many bytes its versions have, the same bytes counted once.
    pub n_bytes: i64,
    /// How many passages can be searched.
    pub n_passages: i64,
}

/// The limits of a source as the audit tells of them.
#[derive(Serialize)]
struct Limited {
    source: SourceId,
    limits: Limits,
}

/// A setting as the audit tells of it.
#[derive(Serialize)]
struct Setting<'a> {
    name: &'a str,
    value: &'a str,
}

/// The next number of a counter.
pub(super) async fn next(
    transaction: &mut Transaction<'static, Any>,
    counter: &str,
) -> Result<i64, Error> {
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
