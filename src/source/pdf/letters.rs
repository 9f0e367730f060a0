//! What a glyph's Unicode comes to as text: presentation forms as the letters that they are, invisible characters gone,
//! combining marks and brackets told apart.

use unicode_bidi::BidiClass;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// How a run of text behaves among others when a line is put in logical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Letters written from the left.
    Left,
    /// Letters written from the right.
    Right,
    /// Arabic-Indic digits: they read from the left among letters from the right, and are no part of Latin text.
    Digit,
    /// Digits that read from the left and belong to what is before them.
    Number,
    /// Digits that belong to nothing beside them: the number of a note, the label of an item.
    Apart,
    /// A sign that joins two numbers, as in `10:30`.
    Joiner,
    /// Anything else.
    Neutral,
}

/// What stands for a glyph that has ink and no Unicode.
pub(super) const UNKNOWN: &str = "\u{FFFD}";

/// The text of a glyph; none where its Unicode says nothing (private use, nothing but controls).
pub(super) fn text(unicode: &str) -> Option<String> {
    let mut text = String::with_capacity(unicode.len());
    for c in unicode.chars() {
        match c {
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{FFFD}' => return None,
            '\t' | '\n' | '\r' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => {
                text.push(' ');
            }
            // Direction marks order the glyphs no more: they are placed.
            '\0'..='\u{1F}'
            | '\u{7F}'..='\u{9F}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{061C}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFFE}'
            | '\u{FFFF}' => {}
            // Whole words and phrases of one character (ﷺ) are typed as such; the rest of the block are letters.
            '\u{FB00}'..='\u{FDCF}' | '\u{FE70}'..='\u{FEFC}' => {
                text.extend(std::iter::once(c).nfkc().filter(|c| *c != ' '));
            }
            _ => text.push(c),
        }
    }
    let is_nothing = text.is_empty() && !unicode.is_empty();
    if is_nothing && unicode.chars().all(|c| c < ' ') {
        return None;
    }
    // Lam-alef as some producers map its one glyph: in the order of the eye.
    let mut letters = text.chars();
    if let (Some(alef @ ('ا' | 'أ' | 'إ' | 'آ')), Some('ل'), None) =
        (letters.next(), letters.next(), letters.next())
    {
        return Some(format!("ل{alef}"));
    }
    Some(text)
}

/// Whether a text is combining marks and nothing else.
pub(super) fn is_mark(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_combining_mark)
}

/// Whether a text is blank and nothing else.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// The class of a glyph's text: that of its first character that has one.
pub(super) fn class(text: &str) -> Class {
    let mut class = Class::Neutral;
    for c in text.chars() {
        match unicode_bidi::bidi_class(c) {
            BidiClass::L => return Class::Left,
            BidiClass::R | BidiClass::AL => return Class::Right,
            BidiClass::AN => return Class::Digit,
            BidiClass::EN => return Class::Number,
            BidiClass::CS if class == Class::Neutral => class = Class::Joiner,
            _ => {}
        }
    }
    class
}

/// Whether a character is a letter written from the right.
pub(super) fn is_right(c: char) -> bool {
    matches!(unicode_bidi::bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// Whether a character is a letter written from the left.
pub(super) fn is_left(c: char) -> bool {
    c.is_alphabetic() && unicode_bidi::bidi_class(c) == BidiClass::L
}

/// Characters that are drawn turned over where the text runs from the right: the one that opens to the right, and its
/// partner.
const PAIRS: [(char, char); 10] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('<', '>'),
    ('«', '»'),
    ('‹', '›'),
    ('⟨', '⟩'),
    ('≤', '≥'),
    ('❨', '❩'),
    ('⟦', '⟧'),
];

/// Whether a text is one character that is drawn turned over from the right.
pub(super) fn is_turned(text: &str) -> bool {
    turned(text).is_some()
}

/// The partner of a bracket.
pub(super) fn turned(text: &str) -> Option<char> {
    let mut letters = text.chars();
    let (c, None) = (letters.next()?, letters.next()) else {
        return None;
    };
    PAIRS.iter().find_map(|(open, close)| match c {
        _ if c == *open => Some(*close),
        _ if c == *close => Some(*open),
        _ => None,
    })
}

/// The bracket of a pair that is drawn open to the right, or to the left.
pub(super) fn drawn(text: &str, opens_right: bool) -> Option<char> {
    let partner = turned(text)?;
    let own = text.chars().next()?;
    let is_opening = PAIRS.iter().any(|(open, _)| *open == own);
    Some(if is_opening == opens_right {
        own
    } else {
        partner
    })
}

/// The order in which marks on one letter are typed: a hamza, the doubling, then the vowel.
pub(super) fn rank(mark: char) -> u8 {
    match mark {
        '\u{0653}'..='\u{0655}' => 0,
        '\u{0651}' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presentation_forms_are_letters() {
        for (form, expected) in [
            ("ﻻ", "لا"),
            ("ﺳ", "س"),
            ("ﹰ", "\u{064B}"),
            ("ﷺ", "ﷺ"),
            ("ﬁ", "fi"),
            ("ال", "لا"),
            ("لا", "لا"),
            ("\u{200F}a", "a"),
            ("\u{A0}", " "),
            ("\u{200F}", ""),
        ] {
            assert_eq!(text(form).as_deref(), Some(expected), "{form}");
        }
        assert_eq!(text("\u{F0B7}"), None);
        assert_eq!(text("\0"), None);
    }

    #[test]
    fn classes_are_those_of_the_first_that_has_one() {
        for (of, expected) in [
            ("a", Class::Left),
            ("لا", Class::Right),
            ("٣", Class::Digit),
            ("3", Class::Number),
            (":", Class::Joiner),
            ("%", Class::Neutral),
            ("(", Class::Neutral),
            ("\u{064E}", Class::Neutral),
        ] {
            assert_eq!(class(of), expected, "{of}");
        }
    }

    #[test]
    fn a_bracket_is_what_is_drawn() {
        assert_eq!(drawn(")", true), Some('('));
        assert_eq!(drawn("(", true), Some('('));
        assert_eq!(drawn("«", false), Some('»'));
        assert_eq!(drawn("a", true), None);
        assert_eq!(turned("["), Some(']'));
    }
}
