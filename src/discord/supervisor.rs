//! The supervisor: holds one client of the gateway at a time, stops the one that goes wrong, starts the next after a
//! pause.
//!
//! What a newcomer would get wrong: a client of serenity's has no end. Its tasks hold each other alive, wait for each
//! other for seconds, and one whose connection is gone for good may turn in circles without a pause. So each client gets
//! a runtime of its own, and is stopped by stopping that; answers are made and sent on another one, and notice nothing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret as _, SecretString};
use serenity::all::{
    ClientBuilder, GatewayError, GatewayIntents, HttpBuilder, ShardId, ShardManager,
};
use serenity::cache::Settings;
use tokio::runtime::{self, Runtime};
use tokio::sync::oneshot;
use tokio::task::{JoinError, JoinHandle};

use super::Error;
use super::door::Door;
use super::identify::Budget;
use super::leave::Gate;
use super::turnstile::{Passes, Turnstile};
use super::wire::{self, Wire};
use crate::config;

/// What the bot wants to hear of. None of them is privileged: a message's content comes with what addresses the bot.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES);
/// How often a connection may pass while no session stands: what waits shall not wait long.
const TURN_WHILE_CONNECTING: Duration = Duration::from_millis(10);
/// How often otherwise: what is lost is resumed after that time at most.
const TURN_WHILE_CONNECTED: Duration = Duration::from_millis(100);
/// How often it is seen whether the bot may identify itself again.
const TURN_WITHOUT_BUDGET: Duration = Duration::from_secs(1);
/// How long a client may take to say good-bye.
const FAREWELL: Duration = Duration::from_millis(500);

/// Holds the bot's connection to the gateway.
pub(super) struct Supervisor {
    config: config::Discord,
    token: SecretString,
    wire: Wire,
    door: Door,
    gate: Gate,
    budget: Budget,
    /// How many clients in a row were not well.
    failures: u32,
    /// Whether the client at hand was let pass to identify itself, which is not noted yet.
    identifies: bool,
    /// How many sessions there had been when it was let pass.
    sessions_before: u64,
}

/// How a client ended.
enum End {
    /// It connected again and again.
    Storm {
        /// How often.
        reconnects: usize,
    },
    /// It ended by itself.
    Ended(Option<Box<serenity::Error>>),
    /// No other client would fare better.
    Final(Error),
}

impl Supervisor {
    pub(super) fn new(
        config: &config::Discord,
        token: &SecretString,
        wire: Wire,
        door: Door,
        gate: Gate,
        budget: Budget,
    ) -> Self {
        Self {
            config: config.clone(),
            token: token.clone(),
            wire,
            door,
            gate,
            budget,
            failures: 0,
            identifies: false,
            sessions_before: 0,
        }
    }

    /// Keeps the bot connected until the gate is closed, which is no error.
    pub(super) async fn run(mut self, mut address: String) -> Result<(), Error> {
        let gate = self.gate.clone();
        loop {
            let opened = Connection::open(&self.config, &self.token, &self.door, address);
            let mut connection = tokio::select! {
                opened = opened => opened?,
                () = gate.closed() => return Ok(()),
            };
            let end = tokio::select! {
                end = self.attend(&mut connection) => end,
                () = gate.closed() => {
                    self.note_identify(&connection).await;
                    connection.farewell(self.config.shutdown).await;
                    return Ok(());
                }
            };
            self.note_identify(&connection).await;
            self.identifies = false;
            drop(connection);
            match end {
                End::Final(error) => return Err(error),
                End::Storm { reconnects } => {
                    tracing::warn!(
                        reconnects,
                        "a storm of reconnects: the gateway's client is stopped"
                    );
                }
                End::Ended(Some(error)) => {
                    let error = anyhow::Error::from(*error);
                    tracing::warn!("the gateway's client has ended: {error:#}");
                }
                End::Ended(None) => tracing::warn!("the gateway's client has ended"),
            }
            address = tokio::select! {
                address = self.pause_and_ask() => address,
                () = gate.closed() => return Ok(()),
            };
        }
    }

    /// Waits out the pause, and then asks where the gateway is, until Discord says it.
    async fn pause_and_ask(&mut self) -> String {
        loop {
            let exponential = self.config.restart_backoff * 2_u32.saturating_pow(self.failures);
            let longest = self.config.restart_backoff_max;
            let pause = wire::jittered(exponential.min(longest)).min(longest);
            self.failures = self.failures.saturating_add(1);
            tracing::info!(
                ?pause,
                "the gateway's client is started again after a pause"
            );
            tokio::time::sleep(pause).await;
            match self.wire.gateway().await {
                Ok(address) => return address,
                Err(error) => {
                    let error = anyhow::Error::from(error);
                    tracing::warn!("Discord does not say where the gateway is: {error:#}");
                }
            }
        }
    }

