//! `sanad lexicon`: imports, lists and removes lexicons below our own.

mod files;
mod import;
mod list;
mod remove;

use std::process::ExitCode;

use clap::Subcommand;

use super::terminal;
use crate::config::Config;
use crate::source::SourceId;
use crate::wording::say;

/// The commands of `sanad lexicon`.
#[derive(Debug, Subcommand)]
pub enum Lexicon {
    /// Imports dictionaries; questions are read by them from then on
    Import(import::Import),
    /// Lists the imported lexicons
    List(list::List),
    /// Removes an imported lexicon
    Remove(remove::Remove),
}

impl Lexicon {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        match self {
            Self::Import(import) => import.run(config).await?,
            Self::List(list) => list.run(config).await?,
            Self::Remove(remove) => remove.run(config).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads the name of a lexicon from the command line; it is made as the id of a source is.
fn name(text: &str) -> Result<SourceId, String> {
    text.parse().map_err(|_| {
        let name = [("name", text.to_owned().into())];
        say(terminal::language(), "lexicon-bad-name", &name)
    })
}
