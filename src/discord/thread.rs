//! What was answered last in a thread, so that a question asked there may lean on it.
//!
//! Only threads are remembered, only in memory, and only which passage: no question and nobody who asked. Elsewhere people
//! talk past each other, and a question leans on an answer only by replying to it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serenity::all::{ChannelId, ChannelType, Message, UserId};

use super::button::{Home, Spot, parse_shown};

/// How many threads are remembered; the one answered longest ago is forgotten first.
const MOST: usize = 1_000;

/// The last answers of threads.
#[derive(Default)]
pub(super) struct Threads {
    answers: Mutex<VecDeque<(ChannelId, Home, Spot)>>,
}

impl Threads {
    /// The passage that was given last in a thread, where that was of this library.
    pub(super) fn last(&self, thread: ChannelId, home: Home) -> Option<Spot> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let last = answers.iter().find(|(known, ..)| *known == thread);
        last.filter(|(_, of, _)| *of == home)
            .map(|(.., spot)| *spot)
    }

    /// Remembers the passage that was given in a thread.
    pub(super) fn answered(&self, thread: ChannelId, home: Home, spot: Spot) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.retain(|(known, ..)| *known != thread);
        answers.push_front((thread, home, spot));
        answers.truncate(MOST);
    }

    /// Forgets a thread, where an answer was deleted or did not arrive: it may be the last, and nobody sees what would be
    /// followed.
    pub(super) fn forget(&self, thread: ChannelId) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.retain(|(known, ..)| *known != thread);
    }
}

/// Whether a channel of that kind is a thread.
pub(super) fn is_thread(kind: ChannelType) -> bool {
    matches!(
        kind,
        ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread
    )
}

/// The passage that a message of ours shows to the people of a library, where it shows one.
pub(super) fn shown(message: &Message, bot: UserId, home: Home) -> Option<Spot> {
    if message.author.id != bot {
        return None;
    }
    let rows = message.components.iter();
    let parts = rows.flat_map(|row| &row.components);
    let mut ids = parts.filter_map(super::press::custom_id);
    let (of, spot) = ids.find_map(parse_shown)?;
    (of == home).then_some(spot)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Kind, Place};

    fn spot(ordinal: u32) -> Spot {
        let place = Place {
            kind: Kind::Paragraph,
            ordinal,
            part: None,
        };
        Spot {
            version_key: 1,
            place,
            sentence: 0,
        }
    }

    #[test]
    fn the_last_answer_counts_and_old_threads_are_forgotten() {
        let threads = Threads::default();
        let (one, home) = (ChannelId::new(1), Home::Server(7));
        assert_eq!(threads.last(one, home), None);
        threads.answered(one, home, spot(1));
        threads.answered(one, home, spot(2));
        assert_eq!(threads.last(one, home), Some(spot(2)));
        assert_eq!(threads.last(one, Home::Starter), None, "another library's");
        assert_eq!(threads.last(ChannelId::new(2), home), None);
        threads.answered(ChannelId::new(2), home, spot(1));
        threads.forget(ChannelId::new(2));
        assert_eq!(threads.last(ChannelId::new(2), home), None);
        for nth in 2..=1_000 {
            threads.answered(ChannelId::new(nth), home, spot(3));
        }
        assert_eq!(threads.last(one, home), Some(spot(2)));
        threads.answered(ChannelId::new(1_001), home, spot(3));
        assert_eq!(threads.last(one, home), None);
        assert_eq!(threads.answers.lock().unwrap().len(), MOST);
    }
}
