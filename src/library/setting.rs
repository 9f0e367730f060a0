//! The settings of a library: what each may be, and what they are together.
//!
//! They are stored as text, one a name. Whatever cannot be read in a stored one is as if it were not set, and logged.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::language::fold::fold;

/// The confidence from which the first passage of a library is the answer.
pub const THRESHOLD: &str = "threshold";
/// The language of the bot's own words, `ar` or `en`.
pub const LANGUAGE: &str = "language";
/// The channels in which mentions are answered; all where none is named.
pub const MENTION_CHANNELS: &str = "mention_channels";
/// The roles that may manage the library, beside whoever may manage the server.
pub const MODERATOR_ROLES: &str = "moderator_roles";
/// The channel to which every change is reported.
pub const AUDIT_CHANNEL: &str = "audit_channel";
/// After how many seconds a person who used up their questions gets another one.
pub const COOLDOWN: &str = "cooldown";
/// How many sources the library may hold; never more than the host allows.
pub const MAX_SOURCES: &str = "max_sources";
/// How many megabytes its versions may have; never more than the host allows.
pub const MAX_MEGABYTES: &str = "max_megabytes";
/// For how many days a withdrawn source can be restored.
pub const KEEP_WITHDRAWN: &str = "keep_withdrawn";
/// For how many days question texts are kept; never longer than the host keeps them.
pub const KEEP_QUESTIONS: &str = "keep_questions";

/// What a setting may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A number from 0 to 1.
    Fraction,
    /// `ar` or `en`.
    Language,
    /// A list of ids of channels or roles.
    Ids,
    /// One id.
    Id,
    /// A whole number within bounds.
    Number(RangeInclusive<u32>),
}

/// All settings by their names, in the order in which they are shown.
pub const SETTINGS: [(&str, Shape); 10] = [
    (THRESHOLD, Shape::Fraction),
    (LANGUAGE, Shape::Language),
    (MENTION_CHANNELS, Shape::Ids),
    (MODERATOR_ROLES, Shape::Ids),
    (AUDIT_CHANNEL, Shape::Id),
    (COOLDOWN, Shape::Number(0..=3_600)),
    (MAX_SOURCES, Shape::Number(1..=100_000)),
    (MAX_MEGABYTES, Shape::Number(1..=1_000_000)),
    (KEEP_WITHDRAWN, Shape::Number(0..=3_650)),
    (KEEP_QUESTIONS, Shape::Number(0..=3_650)),
];

impl Shape {
    /// A value as a person writes it, in digits of either kind, as it is stored; none where it may not be that.
    pub fn stored(&self, text: &str) -> Option<String> {
        let text = fold(text.trim());
        match self {
            Self::Fraction => threshold(&text).map(|value| value.to_string()),
            Self::Language => ["ar", "en"].contains(&text.as_str()).then_some(text),
            Self::Ids => {
                let ids = ids(&text)?;
                let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
                (!ids.is_empty()).then(|| ids.join(","))
            }
            Self::Id => match ids(&text)?.into_iter().collect::<Vec<_>>().as_slice() {
                [id] => Some(id.to_string()),
                _ => None,
            },
            Self::Number(bounds) => {
                let number: u32 = text.parse().ok()?;
                bounds.contains(&number).then(|| number.to_string())
            }
        }
    }
}

/// What a setting may be; none where there is no such setting.
pub fn shape(name: &str) -> Option<Shape> {
    let mut all = SETTINGS.into_iter();
    all.find(|(known, _)| *known == name)
        .map(|(_, shape)| shape)
}

/// A threshold as a person writes it, in digits of either kind: a number from 0 to 1.
pub fn threshold(text: &str) -> Option<f32> {
    let threshold: f32 = fold(text.trim()).parse().ok()?;
    (0.0..=1.0).contains(&threshold).then_some(threshold)
}

/// Ids between commas or blanks, bare or as Discord writes mentions: `<#1>`, `<@&2>`.
fn ids(text: &str) -> Option<BTreeSet<u64>> {
    text.split(|c: char| c == ',' || c == '،' || c.is_whitespace())
        .filter(|id| !id.is_empty())
        .map(|id| {
            let bare = id
                .trim_start_matches(['<', '#', '@', '&'])
                .trim_end_matches('>');
            bare.parse().ok().filter(|id| *id > 0)
        })
        .collect()
}

