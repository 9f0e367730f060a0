//! The gateway's messages: a mention of the bot, a direct message, a reply to what the bot said.
//!
//! No privileged intent is needed: Discord gives the content of exactly these messages, and that of no other.

use serenity::all::{Context, Message, MessageType, Permissions, UserId};

use super::button::Home;
use super::conversation::{self, Asked};
use super::data::Data;
use super::delivery::{Lacks, To};
use super::reply::Sheet;
use super::thread;
use super::viewer;
use crate::library::Policy;

/// A message that came in.
pub(super) async fn received(context: &Context, data: &Data, message: &Message) {
    let bot = match data.bot.get() {
        Some(bot) => *bot,
        None => context.cache.current_user().id,
    };
    let Some(text) = question(message, bot) else {
        return;
    };
    let held = permissions(context, message, bot);
    let lacks = |permission| held.is_some_and(|held| !held.contains(permission));
    let home = match message.guild_id {
        Some(guild) => Home::Server(guild.get()),
        None => Home::Starter,
    };
    let place = viewer::Place::of_message(context, message);
    let policy = data.preferences.policy(home).await;
    if !is_answered_in(&policy, home, &place) {
        tracing::debug!(channel = %message.channel_id, "no mention is answered in this channel");
        return;
    }
    let viewer = viewer::of_message(&place, message);
    let asked = Asked {
        text: &text,
        person: message.author.id,
        home,
        sheet: if lacks(Permissions::EMBED_LINKS) {
            Sheet::Plain
        } else {
            Sheet::Embed
        },
        viewer: &viewer,
        to: To::Message {
            channel: message.channel_id,
            message: message.id,
            person: message.author.id,
            lacks: Lacks {
                writing: lacks(Permissions::SEND_MESSAGES),
                history: lacks(Permissions::READ_MESSAGE_HISTORY),
            },
        },
        link: None,
        replies_to: message
            .referenced_message
            .as_ref()
            .and_then(|answer| thread::shown(answer, bot, home)),
        thread: place.thread(),
    };
    conversation::ask(data, asked).await;
}

/// Whether mentions are answered there: everywhere, unless the server names channels; a thread is as its channel.
fn is_answered_in(policy: &Policy, home: Home, place: &viewer::Place) -> bool {
    let named = &policy.mention_channels;
    let mut channels = place.channels().into_iter();
    home == Home::Starter || named.is_empty() || channels.any(|one| named.contains(&one))
}

/// The question in a message that is meant for the bot; none in any other.
fn question(message: &Message, bot: UserId) -> Option<String> {
    // Bots would answer each other for ever, and what Discord itself writes («… joined») asks nothing.
    if message.author.bot || message.author.id == bot || message.webhook_id.is_some() {
        return None;
    }
    if !matches!(
        message.kind,
        MessageType::Regular | MessageType::InlineReply
    ) {
        return None;
    }
    // Everyone is mentioned as everyone, the bot only by its own name or by a reply to it.
    let is_mentioned = message.mentions.iter().any(|user| user.id == bot);
    if message.guild_id.is_some() && !is_mentioned {
        return None;
    }
    let text = without_marks(&message.content);
    // Only the bot's name is a call that deserves a word; a picture or a sticker sent in reply is none.
    let names_bot = [format!("<@{bot}>"), format!("<@!{bot}>")]
        .iter()
        .any(|name| message.content.contains(name));
    (!text.is_empty() || names_bot).then_some(text)
}

