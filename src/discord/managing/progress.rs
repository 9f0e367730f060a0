//! How far a file is, told in the very message that will be the report.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::discord::data::Data;
use crate::discord::reply::{Reply, in_words_of};
use crate::language::Language;
use crate::wording::say;

/// What passes sooner is not told: Discord itself shows that something is under way.
const FIRST: Duration = Duration::from_millis(700);
/// The least time between two changes of the message, well within what Discord allows.
const PAUSE: Duration = Duration::from_millis(1_500);

/// What is being done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing yet.
    Begun,
    /// Other files are read first.
    Waiting,
    /// A file is fetched.
    Fetching(String),
    /// So many bytes are there, and are read.
    Reading(String, usize),
    /// Its passages are put into the index; so many paragraphs.
    Indexing(String, usize),
    /// The report comes.
    Done,
}

/// Tells it.
pub(super) struct Progress {
    phase: watch::Sender<Phase>,
    task: JoinHandle<()>,
}

impl Progress {
    /// Tells it in the first answer to an interaction, which was announced.
    pub(super) fn new(data: &Data, token: &str, language: Language) -> Self {
        let (phase, receiver) = watch::channel(Phase::Begun);
        let (data, token) = (data.clone(), token.to_owned());
        Self {
            phase,
            task: tokio::spawn(tell(data, token, language, receiver)),
        }
    }

    /// What is done from now on.
    pub(super) fn is(&self, phase: Phase) {
        self.phase.send_replace(phase);
    }

    /// Ends the telling; no change of the message is under way afterwards.
    pub(super) async fn ends(self) {
        self.phase.send_replace(Phase::Done);
        // It cannot fail other than by a panic, which the log has.
        let _ = self.task.await;
    }
}

async fn tell(data: Data, token: String, language: Language, mut phases: watch::Receiver<Phase>) {
    let mut pause = FIRST;
    loop {
        let is_done = phases.wait_for(|phase| *phase == Phase::Done);
        if tokio::time::timeout(pause, is_done).await.is_ok() {
            return;
        }
        let phase = phases.borrow_and_update().clone();
        if let Some(lines) = lines(language, &phase) {
            let reply = Reply::said(lines).instead();
            if let Err(error) = data.wire.edit_original(&token, &reply).await {
                tracing::warn!(%error, "the progress could not be told");
            }
        }
        if *phases.borrow() == phase && phases.changed().await.is_err() {
            return;
        }
        pause = PAUSE;
    }
}

fn lines(language: Language, phase: &Phase) -> Option<Vec<String>> {
    let with = |sentence: &'static str, file: &String, count: Option<usize>| {
        let mut arguments = vec![("file", file.clone().into())];
        arguments.extend(count.map(|count| ("count", count.into())));
        in_words_of(language, |voice| say(voice, sentence, &arguments))
    };
    Some(match phase {
        Phase::Begun | Phase::Done => return None,
        Phase::Waiting => in_words_of(language, |voice| say(voice, "manage-waiting", &[])),
        Phase::Fetching(file) => with("manage-fetching", file, None),
        Phase::Reading(file, bytes) => {
            with("manage-reading", file, Some(bytes.div_ceil(1_000).max(1)))
        }
        Phase::Indexing(file, paragraphs) => with("manage-indexing", file, Some(*paragraphs)),
    })
}
