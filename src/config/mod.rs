//! The configuration: flag over environment over file over default.
//!
//! Two steps: what was said (`said`: raw words with where they stand), then what it means (`meaning`: typed, checked,
//! ready to use, as the [sections](Config) of the configuration). Every key stands in [`KEYS`] and, with its meaning, unit
//! and default, in the shipped `config.toml`.

mod error;
mod meaning;
mod said;
mod section;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::Path;

use secrecy::SecretString;

pub use error::{Allowed, Error, SaidIn};
use said::Said;
pub use section::{
    Answer, Bidi, Chat, Data, Discord, Fetch, Index, Log, LogFormat, Quota, RegisterIn, Retention,
    Source,
};

/// Every key, as `section.key`.
pub const KEYS: &[&str] = &[
    "data.dir",
    "index.dir",
    "index.open",
    "answer.threshold",
    "answer.max_question",
    "retention.questions",
    "retention.withdrawn",
    "quota.sources",
    "quota.megabytes",
    "quota.passages",
    "source.read_seconds",
    "source.read_memory",
    "discord.api_url",
    "discord.register_in",
    "discord.cdn",
    "discord.defer_after_ms",
    "discord.cooldown_ms",
    "discord.cooldown_burst",
    "discord.timeout_ms",
    "discord.retry_first_ms",
    "discord.retry_tries",
    "discord.reconnect_window_ms",
    "discord.reconnect_limit",
    "discord.restart_backoff_ms",
    "discord.restart_backoff_max_ms",
    "discord.identify_per_day",
    "discord.shutdown_ms",
    "fetch.allow",
    "fetch.max_bytes",
    "fetch.seconds",
    "fetch.contact",
    "chat.bidi",
    "log.level",
    "log.terminal",
    "log.format",
];

/// The environment variable that holds the bot's token.
pub const TOKEN: &str = "DISCORD_TOKEN";

/// The file that is read where none is named, in the working folder.
const FILE: &str = "config.toml";

/// The configuration, checked and ready to use.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Where the catalogue lies and what is stored in it.
    pub data: Data,
    /// Where the indexes lie.
    pub index: Index,
    /// How questions are answered.
    pub answer: Answer,
    /// How long things are kept.
    pub retention: Retention,
    /// What the library of a server may hold.
    pub quota: Quota,
    /// How sources are read.
    pub source: Source,
    /// The bot.
    pub discord: Discord,
    /// What may be fetched.
    pub fetch: Fetch,
    /// The chat at the terminal.
    pub chat: Chat,
    /// The log.
    pub log: Log,
}

impl Config {
    /// The configuration of this process: `file` or else `./config.toml` if it is there, the environment, and the
    /// `section.key=value` of `--set`.
    pub fn load(file: Option<&Path>, flags: &[String]) -> Result<Self, Error> {
        let path = file.unwrap_or(Path::new(FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => {
                return Err(Error::Unreadable {
                    file: path.to_owned(),
                    source,
                });
            }
        };
        Self::read(
            text.as_deref().map(|text| (path, text)),
            std::env::vars_os(),
            flags,
        )
    }

    /// The configuration that a file's text, an environment and flags come to.
    pub fn read(
        file: Option<(&Path, &str)>,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        flags: &[String],
    ) -> Result<Self, Error> {
        let mut said = Said::default();
        if let Some((path, text)) = file {
            said.read_file(path, text)?;
        }
        let mut token = None;
        for (name, value) in environment {
            let (name, value) = (name.to_string_lossy(), value.to_string_lossy());
            if name == TOKEN {
                let value = value.trim();
                token = (!value.is_empty()).then(|| SecretString::from(value.to_owned()));
            } else {
                said.read_variable(&name, &value)?;
            }
        }
        for flag in flags {
            said.read_flag(flag)?;
        }
        let base = file
            .and_then(|(path, _)| path.parent())
            .unwrap_or(Path::new(""));
        let mut config = Self::from_said(said, base)?;
        config.discord.token = token;
        Ok(config)
    }
}
