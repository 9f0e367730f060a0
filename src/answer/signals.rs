//! The second look: what is true of a candidate's text, beside what its terms scored.

use super::question::{Question, Wanted};
use super::understanding::{Asked, Understanding};
use crate::index::analysis::{Analysis, FULL};
use crate::index::{Candidate, IN_HEADING, IN_READING};
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
    /// How often the passage has each of the question's words: every match counted, as much as it is worth.
    pub(super) frequencies: Vec<f32>,
}

impl Meetings {
    /// Lets the words of a passage meet those of a question.
    pub(super) fn find(understanding: &Understanding, analysis: &Analysis) -> Self {
        let mut frequencies = vec![0.0_f32; understanding.words.len()];
        let mut by_word: Vec<Option<(usize, f32)>> = analysis
            .words
            .iter()
            .map(|word| {
                let mut best: Option<(usize, f32)> = None;
                for (hash, weight) in analysis.terms_of(word) {
                    for (asked, alternative) in understanding.met_by(*hash) {
                        let likeness = alternative * f32::from(*weight) / 100.0;
                        if best.is_none_or(|(_, so_far)| likeness > so_far) {
                            best = Some((asked, likeness));
                        }
                        let zone = if *weight == FULL { 1.0 } else { IN_READING };
                        frequencies[asked] += alternative * zone;
                    }
                }
                best
            })
            .collect();
        for hash in &analysis.headings {
            for (asked, alternative) in understanding.met_by(*hash) {
                frequencies[asked] += alternative * IN_HEADING;
            }
        }
        phrases(understanding, analysis, &mut by_word);
        Self {
            by_word,
            frequencies,
        }
    }

