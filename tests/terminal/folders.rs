//! Folders and archives of sources, added at once.

use std::io::{Cursor, Write as _};

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Sanad;

const RECORD: &str =
    "{\"id\":\"a\",\"title\":\"\",\"text\":\"Noah built the ark of gopher wood.\"}\n";

impl Sanad {
    /// Writes a file in folders that are made for it.
    fn file_in(&self, name: &str, bytes: &[u8]) -> &Self {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }
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

fn ids(added: &Value) -> Vec<&str> {
    let added = added["added"].as_array().unwrap();
    added
        .iter()
        .map(|added| added["source"]["id"].as_str().unwrap())
        .collect()
}

#[test]
fn a_folder_is_added_with_all_that_is_in_it() {
    let sanad = Sanad::new();
    let inner = zip(&[("ark.jsonl", RECORD.as_bytes())]);
    sanad
        .file_in("books/one/ark.jsonl", RECORD.as_bytes())
        .file_in(
            "books/one/ark.toml",
            b"title = 'The ark'\nlanguage = 'en'\n",
        )
        .file_in("books/two/ark.jsonl", RECORD.as_bytes())
        .file_in("books/two/photo.png", b"\x89PNG")
        .file_in("books/flood.jsonl", RECORD.as_bytes())
        .file_in("books/.hidden/x.jsonl", RECORD.as_bytes())
        .file_in("books/more.zip", &inner)
        .file_in("outside/secret.jsonl", RECORD.as_bytes());
    #[cfg(unix)]
    for (to, link) in [("../outside", "books/out"), (".", "books/loop")] {
        std::os::unix::fs::symlink(to, sanad.folder.path().join(link)).unwrap();
    }
    let added = sanad.run(&["source", "add", "books", "--json"]).json();
    assert_eq!(ids(&added), ["flood", "more-zip-ark", "one-ark", "two-ark"]);
    assert_eq!(
        added["added"][2]["source"]["attribution"]["title"],
        "The ark"
    );
    let left_out = added["left_out"].to_string();
    assert!(left_out.contains("photo.png"), "{left_out}");
    assert!(!left_out.contains("ark.toml"), "{left_out}");
    // The same folder once more is nothing new.
    let again = sanad.run(&["source", "add", "books/"]).done();
    assert_eq!(again.matches("Unchanged").count(), 4, "{again}");
}

#[test]
fn an_archive_is_added_and_the_article_in_it_answers() {
    let sanad = Sanad::new();
    let article = include_bytes!("../../data/sources/russia-north-korea.ar.txt");
    let books = zip(&[
        ("a/article.txt", article),
        ("b/article.txt", article),
        ("junk.bin", b"\0\0"),
    ]);
    sanad.file_in("books.zip", &books);
    let said = sanad.run(&["source", "add", "books.zip"]).done();
    assert!(said.contains("Added a-article") && said.contains("Added b-article"));
    assert!(
        said.contains("books.zip: `junk.bin` in it is no source and was left out."),
        "{said}"
    );
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let sanad = Sanad::new();
    sanad
        .file_in("books/bad.jsonl", b"not json\n")
        .file_in("books/good.jsonl", RECORD.as_bytes())
        .file_in("books/torn.zip", b"PK\x03\x04")
        .file_in("books/word.docx", b"{\\rtf1}");
    let ran = sanad.run(&["source", "add", "books", "missing.txt"]);
    for said in [
        "Added good",
        "books/bad.jsonl:1",
        "books/torn.zip: it is damaged",
        "books/word.docx: its bytes are not what its name says, but RTF",
        "missing.txt cannot be read",
    ] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    ran.failed(1, "Added good");
    let list = sanad.run(&["source", "list"]).done();
    assert!(list.contains("good"), "{list}");
}

#[test]
fn what_holds_no_source_is_told_so() {
    let sanad = Sanad::new();
    std::fs::create_dir(sanad.folder.path().join("empty")).unwrap();
    let nested = zip(&[("a.jsonl", RECORD.as_bytes()), ("b.zip", b"x")]);
    sanad.file_in("nested.zip", &nested);
    sanad
        .run(&["source", "add", "empty"])
        .failed(1, "empty: there is no file in it");
    sanad
        .run(&["source", "add", "nested.zip"])
        .failed(1, "there is an archive in the archive (`b.zip`)");
    sanad
        .file_in("two/a.jsonl", RECORD.as_bytes())
        .file_in("two/b.jsonl", RECORD.as_bytes())
        .run(&["source", "add", "--id", "x", "two"])
        .failed(1, "--id names one source");
}

#[test]
fn documents_are_added_and_cited() {
    let sanad = Sanad::new();
    sanad.file_in("keeper.docx", include_bytes!("../sources/pandoc.en.docx"));
    sanad.run(&["source", "add", "keeper.docx"]).done();
    let answer = sanad
        .run(&["ask", "--json", "When was the lamp lit?"])
        .json();
    let passage = &answer["answer"]["passage"];
    assert_eq!(passage["id"], "keeper:p1");
    assert_eq!(passage["source_title"], "The Keeper’s Notes");
    assert_eq!(passage["locator"]["anchor"], "the-lamp");
    assert_eq!(
        answer["answer"]["citations"][0]["footnote"],
        "Station log, vol.\u{a0}2, p.\u{a0}14."
    );
}
