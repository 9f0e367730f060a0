//! Adding sources: files, pasted texts, messages.
//!
//! What is given is read as a draft. Where nothing about it is doubtful it is published at once; else it waits for a
//! moderator's word. What cannot be read leaves nothing behind.

use serenity::all::{Attachment, InteractionId};

use super::many::{self, Read};
use super::progress::{Phase, Progress};
use super::{Answer, Goal, Moderator, Of, Who};
use crate::discord::attachment::{self, Refused};
use crate::discord::data::Failure;
use crate::discord::delivery::{Delivery, To, note};
use crate::discord::queue::Turn;
use crate::discord::reply::Reply;
use crate::discord::reply::source::{self as said, Came, Entry, Looked, Notice, Pasted, State};
use crate::discord::report;
use crate::fetch;
use crate::language::Language;
use crate::library::{self, Details, Draft};
use crate::source::lines::MAX_BYTES;
use crate::source::{Format, Metadata, Problem, SourceId, archive};
use crate::wording::say;

/// Something that is to become a source.
#[derive(Clone, Debug)]
pub(in crate::discord) struct Incoming {
    /// The file as it is called.
    pub(in crate::discord) name: String,
    /// Where it comes from.
    pub(in crate::discord) from: From,
    /// What was said of it.
    pub(in crate::discord) details: Details,
}

/// Where something comes from.
#[derive(Clone, Debug)]
pub(in crate::discord) enum From {
    /// It is attached.
    Attachment(Box<Attachment>),
    /// It was typed.
    Text(String),
    /// It lies at this address.
    Address(String),
}

/// What came of one file.
enum Outcome {
    /// Something that can be looked at, and what was doubtful about it.
    Looked(Box<Looked>, State, Vec<Problem>),
    /// It cannot be read.
    Unreadable(Vec<Problem>),
    /// It was not taken.
    Refused(Notice),
}

/// Adds what came in, telling how far it is, and reports.
pub(in crate::discord) async fn add(
    who: Who,
    id: InteractionId,
    token: &str,
    incoming: Vec<Incoming>,
) {
    let (data, sheet, language) = (who.data.clone(), who.sheet, who.language());
    let to = To::Interaction {
        id,
        token,
        is_private: true,
    };
    let mut delivery = Delivery::new(&data, to, sheet, language);
    // At once: files take their time, and what is shown of it is this answer.
    delivery.announces().await;
    let progress = Progress::new(&data, token, language);
    // In a task of its own, so that a panic over a file is a failure of this command and of nothing else.
    let task = tokio::spawn(async move {
        let reports = match who.moderator().await {
            Ok(Ok(moderator)) => moderator.adds(incoming, &progress).await,
            Ok(Err(refused)) => Ok(vec![refused.said(language)]),
            Err(failure) => Err(failure),
        };
        progress.ends().await;
        reports
    });
    let reports = match task.await {
        Ok(Ok(reports)) => reports,
        Ok(Err(failure)) => return delivery.fail(&failure).await,
        Err(panic) => return delivery.fail(&panic).await,
    };
    let mut reports = reports.into_iter();
    if let Some(first) = reports.next() {
        delivery.deliver(&|_| first.clone()).await;
    }
    for report in reports {
        if let Err(error) = data.wire.follow_up(token, &report.privately()).await {
            tracing::warn!(%error, "a report could not be delivered");
        }
    }
}

/// A text that was typed into the form.
pub(super) fn pasted(pasted: &Pasted) -> Incoming {
    let said = |text: &String| (!text.is_empty()).then(|| text.clone());
    let wanted = [pasted.id.as_str(), pasted.title.as_str()];
    // An id is not worth losing a text for: what does not belong in one falls away.
    let mut ids = wanted
        .iter()
        .filter_map(|name| SourceId::from_file_name(&name.replace(['.', '/', '\\'], " ")).ok());
    let id = ids.next().or_else(|| SourceId::from_file_name("text").ok());
    Incoming {
        name: text_name(&pasted.title, &pasted.text),
        from: From::Text(pasted.text.clone()),
        details: Details {
            id,
            metadata: Metadata {
                title: said(&pasted.title),
                author: said(&pasted.author),
                licence: said(&pasted.licence),
                ..Metadata::default()
            },
            ..Details::default()
        },
    }
}

