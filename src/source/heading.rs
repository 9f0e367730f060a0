//! Which lines of an article are headings.
//!
//! # Why
//! Plain text does not say so: a heading is a bare short line with something below it. What «bare» and «short» are, and
//! what becomes of short lines that lead to nothing, is decided here.
//!
//! - *A question is a heading*, though it ends a sentence: in a list of questions and answers the answer is what is to be
//!   quoted, not the question again.
//! - *A run of short lines has at most [`MAX_DEPTH`] headings*, one below the other. A longer one is a list (or a poem): its
//!   first line is the heading of the others, its last that of what follows.
//! - *Short lines at the end lead to nothing*, so they are paragraphs; of several the first is the heading of the others.
//!   Nothing that a source says may be lost.
//! - *Levels are not told apart upwards*: a heading opens beside the deepest one that is open. Where that would go deeper
//!   than [`MAX_DEPTH`], it begins at the top again.

use super::marker::Marks;
use crate::language::sentence;

/// How deep headings go: as deep as a web page's.
const MAX_DEPTH: usize = 6;

/// A heading has at most this many characters.
const MAX_CHARS: usize = 80;

/// A heading has at most this many words.
const MAX_WORDS: usize = 12;

/// Whether a line of a source with so many footnotes may be a heading: short, one piece, without a mark, a bullet or the
/// end of a statement.
pub(super) fn is_bare_and_short(line: &str, n_notes: u32) -> bool {
    let line = line.trim();
    let ends_openly = |line: &str| {
        let bare = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
        !bare.ends_with(['.', '!', '…', '۔', '،', ',', '؛', ';'])
    };
    line.chars().any(char::is_alphanumeric)
        && line.chars().count() <= MAX_CHARS
        && line.split_whitespace().count() <= MAX_WORDS
        && !line.starts_with(['-', '–', '—', '*', '•', '·', '▪', '◦'])
        && ends_openly(line)
        && Marks::find(line, n_notes).is_empty()
        && sentence::sentences(line).len() == 1
}

/// What a run of bare short lines turns out to be, by how many stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Run {
    /// Headings of what follows, each below the one before it.
    Headings,
    /// A list: its first line is the heading of the others, its last line that of what follows.
    List,
}

impl Run {
    pub(super) fn of(n_lines: usize) -> Self {
        if n_lines <= MAX_DEPTH {
            Self::Headings
        } else {
            Self::List
        }
    }
}

/// The headings that are open at some line, outermost first.
#[derive(Debug, Default)]
pub(super) struct Path(Vec<String>);

impl Path {
    /// Opens headings that stand directly one below the other.
    pub(super) fn open<'a>(&mut self, headings: impl ExactSizeIterator<Item = &'a str>) {
        if headings.len() == 0 {
            return;
        }
        self.0.pop();
        if self.0.len() + headings.len() > MAX_DEPTH {
            self.0.clear();
        }
        self.0
            .extend(headings.map(|heading| heading.trim().to_owned()));
    }

    /// All of them.
    pub(super) fn headings(&self) -> &[String] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_short_lines_are_told_from_paragraphs() {
        for line in [
            "التاريخ",
            "العقد الأول من القرن الحالي",
            " Early life ",
            "1948",
            "Russia (Россия)",
            "References:",
            "ما هي عاصمة روسيا؟",
            "How do I join?",
            "«كتاب سيبويه»",
            "1. Introduction",
        ] {
            assert!(is_bare_and_short(line, 0), "{line}");
        }
        for line in [
            "",
            "انتهى.",
            "قال «انتهى.»",
            "He left!",
            "and so on…",
            "التاريخ[1]",
            "التاريخ [بحاجة لمصدر]",
            "أولًا،",
            "- an item",
            "• عنصر",
            "***",
            "He left. She stayed",
            "Did he leave? He did",
            "a b c d e f g h i j k l m",
            &"x".repeat(81),
        ] {
            assert!(!is_bare_and_short(line, 0), "{line}");
        }
    }

    #[test]
    fn a_later_heading_stands_beside_the_deepest_open_one() {
        let mut path = Path::default();
        let mut open = |headings: &[&str], expected: &[&str]| {
            path.open(headings.iter().copied());
            assert_eq!(path.headings(), expected);
        };
        open(&[], &[]);
        open(&["a"], &["a"]);
        open(&[" b ", "c"], &["b", "c"]);
        open(&["d"], &["b", "d"]);
        open(&["e", "f"], &["b", "e", "f"]);
        open(&["g", "h", "i", "j"], &["b", "e", "g", "h", "i", "j"]);
        open(&["k"], &["b", "e", "g", "h", "i", "k"]);
        open(&["l", "m"], &["l", "m"]);
    }
}
