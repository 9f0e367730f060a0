//! The words of a sentence, for who does not read its language.

use super::{scene, seen};
use crate::discord_double::Reply;

/// It is answered by a sentence of the ninth paragraph.
const PLAN: &str = "Who visited North Korea in April 2009 and signed a plan?";

fn id(reply: &Reply, label: &str) -> String {
    let button = reply.message().component(label).unwrap();
    button["custom_id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_presses_gets_them_alone_even_after_a_restart() {
    let mut scene = scene().await;
    let (ana, badr) = (scene.ana.clone(), scene.badr.clone());
    let answer = ana.slash("ask", &[("question", PLAN)]).await;
    let before = answer.now().to_string();
    scene.restarts().await;
    let own = ana.press(&answer, "Words").await;
    assert!(own.is_ephemeral());
    let other = badr.press(&answer, "Words").await;
    assert!(other.is_ephemeral());
    assert_eq!(
        answer.now().to_string(),
        before,
        "the answer stays as it is"
    );
    insta::assert_snapshot!(seen(&own), @r"
    (only you see this)
    │ # Words from a word list, not a translation
    │ > في أبريل من عام 2009 زار وزير الخارجية الروسيسيرغي لافروف كوريا الشمالية ووقّع خطة مع مون جاي تشول، الرئيس بالنيابة للجنة الكورية للعلاقات الثقافية مع الدول الأجنبية لعامي 2009-2010 للتبادل الثقافي والعلمي.
    │
    │ April ↔ أبريل
    │ year, general, public ↔ عام
    │ visit, roar ↔ زار
    │ foreign minister, secretary of state, foreign secretary ↔ وزير الخارجية
    │ North Korea, North Korean, DPRK ↔ كوريا الشمالية
    │ happen, sign, fall ↔ ووقّع
    │ plan, scheme, line ↔ خطة
    │ provisions, Montana, provision ↔ مون
    │ president, head, chief ↔ الرئيس
    │ behalf, acting, prosecution ↔ بالنيابة
    │ committee, heaven, commission ↔ للجنة
    │ Korean, Korea, Korean Peninsula ↔ الكورية
    │ relationship, relation, affair ↔ للعلاقات
    │ cultural, culture ↔ الثقافية
    │ foreign country ↔ الدول الأجنبية
    │ year, general, public ↔ لعامي
    │ cultural exchange, cross-cultural ↔ للتبادل الثقافي
    │ scientific, science, academic ↔ والعلمي
    │ Not in the word list:
    │ الروسيسيرغي، لافروف، جاي، تشول
    │
    │ العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي
    │ Paragraph 9
    │ Author: مساهمو ويكيبيديا
    │ Publisher: ويكيبيديا العربية
    │ Licence: CC BY-SA 4.0
    ");
    assert_eq!(seen(&other), seen(&own));
    // Who chose Arabic is spoken to in Arabic; the words are still for who does not read the sentence.
    badr.slash("language", &[("language", "Arabic · العربية")])
        .await;
    let arabic = seen(&badr.press(&answer, "Words").await);
    let pairs = |text: &str| {
        let lines = text.lines().filter(|line| line.contains(" ↔ "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(pairs(&arabic), pairs(&seen(&own)));
    let said = arabic.lines().filter(|line| !line.contains(" ↔ "));
    insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n"), @r"
    (only you see this)
    │ # كلمات من معجم، لا ترجمة
    │ > في أبريل من عام 2009 زار وزير الخارجية الروسيسيرغي لافروف كوريا الشمالية ووقّع خطة مع مون جاي تشول، الرئيس بالنيابة للجنة الكورية للعلاقات الثقافية مع الدول الأجنبية لعامي 2009-2010 للتبادل الثقافي والعلمي.
    │
    │ ليست في المعجم:
    │ الروسيسيرغي، لافروف، جاي، تشول
    │
    │ العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول من القرن الحالي
    │ الفقرة 9
    │ المؤلف: مساهمو ويكيبيديا
    │ الناشر: ويكيبيديا العربية
    │ الرخصة: CC BY-SA 4.0
    ");
    // In the language that is spoken there is nothing to be listed.
    let arabic = ana
        .slash(
            "ask",
            &[("question", "من زار كوريا الشمالية في أبريل 2009؟")],
        )
        .await;
    assert!(arabic.message().component("الكلمات").is_none(), "{arabic}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_sentence_is_listed_in_arabic_in_pages() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let ana = &scene.ana;
    let answer = ana
        .slash("ask", &[("question", "متى احترق مصباح المنارة؟")])
        .await;
    let words = ana.press(&answer, "الكلمات").await;
    insta::assert_snapshot!(seen(&words), @r"
    (only you see this)
    │ # كلمات من معجم، لا ترجمة
    │ > Its lamp burned whale oil until 1921.[citation needed]
    │
    │ مصباح، مصابيح، قنديل ↔ lamp
    │ حرق، احترق، احتراق ↔ burned
    │ حوت، حيتان، حوت أزرق ↔ whale
    │ نفط، بترول، زيت ↔ oil
    │
    │ coast › History
    │ الفقرة 2
    ");

    // A sentence of very many words goes on on further pages, which stand in the same message.
    let known = "harbour winter town river sea school tower storm lamp oil book city mountain king language bridge \
                 garden window bread water fire stone horse ship army law forest island market village";
    let mut unknown = Vec::new();
    for between in ['x', 'y'] {
        for first in ["bra", "kol", "tir", "men"] {
            for second in ["da", "lu", "no", "fe"] {
                for last in ["pem", "rut", "sig", "wob", "zan", "gal", "hib", "jor"] {
                    unknown.push(format!("{first}{second}{between}{last}"));
                }
            }
        }
    }
    let text = format!(
        "The letter of the engineer\n\
         The engineer wrote a letter to the president of the council in 1900 with {known} and {} in it.\n",
        unknown.join(" ")
    );
    scene.file("list.txt", &text);
    scene.source(&["add", "list.txt"]).await;
    let answer = ana
        .slash(
            "ask",
            &[("question", "متى كتب المهندس رسالة إلى رئيس المجلس؟")],
        )
        .await;
    let mut reply = ana.press(&answer, "الكلمات").await;
    let first = seen(&reply);
    assert!(
        reply.is_ephemeral() && first.contains("الصفحة 1 من"),
        "{first}"
    );
    reply = ana.press(&reply, "التالي").await;
    assert_eq!(reply.callback, Some(7), "its pages turn in place");
    let second = seen(&reply.now());
    assert!(second.contains("الصفحة 2 من"), "{second}");
    assert!(second.contains("[السابق]"), "{second}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forged_or_withdrawn_is_refused() {
    let scene = scene().await;
    let (ana, badr) = (&scene.ana, &scene.badr);
    let answer = ana.slash("ask", &[("question", PLAN)]).await;
    let own = id(&answer, "Words");
    let elsewhere = scene.double.guild("another");
    let theirs = elsewhere
        .member("Eve")
        .slash("ask", &[("question", PLAN)])
        .await;
    let refused = |reply: &Reply| {
        assert!(
            reply.is_ephemeral() && seen(reply).contains("I do not know this button."),
            "{reply}"
        );
    };
    for forged in [
        "1W".to_owned(),
        format!("{own}I0"),
        format!("{own} "),
        own.replacen("1WE", "1WX", 1),
        own.replacen('V', "V0", 1),
        "1WEDV1P1B0".to_owned(),
        id(&theirs, "Words"),
    ] {
        refused(&badr.press_forged(&answer, &forged).await);
    }
    let message = ana.says(&scene.general, "look");
    refused(&badr.press_forged(&message, &own).await);
    scene.fills_the_library().await;
    let gone = badr.press(&answer, "Words").await;
    assert!(
        seen(&gone).contains("That passage is no longer among the sources here"),
        "{gone}"
    );
    scene.ends().await;
}
