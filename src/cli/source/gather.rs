//! What the arguments of `sanad source add` name: files, the files of folders, the files in archives.
//!
//! A newcomer's trap: links in a folder are not followed, whatever they lead to: one out of the folder is somebody else's, one
//! within it would be a second of the same.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::super::{Said, terminal};
use super::add::File;
use crate::source::{Format, Problem, ProblemKind, SourceId, archive};
use crate::wording;

/// Folders within folders are looked into no deeper.
const MAX_DEPTH: usize = 64;

/// No archive of more bytes is read into memory.
const MAX_ARCHIVE_BYTES: u64 = 256 << 20;

/// A file that is to become a source.
pub(super) struct Item {
    /// As it is shown: of a file in an archive, that with the name in it.
    pub(super) path: PathBuf,
    /// The id, where the file's name alone would not tell it from another's.
    pub(super) id: Option<SourceId>,
    /// What was read already.
    read: Option<File>,
}

impl Item {
    /// Its bytes and what lies beside it.
    pub(super) fn file(self) -> Result<File, Said> {
        match self.read {
            Some(file) => Ok(file),
            None => File::read(&self.path),
        }
    }
}

impl From<PathBuf> for Item {
    fn from(path: PathBuf) -> Self {
        Self {
            path,
            id: None,
            read: None,
        }
    }
}

impl From<File> for Item {
    fn from(file: File) -> Self {
        Self {
            path: file.path.clone(),
            id: None,
            read: Some(file),
        }
    }
}

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    /// The files, in the order of the arguments and of their names.
    pub(super) items: Vec<Item>,
    /// What could not be read, a sentence each.
    pub(super) failures: Vec<String>,
    /// What was left out, a sentence each.
    pub(super) warnings: Vec<String>,
}

impl Found {
    /// Looks at what an argument names.
    pub(super) fn gather(&mut self, path: &Path) {
        if path.is_dir() {
            let n_before = self.items.len() + self.failures.len();
            self.folder(path, 0);
            if self.items.len() + self.failures.len() == n_before {
                self.failed(path, &Problem::of_file(ProblemKind::NothingToRead, None));
            }
        } else if archive::is_archive(&path.to_string_lossy()) {
            self.archive(path);
        } else {
            self.items.push(path.to_owned().into());
        }
    }

    /// Gives those files ids of their own that would have the same by their names: the names of their folders come before,
    /// as many as it takes.
    pub(super) fn tell_apart(&mut self) {
        for depth in 1..=MAX_DEPTH {
            let double = self.doubles();
            if double.is_empty() {
                return;
            }
            for nth in double {
                if let Some(item) = self.items.get_mut(nth) {
                    item.id = with_folders(&item.path, depth).or_else(|| item.id.take());
                }
            }
        }
        // Names that differ only in what makes no part of an id, or behind its end.
        for (count, nth) in (1_u32..).zip(self.doubles()) {
            if let Some(item) = self.items.get_mut(nth) {
                item.id = own_id(item)
                    .and_then(|id| numbered(&id, count))
                    .or_else(|| item.id.take());
            }
        }
    }

    /// Which files have an id that another has.
    fn doubles(&self) -> Vec<usize> {
        let mut by_id: HashMap<SourceId, Vec<usize>> = HashMap::new();
        for (nth, item) in self.items.iter().enumerate() {
            if let Some(id) = own_id(item) {
                by_id.entry(id).or_default().push(nth);
            }
        }
        let mut doubles: Vec<usize> = by_id
            .into_values()
            .filter(|of| of.len() > 1)
            .flatten()
            .collect();
        doubles.sort_unstable();
        doubles
    }

