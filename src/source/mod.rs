//! What a source is, and how its bytes become passages and footnotes.
//!
//! One format a file ([`article`], [`json_lines`], [`markdown`], [`html`], [`docx`], [`epub`]). Reading never fails half-way: it yields what could be read *and* the
//! complete list of [`Problem`]s; the caller refuses when one of them [is fatal](Problem::is_fatal).

pub mod archive;
pub mod article;
pub mod attribution;
pub mod disguise;
mod document;
pub mod docx;
pub mod encoding;
pub mod epub;
mod heading;
pub mod html;
pub mod id;
pub mod json_lines;
pub mod lines;
pub mod markdown;
mod marker;
pub(crate) mod packed;
pub mod paragraph;
pub mod pdf;
pub(crate) mod percent;
pub mod problem;
mod run;
pub mod starter;
#[cfg(test)]
mod tree;
pub mod worker;
mod xml;

pub use attribution::{Attribution, Metadata};
pub use id::{PassageId, Place, SourceId};
pub use problem::{Problem, ProblemKind};

use serde::{Deserialize, Serialize};

use crate::language::{Language, Span};

/// Which reading this is: raised whenever the same bytes would be read into other passages than before, so that what is
/// kept of an earlier reading is known to be stale.
pub const VERSION: u32 = 1;

/// How the bytes of a source are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain article text, one paragraph a line ([`article`]).
    Article,
    /// One passage a line as a JSON object ([`json_lines`]).
    JsonLines,
    /// A word processor's document ([`docx`]).
    Docx,
    /// A book ([`epub`]).
    Epub,
    /// Markdown ([`markdown`]).
    Markdown,
    /// A web page ([`html`]).
    Html,
    /// Pages of glyphs ([`pdf`]).
    Pdf,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 7] = [
        Self::Article,
        Self::JsonLines,
        Self::Markdown,
        Self::Html,
        Self::Docx,
        Self::Epub,
        Self::Pdf,
    ];

    /// The word that stands for it in data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::JsonLines => "json_lines",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Epub => "epub",
            Self::Pdf => "pdf",
        }
    }

    /// The format that a word in data stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// The format that a file's name shows.
    pub fn from_file_name(file_name: &str) -> Option<Self> {
        match file_name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "txt" => Some(Self::Article),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "docx" | "docm" => Some(Self::Docx),
            "epub" => Some(Self::Epub),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }

    /// Whether a file of this format can make its reader run without end or use up the memory, so that it is read in a
    /// process of its own ([`worker`]).
    pub fn is_hostile(self) -> bool {
        match self {
            Self::Article | Self::JsonLines | Self::Markdown => false,
            Self::Html | Self::Docx | Self::Epub | Self::Pdf => true,
        }
    }
}

/// What kind of passage it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A paragraph (or a part of one that is over-long).
    Paragraph,
    /// A footnote.
    Footnote,
}

/// A footnote marker in a paragraph, such as `[1]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// What stands between the brackets.
    pub label: String,
    /// The bytes of the marker in the passage's text, brackets included.
    pub span: Span,
    /// The ordinal of the footnote that it cites; none where the source does not give one.
    pub footnote: Option<u32>,
}

/// The unit searched, quoted and cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Paragraph or footnote, which one, and which part of it.
    pub place: Place,
    /// The `id` of the JSON Lines record it was read from.
    pub key: Option<String>,
    /// The headings above it, outermost first.
    pub section: Vec<String>,
    /// Its text, exactly as the source has it, without the line end.
    pub text: String,
    /// Of a footnote: the label of the marker that it explains.
    pub marker: Option<String>,
    /// Of a paragraph: the markers in its text, in order.
    pub markers: Vec<Marker>,
    /// Where the source marks a claim as unbacked (`[بحاجة لمصدر]`, `[citation needed]`).
    pub citation_needed: Vec<Span>,
    /// Of a footnote: the places of the paragraphs that cite it, in order.
    pub cited_by: Vec<Place>,
    /// The page it stands on, where the format has pages.
    pub page: Option<u32>,
    /// The anchor that leads to it, where the format has anchors.
    pub anchor: Option<String>,
}

/// A source once read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What it says of itself.
    pub metadata: Metadata,
    /// The language of most of its letters.
    pub language: Language,
    /// Paragraphs and footnotes, in file order, paragraphs before the footnotes.
    pub passages: Vec<Passage>,
}

/// What reading bytes gave: a source as far as it could be read, and everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What could be read; none where nothing could.
    pub source: Option<Source>,
    /// Every problem found, in file order.
    pub problems: Vec<Problem>,
}

/// Reads the bytes of a source in the given format, here and now; what may do harm goes through a [`worker::Reader`].
pub fn read(format: Format, bytes: &[u8]) -> Reading {
    if let Some(problem) = disguise::disguise(format, bytes) {
        return Reading {
            source: None,
            problems: vec![problem],
        };
    }
    match format {
        Format::Article => article::read(bytes),
        Format::JsonLines => json_lines::read(bytes),
        Format::Markdown => markdown::read(bytes),
        Format::Html => html::read(bytes),
        Format::Docx => docx::read(bytes),
        Format::Epub => epub::read(bytes),
        Format::Pdf => pdf::read(bytes),
    }
}
