//! The report on several files at once: a line for each, and a way to each.

use super::super::Reply;
use super::super::markdown::length;
use super::super::row::{self, Choice, Look, Select, rows};
use super::super::sheet::{Sheet, one_line, shortened, taken};
use super::told::sentence;
use super::{Notice, problems};
use crate::discord::managing::{Goal, Of, Step};
use crate::language::Language;
use crate::source::Problem;
use crate::wording::{problem_within, say};

/// How many files a message tells of: as many as a list of Discord's has options.
const ON_A_PAGE: usize = 25;

/// How long a line of a list may be.
const LABEL: usize = 100;

/// What came of one file.
#[derive(Clone, Debug)]
pub(in crate::discord) struct Entry {
    /// Its name.
    pub(in crate::discord) file: String,
    /// What came of it.
    pub(in crate::discord) came: Came,
}

/// What can come of a file.
#[derive(Clone, Debug)]
pub(in crate::discord) enum Came {
    /// It was published: the version's key and number, and the title.
    Published(i64, u32, String),
    /// It was there already.
    Unchanged(i64, String),
    /// It waits: the draft's key, how much was doubtful, the title.
    Draft(i64, usize, String),
    /// It cannot be read.
    Unreadable(Vec<Problem>),
    /// It could not be taken.
    Refused(Notice),
    /// It failed; the failure stands in the log under this.
    Failed(String),
}

/// What there is to tell of several files.
#[derive(Clone, Copy, Debug)]
pub(in crate::discord) struct Many<'a> {
    /// What stands above it.
    pub(in crate::discord) heading: &'a str,
    /// What came of each.
    pub(in crate::discord) entries: &'a [Entry],
    /// What of an archive was no source.
    pub(in crate::discord) left_out: &'a [Problem],
    /// What else is to be said.
    pub(in crate::discord) notices: &'a [String],
}

/// The messages on several files, each with what can be looked at from there; the first also publishes and discards all
/// drafts at once.
pub(in crate::discord) fn many(sheet: Sheet, step: Step, report: &Many<'_>) -> Vec<Reply> {
    let voice = step.voice;
    let Many {
        heading, entries, ..
    } = *report;
    let count = |is: fn(&Came) -> bool| entries.iter().filter(|entry| is(&entry.came)).count();
    let n_published = count(|came| matches!(came, Came::Published(..)));
    let n_drafts = count(|came| matches!(came, Came::Draft(..)));
    let n_alike = count(|came| matches!(came, Came::Unchanged(..)));
    let n_failed = entries.len() - n_published - n_drafts - n_alike;
    let counted = [
        ("manage-many-published", n_published),
        ("manage-many-drafts", n_drafts),
        ("manage-many-alike", n_alike),
        ("manage-many-failed", n_failed),
    ];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    let mut head: Vec<String> = counted
        .map(|(sentence, count)| {
            let count = ("count", count.into());
            say(voice, sentence, &[count])
        })
        .collect();
    head.extend(problems(voice, sheet, report.left_out, usize::MAX));
    head.extend(report.notices.iter().cloned());

    let mut pages: Vec<(Vec<String>, Vec<&Entry>)> = Vec::new();
    let mut left = 0;
    for entry in entries {
        let line = line(voice, sheet, entry);
        let needs = taken(&[vec![line.clone()]]);
        let is_full = pages
            .last()
            .is_none_or(|(_, entries)| entries.len() == ON_A_PAGE || needs > left);
        if is_full {
            let head = if pages.is_empty() {
                taken(std::slice::from_ref(&head))
            } else {
                0
            };
            left = sheet.room(heading).saturating_sub(head + 2);
            pages.push((Vec::new(), Vec::new()));
        }
        left = left.saturating_sub(needs);
        if let Some((lines, entries)) = pages.last_mut() {
            lines.push(line);
            entries.push(entry);
        }
    }
    let drafts = entries.iter().filter_map(|entry| match entry.came {
        Came::Draft(key, ..) => Some(key),
        _ => None,
    });
    let drafts: Vec<i64> = drafts.collect();
    let ends = drafts
        .iter()
        .min()
        .copied()
        .zip(drafts.iter().max().copied());
    let messages = pages
        .into_iter()
        .enumerate()
        .map(|(nth, (lines, entries))| {
            let mut parts = Vec::new();
            let mut groups = vec![lines];
            if nth == 0 {
                groups.insert(0, head.clone());
                if let Some((first, last)) = ends.filter(|_| drafts.len() > 1) {
                    let label = |id: &str| say(voice, id, &[]);
                    parts.extend(rows([vec![
                        row::step(
                            step.to(Goal::PublishAll(first, last)),
                            Look::Good,
                            label("button-publish-all"),
                        ),
                        row::step(
                            step.to(Goal::DiscardAll(first, last)),
                            Look::Danger,
                            label("button-discard-all"),
                        ),
                    ]]));
                }
            }
            parts.extend(list(step, &entries));
            sheet.message(heading, &groups, parts)
        });
    messages.collect()
}

