//! The words of a sentence with what each may mean in the other language, for readers who do not know its language.
//!
//! It is a list of words and no translation: every word is looked up by itself, or with its neighbors where the lexicon
//! has them as one, and what it means *here* is left to the reader.

use super::token::{Script, Token, tokens};
use super::{Language, Span, arabic, fold, forms, lexicon, stop};
use lexicon::{Class, Entry};

/// How many meanings a word is given.
const MEANINGS: usize = 3;
/// The longest run of words that is looked up as one.
const LONGEST_RUN: usize = 4;

// How likely a meaning is, on the scale of the frequencies that the lexicon gives its entries.

/// What an alternative loses for each one that stands before it.
const FURTHER: f32 = 0.5;
/// What an alternative gains that is written as the word is, and one that is but for an ending; the others are merely
/// stemmed alike.
const AS_WRITTEN: f32 = 1.5;
const BUT_FOR_ENDING: f32 = 1.0;
/// What is lost where a verb was taken back to its past or present.
const BASE: f32 = 0.3;
/// What is lost where another form of the same word was looked up, or the word without a letter that may be attached.
const RELATIVE: f32 = 0.8;
/// What a verb loses where the word has an article, which no verb has.
const WITH_ARTICLE: f32 = 1.5;
/// How far behind the likeliest meaning another one may be.
const BEHIND: f32 = 2.0;

/// A word of a sentence, or several that are one, with its meanings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gloss {
    /// Where it stands in the text.
    pub span: Span,
    /// What it may mean, the likeliest first; empty where the lexicon does not have it.
    pub meanings: Vec<&'static str>,
}

/// The words with content of a sentence in a text, in order, each once, with their meanings in the language of a reader
/// (Arabic or English; else there are none). What lies in `left_out`, such as a remark about the text, is no word of it.
pub fn gloss(text: &str, sentence: &Span, left_out: &[Span], reader: Language) -> Vec<Gloss> {
    let script = match reader {
        Language::Arabic => Script::Latin,
        Language::English => Script::Arabic,
        Language::Other => return Vec::new(),
    };
    let words = words(text, sentence, left_out);
    let mut glosses = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let run = run(text, rest, script);
        let Some(first) = run.first() else {
            at += 1;
            continue;
        };
        let longest = (2..=run.len()).rev().find_map(|length| {
            let several = run.get(..length)?;
            let last = several.last()?;
            let meanings = match script {
                _ if is_stop(last) => return None,
                Script::Arabic => arabic_run(several),
                _ => english_run(several),
            };
            (!meanings.is_empty()).then_some((several, meanings))
        });
        let (of, meanings) = longest.unwrap_or_else(|| {
            let meanings = match script {
                Script::Arabic => arabic_word(first),
                _ => english_run(std::slice::from_ref(first)),
            };
            (std::slice::from_ref(first), meanings)
        });
        at += of.len();
        let key = key(of);
        if let Some(last) = of.last()
            && !seen.contains(&key)
        {
            seen.push(key);
            glosses.push(Gloss {
                span: first.span.start..last.span.end,
                meanings,
            });
        }
    }
    glosses
}

/// The words of a sentence with their places in the whole text.
fn words(text: &str, sentence: &Span, left_out: &[Span]) -> Vec<Token> {
    let shown = text.get(sentence.clone()).unwrap_or_default();
    let moved = |token: Token| Token {
        span: token.span.start + sentence.start..token.span.end + sentence.start,
        ..token
    };
    let is_left_out = |token: &Token| {
        let mut spans = left_out.iter();
        spans.any(|span| span.start < token.span.end && token.span.start < span.end)
    };
    let words = tokens(shown).into_iter().map(moved);
    words.filter(|token| !is_left_out(token)).collect()
}

/// The words at the beginning that may be one: of that script, parted by blanks alone. Empty where the first of them is
/// of another script or carries no content.
fn run<'a>(text: &str, words: &'a [Token], script: Script) -> &'a [Token] {
    let is_of = |token: &Token| token.script == script && token.fold.chars().nth(1).is_some();
    if !words
        .first()
        .is_some_and(|first| is_of(first) && !is_stop(first))
    {
        return &[];
    }
    let goes_on = |pair: &[Token]| {
        let [one, next] = pair else { return false };
        let gap = text.get(one.span.end..next.span.start);
        let is_blank = |gap: &str| !gap.is_empty() && gap.chars().all(|c| c == ' ');
        next.script == script && gap.is_some_and(is_blank)
    };
    let joined = words.windows(2).take_while(|pair| goes_on(pair)).count();
    words.get(..(joined + 1).min(LONGEST_RUN)).unwrap_or(words)
}

fn is_stop(token: &Token) -> bool {
    match token.script {
        Script::Arabic => stop::is_arabic(&token.fold),
        _ => stop::is_english(&token.fold),
    }
}

fn key(run: &[Token]) -> String {
    let folds: Vec<&str> = run.iter().map(|token| token.fold.as_str()).collect();
    folds.join(" ")
}

