//! Markdown (`CommonMark` with tables, `~~struck~~` words, footnotes `[^1]` and front matter).
//!
//! A passage's text is the paragraph as it reads: emphasis, link addresses and the like are left out, what they hold is kept.
//! A reference `[^1]` becomes `[1]`, as a reader of the page sees it; the label of its note is that between the brackets.
//!
//! A newcomer's trap: ranges in a passage are ranges in this text, not in the file.

mod front_matter;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::document::{self, Document, Note, bracketed};
use super::html::{self, Notes, Page};
use super::problem::Problems;
use super::run::Run;
use super::{Problem, ProblemKind, Reading, encoding};
use crate::source::lines::is_blank;

/// Reads Markdown.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut document = Document::default();
    if let Some(text) = encoding::text(bytes, &mut problems) {
        if is_blank(&text) {
            problems.push(Problem::of_file(ProblemKind::Empty, None));
        } else {
            let mut body = text.as_ref();
            let mut n_lines = 0;
            if let Some((metadata, below, n_above)) = front_matter::split(&text) {
                document.metadata = metadata;
                body = below;
                n_lines = n_above;
            }
            let mut reader = Reader::new(&mut document, &mut problems, body, n_lines);
            let options = Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_HEADING_ATTRIBUTES;
            let events = Parser::new_ext(body, options).into_offset_iter();
            for (event, range) in TextMergeWithOffset::new(events) {
                reader.take(event, &range);
            }
            reader.end_block();
        }
    }
    document.into_reading(problems)
}

/// A footnote while it is read.
struct Footnote {
    label: String,
    line: u32,
    run: Run,
}

struct Reader<'a> {
    document: &'a mut Document,
    problems: &'a mut Problems,
    /// Where the lines of the text begin, and how many lines stand above it.
    starts: Vec<usize>,
    n_above: u32,
    run: Run,
    line: u32,
    heading: Option<(u8, Option<String>)>,
    /// The id of the heading above.
    anchor: Option<String>,
    /// The open lists, each with the number of its next item if it has numbers.
    lists: Vec<Option<u64>>,
    /// The mark of a list item that has no text yet.
    marker: Option<String>,
    footnote: Option<Footnote>,
    /// How many cells the row has that is being read.
    n_cells: usize,
    is_code: bool,
    /// The markup of a block of HTML.
    markup: String,
}

