//! The names by which sources and passages are cited: `russia-north-korea`, `russia-north-korea:p12`,
//! `russia-north-korea@2:n1`.
//!
//! A newcomer's trap: [`SourceId::from_file_name`] is lenient and makes an id of what a file happens to be called;
//! parsing is strict, since what is parsed was shown to a person before.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Kind;

/// How many characters a source's id may have.
pub const MAX_CHARS: usize = 48;

/// Why a text is not an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is no letter and no digit in it.
    #[error("an id needs a letter or a digit, `{0}` has none")]
    NoLetter(String),
    /// It is longer than [`MAX_CHARS`] characters.
    #[error("an id has at most {MAX_CHARS} characters, `{0}` has more")]
    TooLong(String),
    /// It holds something that is neither letter nor digit nor hyphen.
    #[error("an id is made of letters, digits and hyphens, `{text}` has `{}`", found.escape_debug())]
    Character {
        /// The whole text.
        text: String,
        /// The first character that does not belong there.
        found: char,
    },
    /// It is not `p<n>`, `p<n>.<part>` or `n<n>`.
    #[error("`{0}` is no place in a source: `p12`, `p12.1` and `n3` are")]
    Place(String),
    /// It is not `<source>:<place>` or `<source>@<version>:<place>`.
    #[error("`{0}` is no passage: `source:p12` and `source@2:p12` are")]
    Passage(String),
}

/// A source's id: letters, digits and hyphens of any script, at most 48 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct SourceId(String);

impl SourceId {
    /// The id that a file's name gives: the name up to its first dot, whatever is neither letter nor digit as one
    /// hyphen (`my notes_2.v3.txt` → `my-notes-2`), at most [`MAX_CHARS`] characters of it.
    ///
    /// Folders before the name are no part of it, nor is a dot that it begins with. Characters that nobody sees
    /// (joiners, direction marks) fall away, and composed and decomposed letters are one, so that the id of a file
    /// does not depend on the system that it came from.
    ///
    /// # Errors
    /// [`Error::NoLetter`] where nothing would be left: two such files would else be taken for one source.
    pub fn from_file_name(file_name: &str) -> Result<Self, Error> {
        let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = name
            .trim_start_matches('.')
            .split('.')
            .next()
            .unwrap_or_default();
        let mut id = String::new();
        for c in stem.nfc().filter(|c| !is_invisible(*c)) {
            if c.is_alphanumeric() && !is_combining_mark(c)
                || is_combining_mark(c) && id.chars().next_back().is_some_and(|c| c != '-')
            {
                id.push(c);
            } else if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
        }
        let id: String = id.chars().take(MAX_CHARS).collect();
        let id = id.trim_end_matches('-');
        if id.is_empty() {
            Err(Error::NoLetter(name.to_owned()))
        } else {
            Ok(Self(id.to_owned()))
        }
    }

    /// The id itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SourceId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let id: String = text.nfc().collect();
        let belongs =
            |c: char| c == '-' || !is_invisible(c) && (c.is_alphanumeric() || is_combining_mark(c));
        if let Some(found) = id.chars().find(|c| !belongs(*c)) {
            return Err(Error::Character {
                text: text.to_owned(),
                found,
            });
        }
        if !id
            .chars()
            .any(|c| c.is_alphanumeric() && !is_combining_mark(c))
        {
            return Err(Error::NoLetter(text.to_owned()));
        }
        if id.chars().count() > MAX_CHARS {
            return Err(Error::TooLong(text.to_owned()));
        }
        Ok(Self(id))
    }
}

impl TryFrom<String> for SourceId {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where in a source a passage stands: its kind, which of that kind, and which part of an over-long one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Paragraph or footnote.
    pub kind: Kind,
    /// The nth of that kind in the whole source, from 1.
    pub ordinal: u32,
    /// The nth part of an over-long paragraph, from 1; none where it is whole.
    pub part: Option<u32>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.kind {
            Kind::Paragraph => 'p',
            Kind::Footnote => 'n',
        };
        write!(f, "{letter}{}", self.ordinal)?;
        match self.part {
            Some(part) => write!(f, ".{part}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let error = || Error::Place(text.to_owned());
        let (kind, numbers) = match (text.strip_prefix('p'), text.strip_prefix('n')) {
            (Some(numbers), _) => (Kind::Paragraph, numbers),
            (_, Some(numbers)) => (Kind::Footnote, numbers),
            (None, None) => return Err(error()),
        };
        let (ordinal, part) = match numbers.split_once('.') {
            Some((ordinal, part)) if kind == Kind::Paragraph => {
                (ordinal, Some(number(part).ok_or_else(error)?))
            }
            Some(_) => return Err(error()),
            None => (numbers, None),
        };
        Ok(Self {
            kind,
            ordinal: number(ordinal).ok_or_else(error)?,
            part,
        })
    }
}

/// A passage's id: the source, its version where it is not the current one, and the place in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PassageId {
    /// The source.
    pub source: SourceId,
    /// The version where it is not the current one.
    pub version: Option<u32>,
    /// The place in that version.
    pub place: Place,
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            Some(version) => write!(f, "{}@{version}:{}", self.source, self.place),
            None => write!(f, "{}:{}", self.source, self.place),
        }
    }
}