    /// Lets a client's connections pass, and counts them, until it ends or has to be stopped.
    async fn attend(&mut self, connection: &mut Connection) -> End {
        let mut passes = Passes::new(self.config.reconnect_window, self.config.reconnect_limit);
        let before = self.door.sessions();
        let mut at_pass = before;
        self.sessions_before = before;
        self.identifies = false;
        let mut turn = TURN_WHILE_CONNECTING;
        loop {
            tokio::select! {
                () = tokio::time::sleep(turn) => {}
                ended = &mut connection.ended => return End::of(ended),
            }
            let sessions = self.door.sessions();
            let connected = sessions > at_pass;
            turn = if connected {
                TURN_WHILE_CONNECTED
            } else {
                TURN_WHILE_CONNECTING
            };
            // serenity lists a shard when its connection stands, takes it out before it connects anew to identify itself,
            // and leaves it there to resume.
            let listed = connection.is_listed().await;
            self.note_identify(connection).await;
            if !listed && let Some(wait) = self.has_to_wait() {
                turn = wait.min(TURN_WITHOUT_BUDGET);
                continue;
            }
            if !connection.turnstile.turn().await {
                continue;
            }
            let now = Instant::now();
            passes.count(now, connected);
            if passes.were_calm() {
                self.failures = 0;
            }
            self.identifies |= !listed;
            at_pass = self.door.sessions();
            self.sessions_before = at_pass;
            // The client after one that failed is on probation until it has a session.
            let probation = (self.failures > 0 && at_pass == before).then_some(1);
            if passes.are_storm(now, probation) {
                let reconnects = passes.reconnects();
                return End::Storm { reconnects };
            }
        }
    }

    /// Notes that the client has identified itself, where its connection stands or a session came of it: a gateway that
    /// cannot be reached costs nothing. Asked again when a client is left, since it may have done so a moment ago.
    async fn note_identify(&mut self, connection: &Connection) {
        self.budget.settle().await;
        let has_session = self.door.sessions() > self.sessions_before;
        if self.identifies && (has_session || connection.is_listed().await) {
            // First: this is broken off where the bot leaves meanwhile, and it is asked again then.
            self.identifies = false;
            self.budget.spend().await;
        }
    }

    /// How long until the bot may identify itself, where it may not now; the log says it once.
    fn has_to_wait(&mut self) -> Option<Duration> {
        let wait = Some(self.budget.wait()).filter(|wait| !wait.is_zero());
        if wait.is_some() != self.budget.is_told {
            self.budget.is_told = wait.is_some();
            if let Some(wait) = wait {
                let most = self.config.identify_per_day;
                tracing::error!(
                    "the bot has identified itself {most} times in 24 hours (discord.identify_per_day); \
                     it waits {wait:?} before it connects again"
                );
            }
        }
        wait
    }
}

impl End {
    fn of(ended: Result<Result<(), serenity::Error>, JoinError>) -> Self {
        match ended {
            Ok(Ok(())) | Err(_) => Self::Ended(None),
            Ok(Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication))) => {
                Self::Final(Error::TokenRefused)
            }
            Ok(Err(serenity::Error::Gateway(
                GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents,
            ))) => Self::Final(Error::IntentsRefused),
            Ok(Err(error)) => Self::Ended(Some(Box::new(error))),
        }
    }
}

/// A client with its runtime; dropped, all of it stops.
struct Connection {
    runtime: Option<Runtime>,
    ended: JoinHandle<Result<(), serenity::Error>>,
    turnstile: Turnstile,
    shards: Arc<ShardManager>,
}

impl Connection {
    /// Starts a client; it connects once it is let through the turnstile.
    async fn open(
        config: &config::Discord,
        token: &SecretString,
        door: &Door,
        address: String,
    ) -> Result<Self, Error> {
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("gateway")
            .enable_all()
            .build()
            .map_err(Error::System)?;
        let http = HttpBuilder::new(wire::bare(token.expose_secret()))
            .client(wire::client(config.timeout).map_err(Error::of(&config.api_url))?)
            // With its rate limiter on, serenity sends the token to the real Discord whatever the base is.
            .proxy(&config.api_url)
            .ratelimiter_disabled(true)
            .build();
        let mut cache = Settings::default();
        cache.max_messages = 0;
        cache.cache_users = false;
        let builder = ClientBuilder::new_with_http(http, INTENTS)
            .cache_settings(cache)
            .framework(door.before_new_client());
        let (tell, told) = oneshot::channel();
        let ended = runtime.spawn(async move {
            let mut client = builder.await?;
            let turnstile = Turnstile::take(Arc::clone(&client.ws_url), address).await;
            // Who is not there to be told has dropped this runtime.
            let _ = tell.send((turnstile, Arc::clone(&client.shard_manager)));
            client.start().await
        });
        let Ok((turnstile, shards)) = told.await else {
            runtime.shutdown_background();
            let cause = std::io::Error::other("the gateway's client does not start");
            return Err(Error::System(cause));
        };
        Ok(Self {
            runtime: Some(runtime),
            ended,
            turnstile,
            shards,
        })
    }

    /// Whether serenity lists the shard.
    async fn is_listed(&self) -> bool {
        self.shards.has(ShardId(0)).await
    }

    /// Tells Discord that the bot leaves, if that is quickly done.
    async fn farewell(self, within: Duration) {
        let shards = Arc::clone(&self.shards);
        let Some(runtime) = &self.runtime else { return };
        let farewell = runtime.spawn(async move { shards.shutdown_all().await });
        let _ = tokio::time::timeout(within.min(FAREWELL), farewell).await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
