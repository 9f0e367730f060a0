//! Markup is made fit for the parser of HTML: what only XML knows is written as HTML, and what is nested without end is
//! refused before the parser, whose time grows with the depth, sees it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::ProblemKind;

/// So many elements may be open at one place. What is left unclosed by sloppy pages counts too, so it is far more than
/// documents nest.
const MAX_OPEN: usize = 2_000;

/// Elements that have no content and no end tag.
const VOID: [&str; 16] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "link", "meta", "param", "source", "wbr",
];

/// Elements that end by themselves where the next begins, so that their end tags may be missing.
const SELF_ENDING: [&str; 19] = [
    "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot",
    "option", "optgroup", "colgroup", "caption", "rp", "rt",
];

/// Elements whose content is no markup.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "xmp"];

/// Markup as the parser is to see it.
///
/// # Errors
/// [`ProblemKind::NestedTooDeep`], [`ProblemKind::EntityDeclared`].
pub(super) fn prepared(markup: &str) -> Result<Cow<'_, str>, ProblemKind> {
    let is_xml = is_xml(markup);
    let mut out = String::new();
    let mut open = Open::default();
    let mut rest = markup;
    while let Some((before, after)) = split_at_mark(rest, "<") {
        if is_xml {
            out.push_str(before);
        }
        let (piece, next) = piece(after);
        rest = next;
        let text = match piece {
            Piece::Cdata(text) if is_xml => Cow::Owned(escaped(text)),
            Piece::Doctype(text) => {
                if text.to_ascii_lowercase().contains("<!entity") {
                    return Err(ProblemKind::EntityDeclared);
                }
                // A declaration of its own makes no difference to HTML, but its end would be taken for text.
                Cow::Borrowed("<!DOCTYPE html>")
            }
            Piece::End { name, text } => {
                open.end(name);
                Cow::Borrowed(text)
            }
            Piece::Start { name, text } => {
                let lower = name.to_ascii_lowercase();
                let is_void = VOID.contains(&lower.as_str());
                match text.strip_suffix("/>") {
                    Some(start) if is_xml && !is_void => Cow::Owned(format!("{start}></{name}>")),
                    _ => {
                        if !is_void {
                            open.start(&lower)?;
                        }
                        if RAW.contains(&lower.as_str()) && !(is_xml && text.ends_with("/>")) {
                            let (content, next) = raw(rest, &lower);
                            rest = next;
                            Cow::Owned(format!("{text}{content}"))
                        } else {
                            Cow::Borrowed(text)
                        }
                    }
                }
            }
            Piece::Instruction(_) if is_xml => Cow::Borrowed(""),
            Piece::Cdata(text) => Cow::Borrowed(text),
            Piece::Comment(text) | Piece::Instruction(text) | Piece::Text(text) => {
                Cow::Borrowed(text)
            }
        };
        if is_xml {
            out.push_str(&text);
        }
    }
    if !is_xml {
        return Ok(Cow::Borrowed(markup));
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// How many elements are open, each name's counted.
#[derive(Default)]
struct Open {
    by_name: HashMap<String, usize>,
    n_all: usize,
}

impl Open {
    fn start(&mut self, name: &str) -> Result<(), ProblemKind> {
        if SELF_ENDING.contains(&name) {
            return Ok(());
        }
        self.n_all += 1;
        match self.by_name.get_mut(name) {
            Some(n) => *n += 1,
            None => {
                self.by_name.insert(name.to_owned(), 1);
            }
        }
        if self.n_all > MAX_OPEN {
            return Err(ProblemKind::NestedTooDeep);
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        if let Some(n) = self.by_name.get_mut(&name.to_ascii_lowercase())
            && *n > 0
        {
            *n -= 1;
            self.n_all -= 1;
        }
    }
}

/// Whether it is XHTML: an element may end in its own start tag.
fn is_xml(markup: &str) -> bool {
    let start = markup.trim_start();
    if start.starts_with("<?xml") {
        return true;
    }
    let head = start
        .get(..start.floor_char_boundary(4096))
        .unwrap_or(start);
    let html = head
        .split_once("<html")
        .and_then(|(_, rest)| rest.split_once('>'));
    html.is_some_and(|(tag, _)| tag.contains("xmlns=") && tag.contains("www.w3.org/1999/xhtml"))
}

/// A piece of markup, from its `<`.
enum Piece<'a> {
    Comment(&'a str),
    Doctype(&'a str),
    /// The text between the brackets.
    Cdata(&'a str),
    Instruction(&'a str),
    Start {
        name: &'a str,
        text: &'a str,
    },
    End {
        name: &'a str,
        text: &'a str,
    },
    /// A `<` that begins nothing.
    Text(&'a str),
}

/// The piece at the beginning of markup that begins with `<`, and what follows it.
fn piece(markup: &str) -> (Piece<'_>, &str) {
    let cut = |at: usize| markup.split_at(at.min(markup.len()));
    let until = |mark: &str, from: usize| {
        let found = markup.get(from..).and_then(|rest| rest.find(mark));
        cut(found.map_or(markup.len(), |at| from + at + mark.len()))
    };
    if markup.starts_with("<!--") {
        let (text, rest) = until("-->", 2);
        return (Piece::Comment(text), rest);
    }
    if markup.starts_with("<![CDATA[") {
        let (text, rest) = until("]]>", 9);
        let text = text.strip_prefix("<![CDATA[").unwrap_or(text);
        return (Piece::Cdata(text.strip_suffix("]]>").unwrap_or(text)), rest);
    }
    if markup.starts_with("<?") {
        let (text, rest) = until(">", 2);
        return (Piece::Instruction(text), rest);
    }
    if markup.starts_with("<!") {
        let end = markup.find('>').unwrap_or(markup.len());
        let subset = markup.find('[').filter(|at| *at < end);
        let (text, rest) = match subset.and_then(|at| markup.get(at..)?.find(']').map(|n| at + n)) {
            Some(at) => until(">", at),
            None => until(">", 2),
        };
        return (Piece::Doctype(text), rest);
    }
    let is_end = markup.starts_with("</");
    let from = if is_end { 2 } else { 1 };
    let after = markup.get(from..).unwrap_or_default();
    let is_name = |c: char| !c.is_ascii_whitespace() && !matches!(c, '/' | '>');
    let (name, _) = after.split_at(after.find(|c| !is_name(c)).unwrap_or(after.len()));
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let (text, rest) = cut(from);
        return (Piece::Text(text), rest);
    }
    let mut quote = None;
    let mut before = b'=';
    let mut end = markup.len();
    for (at, byte) in markup.bytes().enumerate().skip(from + name.len()) {
        match (quote, byte) {
            (None, b'>') => {
                end = at + 1;
                break;
            }
            // A quotation mark that is not behind `=` is a slip in the name of an attribute, and nothing it could close.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    let (text, rest) = cut(end);
    if is_end {
        (Piece::End { name, text }, rest)
    } else {
        (Piece::Start { name, text }, rest)
    }
}

/// What stands before a mark, and what begins with it.
fn split_at_mark<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    text.find(mark).map(|at| text.split_at(at))
}

/// The content of an element that holds no markup, and what begins with its end tag.
fn raw<'a>(rest: &'a str, name: &str) -> (&'a str, &'a str) {
    let is_end = |at: &usize| {
        let end = rest.get(at + 2..at + 2 + name.len());
        end.is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let mut ends = rest.match_indices("</").map(|(at, _)| at);
    rest.split_at(ends.find(is_end).unwrap_or(rest.len()))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(markup: &str, expected: &str) {
        assert_eq!(prepared(markup).unwrap(), expected);
    }

    #[test]
    fn html_stays_as_it_is() {
        for markup in [
            "<p>a<br/>b<div/>c < d",
            "<!DOCTYPE html><p title='a>b' class=\"/>\"/>",
            "<![CDATA[x]]>",
            "<",
            "</",
            "<p",
            "<!--",
        ] {
            becomes(markup, markup);
        }
    }

    #[test]
    fn xhtml_is_written_as_html() {
        let head = "<html xmlns=\"http://www.w3.org/1999/xhtml\">";
        let cases = [
            ("<title/><p/>a", "<title></title><p></p>a"),
            ("<a id='x'/><br/>", "<a id='x'></a><br/>"),
            ("<script src='a'/>b", "<script src='a'></script>b"),
            ("<script>'<a/>'</script>", "<script>'<a/>'</script>"),
            ("<p><![CDATA[a < b & c]]></p>", "<p>a &lt; b &amp; c</p>"),
            ("<p a='/>'/>", "<p a='/>'></p>"),
            ("<?page 1?>a", "a"),
        ];
        for (markup, expected) in cases {
            becomes(&format!("{head}{markup}"), &format!("{head}{expected}"));
        }
        becomes("<?xml version='1.0'?>\n<p/>", "\n<p></p>");
    }

    #[test]
    fn what_is_nested_without_end_is_refused() {
        let deep = "<div>".repeat(100_000);
        assert_eq!(prepared(&deep).unwrap_err(), ProblemKind::NestedTooDeep);
        let sloppy = "<p>a<li>b<br>".repeat(100_000);
        becomes(&sloppy, &sloppy);
        let closed = "<b>a</b>".repeat(100_000);
        becomes(&closed, &closed);
    }

    #[test]
    fn entities_of_its_own_are_refused() {
        let markup = "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;</p>";
        assert_eq!(prepared(markup).unwrap_err(), ProblemKind::EntityDeclared);
        becomes(
            "<?xml version='1.0'?><!DOCTYPE html [<!ELEMENT a ANY>]><p/>",
            "<!DOCTYPE html><p></p>",
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(markup in "(<|>|/|\"|'|=|\\?xml|!--|-->|!\\[CDATA\\[|]]>|!DOCTYPE|\\[|a|script|ك| ){0,40}") {
            let _ = prepared(&markup);
            let _ = prepared(&format!("<?xml?>{markup}"));
        }
    }
}
