//! Zip files that strangers made: every format that is packed in one is opened here and nowhere else.
//!
//! A newcomer's trap: what the headers of a zip say of sizes is anybody's claim. Bytes are counted while they are unpacked,
//! and only what is asked for is unpacked: a book's pictures cost nothing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use encoding_rs::WINDOWS_1256;
use zip::ZipArchive;

use super::{Problem, ProblemKind};

/// What each entry of the directory begins with.
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";

/// No file may be asked to hold a directory of more entries in memory.
const MAX_DIRECTORY: usize = 50_000;

/// One entry more for each so many bytes: a large zip of small ones, which are packed no further, shows the entries of these
/// too.
const BYTES_AN_ENTRY: usize = 512;

/// How many bytes a name may have.
const MAX_NAME_BYTES: usize = 1_024;

/// From this many unpacked bytes on, a file may be only so many times larger than it is packed. Text seldom comes to 30,
/// the tables of an office program to 100; a bomb needs 1,000.
const RATIO_FROM: u64 = 8 << 20;
const MAX_RATIO: u64 = 250;

/// How much may be packed in one file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many entries it may have.
    pub(crate) entries: usize,
    /// How many bytes each may have, unpacked.
    pub(crate) each: u64,
    /// How many bytes all that are unpacked may have together.
    pub(crate) all: u64,
}

impl Limits {
    /// Those of a document: its text is in one or a few files, its pictures are never unpacked.
    pub(super) const DOCUMENT: Self = Self {
        entries: 10_000,
        each: 64 << 20,
        all: 128 << 20,
    };
}

/// An entry, as the directory has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its name, folders included, by slashes.
    pub(crate) name: String,
    /// Whether it is a file: no folder and no link.
    pub(crate) is_file: bool,
}

/// A zip file that is open.
pub(crate) struct Packed<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    entries: Vec<Entry>,
    by_name: HashMap<String, usize>,
    limits: Limits,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'a> Packed<'a> {
    /// Opens a zip and looks its directory through.
    ///
    /// # Errors
    /// What makes the whole of it one that is not to be read.
    pub(crate) fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Problem> {
        let n_claimed = bytes
            .windows(DIRECTORY_ENTRY.len())
            .filter(|window| *window == DIRECTORY_ENTRY)
            .count();
        if n_claimed > MAX_DIRECTORY + bytes.len() / BYTES_AN_ENTRY {
            return Err(too_many(n_claimed));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        if archive.len() > limits.entries {
            return Err(too_many(archive.len()));
        }
        if archive.has_duplicate_names() {
            return Err(broken(&"duplicate file names in central directory"));
        }
        let mut packed = Self {
            left: limits.all,
            entries: Vec::with_capacity(archive.len()),
            by_name: HashMap::with_capacity(archive.len()),
            archive,
            limits,
        };
        packed.list()?;
        Ok(packed)
    }

    /// Its entries, in the order of the directory.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Unpacks the file of a name; none where there is none.
    ///
    /// # Errors
    /// It is damaged, or larger than it may be.
    pub(crate) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let Some(nth) = self.by_name.get(name).copied() else {
            return Ok(None);
        };
        let file = self.archive.by_index(nth).map_err(|error| broken(&error))?;
        let most = self.limits.each.min(self.left);
        let packed = file.compressed_size();
        let mut bytes = Vec::new();
        // Piece by piece, so that a bomb is known before it has taken all that it may.
        let mut file = file.take(most.saturating_add(1));
        loop {
            let n_read = (&mut file)
                .take(RATIO_FROM)
                .read_to_end(&mut bytes)
                .map_err(|error| broken(&error))?;
            let n_bytes = bytes.len() as u64;
            let is_bomb = n_bytes > RATIO_FROM && n_bytes / packed.max(1) > MAX_RATIO;
            if n_bytes > most || is_bomb {
                return Err(Problem::of_file(ProblemKind::UnpackedTooLarge, None));
            }
            if n_read == 0 {
                break;
            }
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// Lists the entries and refuses those that no honest program makes.
    fn list(&mut self) -> Result<(), Problem> {
        let mut raw = Vec::with_capacity(self.archive.len());
        let mut is_file = Vec::with_capacity(self.archive.len());
        for nth in 0..self.archive.len() {
            let entry = self
                .archive
                .by_index_data(nth)
                .map_err(|error| broken(&error))?;
            if entry.encrypted() {
                return Err(Problem::of_file(ProblemKind::Encrypted, None));
            }
            raw.push(entry.name_raw().to_vec());
            is_file.push(!entry.is_dir() && !entry.is_symlink());
        }
        let arabic = is_windows_1256(&raw);
        for (nth, (raw, is_file)) in raw.into_iter().zip(is_file).enumerate() {
            let name = match String::from_utf8(raw) {
                Ok(name) => name,
                Err(error) if arabic => WINDOWS_1256.decode(error.as_bytes()).0.into_owned(),
                Err(error) => {
                    let entry = self
                        .archive
                        .by_index_data(nth)
                        .map_err(|error| broken(&error))?;
                    let name: Cow<'_, str> = entry.name().unwrap_or_else(|_| {
                        String::from_utf8_lossy(error.as_bytes())
                            .into_owned()
                            .into()
                    });
                    name.into_owned()
                }
            };
            if !is_safe(&name) {
                let found: String = name
                    .chars()
                    .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
                    .collect();
                return Err(Problem::of_file(ProblemKind::UnsafePath, Some(&found)));
            }
            if self.by_name.insert(name.clone(), nth).is_some() {
                return Err(broken(&"duplicate file names in central directory"));
            }
            self.entries.push(Entry { name, is_file });
        }
        Ok(())
    }
}

