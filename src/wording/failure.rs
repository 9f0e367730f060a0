//! How a failure is said: of the configuration, of a library.

use crate::config::{Allowed, Error, SaidIn};
use crate::language::Language;
use crate::library;

use super::say;

/// What is wrong with the configuration, in a line that says where, what was found and what is allowed.
pub fn configuration(language: Language, error: &Error) -> String {
    match error {
        Error::Unreadable { file, source } => {
            let arguments = [
                ("file", file.display().to_string().into()),
                ("cause", source.to_string().into()),
            ];
            say(language, "config-unreadable", &arguments)
        }
        Error::Syntax { file, line, found } => {
            let place = SaidIn::File(file.clone(), *line).to_string();
            let found = found.lines().collect::<Vec<_>>().join(", ");
            say(
                language,
                "config-syntax",
                &[("place", place.into()), ("found", found.into())],
            )
        }
        Error::UnknownKey {
            place: SaidIn::Variable(name),
            meant,
            ..
        } => {
            let name = ("name", name.clone().into());
            match meant {
                Some(meant) => say(
                    language,
                    "config-unknown-variable-meant",
                    &[name, ("meant", meant.clone().into())],
                ),
                None => say(language, "config-unknown-variable", &[name]),
            }
        }
        Error::UnknownKey { place, key, meant } => {
            let (place, key) = (
                ("place", place.to_string().into()),
                ("key", key.clone().into()),
            );
            match meant {
                Some(meant) => say(
                    language,
                    "config-unknown-key-meant",
                    &[place, key, ("meant", meant.clone().into())],
                ),
                None => say(language, "config-unknown-key", &[place, key]),
            }
        }
        Error::WrongValue {
            place,
            key,
            found,
            allowed,
        } => {
            let arguments = [
                ("place", place.to_string().into()),
                ("key", (*key).into()),
                ("found", found.clone().into()),
                ("allowed", self::allowed(language, allowed).into()),
            ];
            say(language, "config-wrong-value", &arguments)
        }
    }
}

fn allowed(language: Language, allowed: &Allowed) -> String {
    match allowed {
        Allowed::Between(least, most) => {
            let arguments = [
                ("least", least.clone().into()),
                ("most", most.clone().into()),
            ];
            say(language, "config-allowed-between", &arguments)
        }
        Allowed::OneOf(words) => say(
            language,
            "config-allowed-one-of",
            &[("words", words.join(", ").into())],
        ),
        Allowed::Text => say(language, "config-allowed-text", &[]),
        Allowed::List => say(language, "config-allowed-list", &[]),
        Allowed::Base => say(language, "config-allowed-base", &[]),
        Allowed::RegisterIn => say(language, "config-allowed-register-in", &[]),
        Allowed::HostsAndPorts => say(language, "config-allowed-hosts-and-ports", &[]),
        Allowed::Contact => say(language, "config-allowed-contact", &[]),
        Allowed::LogFilter => say(language, "config-allowed-log-filter", &[]),
    }
}

/// Why a library could not do what was asked of it; of a source that cannot be read, its problems, a line each.
pub fn library(language: Language, error: &library::Error) -> String {
    match error {
        library::Error::Unreadable {
            file_name,
            problems,
        } => {
            let lines = problems
                .iter()
                .map(|problem| super::problem(language, problem, file_name));
            lines.collect::<Vec<_>>().join("\n")
        }
        library::Error::NoSource { library, id } => {
            let arguments = [
                ("library", library.clone().into()),
                ("id", id.to_string().into()),
            ];
            say(language, "library-no-source", &arguments)
        }
        library::Error::Lexicons { path, source } => {
            let arguments = [
                ("path", path.display().to_string().into()),
                ("cause", source.to_string().into()),
            ];
            say(language, "lexicon-folder", &arguments)
        }
        library::Error::Pack(error) => super::pack::pack(language, error),
        library::Error::BadSetting { name, value } => bad_setting(language, name, value),
        library::Error::Full {
            library,
            what,
            most,
        } => {
            let id = match what {
                library::Quota::Sources => "library-full-sources",
                library::Quota::Megabytes => "library-full-megabytes",
                library::Quota::Passages => "library-full-passages",
                library::Quota::Drafts => "library-full-drafts",
            };
            let arguments = [
                ("library", library.clone().into()),
                ("most", (*most).into()),
            ];
            say(language, id, &arguments)
        }
        library::Error::ReadOnly { library } => say(
            language,
            "library-read-only",
            &[("library", library.clone().into())],
        ),
        library::Error::Catalogue(_) => say(
            language,
            "library-catalogue-failed",
            &[("cause", causes(error).into())],
        ),
        library::Error::Index(_) => say(
            language,
            "library-index-failed",
            &[("cause", causes(error).into())],
        ),
    }
}

/// That a setting of a library cannot have a value, and what it can have.
pub fn bad_setting(language: Language, name: &str, value: &str) -> String {
    let allowed = match library::setting::shape(name) {
        Some(library::Shape::Fraction) => {
            allowed(language, &Allowed::Between("0".to_owned(), "1".to_owned()))
        }
        Some(library::Shape::Number(bounds)) => allowed(
            language,
            &Allowed::Between(bounds.start().to_string(), bounds.end().to_string()),
        ),
        Some(library::Shape::Language) => say(language, "settings-allowed-language", &[]),
        Some(library::Shape::Ids) => say(language, "settings-allowed-ids", &[]),
        Some(library::Shape::Id) => say(language, "settings-allowed-id", &[]),
        None => allowed(language, &Allowed::Text),
    };
    let arguments = [
        ("name", name.to_owned().into()),
        ("value", value.to_owned().into()),
        ("allowed", allowed.into()),
    ];
    say(language, "settings-bad-value", &arguments)
}

/// The chain of causes below an error, outermost first.
pub(super) fn causes(error: &dyn std::error::Error) -> String {
    let chain = std::iter::successors(error.source(), |cause| cause.source());
    chain
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}
