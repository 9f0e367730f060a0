//! `/source diff`: what changed between two versions of a source.

use super::super::Context;
use super::{all, does};
use crate::discord::data::Failure;

/// What changed between two versions of a source · ما تغيّر بين نسختين من مصدر
#[poise::command(slash_command)]
pub(super) async fn diff(
    context: Context<'_>,
    #[description = "The source · المصدر"]
    #[autocomplete = "all"]
    id: String,
    #[description = "The earlier version; else the one before the later · النسخة الأقدم"]
    #[min = 1]
    before: Option<u32>,
    #[description = "The later version; else the current one · النسخة الأحدث"]
    #[min = 1]
    after: Option<u32>,
) -> Result<(), Failure> {
    does(context, move |moderator| {
        moderator.compares_named(id, before, after)
    })
    .await
}