impl FromStr for PassageId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let error = || Error::Passage(text.to_owned());
        let (source, place) = text.rsplit_once(':').ok_or_else(error)?;
        let (source, version) = match source.split_once('@') {
            Some((source, version)) => (source, Some(number(version).ok_or_else(error)?)),
            None => (source, None),
        };
        Ok(Self {
            source: source.parse()?,
            version,
            place: place.parse()?,
        })
    }
}

/// A number from 1, written as we write it: `012` and `+1` would name the same thing twice.
fn number(text: &str) -> Option<u32> {
    let canonical = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    if canonical { text.parse().ok() } else { None }
}

/// What stands in a name unseen, so that two ids with and without it would look alike.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{0640}' // tatweel: seen, but the name is the same without it
        | '\u{00AD}' | '\u{034F}' | '\u{061C}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_name_gives_an_id() {
        #[track_caller]
        fn case(file_name: &str, expected: &str) {
            assert_eq!(
                SourceId::from_file_name(file_name)
                    .as_ref()
                    .map(SourceId::as_str),
                Ok(expected),
                "{file_name}"
            );
        }
        case("russia-north-korea.ar.txt", "russia-north-korea");
        case("notes", "notes");
        case("كتاب النحو.txt", "كتاب-النحو");
        case("الرِّسالة ١.txt", "الرِّسالة-١");
        case("my notes_2 (final).v3.txt", "my-notes-2-final");
        case("--a---b--.txt", "a-b");
        case("a – b.txt", "a-b");
        case("folder/other\\Привет.jsonl", "Привет");
        case(".hidden.txt", "hidden");
        case("caf\u{65}\u{301}.txt", "caf\u{E9}");
        case("\u{202B}نص\u{200F}.txt", "نص");
        case("كتـــاب.txt", "كتاب");
    }

    #[test]
    fn some_file_names_give_none() {
        for file_name in [
            "",
            "..",
            "؟؟؟.txt",
            "🙂.txt",
            "---.txt",
            "\u{301}.txt",
            "a/",
        ] {
            assert!(
                matches!(SourceId::from_file_name(file_name), Err(Error::NoLetter(_))),
                "{file_name}"
            );
        }
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        let id = SourceId::from_file_name(&format!("{}.txt", "كتاب".repeat(40))).unwrap();
        assert_eq!(id.as_str(), "كتاب".repeat(12));
        let id = SourceId::from_file_name(&format!("{} b.txt", "a".repeat(47))).unwrap();
        assert_eq!(id.as_str(), "a".repeat(47));
    }

    #[test]
    fn ids_are_parsed_strictly() {
        for text in ["russia-north-korea", "كتاب-النحو", "الرِّسالة-١", "1"] {
            assert_eq!(text.parse::<SourceId>().unwrap().to_string(), text);
        }
        assert_eq!(
            "a b".parse::<SourceId>(),
            Err(Error::Character {
                text: "a b".to_owned(),
                found: ' '
            })
        );
        assert_eq!(
            "a\u{200F}".parse::<SourceId>().unwrap_err().to_string(),
            "an id is made of letters, digits and hyphens, `a\u{200F}` has `\\u{200f}`"
        );
        assert_eq!(
            "-".parse::<SourceId>(),
            Err(Error::NoLetter("-".to_owned()))
        );
        assert_eq!("".parse::<SourceId>(), Err(Error::NoLetter(String::new())));
        assert_eq!(
            "a".repeat(49).parse::<SourceId>(),
            Err(Error::TooLong("a".repeat(49)))
        );
        assert!("a".repeat(48).parse::<SourceId>().is_ok());
        assert!(serde_json::from_str::<SourceId>("\"a.b\"").is_err());
    }

    #[test]
    fn passages_are_named_and_parsed() {
        for text in [
            "russia-north-korea:p12",
            "كتاب@3:p12.1",
            "a:n1",
            "a@12:n4294967295",
        ] {
            assert_eq!(text.parse::<PassageId>().unwrap().to_string(), text);
        }
        for text in [
            "a",
            "a:",
            ":p1",
            "a:p0",
            "a:p01",
            "a:p+1",
            "a:p1.0",
            "a:p1.",
            "a:n1.1",
            "a:x1",
            "a@:p1",
            "a@0:p1",
            "a@1",
            "a:p4294967296",
            "a:p١",
            "a:b:p1",
        ] {
            assert!(text.parse::<PassageId>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_id_of_a_file_is_an_id(file_name in "\\PC{0,80}") {
            if let Ok(id) = SourceId::from_file_name(&file_name) {
                prop_assert_eq!(id.as_str().parse::<SourceId>(), Ok(id.clone()));
                prop_assert_eq!(SourceId::from_file_name(&format!("{id}.txt")), Ok(id));
            }
        }

        #[test]
        fn parsing_never_panics(text in "\\PC{0,40}") {
            let _ = text.parse::<PassageId>();
        }
    }
}
