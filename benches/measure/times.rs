//! Times that were taken, and what is told of them.

use std::fmt;
use std::time::Duration;

/// Times of the same thing.
#[derive(Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The time that so many in a hundred do not exceed (nearest rank); nothing where none was taken.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().unwrap_or_default()
    }

    /// How many times another's percentile this one's is.
    pub(crate) fn over(&self, other: &Self, percent: usize) -> f64 {
        self.percentile(percent).as_secs_f64() / other.percentile(percent).as_secs_f64()
    }
}

impl fmt::Display for Times {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (median, worst) = (self.percentile(50), self.percentile(99));
        write!(
            formatter,
            "p50 {:>9}  p99 {:>9}",
            milliseconds(median),
            milliseconds(worst)
        )
    }
}

/// A time in milliseconds, to the microsecond.
pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1000.0)
}
