//! Several files at once, and every format that is read.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{COAST, ENGLISH, adds, ended, finds, moderator, scene, seen};

fn source(name: &str) -> Vec<u8> {
    std::fs::read(format!(
        "{}/tests/sources/{name}",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_article_is_added_in_every_format() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    for (file, name) in [
        ("article.ar.md", "in-markdown.md"),
        ("pandoc.ar.html", "in-html.html"),
        ("pandoc.ar.docx", "in-docx.docx"),
        ("pandoc.ar.epub", "in-epub.epub"),
        ("article-libreoffice.ar.pdf", "in-pdf.pdf"),
    ] {
        let report = adds(&scene, &mona, name, &source(file), &[]).await;
        let said = report.to_string();
        assert!(said.contains("Language: Arabic"), "{name}: {said}");
        if said.contains("Not published yet") {
            mona.press(&report, "Publish").await;
        }
        let now = ended(report).await.to_string();
        assert!(now.contains("Published"), "{name}: {now}");
    }
    let scanned = source("scanned-fpdf2.pdf");
    let scanned = adds(&scene, &mona, "scanned.pdf", &scanned, &[]).await;
    assert!(scanned.to_string().contains("pictures"), "{scanned}");
    let locked = adds(&scene, &mona, "locked.pdf", &source("locked.en.pdf"), &[]).await;
    assert!(locked.to_string().contains("password"), "{locked}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_is_one_report_from_which_each_file_is_reached() {
    let mut scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let clean = "The school\nThe fishermen of Miram founded a school of navigation in 1921.\n";
    let tower = COAST.replace("lighthouse", "tower");
    let books = zip(&[
        ("a/one.txt", clean.as_bytes()),
        ("b/one.txt", COAST.as_bytes()),
        ("tower.txt", tower.as_bytes()),
        ("empty.txt", b""),
        ("junk.bin", b"x"),
        (
            "a/one.toml",
            b"title = 'The school'\nlanguage = 'en'\nauthor = 'R. Dahl'\n",
        ),
    ]);
    let report = adds(&scene, &mona, "books.zip", &books, &[]).await;
    insta::assert_snapshot!(seen(&report), @r"
    (only you see this)
    │ # books.zip
    │ One is published.
    │ 2 wait for your word, for a day.
    │ One was not taken.
    │ • The file: \`junk.bin\` in it is no source and was left out.
    │
    │ • Published: a/one.txt
    │ • Look at it first: b/one.txt (one thing is doubtful)
    │ • Not taken: empty.txt. The file: it is empty.
    │ • Look at it first: tower.txt (one thing is doubtful)
    [Publish all drafts] [Discard all drafts]
    [▾ Look at one of them: The school | one | tower]
    ");
    assert!(
        finds(
            &scene.badr,
            "When was the school of navigation founded?",
            "1921"
        )
        .await
    );
    assert!(
        !finds(
            &scene.badr,
            "When was the lighthouse of Miram built?",
            "1889"
        )
        .await
    );

    scene.restarts().await;
    let one = mona.choose(&report, "Look at one of them", &["one"]).await;
    assert!(one.to_string().contains("Not published yet"), "{one}");
    // It was discarded there, and is not published with the others.
    mona.press(&one, "Discard").await;
    mona.press(&report, "Publish all drafts").await;
    insta::assert_snapshot!(seen(&report.now()), @r"
    (only you see this)
    │ # Several files
    │ One is published.
    │
    │ • Published: tower.txt
    [▾ Look at one of them: tower]
    ");
    assert!(finds(&scene.badr, "When was the tower of Miram built?", "1889").await);

    let nested = zip(&[("a.txt", clean.as_bytes()), ("b.zip", b"x")]);
    let refused = adds(&scene, &mona, "nested.zip", &nested, &[]).await;
    assert!(
        refused.to_string().contains("archive in the archive"),
        "{refused}"
    );
    let torn = adds(&scene, &mona, "torn.zip", b"PK\x03\x04", &[]).await;
    assert!(torn.to_string().contains("it is damaged"), "{torn}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_drafts_of_an_archive_are_discarded_at_once() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let books = zip(&[("one.txt", COAST.as_bytes()), ("two.txt", COAST.as_bytes())]);
    let report = adds(&scene, &mona, "books.zip", &books, &[]).await;
    mona.press(&report, "Discard all drafts").await;
    insta::assert_snapshot!(seen(&report.now()), @r"
    (only you see this)
    2 drafts are discarded.
    ");
    let list = mona.slash("sources", &[]).await.to_string();
    assert!(!list.contains("2\\."), "{list}");
    scene.ends().await;
}
