//! What the double remembers: people, servers, messages, interactions, gateway sessions, and the record of it all.
//!
//! Everything lies behind one mutex that is never held across an await; whoever waits does so on a change counter.
//! Ids are real snowflakes of the present time, as a bot may read the age of an interaction from its id.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use serde_json::{Value, json};
use tokio::sync::{mpsc::UnboundedSender, watch};

use super::{commands::Commands, payload, permission, trouble::Planned};

/// A snowflake.
pub(crate) type Id = u64;

/// The bot's user and application, one number as for every newer application.
pub(super) const BOT: Id = 1_100_000_000_000_000_001;
/// What the bot is called here.
pub(super) const BOT_NAME: &str = "Sanad";
/// A token of the right form: the bot's id, a time and a signature, all invented.
pub(super) const TOKEN: &str = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.Double.loopback-only-never-a-real-token";

/// Message flag: seen by one person only.
pub(super) const EPHEMERAL: u64 = 1 << 6;
/// Message flag: «thinking…».
pub(super) const LOADING: u64 = 1 << 7;
/// The flags that a bot may set.
pub(super) const SETTABLE: u64 = 1 << 2 | 1 << 12 | super::limits::COMPONENTS_V2;

/// Gateway intents that the double distinguishes.
pub(super) mod intent {
    pub(in super::super) const GUILDS: u64 = 1;
    pub(in super::super) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(in super::super) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(in super::super) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Members, presences and message content need Discord's consent.
    pub(in super::super) const PRIVILEGED: u64 = 1 << 1 | 1 << 8 | MESSAGE_CONTENT;
}

/// The world, shared by the servers and by the people that a test drives.
#[derive(Clone)]
pub(super) struct Shared(Arc<(Mutex<World>, watch::Sender<u64>)>);

impl Shared {
    pub(super) fn new(world: World) -> Self {
        Self(Arc::new((Mutex::new(world), watch::Sender::new(0))))
    }

    pub(super) fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the world and wakes everybody who waits for a change.
    pub(super) fn change<T>(&self, alter: impl FnOnce(&mut World) -> T) -> T {
        let result = alter(&mut self.lock());
        self.0.1.send_modify(|version| *version += 1);
        result
    }

    /// Waits until `look` finds something, at most for `limit`.
    pub(super) async fn until<T>(
        &self,
        limit: Duration,
        mut look: impl FnMut(&World) -> Option<T>,
    ) -> Option<T> {
        let mut changed = self.0.1.subscribe();
        let wait = async {
            loop {
                if let Some(found) = self.read(&mut look) {
                    return found;
                }
                if changed.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::time::timeout(limit, wait).await.ok()
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        // A test that panicked elsewhere must not hide its message behind a poisoned lock.
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A person or the bot.
#[derive(Debug, Clone)]
pub(super) struct User {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) locale: &'static str,
    pub(super) refuses_dms: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Role {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) permissions: u64,
}

#[derive(Debug, Clone)]
pub(super) struct GuildState {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) locale: &'static str,
    pub(super) owner: Id,
    pub(super) roles: Vec<Role>,
    /// Member to roles.
    pub(super) members: BTreeMap<Id, Vec<Id>>,
    /// Whether the bot is a member here.
    pub(super) has_bot: bool,
}

#[derive(Debug, Clone)]
pub(super) struct ChannelState {
    pub(super) id: Id,
    pub(super) name: String,
    /// 0 a server's text channel, 1 a direct message, 3 a group, 11 a thread.
    pub(super) kind: u64,
    pub(super) guild: Option<Id>,
    /// Of a thread: the channel that it was begun in.
    pub(super) parent: Option<Id>,
    pub(super) people: Vec<Id>,
    pub(super) bot_denied: u64,
    /// See `Channel::strips_embeds_from_interaction_replies`.
    pub(super) strips_replies: bool,
    pub(super) n_typing: usize,
    /// Deleted: nobody finds it any more.
    pub(super) gone: bool,
}

/// A message as it stands.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub(super) id: Id,
    pub(super) channel: Id,
    pub(super) author: Id,
    pub(super) content: String,
    pub(super) embeds: Vec<Value>,
    pub(super) components: Vec<Value>,
    pub(super) attachments: Vec<Value>,
    pub(super) flags: u64,
    pub(super) mentions: Vec<Id>,
    pub(super) mention_roles: Vec<Id>,
    pub(super) mention_everyone: bool,
    pub(super) reference: Option<Id>,
    pub(super) nonce: Option<Value>,
    /// The one person who sees an ephemeral message.
    pub(super) seen_by: Option<Id>,
    /// The interaction that made it.
    pub(super) token: Option<String>,
    pub(super) metadata: Option<Value>,
    pub(super) edited: bool,
    pub(super) deleted: bool,
    /// Counts every change, so that a waiting test notices one.
    pub(super) version: u64,
}

impl Stored {
    pub(super) fn new(id: Id, channel: Id, author: Id) -> Self {
        Self {
            id,
            channel,
            author,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            mention_everyone: false,
            reference: None,
            nonce: None,
            seen_by: None,
            token: None,
            metadata: None,
            edited: false,
            deleted: false,
            version: 0,
        }
    }

