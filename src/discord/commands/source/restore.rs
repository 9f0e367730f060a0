//! `/source restore`: brings a withdrawn source back, or a former version.

use super::super::Context;
use super::{all, does};
use crate::discord::data::Failure;

/// Bring back a withdrawn source, or a former version · استعادة مصدر مسحوب أو نسخة سابقة
#[poise::command(slash_command)]
pub(super) async fn restore(
    context: Context<'_>,
    #[description = "The source · المصدر"]
    #[autocomplete = "all"]
    id: String,
    #[description = "Which version; else the last one before · النسخة، وإلا فالسابقة"]
    #[min = 1]
    version: Option<u32>,
) -> Result<(), Failure> {
    does(context, move |moderator| {
        moderator.restores_named(id, version)
    })
    .await
}
