//! What changed between two versions: which passages are new, gone, or worded otherwise.
//!
//! Each wording stands by itself, as its version has it: what is gone is struck through in the former one, what is new is
//! bold in the present one. Of a long passage only the surroundings of the changes are shown; where something is left out
//! a line says so, never the quote.

use super::super::Reply;
use super::super::markdown::{longest, marked};
use super::super::part::Borders;
use super::super::row::{self, Look, rows};
use super::super::sheet::{Sheet, taken};
use crate::discord::managing::{Goal, Step};
use crate::language::{Language, Span};
use crate::library::{Changed, Diff};
use crate::source::Passage;
use crate::wording::{citation as cite, say};

/// How much of the text on each side of a change is shown, in bytes.
const AROUND: usize = 120;
/// How much of one wording is shown at most, in characters as Discord counts them.
const ROOM: usize = 700;
/// How much is shown where a message has no embed.
const ROOM_PLAIN: usize = 450;
/// What the marks around one change take up.
const MARKS: usize = 4;
/// What a quoted part takes up besides: the mark of the quote, its line's end, a line for what is left out before it.
const AROUND_A_PART: usize = 6;
/// How many pages there are at most; nobody reads more.
const MOST_PAGES: usize = 50;

/// As much of a title as leaves room for what else stands in a heading.
fn cut_title(title: &str) -> String {
    let mut cut: String = title.chars().take(80).collect();
    if cut.len() < title.len() {
        cut.push('…');
    }
    cut
}

/// A page of a comparison; the last one where there are fewer.
pub(in crate::discord) fn diff(sheet: Sheet, step: Step, diff: &Diff, page: usize) -> Reply {
    let voice = step.voice;
    let arguments = [
        ("title", cut_title(&diff.after.attribution.title).into()),
        ("before", diff.before.version.into()),
        ("after", diff.after.version.into()),
    ];
    let heading = say(voice, "compare-heading", &arguments);
    let mut head = counts(voice, diff);
    if diff.before.attribution != diff.after.attribution {
        head.push(say(voice, "compare-details", &[]));
    }
    let room = sheet
        .room(&heading)
        .saturating_sub(taken(std::slice::from_ref(&head)) + 100);
    let mut pages: Vec<Vec<Vec<String>>> = vec![Vec::new()];
    let mut left = room;
    for change in &diff.changes {
        let entry = entry(voice, sheet, change);
        let needs = taken(std::slice::from_ref(&entry));
        if needs > left && pages.last().is_some_and(|page| !page.is_empty()) {
            if pages.len() == MOST_PAGES {
                break;
            }
            pages.push(Vec::new());
            left = room;
        }
        left = left.saturating_sub(needs);
        if let Some(page) = pages.last_mut() {
            page.push(entry);
        }
    }
    let n_pages = pages.len();
    let page = page.min(n_pages - 1);
    let mut groups = vec![head];
    groups.append(&mut pages.swap_remove(page));
    let (before, after) = (diff.before.version_key, diff.after.version_key);
    let mut buttons = Vec::new();
    if n_pages > 1 {
        let counted = [("page", (page + 1).into()), ("count", n_pages.into())];
        groups.push(vec![say(voice, "sources-page", &counted)]);
        buttons = row::turned(voice, page, n_pages, |page| {
            step.to(Goal::Compare(before, after, page)).id()
        });
    }
    let version = ("version", diff.before.version.into());
    let more = vec![
        row::step(
            step.to(Goal::Restore(before)),
            Look::Plain,
            say(voice, "button-restore", &[version]),
        ),
        row::step(
            step.to(Goal::History(after, 0)),
            Look::Plain,
            say(voice, "button-history", &[]),
        ),
    ];
    sheet.message(&heading, &groups, rows([buttons, more]))
}

