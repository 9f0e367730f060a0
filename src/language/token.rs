//! Words of a text, folded, each with the bytes of the original that it stands for.
//!
//! A word is a run of letters of one script (marks, tatweel and joiners inside it do not cut it), or a number with its
//! separators. `كوريا2009` and `MiG-29` are two words each; `U.S.` is one, `1990s` and `21st` are the numbers alone.

use super::Span;
use super::fold::{fold, fold_into, is_ignorable};

/// Which letters a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Arabic letters.
    Arabic,
    /// Latin letters.
    Latin,
    /// Digits.
    Number,
    /// Any other letters.
    Other,
}

/// How a Latin word is capitalized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caps {
    /// No capital at its beginning.
    Lower,
    /// A capital at its beginning.
    Title,
    /// Capitals only, at least two.
    Upper,
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The folded word; never empty.
    pub fold: String,
    /// Its bytes in the original.
    pub span: Span,
    /// Its script.
    pub script: Script,
    /// How it is capitalized; [`Caps::Lower`] where the script has no capitals.
    pub caps: Caps,
}

/// The script of a letter or digit; none for anything that ends a word.
fn script(c: char) -> Option<Script> {
    match c {
        _ if is_ignorable(c) => None, // Unicode counts harakat and tatweel as letters
        'a'..='z' | 'A'..='Z' => Some(Script::Latin),
        '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => Some(Script::Number),
        '\u{0620}'..='\u{064A}'
        | '\u{066E}'..='\u{06D3}'
        | '\u{0750}'..='\u{077F}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => c.is_alphabetic().then_some(Script::Arabic),
        '\u{00AA}'
        | '\u{00BA}'
        | '\u{00C0}'..='\u{024F}'
        | '\u{1E00}'..='\u{1EFF}'
        | '\u{FB00}'..='\u{FB06}'
        | '\u{FF21}'..='\u{FF5A}' => c.is_alphabetic().then_some(Script::Latin),
        _ if c.is_alphabetic() => Some(Script::Other),
        _ => None,
    }
}

/// Whether a character joins two parts of a Latin word: `Qur'an`, `O’Brien`.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`')
}

/// The words of a text, in order.
///
/// # Panics
/// Never: every cut is where a character ends.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let Some(kind) = script(first) else { continue };
        let mut end = start + first.len_utf8();
        while let Some(&(at, c)) = rest.peek() {
            let next = || {
                text.get(at + c.len_utf8()..)
                    .and_then(|after| after.chars().next())
            };
            let joins = match script(c) {
                Some(other) => other == kind,
                None => {
                    is_ignorable(c)
                        || match kind {
                            Script::Number => {
                                matches!(c, '.' | ',' | '\u{066B}' | '\u{066C}')
                                    && next().is_some_and(|n| script(n) == Some(Script::Number))
                            }
                            Script::Latin => {
                                is_apostrophe(c)
                                    && next().is_some_and(|n| script(n) == Some(Script::Latin))
                            }
                            Script::Arabic | Script::Other => false,
                        }
                }
            };
            if !joins {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        let raw = text
            .get(start..end)
            .expect("a word ends where a character ends");
        if kind == Script::Number {
            // `21st`, `1990s`: the ending belongs to the number and is no word.
            let after = text.get(end..).unwrap_or_default();
            let ending: String = after
                .chars()
                .take_while(char::is_ascii_alphabetic)
                .collect();
            if matches!(
                ending.to_ascii_lowercase().as_str(),
                "st" | "nd" | "rd" | "th" | "s"
            ) {
                for _ in 0..ending.len() {
                    rest.next();
                }
            }
        }
        if kind == Script::Latin && is_initial(raw) {
            // `U.S.`: single letters with stops between them are one word.
            let mut letters = String::from(raw);
            let mut cut = end;
            while let Some(after) = text.get(cut..) {
                let mut chars = after.chars();
                match (chars.next(), chars.next(), chars.next()) {
                    (Some('.'), Some(letter), follow)
                        if letter.is_ascii_uppercase()
                            && follow.is_none_or(|c| !c.is_alphanumeric()) =>
                    {
                        letters.push(letter);
                        cut += 2;
                    }
                    _ => break,
                }
            }
            if letters.len() > 1 {
                while rest.peek().is_some_and(|(at, _)| *at < cut) {
                    rest.next();
                }
                tokens.push(Token {
                    fold: fold(&letters),
                    span: start..cut,
                    script: kind,
                    caps: Caps::Upper,
                });
                continue;
            }
        }
        push(raw, start..end, kind, &mut tokens);
    }
    tokens
}

