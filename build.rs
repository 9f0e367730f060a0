//! Compiles the lexicon, `data/lexicon/*.tsv`, into one table that the program searches where it lies.
//!
//! `arabic-forms.tsv` joins the forms of one Arabic word whose inside changes; every other file translates.
//!
//! The folding and the stemmer are the program's own: this includes their very files.

#[path = "src/language/arabic.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the build needs the stemmer alone"
)]
mod arabic;
#[path = "src/language/compile.rs"]
mod compile;
#[path = "src/language/fold.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the build needs the folding alone"
)]
mod fold;
#[path = "src/language/stop.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the build needs the Arabic list alone"
)]
mod stop;

use std::path::Path;
use std::{env, fs};

use compile::{CLASSES, Tables};

fn main() {
    println!("cargo::rerun-if-changed=data/lexicon");
    println!("cargo::rerun-if-changed=src/language/fold.rs");
    println!("cargo::rerun-if-changed=src/language/arabic.rs");
    println!("cargo::rerun-if-changed=src/language/compile.rs");
    println!("cargo::rerun-if-changed=src/language/stop.rs");
    // A migration is embedded by a macro that does not see a new file come.
    println!("cargo::rerun-if-changed=src/catalogue/migrations");
    let mut files: Vec<_> = fs::read_dir("data/lexicon")
        .expect("data/lexicon can be listed")
        .map(|file| file.expect("data/lexicon can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "tsv"))
        .collect();
    files.sort();
    let mut tables = Tables::default();
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
                add_family(&mut tables, &columns, &here);
            } else {
                add_entry(&mut tables, &columns, &here);
            }
        }
    }
    let out = env::var("OUT_DIR").expect("cargo says where to write");
    fs::write(Path::new(&out).join("lexicon.bin"), tables.compile())
        .expect("the table can be written");
}

/// A line of translations.
fn add_entry(tables: &mut Tables, columns: &[&str], here: &str) {
    let [forms, class, zipf, alternatives] = columns else {
        panic!("{here}: four columns are wanted")
    };
    let class = CLASSES
        .iter()
        .position(|known| known == class)
        .unwrap_or_else(|| panic!("{here}: class `{class}`"));
    let class = u8::try_from(class).expect("few classes");
    let zipf: f32 = zipf
        .parse()
        .unwrap_or_else(|_| panic!("{here}: frequency `{zipf}`"));
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a frequency is between 1 and 8"
    )]
    let zipf = (zipf * 10.0).round() as u8;
    let texts = |column: &str, between| -> Vec<String> {
        column.split(between).map(str::to_owned).collect()
    };
    let (forms, alternatives) = (texts(forms, ", "), texts(alternatives, "، "));
    assert!(
        tables.add_entry(&forms, class, zipf, &alternatives),
        "{here}: it is too long"
    );
}

/// A line of the forms of one Arabic word.
fn add_family(tables: &mut Tables, columns: &[&str], here: &str) {
    let [_, forms] = columns else {
        panic!("{here}: two columns are wanted")
    };
    assert!(
        tables.add_family(forms.split("، ")),
        "{here}: it is too long"
    );
}
