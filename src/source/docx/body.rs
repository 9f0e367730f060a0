//! The text of a part: paragraphs, headings, tables and text boxes in the order in which they are read.
//!
//! # Why
//! Elements are told apart by their names, wherever they stand, rather than by a schema: programs wrap text in all kinds of
//! things (controls, smart tags, insertions, equations), and whatever is not known must be looked into, not lost. Only what
//! nobody sees is left out by name: deletions, instructions of fields, former properties, hidden text, and the second of
//! two forms of the same drawing.

use super::super::Problem;
use super::super::document::At;
use super::super::xml::{Element, Node, Xml};
use super::fields::{Fields, makes_contents, symbol};
use super::layout::Pages;
use super::notes::{Key, Notes, Sort};
use super::numbering::Numbering;
use super::paragraph::{Block, Paragraph, Properties};
use super::properties::{is_deleted, is_foreign, is_hidden, properties};
use super::styles::{List, Role, Styles, is_on};

/// What stands between the cells of a row.
const BETWEEN_CELLS: &str = " | ";

/// What was read of a part.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// What stands in it.
    pub(super) blocks: Vec<Block>,
    /// The notes in it, by what the file keeps them under.
    pub(super) notes: Vec<(Key, Block)>,
}

/// What is open, and what has been read in it.
#[derive(Debug)]
enum Frame {
    Paragraph(Box<Paragraph>),
    Row {
        cells: Vec<Vec<Block>>,
        is_deleted: bool,
        /// The pages on which its cells begin, and the last one on which any of them ends.
        begins: Pages,
        ends: Pages,
    },
    Cell(Vec<Block>),
    Note(Key, Vec<Block>),
}

/// A run of text that is open.
#[derive(Debug, Default)]
struct Run {
    is_hidden: bool,
    /// The note whose label somebody chose, and where in the paragraph that begins.
    custom: Option<(Key, usize)>,
}

