//! Documents of word processors: `.docx`, and `.docm` with its macros left alone.
//!
//! One subject a file: `package` the parts and their relations, `styles` and `numbering` what they make of a paragraph,
//! `layout` sections and pages, `notes` how notes are counted, `body` the text itself.
//!
//! A newcomer's trap: the number that a note is kept under is not the one that is shown; notes are counted in the order in
//! which the text cites them, and endnotes in Roman numerals unless somebody chose otherwise.

mod body;
mod fields;
mod layout;
pub(super) mod metadata;
mod notes;
mod number;
mod numbering;
mod package;
mod paragraph;
mod properties;
mod styles;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use self::body::{Body, Part};
use self::layout::{Layout, Pages, Scheme};
use self::notes::{Cited, Key, Notes};
use self::numbering::Numbering;
use self::package::Package;
use self::paragraph::Block;
use self::styles::{Role, Styles};
use super::document::{At, Document, Note};
use super::problem::Problems;
use super::{Metadata, Problem, ProblemKind, Reading};

/// The content types of documents of this kind have this in them.
const CONTENT_TYPE: &str = "wordprocessingml";

/// Reads a document.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    match document(bytes) {
        Ok((document, metadata)) => {
            let mut reading = document.into_reading(problems);
            if let Some(source) = &mut reading.source {
                let said = std::mem::take(&mut source.metadata);
                source.metadata = said.or(metadata);
            }
            reading
        }
        Err(problem) => {
            problems.push(problem);
            Reading {
                source: None,
                problems: problems.into_list(),
            }
        }
    }
}

/// The parts of a document that its text is made of.
#[derive(Default)]
struct Parts {
    text: String,
    styles: Styles,
    numbering: Option<String>,
    notes: Vec<String>,
    settings: (Scheme, Scheme),
    n_pages: Option<u32>,
    metadata: Metadata,
}

/// The document, and what its properties say where its text says nothing.
fn document(bytes: &[u8]) -> Result<(Document, Metadata), Problem> {
    let parts = parts(bytes)?;
    let layout = Layout::read(&parts.text)?;
    let is_told = layout.tells_pages(parts.n_pages);
    // Fields that do not end would hide what follows; then none is believed.
    let (mut part, mut notes) = parts.read(&layout, is_told, true)?;
    if part.is_none() {
        (part, notes) = parts.read(&layout, is_told, false)?;
    }
    let part = part.unwrap_or_default();
    let mut document = Document::default();
    let metadata = parts.metadata.clone();
    // A lone heading above everything is the title that readers see, whatever the properties say.
    let is_top = |block: &&Block| block.role == Role::Heading(1);
    if part.blocks.iter().filter(is_top).count() != 1 {
        document.metadata.title.clone_from(&metadata.title);
    }
    fill(&mut document, part.blocks);
    let mut texts = parts.note_texts()?;
    for cited in notes.cited() {
        if let Some(text) = texts.remove(&cited.key) {
            document.note(note(cited, text));
        }
    }
    Ok((document, metadata))
}

fn parts(bytes: &[u8]) -> Result<Parts, Problem> {
    let mut package = Package::open(bytes)?;
    let of_all = package.relations("")?;
    let main = of_all
        .iter()
        .find(|relation| relation.kind == "officeDocument")
        .map_or("word/document.xml", |relation| relation.part.as_str());
    let disguised = |found: &str| Problem::of_file(ProblemKind::Disguised, Some(found));
    let Some(text) = package.part(main)? else {
        return Err(disguised(&package.says_it_is()?));
    };
    if let Some(stated) = package.content_type(main)?
        && !stated.contains(CONTENT_TYPE)
    {
        return Err(disguised(&stated));
    }
    let mut parts = Parts {
        text,
        ..Parts::default()
    };
    for relation in package.relations(main)? {
        let Some(text) = package.part(&relation.part)? else {
            continue;
        };
        match relation.kind.as_str() {
            "styles" => parts.styles = Styles::read(&text)?,
            "numbering" => parts.numbering = Some(text),
            "footnotes" | "endnotes" => parts.notes.push(text),
            "settings" => parts.settings = Layout::settings(&text)?,
            _ => {}
        }
    }
    for relation in of_all {
        let kind = relation.kind.as_str();
        if !matches!(
            kind,
            "core-properties" | "extended-properties" | "custom-properties"
        ) {
            continue;
        }
        let Some(text) = package.part(&relation.part)? else {
            continue;
        };
        let said = std::mem::take(&mut parts.metadata);
        match kind {
            "core-properties" => parts.metadata = metadata::core(&text)?.or(said),
            "custom-properties" => parts.metadata = said.or(metadata::custom(&text)?),
            _ => {
                parts.n_pages = metadata::pages(&text)?;
                parts.metadata = said;
            }
        }
    }
    Ok(parts)
}

