//! The sentences of a text, Arabic and English.
//!
//! A sentence ends at `. ! ? ؟ …` with the quotes and brackets that close there and the markers that follow (`.[1]`), or at
//! the end of a line. `،` and `؛` end none, but where one sentence is nearly all of a text they part it (`clause`), and what
//! says little without the sentence before it stays with that (`lean`).
//! Everything that is not white space is in exactly one sentence.
//!
//! # Why
//! Unicode's rules know no abbreviation and cut `J. R. R. Tolkien`, `p. 275` and `د. طه` to pieces; trained splitters know
//! no Arabic. What a stop means is told here by the word before it and what comes after it:
//!
//! - before a small Latin letter it ends nothing (`the U.S. and`), nor inside a number or a name (`3.5`, `example.com`);
//! - after an abbreviation it may belong to that (`abbreviation`);
//! - inside round brackets nothing ends, if they close soon; inside quotes it does, for quotes can be long;
//! - `؟»` and `!»` before an Arabic word end nothing: they are a title or what somebody asked, and the sentence around them
//!   has a stop of its own;
//! - where spaces are missing (`.[1]تنافست`, `انتهى.وبدأ`, `ended.The`) whole words on both sides tell a stop.

use super::abbreviation::is_abbreviation;
use super::fold::{fold, is_ignorable};
use super::{Span, clause, lean};

/// A pair of round brackets further apart than this, in bytes, holds sentences.
const FAR: usize = 400;

/// A mark in square brackets behind a stop is at most this long, in bytes.
const MAX_MARK_BYTES: usize = 80;

/// The sentences of a text: in order, disjoint, without white space around them.
pub fn sentences(text: &str) -> Vec<Span> {
    lean::joined(text, parted(text))
}

/// The sentences of a text, each by itself, whether or not it leans on the one before it.
fn parted(text: &str) -> Vec<Span> {
    let mut sentences: Vec<Span> = Vec::new();
    let mut brackets = Brackets::default();
    let (mut start, mut at) = (0, 0);
    // What has no letter and no digit is no sentence of its own.
    let mut has_word = false;
    while let Some(c) = first(text, at) {
        let next = at + c.len_utf8();
        let end = if is_line_end(c) {
            (!goes_on(text, next)).then_some(at).ok_or(next)
        } else if is_stop(c) {
            end(text, start, at, &brackets)
        } else {
            if c == '(' {
                brackets.open(text, next);
            }
            has_word |= c.is_alphanumeric();
            Err(next)
        };
        match end {
            Ok(end) if has_word => {
                sentences.push(trimmed(text, start..end));
                brackets.closes = None;
                (start, at, has_word) = (end, end.max(next), false);
            }
            Ok(end) => at = end.max(next),
            Err(next) => at = next,
        }
    }
    let rest = trimmed(text, start..text.len());
    match sentences.last_mut() {
        Some(last) if !has_word && !rest.is_empty() => last.end = rest.end,
        _ if !rest.is_empty() => sentences.push(rest),
        _ => {}
    }
    sentences
        .into_iter()
        .flat_map(|sentence| clause::parts(text, sentence))
        .collect()
}

/// The round brackets up to some place.
#[derive(Default)]
struct Brackets {
    /// Where the one that opened last closes, if that is not far.
    closes: Option<usize>,
    /// The next closing one that was found; none where there is no other.
    next: Option<usize>,
    /// Up to where closing ones were looked for.
    seen: usize,
}

impl Brackets {
    /// A bracket opens before `at`.
    fn open(&mut self, text: &str, at: usize) {
        if self.hold(at) {
            return;
        }
        if self.seen <= at {
            let rest = text.get(at..).unwrap_or_default();
            self.next = rest.find(')').map(|nth| at + nth);
            self.seen = self.next.map_or(text.len(), |next| next + 1);
        }
        let next = self.next.filter(|next| next - at <= FAR);
        self.closes = next.map(|next| matching(text, at).unwrap_or(next));
    }

    /// Whether a place is between two of them.
    fn hold(&self, at: usize) -> bool {
        self.closes.is_some_and(|closes| at <= closes)
    }
}

