//! Short messages: what could not be done and why, what is asked before something goes, what is gone.

use super::super::row::{self, Look, rows};
use super::super::sheet::{Sheet, shortened};
use super::super::{Reply, in_words_of};
use super::{day, problems};
use crate::catalogue::SourceRecord;
use crate::discord::managing::{Goal, Step};
use crate::fetch;
use crate::language::Language;
use crate::library::Quota;
use crate::source::Problem;
use crate::wording::{self, say};

/// What is told in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::discord) enum Notice {
    /// Neither a file nor an address was given.
    NothingGiven,
    /// A message has neither files nor text.
    NothingInMessage,
    /// There is no such source.
    NoSource(String),
    /// There is no such version, or none before it.
    NoVersions,
    /// A draft is no longer there.
    NoDraft,
    /// A draft was discarded.
    Discarded,
    /// An id may not be that.
    BadId(String),
    /// Of this server too much waits to be read.
    Busy,
    /// The bot is being stopped.
    Leaving,
    /// The library holds as much as it may.
    Full(Quota, u32),
    /// An attachment does not lie where Discord keeps those.
    Elsewhere,
    /// It is too large; how many megabytes there may be.
    TooLarge(usize),
    /// It is no longer there.
    Gone,
    /// It could not be fetched.
    Unreachable,
    /// What lies at an address could not be fetched.
    NotFetched(Box<fetch::Error>),
    /// The same, and the source that came from there stays as it is.
    NotRefreshed(Box<fetch::Error>),
    /// A source has no address that it could be fetched from.
    NoAddress,
    /// What a source would be named by cannot be shown in a line.
    BadDetails,
    /// A source pack that waited is no longer there.
    NoPack,
    /// A source pack was discarded.
    PackDiscarded,
    /// Several drafts were discarded; so many.
    AllDiscarded(usize),
}

/// It, in a language or in both of ours.
pub(in crate::discord) fn notice(language: Language, notice: &Notice) -> Reply {
    Reply::said(in_words_of(language, |voice| sentence(voice, notice)))
}

/// It, in one language.
pub(in crate::discord) fn sentence(voice: Language, notice: &Notice) -> String {
    match notice {
        Notice::NothingGiven => say(voice, "manage-nothing-given", &[]),
        Notice::NothingInMessage => say(voice, "manage-nothing-in-message", &[]),
        Notice::NoSource(id) => say(voice, "manage-none-such", &[("id", id.clone().into())]),
        Notice::NoVersions => say(voice, "manage-no-versions", &[]),
        Notice::NoDraft => say(voice, "manage-no-draft", &[]),
        Notice::Discarded => say(voice, "manage-discarded", &[]),
        Notice::BadId(id) => say(voice, "manage-bad-id", &[("id", id.clone().into())]),
        Notice::Busy => say(voice, "manage-busy", &[]),
        Notice::Leaving => say(voice, "manage-leaving", &[]),
        Notice::Full(Quota::Sources, most) => {
            say(voice, "manage-full-sources", &[("most", (*most).into())])
        }
        Notice::Full(Quota::Megabytes, most) => {
            say(voice, "manage-full-megabytes", &[("most", (*most).into())])
        }
        Notice::Full(Quota::Passages, most) => {
            say(voice, "manage-full-passages", &[("most", (*most).into())])
        }
        Notice::Full(Quota::Drafts, _) => say(voice, "manage-full-drafts", &[]),
        Notice::Elsewhere => say(voice, "manage-file-elsewhere", &[]),
        Notice::TooLarge(most) => say(voice, "manage-file-too-large", &[("most", (*most).into())]),
        Notice::Gone => say(voice, "manage-file-gone", &[]),
        Notice::Unreachable => say(voice, "manage-file-unreachable", &[]),
        Notice::NotFetched(error) => wording::fetch(voice, error),
        Notice::NotRefreshed(error) => {
            let kept = say(voice, "manage-kept", &[]);
            format!("{}\n{kept}", wording::fetch(voice, error))
        }
        Notice::NoAddress => say(voice, "manage-no-address", &[]),
        Notice::NoPack => say(voice, "pack-gone", &[]),
        Notice::PackDiscarded => say(voice, "pack-discarded", &[]),
        Notice::BadDetails => say(voice, "manage-bad-details", &[]),
        Notice::AllDiscarded(count) => {
            say(voice, "manage-all-discarded", &[("count", (*count).into())])
        }
    }
}

/// What is wrong with a file that cannot be read.
pub(in crate::discord) fn unreadable(
    sheet: Sheet,
    language: Language,
    file: &str,
    found: &[Problem],
) -> Reply {
    let voice = super::voice(None, language);
    let groups = [
        vec![say(voice, "manage-unreadable", &[])],
        problems(voice, sheet, found, usize::MAX),
    ];
    sheet.message(file, &groups, Vec::new())
}

/// Whether a source is to be withdrawn: what goes, and until when it can be had back (`until`, in milliseconds since 1970;
/// none where it goes for good at once).
pub(in crate::discord) fn asks_withdrawal(
    sheet: Sheet,
    step: Step,
    source: &SourceRecord,
    until: Option<i64>,
) -> Reply {
    let voice = step.voice;
    let held = [
        (
            "paragraphs",
            say(
                voice,
                "count-paragraphs",
                &[("count", source.n_paragraphs.into())],
            )
            .into(),
        ),
        (
            "footnotes",
            say(
                voice,
                "count-footnotes",
                &[("count", source.n_footnotes.into())],
            )
            .into(),
        ),
        ("version", source.version.into()),
    ];
    let key = source.version_key;
    let buttons = vec![
        row::step(
            step.to(Goal::WithdrawSurely(key)),
            Look::Danger,
            say(voice, "button-withdraw-surely", &[]),
        ),
        row::step(
            step.to(Goal::Show(key)),
            Look::Plain,
            say(voice, "button-keep", &[]),
        ),
    ];
    let groups = [
        vec![say(voice, "manage-withdraw-sure", &[])],
        vec![
            shortened(
                &say(voice, "manage-id", &[("id", source.id.to_string().into())]),
                200,
            ),
            say(voice, "sources-held", &held),
        ],
        restorable(voice, until),
    ];
    sheet.message(&source.attribution.title, &groups, rows([buttons]))
}

/// That a source is withdrawn.
pub(in crate::discord) fn withdrawn(
    sheet: Sheet,
    step: Step,
    source: &SourceRecord,
    until: Option<i64>,
    notices: &[String],
) -> Reply {
    let voice = step.voice;
    let restore = row::step(
        step.to(Goal::Restore(source.version_key)),
        Look::Plain,
        say(voice, "button-undo", &[]),
    );
    let groups = [
        vec![say(voice, "manage-withdrawn-now", &[])],
        restorable(voice, until),
        notices.to_vec(),
    ];
    let buttons = if until.is_some() {
        vec![restore]
    } else {
        Vec::new()
    };
    sheet.message(&source.attribution.title, &groups, rows([buttons]))
}

fn restorable(voice: Language, until: Option<i64>) -> Vec<String> {
    match until {
        // A day by itself in its line: Discord writes it in its reader's own language.
        Some(until) => vec![say(voice, "manage-restorable-until", &[]), day(until)],
        None => vec![say(voice, "manage-not-restorable", &[])],
    }
}