/// What a person wrote, without Discord's marks: mentions, channels, emoji of a server, times.
pub(super) fn without_marks(content: &str) -> String {
    let mut text = String::new();
    let mut rest = content;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        match after.split_once('>') {
            Some((inside, behind)) if is_mark(inside) => {
                // What stood on both sides of it stays two words.
                text.push(' ');
                rest = behind;
            }
            _ => {
                text.push('<');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text.trim().to_owned()
}

/// Whether what stands between angle brackets is one of Discord's marks.
fn is_mark(inside: &str) -> bool {
    let ends_in_id = |text: &str| {
        let id = text.rsplit(':').next().unwrap_or_default();
        !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())
    };
    let user = ["@!", "@&", "@", "#"]
        .iter()
        .find_map(|mark| inside.strip_prefix(mark));
    if let Some(id) = user {
        return !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    }
    if inside.starts_with("t:") {
        return true;
    }
    let named = [":", "a:", "/"]
        .iter()
        .find_map(|mark| inside.strip_prefix(mark));
    named.is_some_and(|named| named.contains(':') && ends_in_id(named))
}

/// What the bot may do where the message stands, as far as it is known; none in direct messages, where it may all that
/// it needs.
fn permissions(context: &Context, message: &Message, bot: UserId) -> Option<Permissions> {
    let guild = context.cache.guild(message.guild_id?)?;
    let member = guild.members.get(&bot)?;
    let thread = guild
        .threads
        .iter()
        .find(|thread| thread.id == message.channel_id);
    let (channel, is_thread) = match thread {
        // A thread has the permissions of its channel, but one of its own for writing.
        Some(thread) => (thread.parent_id?, true),
        None => (message.channel_id, false),
    };
    let mut held = guild.user_permissions_in(guild.channels.get(&channel)?, member);
    if is_thread {
        let may_write = held.contains(Permissions::SEND_MESSAGES_IN_THREADS);
        held.set(Permissions::SEND_MESSAGES, may_write);
    }
    Some(held)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const BOT: u64 = 77;

    fn message(change: impl FnOnce(&mut Value)) -> Message {
        let user = |id: u64| json!({"id": id.to_string(), "username": "Ana", "discriminator": "0"});
        let mut message = json!({
            "id": "1", "channel_id": "2", "guild_id": "3", "author": user(4), "content": "<@77> متى؟",
            "timestamp": "2026-01-01T00:00:00Z", "edited_timestamp": null, "tts": false,
            "mention_everyone": false, "mentions": [user(BOT)], "mention_roles": [], "attachments": [],
            "embeds": [], "pinned": false, "type": 0,
        });
        change(&mut message);
        serde_json::from_value(message).unwrap()
    }

    fn asked(change: impl FnOnce(&mut Value)) -> Option<String> {
        question(&message(change), UserId::new(BOT))
    }

    #[test]
    fn only_what_is_meant_for_the_bot_is_a_question() {
        let content =
            |text: &'static str| move |message: &mut Value| message["content"] = json!(text);
        assert_eq!(asked(|_| ()).as_deref(), Some("متى؟"));
        assert_eq!(
            asked(content("متى <@!77> كان؟")).as_deref(),
            Some("متى   كان؟")
        );
        assert_eq!(
            asked(content("<@77>")).as_deref(),
            Some(""),
            "its name alone deserves a word"
        );
        assert_eq!(
            asked(content("لماذا؟")).as_deref(),
            Some("لماذا؟"),
            "a reply that notifies it"
        );
        assert_eq!(asked(content("")), None, "a sticker sent in reply");
        assert_eq!(asked(|message| message["mentions"] = json!([])), None);
        let everyone = |message: &mut Value| {
            message["content"] = json!("@everyone متى؟");
            message["mentions"] = json!([]);
            message["mention_everyone"] = json!(true);
        };
        assert_eq!(asked(everyone), None);
        assert_eq!(
            asked(|message| message["author"]["bot"] = json!(true)),
            None
        );
        assert_eq!(asked(|message| message["author"]["id"] = json!("77")), None);
        assert_eq!(asked(|message| message["webhook_id"] = json!("9")), None);
        assert_eq!(
            asked(|message| message["type"] = json!(7)),
            None,
            "a member joined"
        );
        let direct = |message: &mut Value| {
            message["guild_id"] = Value::Null;
            message["mentions"] = json!([]);
            message["content"] = json!("متى؟");
        };
        assert_eq!(asked(direct).as_deref(), Some("متى؟"));
    }

    #[test]
    fn marks_are_no_words() {
        #[track_caller]
        fn case(content: &str, expected: &str) {
            assert_eq!(without_marks(content), expected);
        }
        case("<@77> when <#5>?", "when  ?");
        case(
            "<:book:12> <a:wave:13> a <t:1700000000:R> b </ask:44> c",
            "a   b   c",
        );
        case("a < b and c > d", "a < b and c > d");
        case("<b> <@x> <https://a.b> <", "<b> <@x> <https://a.b> <");
        case("<<@77>متى", "< متى");
    }
}
