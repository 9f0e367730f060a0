//! Words glued to one where a link was stripped: `روسياوكوريا` is روسيا and وكوريا.
//!
//! A word is split against what its own source and the lexicon know:
//! - after a ة inside it, which only ends words (السوفييتيةواللجنة): sure;
//! - into two known words, where the whole is not known itself nor a known word with something attached: sure;
//! - into a known word of four letters or more and unknown letters (الجنوبيلي): doubtful.

use super::arabic;
use super::fold::fold;
use super::lexicon;

/// What is known of the words of a source.
pub trait Known {
    /// How often a folded word stands in the source.
    fn times(&self, word: &str) -> u32;
    /// How often a stem stands in the source.
    fn times_of_stem(&self, stem: &str) -> u32;
}

/// A word split into its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The folded parts, in order.
    pub parts: Vec<String>,
    /// Whether both parts are known, or cannot be one word.
    pub is_sure: bool,
}

/// The fewest letters of a word that may be glued of two.
const SHORTEST: usize = 6;
/// The fewest letters of a known part.
const SHORTEST_PART: usize = 3;

/// What may follow a word without being another one.
const ENDINGS: [&str; 30] = [
    "ه", "ها", "هم", "هن", "هما", "كم", "نا", "ني", "ي", "ية", "يه", "ات", "ان", "ين", "ون", "تان",
    "تين", "يات", "يون", "يين", "وا", "تا", "ته", "تها", "تهم", "اته", "اتها", "اتهم", "ا", "يا",
];

/// Splits a folded word where it is glued of two.
pub fn split(word: &str, known: &impl Known) -> Option<Split> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    if letters.len() < SHORTEST {
        return None;
    }
    if let Some(at) = letters.iter().position(|(_, c)| *c == 'ة')
        && at >= 2
        && letters.len() - at > 2
    {
        let (left, right) = word.split_at(letters[at + 1].0);
        let mut parts = vec![left.to_owned()];
        match split(right, known) {
            Some(more) => parts.extend(more.parts),
            None => parts.push(right.to_owned()),
        }
        return Some(Split {
            parts,
            is_sure: true,
        });
    }
    if is_whole(word, known) {
        return None;
    }
    let mut best: Option<(usize, usize)> = None;
    for at in SHORTEST_PART..=letters.len() - SHORTEST_PART {
        let (left, right) = word.split_at(letters[at].0);
        if is_word(left, known)
            && is_word(right, known)
            && (at >= 4 || letters.len() - at >= 4)
            && !ENDINGS.contains(&right)
        {
            // The most even split of those that hold: two long words are no accident.
            let shorter = at.min(letters.len() - at);
            if best.is_none_or(|(_, so_far)| shorter > so_far) {
                best = Some((letters[at].0, shorter));
            }
        }
    }
    if let Some((at, _)) = best {
        let (left, right) = word.split_at(at);
        return Some(Split {
            parts: vec![left.to_owned(), right.to_owned()],
            is_sure: true,
        });
    }
    // The longest known beginning, with letters after it that are no ending.
    for at in (4..=letters.len() - 2).rev() {
        let (left, right) = word.split_at(letters[at].0);
        if known.times(left) >= 2
            && !ENDINGS.contains(&right)
            && right.chars().count() >= 2
            && left.starts_with("ال")
        {
            return Some(Split {
                parts: vec![left.to_owned(), right.to_owned()],
                is_sure: false,
            });
        }
    }
    None
}

/// Whether a word is one that the source has more than this once, that the lexicon has, or either with something attached.
fn is_whole(word: &str, known: &impl Known) -> bool {
    let stem = arabic::stem(word);
    known.times(word) > 1
        || known.times_of_stem(&stem) > 1
        || lexicon::knows_arabic(&stem)
        || arabic::readings(word, |_| true)
            .iter()
            .any(|reading| known.times_of_stem(reading) > 0 || lexicon::knows_arabic(reading))
}

/// Whether a part is a word: the source has it as it stands, or the lexicon has it (bare, or with the article).
fn is_word(part: &str, known: &impl Known) -> bool {
    known.times(part) > 0 || is_listed(part)
}

/// Whether the lexicon lists a folded word as it stands, or without its article.
fn is_listed(part: &str) -> bool {
    let bare = arabic::without_article(arabic::without_waw(part));
    lexicon::arabic(part).into_iter().any(|entry| {
        entry
            .alternatives()
            .flat_map(|alternative| alternative.split(' '))
            .any(|listed| {
                let listed = fold(listed);
                listed == part || listed == bare
            })
    })
}