fn counts(voice: Language, diff: &Diff) -> Vec<String> {
    if diff.changes.is_empty() {
        return vec![say(voice, "compare-same-text", &[])];
    }
    let count = |is: fn(&Changed) -> bool| diff.changes.iter().filter(|change| is(change)).count();
    let counted = [
        (
            "compare-reworded",
            count(|one| matches!(one, Changed::Reworded(_))),
        ),
        (
            "compare-added",
            count(|one| matches!(one, Changed::Added(_))),
        ),
        (
            "compare-removed",
            count(|one| matches!(one, Changed::Removed(_))),
        ),
        ("compare-same", diff.n_same),
    ];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    counted
        .map(|(sentence, count)| {
            let count = ("count", count.into());
            say(voice, sentence, &[count])
        })
        .collect()
}

fn entry(voice: Language, sheet: Sheet, change: &Changed) -> Vec<String> {
    let head = |sentence: &str, passage: &Passage| {
        let place = ("place", cite::locator(voice, passage).into());
        format!("**{}**", say(voice, sentence, &[place]))
    };
    let label = |sentence: &str| say(voice, sentence, &[]);
    match change {
        Changed::Added(passage) => {
            let mut lines = vec![head("compare-is-new", passage)];
            lines.extend(beginning(voice, sheet, passage));
            lines
        }
        Changed::Removed(passage) => {
            let mut lines = vec![head("compare-is-gone", passage)];
            lines.extend(beginning(voice, sheet, passage));
            lines
        }
        Changed::Reworded(one) => {
            let mut lines = vec![head("compare-is-reworded", &one.after)];
            // Where nothing was taken away the former wording says nothing that the present one does not.
            if !one.removed.is_empty() {
                lines.push(label("compare-before"));
                lines.extend(wording(voice, sheet, &one.before, &one.removed, "~~"));
            }
            if !one.added.is_empty() {
                lines.push(label("compare-after"));
                lines.extend(wording(voice, sheet, &one.after, &one.added, "**"));
            }
            lines
        }
    }
}

/// The beginning of a passage that stands in one version only.
fn beginning(voice: Language, sheet: Sheet, passage: &Passage) -> Vec<String> {
    let part = Borders::new(passage).from(0, most(sheet));
    let is_cut = part.end < passage.text.len();
    let mut lines = vec![marked(&passage.text, part, &[], "")];
    if is_cut {
        lines.push(say(voice, "compare-shortened", &[]));
    }
    lines
}

/// A wording with its changed words marked; of a long one the parts around these.
fn wording(
    voice: Language,
    sheet: Sheet,
    passage: &Passage,
    changed: &[Span],
    mark: &str,
) -> Vec<String> {
    let text = passage.text.as_str();
    let mut left = most(sheet);
    let mut lines: Vec<String> = Vec::new();
    let parts = surroundings(text, changed);
    let mut is_cut = parts.first().is_some_and(|part| part.start > 0)
        || parts.last().is_some_and(|part| part.end < text.len())
        || parts.len() > 1;
    for mut part in parts {
        if lines.is_empty() {
            // The first change is shown whatever its length, as far as there is room.
            let whole = part.end;
            part = fitting(text, part, changed, left);
            is_cut |= part.end < whole;
        }
        let Some(rest) = left.checked_sub(cost(text, &part, changed)) else {
            is_cut = true;
            break;
        };
        left = rest;
        if !lines.is_empty() {
            lines.push("…".to_owned());
        }
        lines.push(marked(text, part, changed, mark));
    }
    if is_cut {
        lines.push(say(voice, "compare-shortened", &[]));
    }
    lines
}

fn most(sheet: Sheet) -> usize {
    match sheet {
        Sheet::Embed => ROOM,
        Sheet::Plain => ROOM_PLAIN,
    }
}

/// The parts of a text around its changes, from word to word; those that touch are one.
fn surroundings(text: &str, changed: &[Span]) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    for span in changed {
        let part = before(text, span.start)..behind(text, span.end);
        match parts.last_mut() {
            Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
            _ => parts.push(part),
        }
    }
    parts
}

/// The beginning of a word, about so much before a byte.
fn before(text: &str, byte: usize) -> usize {
    let far = text.floor_char_boundary(byte.saturating_sub(AROUND));
    if far == 0 {
        return 0;
    }
    let between = text.get(far..byte).unwrap_or_default();
    let blank = between.find(char::is_whitespace);
    blank.map_or(byte, |blank| {
        let rest = between.get(blank..).unwrap_or_default();
        far + blank + (rest.len() - rest.trim_start().len())
    })
}

