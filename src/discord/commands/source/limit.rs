//! `/source limit`: who sees a source.

use super::super::Context;
use super::{does, there};
use crate::discord::data::Failure;

/// Choose who sees a source, and where · اختيار من يرى المصدر وأين
#[poise::command(slash_command)]
pub(super) async fn limit(
    context: Context<'_>,
    #[description = "The source · المصدر"]
    #[autocomplete = "there"]
    id: String,
) -> Result<(), Failure> {
    does(context, move |moderator| moderator.limits_of(id)).await
}
