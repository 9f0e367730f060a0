//! Questions to offer while a person types.

use super::{Error, Library};

/// What a state has to offer.
#[derive(Default)]
pub(super) struct Offers {}

impl Library {
    /// Questions to offer while a person types: headings and definition questions whose outcome is an answer, best
    /// first, at most `limit`, each at most 100 characters; for an empty text the first headings.
    pub async fn suggestions(&self, typed: &str, limit: usize) -> Result<Vec<String>, Error> {
        let _ = (typed, limit);
        Ok(Vec::new())
    }
}
