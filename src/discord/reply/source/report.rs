//! The report on a source: what was found, what was doubtful, how it begins, how it will be cited, and what can be done.

use std::collections::BTreeSet;

use super::super::Reply;
use super::super::markdown::{length, quote};
use super::super::part::Borders;
use super::super::row::{self, Choice, Look, Row, Select, rows};
use super::super::sheet::{Sheet, one_line, shortened, taken};
use super::{problems, title};
use crate::catalogue::SourceRecord;
use crate::discord::managing::{Goal, Of, Step};
use crate::language::Language;
use crate::library::Preview;
use crate::source::{Attribution, Kind, Passage, Problem, SourceId};
use crate::wording::{citation as cite, language_name, say};

/// How much of the first passage is shown.
const PROOF: usize = 700;

/// What a report tells of a source.
#[derive(Clone, Debug)]
pub(in crate::discord) struct Looked {
    /// Its id.
    pub(in crate::discord) id: SourceId,
    /// What citations name.
    pub(in crate::discord) attribution: Attribution,
    /// How many sections have paragraphs in them.
    pub(in crate::discord) n_sections: usize,
    /// How many paragraphs it has.
    pub(in crate::discord) n_paragraphs: usize,
    /// How many footnotes it has.
    pub(in crate::discord) n_footnotes: usize,
    /// Its first passage.
    pub(in crate::discord) first: Option<Passage>,
    /// Whether it can be fetched again from a web address.
    pub(in crate::discord) is_fetched: bool,
}

/// How things stand with it.
#[derive(Clone, Debug)]
pub(in crate::discord) enum State {
    /// It waits for a word.
    Draft {
        /// Its key.
        key: i64,
        /// The source that it would be a new version of.
        replaces: Option<Box<SourceRecord>>,
        /// Whether that seems to be another source.
        is_another: bool,
    },
    /// It was published.
    Published(Box<SourceRecord>),
    /// The very same is there already.
    Unchanged(Box<SourceRecord>),
    /// What is at its address is what is here.
    Fresh(Box<SourceRecord>),
    /// What citations name was changed, if it was.
    Described(Box<SourceRecord>, bool),
    /// This version is the current one again.
    Restored(Box<SourceRecord>),
    /// It is there.
    There(Box<SourceRecord>),
}

impl Looked {
    /// What a draft would be.
    pub(in crate::discord) fn of_draft(preview: &Preview) -> Self {
        Self {
            id: preview.id.clone(),
            attribution: preview.attribution.clone(),
            n_sections: preview.n_sections,
            n_paragraphs: preview.n_paragraphs,
            n_footnotes: preview.n_footnotes,
            first: preview.first.clone(),
            is_fetched: false,
        }
    }

    /// A version with its passages.
    pub(in crate::discord) fn of_version(record: &SourceRecord, passages: &[Passage]) -> Self {
        let sections: BTreeSet<&[String]> = passages
            .iter()
            .filter(|passage| passage.place.kind == Kind::Paragraph)
            .map(|passage| passage.section.as_slice())
            .filter(|section| !section.is_empty())
            .collect();
        Self {
            id: record.id.clone(),
            attribution: record.attribution.clone(),
            n_sections: sections.len(),
            n_paragraphs: usize::try_from(record.n_paragraphs).unwrap_or(usize::MAX),
            n_footnotes: usize::try_from(record.n_footnotes).unwrap_or(usize::MAX),
            first: passages.first().cloned(),
            is_fetched: false,
        }
    }
}

