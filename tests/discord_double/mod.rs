//! A Discord on 127.0.0.1, for tests that start the real bot and use it as people do.
//!
//! The double speaks REST and gateway as strictly as Discord: what Discord would refuse is refused with Discord's code,
//! and noted. It is driven through people, who act and see; what they saw is the transcript.
//!
//! # Example
//!
//! ```ignore
//! let double = Double::start().await;
//! let guild = double.guild("مكتبة");
//! let general = guild.channel("general");
//! let ana = guild.member("Ana").with_locale("en-GB");
//! let mut bot = Command::new(env!("CARGO_BIN_EXE_sanad")).arg("run").envs(double.environment()).spawn()?;
//!
//! let reply = ana.slash("ask", &[("question", "متى تأسست؟")]).await;   // waits for the bot to start, and to answer
//! insta::assert_snapshot!(reply, @"…");                                 // as Ana sees it
//! let sources = ana.press(&reply, "Sources").await;                     // a label or a custom id
//! assert!(sources.is_ephemeral());
//! let follow = ana.reply_to(ana.mention(&general, "and now?").await.message(), "why?").await;
//! assert!(reply.latency.unwrap() < Duration::from_secs(1));
//!
//! double.gateway().drops();                                             // the bot resumes
//! double.next(1, "POST /channels/*/messages", Trouble::Status(502));
//!
//! insta::assert_snapshot!(double.transcript(), @"…");
//! assert_eq!(double.violations(), [""; 0]);
//! ```
//!
//! # What a newcomer would get wrong
//!
//! - **Acts wait.** A command waits until the bot has registered it, then for the callback, then for the end of a
//!   deferral. Everything is bounded by [`Double::has_patience`] (10 s). What only happens is a verb in the third person
//!   (`says`, `deletes`) and waits for nothing.
//! - **Unanswered is a value.** A reply that never came has no messages; asking it for one fails with the transcript.
//! - **The person's client is here too**: pressing a disabled button or leaving out a required option panics.
//! - **Violations are the assertion.** Every test ends by asking for them. Troubles that a test planned are not among
//!   them; refusals that a test provoked are, and are taken out with [`Double::take_violations`].
//! - **Message content** follows the rule without the privileged intent: only what addresses the bot can be read.
//! - **Embeds without the permission**: a channel message loses them, or is 50013 when nothing else is in it. In answers
//!   to interactions Discord always grants them; [`Channel::strips_embeds_from_interaction_replies`] is the harsher rule.
//! - **Mentions** are worked out from the content and `allowed_mentions`, and the bot may ping everyone here: a bot that
//!   forgets `allowed_mentions` shows it in [`Message::pings`].
//! - Ids are real snowflakes of the present, so nothing may be asserted about them.
//!
//! # Why
//!
//! *Why an own listener and router instead of a mocking library?* The state is the point: what was posted must be there
//! to be edited, an interaction may be answered once, an ephemeral message is nobody else's. *Why a deadline of real
//! time?* The bot's own three seconds are real. [`Double::gives_the_bot`] changes them for a slow machine.

#![allow(dead_code, reason = "no single test uses every knob")]
#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "texts for reading, where speed is nothing"
)]

mod cdn;
mod commands;
mod gateway;
mod interactions;
mod limits;
mod messages;
mod multipart;
mod payload;
pub(crate) mod permission;
mod person;
mod refusal;
mod reply;
mod routes;
mod server;
mod transcript;
mod trouble;
mod world;

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use self::{
    cdn::{File, Shelf},
    server::Backstage,
    trouble::Planned,
    world::{Audience, BOT, BOT_NAME, Shared, TOKEN, World, intent},
};
#[allow(unused_imports, reason = "no single test names every type")]
pub(crate) use self::{
    gateway::{Gateway, Malformed},
    person::Person,
    reply::{Message, Modal, OnScreen, Reply},
    trouble::Trouble,
    world::Id,
};

