//! `/help`: what this is, how to ask, what the buttons do, which languages, what is kept.

use serde_json::json;

use super::Context;
use crate::discord::conversation;
use crate::discord::data::Failure;
use crate::discord::reply;

/// What Sanad is and how to ask · ما سند وكيف تسأل
#[poise::command(
    slash_command,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(super) async fn help(context: Context<'_>) -> Result<(), Failure> {
    let data = context.data();
    let language = super::spoken(context, super::home(context)).await;
    let bot = match data.bot.get() {
        Some(bot) => *bot,
        None => context.serenity_context().cache.current_user().id,
    };
    let interaction = context.interaction;
    let sheet = conversation::sheet(interaction.app_permissions);
    let reply = reply::help(sheet, language, bot.get(), data.config.retention.questions);
    let response = json!({"type": 4, "data": reply.privately()});
    data.wire
        .respond(interaction.id, &interaction.token, &response)
        .await?;
    Ok(())
}
