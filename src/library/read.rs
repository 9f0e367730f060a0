//! Reading passages by where they stand, without a search.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Error, Library};
use crate::answer::{Citation, Cited};
use crate::catalogue::{SourceRecord, VersionRecord};
use crate::source::{Format, Kind, Passage, Place};

/// How many bytes of text are kept at hand.
const AT_HAND: usize = 8 << 20;

/// Passages of versions that were looked at lately, the latest first.
#[derive(Default)]
pub(super) struct Recent {
    versions: VecDeque<(String, Format, Arc<Vec<Passage>>)>,
}

impl Recent {
    fn get(&mut self, record: &SourceRecord) -> Option<Arc<Vec<Passage>>> {
        let at = self.versions.iter().position(|(hash, format, _)| {
            *hash == record.content_hash && *format == record.format
        })?;
        let found = self.versions.remove(at)?;
        let passages = Arc::clone(&found.2);
        self.versions.push_front(found);
        Some(passages)
    }

    fn put(&mut self, record: &SourceRecord, passages: &Arc<Vec<Passage>>) {
        let entry = (
            record.content_hash.clone(),
            record.format,
            Arc::clone(passages),
        );
        self.versions.push_front(entry);
        let mut bytes = 0;
        self.versions.retain(|(.., passages)| {
            let texts = passages.iter().map(|passage| passage.text.len());
            bytes += texts.sum::<usize>();
            bytes <= AT_HAND
        });
    }
}

impl Library {
    /// A passage by the key of its version and its place; none where this library never held it or has withdrawn it.
    /// A former version that was replaced is still there.
    pub async fn cited(&self, version_key: i64, place: Place) -> Result<Option<Arc<Cited>>, Error> {
        let cited = self.around(version_key, place, 0, 0).await?;
        Ok(cited.into_iter().find(|cited| cited.passage.place == place))
    }

    /// The passages before and after one, in reading order, the one itself included; of a footnote, the paragraphs
    /// that cite it and itself. Empty where [`Library::cited`] has none.
    pub async fn around(
        &self,
        version_key: i64,
        place: Place,
        before: usize,
        after: usize,
    ) -> Result<Vec<Arc<Cited>>, Error> {
        let Some(version) = self.version(version_key).await?.filter(|v| !v.withdrawn) else {
            return Ok(Vec::new());
        };
        let passages = self.passages_of(&version.record).await?;
        let of_kind: Vec<&Passage> = passages
            .iter()
            .filter(|passage| passage.place.kind == place.kind)
            .collect();
        let Some(at) = of_kind.iter().position(|passage| passage.place == place) else {
            return Ok(Vec::new());
        };
        let chosen: Vec<&Passage> = match place.kind {
            Kind::Paragraph => {
                let end = at
                    .saturating_add(after)
                    .saturating_add(1)
                    .min(of_kind.len());
                of_kind[at.saturating_sub(before)..end].to_vec()
            }
            Kind::Footnote => {
                let note = of_kind[at];
                let citing = passages
                    .iter()
                    .filter(|passage| note.cited_by.contains(&passage.place));
                citing.chain([note]).collect()
            }
        };
        let cited = |passage| Arc::new(cite_among(&version, passage, &passages));
        Ok(chosen.into_iter().map(cited).collect())
    }

    /// All passages of a version, in order; empty where this library never held it.
    pub async fn passages(&self, version_key: i64) -> Result<Vec<Passage>, Error> {
        match self.version(version_key).await? {
            Some(version) => Ok(self.passages_of(&version.record).await?.as_ref().clone()),
            None => Ok(Vec::new()),
        }
    }

    pub(super) async fn version(&self, key: i64) -> Result<Option<VersionRecord>, Error> {
        let version = self.shared.catalogue.version(self.id(), key).await?;
        Ok(version.filter(|version| self.viewer.sees(&version.record.limits)))
    }

    pub(super) async fn passages_of(
        &self,
        record: &SourceRecord,
    ) -> Result<Arc<Vec<Passage>>, Error> {
        let recent = || {
            let recent = self.shared.recent.lock();
            recent.expect("no panic while passages are looked up")
        };
        if let Some(passages) = recent().get(record) {
            return Ok(passages);
        }
        let passages = Arc::new(self.shared.catalogue.passages(record).await?);
        recent().put(record, &passages);
        Ok(passages)
    }
}

/// A passage of a version with the source that it stands in; `passages` are all of that version.
fn cite_among(version: &VersionRecord, passage: &Passage, passages: &[Passage]) -> Cited {
    let text = |ordinal: u32| {
        let mut notes = passages
            .iter()
            .filter(|other| other.place.kind == Kind::Footnote);
        notes
            .find(|note| note.place.ordinal == ordinal)
            .map(|note| note.text.clone())
    };
    let footnote = |nth: usize| passage.markers.get(nth)?.footnote.and_then(text);
    cite(&version.record, version.current, passage, footnote)
}

/// A passage with the source that it stands in; `footnote` knows the text of the footnote of its nth marker.
pub(super) fn cite(
    record: &SourceRecord,
    current: bool,
    passage: &Passage,
    footnote: impl Fn(usize) -> Option<String>,
) -> Cited {
    let mut citations: Vec<Citation> = Vec::new();
    for (nth, marker) in passage.markers.iter().enumerate() {
        if citations
            .iter()
            .all(|earlier| earlier.marker != marker.label)
        {
            citations.push(Citation {
                marker: marker.label.clone(),
                footnote: footnote(nth),
            });
        }
    }
    Cited {
        source: record.id.clone(),
        version_key: record.version_key,
        version: record.version,
        current,
        attribution: record.attribution.clone(),
        passage: passage.clone(),
        citations,
    }
}
