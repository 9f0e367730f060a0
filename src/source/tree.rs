//! A reading written out whole, so that tests can compare all of it at once.

use std::fmt::Write;

use super::{Kind, Reading};

/// Metadata, problems, and each passage with its section, its place and its markers.
pub(super) fn tree(reading: &Reading) -> String {
    let mut tree = String::new();
    for problem in &reading.problems {
        let line = problem
            .line
            .map_or_else(String::new, |line| format!(":{line}"));
        let found = problem.found.as_deref().unwrap_or_default();
        writeln!(tree, "! {}{line} {found}", problem.kind.code()).unwrap();
    }
    let Some(source) = &reading.source else {
        return tree;
    };
    let metadata = serde_json::to_value(&source.metadata).unwrap();
    for (key, value) in metadata.as_object().unwrap() {
        if let Some(value) = value.as_str() {
            writeln!(tree, "{key}: {value}").unwrap();
        }
    }
    for passage in &source.passages {
        write!(tree, "{}", passage.place).unwrap();
        if let Some(marker) = &passage.marker {
            write!(tree, " ({marker})").unwrap();
        }
        if !passage.section.is_empty() {
            write!(tree, " {}", passage.section.join(" / ")).unwrap();
        }
        if let Some(anchor) = &passage.anchor {
            write!(tree, " #{anchor}").unwrap();
        }
        if let Some(page) = passage.page {
            write!(tree, " page {page}").unwrap();
        }
        for marker in &passage.markers {
            let text = &passage.text[marker.span.clone()];
            let note = marker
                .footnote
                .map_or_else(|| "none".to_owned(), |note| format!("n{note}"));
            write!(tree, " {text}={}→{note}", marker.label).unwrap();
        }
        for span in &passage.citation_needed {
            write!(tree, " {}", &passage.text[span.clone()]).unwrap();
        }
        if passage.place.kind == Kind::Footnote {
            let places: Vec<String> = passage.cited_by.iter().map(ToString::to_string).collect();
            write!(tree, " ← {}", places.join(" ")).unwrap();
        }
        writeln!(tree, "\n    {}", passage.text.replace('\n', "\n    ")).unwrap();
    }
    tree
}

/// Compares the tree of a file under `tests/sources` with the one that lies beside it.
#[track_caller]
pub(super) fn assert_tree(reading: &Reading, file_name: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources");
    let expected = folder.join(format!("{file_name}.tree"));
    let tree = tree(reading);
    if std::env::var_os("WRITE_TREES").is_some() {
        std::fs::write(&expected, &tree).unwrap();
    }
    let expected = std::fs::read_to_string(expected).unwrap_or_default();
    assert!(tree == expected, "{file_name} is read as\n{tree}");
}
