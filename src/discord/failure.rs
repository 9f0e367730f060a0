//! Why the bot cannot run, and how that is said to who started it.

use serenity::all::HttpError;

use super::wire;
use crate::language::Language;
use crate::library;
use crate::wording::{self, say};

/// Why the bot failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No token is set.
    #[error("no token is set")]
    NoToken,
    /// Discord does not know the token.
    #[error("Discord refuses the token")]
    TokenRefused,
    /// Discord does not grant the application what the bot wants to hear of.
    #[error("Discord refuses the intents")]
    IntentsRefused,
    /// Nothing that answers is there.
    #[error("`{base}` cannot be reached")]
    Unreachable {
        /// Where Discord should be.
        base: String,
        /// Why.
        source: Box<serenity::Error>,
    },
    /// Something is there, and it answers otherwise than it should.
    #[error("`{base}` does not answer as Discord does")]
    Unfit {
        /// Where Discord should be.
        base: String,
        /// Why.
        source: Box<serenity::Error>,
    },
    /// The catalogue failed.
    #[error(transparent)]
    Library(#[from] library::Error),
    /// The operating system gives no thread, or no signals.
    #[error("the operating system refuses")]
    System(#[source] std::io::Error),
}

impl Error {
    /// What it means for the bot that a request to `base` failed for good.
    pub(super) fn of(base: &str) -> impl Fn(serenity::Error) -> Self {
        move |error| {
            let (base, status) = (base.to_owned(), wire::status(&error));
            let source = Box::new(error);
            match (&*source, status) {
                // A token that fits in no header is none.
                (_, Some(401)) | (serenity::Error::Http(HttpError::InvalidHeader(_)), _) => {
                    Self::TokenRefused
                }
                (_, Some(429 | 500..)) | (serenity::Error::Http(HttpError::Request(_)), _) => {
                    Self::Unreachable { base, source }
                }
                _ => Self::Unfit { base, source },
            }
        }
    }

    /// The failure in one line, with the remedy where there is one.
    pub fn said(&self, language: Language) -> String {
        match self {
            Self::NoToken => say(language, "cli-no-token", &[]),
            Self::TokenRefused => say(language, "connection-token-refused", &[]),
            Self::IntentsRefused => say(language, "connection-intents-refused", &[]),
            Self::Unreachable { base, source } => {
                let arguments = [
                    ("base", base.clone().into()),
                    ("cause", innermost(&**source).into()),
                ];
                say(language, "connection-unreachable", &arguments)
            }
            Self::Unfit { base, source } => {
                let arguments = [
                    ("base", base.clone().into()),
                    ("cause", innermost(&**source).into()),
                ];
                say(language, "connection-unfit", &arguments)
            }
            Self::Library(error) => wording::library(language, error),
            Self::System(error) => {
                let arguments = [("cause", error.to_string().into())];
                say(language, "connection-system", &arguments)
            }
        }
    }
}

/// The first cause of an error: what came of it says less.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let chain = std::iter::successors(Some(error), |error| error.source());
    chain.last().map(ToString::to_string).unwrap_or_default()
}
