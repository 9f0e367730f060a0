//! The starter sources in the catalogue: what a new library begins with, and the library `starter` that follows them.

use std::collections::BTreeSet;

use super::{Error, STARTER, edition};
use crate::catalogue::{self, Catalogue, NewVersion, apart};
use crate::source::starter::{Starter, starters};
use crate::source::{self, Format, SourceId};

/// Who adds them, in the catalogue's words.
pub(super) const BY: &str = "sanad";

/// The starter sources, read and ready to be added.
pub(super) async fn sources() -> Vec<NewVersion> {
    apart(|| starters().iter().map(version).collect()).await
}

fn version(starter: &Starter) -> NewVersion {
    let (id, format) = names(starter);
    let reading = source::read(format, starter.bytes);
    let source = reading
        .source
        .expect("a test has read every starter source");
    NewVersion::new(
        id,
        starter.attribution.clone(),
        format,
        starter.file_name,
        starter.bytes,
        &source.passages,
    )
}

fn names(starter: &Starter) -> (SourceId, Format) {
    let id = SourceId::from_file_name(starter.file_name);
    let format = Format::from_file_name(starter.file_name);
    id.ok()
        .zip(format)
        .expect("a test has read every starter source")
}

/// The editions of the starter sources as this program ships them.
pub(super) fn editions() -> BTreeSet<u64> {
    let number = |starter: &Starter| {
        let (id, format) = names(starter);
        let hash = catalogue::content_hash(starter.bytes);
        edition::number(&id, &hash, format, &starter.attribution.title)
    };
    starters().iter().map(number).collect()
}

/// Brings the library `starter` to the sources that this program ships; nobody else may change it. Other libraries keep
/// what they have: it is theirs.
pub(super) async fn follow(catalogue: &Catalogue) -> Result<(), Error> {
    if let Some(library) = catalogue.library(STARTER).await? {
        let is_same = |starter: &Starter| {
            let (id, format) = names(starter);
            library.sources.iter().any(|record| {
                record.id == id
                    && record.format == format
                    && record.attribution == starter.attribution
                    && record.content_hash == catalogue::content_hash(starter.bytes)
            })
        };
        if library.sources.len() == starters().len() && starters().iter().all(is_same) {
            return Ok(());
        }
    }
    bring_to(catalogue, &sources().await).await
}

async fn bring_to(catalogue: &Catalogue, sources: &[NewVersion]) -> Result<(), Error> {
    catalogue.make_library(STARTER, sources, BY).await?;
    let mut change = catalogue.change_library(STARTER, BY).await?;
    let mut is_changed = false;
    for source in sources {
        // Another process may have started at the same moment.
        let there = change.source(source.id()).await?;
        if !there.is_some_and(|there| !there.withdrawn && source.is(&there.record)) {
            change.add(source).await?;
            is_changed = true;
        }
    }
    for id in change.sources().await? {
        if sources.iter().all(|source| *source.id() != id) {
            is_changed |= change.withdraw(&id).await?;
        }
    }
    if is_changed {
        change.commit().await?;
    }
    Ok(())
}
