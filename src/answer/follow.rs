//! Follow-ups: a question that leans on what was shown before it («متى كان ذلك؟», «and who signed it?») takes its missing
//! subject from the passage that it follows.
//!
//! [`leaning`](super::leaning()) tells from the question alone whether it leans. Where it does, words of the followed
//! passage are added to those of the question, at less weight, and that passage and its neighbors are favoured. A question
//! that stands on its own never comes here, so what was shown before changes nothing of it.
//!
//! A newcomer's trap: words taken from a passage stand in that passage, so by themselves they make it look like a sure
//! answer to anything. The confidence of a follow-up therefore depends on what the question brought itself: its own words,
//! and the kind of answer that it wants.

use std::sync::Arc;

use super::choice::{self, Choice};
use super::leaning::is_kind_word;
use super::question::{Question, Wanted};
use super::signals::{Measure, Meetings, Signals};
use super::understanding::{self, Asked, Understanding};
use super::{Cited, Judged};
use crate::index::analysis::Look;
use crate::index::{Candidate, Error, Snapshot};
use crate::language::Span;
use crate::language::layers::Lexicon;
use crate::language::token::tokens;

/// How many words are taken from the followed sentence, and from its title and headings.
const OF_SENTENCE: usize = 5;
const OF_HEADING: usize = 3;
/// How much of a sentence or heading is read for them, in characters.
const READ: usize = 1_000;
/// What all taken words together count beside all of the question's own: else a passage that merely has them would go
/// before one that answers.
const TAKEN: f32 = 0.6;
/// What the followed passage gains in the ranking, and a neighbor of it in the same section, as far as they meet the
/// question's own words.
const FOLLOWED: f32 = 0.5;
const NEIGHBOR: f32 = 0.2;
/// How far away a neighbor may be, in paragraphs.
const NEAR: u32 = 2;
/// What is left of the confidence where none of the question's own words is met.
const UNMET: f32 = 0.4;
/// What is left of it where the wanted kind of answer is not found, beside own words that are met and without any.
const OTHER_KIND: f32 = 0.8;
const NOTHING_ASKED: f32 = 0.45;

/// A passage that a question may follow.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The passage.
    pub cited: Arc<Cited>,
    /// The sentence of it that was marked.
    pub sentence: Span,
    /// The number by which the index knows its version's edition.
    pub edition: u64,
}

/// A question together with what it takes from the passage that it follows.
pub(super) struct Lean<'a> {
    followed: &'a Followed,
    /// The question by itself.
    own: Understanding,
}

impl<'a> Lean<'a> {
    /// Adds to an understanding what its question takes from the passage that it follows; none where it follows none.
    pub(super) fn on(
        question: &'a Question,
        understanding: &mut Understanding,
        snapshot: &Snapshot,
        lexicon: &Lexicon,
    ) -> Result<Option<Self>, Error> {
        let Some(followed) = question.followed() else {
            return Ok(None);
        };
        let mut words = std::mem::take(understanding);
        // «In which year» says what is wanted, and that is looked for in another way.
        words.words.retain(|word| {
            let tokens = tokens(&word.text);
            !tokens.iter().all(is_kind_word)
        });
        let mut own = Understanding::default();
        own.take(words, 1.0);
        understanding.clone_from(&own);
        let cited = &followed.cited;
        let sentence = cited.passage.text.get(followed.sentence.clone());
        let headings = cited.passage.section.iter().rev();
        let headings = headings.chain([&cited.attribution.title]);
        let headings: Vec<&str> = headings.map(String::as_str).collect();
        let mut taken = Understanding::default();
        for (text, most) in [
            (sentence.unwrap_or_default(), OF_SENTENCE),
            (headings.join(". ").as_str(), OF_HEADING),
        ] {
            let read: String = text.chars().take(READ).collect();
            let words = understanding::understand(&Question::new(&read, READ), snapshot, lexicon)?;
            taken.take(subject(question.wanted(), words, most), 1.0);
        }
        let all = |of: &Understanding| of.words.iter().map(Asked::importance).sum::<f32>();
        let (own_weight, taken_weight) = (all(&own), all(&taken));
        let weight = if own_weight > 0.0 && taken_weight > 0.0 {
            TAKEN * own_weight / taken_weight
        } else {
            1.0
        };
        understanding.take(taken, weight);
        Ok(Some(Self { followed, own }))
    }

    /// Raises the followed passage and its neighbors.
    pub(super) fn favour(&self, question: &Question, judged: &mut [Judged]) {
        for judged in judged {
            let favour = self.favour_of(&judged.candidate);
            if favour > 0.0 {
                judged.score += favour * self.met(question, &judged.candidate);
            }
        }
    }

