//! `sanad run`: the bot.

use std::process::ExitCode;

use crate::config::Config;
use crate::wording::say;

/// Runs the bot until it is told to leave.
#[cfg(feature = "discord")]
pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    if config.discord.token.is_none() {
        return Err(super::Said(say(super::terminal::language(), "cli-no-token", &[])).into());
    }
    let libraries = crate::library::Libraries::open(config).await?;
    crate::discord::run(config, libraries).await?;
    Ok(ExitCode::SUCCESS)
}

/// This build has no bot.
#[cfg(not(feature = "discord"))]
#[expect(clippy::unused_async, reason = "it stands for the bot's")]
pub(super) async fn run(_config: &Config) -> anyhow::Result<ExitCode> {
    Err(super::Said(say(super::terminal::language(), "cli-no-discord", &[])).into())
}
