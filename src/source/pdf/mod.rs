//! PDF: pages of glyphs, which are put together to lines, paragraphs and notes again.
//!
//! A PDF has no text, only glyphs at places. The steps, one a file: `glyph` collects them, `row` joins what stands on
//! one baseline, `order` puts a line in logical order, `column` and `page` make lines of a page, `furniture` drops
//! running headers, `note` finds notes, `flow` makes paragraphs; `about` reads what the file says of itself.
//!
//! A newcomer's trap: this may take any time and memory, for the file is a program that draws. It is read in a process of
//! its own ([`super::worker`]).
//!
//! # Why
//! Own lines on `hayro` instead of a library that extracts text: each that was tried gave Arabic in the order of the eye, or
//! turned lam-alef and brackets over.

mod about;
mod column;
mod flow;
mod furniture;
mod glyph;
mod letters;
mod note;
mod order;
mod page;
mod row;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent, interpret_page,
};

use super::document::{At, Document, Note};
use super::lines::MAX_BYTES;
use super::problem::Problems;
use super::{Problem, ProblemKind, Reading};
use glyph::{Collector, Shown};
use page::{Letters, Line};

/// How many pages a source may have.
pub const MAX_PAGES: usize = 2_000;

/// A page with fewer letters and a picture over much of it is a picture.
const FEW_LETTERS: usize = 30;
/// So much of a page is much of it.
const MUCH: f64 = 0.4;
/// So many shapes on a page without text are letters drawn as shapes.
const MANY_SHAPES: usize = 150;

/// Reads a PDF.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let document = match open(bytes) {
        Ok(pdf) => document(&pdf, &mut problems),
        Err(problem) => {
            problems.push(problem);
            Document::default()
        }
    };
    document.into_reading(problems)
}

fn open(bytes: &[u8]) -> Result<Pdf, Problem> {
    let problem = |kind, found: Option<&str>| Err(Problem::of_file(kind, found));
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return problem(ProblemKind::Empty, None);
    }
    if bytes.len() > MAX_BYTES {
        return problem(ProblemKind::TooLarge, Some(&bytes.len().to_string()));
    }
    // Other readers look for the mark in the first kilobyte, too.
    let head = bytes.get(..1024).unwrap_or(bytes);
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return problem(ProblemKind::Broken, Some("%PDF-?"));
    }
    let pdf = Pdf::new(bytes.to_vec()).or_else(|error| match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => problem(ProblemKind::Encrypted, None),
        LoadPdfError::Decryption(_) => problem(ProblemKind::Broken, Some("/Encrypt")),
        LoadPdfError::Invalid => problem(ProblemKind::Broken, Some("xref, /Pages")),
    })?;
    let n_pages = pdf.pages().len();
    if n_pages > MAX_PAGES {
        return problem(ProblemKind::TooManyPages, Some(&n_pages.to_string()));
    }
    if n_pages == 0 {
        return problem(ProblemKind::Broken, Some("/Pages"));
    }
    Ok(pdf)
}

fn document(pdf: &Pdf, problems: &mut Problems) -> Document {
    let mut document = Document::default();
    document.metadata = about::metadata(pdf);
    let Some(lines) = lines(pdf, problems) else {
        return document;
    };
    let lines = furniture::without(lines, pdf.pages().len());
    let style = flow::Style::of(&lines);
    let (lines, mut feet) = note::part(&lines, &style);
    let mut paragraphs = flow::paragraphs(&lines, &style);
    flow::set_levels(&mut paragraphs, &style, &about::outline(pdf));
    note::take_end(&mut paragraphs, &mut feet);
    let mut by_name = HashMap::new();
    for (nth, foot) in feet.iter().enumerate() {
        by_name.entry(foot.name()).or_insert(nth);
    }
    let at = |page: u32| At {
        page: (page > 0).then_some(page),
        ..At::default()
    };
    for paragraph in &paragraphs {
        let (text, references) = note::mark(paragraph, &by_name);
        if paragraph.level > 0 {
            document.heading(paragraph.level, &paragraph.text);
        } else {
            document.paragraph(text, references, at(paragraph.page));
        }
    }
    for foot in feet {
        document.note(Note {
            name: foot.name(),
            at: at(foot.page),
            label: foot.label,
            text: foot.text,
        });
    }
    document
}

