//! Changing a library: the catalogue first, in one transaction, then the index.

use tokio::sync::watch;

use super::{Added, Details, Error, Library, Quota, STARTER, setting};
use crate::catalogue::{Change, NewVersion, Origin, SourceRecord, apart};
use crate::language::Language;
use crate::source::worker::Reader;
use crate::source::{Attribution, Format, Metadata, Passage, Problem, ProblemKind, SourceId};

/// A source that was read, ready to be added.
pub(super) struct Ready {
    pub(super) new: NewVersion,
    pub(super) passages: Vec<Passage>,
    /// What was doubtful.
    pub(super) warnings: Vec<Problem>,
}

impl Library {
    /// Adds a source or, where its id is taken, a new version of it. Searchable when this returns.
    pub async fn add(
        &self,
        file_name: &str,
        bytes: &[u8],
        details: &Details,
        by: &str,
    ) -> Result<Added, Error> {
        self.may_change()?;
        let ready = ready(self, file_name, bytes, details).await?;
        let (record, is_new) = self
            .add_version(ready.new, details.origin.as_ref(), by)
            .await?;
        Ok(Added {
            record,
            unchanged: !is_new,
            warnings: ready.warnings,
        })
    }

    /// Makes a version the current one of its source; whether that was news.
    pub(super) async fn add_version(
        &self,
        new: NewVersion,
        origin: Option<&Origin>,
        by: &str,
    ) -> Result<(SourceRecord, bool), Error> {
        let _turn = self.room.changing.lock().await;
        let mut change = self.begin(by).await?;
        let there = change.source(new.id()).await?;
        if let Some(there) = there.filter(|there| !there.withdrawn && new.is(&there.record)) {
            // The transaction holds the only connection that mending needs.
            drop(change);
            if let Some(origin) = origin {
                self.set_origin(&there.record, origin).await?;
            }
            self.shared.catalogue.mend(&new).await?;
            self.shared.state(&self.room).await?;
            return Ok((there.record, false));
        }
        let record = change.add(&new).await?;
        self.holds_quotas(&mut change).await?;
        if let Some(origin) = origin {
            let hash = new.content_hash();
            change.set_origin(new.id(), origin, hash).await?;
        }
        self.commit(change).await?;
        Ok((record, true))
    }

    /// Whether a change leaves the library within what it may hold.
    pub(super) async fn holds_quotas(&self, change: &mut Change) -> Result<(), Error> {
        // The terminal's library is the host's own.
        if self.id().parse::<u64>().is_err() {
            return Ok(());
        }
        let (usage, policy) = (change.usage().await?, self.policy().await?);
        let quota = &self.shared.quota;
        let own = |own: Option<u32>, most: u32| own.map_or(most, |own| own.min(most));
        let sources = own(policy.max_sources, quota.sources);
        let megabytes = own(policy.max_megabytes, quota.megabytes);
        for (what, n, most, unit) in [
            (Quota::Sources, usage.n_sources, sources, 1),
            (Quota::Megabytes, usage.n_bytes, megabytes, 1_000_000),
            (Quota::Passages, usage.n_passages, quota.passages, 1),
        ] {
            if n > i64::from(most) * unit {
                let library = self.id().to_owned();
                return Err(Error::Full {
                    library,
                    what,
                    most,
                });
            }
        }
        Ok(())
    }

    /// Withdraws a source: gone from answers at once, kept in the catalogue.
    pub async fn remove(&self, id: &SourceId, by: &str) -> Result<(), Error> {
        self.may_change()?;
        let _turn = self.room.changing.lock().await;
        let mut change = self.begin(by).await?;
        if !change.withdraw(id).await? {
            return Err(self.no_source(id));
        }
        self.commit(change).await
    }

    /// Brings a withdrawn source back, or makes a former version current (the newest where none is named); none where
    /// there is no such version.
    pub async fn restore(
        &self,
        id: &SourceId,
        version: Option<u32>,
        by: &str,
    ) -> Result<Option<SourceRecord>, Error> {
        self.may_change()?;
        let _turn = self.room.changing.lock().await;
        let mut change = self.begin(by).await?;
        let before = change.source(id).await?;
        let restored = change.restore(id, version).await?;
        let is_news = restored.as_ref().is_some_and(|restored| {
            !before.is_some_and(|before| !before.withdrawn && before.record == *restored)
        });
        if is_news {
            self.commit(change).await?;
        }
        Ok(restored)
    }

    /// Sets a setting of the library; none removes it.
    pub async fn set(&self, name: &str, value: Option<&str>, by: &str) -> Result<(), Error> {
        self.may_change()?;
        let value = stored(name, value)?;
        let _turn = self.room.changing.lock().await;
        self.put(name, value.as_deref(), by).await
    }