    /// How much of the question's own words a passage meets; all where there are none.
    fn met(&self, question: &Question, candidate: &Candidate) -> f32 {
        if self.own.words.is_empty() {
            return 1.0;
        }
        let meetings = Meetings::find(&self.own, &candidate.analysis);
        let own = Measure::new(question, &self.own).of(candidate, &meetings, 0.0, 0.0);
        own.coverage
    }

    fn favour_of(&self, candidate: &Candidate) -> f32 {
        let (one, other) = (&self.followed.cited.passage, &candidate.passage);
        // A former version's passage may still stand in the current one.
        if one.text == other.text && one.place.kind == other.place.kind {
            return FOLLOWED;
        }
        let is_neighbor = candidate.edition == self.followed.edition
            && one.place.kind == other.place.kind
            && one.section == other.section
            && one.place.ordinal.abs_diff(other.place.ordinal) <= NEAR;
        if is_neighbor { NEIGHBOR } else { 0.0 }
    }

    /// Leaves highlighted what the question's own words met, and takes for an answer what they do not name: the others were
    /// not asked.
    pub(super) fn narrow(&self, choice: &mut Choice, question: &Question, candidate: &Candidate) {
        let meetings = Meetings::find(&self.own, &candidate.analysis);
        let own = choice::choose(question, &self.own, candidate, &meetings);
        choice.short = choice::short_in(question, &self.own, candidate, &choice.sentence);
        choice.highlights = own.highlights;
        choice.matched = own.matched;
    }

    /// What is left of the confidence that all words together give.
    pub(super) fn sureness(
        &self,
        question: &Question,
        candidate: &Candidate,
        signals: &Signals,
    ) -> f32 {
        let wanted = question.wanted();
        let wants_anything = matches!(
            wanted,
            Wanted::Cause | Wanted::Definition | Wanted::Anything
        );
        let found_kind = signals.kind > 0.0;
        if self.own.words.is_empty() {
            return if found_kind { 1.0 } else { NOTHING_ASKED };
        }
        let met = UNMET + (1.0 - UNMET) * self.met(question, candidate);
        if found_kind || wants_anything {
            met
        } else {
            met * OTHER_KIND
        }
    }
}

/// The words that tell most of what a text is about, in its order; not those that may be what is asked for.
fn subject(wanted: Wanted, mut text: Understanding, most: usize) -> Understanding {
    let may_answer = |word: &str| {
        tokens(word).iter().any(|token| {
            let look = Look::of(token);
            match wanted {
                Wanted::Date => look.is_year() || look.is_month() || look.is_number(),
                Wanted::Number | Wanted::Share => look.is_number() || look.is_number_word(),
                Wanted::Person => look.may_be_person(),
                Wanted::Place => look.may_be_place(),
                Wanted::Cause | Wanted::Definition | Wanted::Anything => false,
            }
        })
    };
    text.words
        .retain(|word| !word.is_unknown && !may_answer(&word.text));
    let place = |word: &Asked| word.span.start;
    text.words
        .sort_by(|a, b| b.importance().total_cmp(&a.importance()));
    text.words.truncate(most);
    text.words.sort_by_key(place);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Alternative, Group};

    /// Words of a text, with how much each counts.
    fn text(words: &[(&str, f32)]) -> Understanding {
        let mut text = Understanding::default();
        let places = (0..).step_by(10);
        let asked = places.zip(words).map(|(start, (word, weight))| Asked {
            text: (*word).to_owned(),
            span: start..start + word.len(),
            group: Group {
                alternatives: vec![Alternative {
                    term: (*word).to_owned(),
                    weight: 1.0,
                }],
                weight: *weight,
                rarity: 1.0,
            },
            origins: Vec::new(),
            absent: Vec::new(),
            phrases: Vec::new(),
            exact: None,
            is_name: false,
            is_unknown: false,
            is_absent: false,
        });
        text.words.extend(asked);
        text
    }

    #[track_caller]
    fn case(wanted: Wanted, words: &[(&str, f32)], most: usize, expected: &[&str]) {
        let taken = subject(wanted, text(words), most);
        let taken: Vec<&str> = taken.words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(taken, expected);
    }

    #[test]
    fn the_words_that_count_most_are_taken_in_their_order() {
        let words = [
            ("tower", 1.0),
            ("stone", 1.0),
            ("river", 1.0),
            ("harbor", 5.0),
        ];
        case(Wanted::Anything, &words, 2, &["tower", "harbor"]);
        case(
            Wanted::Anything,
            &words,
            9,
            &["tower", "stone", "river", "harbor"],
        );
        case(Wanted::Anything, &words, 0, &[]);
        let dated = [("1948", 9.0), ("tower", 1.0), ("may", 9.0)];
        case(Wanted::Date, &dated, 2, &["tower"]);
        case(Wanted::Person, &dated, 2, &["1948", "may"]);
    }
}
