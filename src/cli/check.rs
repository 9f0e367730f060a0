//! `sanad check`: the catalogue whole, the indexes current, the configuration sound, the token accepted.
//!
//! The configuration was checked before any command runs; one that is refused never comes here.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::terminal;
use crate::config::Config;
use crate::language::Language;
use crate::library::{Finding, Libraries};
use crate::wording::say;

/// The arguments of `sanad check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let language = terminal::language();
        let libraries = Libraries::open(config).await?;
        let mut findings: Vec<String> = libraries
            .check()
            .await?
            .iter()
            .map(|finding| said(language, finding))
            .collect();
        let token = token(language, config).await;
        let bot = match &token {
            Ok(sentence) => Some(sentence.clone()),
            Err(sentence) => {
                findings.push(sentence.clone());
                None
            }
        };
        if self.json {
            terminal::print_json(
                &json!({"sound": findings.is_empty(), "findings": findings, "bot": bot}),
            )?;
        } else {
            let sound = findings
                .is_empty()
                .then(|| say(language, "check-sound", &[]));
            let lines: Vec<String> = findings.iter().cloned().chain(sound).chain(bot).collect();
            terminal::print(&format!("{}\n", lines.join("\n")))?;
        }
        Ok(if findings.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

fn said(language: Language, finding: &Finding) -> String {
    match finding {
        Finding::Catalogue { found } => say(
            language,
            "check-catalogue",
            &[("found", found.clone().into())],
        ),
        Finding::Source { library, source } => {
            let arguments = [
                ("library", library.clone().into()),
                ("source", source.to_string().into()),
            ];
            say(language, "check-source-damaged", &arguments)
        }
        Finding::Lexicon { name } => {
            say(language, "check-lexicon", &[("name", name.clone().into())])
        }
        Finding::IndexStale { library } => say(
            language,
            "check-index-stale",
            &[("library", library.clone().into())],
        ),
        Finding::IndexDamaged { library, found } => {
            let arguments = [
                ("library", library.clone().into()),
                ("found", found.clone().into()),
            ];
            say(language, "check-index-damaged", &arguments)
        }
    }
}

/// What Discord says of the token; an error where it refuses it.
#[cfg(feature = "discord")]
async fn token(language: Language, config: &Config) -> Result<String, String> {
    if config.discord.token.is_none() {
        return Ok(say(language, "check-token-none", &[]));
    }
    match crate::discord::check(config).await {
        Ok(name) => Ok(say(
            language,
            "check-token-accepted",
            &[("name", name.into())],
        )),
        Err(error) => {
            let cause = error.said(language);
            Err(say(
                language,
                "check-token-refused",
                &[("cause", cause.into())],
            ))
        }
    }
}

/// This build has no bot to check.
#[cfg(not(feature = "discord"))]
#[expect(
    clippy::unused_async,
    reason = "it stands for the one that asks Discord"
)]
async fn token(language: Language, _config: &Config) -> Result<String, String> {
    Ok(say(language, "check-token-none", &[]))
}
