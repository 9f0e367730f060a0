//! Fetching a source again from the address that it came from.

use super::{Answer, Goal, Moderator};
use crate::discord::data::Failure;
use crate::discord::reply::source::{self as said, Notice, State};
use crate::fetch::{self, Refreshed, Refusal};
use crate::library;

impl Moderator {
    /// Fetches a source again that was named in a command.
    pub(in crate::discord) async fn refreshes_named(self, name: String) -> Result<Answer, Failure> {
        match self.named(&name, false).await? {
            Some(source) => self.refreshes(source.version_key).await,
            None => Ok(self.beside(&Notice::NoSource(name))),
        }
    }

    /// Fetches one again that a button names. Where that fails, it stays as it is.
    pub(super) async fn refreshes(self, key: i64) -> Result<Answer, Failure> {
        let Some(source) = self.current(key).await? else {
            return Ok(self.instead(&Notice::NoVersions));
        };
        let _turn = match self.turn(None).await {
            Ok(turn) => turn,
            Err(notice) => return Ok(self.beside(&notice)),
        };
        let fetcher = &self.data.fetcher;
        let refreshed = fetch::refresh(fetcher, &self.library, &source.id, &self.by()).await;
        let (state, doubts) = match refreshed {
            Ok(Refreshed::Unchanged(record)) => (State::Fresh(Box::new(record)), Vec::new()),
            Ok(Refreshed::Changed(added)) if added.unchanged => {
                (State::Fresh(Box::new(added.record)), Vec::new())
            }
            Ok(Refreshed::Changed(added)) => {
                (State::Published(Box::new(added.record)), added.warnings)
            }
            Err(Refusal::NotFetched { .. }) => return Ok(self.beside(&Notice::NoAddress)),
            Err(Refusal::Fetch(error)) => {
                return Ok(self.beside(&Notice::NotRefreshed(Box::new(error))));
            }
            Err(Refusal::Library(library::Error::Unreadable {
                file_name,
                problems,
            })) => {
                let language = self.language();
                let reply = said::unreadable(self.sheet, language, &file_name, &problems);
                return Ok(Answer::Beside(reply));
            }
            Err(Refusal::Library(error)) => {
                return Self::refused(error).map(|notice| self.beside(&notice));
            }
        };
        let notices = match state {
            State::Published(_) => self.changed().await,
            _ => Vec::new(),
        };
        let (State::Fresh(record) | State::Published(record)) = &state else {
            return Ok(self.instead(&Notice::NoVersions));
        };
        let looked = self.looked(record).await?;
        let step = self.step(record.attribution.language, Goal::Open);
        let reply = said::report(self.sheet, step, &looked, &state, &doubts, &notices);
        Ok(Answer::Instead(reply))
    }
}
