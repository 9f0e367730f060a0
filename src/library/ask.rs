//! Asking a library.

use std::sync::Arc;

use super::room::{State, searching};
use super::{Error, Library, read};
use crate::answer::{self, Cited, Outcome, Question};
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

    pub(super) async fn ask_question(
        &self,
        question: Question,
        top: usize,
    ) -> Result<Outcome, Error> {
        let state = self.shared.state(&self.room).await?;
        match self.search(&state, question.clone(), top).await {
            Err(error) if error.is_damage() => {
                tracing::warn!(library = self.id(), %error, "the index failed and is looked at");
                let state = self.shared.replace(&self.room, &state).await?;
                Ok(self.search(&state, question, top).await?)
            }
            outcome => Ok(outcome?),
        }
    }

    async fn search(
        &self,
        state: &Arc<State>,
        question: Question,
        top: usize,
    ) -> Result<Outcome, index::Error> {
        let (state, threshold) = (Arc::clone(state), self.shared.threshold);
        searching(&state.folder.clone(), move || {
            state.answer(&question, top.clamp(1, TOP), threshold)
        })
        .await
    }
}

impl State {
    /// Answers a question; takes its time on the thread that it is called on.
    pub(super) fn answer(
        &self,
        question: &Question,
        top: usize,
        threshold: f32,
    ) -> Result<Outcome, index::Error> {
        answer::answer(
            question,
            &self.snapshot,
            &|candidate| self.cite(candidate),
            top,
            threshold,
        )
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
