//! What is known of Arabic and English; knows nothing else of ours.
//!
//! A newcomer's trap: nothing here changes a text. [`token::tokens`] yields folded words *with byte ranges into the
//! original*, and everything above compares folds and shows originals.

mod abbreviation;
pub mod arabic;
pub mod arabizi;
mod clause;
#[allow(
    dead_code,
    reason = "families of Arabic forms are compiled by the build alone"
)]
mod compile;
pub mod detect;
pub mod dictionary;
pub mod english;
pub mod fold;
pub mod forms;
pub mod gloss;
pub mod glue;
pub mod layers;
mod lean;
pub mod lexicon;
pub mod names;
pub mod sentence;
pub mod spelling;
pub mod stop;
pub mod token;
pub mod value;

use serde::{Deserialize, Serialize};

/// A half-open byte range into a text, on character boundaries.
pub type Span = std::ops::Range<usize>;

/// The language of a question or a source, as far as Sanad tells languages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Arabic; `ar` in data.
    #[serde(rename = "ar")]
    Arabic,
    /// English, or what is written in Latin letters; `en` in data.
    #[serde(rename = "en")]
    English,
    /// Anything else: no letters, or most of them of another script; `other` in data.
    #[serde(rename = "other")]
    Other,
}

impl Language {
    /// The code that stands for it in data: `ar`, `en` or `other`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
            Self::Other => "other",
        }
    }

    /// The language that a code names, if it is one of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "ar" => Some(Self::Arabic),
            "en" => Some(Self::English),
            "other" => Some(Self::Other),
            _ => None,
        }
    }
}
