//! Taking sources out as source packs, and bringing them back.

use std::time::Duration;

use serenity::all::{Attachment, InteractionId};

use super::adding::not_fetched;
use super::progress::{Phase, Progress};
use super::{Answer, Goal, Moderator, Who};
use crate::discord::attachment;
use crate::discord::data::Failure;
use crate::discord::delivery::{Delivery, To};
use crate::discord::reply::Reply;
use crate::discord::reply::pack as said;
use crate::discord::reply::source::{Notice, notice};
use crate::language::Language;
use crate::library::Error;
use crate::library::pack::{Choice, Export, Opened, Restored};
use crate::source::SourceId;
use crate::source::lines::MAX_BYTES;

/// How many bytes an attachment may have where Discord does not say.
const MOST: u64 = 10 << 20;
/// How many parts are sent: an interaction can be answered for a quarter of an hour.
const MOST_PARTS: usize = 20;
/// For how long parts are sent.
const LONGEST: Duration = Duration::from_mins(12);

/// What came of a pack that was attached.
enum Came {
    /// It waits for a word, under this key, and would come to this.
    Kept(i64, Restored),
    /// Nothing of it is new.
    Same(Restored),
    /// It was not taken.
    Refused(Reply),
}

/// Exports the library, or one source of it, in parts that Discord takes: so many bytes each, where it says how many.
pub(in crate::discord) async fn export(
    who: Who,
    id: InteractionId,
    token: &str,
    source: Option<String>,
    most: u64,
) {
    // What is exported has to come back in by `/import`.
    let most = if most == 0 { MOST } else { most }.min(MAX_BYTES as u64);
    let (data, sheet, language) = (who.data.clone(), who.sheet, who.language());
    let to = To::Interaction {
        id,
        token,
        is_private: true,
    };
    let mut delivery = Delivery::new(&data, to, sheet, language);
    delivery.announces().await;
    let planned = tokio::spawn(async move {
        match who.moderator().await? {
            Ok(moderator) => moderator.plans(source, most).await,
            Err(refused) => Ok(Err(refused.said(language))),
        }
    });
    let export = match planned.await {
        Ok(Ok(Ok(export))) => export,
        Ok(Ok(Err(refused))) => {
            delivery.deliver(&|_| refused.clone()).await;
            return;
        }
        Ok(Err(failure)) => return delivery.fail(&failure).await,
        Err(panic) => return delivery.fail(&panic).await,
    };
    let reply = said::exporting(language, export.n_parts());
    delivery.deliver(&|_| reply.clone()).await;
    let sent = tokio::time::timeout(LONGEST, async {
        for nth in 0..export.n_parts() {
            let pack = export.pack(nth).await?;
            let message = said::part(language, &pack).privately();
            let name = attachment::file_name(&pack.file_name);
            let wire = &data.wire;
            wire.follow_up_with(token, &message, &name, pack.bytes)
                .await?;
        }
        Ok::<(), Failure>(())
    });
    match sent.await {
        Ok(Ok(())) => {}
        Ok(Err(failure)) => delivery.fail(&failure).await,
        Err(_) => delivery.tell_reply(said::too_long(language)).await,
    }
}

/// Looks into a pack that was attached, and asks what is to become of it.
pub(in crate::discord) async fn import(
    who: Who,
    id: InteractionId,
    token: &str,
    file: Attachment,
    source: Option<String>,
) {
    let (data, sheet, language) = (who.data.clone(), who.sheet, who.language());
    let to = To::Interaction {
        id,
        token,
        is_private: true,
    };
    let mut delivery = Delivery::new(&data, to, sheet, language);
    delivery.announces().await;
    let progress = Progress::new(&data, token, language);
    let task = tokio::spawn(async move {
        let reply = match who.moderator().await {
            Ok(Ok(moderator)) => moderator.looks_into(file, source, &progress).await,
            Ok(Err(refused)) => Ok(refused.said(language)),
            Err(failure) => Err(failure),
        };
        progress.ends().await;
        reply
    });
    match task.await {
        Ok(Ok(reply)) => {
            delivery.deliver(&|_| reply.clone()).await;
        }
        Ok(Err(failure)) => delivery.fail(&failure).await,
        Err(panic) => delivery.fail(&panic).await,
    }
}

