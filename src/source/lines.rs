//! The lines of a file, as far as they are text; what is not becomes problems.
//!
//! A newcomer's trap: lines keep their blanks and count from 1, blank ones too, though those are not yielded: a place in
//! JSON Lines is a line's number.

use super::encoding;
use super::problem::Problems;
use super::{Problem, ProblemKind};

/// How many bytes a source may have: a hundred books. The database keeps it in one row, and a reader holds it in memory.
pub const MAX_BYTES: usize = 32 << 20;

/// How many bytes a line may have: a whole book without any line end.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// How many lines with text a source may have: each becomes a passage, and those are worth many times their bytes in
/// memory. The largest works that people quote by the line have a quarter of it.
pub const MAX_LINES: usize = 200_000;

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// LF, CR LF, or CR alone as old systems had it.
    Any,
    /// LF or CR LF: to JSON, CR alone is a blank inside a record.
    Lf,
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Which line of the file, from 1.
    pub(super) number: u32,
    /// The line without its end, and without the byte order mark that a file may begin with.
    pub(super) text: &'a str,
}

/// The lines of a file that are text and not blank. None where the file as a whole is none.
pub(super) fn read<'a>(
    bytes: &'a [u8],
    ends: Ends,
    problems: &mut Problems,
) -> Option<Vec<Line<'a>>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.len() > MAX_BYTES {
        let found = bytes.len().to_string();
        problems.push(Problem::of_file(ProblemKind::TooLarge, Some(&found)));
        // That one endless line makes the size is what its maker has to know.
        for (number, line) in (1..).zip(Split::new(bytes, ends)) {
            is_of_bearable_length(number, line, problems);
        }
        return None;
    }
    let mut lines = Vec::new();
    let mut n_lines = 0_usize;
    for (number, line) in (1..).zip(Split::new(bytes, ends)) {
        if line.contains(&0) {
            problems.push(Problem::at(ProblemKind::NulByte, number, None));
            return None;
        }
        if !is_of_bearable_length(number, line, problems) {
            continue;
        }
        match str::from_utf8(line) {
            Ok(text) if is_blank(text) => {}
            Ok(text) => {
                n_lines += 1;
                if n_lines <= MAX_LINES {
                    lines.push(Line { number, text });
                }
            }
            Err(_) => {
                let found = encoding::not_utf8(line);
                problems.push(Problem::at(ProblemKind::NotUtf8, number, found.as_deref()));
            }
        }
    }
    if n_lines > MAX_LINES {
        let found = n_lines.to_string();
        problems.push(Problem::of_file(ProblemKind::TooManyLines, Some(&found)));
        return None;
    }
    if lines.is_empty() && !problems.any_fatal() {
        problems.push(Problem::of_file(ProblemKind::Empty, None));
    }
    (!lines.is_empty()).then_some(lines)
}

/// Names the first character of a text that a terminal would obey.
pub(super) fn warn_of_controls(number: u32, text: &str, problems: &mut Problems) {
    if let Some(found) = control(text) {
        problems.push(Problem::at(
            ProblemKind::ControlCharacter,
            number,
            Some(&found),
        ));
    }
}

/// The first character of a text that a terminal would obey, by its code point.
pub(super) fn control(text: &str) -> Option<String> {
    let obeyed = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let control = text.chars().find(obeyed)?;
    Some(format!("U+{:04X}", u32::from(control)))
}

/// Whether nobody would see anything of a text.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(c, '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    })
}

fn is_of_bearable_length(number: u32, line: &[u8], problems: &mut Problems) -> bool {
    let is_bearable = line.len() <= MAX_LINE_BYTES;
    if !is_bearable {
        let found = line.len().to_string();
        problems.push(Problem::at(ProblemKind::LineTooLong, number, Some(&found)));
    }
    is_bearable
}

/// The lines of some bytes without their ends.
struct Split<'a> {
    rest: Option<&'a [u8]>,
    ends: Ends,
}

impl<'a> Split<'a> {
    fn new(bytes: &'a [u8], ends: Ends) -> Self {
        Self {
            rest: Some(bytes),
            ends,
        }
    }
}

