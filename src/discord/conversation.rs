//! One path for all questions.

use super::data::{Data, Failure};

/// Tells a person and the log of a command that failed.
pub(super) async fn failed(error: poise::FrameworkError<'_, Data, Failure>) {
    tracing::error!(%error, "a command failed");
}
