//! What each word of a question may be in this index: its stem, other readings, translations, names that sound like it.

use super::origin::Origin;
use crate::answer::{Correction, Question};
use crate::index::analysis::{self, term_hash};
use crate::index::{Alternative, Error, Group, Snapshot};
use crate::language::layers::Lexicon;
use crate::language::lexicon::{Class, Entry};
use crate::language::token::{Caps, Script, Token};
use crate::language::{Span, arabic, arabizi, english, fold, forms, value};

/// The longest run of English words that is looked up as one.
const LONGEST_PHRASE: usize = 4;
/// What the second and each further alternative of an entry is worth beside the one before it.
const FURTHER: f32 = 0.92;
/// What an alternative of several words is worth word by word, where they do not stand together.
const WORD_OF_PHRASE: f32 = 0.5;
/// What a word of the same entry and the same consonants (a broken plural, a masdar) is worth.
const FAMILY: f32 = 0.5;
/// What a synonym in the same language is worth: measured, more lets them drown the word itself.
const SYNONYM: f32 = 0.05;
/// Up to which weight an alternative is not searched for where a word has a likelier one.
const UNLIKELY: f32 = 0.09;
/// How many synonyms a word has at most.
const SYNONYMS: usize = 24;
/// What another form of the same word is worth (a broken plural, the masdar of a verb), and of a translation.
const FORM: f32 = 0.6;
const FORM_OF_TRANSLATION: f32 = 0.2;
/// Of how many translations of an entry the other forms are tried.
const WITH_FORMS: usize = 3;
/// What an imported entry is worth where our own lexicon has the word too.
const IMPORTED: f32 = 0.5;
/// What a word of the index that is written alike is worth where nothing better is known; times its likeness.
const LIKE: f32 = 0.5;
/// What a reading without an attached particle is worth.
const READING: f32 = 0.7;
/// What the stem of a word that sounds like a name is worth beside the word itself.
const STEM_OF_NAME: f32 = 0.7;
/// How like a word must sound to one that is not written as a name.
const CLEARLY: f32 = 0.3;
/// How much more a name counts than another word.
const NAME: f32 = 1.4;
/// What a word of the index one letter away from an unknown one is worth.
const REPAIRED: f32 = 0.8;

/// A word of a question, or several that are one term, understood.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The word as it was asked.
    pub text: String,
    /// Its bytes in the question.
    pub span: Span,
    /// The terms that it may be and that the index has; empty where it has none.
    pub group: Group,
    /// Where each of these terms came from, in their order.
    pub origins: Vec<Origin>,
    /// What else it may be and the index does not have.
    pub absent: Vec<(Alternative, Origin)>,
    /// Alternatives of several words: the hashes of their stems, in order.
    pub phrases: Vec<(Vec<u32>, f32)>,
    /// The folded word itself as a term's hash; none where it is several.
    pub exact: Option<u32>,
    /// Whether it looks like a name.
    pub is_name: bool,
    /// Whether the index has nothing that it may be.
    pub is_unknown: bool,
    /// Whether it is a name that the index does not have.
    pub is_absent: bool,
}

impl Asked {
    /// How much the word counts in the question.
    pub fn importance(&self) -> f32 {
        self.group.weight * self.group.rarity
    }
}

/// A question, understood in an index.
#[derive(Clone, Debug, Default)]
pub struct Understanding {
    /// Its words with content, in order.
    pub words: Vec<Asked>,
    /// The hashes of every term that a word may be, sorted by hash: hash, which word, weight.
    pub terms: Vec<(u32, usize, f32)>,
    /// Words that were read as others.
    pub corrections: Vec<Correction>,
    /// Words that are not searched for.
    pub left_out: Vec<LeftOut>,
    /// Which of the lowest twelve bits the hashes have: most words of a passage are none of the terms, and this tells.
    sieve: Sieve,
}

/// A word of a question that is not searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its bytes in the question.
    pub span: Span,
    /// Whether it was asked before; else it carries no content.
    pub is_repeated: bool,
}

