//! Whose file is read next: of one server one at a time, of all servers a few, first come first served.
//!
//! What a moderator of one server gives to be read, however much and however large, delays their own server alone, and
//! no question anywhere: questions never stand in this queue.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

/// How many files are read at once, of all servers.
const AT_ONCE: usize = 2;
/// How many files of one server may wait.
const MOST_WAITING: usize = 10;

/// The queue; one for all servers.
pub(super) struct Queue {
    servers: Mutex<HashMap<u64, Arc<Line>>>,
    readers: Arc<Semaphore>,
}

/// Those of one server.
#[derive(Default)]
struct Line {
    reading: Arc<tokio::sync::Mutex<()>>,
}

/// A place in the queue.
pub(super) struct Place {
    line: Arc<Line>,
    readers: Arc<Semaphore>,
}

/// Whoever holds it may read.
pub(super) struct Turn {
    _reader: OwnedSemaphorePermit,
    _reading: OwnedMutexGuard<()>,
    _line: Arc<Line>,
}

impl Queue {
    /// An empty queue.
    pub(super) fn new() -> Self {
        Self {
            servers: Mutex::default(),
            readers: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// A place for a file of a server; none where too many of it wait already.
    pub(super) fn place(&self, server: u64) -> Option<Place> {
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        servers.retain(|_, line| Arc::strong_count(line) > 1);
        let line = servers.entry(server).or_default();
        // One is the map's own, one is read, the others wait.
        (Arc::strong_count(line) < MOST_WAITING + 2).then(|| Place {
            line: Arc::clone(line),
            readers: Arc::clone(&self.readers),
        })
    }
}

impl Place {
    /// Whether another file of the same server has to be read first.
    pub(super) fn is_behind_another(&self) -> bool {
        self.line.reading.try_lock().is_err()
    }

    /// Waits until it is its turn.
    pub(super) async fn turn(self) -> Option<Turn> {
        // The server's line first: who waits for their own server's file holds no reader meanwhile.
        let reading = Arc::clone(&self.line.reading).lock_owned().await;
        // It is never closed.
        let reader = self.readers.acquire_owned().await.ok()?;
        Some(Turn {
            _reader: reader,
            _reading: reading,
            _line: self.line,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    async fn waits(place: Place) -> tokio::task::JoinHandle<Turn> {
        let handle = tokio::spawn(async move { place.turn().await.unwrap() });
        tokio::time::sleep(Duration::from_millis(20)).await;
        handle
    }

    #[tokio::test]
    async fn one_of_a_server_and_a_few_of_all_in_the_order_they_came() {
        let queue = Queue::new();
        let place = queue.place(1).unwrap();
        assert!(!place.is_behind_another());
        let one = place.turn().await.unwrap();
        let second = queue.place(1).unwrap();
        assert!(second.is_behind_another());
        let second = waits(second).await;
        assert!(!second.is_finished());
        // Another server is not behind the second file of the first one.
        let other = queue.place(2).unwrap().turn().await.unwrap();
        let third = waits(queue.place(3).unwrap()).await;
        assert!(!third.is_finished(), "two are read already");
        drop(one);
        let third = tokio::time::timeout(Duration::from_secs(5), third).await;
        assert!(!second.is_finished(), "who came first is first");
        drop(other);
        second.await.unwrap();
        drop(third);
        assert!(
            queue
                .place(1)
                .is_some_and(|place| !place.is_behind_another())
        );
    }

    #[tokio::test]
    async fn not_more_than_some_wait_and_nobody_is_kept_in_mind() {
        let queue = Queue::new();
        let places: Vec<Place> = (0..=MOST_WAITING)
            .map(|_| queue.place(1).unwrap())
            .collect();
        assert!(queue.place(1).is_none());
        assert!(queue.place(2).is_some());
        drop(places);
        assert!(queue.place(1).is_some());
        assert_eq!(queue.servers.lock().unwrap().len(), 1);
    }
}
