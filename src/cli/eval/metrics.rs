//! What is measured of the answers: pure arithmetic over what came of each question.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

/// What came of one question.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// The language it is counted under.
    pub(super) language: String,
    /// The kind it is counted under, if it has one.
    pub(super) kind: Option<String>,
    /// The file it stands in.
    pub(super) file: String,
    /// Whether the sources hold an answer.
    pub(super) is_answerable: bool,
    /// At which rank the right passage stands, from 1.
    pub(super) rank: Option<usize>,
    /// Whether the first passage holds one of the answers; none where the question lists no answers.
    pub(super) answer_in_first: Option<bool>,
    /// Whether the marked sentence of the first passage holds one; none where the question lists no answers.
    pub(super) answer_in_sentence: Option<bool>,
    /// The marked bytes of the first passage over all its bytes.
    pub(super) sentence_share: Option<f64>,
    /// Whether the first passage cites what it should; none where the question does not list that.
    pub(super) citations_right: Option<bool>,
    /// Whether the first passage was given as the answer.
    pub(super) is_answered: bool,
    /// The confidence of the first passage; 0 without one.
    pub(super) confidence: f64,
    /// How long it took.
    pub(super) latency: Duration,
}

/// The report of an evaluation.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// Over all questions.
    pub(super) all: Group,
    /// By language.
    pub(super) by_language: BTreeMap<String, Group>,
    /// By kind, of the questions that have one.
    pub(super) by_kind: BTreeMap<String, Group>,
    /// By file.
    pub(super) by_file: BTreeMap<String, Group>,
    /// How long reading and indexing the sources took.
    pub(super) build_ms: u64,
}

/// What is measured of a group of questions. A rate is none where there is nothing to divide by.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Group {
    pub(super) questions: usize,
    pub(super) answerable: usize,
    pub(super) recall_at_1: Option<f64>,
    pub(super) recall_at_5: Option<f64>,
    pub(super) mrr_at_10: Option<f64>,
    pub(super) answer_at_1: Option<f64>,
    pub(super) sentence_hit: Option<f64>,
    pub(super) sentence_share: Option<f64>,
    pub(super) citations_right: Option<f64>,
    pub(super) false_answer_rate: Option<f64>,
    pub(super) false_none_rate: Option<f64>,
    pub(super) auroc: Option<f64>,
    pub(super) latency_us: Latency,
}

/// Percentiles of the time that a question took, in microseconds.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Latency {
    pub(super) p50: Option<u64>,
    pub(super) p99: Option<u64>,
}

impl Report {
    /// The report over questions.
    pub(super) fn new(asked: &[Asked], build: Duration) -> Self {
        Self {
            all: Group::new(&asked.iter().collect::<Vec<_>>()),
            by_language: grouped(asked, |question| Some(question.language.clone())),
            by_kind: grouped(asked, |question| question.kind.clone()),
            by_file: grouped(asked, |question| Some(question.file.clone())),
            build_ms: u64::try_from(build.as_millis()).expect("a build takes less than ages"),
        }
    }
}

fn grouped(asked: &[Asked], key: impl Fn(&Asked) -> Option<String>) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Vec<&Asked>> = BTreeMap::new();
    for question in asked {
        if let Some(key) = key(question) {
            groups.entry(key).or_default().push(question);
        }
    }
    groups
        .into_iter()
        .map(|(key, asked)| (key, Group::new(&asked)))
        .collect()
}

