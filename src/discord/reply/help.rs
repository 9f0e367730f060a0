//! What the bot is and how it is used.

use super::{Reply, Sheet, voices};
use crate::language::Language;
use crate::wording::say;

/// Over the help in both languages.
const NAME: &str = "سند · Sanad";

/// The help in a language, or in both of ours, one after the other. `days` is for how long questions are kept.
pub(in crate::discord) fn help(sheet: Sheet, language: Language, bot: u64, days: u32) -> Reply {
    match (voices(language), sheet) {
        ([voice], _) => Reply::in_markdown(&lines(*voice, bot, days, true)),
        // Only an embed has the room for both; without one, moderators find their commands where Discord lists them.
        (both, Sheet::Embed) => {
            let blocks = both.iter().map(|voice| lines(*voice, bot, days, true));
            sheet.message(NAME, &blocks.collect::<Vec<_>>(), Vec::new())
        }
        (both, Sheet::Plain) => {
            let blocks = both.iter().map(|voice| lines(*voice, bot, days, false));
            let blocks: Vec<String> = blocks.map(|lines| lines.join("\n")).collect();
            Reply::in_markdown(&[blocks.join("\n\n")])
        }
    }
}

fn lines(voice: Language, bot: u64, days: u32, is_whole: bool) -> Vec<String> {
    let mention = ("mention", format!("<@{bot}>").into());
    let mut lines = vec![
        say(voice, "help-what", &[]),
        say(voice, "help-asking", &[mention]),
        say(voice, "help-following", &[]),
        say(voice, "help-buttons", &[]),
        say(voice, "help-languages", &[]),
        say(voice, "help-sources", &[]),
    ];
    if is_whole {
        lines.push(say(voice, "help-moderating", &[]));
    }
    lines.push(match days {
        0 => say(voice, "help-privacy-nothing", &[]),
        days => say(voice, "help-privacy", &[("days", days.into())]),
    });
    lines
}
