//! What can be wrong with a source: data, not sentences (`wording` has those, one a kind, in both languages).

use serde::{Deserialize, Serialize};

/// How many problems of either severity are listed; of a broken file of a million lines nobody reads more.
pub const MAX_LISTED: usize = 100;

/// How many characters of what was found are shown.
const MAX_FOUND_CHARS: usize = 60;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The file name ends like none of the formats that can be read; found: the ending.
    UnknownFormat,
    /// The file name has no letter or digit to make an id of; found: the name.
    NoId,
    /// The file is empty, or blank.
    Empty,
    /// The file has more bytes than a source may have; found: how many.
    TooLarge,
    /// The file has more lines with text than a source may have; found: how many.
    TooManyLines,
    /// A NUL byte: this is no text (or it is text in UTF-16).
    NulByte,
    /// A line is not UTF-8; found: the first bytes that are not, in hexadecimal.
    NotUtf8,
    /// A line has more bytes than a paragraph may have; found: how many.
    LineTooLong,
    /// No paragraph at all: footnotes, and headings above them.
    NoParagraph,
    /// A line of JSON Lines is no JSON object; found: its beginning.
    NotARecord,
    /// A record's field is not of its type; found: the field's name.
    WrongType,
    /// A record has no `text`, or a blank one.
    NoText,
    /// A record has the `id` of one before; found: the id.
    DuplicateKey,
    /// The file with the attribution cannot be read, or says nothing useful; found: what is wrong.
    BadAttribution,
    /// A marker whose footnote the source does not give, at the first paragraph that has it; found: the label.
    MarkerWithoutFootnote,
    /// A footnote that no marker cites; found: its beginning.
    FootnoteWithoutMarker,
    /// A `^` with nothing behind it.
    EmptyFootnote,
    /// A footnote with paragraphs behind it, perhaps a paragraph that happens to begin with `^`; found: its beginning.
    FootnoteAmongParagraphs,
    /// Short lines that look like headings but lead to no paragraph, read as paragraphs; at the first of them; found: it.
    HeadingWithoutParagraph,
    /// A control character that a terminal would obey; found: its code point.
    ControlCharacter,
    /// The file is locked by a password.
    Encrypted,
    /// The file is something else than its name says; found: what it is.
    Disguised,
    /// The file is damaged; found: what its reader says.
    Broken,
    /// The file has more pages than a source may have; found: how many.
    TooManyPages,
    /// The archive has more files than one may have; found: how many.
    TooManyFiles,
    /// What is packed in the file is larger than a source may be.
    UnpackedTooLarge,
    /// An archive in an archive; found: its name.
    NestedArchive,
    /// A file in an archive that would lie outside it; found: its name.
    UnsafePath,
    /// Reading it took longer than it may; found: how many seconds that is.
    TooSlow,
    /// Reading it took more memory than it may.
    TooMuchMemory,
    /// It could not be read now, by no fault of its own: its reader could not be started; found: why.
    NotRead,
    /// Elements within elements, deeper than any document has them.
    NestedTooDeep,
    /// XML that declares entities, which can be made to grow without end.
    EntityDeclared,
    /// No page has text: the pages are pictures.
    OnlyPictures,
    /// An archive without any file that can be read.
    NothingToRead,
    /// The bytes are in no single encoding; found: the first that do not belong.
    MixedEncodings,
    /// Pages that are pictures, among others that have text; found: their numbers.
    PageWithoutText,
    /// A paragraph too long to be quoted whole, which is divided; found: its beginning.
    OverlongParagraph,
    /// Not UTF-8, and the file does not say what; found: the encoding it was taken for.
    EncodingGuessed,
    /// A file in an archive that is no source; found: its name.
    LeftOut,
    /// More problems than are listed; found: how many more.
    More,
}