impl Group {
    fn new(asked: &[&Asked]) -> Self {
        let (answerable, unanswerable): (Vec<&Asked>, Vec<&Asked>) =
            asked.iter().partition(|question| question.is_answerable);
        let right: Vec<&Asked> = answerable
            .iter()
            .copied()
            .filter(|question| question.rank == Some(1))
            .collect();
        let within =
            |depth| move |question: &&Asked| share(question.rank.is_some_and(|rank| rank <= depth));
        Self {
            questions: asked.len(),
            answerable: answerable.len(),
            recall_at_1: mean(answerable.iter().map(within(1))),
            recall_at_5: mean(answerable.iter().map(within(5))),
            mrr_at_10: mean(answerable.iter().map(|question| {
                question
                    .rank
                    .filter(|rank| *rank <= 10)
                    .map_or(0.0, reciprocal)
            })),
            answer_at_1: mean(
                answerable
                    .iter()
                    .filter_map(|question| question.answer_in_first.map(share)),
            ),
            sentence_hit: mean(
                right
                    .iter()
                    .filter_map(|question| question.answer_in_sentence.map(share)),
            ),
            sentence_share: mean(right.iter().filter_map(|question| question.sentence_share)),
            citations_right: mean(
                right
                    .iter()
                    .filter_map(|question| question.citations_right.map(share)),
            ),
            false_answer_rate: mean(
                unanswerable
                    .iter()
                    .map(|question| share(question.is_answered)),
            ),
            false_none_rate: mean(
                answerable
                    .iter()
                    .map(|question| share(!question.is_answered)),
            ),
            auroc: auroc(&confidences(&answerable), &confidences(&unanswerable)),
            latency_us: Latency {
                p50: percentile(asked, 50),
                p99: percentile(asked, 99),
            },
        }
    }
}

fn share(yes: bool) -> f64 {
    if yes { 1.0 } else { 0.0 }
}

