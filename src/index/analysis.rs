//! What the words of a passage are to the search: their terms, with the bytes of the text that they stand for.
//!
//! A word has one *stem* and may have further *readings*: what is left without an attached particle, the parts of a
//! glued word, the digits of a number word. Passages are analyzed once, when they are indexed; the analysis is stored
//! beside the text, so that ranking reads it instead of the text.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::language::token::{Caps, Script, Token, tokens};
use crate::language::{Span, arabic, english, forms, glue, lexicon, sentence, stop, value};

/// Raised whenever the same text would be analyzed otherwise than before; part of the fingerprint of every index.
pub const VERSION: u32 = 4;

/// What the weight of a reading is beside the stem's 1.
const READING: u8 = 70;
/// The weight of a part of a glued word whose other part is not known.
const DOUBTFUL: u8 = 35;

/// What a term begins with that is a folded word itself and not a stem.
pub const WORD: char = '=';

/// The weight of a stem, in hundredths.
pub const FULL: u8 = 100;

/// One way to read a word, as a term of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The term.
    pub term: String,
    /// How much a match with it counts, in hundredths.
    pub weight: u8,
}

/// What a word looks like, as ranking wants to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look(u16);

impl Look {
    const NUMBER: u16 = 1;
    const YEAR: u16 = 2;
    const MONTH: u16 = 4;
    const NUMBER_WORD: u16 = 8;
    const CAPITAL: u16 = 16;
    const STOP: u16 = 32;
    const LATIN: u16 = 64;
    const PERSON: u16 = 128;
    const PLACE: u16 = 256;
    const UNLISTED: u16 = 512;
    const ORDINAL: u16 = 1024;

    /// What a word looks like.
    pub fn of(token: &Token) -> Self {
        let mut look = match value::of(token) {
            Some(value::Value::Year(_)) => Self::NUMBER | Self::YEAR,
            Some(value::Value::Month(_)) => Self::MONTH,
            Some(value::Value::Number(_)) if token.script == Script::Number => Self::NUMBER,
            Some(value::Value::Number(_)) => Self::NUMBER_WORD,
            None => 0,
        };
        if token.caps != Caps::Lower {
            look |= Self::CAPITAL;
        }
        if token.script == Script::Latin {
            look |= Self::LATIN;
        }
        if is_stop(token) {
            look |= Self::STOP;
        }
        if value::is_ordinal(&token.fold) {
            look |= Self::ORDINAL;
        }
        Self(look)
    }

    /// What a word may name, by the lexicon.
    fn name(token: &Token) -> u16 {
        let entries = match token.script {
            Script::Arabic => lexicon::arabic(&token.fold),
            Script::Latin => lexicon::english(&token.fold),
            Script::Number | Script::Other => return 0,
        };
        let mut look = 0;
        for entry in &entries {
            look |= match entry.class() {
                lexicon::Class::Person => Self::PERSON,
                lexicon::Class::Place => Self::PLACE,
                _ => 0,
            };
        }
        let is_inflected = || {
            let known = arabic::readings(&token.fold, lexicon::knows_arabic);
            !known.is_empty() || !forms::family(&token.fold).is_empty()
        };
        if entries.is_empty() && !(token.script == Script::Arabic && is_inflected()) {
            look |= Self::UNLISTED;
        }
        look
    }

    /// Whether the lexicon has it as the name of a person, or not at all: a name most likely.
    pub fn may_be_person(self) -> bool {
        self.0 & (Self::PERSON | Self::UNLISTED) != 0
    }

    /// Whether the lexicon has it as the name of a person.
    pub fn is_person(self) -> bool {
        self.0 & Self::PERSON != 0
    }

    /// Whether the lexicon has it as the name of a place.
    pub fn is_place(self) -> bool {
        self.0 & Self::PLACE != 0
    }

    /// Whether the lexicon has it as the name of a place, or not at all.
    pub fn may_be_place(self) -> bool {
        self.0 & (Self::PLACE | Self::UNLISTED) != 0
    }

    /// Whether it is a number in digits.
    pub fn is_number(self) -> bool {
        self.0 & Self::NUMBER != 0
    }

