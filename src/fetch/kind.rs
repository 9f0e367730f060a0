//! What types of content can be read, and what names of files of each type end in.

use super::error::shown;

/// A type of content, as a server says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The type alone, in lower case: `text/html`; empty where the server says none.
    pub(super) essence: String,
    /// The charset that goes with it.
    pub(super) charset: Option<String>,
}

/// The types that can be read, with the endings that a file of each may have, the first being the type's own. Servers
/// that know a file by its bytes alone call a document an archive, and those that know none of these call it text.
const KINDS: [(&str, &[&str]); 18] = [
    ("text/html", HTML),
    ("application/xhtml+xml", &["xhtml", "html", "htm"]),
    (
        "text/plain",
        &[
            "txt", "text", "md", "markdown", "jsonl", "ndjson", "html", "htm",
        ],
    ),
    ("text/markdown", MARKDOWN),
    ("text/x-markdown", MARKDOWN),
    ("application/pdf", &["pdf"]),
    ("application/x-pdf", &["pdf"]),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        DOCX,
    ),
    (
        "application/vnd.ms-word.document.macroenabled.12",
        &["docm", "docx"],
    ),
    ("application/epub+zip", &["epub"]),
    ("application/jsonl", JSON_LINES),
    ("application/jsonlines", JSON_LINES),
    ("application/x-jsonlines", JSON_LINES),
    ("application/x-ndjson", JSON_LINES),
    ("application/ndjson", JSON_LINES),
    ("application/zip", ZIP),
    ("application/x-zip", ZIP),
    ("application/x-zip-compressed", ZIP),
];
const HTML: &[&str] = &["html", "htm", "xhtml"];
const MARKDOWN: &[&str] = &["md", "markdown"];
const DOCX: &[&str] = &["docx", "docm"];
const JSON_LINES: &[&str] = &["jsonl", "ndjson"];
const ZIP: &[&str] = &["zip", "epub", "docx", "docm"];

/// Types that say nothing: the ending of the name says what it is.
const ANYTHING: [&str; 6] = [
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/download",
    "application/force-download",
    "application/x-download",
];

/// What is asked for, in the order of what reads best.
pub(super) const ACCEPT: &str = "text/html, application/xhtml+xml, application/epub+zip, \
     application/vnd.openxmlformats-officedocument.wordprocessingml.document, application/pdf, text/markdown, text/plain, \
     application/x-ndjson, application/zip;q=0.8, */*;q=0.1";

impl Kind {
    /// Reads the header `Content-Type`.
    pub(super) fn read(header: &str) -> Self {
        let mut parts = header.split(';');
        let essence = parts.next().unwrap_or_default();
        let charset = parts
            .filter_map(|part| part.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, value)| shown(value.trim().trim_matches(['"', '\''])))
            .filter(|charset| !charset.is_empty());
        Self {
            essence: shown(essence).to_ascii_lowercase(),
            charset,
        }
    }

    /// The endings that a file of this type may have, its own first; none where it cannot be read.
    pub(super) fn endings(&self) -> Option<&'static [&'static str]> {
        if ANYTHING.contains(&self.essence.as_str()) {
            return Some(&[]);
        }
        let known = KINDS.iter().find(|(essence, _)| *essence == self.essence);
        known.map(|(_, endings)| *endings)
    }

    /// Whether it is a page with a title to look for.
    pub(super) fn is_page(&self) -> bool {
        matches!(self.essence.as_str(), "text/html" | "application/xhtml+xml")
    }
}

/// Whether a file with this ending can be of any type that is read.
pub(super) fn is_known_ending(ending: &str) -> bool {
    KINDS.iter().any(|(_, endings)| endings.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read() {
        #[track_caller]
        fn case(header: &str, essence: &str, charset: Option<&str>, ending: Option<&str>) {
            let kind = Kind::read(header);
            assert_eq!(
                (kind.essence.as_str(), kind.charset.as_deref()),
                (essence, charset)
            );
            let endings = kind.endings();
            assert_eq!(
                endings.map(|endings| endings.first().copied().unwrap_or("*")),
                ending,
                "{header}"
            );
        }
        case("text/html", "text/html", None, Some("html"));
        case(
            "Text/HTML; a=b ;Charset=\"windows-1256\"",
            "text/html",
            Some("windows-1256"),
            Some("html"),
        );
        case("text/plain;charset=", "text/plain", None, Some("txt"));
        case(
            "application/octet-stream",
            "application/octet-stream",
            None,
            Some("*"),
        );
        case("", "", None, Some("*"));
        case("image/png", "image/png", None, None);
        case("application/json", "application/json", None, None);
        case(
            "application/x-msdownload",
            "application/x-msdownload",
            None,
            None,
        );
        case(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            None,
            Some("docx"),
        );
    }
}
