//! Looking at a source: how it stands, its versions, what changed between two of them.

use super::{Answer, Goal, Moderator};
use crate::catalogue::{SourceRecord, VersionRecord};
use crate::discord::data::Failure;
use crate::discord::reply::source::{self as said, Notice, State};

impl Moderator {
    /// Shows a source that was named in a command.
    pub(in crate::discord) async fn shows_named(self, name: String) -> Result<Answer, Failure> {
        match self.named(&name, false).await? {
            Some(source) => self.shown(source).await,
            None => Ok(self.beside(&Notice::NoSource(name))),
        }
    }

    /// Shows one that a button names.
    pub(super) async fn shows(self, key: i64) -> Result<Answer, Failure> {
        match self.current(key).await? {
            Some(source) => self.shown(source).await,
            None => self.history(key, 0).await,
        }
    }

    async fn shown(self, source: SourceRecord) -> Result<Answer, Failure> {
        let looked = self.looked(&source).await?;
        let step = self.step(source.attribution.language, Goal::Open);
        let state = State::There(Box::new(source));
        let reply = said::report(self.sheet, step, &looked, &state, &[], &[]);
        Ok(Answer::Instead(reply))
    }

    /// The versions of a source that was named in a command.
    pub(in crate::discord) async fn history_of(self, name: String) -> Result<Answer, Failure> {
        match self.named(&name, true).await? {
            Some(source) => self.history(source.version_key, 0).await,
            None => Ok(self.beside(&Notice::NoSource(name))),
        }
    }

    /// The versions of one that a button names.
    pub(super) async fn history(self, key: i64, page: usize) -> Result<Answer, Failure> {
        let versions = self.versions(key).await?;
        let language = versions
            .iter()
            .find(|version| version.current)
            .map(|version| version.record.attribution.language);
        let reply = language.and_then(|language| {
            let step = self.step(language, Goal::Open);
            said::history(self.sheet, step, &versions, page)
        });
        Ok(match reply {
            Some(reply) => Answer::Instead(reply),
            None => self.instead(&Notice::NoVersions),
        })
    }

    /// Compares versions of a source that was named in a command: by their numbers, or the current one with the one
    /// before it.
    pub(in crate::discord) async fn compares_named(
        self,
        name: String,
        before: Option<u32>,
        after: Option<u32>,
    ) -> Result<Answer, Failure> {
        let Some(source) = self.named(&name, true).await? else {
            return Ok(self.beside(&Notice::NoSource(name)));
        };
        let diff = self.library.diff(&source.id, before, after).await?;
        match diff {
            Some(diff) => {
                let step = self.step(diff.after.attribution.language, Goal::Open);
                Ok(Answer::Instead(said::diff(self.sheet, step, &diff, 0)))
            }
            None => Ok(self.beside(&Notice::NoVersions)),
        }
    }

    /// Compares two versions that a button names.
    pub(super) async fn compares(
        self,
        before: i64,
        after: i64,
        page: usize,
    ) -> Result<Answer, Failure> {
        let versions = self.versions(after).await?;
        let number = |key: i64| {
            let mut records = versions
                .iter()
                .map(|version: &VersionRecord| &version.record);
            let record = records.find(|record| record.version_key == key);
            record.map(|record| (record.id.clone(), record.version))
        };
        let (Some((id, after)), Some((_, before))) = (number(after), number(before)) else {
            return Ok(self.instead(&Notice::NoVersions));
        };
        let diff = self.library.diff(&id, Some(before), Some(after)).await?;
        Ok(match diff {
            Some(diff) => {
                let step = self.step(diff.after.attribution.language, Goal::Open);
                Answer::Instead(said::diff(self.sheet, step, &diff, page))
            }
            None => self.instead(&Notice::NoVersions),
        })
    }
}
