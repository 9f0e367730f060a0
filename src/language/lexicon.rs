//! The Arabic–English lexicon: which words of the other language a word may be.
//!
//! `data/lexicon/*.tsv` is what people read and mend; `build.rs` compiles it into one table with sorted keys that is
//! searched where it lies in the binary, so it costs no start-up and no memory of its own.
//!
//! A newcomer's trap: the functions here know our own lexicon alone, because passages are analyzed by them, and an index
//! must not depend on what an operator imported. Questions are read by [`layers::Lexicon`](super::layers::Lexicon), which
//! has the imported ones below it.

use std::sync::LazyLock;

use super::arabic;
use super::compile;
use super::english::lemmas;
use super::fold::fold;

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
    /// Not said: many imported lexicons do not.
    Unknown,
}

const CLASSES: [Class; compile::CLASSES.len()] = [
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
    Class::Unknown,
];

impl Class {
    /// The word that stands for it in the lexicon's files.
    pub fn code(self) -> &'static str {
        compile::CLASSES[self as usize]
    }

    /// The class that a word stands for.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        let nth = compile::CLASSES.iter().position(|known| *known == code)?;
        CLASSES.get(nth).copied()
    }
}

/// Which entry it is, of all lexicons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntryId {
    /// The lexicon: 0 is ours, the others are the imported ones in their order.
    pub(super) layer: u8,
    /// The entry in it.
    pub(super) number: u32,
}

/// One entry of a lexicon.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    table: Table<'a>,
    layer: u8,
    number: u32,
}

/// A compiled lexicon.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    bytes: &'a [u8],
    layer: u8,
}

/// What a key is looked up in.
#[derive(Clone, Copy)]
pub(super) enum Side {
    English,
    Arabic,
    Forms,
}

impl<'a> Entry<'a> {
    fn body(self) -> &'a [u8] {
        self.table.at(self.number)
    }

    /// What kind of word it is.
    pub fn class(self) -> Class {
        CLASSES[usize::from(self.body()[0])]
    }

    /// Whether it is a common word rather than a name.
    pub fn is_common(self) -> bool {
        match self.class() {
            Class::Noun | Class::Verb | Class::Adjective | Class::Adverb => true,
            // A lexicon that does not tell its classes still tells names by their capital.
            Class::Unknown => self.lemma().starts_with(char::is_lowercase),
            _ => false,
        }
    }

    /// Roughly how frequent its English lemma is, on the Zipf scale (3 is once in a million words, 6 once in a thousand);
    /// none where that is not known.
    pub fn frequency(self) -> Option<f32> {
        let tenths = self.tenths();
        (tenths > 0).then(|| f32::from(tenths) / 10.0)
    }

    /// Ten times its frequency, as the table has it.
    pub(super) fn tenths(self) -> u8 {
        self.body()[1]
    }

    /// As [`Entry::frequency`], 0 where it is not known.
    pub fn zipf(self) -> f32 {
        self.frequency().unwrap_or(0.0)
    }

    /// The English lemma.
    pub fn lemma(self) -> &'a str {
        text(&self.body()[2..]).0
    }

    /// The Arabic alternatives, most likely first, unfolded.
    pub fn alternatives(self) -> impl Iterator<Item = &'a str> {
        texts(text(&self.body()[2..]).1)
    }

    /// The stems of the alternatives, in their order; of several words, those with content with one space between them.
    pub fn stems(self) -> impl Iterator<Item = &'a str> {
        let mut rest = text(&self.body()[2..]).1;
        let n = rest[0];
        rest = &rest[1..];
        for _ in 0..n {
            rest = text(rest).1;
        }
        texts(rest)
    }

    /// What tells this entry from every other of its lexicon.
    pub fn number(self) -> u32 {
        self.number
    }

    /// What tells this entry from every other.
    pub fn id(self) -> EntryId {
        EntryId {
            layer: self.layer,
            number: self.number,
        }
    }

    /// Whether it is of our own lexicon.
    pub fn is_ours(self) -> bool {
        self.layer == 0
    }
}

/// Our own lexicon.
pub(super) const OURS: Table<'static> = Table::new(TABLE, 0);

/// How many entries the lexicon has.
pub fn len() -> usize {
    OURS.len()
}

/// Every entry.
pub fn entries() -> impl Iterator<Item = Entry<'static>> {
    OURS.entries()
}

/// The families of Arabic words that a folded form belongs to (see [`forms`](super::forms)).
pub(super) fn families(form: &str) -> Vec<u32> {
    OURS.numbers(Side::Forms, form)
}

