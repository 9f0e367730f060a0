//! A ZIP of sources: no format, but several files, each to be read by its own.
//!
//! A newcomer's trap: what is no source is never unpacked, so a picture or a program in an archive costs nothing; what lies in
//! an archive within the archive is not looked at either, and the whole is refused until somebody has unpacked that one.

use std::collections::HashMap;

use super::lines::MAX_BYTES;
use super::packed::{Entry, Limits, Packed};
use super::problem::Problems;
use super::{Attribution, Format, Problem, ProblemKind};

/// How much an archive may hold: a hundred large books.
const LIMITS: Limits = Limits {
    entries: 2_000,
    each: MAX_BYTES as u64,
    all: 128 << 20,
};

/// What the names of archives end in.
const ARCHIVES: [&str; 12] = [
    "zip", "zipx", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab", "jar",
];

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, folders included, by slashes.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What the file beside it says of its origin; none where there is none.
    pub attribution: Option<Attribution>,
}

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// The sources, in the order of their names.
    pub files: Vec<File>,
    /// What was left out.
    pub warnings: Vec<Problem>,
}

/// Whether a file's name is that of an archive of sources.
pub fn is_archive(file_name: &str) -> bool {
    ending(file_name) == "zip"
}

/// Whether a file is one that systems put there for themselves: hidden, or by a name of theirs.
pub fn is_hidden(name: &str) -> bool {
    name.split('/')
        .any(|part| part.starts_with('.') || part == "__MACOSX")
        || matches!(
            name.rsplit('/')
                .next()
                .unwrap_or_default()
                .to_lowercase()
                .as_str(),
            "thumbs.db" | "desktop.ini"
        )
}

/// The sources in an archive, and what was left out.
///
/// # Errors
/// Everything that makes it one that is not to be read.
pub fn files(bytes: &[u8]) -> Result<Archive, Vec<Problem>> {
    let mut packed = Packed::open(bytes, LIMITS).map_err(|problem| vec![problem])?;
    let mut problems = Problems::default();
    let mut names = Vec::new();
    let mut beside = HashMap::new();
    for Entry { name, is_file } in packed.entries() {
        if is_hidden(name) || name.ends_with('/') {
            continue;
        }
        let kind = match ending(name).as_str() {
            _ if !is_file => Some(ProblemKind::LeftOut),
            _ if Format::from_file_name(name).is_some() => None,
            "toml" => {
                beside.insert(stem(name).to_owned(), name.clone());
                continue;
            }
            ending if ARCHIVES.contains(&ending) => Some(ProblemKind::NestedArchive),
            _ => Some(ProblemKind::LeftOut),
        };
        match kind {
            Some(kind) => problems.push(Problem::of_file(kind, Some(name))),
            None => names.push(name.clone()),
        }
    }
    names.sort();
    let mut files = Vec::new();
    for name in names {
        if problems.any_fatal() {
            break;
        }
        let attribution = match beside.get(stem(&name)) {
            Some(beside) => match attribution(&mut packed, beside) {
                Ok(attribution) => attribution,
                Err(problem) => {
                    problems.push(problem);
                    break;
                }
            },
            None => None,
        };
        match packed.read(&name) {
            Ok(bytes) => files.push(File {
                bytes: bytes.unwrap_or_default(),
                attribution,
                name,
            }),
            Err(problem) => problems.push(problem),
        }
    }
    let mut alone: Vec<&String> = beside
        .iter()
        .filter(|(of, _)| files.iter().all(|file| stem(&file.name) != of.as_str()))
        .map(|(_, name)| name)
        .collect();
    alone.sort();
    for name in alone {
        problems.push(Problem::of_file(ProblemKind::LeftOut, Some(name)));
    }
    if files.is_empty() && !problems.any_fatal() {
        problems.push(Problem::of_file(ProblemKind::NothingToRead, None));
    }
    if problems.any_fatal() {
        return Err(problems.into_list());
    }
    Ok(Archive {
        files,
        warnings: problems.into_list(),
    })
}

/// The attribution in a file of the archive; what is wrong with it is said with the file's name.
fn attribution(packed: &mut Packed<'_>, name: &str) -> Result<Option<Attribution>, Problem> {
    let Some(bytes) = packed.read(name)? else {
        return Ok(None);
    };
    let bad = |found: &str| {
        Problem::of_file(
            ProblemKind::BadAttribution,
            Some(&format!("{name}: {found}")),
        )
    };
    let text = String::from_utf8(bytes).map_err(|_| bad("UTF-8?"))?;
    match Attribution::from_toml(&text) {
        Ok(attribution) => Ok(Some(attribution)),
        Err(problem) => Err(bad(&problem.found.unwrap_or_default())),
    }
}

