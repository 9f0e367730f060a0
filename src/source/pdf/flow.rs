//! Lines as paragraphs, over the ends of columns and pages.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::marker;
use super::page::{self, Line};

/// A heading has no more characters.
const MAX_HEADING: usize = 200;

/// Raised text in a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Raised {
    pub(super) span: Range<usize>,
    /// The page on which it stands: notes are named by it.
    pub(super) page: u32,
}

/// A paragraph or heading.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) raised: Vec<Raised>,
    /// The page on which it begins.
    pub(super) page: u32,
    /// The size of its type.
    pub(super) size: f64,
    pub(super) is_bold: bool,
    /// How deep a heading it is, from 1; 0 is none.
    pub(super) level: u8,
}

/// What is known of the document as a whole.
pub(super) struct Style {
    /// The size of its body's type.
    pub(super) body: f64,
    is_bold: bool,
    /// From line to line, in sizes of type, by size in quarters.
    pitches: HashMap<u64, f64>,
    /// Its words, to know whether a hyphen at a line's end is one of the text.
    words: HashSet<String>,
}

impl Style {
    pub(super) fn of(lines: &[Line]) -> Self {
        let weigh = |line: &Line| (line.size, line.text.chars().count());
        let body = page::mode(lines.iter().map(weigh));
        let of_body = || lines.iter().filter(|line| (line.size - body).abs() < 0.5);
        let n_bold = of_body().filter(|line| line.is_bold).count();
        let is_bold = n_bold * 2 > of_body().count();
        let mut all: HashMap<u64, Vec<f64>> = HashMap::new();
        for (a, b) in lines.iter().zip(lines.iter().skip(1)) {
            let pitch = (b.y - a.y) / a.size;
            let is_same = a.page == b.page && a.column == b.column && key(a.size) == key(b.size);
            if is_same && (0.8..2.6).contains(&pitch) {
                all.entry(key(a.size)).or_default().push(pitch);
            }
        }
        let pitches = all
            .into_iter()
            .filter(|(_, of)| of.len() >= 3)
            .map(|(size, mut of)| {
                of.sort_by(f64::total_cmp);
                (size, of.get(of.len() / 3).copied().unwrap_or(1.4))
            })
            .collect();
        let mut words = HashSet::new();
        for line in lines {
            for word in line.text.split_whitespace() {
                words.insert(bare(word).to_lowercase());
            }
        }
        Self {
            body,
            is_bold,
            pitches,
            words,
        }
    }

    fn pitch(&self, size: f64) -> f64 {
        let of = |size: f64| self.pitches.get(&key(size)).copied();
        of(size).or_else(|| of(self.body)).unwrap_or(1.5)
    }

    fn is_heading_type(&self, size: f64, is_bold: bool) -> bool {
        size > 1.08 * self.body || is_bold && !self.is_bold && size > 0.97 * self.body
    }

    /// Puts a line behind a text: a blank between, none where a word is divided.
    pub(super) fn join(&self, text: &mut String, next: &str) {
        let before = text.trim_end().len();
        text.truncate(before);
        let mut ends = text.chars().rev();
        let (last, second) = (ends.next(), ends.next());
        let is_tied = second.is_some_and(char::is_alphanumeric);
        let begins_word = next.chars().next().is_some_and(char::is_alphanumeric);
        match last {
            None => {}
            Some('\u{AD}') => {
                text.pop();
            }
            Some('-' | '\u{2010}') if is_tied && begins_word => {
                let first = text.rsplit(char::is_whitespace).next().unwrap_or_default();
                let second = next.split_whitespace().next().unwrap_or_default();
                let start = bare(first.trim_end_matches(['-', '\u{2010}'])).to_lowercase();
                let end = bare(second).to_lowercase();
                // Sure only where the document has the word undivided, and not with a hyphen.
                let is_divided = self.words.contains(&format!("{start}{end}"))
                    && !self.words.contains(&format!("{start}-{end}"));
                if is_divided {
                    text.pop();
                }
            }
            Some('/' | '—' | '–') if is_tied && begins_word => {}
            // The marker of a sentence that a line's end cut off from it.
            Some('.' | '،' | '؟' | '!') if next.starts_with('[') => {}
            Some(_) => text.push(' '),
        }
        text.push_str(next);
    }
}