/// The stems of a family, most telling first.
pub(super) fn family(number: u32) -> impl Iterator<Item = &'static str> {
    let [entries, english, arabic, ..] = OURS.counts();
    texts(OURS.at(entries + english + arabic + number))
}

/// The entries of an English form: folded words with one space between them, inflected or not. What the form itself is
/// comes first (`developed` the adjective), then, of a participle or where it is nothing itself, what it is a form of
/// (`develop`); `news` is no form of `new`.
pub fn english(form: &str) -> Vec<Entry<'static>> {
    OURS.english(form)
}

/// The entries of which a folded Arabic word, or words with one space between them, is an alternative.
pub fn arabic(words: &str) -> Vec<Entry<'static>> {
    arabic_stems(
        &words
            .split(' ')
            .map(arabic::stem)
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// As [`arabic()`], of what is stemmed already.
pub fn arabic_stems(stems: &str) -> Vec<Entry<'static>> {
    OURS.find(Side::Arabic, stems)
}

/// Whether a folded Arabic word is an alternative of some entry as it stands, nothing taken off.
pub fn lists_arabic(word: &str) -> bool {
    let mut alternatives = arabic(word).into_iter().flat_map(Entry::alternatives);
    alternatives.any(|other| fold(other) == word)
}

/// Whether a stem is that of an Arabic word in the lexicon.
pub fn knows_arabic(stem: &str) -> bool {
    OURS.position(Side::Arabic, stem).is_some()
}

/// A number that changes with every change of the lexicon, of folding or of stemming.
pub fn version() -> u64 {
    static VERSION: LazyLock<u64> = LazyLock::new(|| checksum(TABLE));
    *VERSION
}

/// FNV-1a: it tells what was changed by accident, not on purpose.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl<'a> Table<'a> {
    /// A table of the shape that `compile` writes; `layer` is the number of the lexicon.
    pub(super) const fn new(bytes: &'a [u8], layer: u8) -> Self {
        Self { bytes, layer }
    }

    pub(super) fn len(self) -> usize {
        self.counts()[0] as usize
    }

    pub(super) fn entries(self) -> impl Iterator<Item = Entry<'a>> {
        (0..self.counts()[0]).map(move |number| self.entry(number))
    }

    /// The entry of a number that was found in the table.
    pub(super) fn entry(self, number: u32) -> Entry<'a> {
        Entry {
            table: self,
            layer: self.layer,
            number,
        }
    }

    /// Every English key with the numbers of its entries.
    pub(super) fn english_keys(self) -> impl Iterator<Item = (&'a str, Vec<u32>)> {
        let [entries, english, ..] = self.counts();
        (entries..entries + english).map(move |nth| {
            let (key, rest) = text(self.at(nth));
            (key, listed(rest))
        })
    }

    /// As [`english()`].
    pub(super) fn english(self, form: &str) -> Vec<Entry<'a>> {
        let mut entries = self.find(Side::English, form);
        let may_be_form = entries.is_empty() || form.ends_with("ed") || form.ends_with("ing");
        for lemma in lemmas(form).iter().filter(|_| may_be_form) {
            for entry in self.find(Side::English, lemma) {
                if entries.iter().all(|known| known.number != entry.number) {
                    entries.push(entry);
                }
            }
        }
        entries
    }

    /// The English forms that are one slip of the pen away from an unknown one, with their entries.
    pub(super) fn english_like(self, form: &str) -> Vec<(String, Vec<Entry<'a>>)> {
        let [entries, english, ..] = self.counts();
        let key = |nth: u32| text(self.at(entries + nth)).0;
        // A slip leaves the first letter as it is, so the keys that begin with it are enough.
        let first = form.chars().next();
        let from = partition_point(english, |nth| key(nth).chars().next() < first);
        let near = (from..english)
            .map(key)
            .take_while(|key| key.chars().next() == first)
            .filter(|key| super::spelling::is_slip(form, key));
        near.map(|key| (key.to_owned(), self.find(Side::English, key)))
            .collect()
    }

    /// The entries of a key.
    pub(super) fn find(self, side: Side, key: &str) -> Vec<Entry<'a>> {
        let numbers = self.numbers(side, key).into_iter();
        numbers.map(|number| self.entry(number)).collect()
    }

    /// How many entries, English keys, Arabic keys, families and forms there are.
    fn counts(self) -> [u32; 5] {
        [0, 4, 8, 12, 16].map(|place| self.number(place))
    }

    fn number(self, place: usize) -> u32 {
        let bytes = self.bytes.get(place..place + 4);
        u32::from_le_bytes(bytes.and_then(|bytes| bytes.try_into().ok()).expect(WHOLE))
    }

    /// What the nth of all entries, keys and families begins with.
    fn at(self, nth: u32) -> &'a [u8] {
        &self.bytes[self.number(4 * 5 + 4 * nth as usize) as usize..]
    }

    pub(super) fn position(self, side: Side, key: &str) -> Option<u32> {
        let [entries, english, arabic, families, forms] = self.counts();
        let (first, n) = match side {
            Side::English => (entries, english),
            Side::Arabic => (entries + english, arabic),
            Side::Forms => (entries + english + arabic + families, forms),
        };
        // Bytes stand in the order of their text, and need no check at every step of the search.
        let key = key.as_bytes();
        let place = first + partition_point(n, |nth| bytes(self.at(first + nth)) < key);
        (place < first + n && bytes(self.at(place)) == key).then_some(place)
    }

    /// What a key leads to.
    fn numbers(self, side: Side, key: &str) -> Vec<u32> {
        match self.position(side, key) {
            Some(nth) => listed(text(self.at(nth)).1),
            None => Vec::new(),
        }
    }

    /// Whether it is whole, so that nothing panics over what it holds: every text UTF-8, every number one that exists,
    /// keys sorted, and all of it in order without a gap.
    pub(super) fn is_sound(self) -> bool {
        self.check().is_some()
    }

    fn check(self) -> Option<()> {
        let mut head = self.bytes;
        let mut counts = [0; 5];
        for count in &mut counts {
            *count = u32::from_le_bytes(*take::<4>(&mut head)?);
        }
        let [entries, english, arabic, families, forms] = counts;
        let all = counts.iter().map(|count| u64::from(*count)).sum::<u64>();
        let mut offsets = head;
        let head_length = usize::try_from(4 * (5 + all)).ok()?;
        let mut body = self.bytes.get(head_length..)?;
        // Offsets lead to where the one before them ends.
        let mut starts_here = |body: &[u8]| {
            let offset = u32::from_le_bytes(*take::<4>(&mut offsets)?) as usize;
            (offset == self.bytes.len() - body.len()).then_some(())
        };
        for _ in 0..entries {
            starts_here(body)?;
            let [class, _] = *take::<2>(&mut body)?;
            CLASSES.get(usize::from(class))?;
            take_text(&mut body)?;
            let n = take_texts(&mut body)?;
            (take_texts(&mut body)? == n).then_some(())?;
        }
        let mut keys = |n: u32, below: u32, body: &mut &[u8]| {
            let mut before = None;
            for _ in 0..n {
                starts_here(body)?;
                let key = take_text(body)?;
                before.is_none_or(|before| before < key).then_some(())?;
                before = Some(key);
                for _ in 0..u16::from_le_bytes(*take::<2>(body)?) {
                    let number = u32::from_le_bytes(*take::<4>(body)?);
                    (number < below).then_some(())?;
                }
            }
            Some(())
        };
        keys(english, entries, &mut body)?;
        keys(arabic, entries, &mut body)?;
        // Only our own lexicon has families.
        (families == 0 && forms == 0 && body.is_empty()).then_some(())
    }
}

