//! What moderators see of their sources: reports, histories, differences, and the forms that they fill in.
//!
//! One kind of message a file. They are in the language that the moderator chose or, where none was chosen, in that of
//! the source: such a message is too long to be said in both.

mod diff;
mod form;
mod history;
mod limit;
mod many;
mod report;
mod told;

pub(in crate::discord) use diff::diff;
pub(in crate::discord) use form::{Form, Pasted, filled, form, paste, pasted};
pub(in crate::discord) use history::history;
pub(in crate::discord) use limit::limits;
pub(in crate::discord) use many::{Came, Entry, Many, many};
pub(in crate::discord) use report::{Looked, State, report};
pub(in crate::discord) use told::{Notice, asks_withdrawal, notice, unreadable, withdrawn};

use super::markdown::length;
use super::sheet::{Sheet, one_line, shortened};
use crate::language::Language;
use crate::source::{Problem, ProblemKind};
use crate::wording::{problem_within, say};

/// How many problems are listed.
const LISTED: usize = 10;

/// The language to speak about a source to somebody who chose one, or none.
pub(in crate::discord) fn voice(chosen: Option<Language>, source: Language) -> Language {
    match chosen.unwrap_or(source) {
        Language::Arabic => Language::Arabic,
        Language::English | Language::Other => Language::English,
    }
}

/// A moment, as Discord shows it to each in their own time zone.
fn moment(milliseconds: i64) -> String {
    format!("<t:{}:f>", milliseconds.div_euclid(1000))
}

/// A day.
fn day(milliseconds: i64) -> String {
    format!("<t:{}:D>", milliseconds.div_euclid(1000))
}

/// Who changed something, by what the catalogue says of it.
fn who(voice: Language, by: &str) -> String {
    match by.strip_prefix("discord:").map(str::parse::<u64>) {
        Some(Ok(person)) => format!("<@{person}>"),
        _ if by == "terminal" => say(voice, "manage-by-terminal", &[]),
        _ => say(voice, "manage-by-sanad", &[]),
    }
}

/// The problems of a source, a line each, what makes it unreadable first; as many as there is room for, and how many
/// more there are.
fn problems(voice: Language, sheet: Sheet, problems: &[Problem], room: usize) -> Vec<String> {
    let most: usize = match sheet {
        Sheet::Embed => 1_700,
        Sheet::Plain => 600,
    };
    // Room for how many more there are.
    let mut left = most.min(room).saturating_sub(40);
    let is_listed = |problem: &&Problem| problem.kind != ProblemKind::More;
    let mut sorted: Vec<&Problem> = problems.iter().filter(is_listed).collect();
    sorted.sort_by_key(|problem| !problem.is_fatal());
    let unlisted = problems.iter().filter(|problem| !is_listed(problem));
    let unlisted = unlisted.filter_map(|more| more.found.as_ref()?.parse::<usize>().ok());
    let all = sorted.len() + unlisted.sum::<usize>();
    let mut lines = Vec::new();
    for problem in sorted.into_iter().take(LISTED) {
        let line = shortened(&one_line(&problem_within(voice, problem)), sheet.line());
        let line = format!("• {line}");
        let Some(rest) = left.checked_sub(length(&line) + 1) else {
            break;
        };
        left = rest;
        lines.push(line);
    }
    let more = all.saturating_sub(lines.len());
    if more > 0 && (!lines.is_empty() || room > 40) {
        lines.push(say(
            voice,
            "manage-problems-more",
            &[("count", more.into())],
        ));
    }
    lines
}

/// A title in a line of ours.
fn title(text: &str) -> String {
    shortened(&one_line(text), 120)
}
