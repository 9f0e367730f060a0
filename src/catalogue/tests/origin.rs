//! Where sources were fetched from.

use super::*;

fn origin(etag: &str) -> Origin {
    Origin {
        address: "https://books.example/ark".to_owned(),
        etag: Some(etag.to_owned()),
        last_modified: None,
        fetched_at: 7,
    }
}

#[tokio::test]
async fn an_origin_is_kept_with_the_version_or_not_at_all() {
    let (folder, catalogue) = fresh().await;
    let new = version("a", FIRST);
    let mut change = catalogue.change_library("l", "test").await.unwrap();
    change.add(&new).await.unwrap();
    let first = origin("\"1\"");
    let hash = new.content_hash();
    change.set_origin(&id("a"), &first, hash).await.unwrap();
    drop(change);
    assert_eq!(catalogue.origin("l", &id("a")).await.unwrap(), None);

    let mut change = catalogue.change_library("l", "test").await.unwrap();
    change.add(&new).await.unwrap();
    change.set_origin(&id("a"), &first, hash).await.unwrap();
    change.commit().await.unwrap();
    let again = Catalogue::open(folder.path()).await.unwrap();
    assert_eq!(again.origin("l", &id("a")).await.unwrap(), Some(first));
    assert_eq!(again.origin("m", &id("a")).await.unwrap(), None);
    // It goes with its source, and no source, no origin.
    let hash = new.content_hash();
    let second = origin("\"2\"");
    let none = again.set_origin("l", &id("b"), &second, hash).await;
    assert!(matches!(none, Err(Error::Database(_))), "{none:?}");
    again
        .set_origin("l", &id("a"), &second, hash)
        .await
        .unwrap();
    assert_eq!(catalogue.origin("l", &id("a")).await.unwrap(), Some(second));
    tamper(
        folder.path(),
        "PRAGMA foreign_keys = ON; DELETE FROM version; DELETE FROM source",
    )
    .await;
    assert_eq!(
        read::<i64>(&again, "SELECT COUNT(*) FROM origin").await,
        [0]
    );
}

#[tokio::test]
async fn what_the_server_said_is_told_only_of_the_content_it_was_said_of() {
    let (_folder, catalogue) = fresh().await;
    let record = add(&catalogue, "l", &version("a", FIRST)).await;
    let said = origin("\"1\"");
    catalogue
        .set_origin("l", &id("a"), &said, &record.content_hash)
        .await
        .unwrap();
    add(&catalogue, "l", &version("a", SECOND)).await;
    let now = catalogue.origin("l", &id("a")).await.unwrap().unwrap();
    assert_eq!((now.etag, now.address), (None, said.address.clone()));
    let mut change = catalogue.change_library("l", "test").await.unwrap();
    change.restore(&id("a"), Some(1)).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(catalogue.origin("l", &id("a")).await.unwrap(), Some(said));
}
