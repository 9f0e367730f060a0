//! A person who uses the bot: every act waits for what a person would wait for, and returns what they then see.
//!
//! Discord's own client refuses some acts before the bot hears of them (an unknown command, a required option left out,
//! a disabled button). Here such an act is a mistake of the test and panics.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::{
    Attachment, Channel, Role,
    commands::{self, kind},
    limits::LOCALES,
    messages,
    payload::{self, Sight},
    permission::ADMINISTRATOR,
    reply::{Awaited, Message, OnScreen, Reply, answers, circumstances},
    server::Backstage,
    transcript,
    world::{Audience, BOT, Id, Interaction, Stored, World},
};

/// A person in a place. Clones are the same person; `at` and its like put a copy elsewhere.
#[derive(Clone)]
pub(crate) struct Person {
    pub(super) backstage: Backstage,
    pub(super) id: Id,
    pub(super) channel: Id,
}

/// The parts of an act that become an interaction.
struct Act {
    kind: u64,
    data: Value,
    message: Option<Id>,
    option_kind: u64,
    /// What a modal was opened by.
    trigger: Option<Value>,
    line: String,
}

/// Who they are and where.
impl Person {
    /// The person's id, as an option of type «user» takes it.
    pub(crate) fn id(&self) -> Id {
        self.id
    }

    /// The person's mention.
    pub(crate) fn tag(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// The same person in another channel.
    pub(crate) fn at(&self, channel: &Channel) -> Self {
        Self {
            channel: channel.id,
            ..self.clone()
        }
    }

    /// The same person in the direct messages with the bot.
    pub(crate) fn in_dm(&self) -> Self {
        let channel = self
            .backstage
            .shared
            .change(|world| world.direct_channel(self.id));
        Self {
            channel,
            ..self.clone()
        }
    }

    /// The same person in a private group without the bot, who installed the app for themselves (context 2).
    pub(crate) fn in_group(&self) -> Self {
        let channel = self.backstage.shared.change(|world| {
            let friend = world.user_named("a friend");
            world.new_channel(None, "group", 3, vec![self.id, friend])
        });
        Self {
            channel,
            ..self.clone()
        }
    }

    /// Sets the language of the person's Discord. There is no Arabic one.
    #[track_caller]
    pub(crate) fn with_locale(self, locale: &str) -> Self {
        let known = LOCALES.into_iter().find(|known| *known == locale);
        let known = known.unwrap_or_else(|| panic!("Discord has no locale `{locale}`"));
        self.backstage.shared.change(|world| {
            if let Some(user) = world.users.get_mut(&self.id) {
                user.locale = known;
            }
        });
        self
    }

    /// Gives exactly these permissions besides everyone's, in the server the person stands in.
    pub(crate) fn permitted(self, permissions: u64) -> Self {
        self.backstage.shared.change(|world| {
            let Some(guild) = world.channels[&self.channel].guild else {
                return;
            };
            let name = format!("permissions of {}", world.name(self.id));
            let new = world.next_id();
            let Some(guild) = world.guilds.get_mut(&guild) else {
                return;
            };
            let known = guild.roles.iter_mut().find(|role| role.name == name);
            let role = if let Some(role) = known {
                role.permissions = permissions;
                role.id
            } else {
                guild.roles.push(super::world::Role {
                    id: new,
                    name,
                    permissions,
                });
                new
            };
            let own = guild.members.entry(self.id).or_default();
            if !own.contains(&role) {
                own.push(role);
            }
        });
        self
    }

    /// Gives a role.
    pub(crate) fn with_role(self, role: &Role) -> Self {
        self.backstage.shared.change(|world| {
            if let Some(guild) = world.guilds.get_mut(&role.guild) {
                guild.members.entry(self.id).or_default().push(role.id);
            }
        });
        self
    }

    /// Takes a role away.
    pub(crate) fn without_role(self, role: &Role) -> Self {
        self.backstage.shared.change(|world| {
            let guild = world.guilds.get_mut(&role.guild);
            if let Some(own) = guild.and_then(|guild| guild.members.get_mut(&self.id)) {
                own.retain(|held| *held != role.id);
            }
        });
        self
    }

    /// Closes the person's direct messages: the bot's are refused with 50007.
    pub(crate) fn refuses_dms(&self) {
        self.backstage.shared.change(|world| {
            if let Some(user) = world.users.get_mut(&self.id) {
                user.refuses_dms = true;
            }
        });
    }

    /// Whether Discord would offer this command here: by context, installation and default permissions.
    pub(crate) fn is_offered(&self, command: &str) -> bool {
        self.backstage.shared.read(|world| {
            let offered = self.offered(world);
            let found = offered.into_iter().find(|known| known["name"] == command);
            found.is_some_and(|known| {
                let wanted = known["default_member_permissions"]
                    .as_str()
                    .and_then(|bits| bits.parse::<u64>().ok());
                let guild = world.channels[&self.channel].guild;
                let held = guild.map_or(u64::MAX, |guild| world.permissions(guild, self.id));
                // "0" stands for administrators only.
                wanted.is_none_or(|wanted| {
                    held & ADMINISTRATOR != 0 || wanted != 0 && held & wanted == wanted
                })
            })
        })
    }

    fn offered<'a>(&self, world: &'a World) -> Vec<&'a Value> {
        let guild = world.channels[&self.channel].guild;
        let offered = world.commands.offered(guild, world.context(self.channel));
        let way = u64::from(!world.bot_is_in(self.channel));
        offered
            .into_iter()
            .filter(|command| command["guild_id"].is_string() || commands::installs(command, way))
            .collect()
    }
}

