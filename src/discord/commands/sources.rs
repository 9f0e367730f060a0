//! `/sources`: what the answers come from here.

use super::Context;
use crate::discord::conversation;
use crate::discord::data::Failure;
use crate::discord::delivery::To;
use crate::discord::listing::{self, Page};

/// What I answer from here, and how to cite it · المصادر هنا وكيف يُحال إليها
#[poise::command(
    slash_command,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(super) async fn sources(context: Context<'_>) -> Result<(), Failure> {
    let interaction = context.interaction;
    let home = super::home(context);
    let language = super::spoken(context, home).await;
    let to = To::Interaction {
        id: interaction.id,
        token: &interaction.token,
        is_private: true,
    };
    let sheet = conversation::sheet(interaction.app_permissions);
    let first = Page { home, number: 0 };
    let viewer = super::viewer(context);
    let member = interaction.member.as_deref();
    listing::show(context.data(), to, sheet, language, viewer, member, first).await;
    Ok(())
}