/// Where the bracket closes that opens before `at`, if that is not far.
fn matching(text: &str, at: usize) -> Option<usize> {
    let mut depth = 1_usize;
    let bytes = text.as_bytes().get(at..)?;
    for (nth, byte) in bytes.iter().enumerate().take(FAR) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + nth),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Where the sentence ends whose stop is at `at`; else from where to look on.
fn end(text: &str, start: usize, at: usize, brackets: &Brackets) -> Result<usize, usize> {
    let stops = skip(text, at, is_stop);
    let closed = skip_closing(text, stops);
    let marked = skip_marks(text, closed);
    if brackets.hold(marked) {
        return Err(stops);
    }
    let is_closed = closed > stops;
    let stop = text.get(at..stops).unwrap_or_default();
    let Some(next) = first(text, marked) else {
        return Ok(marked);
    };
    let ends = if next.is_whitespace() {
        let word = skip(text, marked, |c| c.is_whitespace() && !is_line_end(c));
        ends_before(text, start..at, stop, is_closed, word)
    } else if marked > closed {
        is_opening(next) || next.is_alphanumeric() && !next.is_lowercase()
    } else {
        ends_without_space(text, at, stop, is_closed, marked)
    };
    ends.then_some(marked).ok_or(stops)
}

/// Whether a stop ends the sentence `before` it, if the word at `after` is next.
fn ends_before(text: &str, before: Span, stop: &str, is_closed: bool, after: usize) -> bool {
    let after = skip(text, after, |c| is_opening(c) || is_ignorable(c));
    let Some(next) = first(text, after) else {
        return true;
    };
    if next.is_whitespace() {
        return true; // nothing but the end of the line
    }
    if next.is_lowercase() || is_stop(next) || is_joint(next) {
        return false;
    }
    if is_closed && !stop.contains('.') && is_arabic(next) {
        return false;
    }
    let rest = text.get(after..).unwrap_or_default();
    !(stop == "." && !is_closed && is_abbreviation(text.get(before).unwrap_or_default(), rest))
}

/// Whether a stop with something else than white space behind it ends a sentence.
fn ends_without_space(text: &str, at: usize, stop: &str, is_closed: bool, after: usize) -> bool {
    let after = text.get(after..).unwrap_or_default();
    let mut next = after.chars().filter(|c| !is_ignorable(*c));
    let (first, second) = (next.next(), next.next());
    let before = text.get(..at).unwrap_or_default();
    let mut before = before.chars().rev().filter(|c| !is_ignorable(*c)).take(3);
    match stop {
        "." if is_closed => first.is_some_and(is_arabic),
        "." if first.is_some_and(is_arabic) => {
            // `ص.ب` and `د.طه` have a letter alone on one side.
            let is_behind_a_word = match before.next() {
                Some(c) if is_arabic(c) => before.all(is_arabic),
                Some(c) => c.is_whitespace() || c.is_numeric() || is_closing(c),
                None => false,
            };
            is_behind_a_word && second.is_some_and(is_arabic)
        }
        "." if matches!(first, Some('«' | '“')) => before.all(char::is_alphabetic),
        "." => {
            first.is_some_and(char::is_uppercase)
                && second.is_some_and(|c| c.is_lowercase() || c.is_whitespace())
                && before.all(char::is_lowercase)
        }
        "…" => false,
        _ if stop.starts_with("..") => false,
        _ => !is_closed && first.is_some_and(is_arabic),
    }
}

/// Behind the quotes and brackets that close at `at`.
fn skip_closing(text: &str, at: usize) -> usize {
    let end = skip(text, at, is_closing);
    // A straight quote before a letter opens.
    let last = text
        .get(at..end)
        .and_then(|closing| closing.chars().next_back());
    match (last, first(text, end)) {
        (Some(quote @ ('"' | '\'')), Some(c)) if c.is_alphanumeric() => end - quote.len_utf8(),
        _ => end,
    }
}

