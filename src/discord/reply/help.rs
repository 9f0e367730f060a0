//! What the bot is and how it is used.

use super::{Reply, in_words_of};
use crate::language::Language;
use crate::wording::say;

/// The help in a language, or in both of ours, one after the other. `days` is for how long questions are kept.
pub(in crate::discord) fn help(language: Language, bot: u64, days: u32) -> Reply {
    let blocks = in_words_of(language, |language| {
        let mention = ("mention", format!("<@{bot}>").into());
        let privacy = match days {
            0 => say(language, "help-privacy-nothing", &[]),
            days => say(language, "help-privacy", &[("days", days.into())]),
        };
        [
            say(language, "help-what", &[]),
            say(language, "help-asking", &[mention]),
            say(language, "help-following", &[]),
            say(language, "help-buttons", &[]),
            say(language, "help-languages", &[]),
            say(language, "help-sources", &[]),
            say(language, "help-moderating", &[]),
            privacy,
        ]
        .join("\n")
    });
    Reply::in_markdown(&[blocks.join("\n\n")])
}
