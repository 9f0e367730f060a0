//! Dictionaries that an operator imports: files in, entries out.
//!
//! Two formats are read: TSV with two columns or with the four of our own lexicon ([`tsv`]), and that of dictd, as
//! `FreeDict` uses it ([`dictd`]). Whatever a file holds, reading it ends, in bounded time and memory, and either gives
//! entries or says what is wrong and where.

pub mod dictd;
pub mod tsv;

use std::collections::HashMap;

use super::compile::{LONGEST, Tables, content_stems, english_key};
use super::fold::is_ignorable;
use super::layers::Layer;
use super::lexicon::Class;
use super::token::{Script, tokens};

/// How many bytes a file, unpacked, may have.
pub const LARGEST: usize = 64 << 20;
/// How many entries a dictionary may have.
pub const MOST_ENTRIES: usize = 500_000;
/// How many alternatives of an entry are kept: those after it would hardly count.
const MOST_ALTERNATIVES: usize = 48;
/// How many bytes all forms and alternatives of a dictionary may have, with what it costs to hold each.
const LARGEST_TEXTS: usize = 64 << 20;
/// How many problems are listed.
const LISTED: usize = 20;
/// How many characters of what was found are shown.
const SHOWN: usize = 60;

/// What is wrong with a dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// There is no entry with English and Arabic words in it.
    Empty,
    /// It has more bytes, unpacked, than a dictionary may have; found: how many may be.
    TooLarge,
    /// It has more entries than a dictionary may have; found: how many may be.
    TooManyEntries,
    /// It is not UTF-8.
    NotUtf8,
    /// A line has neither two nor four columns; found: how many.
    Columns,
    /// A class that is none; found: it.
    Class,
    /// A frequency that is no number from 1 to 8; found: it.
    Frequency,
    /// No English word where it should stand; found: what stands there.
    NoEnglish,
    /// No Arabic word where it should stand; found: what stands there.
    NoArabic,
    /// A word or term is too long; found: it.
    TooLong,
    /// It is not packed by gzip, or not to its end.
    NotGzip,
    /// A number that is none in the digits of dictd; found: it.
    Number,
    /// An entry that lies outside the file with the texts; found: where.
    Outside,
    /// An entry with more bytes than one may have; found: how many.
    EntryTooLarge,
    /// More problems than are listed; found: how many.
    More,
}

impl ProblemKind {
    /// All kinds, so that a test can hold that each has its sentence.
    pub const ALL: [Self; 15] = [
        Self::Empty,
        Self::TooLarge,
        Self::TooManyEntries,
        Self::NotUtf8,
        Self::Columns,
        Self::Class,
        Self::Frequency,
        Self::NoEnglish,
        Self::NoArabic,
        Self::TooLong,
        Self::NotGzip,
        Self::Number,
        Self::Outside,
        Self::EntryTooLarge,
        Self::More,
    ];
}

/// Something wrong with a dictionary, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The line, from 1; none where it is the whole file.
    pub line: Option<usize>,
    /// What was found, if that helps.
    pub found: Option<String>,
}

impl Problem {
    fn of_file(kind: ProblemKind, found: Option<String>) -> Self {
        Self {
            kind,
            line: None,
            found,
        }
    }

    fn at(kind: ProblemKind, line: usize, found: &str) -> Self {
        let shown = found.chars().filter(|c| !c.is_control()).take(SHOWN);
        Self {
            kind,
            line: Some(line),
            found: Some(shown.collect()),
        }
    }
}

/// Problems, as many as are listed; the others are counted.
#[derive(Default)]
struct Problems {
    listed: Vec<Problem>,
    n_more: usize,
}

impl Problems {
    fn add(&mut self, problem: Problem) {
        if self.listed.len() < LISTED {
            self.listed.push(problem);
        } else {
            self.n_more += 1;
        }
    }

    fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// A dictionary that was read to its end, where nothing was wrong with it.
    fn conclude(mut self, dictionary: Dictionary) -> Result<Dictionary, Vec<Problem>> {
        if self.is_empty() && dictionary.n_entries() > 0 {
            return Ok(dictionary);
        }
        if self.is_empty() {
            self.add(Problem::of_file(ProblemKind::Empty, None));
        }
        if self.n_more > 0 {
            let found = Some(self.n_more.to_string());
            self.listed.push(Problem::of_file(ProblemKind::More, found));
        }
        Err(self.listed)
    }
}

/// A dictionary that was read.
#[derive(Default)]
pub struct Dictionary {
    words: Vec<Word>,
    /// Which word it is, by the lemma as it is looked up.
    by_lemma: HashMap<String, usize>,
    n_bytes: usize,
}

/// An entry.
struct Word {
    /// The English forms, the lemma first.
    forms: Vec<String>,
    class: Class,
    /// Ten times its frequency; 0 where that is not known.
    zipf: u8,
    alternatives: Vec<String>,
}

impl Dictionary {
    /// How many entries it has.
    pub fn n_entries(&self) -> usize {
        self.words.len()
    }

