//! `sanad source show`: a source and how to cite it.

use clap::Args;

use super::super::terminal;
use super::{Which, id};
use crate::config::Config;
use crate::source::SourceId;
use crate::wording::{citation, say};

/// The arguments of `sanad source show`.
#[derive(Debug, Args)]
pub struct Show {
    #[command(flatten)]
    which: Which,
    /// The source
    #[arg(value_parser = id)]
    id: SourceId,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Show {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let sources = self.which.open(config).await?.sources().await?;
        let Some(source) = sources.into_iter().find(|source| source.id == self.id) else {
            return Err(self.which.missing(&self.id));
        };
        if self.json {
            return terminal::print_json(&super::list::object(&source));
        }
        let language = terminal::language();
        let mut lines = vec![source.attribution.title.clone()];
        lines.extend(citation::about(language, &source.attribution));
        let fields = [
            (say(language, "column-id", &[]), source.id.to_string()),
            (
                say(language, "column-version", &[]),
                source.version.to_string(),
            ),
            (
                say(language, "column-language", &[]),
                source.attribution.language.code().to_owned(),
            ),
            (
                say(language, "column-paragraphs", &[]),
                source.n_paragraphs.to_string(),
            ),
            (
                say(language, "column-footnotes", &[]),
                source.n_footnotes.to_string(),
            ),
            (say(language, "column-file", &[]), source.file_name.clone()),
            (say(language, "column-by", &[]), source.added_by.clone()),
            (
                say(language, "column-at", &[]),
                terminal::moment(source.added_at),
            ),
            ("SHA-256".to_owned(), source.content_hash.clone()),
        ];
        lines.extend(fields.map(|(name, value)| format!("{name}: {value}")));
        terminal::print(&format!("{}\n", lines.join("\n")))
    }
}