    pub(super) fn is_ephemeral(&self) -> bool {
        self.flags & EPHEMERAL != 0
    }

    pub(super) fn is_thinking(&self) -> bool {
        self.flags & LOADING != 0
    }
}

/// An interaction that was handed to the bot.
#[derive(Debug, Clone)]
pub(super) struct Interaction {
    pub(super) id: Id,
    pub(super) token: String,
    /// 2 command, 3 component, 4 autocomplete, 5 modal.
    pub(super) kind: u64,
    pub(super) person: Id,
    pub(super) channel: Id,
    /// The message that bears the component.
    pub(super) message: Option<Id>,
    /// The kind of the option being completed.
    pub(super) option_kind: u64,
    pub(super) made: Instant,
    /// When the frame was written to the bot's socket.
    pub(super) sent: Option<Instant>,
    /// Kind of the callback, once it came.
    pub(super) callback: Option<u64>,
    pub(super) latency: Option<Duration>,
    /// Deferred, and nothing shown since.
    pub(super) pending: bool,
    pub(super) original: Option<Id>,
    pub(super) follow_ups: Vec<Id>,
    pub(super) choices: Option<Value>,
    pub(super) modal: Option<Value>,
    pub(super) expired: bool,
    pub(super) metadata: Value,
}

/// What the gateway's writer is told to do, in order.
#[derive(Debug)]
pub(super) enum Order {
    Frame { text: String, stamp: Option<String> },
    Close(u16),
    Drop,
}

/// One session, connected or waiting to be resumed.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) intents: u64,
    pub(super) shard: (u64, u64),
    pub(super) sequence: u64,
    /// Every dispatch, for the replay.
    pub(super) sent: Vec<(u64, String, Option<String>)>,
    /// Number of the connection and its writer.
    pub(super) writer: Option<(u64, UnboundedSender<Order>)>,
}

/// The gateway's counters and knobs.
#[derive(Debug)]
pub(super) struct GatewayState {
    pub(super) n_connections: u64,
    pub(super) n_identifies: usize,
    pub(super) n_resumes: usize,
    pub(super) n_heartbeats: usize,
    pub(super) heartbeat: Duration,
    pub(super) acknowledges: bool,
    pub(super) refuses_identify: bool,
    pub(super) refuses_resume: bool,
    pub(super) storm: usize,
    pub(super) allowed_privileged: u64,
}

/// Who may hear of an event.
#[derive(Debug, Clone, Copy)]
pub(super) enum Audience {
    Guild(Id, u64),
    Direct(u64),
    Interaction(Option<Id>),
}

/// One request as it came.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) body: Value,
}

pub(super) struct World {
    pub(super) api: String,
    pub(super) gateway_url: String,
    pub(super) cdn: String,
    last_id: Id,
    pub(super) users: BTreeMap<Id, User>,
    pub(super) guilds: BTreeMap<Id, GuildState>,
    pub(super) channels: BTreeMap<Id, ChannelState>,
    pub(super) messages: BTreeMap<Id, Stored>,
    pub(super) interactions: HashMap<String, Interaction>,
    pub(super) attachments: BTreeMap<Id, Value>,
    pub(super) commands: Commands,
    pub(super) sessions: Vec<Session>,
    pub(super) gateway: GatewayState,
    pub(super) troubles: Vec<Planned>,
    pub(super) requests: Vec<Seen>,
    pub(super) violations: Vec<String>,
    /// What people did and saw, with the channel it happened in.
    pub(super) log: Vec<(Id, String)>,
    pub(super) deadline: Duration,
    pub(super) patience: Duration,
    /// See `Double::sends_no_channel_objects`.
    pub(super) sends_channels: bool,
}

impl World {
    pub(super) fn new(api: String, gateway_url: String, cdn: String) -> Self {
        let bot = User {
            id: BOT,
            name: BOT_NAME.to_owned(),
            locale: "en-US",
            refuses_dms: false,
        };
        Self {
            api,
            gateway_url,
            cdn,
            last_id: 0,
            users: BTreeMap::from([(BOT, bot)]),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            interactions: HashMap::new(),
            attachments: BTreeMap::new(),
            commands: Commands::default(),
            sessions: Vec::new(),
            gateway: GatewayState {
                n_connections: 0,
                n_identifies: 0,
                n_resumes: 0,
                n_heartbeats: 0,
                heartbeat: Duration::from_millis(41_250),
                acknowledges: true,
                refuses_identify: false,
                refuses_resume: false,
                storm: 0,
                allowed_privileged: 0,
            },
            troubles: Vec::new(),
            requests: Vec::new(),
            violations: Vec::new(),
            log: Vec::new(),
            deadline: Duration::from_secs(3),
            patience: Duration::from_secs(10),
            sends_channels: true,
        }
    }

