//! The footnotes of a passage: under its quote as far as they fit, and all of them on pages of their own.

use super::markdown::{escaped, length, longest};
use super::row::{self, button, rows};
use super::sheet::{Sheet, taken};
use super::{Reply, passage};
use crate::answer::{Citation, Cited};
use crate::discord::button::{Trail, What};
use crate::language::Language;
use crate::wording::{citation as cite, say};

/// Footnotes for under a quote, in at most this much room. No number is lost: a footnote that is too long, or all of
/// them together, give way to the statement that they can be read on their own pages.
pub(super) fn lines<'a>(
    voice: Language,
    citations: impl Iterator<Item = &'a Citation>,
    room: usize,
) -> Vec<String> {
    let citations: Vec<&Citation> = citations.collect();
    let mut lines: Vec<String> = citations
        .iter()
        .map(|citation| escaped(&cite::footnote(voice, citation)))
        .collect();
    let mut by_length: Vec<usize> = (0..lines.len()).collect();
    by_length.sort_by_key(|nth| std::cmp::Reverse(length(&lines[*nth])));
    for nth in by_length {
        if total(&lines) <= room {
            return lines;
        }
        let marker = ("marker", citations[nth].marker.clone().into());
        let elsewhere = escaped(&say(voice, "footnote-elsewhere", &[marker]));
        if length(&elsewhere) < length(&lines[nth]) {
            lines[nth] = elsewhere;
        }
    }
    if total(&lines) <= room {
        return lines;
    }
    // Not even that fits: the numbers alone, in one line, and how many more there are.
    for n_named in (0..=citations.len()).rev() {
        let lines = numbers(voice, &citations, n_named);
        if total(&lines) <= room {
            return lines;
        }
    }
    numbers(voice, &citations, 0)
}

/// The first numbers in one line, and how many more there are in another.
fn numbers(voice: Language, citations: &[&Citation], n_named: usize) -> Vec<String> {
    let named = citations.iter().take(n_named);
    let markers: Vec<String> = named
        .map(|citation| format!("[{}]", citation.marker))
        .collect();
    let markers = (!markers.is_empty()).then(|| {
        let markers = ("markers", markers.join(" ").into());
        escaped(&say(voice, "footnotes-elsewhere", &[markers]))
    });
    let n_more = citations.len() - n_named;
    let more = (n_more > 0).then(|| {
        let count = ("count", n_more.into());
        escaped(&say(voice, "footnotes-more", &[count]))
    });
    markers.into_iter().chain(more).collect()
}

fn total(lines: &[String]) -> usize {
    lines.iter().map(|line| length(line) + 1).sum()
}

/// A page of all footnotes of a passage, from 0; the last one where there are not so many. None where the passage has
/// no footnote.
pub(in crate::discord) fn page(
    sheet: Sheet,
    trail: &Trail,
    cited: &Cited,
    page: usize,
) -> Option<Reply> {
    let voice = trail.voice();
    let heading = cite::heading(cited);
    let mut groups = sheet.lines(vec![passage::source(voice, cited)]);
    let said = |page: usize, count: usize| {
        let arguments = [("page", (page + 1).into()), ("count", count.into())];
        escaped(&say(voice, "footnotes-page", &arguments))
    };
    let room = sheet
        .room(&heading)
        .saturating_sub(taken(&groups) + length(&said(99_999, 99_999)) + 4);
    let pages = pages(
        cited
            .citations
            .iter()
            .map(|citation| cite::footnote(voice, citation)),
        room,
    );
    let count = pages.len();
    let page = page.min(count.checked_sub(1)?);
    if count > 1 {
        groups.insert(0, vec![said(page, count)]);
    }
    let lines = pages.into_iter().nth(page)?;
    groups.insert(0, lines.iter().map(|line| escaped(line)).collect());
    let turn = |to: Option<usize>, label| {
        let to = to.filter(|to| *to < count);
        to.map(|to| button(trail, What::Footnotes(to), label))
    };
    let earlier = turn(
        page.checked_sub(1),
        say(voice, "button-footnotes-earlier", &[]),
    );
    let later = turn(
        page.checked_add(1),
        say(voice, "button-footnotes-later", &[]),
    );
    let mut first = vec![row::back(trail)];
    first.extend(earlier);
    first.extend(later);
    first.push(row::citation(trail));
    Some(sheet.message(&heading, &groups, rows([first, vec![row::delete(trail)]])))
}

