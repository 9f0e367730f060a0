//! What comes back to a person: a message as it stood when it was looked at, and the reply that holds one or several.

use std::{fmt, time::Duration};

use serde_json::Value;

use super::{
    interactions,
    server::Backstage,
    transcript,
    world::{BOT, Id, Shared, Stored, World},
};

/// A message as it stood at one moment.
#[derive(Debug, Clone)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one thing that a person sees"
)]
pub(crate) struct Message {
    pub(crate) id: Id,
    pub(crate) channel: Id,
    /// Who wrote it, by name.
    pub(crate) author: String,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    /// The rows, as sent.
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Value>,
    /// Seen by one person only.
    pub(crate) ephemeral: bool,
    pub(crate) edited: bool,
    pub(crate) deleted: bool,
    /// Names of those who are notified; `@everyone` is one.
    pub(crate) pings: Vec<String>,
    pub(super) thinking: bool,
    pub(super) seen_by: Option<Id>,
    version: u64,
    rendered: String,
}

impl Message {
    pub(super) fn of(world: &World, stored: &Stored) -> Self {
        let mut pings: Vec<_> = stored
            .mentions
            .iter()
            .map(|&person| world.name(person).to_owned())
            .collect();
        if stored.mention_everyone {
            pings.push("@everyone".to_owned());
        }
        Self {
            id: stored.id,
            channel: stored.channel,
            author: world.name(stored.author).to_owned(),
            content: stored.content.clone(),
            embeds: stored.embeds.clone(),
            components: stored.components.clone(),
            attachments: stored.attachments.clone(),
            ephemeral: stored.is_ephemeral(),
            edited: stored.edited,
            deleted: stored.deleted,
            pings,
            thinking: stored.is_thinking(),
            seen_by: stored.seen_by,
            version: stored.version,
            rendered: transcript::body(world, stored),
        }
    }

    /// The one embed; fails when there is none.
    #[track_caller]
    pub(crate) fn embed(&self) -> &Value {
        self.embeds
            .first()
            .unwrap_or_else(|| panic!("the message has no embed:\n{self}"))
    }

    /// The title of the embed, or nothing.
    pub(crate) fn title(&self) -> &str {
        self.embeds
            .first()
            .and_then(|embed| embed["title"].as_str())
            .unwrap_or_default()
    }

    /// The description of the embed, or nothing.
    pub(crate) fn description(&self) -> &str {
        self.embeds
            .first()
            .and_then(|embed| embed["description"].as_str())
            .unwrap_or_default()
    }

    /// The footer of the embed, or nothing.
    pub(crate) fn footer(&self) -> &str {
        self.embeds
            .first()
            .and_then(|embed| embed["footer"]["text"].as_str())
            .unwrap_or_default()
    }

    /// The value of the embed's field of that name.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self
            .embeds
            .iter()
            .filter_map(|embed| embed["fields"].as_array())
            .flatten();
        fields
            .find(|field| field["name"] == name)
            .and_then(|field| field["value"].as_str())
    }

    /// What is written on its buttons, in order.
    pub(crate) fn buttons(&self) -> Vec<String> {
        self.parts()
            .iter()
            .filter(|part| part["type"] == 2)
            .map(transcript::label)
            .collect()
    }

    /// The button or select with that label, placeholder or custom id.
    pub(crate) fn component(&self, wanted: &str) -> Option<Value> {
        let named = |part: &&Value| {
            part["custom_id"] == wanted
                || part["label"] == wanted
                || part["placeholder"] == wanted
                || part["type"] == 2 && transcript::label(part) == wanted
        };
        self.parts().iter().find(named).cloned()
    }

    /// Everything that can be pressed or chosen from, rows and containers opened.
    fn parts(&self) -> Vec<Value> {
        fn open(component: &Value, parts: &mut Vec<Value>) {
            match component["components"].as_array() {
                Some(inner) => inner.iter().for_each(|component| open(component, parts)),
                None => parts.push(component.clone()),
            }
            if component["accessory"].is_object() {
                open(&component["accessory"], parts);
            }
        }
        let mut parts = Vec::new();
        self.components
            .iter()
            .for_each(|component| open(component, &mut parts));
        parts
    }
}

