//! `sanad source restore`: brings a withdrawn source back, or makes a former version current.

use clap::Args;

use super::super::{Said, terminal};
use super::{BY, Which, id};
use crate::config::Config;
use crate::source::SourceId;
use crate::wording::say;

/// The arguments of `sanad source restore`.
#[derive(Debug, Args)]
pub struct Restore {
    #[command(flatten)]
    which: Which,
    /// The source
    #[arg(value_parser = id)]
    id: SourceId,
    /// The version; else the newest
    #[arg(long)]
    version: Option<u32>,
}

impl Restore {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let language = terminal::language();
        let id = ("id", self.id.to_string().into());
        let Some(record) = self
            .which
            .open(config)
            .await?
            .restore(&self.id, self.version, BY)
            .await?
        else {
            return Err(Said(say(language, "source-no-version", &[id])).into());
        };
        let sentence = say(
            language,
            "source-restored",
            &[id, ("version", record.version.into())],
        );
        terminal::print(&format!("{sentence}\n"))
    }
}
