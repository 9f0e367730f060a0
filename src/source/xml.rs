//! XML that strangers made, read event by event and never expanded.
//!
//! A newcomer's trap: names are given without their prefix, which the maker of a file chooses freely (`w:p`, `ns0:p`).

use std::borrow::Cow;
use std::collections::VecDeque;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::packed::broken;
use super::{Problem, ProblemKind};

/// How deep elements may lie in one another. Tables in tables in text boxes come to a tenth of it.
const MAX_DEPTH: usize = 400;

/// An element that opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name without the prefix.
    pub(super) name: String,
    /// Its attributes, their names without the prefix.
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What is met in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// An element opens.
    Open(Element),
    /// The element that opened last closes; its name.
    Close(String),
    /// Text.
    Text(String),
}

/// A file while it is read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    text: String,
    next: VecDeque<Node>,
}

/// The text that the bytes of an XML file are.
///
/// # Errors
/// They are in no encoding that is known, or not in the one that they state.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Problem> {
    let (encoding, bytes) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (encoding_rs::UTF_8, rest),
        [0xFF, 0xFE, rest @ ..] => (UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => (UTF_16BE, rest),
        [b'<', 0, ..] => (UTF_16LE, bytes),
        [0, b'<', ..] => (UTF_16BE, bytes),
        _ => (declared(bytes).unwrap_or(encoding_rs::UTF_8), bytes),
    };
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(Cow::into_owned)
        .ok_or_else(|| broken(&format!("not {}", encoding.name())))
}

/// The encoding that a declaration names; one of UTF-16 cannot be true where the declaration could be read.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.strip_prefix(b"<?xml")?;
    let end = head.iter().take(200).position(|byte| *byte == b'>')?;
    let head = str::from_utf8(head.get(..end)?).ok()?;
    let (_, value) = head.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value.split(quote).nth(1)?;
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding))
}

