//! Changes are reported in the channel that the library's settings name.
//!
//! Whoever changes something calls [`announce`] once the change is committed: every line of the log that was not reported
//! yet is posted, also those that others wrote meanwhile. For changes that are made elsewhere, at the terminal or by
//! another process, the catalogue is looked at every few seconds. How far the log was reported is remembered in the
//! catalogue, so that a restart neither loses a line nor repeats one.
//!
//! A report that fails never fails the change: who made it is told, and the line is posted with the next one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serenity::all::ChannelId;

use super::button::Home;
use super::data::{Data, Failure};
use super::delivery::note;
use super::reply;
use super::wire;
use crate::catalogue::Entry;
use crate::language::Language;
use crate::library::Library;
use crate::library::setting::{AUDIT_CHANNEL, LANGUAGE};

/// How often it is looked for changes that were made elsewhere.
const LOOKING: Duration = Duration::from_secs(5);
/// How many lines of the log are reported at once at most; the log itself has them all.
const MOST: u32 = 50;

/// Lets the reports of each library be made one after the other, so that no line is posted twice.
#[derive(Default)]
pub(super) struct Reports(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

impl Reports {
    fn of(&self, library: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(turns.entry(library.to_owned()).or_default())
    }
}

/// A change holds but could not be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreported {
    channel: u64,
    /// Whether the channel is gone, or the bot may not write there.
    is_shut: bool,
}

impl Unreported {
    /// What the person is told who made the change, as Markdown of our own.
    pub(super) fn lines(self, language: Language) -> Vec<String> {
        reply::unreported(language, self.channel, self.is_shut)
    }
}

/// Reports what was changed in a library, where it has a channel for that. To be called after each change that was
/// committed; what comes back is for who made it.
pub(super) async fn announce(data: &Data, library: &Library) -> Option<Unreported> {
    let reported = report(data, library).await;
    reported.unwrap_or_else(|failure| {
        note(&failure);
        None
    })
}

async fn report(data: &Data, library: &Library) -> Result<Option<Unreported>, Failure> {
    let Some(channel) = library.policy().await?.audit_channel else {
        return Ok(None);
    };
    // Zero is no channel, and serenity panics at it.
    let Some(id) = std::num::NonZeroU64::new(channel) else {
        return Ok(None);
    };
    let turn = data.reports.of(library.id());
    let _turn = turn.lock().await;
    let catalogue = data.libraries.catalogue();
    let key = format!("discord.reported.{}", library.id());
    let reported = catalogue.remembered(&key).await?;
    let reported = reported.and_then(|id| id.parse().ok()).unwrap_or(0);
    let log = library.audit(None, MOST).await?;
    let news = unreported(&log, reported);
    let Some(latest) = news.first() else {
        return Ok(None);
    };
    let code = library.setting(LANGUAGE).await?;
    let language = code.as_deref().and_then(Language::from_code);
    let message = reply::report(language.unwrap_or(Language::Other), news);
    if let Err(error) = data.wire.post(ChannelId::from(id), &message).await {
        let is_shut = matches!(wire::status(&error), Some(403 | 404));
        tracing::warn!(library = library.id(), channel, %error, "a change could not be reported");
        return Ok(Some(Unreported { channel, is_shut }));
    }
    catalogue.remember(&key, &latest.id.to_string()).await?;
    Ok(None)
}

/// The lines that are to be reported, the latest first: those after the last that was, but none from before the channel
/// was chosen.
fn unreported(log: &[Entry], reported: i64) -> &[Entry] {
    let n_new = log.iter().take_while(|line| line.id > reported).count();
    let new = log.get(..n_new).unwrap_or_default();
    let choice = new.iter().position(|line| {
        let became = line.became.as_ref().filter(|_| line.what == "set");
        became.is_some_and(|became| became["name"] == AUDIT_CHANNEL)
    });
    match choice {
        Some(choice) => new.get(..=choice).unwrap_or_default(),
        None => new,
    }
}

/// Reports, for as long as the bot is there, what is changed elsewhere.
pub(super) fn start(data: &Data) {
    let data = data.clone();
    tokio::spawn(async move {
        // What was changed before the bot came is reported too.
        let mut seen = None;
        loop {
            match look(&data, seen).await {
                Ok(change) => seen = Some(change),
                Err(failure) => drop(note(&failure)),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOKING) => {}
                () = data.gate.closed() => return,
            }
        }
    });
}

async fn look(data: &Data, seen: Option<i64>) -> Result<i64, Failure> {
    let catalogue = data.libraries.catalogue();
    let change = catalogue.change().await?;
    if Some(change) == seen {
        return Ok(change);
    }
    for id in catalogue.libraries().await? {
        let Ok(server) = id.parse() else { continue };
        let policy = data.preferences.policy(Home::Server(server)).await;
        if policy.audit_channel.is_none() {
            continue;
        }
        if let Some(library) = data.libraries.library(&id).await? {
            let _guard = data.gate.stay();
            announce(data, &library).await;
        }
    }
    Ok(change)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_new_is_reported_from_the_choice_of_the_channel_on() {
        let line = |id, name: Option<&str>| Entry {
            id,
            at: 0,
            by: "terminal".to_owned(),
            what: if name.is_some() { "set" } else { "add" }.to_owned(),
            was: None,
            became: name.map(|name| json!({"name": name, "value": "5"})),
        };
        let ids = |log: &[Entry], reported| {
            let news = unreported(log, reported).iter();
            news.map(|line| line.id).collect::<Vec<_>>()
        };
        let log = [
            line(9, None),
            line(8, Some("threshold")),
            line(6, Some(AUDIT_CHANNEL)),
            line(5, None),
        ];
        assert_eq!(ids(&log, 0), [9, 8, 6]);
        assert_eq!(ids(&log, 7), [9, 8]);
        assert_eq!(ids(&log, 9), [0; 0]);
        assert_eq!(ids(&log[3..], 0), [5]);
        assert_eq!(ids(&[], 0), [0; 0]);
    }
}
