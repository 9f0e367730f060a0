//! Restoring packs: what is in the library already, what has to be read, and one transaction for the rest.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tokio::sync::mpsc;

use super::manifest::{Opened, PackedOrigin, PackedSource, PackedVersion};
use super::{Error, LIMITS};
use crate::catalogue::{
    Brought, Change, Former, Limits, NewVersion, SourceRecord, VersionRecord, apart, content_hash,
};
use crate::library::setting::{self, Shape};
use crate::library::{self, Library, Quota};
use crate::source::packed::Packed;
use crate::source::worker::Reader;
use crate::source::{Format, Problem, ProblemKind, SourceId};

/// How often an import looks again where others change the library meanwhile.
const TRIES: usize = 8;

/// What of a pack is to be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// These sources alone, and no setting; none is the whole pack.
    pub sources: Option<Vec<SourceId>>,
    /// Whether who imports may say who moderates: else that setting is left out.
    pub moderators: bool,
}

/// What came of restoring a pack, or what would come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The library that was exported.
    pub from: String,
    /// When, in milliseconds since 1970.
    pub exported_at: i64,
    /// Which part the pack is.
    pub part: u32,
    /// Of how many.
    pub parts: u32,
    /// Its sources, as far as they were chosen, those too of which nothing changed.
    pub sources: Vec<RestoredSource>,
    /// The settings that changed.
    pub settings: Vec<SetSetting>,
    /// The settings that were left out: they name channels or roles of another server, or who imports may not set them.
    pub left_out: Vec<String>,
    /// What in the pack this program does not know.
    pub unknown: Vec<String>,
}

/// A setting that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetSetting {
    /// Its name.
    pub name: String,
    /// What it was.
    pub was: Option<String>,
    /// What it is.
    pub value: String,
}

/// What became of a source of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredSource {
    /// Its id.
    pub id: SourceId,
    /// Its title, as its current version says it.
    pub title: String,
    /// Whether the library had no such source.
    pub is_new: bool,
    /// How many versions of the pack were there already.
    pub n_there: usize,
    /// The versions that were added: the number in the pack, and the one in the library.
    pub added: Vec<(u32, u32)>,
    /// The number of the version that was current before.
    pub was_current: Option<u32>,
    /// The number of the version that is.
    pub current: u32,
    /// Whether it was withdrawn before.
    pub was_withdrawn: bool,
    /// Whether it is.
    pub is_withdrawn: bool,
    /// Who may see it.
    pub limits: LimitsAfter,
}

/// Who may see a source that was restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitsAfter {
    /// As before; everybody, where it is new.
    Same,
    /// As the pack limits it.
    Restored,
    /// Nobody but who manages the library: the pack limits it to channels or roles of another server.
    Nobody,
}

impl RestoredSource {
    /// Whether anything became another than it was.
    pub fn is_changed(&self) -> bool {
        self.is_new
            || !self.added.is_empty()
            || self.was_current != Some(self.current)
            || self.was_withdrawn != self.is_withdrawn
            || self.limits != LimitsAfter::Same
    }
}

impl Restored {
    /// Whether anything became another than it was.
    pub fn is_changed(&self) -> bool {
        !self.settings.is_empty() || self.sources.iter().any(RestoredSource::is_changed)
    }
}

/// Versions that were read, by their hash and format.
type Read = HashMap<(String, Format), NewVersion>;

impl Library {
    /// Restores a pack, all of it in one transaction. What is restored is searchable when this returns; where nothing
    /// changes, nothing is written.
    pub async fn import(
        &self,
        pack: &Opened,
        choice: &Choice,
        by: &str,
    ) -> Result<Restored, library::Error> {
        self.restore_pack(pack, choice, by, true).await
    }

    /// What restoring a pack would come to, found out by doing it and taking it back.
    pub async fn would_import(
        &self,
        pack: &Opened,
        choice: &Choice,
    ) -> Result<Restored, library::Error> {
        self.restore_pack(pack, choice, "", false).await
    }

