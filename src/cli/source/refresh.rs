//! `sanad source refresh`: asks again where a source was fetched from.

use std::path::Path;

use clap::Args;
use serde_json::json;

use super::super::{Said, terminal};
use super::{BY, Which, add, id, list};
use crate::config::Config;
use crate::fetch::{self, Fetcher, Refreshed, Refusal};
use crate::source::SourceId;
use crate::wording::{self, say};

/// The arguments of `sanad source refresh`.
#[derive(Debug, Args)]
pub struct Refresh {
    #[command(flatten)]
    which: Which,
    /// The source
    #[arg(value_parser = id)]
    id: SourceId,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Refresh {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let language = terminal::language();
        let library = self.which.open(config).await?;
        let fetcher = Fetcher::new(&config.fetch);
        let id = ("id", self.id.to_string().into());
        let bar = terminal::waiting(say(
            language,
            "progress-refreshing",
            std::slice::from_ref(&id),
        ));
        let refreshed = fetch::refresh(&fetcher, &library, &self.id, BY).await;
        bar.finish_and_clear();
        let refreshed = refreshed.map_err(|refusal| self.said(refusal))?;
        if self.json {
            let (record, unchanged, warnings) = match &refreshed {
                Refreshed::Unchanged(record) => (record, true, [].as_slice()),
                Refreshed::Changed(added) => {
                    (&added.record, added.unchanged, added.warnings.as_slice())
                }
            };
            let source = list::object(record);
            return terminal::print_json(
                &json!({"source": source, "unchanged": unchanged, "warnings": warnings}),
            );
        }
        let lines = match refreshed {
            Refreshed::Unchanged(_) => vec![say(language, "source-fresh", &[id])],
            Refreshed::Changed(added) => {
                let file = added.record.file_name.clone();
                add::lines(language, Path::new(&file), &added)
            }
        };
        terminal::print(&format!("{}\n", lines.join("\n")))
    }

    /// Why nothing came of it, and that nothing is lost.
    fn said(&self, refusal: Refusal) -> anyhow::Error {
        let language = terminal::language();
        let id = ("id", self.id.to_string().into());
        let cause = match refusal {
            Refusal::NotFetched { .. } => {
                return Said(say(language, "source-not-fetched", &[id])).into();
            }
            // Nothing was fetched, or what was is no matter.
            Refusal::Library(error)
                if !matches!(error, crate::library::Error::Unreadable { .. }) =>
            {
                return error.into();
            }
            Refusal::Library(error) => wording::library(language, &error),
            Refusal::Fetch(error) => wording::fetch(language, &error),
        };
        let kept = say(language, "source-kept", &[id]);
        Said(format!("{cause}\n{kept}")).into()
    }
}
