//! Which part of a long passage is shown: whole sentences, as many as there is room for.
//!
//! Only a sentence that is too long by itself is cut, between words; and only where there is no border between words,
//! between letters. Room is counted as the quoted text will take it up at most ([`longest`]).

use unicode_segmentation::UnicodeSegmentation as _;

use super::markdown::longest;
use crate::language::{Span, sentence::sentences};
use crate::source::Passage;

/// A passage's text with its borders.
pub(super) struct Borders<'a> {
    text: &'a str,
    /// Where sentences begin, the first at 0, and the end of the text. What stands between two sentences belongs to the
    /// one before.
    all: Vec<usize>,
    /// What is never cut: markers of footnotes and of unbacked claims.
    whole: Vec<Span>,
}

/// The sentence of a text that holds a byte.
pub(super) fn sentence_at(text: &str, byte: usize) -> Option<Span> {
    let all = sentences(text);
    all.into_iter().find(|sentence| sentence.contains(&byte))
}

impl<'a> Borders<'a> {
    /// The borders in a passage.
    pub(super) fn new(passage: &'a Passage) -> Self {
        let text = passage.text.as_str();
        let mut borders = vec![0];
        let starts = sentences(text)
            .into_iter()
            .skip(1)
            .map(|sentence| sentence.start);
        borders.extend(starts);
        borders.push(text.len());
        borders.dedup();
        let markers = passage.markers.iter().map(|marker| &marker.span);
        let whole = markers.chain(&passage.citation_needed).cloned().collect();
        Self {
            text,
            all: borders,
            whole,
        }
    }

    /// The part around a sentence: itself first, then whatever of its neighbours there is room for, on both sides alike.
    pub(super) fn around(&self, sentence: &Span, room: usize) -> Span {
        let start = self.last_border(sentence.start);
        let end = self.first_border(sentence.end);
        if self.longest(start, end) > room {
            return start..self.cut_behind(start, end, room);
        }
        let mut shown = start..end;
        let mut grows = true;
        while grows {
            grows = false;
            let further = self.first_border(shown.end + 1);
            if further > shown.end && self.longest(shown.start, further) <= room {
                shown.end = further;
                grows = true;
            }
            let earlier = self.last_border(shown.start.saturating_sub(1));
            if earlier < shown.start && self.longest(earlier, shown.end) <= room {
                shown.start = earlier;
                grows = true;
            }
        }
        shown
    }

    /// A sentence alone, or as much of it as there is room for.
    pub(super) fn within(&self, sentence: &Span, room: usize) -> Span {
        if self.longest(sentence.start, sentence.end) > room {
            sentence.start..self.cut_behind(sentence.start, sentence.end, room)
        } else {
            sentence.clone()
        }
    }

    /// The part from a byte on.
    pub(super) fn from(&self, start: usize, room: usize) -> Span {
        let first = self.first_border(start + 1);
        if self.longest(start, first) > room {
            return start..self.cut_behind(start, first, room);
        }
        let ends = self.all.iter().copied();
        let end = ends
            .filter(|end| *end >= first && self.longest(start, *end) <= room)
            .max();
        start..end.unwrap_or(first)
    }

    /// The part up to a byte.
    pub(super) fn until(&self, end: usize, room: usize) -> Span {
        let last = self.last_border(end.saturating_sub(1));
        if self.longest(last, end) > room {
            return self.cut_before(last, end, room)..end;
        }
        let starts = self.all.iter().copied();
        let start = starts
            .filter(|start| *start <= last && self.longest(*start, end) <= room)
            .min();
        start.unwrap_or(last)..end
    }

    /// Whether a part may begin or end at this byte, the ends of the text apart.
    pub(super) fn is_inside(&self, byte: usize) -> bool {
        byte > 0 && byte < self.text.len() && self.text.is_char_boundary(byte)
    }

