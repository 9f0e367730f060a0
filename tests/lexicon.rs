//! The lexicon's files are as `data/lexicon/README.md` says: people write them, and the build trusts them.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// Every line with content of the files whose names pass, with where it stands.
fn lines(passes: impl Fn(&str) -> bool) -> BTreeMap<String, Vec<(usize, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lexicon");
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|ending| ending != "tsv") || !passes(&name) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with('#') && text.ends_with('\n'), "{name}");
        let lines = (1..)
            .zip(text.lines())
            .filter(|(_, text)| !text.starts_with('#'));
        files.insert(
            name,
            lines.map(|(line, text)| (line, text.to_owned())).collect(),
        );
    }
    files
}

/// Whether a text is Arabic words, one space between them.
fn is_arabic(words: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| matches!(c, '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}'))
    };
    words.split(' ').all(is_word)
}

#[test]
fn translations_are_well_formed() {
    const CLASSES: [&str; 19] = [
        "n", "v", "adj", "adv", "num", "fn", "place", "person", "org", "people", "lang", "faith",
        "month", "money", "unit", "acronym", "event", "work", "era",
    ];
    let files = lines(|name| name != "arabic-forms.tsv");
    let mut n_lemmas = HashSet::new();
    let (mut n_lines, mut n_deep, mut n_acronyms, mut n_phrases) = (0, 0, 0, 0);
    for (file, lines) in &files {
        let mut lemmas = HashSet::new();
        let mut before = String::new();
        for (line, text) in lines {
            let here = format!("{file}:{line}: {text}");
            let columns: Vec<&str> = text.split('\t').collect();
            let [english, class, zipf, arabic] = columns[..] else {
                panic!("{here}: four columns")
            };
            let lemma = english.split(", ").next().unwrap();
            assert!(
                english
                    .split(", ")
                    .all(|form| !form.is_empty() && form.trim() == form),
                "{here}"
            );
            assert!(lemmas.insert(lemma), "{here}: twice");
            assert!(CLASSES.contains(&class), "{here}: class");
            assert!(
                zipf.parse::<f32>()
                    .is_ok_and(|zipf| (1.0..=8.0).contains(&zipf)),
                "{here}: frequency"
            );
            let alternatives: Vec<&str> = arabic.split("، ").collect();
            assert!(
                alternatives.iter().all(|words| is_arabic(words)),
                "{here}: Arabic letters"
            );
            assert_eq!(
                alternatives.iter().collect::<HashSet<_>>().len(),
                alternatives.len(),
                "{here}: alternatives"
            );
            let key = english.to_lowercase();
            assert!(key >= before, "{here}: sorted");
            before = key;
            n_lines += 1;
            n_deep += usize::from(alternatives.len() >= 3);
            n_acronyms += usize::from(class == "acronym");
            n_phrases += usize::from(lemma.contains(' '));
            n_lemmas.insert(lemma.to_lowercase());
        }
    }
    assert!(n_lemmas.len() >= 10_000, "{} lemmas", n_lemmas.len());
    assert!(
        n_deep * 10 >= n_lines * 7,
        "{n_deep} of {n_lines} lines have three alternatives or more"
    );
    assert!(
        n_acronyms >= 400 && n_phrases >= 1_000,
        "{n_acronyms} acronyms, {n_phrases} terms of several words"
    );
}

#[test]
fn families_of_arabic_forms_are_well_formed() {
    let files = lines(|name| name == "arabic-forms.tsv");
    let mut heads = HashSet::new();
    let mut n_plurals = 0;
    for (line, text) in &files["arabic-forms.tsv"] {
        let here = format!("arabic-forms.tsv:{line}: {text}");
        let (class, forms) = text
            .split_once('\t')
            .unwrap_or_else(|| panic!("{here}: two columns"));
        let forms: Vec<&str> = forms.split("، ").collect();
        assert!(matches!(class, "n" | "v" | "adj"), "{here}: class");
        assert!(
            forms.len() >= 2 && forms.iter().all(|form| is_arabic(form)),
            "{here}: forms"
        );
        assert_eq!(
            forms.iter().collect::<HashSet<_>>().len(),
            forms.len(),
            "{here}: forms"
        );
        assert!(heads.insert(forms[0]), "{here}: twice");
        n_plurals += if class == "n" { forms.len() - 1 } else { 0 };
    }
    assert!(n_plurals >= 1_500, "{n_plurals} plurals");
}