/// The name of a file for a text: one that is read as Markdown where it has headings or footnotes of Markdown's.
pub(in crate::discord) fn text_name(title: &str, text: &str) -> String {
    let ending = if is_markdown(text) && Format::from_file_name("text.md").is_some() {
        "md"
    } else {
        "txt"
    };
    let title: String = title.replace(['.', '/', '\\'], " ");
    attachment::file_name(&format!("{}.{ending}", title.trim()))
}

fn is_markdown(text: &str) -> bool {
    text.lines().any(|line| {
        let after = line.trim_start_matches('#');
        let n_marks = line.len() - after.len();
        let is_heading = (1..=6).contains(&n_marks) && after.starts_with(' ');
        let is_note = line.starts_with("[^") && line.contains("]:");
        is_heading || is_note
    })
}

impl Moderator {
    /// Waits for the turn to read; none where that is not to be, and why.
    pub(super) async fn turn(&self, progress: Option<&Progress>) -> Result<Turn, Notice> {
        let super::Home::Server(server) = self.home else {
            return Err(Notice::Busy);
        };
        let place = self.data.queue.place(server).ok_or(Notice::Busy)?;
        if let Some(progress) = progress.filter(|_| place.is_behind_another()) {
            progress.is(Phase::Waiting);
        }
        tokio::select! {
            turn = place.turn() => turn.ok_or(Notice::Busy),
            () = self.data.gate.closed() => Err(Notice::Leaving),
        }
    }

    async fn adds(
        self,
        incoming: Vec<Incoming>,
        progress: &Progress,
    ) -> Result<Vec<Reply>, Failure> {
        let _turn = match self.turn(Some(progress)).await {
            Ok(turn) => turn,
            Err(notice) => return Ok(vec![said::notice(self.language(), &notice)]),
        };
        let mut heading = None;
        let mut taken = Vec::new();
        let mut warnings = Vec::new();
        let mut files = Vec::new();
        for one in incoming {
            let name = one.name.clone();
            let is_archive = archive::is_archive(&name);
            match self.fetches(one, progress).await {
                Ok(file) if is_archive => match many::unpacked(file.bytes, &file.details).await {
                    Ok((mut unpacked, left_out)) => {
                        heading = Some(name);
                        warnings.extend(left_out);
                        files.append(&mut unpacked);
                    }
                    Err(problems) => taken.push((name, Ok(Outcome::Unreadable(problems)))),
                },
                Ok(file) => files.push(file),
                Err(notice) => taken.push((name, Ok(Outcome::Refused(notice)))),
            }
        }
        many::tell_apart(&mut files);
        for file in files {
            let name = attachment::file_name(&file.name);
            let outcome = self.reads(&name, &file.bytes, file.details, progress).await;
            taken.push((file.name, outcome));
        }
        if taken.len() == 1 && warnings.is_empty() {
            let (name, outcome) = taken.remove(0);
            return Ok(vec![self.tells(&name, outcome?).await]);
        }
        let entries: Vec<Entry> = taken
            .into_iter()
            .map(|(name, outcome)| match outcome {
                Ok(outcome) => entry(name, outcome),
                // The others are not its fault.
                Err(failure) => Entry {
                    file: name,
                    came: Came::Failed(note(&failure)),
                },
            })
            .collect();
        let is_changed = entries
            .iter()
            .any(|entry| matches!(entry.came, Came::Published(..)));
        let notices = if is_changed {
            self.changed().await
        } else {
            Vec::new()
        };
        let step = self.step(Language::Other, Goal::Open);
        let heading = heading.unwrap_or_else(|| say(step.voice, "manage-many", &[]));
        let report = said::Many {
            heading: &heading,
            entries: &entries,
            left_out: &warnings,
            notices: &notices,
        };
        Ok(said::many(self.sheet, step, &report))
    }

