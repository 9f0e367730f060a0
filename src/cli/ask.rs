//! `sanad ask`: one question, one answer.

use std::process::ExitCode;

use clap::Args;

use super::layout::Layout;
use super::{answer, json, terminal};
use crate::config::Config;
use crate::library::{LOCAL, Libraries};

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
    /// The question; several words are joined
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
}

impl Ask {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let libraries = Libraries::open(config).await?;
        let library = super::library(&libraries, &self.library).await?;
        let outcome = library
            .ask(&self.question.join(" "), self.top.map_or(TOP, usize::from))
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