    async fn restore_pack(
        &self,
        pack: &Opened,
        choice: &Choice,
        by: &str,
        is_meant: bool,
    ) -> Result<Restored, library::Error> {
        self.may_change()?;
        let chosen = chosen(pack, choice)?;
        let mut read = Read::new();
        for _ in 0..TRIES {
            self.read_lacking(pack, &chosen, &mut read).await?;
            let _turn = self.room.changing.lock().await;
            let mut change = self.begin(by).await?;
            let restoring = Restoring {
                same_library: pack.manifest().library == self.id(),
                pack,
                choice,
                read: &read,
            };
            let Some(restored) = restoring.all(&chosen, &mut change).await? else {
                // Purged by another process since it was looked at.
                continue;
            };
            if !restored.is_changed() {
                return Ok(restored);
            }
            self.holds_quotas(&mut change).await?;
            if is_meant {
                self.commit(change).await?;
            }
            return Ok(restored);
        }
        Err(crate::index::Error::Busy {
            folder: self.id().into(),
        }
        .into())
    }

    /// Reads the versions that the library does not have, and that were not read yet.
    async fn read_lacking(
        &self,
        pack: &Opened,
        chosen: &[&PackedSource],
        read: &mut Read,
    ) -> Result<(), library::Error> {
        let whole = self.shared.catalogue.whole(self.id()).await?;
        let mut lacking = Vec::new();
        let mut keys = BTreeSet::new();
        for source in chosen {
            let there = whole.iter().find(|whole| whole.id == source.id);
            let there: Vec<&SourceRecord> = there
                .iter()
                .flat_map(|whole| whole.versions.iter().map(|(record, _)| record))
                .collect();
            for (version, matched) in source
                .versions
                .iter()
                .zip(matched(&there, &source.versions))
            {
                let Some(format) = version.format().filter(|_| matched.is_none()) else {
                    continue;
                };
                let key = (version.content_hash.clone(), format);
                if !read.contains_key(&key) && keys.insert((key.0.clone(), format.code())) {
                    lacking.push((source.id.clone(), version.clone(), key));
                }
            }
        }
        // One file at a time is unpacked, while the one before it is being read.
        let (sender, mut receiver) = mpsc::channel(1);
        let bytes = std::sync::Arc::clone(&pack.bytes);
        let files: Vec<(String, String)> = lacking
            .iter()
            .map(|(_, version, _)| (version.path.clone(), version.content_hash.clone()))
            .collect();
        let unpacked = apart(move || unpack(&bytes, &files, &sender));
        let readied = async {
            let mut n_bytes = 0;
            for (id, version, key) in lacking {
                let Some(bytes) = receiver.recv().await else {
                    break;
                };
                n_bytes += bytes.len() as u64;
                self.may_hold(n_bytes)?;
                let format = key.1;
                let reader = self.shared.catalogue.reader().clone();
                read.insert(key, ready(reader, id, version, format, bytes).await?);
            }
            // Whoever unpacks is not to wait for us.
            drop(receiver);
            Ok::<(), library::Error>(())
        };
        let (unpacked, readied) = tokio::join!(unpacked, readied);
        readied?;
        Ok(unpacked?)
    }

    /// Whether so many bytes more are less than the library may ever hold: known before all are read.
    fn may_hold(&self, n_bytes: u64) -> Result<(), library::Error> {
        let most = self.shared.quota.megabytes;
        if self.id().parse::<u64>().is_ok() && n_bytes > u64::from(most) * 1_000_000 {
            return Err(library::Error::Full {
                library: self.id().to_owned(),
                what: Quota::Megabytes,
                most,
            });
        }
        Ok(())
    }
}

/// The sources of a pack that are to be restored.
fn chosen<'a>(pack: &'a Opened, choice: &Choice) -> Result<Vec<&'a PackedSource>, Error> {
    let sources = &pack.manifest().sources;
    let Some(wanted) = &choice.sources else {
        return Ok(sources.iter().collect());
    };
    let lacks = |id: &&SourceId| sources.iter().all(|source| source.id != **id);
    if let Some(id) = wanted.iter().find(lacks) {
        return Err(Error::NoSource { id: id.clone() });
    }
    let is_wanted = |source: &&PackedSource| wanted.contains(&source.id);
    Ok(sources.iter().filter(is_wanted).collect())
}