impl<'a> Iterator for Split<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest.take()?;
        let is_end = |byte: &u8| *byte == b'\n' || self.ends == Ends::Any && *byte == b'\r';
        let Some(end) = rest.iter().position(is_end) else {
            return Some(rest);
        };
        let (line, after) = rest.split_at(end);
        self.rest = match after {
            [b'\r', b'\n', rest @ ..] | [_, rest @ ..] => Some(rest),
            [] => None,
        };
        Some(match self.ends {
            Ends::Lf => line.strip_suffix(b"\r").unwrap_or(line),
            Ends::Any => line,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8], ends: Ends) -> (Vec<(u32, &str)>, Vec<Problem>) {
        let mut problems = Problems::default();
        let lines = read(bytes, ends, &mut problems).unwrap_or_default();
        let lines = lines.iter().map(|line| (line.number, line.text)).collect();
        (lines, problems.into_list())
    }

    #[track_caller]
    fn lines(text: &str, ends: Ends, expected: &[(u32, &str)]) {
        assert_eq!(
            read_all(text.as_bytes(), ends),
            (expected.to_vec(), Vec::new())
        );
    }

    #[track_caller]
    fn refused(bytes: &[u8], expected: &[Problem]) {
        let (_, problems) = read_all(bytes, Ends::Any);
        assert_eq!(problems, expected);
        assert!(problems.iter().any(Problem::is_fatal));
    }

    #[test]
    fn only_the_line_end_goes() {
        lines(
            " a \r\n\r\n\tb\n \nc",
            Ends::Any,
            &[(1, " a "), (3, "\tb"), (5, "c")],
        );
        lines("a\rb\r\n", Ends::Any, &[(1, "a"), (2, "b")]);
        lines("a\rb\r\nc", Ends::Lf, &[(1, "a\rb"), (2, "c")]);
        lines(
            "\u{FEFF}a\n\u{FEFF}b",
            Ends::Any,
            &[(1, "a"), (2, "\u{FEFF}b")],
        );
        lines("\u{200F}\na", Ends::Any, &[(2, "a")]);
    }

    #[test]
    fn nothing_is_no_text() {
        let empty = [Problem::of_file(ProblemKind::Empty, None)];
        for bytes in ["", "\u{FEFF}", " \r\n\t\n\u{200F}\n"] {
            refused(bytes.as_bytes(), &empty);
        }
    }

    #[test]
    fn what_is_not_utf8_is_named_with_its_line_and_bytes() {
        refused(
            b"a\n\n\xC7\xE1\xD3\nb\n\xE2\x82",
            &[
                Problem::at(ProblemKind::NotUtf8, 3, Some("C7")),
                Problem::at(ProblemKind::NotUtf8, 5, Some("E2 82")),
            ],
        );
        let (lines, _) = read_all(b"a\n\xFF\nb", Ends::Any);
        assert_eq!(lines, [(1, "a"), (3, "b")], "the rest is read");
    }

    #[test]
    fn a_nul_byte_is_told_once() {
        let utf16: Vec<u8> = "\u{FEFF}a\nb"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        refused(&utf16[2..], &[Problem::at(ProblemKind::NulByte, 1, None)]);
        refused(b"a\nb\0\n\0", &[Problem::at(ProblemKind::NulByte, 2, None)]);
    }

    #[test]
    fn a_line_of_fifty_megabytes_is_refused_at_once() {
        let mut bytes = b"a\n".to_vec();
        bytes.resize(2 + 50_000_000, b'x');
        let start = std::time::Instant::now();
        refused(
            &bytes,
            &[
                Problem::of_file(ProblemKind::TooLarge, Some("50000002")),
                Problem::at(ProblemKind::LineTooLong, 2, Some("50000000")),
            ],
        );
        assert!(start.elapsed() < std::time::Duration::from_secs(5));
    }

    #[test]
    fn a_line_may_be_a_book_but_no_longer() {
        let mut bytes = vec![b'x'; MAX_LINE_BYTES];
        assert_eq!(read_all(&bytes, Ends::Any).1, []);
        bytes.push(b'x');
        let found = (MAX_LINE_BYTES + 1).to_string();
        refused(
            &bytes,
            &[Problem::at(ProblemKind::LineTooLong, 1, Some(&found))],
        );
    }

    #[test]
    fn as_many_lines_as_passages_can_be_kept_and_no_more() {
        let mut text = "a\n\n".repeat(MAX_LINES);
        assert_eq!(read_all(text.as_bytes(), Ends::Any).0.len(), MAX_LINES);
        text.push_str("b\nc");
        let found = (MAX_LINES + 2).to_string();
        let problem = Problem::of_file(ProblemKind::TooManyLines, Some(&found));
        assert_eq!(
            read_all(text.as_bytes(), Ends::Any),
            (Vec::new(), vec![problem])
        );
    }

    #[test]
    fn what_a_terminal_would_obey_is_told_once_a_line() {
        let mut problems = Problems::default();
        warn_of_controls(3, "a\tb\u{1B}[31m\u{7}", &mut problems);
        warn_of_controls(4, "a\tb\r\nc", &mut problems);
        warn_of_controls(5, "a\u{9B}", &mut problems);
        assert_eq!(
            problems.into_list(),
            [
                Problem::at(ProblemKind::ControlCharacter, 3, Some("U+001B")),
                Problem::at(ProblemKind::ControlCharacter, 5, Some("U+009B")),
            ]
        );
    }
}
