//! The commands are registered once, when they have changed, and not at every start.
//!
//! What was registered is remembered in the catalogue, by application and place. A registration that fails is tried again
//! in the background: the bot answers mentions and direct messages meanwhile, and the commands that Discord already has.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::data::{Data, Failure};
use super::door::Door;
use super::leave::Gate;
use super::wire::{self, Application, Wire};
use crate::catalogue::Catalogue;
use crate::config::{Config, RegisterIn};

/// Registers, in the background, what `door` knows.
pub(super) fn start(door: &Door, application: &Application, data: &Data) {
    // Through a value: its maps are sorted, so that the same commands give the same bytes.
    let commands = poise::builtins::create_application_commands(door.commands());
    let commands = match serde_json::to_value(&commands) {
        Ok(commands) => commands,
        Err(error) => return tracing::error!(%error, "the commands cannot be registered"),
    };
    let registration = Registration {
        wire: data.wire.clone(),
        catalogue: data.libraries.catalogue().clone(),
        application: application.id.get(),
        place: data.config.discord.register_in,
        commands,
    };
    tokio::spawn(registration.keep_trying(data.config.clone(), data.gate.clone()));
}

struct Registration {
    wire: Wire,
    catalogue: Catalogue,
    application: u64,
    place: RegisterIn,
    commands: Value,
}

impl Registration {
    async fn keep_trying(self, config: Arc<Config>, gate: Gate) {
        let mut pause = config
            .discord
            .restart_backoff
            .max(Duration::from_millis(100));
        loop {
            match self.run().await {
                Ok(()) => return,
                Err(failure) => {
                    let failure = anyhow::Error::from(failure);
                    tracing::error!(?pause, "the commands were not registered: {failure:#}");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(wire::jittered(pause)) => {}
                () = gate.closed() => return,
            }
            pause = (pause * 2).min(config.discord.restart_backoff_max.max(pause));
        }
    }

    async fn run(&self) -> Result<(), Failure> {
        let place_key = format!("discord.{}.registered_in", self.application);
        let former = self.catalogue.remembered(&place_key).await?;
        let former = former.as_deref().and_then(place_of);
        if let Some(former @ RegisterIn::Guild(_)) = former
            && former != self.place
        {
            self.clear(former).await?;
        }
        if former != Some(self.place) {
            // Before it is true: what is cleared in vain does no harm, what is forgotten stays for ever.
            let place = name_of(self.place);
            self.catalogue.remember(&place_key, &place).await?;
        }
        self.register(self.place, &self.commands).await
    }

    /// Takes the commands out of a server where they were tried out: else it would be offered each of them twice.
    async fn clear(&self, place: RegisterIn) -> Result<(), Failure> {
        match self.register(place, &Value::Array(Vec::new())).await {
            // The bot is not there any more, and neither are its commands.
            Err(Failure::Discord(error)) if matches!(wire::status(&error), Some(403 | 404)) => {
                Ok(())
            }
            cleared => cleared,
        }
    }

    /// Registers commands in a place, unless these are the ones that were registered there last.
    async fn register(&self, place: RegisterIn, commands: &Value) -> Result<(), Failure> {
        let key = format!("discord.{}.commands.{}", self.application, name_of(place));
        let hash = hash(commands);
        if self.catalogue.remembered(&key).await?.as_ref() == Some(&hash) {
            tracing::debug!(
                place = name_of(place),
                "the commands are registered already"
            );
            return Ok(());
        }
        self.wire.register(place, commands).await?;
        self.catalogue.remember(&key, &hash).await?;
        tracing::info!(place = name_of(place), "the commands are registered");
        Ok(())
    }
}

fn hash(commands: &Value) -> String {
    format!("{:x}", Sha256::digest(commands.to_string()))
}

fn name_of(place: RegisterIn) -> String {
    match place {
        RegisterIn::Global => "global".to_owned(),
        RegisterIn::Guild(guild) => guild.to_string(),
    }
}

fn place_of(name: &str) -> Option<RegisterIn> {
    match name {
        "global" => Some(RegisterIn::Global),
        _ => name.parse().ok().map(RegisterIn::Guild),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_names() {
        for place in [RegisterIn::Global, RegisterIn::Guild(42)] {
            assert_eq!(place_of(&name_of(place)), Some(place));
        }
        assert_eq!(place_of("here"), None);
    }

    #[test]
    fn other_commands_have_another_hash() {
        let (one, other) = (serde_json::json!([{"name": "ask"}]), serde_json::json!([]));
        assert_ne!(hash(&one), hash(&other));
        assert_eq!(hash(&one).len(), 64);
    }
}
