//! Compiles the lexicon, `data/lexicon/*.tsv`, into one table that the program searches where it lies.
//!
//! `arabic-forms.tsv` joins the forms of one Arabic word whose inside changes; every other file translates.
//!
//! The folding and the stemmer are the program's own: this includes their very files.

#[path = "src/language/arabic.rs"]
#[allow(dead_code, unreachable_pub, reason = "the build needs the stemmer alone")]
mod arabic;
#[path = "src/language/fold.rs"]
#[allow(dead_code, unreachable_pub, reason = "the build needs the folding alone")]
mod fold;
#[path = "src/language/stop.rs"]
#[allow(dead_code, unreachable_pub, reason = "the build needs the Arabic list alone")]
mod stop;

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

/// One line of the lexicon.
struct Entry {
    class: u8,
    zipf: u8,
    lemma: String,
    alternatives: Vec<String>,
}

/// Everything that goes into the table.
#[derive(Default)]
struct Lexicon {
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

/// How many letters a stem has that is a key to its family, beside the forms themselves.
const LONG_STEM: usize = 4;

/// What a key leads to: numbers of entries or families.
type Keys = BTreeMap<String, Vec<u32>>;

fn main() {
    println!("cargo::rerun-if-changed=data/lexicon");
    println!("cargo::rerun-if-changed=src/language/fold.rs");
    println!("cargo::rerun-if-changed=src/language/arabic.rs");
    println!("cargo::rerun-if-changed=src/language/stop.rs");
    // A migration is embedded by a macro that does not see a new file come.
    println!("cargo::rerun-if-changed=src/catalogue/migrations");
    let mut files: Vec<_> = fs::read_dir("data/lexicon")
        .expect("data/lexicon can be listed")
        .map(|file| file.expect("data/lexicon can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "tsv"))
        .collect();
    files.sort();
    let mut lexicon = Lexicon::default();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let text = fs::read_to_string(&file).expect("a lexicon file is UTF-8");
        let is_forms = file
            .file_name()
            .is_some_and(|name| name == "arabic-forms.tsv");
        for (line, entry) in (1..)
            .zip(text.lines())
            .filter(|(_, entry)| !entry.is_empty() && !entry.starts_with('#'))
        {
            let here = format!("{}:{line}", file.display());
            let columns: Vec<&str> = entry.split('\t').collect();
            if is_forms {
                lexicon.add_family(&columns, &here);
            } else {
                lexicon.add_entry(&columns, &here);
            }
        }
    }
    let out = env::var("OUT_DIR").expect("cargo says where to write");
    fs::write(Path::new(&out).join("lexicon.bin"), lexicon.compile())
        .expect("the table can be written");
}

impl Lexicon {
    /// A line of translations.
    fn add_entry(&mut self, columns: &[&str], here: &str) {
        let [forms, class, zipf, alternatives] = columns else {
            panic!("{here}: four columns are wanted")
        };
        let class = CLASSES
            .iter()
            .position(|known| known == class)
            .unwrap_or_else(|| panic!("{here}: class `{class}`"));
        let zipf: f32 = zipf
            .parse()
            .unwrap_or_else(|_| panic!("{here}: frequency `{zipf}`"));
        let at = number(self.entries.len());
        for form in forms.split(", ") {
            add(&mut self.english, english_key(form), at);
        }
        let alternatives: Vec<String> = alternatives.split("، ").map(str::to_owned).collect();
        for alternative in &alternatives {
            add(&mut self.arabic, stems(alternative), at);
        }
        self.entries.push(Entry {
            class: u8::try_from(class).expect("few classes"),
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a frequency is between 1 and 8"
            )]
            zipf: (zipf * 10.0).round() as u8,
            lemma: forms.split(", ").next().unwrap_or_default().to_owned(),
            alternatives,
        });
    }

    /// A line of the forms of one Arabic word.
    fn add_family(&mut self, columns: &[&str], here: &str) {
        let [_, forms] = columns else {
            panic!("{here}: two columns are wanted")
        };
        let mut family: Vec<String> = Vec::new();
        let at = number(self.families.len());
        for form in forms.split("، ").map(fold::fold) {
            let stem = stems(&form);
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
    }

    /// Lays the lexicon out as `language::lexicon` reads it; all numbers are little-endian u32 unless said otherwise:
    /// the counts of entries, English keys, Arabic keys, families and forms; then an offset for each of them; then what
    /// they point to: an entry (class u8, frequency × 10 u8, lemma, number of alternatives u8, alternatives, their
    /// number again u8, the stems of their words with content), a family (number of stems u8, stems) or a key (text, how many it leads to u16, their numbers). A text is its length in bytes
    /// as u8 and its bytes. Keys are sorted by their bytes.
    fn compile(&self) -> Vec<u8> {
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
            let terms = entry.alternatives.iter().map(|words| content_stems(words));
            texts(&terms.collect::<Vec<_>>(), &mut body);
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
        let n = u16::try_from(found.len()).expect("fewer than 65536 entries a key");
        body.extend(n.to_le_bytes());
        for at in found {
            body.extend(at.to_le_bytes());
        }
    }
    offsets
}

/// The classes of entries, in the order of their numbers; `language::lexicon::Class` has the same.
const CLASSES: [&str; 19] = [
    "n", "v", "adj", "adv", "num", "fn", "place", "person", "org", "people", "lang", "faith",
    "month", "money", "unit", "acronym", "event", "work", "era",
];

/// An English form as it is looked up: folded words, one space between them.
fn english_key(form: &str) -> String {
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
fn content_stems(words: &str) -> String {
    let folded = fold::fold(words);
    let content = folded.split(' ').filter(|word| !stop::is_arabic(word));
    content.map(arabic::stem).collect::<Vec<_>>().join(" ")
}

fn add(keys: &mut Keys, key: String, at: u32) {
    let found = keys.entry(key).or_default();
    if !found.contains(&at) {
        found.push(at);
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("the table is below 4 GiB")
}

fn texts(all: &[String], body: &mut Vec<u8>) {
    body.push(u8::try_from(all.len()).expect("fewer than 256 texts"));
    for one in all {
        text(one, body);
    }
}

fn text(text: &str, body: &mut Vec<u8>) {
    body.push(
        u8::try_from(text.len()).unwrap_or_else(|_| panic!("`{text}` is longer than 255 bytes")),
    );
    body.extend(text.as_bytes());
}