/// Why reading a table may rely on it.
const WHOLE: &str = "a table is written whole, and an imported one is checked before it is read";

/// The bytes of the text that bytes begin with.
fn bytes(bytes: &[u8]) -> &[u8] {
    &bytes[1..=usize::from(bytes[0])]
}

/// The text that bytes begin with, and the bytes after it.
fn text(bytes: &[u8]) -> (&str, &[u8]) {
    let (text, rest) = bytes[1..].split_at(usize::from(bytes[0]));
    (std::str::from_utf8(text).expect(WHOLE), rest)
}

/// The texts that bytes begin with, after their number.
fn texts(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let mut rest = &bytes[1..];
    (0..bytes[0]).map(move |_| {
        let (one, after) = text(rest);
        rest = after;
        one
    })
}

/// The numbers that bytes begin with, after how many they are.
fn listed(bytes: &[u8]) -> Vec<u32> {
    let n = usize::from(u16::from_le_bytes([bytes[0], bytes[1]]));
    let numbers = bytes[2..].chunks_exact(4).take(n);
    numbers
        .map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
        .collect()
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

/// Takes so many bytes from the beginning; none where there are fewer.
fn take<'a, const N: usize>(bytes: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(taken)
}

/// Takes a text from the beginning; none where it is not whole.
fn take_text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let [length] = *take::<1>(bytes)?;
    let (text, rest) = bytes.split_at_checked(usize::from(length))?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

/// Takes texts from the beginning, after their number; gives how many they are.
fn take_texts(bytes: &mut &[u8]) -> Option<u8> {
    let [n] = *take::<1>(bytes)?;
    for _ in 0..n {
        take_text(bytes)?;
    }
    Some(n)
}