    /// The first and the last sentence that a part touches, counted from 1, and how many there are.
    pub(super) fn counted(&self, part: &Span) -> (usize, usize, usize) {
        let first = self.all.partition_point(|border| *border <= part.start);
        let last = self.all.partition_point(|border| *border < part.end);
        let count = self.all.len().saturating_sub(1).max(1);
        (first.clamp(1, count), last.clamp(1, count), count)
    }

    /// Whether a part begins and ends between sentences.
    pub(super) fn is_whole_sentences(&self, part: &Span) -> bool {
        self.all.contains(&part.start) && self.all.contains(&part.end)
    }

    fn longest(&self, start: usize, end: usize) -> usize {
        self.text.get(start..end).map_or(usize::MAX, longest)
    }

    /// The last border at a byte or before it.
    fn last_border(&self, byte: usize) -> usize {
        let mut borders = self.all.iter().rev().copied();
        borders.find(|border| *border <= byte).unwrap_or(0)
    }

    /// The first border at a byte or behind it.
    fn first_border(&self, byte: usize) -> usize {
        let mut borders = self.all.iter().copied();
        borders
            .find(|border| *border >= byte)
            .unwrap_or(self.text.len())
    }

    /// The end of the longest beginning for which there is room.
    fn cut_behind(&self, start: usize, end: usize, room: usize) -> usize {
        let cuts = self.cuts(start, end);
        let fitting = cuts.iter().filter_map(|cuts| {
            let n_fit = cuts.partition_point(|cut| self.longest(start, *cut) <= room);
            cuts.iter().take(n_fit).next_back().copied()
        });
        // However small the room, one letter is shown, so that reading on always comes to an end.
        let first = cuts.last().and_then(|characters| characters.first());
        fitting.into_iter().next().or(first.copied()).unwrap_or(end)
    }

    /// The beginning of the longest end for which there is room.
    fn cut_before(&self, start: usize, end: usize, room: usize) -> usize {
        let cuts = self.cuts(start, end);
        let fitting = cuts.iter().filter_map(|cuts| {
            let n_too_long = cuts.partition_point(|cut| self.longest(*cut, end) > room);
            cuts.get(n_too_long).copied()
        });
        let last = cuts.last().and_then(|characters| characters.last());
        fitting
            .into_iter()
            .next()
            .or(last.copied())
            .unwrap_or(start)
    }

