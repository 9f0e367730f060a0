//! Elements become headings, paragraphs and notes.

use ego_tree::NodeId;
use ego_tree::iter::Edge;

use super::notes::{Found, Notes};
use super::skip::is_skipped;
use super::{At, Kind, Page, attribute, element, has_class, is_block, name, says, text_of};
use crate::source::document::{self, Document, Note};
use crate::source::run::Run;

/// Adds what stands in `main` to the document, and the notes that are cited there and stand elsewhere on the page.
pub(super) fn walk(
    page: &Page,
    main: At<'_>,
    notes: &Notes,
    document: &mut Document,
    number: Option<u32>,
) -> Option<u32> {
    let mut walk = Walk {
        page,
        notes,
        document,
        is_whole: page.kind == Kind::WebPage && name(main) == "body",
        is_parsoid: is_parsoid(page),
        run: Run::default(),
        run_id: None,
        heading: None,
        anchor: None,
        ids: Vec::new(),
        lists: Vec::new(),
        marker: None,
        row: None,
        n_pre: 0,
        number,
        run_number: number,
        n_notes: 0,
    };
    walk.all(main);
    walk.notes_elsewhere(main);
    walk.number
}

/// Adds the text of a node to a run, blocks parted by a space; without what is no text, and without what `is_left_out`.
pub(super) fn text_into(node: At<'_>, run: &mut Run, is_left_out: &dyn Fn(At<'_>) -> bool) {
    let mut left_out: Option<NodeId> = None;
    for edge in node.traverse() {
        match edge {
            Edge::Open(at) if left_out.is_none() => {
                if is_left_out(at) || (is_skipped(at) && at.id() != node.id()) {
                    left_out = Some(at.id());
                } else if let Some(text) = at.value().as_text() {
                    run.push(text);
                } else if is_block(name(at)) || name(at) == "br" {
                    run.space();
                }
            }
            Edge::Close(at) if left_out == Some(at.id()) => left_out = None,
            Edge::Close(at) if is_block(name(at)) => run.space(),
            _ => {}
        }
    }
}

/// Parsoid gives every element an id that is good for nothing but itself.
fn is_parsoid(page: &Page) -> bool {
    let mut sections = page.html.tree.root().descendants();
    sections.any(|node| attribute(node, "data-mw-section-id").is_some())
}

struct Heading {
    level: u8,
    id: Option<String>,
}

/// A row of a table: its cells so far.
struct Row {
    id: NodeId,
    cells: Vec<Run>,
}

struct Walk<'a> {
    page: &'a Page,
    notes: &'a Notes,
    document: &'a mut Document,
    /// Whether the whole page is read for want of a main text.
    is_whole: bool,
    is_parsoid: bool,
    run: Run,
    /// The id of an anchor at the beginning of the run.
    run_id: Option<String>,
    heading: Option<Heading>,
    /// The id of the heading above.
    anchor: Option<String>,
    /// The ids of the open elements that are paragraphs.
    ids: Vec<(NodeId, Option<String>)>,
    /// The open lists, each with the number of its next item if it has numbers.
    lists: Vec<Option<i64>>,
    /// The mark of a list item that has no text yet.
    marker: Option<String>,
    row: Option<Row>,
    n_pre: usize,
    /// The number of the printed page, and that on which the run began.
    number: Option<u32>,
    run_number: Option<u32>,
    n_notes: usize,
}

impl<'a> Walk<'a> {
    fn all(&mut self, main: At<'a>) {
        let mut left_out: Option<NodeId> = None;
        for edge in main.traverse() {
            match edge {
                Edge::Open(node) if left_out.is_none() => {
                    if self.takes_whole(node, main) {
                        left_out = Some(node.id());
                    } else {
                        self.open(node);
                    }
                }
                Edge::Close(node) if left_out == Some(node.id()) => left_out = None,
                Edge::Close(node) if left_out.is_none() => self.close(node),
                _ => {}
            }
        }
        self.end_block();
    }

    /// Deals with nodes that are dealt with as one, and tells whether this was one.
    fn takes_whole(&mut self, node: At<'a>, main: At<'_>) -> bool {
        if let Some(found) = self.notes.note(self.page, node) {
            self.note(node, found);
            return true;
        }
        if let Some(marker) = self.notes.reference(self.page, node) {
            if self.heading.is_none() {
                self.begin();
                self.run.reference(&marker.text, &marker.note);
            }
            return true;
        }
        if self.is_page_break(node) {
            return true;
        }
        if node.id() == main.id() {
            return false;
        }
        let is_beside = self.is_whole
            && matches!(name(node), "aside" | "footer")
            && !self.notes.any_in(self.page, node);
        if is_beside || is_skipped(node) {
            if is_block(name(node)) {
                self.break_line();
            }
            return true;
        }
        if name(node) == "sup"
            && let Some(raised) = raised(&text_of(node))
        {
            self.begin();
            self.run.push(&raised);
            return true;
        }
        if name(node) == "img" {
            // A formula has no other text than this.
            let is_formula = element(node).is_some_and(|element| {
                element
                    .classes()
                    .any(|class| class.starts_with("mwe-math-fallback-image"))
            });
            if let Some(text) = attribute(node, "alt").filter(|_| is_formula) {
                self.begin();
                self.run.push(text);
            }
            return true;
        }
        false
    }