    /// Sets a setting to what `change` makes of it, so that two who add to one list at the same time both do; the value
    /// before and after. Where they are the same, nothing is written.
    pub async fn alter(
        &self,
        name: &str,
        by: &str,
        change: impl FnOnce(Option<&str>) -> Option<String>,
    ) -> Result<(Option<String>, Option<String>), Error> {
        self.may_change()?;
        let _turn = self.room.changing.lock().await;
        let before = self.setting(name).await?;
        let after = stored(name, change(before.as_deref()).as_deref())?;
        if before != after {
            self.put(name, after.as_deref(), by).await?;
        }
        Ok((before, after))
    }

    async fn put(&self, name: &str, value: Option<&str>, by: &str) -> Result<(), Error> {
        let mut change = self.begin(by).await?;
        change.set(name, value).await?;
        self.commit(change).await
    }

    /// Builds its index anew from the catalogue; tells the progress as (done, all) passages.
    pub async fn reindex(&self, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<(), Error> {
        let (sender, mut receiver) = watch::channel((0, 0));
        let rebuilt = async {
            // The sender goes with the work, which ends the telling.
            let sender = sender;
            self.shared.rebuild(&self.room, &sender).await
        };
        let told = async {
            while receiver.changed().await.is_ok() {
                let (done, all) = *receiver.borrow_and_update();
                progress(done, all);
            }
        };
        let (rebuilt, ()) = tokio::join!(rebuilt, told);
        rebuilt?;
        self.shared.settle(&self.room);
        Ok(())
    }

    pub(super) fn may_change(&self) -> Result<(), Error> {
        if self.id() == STARTER {
            return Err(Error::ReadOnly {
                library: self.id().to_owned(),
            });
        }
        Ok(())
    }

    pub(super) async fn begin(&self, by: &str) -> Result<Change, Error> {
        Ok(self.shared.catalogue.change_library(self.id(), by).await?)
    }

    /// Commits a change and loads the state that it brings about.
    pub(super) async fn commit(&self, change: Change) -> Result<(), Error> {
        let pending = self.room.announce(change.generation());
        change.commit().await?;
        self.shared.load(&self.room).await?;
        drop(pending);
        self.shared.settle(&self.room);
        Ok(())
    }
}

/// A value of a setting as it is stored; none where it is taken back.
fn stored(name: &str, value: Option<&str>) -> Result<Option<String>, Error> {
    let stored = value.map(|said| {
        let stored = setting::shape(name).and_then(|shape| shape.stored(said));
        stored.ok_or_else(|| Error::BadSetting {
            name: name.to_owned(),
            value: said.to_owned(),
        })
    });
    stored.transpose()
}

/// Reads the bytes of a source; where they are none, the error says everything that is wrong.
pub(super) async fn ready(
    library: &Library,
    file_name: &str,
    bytes: &[u8],
    details: &Details,
) -> Result<Ready, Error> {
    let (name, bytes, details) = (file_name.to_owned(), bytes.to_vec(), details.clone());
    let reader = library.shared.catalogue.reader().clone();
    let ready = apart(move || read(&reader, &name, &bytes, &details)).await;
    ready.map_err(|problems| Error::Unreadable {
        file_name: file_name.to_owned(),
        problems,
    })
}

fn read(
    reader: &Reader,
    file_name: &str,
    bytes: &[u8],
    details: &Details,
) -> Result<Ready, Vec<Problem>> {
    let refused = |kind, found: &str| vec![Problem::of_file(kind, Some(found))];
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let format = Format::from_file_name(file_name)
        .ok_or_else(|| refused(ProblemKind::UnknownFormat, ending))?;
    let id = match &details.id {
        Some(id) => id.clone(),
        None => SourceId::from_file_name(file_name)
            .map_err(|_| refused(ProblemKind::NoId, file_name))?,
    };
    let reading = reader.read(format, bytes);
    let is_refused = reading.problems.iter().any(Problem::is_fatal);
    let Some(source) = reading.source.filter(|_| !is_refused) else {
        return Err(reading.problems);
    };
    let said = details.metadata.clone().or(source.metadata);
    let said = said.or(details.known.clone());
    let attribution =
        attributed(said, file_name, source.language).map_err(|problem| vec![problem])?;
    let new = NewVersion::new(id, attribution, format, file_name, bytes, &source.passages);
    Ok(Ready {
        new,
        passages: source.passages,
        warnings: reading.problems,
    })
}

/// What a citation of the source will name: what a person said, else what the text and the file's name say.
fn attributed(said: Metadata, file_name: &str, language: Language) -> Result<Attribution, Problem> {
    said.attribution(|| stem(file_name), language)
        .map_err(|bad| Problem::of_file(ProblemKind::BadAttribution, Some(&format!("{bad:?}"))))
}

/// As [`attributed`], for a source that is there already.
pub(super) fn titled(
    said: Metadata,
    file_name: &str,
    language: Language,
) -> Result<Attribution, Error> {
    attributed(said, file_name, language).map_err(|problem| Error::Unreadable {
        file_name: file_name.to_owned(),
        problems: vec![problem],
    })
}

/// A file's name up to its first dot, for want of a title.
fn stem(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.trim_start_matches('.').split('.').next();
    stem.unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}
