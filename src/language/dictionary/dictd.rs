//! The format of dictd, as `FreeDict` and the Debian packages `dict-freedict-*` use it.
//!
//! Two files: an index, a line a headword (`headword<TAB>offset<TAB>size`, the numbers in base 64 with the digits
//! `A–Z a–z 0–9 + /`), and the texts, plain or packed by `dictzip`, which gzip unpacks. Offsets are those of the unpacked
//! texts. Headwords that begin with `00database` or `00-database` tell of the dictionary itself.
//!
//! An entry is free text: headword, pronunciation, part of speech, then Arabic lines, senses numbered or not. What is
//! Arabic in it is read, in pieces of a few words; whole sentences (examples, explanations) are left out, and so is what
//! stands in brackets.

use std::borrow::Cow;
use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use super::{
    Class, Dictionary, LARGEST, Problem, ProblemKind, Problems, arabic, has_content, has_room,
    is_english,
};

/// How many bytes an entry may have.
const LARGEST_ENTRY: usize = 64 << 10;
/// How many Arabic words a translation has at most; what has more explains.
const MOST_WORDS: usize = 4;
/// How many bytes all entries may have together: headwords may share one, so the texts' own size is no bound.
const LARGEST_ENTRIES: usize = LARGEST;

/// The texts unpacked, where they are packed.
pub fn unpack(bytes: &[u8], is_packed: bool) -> Result<Cow<'_, [u8]>, Problem> {
    let too_large = || Problem::of_file(ProblemKind::TooLarge, Some(LARGEST.to_string()));
    if !is_packed {
        return if bytes.len() > LARGEST {
            Err(too_large())
        } else {
            Ok(Cow::Borrowed(bytes))
        };
    }
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(LARGEST as u64 + 1)
        .read_to_end(&mut unpacked)
        .map_err(|_| Problem::of_file(ProblemKind::NotGzip, None))?;
    if unpacked.len() > LARGEST {
        return Err(too_large());
    }
    Ok(Cow::Owned(unpacked))
}

/// Reads an index with its texts; problems are of lines of the index.
pub fn read(index: &[u8], texts: &[u8]) -> Result<Dictionary, Vec<Problem>> {
    if index.len() > LARGEST {
        let found = Some(LARGEST.to_string());
        return Err(vec![Problem::of_file(ProblemKind::TooLarge, found)]);
    }
    let mut dictionary = Dictionary::default();
    let mut problems = Problems::default();
    let mut n_bytes = 0;
    for (number, line) in (1..).zip(index.split(|byte| *byte == b'\n')) {
        if line.is_empty() {
            continue;
        }
        let (headword, entry) = match self::line(line, texts) {
            Ok(read) => read,
            Err((kind, found)) => {
                problems.add(Problem::at(kind, number, &found));
                continue;
            }
        };
        n_bytes += entry.len();
        let added = if n_bytes > LARGEST_ENTRIES {
            Err(ProblemKind::TooLarge)
        } else {
            add(headword, entry, &mut dictionary)
        };
        if let Err(kind) = added {
            problems.add(Problem::at(kind, number, &super::limit(kind)));
            break;
        }
    }
    problems.conclude(dictionary)
}

/// The headword of a line of the index, and the entry that it leads to; else what is wrong, and what was found.
fn line<'a>(line: &'a [u8], texts: &'a [u8]) -> Result<(&'a str, &'a str), (ProblemKind, String)> {
    let utf8 = |bytes: &'a [u8]| {
        std::str::from_utf8(bytes).map_err(|_| (ProblemKind::NotUtf8, String::new()))
    };
    let line = utf8(line)?;
    let mut columns = line.trim_end_matches('\r').split('\t');
    // A fourth column may have the headword as it is shown.
    let (Some(headword), Some(offset), Some(size)) =
        (columns.next(), columns.next(), columns.next())
    else {
        let found = line.split('\t').count();
        return Err((ProblemKind::Columns, found.to_string()));
    };
    let number = |text: &str| number(text).ok_or((ProblemKind::Number, text.to_owned()));
    let (offset, size) = (number(offset)?, number(size)?);
    if size > LARGEST_ENTRY {
        return Err((ProblemKind::EntryTooLarge, size.to_string()));
    }
    let end = offset.checked_add(size);
    let entry = end.and_then(|end| texts.get(offset..end));
    let entry = entry.ok_or_else(|| (ProblemKind::Outside, format!("{offset} + {size}")))?;
    Ok((headword, utf8(entry)?))
}

