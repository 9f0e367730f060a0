//! The commands, one a file.

use super::data::{Data, Failure};

/// All commands.
pub(super) fn all() -> Vec<poise::Command<Data, Failure>> {
    Vec::new()
}