/// Commands, buttons and forms.
impl Person {
    /// `/name option: value …`; sub-commands are written with spaces. Waits for the answer, and for the end of a
    /// deferral.
    pub(crate) async fn slash(&self, name: &str, options: &[(&str, &str)]) -> Reply {
        let command = self
            .registered(1, name.split(' ').next().unwrap_or_default())
            .await;
        let act = self
            .backstage
            .shared
            .read(|world| slash(world, &command, name, options, None));
        self.acts(act).await
    }

    /// Types into an option that completes itself, and waits for the suggestions.
    pub(crate) async fn autocomplete(&self, name: &str, option: &str, partial: &str) -> Reply {
        self.autocomplete_with(name, option, partial, &[]).await
    }

    /// The same with other options already filled in.
    pub(crate) async fn autocomplete_with(
        &self,
        name: &str,
        option: &str,
        partial: &str,
        filled: &[(&str, &str)],
    ) -> Reply {
        let command = self
            .registered(1, name.split(' ').next().unwrap_or_default())
            .await;
        let options: Vec<_> = filled.iter().copied().chain([(option, partial)]).collect();
        let act = self
            .backstage
            .shared
            .read(|world| slash(world, &command, name, &options, Some(option)));
        self.acts(act).await
    }

    /// A command from a message's menu.
    pub(crate) async fn message_menu(&self, name: &str, target: &Message) -> Reply {
        let command = self.registered(3, name).await;
        let act = self.backstage.shared.read(|world| {
            let stored = &world.messages[&target.id];
            let id = target.id.to_string();
            let mut messages = Map::new();
            messages.insert(id.clone(), payload::message(world, stored, Sight::Full));
            let data = json!({"id": command["id"], "name": name, "type": 3, "target_id": id, "resolved": {"messages": messages}});
            let line = format!("uses «{name}» on «{}»", transcript::gist(world, stored));
            Act { kind: 2, data, message: None, option_kind: 0, trigger: None, line }
        });
        self.acts(act).await
    }

    /// A command from a person's menu.
    pub(crate) async fn user_menu(&self, name: &str, target: &Person) -> Reply {
        let command = self.registered(2, name).await;
        let act = self.backstage.shared.read(|world| {
            let mut data = json!({"id": command["id"], "name": name, "type": 2, "target_id": target.id.to_string(), "resolved": {}});
            resolve(world, 6, target.id, &mut data["resolved"]);
            let line = format!("uses «{name}» on {}", world.name(target.id));
            Act { kind: 2, data, message: None, option_kind: 0, trigger: None, line }
        });
        self.acts(act).await
    }

    /// Presses the button with that label or custom id.
    pub(crate) async fn press(&self, screen: &impl OnScreen, wanted: &str) -> Reply {
        let (message, button) = self.find(screen, wanted);
        assert!(
            button["type"] == 2,
            "`{wanted}` is not a button but a select; use `choose`"
        );
        assert!(
            button["disabled"] != true,
            "the button `{wanted}` is disabled"
        );
        let id = button["custom_id"]
            .as_str()
            .unwrap_or_else(|| panic!("the button `{wanted}` is a link"));
        let line = format!("presses [{}]", transcript::label(&button));
        self.acts(press(id, &message, line)).await
    }

