//! Web pages, and the XHTML chapters of books: the main text with its headings, paragraphs and notes.
//!
//! [`read`] reads one page. The reader of EPUB, whose chapters may keep their notes in another file, does the same in three
//! steps: a `Page` a chapter (`Page::new(markup, file, Kind::Chapter)`), `Notes::of` all of them, and then
//! `Page::read_into` a `Document`, chapter by chapter. Notes are named `file#id`.
//!
//! The rooms: `prepare` makes markup safe to parse, `main_text` finds what is not navigation, `skip` says what is no text,
//! `notes` which links are references and which elements are notes (`address`: where links lead; `label`: what markers look
//! like), `walk` turns elements into blocks, `meta` reads what the
//! page says of itself.
//!
//! A newcomer's trap: nothing here may call itself for each level of elements, since a page can nest as deep as its bytes
//! allow; everything walks, and what is nested deeper than any document is refused before anything else looks at it.

mod address;
mod label;
mod main_text;
mod meta;
mod notes;
mod prepare;
mod skip;
#[cfg(test)]
mod tests;
mod walk;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{Html, Node, node::Element};

pub(super) use meta::{joined, language_of, licence, year};
pub(super) use notes::Notes;

use super::document::Document;
use super::problem::Problems;
use super::run::Run;
use super::{Problem, ProblemKind, Reading, encoding};

/// Elements nested deeper than this are in no document; the deepest pages that people make have a quarter of it.
const MAX_DEPTH: usize = 256;

/// Reads a web page.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut document = Document::default();
    if let Some(markup) = encoding::text(bytes, &mut problems) {
        if markup.trim().is_empty() {
            problems.push(Problem::of_file(ProblemKind::Empty, None));
        } else {
            match Page::new(&markup, "", Kind::WebPage) {
                Ok(page) => {
                    document.metadata = page.metadata();
                    let pages = [page];
                    let notes = Notes::of(&pages);
                    for page in &pages {
                        page.read_into(&mut document, &notes, None);
                    }
                }
                Err(kind) => problems.push(Problem::of_file(kind, None)),
            }
        }
    }
    document.into_reading(problems)
}

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page of a website: its main text is to be found.
    WebPage,
    /// A chapter of a book: all of it is text.
    Chapter,
}

/// A page once parsed.
pub(super) struct Page {
    file: String,
    kind: Kind,
    html: Html,
}

impl Page {
    /// Parses markup. The file is the name that links from other pages have for it, without `#`; of a page that stands
    /// alone it is empty.
    ///
    /// # Errors
    /// What makes it no page to be read: [`ProblemKind::NestedTooDeep`] or [`ProblemKind::EntityDeclared`].
    pub(super) fn new(markup: &str, file: &str, kind: Kind) -> Result<Self, ProblemKind> {
        let html = Html::parse_document(&prepare::prepared(markup)?);
        let mut depth = 0_usize;
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(_) => depth += 1,
                Edge::Close(_) => depth -= 1,
            }
            if depth > MAX_DEPTH {
                return Err(ProblemKind::NestedTooDeep);
            }
        }
        Ok(Self {
            file: file.to_owned(),
            kind,
            html,
        })
    }

    /// What the page says of itself.
    pub(super) fn metadata(&self) -> super::Metadata {
        meta::metadata(&self.html)
    }

    /// The anchor that an id is: in a book with the name of its file, as links lead to it.
    fn anchor(&self, id: Option<String>) -> Option<String> {
        match self.file.as_str() {
            "" => id,
            file => id.map(|id| format!("{file}#{id}")),
        }
    }

    /// Adds all the text of the page to a run, as one paragraph.
    pub(super) fn text_into(&self, run: &mut Run) {
        walk::text_into(main_text::body(&self.html), run, &|_| false);
    }

    /// Adds the headings, paragraphs and notes of the page to a document. `page` is the number of the printed page on which
    /// it begins, where that is known; given is that on which it ends.
    pub(super) fn read_into(
        &self,
        document: &mut Document,
        notes: &Notes,
        page: Option<u32>,
    ) -> Option<u32> {
        let main = match self.kind {
            Kind::WebPage => main_text::main_text(&self.html),
            Kind::Chapter => main_text::body(&self.html),
        };
        walk::walk(self, main, notes, document, page)
    }
}

/// A node of a page.
type At<'a> = NodeRef<'a, Node>;

/// The element that a node is.
fn element(node: At<'_>) -> Option<&Element> {
    node.value().as_element()
}

/// The name of the element that a node is; nothing of other nodes.
fn name(node: At<'_>) -> &str {
    node.value().as_element().map_or("", Element::name)
}

/// An attribute of the element that a node is.
fn attribute<'a>(node: At<'a>, name: &str) -> Option<&'a str> {
    node.value().as_element()?.attr(name)
}

/// Whether an element has one of the classes.
fn has_class(element: &Element, classes: &[&str]) -> bool {
    element.classes().any(|class| classes.contains(&class))
}

/// Whether one of the words of an attribute is one of these: `role`, `rel`, `epub:type`.
fn says(element: &Element, attribute: &str, words: &[&str]) -> bool {
    let said = element.attr(attribute).unwrap_or_default();
    said.split_ascii_whitespace()
        .any(|said| words.iter().any(|word| said.eq_ignore_ascii_case(word)))
}

/// The text of a node and all in it, white space as it stands.
fn text_of(node: At<'_>) -> String {
    let texts = node.descendants().filter_map(|node| node.value().as_text());
    texts.map(|text| text.text.as_ref()).collect()
}

/// Whether an element breaks the line before and behind it.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}
