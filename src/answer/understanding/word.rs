//! One word of a question: what it may be by its script.

use super::gathering::{Gathering, weight_of, worth_of};
use super::{Asked, written};
use crate::answer::origin::Origin;
use crate::answer::{Correction, Question};
use crate::index::analysis::{self, term_hash};
use crate::index::{Alternative, Error};
use crate::language::lexicon::{Class, Entry};
use crate::language::token::{Caps, Script, Token};
use crate::language::{arabic, arabizi, english, fold, forms, value};

/// What a reading without an attached particle is worth.
const READING: f32 = 0.7;
/// What another form of the same word is worth (a broken plural, the masdar of a verb).
const FORM: f32 = 0.6;
/// What a word of the same entry and the same consonants (a broken plural, a masdar) is worth.
const FAMILY: f32 = 0.5;
/// What a synonym in the same language is worth: measured, more lets them drown the word itself.
const SYNONYM: f32 = 0.05;
/// How many synonyms a word has at most.
const SYNONYMS: usize = 24;
/// What a word of the index that is written alike is worth where nothing better is known; times its likeness.
const LIKE: f32 = 0.5;
/// What the stem of a word that sounds like a name is worth beside the word itself.
const STEM_OF_NAME: f32 = 0.7;
/// How like a word must sound to one that is not written as a name.
const CLEARLY: f32 = 0.3;
/// How much more a name counts than another word.
const NAME: f32 = 1.4;
/// What a word of the index one letter away from an unknown one is worth.
const REPAIRED: f32 = 0.8;

/// One word.
pub(super) fn word(
    token: &Token,
    is_first: bool,
    is_bare: bool,
    question: &Question,
    mut gathering: Gathering<'_>,
    corrections: &mut Vec<Correction>,
) -> Result<Asked, Error> {
    gathering.add(analysis::stem(token), 1.0, Origin::Stem)?;
    if let Some(digits) = value::digits(&token.fold) {
        gathering.add(digits, READING, Origin::Digits)?;
    }
    let (weight, is_name) = match token.script {
        Script::Arabic => (1.0, arabic_word(token, &mut gathering)?),
        Script::Latin if question.is_arabizi() => (1.0, arabizi_word(token, &mut gathering)?),
        Script::Latin => latin_word(token, is_first, is_bare, &mut gathering)?,
        Script::Number | Script::Other => (1.0, false),
    };
    let is_sure = |alternative: &Alternative| alternative.weight >= 0.5;
    if token.script == Script::Arabic && !gathering.alternatives.iter().any(is_sure) {
        for (like, dice) in gathering.snapshot.written_like(&token.fold) {
            gathering.add(arabic::stem(like), LIKE * dice, Origin::Likeness)?;
        }
    }
    if gathering.alternatives.is_empty() && token.script != Script::Number && !question.is_arabizi()
    {
        repair(token, question, &mut gathering, corrections)?;
    }
    let exact = Some(term_hash(&format!("{}{}", analysis::WORD, token.fold)));
    // An Arabic name that only looks like something in the index is not there.
    let is_there = token.script != Script::Arabic || gathering.alternatives.iter().any(is_sure);
    Ok(Asked {
        exact,
        is_absent: is_name && (gathering.alternatives.is_empty() || !is_there),
        ..gathering.finish(question, token.span.clone(), weight, is_name)
    })
}

/// The readings, relatives and English of an Arabic word; says whether the lexicon has it as a name and nothing else.
fn arabic_word(token: &Token, gathering: &mut Gathering<'_>) -> Result<bool, Error> {
    let stem = arabic::stem(&token.fold);
    for reading in arabic::readings(&token.fold, |_| true) {
        gathering.add(reading, READING, Origin::Reading)?;
    }
    for other in forms::family(&token.fold) {
        gathering.add(other.to_owned(), FORM, Origin::Forms)?;
    }
    if let Some(base) = forms::base_stem(&token.fold) {
        gathering.add(base, READING, Origin::Base)?;
    }
    let skeleton = arabic::skeleton(&stem);
    let lexicon = gathering.lexicon;
    let mut entries = lexicon.arabic_stems(&stem);
    if entries.is_empty() {
        for reading in arabic::readings(&token.fold, |stem| lexicon.knows_arabic(stem)) {
            entries.extend(lexicon.arabic_stems(&reading));
        }
    }
    let mut n_synonyms = 0;
    for entry in &entries {
        let worth = worth_of(*entry, &entries);
        for other in entry.stems().filter(|other| !other.contains(' ')) {
            if skeleton.chars().count() >= 2 && arabic::skeleton(other) == skeleton {
                gathering.add(other.to_owned(), FAMILY * worth, Origin::Family(entry.id()))?;
            } else if n_synonyms < SYNONYMS
                && gathering.add(
                    other.to_owned(),
                    SYNONYM * worth,
                    Origin::Synonym(entry.id()),
                )?
            {
                n_synonyms += 1;
            }
        }
        let lemma = entry.lemma();
        if !lemma.contains([' ', '-']) {
            let stem = english::stem(&fold::fold(lemma));
            gathering.add(stem, READING * worth, Origin::Translation(entry.id()))?;
        }
    }
    let is_name = |entry: &Entry| {
        matches!(
            entry.class(),
            Class::Person | Class::Place | Class::Organization
        )
    };
    Ok(!entries.is_empty() && entries.iter().all(is_name))
}

