//! How often the bot identifies itself: after 1000 times in 24 hours Discord ends all sessions and resets the token.
//!
//! A start of the program costs one, and so does every session that cannot be resumed. The count lies in the catalogue,
//! because a program that is started again and again forgets everything else.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::task::JoinHandle;

use crate::catalogue::{self, Catalogue};

/// The time in which they are counted, in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// How often the bot has identified itself of late, and how often it may.
pub(super) struct Budget {
    catalogue: Catalogue,
    per_day: usize,
    /// When, in milliseconds since 1970, the oldest first.
    spent: Vec<i64>,
    /// What notes the last one in the catalogue: in a task of its own, since who waits for it may be broken off.
    noting: Option<JoinHandle<Result<(), catalogue::Error>>>,
    /// Whether the log was told that there is none left.
    pub(super) is_told: bool,
}

impl Budget {
    /// What the catalogue knows of the last day.
    pub(super) async fn load(
        catalogue: &Catalogue,
        per_day: u32,
    ) -> Result<Self, catalogue::Error> {
        let mut spent = catalogue.identifies_since(now() - DAY).await?;
        spent.sort_unstable();
        Ok(Self {
            catalogue: catalogue.clone(),
            per_day: usize::try_from(per_day).unwrap_or(usize::MAX),
            spent,
            noting: None,
            is_told: false,
        })
    }

    /// How long the bot has to wait before it may identify itself; zero where it may at once.
    pub(super) fn wait(&self) -> Duration {
        wait(&self.spent, self.per_day, now())
    }

    /// Counts one more. That the catalogue cannot note it is no reason to stay away: this process counts it all the same.
    pub(super) async fn spend(&mut self) {
        let now = now();
        self.spent.retain(|at| *at > now - DAY);
        self.spent.push(now);
        self.spent.sort_unstable();
        let catalogue = self.catalogue.clone();
        let noting = tokio::spawn(async move { catalogue.record_identify(now).await });
        self.noting = Some(noting);
        self.settle().await;
    }

    /// Waits until what was spent stands in the catalogue.
    pub(super) async fn settle(&mut self) {
        let Some(noting) = &mut self.noting else {
            return;
        };
        let noted = noting.await;
        self.noting = None;
        let error = match noted {
            Ok(Ok(())) => return,
            Ok(Err(error)) => anyhow::Error::from(error),
            Err(panic) => anyhow::Error::from(panic),
        };
        tracing::error!("an IDENTIFY was not noted in the catalogue: {error:#}");
    }
}

/// The time until fewer than `per_day` of those that were spent (the oldest first) lie within the last day.
fn wait(spent: &[i64], per_day: usize, now: i64) -> Duration {
    let Some(oldest) = spent.len().checked_sub(per_day).map(|at| spent.get(at)) else {
        return Duration::ZERO;
    };
    let free = oldest.map_or(now + DAY, |at| at + DAY);
    Duration::from_millis(u64::try_from(free - now).unwrap_or(0))
}

/// This moment, in milliseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use super::*;

    #[test]
    fn the_budget_is_that_of_the_last_day() {
        const NOW: i64 = 1_800_000_000_000;
        #[track_caller]
        fn case(hours_ago: &[i64], per_day: usize, expected_hours: u64) {
            let spent: Vec<i64> = hours_ago
                .iter()
                .map(|hours| NOW - hours * 3_600_000)
                .collect();
            assert_eq!(
                wait(&spent, per_day, NOW),
                Duration::from_hours(expected_hours)
            );
        }
        case(&[], 1, 0);
        case(&[3], 2, 0);
        case(&[3], 1, 21);
        case(&[20, 5, 1], 3, 4);
        case(&[20, 5, 1], 2, 19);
        case(&[30, 25, 1], 2, 0);
        case(&[30, 25, 1], 1, 23);
        // A clock that was set back does not make it forget.
        case(&[-1], 1, 25);
    }

    #[tokio::test]
    async fn who_is_broken_off_while_spending_has_spent_once() {
        let folder = tempfile::tempdir().unwrap();
        let catalogue = Catalogue::open(folder.path()).await.unwrap();
        let mut budget = Budget::load(&catalogue, 5).await.unwrap();
        {
            let mut spending = std::pin::pin!(budget.spend());
            let mut context = Context::from_waker(Waker::noop());
            assert!(spending.as_mut().poll(&mut context).is_pending());
        }
        budget.settle().await;
        assert_eq!(budget.spent.len(), 1);
        assert_eq!(catalogue.identifies_since(0).await.unwrap(), budget.spent);
    }
}
