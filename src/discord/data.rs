//! What every question needs at hand: the libraries, the configuration, the wire, the gate, the cooldown.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use serenity::all::UserId;

use super::attachment::Attachments;
use super::cooldown::Cooldown;
use super::leave::Gate;
use super::preference::Preferences;
use super::queue::Queue;
use super::report::Reports;
use super::thread::Threads;
use super::wire::Wire;
use crate::config::Config;
use crate::fetch::Fetcher;
use crate::library::Libraries;

/// What commands, messages and buttons share; cheap to clone.
#[derive(Clone)]
pub(super) struct Data {
    /// All libraries.
    pub(super) libraries: Libraries,
    /// The configuration.
    pub(super) config: Arc<Config>,
    /// The only thing that sends.
    pub(super) wire: Wire,
    /// Closed when the bot leaves. The door (`door.rs`) enters for each event before anything here is called, and holds
    /// its guard until that event is dealt with; who goes on after that in a task of its own takes a guard with it
    /// ([`Gate::stay`]).
    pub(super) gate: Gate,
    /// How often each person may ask.
    pub(super) cooldown: Arc<Cooldown>,
    /// In which language each wants to be spoken to.
    pub(super) preferences: Arc<Preferences>,
    /// What was answered last in each thread.
    pub(super) threads: Arc<Threads>,
    /// Fetches what people attach.
    pub(super) attachments: Attachments,
    /// Fetches what lies at web addresses.
    pub(super) fetcher: Fetcher,
    /// Whose file is read next.
    pub(super) queue: Arc<Queue>,
    /// Whose changes are being reported.
    pub(super) reports: Arc<Reports>,
    /// When the bot was started.
    pub(super) started: Instant,
    /// The bot's own id, once Discord has said it.
    pub(super) bot: Arc<OnceLock<UserId>>,
}

/// Why a question could not be dealt with. The log gets the chain, people a sentence.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The library failed.
    #[error("the library failed")]
    Library(#[from] crate::library::Error),
    /// The catalogue failed.
    #[error("the catalogue failed")]
    Catalogue(#[from] crate::catalogue::Error),
    /// Discord did not take what was sent.
    #[error("a request to Discord failed")]
    Discord(#[source] Box<serenity::Error>),
}

impl From<serenity::Error> for Failure {
    fn from(error: serenity::Error) -> Self {
        Self::Discord(Box::new(error))
    }
}
