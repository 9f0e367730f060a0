//! `sanad source add`: files become sources, or new versions of them.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::super::{Said, terminal};
use super::fetched::{self, Fetched};
use super::{BY, Which, id};
use crate::config::Config;
use crate::fetch::Fetcher;
use crate::language::Language;
use crate::library::{Added, Details};
use crate::source::{Attribution, Format, Metadata, Problem, ProblemKind, SourceId};
use crate::wording::{self, say};

/// The arguments of `sanad source add`.
#[derive(Debug, Args)]
pub struct Add {
    #[command(flatten)]
    which: Which,
    /// The files: .txt (article text), .jsonl or .ndjson (JSON Lines). A file of the same name with .toml beside it holds
    /// the attribution. A web address (https://…) is fetched
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The id; else the file's name up to its first dot
    #[arg(long, value_parser = id)]
    id: Option<SourceId>,
    /// The title; else the text's own
    #[arg(long)]
    title: Option<String>,
    /// The author or authors
    #[arg(long)]
    author: Option<String>,
    /// The editor
    #[arg(long)]
    editor: Option<String>,
    /// The edition
    #[arg(long)]
    edition: Option<String>,
    /// The publisher
    #[arg(long)]
    publisher: Option<String>,
    /// Where it was published
    #[arg(long)]
    place: Option<String>,
    /// The year, of whichever calendar: 2019, "1440 هـ"
    #[arg(long)]
    year: Option<String>,
    /// The licence under which it may be quoted
    #[arg(long)]
    licence: Option<String>,
    /// Where it can be found
    #[arg(long)]
    address: Option<String>,
    /// The day on which it was read there: 2026-11-25
    #[arg(long)]
    accessed: Option<String>,
    /// Its language, ar or en; else that of most of its letters
    #[arg(long, value_parser = language)]
    language: Option<Language>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Add {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let spoken = terminal::language();
        if self.id.is_some() && self.files.len() > 1 {
            return Err(Said(say(
                spoken,
                "cli-one-id",
                &[("count", self.files.len().into())],
            ))
            .into());
        }
        let mut files = Vec::with_capacity(self.files.len());
        let fetcher = Fetcher::new(&config.fetch);
        for file in &self.files {
            files.push(match fetched::address(file) {
                Some(address) => fetched::file(&fetcher, address).await?,
                None => File::read(file)?,
            });
        }
        let library = self.which.open(config).await?;
        let bar = terminal::progress(files.len() as u64, String::new());
        let mut added = Vec::new();
        for file in files {
            bar.set_message(say(
                spoken,
                "progress-adding",
                &[("file", file.name.clone().into())],
            ));
            let details = self.details(file.attribution, file.fetched);
            added.push((
                file.path,
                library.add(&file.name, &file.bytes, &details, BY).await?,
            ));
            bar.inc(1);
        }
        bar.finish_and_clear();
        if self.json {
            let sources: Vec<_> = added
                .iter()
                .map(|(file, added)| object(file, added))
                .collect();
            return terminal::print_json(&json!({"added": sources}));
        }
        let lines: Vec<String> = added
            .iter()
            .flat_map(|(file, added)| lines(spoken, file, added))
            .collect();
        terminal::print(&format!("{}\n", lines.join("\n")))
    }

    /// What the flags say, over what the file beside the source says, over what fetching it says.
    fn details(&self, beside: Option<Attribution>, fetched: Option<Fetched>) -> Details {
        let said = Metadata {
            title: self.title.clone(),
            language: self.language,
            author: self.author.clone(),
            editor: self.editor.clone(),
            edition: self.edition.clone(),
            publisher: self.publisher.clone(),
            place: self.place.clone(),
            year: self.year.clone(),
            licence: self.licence.clone(),
            address: self.address.clone(),
            accessed: self.accessed.clone(),
        };
        let beside = beside.map(Metadata::from).unwrap_or_default();
        let (metadata, origin) = fetched.map_or_else(Default::default, |fetched| {
            (fetched.metadata, Some(fetched.origin))
        });
        Details {
            id: self.id.clone(),
            metadata: said.or(beside).or(metadata),
            origin,
        }
    }
}

/// A file that is to become a source.
pub(in crate::cli) struct File {
    /// As it was named.
    pub(in crate::cli) path: PathBuf,
    /// Its name without the folders.
    pub(in crate::cli) name: String,
    /// Its bytes.
    pub(in crate::cli) bytes: Vec<u8>,
    /// What the file beside it says of its origin.
    pub(in crate::cli) attribution: Option<Attribution>,
    /// Where it was fetched from, if it was.
    pub(in crate::cli) fetched: Option<Fetched>,
}

impl File {
    /// Reads a file and the attribution beside it.
    pub(in crate::cli) fn read(path: &Path) -> Result<Self, Said> {
        let language = terminal::language();
        let shown = || ("file", path.display().to_string().into());
        let unreadable = |error: std::io::Error| {
            Said(say(
                language,
                "cli-file-unreadable",
                &[shown(), ("cause", error.to_string().into())],
            ))
        };
        if path.is_dir() {
            return Err(Said(say(language, "cli-folder", &[shown()])));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.into_owned();
        let refused = |file: &Path, problem: &Problem| {
            let file = file.display().to_string();
            Said(wording::problem(language, problem, &file))
        };
        if Format::from_file_name(&name).is_none() {
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            let problem = Problem::of_file(ProblemKind::UnknownFormat, Some(&ending));
            return Err(refused(path, &problem));
        }
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let beside = path.with_extension("toml");
        let attribution = match std::fs::read_to_string(&beside) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(unreadable(error)),
            Ok(text) => {
                Some(Attribution::from_toml(&text).map_err(|problem| refused(&beside, &problem))?)
            }
        };
        Ok(Self {
            path: path.to_owned(),
            name,
            bytes,
            attribution,
            fetched: None,
        })
    }
}

fn language(code: &str) -> Result<Language, &'static str> {
    match Language::from_code(code) {
        Some(language @ (Language::Arabic | Language::English)) => Ok(language),
        _ => Err("ar, en"),
    }
}

pub(super) fn lines(language: Language, file: &Path, added: &Added) -> Vec<String> {
    let record = &added.record;
    let id = ("id", record.id.to_string().into());
    let mut lines = Vec::new();
    if added.unchanged {
        lines.push(say(language, "source-unchanged", &[id]));
    } else {
        let arguments = [
            id,
            ("title", record.attribution.title.clone().into()),
            ("version", record.version.into()),
            (
                "paragraphs",
                say(
                    language,
                    "count-paragraphs",
                    &[("count", record.n_paragraphs.into())],
                )
                .into(),
            ),
            (
                "footnotes",
                say(
                    language,
                    "count-footnotes",
                    &[("count", record.n_footnotes.into())],
                )
                .into(),
            ),
        ];
        lines.push(say(language, "source-added", &arguments));
    }
    if !added.warnings.is_empty() {
        lines.push(say(
            language,
            "source-warnings",
            &[("count", added.warnings.len().into())],
        ));
        let file = file.display().to_string();
        lines.extend(
            added
                .warnings
                .iter()
                .map(|warning| wording::problem(language, warning, &file)),
        );
    }
    lines
}

fn object(file: &Path, added: &Added) -> serde_json::Value {
    let warnings: Vec<_> = added.warnings.iter().collect();
    json!({"file": file, "source": super::list::object(&added.record), "unchanged": added.unchanged, "warnings": warnings})
}
