//! What each signal weighs, and how sure a score is: every number that was chosen by measuring, with where it comes from.
//!
//! # Provenance
//! Both were learned on public sets of questions, Arabic over Arabic (`XQuAD`, ARCD), English over English, English over
//! Arabic and Arabic over English, each set counting alike, and judged by five-fold cross-validation whose folds keep the
//! questions of one article together:
//! - the ranking by a softmax over the first twenty candidates of a question (listwise, as `ListNet`: Cao and others 2007);
//! - the confidence by a logistic regression on «the first passage is the right one», with questions that have no answer
//!   in the sources among them; cross terms and squares are there because without them one error in four more was made.
//!
//! # What each signal is worth
//! Questions with the right passage first, in hundredths, with one signal left out and the other weights as they are
//! (Arabic `XQuAD`, ARCD, English `XQuAD`, English over Arabic, Arabic over English):
//!
//! | left out | ar | arcd | en | en→ar | ar→en |
//! |---|---|---|---|---|---|
//! | none | 92.8 | 76.9 | 94.0 | 88.1 | 74.2 |
//! | `first_look` | 90.8 | 74.3 | 93.0 | 86.4 | 69.8 |
//! | `heading` | 92.8 | 76.0 | 94.0 | 88.2 | 74.2 |
//! | `opening` | 93.0 | 76.0 | 94.1 | 87.6 | 74.0 |
//! | `sentence` | 92.6 | 77.8 | 93.8 | 87.9 | 73.7 |
//! | `density` | 93.0 | 76.8 | 93.5 | 87.9 | 74.5 |
//! | `coverage` | 93.0 | 77.1 | 93.6 | 88.1 | 74.3 |
//! | `rarest` | 92.8 | 77.1 | 93.6 | 88.2 | 74.2 |
//! | `window` | 92.8 | 77.3 | 93.8 | 88.1 | 74.0 |
//! | `saturation` | 92.8 | 76.6 | 94.1 | 88.6 | 74.2 |
//! | `kind` | 92.8 | 76.9 | 93.8 | 88.2 | 74.0 |
//! | `exact` | 93.1 | 76.9 | 94.0 | 88.1 | 74.2 |
//! | `exact_sentence` | 93.3 | 77.1 | 93.8 | 88.1 | 74.2 |
//! | `together`, `definition`, `footnote` | 92.8 | 76.9 | 94.0 | 88.1 | 74.2 |
//! | all but `first_look` | 92.5 | 75.8 | 93.6 | 85.6 | 72.4 |
//!
//! No signal but the first look carries much alone; they stand in for each other. What the first look has in it already
//! (every match counted once more over the whole passage) is most of what can be had from words. Measured and not built:
//! the likeness of character 3- or 4-grams as a sixteenth signal brings 0.7 on `XQuAD` and 1.0 on ARCD, at twice the time of
//! a question.
//!
//! # Failures, read one by one
//! Of 32 questions drawn from those with another passage first: in 12 a paragraph of the same article has more of the
//! question's words, and only the relation between them (who, to whom, which of two) tells the right one; 11 share hardly a
//! word with their passage (`strip ball` as «الكرة المجردة», «دين» for «الكاثوليكية», a hurricane scale asked for as a
//! measure), which more alternatives would mend for about four; 4 lean on an article that they do not name («من رسمها؟»); 3
//! ask for a name or an acronym that Arabic spells out letter by letter (`NTL` is «إن تي إل»), which a table of letter names
//! would mend; 2 have an equal text elsewhere in the sources.

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
