//! The second look: what is true of a candidate's text, beside what its terms scored.

use super::question::{Question, Wanted};
use super::understanding::Understanding;
use crate::index::Candidate;
use crate::index::analysis::{Analysis, Word};
use crate::source::Kind;

/// What was measured of a candidate. Everything lies between 0 and 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signals {
    /// The score of the first look, beside the best candidate's.
    pub first_look: f32,
    /// How much of the question's weight stands in the passage.
    pub coverage: f32,
    /// How much of it stands in its best sentence.
    pub sentence: f32,
    /// How much of it stands in its best window of two sentences.
    pub window: f32,
    /// How much of the weight of neighboring question words stands together in the passage.
    pub together: f32,
    /// How much of the question's weight stands in title and headings.
    pub heading: f32,
    /// Whether the best sentence holds the kind of answer that is wanted.
    pub kind: f32,
    /// Whether the passage begins with what is to be defined.
    pub definition: f32,
    /// How close together the best sentence's matches stand.
    pub density: f32,
    /// Whether it is a footnote.
    pub footnote: f32,
    /// How much of the question's weight stands in the first words of the passage.
    pub opening: f32,
    /// How much of the question's weight stands in the passage letter for letter.
    pub exact: f32,
    /// How much of the weight of its rarest word stands in the passage.
    pub rarest: f32,
    /// How much of the question's weight stands in its best sentence letter for letter.
    pub exact_sentence: f32,
    /// The score of the first look beside what the question's words could score at most.
    pub saturation: f32,
}

impl Signals {
    /// What the signals are called in data, in the order of their weights.
    pub const NAMES: [&str; 15] = [
        "first_look",
        "coverage",
        "sentence",
        "window",
        "together",
        "heading",
        "kind",
        "definition",
        "density",
        "footnote",
        "opening",
        "exact",
        "rarest",
        "exact_sentence",
        "saturation",
    ];

    /// The signals in the order of their weights.
    pub fn values(&self) -> [f32; 15] {
        [
            self.first_look,
            self.coverage,
            self.sentence,
            self.window,
            self.together,
            self.heading,
            self.kind,
            self.definition,
            self.density,
            self.footnote,
            self.opening,
            self.exact,
            self.rarest,
            self.exact_sentence,
            self.saturation,
        ]
    }
}

/// Where the words of a question stand in a passage.
pub(super) struct Meetings {
    /// For every word of the passage: the question's word that it meets best, and how well.
    pub(super) by_word: Vec<Option<(usize, f32)>>,
}

impl Meetings {
    /// Lets the words of a passage meet those of a question.
    pub(super) fn find(understanding: &Understanding, analysis: &Analysis) -> Self {
        let mut by_word: Vec<Option<(usize, f32)>> = analysis
            .words
            .iter()
            .map(|word| {
                let mut best: Option<(usize, f32)> = None;
                for (hash, weight) in &word.terms {
                    for (asked, alternative) in understanding.met_by(*hash) {
                        let likeness = alternative * f32::from(*weight) / 100.0;
                        if best.is_none_or(|(_, so_far)| likeness > so_far) {
                            best = Some((asked, likeness));
                        }
                    }
                }
                best
            })
            .collect();
        phrases(understanding, analysis, &mut by_word);
        Self { by_word }
    }

    /// How well each word of the question is met by the words in a range of the passage.
    pub(super) fn best_in<'a>(
        &self,
        n_asked: usize,
        words: impl Iterator<Item = (usize, &'a Word)>,
    ) -> Vec<f32> {
        let mut best = vec![0.0_f32; n_asked];
        for (nth, _) in words {
            if let Some((asked, likeness)) = self.by_word[nth] {
                best[asked] = best[asked].max(likeness);
            }
        }
        best
    }
}

impl Meetings {
    /// How well each word of the question is met in each sentence of the passage.
    pub(super) fn by_sentence(&self, n_asked: usize, analysis: &Analysis) -> Vec<Vec<f32>> {
        let mut best = vec![vec![0.0_f32; n_asked]; analysis.sentences.len().max(1)];
        for (met, word) in self.by_word.iter().zip(&analysis.words) {
            if let Some((asked, likeness)) = *met
                && let Some(sentence) = best.get_mut(usize::from(word.sentence))
            {
                sentence[asked] = sentence[asked].max(likeness);
            }
        }
        best
    }
}

