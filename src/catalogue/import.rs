//! Whole sources, with all their versions: as they are taken to another catalogue, and as they come from one.

use std::collections::BTreeMap;

use serde::Serialize;
use sqlx::Row as _;

use super::change::{State, next};
use super::records::{NewVersion, select_versions, version_record};
use super::{Catalogue, Change, Error, Limits, Origin, SourceRecord, VersionRecord};
use crate::source::{Attribution, SourceId};

/// A source with all its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Its id.
    pub id: SourceId,
    /// Its versions, the oldest first, and how many bytes each has.
    pub versions: Vec<(SourceRecord, u64)>,
    /// The number of its current version.
    pub current: u32,
    /// When it was withdrawn, in milliseconds since 1970; none where it is not.
    pub withdrawn_at: Option<i64>,
    /// Who may see it.
    pub limits: Limits,
    /// Where it was fetched from, and the SHA-256 of the content that the server spoke of.
    pub origin: Option<(Origin, String)>,
}

/// What is kept of a version, beside what was read, when it is brought from another catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// The id of its source.
    pub id: SourceId,
    /// Its number.
    pub number: u32,
    /// What citations name.
    pub attribution: Attribution,
    /// The file it was read from.
    pub file_name: String,
    /// Who added it there.
    pub added_by: String,
    /// When, in milliseconds since 1970.
    pub added_at: i64,
}

/// What is to become of a source whose versions were brought.
#[derive(Clone, Debug)]
pub struct Brought<'a> {
    /// The source.
    pub id: &'a SourceId,
    /// What it was before; none where it is new.
    pub before: Option<&'a VersionRecord>,
    /// The version that becomes current.
    pub current: &'a SourceRecord,
    /// Whether it is withdrawn.
    pub withdrawn: bool,
    /// Who may see it.
    pub limits: &'a Limits,
    /// The numbers of the versions that were brought.
    pub added: &'a [u32],
    /// The library that they come from.
    pub from: &'a str,
}

/// A source as the audit tells of it after an import.
#[derive(Serialize)]
struct Imported<'a> {
    #[serde(flatten)]
    state: State,
    added: &'a [u32],
    #[serde(skip_serializing_if = "Limits::is_empty")]
    limited_to: &'a Limits,
    from: &'a str,
}

impl Catalogue {
    /// Everything that a library holds, withdrawn sources too, sorted by id. A pair of statements reads it: who needs
    /// one moment compares the generation before and after.
    pub async fn whole(&self, library: &str) -> Result<Vec<Whole>, Error> {
        let rows = sqlx::query(select_versions!(
            "source.current_version, source.withdrawn, source.withdrawn_at, content.n_bytes",
            "version JOIN source ON source.library = version.library AND source.id = version.source \
             JOIN content ON content.hash = version.content_hash \
             WHERE version.library = $1 ORDER BY version.number"
        ))
        .bind(library)
        .fetch_all(&self.light)
        .await?;
        let mut sources: BTreeMap<SourceId, Whole> = BTreeMap::new();
        for row in &rows {
            let version = version_record(row)?;
            let (id, limits) = (&version.record.id, &version.record.limits);
            let withdrawn_at: i64 = row.try_get("withdrawn_at")?;
            let n_bytes: i64 = row.try_get("n_bytes")?;
            let whole = sources.entry(id.clone()).or_insert_with(|| Whole {
                id: id.clone(),
                versions: Vec::new(),
                current: version.record.version,
                withdrawn_at: version.withdrawn.then_some(withdrawn_at),
                limits: limits.clone(),
                origin: None,
            });
            if version.current {
                whole.current = version.record.version;
            }
            let n_bytes = u64::try_from(n_bytes).unwrap_or_default();
            whole.versions.push((version.record, n_bytes));
        }
        for (id, origin) in self.origins(library).await? {
            if let Some(whole) = sources.get_mut(&id) {
                whole.origin = Some(origin);
            }
        }
        Ok(sources.into_values().collect())
    }
}

