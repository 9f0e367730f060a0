//! `sanad source history`: the versions of a source.

use clap::Args;
use serde_json::json;

use super::super::terminal;
use super::{Which, id, table};
use crate::catalogue::VersionRecord;
use crate::config::Config;
use crate::language::Language;
use crate::source::SourceId;
use crate::wording::say;

/// The arguments of `sanad source history`.
#[derive(Debug, Args)]
pub struct History {
    #[command(flatten)]
    which: Which,
    /// The source
    #[arg(value_parser = id)]
    id: SourceId,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl History {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let versions = self.which.open(config).await?.history(&self.id).await?;
        if versions.is_empty() {
            return Err(self.which.missing(&self.id));
        }
        if self.json {
            let versions: Vec<_> = versions
                .iter()
                .map(|version| {
                    let source = super::list::object(&version.record);
                    json!({"source": source, "current": version.current, "withdrawn": version.withdrawn})
                })
                .collect();
            return terminal::print_json(&json!({"versions": versions}));
        }
        let language = terminal::language();
        let mut table = table(&[
            say(language, "column-version", &[]),
            say(language, "column-state", &[]),
            say(language, "column-at", &[]),
            say(language, "column-by", &[]),
            say(language, "column-file", &[]),
            say(language, "column-title", &[]),
        ]);
        for version in &versions {
            let record = &version.record;
            table.add_row([
                record.version.to_string(),
                state(language, version),
                terminal::moment(record.added_at),
                record.added_by.clone(),
                record.file_name.clone(),
                record.attribution.title.clone(),
            ]);
        }
        terminal::print(&format!("{}\n", table.trim_fmt()))
    }
}

fn state(language: Language, version: &VersionRecord) -> String {
    match (version.withdrawn, version.current) {
        (true, _) => say(language, "state-withdrawn", &[]),
        (false, true) => say(language, "state-current", &[]),
        (false, false) => say(language, "state-former", &[]),
    }
}
