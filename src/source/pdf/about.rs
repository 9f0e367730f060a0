//! What a PDF says of itself: title, author, language, licence, and the outline of its headings.

use std::collections::HashSet;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::dict::keys;
use hayro_interpret::hayro_syntax::object::{self, Dict, ObjectIdentifier, Stream};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::Metadata;
use super::text_string;
use crate::language::Language;

/// No outline has more entries that count.
const MAX_ENTRIES: usize = 20_000;
/// No outline is deeper.
const MAX_DEPTH: u8 = 12;
/// A title or name is no longer.
const MAX_CHARS: usize = 300;
/// XMP of more bytes is of pictures.
const MAX_XMP: usize = 1 << 20;

/// What programs write where they know no author.
const NOBODY: [&str; 9] = [
    "user",
    "admin",
    "administrator",
    "root",
    "unknown",
    "author",
    "owner",
    "anonymous",
    "none",
];

/// How the titles of programs that know none begin or end.
const NO_TITLES: [&str; 7] = [
    "untitled",
    "document",
    "microsoft word",
    "microsoft powerpoint",
    "print",
    "about:blank",
    "بلا عنوان",
];

/// What the file says of itself.
pub(super) fn metadata(pdf: &Pdf) -> Metadata {
    let info = pdf.metadata();
    let said =
        |bytes: &Option<Box<[u8]>>| bytes.as_deref().and_then(|bytes| line(&text_string(bytes)));
    let xmp = catalog(pdf)
        .and_then(|catalog| catalog.get::<Stream<'_>>(keys::METADATA))
        .and_then(|stream| stream.decoded().ok().map(|bytes| xmp(&bytes)))
        .unwrap_or_default();
    let language = catalog(pdf)
        .and_then(|catalog| catalog.get::<object::String<'_>>(keys::LANG))
        .map(|language| text_string(language.as_bytes()).to_lowercase());
    Metadata {
        title: said(&info.title)
            .or(xmp.title)
            .filter(|title| is_title(title)),
        author: said(&info.author)
            .or(xmp.author)
            .filter(|author| !NOBODY.contains(&author.to_lowercase().as_str())),
        publisher: xmp.publisher,
        licence: xmp.licence,
        language: language.and_then(|language| match language.split(['-', '_']).next() {
            Some("ar") => Some(Language::Arabic),
            Some("en") => Some(Language::English),
            _ => None,
        }),
        ..Metadata::default()
    }
}

/// Whether a title looks like one: not the name of a file, nor what programs write for want of one.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = [
        ".doc", ".docx", ".odt", ".pdf", ".htm", ".html", ".txt", ".indd", ".rtf", ".tex", ".pptx",
        ".md", ".dvi",
    ]
    .iter()
    .any(|ending| lower.ends_with(ending));
    let is_nothing = NO_TITLES.iter().any(|words| {
        lower.strip_prefix(words).is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(" - ")
                || rest.chars().all(|c| c.is_numeric() || c == ' ')
        })
    });
    let has_letters = title.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    has_letters && !is_file && !is_nothing && !lower.contains("://") && !title.contains('\\')
}

/// A text as one line; none where nothing is left.
fn line(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let line: String = words.join(" ").chars().take(MAX_CHARS).collect();
    (!line.is_empty()).then_some(line)
}

fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// What a packet of XMP says with the words of Dublin Core.
fn xmp(bytes: &[u8]) -> Metadata {
    let mut said = Metadata::default();
    if bytes.len() > MAX_XMP {
        return said;
    }
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    let mut element: Option<String> = None;
    let mut value = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = start.name().as_ref().to_owned();
                if name.starts_with("dc:") {
                    element = Some(name);
                    value.clear();
                }
            }
            Ok(Event::Text(text)) if element.is_some() => value.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) if element.is_some() => {
                if let Ok(Some(c)) = reference.resolve_char_ref() {
                    value.push(c);
                } else if let Some(text) =
                    quick_xml::escape::resolve_xml_entity(&reference.xml10_content())
                {
                    value.push_str(text);
                }
            }
            Ok(Event::End(end)) => {
                let name = end.name();
                // Several authors are a list: one after the other.
                if name.as_ref() == "rdf:li" && element.is_some() {
                    value.push_str("; ");
                }
                if element.as_deref() == Some(name.as_ref()) {
                    let value = line(value.trim_end_matches(['\n', ' ', ';']));
                    match name.as_ref() {
                        "dc:title" => said.title = value,
                        "dc:creator" => said.author = value,
                        "dc:publisher" => said.publisher = value,
                        "dc:rights" => said.licence = value,
                        _ => {}
                    }
                    element = None;
                }
            }
            Ok(Event::Eof) | Err(_) => return said,
            Ok(_) => {}
        }
    }
}

/// The headings of the outline with their depths, from 0, in order.
pub(super) fn outline(pdf: &Pdf) -> Vec<(u8, String)> {
    let mut entries = Vec::new();
    let mut seen: HashSet<ObjectIdentifier> = HashSet::new();
    let first = catalog(pdf)
        .and_then(|catalog| catalog.get::<Dict<'_>>(keys::OUTLINES))
        .and_then(|outlines| outlines.get::<Dict<'_>>(keys::FIRST));
    let mut open: Vec<(u8, Dict<'_>)> = first.map(|first| (0, first)).into_iter().collect();
    while let Some((depth, entry)) = open.pop() {
        // An outline may lead back to itself.
        let is_new = entry.obj_id().is_none_or(|id| seen.insert(id));
        if !is_new || entries.len() >= MAX_ENTRIES {
            continue;
        }
        let title = entry.get::<object::String<'_>>(keys::TITLE);
        if let Some(title) = title.and_then(|title| line(&text_string(title.as_bytes()))) {
            entries.push((depth, title));
        }
        if let Some(next) = entry.get::<Dict<'_>>(keys::NEXT) {
            open.push((depth, next));
        }
        if depth < MAX_DEPTH
            && let Some(first) = entry.get::<Dict<'_>>(keys::FIRST)
        {
            open.push((depth + 1, first));
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_are_none() {
        for title in [
            "Microsoft Word - a",
            "report.docx",
            "untitled",
            "Document1",
            "12",
            "https://a.b/",
            "Document 3",
        ] {
            assert!(!is_title(title), "{title}");
        }
        for title in [
            "Documents of the war",
            "العلاقات",
            "Printing in Cairo",
            "On 1948",
        ] {
            assert!(is_title(title), "{title}");
        }
    }

    #[test]
    fn xmp_says_title_authors_and_licence() {
        let said = xmp(
            "<x:xmpmeta><rdf:RDF><rdf:Description><dc:title><rdf:Alt><rdf:li xml:lang='x-default'>A &amp; B</rdf:li>\
             </rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Ann</rdf:li><rdf:li>Bob</rdf:li></rdf:Seq></dc:creator>\
             <dc:rights><rdf:Alt><rdf:li>CC BY</rdf:li></rdf:Alt></dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>"
                .as_bytes(),
        );
        assert_eq!(said.title.as_deref(), Some("A & B"));
        assert_eq!(said.author.as_deref(), Some("Ann; Bob"));
        assert_eq!(said.licence.as_deref(), Some("CC BY"));
        assert_eq!(xmp(b"<dc:title>half"), Metadata::default());
    }
}
