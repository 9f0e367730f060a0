//! Libraries, their sources and the versions of these: what there is.

use sqlx::Row as _;

use super::change::STORE_CONTENT;
use super::passages::verified;
use super::records::{LibraryRecord, NewVersion, select_versions, source_record, version_record};
use super::{Catalogue, Change, Error, SourceRecord, VersionRecord, apart, now};
use crate::source::SourceId;

impl Catalogue {
    /// A library as it stands, all of it read at one moment; none where there is no such library.
    pub async fn library(&self, id: &str) -> Result<Option<LibraryRecord>, Error> {
        // One statement, since one statement sees one moment on every database.
        let rows = sqlx::query(select_versions!(
            "library.generation, counter.last AS change",
            "library JOIN counter ON counter.name = 'change' \
             LEFT JOIN source ON source.library = library.id AND source.withdrawn = 0 \
             LEFT JOIN version ON version.version_key = source.current_version \
             WHERE library.id = $1"
        ))
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

    /// The withdrawn sources of a library at their last version, sorted by id.
    pub async fn withdrawn(&self, library: &str) -> Result<Vec<SourceRecord>, Error> {
        let rows = sqlx::query(select_versions!(
            "source.current_version, source.withdrawn",
            "source JOIN version ON version.version_key = source.current_version \
             WHERE source.library = $1 AND source.withdrawn <> 0"
        ))
        .bind(library)
        .fetch_all(&self.light)
        .await?;
        let mut sources = rows
            .iter()
            .map(source_record)
            .collect::<Result<Vec<_>, _>>()?;
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(sources)
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
            "source.current_version, source.withdrawn",
            "version JOIN source ON source.library = version.library AND source.id = version.source \
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
            "source.current_version, source.withdrawn",
            "version JOIN source ON source.library = version.library AND source.id = version.source \
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

    /// All settings of a library by their names, sorted.
    pub async fn settings(&self, library: &str) -> Result<Vec<(String, String)>, Error> {
        let mut settings: Vec<(String, String)> =
            sqlx::query_as("SELECT name, value FROM setting WHERE library = $1")
                .bind(library)
                .fetch_all(&self.light)
                .await?;
        settings.sort();
        Ok(settings)
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