impl ProblemKind {
    /// All kinds, so that a test can hold that each has its sentence.
    pub const ALL: [Self; 41] = [
        Self::UnknownFormat,
        Self::NoId,
        Self::Empty,
        Self::TooLarge,
        Self::TooManyLines,
        Self::NulByte,
        Self::NotUtf8,
        Self::LineTooLong,
        Self::NoParagraph,
        Self::NotARecord,
        Self::WrongType,
        Self::NoText,
        Self::DuplicateKey,
        Self::BadAttribution,
        Self::MarkerWithoutFootnote,
        Self::FootnoteWithoutMarker,
        Self::EmptyFootnote,
        Self::FootnoteAmongParagraphs,
        Self::HeadingWithoutParagraph,
        Self::ControlCharacter,
        Self::Encrypted,
        Self::Disguised,
        Self::Broken,
        Self::TooManyPages,
        Self::TooManyFiles,
        Self::UnpackedTooLarge,
        Self::NestedArchive,
        Self::UnsafePath,
        Self::TooSlow,
        Self::TooMuchMemory,
        Self::NotRead,
        Self::NestedTooDeep,
        Self::EntityDeclared,
        Self::OnlyPictures,
        Self::NothingToRead,
        Self::MixedEncodings,
        Self::PageWithoutText,
        Self::OverlongParagraph,
        Self::EncodingGuessed,
        Self::LeftOut,
        Self::More,
    ];

    /// The word that stands for it in data.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownFormat => "unknown_format",
            Self::NoId => "no_id",
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::TooManyLines => "too_many_lines",
            Self::NulByte => "nul_byte",
            Self::NotUtf8 => "not_utf8",
            Self::LineTooLong => "line_too_long",
            Self::NoParagraph => "no_paragraph",
            Self::NotARecord => "not_a_record",
            Self::WrongType => "wrong_type",
            Self::NoText => "no_text",
            Self::DuplicateKey => "duplicate_key",
            Self::BadAttribution => "bad_attribution",
            Self::MarkerWithoutFootnote => "marker_without_footnote",
            Self::FootnoteWithoutMarker => "footnote_without_marker",
            Self::EmptyFootnote => "empty_footnote",
            Self::FootnoteAmongParagraphs => "footnote_among_paragraphs",
            Self::HeadingWithoutParagraph => "heading_without_paragraph",
            Self::ControlCharacter => "control_character",
            Self::Encrypted => "encrypted",
            Self::Disguised => "disguised",
            Self::Broken => "broken",
            Self::TooManyPages => "too_many_pages",
            Self::TooManyFiles => "too_many_files",
            Self::UnpackedTooLarge => "unpacked_too_large",
            Self::NestedArchive => "nested_archive",
            Self::UnsafePath => "unsafe_path",
            Self::TooSlow => "too_slow",
            Self::TooMuchMemory => "too_much_memory",
            Self::NotRead => "not_read",
            Self::NestedTooDeep => "nested_too_deep",
            Self::EntityDeclared => "entity_declared",
            Self::OnlyPictures => "only_pictures",
            Self::NothingToRead => "nothing_to_read",
            Self::MixedEncodings => "mixed_encodings",
            Self::PageWithoutText => "page_without_text",
            Self::OverlongParagraph => "overlong_paragraph",
            Self::EncodingGuessed => "encoding_guessed",
            Self::LeftOut => "left_out",
            Self::More => "more",
        }
    }

    /// Whether a source with this problem is refused rather than read with a warning.
    pub fn is_fatal(self) -> bool {
        match self {
            Self::MarkerWithoutFootnote
            | Self::FootnoteWithoutMarker
            | Self::EmptyFootnote
            | Self::FootnoteAmongParagraphs
            | Self::HeadingWithoutParagraph
            | Self::ControlCharacter
            | Self::PageWithoutText
            | Self::OverlongParagraph
            | Self::EncodingGuessed
            | Self::LeftOut
            | Self::More => false,
            Self::UnknownFormat
            | Self::NoId
            | Self::Empty
            | Self::TooLarge
            | Self::TooManyLines
            | Self::NulByte
            | Self::NotUtf8
            | Self::LineTooLong
            | Self::NoParagraph
            | Self::NotARecord
            | Self::WrongType
            | Self::NoText
            | Self::DuplicateKey
            | Self::BadAttribution
            | Self::Encrypted
            | Self::Disguised
            | Self::Broken
            | Self::TooManyPages
            | Self::TooManyFiles
            | Self::UnpackedTooLarge
            | Self::NestedArchive
            | Self::UnsafePath
            | Self::TooSlow
            | Self::TooMuchMemory
            | Self::NotRead
            | Self::NestedTooDeep
            | Self::EntityDeclared
            | Self::OnlyPictures
            | Self::NothingToRead
            | Self::MixedEncodings => true,
        }
    }
}

