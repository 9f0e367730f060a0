//! Arabic written in Latin letters and digits, as in chats: `metta bada2at el 7arb` is «متى بدأت الحرب».
//!
//! Its words are read by sound against the words of the index, as names are (see [`names`](super::names)); here it is told
//! that a text is written so, and which of its words carry no content.

use super::fold::fold;
use super::lexicon;
use super::token::{Caps, Script, Token};

/// Question words, by what they ask for in Arabic, with the spellings that are usual.
const QUESTION: [(&str, &str); 7] = [
    ("متي", "mata matta meta metta emta imta eimta amta mita"),
    ("اين", "ayna ayn wein wayn wen feen fein fen"),
    ("من", "meen miin mien"),
    ("كم", "kam kem"),
    (
        "لماذا",
        "limaza limatha lematha lemaza leih leish leesh laysh lesh",
    ),
    ("كيف", "kayf kayfa keif keef kif"),
    ("ما", "maza matha mada shu shou shoo esh eish eih ma"),
];

/// Other words without content.
const STOP: &str = "\
    el al il l fi fe fee bi be b men min mn ila ela ala 3ala 3la 3an ma3 ma3a wal wel wil bil bel lil lel fil fel \
    hal huwa howa howwa hiya heya hiyya hum homma wa w u o ya ana enta enti inta inti da di de dah dih hatha hada \
    haza hathihi hadi zalik dhalik thalik dalik elli illi allati allathi kan kana kanat kanet qad 2ad inn inna anna \
    enno ino lam lan la laysa mish msh mu ba3d ba3da 2abl qabl 2abla qabla 3ind 3inda bayn bayna 7awl 7awla kul kol \
    koll ayy ay";

/// The words of a text that is Arabic in Latin letters; none where it is not.
///
/// It is where a digit stands for a letter (`7arb`, `bada2at`), where two words are of its usual small words, or where it
/// begins with a question word of theirs and goes on in small letters (`mata zar kim`, not `Mata Hari's trial`); and where
/// at least half of its words are none that English has.
pub fn tokens(text: &str) -> Option<Vec<Token>> {
    // A text in Arabic letters, or long enough to be pasted, needs no guess.
    if text.len() > 1000 || text.chars().any(|c| ('\u{0600}'..='\u{06FF}').contains(&c)) {
        return None;
    }
    let tokens = words(text);
    let known = |token: &&Token| !lexicon::english(&token.fold).is_empty();
    let n_english = tokens.iter().filter(known).count();
    let n_small = tokens
        .iter()
        .filter(|token| is_small(&token.fold) && !known(token))
        .count();
    let asks = matches!(&tokens[..], [first, next, _, ..]
        if asks(&first.fold).is_some()
            && !known(&first)
            && text.get(next.span.clone()).is_some_and(|next| !next.starts_with(char::is_uppercase)));
    // `B2B` and `H2O` are acronyms.
    let has_small = |token: &Token| {
        let written = text.get(token.span.clone()).unwrap_or_default();
        written.contains(|c: char| c.is_ascii_lowercase())
    };
    let mut digits = tokens
        .iter()
        .filter(|token| has_digit_letter(&token.fold) && has_small(token));
    let is_it = asks || n_small >= 2 || digits.next().is_some();
    (is_it && n_english * 2 <= tokens.len()).then_some(tokens)
}

/// Runs of Latin letters and digits with at least one letter in them, or of digits alone.
fn words(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(Some).chain([None]);
    for place in ends {
        let (at, c) = place.unwrap_or((text.len(), ' '));
        let is_part = c.is_ascii_alphanumeric() || (matches!(c, '\'' | '’') && start.is_some());
        match (is_part, start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                tokens.extend(token(text, first, at));
                start = None;
            }
            _ => {}
        }
    }
    tokens
}

