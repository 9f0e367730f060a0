//! What the bot says of itself, of its sources, and in which language.

use super::{WHEN, scene, scene_with, seen};
use crate::discord_double::permission;

/// What a reply says of the frame around an answer: «Paragraph» or «الفقرة», the buttons.
fn speaks(reply: &impl std::fmt::Display) -> &'static str {
    let reply = reply.to_string();
    match (reply.contains("الفقرة 1"), reply.contains("Paragraph 1")) {
        (true, false) => "ar",
        (false, true) => "en",
        _ => panic!("neither language, or both: {reply}"),
    }
}

const ARABIC: &str = "Arabic · العربية";
const ENGLISH: &str = "English · الإنجليزية";
const AUTOMATIC: &str = "Automatic · تلقائية";
const SERVER: &str = "Server · للخادم كله";
const MINE: &str = "Mine · لي";

#[tokio::test(flavor = "multi_thread")]
async fn help_is_given_in_both_languages_or_in_the_one_that_was_chosen() {
    let scene = scene().await;
    // A locale of Discord's says nothing: there is no Arabic one.
    let ana = scene.ana.clone().with_locale("fr");
    let both = ana.slash("help", &[]).await;
    assert!(both.is_ephemeral() && both.message().pings.is_empty());
    insta::assert_snapshot!(seen(&both), @r"
    (only you see this)
    │ # سند · Sanad
    │ **سند** يجيب عن الأسئلة بالعربية أو الإنجليزية بأنسب موضع في المصادر، منقولًا بنصه ومعه الإحالة إليه. لا يكتب هنا نموذج لغوي شيئًا، وما لم يقله مصدر لا أقوله.
    │ **السؤال:** بأمر، أو بذكر اسمي، أو برسالة خاصة، أو من قائمة رسالة:
    │ `/ask`
    │ @Sanad
    │ Apps › Ask Sanad
    │ **المتابعة:** رُدّ على جواب لي بسؤال مثل «ومن وقّعها؟» فأفهمه من ذلك الجواب؛ وفي السلاسل (threads) من آخر جواب لي فيها.
    │ **الأزرار** تحت الجواب: مواضع أخرى، وسياق الموضع، وحواشيه، والإحالة لتنسخها، والحذف لمن سأل. و«الكلمات» تسرد معاني كلمات جملة بلغة أخرى من معجم، ولا تترجمها.
    │ **اللغات:** أتكلم بلغة سؤالك ما لم تُختر غيرها، أما النصوص فتبقى بلغتها.
    │ `/language`
    │ **المصادر:** ما أجيب منه هنا، وكيف يُحال إليه.
    │ `/sources`
    │ **للمشرفين:** المصادر والإعدادات هنا، ومن غيّر وماذا غيّر.
    │ `/source` `/settings` `/audit` `/export` `/import`
    │ **الخصوصية:** تُحفظ أسئلة الخوادم التي أنا فيها 90 يومًا بلا اسم السائل، ولا يُحفظ غيرها؛ ولا أحفظ عنك إلا اللغة التي تختارها، وما تغيّره في خادم إن كنت تديره.
    │
    │ **Sanad** answers questions in Arabic or English with the passage of a source that fits best: quoted word for word, with its citation. No language model writes anything here, and what no source says, I do not say.
    │ **Asking:** with a command, by my name, in a direct message, or from the menu of a message:
    │ `/ask`
    │ @Sanad
    │ Apps › Ask Sanad
    │ **Following up:** reply “and who signed it?” to an answer of mine, and I know what “it” is; in a thread my last answer there counts.
    │ **Buttons** under an answer: further passages, the text around one, its footnotes, the citation to copy, and “Delete” for the person who asked. “Words” lists meanings for the words of a sentence in another language; it is no translation.
    │ **Languages:** I answer in the language of your question, unless another is chosen; passages stay in their own.
    │ `/language`
    │ **Sources:** what I answer from here, and how to cite it.
    │ `/sources`
    │ **Moderators:** the sources and settings here, and who changed what.
    │ `/source` `/settings` `/audit` `/export` `/import`
    │ **Privacy:** questions in servers that I belong to are kept for 90 days without who asked, others not at all; about you I keep only the language that you choose and, if you manage a server, what you change there.
    ");
    for (language, one) in [(ARABIC, "**سند**"), (ENGLISH, "**Sanad**")] {
        ana.slash("language", &[("language", language)]).await;
        for place in [&ana, &ana.in_dm()] {
            let help = seen(&place.slash("help", &[]).await);
            assert!(help.contains(one), "{help}");
            assert_eq!(help.matches("`/ask`").count(), 1, "{help}");
        }
    }
    // Who brings the bot along reads it too.
    let visitor = scene.double.foreign_guild("elsewhere").member("Eve");
    let help = visitor.slash("help", &[]).await;
    assert_eq!(seen(&help).matches("`/ask`").count(), 2);
    scene.ends().await;

    let scene = scene_with(&[("retention.questions", "0")]).await;
    let help = scene.ana.slash("help", &[]).await;
    assert!(help.to_string().contains("no question is kept"), "{help}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sources_of_the_place_are_listed_with_their_citation() {
    let scene = scene().await;
    let ana = &scene.ana;
    let both = ana.slash("sources", &[]).await;
    assert!(both.is_ephemeral());
    insta::assert_snapshot!(seen(&both), @r"
    (only you see this)
    │ # المصادر هنا · The sources here
    │ **1\. العلاقات الروسية الكورية الشمالية**
    │ اللغة: العربية
    │ المؤلف: مساهمو ويكيبيديا
    │ الناشر: ويكيبيديا العربية
    │ الرخصة: CC BY-SA 4.0
    │ 12 فقرة، حاشيتان، النسخة 1
    │ Language: Arabic
    │ Author: مساهمو ويكيبيديا
    │ Publisher: ويكيبيديا العربية
    │ Licence: CC BY-SA 4.0
    │ 12 paragraphs, 2 footnotes, version 1
    │ الإحالة · Citation
    │ مساهمو ويكيبيديا، «العلاقات الروسية الكورية الشمالية»، ويكيبيديا العربية، CC BY-SA 4.0
    ");

    scene.fills_the_library().await;
    ana.slash("language", &[("language", ENGLISH)]).await;
    insta::assert_snapshot!(seen(&ana.slash("sources", &[]).await), @r"
    (only you see this)
    │ # The sources here
    │ **1\. coast**
    │ Language: English
    │ 3 paragraphs, 2 footnotes, version 1
    │ Citation
    │ “coast”
    ");
    ana.slash("language", &[("language", ARABIC)]).await;
    insta::assert_snapshot!(seen(&ana.slash("sources", &[]).await), @r"
    (only you see this)
    │ # المصادر هنا
    │ **1\. coast**
    │ اللغة: الإنجليزية
    │ 3 فقرات، حاشيتان، النسخة 1
    │ الإحالة
    │ “coast”
    ");
    // Of a server's sources nothing is seen elsewhere.
    for place in [
        ana.in_dm(),
        ana.in_group(),
        scene.double.guild("another").member("Ana"),
    ] {
        let list = place.slash("sources", &[]).await.to_string();
        assert!(
            list.contains("الكورية") && !list.contains("coast"),
            "{list}"
        );
    }

    scene.source(&["remove", "coast"]).await;
    insta::assert_snapshot!(seen(&ana.slash("sources", &[]).await), @r"
    (only you see this)
    ليس هنا أي مصدر بعد.
    يضيف مشرفو هذا الخادم مصدرًا بالأمر `/source add`
    ");
    insta::assert_snapshot!(seen(&scene.badr.slash("sources", &[]).await), @r"
    (only you see this)
    ليس هنا أي مصدر بعد.
    يضيف مشرفو هذا الخادم مصدرًا بالأمر `/source add`
    There is no source here yet.
    Moderators of this server add one with `/source add`.
    ");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_sources_are_paged_through_even_after_a_restart() {
    let mut scene = scene().await;
    scene.fills_the_library().await;
    let names: Vec<String> = (10..60).map(|n| format!("log-{n}.txt")).collect();
    for name in &names {
        scene.file(
            name,
            &format!("The log\nOn that day {name} was written by hand.\n"),
        );
    }
    let arguments: Vec<&str> = ["add"]
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .collect();
    scene.source(&arguments).await;
    let ana = scene.ana.clone();
    ana.slash("language", &[("language", ENGLISH)]).await;
    let first = ana.slash("sources", &[]).await;
    assert_eq!(first.message().buttons(), ["Previous", "Next"]);
    assert!(seen(&first).contains("│ Page 1 of 2"), "{first}");
    assert!(
        seen(&first).contains("1\\. coast") && !seen(&first).contains("log-59"),
        "{first}"
    );

    scene.restarts().await;
    let second = ana.press(&first, "Next").await;
    assert_eq!(second.callback, Some(7), "the message changes");
    let now = first.now().to_string();
    assert!(
        now.contains("Page 2 of 2") && now.contains("log-59"),
        "{now}"
    );

    // Fewer sources, fewer pages: the last one is shown.
    let ids: Vec<String> = (12..60).map(|n| format!("log-{n}")).collect();
    for id in &ids {
        scene.source(&["remove", id]).await;
    }
    ana.press(&first, "Previous").await;
    let now = first.now();
    assert!(
        now.message().buttons().is_empty() && now.to_string().contains("log-11"),
        "{now}"
    );

    // Another server's list is not to be had by an id that was made up.
    let forged = format!("1LG{}I0", base36(scene.double.guild("another").id()));
    let answer = ana
        .slash("ask", &[("question", "When was the lighthouse built?")])
        .await;
    let refused = ana.press_forged(&answer, &forged).await;
    assert!(
        refused.is_ephemeral() && refused.to_string().contains("I do not know this button"),
        "{refused}"
    );
    scene.ends().await;
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    while number > 0 {
        digits.extend(char::from_digit(u32::try_from(number % 36).unwrap(), 36));
        number /= 36;
    }
    digits.iter().rev().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_spoken_to_in_the_language_that_they_chose() {
    let mut scene = scene().await;
    let (ana, badr, general) = (scene.ana.clone(), scene.badr.clone(), scene.general.clone());
    let before = ana.slash("ask", &[("question", WHEN)]).await;
    assert_eq!(speaks(&before), "ar");
    let chosen = ana.slash("language", &[("language", ENGLISH)]).await;
    assert!(chosen.is_ephemeral());
    insta::assert_snapshot!(seen(&chosen), @r"
    (only you see this)
    I speak English with you from now on. Passages stay in their own language.
    ");

    for restarted in [false, true] {
        if restarted {
            scene.restarts().await;
        }
        let answer = ana.slash("ask", &[("question", WHEN)]).await;
        assert_eq!(speaks(&answer), "en");
        assert!(
            answer.to_string().contains("> العلاقات"),
            "the passage stays: {answer}"
        );
        assert_eq!(speaks(&ana.mention(&general, WHEN).await), "en");
        assert_eq!(speaks(&ana.dm(WHEN).await), "en");
        let other = badr.says(&general, WHEN);
        let menu = ana.message_menu("Ask Sanad", &other).await;
        assert_eq!(speaks(&menu), "en");
        assert!(
            menu.to_string().contains("Asked with this message"),
            "{menu}"
        );
        assert_eq!(
            speaks(&badr.slash("ask", &[("question", WHEN)]).await),
            "ar"
        );
    }
    // What is pressed too, by whoever presses.
    ana.press(&before, "التالي").await;
    ana.press(&before, "Previous").await;
    assert_eq!(speaks(&before.now()), "en");
    let theirs = badr.press(&before, "In context").await;
    assert!(
        theirs.is_ephemeral()
            && theirs
                .message()
                .buttons()
                .contains(&"Back to the passage".to_owned())
    );
    badr.slash("language", &[("language", ARABIC)]).await;
    let theirs = badr.press(&before, "In context").await;
    assert!(
        theirs
            .message()
            .buttons()
            .contains(&"العودة إلى النص".to_owned()),
        "{theirs}"
    );
    // And where there is nothing to find, or no question at all.
    let nothing = ana.mention(&general, "").await;
    insta::assert_snapshot!(seen(&nothing), @"There is no word in your question to look for. Ask in Arabic or English.");
    insta::assert_snapshot!(seen(&badr.mention(&general, "").await), @"لم أجد في سؤالك كلمة أبحث عنها. اكتب سؤالًا بالعربية أو الإنجليزية.");
    assert!(seen(&ana.slash("ping", &[]).await).starts_with("I am here."));

    let automatic = ana
        .slash("language", &[("language", AUTOMATIC), ("scope", MINE)])
        .await;
    insta::assert_snapshot!(seen(&automatic), @r"
    (only you see this)
    أكلمك من الآن بلغة هذا الخادم، فإن لم تكن له لغة مختارة فبلغة سؤالك.
    From now on I speak the language of this server with you or, where it has none, that of your question.
    ");
    assert_eq!(speaks(&ana.slash("ask", &[("question", WHEN)]).await), "ar");
    insta::assert_snapshot!(seen(&badr.slash("language", &[("language", ARABIC)]).await), @r"
    (only you see this)
    أكلمك من الآن بلغتك المختارة: العربية. أما النصوص فتبقى بلغتها.
    ");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_manages_the_server_chooses_its_language() {
    let mut scene = scene().await;
    let (ana, badr, general) = (scene.ana.clone(), scene.badr.clone(), scene.general.clone());
    let english = [("language", ENGLISH), ("scope", SERVER)];
    let stranger = badr.slash("language", &english).await;
    assert!(stranger.is_ephemeral());
    insta::assert_snapshot!(seen(&stranger), @r"
    (only you see this)
    لا يختار لغة الخادم إلا من له الإذن «Manage Server». أما لغتك فلك أن تختارها دائمًا: اترك الخيار «scope».
    Only people with the permission “Manage Server” can choose the language of the server. You can always choose your own: leave out “scope”.
    ");
    assert_eq!(
        speaks(&badr.slash("ask", &[("question", WHEN)]).await),
        "ar",
        "nothing has changed"
    );
    let nearly = badr
        .clone()
        .permitted(permission::MANAGE_MESSAGES | permission::MANAGE_CHANNELS);
    assert!(
        nearly
            .slash("language", &english)
            .await
            .to_string()
            .contains("Manage Server")
    );

    let ana = ana.permitted(permission::MANAGE_GUILD);
    let chosen = ana.slash("language", &english).await;
    assert!(chosen.is_ephemeral());
    insta::assert_snapshot!(seen(&chosen), @r"
    (only you see this)
    I speak English in this server from now on, except with those who chose for themselves. Passages stay in their own language.
    ");
    // Who changed it is written down; who only tried is not.
    assert!(scene.keeps(&format!("discord:{}", ana.id())));
    assert!(!scene.keeps(&badr.id().to_string()));
    scene.restarts().await;
    assert_eq!(
        speaks(&badr.slash("ask", &[("question", WHEN)]).await),
        "en"
    );
    assert_eq!(speaks(&badr.mention(&general, WHEN).await), "en");
    // It is the server's, not that of other places.
    assert_eq!(speaks(&badr.dm(WHEN).await), "ar");
    let other = scene.double.guild("another").member("Eve");
    assert_eq!(
        speaks(&other.slash("ask", &[("question", WHEN)]).await),
        "ar"
    );
    // A person's own comes first.
    insta::assert_snapshot!(seen(&badr.slash("language", &[("language", ARABIC)]).await), @r"
    (only you see this)
    أكلمك من الآن بلغتك المختارة: العربية. أما النصوص فتبقى بلغتها.
    ");
    assert_eq!(
        speaks(&badr.slash("ask", &[("question", WHEN)]).await),
        "ar"
    );
    let own = badr.slash("language", &[("language", AUTOMATIC)]).await;
    insta::assert_snapshot!(seen(&own), @r"
    (only you see this)
    From now on I speak the language of this server with you or, where it has none, that of your question.
    ");

    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_s_language_is_that_of_its_answers_until_it_is_automatic_again() {
    let scene = scene().await;
    let badr = scene.badr.clone();
    let ana = scene.ana.clone().permitted(permission::MANAGE_GUILD);
    let arabic = ana
        .slash("language", &[("language", ARABIC), ("scope", SERVER)])
        .await;
    insta::assert_snapshot!(seen(&arabic), @r"
    (only you see this)
    أتكلم في هذا الخادم من الآن باللغة المختارة له: العربية، إلا مع من اختار لنفسه. أما النصوص فتبقى بلغتها.
    ");
    let english_question = "When did Kim Il Sung last visit the Soviet Union?";
    let answer = badr.slash("ask", &[("question", english_question)]).await;
    assert!(
        answer.message().buttons().contains(&"التالي".to_owned()),
        "{answer}"
    );
    // What administrators may, Discord says in a permission of its own.
    let root = scene
        .guild
        .member("Root")
        .permitted(permission::ADMINISTRATOR);
    let automatic = root
        .slash("language", &[("language", AUTOMATIC), ("scope", SERVER)])
        .await;
    insta::assert_snapshot!(seen(&automatic), @r"
    (only you see this)
    أتكلم في هذا الخادم من الآن بلغة كل سؤال، إلا مع من اختار لنفسه.
    From now on I speak the language of each question in this server, except with those who chose for themselves.
    ");
    let answer = badr.slash("ask", &[("question", english_question)]).await;
    assert!(
        answer.message().buttons().contains(&"Next".to_owned()),
        "{answer}"
    );

    // There is none to choose where the bot is not.
    let english = [("language", ENGLISH), ("scope", SERVER)];
    let nowhere = root.in_dm().slash("language", &english).await;
    insta::assert_snapshot!(seen(&nowhere), @r"
    (only you see this)
    ليس هنا خادم أنا فيه فتُختار لغته. أما لغتك فلك أن تختارها دائمًا: اترك الخيار «scope».
    I am in no server here whose language could be chosen. You can always choose your own: leave out “scope”.
    ");
    let visitor = scene
        .double
        .foreign_guild("elsewhere")
        .member("Root")
        .permitted(permission::ADMINISTRATOR);
    assert!(
        visitor
            .slash("language", &english)
            .await
            .to_string()
            .contains("in no server here")
    );
    scene.ends().await;
}
