//! Words glued to one where a link was stripped: `روسياوكوريا` is روسيا and وكوريا.
//!
//! A word is split against what its own source and the lexicon know:
//! - after a ة inside it, which only ends words (السوفييتيةواللجنة): sure;
//! - into two known words, where the whole is not known itself nor a known word with something attached: sure;
//! - into a known word with an article and unknown letters (الجنوبيلي): doubtful. Known is what the source has more than
//!   once, and the nisba (الجنوبي) of what it has more than once in another form (الجنوبية).

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
/// The fewest letters of a nisba.
const SHORTEST_NISBA: usize = 4;

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
        if has_body(left)
            && is_word(left, known)
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
        if left.starts_with("ال")
            && has_body(left)
            && !ENDINGS.contains(&right)
            && (known.times(left) >= 2 || is_nisba_of_known(left, known))
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

/// Whether a word with an article is a nisba that the lexicon lists, of a stem that the source has more than once: a
/// source that speaks of الجنوبية may glue its only الجنوبي.
fn is_nisba_of_known(part: &str, known: &impl Known) -> bool {
    let body = arabic::without_article(part);
    body.ends_with('ي')
        && arabic::n_letters(body) >= SHORTEST_NISBA
        && known.times_of_stem(&arabic::stem(part)) >= 2
        && is_listed(part)
}

/// Whether there is a word behind the article of a part: الم and وال are the beginnings of one word, not words.
fn has_body(part: &str) -> bool {
    let bare = arabic::without_waw(part);
    let bare = bare
        .strip_prefix(['ب', 'ل', 'ك', 'ف'])
        .filter(|rest| rest.starts_with("ال"))
        .unwrap_or(bare);
    let bare = part.strip_prefix("وال").or_else(|| bare.strip_prefix("ال"));
    bare.is_none_or(|body| arabic::n_letters(body) >= SHORTEST_PART)
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

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// The words of a source.
    struct Words(HashMap<String, u32>);

    impl Words {
        fn of(text: &str) -> Self {
            let mut words = HashMap::new();
            for word in text.split(' ') {
                *words.entry(fold(word)).or_default() += 1;
            }
            Self(words)
        }
    }

    impl Known for Words {
        fn times(&self, word: &str) -> u32 {
            self.0.get(word).copied().unwrap_or(0)
        }

        fn times_of_stem(&self, stem: &str) -> u32 {
            let same = self.0.iter().filter(|(word, _)| arabic::stem(word) == stem);
            same.map(|(_, n)| n).sum()
        }
    }

    #[track_caller]
    fn case(word: &str, source: &str, expected: Option<(&[&str], bool)>) {
        // The source has the word itself too.
        let words = Words::of(&format!("{source} {word}"));
        let found = split(&fold(word), &words);
        let found = found.map(|split| (split.parts, split.is_sure));
        let expected = expected
            .map(|(parts, is_sure)| (parts.iter().map(|part| fold(part)).collect(), is_sure));
        assert_eq!(found, expected, "{word}");
    }

    #[test]
    fn a_nisba_is_known_by_the_other_forms_that_the_source_has() {
        let south = "كوريا الجنوبية والجنوبية";
        case("الجنوبيلي", south, Some((&["الجنوبي", "لي"], false)));
        case(
            "الروسيسيرغي",
            "الروسية والروسية",
            Some((&["الروسي", "سيرغي"], false)),
        );
        // Once may be chance, and what has no article may be anything.
        case("الجنوبيلي", "كوريا الجنوبية", None);
        case("جنوبيلي", south, None);
        // An ending is no other word, and a name that the lexicon does not list is no nisba.
        case("الجنوبيتين", south, None);
        case("الخربشيقت", "الخربشية والخربشية", None);
    }

    #[test]
    fn a_beginning_that_the_source_has_needs_a_body() {
        case("الأمرخضت", "الأمر الأمر", Some((&["الأمر", "خضت"], false)));
        case("الانحباس", "الآن الآن", None);
        case("الأمصار", "الأم الأم", None);
    }
}
