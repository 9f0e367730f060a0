//! Troubles that a test plans for coming requests: rate limits, errors, delays, lost connections.

use std::time::Duration;

/// What happens to a request instead of, or around, its ordinary handling.
#[derive(Debug, Clone)]
pub(crate) enum Trouble {
    /// 429; see [`Trouble::rate_limited`].
    RateLimited {
        /// Seconds, in the body and, with `headers`, in `Retry-After`.
        retry_after: f64,
        /// Whether the headers are there at all.
        headers: bool,
        /// Whether it is the limit of the whole application.
        global: bool,
    },
    /// An answer of that status with a body that is not Discord's, as a proxy in front of it gives.
    Status(u16),
    /// Handled as usual, but only after this time.
    Delay(Duration),
    /// The connection closes before anything is done.
    Hangup,
    /// Everything is done, but the connection closes before the answer.
    LostAnswer,
}

impl Trouble {
    /// 429 with `Retry-After` and the body of a bucket's limit.
    pub(crate) fn rate_limited(retry_after: f64) -> Self {
        Self::RateLimited {
            retry_after,
            headers: true,
            global: false,
        }
    }

    /// 429 without any header: only the body tells how long to wait.
    pub(crate) fn rate_limited_without_headers(retry_after: f64) -> Self {
        Self::RateLimited {
            retry_after,
            headers: false,
            global: false,
        }
    }
}

/// A trouble with the requests that it meets.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) pattern: String,
    pub(super) left: usize,
    pub(super) trouble: Trouble,
}

/// Uses up the troubles that meet this request: delays, and at most one of the others.
pub(super) fn happening(all: &mut [Planned], method: &str, path: &str) -> Vec<Trouble> {
    let mut found = Vec::new();
    for planned in all {
        if planned.left > 0 && matches(&planned.pattern, method, path) {
            planned.left -= 1;
            found.push(planned.trouble.clone());
            if !matches!(planned.trouble, Trouble::Delay(_)) {
                break;
            }
        }
    }
    found
}

/// Whether `METHOD /path/*/more` matches a request; `*` is one segment, `**` at the end is any rest, `*` as the method
/// is any method. The path is counted from behind `/api/v10`.
pub(super) fn matches(pattern: &str, method: &str, path: &str) -> bool {
    let (wanted, pattern) = pattern.split_once(' ').unwrap_or(("*", pattern));
    if wanted != "*" && wanted != method {
        return false;
    }
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        if part == "**" {
            return true;
        }
        match segments.next() {
            Some(segment) if part == "*" || part == segment => {}
            _ => return false,
        }
    }
    segments.next().is_none()
}
