//! The notes of a document and the numbers that they are shown with: those of the order in which the text cites them, not
//! those that the file keeps them under.

use std::collections::HashMap;

use super::layout::{Restart, Scheme, Section};
use super::number::written;

/// At the foot of the page or at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sort {
    Footnote,
    Endnote,
}

/// A note, by the number that the file keeps it under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) sort: Sort,
    pub(super) id: String,
}

impl Key {
    /// The name that references use.
    pub(super) fn name(&self) -> String {
        match self.sort {
            Sort::Footnote => format!("footnote {}", self.id),
            Sort::Endnote => format!("endnote {}", self.id),
        }
    }
}

/// A note that the text cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cited {
    pub(super) key: Key,
    /// What is shown of it in the text.
    pub(super) label: String,
    /// Whether somebody chose that rather than have it counted.
    pub(super) is_custom: bool,
    /// The page on which it is cited first.
    pub(super) page: Option<u32>,
}

/// The notes that the text has cited so far.
#[derive(Debug)]
pub(super) struct Notes {
    sections: Vec<Section>,
    settings: (Scheme, Scheme),
    section: usize,
    counts: HashMap<Sort, u32>,
    /// The page on which the last note of a sort was cited.
    pages: HashMap<Sort, Option<u32>>,
    cited: Vec<Cited>,
    by_key: HashMap<Key, usize>,
}

impl Notes {
    pub(super) fn new(sections: Vec<Section>, settings: (Scheme, Scheme)) -> Self {
        Self {
            sections,
            settings,
            section: 0,
            counts: HashMap::new(),
            pages: HashMap::new(),
            cited: Vec::new(),
            by_key: HashMap::new(),
        }
    }

    /// The label of a note that the text cites here.
    pub(super) fn cite(&mut self, key: &Key, page: Option<u32>) -> String {
        if let Some(cited) = self.by_key.get(key).and_then(|nth| self.cited.get(*nth)) {
            return cited.label.clone();
        }
        let scheme = self.scheme(key.sort);
        if scheme.restart == Some(Restart::EachPage)
            && page.is_some()
            && self
                .pages
                .insert(key.sort, page)
                .is_some_and(|before| before != page)
        {
            self.counts.remove(&key.sort);
        }
        let first = scheme.start.unwrap_or(1);
        let number = match self.counts.get(&key.sort) {
            Some(number) => number.saturating_add(1),
            None => first,
        };
        self.counts.insert(key.sort, number);
        let format = scheme.format.as_deref().unwrap_or(match key.sort {
            Sort::Footnote => "decimal",
            Sort::Endnote => "lowerRoman",
        });
        let label = written(number, format);
        self.add(key, &label, false, page);
        label
    }

    /// A note whose label somebody chose; it does not count.
    pub(super) fn cite_custom(&mut self, key: &Key, label: &str, page: Option<u32>) {
        if !self.by_key.contains_key(key) {
            self.add(key, label, true, page);
        }
    }

    /// Another section begins; whether on a new page.
    pub(super) fn next_section(&mut self) -> bool {
        self.section += 1;
        for sort in [Sort::Footnote, Sort::Endnote] {
            if self.scheme(sort).restart == Some(Restart::EachSection) {
                self.counts.remove(&sort);
            }
        }
        self.sections
            .get(self.section)
            .is_some_and(|section| !section.is_continuous)
    }

    /// All that were cited, the footnotes first, each in the order in which they are cited.
    pub(super) fn cited(&self) -> Vec<&Cited> {
        let mut cited: Vec<&Cited> = self.cited.iter().collect();
        cited.sort_by_key(|cited| cited.key.sort);
        cited
    }

    fn add(&mut self, key: &Key, label: &str, is_custom: bool, page: Option<u32>) {
        self.by_key.insert(key.clone(), self.cited.len());
        self.cited.push(Cited {
            key: key.clone(),
            label: label.to_owned(),
            is_custom,
            page,
        });
    }

    fn scheme(&self, sort: Sort) -> Scheme {
        let section = self.sections.get(self.section);
        match sort {
            Sort::Footnote => match section {
                Some(section) => section.footnotes.or(&self.settings.0),
                None => self.settings.0.clone(),
            },
            Sort::Endnote => match section {
                Some(section) => section.endnotes.or(&self.settings.1),
                None => self.settings.1.clone(),
            },
        }
    }
}