/// The message as a person sees it, as in the transcript.
impl fmt::Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.rendered)
    }
}

/// A form that the bot opened.
#[derive(Debug, Clone)]
pub(crate) struct Modal {
    pub(crate) custom_id: String,
    pub(crate) title: String,
    /// Custom id and label of each input.
    pub(crate) inputs: Vec<(String, String)>,
    /// As sent.
    pub(crate) raw: Value,
}

/// What a person's act was waiting for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Awaited {
    Interaction(String),
    /// Answers to an ordinary message.
    Message(Id),
}

/// What came of an act: the messages that the person sees, or a form, or suggestions.
#[derive(Clone)]
pub(crate) struct Reply {
    /// The answer and its follow-ups, as they stood when the reply was taken; deleted ones are left out.
    pub(crate) messages: Vec<Message>,
    /// A form, when the bot opened one.
    pub(crate) modal: Option<Modal>,
    /// Suggestions of an autocompletion: what is shown, and the value.
    pub(crate) choices: Vec<(String, Value)>,
    /// From the interaction's frame on the socket to the arrival of the callback; none for ordinary messages.
    pub(crate) latency: Option<Duration>,
    /// The kind of the callback (4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 form).
    pub(crate) callback: Option<u64>,
    /// Still «thinking…» when patience ended.
    pub(crate) unfinished: bool,
    pub(super) shared: Shared,
    pub(super) awaited: Awaited,
}

impl Reply {
    /// The reply as the world stands.
    pub(super) fn of(world: &World, shared: &Shared, awaited: &Awaited) -> Self {
        let mut reply = Self {
            messages: Vec::new(),
            modal: None,
            choices: Vec::new(),
            latency: None,
            callback: None,
            unfinished: false,
            shared: shared.clone(),
            awaited: awaited.clone(),
        };
        let ids = match awaited {
            Awaited::Interaction(token) => {
                let asked = &world.interactions[token];
                reply.latency = asked.latency;
                reply.callback = asked.callback;
                reply.unfinished = asked.pending;
                reply.modal = asked.modal.as_ref().map(modal);
                let choices = asked
                    .choices
                    .as_ref()
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten();
                reply.choices = choices
                    .map(|choice| {
                        (
                            choice["name"].as_str().unwrap_or_default().to_owned(),
                            choice["value"].clone(),
                        )
                    })
                    .collect();
                asked
                    .original
                    .iter()
                    .chain(&asked.follow_ups)
                    .copied()
                    .collect()
            }
            Awaited::Message(question) => answers(world, *question),
        };
        let there = ids
            .iter()
            .filter_map(|id| world.messages.get(id))
            .filter(|stored| !stored.deleted);
        reply.messages = there.map(|stored| Message::of(world, stored)).collect();
        reply
    }

    /// Whether anything came.
    pub(crate) fn is_answered(&self) -> bool {
        self.callback.is_some() || !self.messages.is_empty()
    }

    /// The answer; fails with what is known when there is none.
    #[track_caller]
    pub(crate) fn message(&self) -> &Message {
        self.messages
            .first()
            .unwrap_or_else(|| panic!("no message came.\n{}", self.circumstances()))
    }

    /// Whether the answer is seen by one person only.
    #[track_caller]
    pub(crate) fn is_ephemeral(&self) -> bool {
        self.message().ephemeral
    }

    /// The reply as it stands now, after later edits.
    pub(crate) fn now(&self) -> Self {
        self.shared
            .read(|world| Self::of(world, &self.shared, &self.awaited))
    }

