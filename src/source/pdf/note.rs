//! Notes: small type at a page's foot that begins with a number or mark, or a numbered list at the end; and the raised
//! numbers in the text that cite them.

use std::collections::{HashMap, HashSet};

use super::super::document::{Reference, bracketed};
use super::super::marker;
use super::flow::{self, Paragraph, Style};
use super::page::Line;

/// A note as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Foot {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) page: u32,
}

impl Foot {
    /// Its name: labels begin anew on each page.
    pub(super) fn name(&self) -> String {
        name(self.page, &self.label)
    }
}

fn name(page: u32, label: &str) -> String {
    format!("{page}:{label}")
}

/// Parts lines from the notes at the feet of their columns.
pub(super) fn part(lines: &[Line], style: &Style) -> (Vec<Line>, Vec<Foot>) {
    let mut text = Vec::with_capacity(lines.len());
    let mut feet: Vec<Foot> = Vec::new();
    for column in lines.chunk_by(|a, b| a.page == b.page && a.column == b.column) {
        let n_small = n_small(column, style).max(n_labelled(column));
        let (above, small) = column.split_at(column.len() - n_small);
        text.extend(above.iter().cloned());
        let mut is_begun = false;
        let mut begun: Vec<&Line> = Vec::new();
        for line in small {
            let expected = feet.last().and_then(|foot| marker::number(&foot.label));
            if let Some((label, rest)) = label(line, expected, is_begun) {
                is_begun = true;
                feet.push(Foot {
                    label,
                    text: rest,
                    page: line.page,
                });
            } else if is_begun {
                go_on(&mut feet, line, style);
            } else {
                begun.push(line);
            }
        }
        // What stands above the first note goes on with the last one of the page before.
        let goes_on = feet
            .iter()
            .rev()
            .find(|foot| foot.page < column.first().map_or(0, |line| line.page))
            .is_some_and(|foot| {
                column
                    .first()
                    .is_some_and(|line| foot.page + 1 == line.page)
                    && !flow::ends_sentence(&foot.text)
            });
        if goes_on && !begun.is_empty() {
            let page = begun.first().map_or(0, |line| line.page);
            if let Some(at) = feet.iter().rposition(|foot| foot.page < page)
                && let Some(foot) = feet.get_mut(at)
            {
                for line in begun {
                    style.join(&mut foot.text, &line.text);
                }
            }
        } else {
            text.extend(begun.into_iter().cloned());
        }
    }
    (text, feet)
}

/// How many lines at a column's foot are of small type.
fn n_small(column: &[Line], style: &Style) -> usize {
    let is_small = |line: &&Line| line.size < 0.93 * style.body;
    column.iter().rev().take_while(is_small).count()
}

/// How many lines at a column's foot are notes in type like the text's: from the first on that begins with a raised label
/// which is raised in the text above, too.
fn n_labelled(column: &[Line]) -> usize {
    let raised = |line: &Line, nth: usize| -> Option<String> {
        let span = line.raised.get(nth)?;
        line.text.get(span.clone()).map(clean)
    };
    let first = column.iter().enumerate().position(|(at, line)| {
        let is_first = line.raised.first().is_some_and(|span| span.start == 0);
        let Some(label) = raised(line, 0).filter(|label| is_first && is_label(label)) else {
            return false;
        };
        let above = column.get(..at).unwrap_or_default();
        above.iter().any(|line| {
            (0..line.raised.len()).any(|nth| raised(line, nth).as_deref() == Some(&label))
        })
    });
    first.map_or(0, |first| column.len() - first)
}

fn go_on(feet: &mut [Foot], line: &Line, style: &Style) {
    if let Some(foot) = feet.last_mut() {
        if foot.text.is_empty() {
            foot.text.clone_from(&line.text);
        } else {
            style.join(&mut foot.text, &line.text);
        }
    }
}

/// The label that a line of small type begins with, and what is behind it.
fn label(line: &Line, before: Option<u32>, is_begun: bool) -> Option<(String, String)> {
    if let Some(first) = line.raised.first().filter(|first| first.start == 0) {
        let label = clean(line.text.get(first.clone())?);
        let rest = line.text.get(first.end..)?.trim_start();
        return is_label(&label).then(|| (label, rest.to_owned()));
    }
    let text = line.text.as_str();
    let inner = text.strip_prefix(['(', '[']).unwrap_or(text);
    let end = inner.find(|c: char| !c.is_numeric() && !matches!(c, '*' | '†' | '‡' | '§'))?;
    let (label, rest) = inner.split_at_checked(end)?;
    let rest = rest.trim_start_matches(['.', ')', ']', ':', '-', ' ']);
    if !is_label(label) {
        return None;
    }
    // A line in the middle of a note may begin with a number, too: labels count on.
    let counts_on = match (marker::number(label), before) {
        (Some(number), Some(before)) => number == before + 1 || number == 1 && !is_begun,
        _ => true,
    };
    counts_on.then(|| (label.to_owned(), rest.to_owned()))
}

