//! Withdrawing sources, and bringing them or former versions back.

use super::{Answer, Goal, Moderator};
use crate::catalogue::{SourceRecord, now};
use crate::discord::data::Failure;
use crate::discord::reply::source::{self as said, Notice, State};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Moderator {
    /// Asks about a source that was named in a command.
    pub(in crate::discord) async fn asks_withdrawal_of(
        self,
        name: String,
    ) -> Result<Answer, Failure> {
        match self.named(&name, false).await? {
            Some(source) => self.asks(&source).await,
            None => Ok(self.beside(&Notice::NoSource(name))),
        }
    }

    /// Asks about one that a button names.
    pub(super) async fn asks_withdrawal(self, key: i64) -> Result<Answer, Failure> {
        match self.current(key).await? {
            Some(source) => self.asks(&source).await,
            None => Ok(self.instead(&Notice::NoVersions)),
        }
    }

    async fn asks(&self, source: &SourceRecord) -> Result<Answer, Failure> {
        let until = self.until().await?;
        let step = self.step(source.attribution.language, Goal::Open);
        let reply = said::asks_withdrawal(self.sheet, step, source, until);
        Ok(Answer::Instead(reply))
    }

    /// Withdraws it.
    pub(super) async fn withdraws(self, key: i64) -> Result<Answer, Failure> {
        let Some(source) = self.current(key).await? else {
            return Ok(self.instead(&Notice::NoVersions));
        };
        if let Err(error) = self.library.remove(&source.id, &self.by()).await {
            return Self::refused(error).map(|notice| self.instead(&notice));
        }
        let notices = self.changed().await;
        let until = self.until().await?;
        let step = self.step(source.attribution.language, Goal::Open);
        let reply = said::withdrawn(self.sheet, step, &source, until, &notices);
        Ok(Answer::Instead(reply))
    }

    /// Until when what is withdrawn now can be had back, in milliseconds since 1970; none where it cannot.
    async fn until(&self) -> Result<Option<i64>, Failure> {
        let own = self.library.policy().await?.keep_withdrawn;
        let days = own.unwrap_or(self.data.config.retention.withdrawn);
        Ok((days > 0).then(|| now() + i64::from(days) * DAY_MS))
    }

    /// Makes a version the current one that was named in a command: of a withdrawn source the last one, of another one
    /// the one before.
    pub(in crate::discord) async fn restores_named(
        self,
        name: String,
        number: Option<u32>,
    ) -> Result<Answer, Failure> {
        let Some(source) = self.named(&name, true).await? else {
            return Ok(self.beside(&Notice::NoSource(name)));
        };
        let versions = self.library.history(&source.id).await?;
        let wanted = versions.iter().find(|version| match number {
            Some(number) => version.record.version == number,
            None if version.withdrawn => version.current,
            None => version.record.version < source.version,
        });
        match wanted.map(|version| version.record.version_key) {
            Some(key) => self.restores(key).await,
            None => Ok(self.beside(&Notice::NoVersions)),
        }
    }

    /// Makes a version the current one.
    pub(super) async fn restores(self, key: i64) -> Result<Answer, Failure> {
        let versions = self.versions(key).await?;
        let wanted = versions
            .iter()
            .find(|version| version.record.version_key == key);
        let Some(wanted) = wanted else {
            return Ok(self.instead(&Notice::NoVersions));
        };
        let was_there = wanted.current && !wanted.withdrawn;
        let (id, number) = (&wanted.record.id, wanted.record.version);
        let restored = self.library.restore(id, Some(number), &self.by()).await;
        let record = match restored {
            Ok(Some(record)) => record,
            Ok(None) => return Ok(self.instead(&Notice::NoVersions)),
            Err(error) => return Self::refused(error).map(|notice| self.beside(&notice)),
        };
        let notices = if was_there {
            Vec::new()
        } else {
            self.changed().await
        };
        let looked = self.looked(&record).await?;
        let step = self.step(record.attribution.language, Goal::Open);
        let state = if was_there {
            State::Unchanged(Box::new(record))
        } else {
            State::Restored(Box::new(record))
        };
        let reply = said::report(self.sheet, step, &looked, &state, &[], &notices);
        Ok(Answer::Instead(reply))
    }
}
