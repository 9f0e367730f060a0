//! Why a configuration is refused, and where what is wrong with it was said.

use std::path::PathBuf;

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("`{}` cannot be read", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{}:{line}: not TOML: {found}", file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        found: String,
    },
    /// There is no such key.
    #[error("{place}: no key is named `{key}`")]
    UnknownKey {
        /// Where it stands.
        place: SaidIn,
        /// The key, or the name of the variable.
        key: String,
        /// The key or variable that was probably meant.
        meant: Option<String>,
    },
    /// A key has a value that it cannot have.
    #[error("{place}: `{key}` is `{found}`, expected {allowed}")]
    WrongValue {
        /// Where it stands.
        place: SaidIn,
        /// The key.
        key: &'static str,
        /// The value found.
        found: String,
        /// What it may be.
        allowed: Allowed,
    },
}

/// Where a value was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaidIn {
    /// In the file, at a line from 1.
    File(PathBuf, usize),
    /// In an environment variable.
    Variable(String),
    /// With `--set`.
    Flag,
}

impl std::fmt::Display for SaidIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(file, line) => write!(f, "{}:{line}", file.display()),
            Self::Variable(name) => f.write_str(name),
            Self::Flag => f.write_str("--set"),
        }
    }
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// A number between two, both included.
    Between(String, String),
    /// One of a few words.
    OneOf(&'static [&'static str]),
    /// A text that is not empty.
    Text,
    /// A list of texts.
    List,
    /// `scheme://host:port` without a path, `http` or `https`.
    Base,
    /// `global` or the decimal id of a server.
    RegisterIn,
    /// A list of `host:port`.
    HostsAndPorts,
    /// An e-mail or web address, or nothing.
    Contact,
    /// Filter words for the log, such as `info` or `info,sanad=debug`.
    LogFilter,
}

impl std::fmt::Display for Allowed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Between(least, most) => write!(f, "a number from {least} to {most}"),
            Self::OneOf(words) => write!(f, "one of {}", words.join(", ")),
            Self::Text => f.write_str("a text"),
            Self::List => f.write_str("a list of texts"),
            Self::Base => f.write_str("scheme://host:port without a path"),
            Self::RegisterIn => f.write_str("`global` or the id of a server"),
            Self::HostsAndPorts => f.write_str("a list of host:port"),
            Self::Contact => f.write_str("an e-mail or web address"),
            Self::LogFilter => f.write_str("a filter such as `info`"),
        }
    }
}
