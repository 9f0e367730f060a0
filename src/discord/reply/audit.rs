//! What was changed in a library, in words: in pages for a moderator, and as reports for a channel.
//!
//! Of each change two things are told, each in a line of its own lest they scramble: when and who, which is nothing but
//! marks that Discord fills in, and what, in the language of the reader.

use serde_json::Value;

use super::markdown::length;
use super::row::{self, rows};
use super::setting::{foreign, listed, name, value};
use super::sheet::{CONTENT, Sheet, taken};
use super::sources::BESIDE;
use super::{Reply, in_words_of};
use crate::catalogue::{Entry, Lines};
use crate::discord::audit::Page;
use crate::language::Language;
use crate::library::setting::SETTINGS;
use crate::source::SourceId;
use crate::wording::say;

/// How many channels or roles of a list are named: ten changes shall stand in one message.
const NAMED: usize = 3;
/// The room for the line that counts what was left out.
const COUNTING: usize = 160;

/// Lines of the log and where one comes from there.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::discord) struct Leaf {
    /// The latest first.
    pub(in crate::discord) entries: Vec<Entry>,
    /// Whether there are newer ones.
    pub(in crate::discord) has_newer: bool,
    /// Whether there are older ones.
    pub(in crate::discord) has_older: bool,
}

/// A page of the log in a language, or in both of ours.
pub(in crate::discord) fn audit(
    sheet: Sheet,
    language: Language,
    page: &Page,
    mut leaf: Leaf,
) -> Reply {
    let heading = in_words_of(language, |language| match &page.source {
        Some(id) => {
            let source = ("source", id.to_string().into());
            say(language, "audit-heading-of", &[source])
        }
        None => say(language, "audit-heading", &[]),
    });
    let heading = heading.join(BESIDE);
    let told = |entry: &Entry| told(language, entry);
    let mut groups: Vec<Vec<String>> = leaf.entries.iter().map(told).collect();
    let room = sheet.room(&heading);
    while taken(&groups) > room && groups.len() > 1 {
        // Those stay that come next after what was read before.
        if matches!(page.lines, Lines::After(_)) {
            leaf.entries.remove(0);
            groups.remove(0);
            leaf.has_newer = true;
        } else {
            leaf.entries.pop();
            groups.pop();
            leaf.has_older = true;
        }
    }
    let (Some(first), Some(last)) = (leaf.entries.first(), leaf.entries.last()) else {
        return none(language, page.source.as_ref());
    };
    let step = |lines| {
        Page {
            lines,
            ..page.clone()
        }
        .id()
    };
    let newer = (step(Lines::After(first.id)), leaf.has_newer);
    let older = (step(Lines::Before(last.id)), leaf.has_older);
    let buttons = row::leafing(language, newer, older);
    sheet.message(&heading, &groups, rows([buttons]))
}

fn none(language: Language, source: Option<&SourceId>) -> Reply {
    Reply::in_markdown(&in_words_of(language, |language| match source {
        Some(id) => {
            let source = ("source", bold(id.as_str()).into());
            say(language, "audit-none-of", &[source])
        }
        None => say(language, "audit-none", &[]),
    }))
}

/// Changes as they are reported in a channel, the first of them on top; `entries` has the latest first.
pub(in crate::discord) fn report(language: Language, entries: &[Entry]) -> Reply {
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut left = CONTENT - COUNTING * super::voices(language).len();
    for entry in entries {
        let told = told(language, entry);
        let needs = told.iter().map(|line| length(line) + 1).sum::<usize>() + 1;
        match left.checked_sub(needs) {
            Some(rest) => left = rest,
            None => break,
        }
        groups.push(told);
    }
    let further = entries.len() - groups.len();
    groups.reverse();
    if further > 0 {
        groups.push(in_words_of(language, |language| {
            say(language, "audit-further", &[("count", further.into())])
        }));
    }
    let groups: Vec<String> = groups.iter().map(|lines| lines.join("\n")).collect();
    Reply::in_markdown(&[groups.join("\n\n")])
}

/// That a change could not be reported, because of the channel or for the moment.
pub(in crate::discord) fn unreported(
    language: Language,
    channel: u64,
    is_shut: bool,
) -> Vec<String> {
    in_words_of(language, |language| {
        let channel = [("channel", format!("<#{channel}>").into())];
        if is_shut {
            say(language, "audit-unreported", &channel)
        } else {
            say(language, "audit-unreported-now", &channel)
        }
    })
}

/// One change: when and who, then what.
fn told(language: Language, entry: &Entry) -> Vec<String> {
    let when = format!("<t:{}:f>", entry.at.div_euclid(1000));
    let person = entry.by.strip_prefix("discord:");
    let who = if let Some(id) = person.and_then(|id| id.parse::<u64>().ok()) {
        format!("<@{id}>")
    } else {
        in_words_of(language, |language| who(language, &entry.by)).join(BESIDE)
    };
    let mut lines = vec![format!("{when} · {who}")];
    lines.extend(in_words_of(language, |language| what(language, entry)));
    lines
}

