//! What the readers of documents (Markdown, HTML, DOCX, EPUB, PDF) have in common: headings, paragraphs and notes in the
//! order of the file become a [`Reading`].
//!
//! A reader hands over blocks as it meets them; which headings stand above a paragraph, which notes its markers cite, where
//! an over-long paragraph is divided and what was doubtful is settled here, once for all formats.
//!
//! A newcomer's trap: a format that has no text for its markers (DOCX), or only raises them (HTML's `<sup>1</sup>`), gets
//! `[label]` where the reference stands; brackets that are there are kept. Either way the reference's span covers what stands
//! in the text.

use std::collections::{BTreeSet, HashMap};

use super::lines::{self, MAX_LINES, is_blank};
use super::paragraph::{self, MAX_BYTES, Origin};
use super::problem::Problems;
use super::{Kind, Marker, Metadata, Passage, Place, Problem, ProblemKind, Reading, Source};
use crate::language::{Span, detect};

/// Where in its file a block stands, as far as its format tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct At {
    /// The line, from 1, for problems.
    pub(super) line: Option<u32>,
    /// The page, from 1 or as it is printed.
    pub(super) page: Option<u32>,
    /// The anchor that leads to it.
    pub(super) anchor: Option<String>,
}

/// Where a paragraph cites a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// The bytes of the marker in the paragraph's text.
    pub(super) span: Span,
    /// The name that the format gives the note.
    pub(super) note: String,
}

/// A footnote or endnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// The name that the format gives it, which references use.
    pub(super) name: String,
    /// What readers see of it beside the text: `1`, `أ`, `*`.
    pub(super) label: String,
    /// Its text.
    pub(super) text: String,
    /// Where it stands.
    pub(super) at: At,
}

/// A heading that is open, with whether a paragraph or a note stands below it.
struct Open {
    level: u8,
    text: String,
    at: At,
    is_above_text: bool,
}

struct Paragraph {
    text: String,
    references: Vec<Reference>,
    section: Vec<String>,
    at: At,
    /// It is a heading that has nothing below it.
    is_heading: bool,
}

/// A document while it is read.
#[derive(Default)]
pub(super) struct Document {
    /// What the file says of itself.
    pub(super) metadata: Metadata,
    /// The open headings, outermost first.
    open: Vec<Open>,
    /// Whether one of them was opened since the last paragraph.
    is_heading_fresh: bool,
    /// The headings of the first level, and whether a paragraph stood above one of them.
    tops: Vec<String>,
    is_text_above_top: bool,
    paragraphs: Vec<Paragraph>,
    /// The notes, each with the headings directly above it.
    notes: Vec<Note>,
    note_sections: Vec<Vec<String>>,
}

impl Document {
    /// Opens a heading of a level, 1 being the outermost; it closes those of its level and below.
    #[allow(dead_code, reason = "for formats that know no place of a heading")]
    pub(super) fn heading(&mut self, level: u8, text: &str) {
        self.heading_at(level, text, At::default());
    }

    /// [`Self::heading`] where the place of the heading is known: where nothing stands below it, it is a paragraph there.
    pub(super) fn heading_at(&mut self, level: u8, text: &str, at: At) {
        let text = text.trim();
        if is_blank(text) {
            return;
        }
        self.close(level);
        if level == 1 {
            self.is_text_above_top |= self.tops.is_empty() && !self.paragraphs.is_empty();
            self.tops.push(text.to_owned());
        }
        self.open.push(Open {
            level,
            text: text.to_owned(),
            at,
            is_above_text: false,
        });
        self.is_heading_fresh = true;
    }

    /// Closes the headings of a level and below. Of those that lead to nothing the innermost becomes a paragraph below the
    /// others: nothing that a source says may be lost.
    fn close(&mut self, level: u8) {
        while self.open.last().is_some_and(|open| open.level >= level) {
            if let Some(closed) = self.open.pop()
                && !closed.is_above_text
            {
                self.push(closed.text, Vec::new(), closed.at, true);
            }
        }
    }

    /// The headings that are open.
    fn section(&self) -> Vec<String> {
        self.open.iter().map(|open| open.text.clone()).collect()
    }

