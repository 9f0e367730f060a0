//! Plain article text: one paragraph a line, bare short lines as headings, footnotes behind `^`.
//!
//! The nth line that begins with `^` is the note of marker `[n]`: the notes carry no number of their own. Which lines are
//! headings is decided in `heading`.
//!
//! A newcomer's trap: nothing is trimmed. A passage is its line as it stands, and of a footnote what stands behind `^`,
//! blanks and all; only headings, which are names, lose theirs.

use std::collections::BTreeSet;

use super::encoding;
use super::heading::{Path, Run, is_bare_and_short};
use super::lines::{self, Ends, Line, is_blank};
use super::marker;
use super::paragraph::{self, Origin};
use super::problem::Problems;
use super::{Kind, Metadata, Passage, Place, Problem, ProblemKind, Reading, Source};
use crate::language::detect;

/// Reads an article. It has no title of its own: its first line may be one, a heading, or a paragraph.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let bytes = encoding::utf8(bytes, &mut problems);
    let lines = bytes
        .as_deref()
        .and_then(|bytes| lines::read(bytes, Ends::Any, &mut problems));
    let Some(lines) = lines else {
        return Reading {
            source: None,
            problems: problems.into_list(),
        };
    };
    let n_notes = lines
        .iter()
        .filter(|line| note(line.text).is_some())
        .count();
    let mut article = Article {
        n_notes_in_all: u32::try_from(n_notes).unwrap_or(u32::MAX),
        ..Article::default()
    };
    for line in &lines {
        lines::warn_of_controls(line.number, line.text, &mut problems);
        article.take(*line, &mut problems);
    }
    article.end(&mut problems);
    let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
    Reading {
        source: Some(Source {
            metadata: Metadata::default(),
            language: detect::language(&text.join("\n")),
            passages: article.passages(),
        }),
        problems: problems.into_list(),
    }
}

/// What a line says behind `^`, if it is a footnote.
fn note(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix('^')
}

/// A passage and the line it stands in.
struct Found {
    line: u32,
    passage: Passage,
}

/// What was read of an article up to some line.
#[derive(Default)]
struct Article<'a> {
    paragraphs: Vec<Found>,
    n_paragraphs: u32,
    /// The footnotes that have a text.
    notes: Vec<Found>,
    n_notes: u32,
    /// How many footnotes there are down to the end of the file.
    n_notes_in_all: u32,
    /// How many of [`Self::notes`] stand above some paragraph.
    n_notes_passed: usize,
    open: Path,
    /// The headings directly above the footnotes that are being read. They stand in no other section: that of the last
    /// paragraph has nothing to do with them.
    above_notes: Vec<String>,
    /// Bare short lines of which only what follows tells what they are.
    run: Vec<Line<'a>>,
}

impl<'a> Article<'a> {
    fn take(&mut self, line: Line<'a>, problems: &mut Problems) {
        if let Some(text) = note(line.text) {
            self.note(line.number, text, problems);
        } else if is_bare_and_short(line.text, self.n_notes_in_all) {
            self.run.push(line);
        } else {
            self.settle_run(problems);
            self.paragraph(line);
        }
    }

    fn paragraph(&mut self, line: Line<'a>) {
        self.n_paragraphs += 1;
        let origin = Origin {
            section: self.open.headings(),
            key: None,
            n_notes: self.n_notes_in_all,
        };
        let passages = paragraph::passages(self.n_paragraphs, line.text, origin);
        self.paragraphs
            .extend(passages.into_iter().map(|passage| Found {
                line: line.number,
                passage,
            }));
        self.n_notes_passed = self.notes.len();
        self.above_notes.clear();
    }

    fn note(&mut self, number: u32, text: &str, problems: &mut Problems) {
        self.n_notes += 1;
        if is_blank(text) {
            problems.push(Problem::at(ProblemKind::EmptyFootnote, number, None));
            return;
        }
        if !self.run.is_empty() {
            self.above_notes = self.settle_run(problems);
        }
        let place = Place {
            kind: Kind::Footnote,
            ordinal: self.n_notes,
            part: None,
        };
        let origin = Origin {
            section: &self.above_notes,
            ..Origin::default()
        };
        let mut passage = paragraph::passage(place, text, origin);
        passage.marker = Some(self.n_notes.to_string());
        self.notes.push(Found {
            line: number,
            passage,
        });
    }

