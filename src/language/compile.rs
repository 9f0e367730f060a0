//! Lays a lexicon out as `lexicon` searches it: ours when the program is built, imported ones when they are imported.
//!
//! `build.rs` includes this file, so it may use nothing of ours but folding, stemming and the Arabic stop words.

use std::collections::BTreeMap;

use super::{arabic, fold, stop};

/// What the classes of entries are called in files, in the order of their numbers; `lexicon::Class` has the same. The
/// last is that of entries whose file does not say it.
pub(super) const CLASSES: [&str; 20] = [
    "n", "v", "adj", "adv", "num", "fn", "place", "person", "org", "people", "lang", "faith",
    "month", "money", "unit", "acronym", "event", "work", "era", "?",
];

/// How many bytes a text in the table has at most.
pub(super) const LONGEST: usize = 255;
/// How many alternatives an entry has at most, and stems a family.
pub(super) const MOST: usize = 255;

/// How many letters a stem has that is a key to its family, beside the forms themselves.
const LONG_STEM: usize = 4;

/// One line of the lexicon.
struct Entry {
    class: u8,
    zipf: u8,
    lemma: String,
    alternatives: Vec<String>,
    /// The stems of the alternatives' words with content.
    terms: Vec<String>,
}

/// Everything that goes into the table.
#[derive(Default)]
pub(super) struct Tables {
    entries: Vec<Entry>,
    /// The entries by English form.
    english: Keys,
    /// The entries by the stems of their Arabic alternatives.
    arabic: Keys,
    /// The stems of the forms of one Arabic word, most telling first.
    families: Vec<Vec<String>>,
    /// The families by folded form, and by stem where that is long.
    forms: Keys,
}

/// What a key leads to: numbers of entries or families.
type Keys = BTreeMap<String, Vec<u32>>;

impl Tables {
    /// Adds an entry by its English forms, the lemma first. `zipf` is ten times its frequency, 0 where that is not known.
    /// False, and nothing is added, where something of it has no room in the table.
    pub(super) fn add_entry(
        &mut self,
        forms: &[String],
        class: u8,
        zipf: u8,
        alternatives: &[String],
    ) -> bool {
        let Some(lemma) = forms.first() else {
            return false;
        };
        let keys: Vec<String> = forms.iter().map(|form| english_key(form)).collect();
        let stems: Vec<String> = alternatives.iter().map(|words| stems(words)).collect();
        let terms: Vec<String> = alternatives
            .iter()
            .map(|words| content_stems(words))
            .collect();
        let all = std::iter::once(lemma)
            .chain(&keys)
            .chain(alternatives)
            .chain(&stems)
            .chain(&terms);
        if alternatives.len() > MOST || all.into_iter().any(|text| text.len() > LONGEST) {
            return false;
        }
        let at = number(self.entries.len());
        for key in keys {
            add(&mut self.english, key, at);
        }
        for stems in stems {
            add(&mut self.arabic, stems, at);
        }
        self.entries.push(Entry {
            class,
            zipf,
            lemma: lemma.clone(),
            alternatives: alternatives.to_vec(),
            terms,
        });
        true
    }

    /// Adds the forms of one Arabic word; false, and nothing is added, where they have no room in the table.
    pub(super) fn add_family<'a>(&mut self, forms: impl Iterator<Item = &'a str>) -> bool {
        let forms: Vec<(String, String)> = forms
            .map(fold::fold)
            .map(|form| (stems(&form), form))
            .collect();
        if forms.len() > MOST || forms.iter().any(|(_, form)| form.len() > LONGEST) {
            return false;
        }
        let mut family: Vec<String> = Vec::new();
        let at = number(self.families.len());
        for (stem, form) in forms {
            add(&mut self.forms, form, at);
            // A short stem is that of too many words: فرعون has that of فرع.
            if arabic::n_letters(&stem) >= LONG_STEM {
                add(&mut self.forms, stem.clone(), at);
            }
            if !family.contains(&stem) {
                family.push(stem);
            }
        }
        self.families.push(family);
        true
    }

    /// Lays the lexicon out as `lexicon` reads it; all numbers are little-endian u32 unless said otherwise: the counts of
    /// entries, English keys, Arabic keys, families and forms; then an offset for each of them; then, in their order and
    /// without a gap, what they point to: an entry (class u8, frequency × 10 u8, lemma, number of alternatives u8,
    /// alternatives, their number again u8, the stems of their words with content), a key (text, how many it leads to
    /// u16, their numbers), a family (number of stems u8, stems). A text is its length in bytes as u8 and its bytes. Keys
    /// are sorted by their bytes.
    pub(super) fn compile(&self) -> Vec<u8> {
        let counts = [
            self.entries.len(),
            self.english.len(),
            self.arabic.len(),
            self.families.len(),
            self.forms.len(),
        ];
        let head = 4 * (counts.len() + counts.iter().sum::<usize>());
        let mut body = Vec::new();
        let mut offsets = Vec::new();
        for entry in &self.entries {
            offsets.push(head + body.len());
            body.extend([entry.class, entry.zipf]);
            text(&entry.lemma, &mut body);
            texts(&entry.alternatives, &mut body);
            texts(&entry.terms, &mut body);
        }
        for keys in [&self.english, &self.arabic] {
            offsets.extend(put_keys(keys, head, &mut body));
        }
        for family in &self.families {
            offsets.push(head + body.len());
            texts(family, &mut body);
        }
        offsets.extend(put_keys(&self.forms, head, &mut body));
        let numbers = counts
            .into_iter()
            .chain(offsets)
            .map(|n| number(n).to_le_bytes());
        numbers.flatten().chain(body).collect()
    }
}

/// Appends keys to the body; gives the offset of each.
fn put_keys(keys: &Keys, head: usize, body: &mut Vec<u8>) -> Vec<usize> {
    let mut offsets = Vec::with_capacity(keys.len());
    for (key, found) in keys {
        offsets.push(head + body.len());
        text(key, body);
        let n = u16::try_from(found.len()).expect("adding stops before");
        body.extend(n.to_le_bytes());
        for at in found {
            body.extend(at.to_le_bytes());
        }
    }
    offsets
}

/// An English form as it is looked up: folded words, one space between them.
pub(super) fn english_key(form: &str) -> String {
    fold::fold(&form.replace(['\'', '’', '.'], ""))
        .replace('-', " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The stems of Arabic words, one space between them.
fn stems(words: &str) -> String {
    let folded = fold::fold(words);
    folded
        .split(' ')
        .map(arabic::stem)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The stems of those Arabic words that carry content, one space between them.
pub(super) fn content_stems(words: &str) -> String {
    let folded = fold::fold(words);
    let content = folded.split(' ').filter(|word| !stop::is_arabic(word));
    content.map(arabic::stem).collect::<Vec<_>>().join(" ")
}

fn add(keys: &mut Keys, key: String, at: u32) {
    let found = keys.entry(key).or_default();
    // A key that leads to so many entries tells nothing anyway.
    if found.last() != Some(&at) && found.len() < usize::from(u16::MAX) {
        found.push(at);
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("the table is below 4 GiB")
}

fn texts(all: &[String], body: &mut Vec<u8>) {
    body.push(u8::try_from(all.len()).expect("adding looked at the number"));
    for one in all {
        text(one, body);
    }
}

fn text(text: &str, body: &mut Vec<u8>) {
    body.push(u8::try_from(text.len()).expect("adding looked at the length"));
    body.extend(text.as_bytes());
}