/// A running double. Dropping it ends its servers.
pub(crate) struct Double {
    backstage: Backstage,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Double {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Starting, and what the bot needs to find it.
impl Double {
    /// Starts REST, gateway and file server, each on a free port of 127.0.0.1.
    pub(crate) async fn start() -> Self {
        let (api, gateway, cdn) = (listen().await, listen().await, listen().await);
        let world = World::new(
            address("http", &api),
            address("ws", &gateway),
            address("http", &cdn),
        );
        let backstage = Backstage {
            shared: Shared::new(world),
            shelf: Shelf::default(),
        };
        let tasks = vec![
            server::serve(api, backstage.clone()),
            gateway::serve(gateway, backstage.shared.clone()),
            cdn::serve(cdn, backstage.shelf.clone()),
        ];
        Self { backstage, tasks }
    }

    /// The base address, without a path.
    pub(crate) fn url(&self) -> String {
        self.backstage.shared.read(|world| world.api.clone())
    }

    /// `host:port` of the file server.
    pub(crate) fn cdn_host(&self) -> String {
        self.backstage
            .shared
            .read(|world| world.cdn.trim_start_matches("http://").to_owned())
    }

    /// The token that is accepted.
    pub(crate) const TOKEN: &str = TOKEN;

    /// The bot's user and application id.
    pub(crate) const BOT: Id = BOT;

    /// The environment that points the bot here.
    pub(crate) fn environment(&self) -> [(&'static str, String); 2] {
        [
            ("SANAD_DISCORD__API_URL", self.url()),
            ("DISCORD_TOKEN", TOKEN.to_owned()),
        ]
    }
}

/// The scene.
impl Double {
    /// A new server with the bot in it and one channel, `general`.
    pub(crate) fn guild(&self, name: &str) -> Guild {
        self.new_guild(name, true)
    }

    /// A new server without the bot: its people bring the app themselves.
    pub(crate) fn foreign_guild(&self, name: &str) -> Guild {
        self.new_guild(name, false)
    }

    fn new_guild(&self, name: &str, has_bot: bool) -> Guild {
        let id = self
            .backstage
            .shared
            .change(|world| world.new_guild(name, has_bot));
        Guild {
            backstage: self.backstage.clone(),
            id,
        }
    }

    /// A file to be attached; its address is on the double's file server.
    pub(crate) fn file(
        &self,
        name: &str,
        content_type: &str,
        bytes: impl Into<Vec<u8>>,
    ) -> Attachment {
        let bytes = bytes.into();
        let (id, path) = self.backstage.shared.change(|world| {
            let attachment = routes::attachment(world, 1, name, Some(content_type), bytes.len());
            let id = payload::id(&attachment["id"]).unwrap_or_default();
            let path = attachment["proxy_url"]
                .as_str()
                .unwrap_or_default()
                .trim_start_matches(&world.cdn)
                .to_owned();
            world.attachments.insert(id, attachment);
            (id, path)
        });
        self.backstage.shelf.put(
            &path,
            File {
                content_type: content_type.to_owned(),
                bytes,
                gone: false,
            },
        );
        Attachment {
            backstage: self.backstage.clone(),
            id,
            path,
        }
    }

    /// The gateway with its counters and knobs.
    pub(crate) fn gateway(&self) -> Gateway {
        Gateway {
            shared: self.backstage.shared.clone(),
        }
    }
}

/// Knobs.
impl Double {
    /// Plans a trouble for the next requests that match `METHOD /path/*`; see [`Trouble`].
    pub(crate) fn next(&self, times: usize, pattern: &str, trouble: Trouble) {
        let planned = Planned {
            pattern: pattern.to_owned(),
            left: times,
            trouble,
        };
        self.backstage
            .shared
            .change(|world| world.troubles.push(planned));
    }

    /// Forgets the planned troubles.
    pub(crate) fn no_more_trouble(&self) {
        self.backstage.shared.change(|world| world.troubles.clear());
    }

    /// How long the bot has for its first response (3 s).
    pub(crate) fn gives_the_bot(&self, deadline: Duration) {
        self.backstage
            .shared
            .change(|world| world.deadline = deadline);
    }

    /// How long people and tests wait for everything else (10 s).
    pub(crate) fn has_patience(&self, patience: Duration) {
        self.backstage
            .shared
            .change(|world| world.patience = patience);
    }

    /// Leaves the optional `channel` out of interactions from now on.
    pub(crate) fn sends_no_channel_objects(&self) {
        self.backstage
            .shared
            .change(|world| world.sends_channels = false);
    }

    /// Lets the tokens of all interactions so far expire, as fifteen minutes would.
    pub(crate) fn expires_tokens(&self) {
        self.backstage.shared.change(|world| {
            world
                .interactions
                .values_mut()
                .for_each(|asked| asked.expired = true);
        });
    }
}

/// The record.
impl Double {
    /// What everybody did and saw, in order.
    pub(crate) fn transcript(&self) -> String {
        self.backstage
            .shared
            .read(|world| transcript::render(world, None))
    }

    /// Begins the transcript anew.
    pub(crate) fn clear_transcript(&self) {
        self.backstage.shared.change(|world| world.log.clear());
    }

    /// Every request and frame that Discord would not have accepted, one line each.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.backstage.shared.read(|world| world.violations.clone())
    }

    /// The violations so far, which are then forgotten.
    pub(crate) fn take_violations(&self) -> Vec<String> {
        self.backstage
            .shared
            .change(|world| std::mem::take(&mut world.violations))
    }

    /// The bodies of all requests that match `METHOD /path/*`, null where there was none.
    pub(crate) fn requests(&self, pattern: &str) -> Vec<Value> {
        self.backstage.shared.read(|world| {
            let matching = world
                .requests
                .iter()
                .filter(|seen| trouble::matches(pattern, &seen.method, &seen.path));
            matching.map(|seen| seen.body.clone()).collect()
        })
    }

    /// Waits until at least so many requests that match have come.
    pub(crate) async fn requested(&self, times: usize, pattern: &str) -> bool {
        let shared = &self.backstage.shared;
        let patience = shared.read(|world| world.patience);
        let enough = |world: &World| {
            let matching = world
                .requests
                .iter()
                .filter(|seen| trouble::matches(pattern, &seen.method, &seen.path));
            (matching.count() >= times).then_some(())
        };
        shared.until(patience, enough).await.is_some()
    }

    /// The globally registered commands, as Discord gives them.
    pub(crate) fn commands(&self) -> Vec<Value> {
        self.backstage
            .shared
            .read(|world| world.commands.global.clone())
    }

    /// How many times a whole list of commands was put, refused ones included.
    pub(crate) fn n_command_puts(&self) -> usize {
        self.backstage.shared.read(|world| world.commands.n_puts)
    }

    /// The message as it stands now, unless it is gone.
    pub(crate) fn message(&self, id: Id) -> Option<Message> {
        self.backstage.shared.read(|world| {
            world
                .messages
                .get(&id)
                .filter(|stored| !stored.deleted)
                .map(|stored| Message::of(world, stored))
        })
    }

    /// Whether the bot shows nothing new and changes nothing for that long.
    pub(crate) async fn stays_quiet(&self, time: Duration) -> bool {
        let state = |world: &World| {
            let own = world
                .messages
                .values()
                .filter(|stored| stored.author == BOT);
            own.map(|stored| (stored.id, stored.version))
                .collect::<Vec<_>>()
        };
        let before = self.backstage.shared.read(state);
        self.backstage
            .shared
            .until(time, |world| (state(world) != before).then_some(()))
            .await
            .is_none()
    }

    /// Waits until the bot has been quiet for that long; false when it never is, within patience.
    pub(crate) async fn settles(&self, quiet: Duration) -> bool {
        let patience = self.backstage.shared.read(|world| world.patience);
        let wait = async { while !self.stays_quiet(quiet).await {} };
        tokio::time::timeout(patience, wait).await.is_ok()
    }

    /// The bytes behind an attachment's address, the bot's uploads included.
    pub(crate) fn download(&self, attachment: &Value) -> Option<Vec<u8>> {
        let cdn = self.backstage.shared.read(|world| world.cdn.clone());
        let path = attachment["proxy_url"].as_str()?.strip_prefix(&cdn)?;
        self.backstage.shelf.get(path).map(|file| file.bytes)
    }
}

/// A server.
#[derive(Clone)]
pub(crate) struct Guild {
    backstage: Backstage,
    id: Id,
}

impl Guild {
    /// The server's id.
    pub(crate) fn id(&self) -> Id {
        self.id
    }

    /// The text channel of that name, made when first named.
    pub(crate) fn channel(&self, name: &str) -> Channel {
        let id = self.backstage.shared.change(|world| {
            let known = world
                .channels
                .values()
                .find(|channel| channel.guild == Some(self.id) && channel.name == name);
            match known.map(|channel| channel.id) {
                Some(id) => id,
                None => world.new_channel(Some(self.id), name, 0, Vec::new()),
            }
        });
        Channel {
            backstage: self.backstage.clone(),
            id,
        }
    }

    /// The person of that name as a member here, standing in `general`; the same name elsewhere is the same person.
    pub(crate) fn member(&self, name: &str) -> Person {
        let channel = self.channel("general").id;
        let id = self.backstage.shared.change(|world| {
            let id = world.user_named(name);
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.members.entry(id).or_default();
            }
            id
        });
        Person {
            backstage: self.backstage.clone(),
            id,
            channel,
        }
    }

    /// A member who may manage the server and its messages.
    pub(crate) fn moderator(&self, name: &str) -> Person {
        self.member(name)
            .permitted(permission::MANAGE_GUILD | permission::MANAGE_MESSAGES)
    }

    /// A new role.
    pub(crate) fn role(&self, name: &str, permissions: u64) -> Role {
        let id = self.backstage.shared.change(|world| {
            let id = world.next_id();
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.roles.push(world::Role {
                    id,
                    name: name.to_owned(),
                    permissions,
                });
            }
            id
        });
        Role { id, guild: self.id }
    }

