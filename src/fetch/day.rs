//! The day of a moment.

/// The day of a moment, given in milliseconds since 1970, in UTC: `2026-11-25`.
pub fn day(milliseconds: i64) -> String {
    let days = milliseconds.div_euclid(24 * 60 * 60 * 1_000);
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
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        #[track_caller]
        fn case(milliseconds: i64, expected: &str) {
            assert_eq!(day(milliseconds), expected);
        }
        case(0, "1970-01-01");
        case(-1, "1969-12-31");
        case(951_782_399_999, "2000-02-28");
        case(951_782_400_000, "2000-02-29");
        case(951_868_800_000, "2000-03-01");
        case(1_795_485_600_000, "2026-11-24");
        case(4_107_542_399_999, "2100-02-28");
        case(4_107_542_400_000, "2100-03-01");
    }
}
