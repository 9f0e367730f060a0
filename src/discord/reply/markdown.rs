//! Text of others in Discord's Markdown: what people then read is the text as it stands, byte for byte.
//!
//! Discord shows the character after a backslash as it is, whatever punctuation it is; so each character that could
//! begin a format, a mention, a link or an emoji gets one. Nothing else is added but the marks of quote and bold, and
//! nothing is added that nobody sees.
//!
//! A newcomer's trap: in a web address a backslash would *not* be taken for one, Discord takes the whole run of
//! characters for the address. So an address either needs no backslash and stays as it is, to be pressed, or its colon
//! gets one, and it is no address any more but reads as it stands.

use std::ops::Range;

/// How long Discord thinks a text is. It counts differently in different places; UTF-16 units are the larger number.
pub(super) fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// How long a text becomes at most once it is quoted.
pub(super) fn longest(text: &str) -> usize {
    let longest = |c: char| match c {
        // The mark of the quoted line, and bold that ends before it and begins again behind it.
        '\n' => 7,
        c if c.is_ascii_punctuation() => 2,
        c => c.len_utf16(),
    };
    text.chars().map(longest).sum()
}

/// What the marks of a quote, one line of it and a bold sentence in it, take up.
pub(super) const MARKS: usize = 6;

/// Text in a line of its own or several.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    push(&mut out, text, 0..text.len(), false);
    out
}

/// A block quote of a text, this part of it bold.
pub(super) fn quote(text: &str, bold: Range<usize>) -> String {
    let mut out = String::new();
    let mut at = 0;
    for line in text.split('\n') {
        let end = at + line.len();
        if at > 0 {
            out.push('\n');
        }
        out.push_str("> ");
        let bold = bold.start.clamp(at, end)..bold.end.clamp(at, end);
        push(&mut out, text, at..bold.start, !bold.is_empty());
        let is_blank = text
            .get(bold.clone())
            .is_none_or(|bold| bold.trim().is_empty());
        // Four stars with nothing between them would be shown as stars.
        let mark = if is_blank { "" } else { "**" };
        out.push_str(mark);
        push(&mut out, text, bold.clone(), !is_blank);
        out.push_str(mark);
        push(&mut out, text, bold.end..end, false);
        at = end + 1;
    }
    out
}

/// A block quote of a part of a text, some ranges of it between marks (`**`, `~~`): nothing is added but these and the
/// marks of the quote.
pub(super) fn marked(
    text: &str,
    part: Range<usize>,
    ranges: &[Range<usize>],
    mark: &str,
) -> String {
    let mut out = String::from("> ");
    let mut at = part.start;
    let plain = |out: &mut String, from: usize, to: usize, meets_mark: bool| {
        let mut start = from;
        let piece = text.get(from..to).unwrap_or_default();
        for (nth, line) in piece.split('\n').enumerate() {
            if nth > 0 {
                out.push_str("\n> ");
            }
            let end = start + line.len();
            push(out, text, start..end, meets_mark && end == to);
            start = end + 1;
        }
    };
    for range in ranges {
        let range = range.start.max(at)..range.end.min(part.end);
        if range.start >= range.end {
            continue;
        }
        plain(&mut out, at, range.start, true);
        let mut start = range.start;
        let piece = text.get(range.clone()).unwrap_or_default();
        // A mark does not reach over a line's end.
        for (nth, line) in piece.split('\n').enumerate() {
            if nth > 0 {
                out.push_str("\n> ");
            }
            let end = start + line.len();
            let blanks = line.len() - line.trim_start().len();
            let words = start + blanks..start + line.trim_end().len();
            if words.start < words.end {
                push(&mut out, text, start..words.start, false);
                out.push_str(mark);
                push(&mut out, text, words.clone(), true);
                out.push_str(mark);
                push(&mut out, text, words.end..end, false);
            } else {
                push(&mut out, text, start..end, false);
            }
            start = end + 1;
        }
        at = range.end;
    }
    plain(&mut out, at, part.end, false);
    out
}

/// Bold text in a line of its own.
pub(super) fn bold(text: &str) -> String {
    format!("**{}**", escaped(text))
}

/// Writes a part of a text. `meets_mark` where a mark of bold follows at once: an address would swallow it.
fn push(out: &mut String, text: &str, part: Range<usize>, meets_mark: bool) {
    let (Some(before), Some(part)) = (text.get(..part.start), text.get(part)) else {
        return;
    };
    let mut line = before.rsplit('\n').next().unwrap_or_default().to_owned();
    let mut last = before.chars().next_back();
    let mut chars = part.chars();
    while let Some(c) = chars.next() {
        let rest = chars.as_str();
        let needs = match c {
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '@' => true,
            // A link under words, wherever its bracket was opened.
            '(' => last == Some(']'),
            // Heading, small print, list, quote.
            '#' | '-' | '+' | '>' => line.trim().is_empty(),
            // A numbered list, which Discord would number anew.
            '.' | ')' => {
                let number = line.trim_start();
                !number.is_empty()
                    && number.bytes().all(|b| b.is_ascii_digit())
                    && !rest.starts_with(|c: char| !c.is_whitespace())
            }
            ':' => names_emoji(rest) || rest.starts_with("//") && !stays_address(rest, meets_mark),
            _ => false,
        };
        if needs {
            out.push('\\');
        }
        out.push(c);
        last = Some(c);
        if c == '\n' {
            line.clear();
        } else if line.len() < 32 {
            // What stands further on in a line cannot be its beginning any more.
            line.push(c);
        }
    }
}

