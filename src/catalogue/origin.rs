//! Where a source comes from that was fetched from a web address.

use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row as _};

use super::records::unexpected;
use super::{Catalogue, Change, Error};
use crate::source::SourceId;

/// Where a source was fetched from, and what the server said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The address to ask again.
    pub address: String,
    /// What the server calls the content it sent.
    pub etag: Option<String>,
    /// When the server says that this content was made, in the server's words.
    pub last_modified: Option<String>,
    /// When it was fetched, in milliseconds since 1970.
    pub fetched_at: i64,
}

const SET: &str = "INSERT INTO origin (library, source, address, etag, last_modified, content_hash, fetched_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7) \
     ON CONFLICT (library, source) DO UPDATE SET address = excluded.address, etag = excluded.etag, \
     last_modified = excluded.last_modified, content_hash = excluded.content_hash, fetched_at = excluded.fetched_at";

impl Catalogue {
    /// Where a source was fetched from; none where it never was. What the server said of the content is told only while
    /// that content is current: else «unchanged» would be said of what the library no longer shows.
    pub async fn origin(&self, library: &str, id: &SourceId) -> Result<Option<Origin>, Error> {
        let row = sqlx::query(
            "SELECT origin.address, origin.etag, origin.last_modified, origin.content_hash, origin.fetched_at, \
             version.content_hash AS current_hash FROM origin \
             JOIN source ON source.library = origin.library AND source.id = origin.source \
             JOIN version ON version.version_key = source.current_version \
             WHERE origin.library = $1 AND origin.source = $2",
        )
        .bind(library)
        .bind(id.as_str())
        .fetch_optional(&self.light)
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// Keeps where the content with this hash was fetched from, when nothing else of the source changes.
    pub async fn set_origin(
        &self,
        library: &str,
        id: &SourceId,
        origin: &Origin,
        content_hash: &str,
    ) -> Result<(), Error> {
        set(&self.durable, library, id, origin, content_hash).await
    }
}

impl Catalogue {
    /// Where the sources of a library were fetched from, each with the hash of the content that the server spoke of.
    pub(super) async fn origins(
        &self,
        library: &str,
    ) -> Result<Vec<(SourceId, (Origin, String))>, Error> {
        let rows = sqlx::query(
            "SELECT source, address, etag, last_modified, content_hash, fetched_at, content_hash AS current_hash \
             FROM origin WHERE library = $1",
        )
        .bind(library)
        .fetch_all(&self.light)
        .await?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get("source")?;
                let id = id
                    .parse()
                    .map_err(|_| unexpected("the id of a source", &id))?;
                Ok((id, (read(row)?, row.try_get("content_hash")?)))
            })
            .collect()
    }
}

impl Change {
    /// Keeps where the content with this hash was fetched from.
    pub async fn set_origin(
        &mut self,
        id: &SourceId,
        origin: &Origin,
        content_hash: &str,
    ) -> Result<(), Error> {
        let connection = &mut *self.transaction;
        set(connection, &self.library, id, origin, content_hash).await
    }
}

async fn set(
    executor: impl Executor<'_, Database = Any>,
    library: &str,
    id: &SourceId,
    origin: &Origin,
    content_hash: &str,
) -> Result<(), Error> {
    sqlx::query(SET)
        .bind(library)
        .bind(id.as_str())
        .bind(&origin.address)
        .bind(origin.etag.as_deref())
        .bind(origin.last_modified.as_deref())
        .bind(content_hash)
        .bind(origin.fetched_at)
        .execute(executor)
        .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Origin, Error> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let is_current = text("content_hash")? == text("current_hash")?;
    let said = |column: &str| row.try_get::<Option<String>, _>(column);
    Ok(Origin {
        address: text("address")?,
        etag: said("etag")?.filter(|_| is_current),
        last_modified: said("last_modified")?.filter(|_| is_current),
        fetched_at: row.try_get("fetched_at")?,
    })
}
