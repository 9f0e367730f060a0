//! Arabic words that change inside (كتاب / كتب, قال / يقول): the forms of one word, from `data/lexicon/arabic-forms.tsv`.
//!
//! The light stemmer takes off what is written onto a word; what happens inside it, only a list knows. A verb stands in
//! the list with its past, its present and its masdar; the other persons and numbers are taken back to these here.

use super::{arabic, lexicon};

/// Endings of verbs, the longest first: persons, numbers, attached pronouns.
const VERB_ENDINGS: [&str; 17] = [
    "هما", "تما", "وها", "تها", "وا", "ون", "ان", "ين", "تا", "تم", "نا", "ها", "هم", "ته", "ت",
    "ن", "ه",
];

/// The stems of the other forms of a folded word, most telling first; empty where the list does not have it.
pub fn family(word: &str) -> Vec<&'static str> {
    let stem = arabic::stem(word);
    let mut families = direct(word, &stem);
    if families.is_empty() {
        families = base(word).map_or_else(Vec::new, |base| lexicon::families(&base));
    }
    let mut family = Vec::new();
    for other in families.into_iter().flat_map(lexicon::family) {
        if other != stem && !family.contains(&other) {
            family.push(other);
        }
    }
    family
}

/// The stem of the past or present from which an inflected verb is made (أدت → أدى, تصنفها → يصنف); none where the list
/// has the word itself, or nothing that it may be made from.
pub fn base_stem(word: &str) -> Option<String> {
    if direct(word, &arabic::stem(word)).is_empty() {
        base(word).map(|base| arabic::stem(&base))
    } else {
        None
    }
}

/// The families of the word itself, of it without article and و, or of its stem.
fn direct(word: &str, stem: &str) -> Vec<u32> {
    let ways = [
        word,
        arabic::without_article(word),
        arabic::without_waw(word),
        stem,
    ];
    let found = ways.into_iter().map(lexicon::families);
    found
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn base(word: &str) -> Option<String> {
    let word = arabic::without_waw(word);
    if arabic::n_letters(word) < 4 {
        return None;
    }
    let known = |form: &str| !lexicon::families(form).is_empty();
    // The future's س before a present.
    let word = word
        .strip_prefix('س')
        .filter(|rest| rest.starts_with(['ي', 'ت', 'ن', 'ا']))
        .unwrap_or(word);
    let bare = VERB_ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .filter(|bare| arabic::n_letters(bare) >= 2);
    for bare in std::iter::once(word).chain(bare) {
        // أدت ← أدى, دعوا ← دعا: a weak verb loses its last letter before an ending.
        let weak = bare.len() < word.len();
        let mut forms = vec![bare.to_owned()];
        if let Some(rest) = bare.strip_prefix(['ت', 'ن', 'ا']) {
            forms.push(format!("ي{rest}"));
        }
        for form in forms {
            let whole = arabic::n_letters(&form) >= 3 && form != word && known(&form);
            if whole {
                return Some(form);
            }
            if weak {
                let found = ["ي", "ا", "و"]
                    .into_iter()
                    .map(|last| format!("{form}{last}"))
                    .find(|form| known(form));
                if found.is_some() {
                    return found;
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold::fold;

    #[test]
    fn forms_of_one_word_are_a_family() {
        for (word, other) in [
            ("الكتب", "كتاب"),
            ("كتاب", "كتب"),
            ("يقول", "قال"),
            ("وقال", "يقول"),
            ("أدت", "أداء"),
            ("تصنف", "تصنيف"),
            ("سيصنفها", "تصنيف"),
            ("أقيمت", "إقامة"),
            ("تزوجت", "زواج"),
        ] {
            let other = arabic::stem(&fold(other));
            assert!(
                family(&fold(word)).contains(&other.as_str()),
                "{word}: {:?}",
                family(&fold(word))
            );
        }
        assert!(family("كوريا").is_empty());
    }

    #[test]
    fn an_inflected_verb_has_a_base() {
        assert_eq!(base_stem(&fold("أدّت")), Some(arabic::stem(&fold("أدى"))));
        assert_eq!(base_stem("يقول"), None);
        assert_eq!(base_stem("بيت"), None);
    }
}