    /// How well each word of the question is met in each sentence of the passage: one row a sentence, one after the
    /// other, each as long as the question has words.
    pub(super) fn by_sentence(&self, n_asked: usize, analysis: &Analysis) -> Vec<f32> {
        let mut best = vec![0.0_f32; analysis.sentences.len().max(1) * n_asked];
        for (met, word) in self.by_word.iter().zip(&analysis.words) {
            if let Some((asked, likeness)) = *met
                && let Some(best) = best.get_mut(usize::from(word.sentence) * n_asked + asked)
            {
                *best = best.max(likeness);
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
    let is = |at: usize, stem: u32| {
        let mut terms = analysis.terms_of(&analysis.words[at]).iter();
        terms.any(|(hash, _)| *hash == stem)
    };
    for (asked, word) in understanding.words.iter().enumerate() {
        for (stems, weight) in &word.phrases {
            for start in 0..analysis.words.len() {
                // The stems of a phrase are alternatives too, so what met no word of the question begins none.
                if by_word[start].is_none() || !stems.first().is_some_and(|stem| is(start, *stem)) {
                    continue;
                }
                // Stop words may stand between: رئيس للوزراء, مجلس من الأمن.
                let mut at = start;
                let mut met = Vec::new();
                for stem in stems {
                    while analysis.words.get(at).is_some_and(|w| w.look.is_stop())
                        && !met.is_empty()
                    {
                        at += 1;
                    }
                    if at >= analysis.words.len() || !is(at, *stem) {
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

/// The question's side of the second look, worked out once for all its candidates.
pub struct Measure<'a> {
    question: &'a Question,
    understanding: &'a Understanding,
    /// How much each word counts.
    importance: Vec<f32>,
    /// The sum of that.
    all: f32,
    /// The words of the question letter for letter, as hashes.
    exact: Vec<Option<u32>>,
}

impl<'a> Measure<'a> {
    /// Prepares to measure the candidates of a question.
    pub fn new(question: &'a Question, understanding: &'a Understanding) -> Self {
        let words = &understanding.words;
        let importance: Vec<f32> = words.iter().map(Asked::importance).collect();
        Self {
            question,
            understanding,
            all: importance.iter().sum::<f32>().max(f32::EPSILON),
            importance,
            exact: words.iter().map(|word| word.exact).collect(),
        }
    }

    /// Measures a candidate that scored `score` in the first look, which is `first_look` beside the best one's.
    pub(super) fn of(
        &self,
        candidate: &Candidate,
        meetings: &Meetings,
        first_look: f32,
        score: f32,
    ) -> Signals {
        let analysis = &candidate.analysis;
        let n = self.importance.len();
        let mut whole = vec![0.0_f32; n];
        for (asked, likeness) in meetings.by_word.iter().flatten() {
            whole[*asked] = whole[*asked].max(*likeness);
        }
        let by_sentence = meetings.by_sentence(n, analysis);
        let sentences = || by_sentence.chunks(n.max(1));
        let (best, sentence) =
            sentences()
                .map(|met| self.share(met))
                .enumerate()
                .fold(
                    (0, 0.0),
                    |best, here| if here.1 > best.1 { here } else { best },
                );
        let window = sentences().zip(sentences().skip(1)).map(|(first, second)| {
            let both = first.iter().zip(second).map(|(a, b)| a.max(*b));
            self.share_of(both)
        });
        let mut in_heading = vec![0.0_f32; n];
        for hash in &analysis.headings {
            for (asked, weight) in self.understanding.met_by(*hash) {
                in_heading[asked] = in_heading[asked].max(weight);
            }
        }
        let (exact, exact_sentence) = self.exactly(analysis, best);
        let rarest = (0..n).max_by(|a, b| self.importance[*a].total_cmp(&self.importance[*b]));
        let wanted = self.question.wanted();
        let opening = self.opening(meetings);
        let flag = |is: bool| if is { 1.0 } else { 0.0 };
        Signals {
            opening,
            exact,
            exact_sentence,
            rarest: rarest.map_or(0.0, |nth| whole[nth]),
            first_look,
            saturation: (score / (2.2 * self.all)).min(1.0),
            coverage: self.share(&whole),
            sentence,
            window: window.fold(sentence, f32::max),
            together: together(meetings, analysis, &self.importance),
            heading: self.share(&in_heading),
            kind: flag(holds_kind(wanted, analysis, meetings, best)),
            definition: if wanted == Wanted::Definition {
                opening
            } else {
                0.0
            },
            density: density(meetings, analysis, best),
            footnote: flag(candidate.passage.place.kind == Kind::Footnote),
        }
    }

    /// The share of the question's weight that is met, given how well each of its words is.
    fn share(&self, met: &[f32]) -> f32 {
        self.share_of(met.iter().copied())
    }

    fn share_of(&self, met: impl Iterator<Item = f32>) -> f32 {
        let sum: f32 = met
            .zip(&self.importance)
            .map(|(met, importance)| met * importance)
            .sum();
        sum / self.all
    }

    /// How much of the question's weight stands letter for letter in the passage, and in one of its sentences.
    fn exactly(&self, analysis: &Analysis, sentence: usize) -> (f32, f32) {
        let n = self.exact.len();
        let (mut whole, mut in_sentence) = (vec![0.0_f32; n], vec![0.0_f32; n]);
        for word in &analysis.words {
            let Some((itself, _)) = analysis.terms_of(word).first() else {
                continue;
            };
            for (nth, _) in (0..)
                .zip(&self.exact)
                .filter(|(_, exact)| **exact == Some(*itself))
            {
                whole[nth] = 1.0;
                if usize::from(word.sentence) == sentence {
                    in_sentence[nth] = 1.0;
                }
            }
        }
        (self.share(&whole), self.share(&in_sentence))
    }

    /// How much of the question's weight stands in the first six words of the passage.
    fn opening(&self, meetings: &Meetings) -> f32 {
        let mut met = vec![0.0_f32; self.importance.len()];
        for (asked, likeness) in meetings.by_word.iter().take(6).flatten() {
            met[*asked] = met[*asked].max(*likeness);
        }
        self.share(&met)
    }
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
    let look = |nth: usize| analysis.words[nth].look;
    let is_unmet = |nth: usize| meetings.by_word[nth].is_none();
    let mut words = analysis.words_in(sentence);
    match wanted {
        Wanted::Date => words.any(|nth| look(nth).is_year() || look(nth).is_month()),
        Wanted::Number => words.any(|nth| look(nth).is_number() || look(nth).is_number_word()),
        Wanted::Share => words.any(|nth| look(nth).is_number()),
        Wanted::Person => words.any(|nth| is_unmet(nth) && look(nth).may_be_person()),
        Wanted::Place => words.any(|nth| is_unmet(nth) && look(nth).may_be_place()),
        Wanted::Cause | Wanted::Definition | Wanted::Anything => false,
    }
}

/// How close together the matches of a sentence stand: their number over the words from the first to the last.
fn density(meetings: &Meetings, analysis: &Analysis, sentence: usize) -> f32 {
    let words = analysis.words_in(sentence);
    let met: Vec<usize> = words
        .filter(|nth| meetings.by_word[*nth].is_some())
        .collect();
    match (met.first(), met.last()) {
        #[allow(clippy::cast_precision_loss, reason = "a sentence is short")]
        (Some(first), Some(last)) if met.len() > 1 => met.len() as f32 / (last - first + 1) as f32,
        _ => 0.0,
    }
}