    /// Sets the server's language.
    #[track_caller]
    pub(crate) fn with_locale(self, locale: &str) -> Self {
        let known = limits::LOCALES.into_iter().find(|known| *known == locale);
        let known = known.unwrap_or_else(|| panic!("Discord has no locale `{locale}`"));
        self.backstage.shared.change(|world| {
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.locale = known;
            }
        });
        self
    }

    /// Throws the bot out.
    pub(crate) fn removes_bot(&self) {
        self.backstage.shared.change(|world| {
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.has_bot = false;
                guild.members.remove(&BOT);
            }
            let gone = json!({"id": self.id.to_string()});
            world.dispatch(
                "GUILD_DELETE",
                &gone,
                Audience::Guild(self.id, intent::GUILDS),
                None,
            );
        });
    }

    /// Invites the bot.
    pub(crate) fn adds_bot(&self) {
        self.backstage.shared.change(|world| {
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.has_bot = true;
                let role = guild
                    .roles
                    .iter()
                    .find(|role| role.name == BOT_NAME)
                    .map(|role| role.id);
                guild.members.insert(BOT, role.into_iter().collect());
            }
            world.announce_guild(self.id);
        });
    }

    /// Discord loses sight of the server for a while; the bot is still a member.
    pub(crate) fn suffers_outage(&self) {
        self.backstage.shared.change(|world| {
            let gone = json!({"id": self.id.to_string(), "unavailable": true});
            world.dispatch(
                "GUILD_DELETE",
                &gone,
                Audience::Guild(self.id, intent::GUILDS),
                None,
            );
        });
    }

    /// The commands registered for this server alone.
    pub(crate) fn commands(&self) -> Vec<Value> {
        self.backstage.shared.read(|world| {
            world
                .commands
                .of_guild
                .get(&self.id)
                .cloned()
                .unwrap_or_default()
        })
    }
}

