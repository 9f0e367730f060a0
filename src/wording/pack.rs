//! How source packs and backups are spoken of: why one failed, what came of one.

use super::failure::causes;
use super::{problem, say};
use crate::catalogue::day::day;
use crate::language::Language;
use crate::library::backup;
use crate::library::pack::{Error, FORMAT, LimitsAfter, Restored, RestoredSource};
use crate::source::ProblemKind;

/// How many sources are named that are too large.
const MOST_NAMED: usize = 10;

/// Why a source pack could not be made or restored.
pub fn pack(language: Language, error: &Error) -> String {
    let text = |text: &str| text.to_owned();
    match error {
        Error::NotAPack => say(language, "pack-not-a-pack", &[]),
        Error::Archive(problem) if problem.kind == ProblemKind::Broken => {
            let found = problem.found.clone().unwrap_or_default();
            say(language, "pack-broken", &[("found", found.into())])
        }
        Error::Archive(found) => problem(language, found, &say(language, "pack-the-pack", &[])),
        Error::Newer { found } => {
            let arguments = [
                ("found", found.to_string().into()),
                ("most", FORMAT.to_string().into()),
            ];
            say(language, "pack-newer", &arguments)
        }
        Error::Manifest { found } => {
            say(language, "pack-manifest", &[("found", text(found).into())])
        }
        Error::UnknownFormat { id, format } => {
            let arguments = [
                ("id", id.to_string().into()),
                ("format", text(format).into()),
            ];
            say(language, "pack-unknown-format", &arguments)
        }
        Error::Lacks { path } => say(language, "pack-lacks", &[("path", text(path).into())]),
        Error::Altered { path } => say(language, "pack-altered", &[("path", text(path).into())]),
        Error::Unreadable {
            id,
            version,
            file_name,
            problems,
        } => {
            let arguments = [
                ("id", id.to_string().into()),
                ("version", version.to_string().into()),
            ];
            let mut lines = vec![say(language, "pack-unreadable", &arguments)];
            lines.extend(problems.iter().map(|one| problem(language, one, file_name)));
            lines.join("\n")
        }
        Error::NoSource { id } => say(language, "pack-no-source", &[("id", id.to_string().into())]),
        Error::TooLarge { sources, most } => {
            let named = sources.iter().take(MOST_NAMED);
            let mut named: Vec<String> = named
                .map(|(id, n_bytes)| format!("{id} ({})", size(language, *n_bytes)))
                .collect();
            if sources.len() > MOST_NAMED {
                named.push("…".to_owned());
            }
            let arguments = [
                ("count", sources.len().into()),
                ("most", size(language, *most).into()),
                ("sources", named.join(", ").into()),
            ];
            say(language, "pack-too-large", &arguments)
        }
    }
}

/// What came of restoring a pack, or would come of it: a line for what it is, then one or more for all that changes.
pub fn restored(language: Language, restored: &Restored) -> Vec<String> {
    let head = [
        ("library", restored.from.clone().into()),
        ("day", day(restored.exported_at).into()),
        ("part", restored.part.to_string().into()),
        ("parts", restored.parts.into()),
    ];
    let mut lines = vec![say(language, "pack-of", &head)];
    let (changed, same): (Vec<_>, Vec<_>) = restored
        .sources
        .iter()
        .partition(|source| source.is_changed());
    for one in changed {
        source(language, one, &mut lines);
    }
    if !restored.is_changed() {
        lines.push(say(language, "pack-nothing", &[]));
    } else if !same.is_empty() {
        lines.push(say(
            language,
            "pack-unchanged",
            &[("count", same.len().into())],
        ));
    }
    for set in &restored.settings {
        let name = ("name", set.name.clone().into());
        let value = ("value", set.value.clone().into());
        lines.push(match &set.was {
            None => say(language, "pack-setting-new", &[name, value]),
            Some(was) => {
                let was = ("was", was.clone().into());
                say(language, "pack-setting", &[name, value, was])
            }
        });
    }
    let names = |names: &[String]| [("names", names.join(", ").into())];
    if !restored.left_out.is_empty() {
        lines.push(say(language, "pack-left-out", &names(&restored.left_out)));
    }
    if !restored.unknown.is_empty() {
        lines.push(say(language, "pack-unknown", &names(&restored.unknown)));
    }
    lines
}