    fn open(&mut self, node: At<'a>) {
        if let Some(text) = node.value().as_text() {
            self.text(text);
            return;
        }
        let tag = name(node);
        match tag {
            "br" if self.n_pre > 0 && self.row.is_none() => self.run.push_as_it_is("\n"),
            "br" => self.run.space(),
            "q" => self.text("“"),
            "a" | "span" if self.run.is_empty() && attribute(node, "href").is_none() => {
                let id = attribute(node, "id").or_else(|| attribute(node, "name"));
                if let Some(id) = id.filter(|_| text_of(node).trim().is_empty()) {
                    self.run_id = Some(id.to_owned());
                }
            }
            _ => {}
        }
        if !is_block(tag) {
            return;
        }
        self.break_line();
        match tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.row.is_none() => {
                let level = tag.as_bytes().get(1).map_or(1, |digit| digit - b'0');
                let id = heading_id(node);
                self.heading = Some(Heading { level, id });
            }
            "ol" => {
                let start = attribute(node, "start").and_then(|start| start.trim().parse().ok());
                self.lists.push(Some(start.unwrap_or(1)));
            }
            "ul" | "dir" => self.lists.push(None),
            "li" => self.item(node),
            "pre" | "listing" | "xmp" | "plaintext" => self.n_pre += 1,
            "tr" if self.row.is_none() && is_of_data(node) => {
                self.row = Some(Row {
                    id: node.id(),
                    cells: Vec::new(),
                });
            }
            _ => {}
        }
        let is_paragraph = matches!(
            tag,
            "p" | "li"
                | "dd"
                | "dt"
                | "blockquote"
                | "pre"
                | "figcaption"
                | "tr"
                | "td"
                | "th"
                | "caption"
        );
        if is_paragraph {
            let id = attribute(node, "id")
                .map(str::trim)
                .filter(|id| !id.is_empty());
            let is_made = |id: &&str| self.is_parsoid && id.starts_with("mw");
            self.ids
                .push((node.id(), id.filter(|id| !is_made(id)).map(str::to_owned)));
        }
    }

    fn close(&mut self, node: At<'a>) {
        let tag = name(node);
        if tag == "q" {
            self.text("”");
        }
        if !is_block(tag) {
            return;
        }
        if self.row.as_ref().is_some_and(|row| row.id == node.id()) {
            self.end_cell();
            self.end_row();
        } else if self.row.is_some() && matches!(tag, "td" | "th") {
            self.end_cell();
        } else {
            self.break_line();
        }
        match tag {
            "ol" | "ul" | "dir" => {
                self.lists.pop();
            }
            "li" => self.marker = None,
            "pre" | "listing" | "xmp" | "plaintext" => self.n_pre = self.n_pre.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            _ => {}
        }
        if self.ids.last().is_some_and(|(id, _)| *id == node.id()) {
            self.ids.pop();
        }
    }

    fn text(&mut self, text: &str) {
        let is_blank = || {
            text.trim_matches([' ', '\t', '\n', '\r', '\u{0C}'])
                .is_empty()
        };
        if self.n_pre > 0 && self.row.is_none() && self.heading.is_none() {
            self.begin();
            self.run.push_as_it_is(text);
        } else {
            if !is_blank() {
                self.begin();
            }
            self.run.push(text);
        }
    }

    /// Notes where the paragraph begins, if this is its beginning.
    fn begin(&mut self) {
        if self.run.is_empty() {
            self.run_number = self.number;
        }
    }

    fn item(&mut self, node: At<'_>) {
        let mark = match self.lists.last_mut() {
            Some(Some(next)) => {
                let own = attribute(node, "value").and_then(|value| value.trim().parse().ok());
                let number = own.unwrap_or(*next);
                *next = number.saturating_add(1);
                format!("{number}. ")
            }
            _ => "• ".to_owned(),
        };
        if self.row.is_some() {
            self.run.push(&mark);
        } else {
            self.marker = Some(mark);
        }
    }

    /// A block begins or ends: what was read is a paragraph, or, in a cell, parted from what follows.
    fn break_line(&mut self) {
        if self.row.is_some() {
            self.run.space();
        } else {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        let (text, mut references) = self.run.take();
        let run_id = self.run_id.take();
        let mut text = text.trim_matches('\n').to_owned();
        if crate::source::lines::is_blank(&text) {
            // An anchor may stand in a block of its own above what it is the anchor of.
            self.run_id = run_id.filter(|_| self.heading.is_none());
            return;
        }
        if let Some(heading) = &mut self.heading {
            let id = heading.id.take().or(run_id);
            self.anchor.clone_from(&id);
            let at = document::At {
                anchor: self.page.anchor(id),
                page: self.run_number,
                ..document::At::default()
            };
            self.document.heading_at(heading.level, &text, at);
            return;
        }
        if let Some(marker) = self.marker.take() {
            for reference in &mut references {
                reference.span.start += marker.len();
                reference.span.end += marker.len();
            }
            text.insert_str(0, &marker);
        }
        let own = self.ids.iter().rev().find_map(|(_, id)| id.clone());
        let at = document::At {
            page: self.run_number,
            anchor: self
                .page
                .anchor(own.or(run_id).or_else(|| self.anchor.clone())),
            ..document::At::default()
        };
        self.document.paragraph(text, references, at);
    }

    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.run);
        if let Some(row) = &mut self.row
            && !cell.is_empty()
        {
            row.cells.push(cell);
        }
    }

    fn end_row(&mut self) {
        let Some(row) = self.row.take() else {
            return;
        };
        for (nth, cell) in row.cells.into_iter().enumerate() {
            if nth > 0 {
                self.run.push_as_it_is(" | ");
            }
            self.run.append(cell);
        }
        self.end_block();
    }

    fn note(&mut self, node: At<'_>, found: &Found) {
        if is_block(name(node)) {
            self.break_line();
        }
        self.n_notes += 1;
        let id = found.name.split_once('#').map(|(_, id)| id.to_owned());
        self.document.note_here(Note {
            name: found.name.clone(),
            label: found.label.clone(),
            text: Notes::text(self.page, node, found),
            at: document::At {
                page: self.number,
                anchor: self
                    .page
                    .anchor(id.filter(|_| attribute(node, "id").is_some() || found.is_cited)),
                ..document::At::default()
            },
        });
    }

    /// Notes of a web page may stand outside what is its main text.
    fn notes_elsewhere(&mut self, main: At<'a>) {
        let root = self.page.html.tree.root();
        if self.page.kind == Kind::Chapter || main.id() == root.id() {
            return;
        }
        for node in root.descendants() {
            if let Some(found) = self.notes.note(self.page, node)
                && found.is_cited
                && !node.ancestors().any(|above| above.id() == main.id())
            {
                self.note(node, found);
            }
        }
    }

    /// Whether a node says where a printed page begins; that is no text.
    fn is_page_break(&mut self, node: At<'_>) -> bool {
        let Some(element) = element(node) else {
            return false;
        };
        let is_break = says(element, "epub:type", &["pagebreak"])
            || says(element, "role", &["doc-pagebreak"])
            || has_class(element, &["pagebreak"]) && element.attr("title").is_some();
        if is_break {
            let text = text_of(node);
            let said = [
                element.attr("title"),
                element.attr("aria-label"),
                Some(&text),
            ];
            let number = said.into_iter().flatten().find_map(|said| {
                let digits = said.trim().trim_end_matches('.').rsplit(' ').next()?;
                crate::source::marker::number(digits)
            });
            self.number = number.or(self.number);
        }
        is_break
    }
}