fn line(voice: Language, sheet: Sheet, entry: &Entry) -> String {
    let file = ("file", entry.file.clone().into());
    let said = match &entry.came {
        Came::Published(_, 1, _) => say(voice, "manage-one-published", &[file]),
        Came::Published(_, version, _) => say(
            voice,
            "manage-one-version",
            &[file, ("version", (*version).into())],
        ),
        Came::Unchanged(..) => say(voice, "manage-one-alike", &[file]),
        Came::Draft(_, count, _) => say(
            voice,
            "manage-one-draft",
            &[file, ("count", (*count).into())],
        ),
        Came::Unreadable(problems) => {
            let fatal = problems.iter().find(|problem| problem.is_fatal());
            let why = fatal.or(problems.first());
            let why = why.map(|problem| problem_within(voice, problem));
            let why = ("why", why.unwrap_or_default().into());
            say(voice, "manage-one-unreadable", &[file, why])
        }
        Came::Refused(notice) => say(
            voice,
            "manage-one-unreadable",
            &[file, ("why", sentence(voice, notice).into())],
        ),
        Came::Failed(id) => say(
            voice,
            "manage-one-failed",
            &[file, ("id", id.clone().into())],
        ),
    };
    format!("• {}", shortened(&one_line(&said), sheet.line()))
}

/// The list from which one of them is opened.
fn list(step: Step, entries: &[&Entry]) -> Option<row::Row> {
    let mut options: Vec<Choice> = Vec::new();
    for entry in entries {
        let (of, title) = match &entry.came {
            Came::Published(key, _, title) | Came::Unchanged(key, title) => {
                (Of::Source(*key), title)
            }
            Came::Draft(key, _, title) => (Of::Draft(*key), title),
            Came::Unreadable(_) | Came::Refused(_) | Came::Failed(_) => continue,
        };
        let value = of.value();
        // Two files may have become one source.
        if options.iter().all(|option| option.value != value) {
            options.push(Choice {
                label: label(title),
                value,
                description: Some(label(&entry.file)),
                default: false,
            });
        }
    }
    (!options.is_empty()).then(|| {
        row::select(Select {
            kind: 3,
            custom_id: step.to(Goal::Open).id(),
            placeholder: say(step.voice, "manage-choose-one", &[]),
            min_values: 1,
            max_values: 1,
            options,
            channel_types: Vec::new(),
            default_values: Vec::new(),
        })
    })
}

/// Text in a list, where Discord shows no Markdown.
fn label(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        return "…".to_owned();
    }
    if length(&text) <= LABEL {
        return text;
    }
    let mut label = String::new();
    for c in text.chars() {
        if length(&label) + c.len_utf16() >= LABEL {
            break;
        }
        label.push(c);
    }
    label.push('…');
    label
}
