//! What each signal weighs, and how sure a score is: every number that was chosen by measuring, with where it comes from.

use super::signals::Signals;
use super::understanding::Understanding;

/// The weights of [`Signals::values`] in the ranking.
const RANKING: [f32; 10] = [1.0, 0.4, 0.5, 0.2, 0.35, 0.1, 0.1, 0.25, 0.1, -0.05];

/// The weights of [`Signals::values`] in the confidence, then those of the lead over the next candidate, of the share of
/// the question that the index has words for, and the constant.
const CONFIDENCE: [f32; 13] = [
    0.0, 4.0, 3.0, 0.5, 1.0, 0.3, 0.4, 0.3, 0.3, 0.0, 2.0, 2.0, -5.5,
];

/// What a candidate is ranked by.
pub fn score(signals: &Signals) -> f32 {
    signals
        .values()
        .iter()
        .zip(&RANKING)
        .map(|(value, weight)| value * weight)
        .sum()
}

/// The probability that a candidate answers: a logistic regression over its signals and its lead.
pub fn confidence(signals: &Signals, understanding: &Understanding, lead: f32) -> f32 {
    let [.., of_lead, of_known, constant] = CONFIDENCE;
    let sum: f32 = signals
        .values()
        .iter()
        .zip(&CONFIDENCE)
        .map(|(value, weight)| value * weight)
        .sum();
    let sum =
        sum + of_lead * lead.clamp(0.0, 1.0) + of_known * understanding.known_share() + constant;
    1.0 / (1.0 + (-sum).exp())
}
