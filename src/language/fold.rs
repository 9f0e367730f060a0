//! Folding: what spellings have in common, character by character.
//!
//! | rule | before → after | the cost it accepts |
//! |---|---|---|
//! | marks (harakat, Qur'anic signs, accents) go | كِتَاب → كتاب, é → e | عُقد and عَقد are one |
//! | tatweel, joiners, direction marks go | كتــاب → كتاب | none |
//! | alef forms | أإآٱ → ا | أن and إن are one |
//! | hamza seats | ؤ → و, ئ → ي | سئل and سيل are one |
//! | final ya | ى → ي | على and علي (a name) are one |
//! | presentation forms | ﻻ → لا | none |
//! | Persian letters | ک ی گ پ ڤ چ ژ → ك ي ك ب ف ج ز | none in Arabic |
//! | digits | ١٩٩٦ → 1996 | none |
//! | case, ligatures of Latin letters | Ørsted → orsted, ß → ss | US and us are one (tokens keep their capitals apart) |
//!
//! A final ة stays ة in a word, since the stemmer reads it; [`comparable`] folds it to ه as well.
//!
//! `build.rs` includes this file to fold the lexicon, so it may use nothing else of ours.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Folds a word or a text; words stay comparable to each other, ة stays.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the folding of a text to a string.
pub fn fold_into(text: &str, folded: &mut String) {
    for c in text.chars() {
        fold_char(c, folded);
    }
}

/// Folds a text for comparison with another one: as [`fold`], ة as ه, and white space as one space.
pub fn comparable(text: &str) -> String {
    let folded = fold(text).replace('ة', "ه");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character leaves nothing behind when folded: marks, tatweel, joiners, direction marks.
pub fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{0640}' // tatweel
        | '\u{00AD}' // soft hyphen
        | '\u{061C}' // Arabic letter mark
        | '\u{200B}'..='\u{200F}' // zero-width space, joiners, direction marks
        | '\u{202A}'..='\u{202E}' // direction embeddings
        | '\u{2060}'..='\u{2069}' // word joiner, isolates
        | '\u{FE00}'..='\u{FE0F}' // variation selectors
        | '\u{FEFF}' // zero-width no-break space
    ) || is_mark(c)
}

fn is_mark(c: char) -> bool {
    match c {
        ' '..='\u{02FF}' | '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}' => false,
        _ => is_combining_mark(c),
    }
}

/// Appends the folding of one character.
fn fold_char(c: char, folded: &mut String) {
    match c {
        'A'..='Z' => folded.push(c.to_ascii_lowercase()),
        'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
        'ؤ' => folded.push('و'),
        'ئ' | 'ى' | 'ی' => folded.push('ي'),
        'ک' | 'گ' => folded.push('ك'),
        'پ' => folded.push('ب'),
        'ڤ' => folded.push('ف'),
        'چ' => folded.push('ج'),
        'ژ' => folded.push('ز'),
        'ہ' | 'ھ' | 'ە' => folded.push('ه'),
        'a'..='z' | '0'..='9' | ' ' | 'ء'..='غ' | 'ف'..='ي' => folded.push(c),
        '\u{0660}'..='\u{0669}' => push_digit(c as u32 - 0x0660, folded),
        '\u{06F0}'..='\u{06F9}' => push_digit(c as u32 - 0x06F0, folded),
        '\u{066B}' => folded.push('.'), // Arabic decimal separator
        '\u{066C}' => folded.push(','), // Arabic thousands separator
        'ß' | 'ẞ' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'þ' | 'Þ' => folded.push_str("th"),
        'ı' => folded.push('i'),
        _ if is_ignorable(c) => {}
        // Hangul decomposes into letters that nobody types apart.
        '\u{AC00}'..='\u{D7A3}' => folded.push(c),
        _ if c.is_ascii() => folded.push(c),
        _ => decompose_compatible(c, |part| match part {
            _ if part == c => folded.extend(part.to_lowercase().filter(|c| !is_ignorable(*c))),
            _ if is_ignorable(part) => {}
            // Every part of a decomposition is itself decomposed, so this ends one level down.
            _ => fold_char(part, folded),
        }),
    }
}

fn push_digit(digit: u32, folded: &mut String) {
    folded.push(char::from_digit(digit, 10).expect("a decimal digit"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(input: &str, expected: &str) {
        assert_eq!(fold(input), expected, "{input}");
        assert_eq!(fold(expected), expected, "folding is idempotent");
    }

    #[test]
    fn spellings_of_one_word_fold_to_one() {
        case("كِتَابٌ", "كتاب");
        case("كتــاب", "كتاب");
        case("أُقيمت", "اقيمت");
        case("إغناتنكو", "اغناتنكو");
        case("مؤسسة", "موسسة");
        case("إلى", "الي");
        case("ﻻ", "لا");
        case("ﷺ", "صلي الله عليه وسلم");
        case("کوریا", "كوريا");
        case("١٩٩٦", "1996");
        case("۱۹۹۶", "1996");
        case("٣٫٥", "3.5");
        case("Ørsted", "orsted");
        case("Gödel", "godel");
        case("Straße", "strasse");
        case("ﬁne", "fine");
        case("وَالِاسْتِعْمَارِيَّةُ", "والاستعمارية");
        case("می\u{200C}خواهم", "ميخواهم");
    }

    #[test]
    fn comparison_forgives_the_last_letter_and_the_spaces() {
        assert_eq!(comparable("الشُّعبة  \n الأولى"), comparable("الشعبه الاولي"));
    }
}
