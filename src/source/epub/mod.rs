//! Books: `.epub`. The package says which files are chapters and in which order; each is read as a web page is.
//!
//! A newcomer's trap: the files of a book link to one another relative to themselves, and the notes of a chapter may stand in
//! a file of their own, so that all chapters have to be there before the first is read.

mod contents;
mod package;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use self::contents::Entry;
use self::package::{Book, decoded};
use super::document::{At, Document};
use super::encoding;
use super::html::{Kind, Notes, Page};
use super::packed::{Limits, Packed};
use super::problem::Problems;
use super::xml;
use super::{Problem, ProblemKind, Reading};
use crate::language::Language;

/// A book's text is parsed as a whole, which takes many times its bytes.
const LIMITS: Limits = Limits {
    entries: 10_000,
    each: 16 << 20,
    all: 48 << 20,
};

/// What stands in chapters that are no text of the book.
const NO_TEXT: [&str; 4] = ["cover", "halftitlepage", "titlepage", "toc"];

/// A chapter.
struct Chapter {
    page: Page,
    /// The title that the table of contents has for it, where it has no heading itself.
    title: Option<Entry>,
}

/// Reads a book.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let document = document(bytes, &mut problems).unwrap_or_else(|problem| {
        problems.push(problem);
        Document::default()
    });
    let mut reading = document.into_reading(problems);
    if let Some(source) = &mut reading.source {
        // Programs state the language of their own screen; between ours the letters decide.
        let is_ours = |language| matches!(language, Language::Arabic | Language::English);
        let stated = source.metadata.language;
        if stated.is_some_and(is_ours) && is_ours(source.language) {
            source.metadata.language = Some(source.language);
        }
    }
    reading
}

fn document(bytes: &[u8], problems: &mut Problems) -> Result<Document, Problem> {
    let mut packed = Packed::open(bytes, LIMITS)?;
    let Some(container) = text(&mut packed, "META-INF/container.xml")? else {
        let said = packed.read("mimetype")?.unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let found = if said.trim().is_empty() {
            "ZIP"
        } else {
            said.trim()
        };
        return Err(Problem::of_file(ProblemKind::Disguised, Some(found)));
    };
    if let Some(encryption) = text(&mut packed, "META-INF/encryption.xml")?
        && package::is_encrypted(&encryption)?
    {
        return Err(Problem::of_file(ProblemKind::Encrypted, None));
    }
    let missing = |name: &str| super::packed::broken(&name);
    let file = package::package_file(&container)?.ok_or_else(|| missing("rootfile"))?;
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let package = text(&mut packed, &file)?.ok_or_else(|| missing(&file))?;
    let book = Book::read(&package)?;
    let mut titles = titles(&mut packed, folder, &book);
    let mut chapters = Vec::new();
    for name in &book.chapters {
        let Some(path) = joined(folder, name) else {
            return Err(Problem::of_file(ProblemKind::UnsafePath, Some(name)));
        };
        let Some(bytes) = packed.read(&path)? else {
            problems.push(Problem::of_file(ProblemKind::LeftOut, Some(name)));
            continue;
        };
        let Some(markup) = encoding::text(&bytes, problems) else {
            continue;
        };
        let page =
            Page::new(&markup, name, Kind::Chapter).map_err(|kind| Problem::of_file(kind, None))?;
        if is_text(&markup) {
            let title = titles.remove(name).filter(|_| !has_heading(&markup));
            chapters.push(Chapter { page, title });
        }
    }
    Ok(filled(book, chapters))
}

/// The document that chapters make.
fn filled(book: Book, chapters: Vec<Chapter>) -> Document {
    let mut document = Document::default();
    document.metadata = book.metadata;
    let (pages, titles): (Vec<Page>, Vec<Option<Entry>>) = chapters
        .into_iter()
        .map(|chapter| (chapter.page, chapter.title))
        .unzip();
    let notes = Notes::of(&pages);
    let mut printed = None;
    for (page, title) in pages.iter().zip(titles) {
        if let Some(title) = title {
            let at = At {
                page: printed,
                anchor: Some(title.href),
                ..At::default()
            };
            document.heading_at(title.level, &title.title, at);
        }
        printed = page.read_into(&mut document, &notes, printed);
    }
    document
}

/// The titles of chapters, by their files. Nothing hangs on a table of contents, so a damaged one is none.
fn titles(packed: &mut Packed<'_>, folder: &str, book: &Book) -> HashMap<String, Entry> {
    let mut entries = Vec::new();
    for (file, is_nav) in [(&book.nav, true), (&book.ncx, false)] {
        if entries.is_empty()
            && let Some(file) = file
            && let Some(path) = joined(folder, file)
            && let Ok(Some(text)) = text(packed, &path)
            && let Ok(found) = if is_nav {
                contents::of_nav(&text)
            } else {
                contents::of_ncx(&text)
            }
        {
            let (start, _) = file.rsplit_once('/').unwrap_or_default();
            entries.extend(found.into_iter().filter_map(|entry| {
                let name = joined(start, &decoded(&entry.href))?;
                Some((name, entry))
            }));
        }
    }
    let mut titles = HashMap::new();
    for (nth, (name, entry)) in (1..).zip(entries) {
        // What LibreOffice calls a section that has no heading.
        if entry.title == format!("Section {nth}") {
            continue;
        }
        let href = name.clone();
        titles.entry(name).or_insert(Entry { href, ..entry });
    }
    titles
}

fn text(packed: &mut Packed<'_>, name: &str) -> Result<Option<String>, Problem> {
    let bytes = packed.read(name)?;
    bytes.map(|bytes| xml::decode(&bytes)).transpose()
}

/// A name seen from a folder; none where it would lie outside.
fn joined(folder: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a chapter is text: none of the pages before it that only say again what the metadata say.
fn is_text(markup: &str) -> bool {
    let Some((_, said)) = markup.split_once("epub:type=") else {
        return true;
    };
    // The first that says what it is says it of the whole; `frontmatter` and the like say only where that stands.
    let mut kinds = std::iter::once(said).chain(markup.split("epub:type=").skip(2));
    let first = kinds.find_map(|said| {
        let quote = said.chars().next()?;
        let kind = said.split(quote).nth(1)?;
        (!kind.ends_with("matter")).then_some(kind)
    });
    let mut words = first.unwrap_or_default().split_whitespace();
    !words.any(|word| NO_TEXT.contains(&word))
}

/// Whether a chapter has a heading.
fn has_heading(markup: &str) -> bool {
    let mut rest = markup;
    while let Some((_, after)) = rest.split_once('<') {
        let mut name = after.chars();
        if name.next().is_some_and(|c| c.eq_ignore_ascii_case(&'h'))
            && name.next().is_some_and(|c| ('1'..='6').contains(&c))
            && name.next().is_some_and(|c| c == '>' || c.is_whitespace())
        {
            return true;
        }
        rest = after;
    }
    false
}