/// Refuses a document type that declares entities.
///
/// # Errors
/// [`ProblemKind::EntityDeclared`].
pub(super) fn refuse_entities(document_type: &str) -> Result<(), Problem> {
    if document_type.contains("<!ENTITY") {
        return Err(Problem::of_file(ProblemKind::EntityDeclared, None));
    }
    Ok(())
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            depth: 0,
            text: String::new(),
            next: VecDeque::new(),
        }
    }

    /// What comes next; none at the end.
    ///
    /// # Errors
    /// The file is damaged or hostile; nothing more of it is to be read.
    pub(super) fn next(&mut self) -> Result<Option<Node>, Problem> {
        loop {
            if let Some(node) = self.next.pop_front() {
                return Ok(Some(node));
            }
            match self.reader.read_event().map_err(|error| broken(&error))? {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(Problem::of_file(ProblemKind::NestedTooDeep, None));
                    }
                    self.flush();
                    self.next.push_back(Node::Open(element(&start)));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.flush();
                    let name = local(end.name().0).to_owned();
                    self.next.push_back(Node::Close(name));
                }
                Event::Text(text) => self.text.push_str(&text.xml10_content()),
                Event::CData(text) => self.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content();
                    match reference.resolve_char_ref() {
                        Ok(Some(c)) => self.text.push(c),
                        _ => match resolve_html5_entity(&name) {
                            Some(text) => self.text.push_str(text),
                            None => self.text.extend(["&", &name, ";"]),
                        },
                    }
                }
                Event::DocType(text) => refuse_entities(&text.xml10_content())?,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if self.depth > 0 => return Err(broken(&"unexpected end of file")),
                Event::Eof if self.text.is_empty() => return Ok(None),
                Event::Eof => self.flush(),
            }
        }
    }

    /// Goes on behind the element that has opened last.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub(super) fn skip(&mut self) -> Result<(), Problem> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Some(Node::Open(_)) => depth += 1,
                Some(Node::Close(_)) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// All text in the element that has opened last; goes on behind it.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub(super) fn text(&mut self) -> Result<String, Problem> {
        let mut whole = String::new();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Some(Node::Open(_)) => depth += 1,
                Some(Node::Close(_)) => depth -= 1,
                Some(Node::Text(text)) => whole.push_str(&text),
                None => break,
            }
        }
        Ok(whole)
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.next.push_back(Node::Text(text));
        }
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let mut attributes = start.attributes();
    Element {
        name: local(start.name().0).to_owned(),
        attributes: attributes
            .with_checks(false)
            .flatten()
            .map(|attribute| {
                let value = attribute
                    .normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_html5_entity)
                    .map_or_else(|_| attribute.value.to_string(), Cow::into_owned);
                (local(attribute.key.0).to_owned(), value)
            })
            .collect(),
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nodes of a text, each as it would be written.
    fn nodes(text: &str) -> Result<String, Problem> {
        let mut xml = Xml::new(text);
        let mut said = String::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => {
                    said.push('<');
                    said.push_str(&element.name);
                    for (name, value) in &element.attributes {
                        said.push_str(&format!(" {name}={value}"));
                    }
                    said.push('>');
                }
                Node::Close(name) => said.push_str(&format!("</{name}>")),
                Node::Text(text) => said.push_str(&text),
            }
        }
        Ok(said)
    }

    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(nodes(text).as_deref(), Ok(expected));
    }

    #[track_caller]
    fn refused(text: &str, kind: ProblemKind) {
        assert_eq!(nodes(text).unwrap_err().kind, kind, "{text:.60}");
    }

    #[test]
    fn names_lose_their_prefix_and_text_is_whole() {
        case(
            "<?xml version='1.0'?><w:p w:id=\"1\"><t>a<!-- b -->c</t><br/></w:p>",
            "<p id=1><t>ac</t><br></br></p>",
        );
        case("<p a='x &amp; &quot;y&quot;'>z</p>", "<p a=x & \"y\">z</p>");
    }

    #[test]
    fn entities_are_resolved_and_unknown_ones_kept() {
        case(
            "<p>a&amp;b&#x644;&#1575;&nbsp;&laquo;c&raquo; &mine; &#xFFFFFF; d & e<![CDATA[<f>]]></p>",
            "<p>a&bلا\u{A0}«c» &mine; &#xFFFFFF; d & e<f></p>",
        );
    }

    #[test]
    fn declared_entities_are_refused_and_other_document_types_are_not() {
        refused(
            "<!DOCTYPE p [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><p>&c;</p>",
            ProblemKind::EntityDeclared,
        );
        case(
            "<!DOCTYPE p PUBLIC \"-//X//EN\" \"http://x/p.dtd\"><p>a</p>",
            "<p>a</p>",
        );
    }

    #[test]
    fn depth_has_an_end() {
        let deep = |n: usize| format!("{}x{}", "<a>".repeat(n), "</a>".repeat(n));
        refused(&deep(100_000), ProblemKind::NestedTooDeep);
        refused(&deep(401), ProblemKind::NestedTooDeep);
        assert!(nodes(&deep(400)).is_ok());
    }

    #[test]
    fn damage_is_told() {
        for text in ["<p>", "<p><b></p></b>", "</p>", "<p", "<p>a</q>"] {
            refused(text, ProblemKind::Broken);
        }
        case("", "");
    }

    #[test]
    fn bytes_are_decoded_as_they_say() {
        let text = "<p>كتاب</p>";
        let wide = |big: bool, mark: bool| -> Vec<u8> {
            let mark = if mark { "\u{FEFF}" } else { "" };
            format!("{mark}{text}")
                .encode_utf16()
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        for (big, mark) in [(false, false), (false, true), (true, false), (true, true)] {
            assert_eq!(decode(&wide(big, mark)).as_deref(), Ok(text));
        }
        assert_eq!(decode(text.as_bytes()).as_deref(), Ok(text));
        assert_eq!(
            decode(format!("\u{FEFF}{text}").as_bytes()).as_deref(),
            Ok(text)
        );
        let mut old = b"<?xml version=\"1.0\" encoding = 'windows-1256'?><p>".to_vec();
        old.extend(encoding_rs::WINDOWS_1256.encode("كتاب").0.iter());
        assert!(decode(&old).unwrap().ends_with("<p>كتاب"));
        assert_eq!(
            decode(b"<p>\xFF\xFE</p>"),
            Err(Problem::of_file(ProblemKind::Broken, Some("not UTF-8")))
        );
    }

    #[test]
    fn an_element_can_be_skipped_or_taken_as_text() {
        let mut xml = Xml::new("<a><b>x<c>y</c></b><d>z<e>w</e></d></a>");
        xml.next().unwrap();
        xml.next().unwrap();
        xml.skip().unwrap();
        assert!(matches!(xml.next(), Ok(Some(Node::Open(element))) if element.name == "d"));
        assert_eq!(xml.text().as_deref(), Ok("zw"));
        assert_eq!(xml.next(), Ok(Some(Node::Close("a".to_owned()))));
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "(<[/?!]?[a:]{0,2}[ =\"'&;#x1-9]{0,4}/?>|[&<>;a#\\]\\[-]|<!\\[CDATA\\[|\\PC){0,40}") {
            let _ = nodes(&text);
        }
    }
}