    fn folder(&mut self, folder: &Path, depth: usize) {
        let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, &error),
        };
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_folder = match entry.file_type() {
                _ if archive::is_hidden(&name) => continue,
                Ok(of) if of.is_dir() => true,
                Ok(of) if of.is_file() => false,
                _ => {
                    self.left_out(folder, &name);
                    continue;
                }
            };
            if is_folder && depth < MAX_DEPTH {
                self.folder(&path, depth + 1);
            } else if is_folder {
                self.left_out(folder, &name);
            } else if archive::is_archive(&name) {
                self.archive(&path);
            } else if Format::from_file_name(&name).is_some() {
                self.items.push(path.into());
            } else if !lies_beside_a_source(&path) {
                self.left_out(folder, &name);
            }
        }
    }

    fn archive(&mut self, path: &Path) {
        let size = match std::fs::metadata(path) {
            Ok(metadata) => metadata.len(),
            Err(error) => return self.unreadable(path, &error),
        };
        if size > MAX_ARCHIVE_BYTES {
            let found = size.to_string();
            return self.failed(path, &Problem::of_file(ProblemKind::TooLarge, Some(&found)));
        }
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return self.unreadable(path, &error),
        };
        match archive::files(&bytes) {
            Ok(archive) => {
                for warning in &archive.warnings {
                    self.warnings.push(sentence(path, warning));
                }
                for file in archive.files {
                    let name = file.name.rsplit('/').next().unwrap_or_default().to_owned();
                    self.items.push(
                        File {
                            path: path.join(&file.name),
                            name,
                            bytes: file.bytes,
                            attribution: file.attribution,
                            fetched: None,
                        }
                        .into(),
                    );
                }
            }
            Err(problems) => {
                for problem in &problems {
                    self.failed(path, problem);
                }
            }
        }
    }

    fn left_out(&mut self, folder: &Path, name: &str) {
        let problem = Problem::of_file(ProblemKind::LeftOut, Some(name));
        self.warnings.push(sentence(folder, &problem));
    }

    fn failed(&mut self, path: &Path, problem: &Problem) {
        self.failures.push(sentence(path, problem));
    }

    fn unreadable(&mut self, path: &Path, error: &std::io::Error) {
        self.failures.push(wording::say(
            terminal::language(),
            "cli-file-unreadable",
            &[
                ("file", path.display().to_string().into()),
                ("cause", error.to_string().into()),
            ],
        ));
    }
}

fn sentence(path: &Path, problem: &Problem) -> String {
    wording::problem(terminal::language(), problem, &path.display().to_string())
}

/// Whether a file is the attribution of a source beside it.
fn lies_beside_a_source(path: &Path) -> bool {
    if path.extension().is_none_or(|ending| ending != "toml") {
        return false;
    }
    let beside = path
        .parent()
        .and_then(|folder| std::fs::read_dir(folder).ok());
    beside.into_iter().flatten().flatten().any(|other| {
        let other = other.path();
        let is_source = Format::from_file_name(&other.to_string_lossy()).is_some();
        is_source && other.with_extension("toml") == path
    })
}

/// The id that a file will have.
fn own_id(item: &Item) -> Option<SourceId> {
    let of_name = || {
        let name = item.path.file_name()?.to_string_lossy();
        SourceId::from_file_name(&name).ok()
    };
    item.id.clone().or_else(of_name)
}

/// The id that a file's name gives with so many of its folders before it; none where it has not as many.
fn with_folders(path: &Path, depth: usize) -> Option<SourceId> {
    let mut folders: Vec<String> = path
        .parent()?
        .components()
        .rev()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(name.to_string_lossy().replace('.', "-")),
            _ => None,
        })
        .take(depth)
        .collect();
    if folders.len() < depth {
        return None;
    }
    folders.reverse();
    let name = path.file_name()?.to_string_lossy().into_owned();
    folders.push(name.trim_start_matches('.').to_owned());
    SourceId::from_file_name(&folders.join("-")).ok()
}

/// An id with a number behind it, within the length of one.
fn numbered(id: &SourceId, count: u32) -> Option<SourceId> {
    let number = format!("-{count}");
    let most = crate::source::id::MAX_CHARS.saturating_sub(number.len());
    let start: String = id.as_str().chars().take(most).collect();
    format!("{start}{number}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids that files get.
    #[track_caller]
    fn ids(paths: &[&str], expected: &[&str]) {
        let mut found = Found::default();
        for path in paths {
            found.items.push(PathBuf::from(path).into());
        }
        found.tell_apart();
        let ids: Vec<String> = found
            .items
            .iter()
            .map(|item| own_id(item).unwrap().to_string())
            .collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn files_of_one_name_are_told_apart_by_their_folders() {
        ids(&["a.txt", "b.txt"], &["a", "b"]);
        ids(&["x/a.txt", "y/a.txt", "y/b.txt"], &["x-a", "y-a", "b"]);
        ids(&["a.txt", "كتب/a.md"], &["a", "كتب-a"]);
        ids(&["p/v1.2/a.txt", "q/v1.2/a.txt"], &["p-v1-2-a", "q-v1-2-a"]);
        ids(&["books.zip/x/a.txt", "x/a.txt"], &["books-zip-x-a", "x-a"]);
    }

    #[test]
    fn files_of_one_name_in_one_folder_are_counted() {
        ids(&["a.txt", "a.en.txt"], &["a-1", "a-2"]);
        let long = "a".repeat(60);
        let (first, second) = (format!("{long}1.txt"), format!("{long}2.txt"));
        let start = "a".repeat(46);
        ids(
            &[&first, &second],
            &[&format!("{start}-1"), &format!("{start}-2")],
        );
    }
}