/// Meanings while they are gathered.
#[derive(Default)]
struct Meanings(Vec<(f32, &'static str)>);

impl Meanings {
    fn add(&mut self, score: f32, meaning: &'static str) {
        match self
            .0
            .iter_mut()
            .find(|(_, known)| known.eq_ignore_ascii_case(meaning))
        {
            Some(known) => known.0 = known.0.max(score),
            None => self.0.push((score, meaning)),
        }
    }

    /// Adds the English of the entries that have these stems among their Arabic.
    fn add_stems(&mut self, stems: &str, written: &str, loss: f32) {
        let bare = arabic::without_article(written);
        let gain = |words: &str| {
            if words == written || words == bare {
                AS_WRITTEN
            } else if without_ending(words) == without_ending(bare) {
                BUT_FOR_ENDING
            } else {
                0.0
            }
        };
        for entry in lexicon::arabic_stems(stems) {
            if entry.class() == Class::Function {
                continue;
            }
            let is_odd = bare != written && entry.class() == Class::Verb;
            let mut further = if is_odd { WITH_ARTICLE } else { 0.0 };
            for words in entry.alternatives().map(fold::fold) {
                if stemmed(&words) == stems {
                    let score = entry.zipf() - further + gain(&words) - loss;
                    self.add(score, entry.lemma());
                }
                further += FURTHER;
            }
        }
    }

    fn likeliest(mut self) -> Vec<&'static str> {
        self.0
            .sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let best = self.0.first().map_or(0.0, |(score, _)| *score);
        let near = self.0.iter().filter(|(score, _)| *score >= best - BEHIND);
        near.take(MEANINGS).map(|(_, meaning)| *meaning).collect()
    }
}

/// A folded word without what number, gender or a pronoun write onto its end. The ي of a nisba stays: a Russian is not
/// Russia.
fn without_ending(word: &str) -> &str {
    const ENDINGS: [&str; 14] = [
        "تهما", "هما", "تها", "ته", "هم", "ها", "ات", "ون", "ين", "ان", "ة", "ه", "ا", "ت",
    ];
    let bare = ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|rest| arabic::n_letters(rest) >= 3);
    bare.unwrap_or(word)
}

fn stemmed(folded: &str) -> String {
    let stems: Vec<String> = folded.split(' ').map(arabic::stem).collect();
    stems.join(" ")
}

/// The English of Arabic words that are one term.
fn arabic_run(run: &[Token]) -> Vec<&'static str> {
    let written = key(run);
    let mut meanings = Meanings::default();
    meanings.add_stems(&stemmed(&written), &written, 0.0);
    meanings.likeliest()
}

/// The English of an Arabic word.
fn arabic_word(token: &Token) -> Vec<&'static str> {
    let word = arabic::without_waw(&token.fold);
    let mut meanings = Meanings::default();
    meanings.add_stems(&arabic::stem(word), word, 0.0);
    if let Some(base) = forms::base_stem(word) {
        meanings.add_stems(&base, word, BASE);
    }
    for other in forms::family(word) {
        meanings.add_stems(other, word, RELATIVE);
    }
    // وزار begins as وزارة does, and is و and زار all the same.
    if word.len() == token.fold.len()
        && let Some(rest) = word.strip_prefix('و')
        && arabic::n_letters(rest) >= 3
    {
        meanings.add_stems(&arabic::stem(rest), rest, RELATIVE);
    }
    // للجنة is ل and الجنة, or ل and اللجنة, of which one ل is not written.
    if word.starts_with("لل")
        && let Some(rest) = word.strip_prefix('ل')
    {
        meanings.add_stems(&arabic::stem(rest), rest, 0.0);
    }
    if meanings.0.is_empty() {
        for reading in arabic::readings(&token.fold, lexicon::knows_arabic) {
            meanings.add_stems(&reading, word, RELATIVE);
        }
    }
    meanings.likeliest()
}