fn clean(label: &str) -> String {
    let is_sign = |c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | ' ' | '\u{FE0E}');
    label.trim_matches(is_sign).to_owned()
}

fn is_label(label: &str) -> bool {
    let n = label.chars().count();
    marker::number(label).is_some_and(|number| number < 10_000)
        || (1..=3).contains(&n)
            && label
                .chars()
                .all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶'))
        || n == 1 && label.chars().all(char::is_alphabetic)
}

/// Takes notes that stand as a numbered list at the end, where raised numbers cite them that no foot explains.
pub(super) fn take_end(paragraphs: &mut Vec<Paragraph>, feet: &mut Vec<Foot>) {
    let cited: HashSet<u32> = cited(paragraphs, feet);
    if cited.is_empty() {
        return;
    }
    let numbered = |paragraph: &Paragraph| {
        flow::number_before_point(&paragraph.text).map(|(number, _)| number)
    };
    let Some(start) = paragraphs
        .iter()
        .rposition(|paragraph| numbered(paragraph) == Some(1))
    else {
        return;
    };
    let mut found: Vec<Foot> = Vec::new();
    for paragraph in paragraphs.get(start..).unwrap_or_default() {
        match flow::number_before_point(&paragraph.text) {
            Some((number, rest)) if found.len() + 1 == usize::try_from(number).unwrap_or(0) => {
                found.push(Foot {
                    label: number.to_string(),
                    text: rest
                        .trim_end_matches(['\u{21A9}', '\u{FE0E}', '\u{FFFD}', ' '])
                        .to_owned(),
                    page: 0,
                });
            }
            _ if paragraph.level > 0 => return,
            _ => {
                if let Some(last) = found.last_mut() {
                    last.text.push(' ');
                    last.text.push_str(
                        paragraph
                            .text
                            .trim_end_matches(['\u{21A9}', '\u{FE0E}', ' ']),
                    );
                }
            }
        }
    }
    let is_cited =
        |foot: &&Foot| marker::number(&foot.label).is_some_and(|number| cited.contains(&number));
    if found.iter().filter(is_cited).count() * 2 >= found.len() {
        paragraphs.truncate(start);
        feet.extend(found);
    }
}

/// The numbers that are raised in the text and named by no foot of their page.
fn cited(paragraphs: &[Paragraph], feet: &[Foot]) -> HashSet<u32> {
    let named: HashSet<String> = feet.iter().map(Foot::name).collect();
    let mut cited = HashSet::new();
    for paragraph in paragraphs {
        for raised in &paragraph.raised {
            let text = paragraph.text.get(raised.span.clone()).unwrap_or_default();
            for label in labels(text) {
                if !named.contains(&name(raised.page, &label)) {
                    cited.extend(marker::number(&label));
                }
            }
        }
    }
    cited
}

/// The labels in raised text: `1`, `[2]`, `3,4`.
fn labels(text: &str) -> Vec<String> {
    let apart = text.split([',', '،', ';', '[', ']', ' ']);
    apart.map(clean).filter(|label| !label.is_empty()).collect()
}

/// Writes the markers of a paragraph's raised text: `[1]` where it cites a note, raised digits where it is a power.
pub(super) fn mark(
    paragraph: &Paragraph,
    feet: &HashMap<String, usize>,
) -> (String, Vec<Reference>) {
    let mut text = String::with_capacity(paragraph.text.len() + 8);
    let mut references = Vec::new();
    let mut done = 0;
    for raised in &paragraph.raised {
        let Some(before) = paragraph.text.get(done..raised.span.start) else {
            continue;
        };
        let here = paragraph.text.get(raised.span.clone()).unwrap_or_default();
        text.push_str(before);
        done = raised.span.end;
        let names: Vec<(String, Option<String>)> = labels(here)
            .into_iter()
            .map(|label| {
                // A note may have been moved over to the next page; notes at the end are of page 0.
                let name = [raised.page, raised.page + 1, 0]
                    .into_iter()
                    .map(|page| name(page, &label))
                    .find(|name| feet.contains_key(name));
                (label, name)
            })
            .collect();
        if !names.is_empty() && names.iter().all(|(_, name)| name.is_some()) {
            text.truncate(text.trim_end().len());
            for (label, name) in names {
                let start = text.len();
                text.push_str(&bracketed(&label));
                references.extend(name.map(|note| Reference {
                    span: start..text.len(),
                    note,
                }));
            }
        } else if here.chars().all(|c| c.is_ascii_digit()) {
            text.extend(here.chars().map(power));
        } else {
            text.push_str(here);
        }
    }
    text.push_str(paragraph.text.get(done..).unwrap_or_default());
    (text, references)
}

fn power(digit: char) -> char {
    match digit {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    }
}
