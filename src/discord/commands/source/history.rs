//! `/source history`: the versions of a source.

use super::super::Context;
use super::{all, does};
use crate::discord::data::Failure;

/// The versions of a source, and who made them · نسخ مصدر ومن صنعها
#[poise::command(slash_command)]
pub(super) async fn history(
    context: Context<'_>,
    #[description = "The source · المصدر"]
    #[autocomplete = "all"]
    id: String,
) -> Result<(), Failure> {
    does(context, move |moderator| moderator.history_of(id)).await
}
