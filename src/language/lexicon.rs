//! The Arabic–English lexicon: which words of the other language a word may be.
//!
//! `data/lexicon/*.tsv` is what people read and mend; `build.rs` compiles it into one table with sorted keys that is
//! searched where it lies in the binary, so it costs no start-up and no memory of its own.

use super::arabic;
use super::english::lemmas;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// What kind of word an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Class {
    /// A noun.
    Noun,
    /// A verb.
    Verb,
    /// An adjective.
    Adjective,
    /// An adverb.
    Adverb,
    /// A number word.
    Number,
    /// A function word.
    Function,
    /// A place.
    Place,
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A people or nationality.
    People,
    /// A language.
    Language,
    /// A religion or confession.
    Faith,
    /// A month or a day.
    Month,
    /// A currency.
    Money,
    /// A unit of measure.
    Unit,
    /// An acronym.
    Acronym,
    /// An event.
    Event,
    /// A work.
    Work,
    /// An era.
    Era,
}

const CLASSES: [Class; 19] = [
    Class::Noun,
    Class::Verb,
    Class::Adjective,
    Class::Adverb,
    Class::Number,
    Class::Function,
    Class::Place,
    Class::Person,
    Class::Organization,
    Class::People,
    Class::Language,
    Class::Faith,
    Class::Month,
    Class::Money,
    Class::Unit,
    Class::Acronym,
    Class::Event,
    Class::Work,
    Class::Era,
];

/// What the classes are called in the lexicon's files, in the order of [`CLASSES`].
const CODES: [&str; 19] = [
    "n", "v", "adj", "adv", "num", "fn", "place", "person", "org", "people", "lang", "faith",
    "month", "money", "unit", "acronym", "event", "work", "era",
];

impl Class {
    /// The word that stands for it in the lexicon's files.
    pub fn code(self) -> &'static str {
        CODES[self as usize]
    }
}

/// One entry of the lexicon.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    number: u32,
}

/// What a key is looked up in.
#[derive(Clone, Copy)]
enum Side {
    English,
    Arabic,
    Forms,
}

impl Entry {
    fn body(self) -> &'static [u8] {
        at(offset(self.number))
    }

    /// What kind of word it is.
    pub fn class(self) -> Class {
        CLASSES[usize::from(self.body()[0])]
    }

    /// Roughly how frequent its English lemma is, on the Zipf scale (3 is once in a million words, 6 once in a thousand).
    pub fn zipf(self) -> f32 {
        f32::from(self.body()[1]) / 10.0
    }

    /// The English lemma.
    pub fn lemma(self) -> &'static str {
        text(&self.body()[2..]).0
    }

    /// The Arabic alternatives, most likely first, unfolded.
    pub fn alternatives(self) -> impl Iterator<Item = &'static str> {
        texts(text(&self.body()[2..]).1)
    }

    /// The stems of the alternatives, in their order; of several words, those with content with one space between them.
    pub fn stems(self) -> impl Iterator<Item = &'static str> {
        let mut rest = text(&self.body()[2..]).1;
        let n = rest[0];
        rest = &rest[1..];
        for _ in 0..n {
            rest = text(rest).1;
        }
        texts(rest)
    }

    /// What tells this entry from every other.
    pub fn number(self) -> u32 {
        self.number
    }
}

/// How many entries the lexicon has.
pub fn len() -> usize {
    counts()[0] as usize
}

/// Every entry.
pub fn entries() -> impl Iterator<Item = Entry> {
    (0..counts()[0]).map(|number| Entry { number })
}

/// The entry of that number.
pub fn entry(number: u32) -> Option<Entry> {
    (number < counts()[0]).then_some(Entry { number })
}

/// The families of Arabic words that a folded form belongs to (see [`forms`](super::forms)).
pub(super) fn families(form: &str) -> Vec<u32> {
    numbers(Side::Forms, form)
}

/// The stems of a family, most telling first.
pub(super) fn family(number: u32) -> impl Iterator<Item = &'static str> {
    let [entries, english, arabic, ..] = counts();
    texts(at(offset(entries + english + arabic + number)))
}

/// The entries of an English form: folded words with one space between them, inflected or not. What the form itself is
/// comes first (`developed` the adjective), then, of a participle or where it is nothing itself, what it is a form of
/// (`develop`); `news` is no form of `new`.
pub fn english(form: &str) -> Vec<Entry> {
    let mut entries = find(Side::English, form);
    let may_be_form = entries.is_empty() || form.ends_with("ed") || form.ends_with("ing");
    for lemma in lemmas(form).iter().filter(|_| may_be_form) {
        for entry in find(Side::English, lemma) {
            if entries.iter().all(|known| known.number != entry.number) {
                entries.push(entry);
            }
        }
    }
    entries
}