/// A number in base 64, the highest digit first.
fn number(text: &str) -> Option<usize> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut number = 0_usize;
    for byte in text.bytes() {
        number = number
            .checked_mul(64)?
            .checked_add(usize::from(digit(byte)?))?;
    }
    (!text.is_empty()).then_some(number)
}

/// Adds what an entry translates; one that translates nothing is passed over.
fn add(headword: &str, entry: &str, dictionary: &mut Dictionary) -> Result<(), ProblemKind> {
    let headword = headword.trim();
    if headword.starts_with("00database") || headword.starts_with("00-database") {
        return Ok(());
    }
    // Verbs are listed with «to» by some.
    let lemma = headword
        .strip_prefix("to ")
        .unwrap_or(headword)
        .trim_start();
    if lemma.len() > super::LONGEST || !is_english(lemma) {
        return Ok(());
    }
    let alternatives = translations(entry);
    if alternatives.is_empty() {
        return Ok(());
    }
    dictionary.add(&[lemma.to_owned()], class(entry), 0, &alternatives)
}

/// The part of speech that an entry tells as `<n>`.
fn class(entry: &str) -> Class {
    let tags = entry.split('<').skip(1);
    tags.filter_map(|rest| rest.split_once('>'))
        .map(|(tag, _)| match tag.trim().trim_end_matches('.') {
            "n" | "noun" => Class::Noun,
            "v" | "vt" | "vi" | "verb" => Class::Verb,
            "adj" => Class::Adjective,
            "adv" => Class::Adverb,
            "num" => Class::Number,
            _ => Class::Unknown,
        })
        .find(|class| *class != Class::Unknown)
        .unwrap_or(Class::Unknown)
}

/// The Arabic translations in the text of an entry, in its order.
fn translations(entry: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in entry.lines() {
        let plain = without_brackets(line);
        let pieces = plain.split(|c: char| {
            matches!(
                c,
                ',' | ';'
                    | '،'
                    | '؛'
                    | '/'
                    | '|'
                    | '.'
                    | ':'
                    | '؟'
                    | '?'
                    | '!'
                    | '"'
                    | '«'
                    | '»'
                    | '•'
                    | '–'
                    | '—'
            ) || c.is_numeric()
        });
        for words in pieces.filter_map(arabic) {
            let is_short = words.split(' ').count() <= MOST_WORDS;
            let is_fit = is_short && has_room(&words) && has_content(&words);
            if is_fit && !found.contains(&words) {
                found.push(words);
            }
            if found.len() >= super::MOST_ALTERNATIVES {
                return found;
            }
        }
    }
    found
}