/// One problem of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The line, from 1; none where it is the whole file.
    pub line: Option<u32>,
    /// What was found there, shortened where it is long.
    pub found: Option<String>,
}

impl Problem {
    /// A problem of the whole file.
    pub fn of_file(kind: ProblemKind, found: Option<&str>) -> Self {
        Self {
            kind,
            line: None,
            found: found.map(shortened),
        }
    }

    /// A problem of one line.
    pub fn at(kind: ProblemKind, line: u32, found: Option<&str>) -> Self {
        Self {
            kind,
            line: Some(line),
            found: found.map(shortened),
        }
    }

    /// Whether a source with this problem is refused rather than read with a warning.
    pub fn is_fatal(&self) -> bool {
        self.kind.is_fatal()
    }
}

/// Collects the problems of one source, of each severity no more than [`MAX_LISTED`].
#[derive(Default)]
pub(super) struct Problems {
    listed: Vec<Problem>,
    n_fatal: usize,
    n_warnings: usize,
}

impl Problems {
    pub(super) fn push(&mut self, problem: Problem) {
        let n = if problem.is_fatal() {
            &mut self.n_fatal
        } else {
            &mut self.n_warnings
        };
        *n += 1;
        if *n <= MAX_LISTED {
            self.listed.push(problem);
        }
    }

    pub(super) fn any_fatal(&self) -> bool {
        self.n_fatal > 0
    }

    /// All that are listed, in file order; those of the whole file are first.
    pub(super) fn into_list(mut self) -> Vec<Problem> {
        self.listed.sort_by_key(|problem| problem.line);
        let n_more =
            self.n_fatal.saturating_sub(MAX_LISTED) + self.n_warnings.saturating_sub(MAX_LISTED);
        if n_more > 0 {
            self.listed.push(Problem::of_file(
                ProblemKind::More,
                Some(&n_more.to_string()),
            ));
        }
        self.listed
    }
}

fn shortened(found: &str) -> String {
    match found.char_indices().nth(MAX_FOUND_CHARS) {
        Some((end, _)) => format!("{}…", found.get(..end).unwrap_or_default()),
        None => found.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_written_as_its_code() {
        for kind in ProblemKind::ALL {
            assert_eq!(
                serde_json::to_string(&kind).unwrap(),
                format!("\"{}\"", kind.code())
            );
        }
    }

    #[test]
    fn a_flood_of_warnings_hides_no_error() {
        let mut problems = Problems::default();
        for line in 1..=250 {
            problems.push(Problem::at(ProblemKind::EmptyFootnote, line, None));
        }
        problems.push(Problem::at(ProblemKind::NotUtf8, 251, Some("FF")));
        let list = problems.into_list();
        assert_eq!(list.len(), 102);
        assert!(list.iter().any(Problem::is_fatal));
        assert_eq!(
            list.last(),
            Some(&Problem::of_file(ProblemKind::More, Some("150")))
        );
    }

    #[test]
    fn what_was_found_is_shortened_between_characters() {
        let problem = Problem::at(
            ProblemKind::FootnoteWithoutMarker,
            1,
            Some(&"سند".repeat(100)),
        );
        assert_eq!(problem.found, Some(format!("{}…", "سند".repeat(20))));
    }
}
