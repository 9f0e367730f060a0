//! `sanad reindex`: the indexes anew from the catalogue.

use std::process::ExitCode;

use clap::Args;

use super::terminal;
use crate::config::Config;
use crate::library::{LOCAL, Libraries};
use crate::wording::say;

/// The arguments of `sanad reindex`.
#[derive(Debug, Args)]
pub struct Reindex {
    /// The library whose index is built anew
    #[arg(long, default_value = LOCAL)]
    library: String,
}

impl Reindex {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let language = terminal::language();
        let libraries = Libraries::open(config).await?;
        let library = super::library(&libraries, &self.library).await?;
        let name = [("library", self.library.clone().into())];
        let bar = terminal::progress(0, say(language, "progress-indexing", &name));
        library
            .reindex(&|done, all| {
                bar.set_length(all);
                bar.set_position(done);
            })
            .await?;
        bar.finish_and_clear();
        terminal::print(&format!("{}\n", say(language, "reindexed", &name)))?;
        Ok(ExitCode::SUCCESS)
    }
}
