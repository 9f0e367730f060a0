//! `sanad lexicon remove`: an imported lexicon goes.

use clap::Args;

use super::super::{Said, terminal};
use super::name;
use crate::config::Config;
use crate::library::Libraries;
use crate::source::SourceId;
use crate::wording::say;

/// The arguments of `sanad lexicon remove`.
#[derive(Debug, Args)]
pub struct Remove {
    /// The imported lexicon
    #[arg(value_parser = name)]
    name: SourceId,
}

impl Remove {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let language = terminal::language();
        let name = [("name", self.name.to_string().into())];
        if !Libraries::open(config)
            .await?
            .remove_lexicon(&self.name)
            .await?
        {
            return Err(Said(say(language, "lexicon-missing", &name)).into());
        }
        terminal::print(&format!("{}\n", say(language, "lexicon-removed", &name)))
    }
}
