//! Files that are damaged, foreign or of another time.

use super::*;

#[tokio::test]
async fn a_sound_catalogue_has_no_damage_and_an_altered_one_names_the_sources() {
    let (folder, catalogue) = fresh().await;
    catalogue.make_library("m", &[], "test").await.unwrap();
    add(&catalogue, "l", &version("a", FIRST)).await;
    add(&catalogue, "m", &version("b", FIRST)).await;
    add(&catalogue, "m", &version("c", SECOND)).await;
    assert_eq!(catalogue.check().await.unwrap(), []);
    tamper(
        folder.path(),
        "UPDATE content SET bytes = (SELECT MAX(bytes) FROM content)",
    )
    .await;
    let damage = |library: &str, source: &str| Damage::Source {
        library: library.to_owned(),
        source: id(source),
    };
    let found = catalogue.check().await.unwrap();
    assert!(
        found == [damage("l", "a"), damage("m", "b")] || found == [damage("m", "c")],
        "{found:?}"
    );
    // Adding the same bytes again mends them.
    for new in [version("a", FIRST), version("c", SECOND)] {
        catalogue.mend(&new).await.unwrap();
    }
    assert_eq!(catalogue.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_line_that_refers_to_nothing_is_damage() {
    let (folder, catalogue) = fresh().await;
    add(&catalogue, "l", &version("a", FIRST)).await;
    let url = format!("sqlite:{}", folder.path().join(FILE).display());
    let pool = sqlx::any::AnyPoolOptions::new()
        .max_connections(1)
        .connect(&url)
        .await
        .unwrap();
    sqlx::query("PRAGMA foreign_keys = OFF")
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("DELETE FROM content")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    let found = catalogue.check().await.unwrap();
    assert!(
        found.contains(&Damage::Database(
            "a line of `version` refers to one of `content` that is missing".to_owned()
        )),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_file_that_is_no_catalogue_is_told_and_left_alone() {
    for bytes in [
        b"This is a text and no database, and it is longer than a page's header would be."
            .repeat(20),
        vec![0xA5; 8192],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        std::fs::write(&file, &bytes).unwrap();
        let error = Catalogue::open(folder.path()).await.err().unwrap();
        assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
        assert!(
            error.to_string().contains("damaged or no catalogue"),
            "{error}"
        );
        assert_eq!(std::fs::read(&file).unwrap(), bytes);
    }
}

#[tokio::test]
async fn a_damaged_page_is_told_and_nothing_is_deleted() {
    let (folder, catalogue) = fresh().await;
    add(&catalogue, "l", &version("a", &FIRST.repeat(400))).await;
    catalogue.close().await;
    let file = folder.path().join(FILE);
    let whole = std::fs::read(&file).unwrap();
    assert!(whole.len() > 4 * 4096, "the log was brought home");
    // Every page but the first is overwritten in turn; whatever happens, the program neither panics nor loses the file.
    let (mut told, mut n_pages) = (0, 0);
    for start in (4096..whole.len()).step_by(4096) {
        let mut bytes = whole.clone();
        bytes[start..start + 4096].fill(0xFF);
        std::fs::write(&file, &bytes).unwrap();
        n_pages += 1;
        match Catalogue::open(folder.path()).await {
            Err(Error::Damaged { .. }) => told += 1,
            Err(error) => panic!("page {start}: {error:?}"),
            Ok(catalogue) => {
                told += usize::from(!catalogue.check().await.unwrap().is_empty());
                let _ = catalogue.library("l").await;
                catalogue.close().await;
            }
        }
        assert_eq!(std::fs::read(&file).unwrap().len(), bytes.len());
    }
    assert_eq!(told, n_pages);
}

#[tokio::test]
async fn a_catalogue_of_a_newer_program_is_told_and_left_alone() {
    let (folder, catalogue) = fresh().await;
    drop(catalogue);
    tamper(
        folder.path(),
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9001, 'of the future', TRUE, x'00', 0)",
    )
    .await;
    let error = Catalogue::open(folder.path()).await.err().unwrap();
    assert!(
        matches!(error, Error::Newer { found: 9001, .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("update Sanad"), "{error}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let error = Catalogue::open(&file.join("data")).await.err().unwrap();
    assert!(matches!(error, Error::Unusable { .. }), "{error:?}");
    std::fs::create_dir(folder.path().join(FILE)).unwrap();
    let error = Catalogue::open(folder.path()).await.err().unwrap();
    assert!(matches!(error, Error::Unusable { .. }), "{error:?}");
}