/// A line without what stands in brackets; one that nothing closes reaches to the end of the line, one that nothing
/// opened (`1)`) is no bracket.
fn without_brackets(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut open: Vec<char> = Vec::new();
    for c in line.chars() {
        match c {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            '<' => open.push('>'),
            _ if open.last() == Some(&c) => {
                open.pop();
                plain.push(' ');
            }
            ')' | ']' | '}' | '>' if open.is_empty() => plain.push(' '),
            _ if open.is_empty() => plain.push(c),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;
    use crate::language::layers::Lexicon;

    /// A number as an index has it.
    fn digits(mut number: usize) -> String {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = Vec::new();
        loop {
            text.insert(0, DIGITS[number % 64]);
            number /= 64;
            if number == 0 {
                return String::from_utf8(text).unwrap();
            }
        }
    }

    /// The files of a dictionary with these entries.
    fn files(entries: &[(&str, &str)]) -> (String, String) {
        let (mut index, mut texts) = (String::new(), String::new());
        for (headword, text) in entries {
            let (offset, size) = (digits(texts.len()), digits(text.len()));
            index.push_str(&[headword, "\t", &offset, "\t", &size, "\n"].concat());
            texts.push_str(text);
        }
        (index, texts)
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    const ENTRIES: [(&str, &str); 7] = [
        ("00database short", "English-Arabic معجم"),
        (
            "abacus",
            "abacus /ˈæbəkəs/ <n>\nالعَدّاد\nأداة تتألف من إطار تنزلق عليه الكرات لتعليم مبادئ الحساب\n",
        ),
        (
            "abandon",
            "abandon /əbˈandən/ <v>\n1. هجر، تخلَّى عن (شخص أو مكان)\n2) ترك [رسمي]; أقلع عن\n   Synonym: {leave}\n",
        ),
        ("to absorb", "to absorb <vt>\nامتص"),
        ("Baghdad", "Baghdad\nبغداد"),
        ("nothing", "nothing here in Arabic"),
        ("كتاب", "book كتاب"),
    ];

    #[test]
    fn entries_are_read_tolerantly() {
        let (index, texts) = files(&ENTRIES);
        for is_packed in [false, true] {
            let stored = if is_packed {
                packed(texts.as_bytes())
            } else {
                texts.clone().into_bytes()
            };
            let texts = unpack(&stored, is_packed).unwrap();
            let dictionary = read(index.as_bytes(), &texts).unwrap();
            assert_eq!(dictionary.n_entries(), 4);
            let lexicon = Lexicon::new(vec![dictionary.compile("freedict")]);
            let imported = |form: &str| -> Vec<String> {
                let entries = lexicon.english(form);
                let entry = entries.iter().find(|entry| !entry.is_ours()).unwrap();
                entry.alternatives().map(str::to_owned).collect()
            };
            assert_eq!(imported("abacus"), ["العداد"]);
            assert_eq!(imported("abandon"), ["هجر", "تخلى عن", "ترك", "أقلع عن"]);
            assert_eq!(imported("absorb"), ["امتص"]);
            assert_eq!(imported("baghdad"), ["بغداد"]);
            let class = |form: &str| {
                let entries = lexicon.english(form);
                entries
                    .iter()
                    .find(|entry| !entry.is_ours())
                    .unwrap()
                    .class()
            };
            assert_eq!(class("abandon"), Class::Verb);
            assert_eq!(class("baghdad"), Class::Unknown);
        }
    }

    #[track_caller]
    fn refused(index: &[u8], texts: &[u8], kind: ProblemKind, line: Option<usize>) {
        let problems = read(index, texts).err().unwrap();
        assert_eq!((problems[0].kind, problems[0].line), (kind, line));
    }

    #[test]
    fn hostile_files_are_refused() {
        refused(b"", b"", ProblemKind::Empty, None);
        refused(b"a\tA\tB\n", b"x", ProblemKind::Empty, None);
        refused(b"book\n", b"x", ProblemKind::Columns, Some(1));
        refused(b"\nbook\tA\n", b"x", ProblemKind::Columns, Some(2));
        refused(b"book\tA\t-\n", b"x", ProblemKind::Number, Some(1));
        refused(b"book\tA\t\n", b"x", ProblemKind::Number, Some(1));
        refused(
            b"book\t//////////////\tB\n",
            b"x",
            ProblemKind::Number,
            Some(1),
        );
        refused(
            b"book\t//////////\tB\n",
            b"x",
            ProblemKind::Outside,
            Some(1),
        );
        refused(b"book\tA\tC\n", b"x", ProblemKind::Outside, Some(1));
        refused(
            b"book\tA\t/////\n",
            b"x",
            ProblemKind::EntryTooLarge,
            Some(1),
        );
        refused(b"b\xFFok\tA\tB\n", b"x", ProblemKind::NotUtf8, Some(1));
        refused(b"book\tA\tB\n", b"\xD9\x83", ProblemKind::NotUtf8, Some(1));
    }

    #[test]
    fn packed_files_are_unpacked_within_bounds() {
        let kind = |bytes: &[u8]| unpack(bytes, true).err().map(|problem| problem.kind);
        assert_eq!(kind(b"no gzip at all"), Some(ProblemKind::NotGzip));
        assert_eq!(kind(b""), Some(ProblemKind::NotGzip));
        let whole = packed("كتاب".repeat(100).as_bytes());
        assert_eq!(kind(&whole), None);
        assert_eq!(kind(&whole[..whole.len() - 5]), Some(ProblemKind::NotGzip));
        // A megabyte of gzip that is a gigabyte unpacked: no more than the bound is ever held.
        let mut bomb = packed(&vec![0; 16 << 20]);
        bomb = bomb.repeat(64);
        assert!(bomb.len() < 2 << 20);
        assert_eq!(kind(&bomb), Some(ProblemKind::TooLarge));
    }

    #[test]
    fn headwords_that_share_one_text_do_not_multiply_it_without_end() {
        let text = " ".repeat(LARGEST_ENTRY);
        let size = digits(text.len());
        let index = format!("book\tA\t{size}\n").repeat(2_000);
        refused(
            index.as_bytes(),
            text.as_bytes(),
            ProblemKind::TooLarge,
            Some(1_025),
        );
    }

    #[test]
    fn numbers_are_in_base_64() {
        for (text, expected) in [
            ("A", Some(0)),
            ("/", Some(63)),
            ("BA", Some(64)),
            ("=", None),
            ("", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
        assert_eq!(number(&digits(123_456_789)), Some(123_456_789));
    }
}