/// A set of the lowest twelve bits of hashes.
#[derive(Clone, Debug)]
struct Sieve([u64; 64]);

impl Default for Sieve {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Sieve {
    fn add(&mut self, hash: u32) {
        self.0[(hash >> 6 & 63) as usize] |= 1 << (hash & 63);
    }

    fn may_have(&self, hash: u32) -> bool {
        self.0[(hash >> 6 & 63) as usize] & 1 << (hash & 63) != 0
    }
}

impl Understanding {
    /// The groups to search for: of a word with likely alternatives those alone. The unlikely ones are many, and bring up
    /// hardly a passage that the likely ones do not; in what was found they are counted too.
    pub fn sought(&self) -> Vec<Group> {
        let groups = self.words.iter().map(|word| word.group.clone());
        groups
            .map(|mut group| {
                let is_likely = |alternative: &Alternative| alternative.weight > UNLIKELY;
                if group.alternatives.iter().any(is_likely) {
                    group.alternatives.retain(is_likely);
                }
                group
            })
            .collect()
    }

    /// How much of the question's weight the index has words for, 0 to 1.
    pub fn known_share(&self) -> f32 {
        let all: f32 = self.words.iter().map(Asked::importance).sum();
        let known: f32 = self
            .words
            .iter()
            .filter(|word| !word.is_unknown)
            .map(Asked::importance)
            .sum();
        if all > 0.0 { known / all } else { 0.0 }
    }

    /// Whether a name is asked for that the index does not have.
    pub fn lacks_name(&self) -> bool {
        self.words.iter().any(|word| word.is_absent)
    }

    /// Takes the words of another understanding that it does not have, at so much of their weight.
    pub(super) fn take(&mut self, other: Self, weight: f32) {
        for mut word in other.words {
            let best = |word: &Asked| word.group.alternatives.first().cloned();
            let is_known = self.words.iter().any(|own| best(own) == best(&word));
            if is_known && !word.is_unknown {
                continue;
            }
            word.group.weight *= weight;
            for alternative in &word.group.alternatives {
                let hash = term_hash(&alternative.term);
                self.terms
                    .push((hash, self.words.len(), alternative.weight));
                self.sieve.add(hash);
            }
            self.words.push(word);
        }
        self.terms.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
    }

    /// The words that a term of a passage may be, with the weight of the match.
    pub fn met_by(&self, hash: u32) -> impl Iterator<Item = (usize, f32)> {
        let from = if self.sieve.may_have(hash) {
            self.terms.partition_point(|(known, _, _)| *known < hash)
        } else {
            self.terms.len()
        };
        self.terms[from..]
            .iter()
            .take_while(move |(known, _, _)| *known == hash)
            .map(|(_, word, weight)| (*word, *weight))
    }
}

/// The alternatives of one word while they are gathered.
struct Gathering<'a> {
    snapshot: &'a Snapshot,
    lexicon: &'a Lexicon,
    alternatives: Vec<Alternative>,
    /// Where each of the alternatives came from.
    origins: Vec<Origin>,
    /// What the index does not have.
    absent: Vec<(Alternative, Origin)>,
    phrases: Vec<(Vec<u32>, f32)>,
}

impl<'a> Gathering<'a> {
    fn new(snapshot: &'a Snapshot, lexicon: &'a Lexicon) -> Self {
        Self {
            snapshot,
            lexicon,
            alternatives: Vec::new(),
            origins: Vec::new(),
            absent: Vec::new(),
            phrases: Vec::new(),
        }
    }

    /// Adds a term where the index has it. Of several ways to one term the likeliest counts.
    fn add(&mut self, term: String, weight: f32, origin: Origin) -> Result<bool, Error> {
        if term.is_empty() {
            return Ok(false);
        }
        if self.snapshot.frequency(&term)? == 0 {
            self.absent.push((Alternative { term, weight }, origin));
            return Ok(false);
        }
        let known = self
            .alternatives
            .iter()
            .position(|alternative| alternative.term == term);
        match known {
            Some(nth) if self.alternatives[nth].weight < weight => {
                self.alternatives[nth].weight = weight;
                self.origins[nth] = origin;
            }
            Some(_) => {}
            None => {
                self.alternatives.push(Alternative { term, weight });
                self.origins.push(origin);
            }
        }
        Ok(true)
    }

