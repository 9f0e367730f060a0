//! Who sees a source, and the lists in which that is chosen.

use super::super::Reply;
use super::super::row::{self, Chosen, Look, Select, rows};
use super::super::sheet::Sheet;
use crate::catalogue::{Limits, SourceRecord};
use crate::discord::managing::{Goal, Step};
use crate::language::Language;
use crate::wording::say;

/// How many channels, and how many roles, Discord lets choose.
const MOST: u8 = 25;
/// Of how many of each the names are shown.
const NAMED: usize = 25;
/// The same where a message has no embed.
const NAMED_PLAIN: usize = 8;
/// The kinds of channels in which somebody can ask: text, voice, announcements, stages, forums, media.
const CHANNELS: [u8; 6] = [0, 2, 5, 13, 15, 16];

/// Who sees a source, a line each; nothing where everybody does.
pub(super) fn seen_by(voice: Language, sheet: Sheet, limits: &Limits) -> Vec<String> {
    if limits.is_nobody() {
        return vec![say(voice, "pack-seen-by-nobody", &[])];
    }
    let mut lines = Vec::new();
    if !limits.channels.is_empty() {
        lines.push(say(voice, "manage-limited-channels", &[]));
        lines.push(mentions(
            sheet,
            limits.channels.iter().map(|id| format!("<#{id}>")),
        ));
    }
    if !limits.roles.is_empty() {
        lines.push(say(voice, "manage-limited-roles", &[]));
        lines.push(mentions(
            sheet,
            limits.roles.iter().map(|id| format!("<@&{id}>")),
        ));
    }
    lines
}

fn mentions(sheet: Sheet, all: impl Iterator<Item = String>) -> String {
    let most = match sheet {
        Sheet::Embed => NAMED,
        Sheet::Plain => NAMED_PLAIN,
    };
    let all: Vec<String> = all.collect();
    let named = all.iter().take(most).cloned().collect::<Vec<_>>();
    let more = if all.len() > most { " …" } else { "" };
    format!("{}{more}", named.join(" "))
}

/// The message in which it is chosen who sees a source.
pub(in crate::discord) fn limits(
    sheet: Sheet,
    step: Step,
    source: &SourceRecord,
    notices: &[String],
) -> Reply {
    let voice = step.voice;
    let key = source.version_key;
    let limits = &source.limits;
    let mut seen = seen_by(voice, sheet, limits);
    if seen.is_empty() {
        seen.push(say(voice, "manage-unlimited-now", &[]));
    }
    let list = |goal, kind, placeholder, chosen: Vec<Chosen>| {
        row::select(Select {
            kind,
            custom_id: step.to(goal).id(),
            placeholder: say(voice, placeholder, &[]),
            min_values: 0,
            max_values: MOST,
            options: Vec::new(),
            channel_types: if kind == 8 {
                CHANNELS.to_vec()
            } else {
                Vec::new()
            },
            default_values: chosen,
        })
    };
    let chosen = |ids: &std::collections::BTreeSet<u64>, kind| {
        // More than can be chosen there can also not be shown as chosen.
        // The channel of nobody is none.
        let all = ids.iter().filter(|id| **id > 0).take(usize::from(MOST));
        let all = all.map(|id| Chosen {
            id: id.to_string(),
            kind,
        });
        all.collect::<Vec<_>>()
    };
    let mut parts = vec![
        list(
            Goal::Channels(key),
            8,
            "manage-choose-channels",
            chosen(&limits.channels, "channel"),
        ),
        list(
            Goal::Roles(key),
            6,
            "manage-choose-roles",
            chosen(&limits.roles, "role"),
        ),
    ];
    let everybody = say(voice, "button-everybody", &[]);
    let mut buttons = Vec::new();
    if !limits.is_empty() {
        buttons.push(row::step(
            step.to(Goal::Everybody(key)),
            Look::Plain,
            everybody,
        ));
    }
    buttons.push(row::step(
        step.to(Goal::Show(key)),
        Look::Plain,
        say(voice, "button-to-source", &[]),
    ));
    parts.extend(rows([buttons]));
    let groups = [
        notices.to_vec(),
        seen,
        vec![say(voice, "manage-limits-meaning", &[])],
    ];
    sheet.message(&source.attribution.title, &groups, parts)
}
