//! Who may see a source.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Who may see a source: in one of these channels, with one of these roles. An empty list limits nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The channels in which it answers; threads belong to theirs.
    pub channels: BTreeSet<u64>,
    /// The roles of which a person needs one.
    pub roles: BTreeSet<u64>,
}

impl Limits {
    /// Limits that nobody meets: no channel has the id 0. Whoever manages the library sees the source all the same, and
    /// says who else may.
    pub fn nobody() -> Self {
        Self {
            channels: BTreeSet::from([0]),
            roles: BTreeSet::new(),
        }
    }

    /// Whether nobody meets them.
    pub fn is_nobody(&self) -> bool {
        self.channels.contains(&0) && self.channels.len() == 1
    }

    /// Whether everybody may see it everywhere.
    pub fn is_empty(&self) -> bool {
        self.channels.is_empty() && self.roles.is_empty()
    }

    /// Whether somebody with these roles may see it in a place that counts as these channels.
    pub fn allow(&self, channels: &[u64], roles: &[u64]) -> bool {
        let meets = |limits: &BTreeSet<u64>, has: &[u64]| {
            limits.is_empty() || has.iter().any(|one| limits.contains(one))
        };
        meets(&self.channels, channels) && meets(&self.roles, roles)
    }

    /// As the catalogue stores it.
    pub(super) fn to_text(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        serde_json::to_string(self).expect("numbers are plain data")
    }

    /// None where it was never written by us.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        serde_json::from_str(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_of_each_kind_has_to_be_met() {
        let limits = Limits {
            channels: BTreeSet::from([1, 2]),
            roles: BTreeSet::from([7]),
        };
        assert!(limits.allow(&[2], &[7, 8]));
        assert!(!limits.allow(&[3], &[7]));
        assert!(!limits.allow(&[2], &[8]));
        assert!(!limits.allow(&[], &[]));
        assert!(Limits::default().allow(&[], &[]));
        assert!(Limits::nobody().is_nobody() && !Limits::nobody().allow(&[1, 2], &[7]));
        assert!(!limits.is_nobody() && !Limits::default().is_nobody());
        for limits in [limits, Limits::default()] {
            assert_eq!(Limits::from_text(&limits.to_text()), Some(limits));
        }
        assert_eq!(Limits::from_text("{}"), None);
    }
}