/// An alternative of several words that stands whole counts whole.
fn phrases(
    understanding: &Understanding,
    analysis: &Analysis,
    by_word: &mut [Option<(usize, f32)>],
) {
    for (asked, word) in understanding.words.iter().enumerate() {
        for (stems, weight) in &word.phrases {
            let begins = |word: &Word| {
                word.terms
                    .iter()
                    .any(|(hash, _)| stems.first() == Some(hash))
            };
            for start in (0..analysis.words.len()).filter(|at| begins(&analysis.words[*at])) {
                // Stop words may stand between: رئيس للوزراء, مجلس من الأمن.
                let mut at = start;
                let mut met = Vec::new();
                for stem in stems {
                    while analysis.words.get(at).is_some_and(|w| w.look.is_stop())
                        && !met.is_empty()
                    {
                        at += 1;
                    }
                    if !analysis
                        .words
                        .get(at)
                        .is_some_and(|w| w.terms.iter().any(|(hash, _)| hash == stem))
                    {
                        break;
                    }
                    met.push(at);
                    at += 1;
                }
                if met.len() == stems.len() {
                    for nth in met {
                        by_word[nth] = Some((asked, *weight));
                    }
                }
            }
        }
    }
}

/// Measures a candidate; `first_look` is its score beside the best one's.
pub fn measure(
    question: &Question,
    understanding: &Understanding,
    candidate: &Candidate,
    first_look: f32,
    score: f32,
) -> Signals {
    let analysis = &candidate.analysis;
    let meetings = Meetings::find(understanding, analysis);
    let n = understanding.words.len();
    let importance: Vec<f32> = understanding
        .words
        .iter()
        .map(super::understanding::Asked::importance)
        .collect();
    let all: f32 = importance.iter().sum::<f32>().max(f32::EPSILON);
    let share = |met: &[f32]| {
        met.iter()
            .zip(&importance)
            .map(|(met, importance)| met * importance)
            .sum::<f32>()
            / all
    };

    let whole = meetings.best_in(n, analysis.words.iter().enumerate());
    let by_sentence = meetings.by_sentence(n, analysis);
    let (best, sentence) =
        by_sentence
            .iter()
            .map(|met| share(met))
            .enumerate()
            .fold(
                (0, 0.0),
                |best, here| if here.1 > best.1 { here } else { best },
            );
    let window = by_sentence
        .windows(2)
        .map(|pair| {
            share(
                &pair[0]
                    .iter()
                    .zip(&pair[1])
                    .map(|(a, b)| a.max(*b))
                    .collect::<Vec<_>>(),
            )
        })
        .fold(sentence, f32::max);
    let in_heading: Vec<f32> = understanding
        .words
        .iter()
        .map(|word| {
            analysis
                .headings
                .iter()
                .map(|hash| word.weight_of(*hash))
                .fold(0.0, f32::max)
        })
        .collect();
    let rarest = (0..n).max_by(|a, b| importance[*a].total_cmp(&importance[*b]));
    Signals {
        opening: definition(&meetings, analysis, &importance),
        exact: share(&exactly(understanding, analysis, None)),
        exact_sentence: share(&exactly(understanding, analysis, Some(best))),
        rarest: rarest.map_or(0.0, |nth| whole[nth]),
        first_look,
        saturation: (score / (2.2 * all)).min(1.0),
        coverage: share(&whole),
        sentence,
        window,
        together: together(&meetings, analysis, &importance),
        heading: share(&in_heading),
        kind: if holds_kind(question.wanted(), analysis, &meetings, best) {
            1.0
        } else {
            0.0
        },
        definition: if question.wanted() == Wanted::Definition {
            definition(&meetings, analysis, &importance)
        } else {
            0.0
        },
        density: density(&meetings, analysis, best),
        footnote: if candidate.passage.place.kind == Kind::Footnote {
            1.0
        } else {
            0.0
        },
    }
}