    /// Waits for the next change (an edit, a follow-up, a removal) after this one was taken.
    pub(crate) fn later(&self) -> impl Future<Output = Self> + Send + use<> {
        let (shared, awaited, old) = (self.shared.clone(), self.awaited.clone(), self.state());
        let circumstances = self.circumstances();
        async move {
            let patience = shared.read(|world| world.patience);
            let found = shared.until(patience, |world| {
                let reply = Reply::of(world, &shared, &awaited);
                (reply.state() != old).then_some(reply)
            });
            found
                .await
                .unwrap_or_else(|| panic!("the reply did not change.\n{circumstances}"))
        }
    }

    /// Ends the life of the interaction's token, as fifteen minutes would.
    pub(crate) fn expires(&self) {
        if let Awaited::Interaction(token) = &self.awaited {
            self.shared.change(|world| {
                if let Some(asked) = world.interactions.get_mut(token) {
                    asked.expired = true;
                }
            });
        }
    }

    fn state(&self) -> (Vec<(Id, u64)>, bool) {
        (
            self.messages
                .iter()
                .map(|message| (message.id, message.version))
                .collect(),
            self.unfinished,
        )
    }

    /// What a failing test should print.
    pub(super) fn circumstances(&self) -> String {
        circumstances(&self.shared)
    }
}

/// The transcript and the violations so far, for the message of a failure.
pub(super) fn circumstances(shared: &Shared) -> String {
    shared.read(|world| {
        let violations = world.violations.join("\n  ");
        format!(
            "transcript:\n{}\nviolations:\n  {violations}",
            transcript::render(world, None)
        )
    })
}

/// All messages of the reply as a person sees them.
impl fmt::Display for Reply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, message) in self.messages.iter().enumerate() {
            let gap = if nth == 0 { "" } else { "\n\n" };
            let only = if message.ephemeral {
                "(only you see this)\n"
            } else {
                ""
            };
            write!(formatter, "{gap}{only}{message}")?;
        }
        if let Some(modal) = &self.modal {
            write!(formatter, "«{}»", modal.title)?;
            for (_, label) in &modal.inputs {
                write!(formatter, "\n{label}: ____")?;
            }
        }
        let names: Vec<_> = self.choices.iter().map(|(name, _)| name.as_str()).collect();
        formatter.write_str(&names.join("\n"))
    }
}

fn modal(raw: &Value) -> Modal {
    let text = |field: &str| raw[field].as_str().unwrap_or_default().to_owned();
    Modal {
        custom_id: text("custom_id"),
        title: text("title"),
        inputs: interactions::inputs(raw),
        raw: raw.clone(),
    }
}

/// The bot's answers to a message: those that reply to it, and what it wrote there without replying to anything before
/// the next question was put.
pub(super) fn answers(world: &World, question: Id) -> Vec<Id> {
    let asked = &world.messages[&question];
    let later = world
        .messages
        .range(question + 1..)
        .map(|(_, stored)| stored);
    let here: Vec<_> = later
        .filter(|stored| stored.channel == asked.channel && stored.token.is_none())
        .collect();
    let next = here
        .iter()
        .find(|stored| stored.author != BOT)
        .map_or(Id::MAX, |stored| stored.id);
    let own = here.iter().filter(|stored| stored.author == BOT);
    own.filter(|stored| {
        stored
            .reference
            .map_or(stored.id < next, |reference| reference == question)
    })
    .map(|stored| stored.id)
    .collect()
}

/// Something that stands on a person's screen with buttons on it.
pub(crate) trait OnScreen {
    /// The messages, as they stand now.
    fn on_screen(&self, backstage: &Backstage) -> Vec<Message>;
}

impl OnScreen for Reply {
    fn on_screen(&self, _: &Backstage) -> Vec<Message> {
        self.now().messages
    }
}

impl OnScreen for Message {
    fn on_screen(&self, backstage: &Backstage) -> Vec<Message> {
        backstage.shared.read(|world| {
            let there = world
                .messages
                .get(&self.id)
                .filter(|stored| !stored.deleted);
            there
                .map(|stored| Message::of(world, stored))
                .into_iter()
                .collect()
        })
    }
}
