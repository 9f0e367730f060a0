//! Who made a source, and under which terms it may be quoted.

use serde::{Deserialize, Serialize};

use super::{Problem, ProblemKind};
use crate::language::Language;

/// What a citation names of a source. Only the title is always there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// The title, in the source's own language.
    pub title: String,
    /// The language of the source.
    pub language: Language,
    /// The author or authors, as they are to be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The editor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub editor: Option<String>,
    /// The edition, such as `الثانية` or `2nd`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The year, of whichever calendar, as it is to be named: `2019`, `1440 هـ`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// The licence, such as `CC BY-SA 4.0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Where the source can be found, if that was verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The day on which it was read there, `2026-11-25`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessed: Option<String>,
}

/// What a file says of itself, or a person of it, as far as they say anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metadata {
    /// See [`Attribution::title`].
    pub title: Option<String>,
    /// See [`Attribution::language`].
    pub language: Option<Language>,
    /// See [`Attribution::author`].
    pub author: Option<String>,
    /// See [`Attribution::editor`].
    pub editor: Option<String>,
    /// See [`Attribution::edition`].
    pub edition: Option<String>,
    /// See [`Attribution::publisher`].
    pub publisher: Option<String>,
    /// See [`Attribution::place`].
    pub place: Option<String>,
    /// See [`Attribution::year`].
    pub year: Option<String>,
    /// See [`Attribution::licence`].
    pub licence: Option<String>,
    /// See [`Attribution::address`].
    pub address: Option<String>,
    /// See [`Attribution::accessed`].
    pub accessed: Option<String>,
}

impl Metadata {
    /// What this says, and for the rest what `other` says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            language: self.language.or(other.language),
            author: self.author.or(other.author),
            editor: self.editor.or(other.editor),
            edition: self.edition.or(other.edition),
            publisher: self.publisher.or(other.publisher),
            place: self.place.or(other.place),
            year: self.year.or(other.year),
            licence: self.licence.or(other.licence),
            address: self.address.or(other.address),
            accessed: self.accessed.or(other.accessed),
        }
    }

    /// The attribution that it makes, each value without the blanks around it and none where nothing is left; `title` and
    /// `language` stand in where it names none.
    ///
    /// # Errors
    /// A value that cannot be shown in a line.
    pub fn attribution(
        self,
        title: impl FnOnce() -> String,
        language: Language,
    ) -> Result<Attribution, String> {
        let line = |value: Option<String>| -> Result<Option<String>, String> {
            let value = value.unwrap_or_default();
            let value = value.trim();
            if value.chars().any(char::is_control) {
                return Err(value.to_owned());
            }
            Ok((!value.is_empty()).then(|| value.to_owned()))
        };
        Ok(Attribution {
            title: line(self.title)?.unwrap_or_else(title),
            language: self.language.unwrap_or(language),
            author: line(self.author)?,
            editor: line(self.editor)?,
            edition: line(self.edition)?,
            publisher: line(self.publisher)?,
            place: line(self.place)?,
            year: line(self.year)?,
            licence: line(self.licence)?,
            address: line(self.address)?,
            accessed: line(self.accessed)?,
        })
    }
}

impl From<Attribution> for Metadata {
    fn from(attribution: Attribution) -> Self {
        Self {
            title: Some(attribution.title),
            language: Some(attribution.language),
            author: attribution.author,
            editor: attribution.editor,
            edition: attribution.edition,
            publisher: attribution.publisher,
            place: attribution.place,
            year: attribution.year,
            licence: attribution.licence,
            address: attribution.address,
            accessed: attribution.accessed,
        }
    }
}

impl Attribution {
    /// An attribution that names only the title.
    pub fn titled(title: &str, language: Language) -> Self {
        Self {
            title: title.to_owned(),
            language,
            author: None,
            editor: None,
            edition: None,
            publisher: None,
            place: None,
            year: None,
            licence: None,
            address: None,
            accessed: None,
        }
    }

    /// Reads the file that lies beside a source, `<name>.toml`, with the fields of this type.
    ///
    /// # Errors
    /// One [`ProblemKind::BadAttribution`] with the line and what is wrong there.
    pub fn from_toml(text: &str) -> Result<Self, Problem> {
        let attribution: Self = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line =
                before.and_then(|before| u32::try_from(before.matches('\n').count() + 1).ok());
            Problem {
                line,
                ..Problem::of_file(ProblemKind::BadAttribution, Some(error.message()))
            }
        })?;
        let said = [
            Some(&attribution.title),
            attribution.author.as_ref(),
            attribution.editor.as_ref(),
            attribution.edition.as_ref(),
            attribution.publisher.as_ref(),
            attribution.place.as_ref(),
            attribution.year.as_ref(),
            attribution.licence.as_ref(),
            attribution.address.as_ref(),
            attribution.accessed.as_ref(),
        ];
        let bad = said
            .into_iter()
            .flatten()
            .find(|value| value.trim().is_empty() || value.chars().any(char::is_control));
        match bad {
            Some(value) => Err(Problem::of_file(
                ProblemKind::BadAttribution,
                Some(&format!("{value:?}")),
            )),
            None => Ok(attribution),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_none() {
        let attribution =
            Attribution::from_toml("title = 'سند'\nlanguage = 'ar'\nlicence = 'CC0'").unwrap();
        assert_eq!(attribution.licence.as_deref(), Some("CC0"));
        assert_eq!(
            (attribution.author, attribution.language),
            (None, Language::Arabic)
        );
    }

    #[test]
    fn a_fault_is_named_with_its_line() {
        #[track_caller]
        fn case(text: &str, line: Option<u32>, found: &str) {
            let problem = Attribution::from_toml(text).unwrap_err();
            assert_eq!(
                (problem.line, problem.found.as_deref()),
                (line, Some(found))
            );
        }
        case(
            "title = 'a'\nlanguage = 'ar'\nauhtor = 'b'",
            Some(3),
            "unknown field `auhtor`, expected one of `title`, `language`,…",
        );
        case(
            "# nothing\ntitle = 'a'\nlanguage = 'de'",
            Some(3),
            "unknown variant `de`, expected one of `ar`, `en`, `other`",
        );
        case("title = ' '\nlanguage = 'ar'", None, "\" \"");
        case("title = \"a\\nb\"\nlanguage = 'ar'", None, "\"a\\nb\"");
    }
}