    /// Sends a press with a custom id that no button on the message has, as only a forger can.
    pub(crate) async fn press_forged(&self, screen: &impl OnScreen, custom_id: &str) -> Reply {
        let messages = screen.on_screen(&self.backstage);
        let message = messages
            .last()
            .unwrap_or_else(|| panic!("no message to press on.\n{}", self.circumstances()));
        self.acts(press(custom_id, message, "forges a press".to_owned()))
            .await
    }

    /// Chooses from the select with that placeholder or custom id; options by label or value, others by id.
    pub(crate) async fn choose(
        &self,
        screen: &impl OnScreen,
        wanted: &str,
        picks: &[&str],
    ) -> Reply {
        let (message, select) = self.find(screen, wanted);
        assert!(
            select["type"] != 2,
            "`{wanted}` is not a select but a button; use `press`"
        );
        assert!(
            select["disabled"] != true,
            "the select `{wanted}` is disabled"
        );
        let component_type = select["type"].as_u64().unwrap_or(3);
        let values = picks.iter().map(|pick| {
            let mut options = select["options"].as_array().into_iter().flatten();
            let option =
                options.find(|option| option["label"] == *pick || option["value"] == *pick);
            assert!(
                option.is_some() || component_type != 3,
                "the select `{wanted}` has no option `{pick}`"
            );
            option.map_or(json!(pick), |option| option["value"].clone())
        });
        let values: Vec<_> = values.collect();
        let mut data = json!({"custom_id": select["custom_id"], "component_type": component_type, "values": values});
        if component_type != 3 {
            // The selects of users, roles, mentionables and channels are 5–8; the options of a command count otherwise.
            let option_kind = [6, 8, 9, 7]
                .get(usize::try_from(component_type).unwrap_or(5) - 5)
                .copied()
                .unwrap_or(6);
            data["resolved"] = json!({});
            self.backstage.shared.read(|world| {
                for id in values.iter().filter_map(payload::id) {
                    resolve(world, option_kind, id, &mut data["resolved"]);
                }
            });
        }
        let line = format!("chooses {}", picks.join(", "));
        self.acts(Act {
            kind: 3,
            data,
            message: Some(message.id),
            option_kind: 0,
            trigger: None,
            line,
        })
        .await
    }

    /// Fills in the form that a reply opened, inputs by label or custom id, and sends it.
    pub(crate) async fn submit(&self, reply: &Reply, answers: &[(&str, &str)]) -> Reply {
        let modal = reply
            .modal
            .as_ref()
            .unwrap_or_else(|| panic!("no form was opened.\n{}", self.circumstances()));
        for (wanted, _) in answers {
            let known = modal
                .inputs
                .iter()
                .any(|(id, label)| id == wanted || label == wanted);
            assert!(
                known,
                "the form has no input `{wanted}`; it has {:?}",
                modal.inputs
            );
        }
        let mut line = format!("sends the form «{}»", modal.title);
        let rows = modal.raw["components"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|row| row["type"] != 10);
        let rows = rows.zip(&modal.inputs).map(|(row, (id, label))| {
            let input = if row["type"] == 1 {
                &row["components"][0]
            } else {
                &row["component"]
            };
            let given = answers
                .iter()
                .find(|(wanted, _)| wanted == id || wanted == label)
                .map(|(_, value)| *value);
            let value = given.or(input["value"].as_str()).unwrap_or_default();
            let n = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
            assert!(
                input["required"] == false || n > 0,
                "the form's input `{label}` is required"
            );
            let fits = n == 0
                || n >= input["min_length"].as_u64().unwrap_or(0)
                    && n <= input["max_length"].as_u64().unwrap_or(4000);
            assert!(
                fits,
                "the form's input `{label}` does not take {n} characters"
            );
            line.push_str(&format!("\n  {label}: {}", transcript::indented(value)));
            let filled = json!({"type": 4, "custom_id": id, "value": value});
            if row["type"] == 1 {
                json!({"type": 1, "components": [filled]})
            } else {
                json!({"type": 18, "component": filled})
            }
        });
        let rows: Vec<_> = rows.collect();
        let data = json!({"custom_id": modal.custom_id, "components": rows});
        let Awaited::Interaction(token) = &reply.awaited else {
            panic!("a form comes from an interaction")
        };
        let (message, trigger) = self.backstage.shared.read(|world| {
            let asked = &world.interactions[token];
            (asked.message, asked.metadata.clone())
        });
        self.acts(Act {
            kind: 5,
            data,
            message,
            option_kind: 0,
            trigger: Some(trigger),
            line,
        })
        .await
    }