impl Parts {
    /// Reads the text; without the part where its fields do not end.
    fn read(
        &self,
        layout: &Layout,
        is_told: bool,
        has_fields: bool,
    ) -> Result<(Option<Part>, Notes), Problem> {
        let mut numbering = self.numbering()?;
        let mut notes = Notes::new(layout.sections.clone(), self.settings.clone());
        let pages = Pages::new(is_told);
        let body = Body::new(&self.styles, &mut numbering, &mut notes, pages, has_fields);
        let part = body.read(&self.text)?;
        Ok((part, notes))
    }

    fn note_texts(&self) -> Result<HashMap<Key, Block>, Problem> {
        let mut texts = HashMap::new();
        for text in &self.notes {
            for has_fields in [true, false] {
                let mut numbering = self.numbering()?;
                let mut notes = Notes::new(Vec::new(), self.settings.clone());
                let body = Body::new(
                    &self.styles,
                    &mut numbering,
                    &mut notes,
                    Pages::default(),
                    has_fields,
                );
                if let Some(part) = body.read(text)? {
                    texts.extend(part.notes);
                    break;
                }
            }
        }
        Ok(texts)
    }

    fn numbering(&self) -> Result<Numbering, Problem> {
        let numbering = self.numbering.as_deref().map(Numbering::read);
        Ok(numbering.transpose()?.unwrap_or_default())
    }
}

/// Hands the blocks over.
fn fill(document: &mut Document, blocks: Vec<Block>) {
    // Names of authors and a date are known by their styles only below a title of that style.
    let (mut is_head, mut is_titled) = (false, false);
    let mut anchor: Option<String> = None;
    for block in blocks {
        match block.role {
            Role::Contents => {}
            Role::Title if document.n_paragraphs() == 0 && !is_titled => {
                is_titled = true;
                document.metadata.title = Some(metadata::line(&block.bare()));
                is_head = true;
            }
            Role::Author if is_head && document.metadata.author.is_none() => {
                document.metadata.author = Some(metadata::line(&block.bare()));
            }
            Role::Date if is_head && document.metadata.year.is_none() => {
                document.metadata.year = metadata::year(&block.text);
                if document.metadata.year.is_none() {
                    document.paragraph(block.text, block.references, block.at);
                }
            }
            Role::Heading(level) => {
                is_head = false;
                anchor.clone_from(&block.at.anchor);
                document.heading_at(level, &block.bare(), block.at);
            }
            Role::Body | Role::Title | Role::Author | Role::Date => {
                is_head &= block.role != Role::Body;
                let at = At {
                    anchor: block.at.anchor.or_else(|| anchor.clone()),
                    ..block.at
                };
                document.paragraph(block.text, block.references, at);
            }
        }
    }
}

/// A note as it is shown: without the label that somebody chose, which stands before its text once more.
fn note(cited: &Cited, block: Block) -> Note {
    let own = block.text.trim_start().strip_prefix(&cited.label);
    let text = match own.filter(|_| cited.is_custom) {
        Some(rest) => rest.trim_start().to_owned(),
        None => block.text,
    };
    Note {
        name: cited.key.name(),
        label: cited.label.clone(),
        text,
        at: At {
            page: cited.page,
            ..At::default()
        },
    }
}