/// Whether a colon before this begins the name of an emoji, as in `:book:`.
fn names_emoji(rest: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-' | '~');
    let after = rest.trim_start_matches(is_name);
    after.len() < rest.len() && after.starts_with(':')
}

/// Whether what follows the colon of an address can stay as it is, so that it remains an address.
fn stays_address(rest: &str, meets_mark: bool) -> bool {
    let end = rest.find(|c: char| c.is_whitespace() || c == '<');
    let address = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
    let is_plain = !address.contains(['\\', '*', '_', '~', '`', '|', ']', '@', ':']);
    is_plain && !(end.is_none() && meets_mark)
}

/// What people read of a Markdown text of ours: quote marks, bold and backslashes taken away.
#[cfg(test)]
pub(super) fn read(markdown: &str) -> String {
    let mut out = String::new();
    for (nth, line) in markdown.split('\n').enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        let mut chars = line.strip_prefix("> ").unwrap_or(line).chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => out.extend(chars.next()),
                '*' => assert_eq!(chars.next(), Some('*'), "a single star in {line}"),
                c => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_taken_for_a_format() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(escaped(text), expected);
        }
        case(
            "**a** _b_ ~~c~~ `d` ||e||",
            r"\*\*a\*\* \_b\_ \~\~c\~\~ \`d\` \|\|e\|\|",
        );
        case("a\\b", r"a\\b");
        case("# a", r"\# a");
        case("C# and a-b > c", "C# and a-b > c");
        case("-# small", r"\-# small");
        case("  - a\n+ b\n> c", "  \\- a\n\\+ b\n\\> c");
        case("12. a", r"12\. a");
        case("12.5 a", "12.5 a");
        case("عام 12. a", "عام 12. a");
        case("[1] [a](https://b.c)", r"[1] [a]\(https://b.c)");
        case(
            "<@1> <#2> <t:3:R> </ask:4>",
            r"\<\@1> \<#2> \<t\:3:R> \</ask:4>",
        );
        case("@everyone", r"\@everyone");
        case(":book: 12:30 a:b", r"\:book: 12:30 a:b");
        case("12:30:45", r"12\:30:45");
        case("قال: «نعم»؛ 34%.", "قال: «نعم»؛ 34%.");
    }

    #[test]
    fn an_address_is_left_alone_or_is_none_any_more() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(escaped(text), expected);
        }
        case("see https://a.b/c?d=e, p. 3", "see https://a.b/c?d=e, p. 3");
        case("https://a.b/c_d", r"https\://a.b/c\_d");
        case("https://a.b:80/", r"https\://a.b:80/");
        case("https://a.b/**", r"https\://a.b/\*\*");
        // An address before a bold sentence would take its stars for its own.
        assert_eq!(quote("https://a.bNext", 11..15), r"> https\://a.b**Next**");
        assert_eq!(quote("https://a.b Next", 12..16), "> https://a.b **Next**");
    }

    #[test]
    fn a_quote_keeps_its_lines_and_its_bold() {
        let text = "One. Two\nlines.\n\nLast.";
        assert_eq!(
            quote(text, 5..16),
            "> One. **Two**\n> **lines.**\n> \n> Last."
        );
        assert_eq!(quote("أقيمت.[1] ثم.", 0..14), "> **أقيمت.[1]** ثم.");
        assert_eq!(quote("a", 0..0), "> a");
    }

    #[test]
    fn changed_words_stand_between_marks_and_nothing_else_is_added() {
        let text = "One two* three\nfour five";
        assert_eq!(
            marked(text, 0..24, &[4..8], "~~"),
            "> One ~~two\\*~~ three\n> four five"
        );
        assert_eq!(
            marked(text, 4..19, &[9..19], "**"),
            "> two\\* **three**\n> **four**"
        );
        assert_eq!(marked(text, 0..3, &[], "**"), "> One");
        assert_eq!(
            marked("see https://a.b", 0..15, &[4..15], "**"),
            r"> see **https\://a.b**"
        );
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_stored(text in "([a-z*_~`|<>\\[\\]()@:/#.\\\\\n -]|https://|[0-9]|\\PC|ب){0,60}", a in 0_usize..200, b in 0_usize..200) {
            let boundary = |mut at: usize| {
                at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let (a, b) = (boundary(a), boundary(b));
            let quoted = quote(&text, a.min(b)..a.max(b));
            prop_assert_eq!(read(&quoted), text.clone());
            prop_assert_eq!(read(&escaped(&text)), text.clone());
            prop_assert!(length(&quoted) <= longest(&text) + MARKS, "{}", quoted);
            prop_assert!(length(&escaped(&text)) <= longest(&text));
            // No format is left open: each unescaped star is one of a pair of pairs.
            for line in quoted.lines() {
                let marks = line.replace("\\\\", "").replace("\\*", "").matches('*').count();
                prop_assert!(marks == 0 || marks == 4, "{}", line);
            }
        }
    }
}
