//! What a pack says of itself, and opening one that a stranger may have made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Error, FORMAT, LIMITS, MANIFEST, MAX_MANIFEST};
use crate::catalogue::{self, Limits, Origin, apart};
use crate::source::packed::Packed;
use crate::source::{Attribution, Format, Metadata, SourceId};

/// How many characters the name of a file, of a person or of a setting may have.
const MAX_NAME: usize = 1_000;
/// How many characters an address may have.
const MAX_ADDRESS: usize = 10_000;
/// How many settings there may be.
const MAX_SETTINGS: usize = 1_000;

/// The keys that we know; others are told of.
const KEYS: [&str; 9] = [
    "format",
    "program",
    "library",
    "generation",
    "exported_at",
    "part",
    "parts",
    "settings",
    "sources",
];

/// What stands in `sanad-pack.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Which form of these lines it is; greater in a later program only where a key changed its meaning.
    pub format: u32,
    /// The program that wrote it.
    pub program: String,
    /// The library that was exported.
    pub library: String,
    /// Its generation at that moment.
    pub generation: i64,
    /// The moment, in milliseconds since 1970.
    pub exported_at: i64,
    /// Which part it is, from 1.
    pub part: u32,
    /// How many parts there are.
    pub parts: u32,
    /// The settings of the library, where the whole of it was exported.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, String>,
    /// The sources in this part.
    pub sources: Vec<PackedSource>,
}

/// A source in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedSource {
    /// Its id.
    pub id: SourceId,
    /// The number of its current version.
    pub current: u32,
    /// When it was withdrawn, in milliseconds since 1970; absent where it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<i64>,
    /// The channels and roles that it was limited to; absent where it was not.
    #[serde(default, skip_serializing_if = "Limits::is_empty")]
    pub limits: Limits,
    /// Where it was fetched from; absent where it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<PackedOrigin>,
    /// Its versions, the oldest first.
    pub versions: Vec<PackedVersion>,
}

/// Where a source in a pack was fetched from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedOrigin {
    /// The address, and what the server said.
    #[serde(flatten)]
    pub origin: Origin,
    /// SHA-256 of the content that it was said of, in hexadecimal.
    pub content_hash: String,
}

/// A version in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedVersion {
    /// Its number.
    pub number: u32,
    /// What citations name.
    pub attribution: Attribution,
    /// The word for how its bytes are read.
    pub format: String,
    /// The file it was read from.
    pub file_name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub content_hash: String,
    /// Who added it.
    pub added_by: String,
    /// When, in milliseconds since 1970.
    pub added_at: i64,
    /// The file in the pack that holds its bytes.
    pub path: String,
}

/// A pack that was opened and says nothing of itself that cannot be. Its files are looked at when they are needed. Cheap to
/// clone.
#[derive(Clone, Debug)]
pub struct Opened {
    pub(super) bytes: Arc<Vec<u8>>,
    manifest: Arc<Manifest>,
    unknown: Vec<String>,
}

impl Opened {
    /// Opens a pack.
    pub async fn open(bytes: Vec<u8>) -> Result<Self, Error> {
        apart(move || Self::read(bytes)).await
    }

    /// As [`Opened::open`], on this thread.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Error> {
        let (text, names) = manifest_of(&bytes)?;
        let (manifest, unknown) = Manifest::read(&text)?;
        let paths = manifest.versions().map(|(_, version)| &version.path);
        if let Some(path) = paths.into_iter().find(|path| !names.contains(*path)) {
            return Err(Error::Lacks { path: path.clone() });
        }
        Ok(Self {
            bytes: Arc::new(bytes),
            manifest: Arc::new(manifest),
            unknown,
        })
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The keys in it that this program does not know.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }
}

/// The bytes of a pack's manifest, and the names of the files beside it.
fn manifest_of(bytes: &[u8]) -> Result<(Vec<u8>, BTreeSet<String>), Error> {
    let limits = crate::source::packed::Limits {
        each: MAX_MANIFEST,
        ..LIMITS
    };
    let mut packed = Packed::open(bytes, limits).map_err(Error::Archive)?;
    let files = packed.entries().iter().filter(|entry| entry.is_file);
    let names = files.map(|entry| entry.name.clone()).collect();
    let text = packed.read(MANIFEST).map_err(Error::Archive)?;
    Ok((text.ok_or(Error::NotAPack)?, names))
}

