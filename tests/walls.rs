//! The walls of the house: which crate is named where, and which module may know which.

use std::path::{Path, PathBuf};

/// The modules from the ground up; each may know those of a lower number.
const LAYERS: [(&str, u8); 11] = [
    ("language", 0),
    ("config", 0),
    ("source", 1),
    ("catalogue", 2),
    ("index", 2),
    ("answer", 3),
    ("library", 4),
    ("fetch", 5),
    ("wording", 6),
    ("discord", 7),
    ("cli", 8),
];

/// Every file under `src` with its top module and its code: comments and tests left out.
fn code() -> Vec<(PathBuf, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![src.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let below = path.strip_prefix(&src).unwrap().to_owned();
            let is_test = |part: &std::ffi::OsStr| part == "tests" || part == "tests.rs";
            if below.iter().any(is_test) {
                continue;
            }
            let top = below.iter().next().unwrap().to_string_lossy();
            let top = top.trim_end_matches(".rs").to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = without_tests(&text)
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            files.push((below, top, lines.collect::<Vec<_>>().join("\n")));
        }
    }
    files
}

/// A file up to the tests in it; that they have a file of their own (`mod tests;`) ends nothing.
fn without_tests(text: &str) -> &str {
    let mut marks = text.match_indices("#[cfg(test)]\n");
    let begins = |(at, mark): &(usize, &str)| {
        let marked = text[at + mark.len()..].lines().next();
        marked.is_some_and(|line| line.ends_with('{'))
    };
    marks.find(begins).map_or(text, |(at, _)| &text[..at])
}

/// Whether a name stands in code as a word of its own.
fn names(code: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// The modules that code names as `crate::module` or in `crate::{module, …}`.
fn known(code: &str) -> Vec<String> {
    let mut known = Vec::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut name = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 || (depth == 1 && c == ',') {
                    known.push(std::mem::take(&mut name));
                }
                if depth == 0 {
                    break;
                }
                if depth == 1 && c != ',' && c != '}' {
                    name.push(c);
                }
            }
        } else {
            known.push(rest.to_owned());
        }
    }
    let first_word = |name: &String| {
        name.trim()
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap()
            .to_owned()
    };
    known.iter().map(first_word).collect()
}

#[test]
fn each_engine_is_named_in_its_rooms_alone() {
    let rooms: [(&str, &[&str]); 5] = [
        ("tantivy", &["index"]),
        ("poise", &["discord"]),
        ("serenity", &["discord"]),
        ("reqwest", &["discord", "fetch"]),
        ("sqlx", &["catalogue"]),
    ];
    for (path, top, code) in code() {
        for (engine, rooms) in rooms {
            assert!(
                rooms.contains(&top.as_str()) || !names(&code, engine),
                "{} names {engine}",
                path.display()
            );
        }
    }
}

#[test]
fn modules_know_only_what_is_below_them() {
    let layer = |name: &str| {
        LAYERS
            .iter()
            .find(|(module, _)| *module == name)
            .map(|(_, layer)| *layer)
    };
    for (path, top, code) in code() {
        let Some(own) = layer(&top) else {
            assert!(matches!(top.as_str(), "lib" | "main"), "{top} has no layer");
            continue;
        };
        for module in known(&code) {
            if let Some(other) = layer(&module) {
                assert!(
                    module == top || other < own,
                    "{} knows {module}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_walls_are_seen() {
    assert!(names("use tantivy::Index;", "tantivy"));
    assert!(!names("let my_tantivy_like = 1;", "tantivy"));
    assert_eq!(
        known("use crate::answer::Outcome; crate::cli::run()"),
        ["answer", "cli"]
    );
    assert_eq!(
        known("use crate::{library::{self, Library}, wording};"),
        ["library", "wording"]
    );
}
