//! How much there is room for, and putting a message together from its lines.

use unicode_segmentation::UnicodeSegmentation as _;

use super::markdown::{bold, escaped, length, longest};
use super::row::Row;
use super::{Embed, Reply};

/// Discord's limit for the text of a message.
pub(super) const CONTENT: usize = 2_000;
/// Discord's limit for the description of an embed. With a title that holds its own limit, an embed stays below the
/// 6,000 that all its texts may have together.
pub(super) const DESCRIPTION: usize = 4_096;
/// Discord's limit for the title of an embed.
const TITLE: usize = 256;

/// What a message is written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::discord) enum Sheet {
    /// An embed.
    Embed,
    /// The text of the message itself, where embeds are not permitted.
    Plain,
}

/// A line of our own words, or of the source's attribution.
pub(super) struct Line {
    text: String,
    is_needed: bool,
}

impl Line {
    /// A line that every message of its kind has.
    pub(super) fn needed(text: impl AsRef<str>) -> Self {
        Self {
            text: one_line(text.as_ref()),
            is_needed: true,
        }
    }

    /// A line that gives way where there is no room; what it says can be had by a button.
    pub(super) fn optional(text: impl AsRef<str>) -> Self {
        Self {
            is_needed: false,
            ..Self::needed(text)
        }
    }
}

impl Sheet {
    /// The room under the heading.
    pub(super) fn room(self, heading: &str) -> usize {
        match self {
            Self::Embed => DESCRIPTION,
            Self::Plain => CONTENT - length(&self.heading(heading)) - 1,
        }
    }

    /// How much of the room all lines around the quotes may take up together.
    pub(super) fn room_for_lines(self) -> usize {
        match self {
            Self::Embed => 2_000,
            Self::Plain => 900,
        }
    }

    /// How long the citation of a source may be: one that is cut is no use, so it has more room than other lines.
    pub(super) fn citation(self) -> usize {
        match self {
            Self::Embed => 1_000,
            Self::Plain => 600,
        }
    }

    /// How long one line may be. A longer one is cut, and shows that it is.
    pub(super) fn line(self) -> usize {
        match self {
            Self::Embed => 300,
            Self::Plain => 120,
        }
    }

    /// The heading as it is shown.
    fn heading(self, heading: &str) -> String {
        let heading = one_line(heading);
        match self {
            Self::Embed => shortened(&heading, TITLE),
            // Four stars around it.
            Self::Plain => bold(&cut(&heading, 196)),
        }
    }

    /// Groups of lines, as Markdown: those that are needed, and of the others as many as there is room for.
    pub(super) fn lines(self, groups: Vec<Vec<Line>>) -> Vec<Vec<String>> {
        let groups: Vec<Vec<(String, bool)>> = groups
            .into_iter()
            .map(|lines| {
                let shown = |line: Line| (shortened(&line.text, self.line()), line.is_needed);
                lines.into_iter().map(shown).collect()
            })
            .collect();
        let needed = groups.iter().flatten().filter(|(_, is_needed)| *is_needed);
        let needed: usize = needed.map(|(line, _)| length(line) + 1).sum();
        let mut room = self.room_for_lines().saturating_sub(needed);
        let mut keep = |(line, is_needed): (String, bool)| {
            let left = room.checked_sub(length(&line) + 1);
            if !is_needed {
                room = left.unwrap_or(room);
            }
            (is_needed || left.is_some()).then_some(line)
        };
        groups
            .into_iter()
            .map(|lines| lines.into_iter().filter_map(&mut keep).collect())
            .collect()
    }

    /// The message of these groups of lines, an empty line between two groups.
    pub(super) fn message(
        self,
        heading: &str,
        groups: &[Vec<String>],
        components: Vec<Row>,
    ) -> Reply {
        let groups = groups.iter().filter(|lines| !lines.is_empty());
        let body = groups.map(|lines| lines.join("\n")).collect::<Vec<_>>();
        let body = body.join("\n\n");
        match self {
            Self::Embed => Reply {
                embeds: vec![Embed {
                    title: self.heading(heading),
                    description: body,
                }],
                components,
                flags: 0,
                ..Reply::plain(String::new())
            },
            Self::Plain => Reply {
                components,
                ..Reply::plain(format!("{}\n{body}", self.heading(heading)))
            },
        }
    }
}

/// The room that groups of lines take up, with an empty line after each.
pub(super) fn taken(groups: &[Vec<String>]) -> usize {
    let groups = groups.iter().filter(|lines| !lines.is_empty());
    groups
        .map(|lines| lines.iter().map(|line| length(line) + 1).sum::<usize>() + 1)
        .sum()
}

/// What is to stand in one line: a title that a person gave may hold line breaks.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(char::is_control).map(str::trim);
    let words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
    words.join(" ")
}

/// Text of a line or several as Markdown, cut between words where it would be too long.
pub(super) fn shortened(text: &str, most: usize) -> String {
    escaped(&cut(text, most))
}

/// As much of a text as fits once it is escaped, and `…` where that is not all.
fn cut(text: &str, most: usize) -> String {
    if length(&escaped(text)) <= most {
        return text.to_owned();
    }
    let mut kept = 0;
    let mut left = most.saturating_sub(1);
    for letter in text.graphemes(true) {
        let Some(rest) = left.checked_sub(longest(letter)) else {
            break;
        };
        left = rest;
        kept += letter.len();
    }
    let text = text.get(..kept).unwrap_or_default();
    let words = text
        .rsplit_once(char::is_whitespace)
        .map(|(words, _)| words);
    // A single long word is cut all the same.
    let text = words.filter(|words| words.len() > kept / 2).unwrap_or(text);
    format!("{}…", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_is_cut_between_words_and_shows_it() {
        assert_eq!(shortened("One two three", 13), "One two three");
        assert_eq!(shortened("One two three", 12), "One two…");
        assert_eq!(shortened("العلاقات الروسية", 12), "العلاقات…");
        assert_eq!(shortened("abcdefghijkl", 5), "abcd…");
        assert_eq!(shortened("**********", 5), r"\*\*…");
        assert_eq!(
            shortened("e\u{301}\u{301}\u{301}\u{301}x", 4),
            "…",
            "no letter is cut"
        );
    }

    #[test]
    fn optional_lines_give_way() {
        let long = "x".repeat(100);
        let lines = |n| (0..n).map(|_| Line::optional(&long)).collect::<Vec<_>>();
        let mut all = lines(30);
        all.push(Line::needed("needed"));
        let kept = Sheet::Plain.lines(vec![all, lines(1)]);
        assert_eq!(kept[0].len(), 9);
        assert_eq!(kept[0].last().map(String::as_str), Some("needed"));
        assert!(kept[1].is_empty());
    }
}