    /// Where a sentence can be cut: between words, between letters, between characters.
    fn cuts(&self, start: usize, end: usize) -> [Vec<usize>; 3] {
        let text = self.text.get(start..end).unwrap_or_default();
        let is_inside = |at: &usize| *at > start && *at < end;
        let may_cut = |at: &usize| {
            let mut whole = self.whole.iter();
            is_inside(at) && !whole.any(|whole| whole.start < *at && *at < whole.end)
        };
        let spaces = text.match_indices(char::is_whitespace);
        let words = spaces.map(|(at, space)| start + at + space.len());
        let letters = text.grapheme_indices(true).map(|(at, _)| start + at);
        let characters = text.char_indices().map(|(at, _)| start + at);
        [
            words.filter(may_cut).collect(),
            letters.filter(may_cut).collect(),
            characters.filter(is_inside).collect(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{Kind, Marker, Place};

    fn passage(text: &str) -> Passage {
        let markers = text.match_indices("[12]").map(|(at, marker)| Marker {
            label: "12".to_owned(),
            span: at..at + marker.len(),
            footnote: None,
        });
        Passage {
            place: Place {
                kind: Kind::Paragraph,
                ordinal: 1,
                part: None,
            },
            key: None,
            section: Vec::new(),
            text: text.to_owned(),
            marker: None,
            markers: markers.collect(),
            citation_needed: Vec::new(),
            cited_by: Vec::new(),
            page: None,
            anchor: None,
        }
    }

    const TEXT: &str = "One one. Two two. Three three. Four four. Five five.";

    #[test]
    fn a_part_grows_around_its_sentence_on_both_sides() {
        let passage = passage(TEXT);
        let borders = Borders::new(&passage);
        let sentence = sentence_at(TEXT, 20).unwrap();
        assert_eq!(TEXT.get(sentence.clone()).unwrap(), "Three three.");
        let part = |room| TEXT.get(borders.around(&sentence, room)).unwrap();
        assert_eq!(part(1_000), TEXT);
        assert_eq!(part(40), "Two two. Three three. Four four. ");
        assert_eq!(part(30), "Three three. Four four. ");
        assert_eq!(part(14), "Three three. ");
        assert_eq!(
            part(8),
            "Three ",
            "a sentence that is too long is cut between words"
        );
        assert_eq!(borders.counted(&borders.around(&sentence, 40)), (2, 4, 5));
        assert!(borders.is_whole_sentences(&borders.around(&sentence, 40)));
        assert!(!borders.is_whole_sentences(&borders.around(&sentence, 8)));
    }

    #[test]
    fn reading_on_and_back_goes_by_whole_sentences() {
        let passage = passage(TEXT);
        let borders = Borders::new(&passage);
        assert_eq!(
            TEXT.get(borders.from(18, 30)).unwrap(),
            "Three three. Four four. "
        );
        assert_eq!(
            TEXT.get(borders.until(18, 30)).unwrap(),
            "One one. Two two. "
        );
        assert_eq!(
            TEXT.get(borders.from(24, 31)).unwrap(),
            "three. Four four. Five five."
        );
        assert_eq!(TEXT.get(borders.until(24, 7)).unwrap(), "Three ");
        assert_eq!(TEXT.get(borders.until(24, 18)).unwrap(), "Two two. Three ");
    }

    #[test]
    fn a_marker_is_never_cut() {
        let text = "abcdefgh[12]ijkl";
        let passage = passage(text);
        let borders = Borders::new(&passage);
        assert_eq!(text.get(borders.from(0, 11)).unwrap(), "abcdefgh");
        assert_eq!(
            text.get(borders.from(8, 4)).unwrap(),
            "[12",
            "what cannot be shown otherwise is shown in letters"
        );
        assert_eq!(text.get(borders.until(16, 6)).unwrap(), "ijkl");
    }

    #[test]
    fn reading_on_comes_to_an_end_whatever_the_text() {
        let long = format!("{}{}", "e\u{301}\u{301}".repeat(30), "\u{301}".repeat(200));
        for text in [
            "",
            " ",
            "*",
            TEXT,
            "كلمة",
            long.as_str(),
            "\u{1F468}\u{200D}\u{1F469}",
        ] {
            let passage = passage(text);
            let borders = Borders::new(&passage);
            let (mut read, mut n) = (0, 0);
            while read < text.len() {
                let part = borders.from(read, 3);
                assert!(part.start == read && part.end > read, "{text}");
                read = part.end;
                n += 1;
            }
            assert!(n <= text.chars().count());
            let mut left = text.len();
            while left > 0 {
                let part = borders.until(left, 3);
                assert!(part.end == left && part.start < left, "{text}");
                left = part.start;
            }
        }
    }

    proptest! {
        #[test]
        fn parts_lie_on_characters_and_fit(text in "([a-z.؟ \n]|\\[12\\]|\\PC|ب){0,80}", at in 0_usize..200, room in 2_usize..60) {
            let passage = passage(&text);
            let borders = Borders::new(&passage);
            let mut at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let sentence = sentence_at(&text, at).unwrap_or(0..0);
            for part in [borders.around(&sentence, room), borders.from(at, room), borders.until(at, room)] {
                let shown = text.get(part.clone());
                prop_assert!(shown.is_some());
                let shown = shown.unwrap_or_default();
                prop_assert!(longest(shown) <= room || shown.chars().count() == 1, "{}", shown);
                let (first, last, count) = borders.counted(&part);
                prop_assert!(1 <= first && last <= count && (first <= last || part.is_empty()));
            }
        }
    }
}
