//! Who looks at a library, and what of it they see.
//!
//! A source may be limited to channels and roles. Whoever may not see it is answered from a state in which it never was:
//! it is in no answer, no count, no suggestion, and no correction of a word.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::room::{State, searching};
use super::{Error, Library};
use crate::catalogue::{Limits, SourceRecord};

/// How many views of one state are kept at hand.
const VIEWS: usize = 16;

/// Who looks at a library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Viewer {
    /// Who may see everything: the host at the terminal, a moderator at work.
    #[default]
    All,
    /// A person in a place.
    Person {
        /// What the place counts as: the channel, and of a thread the one that it belongs to.
        channels: Vec<u64>,
        /// The person's roles.
        roles: Vec<u64>,
    },
}

impl Viewer {
    /// Whether a source with these limits is seen.
    pub fn sees(&self, limits: &Limits) -> bool {
        match self {
            Self::All => true,
            Self::Person { channels, roles } => limits.allow(channels, roles),
        }
    }
}

impl Library {
    /// The library as somebody sees it.
    #[must_use]
    pub fn seen_by(&self, viewer: Viewer) -> Self {
        Self {
            viewer,
            ..self.clone()
        }
    }

    /// Of sources, those that are seen.
    pub(super) fn seen(&self, mut sources: Vec<SourceRecord>) -> Vec<SourceRecord> {
        sources.retain(|source| self.viewer.sees(&source.limits));
        sources
    }

    /// What of a state is seen.
    pub(super) async fn view_of(&self, state: &Arc<State>) -> Result<Arc<State>, Error> {
        let sources = state.sources.iter();
        let seen: BTreeSet<u64> = sources
            .filter(|(_, source)| self.viewer.sees(&source.limits))
            .map(|(edition, _)| *edition)
            .collect();
        if seen.len() == state.sources.len() {
            return Ok(Arc::clone(state));
        }
        if let Some(view) = state.kept_view(&seen) {
            return Ok(view);
        }
        let whole = Arc::clone(state);
        let view = searching(&state.folder, move || {
            let view = Arc::new(whole.within(&seen)?);
            whole.keep_view(Arc::clone(&view));
            Ok(view)
        })
        .await?;
        Ok(view)
    }
}

impl State {
    fn kept_view(&self, seen: &BTreeSet<u64>) -> Option<Arc<Self>> {
        let views = self.views.lock();
        let mut views = views.expect("no panic while views are looked up");
        let at = views.iter().position(|view| view.sources.keys().eq(seen))?;
        // The latest is last; the first goes first.
        let view = views.remove(at);
        views.push(Arc::clone(&view));
        Some(view)
    }

    fn keep_view(&self, view: Arc<Self>) {
        let views = self.views.lock();
        let mut views = views.expect("no panic while views are looked up");
        if views.len() >= VIEWS {
            views.remove(0);
        }
        views.push(view);
    }
}