    /// Gets hold of the bytes of one of them.
    async fn fetches(&self, one: Incoming, progress: &Progress) -> Result<Read, Notice> {
        let bytes = match one.from {
            From::Text(text) => text.into_bytes(),
            From::Address(address) => {
                progress.is(Phase::Fetching(address.clone()));
                return self.fetches_page(&address, one.details).await;
            }
            From::Attachment(attachment) => {
                progress.is(Phase::Fetching(one.name.clone()));
                let fetched = self.data.attachments.fetch(&attachment).await;
                fetched.map_err(|refused| not_fetched(&refused))?
            }
        };
        Ok(Read {
            name: one.name,
            bytes,
            details: one.details,
        })
    }

    /// Gets hold of what lies at an address.
    async fn fetches_page(&self, address: &str, said: Details) -> Result<Read, Notice> {
        let fetched = self.data.fetcher.fetch(address.trim(), None).await;
        let page = match fetched {
            Ok(fetch::Outcome::Fetched(page)) => page,
            // Nothing was known of it.
            Ok(fetch::Outcome::Unchanged) => return Err(Notice::Unreachable),
            Err(error) => return Err(Notice::NotFetched(Box::new(error))),
        };
        let details = Details {
            metadata: said.metadata.clone().or(page.metadata()),
            origin: Some(page.origin()),
            ..said
        };
        Ok(Read {
            name: page.file_name,
            bytes: page.bytes,
            details,
        })
    }

    /// Reads a file, and publishes it where nothing is doubtful.
    async fn reads(
        &self,
        name: &str,
        bytes: &[u8],
        mut details: Details,
        progress: &Progress,
    ) -> Result<Outcome, Failure> {
        progress.is(Phase::Reading(name.to_owned(), bytes.len()));
        let id = details.id.clone();
        let id = id.or_else(|| SourceId::from_file_name(name).ok());
        let former = match &id {
            Some(id) => self.named(id.as_str(), false).await?,
            None => None,
        };
        if let Some(former) = &former {
            // What moderators once said of it need not be said again for each new version.
            details.known = Metadata {
                title: Some(former.attribution.title.clone()),
                language: None,
                ..former.attribution.clone().into()
            };
            let is_same = former.content_hash == crate::catalogue::content_hash(bytes);
            let said = Metadata {
                // Fetching says these two by itself.
                address: details
                    .metadata
                    .address
                    .clone()
                    .filter(|_| details.origin.is_none()),
                accessed: None,
                ..details.metadata.clone()
            };
            if is_same && said == Metadata::default() {
                if let Some(origin) = &details.origin {
                    self.library.set_origin(former, origin).await?;
                }
                let passages = self.library.passages(former.version_key).await?;
                let looked = Looked::of_version(former, &passages);
                let state = State::Unchanged(Box::new(former.clone()));
                return Ok(Outcome::Looked(Box::new(looked), state, Vec::new()));
            }
        }
        let draft = match self.library.draft(name, bytes, &details, &self.by()).await {
            Ok(draft) => draft,
            Err(library::Error::Unreadable { problems, .. }) => {
                return Ok(Outcome::Unreadable(problems));
            }
            Err(error) => return Self::refused(error).map(Outcome::Refused),
        };
        let preview = &draft.preview;
        let looked = Looked::of_draft(preview);
        if let Some(record) = preview.replaces.as_ref().filter(|_| preview.unchanged) {
            self.library.discard(draft.key).await?;
            let state = State::Unchanged(Box::new(record.clone()));
            return Ok(Outcome::Looked(Box::new(looked), state, Vec::new()));
        }
        // A file of that name would have got the id by itself; under another name it may have been meant for another one.
        let own = |name: &str| SourceId::from_file_name(name).ok();
        let is_another = preview
            .replaces
            .as_ref()
            .is_some_and(|former| own(&former.file_name) != own(name));
        if is_another || !preview.warnings.is_empty() {
            let state = State::Draft {
                key: draft.key,
                replaces: preview.replaces.clone().map(Box::new),
                is_another,
            };
            return Ok(Outcome::Looked(
                Box::new(looked),
                state,
                draft.preview.warnings,
            ));
        }
        progress.is(Phase::Indexing(name.to_owned(), preview.n_paragraphs));
        self.publishes_at_once(&draft, looked).await
    }

