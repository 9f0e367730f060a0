//! The turnstile: no connection to the gateway is made without passing it, one at a time and counted.
//!
//! serenity connects again without a pause where a gateway accepts connections and drops them (thousands a second), and
//! tells nobody: no event, no change of stage. But before each connection it takes the gateway's address out of a lock
//! that a client shows. The turnstile holds that lock, and opens it for a moment when another connection may be made.
//!
//! # Why
//!
//! *Why not watch the shards?* They are silent just when it matters. *Why not an own gateway client?* It would be the
//! larger half of serenity. *What if serenity stops taking the address out of the lock?* The tests that drop connections
//! and count identifications fail then.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{self, Poll, Wake, Waker};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, OwnedMutexGuard};

/// Holds the lock with the gateway's address.
pub(super) struct Turnstile {
    address: Arc<Mutex<String>>,
    held: Option<OwnedMutexGuard<String>>,
}

impl Turnstile {
    /// Takes hold of a client's lock and puts the true address into it: where serenity could not ask for one, it has put
    /// the real Discord's there.
    pub(super) async fn take(lock: Arc<Mutex<String>>, address: String) -> Self {
        let mut held = Arc::clone(&lock).lock_owned().await;
        *held = address;
        Self {
            address: lock,
            held: Some(held),
        }
    }

    /// Lets one pass if one is there; whether one has passed.
    pub(super) async fn turn(&mut self) -> bool {
        // The lock is fair: this stands in line behind who waits already. Whether that is anybody cannot be seen
        // afterwards, since they may have passed in no time.
        let back = tokio::task::unconstrained(Arc::clone(&self.address).lock_owned());
        let mut back = pin!(back);
        let first = Arc::new(First {
            here: thread::current().id(),
            is_first: AtomicBool::new(false),
        });
        let waker = Waker::from(Arc::clone(&first));
        if let Poll::Ready(held) = back.as_mut().poll(&mut task::Context::from_waker(&waker)) {
            // It was not held, which only a turn that was broken off leaves behind.
            self.held = Some(held);
            return false;
        }
        drop(self.held.take());
        let passed = !first.is_first.load(Ordering::SeqCst);
        self.held = Some(back.await);
        passed
    }
}

/// Whether a place in line was the first one: then who lets go of the lock hands it over and wakes it, at once and on the
/// same thread. Behind a shard it is the shard that does so, on another thread or later.
struct First {
    here: ThreadId,
    is_first: AtomicBool,
}

impl Wake for First {
    fn wake(self: Arc<Self>) {
        if thread::current().id() == self.here {
            self.is_first.store(true, Ordering::SeqCst);
        }
    }
}

/// The connections that a client has made of late.
pub(super) struct Passes {
    window: Duration,
    limit: usize,
    times: VecDeque<Instant>,
    /// Whether there was a whole window with a session and without another connection.
    calm: bool,
}

impl Passes {
    /// None yet.
    pub(super) fn new(window: Duration, limit: u32) -> Self {
        Self {
            window,
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            times: VecDeque::new(),
            calm: false,
        }
    }

    /// Counts one. The first is no reconnect.
    pub(super) fn count(&mut self, now: Instant, connected: bool) {
        let last = self.times.back();
        self.calm |= connected && last.is_some_and(|last| now.duration_since(*last) >= self.window);
        self.times.push_back(now);
    }

    /// Whether they are a storm: so many reconnects within the window, or as many as `limit` says.
    pub(super) fn are_storm(&mut self, now: Instant, limit: Option<usize>) -> bool {
        // One older than the window is kept, so that the first connection of all is never taken for a reconnect.
        let is_old = |at: &Instant| now.duration_since(*at) >= self.window;
        while self.times.get(1).is_some_and(is_old) {
            self.times.pop_front();
        }
        self.reconnects() >= limit.unwrap_or(self.limit)
    }

    /// How many reconnects there were within the window.
    pub(super) fn reconnects(&self) -> usize {
        self.times.len().saturating_sub(1)
    }

    /// Whether the client was well for a while before it failed, so that its failure is a new one.
    pub(super) fn were_calm(&self) -> bool {
        self.calm
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[tokio::test]
    async fn who_reconnects_without_pause_passes_once_a_turn() {
        let lock = Arc::new(Mutex::new("wss://gateway.discord.gg".to_owned()));
        let mut turnstile = Turnstile::take(Arc::clone(&lock), "ws://here".to_owned()).await;
        let connections = Arc::new(AtomicUsize::new(0));
        let storm = tokio::spawn({
            let connections = Arc::clone(&connections);
            async move {
                loop {
                    let address = lock.lock().await.clone();
                    assert_eq!(address, "ws://here");
                    connections.fetch_add(1, Ordering::SeqCst);
                    tokio::task::yield_now().await;
                }
            }
        });
        for turn in 1..=5 {
            tokio::time::sleep(Duration::from_millis(5)).await;
            assert!(turnstile.turn().await);
            assert_eq!(connections.load(Ordering::SeqCst), turn);
        }
        storm.abort();
        let _ = storm.await;
        assert!(!turnstile.turn().await, "nobody is there any more");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn none_passes_unseen() {
        let lock = Arc::new(Mutex::new(String::new()));
        let mut turnstile = Turnstile::take(Arc::clone(&lock), String::new()).await;
        let connections = tokio::spawn(async move {
            for _ in 0..20 {
                drop(lock.lock().await.clone());
                tokio::time::sleep(Duration::from_millis(7)).await;
            }
        });
        let mut seen = 0;
        while !connections.is_finished() {
            tokio::time::sleep(Duration::from_millis(1)).await;
            seen += usize::from(turnstile.turn().await);
        }
        assert_eq!(seen, 20);
    }

    #[test]
    fn a_storm_is_so_many_reconnects_in_the_window() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut passes = Passes::new(Duration::from_mins(1), 2);
        passes.count(at(0), false);
        assert!(!passes.are_storm(at(0), None), "the first is no reconnect");
        passes.count(at(1), true);
        assert!(!passes.are_storm(at(1), None));
        assert!(passes.are_storm(at(1), Some(1)));
        passes.count(at(2), true);
        assert!(passes.are_storm(at(2), None));
        assert!(!passes.are_storm(at(61), None), "the window has passed");
    }

    #[test]
    fn calm_is_a_window_with_a_session() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut passes = Passes::new(Duration::from_mins(1), 2);
        passes.count(at(0), false);
        passes.count(at(59), true);
        assert!(!passes.were_calm());
        passes.count(at(200), false);
        assert!(!passes.were_calm());
        passes.count(at(300), true);
        assert!(passes.were_calm());
    }
}