/// Lines on pages of that much room each. A line that is longer than a page goes on to the next, between words where it
/// can.
pub(super) fn pages(lines: impl Iterator<Item = String>, room: usize) -> Vec<Vec<String>> {
    let mut pages: Vec<Vec<String>> = Vec::new();
    let mut left = 0;
    for line in lines {
        let mut rest = line.as_str();
        while !rest.is_empty() {
            if longest(rest) < left
                && let Some(page) = pages.last_mut()
            {
                left -= longest(rest) + 1;
                page.push(rest.to_owned());
                break;
            }
            if longest(rest) < room {
                pages.push(vec![rest.to_owned()]);
                left = room - longest(rest) - 1;
                break;
            }
            let (begun, further) = divided(rest, room - 1);
            pages.push(vec![begun.to_owned()]);
            left = 0;
            rest = further;
        }
    }
    pages
}

/// A text in two: as much as fits, and the rest. Never inside a letter, and never nothing.
fn divided(text: &str, room: usize) -> (&str, &str) {
    let mut left = room;
    let mut kept = 0;
    for c in text.chars() {
        let rest = left.checked_sub(longest(c.encode_utf8(&mut [0; 4])));
        if rest.is_none() && kept > 0 {
            break;
        }
        left = rest.unwrap_or(0);
        kept += c.len_utf8();
    }
    let begun = text.get(..kept).unwrap_or(text);
    let at_word = begun
        .rfind(char::is_whitespace)
        .filter(|at| *at > kept / 2)
        .and_then(|at| Some(at + begun.get(at..)?.chars().next()?.len_utf8()));
    text.split_at_checked(at_word.unwrap_or(kept))
        .unwrap_or((text, ""))
}

/// The line that a message of footnotes begins with is ours, not the source's.
#[cfg(test)]
mod tests {
    use super::*;

    fn citation(marker: usize, length: usize) -> Citation {
        Citation {
            marker: marker.to_string(),
            footnote: Some("x".repeat(length)),
        }
    }

    #[test]
    fn no_number_is_lost_however_little_room_there_is() {
        let citations: Vec<Citation> = (1..=9).map(|n| citation(n, n * 30)).collect();
        let said = |room| lines(Language::English, citations.iter(), room).join("\n");
        assert!(said(3_000).ends_with(&"x".repeat(270)));
        let some = said(1_000);
        assert!(some.contains(&format!("[3] {}", "x".repeat(90))), "{some}");
        assert!(some.contains("[9] A long footnote"), "{some}");
        insta::assert_snapshot!(said(100), @"[1] [2] [3] [4] [5] [6] [7] [8] [9] To be read under “Footnotes”.");
        insta::assert_snapshot!(said(70), @"[1] [2] [3] [4] [5] [6] [7] [8] [9] To be read under “Footnotes”.");
        insta::assert_snapshot!(said(10), @"And 9 more under “Footnotes”.");
    }

    #[test]
    fn pages_hold_everything_in_order() {
        let all: Vec<String> = [
            "one two three four",
            "five",
            "six seven",
            "*****************",
        ]
        .map(str::to_owned)
        .into();
        let pages = pages(all.iter().cloned(), 12);
        assert_eq!(
            pages,
            [
                vec!["one two "],
                vec!["three four"],
                vec!["five"],
                vec!["six seven"],
                vec!["*****"],
                vec!["*****"],
                vec!["*****"],
                vec!["**"],
            ]
        );
        assert_eq!(pages.concat().concat(), all.concat());
    }
}
