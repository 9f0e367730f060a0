//! The door: one place through which everything that Discord tells comes in.
//!
//! What it lets in is dealt with on the runtime of the libraries, not on the gateway's own, which may be stopped at any
//! moment; and it is waited for when the bot leaves.
//!
//! # Why
//!
//! *Why not poise's own framework?* It holds every event back until a set-up function has returned, and for ever if that
//! function fails. Here nothing has to be set up: what commands need is there before the first event.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use serenity::all::{Client, Context, CreateAllowedMentions, FullEvent, Interaction, ShardManager};
use serenity::framework::Framework;
use tokio::runtime::Handle;

use super::data::{Data, Failure};
use super::{commands, conversation, managing, message, press};

/// Lets events in; cheap to clone.
#[derive(Clone)]
pub(super) struct Door {
    options: Arc<poise::FrameworkOptions<Data, Failure>>,
    data: Data,
    inside: Handle,
    sessions: Arc<AtomicU64>,
    /// Those of the client that this clone stands before.
    shards: Arc<OnceLock<Arc<ShardManager>>>,
}

impl Door {
    /// A door to the runtime that this is called on.
    pub(super) fn new(data: Data) -> Self {
        let mut options = poise::FrameworkOptions {
            commands: commands::all(),
            on_error: |error| Box::pin(conversation::failed(error)),
            // The wire says the same of everything that is sent; this is for what should ever go past it.
            allowed_mentions: Some(CreateAllowedMentions::new()),
            prefix_options: poise::PrefixFrameworkOptions {
                // Else every question that begins with the bot's name is first taken for an unknown command.
                mention_as_prefix: false,
                ..Default::default()
            },
            // The bot has a cooldown of its own, which counts mentions and direct messages too.
            manual_cooldowns: true,
            initialize_owners: false,
            ..Default::default()
        };
        poise::set_qualified_names(&mut options.commands);
        Self {
            options: Arc::new(options),
            data,
            inside: Handle::current(),
            sessions: Arc::default(),
            shards: Arc::default(),
        }
    }

    /// The same door before a new client.
    pub(super) fn before_new_client(&self) -> Self {
        Self {
            shards: Arc::default(),
            ..self.clone()
        }
    }

    /// The commands.
    pub(super) fn commands(&self) -> &[poise::Command<Data, Failure>] {
        &self.options.commands
    }

    /// How many sessions began or were resumed so far.
    pub(super) fn sessions(&self) -> u64 {
        self.sessions.load(Ordering::SeqCst)
    }
}

#[serenity::async_trait]
impl Framework for Door {
    async fn init(&mut self, client: &Client) {
        self.shards
            .get_or_init(|| Arc::clone(&client.shard_manager));
    }

    async fn dispatch(&self, context: Context, event: FullEvent) {
        match event {
            FullEvent::Ready { data_about_bot } => {
                self.data.bot.get_or_init(|| data_about_bot.user.id);
                self.sessions.fetch_add(1, Ordering::SeqCst);
                let (name, servers) = (&data_about_bot.user.name, data_about_bot.guilds.len());
                let since_start = self.data.started.elapsed();
                tracing::info!(%name, servers, ?since_start, "connected");
            }
            FullEvent::Resume { .. } => {
                self.sessions.fetch_add(1, Ordering::SeqCst);
                tracing::info!("connected again");
            }
            FullEvent::Message { .. } | FullEvent::InteractionCreate { .. } => {
                self.let_in(context, event);
            }
            // What else Discord tells is for serenity's cache.
            _ => {}
        }
    }
}

impl Door {
    fn let_in(&self, context: Context, event: FullEvent) {
        let Some(guard) = self.data.gate.enter() else {
            return;
        };
        let Self {
            options,
            data,
            shards,
            ..
        } = self.clone();
        self.inside.spawn(async move {
            let _guard = guard;
            match &event {
                FullEvent::Message { new_message } => {
                    message::received(&context, &data, new_message).await;
                }
                FullEvent::InteractionCreate {
                    interaction: Interaction::Component(press),
                } => press::pressed(&context, &data, press).await,
                FullEvent::InteractionCreate {
                    interaction: Interaction::Modal(form),
                } => managing::submitted(&context, &data, form).await,
                _ => {
                    let Some(shards) = shards.get() else { return };
                    let framework = poise::FrameworkContext {
                        serenity_context: &context,
                        options: &options,
                        user_data: &data,
                        shard_manager: shards,
                    };
                    Box::pin(poise::dispatch_event(framework, event)).await;
                }
            }
        });
    }
}
