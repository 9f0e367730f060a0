//! The words of a sentence.

use super::limits::any_text;
use super::*;
use crate::discord::button::Spot;
use proptest::prelude::*;

fn words(voice: Language, sentence: usize, page: Option<usize>) -> Words {
    let spot = Spot {
        version_key: 1,
        place: cited().passage.place,
        sentence,
    };
    Words {
        voice,
        home: Home::Starter,
        spot,
        page,
    }
}

fn of(text: &str) -> Cited {
    let mut cited = cited();
    text.clone_into(&mut cited.passage.text);
    let remark = text.find("[بحاجة");
    cited.passage.citation_needed = remark.map(|at| at..text.len()).into_iter().collect();
    cited
}

#[test]
fn arabic_for_a_reader_of_english() {
    let text = "ثم سكت. وزار وزير الخارجية الروسي سيرغي لافروف كوريا الشمالية في عام 2009، وزار *العاصمة*.[بحاجة لمصدر]";
    let second = text.find("وزار").unwrap();
    let reply = gloss(
        Sheet::Embed,
        words(Language::English, second, None),
        &of(text),
    )
    .unwrap();
    insta::assert_snapshot!(seen(&reply), @r"
    # Words from a word list, not a translation
    > وزار وزير الخارجية الروسي سيرغي لافروف كوريا الشمالية في عام 2009، وزار \*العاصمة\*.[بحاجة لمصدر]

    visit, ministry, department ↔ وزار
    foreign minister, secretary of state, foreign secretary ↔ وزير الخارجية
    Russian, Russia ↔ الروسي
    North Korea, North Korean, DPRK ↔ كوريا الشمالية
    year, general, public ↔ عام
    capital, capital of, capital city ↔ العاصمة
    Not in the word list:
    سيرغي، لافروف

    العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول
    Paragraph 5
    Author: مساهمو ويكيبيديا
    Publisher: ويكيبيديا العربية
    Licence: CC BY-SA 4.0
    ");
    let plain = gloss(
        Sheet::Plain,
        words(Language::Arabic, second, None),
        &of(text),
    )
    .unwrap();
    assert!(
        seen(&plain).contains("كلمات من معجم، لا ترجمة") && seen(&plain).contains("visit"),
        "who speaks Arabic and presses all the same gets the same words: {}",
        seen(&plain)
    );
}

#[test]
fn english_for_a_reader_of_arabic() {
    let text = "The foreign minister of Miram signed the peace treaty in 1889.[1]";
    let reply = gloss(Sheet::Embed, words(Language::Arabic, 0, None), &of(text)).unwrap();
    insta::assert_snapshot!(seen(&reply), @r"
    # كلمات من معجم، لا ترجمة
    > The foreign minister of Miram signed the peace treaty in 1889.[1]

    وزير الخارجية، وزير الشؤون الخارجية ↔ foreign minister
    علامة، وقع، توقيع ↔ signed
    معاهدة سلام، معاهدة صلح، اتفاقية سلام ↔ peace treaty
    ليست في المعجم:
    Miram

    العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول
    الفقرة 5
    المؤلف: مساهمو ويكيبيديا
    الناشر: ويكيبيديا العربية
    الرخصة: CC BY-SA 4.0
    ");
}

#[test]
fn what_the_list_does_not_have_is_said() {
    let reply = gloss(
        Sheet::Embed,
        words(Language::English, 0, None),
        &of("لافروف ولافروف."),
    )
    .unwrap();
    assert!(
        seen(&reply).contains("The word list has none of the words of this sentence."),
        "{}",
        seen(&reply)
    );
    assert_eq!(
        gloss(
            Sheet::Embed,
            words(Language::English, 99_999, None),
            &of("كلمة.")
        ),
        None
    );
}

#[test]
fn the_button_stands_under_a_sentence_in_another_language_only() {
    let has = |language, text: &str| {
        let mut outcome = outcome(language, None);
        let mut first = ranked(of(text), 0.9);
        first.matched.clear();
        first.sentence = 0..text.len();
        outcome.ranking = vec![first];
        let message = seen(&answer(Sheet::Embed, &outcome));
        message.contains("[Words]") || message.contains("[الكلمات]")
    };
    assert!(has(Language::English, "أقيمت العلاقات."));
    assert!(has(Language::Arabic, "Relations were established."));
    assert!(!has(Language::Arabic, "أقيمت العلاقات."));
    assert!(!has(Language::English, "Relations were established."));
    assert!(!has(Language::English, "1948."));
}

#[test]
fn a_long_sentence_is_listed_on_pages_that_lose_no_word() {
    let known = [
        "كتاب",
        "مدينة",
        "وزير",
        "حرب",
        "سلام",
        "بحر",
        "جبل",
        "ملك",
        "شعب",
        "لغة",
    ];
    let mut text = String::new();
    for nth in 0..400 {
        text.push_str(known[nth % known.len()]);
        text.extend(["ق".repeat(nth / 20 + 3), " ".to_owned()]);
        text.extend([known[nth % known.len()], " وفي "]);
    }
    let cited = of(text.trim());
    for sheet in [Sheet::Embed, Sheet::Plain] {
        let mut page = 0;
        let mut all = String::new();
        loop {
            let reply = gloss(sheet, words(Language::English, 0, Some(page)), &cited).unwrap();
            holds_the_limits(&reply);
            let text = seen(&reply);
            assert!(text.contains("A sentence that is too long"), "{text}");
            all.push_str(&text);
            if text.contains("[Next (off)]") || !text.contains("[Next]") {
                break;
            }
            page += 1;
        }
        assert!(page > 0);
        assert!(
            known.iter().all(|word| all.contains(&format!(" ↔ {word}"))),
            "{all}"
        );
        assert!(all.contains(&"ق".repeat(22)), "{all}");
        // Behind the last page is the last page.
        let last = gloss(sheet, words(Language::English, 0, Some(page)), &cited);
        assert_eq!(
            gloss(sheet, words(Language::English, 0, Some(usize::MAX)), &cited),
            last
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_limit_holds_for_any_sentence(text in any_text(12), title in any_text(2), at in any::<usize>(), page in any::<Option<usize>>()) {
        let text = format!("x{text}");
        let mut cited = of(&text);
        cited.attribution.title = format!("ع{title}");
        for sheet in [Sheet::Embed, Sheet::Plain] {
            for voice in [Language::Arabic, Language::English] {
                if let Some(reply) = gloss(sheet, words(voice, at % (text.len() + 2), page), &cited) {
                    holds_the_limits(&reply);
                }
            }
        }
    }
}
