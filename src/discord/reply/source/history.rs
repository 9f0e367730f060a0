//! The versions of a source: who made which, when, and what it changed.

use super::super::Reply;
use super::super::row::{self, Look, rows};
use super::super::sheet::{Sheet, shortened};
use super::{moment, who};
use crate::catalogue::VersionRecord;
use crate::discord::managing::{Goal, Step};
use crate::language::Language;
use crate::wording::say;

/// How many versions a page has: a button for each has to fit into a row.
const ON_A_PAGE: usize = 5;

/// A page of the versions of a source, the newest first; the last page where there are fewer. None without any version.
pub(in crate::discord) fn history(
    sheet: Sheet,
    step: Step,
    versions: &[VersionRecord],
    page: usize,
) -> Option<Reply> {
    let voice = step.voice;
    let newest = versions.first()?;
    let is_withdrawn = newest.withdrawn;
    let n_pages = versions.len().div_ceil(ON_A_PAGE);
    let page = page.min(n_pages - 1);
    let first = page * ON_A_PAGE;
    let shown = versions.iter().enumerate().skip(first).take(ON_A_PAGE);
    let mut groups = Vec::new();
    if is_withdrawn {
        groups.push(vec![say(voice, "manage-is-withdrawn", &[])]);
    }
    let (mut restoring, mut comparing) = (Vec::new(), Vec::new());
    for (at, version) in shown {
        let before = versions.get(at + 1);
        groups.push(entry(voice, sheet, version, before));
        let (key, number) = (version.record.version_key, version.record.version);
        if !version.current || is_withdrawn {
            let label = say(voice, "button-restore", &[("version", number.into())]);
            restoring.push(row::step(step.to(Goal::Restore(key)), Look::Plain, label));
        }
        if let Some(before) = before {
            let arguments = [
                ("before", before.record.version.into()),
                ("after", number.into()),
            ];
            let goal = Goal::Compare(before.record.version_key, key, 0);
            let label = say(voice, "button-compare", &arguments);
            comparing.push(row::step(step.to(goal), Look::Plain, label));
        }
    }
    let key = newest.record.version_key;
    let turning = if n_pages > 1 {
        let counted = [("page", (page + 1).into()), ("count", n_pages.into())];
        groups.push(vec![say(voice, "sources-page", &counted)]);
        row::turned(voice, page, n_pages, |page| {
            step.to(Goal::History(key, page)).id()
        })
    } else {
        Vec::new()
    };
    let current = versions.iter().find(|version| version.current);
    let title = &current.unwrap_or(newest).record.attribution.title;
    let heading = say(voice, "manage-history", &[("title", title.clone().into())]);
    Some(sheet.message(&heading, &groups, rows([restoring, comparing, turning])))
}

/// What is to be said of one version.
fn entry(
    voice: Language,
    sheet: Sheet,
    version: &VersionRecord,
    before: Option<&VersionRecord>,
) -> Vec<String> {
    let record = &version.record;
    let number = ("version", record.version.into());
    let head = if version.current && !version.withdrawn {
        say(voice, "manage-version-current", &[number])
    } else {
        say(voice, "manage-version", &[number])
    };
    let what = match before.map(|before| &before.record) {
        None => say(voice, "manage-version-first", &[]),
        Some(before) if before.content_hash != record.content_hash => {
            say(voice, "manage-version-text", &[])
        }
        Some(_) => say(voice, "manage-version-details", &[]),
    };
    let counts = [
        (
            "paragraphs",
            say(
                voice,
                "count-paragraphs",
                &[("count", record.n_paragraphs.into())],
            )
            .into(),
        ),
        (
            "footnotes",
            say(
                voice,
                "count-footnotes",
                &[("count", record.n_footnotes.into())],
            )
            .into(),
        ),
    ];
    let file = ("file", record.file_name.clone().into());
    let file = say(voice, "manage-version-file", &[file]);
    vec![
        format!("**{head}**"),
        what,
        say(voice, "manage-version-held", &counts),
        shortened(&file, sheet.line()),
        // These two hold marks of Discord's and nothing of anybody else.
        say(
            voice,
            "manage-version-by",
            &[("who", who(voice, &record.added_by).into())],
        ),
        moment(record.added_at),
    ]
}