    /// Adds a paragraph below the open headings; a blank one is none.
    pub(super) fn paragraph(&mut self, text: String, references: Vec<Reference>, at: At) {
        if !is_blank(&text) {
            self.push(text, references, at, false);
            self.is_heading_fresh = false;
        }
    }

    fn push(&mut self, text: String, references: Vec<Reference>, at: At, is_heading: bool) {
        let section = self.section();
        for open in &mut self.open {
            open.is_above_text = true;
        }
        self.paragraphs.push(Paragraph {
            text,
            references,
            section,
            at,
            is_heading,
        });
    }

    /// Adds a note, in the order in which notes are to be counted. It stands in no section.
    pub(super) fn note(&mut self, note: Note) {
        self.notes.push(note);
        self.note_sections.push(Vec::new());
    }

    /// Adds a note where it stands in the text: below the headings that are open, if they lead to notes and nothing else.
    /// The section of the last paragraph has nothing to do with it.
    pub(super) fn note_here(&mut self, note: Note) {
        let section = if self.is_heading_fresh {
            self.section()
        } else {
            Vec::new()
        };
        if !section.is_empty() && !is_blank(&note.text) {
            for open in &mut self.open {
                open.is_above_text = true;
            }
        }
        self.notes.push(note);
        self.note_sections.push(section);
    }

    /// How many paragraphs there are so far.
    #[allow(dead_code, reason = "for formats whose pages are told by it")]
    pub(super) fn n_paragraphs(&self) -> usize {
        self.paragraphs.len()
    }

    /// What the document is once it is whole.
    pub(super) fn into_reading(mut self, mut problems: Problems) -> Reading {
        self.close(0);
        self.take_title();
        let texts = self.paragraphs.iter().map(|of| (&of.text, &of.at));
        for (text, at) in texts.chain(self.notes.iter().map(|of| (&of.text, &of.at))) {
            if let Some(found) = lines::control(text) {
                problems.push(Problem {
                    line: at.line,
                    ..Problem::of_file(ProblemKind::ControlCharacter, Some(&found))
                });
            }
        }
        let n_passages = self.paragraphs.len() + self.notes.len();
        if n_passages > MAX_LINES {
            let found = n_passages.to_string();
            problems.push(Problem::of_file(ProblemKind::TooManyLines, Some(&found)));
        } else if self.paragraphs.is_empty() && !problems.any_fatal() {
            problems.push(Problem::of_file(ProblemKind::NoParagraph, None));
        }
        if problems.any_fatal() {
            return Reading {
                source: None,
                problems: problems.into_list(),
            };
        }
        let mut notes = self.note_passages(&mut problems);
        let mut passages = Vec::new();
        let (mut by_name, mut by_label) = (HashMap::new(), HashMap::new());
        for (nth, note) in self.notes.iter().enumerate() {
            by_name.entry(note.name.as_str()).or_insert(nth);
            by_label.entry(note.label.as_str()).or_insert(nth);
        }
        let n_notes = u32::try_from(self.notes.len()).unwrap_or(u32::MAX);
        let mut without: BTreeSet<String> = BTreeSet::new();
        for (ordinal, paragraph) in (1..).zip(&self.paragraphs) {
            if paragraph.text.len() > MAX_BYTES {
                problems.push(Problem {
                    line: paragraph.at.line,
                    ..Problem::of_file(ProblemKind::OverlongParagraph, Some(&paragraph.text))
                });
            }
            if paragraph.is_heading {
                problems.push(Problem {
                    line: paragraph.at.line,
                    ..Problem::of_file(ProblemKind::HeadingWithoutParagraph, Some(&paragraph.text))
                });
            }
            for mut passage in paragraph.passages(ordinal, n_notes) {
                for (marker, name) in &mut passage.1 {
                    let nth = match name {
                        Some(name) => by_name.get(name.as_str()),
                        None => by_label.get(marker.label.as_str()),
                    };
                    let note = nth.and_then(|nth| notes.get_mut(*nth));
                    if let Some(note) = note {
                        marker.footnote = Some(note.place.ordinal);
                        if note.cited_by.last() != Some(&passage.0.place) {
                            note.cited_by.push(passage.0.place);
                        }
                    } else if without.insert(marker.label.clone()) {
                        problems.push(Problem {
                            line: paragraph.at.line,
                            ..Problem::of_file(
                                ProblemKind::MarkerWithoutFootnote,
                                Some(&marker.label),
                            )
                        });
                    }
                }
                passage.0.markers = passage.1.into_iter().map(|(marker, _)| marker).collect();
                passages.push(passage.0);
            }
        }
        for (note, read) in notes.iter().zip(&self.notes) {
            if note.cited_by.is_empty() && !is_blank(&note.text) {
                problems.push(Problem {
                    line: read.at.line,
                    ..Problem::of_file(ProblemKind::FootnoteWithoutMarker, Some(note.text.trim()))
                });
            }
        }
        passages.extend(notes.into_iter().filter(|note| !is_blank(&note.text)));
        let text: Vec<&str> = passages
            .iter()
            .map(|passage| passage.text.as_str())
            .collect();
        Reading {
            source: Some(Source {
                language: detect::language(&text.join("\n")),
                metadata: self.metadata,
                passages,
            }),
            problems: problems.into_list(),
        }
    }