impl<'a> Reader<'a> {
    fn new(
        document: &'a mut Document,
        problems: &'a mut Problems,
        text: &str,
        n_above: u32,
    ) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        Self {
            document,
            problems,
            starts: starts.collect(),
            n_above,
            run: Run::default(),
            line: 1,
            heading: None,
            anchor: None,
            lists: Vec::new(),
            marker: None,
            footnote: None,
            n_cells: 0,
            is_code: false,
            markup: String::new(),
        }
    }

    fn take(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_code => {
                self.begin(range);
                self.run.push_as_it_is(&text);
            }
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.begin(range);
                self.run.push(&text);
            }
            Event::Html(markup) => self.markup.push_str(&markup),
            Event::InlineHtml(tag) => {
                let is_break = tag
                    .get(..3)
                    .is_some_and(|tag| tag.eq_ignore_ascii_case("<br"));
                if is_break {
                    self.run.space();
                }
            }
            Event::FootnoteReference(label) => self.reference(&label, range),
            Event::SoftBreak | Event::HardBreak => self.run.space(),
            Event::Rule => self.end_block(),
            Event::TaskListMarker(is_done) => {
                self.begin(range);
                self.run.push(if is_done { "[x] " } else { "[ ] " });
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.end_block();
                self.heading = Some((level as u8, id.map(CowStr::into_string)));
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::HtmlBlock => self.end_block(),
            Tag::CodeBlock(_) => {
                self.end_block();
                self.is_code = true;
            }
            Tag::List(start) => {
                self.end_block();
                self.lists.push(start);
            }
            Tag::Item => {
                self.end_block();
                self.marker = Some(match self.lists.last_mut() {
                    Some(Some(next)) => {
                        let marker = format!("{next}. ");
                        *next = next.saturating_add(1);
                        marker
                    }
                    _ => "• ".to_owned(),
                });
            }
            Tag::FootnoteDefinition(label) => {
                self.end_block();
                self.end_footnote(); // they cannot stand in one another, but nothing is lost if they do
                self.footnote = Some(Footnote {
                    label: label.into_string(),
                    line: self.line_of(range),
                    run: Run::default(),
                });
            }
            Tag::TableHead | Tag::TableRow => {
                self.end_block();
                self.n_cells = 0;
            }
            Tag::TableCell => {
                if self.n_cells > 0 {
                    self.run.push_as_it_is(" | ");
                }
                self.n_cells += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.end_block();
                self.heading = None;
            }
            TagEnd::CodeBlock => {
                self.end_block();
                self.is_code = false;
            }
            TagEnd::HtmlBlock => self.end_markup(),
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.end_block();
                self.marker = None;
            }
            TagEnd::FootnoteDefinition => {
                self.end_block();
                self.end_footnote();
            }
            TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::TableHead | TagEnd::TableRow => {
                self.end_block();
            }
            _ => {}
        }
    }

    /// Adds text. A reference whose note is missing is no reference to the parser.
    fn text(&mut self, text: &str, range: &Range<usize>) {
        self.begin(range);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("[^") {
            let label = after.split_once(']').map(|(label, _)| label);
            let is_label = |label: &&str| {
                !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[')
            };
            let Some(label) = label.filter(is_label) else {
                self.run.push(before);
                self.run.push("[^");
                rest = after;
                continue;
            };
            self.run.push(before);
            self.reference(label, range);
            rest = after.get(label.len() + 1..).unwrap_or_default();
        }
        self.run.push(rest);
    }

    fn reference(&mut self, label: &str, range: &Range<usize>) {
        self.begin(range);
        if self.heading.is_none() {
            self.run.reference(&bracketed(label), &label.to_lowercase());
        }
    }

    /// Notes the line on which a paragraph begins, if this is its beginning.
    fn begin(&mut self, range: &Range<usize>) {
        if self.run.is_empty() {
            self.line = self.line_of(range);
        }
    }

    fn line_of(&self, range: &Range<usize>) -> u32 {
        let nth = self.starts.partition_point(|start| *start <= range.start);
        u32::try_from(nth)
            .unwrap_or(u32::MAX)
            .saturating_add(self.n_above)
    }

    fn at(&self, anchor: Option<String>) -> document::At {
        document::At {
            line: Some(self.line),
            anchor,
            ..document::At::default()
        }
    }

    fn end_block(&mut self) {
        let mut block = Run::default();
        std::mem::swap(&mut block, &mut self.run);
        if let Some(footnote) = &mut self.footnote {
            if !block.is_empty() {
                footnote.run.space();
                if let Some(marker) = self.marker.take() {
                    footnote.run.push(&marker);
                }
                footnote.run.append(block);
            }
            return;
        }
        let (text, references) = block.take();
        let text = if self.is_code {
            text.trim_matches('\n')
        } else {
            text.trim()
        };
        if is_blank(text) {
            return;
        }
        if let Some((level, id)) = &self.heading {
            self.anchor.clone_from(id);
            let at = self.at(id.clone());
            self.document.heading_at(*level, text, at);
            return;
        }
        let at = self.at(self.anchor.clone());
        match self.marker.take() {
            Some(marker) => {
                let shift = marker.len();
                let moved = references.into_iter().map(|mut reference| {
                    reference.span.start += shift;
                    reference.span.end += shift;
                    reference
                });
                self.document
                    .paragraph(format!("{marker}{text}"), moved.collect(), at);
            }
            None => self.document.paragraph(text.to_owned(), references, at),
        }
    }

    fn end_footnote(&mut self) {
        let Some(mut footnote) = self.footnote.take() else {
            return;
        };
        let (text, _) = footnote.run.take();
        self.document.note(Note {
            name: footnote.label.to_lowercase(),
            label: footnote.label,
            text: text.trim().to_owned(),
            at: document::At {
                line: Some(footnote.line),
                ..document::At::default()
            },
        });
    }

    /// What a block of HTML shows is text like any other.
    fn end_markup(&mut self) {
        let markup = std::mem::take(&mut self.markup);
        let page = match Page::new(&markup, "", html::Kind::Chapter) {
            Ok(page) => page,
            Err(kind) => {
                self.problems.push(Problem::of_file(kind, None));
                return;
            }
        };
        if let Some(footnote) = &mut self.footnote {
            footnote.run.space();
            page.text_into(&mut footnote.run);
            return;
        }
        let pages = [page];
        let notes = Notes::of(&pages);
        for page in &pages {
            page.read_into(self.document, &notes, None);
        }
    }
}