/// What a name ends in, in small letters.
fn ending(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or_default();
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_ascii_lowercase()
}

/// A name without what it ends in.
fn stem(name: &str) -> &str {
    let start = name.rfind('/').map_or(0, |slash| slash + 1);
    match name.rfind('.') {
        Some(dot) if dot >= start => name.get(..dot).unwrap_or(name),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::super::packed::tests::{encrypted, zip};
    use super::*;

    const ARTICLE: &str = include_str!("../../data/sources/russia-north-korea.ar.txt");
    const BESIDE: &str = include_str!("../../data/sources/russia-north-korea.ar.toml");

    #[track_caller]
    fn refused(bytes: &[u8], kind: ProblemKind, found: Option<&str>) {
        let problems = files(bytes).unwrap_err();
        assert_eq!(
            (problems[0].kind, problems[0].found.as_deref()),
            (kind, found)
        );
    }

    #[test]
    fn sources_come_with_what_lies_beside_them() {
        let bytes = zip(&[
            ("books/article.ar.txt", ARTICLE),
            ("books/article.ar.toml", BESIDE),
            ("books/", ""),
            ("again/article.ar.txt", ARTICLE),
            ("junk.bin", "\0\x01"),
            ("other.toml", "x"),
            ("__MACOSX/books/._article.ar.txt", "x"),
            ("books/.DS_Store", "x"),
            ("Thumbs.db", "x"),
        ]);
        let archive = files(&bytes).unwrap();
        let named: Vec<(&str, bool)> = archive
            .files
            .iter()
            .map(|file| (file.name.as_str(), file.attribution.is_some()))
            .collect();
        assert_eq!(
            named,
            [
                ("again/article.ar.txt", false),
                ("books/article.ar.txt", true)
            ]
        );
        assert_eq!(archive.files[0].bytes, ARTICLE.as_bytes());
        assert_eq!(
            archive.warnings,
            [
                Problem::of_file(ProblemKind::LeftOut, Some("junk.bin")),
                Problem::of_file(ProblemKind::LeftOut, Some("other.toml")),
            ]
        );
    }

    #[test]
    fn an_archive_without_sources_has_nothing_to_read() {
        refused(&zip::<&str>(&[]), ProblemKind::NothingToRead, None);
        let problems = files(&zip(&[("a.png", "x")])).unwrap_err();
        let kinds: Vec<ProblemKind> = problems.iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [ProblemKind::LeftOut, ProblemKind::NothingToRead]);
    }

    #[test]
    fn hostile_archives_are_refused() {
        refused(
            &zip(&[("a.txt", "x"), ("b/inner.ZIP", "x")]),
            ProblemKind::NestedArchive,
            Some("b/inner.ZIP"),
        );
        refused(
            &zip(&[("../a.txt", "x")]),
            ProblemKind::UnsafePath,
            Some("../a.txt"),
        );
        refused(
            &encrypted(zip(&[("a.txt", "x")])),
            ProblemKind::Encrypted,
            None,
        );
        refused(
            &zip(&[("a.txt", vec![b' '; MAX_BYTES + 1])]),
            ProblemKind::UnpackedTooLarge,
            None,
        );
        let names: Vec<String> = (0..2_001).map(|nth| format!("{nth}.txt")).collect();
        let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
        refused(&zip(&many), ProblemKind::TooManyFiles, Some("2001"));
        let whole = zip(&[("a.txt", "x")]);
        assert_eq!(
            files(&whole[..whole.len() - 10]).unwrap_err()[0].kind,
            ProblemKind::Broken
        );
    }

    #[test]
    fn a_bad_attribution_is_told_with_its_name() {
        refused(
            &zip(&[("a.txt", "x"), ("a.toml", "title = ")]),
            ProblemKind::BadAttribution,
            Some("a.toml: string values must be quoted, expected literal strin…"),
        );
    }

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(
            (ending("a/b.TXT"), stem("a/b.ar.txt")),
            ("txt".to_owned(), "a/b.ar")
        );
        assert_eq!((ending("a.b/c"), stem("a.b/c")), (String::new(), "a.b/c"));
        assert!(is_archive("books.Zip") && !is_archive("zip"));
    }
}