impl Change {
    /// Whether it is known where a source was fetched from.
    pub async fn has_origin(&mut self, id: &SourceId) -> Result<bool, Error> {
        let found: Option<String> =
            sqlx::query_scalar("SELECT address FROM origin WHERE library = $1 AND source = $2")
                .bind(&self.library)
                .bind(id.as_str())
                .fetch_optional(&mut *self.transaction)
                .await?;
        Ok(found.is_some())
    }

    /// Every version of a source, the oldest first.
    pub async fn versions(&mut self, id: &SourceId) -> Result<Vec<SourceRecord>, Error> {
        let rows = sqlx::query(select_versions!(
            "source.current_version, source.withdrawn",
            "version JOIN source ON source.library = version.library AND source.id = version.source \
             WHERE version.library = $1 AND version.source = $2 ORDER BY version.number"
        ))
        .bind(&self.library)
        .bind(id.as_str())
        .fetch_all(&mut *self.transaction)
        .await?;
        rows.iter()
            .map(|row| Ok(version_record(row)?.record))
            .collect()
    }

    /// All settings of the library by their names.
    pub async fn settings(&mut self) -> Result<BTreeMap<String, String>, Error> {
        let settings: Vec<(String, String)> =
            sqlx::query_as("SELECT name, value FROM setting WHERE library = $1")
                .bind(&self.library)
                .fetch_all(&mut *self.transaction)
                .await?;
        Ok(settings.into_iter().collect())
    }

    /// Writes a version as it was in another catalogue, `read` from the same bytes in the same format. Which version is
    /// current is for [`Change::settle`] to say.
    pub async fn bring(
        &mut self,
        read: &NewVersion,
        former: &Former,
    ) -> Result<SourceRecord, Error> {
        self.store(read).await?;
        let key = next(&mut self.transaction, "version").await?;
        // A version needs its source, even before it is settled which version is the current one.
        sqlx::query(
            "INSERT INTO source (library, id, current_version, withdrawn) VALUES ($1, $2, $3, 0) \
             ON CONFLICT (library, id) DO NOTHING",
        )
        .bind(&self.library)
        .bind(former.id.as_str())
        .bind(key)
        .execute(&mut *self.transaction)
        .await?;
        let record = SourceRecord {
            id: former.id.clone(),
            version_key: key,
            version: former.number,
            attribution: former.attribution.clone(),
            format: read.format,
            file_name: former.file_name.clone(),
            content_hash: read.hash.clone(),
            n_paragraphs: read.n_paragraphs,
            n_footnotes: read.n_footnotes,
            added_by: former.added_by.clone(),
            added_at: former.added_at,
            limits: Limits::default(),
        };
        self.insert(&record).await?;
        Ok(record)
    }

    /// Says which version of a source is current, whether it is withdrawn (from now on, where it was not before), and who
    /// may see it, and writes the import down.
    pub async fn settle(&mut self, brought: &Brought<'_>) -> Result<(), Error> {
        sqlx::query(
            "UPDATE source SET current_version = $3, limits = $4, withdrawn_at = \
             CASE WHEN $5 = 0 THEN 0 WHEN withdrawn = 1 THEN withdrawn_at ELSE $6 END, withdrawn = $5 \
             WHERE library = $1 AND id = $2",
        )
        .bind(&self.library)
        .bind(brought.id.as_str())
        .bind(brought.current.version_key)
        .bind(brought.limits.to_text())
        .bind(i64::from(brought.withdrawn))
        .bind(self.at)
        .execute(&mut *self.transaction)
        .await?;
        let state = |record: &SourceRecord, current, withdrawn| {
            State::of(&VersionRecord {
                record: record.clone(),
                current,
                withdrawn,
            })
        };
        let became = Imported {
            state: state(brought.current, true, brought.withdrawn),
            added: brought.added,
            limited_to: brought.limits,
            from: brought.from,
        };
        let was = brought.before.map(State::of);
        self.note("import", was.as_ref(), Some(&became)).await
    }
}
