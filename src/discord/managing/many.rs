//! Several files at once: those of an archive, or of one message.

use std::collections::HashSet;

use crate::catalogue::apart;
use crate::library::Details;
use crate::source::archive::{self, Archive};
use crate::source::id::MAX_CHARS;
use crate::source::{Metadata, Problem, SourceId};

/// A file with its bytes, ready to be read.
pub(super) struct Read {
    /// Its name, folders included.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// What is said of it.
    pub(super) details: Details,
}

/// The files of an archive and what was left out of it; what was said of the archive is said of each of its files, except
/// for the id and the title.
pub(super) async fn unpacked(
    bytes: Vec<u8>,
    said: &Details,
) -> Result<(Vec<Read>, Vec<Problem>), Vec<Problem>> {
    let Archive { files, warnings } = apart(move || archive::files(&bytes)).await?;
    let is_one = files.len() == 1;
    let read = files.into_iter().map(|file| {
        let metadata = Metadata {
            title: said.metadata.title.clone().filter(|_| is_one),
            ..said.metadata.clone()
        };
        let beside = file.attribution.map(Metadata::from).unwrap_or_default();
        Read {
            name: file.name,
            bytes: file.bytes,
            details: Details {
                id: said.id.clone().filter(|_| is_one),
                metadata: metadata.or(beside),
                ..Details::default()
            },
        }
    });
    let mut read: Vec<Read> = read.collect();
    tell_apart(&mut read);
    Ok((read, warnings))
}

/// Gives files ids of their own that would have the same by their names: else one would become a version of another.
pub(super) fn tell_apart(files: &mut [Read]) {
    let mut taken = HashSet::new();
    for file in files {
        let own = file.details.id.clone();
        let Some(id) = own.or_else(|| SourceId::from_file_name(&file.name).ok()) else {
            continue;
        };
        if taken.insert(id.clone()) {
            continue;
        }
        let with_folders = SourceId::from_file_name(&file.name.replace(['/', '\\'], "-")).ok();
        let numbered = (2_u32..).filter_map(|count| numbered(&id, count));
        let mut others = with_folders.into_iter().chain(numbered);
        // Of endless numbers one is free.
        if let Some(free) = others.find(|other| !taken.contains(other)) {
            taken.insert(free.clone());
            file.details.id = Some(free);
        }
    }
}

fn numbered(id: &SourceId, count: u32) -> Option<SourceId> {
    let number = format!("-{count}");
    let stem: String = id.as_str().chars().take(MAX_CHARS - number.len()).collect();
    format!("{stem}{number}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_becomes_a_version_of_another_one_of_the_same_archive() {
        let long = format!("{}.txt", "x".repeat(60));
        let names = [
            "a/one.txt",
            "b/one.txt",
            "one.md",
            "one.txt",
            "two.txt",
            &long,
            &long,
        ];
        let mut files: Vec<Read> = names
            .iter()
            .map(|name| Read {
                name: (*name).to_owned(),
                bytes: Vec::new(),
                details: Details::default(),
            })
            .collect();
        tell_apart(&mut files);
        let ids: Vec<String> = files
            .iter()
            .map(|file| {
                let own = SourceId::from_file_name(&file.name).ok();
                file.details.id.clone().or(own).unwrap().to_string()
            })
            .collect();
        let x = "x".repeat(48);
        let numbered = format!("{}-2", "x".repeat(46));
        assert_eq!(
            ids,
            ["one", "b-one", "one-2", "one-3", "two", &x, &numbered]
        );
    }
}
