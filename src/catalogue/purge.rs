//! Purging: what was withdrawn for long enough goes, and its bytes with it.

use super::drafts::DRAFT_MS;
use super::{Catalogue, Change, Error, now};
use crate::source::SourceId;

/// Who purges, in the audit log.
const BY: &str = "sanad";

impl Catalogue {
    /// Purges the sources of a library that were withdrawn before a moment, in milliseconds since 1970; their ids.
    pub async fn purge(&self, library: &str, before: i64) -> Result<Vec<SourceId>, Error> {
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT id FROM source WHERE library = $1 AND withdrawn = 1 AND withdrawn_at < $2",
        )
        .bind(library)
        .bind(before)
        .fetch_all(&self.light)
        .await?;
        let mut purged = Vec::new();
        for id in ids.iter().filter_map(|id| id.parse().ok()) {
            let mut change = self.change_library(library, BY).await?;
            // It may have been restored since.
            if change.purge(&id, before).await? {
                change.commit().await?;
                purged.push(id);
            }
        }
        Ok(purged)
    }

    /// Drops drafts that nobody came back to, and bytes that no version and no draft has any more.
    pub async fn sweep(&self) -> Result<(), Error> {
        let mut transaction = self.durable.begin().await?;
        sqlx::query("DELETE FROM draft WHERE made_at < $1")
            .bind(now() - DRAFT_MS)
            .execute(&mut *transaction)
            .await?;
        for table in [
            "DELETE FROM parsed WHERE NOT EXISTS (SELECT 1 FROM version WHERE version.content_hash = parsed.hash) \
             AND NOT EXISTS (SELECT 1 FROM draft WHERE draft.content_hash = parsed.hash)",
            "DELETE FROM content WHERE NOT EXISTS (SELECT 1 FROM version WHERE version.content_hash = content.hash) \
             AND NOT EXISTS (SELECT 1 FROM draft WHERE draft.content_hash = content.hash)",
        ] {
            sqlx::query(table).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }
}

impl Change {
    /// Takes a source out for good, if it was withdrawn before a moment; whether it was. Its bytes go with the next
    /// [sweep](Catalogue::sweep).
    pub async fn purge(&mut self, id: &SourceId, before: i64) -> Result<bool, Error> {
        let Some(source) = self.source(id).await?.filter(|source| source.withdrawn) else {
            return Ok(false);
        };
        let is_due: Option<i64> = sqlx::query_scalar(
            "SELECT withdrawn_at FROM source WHERE library = $1 AND id = $2 AND withdrawn_at < $3",
        )
        .bind(&self.library)
        .bind(id.as_str())
        .bind(before)
        .fetch_optional(&mut *self.transaction)
        .await?;
        if is_due.is_none() {
            return Ok(false);
        }
        for statement in [
            "DELETE FROM origin WHERE library = $1 AND source = $2",
            "DELETE FROM version WHERE library = $1 AND source = $2",
            "DELETE FROM source WHERE library = $1 AND id = $2",
        ] {
            sqlx::query(statement)
                .bind(&self.library)
                .bind(id.as_str())
                .execute(&mut *self.transaction)
                .await?;
        }
        self.note_state("purge", Some(&source), None).await?;
        Ok(true)
    }
}
