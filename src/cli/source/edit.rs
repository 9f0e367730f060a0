//! `sanad source edit`: what citations name of a source.

use clap::Args;

use super::super::terminal;
use super::described::Described;
use super::{BY, Which, id};
use crate::config::Config;
use crate::source::SourceId;
use crate::wording::say;

/// The arguments of `sanad source edit`.
#[derive(Debug, Args)]
pub struct Edit {
    #[command(flatten)]
    which: Which,
    /// The source
    #[arg(value_parser = id)]
    id: SourceId,
    #[command(flatten)]
    described: Described,
}

impl Edit {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let library = self.which.open(config).await?;
        let metadata = self.described.metadata();
        let (record, is_new) = library.describe(&self.id, &metadata, BY).await?;
        let language = terminal::language();
        let id = ("id", self.id.to_string().into());
        let sentence = if is_new {
            say(
                language,
                "source-edited",
                &[id, ("version", record.version.into())],
            )
        } else {
            say(language, "source-edited-alike", &[id])
        };
        terminal::print(&format!("{sentence}\n"))
    }
}
