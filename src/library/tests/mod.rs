//! Libraries on a real catalogue and a real index in a folder of their own.

mod asking;
mod changing;
mod following;
mod lexicons;
mod mending;
mod moderating;
mod offering;
mod packing;
mod sharing;
mod short;

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;
use crate::answer::Outcome;
use crate::config;

/// An installation of its own.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn config(&self) -> Config {
        Config {
            data: config::Data {
                dir: self.folder.path().join("data"),
            },
            index: config::Index {
                dir: self.folder.path().join("index"),
                ..config::Index::default()
            },
            ..Config::default()
        }
    }

    /// Opens it as another process would.
    async fn open(&self) -> Libraries {
        Libraries::open(&self.config()).await.unwrap()
    }

    /// A library without any source.
    async fn empty(&self, id: &str) -> Library {
        self.open().await.empty_library(id).await.unwrap()
    }

    fn index(&self, library: &str) -> PathBuf {
        self.folder.path().join("index").join(library)
    }
}

const BY: &str = "test";
const ARTICLE: &str = "russia-north-korea";
const DIPLOMACY: &str = "متى أقيمت العلاقات الدبلوماسية بين كوريا الشمالية والاتحاد السوفييتي؟";

/// Adds a source of this text under this id.
async fn add(library: &Library, id: &str, text: &str) -> Added {
    let details = Details {
        id: Some(id.parse().unwrap()),
        ..Details::default()
    };
    library
        .add("file.txt", text.as_bytes(), &details, BY)
        .await
        .unwrap()
}

/// The id of the passage that answers; none where nothing does.
async fn answer(library: &Library, question: &str) -> Option<String> {
    let outcome = library.ask(question, 5).await.unwrap();
    outcome.answer().map(|ranked| ranked.cited.id().to_string())
}

/// Everything of an outcome that a person could see, the keys of versions left out.
fn seen(outcome: &Outcome) -> Vec<(String, u32, String)> {
    let ranked = outcome.ranking.iter();
    ranked
        .map(|ranked| {
            let cited = &ranked.cited;
            (
                cited.id().to_string(),
                ranked.confidence.to_bits(),
                cited.passage.text.clone(),
            )
        })
        .collect()
}

fn id(text: &str) -> SourceId {
    text.parse().unwrap()
}

/// The files of an index that hold its data.
fn data_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.file_stem().is_some_and(|stem| stem.len() == 32))
        .collect();
    files.sort();
    files
}

const ARK: &str = "Noah built the ark of gopher wood. It floated for forty days.";
const WHALE: &str = "Jonah was swallowed by a great fish near Nineveh. He prayed for three days.";
