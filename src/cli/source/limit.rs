//! `sanad source limit`: who may see a source.

use clap::Args;

use super::super::terminal;
use super::{BY, Which, id};
use crate::catalogue::Limits;
use crate::config::Config;
use crate::source::SourceId;
use crate::wording::say;

/// The arguments of `sanad source limit`.
#[derive(Debug, Args)]
pub struct Limit {
    #[command(flatten)]
    which: Which,
    /// The source
    #[arg(value_parser = id)]
    id: SourceId,
    /// The channels in which it answers, by id
    #[arg(long = "channel", value_name = "ID", required_unless_present_any = ["roles", "everybody"])]
    channels: Vec<u64>,
    /// The roles of which a person needs one, by id
    #[arg(long = "role", value_name = "ID")]
    roles: Vec<u64>,
    /// Everybody sees it, everywhere
    #[arg(long, conflicts_with_all = ["channels", "roles"])]
    everybody: bool,
}

impl Limit {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let limits = Limits {
            channels: self.channels.iter().copied().collect(),
            roles: self.roles.iter().copied().collect(),
        };
        let library = self.which.open(config).await?;
        library.limit(&self.id, &limits, BY).await?;
        let language = terminal::language();
        let id = ("id", self.id.to_string().into());
        let sentence = if limits.is_empty() {
            say(language, "source-unlimited", &[id])
        } else {
            let arguments = [
                id,
                ("channels", limits.channels.len().into()),
                ("roles", limits.roles.len().into()),
            ];
            say(language, "source-limited", &arguments)
        };
        terminal::print(&format!("{sentence}\n"))
    }
}
