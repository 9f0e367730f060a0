//! What stands in a text in square brackets: footnote markers, and marks that a claim has no source.
//!
//! Brackets around anything else (`[the king]`, `[1948]`, `[s]he`) are the text's own and are left alone.

use super::Marker;
use crate::language::{Span, fold::fold};

/// No label is longer, in bytes; what is does not have to be looked through.
const MAX_LABEL_BYTES: usize = 80;

/// What the sources of wikis write where a claim has no source, folded; the first words of such a mark.
const UNBACKED: [&str; 10] = [
    "بحاجة لمصدر",
    "بحاجة الي مصدر",
    "بحاجة لمصادر",
    "بحاجة الي مصادر",
    "مصدر؟",
    "مصدر مطلوب",
    "ادعاء غير موثق",
    "citation needed",
    "source?",
    "source needed",
];

/// What stands before the number of a note that is counted apart: `[note 1]`, `[ملاحظة 1]`.
const NOTES: [&str; 7] = ["note", "nb", "n", "ملاحظة", "هامش", "حاشية", "تعليق"];

/// The marks of a text.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Its footnote markers, none joined to its footnote yet.
    pub(super) markers: Vec<Marker>,
    /// Where it marks a claim as unbacked.
    pub(super) citation_needed: Vec<Span>,
}

impl Marks {
    /// Finds the marks of a text whose source has so many footnotes.
    pub(super) fn find(text: &str, n_notes: u32) -> Self {
        let mut marks = Self::default();
        for (start, _) in text.match_indices('[') {
            let Some(label) = label(text, start + 1) else {
                continue;
            };
            let span = start..start + label.len() + 2;
            if is_marker(text, &span, label, n_notes) {
                marks.markers.push(Marker {
                    label: label.to_owned(),
                    span,
                    footnote: None,
                });
            } else if is_unbacked(label) {
                marks.citation_needed.push(span);
            }
        }
        marks
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.markers.is_empty() && self.citation_needed.is_empty()
    }

    /// Where they stand, the markers first.
    pub(super) fn spans(&self) -> impl Iterator<Item = &Span> {
        self.markers
            .iter()
            .map(|marker| &marker.span)
            .chain(&self.citation_needed)
    }
}

/// The number that a label is, in whatever digits: `1`, `١`, `۱`.
pub(super) fn number(label: &str) -> Option<u32> {
    let mut number = 0_u32;
    for (nth, c) in label.chars().enumerate() {
        let digit = match c {
            '0'..='9' => u32::from(c) - u32::from('0'),
            '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
            '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0,
            _ => return None,
        };
        if nth == 0 && digit == 0 {
            return None;
        }
        number = number.checked_mul(10)?.checked_add(digit)?;
    }
    (number > 0).then_some(number)
}

/// What stands between the bracket before `start` and the one that closes it.
fn label(text: &str, start: usize) -> Option<&str> {
    let rest = text.get(start..)?;
    let end = rest
        .bytes()
        .take(MAX_LABEL_BYTES + 1)
        .position(|byte| matches!(byte, b'[' | b']' | b'\n'))?;
    let is_closed = rest.as_bytes().get(end) == Some(&b']');
    rest.get(..end).filter(|_| is_closed)
}

fn is_marker(text: &str, span: &Span, label: &str, n_notes: u32) -> bool {
    if let Some(number) = number(label) {
        // Of four digits it is a year, unless the source has so many notes.
        return number <= n_notes.max(999);
    }
    let mut words = label.split(' ');
    match (words.next(), words.next(), words.next()) {
        (Some(note), Some(nth), None) if number(nth).is_some() => {
            NOTES.contains(&note.to_lowercase().as_str())
        }
        // A note lettered `[أ]` or `[a]` hangs on the word before it; `[s]he` and `[أ] لا` hang on what follows.
        (Some(letter), None, None) => {
            let mut letters = letter.chars();
            let is_letter =
                letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
            let before = text
                .get(..span.start)
                .and_then(|before| before.chars().next_back());
            let after = text.get(span.end..).and_then(|after| after.chars().next());
            is_letter
                && before.is_some_and(|c| !c.is_whitespace())
                && !after.is_some_and(char::is_alphanumeric)
        }
        _ => false,
    }
}