    /// Hands the bot an interaction as it is (2 command, 3 component, 4 autocomplete, 5 form), for what no client sends.
    pub(crate) async fn sends_interaction(
        &self,
        kind: u64,
        data: Value,
        on: Option<&Message>,
    ) -> Reply {
        let line = "sends a raw interaction".to_owned();
        let message = on.map(|message| message.id);
        self.acts(Act {
            kind,
            data,
            message,
            option_kind: 3,
            trigger: None,
            line,
        })
        .await
    }

    fn find(&self, screen: &impl OnScreen, wanted: &str) -> (Message, Value) {
        let messages = screen.on_screen(&self.backstage);
        let found = messages
            .iter()
            .rev()
            .find_map(|message| Some((message.clone(), message.component(wanted)?)));
        let (message, component) = found.unwrap_or_else(|| {
            panic!(
                "nothing called `{wanted}` is on screen.\n{}",
                self.circumstances()
            )
        });
        let sees = message.seen_by.is_none_or(|person| person == self.id);
        assert!(
            sees,
            "the message with `{wanted}` is seen by another person only"
        );
        (message, component)
    }

    /// The registered command of that kind and name, waited for.
    async fn registered(&self, wanted: u64, name: &str) -> Value {
        let shared = &self.backstage.shared;
        let patience = shared.read(|world| world.patience);
        let find = |world: &World| {
            let offered = self.offered(world);
            offered
                .into_iter()
                .find(|command| kind(command) == wanted && command["name"] == name)
                .cloned()
        };
        let found = shared.until(patience, find).await;
        found.unwrap_or_else(|| {
            let offered = shared.read(|world| {
                self.offered(world)
                    .iter()
                    .map(|known| known["name"].to_string())
                    .collect::<Vec<_>>()
            });
            panic!(
                "no command `{name}` is offered here, only {offered:?}.\n{}",
                self.circumstances()
            )
        })
    }

    /// Hands an act over as an interaction and waits for what comes of it.
    async fn acts(&self, act: Act) -> Reply {
        let shared = &self.backstage.shared;
        let patience = shared.read(|world| world.patience);
        let connected = shared
            .until(patience, |world| world.is_connected().then_some(()))
            .await;
        assert!(
            connected.is_some(),
            "the bot is not connected.\n{}",
            self.circumstances()
        );
        let autocompletes = act.kind == 4;
        let (token, deadline) = shared.change(|world| (self.hand_over(world, act), world.deadline));
        // A moment longer than the bot has, so that a callback that comes late is still recorded as refused.
        let limit = deadline + Duration::from_millis(300);
        let called = shared
            .until(limit, |world| world.interactions[&token].callback)
            .await;
        if called.is_none() && !autocompletes {
            shared.change(|world| {
                let line = format!(
                    "{} sees: the application did not respond",
                    world.name(self.id)
                );
                transcript::note(world, self.channel, line);
            });
        }
        let finished = shared.until(patience, |world| {
            let asked = &world.interactions[&token];
            (asked.callback.is_none() || !asked.pending).then_some(())
        });
        if finished.await.is_none() && called == Some(5) {
            shared.change(|world| {
                let line = format!("{} still sees: thinking…", world.name(self.id));
                transcript::note(world, self.channel, line);
            });
        }
        let awaited = Awaited::Interaction(token);
        shared.read(|world| Reply::of(world, shared, &awaited))
    }

