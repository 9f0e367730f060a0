//! Changing a library: the catalogue first, in one transaction, then the index.

use tokio::sync::watch;

use super::{Added, Details, Error, Library, STARTER, setting};
use crate::catalogue::{Change, NewVersion, SourceRecord, apart};
use crate::source::{self, Attribution, Format, Problem, ProblemKind, Source, SourceId};

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
        let (name, bytes, said) = (file_name.to_owned(), bytes.to_vec(), details.clone());
        let read = apart(move || read(&name, &bytes, &said)).await;
        let (new, warnings) = read.map_err(|problems| Error::Unreadable {
            file_name: file_name.to_owned(),
            problems,
        })?;
        let _turn = self.room.changing.lock().await;
        let mut change = self.begin(by).await?;
        let there = change.source(new.id()).await?;
        if let Some(there) = there.filter(|there| !there.withdrawn && new.is(&there.record)) {
            // The transaction holds the only connection that mending needs.
            drop(change);
            if let Some(origin) = &details.origin {
                self.set_origin(&there.record, origin).await?;
            }
            self.shared.catalogue.mend(&new).await?;
            self.shared.state(&self.room).await?;
            return Ok(Added {
                record: there.record,
                unchanged: true,
                warnings,
            });
        }
        let record = change.add(&new).await?;
        if let Some(origin) = &details.origin {
            let hash = new.content_hash();
            change.set_origin(new.id(), origin, hash).await?;
        }
        self.commit(change).await?;
        Ok(Added {
            record,
            unchanged: false,
            warnings,
        })
    }

    /// Withdraws a source: gone from answers at once, kept in the catalogue.
    pub async fn remove(&self, id: &SourceId, by: &str) -> Result<(), Error> {
        self.may_change()?;
        let _turn = self.room.changing.lock().await;
        let mut change = self.begin(by).await?;
        if !change.withdraw(id).await? {
            return Err(Error::NoSource {
                library: self.id().to_owned(),
                id: id.clone(),
            });
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
        if let Some(value) = value
            && !setting::is_sound(name, value)
        {
            return Err(Error::BadSetting {
                name: name.to_owned(),
                value: value.to_owned(),
            });
        }
        let _turn = self.room.changing.lock().await;
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
        rebuilt.map(|_| ())
    }

    pub(super) fn may_change(&self) -> Result<(), Error> {
        if self.id() == STARTER {
            return Err(Error::ReadOnly {
                library: self.id().to_owned(),
            });
        }
        Ok(())
    }

    async fn begin(&self, by: &str) -> Result<Change, Error> {
        Ok(self.shared.catalogue.change_library(self.id(), by).await?)
    }

    /// Commits a change and loads the state that it brings about.
    async fn commit(&self, change: Change) -> Result<(), Error> {
        let pending = self.room.announce(change.generation());
        change.commit().await?;
        self.shared.load(&self.room).await?;
        drop(pending);
        Ok(())
    }
}

/// Reads the bytes of a source, and what was doubtful about them; else everything that is wrong.
fn read(
    file_name: &str,
    bytes: &[u8],
    details: &Details,
) -> Result<(NewVersion, Vec<Problem>), Vec<Problem>> {
    let refused = |kind, found: &str| vec![Problem::of_file(kind, Some(found))];
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let format = Format::from_file_name(file_name)
        .ok_or_else(|| refused(ProblemKind::UnknownFormat, ending))?;
    let id = match &details.id {
        Some(id) => id.clone(),
        None => SourceId::from_file_name(file_name)
            .map_err(|_| refused(ProblemKind::NoId, file_name))?,
    };
    let reading = source::read(format, bytes);
    let is_refused = reading.problems.iter().any(Problem::is_fatal);
    let Some(source) = reading.source.filter(|_| !is_refused) else {
        return Err(reading.problems);
    };
    let attribution = attribution(file_name, &source, details)
        .map_err(|bad| refused(ProblemKind::BadAttribution, &format!("{bad:?}")))?;
    let new = NewVersion::new(id, attribution, format, file_name, bytes, &source.passages);
    Ok((new, reading.problems))
}

/// What a citation of the source will name: what a person said, else what the text and the file's name say. The error is
/// what cannot be shown in a line.
fn attribution(file_name: &str, source: &Source, details: &Details) -> Result<Attribution, String> {
    let metadata = details.metadata.clone().or(source.metadata.clone());
    metadata.attribution(|| stem(file_name), source.language)
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