/// A size to a quarter, as a key.
fn key(size: f64) -> u64 {
    (size * 4.0).round().to_bits()
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The paragraphs that lines make.
pub(super) fn paragraphs(lines: &[Line], style: &Style) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    let mut is_first = true;
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1);
        let begins = before.is_none_or(|before| begins(before, line, next, is_first, style));
        if let Some(paragraph) = paragraphs.last_mut().filter(|_| !begins) {
            add(paragraph, line, style);
            is_first = false;
        } else {
            paragraphs.push(Paragraph {
                text: line.text.clone(),
                raised: raised(line, 0),
                page: line.page,
                size: line.size,
                is_bold: line.is_bold,
                level: 0,
            });
            is_first = true;
        }
        before = Some(line);
    }
    paragraphs
}

fn raised(line: &Line, offset: usize) -> Vec<Raised> {
    line.raised
        .iter()
        .map(|span| Raised {
            span: span.start + offset..span.end + offset,
            page: line.page,
        })
        .collect()
}

fn add(paragraph: &mut Paragraph, line: &Line, style: &Style) {
    style.join(&mut paragraph.text, &line.text);
    let offset = paragraph.text.len() - line.text.len();
    paragraph.raised.extend(raised(line, offset));
    paragraph.is_bold &= line.is_bold;
}

/// Whether a line begins a paragraph, `is_first` telling whether the line before did.
fn begins(before: &Line, line: &Line, next: Option<&Line>, is_first: bool, style: &Style) -> bool {
    let em = before.size;
    if (before.size / line.size - 1.0).abs() > 0.08 || before.base != line.base {
        return true;
    }
    let is_heading = |line: &Line| style.is_heading_type(line.size, line.is_bold);
    if is_heading(before) != is_heading(line) && (before.is_bold != line.is_bold) {
        let is_short = |line: &Line| line.rest() > 0.15 * (line.right - line.left);
        let far = line.y - before.y > 1.1 * style.pitch(line.size) * em;
        if is_short(before) || far || line.y < before.y || before.page != line.page {
            return true;
        }
    }
    if is_item(&line.text) {
        return true;
    }
    // The first word would have fitted.
    let is_short = before.rest() > line.first_word + 0.35 * em;
    let is_together = before.page == line.page && before.column == line.column;
    if !is_together {
        let is_indented = line.indent() > 0.8 * em
            && next.is_some_and(|next| next.indent() < line.indent() - 0.5 * em);
        let is_flush = before.rest() < 0.15 * em;
        return is_heading(before)
            || is_heading(line)
            || is_short
            || is_indented
            || ends_sentence(&before.text) && !is_flush;
    }
    let gap = (line.y - before.y) / em;
    let pitch = style.pitch(line.size);
    // A line with letters of another font may stand off further, in the middle of a sentence.
    let goes_on = !is_short && !ends_sentence(&before.text) && gap < 1.9 * pitch;
    if gap < 0.3 || gap > 1.35 * pitch && !goes_on {
        return true;
    }
    if line.size > 1.08 * style.body {
        return false;
    }
    let deeper = line.indent() - before.indent();
    if deeper > 0.8 * em {
        // In a hanging paragraph all lines but the first stand deeper.
        let is_deep = |next: &Line| {
            next.page == line.page && (next.indent() - line.indent()).abs() < 0.3 * em
        };
        let hangs = is_first && (is_item(&before.text) || next.is_some_and(is_deep));
        if !hangs || is_short {
            return true;
        }
    }
    is_short || gap > 1.18 * pitch && ends_sentence(&before.text)
}

/// Whether a text ends as sentences do.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches([')', ']', '"', '»', '”', '’', ' ']);
    text.ends_with(['.', '!', '?', '؟', '۔', ':', '؛', '…'])
        || text.rsplit_once('[').is_some_and(|(before, label)| {
            label.chars().all(char::is_numeric) && before.ends_with(['.', '!', '?', '؟'])
        })
}

/// Whether a text begins with the mark of a list's item.
fn is_item(text: &str) -> bool {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    matches!(
        first,
        Some('•' | '▪' | '◦' | '●' | '■' | '‣' | '○' | '\u{FFFD}')
    ) || matches!(first, Some('–' | '-' | '—' | '*')) && second == Some(' ')
        || number_before_point(text).is_some()
}