/// What the settings of a library are, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// See [`THRESHOLD`].
    pub threshold: Option<f32>,
    /// See [`MENTION_CHANNELS`].
    pub mention_channels: BTreeSet<u64>,
    /// See [`MODERATOR_ROLES`].
    pub moderator_roles: BTreeSet<u64>,
    /// See [`AUDIT_CHANNEL`].
    pub audit_channel: Option<u64>,
    /// See [`COOLDOWN`]; in seconds.
    pub cooldown: Option<u32>,
    /// See [`MAX_SOURCES`].
    pub max_sources: Option<u32>,
    /// See [`MAX_MEGABYTES`].
    pub max_megabytes: Option<u32>,
    /// See [`KEEP_WITHDRAWN`]; in days.
    pub keep_withdrawn: Option<u32>,
    /// See [`KEEP_QUESTIONS`]; in days.
    pub keep_questions: Option<u32>,
}

impl Policy {
    /// What stored settings are.
    pub fn of(settings: &[(String, String)]) -> Self {
        let mut policy = Self::default();
        for (name, value) in settings {
            let Some(value) = shape(name).and_then(|shape| shape.stored(value)) else {
                tracing::warn!(name, value, "a setting cannot be read and does not hold");
                continue;
            };
            let number = || value.parse::<u32>().ok();
            match name.as_str() {
                THRESHOLD => policy.threshold = threshold(&value),
                MENTION_CHANNELS => policy.mention_channels = ids(&value).unwrap_or_default(),
                MODERATOR_ROLES => policy.moderator_roles = ids(&value).unwrap_or_default(),
                AUDIT_CHANNEL => policy.audit_channel = value.parse().ok(),
                COOLDOWN => policy.cooldown = number(),
                MAX_SOURCES => policy.max_sources = number(),
                MAX_MEGABYTES => policy.max_megabytes = number(),
                KEEP_WITHDRAWN => policy.keep_withdrawn = number(),
                KEEP_QUESTIONS => policy.keep_questions = number(),
                // The language is read by who speaks.
                _ => {}
            }
        }
        policy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_stored_in_one_way_or_not_at_all() {
        for (name, said, stored) in [
            (THRESHOLD, "0.7", Some("0.7")),
            (THRESHOLD, " 1 ", Some("1")),
            (THRESHOLD, "٠٫٧", Some("0.7")),
            (THRESHOLD, "1.01", None),
            (THRESHOLD, "-0.1", None),
            (THRESHOLD, "NaN", None),
            (THRESHOLD, "70%", None),
            (THRESHOLD, "", None),
            (LANGUAGE, "ar", Some("ar")),
            (LANGUAGE, "de", None),
            (MODERATOR_ROLES, "<@&12>، 7 12", Some("7,12")),
            (MENTION_CHANNELS, "<#5>", Some("5")),
            (MENTION_CHANNELS, "general", None),
            (MENTION_CHANNELS, "0", None),
            (MENTION_CHANNELS, " ", None),
            (AUDIT_CHANNEL, "<#5>", Some("5")),
            (AUDIT_CHANNEL, "5,6", None),
            (COOLDOWN, "١٠", Some("10")),
            (COOLDOWN, "3601", None),
            (KEEP_WITHDRAWN, "0", Some("0")),
            (MAX_SOURCES, "0", None),
        ] {
            let shape = shape(name).unwrap();
            assert_eq!(shape.stored(said).as_deref(), stored, "{name} {said}");
        }
        assert_eq!(shape("colour"), None);
    }

    #[test]
    fn what_cannot_be_read_does_not_hold() {
        let stored = [
            (THRESHOLD, "much"),
            (MODERATOR_ROLES, "7,12"),
            (AUDIT_CHANNEL, "5"),
            (KEEP_WITHDRAWN, "9"),
            ("colour", "red"),
        ];
        let stored = stored.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let expected = Policy {
            moderator_roles: BTreeSet::from([7, 12]),
            audit_channel: Some(5),
            keep_withdrawn: Some(9),
            ..Policy::default()
        };
        assert_eq!(Policy::of(&stored), expected);
    }
}
