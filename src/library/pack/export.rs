//! Making packs: which source goes into which part, and the parts themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::manifest::{Manifest, PackedOrigin, PackedSource, PackedVersion};
use super::{Error, FORMAT, FULL, FULL_ENTRIES, LIMITS, MANIFEST, MAX_MANIFEST};
use crate::catalogue::{self, Whole, apart, day};
use crate::library::{self, Library};
use crate::source::SourceId;

const README: &str = include_str!("README.md");

/// How many times smaller bytes may become by packing: what shrinks further is taken for a bomb by whoever opens the pack.
const MAX_RATIO: usize = 100;
/// What every ZIP ends with, once however many files there are.
const ZIP_END: u64 = 22;
/// How many characters a folder or a file's name may have: with those around it, within what every system bears.
const MAX_NAME: usize = 100;
/// How often a library is read again that is changed meanwhile.
const TRIES: usize = 8;

/// A part of an export.
#[derive(Clone, Debug)]
pub struct Pack {
    /// What it is to be called: `sanad-local-2026-11-25.zip`, `…-2-of-3.zip`.
    pub file_name: String,
    /// Which part it is, from 1.
    pub part: u32,
    /// How many there are.
    pub parts: u32,
    /// The sources in it.
    pub sources: Vec<SourceId>,
    /// The ZIP.
    pub bytes: Vec<u8>,
}

/// An export that is planned, and made part by part: all of them at once might not fit into memory.
pub struct Export {
    library: Library,
    /// What all parts say.
    head: Manifest,
    parts: Vec<Vec<Whole>>,
}

impl Library {
    /// Plans the export of the whole library, or of these sources without the settings; no part gets larger than `most_bytes`.
    pub async fn exporting(
        &self,
        which: Option<&[SourceId]>,
        most_bytes: Option<u64>,
    ) -> Result<Export, library::Error> {
        let (mut head, mut sources) = self.at_one_moment().await?;
        sources.retain(|source| self.viewer.sees(&source.limits));
        if let Some(which) = which {
            let wanted: BTreeSet<&SourceId> = which.iter().collect();
            sources.retain(|source| wanted.contains(&source.id));
            let is_there = |id: &SourceId| sources.iter().any(|source| source.id == *id);
            if let Some(id) = which.iter().find(|id| !is_there(id)) {
                return Err(self.no_source(id));
            }
            head.settings.clear();
        }
        let mut export = Export {
            library: self.clone(),
            head,
            parts: Vec::new(),
        };
        export.plan(sources, most_bytes).await?;
        Ok(export)
    }

    /// Exports the whole library, or some sources of it, with all parts in memory.
    pub async fn export(
        &self,
        which: Option<&[SourceId]>,
        most_bytes: Option<u64>,
    ) -> Result<Vec<Pack>, library::Error> {
        let export = self.exporting(which, most_bytes).await?;
        let mut packs = Vec::new();
        for nth in 0..export.n_parts() {
            packs.push(export.pack(nth).await?);
        }
        Ok(packs)
    }

    /// What the library holds and how it is set, of one generation.
    async fn at_one_moment(&self) -> Result<(Manifest, Vec<Whole>), library::Error> {
        let catalogue = &self.shared.catalogue;
        let generation = async || -> Result<i64, catalogue::Error> {
            let found = catalogue.generation(self.id()).await?;
            let (generation, _) = found.ok_or_else(|| catalogue::Error::NoLibrary {
                library: self.id().to_owned(),
            })?;
            Ok(generation)
        };
        let mut tries = 0;
        loop {
            let before = generation().await?;
            let sources = catalogue.whole(self.id()).await?;
            let settings: BTreeMap<_, _> = self.settings().await?.into_iter().collect();
            tries += 1;
            // Whoever changes it without a pause gets a pack that may mix two moments of settings, but no endless wait.
            if generation().await? == before || tries == TRIES {
                let head = Manifest {
                    format: FORMAT,
                    program: format!("sanad {}", env!("CARGO_PKG_VERSION")),
                    library: self.id().to_owned(),
                    generation: before,
                    exported_at: catalogue::now(),
                    part: 1,
                    parts: 1,
                    settings,
                    sources: Vec::new(),
                };
                return Ok((head, sources));
            }
        }
    }
}

impl Export {
    /// How many parts there are; one at least.
    pub fn n_parts(&self) -> usize {
        self.parts.len()
    }

    /// The library's id.
    pub fn library(&self) -> &str {
        self.library.id()
    }

    /// Makes the nth part, from 0.
    ///
    /// # Panics
    /// Where there is no such part.
    pub async fn pack(&self, nth: usize) -> Result<Pack, library::Error> {
        let sources = &self.parts[nth];
        let mut written = Written::default();
        for source in sources {
            written = written.with(&self.library, source).await?;
        }
        let (part, parts) = (small(nth + 1), small(self.n_parts()));
        let manifest = Manifest {
            part,
            parts,
            sources: std::mem::take(&mut written.sources),
            ..self.head.clone()
        };
        let sources = sources.iter().map(|source| source.id.clone()).collect();
        let file_name = file_name(&manifest);
        let bytes = apart(move || written.finish(&manifest)).await;
        Ok(Pack {
            file_name,
            part,
            parts,
            sources,
            bytes,
        })
    }