    fn hand_over(&self, world: &mut World, act: Act) -> String {
        let id = world.next_id();
        let token = format!("interaction-{id}-{}", "t".repeat(64));
        let channel = act
            .message
            .and_then(|message| world.messages.get(&message))
            .map_or(self.channel, |stored| stored.channel);
        let mut metadata = json!({
            "id": id.to_string(),
            "type": act.kind,
            "user": payload::user(world, self.id),
            "authorizing_integration_owners": payload::owners(world, channel, self.id),
        });
        if let Some(message) = act.message {
            metadata["interacted_message_id"] = json!(message.to_string());
        }
        if let Some(trigger) = act.trigger {
            metadata["triggering_interaction_metadata"] = trigger;
        }
        let line = format!(
            "{} {}",
            transcript::actor(world, self.id, channel),
            act.line
        );
        transcript::note(world, channel, line);
        let asked = Interaction {
            id,
            token: token.clone(),
            kind: act.kind,
            person: self.id,
            channel,
            message: act.message,
            option_kind: act.option_kind,
            made: Instant::now(),
            sent: None,
            callback: None,
            latency: None,
            pending: false,
            original: None,
            follow_ups: Vec::new(),
            choices: None,
            modal: None,
            expired: false,
            metadata,
        };
        let payload = payload::interaction(world, &asked, &act.data);
        let guild = world.channels[&channel].guild;
        world.interactions.insert(token.clone(), asked);
        world.dispatch(
            "INTERACTION_CREATE",
            &payload,
            Audience::Interaction(guild),
            Some(&token),
        );
        token
    }

    fn circumstances(&self) -> String {
        circumstances(&self.backstage.shared)
    }
}

/// Ordinary messages.
impl Person {
    /// Writes into a channel, without waiting for anything.
    pub(crate) fn says(&self, channel: &Channel, text: &str) -> Message {
        self.posts(channel.id, text, None, true, &[])
    }

    /// Writes into a channel with files, without waiting for anything.
    pub(crate) fn says_with(
        &self,
        channel: &Channel,
        text: &str,
        files: &[&Attachment],
    ) -> Message {
        self.posts(channel.id, text, None, true, files)
    }

    /// Writes `@bot text` and waits for the answer.
    pub(crate) async fn mention(&self, channel: &Channel, text: &str) -> Reply {
        self.is_heard().await;
        let message = self.posts(channel.id, &format!("<@{BOT}> {text}"), None, true, &[]);
        self.answer_to(&message).await
    }

    /// Writes to the bot directly and waits for the answer.
    pub(crate) async fn dm(&self, text: &str) -> Reply {
        self.is_heard().await;
        let message = self.posts(self.in_dm().channel, text, None, true, &[]);
        self.answer_to(&message).await
    }

    /// Replies to a message, which notifies its author, and waits for the bot's answer.
    pub(crate) async fn reply_to(&self, message: &Message, text: &str) -> Reply {
        self.is_heard().await;
        let message = self.posts(message.channel, text, Some(message.id), true, &[]);
        self.answer_to(&message).await
    }

    /// Replies to a message with the notification switched off, without waiting for anything.
    pub(crate) fn replies_without_ping(&self, message: &Message, text: &str) -> Message {
        self.posts(message.channel, text, Some(message.id), false, &[])
    }

    /// Waits for the bot's answer to a message; an unanswered reply comes back when patience ends.
    pub(crate) async fn answer_to(&self, message: &Message) -> Reply {
        let shared = &self.backstage.shared;
        let patience = shared.read(|world| world.patience);
        let _ = shared
            .until(patience, |world| {
                (!answers(world, message.id).is_empty()).then_some(())
            })
            .await;
        let awaited = Awaited::Message(message.id);
        shared.read(|world| Reply::of(world, shared, &awaited))
    }

    /// Changes one of the person's own messages.
    pub(crate) fn edits(&self, message: &Message, text: &str) {
        self.backstage.shared.change(|world| {
            let (users, _) = messages::mentioned(text);
            let Some(stored) = world.messages.get_mut(&message.id) else {
                return;
            };
            text.clone_into(&mut stored.content);
            stored.mentions = users;
            stored.edited = true;
            stored.version += 1;
            world.dispatch_message("MESSAGE_UPDATE", message.id);
            let said = transcript::indented(&transcript::readable(world, text));
            let line = format!(
                "{} edits: {said}",
                transcript::actor(world, self.id, message.channel)
            );
            transcript::note(world, message.channel, line);
        });
    }

    /// Deletes a message: one's own, or as a moderator the bot's.
    pub(crate) fn deletes(&self, message: &Message) {
        self.backstage.shared.change(|world| {
            let Some(stored) = world.messages.get_mut(&message.id) else {
                return;
            };
            stored.deleted = true;
            stored.version += 1;
            world.dispatch_message("MESSAGE_DELETE", message.id);
            let gist = transcript::gist(world, &world.messages[&message.id]);
            let line = format!(
                "{} deletes «{gist}»",
                transcript::actor(world, self.id, message.channel)
            );
            transcript::note(world, message.channel, line);
        });
    }