fn is_initial(raw: &str) -> bool {
    raw.len() == 1 && raw.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
}

fn push(raw: &str, span: Span, script: Script, tokens: &mut Vec<Token>) {
    let mut folded = String::with_capacity(raw.len());
    match script {
        Script::Number => {
            let plain = fold(raw);
            // A comma groups thousands (`1,695`) where three digits follow; else it is a decimal comma or a list.
            let mut parts = plain.split(',');
            folded.push_str(parts.next().unwrap_or_default());
            for part in parts {
                let whole = part.split('.').next().unwrap_or_default();
                if whole.len() != 3 {
                    folded.push('.');
                }
                folded.push_str(part);
            }
        }
        Script::Latin => {
            let bare = raw
                .strip_suffix("'s")
                .or_else(|| raw.strip_suffix("’s"))
                .unwrap_or(raw);
            fold_into(bare, &mut folded);
            folded.retain(|c| !is_apostrophe(c));
        }
        Script::Arabic | Script::Other => fold_into(raw, &mut folded),
    }
    // A presentation form may fold to several words (ﷺ); its first word would be a guess, so the spaces just go.
    folded.retain(|c| !c.is_whitespace());
    if folded.is_empty() {
        return;
    }
    tokens.push(Token {
        fold: folded,
        span,
        script,
        caps: caps(raw),
    });
}

fn caps(raw: &str) -> Caps {
    let mut letters = raw.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            let mut others = letters.peekable();
            if others.peek().is_some() && others.all(char::is_uppercase) {
                Caps::Upper
            } else {
                Caps::Title
            }
        }
        _ => Caps::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text as `fold=original`.
    fn words(text: &str) -> Vec<String> {
        tokens(text)
            .into_iter()
            .map(|t| format!("{}={}", t.fold, &text[t.span]))
            .collect()
    }

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        assert_eq!(words(text), expected);
    }

    #[test]
    fn words_keep_their_place_in_the_original() {
        case("عُقد اللقاءُ.", &["عقد=عُقد", "اللقاء=اللقاءُ"]);
        case(
            "دعمًا روسيًا كبيرًا.[1]",
            &["دعما=دعمًا", "روسيا=روسيًا", "كبيرا=كبيرًا", "1=1"],
        );
        case(
            "الصيني-السوفييتي",
            &["الصيني=الصيني", "السوفييتي=السوفييتي"],
        );
        case("ميغ29 MiG-29", &["ميغ=ميغ", "29=29", "mig=MiG", "29=29"]);
        case(
            "in the 1990s, the 21st",
            &["in=in", "the=the", "1990=1990", "the=the", "21=21"],
        );
        case(
            "1,695 and 3.5 and ٣٫٥ and 2,5",
            &[
                "1695=1,695",
                "and=and",
                "3.5=3.5",
                "and=and",
                "3.5=٣٫٥",
                "and=and",
                "2.5=2,5",
            ],
        );
        case(
            "the U.S. and U.N.'s",
            &["the=the", "us=U.S", "and=and", "un=U.N", "s=s"],
        );
        case(
            "president's Qur’an",
            &["president=president's", "quran=Qur’an"],
        );
        case("Северо 관계", &["северо=Северо", "관계=관계"]);
        case("", &[]);
        case("؟!.", &[]);
    }

    #[test]
    fn capitals_are_told() {
        let caps: Vec<Caps> = tokens("the Soviet UN I")
            .into_iter()
            .map(|t| t.caps)
            .collect();
        assert_eq!(caps, [Caps::Lower, Caps::Title, Caps::Upper, Caps::Title]);
    }

    proptest::proptest! {
        #[test]
        fn every_span_is_on_boundaries_and_in_order(text in ".*") {
            let mut end = 0;
            for token in tokens(&text) {
                assert!(token.span.start >= end && text.get(token.span.clone()).is_some() && !token.fold.is_empty());
                end = token.span.end;
            }
        }
    }
}
