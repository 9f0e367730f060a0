//! Numbers and dates as words: `خمس` and `five` are 5, `أكتوبر` and `October` the tenth month.
//!
//! The tables here give a *value* to words; how the words translate into each other, the lexicon knows.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::fold::fold;
use super::token::{Script, Token};

/// What a single word is as a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A year between 1000 and 2199, in digits.
    Year(u32),
    /// A month, 1 to 12.
    Month(u32),
    /// Any other number, in digits or as a word.
    Number(u64),
}

const NUMBERS: &str = "
0 zero صفر
1 first أول أولى
2 two second twice اثنان اثنين اثنتان اثنتين ثاني ثان ثانية مرتين مرتان
3 three third thrice ثلاث ثلاثة ثالث ثالثة
4 four fourth أربع أربعة رابع رابعة
5 five fifth خمس خمسة خامس خامسة
6 six sixth ست ستة سادس سادسة
7 seven seventh سبع سبعة سابع سابعة
8 eight eighth ثمان ثماني ثمانية ثامن ثامنة
9 nine ninth تسع تسعة تاسع تاسعة
10 ten tenth عشر عشرة عاشر عاشرة
11 eleven eleventh
12 twelve twelfth dozen
13 thirteen thirteenth
14 fourteen fourteenth
15 fifteen fifteenth
16 sixteen sixteenth
17 seventeen seventeenth
18 eighteen eighteenth
19 nineteen nineteenth
20 twenty twentieth عشرون عشرين
30 thirty thirtieth ثلاثون ثلاثين
40 forty fortieth أربعون أربعين
50 fifty fiftieth خمسون خمسين
60 sixty sixtieth ستون ستين
70 seventy seventieth سبعون سبعين
80 eighty eightieth ثمانون ثمانين
90 ninety ninetieth تسعون تسعين
100 hundred hundredth مئة مائة مئه مئات مائتين مئتين
1000 thousand ألف آلاف
1000000 million مليون ملايين
1000000000 billion مليار بليون مليارات
";

/// Of the number words those that say which one and not how many.
const ORDINALS: &str = "
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth
seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth
أول أولى ثاني ثان ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع تاسعة عاشر عاشرة
";

static ORDINAL_WORDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| ORDINALS.split_whitespace().map(fold).collect());

/// Whether a folded word says which one (third, الثالث); articles and an attached و are looked through.
pub fn is_ordinal(word: &str) -> bool {
    let words = &*ORDINAL_WORDS;
    let bare = super::arabic::without_article(word);
    words.contains(word)
        || words.contains(bare)
        || bare
            .strip_prefix('و')
            .is_some_and(|rest| words.contains(rest))
}

const MONTHS: [&str; 12] = [
    "january jan يناير جانفي",
    "february feb فبراير شباط فيفري",
    "march مارس آذار",
    "april apr أبريل إبريل نيسان أفريل",
    "may مايو أيار ماي",
    "june jun يونيو حزيران جوان",
    "july jul يوليو تموز جويلية",
    "august aug أغسطس آب أوت",
    "september sep sept سبتمبر أيلول",
    "october oct أكتوبر",
    "november nov نوفمبر",
    "december dec ديسمبر",
];

static VALUES: LazyLock<HashMap<String, Value>> = LazyLock::new(|| {
    let mut values = HashMap::new();
    for line in NUMBERS.lines() {
        let mut words = line.split_whitespace();
        let Some(number) = words.next().and_then(|n| n.parse().ok()) else {
            continue;
        };
        values.extend(words.map(|word| (fold(word), Value::Number(number))));
    }
    for (month, words) in (1..).zip(MONTHS) {
        values.extend(
            words
                .split_whitespace()
                .map(|word| (fold(word), Value::Month(month))),
        );
    }
    values
});

/// The value of a folded word written in letters; articles and attached particles are looked through.
pub fn of_word(word: &str) -> Option<Value> {
    let values = &*VALUES;
    values.get(word).copied().or_else(|| {
        let bare = super::arabic::without_article(word);
        let bare = bare
            .strip_prefix('و')
            .filter(|rest| rest.chars().count() >= 3)
            .unwrap_or(bare);
        if bare == word {
            None
        } else {
            values.get(bare).copied()
        }
    })
}

/// The value of a word of a text.
pub fn of(token: &Token) -> Option<Value> {
    if token.script == Script::Number {
        let number: f64 = token.fold.parse().ok()?;
        if token.fold.len() == 4 && (1000.0..2200.0).contains(&number) {
            return token.fold.parse().ok().map(Value::Year);
        }
        return Some(Value::Number(token.fold.split('.').next()?.parse().ok()?));
    }
    of_word(&token.fold)
}

/// The digits for which a number word stands, as a term that meets the number itself: `خمس` → `5`.
pub fn digits(word: &str) -> Option<String> {
    match of_word(word)? {
        Value::Number(number) if number > 1 => Some(number.to_string()),
        Value::Number(_) | Value::Year(_) | Value::Month(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn words_have_values() {
        for (word, value) in [
            ("1948", Some(Value::Year(1948))),
            ("١٩٩٦", Some(Value::Year(1996))),
            ("34", Some(Value::Number(34))),
            ("3.5", Some(Value::Number(3))),
            ("خمس", Some(Value::Number(5))),
            ("والخمسين", Some(Value::Number(50))),
            ("أكتوبر", Some(Value::Month(10))),
            ("October", Some(Value::Month(10))),
            ("كتاب", None),
        ] {
            assert_eq!(of(&tokens(word)[0]), value, "{word}");
        }
        assert_eq!(digits("five").as_deref(), Some("5"));
    }

    #[test]
    fn an_ordinal_says_which_one() {
        for (word, is) in [
            ("third", true),
            ("three", false),
            ("الثالث", true),
            ("والثالثة", true),
            ("ثلاثة", false),
        ] {
            assert_eq!(is_ordinal(&fold(word)), is, "{word}");
        }
    }
}
