//! Who sees a source, chosen from lists of channels and roles.

use std::collections::BTreeSet;

use super::{Answer, Goal, Moderator};
use crate::catalogue::{Limits, SourceRecord};
use crate::discord::data::Failure;
use crate::discord::reply::source::{self as said, Notice};

impl Moderator {
    /// Shows who sees a source that was named in a command, and the lists.
    pub(in crate::discord) async fn limits_of(self, name: String) -> Result<Answer, Failure> {
        match self.named(&name, false).await? {
            Some(source) => Ok(self.limits_report(&source, &[])),
            None => Ok(self.beside(&Notice::NoSource(name))),
        }
    }

    /// The same of one that a button names.
    pub(super) async fn limits(self, key: i64) -> Result<Answer, Failure> {
        match self.current(key).await? {
            Some(source) => Ok(self.limits_report(&source, &[])),
            None => Ok(self.instead(&Notice::NoVersions)),
        }
    }

    /// Limits it to channels; none is no limit.
    pub(super) async fn limits_channels(
        self,
        key: i64,
        channels: BTreeSet<u64>,
    ) -> Result<Answer, Failure> {
        self.limits_to(key, |limits| Limits { channels, ..limits })
            .await
    }

    /// Limits it to roles; none is no limit.
    pub(super) async fn limits_roles(
        self,
        key: i64,
        roles: BTreeSet<u64>,
    ) -> Result<Answer, Failure> {
        self.limits_to(key, |limits| Limits { roles, ..limits })
            .await
    }

    /// Lets everybody see it.
    pub(super) async fn unlimits(self, key: i64) -> Result<Answer, Failure> {
        self.limits_to(key, |_| Limits::default()).await
    }

    async fn limits_to(
        self,
        key: i64,
        change: impl FnOnce(Limits) -> Limits + Send,
    ) -> Result<Answer, Failure> {
        let Some(mut source) = self.current(key).await? else {
            return Ok(self.instead(&Notice::NoVersions));
        };
        // A source that came limited to nobody is limited anew by the first choice.
        let before = Some(source.limits.clone()).filter(|limits| !limits.is_nobody());
        let limits = change(before.unwrap_or_default());
        let mut notices = Vec::new();
        if limits != source.limits {
            if let Err(error) = self.library.limit(&source.id, &limits, &self.by()).await {
                return Self::refused(error).map(|notice| self.beside(&notice));
            }
            source.limits = limits;
            notices = self.changed().await;
        }
        Ok(self.limits_report(&source, &notices))
    }

    fn limits_report(&self, source: &SourceRecord, notices: &[String]) -> Answer {
        let step = self.step(source.attribution.language, Goal::Open);
        Answer::Instead(said::limits(self.sheet, step, source, notices))
    }
}