    /// The bot's direct messages to the person so far.
    pub(crate) fn dms(&self) -> Vec<Message> {
        self.dm_channel()
            .messages()
            .into_iter()
            .filter(|message| message.author == super::world::BOT_NAME)
            .collect()
    }

    /// Waits for a direct message of the bot that holds this text; fails when none comes.
    pub(crate) async fn dm_with(&self, text: &str) -> Message {
        self.dm_channel().message_with(text).await
    }

    fn dm_channel(&self) -> Channel {
        Channel {
            id: self.in_dm().channel,
            backstage: self.backstage.clone(),
        }
    }

    /// The first act of a test must not be lost because the bot is still starting.
    async fn is_heard(&self) {
        let shared = &self.backstage.shared;
        let patience = shared.read(|world| world.patience);
        let connected = shared
            .until(patience, |world| world.is_connected().then_some(()))
            .await;
        assert!(
            connected.is_some(),
            "the bot is not connected.\n{}",
            self.circumstances()
        );
    }

    fn posts(
        &self,
        channel: Id,
        text: &str,
        reference: Option<Id>,
        pings: bool,
        files: &[&Attachment],
    ) -> Message {
        self.backstage.shared.change(|world| {
            let mut stored = Stored::new(world.next_id(), channel, self.id);
            let (users, roles) = messages::mentioned(text);
            text.clone_into(&mut stored.content);
            stored.mentions = users;
            stored.mention_roles = roles;
            stored.reference = reference;
            stored.attachments = files
                .iter()
                .map(|file| world.attachments[&file.id].clone())
                .collect();
            let mut verb = String::new();
            if let Some(old) = reference.and_then(|reference| world.messages.get(&reference)) {
                if pings && !stored.mentions.contains(&old.author) {
                    stored.mentions.push(old.author);
                }
                verb = format!(" replies to «{}»", transcript::gist(world, old));
            }
            let id = stored.id;
            let names = files.iter().map(|file| {
                format!(
                    " ({})",
                    world.attachments[&file.id]["filename"]
                        .as_str()
                        .unwrap_or_default()
                )
            });
            let names: String = names.collect();
            let said = transcript::indented(&transcript::readable(world, text));
            let line = format!(
                "{}{verb}: {said}{names}",
                transcript::actor(world, self.id, channel)
            );
            world.messages.insert(id, stored);
            transcript::note(world, channel, line);
            world.dispatch_message("MESSAGE_CREATE", id);
            Message::of(world, &world.messages[&id])
        })
    }
}

fn press(custom_id: &str, message: &Message, line: String) -> Act {
    let data = json!({"custom_id": custom_id, "component_type": 2});
    Act {
        kind: 3,
        data,
        message: Some(message.id),
        option_kind: 0,
        trigger: None,
        line,
    }
}

