//! Names across scripts, by sound: Gorbachev ↔ غورباتشوف.
//!
//! A name costs the cheapest way to cut both spellings into chunks (Latin of at most three letters, Arabic of at most
//! two) that sound alike by `SOUNDS`, a table written by hand: weighted edit distance over substrings, as in Brill and
//! Moore 2000. Candidates are found by a skeleton of consonant classes, as in Soundex, give or take one class.

mod sound;

pub use sound::cost;
use sound::{Spoken, arabic_letters};

/// The greatest cost a Latin letter at which two spellings are still one name.
const ACCEPTED: f32 = 0.20;
/// The same where nothing is as near as that.
const DOUBTFUL: f32 = 0.28;
/// The same where nothing is as near as that either.
const FAR: f32 = 0.36;

/// The most letters that a word has which may be a name.
const LONGEST: usize = 64;

/// Proclitics that may be written onto a name, with their cost a letter.
const PROCLITICS: [(&str, f32); 11] = [
    ("ال", 0.02),
    ("وال", 0.04),
    ("بال", 0.04),
    ("لل", 0.04),
    ("و", 0.07),
    ("ب", 0.09),
    ("ل", 0.09),
    ("ول", 0.1),
    ("وب", 0.1),
    ("ف", 0.13),
    ("ك", 0.13),
];

/// A skeleton of consonant classes, four bits a class; at most 16 classes.
fn pack(classes: impl Iterator<Item = char>) -> Vec<u8> {
    let mut skeleton: Vec<u8> = Vec::new();
    for class in classes.filter_map(|c| "BFTSKXLMNRJ".find(c)) {
        let class = u8::try_from(class).expect("eleven classes") + 1;
        if skeleton.last() != Some(&class) && skeleton.len() < 16 {
            skeleton.push(class);
        }
    }
    skeleton
}

fn skeleton_of_latin(word: &str) -> Vec<u8> {
    let mut plain = word.to_owned();
    for (from, to) in [
        ("tch", "$"),
        ("sch", "$"),
        ("sh", "$"),
        ("ch", "$"),
        ("zh", "$"),
        ("cz", "$"),
        ("th", "t"),
        ("ph", "f"),
        ("kh", "k"),
        ("gh", "k"),
        ("ck", "k"),
        ("x", "ks"),
        ("dg", "g"),
        ("h", ""),
        ("ce", "se"),
        ("ci", "si"),
        ("cy", "sy"),
    ] {
        plain = plain.replace(from, to);
    }
    pack(plain.chars().map(|c| match c {
        'b' | 'p' => 'B',
        'f' | 'v' => 'F',
        't' | 'd' | '6' => 'T',
        's' | 'z' | '$' | '9' => 'S',
        'k' | 'q' | 'g' | 'c' | 'j' | '5' | '8' => 'K',
        'l' => 'L',
        'm' => 'M',
        'n' => 'N',
        'r' => 'R',
        _ => ' ',
    }))
}

fn skeleton_of_arabic(word: &str) -> Vec<u8> {
    pack(word.replace("تش", "ش").chars().map(|c| match c {
        'ب' => 'B',
        'ف' => 'F',
        'ت' | 'ط' | 'د' | 'ض' | 'ذ' | 'ث' => 'T',
        'س' | 'ص' | 'ز' | 'ش' | 'ظ' => 'S',
        'ك' | 'ق' | 'غ' | 'خ' | 'ج' => 'K',
        'ل' => 'L',
        'م' => 'M',
        'ن' => 'N',
        'ر' => 'R',
        _ => ' ',
    }))
}

