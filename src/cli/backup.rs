//! `sanad backup`: the whole installation in one file, also while the bot runs.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::terminal;
use crate::config::Config;
use crate::library::backup;
use crate::wording::pack::size;
use crate::wording::say;

/// The arguments of `sanad backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write
    file: PathBuf,
    /// Replace the file where it is there already
    #[arg(long)]
    force: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Backup {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let language = terminal::language();
        let made = backup::make(&config.data.dir, &self.file, self.force).await?;
        if self.json {
            terminal::print_json(&json!({
                "file": made.file.display().to_string(), "bytes": made.n_bytes, "lexicons": made.n_lexicons,
            }))?;
            return Ok(ExitCode::SUCCESS);
        }
        let count = [("count", made.n_lexicons.into())];
        let arguments = [
            ("file", self.file.display().to_string().into()),
            ("size", size(language, made.n_bytes).into()),
            (
                "lexicons",
                say(language, "backup-count-lexicons", &count).into(),
            ),
        ];
        terminal::print(&format!("{}\n", say(language, "backup-made", &arguments)))?;
        Ok(ExitCode::SUCCESS)
    }
}