    /// Adds an entry; where its lemma is there already, its forms and alternatives come to that one.
    fn add(
        &mut self,
        forms: &[String],
        class: Class,
        zipf: u8,
        alternatives: &[String],
    ) -> Result<(), ProblemKind> {
        let Some(lemma) = forms.first() else {
            return Ok(());
        };
        let key = english_key(lemma);
        let at = match self.by_lemma.get(&key) {
            Some(at) => *at,
            None if self.words.len() >= MOST_ENTRIES => return Err(ProblemKind::TooManyEntries),
            None => {
                self.by_lemma.insert(key, self.words.len());
                self.words.push(Word {
                    forms: Vec::new(),
                    class,
                    zipf,
                    alternatives: Vec::new(),
                });
                self.words.len() - 1
            }
        };
        let word = &mut self.words[at];
        for form in forms {
            if word.forms.len() < MOST_ALTERNATIVES && !word.forms.contains(form) {
                self.n_bytes += held(form);
                word.forms.push(form.clone());
            }
        }
        for words in alternatives {
            if word.alternatives.len() < MOST_ALTERNATIVES && !word.alternatives.contains(words) {
                self.n_bytes += held(words);
                word.alternatives.push(words.clone());
            }
        }
        if self.n_bytes > LARGEST_TEXTS {
            return Err(ProblemKind::TooLarge);
        }
        Ok(())
    }

    /// Adds the entries of another one, behind its own; else what bound was passed.
    pub fn join(&mut self, other: Self) -> Result<(), Problem> {
        for word in other.words {
            self.add(&word.forms, word.class, word.zipf, &word.alternatives)
                .map_err(|kind| Problem::of_file(kind, Some(limit(kind))))?;
        }
        Ok(())
    }

    /// Compiles it to an imported lexicon of that name.
    pub fn compile(self, name: &str) -> Layer {
        let mut tables = Tables::default();
        for word in self.words {
            // Reading has looked that everything has room.
            tables.add_entry(&word.forms, word.class as u8, word.zipf, &word.alternatives);
        }
        Layer::new(name, tables.compile())
    }
}

/// What it costs to hold a text: very many tiny ones take more than their bytes.
fn held(text: &str) -> usize {
    text.len() + size_of::<String>()
}

/// What a bound is, where a problem is that it was passed.
fn limit(kind: ProblemKind) -> String {
    match kind {
        ProblemKind::TooManyEntries => MOST_ENTRIES.to_string(),
        ProblemKind::TooLarge => LARGEST.to_string(),
        _ => String::new(),
    }
}

/// Whether a text has English words and could be looked up.
fn is_english(form: &str) -> bool {
    let key = english_key(form);
    key.len() <= LONGEST
        && key.chars().any(char::is_alphanumeric)
        && tokens(form)
            .iter()
            .all(|token| matches!(token.script, Script::Latin | Script::Number))
}

/// The Arabic words of a text without their marks, one space between them; none where there are none.
fn arabic(text: &str) -> Option<String> {
    let words: Vec<String> = tokens(text)
        .into_iter()
        .filter(|token| token.script == Script::Arabic)
        .filter_map(|token| text.get(token.span))
        .map(|word| word.chars().filter(|c| !is_ignorable(*c)).collect())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether Arabic words carry content, so that they can be searched for.
fn has_content(words: &str) -> bool {
    !content_stems(words).is_empty()
}

/// Whether Arabic words have room in a table, folded and stemmed too.
fn has_room(words: &str) -> bool {
    words.len() <= LONGEST && super::fold::fold(words).len() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_tiny_alternatives_are_bounded_too() {
        let tiny: Vec<String> = (0..MOST_ALTERNATIVES).map(|n| format!("{n}")).collect();
        let mut dictionary = Dictionary::default();
        let mut add = |n: usize| dictionary.add(&[format!("{n}")], Class::Noun, 0, &tiny);
        let refused = (0..MOST_ENTRIES).find_map(|n| add(n).err());
        assert_eq!(refused, Some(ProblemKind::TooLarge));
        let n_held = dictionary.n_entries() * MOST_ALTERNATIVES;
        assert!(n_held < LARGEST_TEXTS / size_of::<String>(), "{n_held}");
    }

    #[test]
    fn what_is_joined_is_bounded_as_one() {
        let tiny: Vec<String> = (0..MOST_ALTERNATIVES).map(|n| format!("{n}")).collect();
        let half = |from: usize| {
            let mut dictionary = Dictionary::default();
            for n in from..from + 30_000 {
                dictionary
                    .add(&[format!("{n}")], Class::Noun, 0, &tiny)
                    .unwrap();
            }
            dictionary
        };
        let mut whole = half(0);
        let problem = whole.join(half(30_000)).unwrap_err();
        assert_eq!((problem.kind, problem.line), (ProblemKind::TooLarge, None));
        assert_eq!(problem.found, Some(LARGEST.to_string()));
        // The same entries again are no more than they were.
        let mut same = half(0);
        same.join(half(0)).unwrap();
        assert_eq!(same.n_entries(), 30_000);
    }
}
