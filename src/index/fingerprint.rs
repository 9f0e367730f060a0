//! What an index was built from and by: the one thing that decides whether it may be searched.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{analysis, schema};
use crate::language::lexicon;

/// What an index was built from and by. It is committed together with the passages, so it never speaks of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    schema: u32,
    analysis: u32,
    lexicon: u64,
    editions: BTreeSet<u64>,
}

impl Fingerprint {
    /// The fingerprint that an index of these editions has when this program builds it.
    pub fn of(editions: BTreeSet<u64>) -> Self {
        Self {
            schema: schema::VERSION,
            analysis: analysis::VERSION,
            lexicon: lexicon::version(),
            editions,
        }
    }

    /// The editions.
    pub fn editions(&self) -> &BTreeSet<u64> {
        &self.editions
    }

    /// Whether an index with this fingerprint needs only other editions to become one with the other: schema, analysis
    /// and lexicon are the same.
    pub fn is_kin(&self, other: &Self) -> bool {
        (self.schema, self.analysis, self.lexicon) == (other.schema, other.analysis, other.lexicon)
    }

    /// What is written beside a commit.
    pub(super) fn to_payload(&self) -> String {
        serde_json::to_string(self).expect("a fingerprint is plain data")
    }

    /// Reads what stands beside a commit; none where it is not ours.
    pub(super) fn from_payload(payload: &str) -> Option<Self> {
        serde_json::from_str(payload).ok()
    }
}
