//! `sanad ask`: one question, one answer.

use std::process::ExitCode;

use clap::Args;

use super::layout::Layout;
use super::{Said, answer, json, terminal};
use crate::config::Config;
use crate::library::{Follows, LOCAL, Libraries, Library};
use crate::source::PassageId;
use crate::wording::say;

/// How many passages are ranked where nothing else is said.
pub(super) const TOP: usize = 5;

/// The arguments of `sanad ask`.
#[derive(Debug, Args)]
pub struct Ask {
    /// The library to ask
    #[arg(long, default_value = LOCAL)]
    library: String,
    /// Show as many passages of the ranking, 1 to 50
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=50))]
    top: Option<u8>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Read the question as following this passage, where it leans on one: `source:p9`
    #[arg(long, value_name = "PASSAGE")]
    follows: Option<PassageId>,
    /// The question; several words are joined
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
}

impl Ask {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let libraries = Libraries::open(config).await?;
        let library = super::library(&libraries, &self.library).await?;
        let follows = match &self.follows {
            Some(id) => Some(followed(&library, id).await?),
            None => None,
        };
        let top = self.top.map_or(TOP, usize::from);
        let outcome = library
            .ask_following(&self.question.join(" "), top, follows)
            .await?;
        if self.json {
            terminal::print_json(&json::outcome(&outcome))?;
        } else {
            let further = self.top.is_some();
            let lines = answer::lines(
                &outcome,
                config.answer.max_question,
                further,
                Layout::of_stdout(config.chat.bidi),
            );
            terminal::print(&Layout::of_stdout(config.chat.bidi).render(&lines))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The passage of that id; an error where the library does not hold it.
async fn followed(library: &Library, id: &PassageId) -> anyhow::Result<Follows> {
    if let Some(follows) = library.follows(id).await? {
        return Ok(follows);
    }
    let id = ("id", id.to_string().into());
    Err(Said(say(terminal::language(), "cli-unknown-passage", &[id])).into())
}
