//! Leaving in good order: no more questions are let in, those under way are finished, and then the bot is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;

/// Lets questions in until the bot leaves, and knows how many are inside; cheap to clone.
#[derive(Clone)]
pub(super) struct Gate(Arc<Inside>);

struct Inside {
    closed: AtomicBool,
    count: watch::Sender<usize>,
}

/// Somebody inside: what holds it is waited for.
pub(super) struct Guard(Arc<Inside>);

impl Gate {
    /// An open gate with nobody inside.
    pub(super) fn new() -> Self {
        Self(Arc::new(Inside {
            closed: AtomicBool::new(false),
            count: watch::Sender::new(0),
        }))
    }

    /// Lets one more in; none once the bot leaves.
    pub(super) fn enter(&self) -> Option<Guard> {
        // Counted first: who sees the gate open is then surely waited for.
        let guard = self.stay();
        (!self.is_closed()).then_some(guard)
    }

    /// A further guard for what somebody inside leaves running in a task of its own, even while the bot leaves.
    pub(super) fn stay(&self) -> Guard {
        self.0.count.send_modify(|count| *count += 1);
        Guard(Arc::clone(&self.0))
    }

    /// Whether the bot leaves.
    pub(super) fn is_closed(&self) -> bool {
        self.0.closed.load(Ordering::SeqCst)
    }

    /// Lets nobody in any more.
    pub(super) fn close(&self) {
        self.0.closed.store(true, Ordering::SeqCst);
    }

    /// Waits until nobody is inside; false where somebody still is after that time.
    pub(super) async fn is_empty_within(&self, time: Duration) -> bool {
        let mut count = self.0.count.subscribe();
        tokio::time::timeout(time, count.wait_for(|count| *count == 0))
            .await
            .is_ok()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.count.send_modify(|count| *count -= 1);
    }
}
