//! `/ping`: the bot is here, which version, since when.

use std::time::SystemTime;

use serde_json::json;

use super::Context;
use crate::discord::data::Failure;
use crate::discord::reply::{Reply, in_words_of};
use crate::wording::say;

/// Whether the bot is here · هل البوت هنا
#[poise::command(
    slash_command,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(super) async fn ping(context: Context<'_>) -> Result<(), Failure> {
    let data = context.data();
    let started = SystemTime::now().checked_sub(data.started.elapsed());
    let since = started.and_then(|started| started.duration_since(SystemTime::UNIX_EPOCH).ok());
    // Discord says in each reader's own words how long ago that is.
    let since = format!("<t:{}:R>", since.map_or(0, |since| since.as_secs()));
    let language = super::spoken(context, super::home(context)).await;
    let lines = in_words_of(language, |language| {
        let version = ("version", env!("CARGO_PKG_VERSION").into());
        let since = ("since", since.clone().into());
        [
            say(language, "ping-here", &[]),
            say(language, "ping-version", &[version]),
            say(language, "ping-since", &[since]),
        ]
        .join("\n")
    });
    let interaction = context.interaction;
    let response = json!({"type": 4, "data": Reply::in_markdown(&lines)});
    data.wire
        .respond(interaction.id, &interaction.token, &response)
        .await?;
    Ok(())
}