    /// Adds an Arabic word or phrase of the lexicon, given by its stems.
    fn add_arabic(&mut self, stems: &str, weight: f32, origin: Origin) -> Result<bool, Error> {
        if !stems.contains(' ') {
            return self.add(stems.to_owned(), weight, origin);
        }
        for stem in stems.split(' ') {
            if self.snapshot.frequency(stem)? == 0 {
                let term = stems.to_owned();
                self.absent.push((Alternative { term, weight }, origin));
                return Ok(false);
            }
        }
        for stem in stems.split(' ') {
            self.add(stem.to_owned(), weight * WORD_OF_PHRASE, origin)?;
        }
        self.phrases
            .push((stems.split(' ').map(term_hash).collect(), weight));
        Ok(true)
    }

    /// Adds the Arabic of English entries; what their words are worth is given.
    fn translate(&mut self, entries: &[Entry<'_>], worth: f32) -> Result<bool, Error> {
        let mut found = false;
        for entry in entries {
            let mut weight = worth * worth_of(*entry, entries);
            for (nth, (words, stems)) in entry.alternatives().zip(entry.stems()).enumerate() {
                found |= self.add_arabic(stems, weight, Origin::Translation(entry.id()))?;
                if nth < WITH_FORMS && !stems.contains(' ') {
                    for other in forms::family(&fold::fold(words)) {
                        let origin = Origin::FormOfTranslation(entry.id());
                        found |=
                            self.add(other.to_owned(), weight * FORM_OF_TRANSLATION, origin)?;
                    }
                }
                weight *= FURTHER;
            }
        }
        Ok(found)
    }
}

/// What an entry among those of its word is worth: what only an imported lexicon has counts in full.
fn worth_of(entry: Entry<'_>, entries: &[Entry<'_>]) -> f32 {
    if entry.is_ours() || entries.iter().all(|entry| !entry.is_ours()) {
        1.0
    } else {
        IMPORTED
    }
}

