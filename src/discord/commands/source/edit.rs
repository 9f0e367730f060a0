//! `/source edit`: what citations name of a source, in a form.

use super::super::Context;
use super::{there, who};
use crate::discord::data::Failure;

/// Mend title, author and what else citations name · تعديل العنوان والمؤلف وسائر بيانات الإحالة
#[poise::command(slash_command)]
pub(super) async fn edit(
    context: Context<'_>,
    #[description = "The source · المصدر"]
    #[autocomplete = "there"]
    id: String,
) -> Result<(), Failure> {
    let interaction = context.interaction;
    let who = who(context).await;
    who.opens(interaction.id, &interaction.token, move |moderator| {
        moderator.form_of(id)
    })
    .await;
    Ok(())
}
