//! The terminal, one command a file.
//!
//! stdout holds the result only, written at the end, so that it is empty when a command fails; progress, log and
//! failures go to stderr.

mod answer;
mod ask;
mod audit;
mod backup;
mod bidi;
mod chat;
mod check;
mod eval;
mod export;
mod import;
mod json;
mod layout;
mod lexicon;
mod read_source;
mod reindex;
mod restore;
mod run;
mod settings;
mod source;
mod terminal;
mod why;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::language::Language;
use crate::library::{self, LOCAL, Libraries, Library, STARTER};
use crate::wording::{self, say};

/// Answers questions in Arabic or English with the best-matching passage of a source, quoted exactly, and its citation.
///
/// Without a command: the Discord bot where a token is set, else a chat at the terminal.
#[derive(Debug, Parser)]
#[command(name = "sanad", version)]
pub struct Arguments {
    /// The configuration file; without it ./config.toml if it is there
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Sets a key of the configuration, over environment and file
    #[arg(long, global = true, value_name = "SECTION.KEY=VALUE")]
    pub set: Vec<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answers one question
    Ask(ask::Ask),
    /// Tells how a question was understood, what it met and how its passages were weighed
    Why(why::Why),
    /// Asks every question of question files and measures the answers
    Eval(eval::Eval),
    /// Adds, lists and removes sources
    #[command(subcommand)]
    Source(source::Source),
    /// Shows and changes the settings of a library
    Settings(settings::Settings),
    /// Tells who changed what in a library
    Audit(audit::Audit),
    /// Imports, lists and removes lexicons below our own
    #[command(subcommand)]
    Lexicon(lexicon::Lexicon),
    /// Writes a library, or some sources of it, into source packs
    Export(export::Export),
    /// Restores source packs
    Import(import::Import),
    /// Backs the whole installation up into one file, also while the bot runs
    Backup(backup::Backup),
    /// Restores a backup of the whole installation
    Restore(restore::Restore),
    /// Checks catalogue, indexes, configuration and token
    Check(check::Check),
    /// Builds the indexes anew from the catalogue
    Reindex(reindex::Reindex),
    /// Runs the Discord bot
    Run,
    /// Reads one hostile file from stdin; the program calls itself so
    #[command(name = crate::source::worker::COMMAND, hide = true)]
    ReadSource(read_source::ReadSource),
}

impl Arguments {
    /// Reads a file as a worker, if they say so; nothing else of the program is to run then.
    pub fn serve(&self) -> Option<ExitCode> {
        match &self.command {
            Some(Command::ReadSource(read)) => Some(read.run()),
            _ => None,
        }
    }

    /// Whether they start the bot.
    pub fn is_bot(&self, config: &Config) -> bool {
        match &self.command {
            Some(command) => matches!(command, Command::Run),
            None => config.discord.token.is_some(),
        }
    }
}

/// Does what the arguments say; the exit code where it did not fail.
pub async fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Some(Command::Ask(ask)) => ask.run(config).await,
        Some(Command::Why(why)) => why.run(config).await,
        Some(Command::Eval(eval)) => eval.run(config).await,
        Some(Command::Source(source)) => source.run(config).await,
        Some(Command::Settings(settings)) => settings.run(config).await,
        Some(Command::Audit(audit)) => audit.run(config).await,
        Some(Command::Lexicon(lexicon)) => lexicon.run(config).await,
        Some(Command::Export(export)) => export.run(config).await,
        Some(Command::Import(import)) => import.run(config).await,
        Some(Command::Backup(backup)) => backup.run(config).await,
        Some(Command::Restore(restore)) => restore.run(config).await,
        Some(Command::Check(check)) => check.run(config).await,
        Some(Command::Reindex(reindex)) => reindex.run(config).await,
        Some(Command::Run) => run::run(config).await,
        Some(Command::ReadSource(read)) => Ok(read.run()),
        None if arguments.is_bot(config) => run::run(config).await,
        None => chat::run(config).await,
    }
}

/// A failure as it is told at the terminal.
pub fn said(failure: &anyhow::Error) -> String {
    let language = terminal::language();
    #[cfg(feature = "discord")]
    if let Some(error) = failure.downcast_ref::<crate::discord::Error>() {
        return error.said(language);
    }
    if let Some(error) = failure.downcast_ref::<crate::config::Error>() {
        wording::configuration(language, error)
    } else if let Some(error) = failure.downcast_ref::<library::Error>() {
        wording::library(language, error)
    } else if let Some(error) = failure.downcast_ref::<library::backup::Error>() {
        wording::pack::backup(language, error)
    } else if let Some(Said(sentence)) = failure.downcast_ref::<Said>() {
        sentence.clone()
    } else {
        say(
            language,
            "cli-failed",
            &[("cause", format!("{failure:#}").into())],
        )
    }
}

/// A failure that has its sentence already.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Said(String);

/// The library of that name; an error where it does not exist. The terminal's own and the starter always do.
async fn library(libraries: &Libraries, name: &str) -> anyhow::Result<Library> {
    if name == LOCAL || name == STARTER {
        return Ok(libraries.library_or_new(name).await?);
    }
    if let Some(library) = libraries.library(name).await? {
        return Ok(library);
    }
    let sentence = say(
        terminal::language(),
        "cli-unknown-library",
        &[("library", name.to_owned().into())],
    );
    Err(Said(sentence).into())
}

/// The language that an answer is framed in: the question's, and the terminal's where that is neither of ours.
fn asker(question: Language) -> Language {
    if question == Language::Other {
        terminal::language()
    } else {
        question
    }
}
