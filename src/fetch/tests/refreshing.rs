//! Sources are added from addresses and asked for again.

use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

use super::*;
use crate::config::Config;
use crate::library::{self, Details, Libraries, Library};
use crate::source::SourceId;

const ARK: &str = "Noah built the ark of gopher wood. It floated for forty days.";
const CEDAR: &str = "Noah built the ark of cedar wood. It floated for forty days.";

async fn library() -> (TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::default();
    config.data.dir = folder.path().join("data");
    config.index.dir = folder.path().join("index");
    let libraries = Libraries::open(&config).await.unwrap();
    let library = libraries.empty_library("l").await.unwrap();
    (folder, library)
}

/// What the site does now: 1 and 2 are versions with names, 3 the second without, 4 is gone, 5 is not text.
fn site_of(state: &Arc<AtomicU32>) -> impl Fn(&Request) -> Option<Response> + Clone + use<> {
    let state = Arc::clone(state);
    move |request| {
        if request.uri().path() == "/robots.txt" {
            return None;
        }
        let known = request.headers().get("if-none-match");
        let (etag, text) = match state.load(Ordering::SeqCst) {
            1 => ("\"1\"", ARK),
            2 => ("\"2\"", CEDAR),
            3 => ("", CEDAR),
            4 => return None,
            _ => ("\"5\"", "\0"),
        };
        if known.is_some_and(|known| known == etag) {
            return Some(status(304));
        }
        let headers = [("content-type", "text/plain"), ("etag", etag)];
        let n = if etag.is_empty() { 1 } else { 2 };
        Some(answer(&headers[..n], text))
    }
}

async fn add(fetcher: &Fetcher, library: &Library, address: &str) -> SourceId {
    let page = page(fetcher.fetch(address, None).await);
    let details = Details {
        metadata: page.metadata(),
        origin: Some(page.origin()),
        ..Details::default()
    };
    let added = library.add(&page.file_name, &page.bytes, &details, "test");
    added.await.unwrap().record.id
}

