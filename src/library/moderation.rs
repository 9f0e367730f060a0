//! What moderators do beside adding and withdrawing: say who may see a source, mend what is said of it, look at who changed
//! what.

use super::change::titled;
use super::room::Shared;
use super::{Error, Library, Policy};
use crate::catalogue::{self, Entry, Limits, Lines, NewVersion, SourceRecord, apart};
use crate::source::{Metadata, SourceId};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Library {
    /// Limits who may see a source, whichever its version.
    pub async fn limit(&self, id: &SourceId, limits: &Limits, by: &str) -> Result<(), Error> {
        self.may_change()?;
        let _turn = self.room.changing.lock().await;
        let mut change = self.begin(by).await?;
        if !change.limit(id, limits).await? {
            return Err(self.no_source(id));
        }
        self.commit(change).await
    }

    /// Says something else of a source, as a new version with the same text; what `metadata` leaves out stays. The source
    /// as it then is, and whether anything changed.
    pub async fn describe(
        &self,
        id: &SourceId,
        metadata: &Metadata,
        by: &str,
    ) -> Result<(SourceRecord, bool), Error> {
        self.may_change()?;
        let versions = self.history(id).await?;
        let current = versions
            .into_iter()
            .find(|one| one.current && !one.withdrawn);
        let Some(record) = current.map(|current| current.record) else {
            return Err(self.no_source(id));
        };
        let bytes = self.shared.catalogue.bytes(&record).await?;
        let passages = self.passages_of(&record).await?;
        let said = metadata.clone().or(record.attribution.clone().into());
        let attribution = titled(said, &record.file_name, record.attribution.language)?;
        let (id, format, name) = (id.clone(), record.format, record.file_name.clone());
        let new =
            apart(move || NewVersion::new(id, attribution, format, &name, &bytes, &passages)).await;
        self.add_version(new, None, by).await
    }

    /// The audit log, the latest first, at most `limit` lines; only those before a line where one is named.
    pub async fn audit(&self, before: Option<i64>, limit: u32) -> Result<Vec<Entry>, Error> {
        let lines = before.map_or(Lines::Latest, Lines::Before);
        self.log(None, lines, limit).await
    }

    /// Lines of the audit log, or of what became of one source, the latest first, at most `limit` of them.
    pub async fn log(
        &self,
        source: Option<&SourceId>,
        lines: Lines,
        limit: u32,
    ) -> Result<Vec<Entry>, Error> {
        let catalogue = &self.shared.catalogue;
        Ok(catalogue.audit(self.id(), source, lines, limit).await?)
    }

    pub(super) fn no_source(&self, id: &SourceId) -> Error {
        Error::NoSource {
            library: self.id().to_owned(),
            id: id.clone(),
        }
    }
}

impl Shared {
    /// Purges, in all libraries, what was withdrawn for longer than the library keeps it.
    pub(super) async fn purge(&self) -> Result<(), catalogue::Error> {
        for id in self.catalogue.libraries().await? {
            let policy = Policy::of(&self.catalogue.settings(&id).await?);
            if let Some(days) = policy.keep_questions {
                let before = before(days.min(self.keep.questions));
                self.catalogue
                    .forget_questions_before(Some(&id), before)
                    .await?;
            }
            let before = before(policy.keep_withdrawn.unwrap_or(self.keep.withdrawn));
            let purged = self.catalogue.purge(&id, before).await?;
            if !purged.is_empty() {
                tracing::info!(
                    library = id,
                    n = purged.len(),
                    "withdrawn sources were purged"
                );
            }
        }
        self.catalogue.sweep().await
    }
}

/// The moment before which what is kept for so many days goes; for none, everything.
pub(super) fn before(days: u32) -> i64 {
    match i64::from(days) {
        0 => i64::MAX,
        days => catalogue::now() - days * DAY_MS,
    }
}
