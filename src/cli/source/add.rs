//! `sanad source add`: files become sources, or new versions of them.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::super::{Said, terminal};
use super::described::Described;
use super::fetched::{self, Fetched};
use super::gather::Found;
use super::{BY, Which, id};
use crate::config::Config;
use crate::fetch::Fetcher;
use crate::language::Language;
use crate::library::{self, Added, Details};
use crate::source::{Attribution, Format, Metadata, Problem, ProblemKind, SourceId};
use crate::wording::{self, say};

/// The arguments of `sanad source add`.
#[derive(Debug, Args)]
pub struct Add {
    #[command(flatten)]
    which: Which,
    /// The files: .txt (article text), .md, .html, .docx, .epub, .pdf, .jsonl (JSON Lines); folders, and .zip archives of
    /// such files. A file of the same name with .toml beside it holds the attribution. A web address (https://…) is fetched
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The id; else the file's name up to its first dot
    #[arg(long, value_parser = id)]
    id: Option<SourceId>,
    #[command(flatten)]
    described: Described,
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
        let mut found = Found::default();
        let fetcher = Fetcher::new(&config.fetch);
        for file in &self.files {
            match fetched::address(file) {
                Some(address) => match fetched::file(&fetcher, address).await {
                    Ok(file) => found.items.push(file.into()),
                    Err(Said(sentence)) => found.failures.push(sentence),
                },
                None => found.gather(file),
            }
        }
        if self.id.is_some() && found.items.len() > 1 {
            let count = ("count", found.items.len().into());
            return Err(Said(say(spoken, "cli-one-id", &[count])).into());
        }
        found.tell_apart();
        let Found {
            items,
            mut failures,
            warnings,
        } = found;
        if items.is_empty() {
            return Err(Said([warnings, failures].concat().join("\n")).into());
        }
        let library = self.which.open(config).await?;
        let bar = terminal::progress(items.len() as u64, String::new());
        let mut added = Vec::new();
        for item in items {
            let (path, id) = (item.path.clone(), item.id.clone());
            let shown = path.display().to_string();
            bar.set_message(say(
                spoken,
                "progress-adding",
                &[("file", shown.clone().into())],
            ));
            match item.file() {
                Ok(file) => {
                    let mut details = self.details(file.attribution, file.fetched);
                    details.id = details.id.or(id);
                    match library.add(&file.name, &file.bytes, &details, BY).await {
                        Ok(new) => added.push((path, new)),
                        Err(library::Error::Unreadable { problems, .. }) => {
                            let said = |problem| wording::problem(spoken, problem, &shown);
                            failures.extend(problems.iter().map(said));
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
                Err(Said(sentence)) => failures.push(sentence),
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        let lines = added
            .iter()
            .flat_map(|(file, added)| lines(spoken, file, added));
        if !failures.is_empty() {
            // What was added all the same is told with what failed, beside the result: that is empty on failure.
            let lines: Vec<String> = lines.chain(warnings).chain(failures).collect();
            return Err(Said(lines.join("\n")).into());
        }
        if self.json {
            let sources: Vec<_> = added
                .iter()
                .map(|(file, added)| object(file, added))
                .collect();
            return terminal::print_json(&json!({"added": sources, "left_out": warnings}));
        }
        let lines: Vec<String> = lines.chain(warnings).collect();
        terminal::print(&format!("{}\n", lines.join("\n")))
    }

    /// What the flags say, over what the file beside the source says, over what fetching it says.
    fn details(&self, beside: Option<Attribution>, fetched: Option<Fetched>) -> Details {
        let beside = beside.map(Metadata::from).unwrap_or_default();
        let (metadata, origin) = fetched.map_or_else(Default::default, |fetched| {
            (fetched.metadata, Some(fetched.origin))
        });
        Details {
            id: self.id.clone(),
            metadata: self.described.metadata().or(beside).or(metadata),
            origin,
            ..Details::default()
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
