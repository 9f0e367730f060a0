//! Source packs: a library, or some sources of it, as one file that another library restores exactly.
//!
//! # Layout
//! A pack is a ZIP (deflate) that a person can use without Sanad:
//!
//! | file | what it is |
//! |---|---|
//! | `sanad-pack.json` | everything that Sanad needs ([`Manifest`]); the only file that importing trusts, and no further than it is checked |
//! | `README.md` | this layout, in Arabic and English, for whoever opens the pack |
//! | `sources/ID/VERSION/NAME` | the original of a version, byte for byte; once for each source, however many of its versions have the same bytes |
//! | `sources/ID/VERSION/NAME.toml` | what a citation of that version names, as `sanad source add` reads it |
//!
//! Folders and names are made safe for every system (`manifest` says where a version's bytes lie), so they are no ids. A
//! library that does not fit into one file comes in numbered parts. A source stands in one part with all its versions and
//! the library's settings stand in each, so each part can be restored alone and in any order.
//!
//! Keys that this program does not know are told of and left out; a greater `format` is refused, since then something that
//! it does know means something else.
//!
//! # What importing does
//! - A version that the library has (the same bytes, read alike, under the same attribution) stays what it is; another one
//!   is added: under its own number where the source is new, behind the others where it is not. Nothing is taken away.
//! - The version that was current in the pack is the current one afterwards. A source that was withdrawn in the pack arrives
//!   withdrawn where it is new, and can be restored for as long as if it had been withdrawn now; one that is not withdrawn in
//!   the library is never withdrawn by a pack.
//! - Limits name channels and roles of one server. In the library that they come from they are restored; elsewhere a limited
//!   source arrives [limited to nobody](crate::catalogue::Limits::nobody), so that only who manages the library sees it until
//!   they say who else may. Limits that the library has set stay. Never is a text seen by more people than before.
//! - Settings of a pack of the whole library are set, those that name channels or roles only in the library that they come
//!   from, and who may moderate only by somebody who may say so.
//! - Passages are never taken from a pack: our own readers read the bytes again, which have to be those of their hash.
//!
//! # Why
//! The whole pack is read before the transaction begins: reading takes long, and nobody else can write meanwhile. What is
//! found in the transaction decides; where it is no longer what was read for, everything is looked at again.

mod draft;
mod export;
mod import;
mod manifest;

pub(super) use draft::is_pack;
pub use export::{Export, Pack};
pub use import::{Choice, LimitsAfter, Restored, RestoredSource, SetSetting};
pub use manifest::{Manifest, Opened, PackedOrigin, PackedSource, PackedVersion};

use crate::source::packed::Limits;
use crate::source::{Problem, SourceId};

/// The format that is written, and the newest that is read.
pub const FORMAT: u32 = 1;

/// The file that says what is in a pack.
pub const MANIFEST: &str = "sanad-pack.json";

/// How many bytes the manifest may have.
const MAX_MANIFEST: u64 = 16 << 20;

/// How much may be in a pack that is imported.
const LIMITS: Limits = Limits {
    entries: 50_000,
    each: 128 << 20,
    all: 1 << 30,
};

/// From how much on a part is full where nobody says so: what is imported at once is held in memory.
const FULL: u64 = 256 << 20;
/// From how many files on it is.
const FULL_ENTRIES: usize = 20_000;

/// Why a pack could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is no pack at all.
    #[error("this is no source pack: it has no `{MANIFEST}`")]
    NotAPack,
    /// It is no sound ZIP, or a hostile one.
    #[error("the pack cannot be opened: {:?}", _0.kind)]
    Archive(Problem),
    /// A newer program wrote it.
    #[error("the pack has format {found}, this program reads up to {FORMAT}; update Sanad")]
    Newer {
        /// Its format.
        found: u64,
    },
    /// What it says of itself cannot be.
    #[error("`{MANIFEST}` is not as Sanad writes it: {found}")]
    Manifest {
        /// What is wrong there.
        found: String,
    },
    /// A source is read by a reader that this program lacks.
    #[error("`{id}` is in the format `{format}`, which this program does not read; update Sanad")]
    UnknownFormat {
        /// The source.
        id: SourceId,
        /// The word for its format.
        format: String,
    },
    /// A file that it names is not in it.
    #[error("the pack lacks `{path}`")]
    Lacks {
        /// The file.
        path: String,
    },
    /// A file is not the one that was packed.
    #[error("`{path}` in the pack is not what was packed")]
    Altered {
        /// The file.
        path: String,
    },
    /// The readers of this program refuse a version.
    #[error("version {version} of `{id}` cannot be read as a source: {} problems", problems.len())]
    Unreadable {
        /// The source.
        id: SourceId,
        /// The number that the version has in the pack.
        version: u32,
        /// The file that it is.
        file_name: String,
        /// What is wrong with it.
        problems: Vec<Problem>,
    },
    /// It does not hold a source that is to be restored.
    #[error("there is no source `{id}` in the pack")]
    NoSource {
        /// The source.
        id: SourceId,
    },
    /// Sources that do not fit into one part.
    #[error("{} sources are larger than one part may be", sources.len())]
    TooLarge {
        /// Each with the bytes that it takes.
        sources: Vec<(SourceId, u64)>,
        /// How many bytes a part may have.
        most: u64,
    },
}
