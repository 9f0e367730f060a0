//! `/import`: a source pack becomes sources again, after a look at what would change.

use serenity::all::Attachment;

use super::Context;
use super::source::who;
use crate::discord::data::Failure;
use crate::discord::managing::import as restore;

/// Restore sources from a file that /export made · استعادة المصادر من ملف صنعه /export
#[poise::command(
    slash_command,
    install_context = "Guild",
    interaction_context = "Guild"
)]
pub(super) async fn import(
    context: Context<'_>,
    #[description = "The source pack · حزمة المصادر"] file: Attachment,
    #[description = "The id of one source in it; else everything · معرّف مصدر واحد فيها، وإلا فكل ما فيها"]
    #[max_length = 48]
    source: Option<String>,
) -> Result<(), Failure> {
    let interaction = context.interaction;
    let (id, token) = (interaction.id, interaction.token.as_str());
    restore(who(context).await, id, token, file, source).await;
    Ok(())
}
