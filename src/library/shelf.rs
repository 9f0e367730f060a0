//! What a moderator looks for among the sources: those that are withdrawn, one by the key of a version.

use super::{Error, Library};
use crate::catalogue::{SourceRecord, VersionRecord};

impl Library {
    /// Its withdrawn sources as they were last, sorted by id, as far as they are not purged yet.
    pub async fn withdrawn(&self) -> Result<Vec<SourceRecord>, Error> {
        let withdrawn = self.shared.catalogue.withdrawn(self.id()).await?;
        Ok(self.seen(withdrawn))
    }

    /// A version by its key, withdrawn or not; none where the library has no such version any more.
    pub async fn by_key(&self, version_key: i64) -> Result<Option<VersionRecord>, Error> {
        self.version(version_key).await
    }
}