/// What changes of a source.
fn source(language: Language, source: &RestoredSource, lines: &mut Vec<String>) {
    let versions = [("count", source.added.len().into())];
    let numbers = source.added.iter().map(|(packed, number)| {
        if packed == number {
            return number.to_string();
        }
        let arguments = [
            ("number", number.to_string().into()),
            ("packed", packed.to_string().into()),
        ];
        say(language, "pack-number", &arguments)
    });
    let arguments = [
        ("id", source.id.to_string().into()),
        ("title", source.title.clone().into()),
        (
            "versions",
            say(language, "pack-count-versions", &versions).into(),
        ),
        ("numbers", numbers.collect::<Vec<_>>().join(", ").into()),
    ];
    lines.push(if source.is_new {
        say(language, "pack-source-new", &arguments)
    } else if source.added.is_empty() {
        say(language, "pack-source-same", &arguments)
    } else {
        say(language, "pack-source-added", &arguments)
    });
    let mut note = |note: String| lines.push(format!("  {note}"));
    if let Some(was) = source.was_current.filter(|was| *was != source.current) {
        let arguments = [
            ("current", source.current.to_string().into()),
            ("was", was.to_string().into()),
        ];
        note(say(language, "pack-note-current", &arguments));
    }
    match (source.was_withdrawn, source.is_withdrawn) {
        (false, true) => note(say(language, "pack-note-withdrawn", &[])),
        (true, false) => note(say(language, "pack-note-back", &[])),
        _ => {}
    }
    match source.limits {
        LimitsAfter::Same => {}
        LimitsAfter::Restored => note(say(language, "pack-note-limits", &[])),
        LimitsAfter::Nobody => note(say(language, "pack-note-nobody", &[])),
    }
}

/// Why a backup could not be made or restored.
pub fn backup(language: Language, error: &backup::Error) -> String {
    let shown = |path: &std::path::Path| path.display().to_string();
    match error {
        backup::Error::Exists { file } => {
            say(language, "backup-exists", &[("file", shown(file).into())])
        }
        backup::Error::InData { file } => {
            say(language, "backup-in-data", &[("file", shown(file).into())])
        }
        backup::Error::Missing { file } => {
            let file = [("file", shown(file).into())];
            say(language, "backup-no-catalogue", &file)
        }
        backup::Error::Damaged { found } => {
            let found = [("found", found.clone().into())];
            say(language, "backup-damaged", &found)
        }
        backup::Error::Unusable { path, source } => {
            let arguments = [
                ("path", shown(path).into()),
                ("cause", source.to_string().into()),
            ];
            say(language, "backup-unusable", &arguments)
        }
        backup::Error::NotABackup { file, found } => {
            let arguments = [
                ("file", shown(file).into()),
                ("found", found.clone().into()),
            ];
            say(language, "backup-not-a-backup", &arguments)
        }
        backup::Error::Newer { found } => {
            let arguments = [
                ("found", found.to_string().into()),
                ("most", backup::FORMAT.to_string().into()),
            ];
            say(language, "backup-newer", &arguments)
        }
        backup::Error::InUse { folder } => say(
            language,
            "backup-in-use",
            &[("folder", shown(folder).into())],
        ),
        backup::Error::Unsound(cause) => {
            let inner = causes(cause);
            let cause = if inner.is_empty() {
                cause.to_string()
            } else {
                format!("{cause}: {inner}")
            };
            say(language, "backup-unsound", &[("cause", cause.into())])
        }
        backup::Error::Catalogue(_) => {
            let cause = causes(error);
            say(
                language,
                "library-catalogue-failed",
                &[("cause", cause.into())],
            )
        }
    }
}

/// A number of bytes as people say it.
pub fn size(language: Language, n_bytes: u64) -> String {
    // Rounded up, so that nothing has no size.
    let is_small = n_bytes < 1_000_000;
    let tenths = n_bytes.div_ceil(if is_small { 100 } else { 100_000 });
    let size = if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    let size = [("size", size.into())];
    if is_small {
        say(language, "pack-size-kilobytes", &size)
    } else {
        say(language, "pack-size-megabytes", &size)
    }
}
