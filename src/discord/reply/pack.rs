//! What is said of source packs: that they come, what one would change, what it changed.

use super::row::{self, Look, rows};
use super::sheet::{Sheet, one_line, shortened, taken};
use super::{Reply, in_words_of};
use crate::discord::managing::{Goal, Step};
use crate::language::Language;
use crate::library;
use crate::library::pack::{Pack, Restored};
use crate::source::SourceId;
use crate::wording::{self, say};

/// How many sources are named that are in a part.
const NAMED: usize = 12;
/// What is kept free under the lines, for how many more there are and for notices.
const RESERVED: usize = 500;

/// That so many parts come.
pub(in crate::discord) fn exporting(language: Language, parts: usize) -> Reply {
    Reply::said(in_words_of(language, |voice| {
        say(voice, "pack-exporting", &[("count", parts.into())])
    }))
}

/// What stands over a part.
pub(in crate::discord) fn part(language: Language, pack: &Pack) -> Reply {
    let mut named: Vec<&str> = pack
        .sources
        .iter()
        .take(NAMED)
        .map(SourceId::as_str)
        .collect();
    if pack.sources.len() > NAMED {
        named.push("…");
    }
    let mut lines = in_words_of(language, |voice| {
        let count = [("count", pack.sources.len().into())];
        let arguments = [
            ("part", pack.part.to_string().into()),
            ("parts", pack.parts.into()),
            ("sources", say(voice, "pack-count-sources", &count).into()),
        ];
        say(voice, "pack-part", &arguments)
    });
    lines.push(named.join(", "));
    Reply::said(lines)
}

/// That there would be too many parts to send here.
pub(in crate::discord) fn too_many(language: Language, parts: usize, library: &str) -> Reply {
    Reply::said(in_words_of(language, |voice| {
        let arguments = [
            ("count", parts.into()),
            ("library", library.to_owned().into()),
        ];
        say(voice, "pack-too-many-parts", &arguments)
    }))
}

/// That not all parts could be sent in time.
pub(in crate::discord) fn too_long(language: Language) -> Reply {
    Reply::said(in_words_of(language, |voice| {
        say(voice, "pack-took-too-long", &[])
    }))
}

/// Why a pack was not taken.
pub(in crate::discord) fn refused(language: Language, error: &library::Error) -> Reply {
    Reply::said(in_words_of(language, |voice| {
        wording::library(voice, error)
    }))
}

/// The heading over what was restored.
pub(in crate::discord) fn done(voice: Language) -> String {
    say(voice, "pack-imported", &[])
}

/// What a pack would change, and the buttons.
pub(in crate::discord) fn preview(
    sheet: Sheet,
    step: Step,
    file: &str,
    key: i64,
    restored: &Restored,
) -> Reply {
    let voice = step.voice;
    let groups = [
        vec![say(voice, "pack-preview", &[])],
        lines(sheet, voice, file, restored),
        vec![say(voice, "pack-preview-kept", &[])],
    ];
    let buttons = vec![
        row::step(
            step.to(Goal::Import(key)),
            Look::Good,
            say(voice, "button-import", &[]),
        ),
        row::step(
            step.to(Goal::DiscardPack(key)),
            Look::Danger,
            say(voice, "button-discard-pack", &[]),
        ),
    ];
    sheet.message(file, &groups, rows([buttons]))
}

/// What a pack changed.
pub(in crate::discord) fn imported(
    sheet: Sheet,
    voice: Language,
    heading: &str,
    restored: &Restored,
    notices: &[String],
) -> Reply {
    let groups = [lines(sheet, voice, heading, restored), notices.to_vec()];
    sheet.message(heading, &groups, Vec::new())
}

/// As many lines as there is room for, and how many more there are.
fn lines(sheet: Sheet, voice: Language, heading: &str, restored: &Restored) -> Vec<String> {
    let all = wording::pack::restored(voice, restored);
    let mut left = sheet.room(heading).saturating_sub(RESERVED);
    let mut lines = Vec::new();
    for line in &all {
        // A note belongs to the source above it.
        let (mark, text) = match line.strip_prefix("  ") {
            Some(note) => ("↳ ", note),
            None => ("", line.as_str()),
        };
        let line = format!("{mark}{}", shortened(&one_line(text), sheet.line()));
        let Some(rest) = left.checked_sub(taken(&[vec![line.clone()]])) else {
            let more = [("count", (all.len() - lines.len()).into())];
            lines.push(say(voice, "pack-more-lines", &more));
            break;
        };
        left = rest;
        lines.push(line);
    }
    lines
}
