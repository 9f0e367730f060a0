//! `/source show`: how a source stands.

use super::super::Context;
use super::{does, there};
use crate::discord::data::Failure;

/// How a source stands, and what can be done with it · حال مصدر وما يمكن فعله به
#[poise::command(slash_command)]
pub(super) async fn show(
    context: Context<'_>,
    #[description = "The source · المصدر"]
    #[autocomplete = "there"]
    id: String,
) -> Result<(), Failure> {
    does(context, move |moderator| moderator.shows_named(id)).await
}
