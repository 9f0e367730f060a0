//! A paragraph while its runs are read.

use super::super::document::{At, Reference, bracketed};
use super::notes::Key;
use super::styles::{List, Role};

/// A paragraph, a heading, or a row of a table that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) references: Vec<Reference>,
    pub(super) role: Role,
    pub(super) at: At,
}

impl Block {
    /// Its text without the marks of notes, as a title has it.
    pub(super) fn bare(&self) -> String {
        let mut bare = String::new();
        let mut end = 0;
        for reference in &self.references {
            bare.push_str(self.text.get(end..reference.span.start).unwrap_or_default());
            end = reference.span.end;
        }
        bare.push_str(self.text.get(end..).unwrap_or_default());
        bare.trim().to_owned()
    }

    /// Adds another's text behind its own.
    pub(super) fn append(&mut self, between: &str, other: Self) {
        if self.text.is_empty() {
            self.at = other.at;
        } else {
            self.text.push_str(between);
        }
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.references
            .extend(other.references.into_iter().map(|reference| Reference {
                span: reference.span.start + shift..reference.span.end + shift,
                ..reference
            }));
    }
}

/// What a paragraph states of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    pub(super) style: Option<String>,
    pub(super) outline: Option<u8>,
    pub(super) list: List,
    /// Whether its end was deleted, so that the next one goes on with it.
    pub(super) is_joined: bool,
    pub(super) ends_section: bool,
    pub(super) begins_page: bool,
}

/// A paragraph that is open.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    block: Block,
    pub(super) properties: Properties,
    /// What hangs on it (text boxes) and comes behind it.
    pub(super) after: Vec<Block>,
}

impl Paragraph {
    pub(super) fn is_empty(&self) -> bool {
        self.block.text.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.block.text.len()
    }

    /// Adds text as a reader sees it: line ends and tabs are blanks, and none stands at the beginning.
    pub(super) fn push(&mut self, text: &str, page: Option<u32>) {
        for c in text.chars() {
            if matches!(c, '\n' | '\r' | '\t') {
                self.blank();
            } else if c != ' ' || !self.is_empty() {
                if self.is_empty() {
                    self.block.at.page = page;
                }
                self.block.text.push(c);
            }
        }
    }

    /// A tab or a line's end.
    pub(super) fn blank(&mut self) {
        if !self.is_empty() && !self.block.text.ends_with(' ') {
            self.block.text.push(' ');
        }
    }

    /// An anchor within it; the first is the one that leads to it.
    pub(super) fn anchor(&mut self, name: &str) {
        self.block.at.anchor.get_or_insert_with(|| name.to_owned());
    }

    /// Writes the mark of a note.
    pub(super) fn cite(&mut self, key: &Key, label: &str, page: Option<u32>) {
        let start = self.len();
        self.push(&bracketed(label), page);
        self.block.references.push(Reference {
            span: start..self.len(),
            note: key.name(),
        });
    }

    /// Takes away the text from somewhere on.
    pub(super) fn take_from(&mut self, start: usize) -> String {
        if self.block.text.is_char_boundary(start) && start <= self.len() {
            self.block.references.retain(|of| of.span.end <= start);
            self.block.text.split_off(start)
        } else {
            String::new()
        }
    }

    /// What it is once it is whole, and what comes behind it.
    pub(super) fn close(mut self, role: Role, item: Option<String>) -> (Block, Vec<Block>) {
        let end = self.block.text.trim_end_matches(' ').len();
        self.block.text.truncate(end);
        self.block.role = role;
        if let Some(item) = item.filter(|_| !self.is_empty()) {
            let mut block = Block {
                text: format!("{item} "),
                role,
                at: self.block.at.clone(),
                ..Block::default()
            };
            block.append("", std::mem::take(&mut self.block));
            self.block = block;
        }
        (self.block, self.after)
    }
}
