//! `sanad source list`: what the library holds.

use clap::Args;
use serde_json::json;

use super::super::terminal;
use super::{Which, table};
use crate::catalogue::SourceRecord;
use crate::config::Config;
use crate::wording::say;

/// The arguments of `sanad source list`.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    which: Which,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let sources = self.which.open(config).await?.sources().await?;
        if self.json {
            return terminal::print_json(
                &json!({"sources": sources.iter().map(object).collect::<Vec<_>>()}),
            );
        }
        let language = terminal::language();
        if sources.is_empty() {
            return terminal::print(&format!("{}\n", say(language, "source-none", &[])));
        }
        let mut table = table(&[
            say(language, "column-id", &[]),
            say(language, "column-title", &[]),
            say(language, "column-language", &[]),
            say(language, "column-version", &[]),
            say(language, "column-paragraphs", &[]),
            say(language, "column-footnotes", &[]),
            say(language, "column-licence", &[]),
        ]);
        for source in &sources {
            table.add_row([
                source.id.to_string(),
                source.attribution.title.clone(),
                source.attribution.language.code().to_owned(),
                source.version.to_string(),
                source.n_paragraphs.to_string(),
                source.n_footnotes.to_string(),
                source.attribution.licence.clone().unwrap_or_default(),
            ]);
        }
        terminal::print(&format!("{}\n", table.trim_fmt()))
    }
}

/// A source as JSON.
pub(super) fn object(source: &SourceRecord) -> serde_json::Value {
    json!({
        "id": source.id, "version": source.version, "attribution": source.attribution, "format": source.format,
        "file_name": source.file_name, "content_hash": source.content_hash, "paragraphs": source.n_paragraphs,
        "footnotes": source.n_footnotes, "added_by": source.added_by, "added_at": source.added_at,
        "limits": source.limits,
    })
}
