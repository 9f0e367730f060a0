//! Packs that wait for a person's word before they are restored. They lie among the drafts of the library, for a day.

use serde::{Deserialize, Serialize};

use super::{Error, Opened};
use crate::catalogue::Draft;
use crate::library::{self, Library};
use crate::source::SourceId;

/// What is said of a pack among the drafts. No source's draft has these words, and this one none of theirs.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiting {
    /// The sources to restore; none is the whole pack.
    pack_sources: Option<Vec<SourceId>>,
}

/// Whether what is said of a draft is said of a pack.
pub(in crate::library) fn is_pack(details: &str) -> bool {
    serde_json::from_str::<Waiting>(details).is_ok()
}

impl Library {
    /// Keeps a pack until somebody decides; its key. [`Library::discard`] drops it.
    ///
    /// # Panics
    /// Never: what is kept is plain data.
    pub async fn keep_pack(
        &self,
        file_name: &str,
        pack: &Opened,
        sources: Option<&[SourceId]>,
        by: &str,
    ) -> Result<i64, library::Error> {
        self.may_change()?;
        let waiting = Waiting {
            pack_sources: sources.map(<[SourceId]>::to_vec),
        };
        let draft = Draft {
            file_name: file_name.to_owned(),
            bytes: pack.bytes.as_ref().clone(),
            details: serde_json::to_string(&waiting).expect("what is kept is plain data"),
            made_by: by.to_owned(),
        };
        Ok(self.shared.catalogue.keep_draft(self.id(), &draft).await?)
    }

    /// A pack that is kept, and the sources of it that are to be restored; none where it is gone.
    pub async fn kept_pack(
        &self,
        key: i64,
    ) -> Result<Option<(Opened, Option<Vec<SourceId>>)>, library::Error> {
        let Some(draft) = self.shared.catalogue.draft(self.id(), key).await? else {
            return Ok(None);
        };
        let Ok(waiting) = serde_json::from_str::<Waiting>(&draft.details) else {
            return Ok(None);
        };
        let pack = Opened::open(draft.bytes).await;
        // It was opened before it was kept; but an earlier program may have kept it.
        let pack = pack.map_err(|error: Error| library::Error::Pack(error))?;
        Ok(Some((pack, waiting.pack_sources)))
    }
}
