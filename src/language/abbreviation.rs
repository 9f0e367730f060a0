//! Stops that belong to the word before them: `Dr.`, `p. 275`, `J. R. R.`, `د.`, `ق.م.`, `1. Introduction`.
//!
//! Some may end a sentence all the same. `U.S.`, `a.m.` or `Inc.` do before a word that begins sentences (`The`, `However`),
//! for what else follows them is mostly a name; `هـ.` and `م.` after a year do unless a preposition follows.

use super::fold::{fold, is_ignorable};
use super::sentence::{is_arabic, is_opening};

/// A word is looked at up to this many characters.
const MAX_WORD_CHARS: usize = 24;

/// What stands before a name and never ends a sentence.
const BEFORE_NAMES: &str = "dr mr mrs ms mme mlle messrs prof st rev fr hon gen col lt capt cpt sgt maj cmdr adm gov sen \
    rep pres mt ft v vs cf viz eg e.g i.e";

/// What belongs to a number, if one follows.
const BEFORE_NUMBERS: &str =
    "no nos p pp vol vols ch chap fig figs sec art para pt bk c ca approx vv l n صص مج رقم";

/// What may end a sentence, or stand in the middle of one.
const OF_BOTH_KINDS: &str = "jr sr inc ltd co corp bros al ed eds trans repr est dept univ assn ave blvd rd op cit ph.d \
    jan feb mar apr jun jul aug sep sept oct nov dec esq ibid";

/// After a year's `م.` or `هـ.` the sentence goes on with these, folded.
const AFTER_YEARS: &str = "في من الي علي عن حتي الموافق اي او بعد قبل عند مع لدي";

/// Latin letters as Arabic spells them, folded: `جون إف. كينيدي`.
const SPELLED_LETTERS: &str =
    "ايه اي بي سي دي اف جي اتش جيه كيه كي ال ام ان او كيو ار اس تي يو في دبليو اكس واي";

/// English words that begin sentences far more often than names.
const BEGINNINGS: &str = "the a an he she it they we you i his her its their our my this that these those there here in \
    on at by for from with as after before when while since during if but and or however although though moreover also \
    thus then therefore meanwhile what who which where how why to some many most both all such";

/// Arabic words, folded, that begin sentences and no names: after a letter that stands for itself (`العدد ن. وكان`).
const ARABIC_BEGINNINGS: &str = "و وقد وكان وكانت وفي ومن وعلي ولد ولدت وهو وهي هو هي كان كانت لقد ثم كما حيث في لكن ولكن ان \
    انه انها هذا هذه تم يتم قال وقال يقول وذلك اذا عندما بعد";

/// Whether the stop behind `before`, the sentence so far, is no stop, if `after` is what follows, its first letter no
/// small one.
pub(super) fn is_abbreviation(before: &str, after: &str) -> bool {
    let original = last_word(before);
    let word = fold(original);
    let earlier = before.strip_suffix(original).unwrap_or_default();
    let number_follows = after.chars().next().is_some_and(char::is_numeric);
    let may_go_on = || number_follows || !begins_sentences(after);
    if is_number(&word) {
        // The number of an item is all that stands in its sentence.
        return word.len() <= 3 && !earlier.contains(char::is_alphanumeric);
    }
    if is_year(&word, earlier) {
        return number_follows || is_in(AFTER_YEARS, &fold(first_word(after)));
    }
    let begins_arabic = || is_in(ARABIC_BEGINNINGS, &fold(first_word(after)));
    if is_in(SPELLED_LETTERS, &word) {
        // `بي بي سي.` has spelled a name and may end a sentence; `جيه. آر.` are initials.
        return !is_in(SPELLED_LETTERS, &fold(last_word(earlier.trim_end()))) && !begins_arabic();
    }
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    // `ود. طه`: the «and» before it is no letter of it.
    let bare = word.strip_prefix('و').filter(|bare| !bare.is_empty());
    let is_letters = bare.unwrap_or(&word).split('.').all(is_letter);
    is_in(BEFORE_NAMES, &word)
        || is_in(BEFORE_NUMBERS, &word) && number_follows
        || is_in(OF_BOTH_KINDS, &word) && may_go_on()
        || is_letters && word.starts_with(is_arabic) && !begins_arabic()
        || is_letters
            && (word.contains('.') || original.starts_with(char::is_uppercase))
            && may_go_on()
}

