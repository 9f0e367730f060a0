//! The bytes of a text file become UTF-8.
//!
//! # Why
//! Arabic files older than a few years are windows-1256 as often as not, and what Windows calls «Unicode» is UTF-16. Who has
//! such a file cannot be asked to know that. What is believed, in this order:
//!
//! 1. *A byte order mark*: nothing else begins so.
//! 2. *NUL bytes at every second place*: UTF-16 without a mark.
//! 3. *UTF-8 that is valid*, even where the file itself says otherwise: text in another encoding does not happen to be valid
//!    UTF-8, while files that were converted and kept their old declaration are common.
//! 4. *What the file says of itself* (`<meta charset>`, an XML declaration), if its bytes can be read so.
//! 5. *A file of which the greater part is UTF-8* is that, damaged: it is refused with the places, not guessed.
//! 6. *The guess* of a detector that reads the whole file, with a warning that names it.
//!
//! Ranges in passages are ranges in the text that comes out of here; the bytes as they came are kept by the catalogue.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256};

use super::lines::MAX_BYTES;
use super::problem::Problems;
use super::{Problem, ProblemKind};

/// How far into a file it may say what its encoding is; browsers look no further than a quarter of this.
const DECLARED_WITHIN: usize = 4096;

/// The text of a file as its reader sees it.
///
/// # Errors
/// What is wrong, where it cannot be read.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Vec<Problem>> {
    let mut problems = Problems::default();
    text(bytes, &mut problems).ok_or_else(|| problems.into_list())
}

/// The text of a file, without a byte order mark; none where it cannot be read, which the problems then say.
pub(super) fn text<'a>(bytes: &'a [u8], problems: &mut Problems) -> Option<Cow<'a, str>> {
    if bytes.len() > MAX_BYTES {
        let found = bytes.len().to_string();
        problems.push(Problem::of_file(ProblemKind::TooLarge, Some(&found)));
        return None;
    }
    let bytes = utf8(bytes, problems)?;
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.contains(&0) {
            problems.push(Problem::at(ProblemKind::NulByte, number, None));
            return None;
        }
        if let Some(found) = not_utf8(line) {
            problems.push(Problem::at(ProblemKind::NotUtf8, number, Some(&found)));
        }
    }
    match bytes {
        Cow::Borrowed(bytes) => str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

/// A file's bytes as UTF-8 without a byte order mark, as far as that can be had: what is left invalid is for the caller to
/// name, line by line. None where the file as a whole is of no single encoding.
pub(super) fn utf8<'a>(bytes: &'a [u8], problems: &mut Problems) -> Option<Cow<'a, [u8]>> {
    if bytes.len() > MAX_BYTES {
        return Some(Cow::Borrowed(bytes)); // too large to be looked at
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let bytes = bytes.get(length..).unwrap_or_default();
        if encoding == UTF_8 {
            return Some(Cow::Borrowed(bytes));
        }
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        if text.is_none() {
            problems.push(Problem::of_file(ProblemKind::Broken, Some(encoding.name())));
        }
        return text.map(|text| Cow::Owned(text.into_owned().into_bytes()));
    }
    if let Some(text) = utf16_without_mark(bytes) {
        return Some(Cow::Owned(text.into_bytes()));
    }
    let count = Count::of(bytes);
    // Bytes that are no text in any encoding stay what they are.
    if count.n_bad == 0 || bytes.contains(&0) || is_binary(bytes) {
        return Some(Cow::Borrowed(bytes));
    }
    if let Some(text) = declared(bytes)
        .filter(|encoding| *encoding != UTF_8)
        .and_then(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes))
    {
        return Some(Cow::Owned(text.into_owned().into_bytes()));
    }
    if count.n_good > count.n_bad {
        return Some(Cow::Borrowed(bytes)); // stray bytes, each to be named
    }
    if count.n_in_runs * RUNS_BY_CHANCE > count.n_bad || count.n_good * GOOD_BY_CHANCE > count.n_bad
    {
        problems.push(count.mixed(bytes));
        return None;
    }
    match guessed(bytes) {
        Some((encoding, text)) => {
            let found = Some(encoding.name());
            problems.push(Problem::of_file(ProblemKind::EncodingGuessed, found));
            Some(Cow::Owned(text.into_owned().into_bytes()))
        }
        None => Some(Cow::Borrowed(bytes)),
    }
}

/// The first bytes of a line that are not UTF-8, in hexadecimal.
pub(super) fn not_utf8(line: &[u8]) -> Option<String> {
    let error = str::from_utf8(line).err()?;
    let after = line.get(error.valid_up_to()..).unwrap_or_default();
    let n_bad = error.error_len().unwrap_or(after.len());
    let bad = after.iter().take(n_bad).map(|byte| format!("{byte:02X}"));
    Some(bad.collect::<Vec<_>>().join(" "))
}