/// A skeleton as one number.
fn key(skeleton: &[u8]) -> u64 {
    skeleton
        .iter()
        .fold(1, |key, class| key << 4 | u64::from(*class))
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The skeleton and every skeleton with one class less.
fn neighborhood(skeleton: &[u8]) -> Vec<u64> {
    let mut keys = vec![key(skeleton)];
    for at in 0..skeleton.len() {
        let mut less = skeleton.to_vec();
        less.remove(at);
        less.dedup();
        keys.push(key(&less));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A word, or what is left of it without a proclitic.
#[derive(Debug)]
struct Form {
    /// Which word.
    word: u32,
    /// Where its letters begin among those of all words, and how many they are.
    first: u32,
    length: u16,
    /// What its proclitic costs a letter.
    extra: f32,
}

/// Arabic words arranged so that names are found among them by sound.
#[derive(Debug, Default)]
pub struct Names {
    /// The letters of all words, one word after the other.
    letters: Vec<u16>,
    forms: Vec<Form>,
    /// Skeleton keys with the forms that have them, sorted.
    skeletons: Vec<(u64, u32)>,
    /// Of which leading bits there is a key: a long name asks for hundreds of keys, and hardly any is there.
    sieve: Vec<u64>,
}

/// The words that sound like a folded Latin name, best first, at most twelve, with how like they sound: 1 is exactly, 0
/// just not accepted any more. `costs` tells of a name what it costs a letter to read it as the words that may be near, at
/// most so much ([`Names::costs`]); each word once.
pub fn nearest<W: Ord + Copy>(
    latin: &str,
    costs: impl Fn(&str, f32) -> Vec<(W, f32)>,
) -> Vec<(W, f32)> {
    let whole = costs(latin, FAR);
    let mut found = chosen(&whole, ACCEPTED);
    if let Some(single) = latin.strip_suffix('s').filter(|single| single.len() >= 3)
        && found.is_empty()
    {
        found = chosen(&costs(single, ACCEPTED), ACCEPTED);
    }
    for accepted in [DOUBTFUL, FAR] {
        if found.is_empty() {
            found = chosen(&whole, accepted);
        }
    }
    found
}

impl Names {
    /// Arranges folded Arabic words; a word is known by its place in the list.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names = Self::default();
        for (text, word) in words.into_iter().zip(0..) {
            let letters = arabic_letters(text);
            // Nothing so long is a name, and the numbers below hold whatever is left.
            let Some(first) = u32::try_from(names.letters.len())
                .ok()
                .filter(|_| letters.len() <= LONGEST)
            else {
                continue;
            };
            for (bare, extra) in bare_forms(text) {
                // What is stripped stands in front, and so the rest is the end of the letters.
                let length = bare.chars().count().min(letters.len());
                let form = u32::try_from(names.forms.len()).unwrap_or(u32::MAX);
                names.forms.push(Form {
                    word,
                    first: first + u32::try_from(letters.len() - length).unwrap_or(0),
                    length: u16::try_from(length).unwrap_or(u16::MAX),
                    extra,
                });
                let keys = neighborhood(&skeleton_of_arabic(bare));
                names
                    .skeletons
                    .extend(keys.into_iter().map(|key| (key, form)));
            }
            names.letters.extend(letters);
        }
        names.skeletons.sort_unstable();
        names.sieve = vec![0; (names.skeletons.len() / 8).max(1).next_power_of_two()];
        for (key, _) in &names.skeletons {
            let (at, bit) = place(*key, names.sieve.len());
            names.sieve[at] |= bit;
        }
        names
    }

    /// What it costs a letter to read a name as the words that may be near: at most `limit`. Once a word is accepted,
    /// those that are not are left out.
    pub fn costs(&self, latin: &str, mut limit: f32) -> Vec<(u32, f32)> {
        let name = Spoken::new(latin);
        if name.n_letters < 2 {
            return Vec::new();
        }
        #[allow(clippy::cast_precision_loss, reason = "a word is short")]
        let n_letters = name.n_letters as f32;
        let mut scratch = Vec::new();
        let mut costs: Vec<(u32, f32)> = Vec::new();
        for form in self.forms_near(latin) {
            let Some(form) = self.forms.get(form as usize) else {
                continue;
            };
            let length = usize::from(form.length);
            if length > name.n_letters + 2 || 3 * length < name.n_letters {
                continue; // no cut of these is cheap enough
            }
            let first = form.first as usize;
            let Some(letters) = self.letters.get(first..first + length) else {
                continue;
            };
            let most = (limit - form.extra) * n_letters;
            let cost = name.cheapest(letters, most, &mut scratch) / n_letters + form.extra;
            if cost > limit {
                continue;
            }
            if cost <= ACCEPTED {
                limit = limit.min(ACCEPTED);
            }
            match costs.iter_mut().find(|(word, _)| *word == form.word) {
                Some((_, least)) => *least = least.min(cost),
                None => costs.push((form.word, cost)),
            }
        }
        costs
    }

    /// The forms whose skeleton differs from that of a name by little.
    fn forms_near(&self, latin: &str) -> Vec<u32> {
        let skeleton = skeleton_of_latin(latin);
        let mut keys = neighborhood(&skeleton);
        // With the one class that the words' own neighborhoods lack, a long name may differ in two.
        for at in (0..skeleton.len()).filter(|_| skeleton.len() > 4) {
            let mut less = skeleton.clone();
            less.remove(at);
            keys.extend(neighborhood(&less));
        }
        keys.retain(|key| {
            let (at, bit) = place(*key, self.sieve.len());
            self.sieve.get(at).is_some_and(|bits| bits & bit != 0)
        });
        keys.sort_unstable();
        keys.dedup();
        let mut forms: Vec<u32> = Vec::new();
        for key in keys {
            let from = self.skeletons.partition_point(|(k, _)| *k < key);
            let here = self.skeletons.get(from..).into_iter().flatten();
            forms.extend(here.take_while(|(k, _)| *k == key).map(|(_, form)| form));
        }
        forms.sort_unstable();
        forms.dedup();
        forms
    }
}

/// Which bit stands for a key in a sieve of so many numbers, a power of two.
fn place(key: u64, n: usize) -> (usize, u64) {
    // The keys are products: their leading bits are the mixed ones.
    let leading = usize::try_from(key >> 32).unwrap_or(0);
    (leading >> 6 & n.saturating_sub(1), 1 << (key >> 32 & 63))
}

/// The words that cost at most so much a letter, best first, at most twelve, with how like they are.
fn chosen<W: Ord + Copy>(costs: &[(W, f32)], accepted: f32) -> Vec<(W, f32)> {
    let within = costs.iter().filter(|(_, cost)| *cost <= accepted);
    let mut found: Vec<(W, f32)> = within
        .map(|(word, cost)| (*word, (1.0 - cost / (ACCEPTED * 1.25)).max(0.15)))
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.truncate(12);
    found
}

/// A word and what is left of it without each proclitic that it may have, with the proclitic's cost a letter.
fn bare_forms(word: &str) -> impl Iterator<Item = (&str, f32)> {
    let stripped = PROCLITICS.iter().filter_map(move |(proclitic, cost)| {
        word.strip_prefix(proclitic)
            .filter(|rest| rest.chars().count() >= 3)
            .map(|rest| (rest, *cost))
    });
    std::iter::once((word, 0.0)).chain(stripped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(names: &Names, latin: &str) -> Vec<(u32, f32)> {
        nearest(latin, |name, limit| names.costs(name, limit))
    }

    #[track_caller]
    fn alike(latin: &str, arabic: &str) {
        let words = [arabic, "كتاب", "المتحدة"];
        let names = Names::new(words);
        let found = like(&names, latin);
        assert_eq!(
            found.first().map(|(word, _)| *word),
            Some(0),
            "{latin} ↔ {arabic}: cost {} {found:?}",
            cost(latin, arabic)
        );
    }

    #[test]
    fn names_sound_alike() {
        for (latin, arabic) in [
            ("gorbachev", "غورباتشوف"),
            ("churkin", "تشوركين"),
            ("yeltsin", "يلتسن"),
            ("brezhnev", "بريجينيف"),
            ("medvedev", "ميدفيديف"),
            ("lavrov", "لافروف"),
            ("gerasimov", "جيراسيموف"),
            ("putin", "بوتين"),
            ("ignatenko", "اغناتنكو"),
            ("zyuganov", "زيوغانوف"),
            ("novosibirsk", "نوفوسيبيرسك"),
            ("pyongyang", "بيونغيانغ"),
            ("tito", "تيتو"),
        ] {
            alike(latin, arabic);
        }
        alike("gorbachev", "لغورباتشوف");
        alike("putin", "وبوتين");
    }

    #[test]
    fn other_words_do_not() {
        let names = Names::new(["العلاقات", "التاريخ", "السوفييتي", "كوريا"]);
        assert_eq!(like(&names, "gorbachev"), []);
        assert_eq!(like(&names, ""), []);
        assert_eq!(like(&names, "ß"), []);
    }
}