#[tokio::test]
async fn a_change_becomes_a_version_and_nothing_is_ever_lost() {
    let state = Arc::new(AtomicU32::new(1));
    let site = Site::new(site_of(&state)).await;
    let (_folder, library) = library().await;
    let fetcher = Fetcher::new(&allowing(&[&site]));
    let address = site.address("/ark.txt");
    let id = add(&fetcher, &library, &address).await;
    let again = async || refresh(&fetcher, &library, &id, "test").await;

    let origin = library.origin(&id).await.unwrap().unwrap();
    assert_eq!(
        (origin.address.as_str(), origin.etag.as_deref()),
        (address.as_str(), Some("\"1\""))
    );
    assert!(matches!(again().await, Ok(Refreshed::Unchanged(record)) if record.version == 1));

    state.store(2, Ordering::SeqCst);
    let Ok(Refreshed::Changed(added)) = again().await else {
        panic!("it has changed");
    };
    assert_eq!((added.record.version, added.unchanged), (2, false));
    assert_eq!(
        added.record.attribution.address.as_deref(),
        Some(address.as_str())
    );
    assert_eq!(
        added.record.attribution.accessed,
        Some(day(catalogue::now()))
    );
    let origin = library.origin(&id).await.unwrap().unwrap();
    assert_eq!(origin.etag.as_deref(), Some("\"2\""));

    // The same bytes are no change, whatever the server says of them; what it says is kept.
    state.store(3, Ordering::SeqCst);
    assert!(matches!(again().await, Ok(Refreshed::Unchanged(record)) if record.version == 2));
    assert_eq!(library.origin(&id).await.unwrap().unwrap().etag, None);

    // Gone there, or no source any more: it stays here.
    state.store(4, Ordering::SeqCst);
    let gone = again().await;
    assert!(
        matches!(
            &gone,
            Err(Refusal::Fetch(Error {
                kind: ErrorKind::Gone,
                ..
            }))
        ),
        "{gone:?}"
    );
    state.store(5, Ordering::SeqCst);
    let unreadable = again().await;
    assert!(matches!(
        &unreadable,
        Err(Refusal::Library(library::Error::Unreadable { .. }))
    ));
    assert_eq!(library.sources().await.unwrap(), [added.record]);
    assert_eq!(library.history(&id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_version_restored_is_not_taken_for_what_the_server_has() {
    let state = Arc::new(AtomicU32::new(1));
    let site = Site::new(site_of(&state)).await;
    let (_folder, library) = library().await;
    let fetcher = Fetcher::new(&allowing(&[&site]));
    let id = add(&fetcher, &library, &site.address("/ark.txt")).await;
    state.store(2, Ordering::SeqCst);
    refresh(&fetcher, &library, &id, "test").await.unwrap();
    library.restore(&id, Some(1), "test").await.unwrap();
    let Ok(Refreshed::Changed(added)) = refresh(&fetcher, &library, &id, "test").await else {
        panic!("what is current is not what the server has");
    };
    assert_eq!(added.record.version, 3);
}

#[tokio::test]
async fn what_a_person_said_of_a_source_stays_said() {
    let state = Arc::new(AtomicU32::new(1));
    let site = Site::new(site_of(&state)).await;
    let (_folder, library) = library().await;
    let fetcher = Fetcher::new(&allowing(&[&site]));
    let id = add(&fetcher, &library, &site.address("/ark.txt")).await;
    let details = Details {
        id: Some(id.clone()),
        metadata: Metadata {
            title: Some("The ark".to_owned()),
            licence: Some("CC0".to_owned()),
            ..Metadata::default()
        },
        ..Details::default()
    };
    library
        .add("ark.txt", ARK.as_bytes(), &details, "test")
        .await
        .unwrap();
    state.store(2, Ordering::SeqCst);
    let Ok(Refreshed::Changed(added)) = refresh(&fetcher, &library, &id, "test").await else {
        panic!("it has changed");
    };
    let attribution = added.record.attribution;
    assert_eq!(
        (attribution.title.as_str(), attribution.licence.as_deref()),
        ("The ark", Some("CC0"))
    );
}

#[tokio::test]
async fn only_what_is_there_and_was_fetched_can_be_refreshed() {
    let state = Arc::new(AtomicU32::new(1));
    let site = Site::new(site_of(&state)).await;
    let (_folder, library) = library().await;
    let fetcher = Fetcher::new(&allowing(&[&site]));
    let none = "none".parse().unwrap();
    let refused = refresh(&fetcher, &library, &none, "test").await;
    assert!(matches!(
        refused,
        Err(Refusal::Library(library::Error::NoSource { .. }))
    ));
    let own = Details::default();
    library
        .add("own.txt", ARK.as_bytes(), &own, "test")
        .await
        .unwrap();
    let own = "own".parse().unwrap();
    let refused = refresh(&fetcher, &library, &own, "test").await;
    assert!(matches!(refused, Err(Refusal::NotFetched { id }) if id == own));
    // Withdrawn, it is not brought back by the way.
    let id = add(&fetcher, &library, &site.address("/ark.txt")).await;
    library.remove(&id, "test").await.unwrap();
    let refused = refresh(&fetcher, &library, &id, "test").await;
    assert!(matches!(
        refused,
        Err(Refusal::Library(library::Error::NoSource { .. }))
    ));
}

#[tokio::test]
async fn a_source_that_is_there_already_learns_where_it_comes_from() {
    let state = Arc::new(AtomicU32::new(1));
    let site = Site::new(site_of(&state)).await;
    let (_folder, library) = library().await;
    let fetcher = Fetcher::new(&allowing(&[&site]));
    let own = Details::default();
    library
        .add("ark.txt", ARK.as_bytes(), &own, "test")
        .await
        .unwrap();
    let page = page(fetcher.fetch(&site.address("/ark.txt"), None).await);
    let details = Details {
        origin: Some(page.origin()),
        ..Details::default()
    };
    let added = library
        .add("ark.txt", &page.bytes, &details, "test")
        .await
        .unwrap();
    assert!(added.unchanged);
    let origin = library.origin(&added.record.id).await.unwrap();
    assert_eq!(origin, Some(page.origin()));
}
