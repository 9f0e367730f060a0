//! What each signal weighs, and how sure a score is: every number that was chosen by measuring, with where it comes from.
//!
//! # Provenance
//! Both were learned on public sets of questions, Arabic over Arabic (`XQuAD`, ARCD), English over English, English over
//! Arabic and Arabic over English, each set counting alike, and judged by five-fold cross-validation whose folds keep the
//! questions of one article together:
//! - the ranking by a softmax over the first twenty candidates of a question (listwise, as `ListNet`: Cao and others 2007);
//! - the confidence by a logistic regression on «the first passage is the right one», with questions that have no answer
//!   in the sources among them; cross terms and squares are there because without them one error in four more was made.

use super::signals::Signals;
use super::understanding::Understanding;

/// The weights of [`Signals::values`] in the ranking.
const RANKING: [f32; 15] = [
    1.0, 0.21, 0.34, 0.31, 0.09, 0.31, 0.16, 0.0, 0.15, -0.05, 0.33, 0.13, 0.04, 0.14, 0.34,
];

/// The weights of [`features`], then the constant.
const CONFIDENCE: [f32; 18] = [
    0.58, 0.83, 1.69, 4.16, 3.23, 1.71, -0.35, 2.36, -0.04, 1.27, 1.06, -1.15, -2.47, -3.88, 3.89,
    4.53, 0.52, -7.29,
];

/// More words of a question than this make no difference.
const MANY_WORDS: u8 = 8;

/// One of the products whose sum is a score or decides a confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// What was measured, as it is called in data; `*` stands between two that were multiplied.
    pub name: &'static str,
    /// What was measured.
    pub value: f32,
    /// What it weighs.
    pub weight: f32,
}

impl Part {
    /// What it gives to the sum.
    pub fn contribution(&self) -> f32 {
        self.value * self.weight
    }
}

/// What a candidate is ranked by.
pub fn score(signals: &Signals) -> f32 {
    sum(&score_parts(signals))
}

/// What a candidate's score is the sum of.
pub fn score_parts(signals: &Signals) -> [Part; 15] {
    parts(Signals::NAMES, signals.values(), RANKING)
}

/// The probability that the best candidate answers. `lead` is how far its score is ahead of the next one's; `is_foreign`
/// says whether its source is in another language than the question.
pub fn confidence(
    signals: &Signals,
    understanding: &Understanding,
    lead: f32,
    is_foreign: bool,
) -> f32 {
    let (parts, constant) = confidence_parts(signals, understanding, lead, is_foreign);
    1.0 / (1.0 + (-(sum(&parts) + constant)).exp())
}

/// What decides the confidence, and the constant that comes to the sum of it: the logistic function makes a probability
/// of both.
pub fn confidence_parts(
    signals: &Signals,
    understanding: &Understanding,
    lead: f32,
    is_foreign: bool,
) -> ([Part; 17], f32) {
    let [weights @ .., constant] = CONFIDENCE;
    let features = features(signals, understanding, lead, is_foreign);
    (parts(FEATURES, features, weights), constant)
}

/// What [`features`] are called in data.
pub const FEATURES: [&str; 17] = [
    "coverage",
    "together",
    "opening",
    "saturation",
    "lead",
    "words",
    "heading",
    "window",
    "kind",
    "exact",
    "foreign",
    "name_absent",
    "saturation*saturation",
    "saturation*coverage",
    "saturation*lead",
    "saturation*words",
    "words*words",
];

/// What the confidence is made of.
pub fn features(
    signals: &Signals,
    understanding: &Understanding,
    lead: f32,
    is_foreign: bool,
) -> [f32; 17] {
    let n_words = u8::try_from(understanding.words.len()).unwrap_or(MANY_WORDS);
    let n = f32::from(n_words.min(MANY_WORDS)) / f32::from(MANY_WORDS);
    let lead = lead.clamp(0.0, 1.0).sqrt();
    let saturation = signals.saturation;
    [
        signals.coverage,
        signals.together,
        signals.opening,
        saturation,
        lead,
        n,
        signals.heading,
        signals.window,
        signals.kind,
        signals.exact,
        f32::from(u8::from(is_foreign)),
        f32::from(u8::from(understanding.lacks_name())),
        saturation * saturation,
        saturation * signals.coverage,
        saturation * lead,
        saturation * n,
        n * n,
    ]
}

fn parts<const N: usize>(
    names: [&'static str; N],
    values: [f32; N],
    weights: [f32; N],
) -> [Part; N] {
    std::array::from_fn(|nth| Part {
        name: names[nth],
        value: values[nth],
        weight: weights[nth],
    })
}

fn sum(parts: &[Part]) -> f32 {
    parts.iter().map(Part::contribution).sum()
}