impl Manifest {
    /// Reads a manifest, and checks in it what is checked where a source is added; the keys that are not known, too.
    pub(super) fn read(text: &[u8]) -> Result<(Self, Vec<String>), Error> {
        /// So much can be read of any format that ever will be.
        #[derive(Deserialize)]
        struct Head {
            format: u64,
        }
        let wrong = |error: serde_json::Error| Error::Manifest {
            found: error.to_string(),
        };
        let head: Head = serde_json::from_slice(text).map_err(wrong)?;
        if head.format > u64::from(FORMAT) {
            return Err(Error::Newer { found: head.format });
        }
        let mut manifest: Self = serde_json::from_slice(text).map_err(wrong)?;
        manifest.check()?;
        let all: Map<String, Value> = serde_json::from_slice(text).map_err(wrong)?;
        let mut unknown: Vec<String> = all
            .into_iter()
            .map(|(key, _)| key)
            .filter(|key| !KEYS.contains(&key.as_str()))
            .map(|key| key.chars().filter(|c| !c.is_control()).take(60).collect())
            .take(100)
            .collect();
        unknown.sort();
        Ok((manifest, unknown))
    }

    /// All versions of all sources.
    pub(super) fn versions(&self) -> impl Iterator<Item = (&PackedSource, &PackedVersion)> {
        let sources = self.sources.iter();
        sources.flat_map(|source| source.versions.iter().map(move |version| (source, version)))
    }

    fn check(&mut self) -> Result<(), Error> {
        let wrong = |found: String| Err(Error::Manifest { found });
        if self.format == 0 || self.part == 0 || self.part > self.parts {
            let Self {
                format,
                part,
                parts,
                ..
            } = self;
            return wrong(format!("format {format}, part {part} of {parts}"));
        }
        if !is_line(&self.library) || !is_line(&self.program) {
            return wrong("the library or the program".to_owned());
        }
        let is_sound = |(name, value): (&String, &String)| is_line(name) && value.len() <= 100_000;
        if self.settings.len() > MAX_SETTINGS || !self.settings.iter().all(is_sound) {
            return wrong("the settings".to_owned());
        }
        let mut ids = BTreeSet::new();
        for source in &mut self.sources {
            source.check()?;
            if !ids.insert(source.id.clone()) {
                return wrong(format!("`{}` stands twice", source.id));
            }
        }
        Ok(())
    }
}

impl PackedSource {
    fn check(&mut self) -> Result<(), Error> {
        let id = &self.id;
        let wrong = |what: String| {
            let found = format!("{what} of `{id}`");
            Err(Error::Manifest { found })
        };
        let mut last = 0;
        for version in &mut self.versions {
            if version.number <= last {
                return wrong(format!("the number {} of a version", version.number));
            }
            last = version.number;
            let what = |what: &str| wrong(format!("{what} of version {last}"));
            if version.format().is_none() {
                return Err(Error::UnknownFormat {
                    id: id.clone(),
                    format: version.format.chars().take(60).collect(),
                });
            }
            // Said in the one way in which it would have been stored when it was added.
            let said = Metadata::from(version.attribution.clone());
            let stored = said.attribution(String::new, version.attribution.language);
            match stored {
                Ok(stored) if !stored.title.is_empty() => version.attribution = stored,
                _ => return what("the attribution"),
            }
            if !is_hash(&version.content_hash) {
                return what("the hash");
            }
            if version.file_name.chars().count() > MAX_NAME || !is_line(&version.added_by) {
                return what("a name");
            }
            // It is shown at terminals, which obey such characters.
            if version.file_name.contains(char::is_control) {
                let mended = version.file_name.chars();
                version.file_name = mended
                    .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
                    .collect();
            }
            // Nobody added anything before 1970, nor will have after now.
            version.added_at = version.added_at.clamp(0, catalogue::now());
        }
        if let Some(origin) = &self.origin
            && !origin.is_sound()
        {
            return wrong("the origin".to_owned());
        }
        if self
            .versions
            .iter()
            .all(|version| version.number != self.current)
        {
            return wrong(format!("the current version {}", self.current));
        }
        Ok(())
    }
}

impl PackedOrigin {
    /// Whether it could have been written by us. Whether the address may be asked is looked at when it is.
    fn is_sound(&self) -> bool {
        let Origin {
            address,
            etag,
            last_modified,
            fetched_at,
        } = &self.origin;
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        let mut said = [etag, last_modified].into_iter().flatten();
        is_web
            && is_line_of(address, MAX_ADDRESS)
            && said.all(|text| is_line_of(text, MAX_NAME))
            && (0..=catalogue::now()).contains(fetched_at)
            && is_hash(&self.content_hash)
    }
}

impl PackedVersion {
    /// How its bytes are read; none where this program cannot.
    pub fn format(&self) -> Option<Format> {
        Format::from_code(&self.format)
    }
}

/// Whether a text can be shown in a line.
fn is_line(text: &str) -> bool {
    is_line_of(text, MAX_NAME)
}

fn is_line_of(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most && !text.contains(char::is_control)
}

fn is_hash(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 64 && text.bytes().all(is_digit)
}