    /// Opens the headings that the run of short lines is, now that something follows it; gives them.
    fn settle_run(&mut self, problems: &mut Problems) -> Vec<String> {
        let run = std::mem::take(&mut self.run);
        let headings = match (Run::of(run.len()), run.as_slice()) {
            (Run::List, [first, items @ .., last]) => {
                self.list(*first, items, problems);
                std::slice::from_ref(last)
            }
            (_, headings) => headings,
        };
        self.open.open(headings.iter().map(|line| line.text));
        headings
            .iter()
            .map(|line| line.text.trim().to_owned())
            .collect()
    }

    /// Short lines below a heading that are no headings themselves.
    fn list(&mut self, heading: Line<'a>, items: &[Line<'a>], problems: &mut Problems) {
        self.open.open(std::iter::once(heading.text));
        self.short_paragraphs(items, problems);
    }

    fn short_paragraphs(&mut self, lines: &[Line<'a>], problems: &mut Problems) {
        if let Some(first) = lines.first() {
            problems.push(Problem::at(
                ProblemKind::HeadingWithoutParagraph,
                first.number,
                Some(first.text.trim()),
            ));
        }
        for line in lines {
            self.paragraph(*line);
        }
    }

    /// Settles what only the end of the file settles.
    fn end(&mut self, problems: &mut Problems) {
        match *std::mem::take(&mut self.run) {
            [] => {}
            [line] => self.short_paragraphs(&[line], problems),
            [first, ref items @ ..] => self.list(first, items, problems),
        }
        for note in self.notes.iter().take(self.n_notes_passed) {
            problems.push(Problem::at(
                ProblemKind::FootnoteAmongParagraphs,
                note.line,
                Some(note.passage.text.trim()),
            ));
        }
        // Of a line that could not be read nobody knows what it is: a paragraph, a note, or where a marker stands.
        let is_complete = !problems.any_fatal();
        if is_complete && self.paragraphs.is_empty() {
            problems.push(Problem::of_file(ProblemKind::NoParagraph, None));
        }
        let mut unheard = Problems::default();
        self.join(if is_complete { problems } else { &mut unheard });
    }

    /// Joins markers and footnotes.
    fn join(&mut self, problems: &mut Problems) {
        let mut without: BTreeSet<String> = BTreeSet::new();
        for Found { line, passage } in &mut self.paragraphs {
            for marker in &mut passage.markers {
                let ordinal = marker::number(&marker.label);
                let note = self
                    .notes
                    .binary_search_by_key(&ordinal, |note| Some(note.passage.place.ordinal))
                    .ok()
                    .and_then(|nth| self.notes.get_mut(nth));
                if let Some(Found { passage: note, .. }) = note {
                    marker.footnote = Some(note.place.ordinal);
                    if note.cited_by.is_empty() {
                        note.marker = Some(marker.label.clone());
                    }
                    if note.cited_by.last() != Some(&passage.place) {
                        note.cited_by.push(passage.place);
                    }
                } else if without.insert(marker.label.clone()) {
                    problems.push(Problem::at(
                        ProblemKind::MarkerWithoutFootnote,
                        *line,
                        Some(&marker.label),
                    ));
                }
            }
        }
        for Found { line, passage } in &self.notes {
            if passage.cited_by.is_empty() {
                problems.push(Problem::at(
                    ProblemKind::FootnoteWithoutMarker,
                    *line,
                    Some(passage.text.trim()),
                ));
            }
        }
    }

    fn passages(self) -> Vec<Passage> {
        self.paragraphs
            .into_iter()
            .chain(self.notes)
            .map(|found| found.passage)
            .collect()
    }
}

#[cfg(test)]
mod tests;