    /// Puts sources into parts, in their order, each into the first that is not full.
    async fn plan(&mut self, sources: Vec<Whole>, most: Option<u64>) -> Result<(), library::Error> {
        let empty = self.pack_of_nothing().await;
        let mut too_large = Vec::new();
        // How much of each measure a part may have, and what the one that is being filled has.
        let full = [
            most.unwrap_or(u64::MAX),
            FULL,
            FULL_ENTRIES as u64,
            MAX_MANIFEST / 2,
        ];
        let mut filled = [empty, 0, 0, 0];
        let mut part = Vec::new();
        for source in sources {
            let mut written = Written::default();
            let n_bytes = unpacked(&source);
            if most.is_some() {
                written = written.with(&self.library, &source).await?;
            } else {
                written.list(&source);
            }
            let described =
                serde_json::to_vec(&written.sources).map_or(0, |text| text.len()) as u64;
            let size = if most.is_some() {
                apart(move || written.n_bytes()).await - ZIP_END + described
            } else {
                0
            };
            let n_entries = 2 * source.versions.len() as u64;
            if empty + size > full[0] || n_bytes > LIMITS.all / 2 || described > full[3] {
                too_large.push((source.id.clone(), size.max(n_bytes.min(LIMITS.all))));
                continue;
            }
            let measures = [size, n_bytes, n_entries, described];
            let overflows = filled.iter().zip(measures).zip(full);
            let is_full = overflows
                .into_iter()
                .any(|((has, more), most)| has + more > most);
            if is_full && !part.is_empty() {
                self.parts.push(std::mem::take(&mut part));
                filled = [empty, 0, 0, 0];
            }
            for (has, more) in filled.iter_mut().zip(measures) {
                *has += more;
            }
            part.push(source);
        }
        if !too_large.is_empty() {
            let most = most.unwrap_or(LIMITS.all / 2);
            let sources = too_large;
            return Err(Error::TooLarge { sources, most }.into());
        }
        if !part.is_empty() || self.parts.is_empty() {
            self.parts.push(part);
        }
        Ok(())
    }

    /// How many bytes a pack has without any source.
    async fn pack_of_nothing(&self) -> u64 {
        let head = self.head.clone();
        let bytes = apart(move || Written::default().finish(&head)).await;
        // Some digits for the numbers of parts, and a file more in the directory than there was.
        bytes.len() as u64 + 100
    }
}

/// A ZIP that is being written into memory.
struct Written {
    /// Apart, since it is large.
    zip: Box<ZipWriter<Cursor<Vec<u8>>>>,
    /// The folders of sources so far, as systems see them that do not tell capitals from small letters.
    folders: BTreeSet<String>,
    sources: Vec<PackedSource>,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            zip: Box::new(ZipWriter::new(Cursor::default())),
            folders: BTreeSet::new(),
            sources: Vec::new(),
        }
    }
}

impl Written {
    /// Writes a source with all its versions.
    async fn with(mut self, library: &Library, source: &Whole) -> Result<Self, library::Error> {
        let first = self.list(source);
        for (nth, (record, _)) in source.versions.iter().enumerate() {
            let version = self
                .sources
                .last()
                .and_then(|source| source.versions.get(nth));
            let path = version
                .map(|version| version.path.clone())
                .unwrap_or_default();
            let attribution = toml::to_string(&record.attribution);
            let attribution = attribution.expect("an attribution is plain data");
            let beside = beside(&first[nth]);
            let bytes = if path == first[nth] {
                Some(library.shared.catalogue.bytes(record).await?)
            } else {
                None
            };
            self = apart(move || {
                if let Some(bytes) = bytes {
                    self.put(&path, &bytes);
                }
                self.put(&beside, attribution.as_bytes());
                self
            })
            .await;
        }
        Ok(self)
    }

    /// Lists a source with all its versions; where the bytes of each would lie if no earlier one had them.
    fn list(&mut self, source: &Whole) -> Vec<String> {
        let mut folder = safe(source.id.as_str());
        // Ids that differ in capitals alone are two sources, but on many systems one folder.
        for nth in 2.. {
            if self.folders.insert(folder.to_lowercase()) {
                break;
            }
            folder = format!("{}_{nth}", safe(source.id.as_str()));
        }
        let mut own = Vec::new();
        let mut by_hash: HashMap<&str, String> = HashMap::new();
        let versions = source.versions.iter().map(|(record, _)| {
            let path = format!(
                "sources/{folder}/{}/{}",
                record.version,
                safe(&record.file_name)
            );
            own.push(path.clone());
            let path = by_hash.entry(&record.content_hash).or_insert(path).clone();
            PackedVersion {
                number: record.version,
                attribution: record.attribution.clone(),
                format: record.format.code().to_owned(),
                file_name: record.file_name.clone(),
                content_hash: record.content_hash.clone(),
                added_by: record.added_by.clone(),
                added_at: record.added_at,
                path,
            }
        });
        let versions = versions.collect();
        self.sources.push(PackedSource {
            id: source.id.clone(),
            current: source.current,
            withdrawn_at: source.withdrawn_at,
            limits: source.limits.clone(),
            origin: source
                .origin
                .clone()
                .map(|(origin, content_hash)| PackedOrigin {
                    origin,
                    content_hash,
                }),
            versions,
        });
        own
    }