/// The words of the index that an Arabic word in Latin letters sounds like; it is never told to be a name.
fn arabizi_word(token: &Token, gathering: &mut Gathering<'_>) -> Result<bool, Error> {
    let bare = arabizi::without_article(&token.fold);
    for spelled in [Some(token.fold.as_str()), bare].into_iter().flatten() {
        for (word, likeness) in gathering.snapshot.sounding_like(spelled) {
            gathering.add(format!("{}{word}", analysis::WORD), likeness, Origin::Sound)?;
            gathering.add(arabic::stem(word), likeness * STEM_OF_NAME, Origin::Sound)?;
        }
    }
    if gathering.alternatives.is_empty() {
        // An English word in between.
        gathering.translate(&gathering.lexicon.english(&token.fold), 1.0)?;
    }
    Ok(false)
}

/// The translations of a Latin word and the names that sound like it; gives its weight, and whether it is a name.
fn latin_word(
    token: &Token,
    is_first: bool,
    is_bare: bool,
    gathering: &mut Gathering<'_>,
) -> Result<(f32, bool), Error> {
    let entries = gathering.lexicon.english(&token.fold);
    // A common word that happens to be a name too (May, Turkey) is what its capital says inside a sentence.
    let is_common = entries.iter().any(|entry| entry.is_common());
    let translated = gathering.translate(&entries, 1.0)?;
    let has_capital = token.caps != Caps::Lower && !(is_first && is_common);
    let is_uncommon = entries.iter().all(|entry| entry.zipf() < 3.0);
    let mut is_name = has_capital
        && token.caps == Caps::Title
        && entries
            .iter()
            .all(|entry| !matches!(entry.class(), Class::Month | Class::Acronym));
    if token.caps != Caps::Upper
        && ((has_capital && !(is_first && translated)) || (entries.is_empty() && is_uncommon))
    {
        let found = gathering.snapshot.sounding_like(&token.fold);
        is_name |= !found.is_empty() && entries.is_empty();
        let best = found.first().map_or(1.0, |(_, best)| *best);
        for (word, likeness) in found.into_iter().filter(|(_, likeness)| {
            *likeness >= best - 0.2 && (has_capital || *likeness >= CLEARLY)
        }) {
            // What sounds like it counts less where the lexicon already knows the word. The word itself counts more than
            // its stem: of names, a stem often says little (أدري and أدريان have one).
            let weight = likeness * if translated && !is_bare { 0.5 } else { 1.0 };
            gathering.add(format!("{}{word}", analysis::WORD), weight, Origin::Sound)?;
            gathering.add(arabic::stem(word), weight * STEM_OF_NAME, Origin::Sound)?;
        }
    }
    let weight = weight_of(&entries) * if is_name { NAME } else { 1.0 };
    Ok((weight, is_name))
}

/// Reads an unknown word as one that the index, or for English the lexicon, has one letter away.
fn repair(
    token: &Token,
    question: &Question,
    gathering: &mut Gathering<'_>,
    corrections: &mut Vec<Correction>,
) -> Result<(), Error> {
    if token.fold.chars().count() < 4 {
        return Ok(());
    }
    let text = written(question, &token.span);
    if token.script == Script::Latin
        && token.caps == Caps::Lower
        && gathering.lexicon.english(&token.fold).is_empty()
    {
        for (lemma, entries) in gathering.lexicon.english_like(&token.fold) {
            if gathering.translate(&entries, 1.0)?
                || gathering.add(english::stem(&lemma), REPAIRED, Origin::Repair)?
            {
                corrections.push(Correction {
                    asked: text.to_owned(),
                    read_as: lemma,
                });
                return Ok(());
            }
        }
    }
    if let Some(word) = gathering.snapshot.spelled_like(&token.fold) {
        let term = if token.script == Script::Arabic {
            arabic::stem(&word)
        } else {
            english::stem(&word)
        };
        if gathering.add(term, REPAIRED, Origin::Repair)? {
            corrections.push(Correction {
                asked: text.to_owned(),
                read_as: word,
            });
        }
    }
    Ok(())
}