/// The lines of all pages; none where no page has any, which is a problem then.
fn lines(pdf: &Pdf, problems: &mut Problems) -> Option<Vec<Line>> {
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    let mut lines: Vec<Line> = Vec::new();
    let mut without: Vec<usize> = Vec::new();
    let mut letters = Letters::default();
    let mut n_bytes = 0;
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        let shown = show(pdf, page, &cache, &settings);
        let glyphs = text_of(&shown);
        let own = Letters::of(&glyphs);
        let n_letters = own.left + own.right;
        if is_without_text(&shown, n_letters) {
            without.push(number);
            continue;
        }
        letters.left += own.left;
        letters.right += own.right;
        let height = f64::from(page.render_dimensions().1);
        // A page of few letters is of the direction of those before it.
        let base = if n_letters > 200 {
            own.base()
        } else {
            letters.base()
        };
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let page = page::lines(glyphs, number, height, base.unwrap_or(order::Base::Left));
        n_bytes += page.iter().map(|line| line.text.len()).sum::<usize>();
        if shown.is_over || n_bytes > MAX_BYTES {
            problems.push(Problem::of_file(ProblemKind::UnpackedTooLarge, None));
            return None;
        }
        lines.extend(page);
    }
    if without.len() == pdf.pages().len() {
        problems.push(Problem::of_file(ProblemKind::OnlyPictures, None));
        return None;
    }
    if !without.is_empty() {
        let found = numbers(&without);
        problems.push(Problem::of_file(ProblemKind::PageWithoutText, Some(&found)));
    }
    Some(lines)
}

fn show<'a>(
    pdf: &'a Pdf,
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
) -> Shown {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let mut context = Context::new(
        Affine::new(page.initial_transform(true).as_coeffs()),
        Rect::new(0.0, 0.0, width, height),
        cache,
        pdf.xref(),
        settings.clone(),
    );
    let mut collector = Collector::new(width, height);
    interpret_page(page, &mut context, &mut collector);
    collector.shown
}

/// The glyphs of a page that are its text. What is marked as no text is left out where it is little of the page: some
/// producers mark everything so.
fn text_of(shown: &Shown) -> Vec<glyph::Glyph> {
    let n_artifacts = shown
        .glyphs
        .iter()
        .filter(|glyph| glyph.is_artifact)
        .count();
    let is_little = n_artifacts * 3 < shown.glyphs.len();
    let is_text = |glyph: &&glyph::Glyph| !(is_little && glyph.is_artifact);
    shown.glyphs.iter().filter(is_text).cloned().collect()
}

/// Whether a page shows something that is no text: a picture of text, letters drawn as shapes, or a font that does not say
/// which letters it draws. A blank page is not without text; it has none.
fn is_without_text(shown: &Shown, n_letters: usize) -> bool {
    let is_unknown = shown.n_unknown > 20 && shown.n_unknown * 4 > n_letters;
    let is_drawn = shown.picture > MUCH || shown.n_shapes > MANY_SHAPES || shown.n_unknown > 5;
    is_unknown || n_letters < FEW_LETTERS && is_drawn
}

/// The numbers of pages, from to: `3, 7–9`.
fn numbers(pages: &[usize]) -> String {
    let mut numbers = String::new();
    for run in pages.chunk_by(|a, b| a + 1 == *b) {
        if !numbers.is_empty() {
            numbers.push_str(", ");
        }
        match run {
            [page] => numbers.push_str(&page.to_string()),
            [first, .., last] => {
                numbers.push_str(&first.to_string());
                numbers.push('–');
                numbers.push_str(&last.to_string());
            }
            [] => {}
        }
    }
    numbers
}

/// The text that a PDF string holds: UTF-16 or UTF-8 where it begins with a mark, else one byte a letter.
fn text_string(bytes: &[u8]) -> String {
    let (text, _) = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest),
        [0xEF, 0xBB, 0xBF, rest @ ..] => encoding_rs::UTF_8.decode_without_bom_handling(rest),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes),
    };
    // A language may be named inside of it, between two escapes.
    let mut parts = text.split('\u{1B}');
    let first = parts.next().unwrap_or_default().to_owned();
    let others = parts.enumerate().filter(|(nth, _)| nth % 2 == 1);
    others.fold(first, |text, (_, part)| text + part)
}