/// The report. `doubts` is what was doubtful; `notice` is one more line of our own, if any.
pub(in crate::discord) fn report(
    sheet: Sheet,
    step: Step,
    looked: &Looked,
    state: &State,
    doubts: &[Problem],
    notices: &[String],
) -> Reply {
    let voice = step.voice;
    let heading = looked.attribution.title.as_str();
    let room = sheet.room(heading);
    let mut status = status(voice, sheet, state);
    status.extend(notices.iter().cloned());
    let citation = vec![
        format!("**{}**", say(voice, "manage-cited", &[])),
        // By itself in its line, to be copied.
        shortened(
            &one_line(&cite::source(&looked.attribution)),
            match sheet {
                Sheet::Embed => sheet.citation(),
                Sheet::Plain => 300,
            },
        ),
    ];
    let used = taken(std::slice::from_ref(&status)) + taken(std::slice::from_ref(&citation));
    let mut left = room.saturating_sub(used);
    let mut groups = vec![status];
    // What is not needed gives way to what is doubtful; the citation names it too.
    let mut facts = Vec::new();
    let kept = if doubts.is_empty() { 0 } else { left / 2 };
    for (line, is_needed) in self::facts(voice, looked, state) {
        let line = shortened(&one_line(&line), sheet.line());
        let needs = length(&line) + 1;
        let spare = left.saturating_sub(if is_needed { 0 } else { kept + 2 });
        if needs <= spare {
            left -= needs;
            facts.push(line);
        }
    }
    groups.push(facts);
    left = left.saturating_sub(1);
    if !doubts.is_empty() {
        let mut lines = vec![format!("**{}**", say(voice, "manage-doubtful", &[]))];
        let room = left.saturating_sub(taken(std::slice::from_ref(&lines)) + 2);
        lines.extend(problems(voice, sheet, doubts, room));
        left = left.saturating_sub(taken(std::slice::from_ref(&lines)));
        groups.push(lines);
    }
    if let Some(first) = &looked.first {
        groups.extend(proof(voice, first, left));
    }
    groups.push(citation);
    sheet.message(heading, &groups, parts(step, looked, state))
}

fn status(voice: Language, sheet: Sheet, state: &State) -> Vec<String> {
    let number = |record: &SourceRecord| ("version", record.version.into());
    match state {
        State::Draft {
            replaces,
            is_another,
            ..
        } => {
            let mut lines = vec![say(voice, "manage-draft", &[])];
            lines.extend(replaces.as_deref().map(|record| {
                let arguments = [
                    ("title", title(&record.attribution.title).into()),
                    ("version", (record.version + 1).into()),
                ];
                if *is_another {
                    say(voice, "manage-draft-another", &arguments)
                } else {
                    say(voice, "manage-draft-replaces", &arguments)
                }
            }));
            lines
        }
        State::Published(record) if record.version == 1 => {
            vec![say(voice, "manage-published", &[])]
        }
        State::Published(record) => {
            vec![say(voice, "manage-published-version", &[number(record)])]
        }
        State::Unchanged(record) => vec![say(voice, "manage-unchanged", &[number(record)])],
        State::Fresh(_) => vec![say(voice, "manage-fresh", &[])],
        State::Described(record, true) => {
            vec![say(voice, "manage-described", &[number(record)])]
        }
        State::Described(_, false) => vec![say(voice, "manage-described-alike", &[])],
        State::Restored(record) => vec![say(voice, "manage-restored-now", &[number(record)])],
        State::There(record) => {
            let mut lines = vec![say(voice, "manage-there", &[number(record)])];
            lines.extend(super::limit::seen_by(voice, sheet, &record.limits));
            lines
        }
    }
}

/// What it is and what citations name, a line each, and whether it is needed.
fn facts(voice: Language, looked: &Looked, state: &State) -> Vec<(String, bool)> {
    let attribution = &looked.attribution;
    let name = language_name(voice, attribution.language);
    let held = [
        (
            "sections",
            say(
                voice,
                "count-sections",
                &[("count", looked.n_sections.into())],
            )
            .into(),
        ),
        (
            "paragraphs",
            say(
                voice,
                "count-paragraphs",
                &[("count", looked.n_paragraphs.into())],
            )
            .into(),
        ),
        (
            "footnotes",
            say(
                voice,
                "count-footnotes",
                &[("count", looked.n_footnotes.into())],
            )
            .into(),
        ),
    ];
    let id = ("id", looked.id.to_string().into());
    let mut lines = vec![
        (say(voice, "manage-id", &[id]), true),
        (say(voice, "manage-held", &held), true),
        (
            say(voice, "sources-language", &[("name", name.into())]),
            true,
        ),
    ];
    lines.extend(
        cite::about(voice, attribution)
            .into_iter()
            .map(|line| (line, false)),
    );
    if attribution.author.is_none() && matches!(state, State::Draft { .. } | State::Published(_)) {
        lines.push((say(voice, "manage-no-author", &[]), true));
    }
    lines
}

