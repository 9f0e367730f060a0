//! Which language a question is in: that of most of its letters.
//!
//! # Why
//! Statistical detectors are unsure of short Arabic and call `zakat` Tagalog; counting letters by script is right on
//! every question that Sanad can answer at all.

use super::Language;
use super::fold::is_ignorable;

/// The language of most letters of a text; [`Language::Other`] where it has none, or most are of another script.
pub fn language(text: &str) -> Language {
    let (mut arabic, mut latin, mut other) = (0_usize, 0_usize, 0_usize);
    for c in text
        .chars()
        .filter(|c| c.is_alphabetic() && !is_ignorable(*c))
    {
        match c {
            '\u{0600}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
                arabic += 1;
            }
            'a'..='z' | 'A'..='Z' | '\u{00AA}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => latin += 1,
            _ => other += 1,
        }
    }
    if arabic + latin == 0 || other > arabic + latin {
        Language::Other
    } else if arabic >= latin {
        Language::Arabic
    } else {
        Language::English
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_letters_decide() {
        for (text, expected) in [
            ("متى أقيمت العلاقات؟", Language::Arabic),
            ("ما الكتاب الذي حرره Snyder؟", Language::Arabic),
            ("When was the treaty signed?", Language::English),
            ("who is غورباتشوف", Language::Arabic),
            ("Когда?", Language::Other),
            ("언제 수교했나", Language::Other),
            ("🙂🙂", Language::Other),
            ("1948", Language::Other),
            ("", Language::Other),
        ] {
            assert_eq!(language(text), expected, "{text}");
        }
    }
}