/// The id by which a heading is linked to: its own, that of what it holds, or that of the section that it heads.
fn heading_id(node: At<'_>) -> Option<String> {
    let id = |node: At<'_>| {
        let named = attribute(node, "name").filter(|_| name(node) == "a");
        let id = attribute(node, "id").or(named).map(str::trim);
        id.filter(|id| !id.is_empty()).map(str::to_owned)
    };
    let headline = node
        .descendants()
        .find(|below| element(*below).is_some_and(|of| has_class(of, &["mw-headline"])));
    let first = || {
        let parent = node
            .parent()
            .filter(|parent| matches!(name(*parent), "section" | "article"));
        let above = parent.filter(|_| {
            !node
                .prev_siblings()
                .any(|before| before.value().is_element())
        });
        above.and_then(id).filter(|id| !id.starts_with("mw"))
    };
    headline
        .and_then(id)
        .or_else(|| id(node))
        .or_else(|| node.descendants().skip(1).find_map(id))
        .or_else(first)
}

/// Whether a row is one of data, to be read as one paragraph, or there for the layout of the page: with headings, other
/// tables, or all in one cell.
fn is_of_data(row: At<'_>) -> bool {
    let n_cells = row
        .children()
        .filter(|cell| matches!(name(*cell), "td" | "th"))
        .count();
    let is_layout = |node: At<'_>| {
        matches!(
            name(node),
            "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "blockquote"
        )
    };
    let n_paragraphs = || row.descendants().filter(|node| name(*node) == "p").count();
    !row.descendants().any(is_layout) && (n_cells > 1 || n_paragraphs() < 2)
}

/// Raised digits, which would run together with what they are raised beside.
fn raised(text: &str) -> Option<String> {
    let text = text.trim();
    let raised = |c: char| match c {
        '0' => Some('⁰'),
        '1' => Some('¹'),
        '2' => Some('²'),
        '3' => Some('³'),
        '4'..='9' => char::from_u32('⁴' as u32 + (c as u32 - '4' as u32)),
        '-' | '−' => Some('⁻'),
        '+' => Some('⁺'),
        _ => None,
    };
    let is_number = text.chars().any(|c| c.is_ascii_digit());
    text.chars()
        .map(raised)
        .collect::<Option<String>>()
        .filter(|_| is_number)
}
