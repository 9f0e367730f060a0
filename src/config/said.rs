//! What was said of the configuration, before it is known what it means: words, and where they stand.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::{Allowed, Error, KEYS, SaidIn};

/// How every variable of ours begins.
const PREFIX: &str = "SANAD_";

/// The words said, by key; the later saying wins.
#[derive(Debug, Default)]
pub(super) struct Said {
    settings: BTreeMap<&'static str, (Words, SaidIn)>,
}

/// One value as it was said. A file tells texts from numbers; the environment and flags know words alone.
#[derive(Debug)]
enum Words {
    Number(String),
    Text(String),
    List(Vec<String>),
    Bare(String),
    Unfit(String),
}

impl Said {
    /// Reads a file of TOML: sections with keys.
    pub(super) fn read_file(&mut self, file: &Path, text: &str) -> Result<(), Error> {
        let line_of = |offset: usize| {
            1 + text
                .bytes()
                .take(offset)
                .filter(|byte| *byte == b'\n')
                .count()
        };
        let sections = DeTable::parse(text).map_err(|error| Error::Syntax {
            file: file.to_owned(),
            line: line_of(error.span().map_or(0, |span| span.start)),
            found: error.message().to_owned(),
        })?;
        for (section, value) in sections.get_ref() {
            let name = section.get_ref();
            let is_known = KEYS.iter().any(|key| key.split('.').next() == Some(name));
            let entries = value.get_ref().as_table();
            if entries.is_none_or(|entries| entries.is_empty() && !is_known) {
                let place = SaidIn::File(file.to_owned(), line_of(section.span().start));
                return Err(Error::UnknownKey {
                    place,
                    key: name.to_string(),
                    meant: None,
                });
            }
            for (key, value) in entries.into_iter().flatten() {
                let place = SaidIn::File(file.to_owned(), line_of(key.span().start));
                let words = words(value.get_ref());
                self.set(format!("{name}.{}", key.get_ref()), words, place)?;
            }
        }
        Ok(())
    }

    /// Reads an environment variable, if it is one of ours.
    pub(super) fn read_variable(&mut self, name: &str, value: &str) -> Result<(), Error> {
        if !name.starts_with(PREFIX) {
            return Ok(());
        }
        let place = SaidIn::Variable(name.to_owned());
        let Some(key) = KEYS.iter().find(|key| variable(key) == name) else {
            let meant = nearest(name, KEYS.iter().map(|key| variable(key)));
            let key = name.to_owned();
            return Err(Error::UnknownKey { place, key, meant });
        };
        self.set((*key).to_owned(), Words::Bare(value.to_owned()), place)
    }

    /// Reads a `section.key=value`.
    pub(super) fn read_flag(&mut self, flag: &str) -> Result<(), Error> {
        let (key, value) = flag.split_once('=').unwrap_or((flag, ""));
        self.set(
            key.trim().to_owned(),
            Words::Bare(value.to_owned()),
            SaidIn::Flag,
        )
    }

    fn set(&mut self, key: String, words: Words, place: SaidIn) -> Result<(), Error> {
        let Some(known) = KEYS.iter().find(|known| **known == key) else {
            let meant = nearest(&key, KEYS.iter().map(|known| (*known).to_owned()));
            return Err(Error::UnknownKey { place, key, meant });
        };
        self.settings.insert(known, (words, place));
        Ok(())
    }

    /// Whether everything said was taken.
    pub(super) fn is_empty(&self) -> bool {
        self.settings.is_empty()
    }

    /// Takes a number.
    pub(super) fn number<N>(
        &mut self,
        key: &'static str,
        default: N,
        range: RangeInclusive<N>,
    ) -> Result<N, Error>
    where
        N: FromStr + PartialOrd + std::fmt::Display,
    {
        let Some((words, place)) = self.settings.remove(key) else {
            return Ok(default);
        };
        let number = match &words {
            Words::Number(text) | Words::Bare(text) => text.trim().replace('_', "").parse().ok(),
            _ => None,
        };
        number
            .filter(|number| range.contains(number))
            .ok_or_else(|| {
                let allowed = Allowed::Between(range.start().to_string(), range.end().to_string());
                let found = words.shown();
                Error::WrongValue {
                    place,
                    key,
                    found,
                    allowed,
                }
            })
    }

