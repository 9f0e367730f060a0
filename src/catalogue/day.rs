//! Days: what a moment is called in the names of files.

/// The day of a moment that is given in milliseconds since 1970, as `2026-11-25`, by UTC.
pub fn day(milliseconds: i64) -> String {
    // Days are counted in years that begin in March, so that a leap day is the last one.
    let since_march = milliseconds.div_euclid(86_400_000) + 719_468;
    let (era, day_of_era) = (
        since_march.div_euclid(146_097),
        since_march.rem_euclid(146_097),
    );
    let leaps = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leaps) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The second of a moment, as `2026-11-25-130542`, by UTC.
pub fn second(milliseconds: i64) -> String {
    let second = milliseconds.div_euclid(1_000).rem_euclid(86_400);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!(
        "{}-{hour:02}{minute:02}{:02}",
        day(milliseconds),
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_named() {
        for (milliseconds, expected) in [
            (0, "1970-01-01-000000"),
            (951_782_399_000, "2000-02-28-235959"),
            (951_782_400_000, "2000-02-29-000000"),
            (951_868_800_000, "2000-03-01-000000"),
            (1_795_485_661_999, "2026-11-24-020101"),
            (1_798_761_600_000, "2027-01-01-000000"),
            (-1, "1969-12-31-235959"),
        ] {
            assert_eq!(second(milliseconds), expected);
        }
    }
}
