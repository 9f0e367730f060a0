//! How often a person may ask: so many questions in one go, and one more each time a while has passed.
//!
//! Of each person one moment is kept, the one at which all their questions will be theirs again; who has come to it is
//! forgotten. So the memory is bounded by how many people can ask within that while, and by [`MOST`] besides.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::config;

/// How many people are remembered at most. Beyond it those are forgotten first who would soonest be anyway.
const MOST: usize = 10_000;

/// Who has asked how much.
pub(super) struct Cooldown {
    every: Duration,
    burst: u32,
    people: Mutex<HashMap<Pace, Spent>>,
}

/// Whose questions are counted together: a person's, and apart from them those in a server that sets a pace of its own,
/// so that a slow server slows nobody down elsewhere.
type Pace = (u64, Option<u64>);

/// The pace of a server that sets its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Own {
    /// The server.
    pub(super) server: u64,
    /// The time between two questions; zero is no limit.
    pub(super) every: Duration,
}

/// What a person has used up.
#[derive(Clone, Copy)]
struct Spent {
    /// When all questions are theirs again.
    until: Instant,
    /// Whether they were told to wait since they were last let through.
    is_told: bool,
}

/// Whether a person may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// They may.
    Granted,
    /// They have to wait.
    Refused {
        /// How long until the next question.
        wait: Duration,
        /// Whether this is the first refusal since they last asked: to repeat it with each message would be the very
        /// flood that the cooldown keeps away.
        is_first: bool,
    },
}

impl Cooldown {
    /// As the configuration says; no limit where the time between two questions is zero.
    pub(super) fn new(config: &config::Discord) -> Self {
        Self {
            every: config.cooldown,
            burst: config.cooldown_burst,
            people: Mutex::default(),
        }
    }

    /// Takes one question of a person's, in a server that has this pace of its own, if it has one.
    pub(super) fn take(&self, person: u64, own: Option<Own>, now: Instant) -> Taken {
        let every = own.map_or(self.every, |own| own.every);
        let pace = (person, own.map(|own| own.server));
        if every.is_zero() {
            return Taken::Granted;
        }
        let mut people = self.people();
        let spent = people.get(&pace).copied().unwrap_or(Spent {
            until: now,
            is_told: false,
        });
        let owed = spent.until.saturating_duration_since(now);
        // The last question of a burst may be taken while all those before it are still owed.
        let allowed = every.saturating_mul(self.burst.saturating_sub(1));
        let is_granted = owed <= allowed;
        let until = if is_granted {
            now + owed + every
        } else {
            spent.until
        };
        people.insert(
            pace,
            Spent {
                until,
                is_told: !is_granted,
            },
        );
        if people.len() > MOST {
            forget(&mut people, now);
        }
        if is_granted {
            Taken::Granted
        } else {
            Taken::Refused {
                wait: owed.saturating_sub(allowed),
                is_first: !spent.is_told,
            }
        }
    }

    fn people(&self) -> MutexGuard<'_, HashMap<Pace, Spent>> {
        // Nothing in the map can be half-written.
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets who owes nothing any more and, where that is nobody, the half that owes least.
fn forget(people: &mut HashMap<Pace, Spent>, now: Instant) {
    people.retain(|_, spent| spent.until > now);
    if people.len() > MOST {
        let mut moments: Vec<Instant> = people.values().map(|spent| spent.until).collect();
        let (_, median, _) = moments.select_nth_unstable(MOST / 2);
        let median = *median;
        people.retain(|_, spent| spent.until > median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_secs(3);

    fn cooldown(every: Duration, burst: u32) -> Cooldown {
        Cooldown::new(&config::Discord {
            cooldown: every,
            cooldown_burst: burst,
            ..config::Discord::default()
        })
    }

    #[test]
    fn a_burst_then_one_each_time() {
        let cooldown = cooldown(EVERY, 2);
        let start = Instant::now();
        let take = |person, after_ms| {
            let now = start + Duration::from_millis(after_ms);
            cooldown.take(person, None, now)
        };
        let refused = |wait_ms, is_first| Taken::Refused {
            wait: Duration::from_millis(wait_ms),
            is_first,
        };
        assert_eq!(take(1, 0), Taken::Granted);
        assert_eq!(take(1, 0), Taken::Granted);
        assert_eq!(take(1, 1_000), refused(2_000, true));
        assert_eq!(take(1, 2_000), refused(1_000, false), "told once");
        assert_eq!(take(2, 2_000), Taken::Granted, "each person by themselves");
        assert_eq!(take(1, 3_000), Taken::Granted);
        assert_eq!(take(1, 3_001), refused(2_999, true), "told again");
        assert_eq!(take(1, 60_000), Taken::Granted);
        assert_eq!(take(1, 60_000), Taken::Granted);
        assert_eq!(
            take(1, 60_000),
            refused(3_000, true),
            "no more than a burst"
        );
    }

    #[test]
    fn a_server_with_a_pace_of_its_own_counts_apart() {
        let cooldown = cooldown(EVERY, 1);
        let start = Instant::now();
        let slow = Some(Own {
            server: 7,
            every: Duration::from_mins(1),
        });
        let take = |own, after_s| cooldown.take(1, own, start + Duration::from_secs(after_s));
        assert_eq!(take(slow, 0), Taken::Granted);
        assert_eq!(take(None, 0), Taken::Granted, "elsewhere at once");
        assert_ne!(take(slow, 59), Taken::Granted);
        assert_eq!(take(None, 59), Taken::Granted);
        assert_eq!(take(slow, 60), Taken::Granted);
        let free = Some(Own {
            server: 8,
            every: Duration::ZERO,
        });
        assert!((0..100).all(|_| take(free, 60) == Taken::Granted));
    }

    #[test]
    fn zero_is_no_limit() {
        let cooldown = cooldown(Duration::ZERO, 1);
        let now = Instant::now();
        assert!((0..100).all(|_| cooldown.take(1, None, now) == Taken::Granted));
        assert!(cooldown.people().is_empty());
    }

    #[test]
    fn memory_is_bounded() {
        let cooldown = cooldown(EVERY, 1);
        let start = Instant::now();
        for person in 0..3 * MOST as u64 {
            cooldown.take(person, None, start + Duration::from_nanos(person));
            assert!(cooldown.people().len() <= MOST);
        }
        let last = 3 * MOST as u64 - 1;
        let now = start + Duration::from_nanos(last);
        assert_ne!(
            cooldown.take(last, None, now),
            Taken::Granted,
            "the latest stay"
        );
        // Once they owe nothing they all go at the next cleaning.
        let later = start + Duration::from_mins(1);
        for person in 0..=MOST as u64 {
            cooldown.take(1_000_000 + person, None, later);
        }
        assert!(
            cooldown
                .people()
                .keys()
                .all(|(person, _)| *person >= 1_000_000)
        );
    }
}
