//! `/source refresh`: fetches a source again from its address.

use super::super::Context;
use super::{does, there};
use crate::discord::data::Failure;

/// Fetch a source again from its web address · جلب مصدر من رابطه من جديد
#[poise::command(slash_command)]
pub(super) async fn refresh(
    context: Context<'_>,
    #[description = "The source · المصدر"]
    #[autocomplete = "there"]
    id: String,
) -> Result<(), Failure> {
    does(context, move |moderator| moderator.refreshes_named(id)).await
}