/// Damage, in the words of whoever met it.
pub(super) fn broken(said: &dyn std::fmt::Display) -> Problem {
    Problem::of_file(ProblemKind::Broken, Some(&said.to_string()))
}

fn too_many(n_files: usize) -> Problem {
    Problem::of_file(ProblemKind::TooManyFiles, Some(&n_files.to_string()))
}

/// Whether a name can only lie inside the folder that the zip would be unpacked into, on every system.
fn is_safe(name: &str) -> bool {
    let mut start = name.chars();
    let has_drive =
        start.next().is_some_and(|c| c.is_ascii_alphabetic()) && start.next() == Some(':');
    !name.is_empty()
        && name.len() <= MAX_NAME_BYTES
        && !name.starts_with('/')
        && !has_drive
        && !name.contains(['\\', '\0'])
        && name.split('/').all(|part| part != "..")
}

/// Whether names that are not UTF-8 are those of an Arabic Windows rather than those of DOS: most of what is not ASCII in
/// them would be Arabic letters.
fn is_windows_1256(names: &[Vec<u8>]) -> bool {
    let (mut n_letters, mut n_others) = (0_usize, 0_usize);
    for name in names.iter().filter(|name| str::from_utf8(name).is_err()) {
        let (name, _) = WINDOWS_1256.decode_without_bom_handling(name);
        for c in name.chars().filter(|c| !c.is_ascii()) {
            if matches!(c, '\u{0621}'..='\u{064A}') {
                n_letters += 1;
            } else {
                n_others += 1;
            }
        }
    }
    n_letters > 2 * n_others
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    /// A zip of files.
    pub(in crate::source) fn zip<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            let options =
                SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes.as_ref()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// Replaces bytes by as many others wherever they stand: names in both headers, flags.
    pub(in crate::source) fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
        assert_eq!(from.len(), to.len());
        let mut bytes = bytes.to_vec();
        let mut nth = 0;
        while nth + from.len() <= bytes.len() {
            if bytes[nth..].starts_with(from) {
                bytes[nth..nth + to.len()].copy_from_slice(to);
            }
            nth += 1;
        }
        bytes
    }

    /// A zip whose entries say that they are encrypted.
    pub(in crate::source) fn encrypted(mut bytes: Vec<u8>) -> Vec<u8> {
        for nth in 0..bytes.len().saturating_sub(10) {
            if bytes[nth..].starts_with(b"PK\x01\x02") {
                bytes[nth + 8] |= 1;
            } else if bytes[nth..].starts_with(b"PK\x03\x04") {
                bytes[nth + 6] |= 1;
            }
        }
        bytes
    }

    const SMALL: Limits = Limits {
        entries: 3,
        each: 10 << 20,
        all: 11 << 20,
    };

    #[track_caller]
    fn refused(bytes: &[u8], kind: ProblemKind, found: Option<&str>) {
        let problem = Packed::open(bytes, SMALL).err().unwrap();
        assert_eq!((problem.kind, problem.found.as_deref()), (kind, found));
    }

    #[test]
    fn files_are_unpacked_by_name() {
        let bytes = zip(&[("a.txt", "one"), ("folder/كتاب.txt", "اثنان")]);
        let mut packed = Packed::open(&bytes, SMALL).unwrap();
        assert_eq!(packed.read("a.txt"), Ok(Some(b"one".to_vec())));
        assert_eq!(
            packed.read("folder/كتاب.txt"),
            Ok(Some("اثنان".as_bytes().to_vec()))
        );
        assert_eq!(packed.read("b.txt"), Ok(None));
    }

    #[test]
    fn names_that_lead_outside_are_refused() {
        for name in ["../x", "a/../../x", "/x", "C:x", "a\\x", "..", "a/.."] {
            assert!(!is_safe(name), "{name}");
            refused(&zip(&[(name, "x")]), ProblemKind::UnsafePath, Some(name));
        }
        refused(
            &replaced(&zip(&[("a~b.txt", "x")]), b"a~b", b"a\0b"),
            ProblemKind::UnsafePath,
            Some("a\u{FFFD}b.txt"),
        );
        assert!(!is_safe(&"a".repeat(1_025)) && !is_safe(""));
        for name in ["a..b", "a/b/c.txt", ".../x", "ab:c", "كتاب/فصل.txt"] {
            assert!(is_safe(name), "{name}");
        }
    }

    #[test]
    fn too_many_files_are_refused() {
        let names: Vec<String> = (0..4).map(|nth| nth.to_string()).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        refused(&zip(&files), ProblemKind::TooManyFiles, Some("4"));
        assert!(Packed::open(&zip(&files[..3]), SMALL).is_ok());
        // A directory that would not fit into memory is not even read.
        let flood = DIRECTORY_ENTRY.repeat(2 * MAX_DIRECTORY);
        refused(&flood, ProblemKind::TooManyFiles, Some("100000"));
    }

    #[test]
    fn bombs_are_known_while_they_are_unpacked() {
        let too_large = Err(Problem::of_file(ProblemKind::UnpackedTooLarge, None));
        // By ratio: under the limit of each, but nothing but zeros.
        let bytes = zip(&[("zeros", vec![0_u8; 9 << 20])]);
        let mut packed = Packed::open(&bytes, SMALL).unwrap();
        assert_eq!(packed.read("zeros"), too_large);
        // By size, each and together.
        let noise: Vec<u8> = fastrand::Rng::with_seed(1)
            .choose_multiple(0_u8..=255, 200)
            .repeat(30_000);
        let mixed = |n: usize| -> Vec<u8> {
            let mut random = fastrand::Rng::with_seed(7);
            noise
                .iter()
                .take(n)
                .map(|byte| {
                    if random.u8(..) < 16 {
                        random.u8(..)
                    } else {
                        *byte
                    }
                })
                .collect()
        };
        let bytes = zip(&[("a", mixed(6_000_000)), ("b", mixed(6_000_000))]);
        let mut packed = Packed::open(&bytes, SMALL).unwrap();
        assert!(packed.read("a").is_ok());
        assert_eq!(packed.read("b"), too_large);
        let tight = Limits {
            each: 5_999_999,
            ..SMALL
        };
        let mut packed = Packed::open(&bytes, tight).unwrap();
        assert_eq!(packed.read("a"), too_large);
        let fitting = Limits {
            each: 6_000_000,
            ..SMALL
        };
        assert!(Packed::open(&bytes, fitting).unwrap().read("a").is_ok());
        // What the header claims does not count.
        let size = 6_000_000_u32.to_le_bytes();
        let lying = replaced(&bytes, &size, &1_u32.to_le_bytes());
        if let Ok(mut packed) = Packed::open(&lying, tight) {
            assert!(packed.read("a").is_err());
        }
    }

    #[test]
    fn damage_and_locks_are_told() {
        let bytes = zip(&[("a.txt", "some text that is worth packing")]);
        refused(&encrypted(bytes.clone()), ProblemKind::Encrypted, None);
        for end in [0, 4, bytes.len() / 2, bytes.len() - 1] {
            let problem = Packed::open(&bytes[..end], SMALL).err().unwrap();
            assert_eq!(problem.kind, ProblemKind::Broken, "{end}");
        }
        let mut torn = bytes.clone();
        torn[40] ^= 0xFF;
        let read = Packed::open(&torn, SMALL).unwrap().read("a.txt");
        assert_eq!(read.unwrap_err().kind, ProblemKind::Broken);
        refused(
            &replaced(&zip(&[("a1", "x"), ("a2", "y")]), b"a2", b"a1"),
            ProblemKind::Broken,
            Some("duplicate file names in central directory"),
        );
    }

    #[test]
    fn names_of_old_systems_are_made_readable() {
        #[track_caller]
        fn case(old: &[u8], expected: &str) {
            let ascii = format!("{}.txt", "~".repeat(old.len()));
            let bytes = replaced(
                &zip(&[(ascii.as_str(), "x")]),
                &ascii.as_bytes()[..old.len()],
                old,
            );
            let mut packed = Packed::open(&bytes, SMALL).unwrap();
            assert_eq!(packed.entries()[0].name, format!("{expected}.txt"));
            assert!(packed.read(&format!("{expected}.txt")).unwrap().is_some());
        }
        case(&WINDOWS_1256.encode("كتاب النحو").0, "كتاب النحو");
        case(b"caf\x82", "café");
        case("دفتر".as_bytes(), "دفتر");
    }
}
