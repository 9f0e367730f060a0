//! Slips of the pen: a letter too many, too few, another, or two exchanged.

use std::ops::Range;

/// Of sorted words, which begin with the same letter as a word: where all its slips are.
pub fn neighbors(word: &str, sorted: &[String]) -> Range<usize> {
    let Some(first) = word.chars().next() else {
        return 0..0;
    };
    let from = sorted.partition_point(|other| other.chars().next().is_none_or(|c| c < first));
    let to = sorted.partition_point(|other| other.chars().next().is_none_or(|c| c <= first));
    from..to
}

/// The pairs of neighboring letters of a word, its edges among them.
pub fn pairs(word: &str) -> impl Iterator<Item = (char, char)> {
    let after = word.chars().chain(std::iter::once('$'));
    std::iter::once('^').chain(word.chars()).zip(after)
}

/// Whether two different folded words of at least four letters are one slip apart (Damerau 1964), the first letter
/// being right: slips at the beginning are rare, and forgiving them there finds other words.
pub fn is_slip(word: &str, other: &str) -> bool {
    if word.len().abs_diff(other.len()) > 4
        || word == other
        || word.chars().next() != other.chars().next()
    {
        return false;
    }
    if word.chars().nth(3).is_none() || other.chars().nth(3).is_none() {
        return false;
    }
    // What is left of both after the letters that they share at the beginning.
    let same = word
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let (rest, other) = (
        word.get(same..).unwrap_or_default(),
        other.get(same..).unwrap_or_default(),
    );
    let letters = |text: &str| (text.chars().next(), text.chars().nth(1));
    let exchanged = matches!((letters(rest), letters(other)), ((Some(a), Some(b)), (Some(c), Some(d))) if a == d && b == c);
    after(rest, 1) == other
        || rest == after(other, 1)
        || after(rest, 1) == after(other, 1)
        || (exchanged && after(rest, 2) == after(other, 2))
}

/// What follows the first n letters.
fn after(text: &str, n: usize) -> &str {
    text.char_indices()
        .nth(n)
        .and_then(|(at, _)| text.get(at..))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_and_no_more() {
        for (word, other, expected) in [
            ("relatons", "relations", true),
            ("relatiosn", "relations", true),
            ("relarions", "relations", true),
            ("relationss", "relations", true),
            ("relations", "relations", false),
            ("ralatoins", "relations", false),
            ("السوفيتي", "السوفييتي", true),
            ("كتاب", "كتب", false),
            ("nation", "ration", false),
        ] {
            assert_eq!(is_slip(word, other), expected, "{word} {other}");
        }
    }
}