    /// Whether it is a year in digits.
    pub fn is_year(self) -> bool {
        self.0 & Self::YEAR != 0
    }

    /// Whether it is the name of a month.
    pub fn is_month(self) -> bool {
        self.0 & Self::MONTH != 0
    }

    /// Whether it says how many: a number in digits, but for a year, or in letters, but for an ordinal.
    pub fn is_count(self) -> bool {
        self.0 & (Self::NUMBER | Self::NUMBER_WORD) != 0
            && self.0 & (Self::YEAR | Self::ORDINAL) == 0
    }

    /// Whether it is a number in letters.
    pub fn is_number_word(self) -> bool {
        self.0 & Self::NUMBER_WORD != 0
    }

    /// Whether it begins with a capital.
    pub fn is_capital(self) -> bool {
        self.0 & Self::CAPITAL != 0
    }

    /// Whether it carries no content.
    pub fn is_stop(self) -> bool {
        self.0 & Self::STOP != 0
    }

    /// Whether it is written in Latin letters.
    pub fn is_latin(self) -> bool {
        self.0 & Self::LATIN != 0
    }
}

/// One word of an analyzed passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text.
    pub span: Span,
    /// Which sentence it stands in, from 0.
    pub sentence: u16,
    /// What it looks like.
    pub look: Look,
    /// Which of the passage's terms are its own: first the folded word itself, then its stem and readings; none for a
    /// stop word.
    terms: Range<u32>,
}

/// An analyzed passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Its sentences.
    pub sentences: Vec<Span>,
    /// Its words.
    pub words: Vec<Word>,
    /// The terms of all its words, one word after the other, as [`term_hash`]es with their weights in hundredths: in one
    /// piece, since ranking goes through thousands of words a question.
    terms: Vec<(u32, u8)>,
    /// The terms of its title and headings.
    pub headings: Vec<u32>,
}

/// A term as the number by which analyses know it. FNV-1a: collisions only cost a chance match in the second look.
pub fn term_hash(term: &str) -> u32 {
    term.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Whether a word carries no content.
pub fn is_stop(token: &Token) -> bool {
    match token.script {
        Script::Arabic => stop::is_arabic(&token.fold),
        Script::Latin => token.caps != Caps::Upper && stop::is_english(&token.fold),
        Script::Number | Script::Other => false,
    }
}

/// The stem of a word, as a term.
pub fn stem(token: &Token) -> String {
    match token.script {
        Script::Arabic => arabic::stem(&token.fold),
        // Acronyms have no stem: `US` is not `us`.
        Script::Latin if token.caps == Caps::Upper => token.fold.clone(),
        Script::Latin => english::stem(&token.fold),
        Script::Number | Script::Other => token.fold.clone(),
    }
}

/// A word once read: what it may name, and its terms.
type Read = (Look, Rc<[Reading]>);

/// The words of one source: what its glued words are split against.
pub struct Vocabulary {
    words: HashMap<String, u32>,
    stems: HashMap<String, u32>,
    /// Words read before, by whether they are capitals only: the words of a source come again and again.
    read: RefCell<HashMap<(String, bool), Read>>,
}

impl Vocabulary {
    /// The words of the texts of one source.
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut vocabulary = Self {
            words: HashMap::new(),
            stems: HashMap::new(),
            read: RefCell::default(),
        };
        for text in texts {
            for token in tokens(text)
                .into_iter()
                .filter(|token| token.script == Script::Arabic)
            {
                *vocabulary
                    .stems
                    .entry(arabic::stem(&token.fold))
                    .or_default() += 1;
                *vocabulary.words.entry(token.fold).or_default() += 1;
            }
        }
        vocabulary
    }

    /// A word's readings and what it may name.
    fn read(&self, token: &Token) -> Read {
        let key = (token.fold.clone(), token.caps == Caps::Upper);
        if let Some(read) = self.read.borrow().get(&key) {
            return read.clone();
        }
        let read = (Look(Look::name(token)), readings(token, self).into());
        self.read.borrow_mut().insert(key, read.clone());
        read
    }

    fn knows_stem(&self, stem: &str) -> bool {
        self.stems.contains_key(stem) || lexicon::knows_arabic(stem)
    }
}

