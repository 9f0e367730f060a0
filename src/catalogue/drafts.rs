//! Drafts: sources that were read and wait for a person's word before they are published.

use sqlx::Row as _;

use super::change::STORE_CONTENT;
use super::passages::verified;
use super::{Catalogue, Error, apart, now};

/// How long a draft waits, in milliseconds: a day.
pub(super) const DRAFT_MS: i64 = 24 * 60 * 60 * 1000;

/// A source that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The file it was read from.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What was said of it, as JSON.
    pub details: String,
    /// Who made it.
    pub made_by: String,
}

impl Catalogue {
    /// Keeps a draft; its key.
    pub async fn keep_draft(&self, library: &str, draft: &Draft) -> Result<i64, Error> {
        let bytes = draft.bytes.clone();
        let n_bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let (hash, packed) =
            apart(move || (super::content_hash(&bytes), super::packed::pack(&bytes))).await;
        let mut transaction = self.durable.begin().await?;
        let key: i64 = sqlx::query_scalar(
            "UPDATE counter SET last = last + 1 WHERE name = 'draft' RETURNING last",
        )
        .fetch_one(&mut *transaction)
        .await?;
        sqlx::query(STORE_CONTENT)
            .bind(&hash)
            .bind(n_bytes)
            .bind(&packed)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT INTO draft (draft_key, library, file_name, content_hash, details, made_by, made_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(key)
        .bind(library)
        .bind(&draft.file_name)
        .bind(&hash)
        .bind(&draft.details)
        .bind(&draft.made_by)
        .bind(now())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(key)
    }

    /// A draft of a library; none where there is none (any more).
    pub async fn draft(&self, library: &str, key: i64) -> Result<Option<Draft>, Error> {
        let row = sqlx::query(
            "SELECT draft.file_name, draft.content_hash, draft.details, draft.made_by, content.bytes FROM draft \
             JOIN content ON content.hash = draft.content_hash WHERE draft_key = $1 AND library = $2",
        )
        .bind(key)
        .bind(library)
        .fetch_optional(&self.light)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (hash, text): (String, String) = (row.try_get("content_hash")?, row.try_get("bytes")?);
        let bytes = apart(move || verified(&text, &hash).ok_or(Error::Content { hash })).await?;
        Ok(Some(Draft {
            file_name: row.try_get("file_name")?,
            bytes,
            details: row.try_get("details")?,
            made_by: row.try_get("made_by")?,
        }))
    }

    /// The keys of the drafts of a library from one to another, in order.
    pub async fn drafts(&self, library: &str, first: i64, last: i64) -> Result<Vec<i64>, Error> {
        let keys = sqlx::query_scalar(
            "SELECT draft_key FROM draft WHERE library = $1 AND draft_key >= $2 AND draft_key <= $3 ORDER BY draft_key",
        )
        .bind(library)
        .bind(first)
        .bind(last)
        .fetch_all(&self.light)
        .await?;
        Ok(keys)
    }

    /// Says something else of a draft.
    pub async fn amend_draft(&self, library: &str, key: i64, details: &str) -> Result<(), Error> {
        sqlx::query("UPDATE draft SET details = $1 WHERE draft_key = $2 AND library = $3")
            .bind(details)
            .bind(key)
            .bind(library)
            .execute(&self.durable)
            .await?;
        Ok(())
    }

    /// How many drafts of a library wait, and how many bytes their files have together.
    pub async fn waiting(&self, library: &str) -> Result<(i64, i64), Error> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(content.n_bytes), 0) AS BIGINT) AS n_bytes FROM draft \
             JOIN content ON content.hash = draft.content_hash WHERE library = $1",
        )
        .bind(library)
        .fetch_one(&self.light)
        .await?;
        Ok((row.try_get("n")?, row.try_get("n_bytes")?))
    }

    /// Drops a draft; whether there was one. Its bytes go with it, unless something else has the same: else whoever makes
    /// drafts and drops them again would fill the disk.
    pub async fn drop_draft(&self, library: &str, key: i64) -> Result<bool, Error> {
        let mut transaction = self.durable.begin().await?;
        let hash: Option<String> = sqlx::query_scalar(
            "DELETE FROM draft WHERE draft_key = $1 AND library = $2 RETURNING content_hash",
        )
        .bind(key)
        .bind(library)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(hash) = hash else { return Ok(false) };
        for statement in [
            "DELETE FROM parsed WHERE hash = $1 AND NOT EXISTS (SELECT 1 FROM version WHERE content_hash = $1) \
             AND NOT EXISTS (SELECT 1 FROM draft WHERE content_hash = $1)",
            "DELETE FROM content WHERE hash = $1 AND NOT EXISTS (SELECT 1 FROM version WHERE content_hash = $1) \
             AND NOT EXISTS (SELECT 1 FROM draft WHERE content_hash = $1)",
        ] {
            sqlx::query(statement)
                .bind(&hash)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }
}