/// In windows-1256, ة followed by ، or » is valid UTF-8 by chance: at least so many times as often as that are letters that
/// are not, even in a text that is all short clauses.
const GOOD_BY_CHANCE: usize = 4;

/// The same of such pairs that follow one another, as they do in «أ،ب،ج» and hardly anywhere else.
const RUNS_BY_CHANCE: usize = 16;

/// How much of a file is UTF-8 beyond ASCII, and how much is not.
struct Count {
    n_good: usize,
    /// Of those, how many stand beside another.
    n_in_runs: usize,
    n_bad: usize,
    /// Where the first bytes that are not stand.
    first_bad: usize,
}

impl Count {
    fn of(bytes: &[u8]) -> Self {
        let mut count = Self {
            n_good: 0,
            n_in_runs: 0,
            n_bad: 0,
            first_bad: 0,
        };
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            for word in chunk.valid().split(|c: char| c.is_ascii()) {
                let n_chars = word.chars().count();
                count.n_good += n_chars;
                count.n_in_runs += if n_chars > 1 { n_chars } else { 0 };
            }
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                if count.n_bad == 0 {
                    count.first_bad = at;
                }
                count.n_bad += 1;
                at += chunk.invalid().len();
            }
        }
        count
    }

    fn mixed(&self, bytes: &[u8]) -> Problem {
        let before = bytes.get(..self.first_bad).unwrap_or_default();
        let n_lines = before.split(|byte| *byte == b'\n').count();
        let rest = bytes.get(self.first_bad..).unwrap_or_default();
        Problem {
            line: u32::try_from(n_lines).ok(),
            ..Problem::of_file(ProblemKind::MixedEncodings, not_utf8(rest).as_deref())
        }
    }
}

/// Whether bytes that are not UTF-8 hold more control characters than any text does.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(**byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    bytes.iter().filter(is_control).count() > bytes.len() / 100
}

/// Text in UTF-16 whose file does not say so: NUL bytes at every second place, and letters of ours.
fn utf16_without_mark(bytes: &[u8]) -> Option<String> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let (units, _) = bytes.as_chunks::<2>();
    let n_nuls = |place: usize| units.iter().filter(|unit| unit[place] == 0).count();
    let (encoding, n_nuls) = match (n_nuls(0), n_nuls(1)) {
        (0, n) => (UTF_16LE, n),
        (n, 0) => (UTF_16BE, n),
        _ => return None,
    };
    // Blanks, digits and line ends have a NUL byte; every twentieth letter of an Arabic text is one.
    if n_nuls == 0 || n_nuls * 20 < units.len() {
        return None;
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let is_ours = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{24F}' | '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}'
            | '\u{2000}'..='\u{206F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
    };
    let n_chars = text.chars().count();
    let n_ours = text.chars().filter(is_ours).count();
    (n_ours * 10 >= n_chars * 9).then(|| text.into_owned())
}

/// The encoding that a file says it is in: HTML's `<meta charset>` in its old and new form, or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let xml = head.trim_start().strip_prefix("<?xml").and_then(|rest| {
        let (declaration, _) = rest.split_once("?>")?;
        value(declaration, "encoding")
    });
    let meta = || {
        head.split("<meta").skip(1).find_map(|rest| {
            let (tag, _) = rest.split_once('>')?;
            value(tag, "charset")
        })
    };
    let encoding = Encoding::for_label(xml.or_else(meta)?.as_bytes())?;
    // That the declaration could be read as ASCII shows that it is not true.
    (encoding != UTF_16LE && encoding != UTF_16BE).then_some(encoding)
}

/// What stands behind `name=`, quotes left out.
fn value<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(name)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let is_end = |c: char| matches!(c, '"' | '\'' | ';' | '/' | '>') || c.is_whitespace();
    Some(rest.split_once(is_end).map_or(rest, |(value, _)| value))
}

