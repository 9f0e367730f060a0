//! Where sources of a library were fetched from.

use super::{Error, Library};
use crate::catalogue::{Origin, SourceRecord};
use crate::source::SourceId;

impl Library {
    /// Where a source was fetched from; none where it never was.
    pub async fn origin(&self, id: &SourceId) -> Result<Option<Origin>, Error> {
        Ok(self.shared.catalogue.origin(self.id(), id).await?)
    }

    /// Keeps where the content of this version was fetched from (again), when nothing else of the source changes. With a
    /// new version it is kept by [`add`](Self::add), in the same transaction.
    pub async fn set_origin(&self, record: &SourceRecord, origin: &Origin) -> Result<(), Error> {
        self.may_change()?;
        let catalogue = &self.shared.catalogue;
        Ok(catalogue
            .set_origin(self.id(), &record.id, origin, &record.content_hash)
            .await?)
    }
}