/// What a part is read by.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    notes: &'a mut Notes,
    pages: Pages,
    /// Whether the marks of fields are believed.
    has_fields: bool,
    fields: Fields,
    frames: Vec<Frame>,
    runs: Vec<Run>,
    /// Of each pair of forms that is open: whether one was read.
    alternates: Vec<bool>,
    /// Of each control that is open: whether it holds nothing of the document's own.
    controls: Vec<bool>,
    /// An anchor before the paragraph that it leads to.
    anchor: Option<String>,
    /// A paragraph whose end was deleted.
    unended: Option<Box<Paragraph>>,
    part: Part,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        styles: &'a Styles,
        numbering: &'a mut Numbering,
        notes: &'a mut Notes,
        pages: Pages,
        has_fields: bool,
    ) -> Self {
        Self {
            styles,
            numbering,
            notes,
            pages,
            has_fields,
            fields: Fields::default(),
            frames: Vec::new(),
            runs: Vec::new(),
            alternates: Vec::new(),
            controls: Vec::new(),
            anchor: None,
            unended: None,
            part: Part::default(),
        }
    }

    /// Reads a part. None where its fields do not end, so that text may have been taken for an instruction.
    pub(super) fn read(mut self, text: &str) -> Result<Option<Part>, Problem> {
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => self.open(&element, &mut xml)?,
                Node::Close(name) => self.close(&name),
                Node::Text(_) => {}
            }
        }
        self.end_unended();
        Ok(self.fields.are_closed().then_some(self.part))
    }

    fn open(&mut self, element: &Element, xml: &mut Xml<'_>) -> Result<(), Problem> {
        match element.name.as_str() {
            "p" => {
                let mut paragraph = match self.unended.take() {
                    Some(unended) if !matches!(self.frames.last(), Some(Frame::Paragraph(_))) => {
                        unended
                    }
                    unended => {
                        self.unended = unended;
                        Box::default()
                    }
                };
                if let Some(anchor) = self.anchor.take() {
                    paragraph.anchor(&anchor);
                }
                self.frames.push(Frame::Paragraph(paragraph));
            }
            "pPr" => {
                let properties = properties(xml)?;
                if properties.begins_page {
                    self.pages.put();
                }
                if let Some(paragraph) = self.paragraph() {
                    paragraph.properties = properties;
                }
            }
            "r" => self.runs.push(Run::default()),
            "rPr" => {
                let is_hidden = is_hidden(xml)?;
                if let Some(run) = self.runs.last_mut() {
                    run.is_hidden = is_hidden;
                }
            }
            "t" => self.push(&xml.text()?),
            "br" if element.get("type") == Some("page") => {
                self.pages.put();
                self.blank();
            }
            "tab" | "cr" | "ptab" | "br" => self.blank(),
            "lastRenderedPageBreak" => self.pages.noted(),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => {
                let font = element.get("font").unwrap_or_default();
                if let Some(c) = element.get("char").and_then(|code| symbol(font, code)) {
                    self.push(c.encode_utf8(&mut [0; 4]));
                }
            }
            // Of an equation, so that a fraction is none of the numbers beside it.
            "den" => self.push("/"),
            "sup" => self.push("^"),
            "sub" => self.push("_"),
            "footnoteReference" => self.cite(Sort::Footnote, element),
            "endnoteReference" => self.cite(Sort::Endnote, element),
            "fldChar" => {
                if self.has_fields {
                    self.fields
                        .mark(element.get("fldCharType").unwrap_or_default());
                }
                xml.skip()?;
            }
            "instrText" => {
                let instruction = xml.text()?;
                self.fields.instruct(&instruction);
            }
            "fldSimple" if makes_contents(element.get("instr").unwrap_or_default()) => {
                xml.skip()?;
            }
            "bookmarkStart" => self.bookmark(element),
            "textpath" => {
                let text = element.get("string").unwrap_or_default();
                self.aside(text);
            }
            "del" | "moveFrom" | "delInstrText" | "rt" | "pPrChange" | "rPrChange"
            | "sectPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange" => xml.skip()?,
            "sectPr" => {
                xml.skip()?;
                self.next_section();
            }
            _ => self.open_frame(element, xml)?,
        }
        Ok(())
    }

    /// What has others in it, or nothing that is text.
    fn open_frame(&mut self, element: &Element, xml: &mut Xml<'_>) -> Result<(), Problem> {
        match element.name.as_str() {
            "tr" => self.frames.push(Frame::Row {
                cells: Vec::new(),
                is_deleted: false,
                begins: self.pages,
                ends: self.pages,
            }),
            "trPr" => {
                let deleted = is_deleted(xml)?;
                if let Some(Frame::Row { is_deleted, .. }) = self.frames.last_mut() {
                    *is_deleted = deleted;
                }
            }
            "tc" => {
                if let Some(Frame::Row { begins, .. }) = self.frames.last() {
                    self.pages = *begins;
                }
                self.frames.push(Frame::Cell(Vec::new()));
            }
            "footnote" | "endnote" => {
                // Those of another type are the lines that set notes off.
                if element.get("type").is_some_and(|of| of != "normal") {
                    return xml.skip();
                }
                let sort = match element.name.as_str() {
                    "footnote" => Sort::Footnote,
                    _ => Sort::Endnote,
                };
                let id = element.get("id").unwrap_or_default().to_owned();
                self.frames.push(Frame::Note(Key { sort, id }, Vec::new()));
            }
            "AlternateContent" => self.alternates.push(false),
            "Choice" | "Fallback" => match self.alternates.last_mut() {
                Some(is_read) if *is_read => xml.skip()?,
                Some(is_read) => *is_read = true,
                None => {}
            },
            "sdt" => self.controls.push(false),
            "sdtPr" => {
                let is_foreign = is_foreign(xml)?;
                if let Some(control) = self.controls.last_mut() {
                    *control = is_foreign;
                }
            }
            "sdtContent" if self.controls.last() == Some(&true) => xml.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => {
                if let Some(Frame::Paragraph(paragraph)) = self.frames.pop() {
                    self.end(paragraph);
                }
            }
            "r" => self.end_run(),
            "tc" => {
                self.end_unended();
                if let Some(Frame::Cell(blocks)) = self.frames.pop()
                    && let Some(Frame::Row { cells, ends, .. }) = self.frames.last_mut()
                {
                    cells.push(blocks);
                    if self.pages.now > ends.now {
                        *ends = self.pages;
                    }
                }
            }
            "tr" => {
                if let Some(Frame::Row {
                    cells,
                    is_deleted,
                    ends,
                    ..
                }) = self.frames.pop()
                {
                    self.pages = ends;
                    if !is_deleted {
                        self.end_row(cells);
                    }
                }
            }
            "footnote" | "endnote" => {
                self.end_unended();
                if let Some(Frame::Note(key, blocks)) = self.frames.pop() {
                    let mut note = Block::default();
                    for block in blocks.into_iter().filter(|block| !block.text.is_empty()) {
                        note.append(" ", block);
                    }
                    self.part.notes.push((key, note));
                }
            }
            "AlternateContent" => {
                self.alternates.pop();
            }
            "sdt" => {
                self.controls.pop();
            }
            _ => {}
        }
    }

    fn end(&mut self, paragraph: Box<Paragraph>) {
        if paragraph.properties.is_joined && !paragraph.properties.ends_section {
            self.unended = Some(paragraph);
            return;
        }
        self.finish(*paragraph);
    }

    fn finish(&mut self, paragraph: Paragraph) {
        let Properties {
            style,
            outline,
            list,
            ends_section,
            ..
        } = paragraph.properties.clone();
        let style = style.as_deref();
        let role = match outline {
            Some(level @ 0..=8) => Role::Heading(level + 1),
            Some(_) => Role::Body,
            None => self.styles.role(style),
        };
        let of_style = self.styles.list(style);
        let list = List {
            number: list.number.or(of_style.number),
            level: list.level.or(of_style.level),
        };
        let item = self.numbering.next(&list);
        let item = item.filter(|item| role == Role::Body || item != "•");
        let (block, after) = paragraph.close(role, item);
        for block in std::iter::once(block).chain(after) {
            self.emit(block);
        }
        if ends_section {
            self.next_section();
        }
    }

    /// A paragraph whose end was deleted, but with none behind it.
    fn end_unended(&mut self) {
        if let Some(paragraph) = self.unended.take() {
            self.finish(*paragraph);
        }
    }

    /// A row is one paragraph; but one of a single cell is a frame around what stands in it.
    fn end_row(&mut self, mut cells: Vec<Vec<Block>>) {
        if cells.len() == 1 {
            for block in cells.pop().unwrap_or_default() {
                self.emit(block);
            }
            return;
        }
        let mut row = Block::default();
        for cell in cells {
            let mut whole = Block::default();
            for block in cell.into_iter().filter(|block| !block.text.is_empty()) {
                whole.append(" ", block);
            }
            if !whole.text.is_empty() {
                row.append(BETWEEN_CELLS, whole);
            }
        }
        self.emit(row);
    }

    fn emit(&mut self, block: Block) {
        if block.text.is_empty() {
            return;
        }
        match self.frames.last_mut() {
            Some(Frame::Paragraph(paragraph)) => paragraph.after.push(Block {
                // What hangs on a paragraph divides the text no more than that paragraph does.
                role: Role::Body,
                ..block
            }),
            Some(Frame::Cell(blocks) | Frame::Note(_, blocks)) => blocks.push(block),
            Some(Frame::Row { cells, .. }) => cells.push(vec![block]),
            None => self.part.blocks.push(block),
        }
    }

    fn end_run(&mut self) {
        let Some(run) = self.runs.pop() else { return };
        let page = self.pages.now;
        let notes = &mut *self.notes;
        if let Some((key, start)) = run.custom
            && let Some(Frame::Paragraph(paragraph)) = self.frames.last_mut()
        {
            let label = paragraph.take_from(start);
            let label = label.trim().trim_matches(['[', ']', '(', ')']);
            if label.is_empty() {
                let label = notes.cite(&key, page);
                paragraph.cite(&key, &label, page);
            } else {
                notes.cite_custom(&key, label, page);
                paragraph.cite(&key, label, page);
            }
        }
    }

    fn cite(&mut self, sort: Sort, element: &Element) {
        if !self.is_shown() {
            return;
        }
        let id = element.get("id").unwrap_or_default().to_owned();
        let key = Key { sort, id };
        let is_custom = is_on(element.get("customMarkFollows"), false);
        let Some(Frame::Paragraph(paragraph)) = self.frames.last_mut() else {
            return;
        };
        self.pages.text();
        match self.runs.last_mut() {
            Some(run) if is_custom => run.custom = Some((key, paragraph.len())),
            _ => {
                let page = self.pages.now;
                let label = self.notes.cite(&key, page);
                paragraph.cite(&key, &label, page);
            }
        }
    }

    /// An anchor. Those that begin with a low line are made by programs for themselves and come and go.
    fn bookmark(&mut self, element: &Element) {
        let name = element.get("name").unwrap_or_default();
        if name.is_empty() || name.starts_with('_') {
            return;
        }
        match self.frames.last_mut() {
            Some(Frame::Paragraph(paragraph)) => paragraph.anchor(name),
            _ => {
                self.anchor.get_or_insert_with(|| name.to_owned());
            }
        }
    }

    fn next_section(&mut self) {
        if self.notes.next_section() {
            self.pages.put();
        }
    }

    /// Text that is no run's, such as that of word art.
    fn aside(&mut self, text: &str) {
        let page = self.pages.now;
        if self.is_shown()
            && let Some(Frame::Paragraph(paragraph)) = self.frames.last_mut()
            && !text.trim().is_empty()
        {
            paragraph.after.push(Block {
                text: text.trim().to_owned(),
                at: At {
                    page,
                    ..At::default()
                },
                ..Block::default()
            });
        }
    }

    fn push(&mut self, text: &str) {
        if !self.is_shown() || text.is_empty() {
            return;
        }
        self.pages.text();
        let page = self.pages.now;
        if let Some(paragraph) = self.paragraph() {
            paragraph.push(text, page);
        }
    }

    fn blank(&mut self) {
        if self.is_shown()
            && let Some(paragraph) = self.paragraph()
        {
            paragraph.blank();
        }
    }

    fn is_shown(&self) -> bool {
        self.fields.are_shown() && !self.runs.last().is_some_and(|run| run.is_hidden)
    }

    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.frames.last_mut() {
            Some(Frame::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
    }
}
