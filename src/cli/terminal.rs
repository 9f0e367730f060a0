//! What the terminal is: its language, its streams, how long work shows on it.

use std::io::Write as _;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::language::Language;

/// The language of the person at the terminal, as the environment says it.
pub(super) fn language() -> Language {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if said.is_some_and(|locale| locale.starts_with("ar")) {
        Language::Arabic
    } else {
        Language::English
    }
}

/// Writes a result to stdout. A reader who has gone away (`sanad ask … | head -1`) is no failure.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes a result to stdout as one JSON object on a line.
pub(super) fn print_json(object: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut text = serde_json::to_string(object)?;
    text.push('\n');
    print(&text)
}

/// A bar on stderr; silent where that is no terminal.
pub(super) fn progress(length: u64, message: String) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}")
        .expect("the template is sound");
    ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr())
        .with_style(style)
        .with_message(message)
}

/// A wheel on stderr that turns while something is waited for; silent where that is no terminal.
pub(super) fn waiting(message: String) -> ProgressBar {
    let wheel = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    wheel.set_message(message);
    wheel.enable_steady_tick(std::time::Duration::from_millis(100));
    wheel
}

/// A moment, given in milliseconds since 1970, as a date and time of UTC.
pub(super) fn moment(milliseconds: i64) -> String {
    let minute = milliseconds.div_euclid(60_000).rem_euclid(1_440);
    let day = crate::fetch::day(milliseconds);
    format!("{day} {:02}:{:02} UTC", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        #[track_caller]
        fn case(milliseconds: i64, expected: &str) {
            assert_eq!(moment(milliseconds), expected);
        }
        case(0, "1970-01-01 00:00 UTC");
        case(951_782_399_000, "2000-02-28 23:59 UTC");
        case(951_782_400_000, "2000-02-29 00:00 UTC");
        case(1_795_485_600_000, "2026-11-24 02:00 UTC");
        case(-60_000, "1969-12-31 23:59 UTC");
    }
}