/// A role of a server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Role {
    id: Id,
    guild: Id,
}

impl Role {
    /// The role's id, as an option of type «role» takes it.
    pub(crate) fn id(&self) -> Id {
        self.id
    }
}

/// A channel.
#[derive(Clone)]
pub(crate) struct Channel {
    backstage: Backstage,
    id: Id,
}

impl Channel {
    /// The channel's id, as an option of type «channel» takes it.
    pub(crate) fn id(&self) -> Id {
        self.id
    }

    /// A new thread in this channel.
    pub(crate) fn thread(&self, name: &str) -> Self {
        let id = self
            .backstage
            .shared
            .change(|world| world.new_thread(self.id, name));
        Self {
            backstage: self.backstage.clone(),
            id,
        }
    }

    /// Deletes the channel.
    pub(crate) fn is_deleted(&self) {
        self.backstage.shared.change(|world| {
            let payload = payload::channel(world, self.id);
            let Some(channel) = world.channels.get_mut(&self.id) else {
                return;
            };
            channel.gone = true;
            if let Some(guild) = channel.guild {
                let audience = Audience::Guild(guild, intent::GUILDS);
                world.dispatch("CHANNEL_DELETE", &payload, audience, None);
            }
        });
    }

    /// Takes exactly these permissions from the bot here (0 gives all back).
    pub(crate) fn denies_bot(&self, permissions: u64) {
        self.backstage.shared.change(|world| {
            let Some(channel) = world.channels.get_mut(&self.id) else {
                return;
            };
            channel.bot_denied = permissions;
            if let Some(guild) = channel.guild {
                let payload = payload::channel(world, self.id);
                world.dispatch(
                    "CHANNEL_UPDATE",
                    &payload,
                    Audience::Guild(guild, intent::GUILDS),
                    None,
                );
            }
        });
    }

