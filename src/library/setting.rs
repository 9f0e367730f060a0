//! The settings of a library that decide how it answers.

use crate::language::fold::fold;

/// The setting that is the confidence from which the first passage of a library is the answer.
pub const THRESHOLD: &str = "threshold";

/// A threshold as a person writes it, in digits of either kind: a number from 0 to 1.
pub fn threshold(text: &str) -> Option<f32> {
    let threshold: f32 = fold(text.trim()).parse().ok()?;
    (0.0..=1.0).contains(&threshold).then_some(threshold)
}

/// Whether a setting may have a value.
pub(super) fn is_sound(name: &str, value: &str) -> bool {
    name != THRESHOLD || threshold(value).is_some()
}

/// The threshold in force: a library's own, else the configured one.
pub(super) fn in_force(own: Option<&str>, configured: f32) -> f32 {
    let Some(own) = own else { return configured };
    threshold(own).unwrap_or_else(|| {
        tracing::warn!(
            own,
            "a library's threshold is no number from 0 to 1; the configured one holds"
        );
        configured
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_numbers_from_0_to_1() {
        for (text, expected) in [
            ("0.7", Some(0.7)),
            (" 1 ", Some(1.0)),
            ("0", Some(0.0)),
            ("٠٫٧", Some(0.7)),
            ("1.01", None),
            ("-0.1", None),
            ("NaN", None),
            ("inf", None),
            ("70%", None),
            ("", None),
        ] {
            assert_eq!(threshold(text), expected, "{text}");
            assert_eq!(is_sound(THRESHOLD, text), expected.is_some(), "{text}");
        }
        assert!(is_sound("language", "ar"));
    }

    #[test]
    fn a_stored_value_that_is_none_does_not_hold() {
        for (own, expected) in [(None, 0.5), (Some("0.9"), 0.9), (Some("much"), 0.5)] {
            assert!(
                (in_force(own, 0.5) - expected).abs() < f32::EPSILON,
                "{own:?}"
            );
        }
    }
}