    /// A new snowflake, later than every earlier one.
    pub(super) fn next_id(&mut self) -> Id {
        let epoch = UNIX_EPOCH + Duration::from_millis(payload::DISCORD_EPOCH);
        let since = SystemTime::now().duration_since(epoch).unwrap_or_default();
        let now = u64::try_from(since.as_millis()).unwrap_or_default() << 22;
        self.last_id = now.max(self.last_id + 1);
        self.last_id
    }

    /// The user of that name, who is made when first named.
    pub(super) fn user_named(&mut self, name: &str) -> Id {
        if let Some(known) = self.users.values().find(|user| user.name == name) {
            return known.id;
        }
        let id = self.next_id();
        self.users.insert(
            id,
            User {
                id,
                name: name.to_owned(),
                locale: "en-US",
                refuses_dms: false,
            },
        );
        id
    }

    pub(super) fn name(&self, user: Id) -> &str {
        self.users
            .get(&user)
            .map_or("someone", |user| user.name.as_str())
    }

    pub(super) fn new_guild(&mut self, name: &str, has_bot: bool) -> Id {
        let id = self.next_id();
        let owner = self.user_named("the owner");
        let everyone = Role {
            id,
            name: "@everyone".to_owned(),
            permissions: permission::MEMBER,
        };
        let bot_role = Role {
            id: self.next_id(),
            name: BOT_NAME.to_owned(),
            // The widest reasonable grant: a bot that forgets `allowed_mentions` does ping everyone here.
            permissions: permission::MEMBER | permission::MENTION_EVERYONE,
        };
        let mut members = BTreeMap::from([(owner, Vec::new())]);
        if has_bot {
            members.insert(BOT, vec![bot_role.id]);
        }
        let roles = vec![everyone, bot_role];
        let guild = GuildState {
            id,
            name: name.to_owned(),
            locale: "en-US",
            owner,
            roles,
            members,
            has_bot,
        };
        self.guilds.insert(id, guild);
        self.new_channel(Some(id), "general", 0, Vec::new());
        if has_bot {
            self.announce_guild(id);
        }
        id
    }

    /// Tells the sessions that the bot is in a guild.
    pub(super) fn announce_guild(&mut self, guild: Id) {
        let payload = payload::guild_create(self, guild);
        self.dispatch(
            "GUILD_CREATE",
            &payload,
            Audience::Guild(guild, intent::GUILDS),
            None,
        );
    }

    pub(super) fn new_channel(
        &mut self,
        guild: Option<Id>,
        name: &str,
        kind: u64,
        people: Vec<Id>,
    ) -> Id {
        let id = self.next_id();
        let channel = ChannelState {
            id,
            name: name.to_owned(),
            kind,
            guild,
            parent: None,
            people,
            bot_denied: 0,
            strips_replies: false,
            n_typing: 0,
            gone: false,
        };
        self.channels.insert(id, channel);
        if let Some(guild) = guild {
            let payload = payload::channel(self, id);
            self.dispatch(
                "CHANNEL_CREATE",
                &payload,
                Audience::Guild(guild, intent::GUILDS),
                None,
            );
        }
        id
    }

    /// A new thread in a channel of a guild.
    pub(super) fn new_thread(&mut self, parent: Id, name: &str) -> Id {
        let id = self.next_id();
        let thread = ChannelState {
            id,
            name: name.to_owned(),
            kind: 11,
            parent: Some(parent),
            strips_replies: false,
            n_typing: 0,
            ..self.channels[&parent].clone()
        };
        let guild = thread.guild;
        self.channels.insert(id, thread);
        if let Some(guild) = guild {
            let payload = payload::channel(self, id);
            self.dispatch(
                "THREAD_CREATE",
                &payload,
                Audience::Guild(guild, intent::GUILDS),
                None,
            );
        }
        id
    }

    /// The direct channel between a person and the bot.
    pub(super) fn direct_channel(&mut self, person: Id) -> Id {
        let known = self
            .channels
            .values()
            .find(|channel| channel.kind == 1 && channel.people == [person, BOT]);
        match known.map(|channel| channel.id) {
            Some(id) => id,
            None => self.new_channel(None, "DM", 1, vec![person, BOT]),
        }
    }

    /// 0 in a server, 1 in the bot's own direct messages, 2 in anybody else's.
    pub(super) fn context(&self, channel: Id) -> u64 {
        let channel = &self.channels[&channel];
        match channel.guild {
            Some(_) => 0,
            None if channel.people.contains(&BOT) => 1,
            None => 2,
        }
    }