impl glue::Known for Vocabulary {
    fn times(&self, word: &str) -> u32 {
        self.words.get(word).copied().unwrap_or(0)
    }

    fn times_of_stem(&self, stem: &str) -> u32 {
        self.stems.get(stem).copied().unwrap_or(0)
    }
}

/// The terms of a word: its stem, then what else it may be.
fn readings(token: &Token, vocabulary: &Vocabulary) -> Vec<Reading> {
    let mut readings = vec![Reading {
        term: stem(token),
        weight: FULL,
    }];
    let mut add = |term: String, weight: u8| {
        if !term.is_empty() && readings.iter().all(|reading| reading.term != term) {
            readings.push(Reading { term, weight });
        }
    };
    if let Some(digits) = value::digits(&token.fold) {
        add(digits, READING);
    }
    if token.script == Script::Arabic {
        for stem in arabic::readings(&token.fold, |stem| vocabulary.knows_stem(stem)) {
            add(stem, READING);
        }
        if let Some(stem) = forms::base_stem(&token.fold) {
            add(stem, READING);
        }
        if let Some(split) = glue::split(&token.fold, vocabulary) {
            let weight = if split.is_sure { READING } else { DOUBTFUL };
            for part in split.parts {
                if !stop::is_arabic(&part) {
                    add(arabic::stem(&part), weight);
                }
            }
        }
    }
    readings
}

/// Analyzes a passage; gives its terms too, for the index: stems, then readings.
pub fn analyze<'a>(
    text: &str,
    headings: impl Iterator<Item = &'a str>,
    vocabulary: &Vocabulary,
) -> (Analysis, Terms) {
    let sentences = sentence::sentences(text);
    let mut terms = Terms::default();
    let mut words = Vec::new();
    let mut hashes = Vec::new();
    let mut at = 0;
    for token in tokens(text) {
        while sentences
            .get(at + 1)
            .is_some_and(|next| next.start <= token.span.start)
        {
            at += 1;
        }
        let mut look = Look::of(&token);
        let first = count(&hashes);
        if matches!(token.script, Script::Arabic | Script::Latin) {
            terms.words.push(token.fold.clone());
        }
        if !look.is_stop() {
            hashes.push((term_hash(&format!("{WORD}{}", token.fold)), FULL));
            let (names, readings) = vocabulary.read(&token);
            if !look.is_number() && (token.script == Script::Arabic || look.is_capital()) {
                look.0 |= names.0;
            }
            for reading in readings.iter() {
                hashes.push((term_hash(&reading.term), reading.weight));
                let zone = if reading.weight == FULL {
                    &mut terms.stems
                } else {
                    &mut terms.readings
                };
                zone.push(reading.term.clone());
            }
        }
        words.push(Word {
            span: token.span,
            sentence: u16::try_from(at).unwrap_or(u16::MAX),
            look,
            terms: first..count(&hashes),
        });
    }
    for heading in headings {
        for token in tokens(heading).into_iter().filter(|token| !is_stop(token)) {
            terms.headings.extend(
                vocabulary
                    .read(&token)
                    .1
                    .iter()
                    .map(|reading| reading.term.clone()),
            );
        }
    }
    let headings = terms.headings.iter().map(|term| term_hash(term)).collect();
    (
        Analysis {
            sentences,
            words,
            terms: hashes,
            headings,
        },
        terms,
    )
}

/// The terms of a passage by the field they go to.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// The stem of every word with content.
    pub stems: Vec<String>,
    /// What else the words may be.
    pub readings: Vec<String>,
    /// The terms of title and headings.
    pub headings: Vec<String>,
    /// The folded words themselves, for names and for slips of the pen.
    pub words: Vec<String>,
}

/// How many terms there are so far; a passage is far from four thousand million.
fn count(terms: &[(u32, u8)]) -> u32 {
    u32::try_from(terms.len()).unwrap_or(u32::MAX)
}

