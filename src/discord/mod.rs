//! The bot.
//!
//! `serenity` and `poise` are named only here. Events come in through the door (`door.rs`), one place for all of them:
//! commands go through poise to `commands`, messages to [`message::received`], buttons to [`press::pressed`], and what
//! failed anywhere to [`conversation::failed`]. Everything that goes out goes over the [`wire`]: serenity's own `Http` in
//! a context is for nothing but its cache's sake there, since it neither retries nor knows the bot's timeouts.

mod button;
mod commands;
mod conversation;
mod cooldown;
mod data;
mod leave;
mod message;
mod press;
mod reply;
mod wire;

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
