//! Arabic words: their stems, and the other readings that a spelling allows.
//!
//! The stemmer is a *light* one (after Larkey, Ballesteros and Connell 2002, «Light Stemming for Arabic Information
//! Retrieval»): it takes away what is written onto a word, never what is inside it. It goes further than light10 in
//! that suffixes go one after another until none fits (علاقاتها → علاق), a ة that became ت before a pronoun or a dual
//! ending goes too (علاقته, دولتان), and so does the alef of tanwin and of country names, which unites روسيا with
//! روسي. Of the attached particles only و goes here, and not from words that begin with it (وزارة); ب ل ك ف are
//! [`readings`], because taking them from every word costs بلد its first letter.
//!
//! `build.rs` includes this file, so it may use nothing else of ours.

/// Articles with what may be attached before them, longest first; every one stands for ال.
const ARTICLES: [&str; 14] = [
    "وبال",
    "فبال",
    "وكال",
    "ولل",
    "فلل",
    "وال",
    "فال",
    "بال",
    "كال",
    "لل",
    "ال",
    "افال",
    "اال",
    "وبلال",
];

/// Suffixes, longest first.
const SUFFIXES: [&str; 19] = [
    "تهما", "هما", "كما", "هم", "هن", "كم", "ها", "ات", "ان", "ون", "ين", "وا", "ه", "ة", "ي", "ا",
    "ء", "ك", "ت",
];

/// Words that begin with a و of their own, by their first letters.
const WAW_WORDS: [&str; 84] = [
    "واحد",
    "واحة",
    "وادي",
    "واسع",
    "واشنطن",
    "واضح",
    "واقع",
    "والد",
    "والي",
    "وباء",
    "وتر",
    "وثائق",
    "وثيق",
    "وجبة",
    "وجد",
    "وجه",
    "وجود",
    "وحد",
    "وحش",
    "وحي",
    "وديان",
    "وراث",
    "ورث",
    "ورد",
    "ورش",
    "ورق",
    "ورم",
    "وزار",
    "وزراء",
    "وزن",
    "وزير",
    "وسائل",
    "وساط",
    "وسط",
    "وسيل",
    "وسيط",
    "وشاح",
    "وصاي",
    "وصف",
    "وصل",
    "وصول",
    "وصي",
    "وضع",
    "وضوح",
    "وطن",
    "وظائف",
    "وظيف",
    "وعد",
    "وعي",
    "وفا",
    "وفد",
    "وفود",
    "وفر",
    "وفق",
    "وقائع",
    "وقت",
    "وقع",
    "وقف",
    "وقود",
    "وكال",
    "وكلاء",
    "وكيل",
    "ولاء",
    "ولاد",
    "ولاي",
    "ولد",
    "وليد",
    "وليم",
    "وليام",
    "ونستون",
    "ووتر",
    "ويكي",
    "ويلز",
    "ويلسون",
    "ويندوز",
    "وحيد",
    "وجيز",
    "وسام",
    "وريد",
    "وراء",
    "وهم",
    "وهران",
    "وارسو",
    "وارن",
];

/// The fewest letters that a stem keeps when a suffix goes.
const SHORTEST: usize = 3;

/// The stem of a folded Arabic word (see [`fold`](super::fold::fold)).
pub fn stem(word: &str) -> String {
    let bare = without_article(word);
    let bare = if bare.len() == word.len() {
        without_waw(word)
    } else {
        bare
    };
    without_suffixes(bare).to_owned()
}

/// The other stems that the spelling of a folded word allows: with an attached ب ل ك ف س (and و before it) taken away.
/// `is_known` tells which stems are known; a rest of three letters counts only where it is known.
pub fn readings(word: &str, is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let bare = if without_article(word).len() == word.len() {
        without_waw(word)
    } else {
        return Vec::new();
    };
    let mut readings = Vec::new();
    let Some(rest) = bare.strip_prefix(['ب', 'ل', 'ك', 'ف', 'س']) else {
        return readings;
    };
    let stem = without_suffixes(without_article(rest)).to_owned();
    if n_letters(rest) >= 3 && (n_letters(rest) >= 5 || is_known(&stem)) {
        readings.push(stem);
    }
    readings
}

/// The word without the article and what is attached before it; itself where it has none.
pub fn without_article(word: &str) -> &str {
    ARTICLES
        .iter()
        .find_map(|article| {
            word.strip_prefix(article)
                .filter(|rest| n_letters(rest) >= 3)
        })
        .or_else(|| {
            word.strip_prefix("ال")
                .filter(|rest| n_letters(rest) == 2 && !rest.starts_with('ل'))
        })
        .unwrap_or(word)
}

