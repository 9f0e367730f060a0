//! `sanad export`: a library, or some sources of it, as source packs.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::source::id;
use super::{Said, terminal};
use crate::config::Config;
use crate::library::pack::Pack;
use crate::library::{LOCAL, Libraries};
use crate::source::SourceId;
use crate::wording::pack::size;
use crate::wording::say;

/// The arguments of `sanad export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The library
    #[arg(long, default_value = LOCAL)]
    library: String,
    /// A source; without any the whole library with its settings
    #[arg(long = "source", value_name = "ID", value_parser = id)]
    sources: Vec<SourceId>,
    /// The folder for the packs, or a file ending in .zip
    #[arg(long, default_value = ".", value_name = "FOLDER|FILE")]
    to: PathBuf,
    /// How many megabytes a part may have; without it there is one, however large, unless the library is huge
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    part_megabytes: Option<u64>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Export {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let language = terminal::language();
        let libraries = Libraries::open(config).await?;
        let library = super::library(&libraries, &self.library).await?;
        let which = Some(self.sources.as_slice()).filter(|sources| !sources.is_empty());
        let most = self.part_megabytes.map(|megabytes| megabytes * 1_000_000);
        let export = library.exporting(which, most).await?;
        let name = ("library", self.library.clone().into());
        let bar = terminal::progress(
            export.n_parts() as u64,
            say(language, "progress-exporting", &[name]),
        );
        let mut written = Vec::new();
        for nth in 0..export.n_parts() {
            let pack = export.pack(nth).await?;
            let file = self.file(&pack);
            write(&file, &pack.bytes)?;
            written.push((file, pack.sources, pack.bytes.len() as u64));
            bar.inc(1);
        }
        bar.finish_and_clear();
        if self.json {
            let packs = written.iter().map(|(file, sources, n_bytes)| {
                json!({"file": file.display().to_string(), "sources": sources, "bytes": n_bytes})
            });
            let packs: Vec<_> = packs.collect();
            terminal::print_json(&json!({"library": self.library, "packs": packs}))?;
            return Ok(ExitCode::SUCCESS);
        }
        let lines = written.iter().map(|(file, sources, n_bytes)| {
            let count = [("count", sources.len().into())];
            let arguments = [
                ("file", file.display().to_string().into()),
                (
                    "sources",
                    say(language, "pack-count-sources", &count).into(),
                ),
                ("size", size(language, *n_bytes).into()),
            ];
            say(language, "pack-written", &arguments)
        });
        terminal::print(&format!("{}\n", lines.collect::<Vec<_>>().join("\n")))?;
        Ok(ExitCode::SUCCESS)
    }

    /// Where a part goes.
    fn file(&self, pack: &Pack) -> PathBuf {
        let is_file = self.to.extension().is_some_and(|ending| ending == "zip");
        if !is_file || self.to.is_dir() {
            return self.to.join(&pack.file_name);
        }
        if pack.parts == 1 {
            return self.to.clone();
        }
        let stem = self.to.file_stem().unwrap_or_default().to_string_lossy();
        let (part, parts) = (pack.part, pack.parts);
        self.to
            .with_file_name(format!("{stem}-{part}-of-{parts}.zip"))
    }
}

/// Writes a file that is not there yet, whole or not at all.
fn write(file: &Path, bytes: &[u8]) -> Result<(), Said> {
    let language = terminal::language();
    let shown = || ("file", file.display().to_string().into());
    let exists = || Said(say(language, "pack-file-exists", &[shown()]));
    if file.exists() {
        return Err(exists());
    }
    let unfinished = file.with_extension(format!("{}.part", std::process::id()));
    let written = (|| {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut new = std::fs::File::create(&unfinished)?;
        new.write_all(bytes)?;
        new.sync_all()?;
        std::fs::rename(&unfinished, file)
    })();
    written.map_err(|error: std::io::Error| {
        // What is left of it would only lie there.
        let _ = std::fs::remove_file(&unfinished);
        let cause = ("cause", error.to_string().into());
        Said(say(language, "cli-file-unwritable", &[shown(), cause]))
    })
}