/// The English forms that are one slip of the pen away from an unknown one, with their entries, most frequent first.
pub fn english_like(form: &str) -> Vec<(String, Vec<Entry>)> {
    let [entries, english, ..] = counts();
    let key = |nth: u32| text(at(offset(entries + nth))).0;
    // A slip leaves the first letter as it is, so the keys that begin with it are enough.
    let first = form.chars().next();
    let from = partition_point(english, |nth| key(nth).chars().next() < first);
    let near = (from..english)
        .map(key)
        .take_while(|key| key.chars().next() == first)
        .filter(|key| super::spelling::is_slip(form, key));
    let mut near: Vec<(String, Vec<Entry>)> = near
        .map(|key| (key.to_owned(), find(Side::English, key)))
        .collect();
    let zipf = |entries: &[Entry]| entries.iter().map(|entry| entry.zipf()).fold(0.0, f32::max);
    near.sort_by(|a, b| {
        zipf(&b.1)
            .total_cmp(&zipf(&a.1))
            .then_with(|| a.0.cmp(&b.0))
    });
    near
}

/// The entries of which a folded Arabic word, or words with one space between them, is an alternative.
pub fn arabic(words: &str) -> Vec<Entry> {
    arabic_stems(
        &words
            .split(' ')
            .map(arabic::stem)
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// As [`arabic()`], of what is stemmed already.
pub fn arabic_stems(stems: &str) -> Vec<Entry> {
    find(Side::Arabic, stems)
}

/// Whether a stem is that of an Arabic word in the lexicon.
pub fn knows_arabic(stem: &str) -> bool {
    position(Side::Arabic, stem).is_some()
}

/// A number that changes with every change of the lexicon, of folding or of stemming.
pub fn version() -> u64 {
    // FNV-1a: the table is ours, so nobody searches for collisions.
    TABLE.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// How many entries, English keys, Arabic keys, families and forms there are.
fn counts() -> [u32; 5] {
    [0, 4, 8, 12, 16].map(number)
}

fn number(place: usize) -> u32 {
    let bytes = TABLE
        .get(place..place + 4)
        .and_then(|bytes| bytes.try_into().ok());
    u32::from_le_bytes(bytes.expect("build.rs wrote a whole table"))
}

/// Where the nth of all entries, keys and families stands.
fn offset(nth: u32) -> usize {
    number(4 * 5 + 4 * nth as usize) as usize
}

fn at(offset: usize) -> &'static [u8] {
    &TABLE[offset..]
}

/// The bytes of the text that bytes begin with.
fn bytes(bytes: &'static [u8]) -> &'static [u8] {
    &bytes[1..=usize::from(bytes[0])]
}

/// The text that bytes begin with, and the bytes after it.
fn text(bytes: &'static [u8]) -> (&'static str, &'static [u8]) {
    let (text, rest) = bytes[1..].split_at(usize::from(bytes[0]));
    (
        std::str::from_utf8(text).expect("build.rs wrote UTF-8"),
        rest,
    )
}

/// The texts that bytes begin with, after their number.
fn texts(bytes: &'static [u8]) -> impl Iterator<Item = &'static str> {
    let mut rest = &bytes[1..];
    (0..bytes[0]).map(move |_| {
        let (one, after) = text(rest);
        rest = after;
        one
    })
}

fn position(side: Side, key: &str) -> Option<u32> {
    let [entries, english, arabic, families, forms] = counts();
    let (first, n) = match side {
        Side::English => (entries, english),
        Side::Arabic => (entries + english, arabic),
        Side::Forms => (entries + english + arabic + families, forms),
    };
    // Bytes stand in the order of their text, and need no check at every step of the search.
    let key = key.as_bytes();
    let place = first + partition_point(n, |nth| bytes(at(offset(first + nth))) < key);
    (place < first + n && bytes(at(offset(place))) == key).then_some(place)
}

/// The first of `n` places, sorted, of which `is_before` does not hold.
fn partition_point(n: u32, is_before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

fn find(side: Side, key: &str) -> Vec<Entry> {
    let numbers = numbers(side, key).into_iter();
    numbers.map(|number| Entry { number }).collect()
}

/// What a key leads to.
fn numbers(side: Side, key: &str) -> Vec<u32> {
    let Some(nth) = position(side, key) else {
        return Vec::new();
    };
    let (_, rest) = text(at(offset(nth)));
    let n = usize::from(u16::from_le_bytes([rest[0], rest[1]]));
    let numbers = rest[2..].chunks_exact(4).take(n);
    numbers
        .map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
        .collect()
}