/// The word without an attached و; itself where the و is its own.
pub fn without_waw(word: &str) -> &str {
    match word.strip_prefix('و') {
        Some(rest)
            if n_letters(rest) >= 3 && !WAW_WORDS.iter().any(|known| word.starts_with(known)) =>
        {
            rest
        }
        _ => word,
    }
}

/// The word without its suffixes.
fn without_suffixes(word: &str) -> &str {
    let mut stem = word;
    // Whether a ة may have become the ت that now ends the stem.
    let mut hidden_ta = false;
    'again: loop {
        for suffix in SUFFIXES {
            let Some(rest) = stem.strip_suffix(suffix) else {
                continue;
            };
            let left = n_letters(rest);
            let fits = match suffix {
                "ك" => false,
                "ت" => hidden_ta && left >= SHORTEST,
                "ا" => left >= SHORTEST && !rest.ends_with(['ا', 'و']),
                "ء" => left >= SHORTEST - 1,
                "ة" => left >= 2,
                _ => left >= SHORTEST,
            };
            if !fits {
                continue;
            }
            if suffix == "ء" {
                // The alef before a final hamza belongs to the word: رؤساء is not روس.
                return rest;
            }
            hidden_ta = matches!(
                suffix,
                "ه" | "ها" | "هم" | "هما" | "هن" | "كم" | "ان" | "ين" | "ي"
            );
            stem = rest;
            continue 'again;
        }
        return stem;
    }
}

/// How many letters a folded word has.
pub fn n_letters(word: &str) -> usize {
    word.chars().count()
}

/// The consonants of a folded stem: what the forms of one root mostly share (ملك, ملوك). A weak sign at most.
pub fn skeleton(stem: &str) -> String {
    let mut skeleton = String::with_capacity(stem.len());
    for (at, c) in stem.chars().enumerate() {
        let weak = matches!(c, 'ا' | 'و' | 'ي' | 'ء' | 'ة');
        // A form's own م, ت or ن at the beginning is not told from a root's: it stays.
        if !weak || at == 0 && c == 'و' {
            skeleton.push(c);
        }
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    #[track_caller]
    fn one_stem(words: &[&str]) {
        let stems: Vec<String> = words.iter().map(|w| stem(&fold(w))).collect();
        assert!(
            stems.windows(2).all(|pair| pair[0] == pair[1]),
            "{words:?} → {stems:?}"
        );
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        one_stem(&[
            "علاقة",
            "العلاقات",
            "علاقاتها",
            "بالعلاقة",
            "وعلاقته",
            "للعلاقات",
            "علاقاتهم",
        ]);
        one_stem(&["روسيا", "روسي", "الروسية", "وروسيا", "الروس"]);
        one_stem(&["كوريا", "الكورية", "وكوريا", "كوري"]);
        one_stem(&["أمريكا", "الأمريكيون", "أمريكية", "والأمريكيين"]);
        one_stem(&["دولة", "دولتان", "دولتين", "دولته"]);
        one_stem(&["دعم", "دعمًا", "الدعم", "دعمها"]);
        one_stem(&["وزارة", "الوزارة", "ووزارة", "وزارته"]);
        one_stem(&["مدرسة", "مدرسه", "المدرسة"]);
        one_stem(&["لقاء", "لقاءًا", "اللقاء"]);
        one_stem(&["تعاون", "تعاوناً", "التعاون"]);
        one_stem(&["حياة", "حياته", "الحياة"]);
        one_stem(&["مسؤول", "المسؤولين", "مسؤولون"]);
    }

    #[test]
    fn letters_of_the_word_stay() {
        for (word, expected) in [
            ("بلد", "بلد"),
            ("وزير", "وزير"),
            ("كتب", "كتب"),
            ("سول", "سول"),
            ("وقت", "وقت"),
            ("بيته", "بيت"),
        ] {
            assert_eq!(stem(&fold(word)), expected);
        }
    }

    #[test]
    fn an_attached_particle_is_a_reading() {
        assert_eq!(readings("لترقية", |_| false), ["ترق"]);
        assert_eq!(readings("بخفض", |stem| stem == "خفض"), ["خفض"]);
        assert_eq!(readings("بخفض", |_| false), Vec::<String>::new());
        assert_eq!(readings("وبكلا", |_| true), ["كلا"]);
        assert_eq!(readings("بالعلاقة", |_| true), Vec::<String>::new());
    }
}
