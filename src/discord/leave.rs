//! Leaving in good order: no more questions are let in, those under way are finished, and then the bot is gone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

/// Lets questions in until the bot leaves, and knows how many are inside; cheap to clone.
#[derive(Clone)]
pub(super) struct Gate(Arc<Inside>);

struct Inside {
    /// Since when the gate is closed.
    closed: watch::Sender<Option<Instant>>,
    count: watch::Sender<usize>,
}

/// Somebody inside: what holds it is waited for.
pub(super) struct Guard(Arc<Inside>);

impl Gate {
    /// An open gate with nobody inside.
    pub(super) fn new() -> Self {
        Self(Arc::new(Inside {
            closed: watch::Sender::new(None),
            count: watch::Sender::new(0),
        }))
    }

    /// Lets one more in; none once the bot leaves.
    pub(super) fn enter(&self) -> Option<Guard> {
        // Counted first: who sees the gate open is then surely waited for.
        let guard = self.stay();
        self.0.closed.borrow().is_none().then_some(guard)
    }

    /// A further guard for what somebody inside leaves running in a task of its own, even while the bot leaves.
    pub(super) fn stay(&self) -> Guard {
        self.0.count.send_modify(|count| *count += 1);
        Guard(Arc::clone(&self.0))
    }

    /// Lets nobody in any more.
    pub(super) fn close(&self) {
        self.0.closed.send_modify(|since| {
            since.get_or_insert_with(Instant::now);
        });
    }

    /// Waits until the gate is closed.
    pub(super) async fn closed(&self) {
        let mut closed = self.0.closed.subscribe();
        // The sender lives as long as this gate, so that there is nothing to fail.
        let _ = closed.wait_for(Option::is_some).await;
    }

    /// Waits until nobody is inside, at most so long after the gate was closed; how many are still inside then.
    pub(super) async fn empty(&self, within: Duration) -> usize {
        let since = self.0.closed.borrow().unwrap_or_else(Instant::now);
        let left = within.saturating_sub(since.elapsed());
        let mut count = self.0.count.subscribe();
        let _ = tokio::time::timeout(left, count.wait_for(|count| *count == 0)).await;
        *self.0.count.borrow()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.count.send_modify(|count| *count -= 1);
    }
}

/// Closes the gate when the process is told to leave: by Ctrl-C, or by `SIGTERM` where there is such a thing.
pub(super) fn when_told(gate: &Gate) -> std::io::Result<()> {
    let told = told()?;
    let gate = gate.clone();
    tokio::spawn(async move {
        told.await;
        tracing::info!("told to leave: questions under way are finished");
        gate.close();
    });
    Ok(())
}

#[cfg(unix)]
fn told() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    // Listened for from here on, not from the first poll.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn those_inside_are_waited_for_and_nobody_else_comes_in() {
        let gate = Gate::new();
        let first = gate.enter().unwrap();
        let second = gate.stay();
        gate.close();
        gate.closed().await;
        assert!(gate.enter().is_none());
        let waits = tokio::spawn({
            let gate = gate.clone();
            async move { gate.empty(Duration::from_secs(10)).await }
        });
        drop(first);
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(!waits.is_finished());
        drop(second);
        assert_eq!(waits.await.unwrap(), 0);
    }

    #[tokio::test]
    async fn those_who_stay_too_long_are_left() {
        let gate = Gate::new();
        let _guard = gate.enter().unwrap();
        gate.close();
        assert_eq!(gate.empty(Duration::from_millis(20)).await, 1);
    }
}
