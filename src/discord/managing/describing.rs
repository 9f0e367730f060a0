//! What citations name of a draft or of a source, changed by a form or by a choice.

use super::{Answer, Goal, Moderator, Of};
use crate::discord::data::Failure;
use crate::discord::reply::source::{self as said, Form, Looked, Notice, State};
use crate::language::Language;
use crate::source::Metadata;

impl Moderator {
    /// A page of the form, filled with what is named now.
    pub(super) async fn form(self, of: Of, page: u8) -> Result<Result<Form, Answer>, Failure> {
        let (named, notice) = match of {
            // Without reading the file again: a form has to be there within three seconds.
            Of::Draft(key) => (self.library.draft_names(key).await?, Notice::NoDraft),
            Of::Source(key) => {
                let current = self.current(key).await?;
                (current.map(|source| source.attribution), Notice::NoVersions)
            }
        };
        Ok(match named {
            Some(named) => {
                let step = self.step(named.language, Goal::Form(of, page));
                Ok(said::form(step, of, page, &named))
            }
            None => Err(self.beside(&notice)),
        })
    }

    /// The form for a source that was named in a command.
    pub(in crate::discord) async fn form_of(
        self,
        name: String,
    ) -> Result<Result<Form, Answer>, Failure> {
        match self.named(&name, false).await? {
            Some(source) => self.form(Of::Source(source.version_key), 0).await,
            None => Ok(Err(self.beside(&Notice::NoSource(name)))),
        }
    }

    /// Takes what was filled in.
    pub(super) async fn described(self, of: Of, filled: Metadata) -> Result<Answer, Failure> {
        match of {
            Of::Draft(key) => self.describes_draft(key, filled).await,
            Of::Source(key) => self.describes_source(key, filled).await,
        }
    }

    /// Takes the choice of a language.
    pub(super) async fn in_language(
        self,
        of: Of,
        language: Option<Language>,
    ) -> Result<Answer, Failure> {
        let filled = Metadata {
            language,
            ..Metadata::default()
        };
        self.described(of, filled).await
    }

    async fn describes_draft(self, key: i64, filled: Metadata) -> Result<Answer, Failure> {
        let _turn = match self.turn(None).await {
            Ok(turn) => turn,
            Err(notice) => return Ok(self.beside(&notice)),
        };
        let Some(mut details) = self.library.draft_details(key).await? else {
            return Ok(self.instead(&Notice::NoDraft));
        };
        details.metadata = filled.or(details.metadata);
        match self.library.amend(key, &details).await {
            Ok(Some(preview)) => Ok(Answer::Instead(self.preview_report(key, &preview))),
            Ok(None) => Ok(self.instead(&Notice::NoDraft)),
            Err(error) => Self::refused(error).map(|notice| self.beside(&notice)),
        }
    }

    async fn describes_source(self, key: i64, filled: Metadata) -> Result<Answer, Failure> {
        let Some(source) = self.current(key).await? else {
            return Ok(self.instead(&Notice::NoVersions));
        };
        let described = self.library.describe(&source.id, &filled, &self.by()).await;
        let (record, is_new) = match described {
            Ok(described) => described,
            Err(error) => return Self::refused(error).map(|notice| self.beside(&notice)),
        };
        let notices = if is_new {
            self.changed().await
        } else {
            Vec::new()
        };
        let looked = self.looked(&record).await?;
        let step = self.step(record.attribution.language, Goal::Open);
        let state = State::Described(Box::new(record), is_new);
        let reply = said::report(self.sheet, step, &looked, &state, &[], &notices);
        Ok(Answer::Instead(reply))
    }

    /// What a report tells of a version.
    pub(super) async fn looked(
        &self,
        record: &crate::catalogue::SourceRecord,
    ) -> Result<Looked, Failure> {
        let passages = self.library.passages(record.version_key).await?;
        let is_fetched = self.library.origin(&record.id).await?.is_some();
        Ok(Looked {
            is_fetched,
            ..Looked::of_version(record, &passages)
        })
    }
}
