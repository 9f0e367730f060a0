//! The text of a paragraph while it is put together, with white space as a browser shows it.

use super::document::Reference;

/// The text of a paragraph so far.
#[derive(Debug, Default)]
pub(super) struct Run {
    text: String,
    references: Vec<Reference>,
    is_space_due: bool,
}

impl Run {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds text whose white space is collapsed. A no-break space is no white space: it is kept.
    pub(super) fn push(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0C}') {
                self.is_space_due = true;
            } else {
                self.settle_space();
                self.text.push(c);
            }
        }
    }

    /// Adds text as it stands.
    pub(super) fn push_as_it_is(&mut self, text: &str) {
        if !text.is_empty() {
            self.settle_space();
            self.text.push_str(text);
        }
    }

    /// Parts what stands before from what follows.
    pub(super) fn space(&mut self) {
        self.is_space_due = true;
    }

    /// Adds the marker of a note.
    pub(super) fn reference(&mut self, marker: &str, note: &str) {
        self.settle_space();
        let start = self.text.len();
        self.text.push_str(marker);
        self.references.push(Reference {
            span: start..self.text.len(),
            note: note.to_owned(),
        });
    }

    /// Adds another run.
    pub(super) fn append(&mut self, other: Self) {
        self.settle_space();
        let shift = self.text.len();
        self.text.push_str(&other.text);
        let moved = other.references.into_iter().map(|reference| Reference {
            span: reference.span.start + shift..reference.span.end + shift,
            ..reference
        });
        self.references.extend(moved);
    }

    /// The text and its references.
    pub(super) fn take(&mut self) -> (String, Vec<Reference>) {
        let whole = std::mem::take(self);
        (whole.text, whole.references)
    }

    fn settle_space(&mut self) {
        let is_due = std::mem::take(&mut self.is_space_due);
        if is_due && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space_and_none_at_the_ends() {
        let mut run = Run::default();
        run.push(" \n a\t\r\n b ");
        run.push(" c\u{A0} d");
        run.space();
        run.reference("[1]", "n");
        run.push(" ");
        let (text, references) = run.take();
        assert_eq!(text, "a b c\u{A0} d [1]");
        assert_eq!(&text[references[0].span.clone()], "[1]");
        assert!(run.is_empty());
    }

    #[test]
    fn references_move_with_their_run() {
        let mut cell = Run::default();
        cell.push("b");
        cell.reference("[1]", "n");
        let mut row = Run::default();
        row.push("a | ");
        row.append(cell);
        let (text, references) = row.take();
        assert_eq!(text, "a | b[1]");
        assert_eq!(&text[references[0].span.clone()], "[1]");
    }
}
