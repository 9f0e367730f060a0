//! A paragraph becomes a passage, or several where it is over-long.

use super::marker::Marks;
use super::{Kind, Passage, Place};
use crate::language::{Span, sentence};

/// A paragraph of more bytes is cut: what is longer is no quote, and it would not fit into a message.
pub const MAX_BYTES: usize = 4_000;

/// What is known of a passage beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Origin<'a> {
    /// The headings above it.
    pub(super) section: &'a [String],
    /// The id of its record.
    pub(super) key: Option<&'a str>,
    /// How many footnotes its source has.
    pub(super) n_notes: u32,
}

/// The passages of a paragraph.
pub(super) fn passages(ordinal: u32, text: &str, origin: Origin<'_>) -> Vec<Passage> {
    let parts = parts(text, origin.n_notes, &[]);
    let is_whole = parts.len() == 1;
    let passage = |(nth, part): (u32, &str)| {
        let place = Place {
            kind: Kind::Paragraph,
            ordinal,
            part: (!is_whole).then_some(nth),
        };
        passage(place, part, origin)
    };
    (1..).zip(parts).map(passage).collect()
}

/// A passage of the given text, its markers not yet joined to footnotes.
pub(super) fn passage(place: Place, text: &str, origin: Origin<'_>) -> Passage {
    let marks = Marks::find(text, origin.n_notes);
    Passage {
        place,
        key: origin.key.map(str::to_owned),
        section: origin.section.to_vec(),
        text: text.to_owned(),
        marker: None,
        markers: match place.kind {
            Kind::Paragraph => marks.markers,
            Kind::Footnote => Vec::new(), // a footnote's footnotes are nobody's
        },
        citation_needed: marks.citation_needed,
        cited_by: Vec::new(),
        page: None,
        anchor: None,
    }
}

/// A text cut into parts of at most [`MAX_BYTES`], about equally long; together they are the text.
///
/// They are cut where a sentence begins; where none does, behind a space; where there is none, between two characters.
/// A mark in brackets is never cut, nor what is `whole`.
pub(super) fn parts<'a>(text: &'a str, n_notes: u32, whole: &[Span]) -> Vec<&'a str> {
    if text.len() <= MAX_BYTES {
        return vec![text];
    }
    let marks = Marks::find(text, n_notes);
    let mut marks: Vec<_> = marks.spans().chain(whole).cloned().collect();
    marks.sort_by_key(|mark| mark.start);
    let cuts_no_mark = |at: usize| {
        let before = marks.partition_point(|mark| mark.start < at);
        before == 0 || marks.get(before - 1).is_none_or(|mark| mark.end <= at)
    };
    let sentences: Vec<usize> = sentence::sentences(text)
        .into_iter()
        .map(|sentence| sentence.start)
        .collect();
    let mut parts = Vec::new();
    let mut rest = text;
    while rest.len() > MAX_BYTES {
        let start = text.len() - rest.len();
        let fair = start + rest.len() / rest.len().div_ceil(MAX_BYTES);
        let from = sentences.partition_point(|at| *at <= start);
        let sentence = sentences
            .get(from..)
            .unwrap_or_default()
            .iter()
            .copied()
            .take_while(|at| at - start <= MAX_BYTES)
            .filter(|at| cuts_no_mark(*at))
            .min_by_key(|at| at.abs_diff(fair));
        let most = rest.floor_char_boundary(MAX_BYTES);
        let (head, _) = rest.split_at(most);
        let spaces = head
            .char_indices()
            .rev()
            .filter(|(_, c)| c.is_whitespace())
            .map(|(at, c)| start + at + c.len_utf8());
        let characters = head.char_indices().rev().map(|(at, _)| start + at);
        let cut = sentence
            .or_else(|| { spaces }.find(|at| cuts_no_mark(*at)))
            .or_else(|| {
                std::iter::once(start + most)
                    .chain(characters)
                    .find(|at| *at > start && cuts_no_mark(*at))
            })
            .unwrap_or(start + most);
        let (part, after) = rest.split_at(cut - start);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn lengths(text: &str, expected: &[usize]) {
        let parts = parts(text, 0, &[]);
        assert_eq!(parts.concat(), text);
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        assert_eq!(lengths, expected);
    }

    #[test]
    fn up_to_the_limit_a_paragraph_is_whole() {
        lengths("", &[0]);
        lengths(&"كلمة ".repeat(444), &[3996]);
        lengths(&"x".repeat(4000), &[4000]);
    }

    #[test]
    fn an_over_long_paragraph_is_cut_where_sentences_begin() {
        // 60 sentences of 74 bytes are 4440: two fair parts.
        let sentence = "أقيمت أولى العلاقات الدبلوماسية عام 1948. ";
        lengths(&sentence.repeat(60), &[30 * sentence.len(); 2]);
        let parts = parts(Box::leak(sentence.repeat(200).into_boxed_str()), 0, &[]);
        assert!(parts.iter().all(|part| part.starts_with("أقيمت")));
    }

    #[test]
    fn an_over_long_sentence_is_cut_behind_a_space_and_an_over_long_word_anywhere() {
        lengths(&"ab ".repeat(2000), &[3999, 2001]);
        lengths(&"ك".repeat(4001), &[4000, 4000, 2]);
        lengths(&format!("x{}", "ك".repeat(4000)), &[3999, 4000, 2]);
    }

    #[test]
    fn a_mark_is_never_cut() {
        let text = format!("{}[بحاجة لمصدر] b", "a".repeat(3990));
        lengths(&text, &[3990, 25]);
        let text = format!("{}[12]", "a".repeat(3997));
        lengths(&text, &[3997, 4]);
    }

    #[test]
    fn parts_are_numbered_and_whole_paragraphs_are_not() {
        let places = |text: &str| -> Vec<String> {
            passages(12, text, Origin::default())
                .iter()
                .map(|passage| passage.place.to_string())
                .collect()
        };
        assert_eq!(places("a"), ["p12"]);
        assert_eq!(places(&"ab ".repeat(2000)), ["p12.1", "p12.2"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_byte_is_lost(pieces in proptest::collection::vec("[a-c.؟ \\[\\]1ك\u{650}]{0,300}|\\PC{0,200}", 0..60)) {
            let text = pieces.concat();
            let parts = parts(&text, 0, &[]);
            prop_assert_eq!(parts.concat(), text.clone());
            prop_assert!(parts.iter().all(|part| part.len() <= MAX_BYTES));
            prop_assert!(text.is_empty() || parts.iter().all(|part| !part.is_empty()));
        }
    }
}