/// A slash command with its options, or one being completed at `focus`.
fn slash(
    world: &World,
    command: &Value,
    name: &str,
    options: &[(&str, &str)],
    focus: Option<&str>,
) -> Act {
    let mut data = json!({"id": command["id"], "name": command["name"], "type": 1, "options": [], "resolved": {}});
    if command["guild_id"].is_string() {
        data["guild_id"] = command["guild_id"].clone();
    }
    let mut leaf = command;
    let mut path = Vec::new();
    for word in name.split(' ').skip(1) {
        let mut subs = leaf["options"].as_array().into_iter().flatten();
        leaf = subs
            .find(|sub| sub["name"] == word)
            .unwrap_or_else(|| panic!("`/{name}` is not a command: no `{word}`"));
        path.push((word, leaf["type"].clone()));
    }
    let specs: Vec<&Value> = leaf["options"].as_array().into_iter().flatten().collect();
    assert!(
        specs
            .iter()
            .all(|spec| spec["type"].as_u64().is_some_and(|kind| kind > 2)),
        "`/{name}` needs a sub-command"
    );
    let mut filled = Vec::new();
    let mut option_kind = 3;
    let mut line = if focus.is_some() {
        format!("types /{name}")
    } else {
        format!("uses /{name}")
    };
    for (option, value) in options {
        let spec = specs.iter().find(|spec| spec["name"] == *option);
        let spec = spec.unwrap_or_else(|| panic!("`/{name}` has no option `{option}`"));
        let kind = spec["type"].as_u64().unwrap_or(3);
        let focused = focus == Some(*option);
        let mut entry = json!({"name": option, "type": kind});
        if focused {
            assert!(
                spec["autocomplete"] == true,
                "the option `{option}` of `/{name}` does not complete itself"
            );
            entry["focused"] = json!(true);
            option_kind = kind;
            entry["value"] = json!(value);
        } else {
            entry["value"] = option_value(spec, option, value);
        }
        let shown = if kind > 5 && kind != 10 && !focused {
            value.parse().map_or((*value).to_owned(), |id| {
                resolve(world, kind, id, &mut data["resolved"])
            })
        } else {
            (*value).to_owned()
        };
        line.push_str(&format!(" {option}: {}", transcript::indented(&shown)));
        filled.push(entry);
    }
    let missing = specs.iter().find(|spec| {
        spec["required"] == true && !filled.iter().any(|entry| entry["name"] == spec["name"])
    });
    if let (Some(missing), None) = (missing, focus) {
        panic!("`/{name}` requires the option {}", missing["name"]);
    }
    let mut inner = json!(filled);
    for (word, kind) in path.into_iter().rev() {
        inner = json!([{"name": word, "type": kind, "options": inner}]);
    }
    data["options"] = inner;
    let kind = if focus.is_some() { 4 } else { 2 };
    Act {
        kind,
        data,
        message: None,
        option_kind,
        trigger: None,
        line: transcript::masked(&line),
    }
}

/// The value of an option as its kind wants it, with the checks that Discord's client makes.
fn option_value(spec: &Value, option: &str, value: &str) -> Value {
    let choices = spec["choices"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    if !choices.is_empty() {
        let plain = |choice: &&Value| {
            let number = choice["value"].to_string();
            choice["name"] == value || choice["value"] == value || number == value
        };
        let choice = choices.iter().find(plain);
        return choice.unwrap_or_else(|| panic!("the option `{option}` has no choice `{value}`"))["value"].clone();
    }
    let converted = match spec["type"].as_u64() {
        Some(4) => value.parse::<i64>().ok().map(|number| json!(number)),
        Some(5) => value.parse::<bool>().ok().map(|truth| json!(truth)),
        Some(10) => value.parse::<f64>().ok().map(|number| json!(number)),
        Some(3) => {
            let n = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
            let least = spec["min_length"].as_u64().unwrap_or(1);
            let most = spec["max_length"].as_u64().unwrap_or(6000);
            assert!(
                (least..=most).contains(&n),
                "the option `{option}` takes {least} to {most} characters, not {n}"
            );
            Some(json!(value))
        }
        _ => value.parse::<Id>().ok().map(|id| json!(id.to_string())),
    };
    converted.unwrap_or_else(|| panic!("the option `{option}` does not take `{value}`"))
}

/// Adds what an id stands for to `resolved`, and says how a person sees it.
fn resolve(world: &World, option_kind: u64, id: Id, resolved: &mut Value) -> String {
    let key = id.to_string();
    if let Some(attachment) = world.attachments.get(&id).filter(|_| option_kind == 11) {
        resolved["attachments"][&key] = attachment.clone();
        return attachment["filename"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
    }
    if option_kind == 7
        && let Some(channel) = world.channels.get(&id)
    {
        resolved["channels"][&key] = payload::channel(world, id);
        resolved["channels"][&key]["permissions"] = json!("0");
        return format!("#{}", channel.name);
    }
    for guild in world.guilds.values() {
        if let Some(role) = guild.roles.iter().position(|role| role.id == id) {
            resolved["roles"][&key] = payload::roles(world, guild.id)[role].clone();
            return format!("@{}", guild.roles[role].name);
        }
    }
    assert!(world.users.contains_key(&id), "nothing has the id {id}");
    resolved["users"][&key] = payload::user(world, id);
    if let Some(guild) = world
        .guilds
        .values()
        .find(|guild| guild.members.contains_key(&id))
    {
        let mut member = payload::member(world, guild.id, id);
        member.as_object_mut().map(|member| member.remove("user"));
        member["permissions"] = json!(world.permissions(guild.id, id).to_string());
        resolved["members"][&key] = member;
    }
    format!("@{}", world.name(id))
}