impl Analysis {
    /// The terms of one of its words, with their weights in hundredths: first the folded word itself, then its stem and
    /// its readings; none for a stop word.
    pub fn terms_of(&self, word: &Word) -> &[(u32, u8)] {
        let range = word.terms.start as usize..word.terms.end as usize;
        self.terms.get(range).unwrap_or_default()
    }

    /// Which of its words stand in a sentence; sentences follow each other, and so do their words.
    pub fn words_in(&self, sentence: usize) -> Range<usize> {
        let before = |word: &Word| usize::from(word.sentence) < sentence;
        let until = |word: &Word| usize::from(word.sentence) <= sentence;
        self.words.partition_point(before)..self.words.partition_point(until)
    }

    /// How many stems it has: one for every word with content.
    pub fn n_stems(&self) -> u32 {
        let words = self.words.iter().filter(|word| !word.terms.is_empty());
        u32::try_from(words.count()).unwrap_or(u32::MAX)
    }

    /// The analysis as bytes: numbers as LEB128, words with the gap from the word before them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.words.len() * 10);
        put(&mut bytes, self.sentences.len());
        for sentence in &self.sentences {
            put(&mut bytes, sentence.start);
            put(&mut bytes, sentence.end - sentence.start);
        }
        put(&mut bytes, self.words.len());
        let (mut end, mut sentence) = (0, 0);
        for word in &self.words {
            put(&mut bytes, word.span.start - end);
            put(&mut bytes, word.span.end - word.span.start);
            put(&mut bytes, usize::from(word.sentence - sentence));
            bytes.extend(word.look.0.to_le_bytes());
            let terms = self.terms_of(word);
            put(&mut bytes, terms.len());
            for (hash, weight) in terms {
                bytes.extend(hash.to_le_bytes());
                bytes.push(*weight);
            }
            (end, sentence) = (word.span.end, word.sentence);
        }
        put(&mut bytes, self.headings.len());
        self.headings
            .iter()
            .for_each(|hash| bytes.extend(hash.to_le_bytes()));
        bytes
    }

    /// Reads what [`Analysis::to_bytes`] wrote; none where the bytes are not whole.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let n = take(&mut rest)?;
        let mut sentences = Vec::with_capacity(n.min(bytes.len()));
        for _ in 0..n {
            let start = take(&mut rest)?;
            sentences.push(start..start.checked_add(take(&mut rest)?)?);
        }
        let n = take(&mut rest)?;
        let mut words = Vec::with_capacity(n.min(bytes.len()));
        let mut terms = Vec::with_capacity(bytes.len() / 6);
        let (mut end, mut sentence) = (0_usize, 0_u16);
        for _ in 0..n {
            let start = end.checked_add(take(&mut rest)?)?;
            end = start.checked_add(take(&mut rest)?)?;
            sentence = sentence.checked_add(u16::try_from(take(&mut rest)?).ok()?)?;
            let look = Look(u16::from_le_bytes(take_bytes(&mut rest)?));
            let n_terms = take(&mut rest)?;
            let first = count(&terms);
            for _ in 0..n_terms {
                let hash = u32::from_le_bytes(take_bytes(&mut rest)?);
                terms.push((hash, take_bytes::<1>(&mut rest)?[0]));
            }
            words.push(Word {
                span: start..end,
                sentence,
                look,
                terms: first..count(&terms),
            });
        }
        let n = take(&mut rest)?;
        let mut headings = Vec::with_capacity(n.min(bytes.len()));
        for _ in 0..n {
            headings.push(u32::from_le_bytes(take_bytes(&mut rest)?));
        }
        Some(Self {
            sentences,
            words,
            terms,
            headings,
        })
    }
}

fn put(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(u8::try_from(number & 0x7f).expect("seven bits") | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).expect("seven bits"));
}

