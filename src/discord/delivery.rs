//! How an answer gets to the person who is waiting for it: in time, once, and whatever is not permitted there.

use std::future::Future;
use std::pin::pin;

use serde_json::json;
use serenity::all::{ChannelId, InteractionId, MessageId, UserId};

use super::data::Data;
use super::reply::{Reply, Sheet, in_words_of};
use super::wire;
use crate::language::Language;
use crate::wording::say;

/// A permission is missing in that channel.
const MISSING_PERMISSIONS: isize = 50_013;
/// The channel cannot be seen.
const MISSING_ACCESS: isize = 50_001;
/// To reply to a message one must be able to read it.
const NO_HISTORY: isize = 160_002;
/// The interaction is gone: its three seconds are over, or another process of this bot has it.
const UNKNOWN_INTERACTION: isize = 10_062;

/// Who waits, and how they are answered.
#[derive(Clone, Copy)]
pub(super) enum To<'a> {
    /// A new message that answers an interaction.
    Interaction {
        /// The interaction.
        id: InteractionId,
        /// What it is answered with.
        token: &'a str,
        /// Whether only the person sees the answer.
        is_private: bool,
    },
    /// The message whose button was pressed, changed.
    Pressed {
        /// The interaction.
        id: InteractionId,
        /// What it is answered with.
        token: &'a str,
    },
    /// A reply to a message.
    Message {
        /// The channel.
        channel: ChannelId,
        /// The message.
        message: MessageId,
        /// Who wrote it.
        person: UserId,
        /// What the bot is known to lack there.
        lacks: Lacks,
    },
}

/// What the bot may not do in a channel, as far as it knows; Discord may still refuse what it thinks it may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lacks {
    /// It may not write there.
    pub(super) writing: bool,
    /// It may not read what was written, and so not reply to it.
    pub(super) history: bool,
}

/// An answer on its way.
pub(super) struct Delivery<'a> {
    data: &'a Data,
    to: To<'a>,
    sheet: Sheet,
    /// The language to speak where something goes wrong.
    language: Language,
    /// Whether Discord was told to wait.
    is_announced: bool,
}

impl<'a> Delivery<'a> {
    /// An answer to somebody, written on this; in this language, should anything go wrong.
    pub(super) fn new(data: &'a Data, to: To<'a>, sheet: Sheet, language: Language) -> Self {
        Self {
            data,
            to,
            sheet,
            language,
            is_announced: false,
        }
    }

