//! How it is said that an address could not be fetched: `address: sentence`, with the remedy.

use fluent_templates::fluent_bundle::FluentValue;

use crate::fetch::{Error, ErrorKind};
use crate::language::Language;

use super::say;

/// Why an address could not be fetched, in one line.
pub fn fetch(language: Language, error: &Error) -> String {
    let address = ("address", error.address.clone().into());
    let place = if error.redirected {
        say(language, "fetch-redirected", &[address])
    } else {
        error.address.clone()
    };
    let place = ("place", place.into());
    let sentence = |id| say(language, id, std::slice::from_ref(&place));
    let with =
        |id, found: FluentValue<'static>| say(language, id, &[place.clone(), ("found", found)]);
    match &error.kind {
        ErrorKind::BadAddress => sentence("fetch-bad-address"),
        ErrorKind::Scheme(scheme) => with("fetch-scheme", scheme.clone().into()),
        ErrorKind::Credentials => sentence("fetch-credentials"),
        ErrorKind::Port(port) => with("fetch-port", port.to_string().into()),
        ErrorKind::Literal => sentence("fetch-literal"),
        ErrorKind::Private => sentence("fetch-private"),
        ErrorKind::UnknownHost => sentence("fetch-unknown-host"),
        ErrorKind::Unreachable => sentence("fetch-unreachable"),
        ErrorKind::Redirects => sentence("fetch-redirects"),
        ErrorKind::Downgrade => sentence("fetch-downgrade"),
        ErrorKind::Robots => sentence("fetch-robots"),
        ErrorKind::RobotsUnread => sentence("fetch-robots-unread"),
        ErrorKind::Gone => sentence("fetch-gone"),
        ErrorKind::Status(status @ (401 | 403 | 407)) => {
            with("fetch-forbidden", status.to_string().into())
        }
        ErrorKind::Status(status) => with("fetch-status", status.to_string().into()),
        ErrorKind::ContentType(found) if found.is_empty() => sentence("fetch-no-content-type"),
        ErrorKind::ContentType(found) => with("fetch-content-type", found.clone().into()),
        ErrorKind::Encoding(found) => with("fetch-encoding", found.clone().into()),
        ErrorKind::TooLarge(most) => with("fetch-too-large", most.to_string().into()),
        ErrorKind::TooSlow(seconds) => with("fetch-too-slow", (*seconds).into()),
        ErrorKind::CutOff => sentence("fetch-cut-off"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(kind: ErrorKind) -> Error {
        Error {
            address: "https://a.example/b".to_owned(),
            redirected: false,
            kind,
        }
    }

    #[test]
    fn every_kind_has_its_sentence_in_both_languages() {
        for kind in ErrorKind::all() {
            let error = error(kind);
            let arabic = fetch(Language::Arabic, &error);
            let english = fetch(Language::English, &error);
            assert!(
                arabic.starts_with("https://a.example/b: ")
                    && english.starts_with("https://a.example/b: ")
                    && arabic != english,
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_sentence_names_what_is_wrong_and_the_remedy() {
        let mut error = error(ErrorKind::TooLarge(2_048));
        insta::assert_snapshot!(fetch(Language::English, &error), @"https://a.example/b: what is there has more than 2048 bytes; give a part of it, or raise fetch.max_bytes in the configuration.");
        error.kind = ErrorKind::TooSlow(11);
        insta::assert_snapshot!(fetch(Language::Arabic, &error), @"https://a.example/b: لم يصل الجواب كاملًا في 11 ثانية؛ حاول من جديد لاحقًا، أو نزّل الملف وأضفه ملفًا.");
        error.kind = ErrorKind::Private;
        error.redirected = true;
        insta::assert_snapshot!(fetch(Language::English, &error), @"https://a.example/b (which leads on to another address): it lies in a private network, and such are not fetched; the host of this program can allow it by name and port in fetch.allow.");
        error.kind = ErrorKind::ContentType(String::new());
        insta::assert_snapshot!(fetch(Language::English, &error), @"https://a.example/b (which leads on to another address): neither the server nor the name says what kind of file it is; download it and add it as a file.");
    }
}
