//! Asking a library.

use std::sync::Arc;

use super::room::{State, searching};
use super::{Error, Library, read};
use crate::answer::{self, Cited, Explanation, Outcome, Question, View};
use crate::index::{self, Candidate};

/// How many passages are ranked at most.
const TOP: usize = 50;

impl Library {
    /// Answers a question; at most `top` (1 to 50) passages are ranked.
    pub async fn ask(&self, question: &str, top: usize) -> Result<Outcome, Error> {
        self.ask_question(self.question(question), top).await
    }

    /// What was typed, as a question.
    pub(super) fn question(&self, text: &str) -> Question {
        Question::new(text, self.shared.max_question)
    }

    /// As [`Library::ask`], of what was read already.
    pub(super) async fn ask_question(
        &self,
        question: Question,
        top: usize,
    ) -> Result<Outcome, Error> {
        let top = top.clamp(1, TOP);
        self.search(question, move |state, question| state.answer(question, top))
            .await
    }

    /// Answers a question as [`Library::ask`] does, and lays open how.
    pub async fn explain(&self, question: &str, top: usize) -> Result<Explanation, Error> {
        let top = top.clamp(1, TOP);
        self.search(self.question(question), move |state, question| {
            answer::explain(
                question,
                state.view(&|candidate| state.cite(candidate), top),
            )
        })
        .await
    }

    /// Does with a question what needs a search, in the newest state; once more where the index turns out damaged.
    async fn search<T: Send + 'static>(
        &self,
        question: Question,
        work: impl Fn(&State, &Question) -> Result<T, index::Error> + Clone + Send + 'static,
    ) -> Result<T, Error> {
        let state = self.shared.state(&self.room).await?;
        let view = self.view_of(&state).await?;
        match self.search_in(&view, question.clone(), work.clone()).await {
            Err(error) if error.is_damage() => {
                tracing::warn!(library = self.id(), %error, "the index failed and is looked at");
                let state = self.shared.replace(&self.room, &state).await?;
                let view = self.view_of(&state).await?;
                Ok(self.search_in(&view, question, work).await?)
            }
            done => Ok(done?),
        }
    }

    async fn search_in<T: Send + 'static>(
        &self,
        state: &Arc<State>,
        question: Question,
        work: impl FnOnce(&State, &Question) -> Result<T, index::Error> + Send + 'static,
    ) -> Result<T, index::Error> {
        let state = Arc::clone(state);
        searching(&state.folder.clone(), move || work(&state, &question)).await
    }
}

impl State {
    /// Answers a question; takes its time on the thread that it is called on.
    pub(super) fn answer(&self, question: &Question, top: usize) -> Result<Outcome, index::Error> {
        answer::answer(question, self.view(&|candidate| self.cite(candidate), top))
    }

    /// Itself, as a question sees it.
    fn view<'a>(
        &'a self,
        cite: &'a dyn Fn(&Candidate) -> Option<Arc<Cited>>,
        top: usize,
    ) -> View<'a> {
        View {
            snapshot: &self.snapshot,
            lexicon: &self.lexicon,
            cite,
            top,
            threshold: self.threshold,
        }
    }

    /// A candidate with the source that it stands in.
    fn cite(&self, candidate: &Candidate) -> Option<Arc<Cited>> {
        let record = self.sources.get(&candidate.edition)?;
        let footnote = |nth: usize| candidate.footnotes.get(nth).cloned().flatten();
        Some(Arc::new(read::cite(
            record,
            true,
            &candidate.passage,
            footnote,
        )))
    }
}