    /// Waits for what takes its time, and after a while tells Discord to wait too: an interaction is lost otherwise.
    pub(super) async fn awaits<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        let defer_after = self.data.config.discord.defer_after;
        if !defer_after.is_zero()
            && let Ok(done) = tokio::time::timeout(defer_after, &mut work).await
        {
            return done;
        }
        self.announce().await;
        work.await
    }

    /// Tells Discord to wait, at once.
    pub(super) async fn announces(&mut self) {
        self.announce().await;
    }

    /// Says something to the person alone, as [`Delivery::tell`] does.
    pub(super) async fn tell_reply(&mut self, reply: Reply) {
        self.tell_in_markdown(reply).await;
    }

    /// Delivers a message; `write` writes it on either sheet, because which one is permitted may only show now. Whether
    /// it arrived.
    pub(super) async fn deliver(&mut self, write: &(dyn Fn(Sheet) -> Reply + Sync)) -> bool {
        let sent = match self.to {
            To::Message { .. } => self.post(write).await,
            To::Interaction { .. } | To::Pressed { .. } => self.answer(write(self.sheet)).await,
        };
        match sent {
            Ok(()) => true,
            Err(error) => {
                let is_gone = wire::code(&error) == Some(UNKNOWN_INTERACTION);
                if is_gone {
                    tracing::warn!(%error, "an answer came too late");
                } else {
                    self.fail(&error).await;
                }
                false
            }
        }
    }

    /// Says something to the person alone, where that is possible. The message whose button was pressed stays as it is.
    pub(super) async fn tell(&mut self, lines: Vec<String>) {
        self.tell_in_markdown(Reply::said(lines)).await;
    }

    /// A failure: a sentence with a short id for the person, the whole chain under that id for the log.
    pub(super) async fn fail(&mut self, error: &(dyn std::error::Error + Send + Sync + 'static)) {
        let id = note(error);
        let sentence = |language| say(language, "asking-failed", &[("id", id.clone().into())]);
        self.tell(in_words_of(self.language, sentence)).await;
    }

    /// Removes the message whose button was pressed. The press is answered first: what it is answered with then stands
    /// for that message, wherever it is, also where the bot is no member.
    pub(super) async fn remove(&mut self) -> Result<(), serenity::Error> {
        let To::Pressed { token, .. } = self.to else {
            return Ok(());
        };
        self.announce().await;
        self.data.wire.delete_original(token).await
    }

    async fn tell_in_markdown(&mut self, reply: Reply) {
        let wire = &self.data.wire;
        let sent = match (self.to, self.is_announced) {
            (To::Message { .. }, _) => self.post(&|_| reply.clone()).await,
            (To::Pressed { token, .. }, true) => {
                let reply = reply.privately();
                wire.follow_up(token, &reply).await.map(drop)
            }
            (To::Interaction { token, .. }, true) => {
                let reply = reply.instead();
                wire.edit_original(token, &reply).await.map(drop)
            }
            (To::Pressed { id, token } | To::Interaction { id, token, .. }, false) => {
                let response = json!({"type": 4, "data": reply.privately()});
                wire.respond(id, token, &response).await
            }
        };
        if let Err(error) = sent {
            // There is nobody left to tell.
            tracing::warn!(error = %chain(&error), "a sentence could not be delivered");
        }
    }

    async fn announce(&mut self) {
        let wire = &self.data.wire;
        let sent = match self.to {
            To::Interaction {
                id,
                token,
                is_private,
            } => {
                let flags = if is_private { 64 } else { 0 };
                let response = json!({"type": 5, "data": {"flags": flags}});
                wire.respond(id, token, &response).await
            }
            To::Pressed { id, token } => wire.respond(id, token, &json!({"type": 6})).await,
            To::Message { channel, .. } => wire.type_in(channel).await,
        };
        match sent {
            Ok(()) => self.is_announced = !matches!(self.to, To::Message { .. }),
            Err(error) => tracing::warn!(error = %chain(&error), "could not ask for patience"),
        }
    }

    /// Answers an interaction with the message itself.
    async fn answer(&self, reply: Reply) -> Result<(), serenity::Error> {
        let wire = &self.data.wire;
        match (self.to, self.is_announced) {
            (To::Interaction { token, .. } | To::Pressed { token, .. }, true) => {
                let reply = reply.instead();
                wire.edit_original(token, &reply).await.map(drop)
            }
            (
                To::Interaction {
                    id,
                    token,
                    is_private,
                },
                false,
            ) => {
                let reply = if is_private { reply.privately() } else { reply };
                let response = json!({"type": 4, "data": reply});
                wire.respond(id, token, &response).await
            }
            (To::Pressed { id, token }, false) => {
                let response = json!({"type": 7, "data": reply.instead()});
                wire.respond(id, token, &response).await
            }
            (To::Message { .. }, _) => Ok(()),
        }
    }

    /// Replies to a message: as it should be, or as far as it is permitted there.
    async fn post(&self, write: &(dyn Fn(Sheet) -> Reply + Sync)) -> Result<(), serenity::Error> {
        let To::Message {
            channel,
            message,
            person,
            lacks,
        } = self.to
        else {
            return Ok(());
        };
        if lacks.writing {
            return self.tell_directly(channel, person).await;
        }
        let wire = &self.data.wire;
        let mut sheet = self.sheet;
        let mut is_reply = !lacks.history;
        loop {
            let mut reply = write(sheet);
            let has_embed = reply.has_embed();
            let sent = if is_reply {
                wire.post(channel, &reply.replying_to(message.get())).await
            } else {
                let language = match self.language {
                    Language::Other => Language::English,
                    language => language,
                };
                reply = reply.with_line(&say(language, "permission-history", &[]));
                wire.post(channel, &reply).await
            };
            let Err(error) = sent else {
                return Ok(());
            };
            match wire::code(&error) {
                Some(MISSING_PERMISSIONS) if has_embed => sheet = Sheet::Plain,
                Some(NO_HISTORY) if is_reply => is_reply = false,
                Some(MISSING_PERMISSIONS | MISSING_ACCESS) => {
                    return self.tell_directly(channel, person).await;
                }
                _ => return Err(error),
            }
        }
    }

    /// Tells a person in their direct messages that they cannot be answered where they asked.
    async fn tell_directly(
        &self,
        channel: ChannelId,
        person: UserId,
    ) -> Result<(), serenity::Error> {
        tracing::info!(%channel, "may not write in this channel");
        let mention = format!("<#{channel}>");
        let said = in_words_of(self.language, |language| {
            let channel = ("channel", mention.clone().into());
            say(language, "permission-send", &[channel])
        });
        let wire = &self.data.wire;
        let direct = wire.direct_channel(person).await?;
        wire.post(direct, &Reply::in_markdown(&said))
            .await
            .map(drop)
    }
}

/// Writes a failure into the log, under a short id that a person can pass on.
pub(super) fn note(error: &(dyn std::error::Error + 'static)) -> String {
    let id = short_id();
    tracing::error!(%id, error = %chain(error), "failed");
    id
}

/// Six letters and digits, none of which is taken for another.
pub(super) fn short_id() -> String {
    let alphabet: Vec<char> = "abcdefghkmnpqrstuvwxyz23456789".chars().collect();
    (0..6)
        .filter_map(|_| alphabet.get(fastrand::usize(..alphabet.len())))
        .collect()
}

/// An error with all its causes.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let chain = std::iter::successors(Some(error), |error| error.source());
    let mut said: Vec<String> = chain.map(ToString::to_string).collect();
    // A transparent error says what its cause says.
    said.dedup();
    said.join(": ")
}
