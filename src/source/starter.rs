//! The starter sources, embedded in the program: what every new library begins with.
//!
//! They are the files of `data/sources/` with the attribution beside each. To ship another one, put both files there and
//! name them in `FILES`; a test compares the list with the folder.

use std::sync::LazyLock;

use super::Attribution;

/// A source that ships with the program.
#[derive(Clone, Debug)]
pub struct Starter {
    /// Its file's name; its id and its format follow from it.
    pub file_name: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
    /// Who made it, and under which terms it may be quoted.
    pub attribution: Attribution,
}

/// All of them, sorted by file name.
pub fn starters() -> &'static [Starter] {
    static STARTERS: LazyLock<Vec<Starter>> = LazyLock::new(|| {
        FILES
            .iter()
            .map(|(file_name, bytes, attribution)| Starter {
                file_name,
                bytes,
                attribution: Attribution::from_toml(attribution)
                    .expect("a test has read every embedded attribution"),
            })
            .collect()
    });
    &STARTERS
}

/// The name of each source, its bytes, and its attribution.
const FILES: [(&str, &[u8], &str); 1] = [(
    "russia-north-korea.ar.txt",
    include_bytes!("../../data/sources/russia-north-korea.ar.txt"),
    include_str!("../../data/sources/russia-north-korea.ar.toml"),
)];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::source::{self, Format, Problem, SourceId};

    #[test]
    fn every_file_of_the_folder_ships() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sources");
        let in_folder: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_none_or(|ending| ending != "toml"))
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect();
        let embedded: Vec<&str> = starters().iter().map(|starter| starter.file_name).collect();
        assert_eq!(
            embedded,
            Vec::from_iter(&in_folder),
            "a source in data/sources ships once src/source/starter.rs names it and its .toml in FILES, sorted by name"
        );
    }

    #[test]
    fn every_one_can_be_read_and_goes_by_an_id_of_its_own() {
        let mut ids = BTreeSet::new();
        for starter in starters() {
            let format = Format::from_file_name(starter.file_name).unwrap();
            let reading = source::read(format, starter.bytes);
            assert!(!reading.problems.iter().any(Problem::is_fatal));
            let source = reading.source.unwrap();
            assert_eq!(source.language, starter.attribution.language);
            assert!(starter.attribution.licence.is_some(), "it may be shipped");
            assert!(ids.insert(SourceId::from_file_name(starter.file_name).unwrap()));
        }
    }
}