/// Behind the marks at `at`, such as `[1][2]` or ` [citation needed]`, with the page that may follow one (`[1]:275`).
fn skip_marks(text: &str, mut at: usize) -> usize {
    loop {
        let start = skip(text, at, |c| c == ' ');
        let rest = text.get(start..).unwrap_or_default();
        let inside = |rest: &str| {
            let length = rest
                .bytes()
                .take(MAX_MARK_BYTES)
                .skip(1)
                .position(|b| matches!(b, b'[' | b']' | b'\n'))?;
            rest.get(1..=length)
                .filter(|_| rest.as_bytes().get(length + 1) == Some(&b']'))
                .map(str::to_owned)
        };
        let Some(mark) = rest.starts_with('[').then(|| inside(rest)).flatten() else {
            return at;
        };
        // Behind a space, only what cannot be a word of the next sentence is a mark.
        let is_number = mark.chars().all(char::is_numeric);
        let speaks_of_sources = || {
            ["مصدر", "citation", "source"]
                .iter()
                .any(|word| fold(&mark).contains(word))
        };
        if start > at && !is_number && !speaks_of_sources() {
            return at;
        }
        at = start + mark.len() + 2;
        if first(text, at) == Some(':') && first(text, at + 1).is_some_and(char::is_numeric) {
            at = skip(text, at, |c| {
                c == ':' || c.is_numeric() || matches!(c, '-' | '–' | ',')
            });
        }
    }
}

/// Whether the line that begins at `at` goes on with the sentence of the line before it, as in text of a fixed width.
fn goes_on(text: &str, at: usize) -> bool {
    let word = skip(text, at, |c| c.is_whitespace() && !is_line_end(c));
    first(text, word).is_some_and(char::is_lowercase)
}

/// The character at `at`.
fn first(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// The place behind the characters at `at` that are of a kind.
fn skip(text: &str, at: usize, is_kind: impl Fn(char) -> bool) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    text.len() - rest.trim_start_matches(is_kind).len()
}

/// A range without the white space at its edges.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let inside = text.get(span.clone()).unwrap_or_default();
    let start = span.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}

fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '؟' | '…' | '۔' | '‼' | '⁇' | '⁈' | '⁉' | '。' | '！' | '？'
    )
}

/// What joins the words around it, so that nothing ended before it.
fn is_joint(c: char) -> bool {
    matches!(
        c,
        '،' | ','
            | '؛'
            | ';'
            | ':'
            | '-'
            | '–'
            | '—'
            | '/'
            | '&'
            | '+'
            | '='
            | ')'
            | ']'
            | '»'
            | '”'
    )
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}')
}

pub(super) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '„' | '«' | '‹' | '(' | '[' | '{'
    )
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