    async fn publishes_at_once(&self, draft: &Draft, looked: Looked) -> Result<Outcome, Failure> {
        match self.library.publish(draft.key, &self.by()).await {
            Ok(Some(added)) => {
                let is_fetched = self.library.origin(&added.record.id).await?.is_some();
                let looked = Looked {
                    is_fetched,
                    ..looked
                };
                let state = State::Published(Box::new(added.record));
                Ok(Outcome::Looked(Box::new(looked), state, Vec::new()))
            }
            Ok(None) => Ok(Outcome::Refused(Notice::NoDraft)),
            Err(error) => {
                // Nobody was told of it, so nobody could publish or discard it.
                self.library.discard(draft.key).await?;
                Self::refused(error).map(Outcome::Refused)
            }
        }
    }

    /// The report on a single file.
    async fn tells(&self, name: &str, outcome: Outcome) -> Reply {
        match outcome {
            Outcome::Looked(looked, state, doubts) => {
                let notices = match state {
                    State::Published(_) => self.changed().await,
                    _ => Vec::new(),
                };
                let step = self.step(looked.attribution.language, Goal::Open);
                said::report(self.sheet, step, &looked, &state, &doubts, &notices)
            }
            Outcome::Unreadable(problems) => {
                said::unreadable(self.sheet, self.language(), name, &problems)
            }
            Outcome::Refused(notice) => said::notice(self.language(), &notice),
        }
    }

    /// A draft or a source that was chosen from a list.
    pub(super) async fn opened(self, of: Option<Of>) -> Result<Answer, Failure> {
        match of {
            Some(Of::Draft(key)) => Ok(match self.draft_report(key).await? {
                Some(reply) => Answer::Instead(reply),
                None => self.beside(&Notice::NoDraft),
            }),
            Some(Of::Source(key)) => self.shows(key).await,
            None => Ok(self.beside(&Notice::NoVersions)),
        }
    }

    /// The report on a draft as it stands.
    async fn draft_report(&self, key: i64) -> Result<Option<Reply>, Failure> {
        let Some((_, preview)) = self.library.drafted(key).await? else {
            return Ok(None);
        };
        Ok(Some(self.preview_report(key, &preview)))
    }

    /// The report on what a draft would be.
    pub(super) fn preview_report(&self, key: i64, preview: &library::Preview) -> Reply {
        let step = self.step(preview.attribution.language, Goal::Open);
        let state = State::Draft {
            key,
            replaces: preview.replaces.clone().map(Box::new),
            is_another: false,
        };
        let looked = Looked::of_draft(preview);
        said::report(self.sheet, step, &looked, &state, &preview.warnings, &[])
    }

    /// Publishes a draft.
    pub(super) async fn publishes(self, key: i64) -> Result<Answer, Failure> {
        // It is read again, and of two who press at once one finds it gone.
        let _turn = match self.turn(None).await {
            Ok(turn) => turn,
            Err(notice) => return Ok(self.beside(&notice)),
        };
        let added = match self.library.publish(key, &self.by()).await {
            Ok(Some(added)) => added,
            Ok(None) => return Ok(self.instead(&Notice::NoDraft)),
            Err(error) => return Self::refused(error).map(|notice| self.beside(&notice)),
        };
        let notices = if added.unchanged {
            Vec::new()
        } else {
            self.changed().await
        };
        let record = added.record;
        let looked = self.looked(&record).await?;
        let step = self.step(record.attribution.language, Goal::Open);
        let state = if added.unchanged {
            State::Unchanged(Box::new(record))
        } else {
            State::Published(Box::new(record))
        };
        let reply = said::report(self.sheet, step, &looked, &state, &[], &notices);
        Ok(Answer::Instead(reply))
    }

    /// Discards a draft.
    pub(super) async fn discards(self, key: i64) -> Result<Answer, Failure> {
        let notice = if self.library.discard(key).await? {
            Notice::Discarded
        } else {
            Notice::NoDraft
        };
        Ok(self.instead(&notice))
    }

