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
    /// The publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The licence, such as `CC BY-SA 4.0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Where the source can be found, if that was verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Attribution {
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
            attribution.publisher.as_ref(),
            attribution.licence.as_ref(),
            attribution.address.as_ref(),
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
