//! `sanad restore`: the whole installation from a backup, while nobody uses it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::terminal;
use crate::catalogue::day::day;
use crate::config::Config;
use crate::library::{Libraries, backup};
use crate::wording::say;

/// The arguments of `sanad restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Restore {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let language = terminal::language();
        let restored = backup::restore(&config.data.dir, &self.file).await?;
        // It is restored by now; an index that fails is built when it is needed.
        let caught_up = async { Libraries::open(config).await?.catch_up().await };
        if let Err(error) = caught_up.await {
            tracing::warn!(%error, "an index could not be brought up to what was restored");
        }
        let kept = restored.kept.iter().map(|path| path.display().to_string());
        let kept: Vec<String> = kept.collect();
        if self.json {
            terminal::print_json(&json!({
                "made_at": restored.made_at, "libraries": restored.n_libraries, "versions": restored.n_versions,
                "lexicons": restored.n_lexicons, "kept": kept,
            }))?;
            return Ok(ExitCode::SUCCESS);
        }
        let arguments = [
            ("day", day(restored.made_at).into()),
            (
                "libraries",
                say(
                    language,
                    "backup-count-libraries",
                    &[("count", restored.n_libraries.into())],
                )
                .into(),
            ),
            (
                "versions",
                say(
                    language,
                    "pack-count-versions",
                    &[("count", restored.n_versions.into())],
                )
                .into(),
            ),
            (
                "lexicons",
                say(
                    language,
                    "backup-count-lexicons",
                    &[("count", restored.n_lexicons.into())],
                )
                .into(),
            ),
        ];
        let mut lines = vec![say(language, "backup-restored", &arguments)];
        lines.extend(
            kept.into_iter()
                .map(|path| say(language, "backup-kept", &[("path", path.into())])),
        );
        terminal::print(&format!("{}\n", lines.join("\n")))?;
        Ok(ExitCode::SUCCESS)
    }
}
