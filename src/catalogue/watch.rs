//! Whether anything was committed since, told for the price of two system calls instead of a query.
//!
//! SQLite in WAL mode publishes every commit in the header of the shared-memory file beside the database (`-shm`): two
//! equal copies of 48 bytes with a counter, the length of the log, checksums and salts
//! (<https://sqlite.org/walformat.html>, «The WAL-Index File Format»). A reader of SQLite's own takes its snapshot by
//! that header; so as long as its bytes stand, a query would find what it found before. Times of files would tell less:
//! between a write and its becoming visible any time may pass.
//!
//! A newcomer's trap: closing a file drops *every* lock that the process holds on it, SQLite's own among them (POSIX).
//! So the `-shm` file, once opened here, is never closed: opened files are kept for as long as the process lives, one for
//! each such file that ever was.

use std::path::{Path, PathBuf};

/// What the watch showed at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Which file it was: device and number.
    file: (u64, u64),
    header: [u8; HEADER],
}

/// Both copies of the header.
const HEADER: usize = 96;
/// Where in a copy it says that it is filled in.
const IS_FILLED: usize = 12;

/// Watches one database.
pub(super) struct Watch {
    shared_memory: PathBuf,
}

impl Watch {
    /// The watch over a database file.
    pub(super) fn over(database: &Path) -> Self {
        let mut name = database.as_os_str().to_owned();
        name.push("-shm");
        Self {
            shared_memory: PathBuf::from(name),
        }
    }

    /// What it shows now; none where it cannot tell, so that the database has to be asked.
    #[cfg(unix)]
    pub(super) fn stamp(&self) -> Option<Stamp> {
        use std::os::unix::fs::{FileExt as _, MetadataExt as _};

        let path = &self.shared_memory;
        let metadata = std::fs::metadata(path).ok()?;
        let file = (metadata.dev(), metadata.ino());
        let mut header = [0; HEADER];
        kept::open(path, file)?.read_exact_at(&mut header, 0).ok()?;
        let (first, second) = header.split_at(HEADER / 2);
        // Unequal copies: somebody is writing them.
        (first == second && first.get(IS_FILLED) == Some(&1)).then_some(Stamp { file, header })
    }

    /// What it shows now; none where it cannot tell, so that the database has to be asked.
    #[cfg(not(unix))]
    pub(super) fn stamp(&self) -> Option<Stamp> {
        let _ = (&self.shared_memory, IS_FILLED);
        None
    }
}

/// The files that were opened, and never close.
#[cfg(unix)]
mod kept {
    use std::collections::HashMap;
    use std::fs::File;
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;
    use std::sync::{LazyLock, RwLock};

    static FILES: LazyLock<RwLock<HashMap<(u64, u64), &'static File>>> =
        LazyLock::new(RwLock::default);

    /// The file of that device and number; none where another one is found under the path by now.
    pub(super) fn open(path: &Path, wanted: (u64, u64)) -> Option<&'static File> {
        let known = FILES.read().expect("no panic while files are looked up");
        if let Some(file) = known.get(&wanted) {
            return Some(file);
        }
        drop(known);
        let mut known = FILES.write().expect("no panic while files are looked up");
        if let Some(file) = known.get(&wanted) {
            return Some(file);
        }
        // Leaked at once: from here on it must not close, whatever it turns out to be.
        let file: &'static File = Box::leak(Box::new(File::open(path).ok()?));
        let metadata = file.metadata().ok()?;
        let found = (metadata.dev(), metadata.ino());
        known.entry(found).or_insert(file);
        known.get(&wanted).copied()
    }
}