pub(super) fn is_arabic(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\u{0620}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The sentences of a text, in which `|` shows where one ends and the next begins.
    #[track_caller]
    fn case(text: &str) {
        let plain = text.replace('|', "");
        let found: Vec<&str> = parted(&plain)
            .into_iter()
            .map(|span| &plain[span])
            .collect();
        let expected: Vec<&str> = text
            .split('|')
            .map(str::trim)
            .filter(|sentence| !sentence.is_empty())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn stops_end_sentences_in_both_languages() {
        case("أقيمت العلاقات في عام 1948.| ثم قُطعت!| متى عادت؟| لا أحد يعلم…| انتهى.");
        case(
            "They met in 1948.| Then they parted!| When did they meet again?| Nobody knows...| The end.",
        );
        case("ثم قُطعت، وعادت؛ فاستمرت: هكذا");
        case("اردو جملہ۔| دوسرا جملہ۔");
        case("Really?!| Yes!!!| He left. . .");
        case("no stop");
    }

    #[test]
    fn markers_belong_to_the_sentence_before_them() {
        case("وتلقّت دعمًا كبيرًا.[1]| تنافست الصين.[2][3]| وانتهى.[بحاجة لمصدر]");
        case("وتلقّت دعمًا كبيرًا.[1]|تنافست الصين.[٢]|«ثم»");
        case("It was so.[1][2]| He left. [3]| The end.[citation needed]");
        case("It was so. [citation needed]| He left.[4]:275–6| Then she did.");
        case("He left.| [The king] stayed.");
        case("كما قال[1]. ثم| سكت.".replace(". ثم|", ".| ثم").as_str());
        case("the so-called approx.[1] value");
    }

    #[test]
    fn quotes_and_brackets_close_with_the_sentence() {
        case("قال: «انتهى.»| ثم مضى.");
        case("زعيمًا «يمكن التعامل معه».| ومع ذلك، تعيّن.");
        case("He said: “It is over.”| Then he left.");
        case(
            "\"It is over!\"| She left. \"Really?\" he asked."
                .replace("left. ", "left.| ")
                .as_str(),
        );
        case("تعاوناً دفاعياً \"شاملاً\" معها.[8]");
        case("قرأ رواية «هل تسمع؟» التي كتبها.| ثم نام.");
        case("«جاء زيد.| ثم ذهب.»| وانصرف.");
        case("(He left.)| She stayed.");
    }

    #[test]
    fn nothing_ends_inside_brackets_that_close_soon() {
        case("كوريا (انظر الملحق. والفصل الثاني. أيضًا) بلد.| انتهى.");
        case("He came (as Smith said. See the annex) and left.| The end.");
        case("He came ((a. B) c. D) and left.| The end.");
        let far = format!("He came (as {} said.| See it) and left.", "x ".repeat(300));
        case(&far);
        case("A smile :( ended it.| Then he left.");
        case("(كتب\n|قال.| ثم) نام");
    }

    #[test]
    fn abbreviations_and_numbers_have_stops_of_their_own() {
        case("Dr. Smith met J. R. R. Tolkien in the U.S. and left.| The end.");
        case(
            "It costs 3.5 or 1,695.50 dollars, e.g. at example.com or p. 275.| See 3.7.| The end.",
        );
        case("He lives in the U.S.| He likes it at 5 p.m. in winter.");
        case("قال أ.د. محمد ود. طه إن ٣٫٥ أو 3.5 تكفي سنة 300 ق.م. في مصر.| انتهى.");
        case("توفي سنة 256 هـ. في سمرقند.| ثم دُفن سنة 870م.| وكان عالمًا.");
        case("1. Introduction");
        case("in North Korea in Transition: Politics (eds. Park & Snyder: 2013), p. 275.");
    }

    #[test]
    fn missing_spaces_hide_no_end() {
        case("انتهى اللقاء.|وبدأ آخر.|«قال» ثم سكت؟|نعم");
        case("في عام 1948.|وكان (1288).|كانت مدينة .|كتب عنها");
        case("it ended.|Then it began");
        case("ص.ب 12 ود.طه وNode.js وwww.example.com");
        case("قال…ثم سكت");
    }

    #[test]
    fn a_line_ends_a_sentence_unless_the_next_one_goes_on() {
        case("نوح\n|بنى السفينة\r\n|\n|ثم ركبها");
        case("a text of a fixed\nwidth goes on.\n|The next");
        case("He said.  \n  |\t She left");
    }

    #[test]
    fn what_has_no_word_is_no_sentence_of_its_own() {
        case("");
        case(" \n\t ");
        case("...");
        case("... وقال.");
        case("انتهى. ***");
        case("* * *\nانتهى.\n* * *");
        case("؟ !|");
    }

    #[test]
    fn a_quarter_of_a_megabyte_of_anything_takes_no_time() {
        for piece in [
            "(", ".", "a. ", "a.[", "(\n", "\"", ".[1]", " ", "\n", "،", "ك. و", "(a) (",
            "a, and ", "A.B", "؛ ",
        ] {
            let text = piece.repeat((1 << 18) / piece.len());
            let start = std::time::Instant::now();
            let _ = sentences(&text);
            assert!(
                start.elapsed() < std::time::Duration::from_secs(10),
                "{piece:?}: {:?}",
                start.elapsed()
            );
        }
    }

    proptest! {
        #[test]
        fn everything_but_white_space_is_in_one_sentence(
            text in "([.؟!…\\[\\]()«»\"،؛ \n]|1|a|B|كلمة|و|U\\.S\\.|\\PC){0,80}",
        ) {
            let mut end = 0;
            for span in sentences(&text) {
                prop_assert!(span.start >= end && span.end > span.start);
                let between = text.get(end..span.start).unwrap();
                prop_assert!(between.trim().is_empty(), "{between:?} is in none");
                let sentence = text.get(span.clone()).unwrap();
                prop_assert_eq!(sentence.trim(), sentence);
                end = span.end;
            }
            prop_assert!(text.get(end..).unwrap().trim().is_empty());
        }
    }
}