    /// Publishes the drafts from one to another, as far as they are there and the library may hold them.
    pub(super) async fn publishes_all(self, first: i64, last: i64) -> Result<Answer, Failure> {
        let _turn = match self.turn(None).await {
            Ok(turn) => turn,
            Err(notice) => return Ok(self.beside(&notice)),
        };
        let mut entries = Vec::new();
        for key in self.library.drafts(first, last).await? {
            let came = match self.library.publish(key, &self.by()).await {
                Ok(Some(added)) => {
                    let (key, version) = (added.record.version_key, added.record.version);
                    let title = added.record.attribution.title.clone();
                    let came = if added.unchanged {
                        Came::Unchanged(key, title)
                    } else {
                        Came::Published(key, version, title)
                    };
                    (added.record.file_name, came)
                }
                Ok(None) => continue,
                Err(error) => (String::new(), Came::Refused(Self::refused(error)?)),
            };
            let (file, came) = came;
            entries.push(Entry { file, came });
        }
        if entries.is_empty() {
            return Ok(self.instead(&Notice::NoDraft));
        }
        let notices = self.changed().await;
        let step = self.step(Language::Other, Goal::Open);
        let heading = say(step.voice, "manage-many", &[]);
        let report = said::Many {
            heading: &heading,
            entries: &entries,
            left_out: &[],
            notices: &notices,
        };
        let mut replies = said::many(self.sheet, step, &report);
        // What does not fit into this one message can be looked at with `/source show`.
        Ok(Answer::Instead(replies.swap_remove(0)))
    }

    /// Discards them.
    pub(super) async fn discards_all(self, first: i64, last: i64) -> Result<Answer, Failure> {
        let mut count = 0;
        for key in self.library.drafts(first, last).await? {
            count += usize::from(self.library.discard(key).await?);
        }
        Ok(self.instead(&match count {
            0 => Notice::NoDraft,
            count => Notice::AllDiscarded(count),
        }))
    }

    /// Tells the server's channel for it what was changed, and gives back what is to be told of that to who changed it.
    pub(super) async fn changed(&self) -> Vec<String> {
        let unreported = report::announce(&self.data, &self.library).await;
        let voice = said::voice(self.chosen, Language::Other);
        unreported.map_or_else(Vec::new, |unreported| unreported.lines(voice))
    }
}

fn entry(file: String, outcome: Outcome) -> Entry {
    let came = match outcome {
        Outcome::Unreadable(problems) => Came::Unreadable(problems),
        Outcome::Refused(notice) => Came::Refused(notice),
        Outcome::Looked(looked, state, doubts) => {
            let title = looked.attribution.title;
            match state {
                State::Draft { key, .. } => Came::Draft(key, doubts.len(), title),
                State::Unchanged(record) => Came::Unchanged(record.version_key, title),
                State::Published(record)
                | State::Fresh(record)
                | State::Described(record, _)
                | State::Restored(record)
                | State::There(record) => {
                    Came::Published(record.version_key, record.version, title)
                }
            }
        }
    };
    Entry { file, came }
}

pub(super) fn not_fetched(refused: &Refused) -> Notice {
    match refused {
        Refused::Elsewhere => Notice::Elsewhere,
        Refused::TooLarge => Notice::TooLarge(MAX_BYTES >> 20),
        Refused::Gone => Notice::Gone,
        Refused::Unreachable => Notice::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_text_has_an_id_whatever_was_typed() {
        let id = |id: &str, title: &str| {
            let incoming = pasted(&Pasted {
                title: title.to_owned(),
                text: "x".to_owned(),
                id: id.to_owned(),
                ..Pasted::default()
            });
            (incoming.details.id.unwrap().to_string(), incoming.name)
        };
        let pair = |id: &str, name: &str| (id.to_owned(), name.to_owned());
        assert_eq!(id("ark", "The Ark"), pair("ark", "The Ark.txt"));
        assert_eq!(id("my ark!", "The Ark"), pair("my-ark", "The Ark.txt"));
        assert_eq!(id("", "St. Noah/2"), pair("St-Noah-2", "St  Noah 2.txt"));
        assert_eq!(id("", "السفينة"), pair("السفينة", "السفينة.txt"));
        assert_eq!(id("?", "!"), pair("text", "!.txt"));
    }

    #[test]
    fn markdown_shows_in_its_headings_and_notes() {
        assert!(is_markdown("# One\ntext"));
        assert!(is_markdown("text[^1]\n\n[^1]: note"));
        for text in ["#hash", "a # b", "####### seven", "^note", "[1] a: b", ""] {
            assert!(!is_markdown(text), "{text}");
        }
    }
}
