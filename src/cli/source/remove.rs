//! `sanad source remove`: withdraws a source.

use clap::Args;

use super::super::terminal;
use super::{BY, Which, id};
use crate::config::Config;
use crate::source::SourceId;
use crate::wording::say;

/// The arguments of `sanad source remove`.
#[derive(Debug, Args)]
pub struct Remove {
    #[command(flatten)]
    which: Which,
    /// The source
    #[arg(value_parser = id)]
    id: SourceId,
}

impl Remove {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        self.which.open(config).await?.remove(&self.id, BY).await?;
        let sentence = say(
            terminal::language(),
            "source-removed",
            &[("id", self.id.to_string().into())],
        );
        terminal::print(&format!("{sentence}\n"))
    }
}
