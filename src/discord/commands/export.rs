//! `/export`: the sources of a server as source packs.

use serenity::all::CreateAutocompleteResponse;

use super::Context;
use super::source::who;
use crate::discord::data::Failure;
use crate::discord::managing::{Which, export as packs, suggest};

/// Get the sources as files to keep or to take along · تصدير المصادر
#[poise::command(
    slash_command,
    install_context = "Guild",
    interaction_context = "Guild"
)]
pub(super) async fn export(
    context: Context<'_>,
    #[description = "Only this source; else all of them, and the settings · مصدر واحد، وإلا فالكل مع الإعدادات"]
    #[autocomplete = "all"]
    source: Option<String>,
) -> Result<(), Failure> {
    let interaction = context.interaction;
    let most = u64::from(interaction.attachment_size_limit);
    let (id, token) = (interaction.id, interaction.token.as_str());
    packs(who(context).await, id, token, source, most).await;
    Ok(())
}

/// The sources, withdrawn ones too.
async fn all(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    suggest(who(context).await, typed, Which::All).await
}