fn who(voice: Language, by: &str) -> String {
    match by {
        "terminal" => say(voice, "audit-terminal", &[]),
        "sanad" => say(voice, "audit-sanad", &[]),
        other => foreign(other),
    }
}

/// What was done. What this program does not know of, because a newer one wrote it, is told by its bare name.
fn what(voice: Language, entry: &Entry) -> String {
    let known = match entry.what.as_str() {
        "make" => Some(say(voice, "audit-made", &[])),
        "import" => imported(voice, entry),
        "set" => set(voice, entry),
        "limit" => limited(voice, entry),
        _ => of_source(voice, entry),
    };
    known.unwrap_or_else(|| {
        let what = ("what", foreign(&entry.what).into());
        say(voice, "audit-other", &[what])
    })
}

/// What an import made of a source.
fn imported(voice: Language, entry: &Entry) -> Option<String> {
    let became = entry.became.as_ref()?;
    let source = ("source", bold(became["source"].as_str()?).into());
    let number = ("version", became["version"].as_u64()?.into());
    Some(say(voice, "audit-imported", &[source, number]))
}

/// The id of a source, so that it stands out.
fn bold(id: &str) -> String {
    format!("**{}**", foreign(id))
}

/// What became of a source.
fn of_source(voice: Language, entry: &Entry) -> Option<String> {
    let (was, became) = (entry.was.as_ref(), entry.became.as_ref());
    let now = became.or(was)?;
    let source = ("source", bold(now["source"].as_str()?).into());
    let version = |state: &Value| state["version"].as_u64();
    let withdrawn = was.is_some_and(|was| was["withdrawn"] == true);
    let number = ("version", version(now)?.into());
    let before = was
        .and_then(version)
        .map(|before| ("before", before.into()));
    match (entry.what.as_str(), before) {
        ("add", None) => Some(say(voice, "audit-added", &[source, number])),
        ("add", Some(before)) if withdrawn => {
            Some(say(voice, "audit-added-again", &[source, before, number]))
        }
        ("add", Some(before)) => Some(say(voice, "audit-replaced", &[source, before, number])),
        ("withdraw", _) => Some(say(voice, "audit-withdrew", &[source, number])),
        ("restore", Some(before)) if !withdrawn => {
            Some(say(voice, "audit-went-back", &[source, before, number]))
        }
        ("restore", _) => Some(say(voice, "audit-brought-back", &[source, number])),
        ("purge", _) => Some(say(voice, "audit-purged", &[source])),
        _ => None,
    }
}

fn limited(voice: Language, entry: &Entry) -> Option<String> {
    let became = entry.became.as_ref()?;
    let source = ("source", bold(became["source"].as_str()?).into());
    let nobody = Value::Null;
    let before = entry.was.as_ref().unwrap_or(&nobody);
    let arguments = [
        source,
        ("before", viewers(voice, &before["limits"]).into()),
        ("after", viewers(voice, &became["limits"]).into()),
    ];
    Some(say(voice, "audit-limited", &arguments))
}

/// Who may see a source.
fn viewers(voice: Language, limits: &Value) -> String {
    let list = |of: &str, mark: &str| {
        let ids = limits[of].as_array().into_iter().flatten();
        let ids = ids.filter_map(Value::as_u64);
        let marks: Vec<String> = ids.map(|id| format!("<{mark}{id}>")).collect();
        listed(voice, &marks, NAMED)
    };
    let channels = list("channels", "#");
    let roles = list("roles", "@&");
    match (channels.is_empty(), roles.is_empty()) {
        (true, true) => say(voice, "audit-everybody", &[]),
        (false, true) => say(voice, "audit-channels", &[("channels", channels.into())]),
        (true, false) => say(voice, "audit-roles", &[("roles", roles.into())]),
        (false, false) => {
            let arguments = [("channels", channels.into()), ("roles", roles.into())];
            say(voice, "audit-channels-roles", &arguments)
        }
    }
}

fn set(voice: Language, entry: &Entry) -> Option<String> {
    let (was, became) = (entry.was.as_ref(), entry.became.as_ref());
    let setting = became.or(was)?["name"].as_str()?;
    let is_known = SETTINGS.iter().any(|(known, _)| *known == setting);
    let shown = |state: Option<&Value>| {
        let stored = state.and_then(|state| state["value"].as_str());
        match stored {
            Some(stored) if is_known => value(voice, setting, stored, NAMED),
            Some(stored) => foreign(stored),
            None => say(voice, "audit-default", &[]),
        }
    };
    let arguments = [
        ("name", name(voice, setting).into()),
        ("before", shown(was).into()),
        ("after", shown(became).into()),
    ];
    Some(say(voice, "audit-set", &arguments))
}