fn token(text: &str, start: usize, end: usize) -> Option<Token> {
    let raw = text.get(start..end)?.trim_end_matches(['\'', '’']);
    let is_number = raw.bytes().all(|byte| byte.is_ascii_digit());
    // A dot on the letter is written as an apostrophe behind the digit.
    let plain = fold(raw).replace('’', "'");
    let spelled = plain
        .replace("3'", "gh")
        .replace("7'", "kh")
        .replace("9'", "d");
    let fold: String = spelled
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    (!fold.is_empty()).then_some(Token {
        fold,
        span: start..start + raw.len(),
        script: if is_number {
            Script::Number
        } else {
            Script::Latin
        },
        caps: Caps::Lower,
    })
}

/// Whether a digit stands for a letter in a folded word: inside, or in front of two letters (`7arb`, not `2nd`,
/// `mp3`).
fn has_digit_letter(word: &str) -> bool {
    const NUMBERED: [&str; 6] = ["2nd", "3rd", "5th", "6th", "7th", "9th"];
    // A letter written twice is one (`wa22a3`).
    let mut bytes = word.as_bytes().to_vec();
    bytes.dedup();
    let is_digit = |byte: &u8| matches!(byte, b'2' | b'3' | b'5' | b'6' | b'7' | b'8' | b'9');
    let n_digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    let n_letters = bytes.len() - n_digits;
    !NUMBERED.contains(&word)
        && n_letters >= 2
        && n_digits * 2 <= bytes.len()
        && (bytes.first().is_some_and(is_digit)
            && bytes.get(1).is_some_and(u8::is_ascii_alphabetic)
            || bytes.windows(3).any(|three| {
                three[0].is_ascii_alphabetic()
                    && is_digit(&three[1])
                    && three[2].is_ascii_alphabetic()
            }))
}

/// Whether a folded word carries no content.
pub fn is_small(word: &str) -> bool {
    STOP.split_whitespace().any(|small| small == word) || asks(word).is_some()
}

/// The Arabic question word, folded, that a word is.
pub fn asks(word: &str) -> Option<&'static str> {
    let is = |spellings: &str| {
        spellings
            .split_whitespace()
            .any(|spelling| spelling == word)
    };
    QUESTION
        .iter()
        .find(|(_, spellings)| is(spellings))
        .map(|(arabic, _)| *arabic)
}

/// A word without the article that is written onto it (`el7arb`); none where there is none.
pub fn without_article(word: &str) -> Option<&str> {
    let rest = ["el", "al", "il"]
        .into_iter()
        .find_map(|article| word.strip_prefix(article))?;
    (rest.len() >= 3).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_in_latin_letters_is_told_from_english() {
        for text in [
            "metta bada2at el 7arb",
            "mata zar kim rusya?",
            "meen ra2is rusya",
            "wein el safara el rusiya",
            "meen wa22a3 el khotta?",
        ] {
            assert!(tokens(text).is_some(), "{text}");
        }
        for text in [
            "When did the 2nd war begin?",
            "What is MP3?",
            "the G20 summit in the 1990s",
            "B2B and H2O",
            "Who is Al Gore?",
            "Mata Hari",
            "Mata Hari's trial in Vincennes",
            "mata hari",
            "متى بدأت 7arb",
            "Gorbachev",
            "",
        ] {
            assert!(tokens(text).is_none(), "{text}");
        }
    }

    #[test]
    fn words_keep_their_bytes() {
        let text = "metta bada2at el 7'arb 1948?";
        let tokens = tokens(text).unwrap();
        let shown: Vec<(&str, &str)> = tokens
            .iter()
            .map(|token| (token.fold.as_str(), &text[token.span.clone()]))
            .collect();
        assert_eq!(
            shown,
            [
                ("metta", "metta"),
                ("bada2at", "bada2at"),
                ("el", "el"),
                ("kharb", "7'arb"),
                ("1948", "1948")
            ]
        );
        assert_eq!(asks("metta"), Some("متي"));
    }
}
