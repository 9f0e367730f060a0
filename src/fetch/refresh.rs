//! Asking again where a source was fetched from.

use super::{Error, Fetcher, Outcome, Validators};
use crate::catalogue::{SourceRecord, content_hash};
use crate::library::{self, Added, Details, Library};
use crate::source::{Format, Metadata, SourceId};

/// What came of asking again.
#[derive(Debug)]
pub enum Refreshed {
    /// What is there is what the library has.
    Unchanged(SourceRecord),
    /// It is something else, and a new version now.
    Changed(Added),
}

/// Why nothing came of it; the source stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The library has no such source, or cannot be changed, or what is there is no source.
    #[error(transparent)]
    Library(#[from] library::Error),
    /// The source was never fetched from anywhere.
    #[error("`{id}` was not fetched from a web address")]
    NotFetched {
        /// The source.
        id: SourceId,
    },
    /// It could not be fetched.
    #[error(transparent)]
    Fetch(#[from] Error),
}

/// Asks again where a source was fetched from, and makes what is there a new version of it where it is something else.
/// A citation goes on naming what it named, but for where and on which day.
pub async fn refresh(
    fetcher: &Fetcher,
    library: &Library,
    id: &SourceId,
    by: &str,
) -> Result<Refreshed, Refusal> {
    let mut sources = library.sources().await?.into_iter();
    let Some(record) = sources.find(|source| source.id == *id) else {
        return Err(Refusal::Library(library::Error::NoSource {
            library: library.id().to_owned(),
            id: id.clone(),
        }));
    };
    let Some(origin) = library.origin(id).await? else {
        return Err(Refusal::NotFetched { id: id.clone() });
    };
    let known = Validators {
        etag: origin.etag,
        last_modified: origin.last_modified,
    };
    let Outcome::Fetched(page) = fetcher.fetch(&origin.address, Some(&known)).await? else {
        return Ok(Refreshed::Unchanged(record));
    };
    // Not every server says that nothing is new.
    if content_hash(&page.bytes) == record.content_hash
        && Format::from_file_name(&page.file_name) == Some(record.format)
    {
        library.set_origin(&record, &page.origin()).await?;
        return Ok(Refreshed::Unchanged(record));
    }
    let details = Details {
        id: Some(id.clone()),
        metadata: page.metadata().or(Metadata::from(record.attribution)),
        origin: Some(page.origin()),
        ..Details::default()
    };
    let added = library.add(&page.file_name, &page.bytes, &details, by);
    Ok(Refreshed::Changed(added.await?))
}
