//! `/source remove`: withdraws a source, after asking.

use super::super::Context;
use super::{does, there};
use crate::discord::data::Failure;

/// Withdraw a source from the answers · سحب مصدر من الأجوبة
#[poise::command(slash_command)]
pub(super) async fn remove(
    context: Context<'_>,
    #[description = "The source · المصدر"]
    #[autocomplete = "there"]
    id: String,
) -> Result<(), Failure> {
    does(context, move |moderator| moderator.asks_withdrawal_of(id)).await
}
