//! Right-to-left text for a terminal that does not know of it: letters in their joined forms, each line in the order in
//! which it is seen.
//!
//! A newcomer's trap: lines are broken first and ordered after, never the other way round; and what is made here is for
//! eyes only. It never goes into a pipe or into JSON.

use std::ops::Range;
use std::sync::LazyLock;

use ar_reshaper::{ArabicReshaper, ReshaperConfig};
use unicode_bidi::{BidiInfo, Level};

use super::layout::Cluster;

/// Joins letters and keeps every mark: a quote loses nothing.
static SHAPER: LazyLock<ArabicReshaper> = LazyLock::new(|| {
    ArabicReshaper::new(ReshaperConfig {
        delete_harakat: false,
        delete_tatweel: false,
        ..ReshaperConfig::default()
    })
});

/// The letters of a text in their joined forms, still in reading order.
pub(super) fn shape(text: &str) -> String {
    SHAPER.reshape(text)
}

/// Whether the first letter of a line reads from the right.
pub(super) fn is_rtl(clusters: &[Cluster]) -> bool {
    let text: String = clusters
        .iter()
        .map(|cluster| cluster.text.as_str())
        .collect();
    unicode_bidi::get_base_direction(text.as_str()) == unicode_bidi::Direction::Rtl
}

/// The rows of a broken line, each in the order in which it is seen, with brackets turned where they read from the right.
pub(super) fn rows(
    clusters: &[Cluster],
    ranges: &[Range<usize>],
    is_rtl: bool,
) -> Vec<Vec<Cluster>> {
    let mut text = String::new();
    let mut starts = Vec::with_capacity(clusters.len());
    for cluster in clusters {
        starts.push(text.len());
        text.push_str(&cluster.text);
    }
    let info = BidiInfo::new(
        &text,
        Some(if is_rtl { Level::rtl() } else { Level::ltr() }),
    );
    let start_of = |at: usize| starts.get(at).copied().unwrap_or(text.len());
    ranges
        .iter()
        .map(|range| {
            let Some(paragraph) = info.paragraphs.first() else {
                return Vec::new();
            };
            let levels =
                info.reordered_levels(paragraph, start_of(range.start)..start_of(range.end));
            let levels: Vec<Level> = range
                .clone()
                .map(|at| levels.get(start_of(at)).copied().expect("a level a byte"))
                .collect();
            let row = BidiInfo::reorder_visual(&levels).into_iter().map(|seen| {
                let mut cluster = clusters
                    .get(range.start + seen)
                    .expect("the order is of this row")
                    .clone();
                if levels.get(seen).is_some_and(Level::is_rtl) {
                    cluster.text = cluster.text.chars().map(mirrored).collect();
                }
                cluster
            });
            row.collect()
        })
        .collect()
}

/// The character that looks like this one seen in a mirror; itself for most.
fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 7] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('«', '»'),
        ('‹', '›'),
        ('≤', '≥'),
    ];
    PAIRS
        .iter()
        .find_map(|(open, close)| {
            if c == *open {
                Some(*close)
            } else {
                (c == *close).then_some(*open)
            }
        })
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_joined_and_marks_kept() {
        assert_eq!(shape("سلام"), "ﺳﻼﻡ");
        assert_eq!(shape("عُقد"), "ﻋُﻘﺪ");
        assert_eq!(shape("Park, 1996"), "Park, 1996");
    }

    #[test]
    fn brackets_are_turned() {
        assert_eq!(
            "([«x»])".chars().map(mirrored).collect::<String>(),
            ")]»x«[("
        );
    }
}