fn reciprocal(rank: usize) -> f64 {
    1.0 / f64::from(u32::try_from(rank).expect("a rank is at most 50"))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

fn confidences(asked: &[&Asked]) -> Vec<f64> {
    asked.iter().map(|question| question.confidence).collect()
}

/// The probability that one drawn from `positive` is above one drawn from `negative`; a tie counts half.
fn auroc(positive: &[f64], negative: &[f64]) -> Option<f64> {
    let mut negative = negative.to_vec();
    negative.sort_by(f64::total_cmp);
    let count = u32::try_from(negative.len()).expect("questions are countable");
    if count == 0 {
        return None;
    }
    mean(positive.iter().map(|confidence| {
        let below = negative.partition_point(|other| other < confidence);
        let up_to = negative.partition_point(|other| other <= confidence);
        let doubled = u32::try_from(below + up_to).expect("questions are countable");
        f64::from(doubled) / 2.0 / f64::from(count)
    }))
}

/// The smallest time that so many of a hundred questions do not exceed, in microseconds.
fn percentile(asked: &[&Asked], of_hundred: usize) -> Option<u64> {
    let mut times: Vec<Duration> = asked.iter().map(|question| question.latency).collect();
    times.sort_unstable();
    let time = times.get((times.len() * of_hundred).div_ceil(100).saturating_sub(1))?;
    Some(u64::try_from(time.as_micros()).expect("an answer takes less than ages"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(rank: usize) -> Asked {
        Asked {
            is_answerable: true,
            rank: Some(rank),
            is_answered: true,
            confidence: 0.9,
            ..Asked::default()
        }
    }

    fn group(asked: &[Asked]) -> Group {
        Group::new(&asked.iter().collect::<Vec<_>>())
    }

    #[track_caller]
    fn near(found: Option<f64>, expected: f64) {
        assert!(
            found.is_some_and(|found| (found - expected).abs() < 1e-9),
            "{found:?} is not {expected}"
        );
    }

    #[test]
    fn ranks() {
        let asked = [
            right(1),
            right(2),
            right(6),
            right(11),
            Asked {
                is_answerable: true,
                ..Asked::default()
            },
        ];
        let group = group(&asked);
        assert_eq!((group.questions, group.answerable), (5, 5));
        near(group.recall_at_1, 0.2);
        near(group.recall_at_5, 0.4);
        near(group.mrr_at_10, (1.0 + 0.5 + 1.0 / 6.0) / 5.0);
        near(group.false_none_rate, 0.2);
    }

    #[test]
    fn nothing_to_divide_by_is_none() {
        let group = group(&[]);
        assert_eq!(group.recall_at_1, None);
        assert_eq!(group.auroc, None);
        assert_eq!(
            group.latency_us,
            Latency {
                p50: None,
                p99: None
            }
        );
    }

    #[test]
    fn the_answer_counts_over_all_and_the_sentence_over_the_right_first() {
        let asked = [
            Asked {
                answer_in_first: Some(true),
                answer_in_sentence: Some(true),
                sentence_share: Some(0.25),
                ..right(1)
            },
            Asked {
                answer_in_first: Some(true),
                answer_in_sentence: Some(false),
                sentence_share: Some(0.75),
                ..right(1)
            },
            Asked {
                answer_in_first: Some(false),
                answer_in_sentence: Some(false),
                sentence_share: Some(1.0),
                ..right(2)
            },
            right(1),
        ];
        let group = group(&asked);
        near(group.answer_at_1, 2.0 / 3.0);
        near(group.sentence_hit, 0.5);
        near(group.sentence_share, 0.5);
    }

    #[test]
    fn citations_count_where_they_are_listed_and_the_passage_is_right() {
        let asked = [
            Asked {
                citations_right: Some(true),
                ..right(1)
            },
            Asked {
                citations_right: Some(false),
                ..right(1)
            },
            Asked {
                citations_right: Some(false),
                ..right(3)
            },
            right(1),
        ];
        near(group(&asked).citations_right, 0.5);
    }

    #[test]
    fn false_answers_are_of_the_unanswerable() {
        let unanswerable = |is_answered, confidence| Asked {
            is_answered,
            confidence,
            ..Asked::default()
        };
        let asked = [
            right(1),
            unanswerable(true, 0.95),
            unanswerable(false, 0.1),
            unanswerable(false, 0.0),
        ];
        let group = group(&asked);
        near(group.false_answer_rate, 1.0 / 3.0);
        near(group.false_none_rate, 0.0);
        near(group.auroc, 2.0 / 3.0);
    }

    #[test]
    fn the_area_under_the_curve() {
        #[track_caller]
        fn case(positive: &[f64], negative: &[f64], expected: f64) {
            near(auroc(positive, negative), expected);
        }
        case(&[0.9, 0.8], &[0.1, 0.2], 1.0);
        case(&[0.1], &[0.9], 0.0);
        case(&[0.5], &[0.5], 0.5);
        case(&[0.5, 0.7], &[0.5, 0.9, 0.1], (1.5 + 2.0) / 6.0);
        assert_eq!(auroc(&[0.5], &[]), None);
        assert_eq!(auroc(&[], &[0.5]), None);
    }

    #[test]
    fn percentiles_are_times_that_occurred() {
        let asked: Vec<Asked> = (1..=200)
            .map(|us| Asked {
                latency: Duration::from_micros(us),
                ..Asked::default()
            })
            .collect();
        assert_eq!(
            group(&asked).latency_us,
            Latency {
                p50: Some(100),
                p99: Some(198)
            }
        );
        assert_eq!(
            group(&asked[..1]).latency_us,
            Latency {
                p50: Some(1),
                p99: Some(1)
            }
        );
    }

    #[test]
    fn groups_by_language_kind_and_file() {
        let question = |language: &str, kind: Option<&str>, file: &str| Asked {
            language: language.to_owned(),
            kind: kind.map(str::to_owned),
            file: file.to_owned(),
            ..right(1)
        };
        let asked = [
            question("ar", Some("footnote"), "a"),
            question("en", None, "a"),
            question("en", None, "b"),
        ];
        let report = Report::new(&asked, Duration::from_millis(7));
        assert_eq!(report.by_language["en"].questions, 2);
        assert_eq!(report.by_kind.keys().collect::<Vec<_>>(), ["footnote"]);
        assert_eq!(report.by_file["a"].questions, 2);
        assert_eq!(report.build_ms, 7);
    }
}