    fn put(&mut self, path: &str, bytes: &[u8]) {
        let shrinks_too_far = bytes.len() > 1 << 20 && deflated(bytes) < bytes.len() / MAX_RATIO;
        let method = if shrinks_too_far {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default().compression_method(method);
        self.zip
            .start_file(path, options)
            .and_then(|()| Ok(self.zip.write_all(bytes)?))
            .expect("memory can be written to, and every path is written once");
    }

    fn n_bytes(self) -> u64 {
        let zip = self.zip.finish().expect("memory can be written to");
        zip.into_inner().len() as u64
    }

    fn finish(mut self, manifest: &Manifest) -> Vec<u8> {
        let text = serde_json::to_vec_pretty(manifest).expect("a manifest is plain data");
        self.put(MANIFEST, &text);
        self.put("README.md", README.as_bytes());
        let zip = self.zip.finish().expect("memory can be written to");
        zip.into_inner()
    }
}

/// How many bytes are left after packing.
fn deflated(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_or(0, |packed| packed.len())
}

/// How many bytes the versions of a source have, the same bytes counted once.
fn unpacked(source: &Whole) -> u64 {
    let sizes = source.versions.iter();
    let by_hash: HashMap<&str, u64> = sizes
        .map(|(record, n_bytes)| (record.content_hash.as_str(), *n_bytes))
        .collect();
    by_hash.into_values().sum()
}

fn file_name(manifest: &Manifest) -> String {
    let (library, day) = (safe(&manifest.library), day::day(manifest.exported_at));
    let (part, parts) = (manifest.part, manifest.parts);
    if parts == 1 {
        format!("sanad-{library}-{day}.zip")
    } else {
        format!("sanad-{library}-{day}-{part}-of-{parts}.zip")
    }
}

/// The name of the attribution beside a file, as `sanad source add` looks for it.
fn beside(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{folder}/{stem}.toml")
}

/// A name that can be that of a file on every system, its ending kept.
fn safe(name: &str) -> String {
    /// What Windows takes for devices.
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let cleaned: String = name
        .chars()
        .map(|c| {
            let is_bad = c.is_control() || "/\\:*?\"<>|".contains(c);
            if is_bad { '_' } else { c }
        })
        .collect();
    let trimmed = cleaned.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, ending) = match trimmed.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 10 => (stem, Some(ending)),
        _ => (trimmed, None),
    };
    let mut stem: String = stem.chars().take(MAX_NAME).collect();
    let first = stem.split('.').next().unwrap_or_default().to_lowercase();
    let device = first.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.is_empty() || DEVICES.contains(&device) {
        stem.insert(0, '_');
    }
    match ending {
        // The attribution takes that one.
        Some(ending) if !ending.eq_ignore_ascii_case("toml") => format!("{stem}.{ending}"),
        Some(ending) => format!("{stem}.{ending}_"),
        None => stem,
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::packed::Packed;

    #[test]
    fn names_are_safe_everywhere() {
        #[track_caller]
        fn case(name: &str, expected: &str) {
            assert_eq!(safe(name), expected);
        }
        case("russia-north-korea.ar.txt", "russia-north-korea.ar.txt");
        case("كتاب النحو.txt", "كتاب النحو.txt");
        case("../../etc/passwd", "_.._etc_passwd");
        case("C:\\a\0b.txt", "C__a_b.txt");
        case("con.txt", "_con.txt");
        case("LPT1", "_LPT1");
        case("contract.txt", "contract.txt");
        case("...", "_");
        case("", "_");
        case("a.toml", "a.toml_");
        case(
            &format!("{}.txt", "ب".repeat(300)),
            &format!("{}.txt", "ب".repeat(100)),
        );
    }

    #[test]
    fn what_shrinks_as_a_bomb_does_can_be_opened_again() {
        let mut written = Written::default();
        let bytes = vec![b'x'; 9 << 20];
        written.put("a", &bytes);
        let zip = written.zip.finish().unwrap().into_inner();
        assert_eq!(
            Packed::open(&zip, LIMITS).unwrap().read("a"),
            Ok(Some(bytes))
        );
    }

    #[test]
    fn an_attribution_lies_beside_its_file() {
        for (path, expected) in [
            ("a/1/b.ar.txt", "a/1/b.ar.toml"),
            ("a.b/1/c", "a.b/1/c.toml"),
        ] {
            assert_eq!(beside(path), expected);
        }
    }
}