    /// Whether the bot is here itself, not only brought by a person who installed it for themselves.
    pub(super) fn bot_is_in(&self, channel: Id) -> bool {
        let channel = &self.channels[&channel];
        match channel.guild {
            Some(guild) => self.guilds[&guild].has_bot,
            None => channel.people.contains(&BOT),
        }
    }

    /// Permissions of a member, ownership included.
    pub(super) fn permissions(&self, guild: Id, user: Id) -> u64 {
        let guild = &self.guilds[&guild];
        let own = guild.members.get(&user).cloned().unwrap_or_default();
        let held = guild
            .roles
            .iter()
            .filter(|role| role.id == guild.id || own.contains(&role.id));
        let bits = held.fold(0, |bits, role| bits | role.permissions);
        if guild.owner == user || bits & permission::ADMINISTRATOR != 0 {
            permission::ALL
        } else {
            bits
        }
    }

    /// What the bot may do in a channel.
    pub(super) fn bot_permissions(&self, channel: Id) -> u64 {
        let channel = &self.channels[&channel];
        match channel.guild {
            Some(guild) if self.guilds[&guild].has_bot => {
                self.permissions(guild, BOT) & !channel.bot_denied
            }
            _ => permission::MEMBER,
        }
    }

    /// Sends an event to every session that asked for its kind, and keeps it for a replay.
    pub(super) fn dispatch(
        &mut self,
        name: &str,
        data: &Value,
        audience: Audience,
        stamp: Option<&str>,
    ) {
        for session in &mut self.sessions {
            if session.hears(audience) {
                session.send(name, data, stamp);
            }
        }
    }

    /// A message event, to those who may hear it; nothing is sent where the bot is not.
    pub(super) fn dispatch_message(&mut self, name: &str, message: Id) {
        let stored = self.messages[&message].clone();
        if stored.is_ephemeral() || !self.bot_is_in(stored.channel) {
            return;
        }
        let guild = self.channels[&stored.channel].guild;
        let audience = guild.map_or(Audience::Direct(intent::DIRECT_MESSAGES), |guild| {
            Audience::Guild(guild, intent::GUILD_MESSAGES)
        });
        let mut data = if name == "MESSAGE_DELETE" {
            json!({"id": message.to_string(), "channel_id": stored.channel.to_string()})
        } else {
            payload::message(self, &stored, payload::Sight::App)
        };
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild.to_string());
            if name != "MESSAGE_DELETE" {
                data["member"] = payload::member(self, guild, stored.author);
                data["member"]
                    .as_object_mut()
                    .map(|member| member.remove("user"));
            }
        }
        self.dispatch(name, &data, audience, None);
    }

    /// What a place is called in the transcript.
    pub(super) fn place(&self, channel: Id) -> String {
        let channel = &self.channels[&channel];
        let Some(guild) = channel.guild else {
            return if channel.people.contains(&BOT) {
                "a direct message"
            } else {
                "a private group"
            }
            .to_owned();
        };
        // The first server is the scene of most tests and needs no name.
        if self.guilds.keys().next() == Some(&guild) {
            format!("#{}", channel.name)
        } else {
            format!("#{} of {}", channel.name, self.guilds[&guild].name)
        }
    }

    /// Notes something that Discord would not have accepted.
    pub(super) fn violation(&mut self, line: impl Into<String>) {
        self.violations.push(line.into());
    }

    pub(super) fn is_connected(&self) -> bool {
        self.sessions.iter().any(|session| session.writer.is_some())
    }
}

impl Session {
    fn hears(&self, audience: Audience) -> bool {
        let on_shard = |guild: Option<Id>| {
            guild.map_or(0, |guild| (guild >> 22) % self.shard.1) == self.shard.0
        };
        match audience {
            Audience::Guild(guild, intent) => self.intents & intent != 0 && on_shard(Some(guild)),
            Audience::Direct(intent) => self.intents & intent != 0 && on_shard(None),
            Audience::Interaction(guild) => on_shard(guild),
        }
    }

    pub(super) fn send(&mut self, name: &str, data: &Value, stamp: Option<&str>) {
        self.sequence += 1;
        let text = json!({"op": 0, "s": self.sequence, "t": name, "d": data}).to_string();
        let stamp = stamp.map(str::to_owned);
        self.sent.push((self.sequence, text.clone(), stamp.clone()));
        self.order(Order::Frame { text, stamp });
    }

    /// Hands an order to the writer, if there is one; a closed one is noticed by its own connection.
    pub(super) fn order(&self, order: Order) {
        if let Some((_, writer)) = &self.writer {
            let _ = writer.send(order);
        }
    }
}