    /// Strips embeds from the answers to interactions here, and says so in `app_permissions`.
    ///
    /// Discord grants `EMBED_LINKS` in every such answer; this is for a bot that shall not rely on it.
    pub(crate) fn strips_embeds_from_interaction_replies(&self) {
        self.backstage.shared.change(|world| {
            if let Some(channel) = world.channels.get_mut(&self.id) {
                channel.strips_replies = true;
            }
        });
    }

    /// What everybody did and saw here.
    pub(crate) fn transcript(&self) -> String {
        self.backstage
            .shared
            .read(|world| transcript::render(world, Some(self.id)))
    }

    /// The messages that everybody sees here, oldest first.
    pub(crate) fn messages(&self) -> Vec<Message> {
        self.backstage.shared.read(|world| {
            let here = world
                .messages
                .values()
                .filter(|stored| stored.channel == self.id);
            let seen = here.filter(|stored| !stored.deleted && !stored.is_ephemeral());
            seen.map(|stored| Message::of(world, stored)).collect()
        })
    }

    /// Waits for a message of the bot that holds this text, wherever in it; fails when none comes.
    pub(crate) async fn message_with(&self, text: &str) -> Message {
        let shared = &self.backstage.shared;
        let patience = shared.read(|world| world.patience);
        let find = |world: &World| {
            let own = world
                .messages
                .values()
                .filter(|stored| stored.channel == self.id && stored.author == BOT);
            let shown = own.filter(|stored| !stored.deleted && !stored.is_ephemeral());
            shown
                .map(|stored| Message::of(world, stored))
                .find(|message| message.to_string().contains(text))
        };
        let found = shared.until(patience, find).await;
        found.unwrap_or_else(|| {
            panic!(
                "no message with «{text}» came.\n{}",
                reply::circumstances(shared)
            )
        })
    }

    /// How often the bot was seen typing here.
    pub(crate) fn n_typing(&self) -> usize {
        self.backstage
            .shared
            .read(|world| world.channels[&self.id].n_typing)
    }
}

/// A file that a person can attach.
#[derive(Clone)]
pub(crate) struct Attachment {
    backstage: Backstage,
    id: Id,
    path: String,
}

impl Attachment {
    /// The value of an option of type «attachment».
    pub(crate) fn value(&self) -> String {
        self.id.to_string()
    }

    /// Announces another size than the file has.
    pub(crate) fn announces(self, bytes: u64) -> Self {
        self.backstage.shared.change(|world| {
            if let Some(attachment) = world.attachments.get_mut(&self.id) {
                attachment["size"] = json!(bytes);
            }
        });
        self
    }

    /// Gives the file another address, such as one that nobody should fetch.
    pub(crate) fn lies_at(self, url: &str) -> Self {
        self.backstage.shared.change(|world| {
            if let Some(attachment) = world.attachments.get_mut(&self.id) {
                attachment["url"] = json!(url);
                attachment["proxy_url"] = json!(url);
            }
        });
        self
    }

    /// The address answers 404 from now on, as a link past its time.
    pub(crate) fn expires(&self) {
        if let Some(file) = self.backstage.shelf.get(&self.path) {
            self.backstage
                .shelf
                .put(&self.path, File { gone: true, ..file });
        }
    }
}

async fn listen() -> TcpListener {
    TcpListener::bind(("127.0.0.1", 0))
        .await
        .expect("a free port on 127.0.0.1")
}

fn address(scheme: &str, listener: &TcpListener) -> String {
    let address = listener
        .local_addr()
        .expect("a bound listener has an address");
    format!("{scheme}://{address}")
}
