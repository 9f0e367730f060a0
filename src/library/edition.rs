//! Editions: what of a source the index depends on, and in which folder an index lies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::STARTER;
use crate::catalogue::SourceRecord;
use crate::source::{self, Format, SourceId};

/// The number that stands for everything of a source that the index depends on: its id, its bytes and how they are read,
/// and its title.
pub(super) fn number(id: &SourceId, content_hash: &str, format: Format, title: &str) -> u64 {
    let mut digest = Sha256::new();
    for piece in [
        format!("{} {format:?}", source::VERSION).as_str(),
        id.as_str(),
        content_hash,
        title,
    ] {
        digest.update(piece.len().to_le_bytes());
        digest.update(piece);
    }
    let digest = digest.finalize();
    let first = digest.first_chunk().expect("a digest has 32 bytes");
    u64::from_le_bytes(*first)
}

/// Sources by the numbers of their editions.
pub(super) fn of(sources: Vec<SourceRecord>) -> BTreeMap<u64, SourceRecord> {
    let numbered = sources.into_iter().map(|record| {
        let title = &record.attribution.title;
        let number = number(&record.id, &record.content_hash, record.format, title);
        (number, record)
    });
    numbered.collect()
}

/// The folder of a library's index below that of all indexes. Libraries that hold just what the starter holds share its
/// index: a server that never changed anything costs nothing.
pub(super) fn folder(
    indexes: &Path,
    library: &str,
    editions: &BTreeSet<u64>,
    starter: &BTreeSet<u64>,
) -> PathBuf {
    let library = if editions == starter {
        STARTER
    } else {
        library
    };
    // Ids are made by us and plain; another one is as good an id, but not a name for a folder.
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !library.is_empty() && library.len() <= 64 && library.chars().all(is_plain) {
        return indexes.join(library);
    }
    let digest = Sha256::digest(library);
    let first = digest.first_chunk().expect("a digest has 32 bytes");
    indexes.join(format!("library-{:032x}", u128::from_be_bytes(*first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_changes_with_what_the_index_depends_on() {
        let id = |text: &str| text.parse::<SourceId>().unwrap();
        let all = [
            number(&id("a"), "00", Format::Article, "t"),
            number(&id("b"), "00", Format::Article, "t"),
            number(&id("a"), "01", Format::Article, "t"),
            number(&id("a"), "00", Format::JsonLines, "t"),
            number(&id("a"), "00", Format::Article, "u"),
            number(&id("a"), "0", Format::Article, "0t"),
        ];
        assert_eq!(BTreeSet::from(all).len(), all.len());
        assert_eq!(all[0], number(&id("a"), "00", Format::Article, "t"));
    }

    #[test]
    fn libraries_share_the_starters_folder_while_they_hold_the_same() {
        let folder = |library, editions: &[u64]| {
            let editions = editions.iter().copied().collect();
            folder(Path::new("index"), library, &editions, &BTreeSet::from([1]))
        };
        assert_eq!(folder("42", &[1]), Path::new("index/starter"));
        assert_eq!(folder("42", &[1, 2]), Path::new("index/42"));
        assert_eq!(folder("42", &[]), Path::new("index/42"));
    }

    #[test]
    fn no_id_leads_out_of_the_folder() {
        for library in ["..", "", "a/b", "C:", "STARTER", "مكتبة"] {
            let folder = folder(
                Path::new("index"),
                library,
                &BTreeSet::new(),
                &BTreeSet::from([1]),
            );
            let name = folder.strip_prefix("index").unwrap().to_str().unwrap();
            assert!(name.starts_with("library-") && name.len() == 40, "{name}");
        }
    }
}
