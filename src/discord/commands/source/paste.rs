//! `/source paste`: a text that is typed or pasted into a form.

use super::super::Context;
use super::who;
use crate::discord::data::Failure;
use crate::discord::managing::Goal;
use crate::discord::reply::source::paste as form;

/// Add a text of up to 4,000 characters · إضافة نص لا يزيد على 4000 حرف
#[poise::command(slash_command)]
pub(super) async fn paste(context: Context<'_>) -> Result<(), Failure> {
    let interaction = context.interaction;
    let who = who(context).await;
    let (language, step) = (who.language(), who.step(Goal::Paste));
    who.opens(interaction.id, &interaction.token, move |_| async move {
        Ok(Ok(form(language, step)))
    })
    .await;
    Ok(())
}