/// The end of a word, about so much behind a byte.
fn behind(text: &str, byte: usize) -> usize {
    let far = text.ceil_char_boundary((byte + AROUND).min(text.len()));
    if far == text.len() {
        return far;
    }
    let between = text.get(byte..far).unwrap_or_default();
    let blank = between.rfind(char::is_whitespace);
    blank.map_or(byte, |blank| {
        byte + between.get(..blank).unwrap_or_default().trim_end().len()
    })
}

/// How much room a part takes up at most once it is quoted and its changes are marked, with a line end and what may stand
/// between it and the part before.
fn cost(text: &str, part: &Span, changed: &[Span]) -> usize {
    let is_within = |span: &&Span| span.start < part.end && part.start < span.end;
    let n_marks = changed.iter().filter(is_within).count();
    longest(text.get(part.clone()).unwrap_or_default()) + MARKS * n_marks + AROUND_A_PART
}

/// As much of a part as there is room for, up to the end of a word where there is one.
fn fitting(text: &str, part: Span, changed: &[Span], room: usize) -> Span {
    if cost(text, &part, changed) <= room {
        return part;
    }
    let piece = text.get(part.clone()).unwrap_or_default();
    let mut used = AROUND_A_PART;
    let (mut end, mut word) = (part.start, part.start);
    let mut to_mark = changed
        .iter()
        .filter(|span| span.end > part.start)
        .peekable();
    for (at, c) in piece.char_indices() {
        let at = part.start + at;
        while to_mark.next_if(|span| span.start <= at).is_some() {
            used += MARKS;
        }
        used += longest(c.encode_utf8(&mut [0; 4]));
        if used > room {
            break;
        }
        end = at + c.len_utf8();
        if c.is_whitespace() {
            word = at;
        }
    }
    part.start..if word > part.start { word } else { end }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::markdown::length;
    use super::*;

    #[test]
    fn what_surrounds_a_change_begins_and_ends_with_a_word() {
        let text = format!("{}here it is{}", "before ".repeat(40), " behind".repeat(40));
        let at = text.find("it").unwrap();
        let parts = surroundings(&text, &[at..at + 2]);
        let shown = &text[parts[0].clone()];
        assert!(
            shown.starts_with("before ") && shown.ends_with(" behind"),
            "{shown}"
        );
        assert!(shown.len() < 2 * AROUND + 10);
        assert_eq!(surroundings("a b c", &[2..3]), [0..5]);
        let long = "س".repeat(400);
        assert_eq!(surroundings(&long, &[0..800]), [0..800]);
        let all = [0..800];
        let fits = fitting(&long, 0..800, &all, 200);
        assert_eq!(cost(&long, &fits, &all), 200);
    }

    proptest! {
        #[test]
        fn any_wording_is_shown_within_its_room(text in "(ب|[a-z*~_]| |\\n|https://|😀){1,400}", n in 1_usize..5) {
            let words: Vec<Span> = {
                let mut at = 0;
                text.split(char::is_whitespace).map(|word| { let span = at..at + word.len(); at += word.len() + 1; span })
                    .filter(|span| !span.is_empty()).step_by(n).collect()
            };
            let passage = crate::source::read(crate::source::Format::JsonLines,
                serde_json::json!({"id": "a", "title": "", "text": text}).to_string().as_bytes());
            prop_assume!(passage.source.is_some() && !words.is_empty());
            let mut passage = passage.source.unwrap().passages.remove(0);
            passage.text = text;
            for sheet in [Sheet::Embed, Sheet::Plain] {
                let lines = wording(Language::English, sheet, &passage, &words, "**");
                let all: usize = lines.iter().map(|line| length(line)).sum();
                // What is left out is said in a line of its own.
                prop_assert!(all + lines.len() <= most(sheet) + 60, "{}", all);
            }
        }
    }
}