/// The number that a text begins with, before a point or bracket and a blank: `12. `, `(3) `.
pub(super) fn number_before_point(text: &str) -> Option<(u32, &str)> {
    let inner = text.strip_prefix(['(', '[']).unwrap_or(text);
    let end = inner.find(|c: char| !c.is_numeric())?;
    let (digits, rest) = inner.split_at_checked(end)?;
    let number = marker::number(digits)?;
    let rest = rest.strip_prefix(['.', ')', ']', '-', '–'])?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    (digits.chars().count() <= 3 && rest.starts_with(' ')).then(|| (number, rest.trim_start()))
}

/// Gives headings their levels: by the file's outline where it has one, else by size.
pub(super) fn set_levels(paragraphs: &mut [Paragraph], style: &Style, outline: &[(u8, String)]) {
    let mut named: Vec<(usize, u8)> = Vec::new();
    let mut rest: Vec<(u8, String)> = outline
        .iter()
        .map(|(depth, title)| (*depth, plain(title)))
        .collect();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.text.chars().count() > MAX_HEADING {
            continue;
        }
        let text = plain(&paragraph.text);
        // In the order of the outline, of which a title or two may not be found.
        let found = rest
            .iter()
            .take(8)
            .position(|(_, title)| !text.is_empty() && *title == text);
        if let Some(found) = found {
            named.push((at, rest.get(found).map_or(0, |(depth, _)| *depth)));
            rest.drain(..=found);
        }
    }
    let is_named: HashSet<usize> = named.iter().map(|(at, _)| *at).collect();
    let candidates: Vec<usize> = (0..paragraphs.len())
        .filter(|at| {
            is_named.contains(at)
                || paragraphs
                    .get(*at)
                    .is_some_and(|paragraph| is_heading(paragraph, style))
        })
        .collect();
    let size = |at: usize| -> f64 {
        paragraphs.get(at).map_or(0.0, |paragraph| {
            // Bold type of the body's size is the deepest.
            paragraph.size + if paragraph.is_bold { 0.01 } else { 0.0 }
        })
    };
    let mut sizes: Vec<f64> = candidates.iter().map(|at| size(*at)).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|a, b| (*b / *a - 1.0).abs() < 0.03);
    let by_size = |at: usize| -> u8 {
        let larger = sizes
            .iter()
            .filter(|other| **other / size(at) > 1.03)
            .count();
        u8::try_from(larger + 1).unwrap_or(u8::MAX)
    };
    let largest_named = named.iter().map(|(at, _)| size(*at)).fold(0.0, f64::max);
    let has_title = candidates
        .iter()
        .any(|at| !is_named.contains(at) && size(*at) > 1.03 * largest_named);
    let levels: Vec<(usize, u8)> = candidates
        .iter()
        .map(|at| {
            let level = match named.iter().find(|(nth, _)| nth == at) {
                Some((_, depth)) => depth.saturating_add(1 + u8::from(has_title)),
                None if named.is_empty() => by_size(*at),
                None => named
                    .iter()
                    .filter(|(nth, _)| size(*nth) > 1.03 * size(*at))
                    .map(|(_, depth)| depth.saturating_add(2 + u8::from(has_title)))
                    .max()
                    .unwrap_or(1),
            };
            (*at, level)
        })
        .collect();
    for (at, level) in levels {
        if let Some(paragraph) = paragraphs.get_mut(at) {
            paragraph.level = level;
        }
    }
}

fn is_heading(paragraph: &Paragraph, style: &Style) -> bool {
    let n = paragraph.text.chars().count();
    let has_letters = paragraph.text.chars().any(char::is_alphabetic);
    let ends = paragraph.text.ends_with(['.', '،', ',', '؛', ';']);
    style.is_heading_type(paragraph.size, paragraph.is_bold)
        && n <= MAX_HEADING
        && has_letters
        && !ends
        && !is_item_mark(&paragraph.text)
}

fn is_item_mark(text: &str) -> bool {
    text.starts_with(['•', '▪', '◦', '●', '■'])
}

/// A title as it is compared: letters and digits alone.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}