    /// The only heading of the first level, where all text stands below it, is the title and no section, unless the file's
    /// metadata state another; so is a first heading that says what they call the title. A title with nothing below it is no paragraph either.
    fn take_title(&mut self) {
        self.take_title_heading();
        let title = self.metadata.title.as_deref().map(str::trim);
        self.paragraphs.retain(|paragraph| {
            let is_top = paragraph.is_heading && paragraph.section.is_empty();
            !is_top || Some(paragraph.text.as_str()) != title
        });
    }

    fn take_title_heading(&mut self) {
        let title = match (self.tops.as_slice(), &self.metadata.title) {
            ([top], None) if !self.is_text_above_top => top.clone(),
            // What is stated may name the website too; a heading that it does not hold would be lost.
            ([top], Some(title)) if !self.is_text_above_top && title.contains(top) => top.clone(),
            ([top, ..], Some(title)) if title.trim() == top => top.clone(),
            _ => return,
        };
        for paragraph in &mut self.paragraphs {
            if paragraph.section.first() == Some(&title) {
                paragraph.section.remove(0);
            }
        }
        for section in &mut self.note_sections {
            if section.first() == Some(&title) {
                section.remove(0);
            }
        }
        self.metadata.title.get_or_insert(title);
    }

    fn note_passages(&self, problems: &mut Problems) -> Vec<Passage> {
        let passage = |(ordinal, (note, section)): (u32, (&Note, &Vec<String>))| {
            if is_blank(&note.text) {
                problems.push(Problem {
                    line: note.at.line,
                    ..Problem::of_file(ProblemKind::EmptyFootnote, None)
                });
            }
            let place = Place {
                kind: Kind::Footnote,
                ordinal,
                part: None,
            };
            let origin = Origin {
                section,
                ..Origin::default()
            };
            let mut passage = paragraph::passage(place, &note.text, origin);
            passage.marker = Some(note.label.clone());
            passage.page = note.at.page;
            passage.anchor.clone_from(&note.at.anchor);
            passage
        };
        let notes = self.notes.iter().zip(&self.note_sections);
        (1..).zip(notes).map(passage).collect()
    }
}

/// A marker and the name of the note that it cites; none where only its text tells.
type Cites = (Marker, Option<String>);

impl Paragraph {
    /// Its passages, each with its markers and the names of the notes that these cite; without a name where only the
    /// marker's text tells.
    fn passages(&self, ordinal: u32, n_notes: u32) -> Vec<(Passage, Vec<Cites>)> {
        let whole: Vec<Span> = self.references.iter().map(|of| of.span.clone()).collect();
        let parts = paragraph::parts(&self.text, n_notes, &whole);
        let is_whole = parts.len() == 1;
        let mut start = 0;
        let mut passages = Vec::new();
        for (nth, part) in (1..).zip(parts) {
            let place = Place {
                kind: Kind::Paragraph,
                ordinal,
                part: (!is_whole).then_some(nth),
            };
            let origin = Origin {
                section: &self.section,
                key: None,
                n_notes,
            };
            let mut passage = paragraph::passage(place, part, origin);
            passage.page = self.at.page;
            passage.anchor.clone_from(&self.at.anchor);
            let mut markers: Vec<Cites> = Vec::new();
            for reference in &self.references {
                let inside =
                    reference.span.start >= start && reference.span.end <= start + part.len();
                if let Some(label) = self.text.get(reference.span.clone()).filter(|_| inside) {
                    let label = label.trim_start_matches(['[', '(']);
                    let label = label.trim_end_matches([']', ')']).trim();
                    let span = reference.span.start - start..reference.span.end - start;
                    let marker = Marker {
                        label: label.to_owned(),
                        span,
                        footnote: None,
                    };
                    markers.push((marker, Some(reference.note.clone())));
                }
            }
            for marker in std::mem::take(&mut passage.markers) {
                let is_apart = |(other, _): &Cites| {
                    marker.span.end <= other.span.start || other.span.end <= marker.span.start
                };
                if markers.iter().all(is_apart) {
                    markers.push((marker, None));
                }
            }
            markers.sort_by_key(|(marker, _)| marker.span.start);
            passages.push((passage, markers));
            start += part.len();
        }
        passages
    }
}