/// The encoding that the bytes look most like, and their text in it.
fn guessed(bytes: &[u8]) -> Option<(&'static Encoding, Cow<'_, str>)> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // Of a few Arabic letters the detector thinks of ISO-8859-6, which hardly any file was ever in.
    let first = if guess == ISO_8859_6 {
        WINDOWS_1256
    } else {
        guess
    };
    [first, guess].into_iter().find_map(|encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some((encoding, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str = "أُقيمت «العلاقات» عام 1948، ثم قُطعت.\nثانيًا؟\n";

    fn read(bytes: &[u8]) -> (Option<String>, Vec<Problem>) {
        let mut problems = Problems::default();
        let text = text(bytes, &mut problems).map(Cow::into_owned);
        (text, problems.into_list())
    }

    #[track_caller]
    fn reads(bytes: &[u8], expected: &str) {
        assert_eq!(read(bytes), (Some(expected.to_owned()), Vec::new()));
    }

    #[track_caller]
    fn guesses(bytes: &[u8], expected: &str, encoding: &str) {
        let warning = Problem::of_file(ProblemKind::EncodingGuessed, Some(encoding));
        assert_eq!(read(bytes), (Some(expected.to_owned()), vec![warning]));
    }

    #[track_caller]
    fn refuses(bytes: &[u8], expected: &[Problem]) {
        let (_, problems) = read(bytes);
        assert_eq!(problems, expected);
        assert!(problems.iter().any(Problem::is_fatal));
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    fn windows_1256(text: &str) -> Vec<u8> {
        let (bytes, _, is_lossy) = WINDOWS_1256.encode(text);
        assert!(!is_lossy);
        bytes.into_owned()
    }

    #[test]
    fn utf8_stays_as_it_is() {
        reads(ARABIC.as_bytes(), ARABIC);
        reads(format!("\u{FEFF}{ARABIC}").as_bytes(), ARABIC);
        reads(b"", "");
        reads(b"plain", "plain");
    }

    #[test]
    fn utf16_is_read_with_its_mark_and_without() {
        for unit in [u16::to_le_bytes, u16::to_be_bytes] {
            reads(&utf16(&format!("\u{FEFF}{ARABIC}"), unit), ARABIC);
            reads(&utf16(ARABIC, unit), ARABIC);
            reads(&utf16("a\nb", unit), "a\nb");
        }
        let broken = [b"\xFF\xFE".as_slice(), &[0x00, 0xD8, 0x20, 0x00]].concat();
        refuses(
            &broken,
            &[Problem::of_file(ProblemKind::Broken, Some("UTF-16LE"))],
        );
    }

    #[test]
    fn nul_bytes_that_are_no_utf16_are_refused() {
        refuses(b"a\nb\0\n\0", &[Problem::at(ProblemKind::NulByte, 2, None)]);
        refuses(b"ab\0", &[Problem::at(ProblemKind::NulByte, 1, None)]);
    }

    #[test]
    fn old_arabic_files_are_windows_1256() {
        guesses(&windows_1256(ARABIC), ARABIC, "windows-1256");
        let article = include_str!("../../data/sources/russia-north-korea.ar.txt");
        let (first, _) = article.split_once(") هي").unwrap();
        let known = article.replace(first, "");
        let known: String = known.lines().take(12).collect::<Vec<_>>().join("\n");
        guesses(&windows_1256(&known), &known, "windows-1256");
        guesses(&windows_1256("سند"), "سند", "windows-1256");
        guesses(
            b"Caf\xE9 cr\xE8me, d\xE9j\xE0 vu",
            "Café crème, déjà vu",
            "windows-1252",
        );
    }

    #[test]
    fn what_a_file_says_of_itself_is_believed() {
        for head in [
            "<meta charset=windows-1256>",
            "<META CHARSET='windows-1256'/>",
            "<meta name=a content=b><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1256\">",
            "<?xml version=\"1.0\" encoding=\"windows-1256\"?>",
        ] {
            let text = format!("{head}<p>ثَمَّ");
            reads(&windows_1256(&text), &text);
        }
        let stale = format!("<meta charset=windows-1256>{ARABIC}");
        reads(stale.as_bytes(), &stale);
        let untrue = format!("<meta charset=utf-16le>{ARABIC}");
        guesses(&windows_1256(&untrue), &untrue, "windows-1256");
    }

    #[test]
    fn stray_bytes_in_utf8_are_named_with_their_lines() {
        let text = ARABIC.repeat(3);
        let bytes = [text.as_bytes(), b"a\xC7 b\n", text.as_bytes(), b"\xE2\x82"].concat();
        refuses(
            &bytes,
            &[
                Problem::at(ProblemKind::NotUtf8, 7, Some("C7")),
                Problem::at(ProblemKind::NotUtf8, 14, Some("E2 82")),
            ],
        );
    }

    #[test]
    fn two_files_put_together_are_in_no_encoding() {
        let bytes = [ARABIC.as_bytes(), &windows_1256(&ARABIC.repeat(3))].concat();
        refuses(
            &bytes,
            &[Problem::at(ProblemKind::MixedEncodings, 3, Some("C3"))],
        );
    }

    #[test]
    fn what_is_no_text_is_not_guessed() {
        let (text, problems) = read(b"\x01\x02\xFF\xFE\x03");
        assert_eq!(text, None);
        assert_eq!(problems[0].kind, ProblemKind::NotUtf8);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_text_or_a_problem(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let (text, problems) = read(&bytes);
            proptest::prop_assert_eq!(text.is_none(), problems.iter().any(Problem::is_fatal));
        }

        #[test]
        fn utf16_with_its_mark_is_read_whole(text in "[^\0]{0,60}") {
            let marked = format!("\u{FEFF}{text}");
            proptest::prop_assert_eq!(read(&utf16(&marked, u16::to_le_bytes)).0, Some(text));
        }
    }
}
