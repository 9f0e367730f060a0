//! Every sentence that the program says to people, Arabic and English side by side.
//!
//! The sentences lie in Fluent files, `ar/*.ftl` and `en/*.ftl`, because Arabic has six plural forms. A test holds that
//! both languages have the same sentences with the same arguments. Arguments are *not* wrapped in isolate characters:
//! what is shown is laid out so that it reads rightly without them, and nothing invisible may reach a quote.
//!
//! A newcomer's trap: a sentence chooses its plural form by `$count_form`, not by `$count`. [`say`] adds it to every
//! number, because the plural rules below Fluent forget that Arabic counts the last two digits (103 is as 3, 111 as 11).

pub mod citation;
mod dictionary;
pub mod explanation;
mod failure;
mod fetch;
pub mod outcome;
pub mod pack;
mod problem;

pub use dictionary::dictionary;
pub use failure::{bad_setting, configuration, library};
pub use fetch::fetch;
pub use problem::{problem, problem_within};

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader as _, langid, static_loader};

use crate::language::Language;

static_loader! {
    static SENTENCES = {
        locales: "./src/wording",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const ARABIC: LanguageIdentifier = langid!("ar");
const ENGLISH: LanguageIdentifier = langid!("en");

/// The sentence `id` in the language of the person spoken to; English where that language is neither of ours.
///
/// # Panics
/// Where no such sentence exists: ids are literals, and a test holds that each one stands in both languages.
pub fn say(
    language: Language,
    id: &str,
    arguments: &[(&'static str, FluentValue<'static>)],
) -> String {
    let locale = match language {
        Language::Arabic => &ARABIC,
        Language::English | Language::Other => &ENGLISH,
    };
    let mut all: HashMap<Cow<'static, str>, FluentValue<'static>> = HashMap::new();
    for (name, value) in arguments {
        if let FluentValue::Number(number) = value {
            all.insert(
                Cow::Owned(format!("{name}_form")),
                plural_form(number.value).into(),
            );
        }
        all.insert(Cow::Borrowed(*name), value.clone());
    }
    SENTENCES
        .try_lookup_with_args(locale, id, &all)
        .unwrap_or_else(|| panic!("the sentence `{id}` is missing from the wording"))
}

/// A file, with the line in it where there is one.
fn place(file: &str, line: Option<impl std::fmt::Display>) -> String {
    match line {
        Some(line) => format!("{file}:{line}"),
        None => file.to_owned(),
    }
}

/// What a language is called in another.
pub fn language_name(language: Language, named: Language) -> String {
    let id = match named {
        Language::Arabic => "language-arabic",
        Language::English => "language-english",
        Language::Other => "language-other",
    };
    say(language, id, &[])
}

/// The number below a hundred that takes the same plural form in Arabic; itself where there is none.
fn plural_form(number: f64) -> f64 {
    let last_two = number % 100.0;
    if last_two >= 3.0 { last_two } else { number }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::answer::{Citation, Cited};
    use crate::source::{Attribution, Kind, Passage, Place};

    /// A paragraph with a footnote that is given, one that is not, and an unbacked claim.
    pub(crate) fn cited() -> Cited {
        let text = "أقيمت العلاقات.[1] ثم قُطعت.[4][بحاجة لمصدر]".to_owned();
        let unbacked = text.find("[بحاجة").unwrap()..text.len();
        Cited {
            source: serde_json::from_str("\"russia-north-korea\"").unwrap(),
            version_key: 1,
            version: 1,
            current: true,
            attribution: Attribution {
                title: "العلاقات الروسية الكورية الشمالية".to_owned(),
                language: Language::Arabic,
                author: Some("مساهمو ويكيبيديا".to_owned()),
                publisher: Some("ويكيبيديا العربية".to_owned()),
                licence: Some("CC BY-SA 4.0".to_owned()),
                ..Attribution::titled("", Language::Arabic)
            },
            passage: Passage {
                place: Place {
                    kind: Kind::Paragraph,
                    ordinal: 5,
                    part: None,
                },
                key: None,
                section: vec!["التاريخ".to_owned(), "العقد الأول".to_owned()],
                text,
                marker: None,
                markers: Vec::new(),
                citation_needed: vec![unbacked],
                cited_by: Vec::new(),
                page: None,
                anchor: None,
            },
            citations: vec![
                Citation {
                    marker: "1".to_owned(),
                    footnote: Some("Kyung-Ae Park, p. 275.".to_owned()),
                },
                Citation {
                    marker: "4".to_owned(),
                    footnote: None,
                },
            ],
        }
    }

    /// The sentences of a language: id → arguments.
    fn sentences(language: &str) -> BTreeMap<String, BTreeSet<String>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/wording")
            .join(language);
        let mut sentences: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let mut id = String::new();
            for line in text
                .lines()
                .filter(|line| !line.starts_with('#') && !line.is_empty())
            {
                if !line.starts_with([' ', '}']) {
                    line.split(" =").next().unwrap().clone_into(&mut id);
                    let earlier = sentences.insert(id.clone(), BTreeSet::new());
                    assert_eq!(earlier, None, "{language}: `{id}` stands twice");
                }
                for piece in line.split('$').skip(1) {
                    let argument = piece
                        .split(|c: char| !c.is_alphanumeric() && c != '_')
                        .next()
                        .unwrap();
                    let argument = argument.trim_end_matches("_form");
                    sentences.get_mut(&id).unwrap().insert(argument.to_owned());
                }
            }
        }
        sentences
    }

    /// The code of every file under `src`, without its tests.
    fn code() -> Vec<(PathBuf, String)> {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    files.push((
                        path,
                        text.split("#[cfg(test)]\n").next().unwrap().to_owned(),
                    ));
                }
            }
        }
        files
    }

    #[test]
    fn both_languages_have_the_same_sentences_with_the_same_arguments() {
        assert_eq!(sentences("ar"), sentences("en"));
    }

    #[test]
    fn every_sentence_that_is_said_exists_and_every_one_is_said() {
        let sentences = sentences("en");
        let code = code();
        for (path, text) in &code {
            for call in text.split("say(").skip(1) {
                let mut pieces = call.split('"');
                let before = pieces.next().unwrap();
                // An id that is no literal comes from a match of literals, which the second half of this test sees.
                if before.contains([')', '{', ';']) {
                    continue;
                }
                if let Some(id) = pieces.next() {
                    assert!(
                        sentences.contains_key(id),
                        "{}: no sentence `{id}`",
                        path.display()
                    );
                }
            }
        }
        for id in sentences.keys() {
            let literal = format!("\"{id}\"");
            assert!(
                code.iter().any(|(_, text)| text.contains(&literal)),
                "the sentence `{id}` is never said"
            );
        }
    }

    #[test]
    fn every_sentence_can_be_said_in_both_languages_and_holds_nothing_invisible() {
        for (id, arguments) in sentences("en") {
            let id: &'static str = id.leak();
            for language in [Language::Arabic, Language::English] {
                for count in [0, 1, 2, 3, 11, 100] {
                    let arguments: Vec<(&'static str, FluentValue<'static>)> = arguments
                        .iter()
                        .map(|name| (&*name.clone().leak(), count.into()))
                        .collect();
                    let said = say(language, id, &arguments);
                    assert!(
                        !said.is_empty()
                            && !said.contains(['{', '}', '\u{2068}', '\u{200e}', '\u{200f}']),
                        "{said}"
                    );
                }
            }
        }
    }

    #[test]
    fn arabic_counts_in_six_forms() {
        let said = |count: u32| {
            say(
                Language::Arabic,
                "count-footnotes",
                &[("count", count.into())],
            )
        };
        let all = [0, 1, 2, 3, 11, 100, 103].map(said).join(" · ");
        insta::assert_snapshot!(all, @"لا حواشي · حاشية واحدة · حاشيتان · 3 حواشٍ · 11 حاشية · 100 حاشية · 103 حواشٍ");
    }
}
