//! How often a person may ask.

use crate::config;

/// A bucket of questions a person.
pub(super) struct Cooldown;

impl Cooldown {
    /// As the configuration says.
    pub(super) fn new(_config: &config::Discord) -> Self {
        Self
    }
}