fn is_unbacked(label: &str) -> bool {
    let folded = fold(label);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let folded = words.join(" ").replace('?', "؟");
    UNBACKED
        .iter()
        .any(|mark| match folded.strip_prefix(&mark.replace('?', "؟")) {
            Some(after) => !after.chars().next().is_some_and(char::is_alphanumeric),
            None => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels of the markers, and the marks that a claim is unbacked.
    fn found(text: &str) -> (Vec<&str>, Vec<&str>) {
        let marks = Marks::find(text, 0);
        let labels = marks.markers.iter().map(|marker| {
            assert_eq!(text[marker.span.clone()], format!("[{}]", marker.label));
            &text[marker.span.start + 1..marker.span.end - 1]
        });
        let unbacked = marks.citation_needed.iter().map(|span| &text[span.clone()]);
        (labels.collect(), unbacked.collect())
    }

    #[track_caller]
    fn markers(text: &str, expected: &[&str]) {
        assert_eq!(found(text), (expected.to_vec(), Vec::new()), "{text}");
    }

    #[track_caller]
    fn unbacked(mark: &str) {
        let text = format!("قال ذلك.{mark} ثم سكت.");
        assert_eq!(found(&text), (Vec::new(), vec![mark]));
    }

    #[test]
    fn numbers_letters_and_notes_are_markers() {
        markers("كبيرًا.[1] ثم[٢][۳] وأخيرًا[12]", &["1", "٢", "۳", "12"]);
        markers("كلمة[أ] و word[a].", &["أ", "a"]);
        markers("word[note 1] كلمة[ملاحظة ٢]", &["note 1", "ملاحظة ٢"]);
    }

    #[test]
    fn other_brackets_are_the_texts_own() {
        for text in [
            "[1948]",
            "[0]",
            "[01]",
            "[]",
            "[ ]",
            "[1",
            "1]",
            "[s]he said",
            "كتب [أ] هنا",
            "word[s]s",
            "[the king]",
            "[1,2]",
            "[مصدر الصورة]",
            "[sources]",
            "[\n1]",
            "note [page 1]",
        ] {
            markers(text, &[]);
        }
        markers("[[1]", &["1"]);
        markers(&"[".repeat(1000), &[]);
        markers(&format!("[{}]", "1".repeat(1000)), &[]);
        markers("[كتاب", &[]);
    }

    #[test]
    fn a_year_is_a_marker_where_there_are_so_many_notes() {
        assert!(Marks::find("في [1948]", 1947).is_empty());
        assert_eq!(Marks::find("في [1948]", 1948).markers[0].label, "1948");
    }

    #[test]
    fn marks_of_unbacked_claims_are_known_in_both_languages() {
        for mark in [
            "[بحاجة لمصدر]",
            "[بِحاجة لمصدر]",
            "[بحاجة إلى مصدر]",
            "[بحاجة لمصدر منذ 2014]",
            "[مصدر؟]",
            "[ادعاء غير موثق منذ 80 يومًا]",
            "[citation needed]",
            "[Citation  needed]",
            "[source?]",
        ] {
            unbacked(mark);
        }
    }

    #[test]
    fn a_label_has_its_number_in_any_digits() {
        for (label, expected) in [
            ("1", Some(1)),
            ("٢٠", Some(20)),
            ("۳", Some(3)),
            ("999", Some(999)),
            ("1000", Some(1000)),
            ("4294967296", None),
            ("0", None),
            ("", None),
            ("أ", None),
            ("²", None),
        ] {
            assert_eq!(number(label), expected, "{label}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_mark_can_be_quoted(text in "[\\[\\]0-9أa \\n]{0,40}|\\PC{0,40}") {
            for span in Marks::find(&text, 0).spans() {
                let mark = text.get(span.clone()).unwrap();
                proptest::prop_assert!(mark.starts_with('[') && mark.ends_with(']'));
            }
        }
    }
}
