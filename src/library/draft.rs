//! Drafts: a source is read and looked at before it is published.

use std::collections::BTreeSet;

use super::change::{Ready, ready, titled};
use super::{Added, Details, Error, Library, Quota, pack};
use crate::catalogue::{self, SourceRecord};
use crate::language::Language;
use crate::source::{Attribution, Kind, Passage, Problem, SourceId};

/// How many drafts of a server may wait.
const MOST_DRAFTS: u32 = 500;
/// How many bytes their files may have together.
const MOST_DRAFT_BYTES: i64 = 256_000_000;

/// What would be published, as far as a person wants to know it before.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The id that it will have.
    pub id: SourceId,
    /// What citations will name.
    pub attribution: Attribution,
    /// How many sections have paragraphs in them.
    pub n_sections: usize,
    /// How many paragraphs it has.
    pub n_paragraphs: usize,
    /// How many footnotes it has.
    pub n_footnotes: usize,
    /// What was doubtful.
    pub warnings: Vec<Problem>,
    /// Its first paragraph.
    pub first: Option<Passage>,
    /// The current version of the source that it would be a new version of.
    pub replaces: Option<SourceRecord>,
    /// Whether it is that version already, so that nothing would change.
    pub unchanged: bool,
}

/// A draft that was kept.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its key, for publishing and discarding.
    pub key: i64,
    /// What it would be.
    pub preview: Preview,
}

impl Library {
    /// Reads a source as [`Library::add`] does, and keeps it as a draft for a day.
    ///
    /// # Panics
    /// Never: details are plain data.
    pub async fn draft(
        &self,
        file_name: &str,
        bytes: &[u8],
        details: &Details,
        by: &str,
    ) -> Result<Draft, Error> {
        self.may_change()?;
        self.has_room_for_draft(bytes.len()).await?;
        let ready = ready(self, file_name, bytes, details).await?;
        let preview = self.preview(ready).await?;
        // As it was looked at: what is published then is what was seen, whatever happens to the source meanwhile.
        let details = Details {
            id: Some(preview.id.clone()),
            metadata: preview.attribution.clone().into(),
            ..details.clone()
        };
        let draft = catalogue::Draft {
            file_name: file_name.to_owned(),
            bytes: bytes.to_vec(),
            details: serde_json::to_string(&details).expect("details are plain data"),
            made_by: by.to_owned(),
        };
        let key = self.shared.catalogue.keep_draft(self.id(), &draft).await?;
        Ok(Draft { key, preview })
    }

    /// A draft as it stands; none where there is none any more.
    pub async fn drafted(&self, key: i64) -> Result<Option<(Details, Preview)>, Error> {
        let Some((draft, details)) = self.kept_draft(key).await? else {
            return Ok(None);
        };
        let ready = ready(self, &draft.file_name, &draft.bytes, &details).await?;
        Ok(Some((details, self.preview(ready).await?)))
    }

    /// What is said of a draft, without reading it again; none where there is none any more.
    pub async fn draft_details(&self, key: i64) -> Result<Option<Details>, Error> {
        Ok(self.kept_draft(key).await?.map(|(_, details)| details))
    }

    /// What citations would name of a draft, as [`Library::draft_details`].
    pub async fn draft_names(&self, key: i64) -> Result<Option<Attribution>, Error> {
        let Some((draft, details)) = self.kept_draft(key).await? else {
            return Ok(None);
        };
        let language = details.metadata.language.unwrap_or(Language::Other);
        titled(details.metadata, &draft.file_name, language).map(Some)
    }

    /// The keys of the drafts from one to another that are there, in order.
    pub async fn drafts(&self, first: i64, last: i64) -> Result<Vec<i64>, Error> {
        Ok(self.shared.catalogue.drafts(self.id(), first, last).await?)
    }

    /// Says something else of a draft, which is then what it would be; none where there is none any more.
    ///
    /// # Panics
    /// Never: details are plain data.
    pub async fn amend(&self, key: i64, details: &Details) -> Result<Option<Preview>, Error> {
        self.may_change()?;
        let Some((draft, _)) = self.kept_draft(key).await? else {
            return Ok(None);
        };
        let ready = ready(self, &draft.file_name, &draft.bytes, details).await?;
        let text = serde_json::to_string(details).expect("details are plain data");
        let catalogue = &self.shared.catalogue;
        catalogue.amend_draft(self.id(), key, &text).await?;
        Ok(Some(self.preview(ready).await?))
    }

    /// Publishes a draft: adds it as [`Library::add`] does; none where there is none any more.
    pub async fn publish(&self, key: i64, by: &str) -> Result<Option<Added>, Error> {
        let Some((draft, details)) = self.kept_draft(key).await? else {
            return Ok(None);
        };
        let added = self
            .add(&draft.file_name, &draft.bytes, &details, by)
            .await?;
        self.shared.catalogue.drop_draft(self.id(), key).await?;
        Ok(Some(added))
    }

    /// Discards a draft; whether there was one.
    pub async fn discard(&self, key: i64) -> Result<bool, Error> {
        self.may_change()?;
        Ok(self.shared.catalogue.drop_draft(self.id(), key).await?)
    }

    /// Whether one more draft may wait: they count for no quota before they are published.
    async fn has_room_for_draft(&self, n_bytes: usize) -> Result<(), Error> {
        // The terminal's library is the host's own.
        if self.id().parse::<u64>().is_err() {
            return Ok(());
        }
        let (n, waiting) = self.shared.catalogue.waiting(self.id()).await?;
        let n_bytes = i64::try_from(n_bytes).unwrap_or(i64::MAX);
        if n >= i64::from(MOST_DRAFTS) || waiting.saturating_add(n_bytes) > MOST_DRAFT_BYTES {
            return Err(Error::Full {
                library: self.id().to_owned(),
                what: Quota::Drafts,
                most: MOST_DRAFTS,
            });
        }
        Ok(())
    }

    async fn kept_draft(&self, key: i64) -> Result<Option<(catalogue::Draft, Details)>, Error> {
        let draft = self.shared.catalogue.draft(self.id(), key).await?;
        let Some(draft) = draft.filter(|draft| !pack::is_pack(&draft.details)) else {
            return Ok(None);
        };
        let details =
            serde_json::from_str(&draft.details).map_err(|_| catalogue::Error::Record {
                expected: "the details of a draft",
                found: draft.details.clone(),
            })?;
        Ok(Some((draft, details)))
    }

    async fn preview(&self, ready: Ready) -> Result<Preview, Error> {
        let versions = self.history(ready.new.id()).await?;
        let current = versions
            .into_iter()
            .find(|version| version.current && !version.withdrawn)
            .map(|version| version.record);
        let count = |kind| {
            let of_kind = ready.passages.iter().filter(|of| of.place.kind == kind);
            of_kind
                .map(|of| of.place.ordinal)
                .collect::<BTreeSet<_>>()
                .len()
        };
        let sections: BTreeSet<&[String]> = ready
            .passages
            .iter()
            .map(|passage| passage.section.as_slice())
            .filter(|section| !section.is_empty())
            .collect();
        Ok(Preview {
            id: ready.new.id().clone(),
            attribution: ready.new.attribution().clone(),
            n_sections: sections.len(),
            n_paragraphs: count(Kind::Paragraph),
            n_footnotes: count(Kind::Footnote),
            first: ready.passages.first().cloned(),
            unchanged: current
                .as_ref()
                .is_some_and(|current| ready.new.is(current)),
            replaces: current,
            warnings: ready.warnings,
        })
    }
}