/// The first passage and where it stands, if there is room for it.
fn proof(voice: Language, first: &Passage, room: usize) -> Option<Vec<String>> {
    let label = format!("**{}**", say(voice, "manage-proof", &[]));
    let mut below = Vec::new();
    if let Some(section) = cite::section_path(&first.section) {
        below.push(shortened(&one_line(&section), 200));
    }
    below.push(shortened(&cite::locator(voice, first), 100));
    let around: usize = below.iter().map(|line| length(line) + 1).sum();
    let room = room.checked_sub(length(&label) + around + 12)?.min(PROOF);
    if room < 80 {
        return None;
    }
    let part = Borders::new(first).from(0, room);
    let is_cut = part.end < first.text.len();
    let text = first.text.get(part)?;
    let mut lines = vec![label, quote(text, 0..0)];
    if is_cut {
        // In a line of its own: nothing is put into the quote.
        lines.push("…".to_owned());
    }
    lines.extend(below);
    Some(lines)
}

fn parts(step: Step, looked: &Looked, state: &State) -> Vec<Row> {
    let button =
        |goal, look, label: &str| row::step(step.to(goal), look, say(step.voice, label, &[]));
    match state {
        State::Draft { key, .. } => {
            let of = Of::Draft(*key);
            let mut all = rows([vec![
                button(Goal::Publish(*key), Look::Good, "button-publish"),
                button(Goal::Form(of, 0), Look::Plain, "button-details"),
                button(Goal::Form(of, 1), Look::Plain, "button-more-details"),
                button(Goal::Discard(*key), Look::Danger, "button-discard"),
            ]]);
            all.push(languages(step, of, looked.attribution.language));
            all
        }
        State::Published(record)
        | State::Unchanged(record)
        | State::Fresh(record)
        | State::Described(record, _)
        | State::Restored(record)
        | State::There(record) => {
            let key = record.version_key;
            let of = Of::Source(key);
            let first = vec![
                button(Goal::Form(of, 0), Look::Plain, "button-details"),
                button(Goal::Form(of, 1), Look::Plain, "button-more-details"),
                button(Goal::Limits(key), Look::Plain, "button-limits"),
                button(Goal::History(key, 0), Look::Plain, "button-history"),
                button(Goal::Withdraw(key), Look::Danger, "button-withdraw"),
            ];
            let mut second = Vec::new();
            if looked.is_fetched {
                second.push(button(Goal::Refresh(key), Look::Plain, "button-refresh"));
            }
            let mut all = rows([first, second]);
            if matches!(state, State::Described(..)) {
                all.push(languages(step, of, looked.attribution.language));
            }
            all
        }
    }
}

/// The list of languages.
fn languages(step: Step, of: Of, language: Language) -> Row {
    let voice = step.voice;
    let option = |one: Language| {
        let name = ("name", language_name(voice, one).into());
        Choice {
            label: say(voice, "sources-language", &[name]),
            value: one.code().to_owned(),
            description: None,
            default: one == language,
        }
    };
    row::select(Select {
        kind: 3,
        custom_id: step.to(Goal::Language(of)).id(),
        placeholder: say(voice, "manage-choose-language", &[]),
        min_values: 1,
        max_values: 1,
        options: [Language::Arabic, Language::English, Language::Other]
            .map(option)
            .to_vec(),
        channel_types: Vec::new(),
        default_values: Vec::new(),
    })
}