/// The label that a marker of a note with this number has: `[12]`.
pub(super) fn bracketed(label: &str) -> String {
    format!("[{label}]")
}

/// Text as a reader of a page sees it: runs of blanks and line ends as one space, none at either end.
pub(super) fn unwrapped(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32) -> At {
        At {
            line: Some(line),
            ..At::default()
        }
    }

    fn note(name: &str, label: &str, text: &str) -> Note {
        Note {
            name: name.to_owned(),
            label: label.to_owned(),
            text: text.to_owned(),
            at: at(9),
        }
    }

    fn paragraph(document: &mut Document, text: &str, references: &[(&str, &str)]) {
        let references = references
            .iter()
            .map(|(marker, note)| {
                let start = text.find(marker).unwrap();
                Reference {
                    span: start..start + marker.len(),
                    note: (*note).to_owned(),
                }
            })
            .collect();
        document.paragraph(text.to_owned(), references, at(1));
    }

    fn kinds(reading: &Reading) -> Vec<ProblemKind> {
        reading
            .problems
            .iter()
            .map(|problem| problem.kind)
            .collect()
    }

    #[test]
    fn headings_make_sections_and_the_only_top_is_the_title() {
        let mut document = Document::default();
        document.heading(1, "The ark");
        paragraph(&mut document, "It was built.", &[]);
        document.heading(2, "Wood");
        document.heading(3, "Gopher");
        paragraph(&mut document, "Of gopher wood.", &[]);
        document.heading(2, "Size");
        paragraph(&mut document, "Three hundred cubits.", &[]);
        let source = document.into_reading(Problems::default()).source.unwrap();
        assert_eq!(source.metadata.title.as_deref(), Some("The ark"));
        let sections: Vec<String> = source
            .passages
            .iter()
            .map(|p| p.section.join("/"))
            .collect();
        assert_eq!(sections, ["", "Wood/Gopher", "Size"]);
    }

    #[test]
    fn a_heading_that_the_stated_title_does_not_hold_is_a_section() {
        #[track_caller]
        fn case(stated: &str, title: &str, section: &[&str]) {
            let mut document = Document::default();
            document.metadata.title = Some(stated.to_owned());
            document.heading(1, "The ark");
            paragraph(&mut document, "It was built.", &[]);
            let source = document.into_reading(Problems::default()).source.unwrap();
            assert_eq!(source.metadata.title.as_deref(), Some(title));
            assert_eq!(source.passages[0].section, section);
        }
        case("The ark", "The ark", &[]);
        case("The ark - Tales", "The ark - Tales", &[]);
        case("Tales", "Tales", &["The ark"]);
    }

    #[test]
    fn several_tops_are_sections() {
        let mut document = Document::default();
        for top in ["First", "Second"] {
            document.heading(1, top);
            paragraph(&mut document, "Text.", &[]);
        }
        let source = document.into_reading(Problems::default()).source.unwrap();
        assert_eq!(source.metadata.title, None);
        assert_eq!(source.passages[1].section, ["Second"]);
    }

    #[test]
    fn markers_are_joined_by_name_then_by_label() {
        let mut document = Document::default();
        paragraph(
            &mut document,
            "One[1] two[*] three[2] four[9].",
            &[("[1]", "a"), ("[*]", "star")],
        );
        document.note(note("a", "1", "First."));
        document.note(note("star", "*", "Star."));
        document.note(note("b", "2", "Second."));
        document.note(note("c", "3", "Nobody's."));
        document.note(note("d", "4", " "));
        let reading = document.into_reading(Problems::default());
        assert_eq!(
            kinds(&reading),
            [
                ProblemKind::MarkerWithoutFootnote,
                ProblemKind::EmptyFootnote,
                ProblemKind::FootnoteWithoutMarker,
            ]
        );
        let passages = reading.source.unwrap().passages;
        let joined: Vec<(&str, Option<u32>)> = passages[0]
            .markers
            .iter()
            .map(|marker| (marker.label.as_str(), marker.footnote))
            .collect();
        assert_eq!(
            joined,
            [("1", Some(1)), ("*", Some(2)), ("2", Some(3)), ("9", None)]
        );
        let notes: Vec<String> = passages[1..]
            .iter()
            .map(|note| note.place.to_string())
            .collect();
        assert_eq!(notes, ["n1", "n2", "n3", "n4"]);
        assert_eq!(passages[2].marker.as_deref(), Some("*"));
        assert_eq!(passages[1].cited_by, [passages[0].place]);
    }

    #[test]
    fn an_over_long_paragraph_keeps_its_markers_where_they_stand() {
        let sentence = "The ark was built of gopher wood and pitched. ";
        let text = format!("{}It rained[*] long.", sentence.repeat(100));
        let mut document = Document::default();
        paragraph(&mut document, &text, &[("[*]", "a")]);
        document.note(note("a", "*", "Forty days."));
        let reading = document.into_reading(Problems::default());
        assert_eq!(kinds(&reading), [ProblemKind::OverlongParagraph]);
        let passages = reading.source.unwrap().passages;
        assert_eq!(
            (passages.len(), passages[1].place.to_string().as_str()),
            (3, "p1.2")
        );
        let marker = &passages[1].markers[0];
        assert_eq!(&passages[1].text[marker.span.clone()], "[*]");
        assert_eq!(passages[2].cited_by, [passages[1].place]);
    }

    #[test]
    fn a_heading_that_leads_to_nothing_is_a_paragraph() {
        let mut document = Document::default();
        document.heading(1, "The ark");
        document.heading(2, "Plans");
        document.heading_at(3, "Lost", at(4));
        document.heading(2, "Wood");
        paragraph(&mut document, "Of gopher wood.", &[]);
        document.heading(2, "Size");
        let reading = document.into_reading(Problems::default());
        assert_eq!(
            reading.problems,
            [
                Problem::of_file(ProblemKind::HeadingWithoutParagraph, Some("Size")),
                Problem::at(ProblemKind::HeadingWithoutParagraph, 4, Some("Lost")),
            ]
        );
        let source = reading.source.unwrap();
        assert_eq!(source.metadata.title.as_deref(), Some("The ark"));
        let passages: Vec<String> = source
            .passages
            .iter()
            .map(|p| format!("{}: {}", p.section.join("/"), p.text))
            .collect();
        assert_eq!(passages, ["Plans: Lost", "Wood: Of gopher wood.", ": Size"]);
    }

    #[test]
    fn a_title_alone_is_no_paragraph() {
        let mut document = Document::default();
        document.heading(1, "The ark");
        let reading = document.into_reading(Problems::default());
        assert_eq!(kinds(&reading), [ProblemKind::NoParagraph]);
    }

    #[test]
    fn notes_stand_below_their_own_heading_or_none() {
        let mut document = Document::default();
        document.heading(1, "The ark");
        document.heading(2, "Rain");
        paragraph(&mut document, "It rained.[1][2][3]", &[]);
        document.note_here(note("a", "1", "Forty days."));
        document.heading(2, "Notes");
        document.note_here(note("b", "2", "And nights."));
        document.note(note("c", "3", "Elsewhere."));
        let reading = document.into_reading(Problems::default());
        assert_eq!(kinds(&reading), []);
        let passages = reading.source.unwrap().passages;
        let sections: Vec<String> = passages.iter().map(|p| p.section.join("/")).collect();
        assert_eq!(sections, ["Rain", "", "Notes", ""]);
    }

    #[test]
    fn nothing_is_a_problem() {
        let reading = Document::default().into_reading(Problems::default());
        assert_eq!(
            (kinds(&reading), reading.source),
            (vec![ProblemKind::NoParagraph], None)
        );
    }
}
