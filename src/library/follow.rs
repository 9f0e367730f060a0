//! Asking after an answer: a question that leans takes its subject from the passage that it follows.

use std::sync::Arc;

use super::{Error, Library, edition};
use crate::answer::{self, Followed, Leaning, Outcome};
use crate::language::sentence::sentences;
use crate::source::{PassageId, Place};

/// A passage that a question may follow, as the answer before it is known to an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Follows {
    /// The catalogue's key of its version.
    pub version_key: i64,
    /// Where in that version it stands.
    pub place: Place,
    /// Where its marked sentence begins.
    pub sentence: usize,
}

impl Follows {
    /// The answer of an outcome, if it has one.
    pub fn answer(outcome: &Outcome) -> Option<Self> {
        let ranked = outcome.answer()?;
        Some(Self {
            version_key: ranked.cited.version_key,
            place: ranked.cited.passage.place,
            sentence: ranked.sentence.start,
        })
    }
}

impl Library {
    /// Answers a question that may follow a passage. Where it stands on its own, or that passage is withdrawn or never was
    /// in this library, this is as [`Library::ask`].
    pub async fn ask_following(
        &self,
        question: &str,
        top: usize,
        follows: Option<Follows>,
    ) -> Result<Outcome, Error> {
        let question = self.question(question);
        let leaning = answer::leaning(&question);
        let Some(follows) = follows.filter(|_| leaning != Leaning::No) else {
            return self.ask_question(question, top).await;
        };
        let by_itself = if leaning == Leaning::Perhaps {
            let outcome = self.ask_question(question.clone(), top).await?;
            if outcome.answer().is_some() {
                return Ok(outcome);
            }
            Some(outcome)
        } else {
            None
        };
        match (self.followed(follows).await?, by_itself) {
            (Some(followed), _) => self.ask_question(question.following(followed), top).await,
            (None, Some(outcome)) => Ok(outcome),
            (None, None) => self.ask_question(question, top).await,
        }
    }

    /// What a passage's id leads to; none where this library does not hold it. Its first sentence is the marked one.
    pub async fn follows(&self, id: &PassageId) -> Result<Option<Follows>, Error> {
        let versions = self.history(&id.source).await?.into_iter();
        let mut versions = versions.filter(|version| {
            id.version
                .map_or(version.current, |number| number == version.record.version)
        });
        let Some(version) = versions.next() else {
            return Ok(None);
        };
        let follows = Follows {
            version_key: version.record.version_key,
            place: id.place,
            sentence: 0,
        };
        Ok(self.followed(follows).await?.map(|_| follows))
    }

    async fn followed(&self, follows: Follows) -> Result<Option<Followed>, Error> {
        let key = follows.version_key;
        let Some(cited) = self.cited(key, follows.place).await? else {
            return Ok(None);
        };
        let Some(version) = self.version(key).await? else {
            return Ok(None);
        };
        let record = version.record;
        let title = &record.attribution.title;
        let text = &cited.passage.text;
        let mut sentences = sentences(text).into_iter();
        let sentence = sentences.find(|sentence| sentence.contains(&follows.sentence));
        Ok(Some(Followed {
            sentence: sentence.unwrap_or(0..text.len()),
            edition: edition::number(&record.id, &record.content_hash, record.format, title),
            cited: Arc::clone(&cited),
        }))
    }
}