/// Whether a word, if it stands behind `earlier`, is a year's `م`, `هـ`, `ق.م` or `ق.هـ`.
fn is_year(word: &str, earlier: &str) -> bool {
    let Some(year) = word.strip_suffix(['م', 'ه']) else {
        return false;
    };
    let year = year.strip_suffix("ق.").unwrap_or(year);
    let before = fold(last_word(earlier.trim_end()));
    is_number(year) || year.is_empty() && (is_number(&before) || before == "ق" || before == "ق.")
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// Whether a text begins with a word that begins sentences; `A.` is an initial.
fn begins_sentences(text: &str) -> bool {
    let word = first_word(text);
    let rest = text.strip_prefix(word).unwrap_or_default();
    !rest.starts_with('.') && is_in(BEGINNINGS, &fold(word))
}

/// The word that a text begins with, without what stands behind it; not all of it where it is no word.
pub(super) fn first_word(text: &str) -> &str {
    let end = text
        .char_indices()
        .take(MAX_WORD_CHARS)
        .take_while(|(_, c)| c.is_alphanumeric() || is_ignorable(*c))
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    text.get(..end).unwrap_or_default()
}

/// What a text ends with behind the last white space, bracket, quote or slash; not all of it where it is no word.
fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take(MAX_WORD_CHARS)
        .take_while(|(_, c)| !c.is_whitespace() && !is_opening(*c) && !matches!(c, '/' | ')'))
        .last()
        .map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn goes_on(before: &str, after: &str) {
        assert!(is_abbreviation(before, after), "{before}. {after}");
    }

    #[track_caller]
    fn ends(before: &str, after: &str) {
        assert!(!is_abbreviation(before, after), "{before}. {after}");
    }

    #[test]
    fn titles_never_end_a_sentence() {
        goes_on("He met Dr", "Smith");
        goes_on("Brown v", "Board");
        goes_on("many (e.g", "Korea");
        goes_on("قال د", "طه حسين");
        goes_on("قال أ.د", "محمد");
        goes_on("قال م", "علي");
        goes_on("محمد ود", "طه حسين");
        goes_on("قال أ", "د. محمد");
    }

    #[test]
    fn some_belong_to_a_number_only() {
        goes_on("See p", "275");
        goes_on("resolution no", "1695");
        ends("He said no", "Then");
        goes_on("انظر ص", "٢٧٥");
        goes_on("انظر مج", "2");
    }

    #[test]
    fn some_end_a_sentence_before_a_word_that_begins_one() {
        goes_on("the U.S", "Army");
        ends("the U.S", "The");
        goes_on("Apple Inc", "Chairman");
        ends("at 5 p.m", "He");
        goes_on("on Jan", "5");
        goes_on("Smith et al", "2010");
    }

    #[test]
    fn initials_belong_to_a_name() {
        goes_on("by J", "R. R. Tolkien");
        goes_on("by J. R", "R. Tolkien");
        goes_on("by J", "A. Smith");
        ends("There is no plan B", "The");
        ends("the variable x", "Then");
        goes_on("جون إف", "كينيدي");
        goes_on("بقلم جيه", "آر. آر. تولكين");
        goes_on("بقلم جيه. آر", "آر. تولكين");
        ends("على بي بي سي", "وقال");
        ends("شبكة بي سكاي بي", "وقد");
        ends("لكل عدد ن", "إنه");
        ends("بلغ 3.7", "وكان");
    }

    #[test]
    fn a_year_ends_a_sentence_unless_a_preposition_follows() {
        goes_on("توفي سنة 256 هـ", "في سمرقند");
        ends("توفي سنة 256 هـ", "وكان عالمًا");
        ends("توفي سنة 870م", "وكان عالمًا");
        goes_on("سنة 1367هـ", "الموافق 1948م");
        goes_on("سنة 300 ق.م", "على يد");
        ends("سنة 300 ق. م", "وكان");
        ends("سنة 52 ق هـ", "ولد");
        goes_on("سنة 300 ق", "م. وكان");
        ends("سنة ١٩٤٨م", "وكان");
    }

    #[test]
    fn a_number_is_that_of_an_item_where_it_stands_alone() {
        goes_on("1", "Introduction");
        goes_on("(12", "مقدمة");
        ends("in 1948", "The");
        ends("1948", "The");
    }

    #[test]
    fn other_words_are_words() {
        ends("He left", "She");
        ends("انتهى", "وبدأ");
        ends("", "The");
        ends("إلخ", "وقال");
    }
}