/// The Arabic of English words that are one term, or of one: the first alternatives of its entries, the most frequent
/// entry first, then their second ones. What ends as verbs do is read as one where it can be.
fn english_run(run: &[Token]) -> Vec<&'static str> {
    let form = key(run);
    let entries = lexicon::english(&form);
    let mut entries: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| entry.class() != Class::Function)
        .collect();
    let is_second = |entry: &Entry| {
        (form.ends_with("ed") || form.ends_with("ing")) && entry.class() != Class::Verb
    };
    entries.sort_by(|a, b| {
        let verbs_first = is_second(a).cmp(&is_second(b));
        verbs_first.then(b.zipf().total_cmp(&a.zipf()))
    });
    let mut meanings: Vec<&'static str> = Vec::new();
    let most = entries.iter().map(|entry| entry.alternatives().count());
    for nth in 0..most.max().unwrap_or(0) {
        for entry in &entries {
            let meaning = entry.alternatives().nth(nth);
            meanings.extend(meaning.filter(|meaning| !meanings.contains(meaning)));
        }
    }
    meanings.truncate(MEANINGS);
    meanings
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(text: &str, reader: Language) -> String {
        let lines = gloss(text, &(0..text.len()), &[], reader).into_iter();
        let lines =
            lines.map(|gloss| format!("{}: {}", &text[gloss.span], gloss.meanings.join(", ")));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_word_with_content_stands_in_order_with_its_likeliest_meanings() {
        let text = "في أبريل من عام 2009 زار وزير الخارجية الروسي سيرغي لافروف كوريا الشمالية ووقّع خطة للتبادل الثقافي مع اللجنة.[1]";
        insta::assert_snapshot!(list(text, Language::English), @r"
        أبريل: April
        عام: year, general, public
        زار: visit, roar
        وزير الخارجية: foreign minister, secretary of state, foreign secretary
        الروسي: Russian, Russia
        سيرغي: 
        لافروف: 
        كوريا الشمالية: North Korea, North Korean, DPRK
        ووقّع: happen, sign, fall
        خطة: plan, scheme, line
        للتبادل الثقافي: cultural exchange, cross-cultural
        اللجنة: committee, commission, panel
        ");
        let text = "In May 2009 the Russian foreign minister Lavrov visited North Korea, and signed a plan for studies with Korea (North).";
        insta::assert_snapshot!(list(text, Language::Arabic), @r"
        Russian: روسي, روس, روسيا
        foreign minister: وزير الخارجية, وزير الشؤون الخارجية
        Lavrov: 
        visited: زار, زيارة, يزور
        North Korea: كوريا الشمالية, كوريا الديمقراطية, كوري شمالي
        signed: علامة, وقع, توقيع
        plan: خطة, خطط, تخطيط
        studies: درس, دراسة, يدرس
        Korea: كوريا, كوري
        North: شمال, شمالي, شمالا
        ");
    }

    #[test]
    fn the_likeliest_reading_comes_first() {
        #[track_caller]
        fn case(word: &str, expected: &str) {
            let glosses = gloss(word, &(0..word.len()), &[], Language::English);
            assert_eq!(
                glosses[0].meanings.first(),
                Some(&expected),
                "{word}: {glosses:?}"
            );
        }
        case("للجنة", "committee");
        case("الروسية", "Russian");
        case("روسيا", "Russia");
        case("وزارة", "ministry");
        case("ووزير", "minister");
        case("الكتب", "book");
        case("يقول", "say");
        case("صديقة", "friend");
        let meant = |word: &str| gloss(word, &(0..word.len()), &[], Language::English);
        assert!(
            meant("وزار")[0].meanings.contains(&"visit"),
            "{:?}",
            meant("وزار")
        );
        assert!(
            meant("الكورية")[0]
                .meanings
                .iter()
                .all(|meaning| meaning.starts_with("Korea"))
        );
    }

    #[test]
    fn words_are_one_only_where_blanks_alone_part_them() {
        let texts = |text: &str, reader| -> Vec<String> {
            let glosses = gloss(text, &(0..text.len()), &[], reader);
            glosses
                .into_iter()
                .map(|gloss| text[gloss.span].to_owned())
                .collect()
        };
        assert_eq!(texts("رئيس الوزراء", Language::English), ["رئيس الوزراء"]);
        assert_eq!(
            texts("رئيس (الوزراء)", Language::English),
            ["رئيس", "الوزراء"]
        );
        assert_eq!(
            texts("prime minister", Language::Arabic),
            ["prime minister"]
        );
        assert_eq!(
            texts("prime, minister", Language::Arabic),
            ["prime", "minister"]
        );
        assert_eq!(texts("of the and which 1948 في", Language::Arabic), [""; 0]);
        assert_eq!(
            texts("كتاب، كتاب", Language::English),
            ["كتاب"],
            "once is enough"
        );
        assert_eq!(texts("كتاب", Language::Arabic), [""; 0]);
        assert_eq!(texts("كتاب", Language::Other), [""; 0]);
    }

    #[test]
    fn only_the_sentence_is_read_and_no_remark_in_it() {
        let text = "كتاب. مدينة[بحاجة لمصدر] بحر.";
        let sentence = "كتاب. ".len()..text.len();
        let remark = text.find('[').unwrap()..text.find(']').unwrap() + 1;
        let words: Vec<&str> = gloss(text, &sentence, &[remark], Language::English)
            .into_iter()
            .map(|gloss| &text[gloss.span])
            .collect();
        assert_eq!(words, ["مدينة", "بحر"]);
    }

    proptest! {
        #[test]
        fn nothing_panics_and_every_word_stands_in_its_sentence(text in "([a-z ]|[ابتلوي ]|\\PC|\\[1\\]){0,60}", from in 0_usize..80, to in 0_usize..80) {
            let sentence = from..to;
            for reader in [Language::Arabic, Language::English, Language::Other] {
                for gloss in gloss(&text, &sentence, &[], reader) {
                    prop_assert!(text.get(gloss.span.clone()).is_some() && from <= gloss.span.start && gloss.span.end <= to);
                    prop_assert!(gloss.meanings.len() <= MEANINGS);
                }
            }
        }
    }
}
