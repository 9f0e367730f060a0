//! `/source`: moderators keep the sources of their server in order. One sub-command a file.
//!
//! The commands are seen by everybody, since Discord cannot know the roles that the settings name; who may not moderate is
//! refused at every step (`managing`).

mod add;
mod diff;
mod edit;
mod history;
mod limit;
mod menu;
mod paste;
mod refresh;
mod remove;
mod restore;
mod show;

pub(super) use menu::add_as_source;

use serenity::all::CreateAutocompleteResponse;

use super::Context;
use crate::discord::data::Failure;
use crate::discord::delivery::To;
use crate::discord::managing::{Answer, Moderator, Which, Who, suggest};

/// Keep the sources of this server in order · إدارة مصادر هذا الخادم
#[poise::command(
    slash_command,
    subcommands(
        "add::add",
        "paste::paste",
        "show::show",
        "edit::edit",
        "history::history",
        "diff::diff",
        "restore::restore",
        "remove::remove",
        "limit::limit",
        "refresh::refresh"
    ),
    subcommand_required,
    install_context = "Guild",
    interaction_context = "Guild"
)]
#[expect(clippy::unused_async, reason = "a command is a future")]
pub(super) async fn source(_context: Context<'_>) -> Result<(), Failure> {
    // Discord never sends it without one of its sub-commands.
    Ok(())
}

/// Who used the command.
pub(super) async fn who(context: Context<'_>) -> Who {
    Who::commands(
        context.serenity_context(),
        context.data(),
        context.interaction,
    )
    .await
}

/// Does something for a moderator and answers them alone.
async fn does<W>(
    context: Context<'_>,
    work: impl FnOnce(Moderator) -> W + Send + 'static,
) -> Result<(), Failure>
where
    W: Future<Output = Result<Answer, Failure>> + Send + 'static,
{
    let interaction = context.interaction;
    let to = To::Interaction {
        id: interaction.id,
        token: &interaction.token,
        is_private: true,
    };
    who(context).await.does(to, work).await;
    Ok(())
}

/// The sources that are there.
async fn there(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    suggest(who(context).await, typed, Which::There).await
}

/// The withdrawn ones too.
async fn all(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    suggest(who(context).await, typed, Which::All).await
}
