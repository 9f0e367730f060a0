//! The bot.
//!
//! `serenity` and `poise` are named only here. Events come in through the `door`, one place for all of them: commands go
//! through poise to `commands`, messages to `message`, buttons to `press`, and what failed anywhere to `conversation`.
//! Everything that goes out goes over the `wire`: serenity's own `Http` in a context neither tries again nor knows that
//! nobody may be mentioned. The `supervisor` holds the connection to the gateway, and each connection passes the
//! `turnstile`.

mod attachment;
mod audit;
mod button;
mod commands;
mod conversation;
mod cooldown;
mod data;
mod delivery;
mod door;
mod failure;
mod gloss;
mod identify;
mod leave;
mod listing;
mod managing;
mod message;
mod preference;
mod press;
mod queue;
mod registration;
mod reply;
mod report;
mod rights;
mod supervisor;
mod thread;
mod turnstile;
mod viewer;
mod wire;

pub use failure::Error;

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use crate::config::Config;
use crate::fetch::Fetcher;
use crate::library::{self, Libraries};
use attachment::Attachments;
use cooldown::Cooldown;
use data::Data;
use door::Door;
use identify::Budget;
use leave::Gate;
use preference::Preferences;
use queue::Queue;
use supervisor::Supervisor;
use wire::Wire;

/// What of the crates below is never logged, as filter words for the log: serenity warns of a frame that it cannot read by
/// showing it whole, with the question in it, and its requests show their paths, with an interaction's token in them;
/// tungstenite traces the frame that identifies the bot.
pub const UNLOGGED: &str =
    "serenity::gateway::ws=off,serenity::http=off,tungstenite=off,tokio_tungstenite=off";

/// Runs the bot until the process is told to leave.
pub async fn run(config: &Config, libraries: Libraries) -> Result<(), Error> {
    let gate = Gate::new();
    leave::when_told(&gate).map_err(Error::System)?;
    let (supervisor, address) = tokio::select! {
        started = start(config, libraries, &gate) => started?,
        () = gate.closed() => return Ok(()),
    };
    let left = supervisor.run(address).await;
    gate.close();
    let n_inside = gate.empty(config.discord.shutdown).await;
    if n_inside > 0 {
        tracing::warn!("{n_inside} questions under way could not be finished in time");
    }
    left
}

/// Everything that has to be there before the first event, in order; the last thing is where the gateway is.
async fn start(
    config: &Config,
    libraries: Libraries,
    gate: &Gate,
) -> Result<(Supervisor, String), Error> {
    let started = Instant::now();
    let settings = &config.discord;
    let token = settings.token.as_ref().ok_or(Error::NoToken)?;
    let refused = Error::of(&settings.api_url);
    let wire = Wire::new(settings, token).map_err(&refused)?;

    let address = wire.gateway().await.map_err(&refused)?;
    let application = wire.application().await.map_err(&refused)?;
    tracing::info!(name = %application.name, "Discord accepts the token");

    let catalogue = libraries.catalogue().clone();
    let budget = Budget::load(&catalogue, settings.identify_per_day)
        .await
        .map_err(library::Error::Catalogue)?;

    let data = Data {
        libraries,
        config: Arc::new(config.clone()),
        wire: wire.clone(),
        gate: gate.clone(),
        cooldown: Arc::new(Cooldown::new(settings)),
        preferences: Arc::new(Preferences::new(catalogue)),
        threads: Arc::default(),
        attachments: Attachments::new(&settings.cdn).map_err(&refused)?,
        fetcher: Fetcher::new(&config.fetch),
        queue: Arc::new(Queue::new()),
        reports: Arc::default(),
        started,
        bot: Arc::new(OnceLock::new()),
    };
    let door = Door::new(data.clone());
    registration::start(&door, &application, &data);
    report::start(&data);
    let supervisor = Supervisor::new(settings, token, wire, door, gate.clone(), budget);
    Ok((supervisor, address))
}

/// The bot's name, where Discord accepts the token.
pub async fn check(config: &Config) -> Result<String, Error> {
    let settings = &config.discord;
    let token = settings.token.as_ref().ok_or(Error::NoToken)?;
    let refused = Error::of(&settings.api_url);
    let wire = Wire::new(settings, token).map_err(&refused)?;
    Ok(wire.application().await.map_err(&refused)?.name)
}
