//! `sanad source`: adds, lists and removes sources.

pub(super) mod add;
mod described;
mod diff;
mod edit;
mod fetched;
mod gather;
mod history;
mod limit;
mod list;
mod refresh;
mod remove;
mod restore;
mod show;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use comfy_table::{ContentArrangement, Table, presets};

use super::terminal;
use crate::config::Config;
use crate::library::{LOCAL, Libraries, Library};
use crate::source::SourceId;
use crate::wording::say;

/// The commands of `sanad source`.
#[derive(Debug, Subcommand)]
pub enum Source {
    /// Adds sources, or new versions of them
    Add(Box<add::Add>),
    /// Lists what the library holds
    List(list::List),
    /// Shows a source and how to cite it
    Show(show::Show),
    /// Changes what citations name of a source
    Edit(Box<edit::Edit>),
    /// Tells what changed between two versions of a source
    Diff(diff::Diff),
    /// Limits a source to channels and roles of its server
    Limit(limit::Limit),
    /// Withdraws a source; it is kept and can be restored
    Remove(remove::Remove),
    /// Brings a withdrawn source back, or makes a former version current
    Restore(restore::Restore),
    /// Asks again where a source was fetched from; what is new there becomes a new version
    Refresh(refresh::Refresh),
    /// Lists the versions of a source
    History(history::History),
}

impl Source {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        match self {
            Self::Add(add) => add.run(config).await?,
            Self::List(list) => list.run(config).await?,
            Self::Show(show) => show.run(config).await?,
            Self::Edit(edit) => edit.run(config).await?,
            Self::Diff(diff) => diff.run(config).await?,
            Self::Limit(limit) => limit.run(config).await?,
            Self::Remove(remove) => remove.run(config).await?,
            Self::Restore(restore) => restore.run(config).await?,
            Self::Refresh(refresh) => refresh.run(config).await?,
            Self::History(history) => history.run(config).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Who changes sources at the terminal, in the catalogue's words.
const BY: &str = "terminal";

/// Which library is meant.
#[derive(Debug, Args)]
struct Which {
    /// The library
    #[arg(long, default_value = LOCAL)]
    library: String,
}

impl Which {
    async fn open(&self, config: &Config) -> anyhow::Result<Library> {
        let libraries = Libraries::open(config).await?;
        super::library(&libraries, &self.library).await
    }

    /// What is said where a source is asked for that the library does not hold.
    fn missing(&self, id: &SourceId) -> anyhow::Error {
        crate::library::Error::NoSource {
            library: self.library.clone(),
            id: id.clone(),
        }
        .into()
    }
}

/// Reads the id of a source from the command line.
pub(super) fn id(text: &str) -> Result<SourceId, String> {
    text.parse().map_err(|_| {
        say(
            terminal::language(),
            "cli-unknown-source-id",
            &[("id", text.to_owned().into())],
        )
    })
}

/// A table with its head, as wide as its content in a pipe.
pub(super) fn table(head: &[String]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(head);
    if let Some((_, columns)) = console::Term::stdout().size_checked() {
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(columns);
    }
    table
}
