//! `sanad import`: source packs become sources again.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::source::id;
use super::{Said, terminal};
use crate::config::Config;
use crate::library::pack::{Choice, LimitsAfter, Opened, Restored, RestoredSource};
use crate::library::{self, LOCAL, Libraries};
use crate::source::SourceId;
use crate::wording::pack::restored;
use crate::wording::say;

/// Who imports at the terminal, in the catalogue's words.
const BY: &str = "terminal";

/// The arguments of `sanad import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The source packs; of one that has several parts, all or some
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The library
    #[arg(long, default_value = LOCAL)]
    library: String,
    /// A source to restore; without any everything in the packs, settings too
    #[arg(long = "source", value_name = "ID", value_parser = id)]
    sources: Vec<SourceId>,
    /// Make the library where it does not exist
    #[arg(long)]
    new: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let language = terminal::language();
        // All are opened before anything is changed.
        let mut packs = Vec::new();
        for file in &self.files {
            packs.push((file, open(file).await?));
        }
        let choices = self.choices(&packs)?;
        let libraries = Libraries::open(config).await?;
        let library = if self.new && libraries.library(&self.library).await?.is_none() {
            libraries.empty_library(&self.library).await?
        } else {
            super::library(&libraries, &self.library).await?
        };
        let bar = terminal::progress(packs.len() as u64, String::new());
        let mut done = Vec::new();
        for ((file, pack), choice) in packs.iter().zip(choices) {
            let shown = [("file", file.display().to_string().into())];
            bar.set_message(say(language, "progress-importing", &shown));
            let imported = library.import(pack, &choice, BY).await;
            done.push(imported.map_err(|error| said(file, &error))?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        if self.json {
            let packs: Vec<Value> = self.files.iter().zip(&done).map(object).collect();
            terminal::print_json(&json!({"library": self.library, "packs": packs}))?;
        } else {
            let lines: Vec<String> = done
                .iter()
                .flat_map(|one| restored(language, one))
                .collect();
            terminal::print(&format!("{}\n", lines.join("\n")))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What is to be restored of each pack. A source that is named has to be in one of them.
    fn choices(&self, packs: &[(&PathBuf, Opened)]) -> Result<Vec<Choice>, library::Error> {
        let has = |pack: &Opened, id: &SourceId| {
            let sources = &pack.manifest().sources;
            sources.iter().any(|source| source.id == *id)
        };
        let is_nowhere = |id: &&SourceId| packs.iter().all(|(_, pack)| !has(pack, id));
        if let Some(id) = self.sources.iter().find(is_nowhere) {
            return Err(library::pack::Error::NoSource { id: id.clone() }.into());
        }
        let choice = |(_, pack): &(&PathBuf, Opened)| {
            let wanted = self.sources.iter().filter(|id| has(pack, id)).cloned();
            Choice {
                sources: (!self.sources.is_empty()).then(|| wanted.collect()),
                moderators: true,
            }
        };
        Ok(packs.iter().map(choice).collect())
    }
}

async fn open(file: &Path) -> Result<Opened, Said> {
    let language = terminal::language();
    let shown = ("file", file.display().to_string().into());
    if file.is_dir() {
        return Err(Said(say(language, "cli-folder", &[shown])));
    }
    let bytes = std::fs::read(file).map_err(|error| {
        let cause = ("cause", error.to_string().into());
        Said(say(language, "cli-file-unreadable", &[shown, cause]))
    })?;
    Opened::open(bytes)
        .await
        .map_err(|error| said(file, &error.into()))
}

/// A failure with the file that it is about.
fn said(file: &Path, error: &library::Error) -> Said {
    let sentence = crate::wording::library(terminal::language(), error);
    Said(format!("{}: {sentence}", file.display()))
}

fn object((file, restored): (&PathBuf, &Restored)) -> Value {
    let settings = restored
        .settings
        .iter()
        .map(|set| json!({"name": set.name, "was": set.was, "value": set.value}));
    json!({
        "file": file.display().to_string(), "from": restored.from, "exported_at": restored.exported_at,
        "part": restored.part, "parts": restored.parts, "changed": restored.is_changed(),
        "sources": restored.sources.iter().map(source).collect::<Vec<_>>(),
        "settings": settings.collect::<Vec<_>>(), "left_out": restored.left_out, "unknown": restored.unknown,
    })
}

fn source(source: &RestoredSource) -> Value {
    let added = source
        .added
        .iter()
        .map(|(packed, number)| json!({"packed": packed, "number": number}));
    let limits = match source.limits {
        LimitsAfter::Same => "same",
        LimitsAfter::Restored => "restored",
        LimitsAfter::Nobody => "nobody",
    };
    json!({
        "id": source.id, "title": source.title, "new": source.is_new, "changed": source.is_changed(),
        "there": source.n_there, "added": added.collect::<Vec<_>>(), "current": source.current,
        "was_current": source.was_current, "withdrawn": source.is_withdrawn, "limits": limits,
    })
}
