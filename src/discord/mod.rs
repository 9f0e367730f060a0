//! discord

/// Why the bot failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {}

/// Runs the bot.
pub async fn run(
    config: &crate::config::Config,
    libraries: crate::library::Libraries,
) -> Result<(), Error> {
    todo!()
}

/// The bot's name, where Discord accepts the token.
pub async fn check(config: &crate::config::Config) -> Result<String, Error> {
    todo!()
}
