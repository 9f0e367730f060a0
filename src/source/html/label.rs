//! What the markers of notes look like, and what numbers notes have.

use super::{At, attribute, name};

/// The label of a note that nothing leads to: its number in its list, or among its like.
pub(super) fn own_label(node: At<'_>) -> String {
    let own = attribute(node, "value").and_then(|value| value.trim().parse::<i64>().ok());
    let start = node
        .parent()
        .and_then(|list| attribute(list, "start"))
        .and_then(|start| start.trim().parse::<i64>().ok());
    let before = node
        .prev_siblings()
        .filter(|other| name(*other) == name(node))
        .count();
    let before = i64::try_from(before).unwrap_or_default();
    own.unwrap_or_else(|| start.unwrap_or(1).saturating_add(before))
        .to_string()
}

/// A note's text without the number that it begins with: `1`, `[1]`, `1.`, `(1)`.
pub(super) fn without_number<'a>(text: &'a str, label: &str) -> &'a str {
    let inner = text.trim_start_matches(['[', '(']);
    let Some(rest) = inner.strip_prefix(label).filter(|_| !label.is_empty()) else {
        return text;
    };
    let is_bracketed = inner.len() < text.len();
    let rest = match rest.strip_prefix([']', ')', '.', ':', '-']) {
        Some(rest) => rest.strip_prefix(['.', ':']).unwrap_or(rest),
        None if !is_bracketed && rest.starts_with(char::is_whitespace) => rest,
        None => return text,
    };
    let rest = rest.trim_start();
    if rest.is_empty() { text } else { rest }
}

/// A marker's text without brackets and blanks.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || is_direction_mark(c) || matches!(c, '[' | ']' | '(' | ')')
    })
}

pub(super) fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FE0E}' | '\u{FE0F}')
}

/// Whether a link that is not raised may be a marker by its text: `[1]`, `(أ)`, `*`.
pub(super) fn looks_like_marker(text: &str) -> bool {
    let label = bare(text);
    let is_short = !label.is_empty() && label.chars().count() <= 4;
    let is_bracketed = text.starts_with(['[', '(']) && text.ends_with([']', ')']);
    let is_sign = label
        .chars()
        .all(|c| matches!(c, '*' | '†' | '‡' | '§') || c.is_numeric());
    is_short && (is_bracketed || is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notes_own_number_goes() {
        for (text, expected) in [
            ("1. Ibid.", "Ibid."),
            ("[1] Ibid.", "Ibid."),
            ("(1): Ibid.", "Ibid."),
            ("1 Ibid.", "Ibid."),
            ("1948 it was.", "1948 it was."),
            ("1", "1"),
            ("12. Ibid.", "12. Ibid."),
        ] {
            assert_eq!(without_number(text, "1"), expected);
        }
    }

    #[test]
    fn markers_are_told_from_other_links() {
        for text in ["[1]", "(٢)", "*", "12", "[أ]"] {
            assert!(looks_like_marker(text), "{text}");
        }
        for text in ["", "[]", "see", "[citation needed]", "a"] {
            assert!(!looks_like_marker(text), "{text}");
        }
    }
}