fn take(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let byte = take_bytes::<1>(bytes)?[0];
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn take_bytes<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of the article that stand glued in it, by their folded beginnings.
    const GLUED: [&str; 6] = [
        "روسياوكوريا",
        "السوفييتيةواللجنة",
        "اليوغسلافيجوزيف",
        "الروسيسيرغي",
        "الجنوبيلي",
        "المتحدةفيتالي",
    ];

    const ARTICLE: &str = include_str!("../../data/sources/russia-north-korea.ar.txt");

    #[test]
    fn glued_words_are_found_by_their_parts() {
        let vocabulary = Vocabulary::new(ARTICLE.lines());
        for (glued, part) in [
            ("روسياوكوريا", "كوريا"),
            ("روسياوكوريا", "روسيا"),
            ("السوفييتيةواللجنة", "لجنة"),
            ("اليوغسلافيجوزيف", "جوزيف"),
            ("الروسيسيرغي", "سيرغي"),
            ("الجنوبيلي", "الجنوبي"),
            ("المتحدةفيتالي", "فيتالي"),
        ] {
            let token = &tokens(glued)[0];
            let readings = readings(token, &vocabulary);
            let wanted = arabic::stem(&crate::language::fold::fold(part));
            assert!(
                readings.iter().any(|reading| reading.term == wanted),
                "{glued}: {readings:?}"
            );
        }
    }

    #[test]
    fn random_neighbors_glued_are_found_and_ordinary_words_are_not_split() {
        let all: Vec<Vec<Token>> = ARTICLE.lines().map(tokens).collect();
        let ordinary: Vec<&Token> = all
            .iter()
            .flatten()
            .filter(|token| token.script == Script::Arabic && !GLUED.contains(&token.fold.as_str()))
            .collect();
        let vocabulary = Vocabulary::new(ARTICLE.lines());
        let is_split = |token: &&&Token| glue::split(&token.fold, &vocabulary).is_some();
        let split: Vec<&str> = ordinary
            .iter()
            .filter(is_split)
            .map(|token| token.fold.as_str())
            .collect();
        assert!(
            split.len() * 1000 <= ordinary.len(),
            "{split:?} of {}",
            ordinary.len()
        );

        let mut random = fastrand::Rng::with_seed(7);
        let (mut n_tried, mut n_found) = (0, 0);
        while n_tried < 300 {
            let line = &all[random.usize(0..all.len())];
            let Some(at) = line
                .len()
                .checked_sub(2)
                .filter(|last| *last > 0)
                .map(|last| random.usize(0..last))
            else {
                continue;
            };
            let pair = [&line[at], &line[at + 1]];
            let is_known = |token: &&Token| {
                token.script == Script::Arabic
                    && !is_stop(token)
                    && token.fold.chars().count() >= 3
                    && !GLUED.contains(&token.fold.as_str())
                    && vocabulary.knows_stem(&arabic::stem(&token.fold))
            };
            if !pair.iter().all(is_known) {
                continue;
            }
            n_tried += 1;
            let glued = format!("{}{}", pair[0].fold, pair[1].fold);
            let terms: Vec<String> = readings(&tokens(&glued)[0], &vocabulary)
                .into_iter()
                .map(|reading| reading.term)
                .collect();
            n_found += usize::from(
                pair.iter()
                    .all(|token| terms.contains(&arabic::stem(&token.fold))),
            );
        }
        assert!(
            n_found * 10 >= n_tried * 9,
            "{n_found} of {n_tried} gluings are found by both parts"
        );
    }

    #[test]
    fn an_analysis_survives_its_bytes() {
        let text = "زار كم إل سونغ الاتحاد السوفييتي خمس مرات. Who wrote it? Scott Snyder, in 2013.";
        let vocabulary = Vocabulary::new([text].into_iter());
        let (analysis, _) = analyze(text, ["التاريخ"].into_iter(), &vocabulary);
        assert_eq!(analysis.sentences.len(), 3);
        for (nth, sentence) in analysis.sentences.iter().enumerate() {
            let words = &analysis.words[analysis.words_in(nth)];
            let inside = |word: &&Word| sentence.contains(&word.span.start);
            assert_eq!(words.len(), analysis.words.iter().filter(inside).count());
            assert!(words.iter().all(|word| inside(&word)));
        }
        assert!(analysis.words_in(3).is_empty());
        let bytes = analysis.to_bytes();
        assert_eq!(Analysis::from_bytes(&bytes).as_ref(), Some(&analysis));
        for cut in 0..bytes.len() {
            assert_eq!(Analysis::from_bytes(&bytes[..cut]), None);
        }
    }
}
