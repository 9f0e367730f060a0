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

/// A moment, given in milliseconds since 1970, as a date and time of UTC.
pub(super) fn moment(milliseconds: i64) -> String {
    let minutes = milliseconds.div_euclid(60_000);
    let (days, minute) = (minutes.div_euclid(1_440), minutes.rem_euclid(1_440));
    // Days are counted in years that begin in March, so that a leap day is the last one.
    let since_march = days + 719_468;
    let (era, day_of_era) = (
        since_march.div_euclid(146_097),
        since_march.rem_euclid(146_097),
    );
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02} UTC",
        minute / 60,
        minute % 60
    )
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
