//! Compiles the lexicon, `data/lexicon/*.tsv`, into one table that the program searches where it lies.
//!
//! The folding and the stemmer are the program's own: this includes their very files.

#[path = "src/language/arabic.rs"]
#[allow(dead_code, reason = "the build needs the stemmer alone")]
mod arabic;
#[path = "src/language/fold.rs"]
#[allow(dead_code, reason = "the build needs the folding alone")]
mod fold;

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

fn main() {
    println!("cargo::rerun-if-changed=data/lexicon");
    println!("cargo::rerun-if-changed=src/language/fold.rs");
    println!("cargo::rerun-if-changed=src/language/arabic.rs");
    // A migration is embedded by a macro that does not see a new file come.
    println!("cargo::rerun-if-changed=src/catalogue/migrations");
    let mut files: Vec<_> = fs::read_dir("data/lexicon")
        .expect("data/lexicon can be listed")
        .map(|file| file.expect("data/lexicon can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "tsv"))
        .collect();
    files.sort();
    let mut entries: Vec<Entry> = Vec::new();
    let mut english: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut arabic: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let text = fs::read_to_string(&file).expect("a lexicon file is UTF-8");
        for (line, entry) in (1..)
            .zip(text.lines())
            .filter(|(_, entry)| !entry.is_empty() && !entry.starts_with('#'))
        {
            let here = || format!("{}:{line}", file.display());
            let columns: Vec<&str> = entry.split('\t').collect();
            let [forms, class, zipf, alternatives] = columns[..] else {
                panic!("{}: four columns are wanted", here())
            };
            let class = CLASSES
                .iter()
                .position(|known| *known == class)
                .unwrap_or_else(|| panic!("{}: class `{class}`", here()));
            let zipf: f32 = zipf
                .parse()
                .unwrap_or_else(|_| panic!("{}: frequency `{zipf}`", here()));
            let at = u32::try_from(entries.len()).expect("fewer than 2^32 entries");
            for form in forms.split(", ") {
                add(&mut english, english_key(form), at);
            }
            let alternatives: Vec<String> = alternatives.split("، ").map(str::to_owned).collect();
            for alternative in &alternatives {
                let key = fold::fold(alternative)
                    .split(' ')
                    .map(arabic::stem)
                    .collect::<Vec<_>>()
                    .join(" ");
                add(&mut arabic, key, at);
            }
            entries.push(Entry {
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
    }
    let out = env::var("OUT_DIR").expect("cargo says where to write");
    fs::write(
        Path::new(&out).join("lexicon.bin"),
        compile(&entries, &english, &arabic),
    )
    .expect("the table can be written");
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

fn add(keys: &mut BTreeMap<String, Vec<u32>>, key: String, entry: u32) {
    let entries = keys.entry(key).or_default();
    if !entries.contains(&entry) {
        entries.push(entry);
    }
}

/// Lays the lexicon out as `language::lexicon` reads it; all numbers are little-endian u32 unless said otherwise:
/// the counts of entries, English keys and Arabic keys; then an offset for each of them; then what they point to:
/// an entry (class u8, frequency × 10 u8, lemma, number of alternatives u8, alternatives) or a key (text, number of
/// entries u16, entries). A text is its length in bytes as u8 and its bytes. Keys are sorted by their bytes.
fn compile(
    entries: &[Entry],
    english: &BTreeMap<String, Vec<u32>>,
    arabic: &BTreeMap<String, Vec<u32>>,
) -> Vec<u8> {
    let mut body = Vec::new();
    let mut offsets = Vec::new();
    let head = 4 * (3 + entries.len() + english.len() + arabic.len());
    for entry in entries {
        offsets.push(head + body.len());
        body.extend([entry.class, entry.zipf]);
        text(&entry.lemma, &mut body);
        body.push(u8::try_from(entry.alternatives.len()).expect("fewer than 256 alternatives"));
        entry
            .alternatives
            .iter()
            .for_each(|alternative| text(alternative, &mut body));
    }
    for keys in [english, arabic] {
        for (key, found) in keys {
            offsets.push(head + body.len());
            text(key, &mut body);
            body.extend(
                u16::try_from(found.len())
                    .expect("fewer than 65536 entries a key")
                    .to_le_bytes(),
            );
            found
                .iter()
                .for_each(|entry| body.extend(entry.to_le_bytes()));
        }
    }
    let counts = [entries.len(), english.len(), arabic.len()];
    let numbers = counts.into_iter().chain(offsets).map(|n| {
        u32::try_from(n)
            .expect("the table is below 4 GiB")
            .to_le_bytes()
    });
    numbers.flatten().chain(body).collect()
}

fn text(text: &str, body: &mut Vec<u8>) {
    body.push(
        u8::try_from(text.len()).unwrap_or_else(|_| panic!("`{text}` is longer than 255 bytes")),
    );
    body.extend(text.as_bytes());
}