/// Unpacks files and hands each on whose bytes are those of its hash.
fn unpack(
    bytes: &[u8],
    files: &[(String, String)],
    sender: &mpsc::Sender<Vec<u8>>,
) -> Result<(), Error> {
    let mut packed = Packed::open(bytes, LIMITS).map_err(Error::Archive)?;
    for (path, hash) in files {
        let altered = || Error::Altered { path: path.clone() };
        let lacks = || Error::Lacks { path: path.clone() };
        let bytes = packed.read(path).map_err(|problem| match problem.kind {
            ProblemKind::Broken => altered(),
            _ => Error::Archive(problem),
        });
        let bytes = bytes?.ok_or_else(lacks)?;
        if content_hash(&bytes) != *hash {
            return Err(altered());
        }
        if sender.blocking_send(bytes).is_err() {
            // Who reads them has failed, and says why.
            break;
        }
    }
    Ok(())
}

/// Reads the bytes of a version with our own readers, hostile ones in a process of their own.
async fn ready(
    reader: Reader,
    id: SourceId,
    version: PackedVersion,
    format: Format,
    bytes: Vec<u8>,
) -> Result<NewVersion, Error> {
    apart(move || {
        let reading = reader.read(format, &bytes);
        let is_refused = reading.problems.iter().any(Problem::is_fatal);
        let Some(source) = reading.source.filter(|_| !is_refused) else {
            return Err(Error::Unreadable {
                id,
                version: version.number,
                file_name: version.file_name,
                problems: reading.problems,
            });
        };
        let name = &version.file_name;
        let passages = &source.passages;
        Ok(NewVersion::new(
            id,
            version.attribution,
            format,
            name,
            &bytes,
            passages,
        ))
    })
    .await
}

/// For each version of a pack the one that the library has of it, by its place: of the same number, else the first that no
/// other version of the pack is.
fn matched(there: &[&SourceRecord], packed: &[PackedVersion]) -> Vec<Option<usize>> {
    let is = |record: &SourceRecord, version: &PackedVersion| {
        record.content_hash == version.content_hash
            && record.format.code() == version.format
            && record.attribution == version.attribution
    };
    let mut taken = BTreeSet::new();
    let mut found: Vec<Option<usize>> = packed
        .iter()
        .map(|version| {
            let same =
                |record: &&SourceRecord| record.version == version.number && is(record, version);
            there.iter().position(same).filter(|at| taken.insert(*at))
        })
        .collect();
    for (found, version) in found.iter_mut().zip(packed) {
        if found.is_none() {
            let mut free = there.iter().enumerate();
            let at = free.find(|(at, record)| !taken.contains(at) && is(record, version));
            *found = at.map(|(at, _)| at).filter(|at| taken.insert(*at));
        }
    }
    found
}

/// A pack that is being restored, within a change.
struct Restoring<'a> {
    pack: &'a Opened,
    choice: &'a Choice,
    read: &'a Read,
    /// Whether the pack was made of the library that it is restored in.
    same_library: bool,
}