/// Understands a question in an index, by a lexicon.
pub fn understand(
    question: &Question,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Result<Understanding, Error> {
    let tokens = question.tokens();
    let is_bare = is_bare_name(tokens);
    let mut understanding = Understanding::default();
    let mut at = 0;
    while at < tokens.len() {
        if !question.is_arabizi()
            && let Some((length, asked)) = phrase(&tokens[at..], question, snapshot, lexicon)?
        {
            understanding.words.push(asked);
            at += length;
            continue;
        }
        let token = &tokens[at];
        at += 1;
        let leave_out = |is_repeated| LeftOut {
            span: token.span.clone(),
            is_repeated,
        };
        if question.is_stop(token) {
            understanding.left_out.push(leave_out(false));
        } else {
            let word = word(
                token,
                at == 1 && !is_bare,
                is_bare,
                question,
                Gathering::new(snapshot, lexicon),
                &mut understanding.corrections,
            )?;
            // A word asked twice counts once.
            if understanding
                .words
                .iter()
                .all(|earlier| earlier.group.alternatives.is_empty() || earlier.group != word.group)
            {
                understanding.words.push(word);
            } else {
                understanding.left_out.push(leave_out(true));
            }
        }
    }
    if understanding.words.is_empty() {
        // Nothing but stop words («who was he?», «متى كان ذلك؟»): nothing to search for.
        return Ok(understanding);
    }
    for (nth, word) in understanding.words.iter().enumerate() {
        for alternative in &word.group.alternatives {
            let hash = term_hash(&alternative.term);
            understanding.terms.push((hash, nth, alternative.weight));
            understanding.sieve.add(hash);
        }
    }
    understanding
        .terms
        .sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
    Ok(understanding)
}

/// Whether a question is nothing but a name: Latin words with capitals.
fn is_bare_name(tokens: &[Token]) -> bool {
    let is_capital = |token: &Token| token.script == Script::Latin && token.caps != Caps::Lower;
    tokens
        .iter()
        .all(|token| is_capital(token) && !analysis::is_stop(token))
}

/// The longest run of English words at the beginning that the lexicon has as one, and how many words it is.
fn phrase(
    tokens: &[Token],
    question: &Question,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Result<Option<(usize, Asked)>, Error> {
    let run = tokens
        .iter()
        .take(LONGEST_PHRASE)
        .take_while(|token| token.script == Script::Latin)
        .count();
    for length in (2..=run).rev() {
        let words: Vec<&str> = tokens[..length]
            .iter()
            .map(|token| token.fold.as_str())
            .collect();
        let entries = lexicon.english(&words.join(" "));
        let is_imported = entries.iter().all(|entry| !entry.is_ours());
        let content = tokens[..length]
            .iter()
            .filter(|token| !analysis::is_stop(token));
        // Imported lexicons have «how many» and the like, which ask and find nothing.
        if entries.is_empty() || is_imported && content.clone().next().is_none() {
            continue;
        }
        let mut gathering = Gathering::new(snapshot, lexicon);
        if !gathering.translate(&entries, 1.0)? {
            continue;
        }
        for token in content {
            gathering.add(analysis::stem(token), WORD_OF_PHRASE, Origin::Stem)?;
            // A term that only an imported lexicon has does not hide what its words are.
            if is_imported {
                gathering.translate(&lexicon.english(&token.fold), WORD_OF_PHRASE)?;
            }
        }
        let span = tokens[0].span.start..tokens[length - 1].span.end;
        let weight = weight_of(&entries);
        return Ok(Some((
            length,
            finish(question, span, gathering, weight, false)?,
        )));
    }
    Ok(None)
}

/// One word.
fn word(
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
        ..finish(question, token.span.clone(), gathering, weight, is_name)?
    })
}

fn finish(
    question: &Question,
    span: Span,
    gathering: Gathering<'_>,
    weight: f32,
    is_name: bool,
) -> Result<Asked, Error> {
    let snapshot = gathering.snapshot;
    let is_unknown = gathering.alternatives.is_empty();
    let (mut sum, mut weights) = (0.0, 0.0);
    for alternative in &gathering.alternatives {
        let sure = alternative.weight * alternative.weight;
        sum += sure * snapshot.rarity(snapshot.frequency(&alternative.term)?);
        weights += sure;
    }
    let rarity = if is_unknown {
        snapshot.rarity(0)
    } else {
        sum / weights
    };
    Ok(Asked {
        text: written(question, &span).to_owned(),
        span,
        group: Group {
            alternatives: gathering.alternatives,
            weight,
            rarity,
        },
        origins: gathering.origins,
        absent: gathering.absent,
        phrases: gathering.phrases,
        exact: None,
        is_name,
        is_unknown,
        is_absent: is_name && is_unknown,
    })
}

/// A part of a question as it was asked.
fn written<'a>(question: &'a Question, span: &Span) -> &'a str {
    let text = question.text().get(span.clone());
    text.expect("tokens lie on boundaries")
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
        let lemma: Vec<String> = entry
            .lemma()
            .split([' ', '-'])
            .map(|word| english::stem(&fold::fold(word)))
            .collect();
        if let [lemma] = &lemma[..] {
            gathering.add(
                lemma.clone(),
                READING * worth,
                Origin::Translation(entry.id()),
            )?;
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

/// How much a word counts by how rare it is in English: rare words carry the question.
fn weight_of(entries: &[Entry<'_>]) -> f32 {
    let zipf = entries
        .iter()
        .filter_map(|entry| entry.frequency())
        .fold(f32::NAN, f32::max);
    if zipf.is_nan() {
        1.25
    } else {
        1.0 + 0.5 * ((4.5 - zipf) / 2.0).clamp(-1.0, 1.0)
    }
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
