//! What has to be known of a document before its text is read: how its sections count notes, and whether it tells pages.
//!
//! A newcomer's trap: a section's properties stand behind its text, so the first reader of the file cannot know them yet.

use super::super::Problem;
use super::super::xml::{Element, Node, Xml};

/// When the count of notes begins anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Restart {
    #[default]
    Never,
    EachSection,
    EachPage,
}

/// How notes are counted; what is not stated is left to the document, and by that to the kind of note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scheme {
    pub(super) format: Option<String>,
    pub(super) start: Option<u32>,
    pub(super) restart: Option<Restart>,
}

impl Scheme {
    /// What this states, and for the rest what `other` does.
    pub(super) fn or(&self, other: &Self) -> Self {
        Self {
            format: self.format.clone().or_else(|| other.format.clone()),
            start: self.start.or(other.start),
            restart: self.restart.or(other.restart),
        }
    }

    fn take(&mut self, element: &Element) {
        let value = element.get("val");
        match element.name.as_str() {
            "numFmt" => self.format = value.map(str::to_owned),
            "numStart" => self.start = value.and_then(|value| value.parse().ok()),
            "numRestart" => {
                self.restart = Some(match value {
                    Some("eachSect") => Restart::EachSection,
                    Some("eachPage") => Restart::EachPage,
                    _ => Restart::Never,
                });
            }
            _ => {}
        }
    }
}

/// What a section states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) footnotes: Scheme,
    pub(super) endnotes: Scheme,
    /// Whether it begins on the page on which the one before ends.
    pub(super) is_continuous: bool,
}

/// What was found of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// Its sections, in order.
    pub(super) sections: Vec<Section>,
    /// How many page breaks somebody put there.
    n_breaks: u32,
    /// Whether a program has noted where pages ended when it last showed them.
    is_rendered: bool,
}

impl Layout {
    /// What the text of a document says of its layout.
    pub(super) fn read(text: &str) -> Result<Self, Problem> {
        let mut layout = Self::default();
        let mut section: Option<Section> = None;
        let mut is_endnotes = None;
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            let element = match node {
                Node::Open(element) => element,
                Node::Close(name) => {
                    match name.as_str() {
                        "sectPr" => layout.sections.extend(section.take()),
                        "footnotePr" | "endnotePr" => is_endnotes = None,
                        _ => {}
                    }
                    continue;
                }
                Node::Text(_) => continue,
            };
            match element.name.as_str() {
                "sectPrChange" | "pPrChange" => xml.skip()?,
                "sectPr" => section = Some(Section::default()),
                "footnotePr" => is_endnotes = Some(false),
                "endnotePr" => is_endnotes = Some(true),
                "type" => {
                    if let Some(section) = &mut section {
                        section.is_continuous = element.get("val") == Some("continuous");
                    }
                }
                "br" if element.get("type") == Some("page") => layout.n_breaks += 1,
                "pageBreakBefore" if super::styles::is_on(element.get("val"), true) => {
                    layout.n_breaks += 1;
                }
                "lastRenderedPageBreak" => layout.is_rendered = true,
                _ => match (&mut section, is_endnotes) {
                    (Some(section), Some(true)) => section.endnotes.take(&element),
                    (Some(section), Some(false)) => section.footnotes.take(&element),
                    _ => {}
                },
            }
        }
        let starts = layout.sections.iter().skip(1);
        let n_starts = starts.filter(|section| !section.is_continuous).count();
        layout.n_breaks += u32::try_from(n_starts).unwrap_or(u32::MAX);
        Ok(layout)
    }

    /// What the settings of a document say of its footnotes and of its endnotes.
    pub(super) fn settings(text: &str) -> Result<(Scheme, Scheme), Problem> {
        let (mut footnotes, mut endnotes) = (Scheme::default(), Scheme::default());
        let mut is_endnotes = None;
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => match (element.name.as_str(), is_endnotes) {
                    ("footnotePr", _) => is_endnotes = Some(false),
                    ("endnotePr", _) => is_endnotes = Some(true),
                    (_, Some(false)) => footnotes.take(&element),
                    (_, Some(true)) => endnotes.take(&element),
                    _ => {}
                },
                Node::Close(name) if matches!(name.as_str(), "footnotePr" | "endnotePr") => {
                    is_endnotes = None;
                }
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        Ok((footnotes, endnotes))
    }

    /// Whether pages can be told: a program noted where they ended, or the breaks that somebody put there make as many
    /// pages as the document is said to have. A wrong page in a citation is worse than none.
    pub(super) fn tells_pages(&self, n_pages: Option<u32>) -> bool {
        self.is_rendered
            || self.n_breaks > 0 && n_pages.is_none_or(|n_pages| n_pages == self.n_breaks + 1)
    }
}

/// The pages of a document while it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pages {
    /// The page that is open; none where the document does not tell.
    pub(super) now: Option<u32>,
    /// Breaks put there by somebody, behind which no text has come yet: a program notes them once more.
    n_noted_twice: u32,
}

impl Pages {
    pub(super) fn new(is_told: bool) -> Self {
        Self {
            now: is_told.then_some(1),
            n_noted_twice: 0,
        }
    }

    /// A break that somebody put there.
    pub(super) fn put(&mut self) {
        self.turn();
        self.n_noted_twice += 1;
    }

    /// A break that a program noted.
    pub(super) fn noted(&mut self) {
        if self.n_noted_twice > 0 {
            self.n_noted_twice -= 1;
        } else {
            self.turn();
        }
    }

    /// Text comes.
    pub(super) fn text(&mut self) {
        self.n_noted_twice = 0;
    }

    fn turn(&mut self) {
        self.now = self.now.map(|page| page.saturating_add(1));
    }
}