/// Which words of the question stand letter for letter in the passage, or in one of its sentences: 1, else 0.
fn exactly(
    understanding: &Understanding,
    analysis: &Analysis,
    sentence: Option<usize>,
) -> Vec<f32> {
    let stands = |hash: u32| {
        analysis.words.iter().any(|word| {
            word.terms.first().is_some_and(|(term, _)| *term == hash)
                && sentence.is_none_or(|nth| usize::from(word.sentence) == nth)
        })
    };
    let words = understanding.words.iter();
    words
        .map(|word| f32::from(u8::from(word.exact.is_some_and(stands))))
        .collect()
}

/// How much of the weight of neighboring question words stands within three words of each other, in either order.
fn together(meetings: &Meetings, analysis: &Analysis, importance: &[f32]) -> f32 {
    let pairs: Vec<f32> = importance
        .windows(2)
        .map(|pair| pair[0].min(pair[1]))
        .collect();
    let all: f32 = pairs.iter().sum();
    if all <= 0.0 {
        return 0.0;
    }
    let mut found = vec![0.0_f32; pairs.len()];
    for (nth, met) in meetings.by_word.iter().enumerate() {
        let Some((first, likeness)) = *met else {
            continue;
        };
        // Stop words do not stand between: only words with content are counted.
        let mut content = 0;
        for (after, other) in meetings.by_word.iter().enumerate().skip(nth + 1) {
            if analysis.words[after].sentence != analysis.words[nth].sentence || content >= 3 {
                break;
            }
            if !analysis.words[after].look.is_stop() {
                content += 1;
            }
            if let Some((second, also)) = *other
                && first.abs_diff(second) == 1
            {
                let pair = first.min(second);
                #[allow(clippy::cast_precision_loss, reason = "at most three")]
                let nearness = 1.0 - 0.25 * (content as f32 - 1.0).max(0.0);
                let backwards = if second < first { 0.8 } else { 1.0 };
                found[pair] = found[pair].max(likeness.min(also) * nearness * backwards);
            }
        }
    }
    found
        .iter()
        .zip(&pairs)
        .map(|(found, pair)| found * pair)
        .sum::<f32>()
        / all
}

/// Whether a sentence holds the kind of answer that is wanted.
pub(super) fn holds_kind(
    wanted: Wanted,
    analysis: &Analysis,
    meetings: &Meetings,
    sentence: usize,
) -> bool {
    let mut words = analysis
        .words
        .iter()
        .filter(|word| usize::from(word.sentence) == sentence);
    match wanted {
        Wanted::Date => words.any(|word| word.look.is_year() || word.look.is_month()),
        Wanted::Number => words.any(|word| word.look.is_number() || word.look.is_number_word()),
        Wanted::Share => words.any(|word| word.look.is_number()),
        Wanted::Person | Wanted::Place => analysis.words.iter().enumerate().any(|(nth, word)| {
            usize::from(word.sentence) == sentence
                && meetings.by_word[nth].is_none()
                && if wanted == Wanted::Person {
                    word.look.may_be_person()
                } else {
                    word.look.may_be_place()
                }
        }),
        Wanted::Cause | Wanted::Definition | Wanted::Anything => false,
    }
}

/// How much of the question's weight stands in the first six words of the passage.
fn definition(meetings: &Meetings, analysis: &Analysis, importance: &[f32]) -> f32 {
    let met = meetings.best_in(importance.len(), analysis.words.iter().enumerate().take(6));
    let all: f32 = importance.iter().sum::<f32>().max(f32::EPSILON);
    met.iter()
        .zip(importance)
        .map(|(met, importance)| met * importance)
        .sum::<f32>()
        / all
}

/// How close together the matches of a sentence stand: their number over the words from the first to the last.
fn density(meetings: &Meetings, analysis: &Analysis, sentence: usize) -> f32 {
    let met: Vec<usize> = (0..analysis.words.len())
        .filter(|nth| {
            usize::from(analysis.words[*nth].sentence) == sentence
                && meetings.by_word[*nth].is_some()
        })
        .collect();
    match (met.first(), met.last()) {
        #[allow(clippy::cast_precision_loss, reason = "a sentence is short")]
        (Some(first), Some(last)) if met.len() > 1 => met.len() as f32 / (last - first + 1) as f32,
        _ => 0.0,
    }
}