    /// Takes a time in milliseconds.
    pub(super) fn milliseconds(
        &mut self,
        key: &'static str,
        default: Duration,
        range: RangeInclusive<u64>,
    ) -> Result<Duration, Error> {
        let default = u64::try_from(default.as_millis()).expect("a default is short");
        self.number(key, default, range).map(Duration::from_millis)
    }

    /// Takes a text that passes a check.
    pub(super) fn text(
        &mut self,
        key: &'static str,
        default: String,
        allowed: Allowed,
        fits: impl Fn(&str) -> bool,
    ) -> Result<String, Error> {
        let Some((words, place)) = self.settings.remove(key) else {
            return Ok(default);
        };
        match words {
            Words::Text(text) | Words::Bare(text) if fits(&text) => Ok(text),
            // An id of a server is a number that a person may well write without quotes.
            Words::Number(text) if allowed == Allowed::RegisterIn && fits(&text) => Ok(text),
            words => Err(Error::WrongValue {
                place,
                key,
                found: words.shown(),
                allowed,
            }),
        }
    }

    /// Takes a path.
    pub(super) fn path(&mut self, key: &'static str, default: PathBuf) -> Result<PathBuf, Error> {
        if !self.settings.contains_key(key) {
            return Ok(default);
        }
        self.text(key, String::new(), Allowed::Text, |text| !text.is_empty())
            .map(PathBuf::from)
    }

    /// Takes one of a few words.
    pub(super) fn one_of(
        &mut self,
        key: &'static str,
        default: &'static str,
        words: &'static [&'static str],
    ) -> Result<&'static str, Error> {
        let text = self.text(key, default.to_owned(), Allowed::OneOf(words), |text| {
            words.contains(&text)
        })?;
        Ok(words
            .iter()
            .find(|word| **word == text)
            .expect("the text was checked to be one of the words"))
    }

    /// Takes a list whose members each pass a check.
    pub(super) fn list(
        &mut self,
        key: &'static str,
        default: Vec<String>,
        allowed: Allowed,
        fits: impl Fn(&str) -> bool,
    ) -> Result<Vec<String>, Error> {
        let Some((words, place)) = self.settings.remove(key) else {
            return Ok(default);
        };
        let list = match words {
            Words::List(list) => list,
            Words::Bare(text) => text
                .split(',')
                .map(|word| word.trim().to_owned())
                .filter(|word| !word.is_empty())
                .collect(),
            words => {
                return Err(Error::WrongValue {
                    place,
                    key,
                    found: words.shown(),
                    allowed,
                });
            }
        };
        match list.iter().find(|member| !fits(member)) {
            Some(member) => Err(Error::WrongValue {
                place,
                key,
                found: member.clone(),
                allowed,
            }),
            None => Ok(list),
        }
    }
}

impl Words {
    fn shown(self) -> String {
        match self {
            Self::Number(text) | Self::Text(text) | Self::Bare(text) | Self::Unfit(text) => text,
            Self::List(list) => list.join(","),
        }
    }
}

fn words(value: &DeValue<'_>) -> Words {
    match value {
        DeValue::String(text) => Words::Text(text.to_string()),
        DeValue::Integer(number) => Words::Number(number.as_str().to_owned()),
        DeValue::Float(number) => Words::Number(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Words::Unfit(yes.to_string()),
        DeValue::Datetime(date) => Words::Unfit(date.to_string()),
        DeValue::Array(members) => {
            let texts: Option<Vec<String>> = members
                .iter()
                .map(|member| member.get_ref().as_str().map(str::to_owned))
                .collect();
            texts.map_or_else(|| Words::Unfit("[…]".to_owned()), Words::List)
        }
        DeValue::Table(_) => Words::Unfit("{…}".to_owned()),
    }
}

/// The variable of a key: `data.dir` → `SANAD_DATA__DIR`.
fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

/// The known name that a mistyped one comes near to.
fn nearest(name: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let limit = name.chars().count() / 4;
    known
        .map(|known| (strsim::damerau_levenshtein(name, &known), known))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, known)| known)
}
