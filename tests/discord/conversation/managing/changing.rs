//! Looking at sources and changing them: names that are unknown, languages, long differences.

use super::{ENGLISH, adds, finds, moderator, scene, scene_with, seen};
use crate::discord_double::permission;

#[tokio::test(flavor = "multi_thread")]
async fn sources_are_named_by_id_or_title_and_unknown_ones_are_said() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    for command in [
        "show", "history", "diff", "restore", "remove", "limit", "edit", "refresh",
    ] {
        let reply = mona
            .slash(&format!("source {command}"), &[("id", "nothing")])
            .await;
        let said = reply.to_string();
        assert!(
            said.contains("no source “nothing”") && reply.is_ephemeral(),
            "{command}: {said}"
        );
    }
    let by_title = mona
        .slash("source show", &[("id", "العلاقات الروسية الكورية الشمالية")])
        .await;
    insta::assert_snapshot!(seen(&by_title), @r"
    (only you see this)
    │ # العلاقات الروسية الكورية الشمالية
    │ Published, version 1.
    │
    │ Id: russia-north-korea
    │ 2 sections, 12 paragraphs, 2 footnotes
    │ Language: Arabic
    │ Author: مساهمو ويكيبيديا
    │ Publisher: ويكيبيديا العربية
    │ Licence: CC BY-SA 4.0
    │
    │ **How it begins**
    │ > العلاقات الروسية الكورية الشمالية (هانغل: 로씨야련방-조선민주주의인민공화국 관계) (بالروسية: Российско-северокорейские отношения) هي علاقات ثنائية بين روسياوكوريا الشمالية. أقيمت أولى العلاقات الدبلوماسية بين كوريا الشمالية (جمهورية كوريا الشعبية الديمقراطية) والاتحاد السوفييتي (اتحاد الجمهوريات الاشتراكية السوفييتية، الدولة السالفة لروسيا الاتحادية) في 12 أكتوبر من عام 1948 بُعيد إعلان قيام جمهورية كوريا الشعبية الديمقراطية. خلال الحرب الكورية، تلقى الجيش الشعبي الكوري الدعم من قبل القوات العسكرية السوفييتية. أقيمت كوريا الشمالية كجزءٍ من المعسكر الشيوعي وتلقّت دعمًا روسيًا كبيرًا.[1]
    │ …
    │ Paragraph 1
    │
    │ **How it will be cited**
    │ مساهمو ويكيبيديا، «العلاقات الروسية الكورية الشمالية»، ويكيبيديا العربية، CC BY-SA 4.0
    [Edit details] [More details] [Who sees it] [Versions] [Withdraw]
    ");
    let offered = mona.autocomplete("source show", "id", "الروسية").await;
    assert_eq!(offered.choices.len(), 1);
    let versions = mona
        .slash("source diff", &[("id", "russia-north-korea")])
        .await;
    assert!(
        versions.to_string().contains("another one to compare"),
        "{versions}"
    );
    let version = mona
        .slash(
            "source restore",
            &[("id", "russia-north-korea"), ("version", "7")],
        )
        .await;
    assert!(version.to_string().contains("is not there"), "{version}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn details_are_edited_on_two_pages_and_by_a_list() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let text = "The lighthouse of Miram was built in 1889 by the engineer Ada Holm.\n";
    adds(
        &scene,
        &mona,
        "light.txt",
        text.as_bytes(),
        &[("author", "Nobody")],
    )
    .await;
    let form = mona.slash("source edit", &[("id", "light")]).await;
    let done = mona
        .submit(&form, &[("Title", "The light"), ("Author", "")])
        .await;
    insta::assert_snapshot!(seen(&done), @r"
    (only you see this)
    │ # The light
    │ Changed, as version 2. The text is the same.
    │
    │ Id: light
    │ no section, 1 paragraph, no footnote
    │ Language: English
    │
    │ **How it begins**
    │ > The lighthouse of Miram was built in 1889 by the engineer Ada Holm.
    │ Paragraph 1
    │
    │ **How it will be cited**
    │ “The light”
    [Edit details] [More details] [Who sees it] [Versions] [Withdraw]
    [▾ The language of the source: Language: Arabic | *Language: English | Language: other]
    ");
    let form = mona.press(&done, "More details").await;
    mona.submit(
        &form,
        &[
            ("Editor", "Ed"),
            ("Web address", "https://example.org/light"),
        ],
    )
    .await;
    let now = done.now().to_string();
    assert!(
        now.contains("Editor: Ed") && now.contains("as version 3"),
        "{now}"
    );
    mona.choose(&done, "The language of the source", &["ar"])
        .await;
    let now = done.now().to_string();
    assert!(
        now.contains("Language: Arabic") && now.contains("as version 4"),
        "{now}"
    );
    let form = mona.press(&done, "More details").await;
    mona.submit(&form, &[]).await;
    assert!(
        done.now()
            .to_string()
            .contains("what citations name already"),
        "{}",
        done.now()
    );
    assert!(finds(&mona, "When was the lighthouse of Miram built?", "1889").await);
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_difference_is_paged() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let log = |miles: usize| -> String {
        (1..60)
            .map(|n| format!("On day {n} of the voyage the brig Halcyon sailed {} miles along the coast of Miram, and the mate wrote it down by hand.\n", miles + n))
            .collect()
    };
    adds(&scene, &mona, "log.txt", log(10).as_bytes(), &[]).await;
    adds(&scene, &mona, "log.txt", log(500).as_bytes(), &[]).await;
    let diff = mona.slash("source diff", &[("id", "log")]).await;
    let said = seen(&diff);
    assert!(
        said.contains("59 passages are worded otherwise") && said.contains("Page 1 of"),
        "{said}"
    );
    assert!(
        said.contains("sailed ~~11~~ miles") && said.contains("sailed **501** miles"),
        "{said}"
    );
    mona.press(&diff, "Next").await;
    assert!(
        diff.now().to_string().contains("Page 2 of"),
        "{}",
        diff.now()
    );
    mona.press(&diff, "Restore version 1").await;
    assert!(
        diff.now()
            .to_string()
            .contains("Version 1 is the current one now"),
        "{}",
        diff.now()
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_is_reported_in_the_channel_for_it_and_a_closed_one_is_said() {
    let scene = scene_with(&[("discord.retry_tries", "1")]).await;
    let mona = moderator(&scene, ENGLISH).await;
    let log = scene.guild.channel("log");
    let id = log.id().to_string();
    mona.slash("settings audit-channel", &[("channel", &id)])
        .await;
    let text = "The lighthouse of Miram was built in 1889 by the engineer Ada Holm.\n";
    adds(&scene, &mona, "light.txt", text.as_bytes(), &[]).await;
    let asked = mona.slash("source remove", &[("id", "light")]).await;
    mona.press(&asked, "Withdraw it").await;
    let told = log
        .messages()
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n");
    assert!(told.matches("light").count() >= 2, "{told}");

    log.denies_bot(permission::SEND_MESSAGES);
    mona.press(&asked, "Undo").await;
    let said = asked.now().to_string();
    assert!(
        said.contains("is the current one now") && said.contains("could not report it"),
        "{said}"
    );
    log.denies_bot(0);
    assert!(finds(&mona, "When was the lighthouse of Miram built?", "1889").await);
    // What the test refused.
    scene.double.take_violations();
    let ended = scene.bot.leaves().await;
    assert!(
        ended.log.contains("a change could not be reported"),
        "{}",
        ended.log
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_named_role_moderates_and_who_chose_no_language_is_spoken_to_in_the_source_s() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let role = scene.guild.role("librarians", 0);
    let rima = scene.guild.member("Rima");
    let refused = rima
        .slash("source show", &[("id", "russia-north-korea")])
        .await;
    assert!(
        refused.to_string().contains("manage this server"),
        "{refused}"
    );
    let id = role.id().to_string();
    mona.slash("settings moderator-roles", &[("add", &id)])
        .await;
    let rima = rima.with_role(&role);
    let shown = rima
        .slash("source show", &[("id", "russia-north-korea")])
        .await;
    assert!(
        shown
            .message()
            .buttons()
            .contains(&"تعديل البيانات".to_owned()),
        "{shown}"
    );
    let none = rima
        .slash("source show", &[("id", "nothing")])
        .await
        .to_string();
    assert!(
        none.contains("no source “nothing”") && none.contains("ليس هنا مصدر"),
        "{none}"
    );
    let form = rima.slash("source paste", &[]).await;
    insta::assert_snapshot!(form.to_string(), @r"
    «إضافة نص · Add a text»
    العنوان · Title: ____
    النص · Text: ____
    المعرّف · Id: ____
    المؤلف · Author: ____
    الرخصة · Licence: ____
    ");
    scene.ends().await;
}
