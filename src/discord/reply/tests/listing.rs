//! The list of sources, and the help.

use proptest::prelude::*;

use super::limits::any_text;
use super::*;
use crate::catalogue::SourceRecord;
use crate::source::Format;

fn source(attribution: Attribution) -> SourceRecord {
    SourceRecord {
        id: cited().source,
        version_key: 1,
        version: 2,
        attribution,
        format: Format::Article,
        file_name: "a.txt".to_owned(),
        content_hash: String::new(),
        n_paragraphs: 22,
        n_footnotes: 3,
        added_by: "test".to_owned(),
        added_at: 0,
        limits: crate::catalogue::Limits::default(),
    }
}

fn coast() -> SourceRecord {
    source(Attribution {
        title: "The coast of *Miram*".to_owned(),
        language: Language::English,
        author: Some("A. Holm".to_owned()),
        publisher: None,
        licence: None,
        address: Some("https://example.org/coast_1".to_owned()),
        ..Attribution::titled("", Language::English)
    })
}

const FIRST: Page = Page {
    home: Home::Server(42),
    number: 0,
};

#[test]
fn sources_are_listed_in_the_language_that_was_chosen() {
    let all = [source(cited().attribution), coast()];
    let listed = |language| seen(&sources(Sheet::Embed, language, FIRST, &all));
    insta::assert_snapshot!(listed(Language::English), @r"
    # The sources here
    **1\. العلاقات الروسية الكورية الشمالية**
    Language: Arabic
    Author: مساهمو ويكيبيديا
    Publisher: ويكيبيديا العربية
    Licence: CC BY-SA 4.0
    22 paragraphs, 3 footnotes, version 2
    Citation
    مساهمو ويكيبيديا، «العلاقات الروسية الكورية الشمالية»، ويكيبيديا العربية، CC BY-SA 4.0

    **2\. The coast of \*Miram\***
    Language: English
    Author: A. Holm
    Address: https\://example.org/coast\_1
    22 paragraphs, 3 footnotes, version 2
    Citation
    A. Holm, “The coast of \*Miram\*”, https\://example.org/coast\_1
    ");
    insta::assert_snapshot!(listed(Language::Arabic), @r"
    # المصادر هنا
    **1\. العلاقات الروسية الكورية الشمالية**
    اللغة: العربية
    المؤلف: مساهمو ويكيبيديا
    الناشر: ويكيبيديا العربية
    الرخصة: CC BY-SA 4.0
    22 فقرة، 3 حواشٍ، النسخة 2
    الإحالة
    مساهمو ويكيبيديا، «العلاقات الروسية الكورية الشمالية»، ويكيبيديا العربية، CC BY-SA 4.0

    **2\. The coast of \*Miram\***
    اللغة: الإنجليزية
    المؤلف: A. Holm
    الرابط: https\://example.org/coast\_1
    22 فقرة، 3 حواشٍ، النسخة 2
    الإحالة
    A. Holm, “The coast of \*Miram\*”, https\://example.org/coast\_1
    ");
    insta::assert_snapshot!(seen(&sources(Sheet::Plain, Language::Other, FIRST, &all[..1])), @r"
    **المصادر هنا · The sources here**
    **1\. العلاقات الروسية الكورية الشمالية**
    اللغة: العربية
    المؤلف: مساهمو ويكيبيديا
    الناشر: ويكيبيديا العربية
    الرخصة: CC BY-SA 4.0
    22 فقرة، 3 حواشٍ، النسخة 2
    Language: Arabic
    Author: مساهمو ويكيبيديا
    Publisher: ويكيبيديا العربية
    Licence: CC BY-SA 4.0
    22 paragraphs, 3 footnotes, version 2
    الإحالة · Citation
    مساهمو ويكيبيديا، «العلاقات الروسية الكورية الشمالية»، ويكيبيديا العربية، CC BY-SA 4.0
    ");
}

#[test]
fn a_library_without_sources_says_how_to_add_one() {
    let none = |language, home| {
        seen(&sources(
            Sheet::Embed,
            language,
            Page { home, number: 3 },
            &[],
        ))
    };
    insta::assert_snapshot!(none(Language::Other, FIRST.home), @r"
    ليس هنا أي مصدر بعد.
    يضيف مشرفو هذا الخادم مصدرًا بالأمر `/source add`
    There is no source here yet.
    Moderators of this server add one with `/source add`.
    ");
    insta::assert_snapshot!(none(Language::English, Home::Starter), @"There is no source here yet.");
}

#[test]
fn every_source_stands_on_one_page_and_what_is_past_the_last_is_the_last() {
    let titled = |n: usize| {
        let mut one = source(cited().attribution);
        one.attribution.title = format!("Title{n}.");
        one
    };
    let all: Vec<SourceRecord> = (1..=40).map(titled).collect();
    let page = |number| {
        let page = Page { number, ..FIRST };
        seen(&sources(Sheet::Plain, Language::Other, page, &all))
    };
    let pages: Vec<String> = (0..40).map(page).collect();
    let count = pages
        .iter()
        .position(|page| page.contains("(off)") && !page.contains("[السابق · Previous (off)]"));
    let count = count.unwrap() + 1;
    assert!(count > 5, "{count}");
    for n in 1..=40 {
        let title = format!("**{n}\\. Title{n}.**");
        let on = pages[..count].iter().filter(|page| page.contains(&title));
        assert_eq!(on.count(), 1, "{title}");
    }
    assert!(
        pages[0].contains(&format!("Page 1 of {count}")) && pages[0].contains("[التالي · Next]")
    );
    assert_eq!(pages[count - 1], pages[39]);
    assert_eq!(
        seen(&sources(Sheet::Embed, Language::English, FIRST, &all[..2]))
            .matches('[')
            .count(),
        0
    );
}

#[test]
fn the_help_fits_in_both_languages() {
    insta::assert_snapshot!(seen(&help(Sheet::Embed, Language::Arabic, 77, 90)), @r"
    **سند** يجيب عن الأسئلة بالعربية أو الإنجليزية بأنسب موضع في المصادر، منقولًا بنصه ومعه الإحالة إليه. لا يكتب هنا نموذج لغوي شيئًا، وما لم يقله مصدر لا أقوله.
    **السؤال:** بأمر، أو بذكر اسمي، أو برسالة خاصة، أو من قائمة رسالة:
    `/ask`
    <@77>
    Apps › Ask Sanad
    **المتابعة:** رُدّ على جواب لي بسؤال مثل «ومن وقّعها؟» فأفهمه من ذلك الجواب؛ وفي السلاسل (threads) من آخر جواب لي فيها.
    **الأزرار** تحت الجواب: مواضع أخرى، وسياق الموضع، وحواشيه، والإحالة لتنسخها، والحذف لمن سأل. و«الكلمات» تسرد معاني كلمات جملة بلغة أخرى من معجم، ولا تترجمها.
    **اللغات:** أتكلم بلغة سؤالك ما لم تُختر غيرها، أما النصوص فتبقى بلغتها.
    `/language`
    **المصادر:** ما أجيب منه هنا، وكيف يُحال إليه.
    `/sources`
    **للمشرفين:** المصادر والإعدادات هنا، ومن غيّر وماذا غيّر.
    `/source` `/settings` `/audit` `/export` `/import`
    **الخصوصية:** تُحفظ أسئلة الخوادم التي أنا فيها 90 يومًا بلا اسم السائل، ولا يُحفظ غيرها؛ ولا أحفظ عنك إلا اللغة التي تختارها، وما تغيّره في خادم إن كنت تديره.
    ");
    insta::assert_snapshot!(seen(&help(Sheet::Plain, Language::English, 77, 0)), @r"
    **Sanad** answers questions in Arabic or English with the passage of a source that fits best: quoted word for word, with its citation. No language model writes anything here, and what no source says, I do not say.
    **Asking:** with a command, by my name, in a direct message, or from the menu of a message:
    `/ask`
    <@77>
    Apps › Ask Sanad
    **Following up:** reply “and who signed it?” to an answer of mine, and I know what “it” is; in a thread my last answer there counts.
    **Buttons** under an answer: further passages, the text around one, its footnotes, the citation to copy, and “Delete” for the person who asked. “Words” lists meanings for the words of a sentence in another language; it is no translation.
    **Languages:** I answer in the language of your question, unless another is chosen; passages stay in their own.
    `/language`
    **Sources:** what I answer from here, and how to cite it.
    `/sources`
    **Moderators:** the sources and settings here, and who changed what.
    `/source` `/settings` `/audit` `/export` `/import`
    **Privacy:** no question is kept; about you I keep only the language that you choose and, if you manage a server, what you change there.
    ");
    let one = |language| seen(&help(Sheet::Plain, language, u64::MAX, 3_650));
    let (arabic, english) = (one(Language::Arabic), one(Language::English));
    let both = |sheet| {
        let both = help(sheet, Language::Other, u64::MAX, 3_650);
        holds_the_limits(&both);
        seen(&both)
    };
    assert_eq!(
        both(Sheet::Embed),
        format!("# سند · Sanad\n{arabic}\n\n{english}")
    );
    // Where there is no room, it is the moderators who know what they have.
    let plain = both(Sheet::Plain);
    assert!(plain.contains("`/sources`") && !plain.contains("`/settings`"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_limit_holds_for_any_attribution(
        pieces in proptest::collection::vec(any_text(3), 5..30),
        number in 0_usize..20,
        language in prop_oneof![Just(Language::Arabic), Just(Language::English), Just(Language::Other)],
    ) {
        let all: Vec<SourceRecord> = pieces
            .chunks_exact(5)
            .map(|about| source(Attribution {
                title: about[0].clone(),
                language,
                author: Some(about[1].clone()),
                publisher: Some(about[2].clone()),
                licence: Some(about[3].clone()),
                address: Some(about[4].clone()),
                ..Attribution::titled("", language)
            }))
            .collect();
        for sheet in [Sheet::Embed, Sheet::Plain] {
            let home = Home::Server(u64::MAX);
            holds_the_limits(&sources(sheet, language, Page { home, number }, &all));
        }
    }
}