impl Moderator {
    /// Plans an export; else what is to be told instead.
    async fn plans(
        self,
        source: Option<String>,
        most: u64,
    ) -> Result<Result<Export, Reply>, Failure> {
        let _turn = match self.turn(None).await {
            Ok(turn) => turn,
            Err(refused) => return Ok(Err(notice(self.language(), &refused))),
        };
        let which = match source {
            None => None,
            Some(name) => match self.named(&name, true).await? {
                Some(source) => Some(vec![source.id]),
                None => return Ok(Err(notice(self.language(), &Notice::NoSource(name)))),
            },
        };
        let export = match self.library.exporting(which.as_deref(), Some(most)).await {
            Ok(export) => export,
            Err(error) => return self.pack_refused(error).map(Err),
        };
        if export.n_parts() > MOST_PARTS {
            let reply = said::too_many(self.language(), export.n_parts(), export.library());
            return Ok(Err(reply));
        }
        Ok(Ok(export))
    }

    async fn looks_into(
        self,
        file: Attachment,
        source: Option<String>,
        progress: &Progress,
    ) -> Result<Reply, Failure> {
        let _turn = match self.turn(Some(progress)).await {
            Ok(turn) => turn,
            Err(refused) => return Ok(notice(self.language(), &refused)),
        };
        let name = attachment::file_name(&file.filename);
        Ok(match self.takes(&name, &file, source, progress).await? {
            Came::Refused(reply) => reply,
            Came::Same(restored) => {
                let step = self.step(Language::Other, Goal::Open);
                said::imported(self.sheet, step.voice, &name, &restored, &[])
            }
            Came::Kept(key, restored) => {
                let step = self.step(Language::Other, Goal::Open);
                said::preview(self.sheet, step, &name, key, &restored)
            }
        })
    }

    async fn takes(
        &self,
        name: &str,
        file: &Attachment,
        source: Option<String>,
        progress: &Progress,
    ) -> Result<Came, Failure> {
        let told = |refused: &Notice| Ok(Came::Refused(notice(self.language(), refused)));
        let sources: Option<Vec<SourceId>> = match source.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(id) => match id.parse() {
                Ok(id) => Some(vec![id]),
                Err(_) => return told(&Notice::BadId(id.to_owned())),
            },
        };
        progress.is(Phase::Fetching(name.to_owned()));
        let bytes = match self.data.attachments.fetch(file).await {
            Ok(bytes) => bytes,
            Err(refused) => return told(&not_fetched(&refused)),
        };
        progress.is(Phase::Reading(name.to_owned(), bytes.len()));
        let pack = match Opened::open(bytes).await {
            Ok(pack) => pack,
            Err(error) => return self.pack_refused(error.into()).map(Came::Refused),
        };
        let choice = Choice {
            sources,
            moderators: self.manages,
        };
        let restored = match self.library.would_import(&pack, &choice).await {
            Ok(restored) => restored,
            Err(error) => return self.pack_refused(error).map(Came::Refused),
        };
        if !restored.is_changed() {
            return Ok(Came::Same(restored));
        }
        let sources = choice.sources.as_deref();
        let by = self.by();
        let key = self.library.keep_pack(name, &pack, sources, &by).await?;
        Ok(Came::Kept(key, restored))
    }

    /// Restores a pack that waits.
    pub(super) async fn imports(self, key: i64) -> Result<Answer, Failure> {
        let _turn = match self.turn(None).await {
            Ok(turn) => turn,
            Err(refused) => return Ok(self.beside(&refused)),
        };
        let Some((pack, sources)) = self.library.kept_pack(key).await? else {
            return Ok(self.instead(&Notice::NoPack));
        };
        let choice = Choice {
            sources,
            moderators: self.manages,
        };
        let restored = match self.library.import(&pack, &choice, &self.by()).await {
            Ok(restored) => restored,
            Err(error) => return self.pack_refused(error).map(Answer::Beside),
        };
        self.library.discard(key).await?;
        let notices = if restored.is_changed() {
            self.changed().await
        } else {
            Vec::new()
        };
        let step = self.step(Language::Other, Goal::Open);
        let heading = said::done(step.voice);
        let reply = said::imported(self.sheet, step.voice, &heading, &restored, &notices);
        Ok(Answer::Instead(reply))
    }

    /// Drops a pack that waits.
    pub(super) async fn discards_pack(self, key: i64) -> Result<Answer, Failure> {
        let is_there = self.library.kept_pack(key).await?.is_some();
        let notice = if is_there && self.library.discard(key).await? {
            Notice::PackDiscarded
        } else {
            Notice::NoPack
        };
        Ok(self.instead(&notice))
    }

    /// What is wrong with a pack, or with what was asked of it, told; whatever else went wrong is a failure.
    fn pack_refused(&self, error: Error) -> Result<Reply, Failure> {
        match error {
            error @ (Error::Pack(_) | Error::BadSetting { .. }) => {
                Ok(said::refused(self.language(), &error))
            }
            error => Self::refused(error).map(|refused| notice(self.language(), &refused)),
        }
    }
}