impl Restoring<'_> {
    /// Restores all that was chosen; none where a version would have to be read first.
    async fn all(
        &self,
        chosen: &[&PackedSource],
        change: &mut Change,
    ) -> Result<Option<Restored>, library::Error> {
        let manifest = self.pack.manifest();
        let mut restored = Restored {
            from: manifest.library.clone(),
            exported_at: manifest.exported_at,
            part: manifest.part,
            parts: manifest.parts,
            sources: Vec::new(),
            settings: Vec::new(),
            left_out: Vec::new(),
            unknown: self.pack.unknown().to_vec(),
        };
        for source in chosen {
            let Some(source) = self.source(source, change).await? else {
                return Ok(None);
            };
            restored.sources.push(source);
        }
        if self.choice.sources.is_none() {
            self.settings(&manifest.settings, change, &mut restored)
                .await?;
        }
        Ok(Some(restored))
    }

    async fn source(
        &self,
        packed: &PackedSource,
        change: &mut Change,
    ) -> Result<Option<RestoredSource>, library::Error> {
        let before = change.source(&packed.id).await?;
        let there = change.versions(&packed.id).await?;
        let mut last = there.last().map_or(0, |record| record.version);
        let known: Vec<&SourceRecord> = there.iter().collect();
        let mut added = Vec::new();
        let mut current = None;
        for (version, at) in packed
            .versions
            .iter()
            .zip(matched(&known, &packed.versions))
        {
            let record = if let Some(at) = at {
                there.get(at).cloned()
            } else {
                let Some(read) = version
                    .format()
                    .and_then(|format| self.read.get(&(version.content_hash.clone(), format)))
                else {
                    return Ok(None);
                };
                last = if before.is_none() {
                    version.number
                } else {
                    last.saturating_add(1)
                };
                added.push((version.number, last));
                let former = Former {
                    id: packed.id.clone(),
                    number: last,
                    attribution: version.attribution.clone(),
                    file_name: version.file_name.clone(),
                    added_by: version.added_by.clone(),
                    added_at: version.added_at,
                };
                Some(change.bring(read, &former).await?)
            };
            if version.number == packed.current {
                current = record;
            }
        }
        let Some(current) = current else {
            return Ok(None);
        };
        let was_withdrawn = before.as_ref().is_some_and(|before| before.withdrawn);
        let (limits, after) = self.limits(packed, before.as_ref(), !added.is_empty());
        let source = RestoredSource {
            id: packed.id.clone(),
            title: current.attribution.title.clone(),
            is_new: before.is_none(),
            n_there: packed.versions.len() - added.len(),
            was_current: before.as_ref().map(|before| before.record.version),
            current: current.version,
            was_withdrawn,
            is_withdrawn: packed.withdrawn_at.is_some() && (before.is_none() || was_withdrawn),
            limits: after,
            added,
        };
        if source.is_changed() {
            let added: Vec<u32> = source.added.iter().map(|(_, number)| *number).collect();
            let brought = Brought {
                id: &packed.id,
                before: before.as_ref(),
                current: &current,
                withdrawn: source.is_withdrawn,
                limits: &limits,
                added: &added,
                from: &self.pack.manifest().library,
            };
            change.settle(&brought).await?;
            if let Some(PackedOrigin {
                origin,
                content_hash,
            }) = &packed.origin
                && !change.has_origin(&packed.id).await?
            {
                change.set_origin(&packed.id, origin, content_hash).await?;
            }
        }
        Ok(Some(source))
    }

    /// Who may see a source afterwards: never more people than may see it now, nor than could see the pack's.
    fn limits(
        &self,
        packed: &PackedSource,
        before: Option<&VersionRecord>,
        adds: bool,
    ) -> (Limits, LimitsAfter) {
        let now = before.map(|before| before.record.limits.clone());
        let now = now.unwrap_or_default();
        // Who set limits here has decided who may see it here.
        if packed.limits.is_empty() || !now.is_empty() {
            return (now, LimitsAfter::Same);
        }
        if packed.limits.is_nobody() && (adds || self.same_library) {
            (Limits::nobody(), LimitsAfter::Nobody)
        } else if self.same_library {
            (packed.limits.clone(), LimitsAfter::Restored)
        } else if adds {
            (Limits::nobody(), LimitsAfter::Nobody)
        } else {
            // All of it is seen here already.
            (now, LimitsAfter::Same)
        }
    }

    async fn settings(
        &self,
        packed: &BTreeMap<String, String>,
        change: &mut Change,
        restored: &mut Restored,
    ) -> Result<(), library::Error> {
        let now = change.settings().await?;
        for (name, value) in packed {
            let Some(shape) = setting::shape(name) else {
                restored.unknown.push(format!("settings.{name}"));
                continue;
            };
            let Some(value) = shape.stored(value) else {
                return Err(library::Error::BadSetting {
                    name: name.clone(),
                    value: value.chars().take(100).collect(),
                });
            };
            let was = now.get(name);
            if was == Some(&value) {
                continue;
            }
            let is_foreign = matches!(shape, Shape::Ids | Shape::Id) && !self.same_library;
            let is_forbidden = name == setting::MODERATOR_ROLES && !self.choice.moderators;
            if is_foreign || is_forbidden {
                restored.left_out.push(name.clone());
                continue;
            }
            change.set(name, Some(&value)).await?;
            restored.settings.push(SetSetting {
                name: name.clone(),
                was: was.cloned(),
                value,
            });
        }
        Ok(())
    }
}
