//! Who moderates, the log of what was changed, and the channel in which it is reported.

use std::time::Duration;

use super::{Scene, scene, scene_with, seen};
use crate::discord_double::{Person, Reply, permission};

const ENGLISH: &str = "English · الإنجليزية";
const ARABIC: &str = "Arabic · العربية";
/// What is told to who may not.
const REFUSED: &str = "Only people who may manage this server";

/// Every command of a moderator's, with options that it could do something with.
async fn tries(person: &Person) -> Vec<(&'static str, Reply)> {
    let mut all = Vec::new();
    for (command, options) in [
        ("settings show", &[][..]),
        ("settings threshold", &[]),
        ("settings threshold", &[("value", "0.1")]),
        ("settings language", &[("language", ENGLISH)]),
        ("settings cooldown", &[("default", "true")]),
        ("settings max-sources", &[("sources", "3")]),
        ("audit", &[]),
        ("audit", &[("source", "coast")]),
    ] {
        all.push((command, person.slash(command, options).await));
    }
    all
}

/// The scene with a moderator who manages the server, spoken to in English.
async fn moderated() -> (Scene, Person) {
    let scene = scene().await;
    let mona = scene.guild.moderator("Mona");
    for person in [&mona, &scene.ana, &scene.badr] {
        person.slash("language", &[("language", ENGLISH)]).await;
    }
    (scene, mona)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_to_moderate_is_judged_at_each_act() {
    let (mut scene, mona) = moderated().await;
    scene.fills_the_library().await;
    let wardens = scene.guild.role("wardens", 0);
    let warden = scene.ana.clone().with_role(&wardens);
    let nearly = scene.badr.clone().permitted(
        permission::MANAGE_CHANNELS | permission::MANAGE_MESSAGES | permission::MANAGE_ROLES,
    );
    for person in [&warden, &nearly] {
        for (command, reply) in tries(person).await {
            assert!(reply.is_ephemeral(), "{command}");
            assert!(reply.to_string().contains(REFUSED), "{command}: {reply}");
        }
        let typed = person.autocomplete("audit", "source", "co").await;
        assert!(typed.choices.is_empty(), "{typed}");
    }
    let before = scene.log().await;

    // A role is named, and whoever has it moderates with the next act.
    let role = wardens.id().to_string();
    let named = mona
        .slash("settings moderator-roles", &[("add", &role)])
        .await;
    insta::assert_snapshot!(seen(&named), @r"
    (only you see this)
    **Moderator roles**: from now on @wardens, before no role.
    ");
    let typed = warden.autocomplete("audit", "source", "co").await;
    assert_eq!(
        typed.choices,
        [("coast (coast)".to_owned(), "coast".into())]
    );
    for (command, reply) in tries(&warden).await {
        assert!(!reply.to_string().contains(REFUSED), "{command}: {reply}");
    }
    assert_ne!(scene.log().await, before);
    for (command, reply) in tries(&nearly).await {
        assert!(reply.to_string().contains(REFUSED), "{command}: {reply}");
    }
    // But nobody gives such a role company, or takes it from others, by having it.
    let other = scene.guild.role("friends", 0).id().to_string();
    for options in [
        [("add", other.as_str())],
        [("remove", role.as_str())],
        [("default", "true")],
    ] {
        let reply = warden.slash("settings moderator-roles", &options).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(seen(&reply), @r"
            (only you see this)
            Who moderates is decided by those who may manage the server: you need the permission “Manage Server” for this.
            ");
        }
    }
    let shown = warden.slash("settings moderator-roles", &[]).await;
    assert!(seen(&shown).contains("@wardens (default"), "{shown}");

    // The log that stands on a screen is closed to who has lost the role, also after a restart.
    for n in 0..12 {
        let value = format!("0.{}", 10 + n);
        mona.slash("settings threshold", &[("value", &value)]).await;
    }
    let log = warden.slash("audit", &[]).await;
    scene.restarts().await;
    let older = warden.press(&log, "Older").await;
    assert_eq!(older.callback, Some(7));
    let before = log.now().to_string();
    let warden = warden.without_role(&wardens);
    let refused = warden.press(&log, "Newer").await;
    assert!(refused.is_ephemeral() && refused.to_string().contains(REFUSED));
    assert_eq!(log.now().to_string(), before);
    for (command, reply) in tries(&warden).await {
        assert!(reply.to_string().contains(REFUSED), "{command}: {reply}");
    }
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_of_servers_nobody_moderates() {
    let (scene, mona) = moderated().await;
    for (command, reply) in tries(&mona.in_dm()).await {
        assert!(reply.is_ephemeral(), "{command}");
        let nowhere = "This works in servers that I belong to";
        assert!(reply.to_string().contains(nowhere), "{command}: {reply}");
    }
    // Who brings the bot along is not offered them, whatever they may in that server.
    let visitor = scene
        .double
        .foreign_guild("elsewhere")
        .member("Eve")
        .permitted(permission::ADMINISTRATOR);
    visitor.slash("help", &[]).await;
    assert!(visitor.is_offered("ask") && !visitor.is_offered("settings"));
    assert!(!visitor.is_offered("audit"));
    // Every member of a server is: who moderates it is not known to Discord.
    assert!(scene.badr.is_offered("settings") && scene.badr.is_offered("audit"));
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_the_log_opens_no_other_log() {
    let (scene, mona) = moderated().await;
    for n in 0..12 {
        let value = format!("0.{}", 10 + n);
        mona.slash("settings threshold", &[("value", &value)]).await;
    }
    let log = mona.slash("audit", &[]).await;
    let id = log.message().component("Older").unwrap()["custom_id"].clone();
    let id = id.as_str().unwrap();
    // A member of the same server cannot press what only she sees, but can forge it on an answer.
    let answer = scene.badr.slash("ask", &[("question", super::WHEN)]).await;
    let eve = scene.double.guild("another").moderator("Eve");
    eve.slash("language", &[("language", ENGLISH)]).await;
    let own = eve.slash("ask", &[("question", super::WHEN)]).await;
    let data = serde_json::json!({"custom_id": id, "component_type": 2});
    for (reply, said) in [
        (
            scene.badr.press_forged(&answer, id).await,
            "do not know this button",
        ),
        (eve.press_forged(&own, id).await, "do not know this button"),
        (
            eve.sends_interaction(3, data.clone(), Some(log.message()))
                .await,
            REFUSED,
        ),
        (
            scene
                .badr
                .sends_interaction(3, data, Some(log.message()))
                .await,
            REFUSED,
        ),
    ] {
        assert!(reply.is_ephemeral(), "{reply}");
        let text = reply.to_string();
        assert!(text.contains(said) && !text.contains("0.1"), "{reply}");
    }
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_read_in_pages_that_stay_where_they_are() {
    let (mut scene, mona) = moderated().await;
    scene.fills_the_library().await;
    for n in 0..20 {
        let value = format!("0.{}", 10 + n);
        mona.slash("settings threshold", &[("value", &value)]).await;
    }
    scene.file(
        "coast.txt",
        &format!("{}A line more is here.\n", super::COAST),
    );
    scene.source(&["add", "coast.txt"]).await;
    let log = mona.slash("audit", &[]).await;
    assert!(log.is_ephemeral() && log.message().pings.is_empty());
    insta::assert_snapshot!(seen(&log), @r"
    (only you see this)
    │ # What was changed here
    │ ‹time› · the terminal
    │ Gave **coast** a new version: from version 1 to version 2
    │
    │ ‹time› · @Mona
    │ Setting “Threshold”: from 0.28 to 0.29
    │
    │ ‹time› · @Mona
    │ Setting “Threshold”: from 0.27 to 0.28
    │
    │ ‹time› · @Mona
    │ Setting “Threshold”: from 0.26 to 0.27
    │
    │ ‹time› · @Mona
    │ Setting “Threshold”: from 0.25 to 0.26
    │
    │ ‹time› · @Mona
    │ Setting “Threshold”: from 0.24 to 0.25
    │
    │ ‹time› · @Mona
    │ Setting “Threshold”: from 0.23 to 0.24
    │
    │ ‹time› · @Mona
    │ Setting “Threshold”: from 0.22 to 0.23
    │
    │ ‹time› · @Mona
    │ Setting “Threshold”: from 0.21 to 0.22
    │
    │ ‹time› · @Mona
    │ Setting “Threshold”: from 0.2 to 0.21
    [Newer (off)] [Older]
    ");

    // What is changed meanwhile moves nothing, and a restart forgets nothing.
    mona.slash("settings cooldown", &[("seconds", "0")]).await;
    scene.restarts().await;
    let times = |text: &str| text.matches("‹time›").count();
    let mut pages = vec![seen(&log)];
    while log.now().message().component("Older").unwrap()["disabled"] != true {
        mona.press(&log, "Older").await;
        pages.push(seen(&log.now()));
    }
    assert_eq!(pages.len(), 3, "{pages:#?}");
    assert!(pages[..2].iter().all(|page| times(page) == 10));
    insta::assert_snapshot!(pages[2], @r"
    (only you see this)
    │ # What was changed here
    │ ‹time› · @Mona
    │ Setting “Threshold”: from its default to 0.1
    │
    │ ‹time› · the terminal
    │ Withdrew **russia-north-korea**, version 1
    │
    │ ‹time› · the terminal
    │ Added **coast**, version 1
    │
    │ ‹time› · Sanad
    │ Added **russia-north-korea**, version 1
    │
    │ ‹time› · Sanad
    │ Made this library, with the starter sources
    [Newer] [Older (off)]
    ");
    for nth in [1, 0] {
        mona.press(&log, "Newer").await;
        assert_eq!(seen(&log.now()).lines().nth(2), pages[nth].lines().nth(2));
    }
    mona.press(&log, "Newer").await;
    let newest = seen(&log.now());
    assert!(
        newest.contains("Cooldown") && newest.contains("[Newer (off)]"),
        "{newest}"
    );

    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_one_source_is_read_in_either_language() {
    let (scene, mona) = moderated().await;
    scene.fills_the_library().await;
    mona.slash("settings threshold", &[("value", "0.5")]).await;
    scene.file(
        "coast.txt",
        &format!("{}A line more is here.\n", super::COAST),
    );
    scene.source(&["add", "coast.txt"]).await;
    let of_one = mona.slash("audit", &[("source", "coast")]).await;
    insta::assert_snapshot!(seen(&of_one), @r"
    (only you see this)
    │ # What was changed here in coast
    │ ‹time› · the terminal
    │ Gave **coast** a new version: from version 1 to version 2
    │
    │ ‹time› · the terminal
    │ Added **coast**, version 1
    ");
    mona.slash("language", &[("language", ARABIC)]).await;
    let of_one = mona
        .slash("audit", &[("source", "russia-north-korea")])
        .await;
    insta::assert_snapshot!(seen(&of_one), @r"
    (only you see this)
    │ # ما تغيّر هنا في المصدر russia-north-korea
    │ ‹time› · الطرفية
    │ سحب المصدر **russia-north-korea**، النسخة 1
    │
    │ ‹time› · سند
    │ إضافة المصدر **russia-north-korea**، النسخة 1
    ");
    let none = mona.slash("audit", &[("source", "nowhere")]).await;
    insta::assert_snapshot!(seen(&none), @r"
    (only you see this)
    لم يتغير هنا شيء قط في مصدر اسمه **nowhere**.
    ");
    let no_id = mona.slash("audit", &[("source", "*not* an id")]).await;
    insta::assert_snapshot!(seen(&no_id), @r"
    (only you see this)
    ليس هذا معرّف مصدر: في المعرّف حروف وأرقام وشرطات فقط. اختر من الاقتراحات.
    ");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_reported_in_the_channel_that_was_chosen() {
    let (mut scene, mona) = moderated().await;
    mona.slash("settings threshold", &[("value", "0.5")]).await;
    let channel = scene.guild.channel("log");
    let id = channel.id().to_string();
    let chosen = mona
        .slash("settings audit-channel", &[("channel", &id)])
        .await;
    insta::assert_snapshot!(seen(&chosen), @r"
    (only you see this)
    **Audit channel**: from now on #log, before no channel.
    ");
    mona.slash("settings threshold", &[("value", "0.6")]).await;
    // What changes nothing is not reported.
    let same = mona.slash("settings threshold", &[("value", "0.6")]).await;
    assert!(same.to_string().contains("already"), "{same}");
    let scope = [("language", ENGLISH), ("scope", "Server · للخادم كله")];
    mona.slash("language", &scope).await;
    insta::assert_snapshot!(channel.transcript(), @r"
    Sanad in #log:
      ‹time› · @Mona
      ضبط «قناة السجل»: من القيمة الأصلية إلى #log
      Setting “Audit channel”: from its default to #log
    Sanad in #log:
      ‹time› · @Mona
      ضبط «حد الثقة»: من 0.5 إلى 0.6
      Setting “Threshold”: from 0.5 to 0.6
    Sanad in #log:
      ‹time› · @Mona
      Setting “Language”: from its default to English
    ");
    assert!(
        channel
            .messages()
            .iter()
            .all(|message| message.pings.is_empty())
    );

    // What is changed at the terminal is noticed; what is changed while the bot is away too, once.
    scene.file("coast.txt", super::COAST);
    scene.source(&["add", "coast.txt"]).await;
    channel.message_with("Added").await;
    let new = scene.home.start();
    let old = std::mem::replace(&mut scene.bot, new);
    scene.bot.logs(1, "connected name=Sanad").await;
    old.leaves().await;
    scene.source(&["remove", "coast"]).await;
    channel.message_with("Withdrew").await;
    mona.slash("settings threshold", &[("default", "true")])
        .await;
    channel.message_with("from 0.6 to its default").await;
    assert!(scene.double.settles(Duration::from_secs(1)).await);
    let n_of = |text: &str| {
        let messages = channel.messages();
        let with = messages
            .iter()
            .filter(|message| message.to_string().contains(text));
        with.count()
    };
    for text in [
        "from 0.5 to 0.6",
        "Added",
        "Withdrew",
        "its default to English",
    ] {
        assert_eq!(n_of(text), 1, "{text}: {}", channel.transcript());
    }
    assert_eq!(n_of("to 0.5"), 0, "before the channel was chosen");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_cannot_be_written_to_fails_no_change() {
    let scene = scene_with(&[("discord.retry_tries", "1")]).await;
    let mona = scene.guild.moderator("Mona");
    mona.slash("language", &[("language", ENGLISH)]).await;
    let channel = scene.guild.channel("log");
    let id = channel.id().to_string();
    channel.denies_bot(permission::SEND_MESSAGES);
    let chosen = mona
        .slash("settings audit-channel", &[("channel", &id)])
        .await;
    insta::assert_snapshot!(seen(&chosen), @r"
    (only you see this)
    **Audit channel**: from now on #log, before no channel.
    The change holds, but I could not report it in #log: that channel is gone, or I may not write there. /settings audit-channel names another one.
    ");
    channel.denies_bot(0);
    mona.slash("settings threshold", &[("value", "0.6")]).await;
    assert_eq!(
        channel.messages().len(),
        1,
        "with what was not reported before"
    );
    insta::assert_snapshot!(channel.transcript(), @r"
    Sanad in #log:
      ‹time› · @Mona
      ضبط «قناة السجل»: من القيمة الأصلية إلى #log
      Setting “Audit channel”: from its default to #log

      ‹time› · @Mona
      ضبط «حد الثقة»: من القيمة الأصلية إلى 0.6
      Setting “Threshold”: from its default to 0.6
    ");

    // For the moment.
    let post = "POST /channels/*/messages";
    scene
        .double
        .next(1, post, crate::discord_double::Trouble::Status(503));
    let changed = mona.slash("settings threshold", &[("value", "0.7")]).await;
    insta::assert_snapshot!(seen(&changed), @r"
    (only you see this)
    **Threshold**: from now on 0.7, before 0.6.
    The change holds. I could not report it in #log just now; it will be reported with the next change.
    ");
    mona.slash("settings threshold", &[("value", "0.8")]).await;
    let last = channel.messages().pop().unwrap().to_string();
    assert!(
        last.contains("from 0.6 to 0.7") && last.contains("from 0.7 to 0.8"),
        "{last}"
    );

    // For ever.
    channel.is_deleted();
    mona.slash("language", &[("language", ARABIC)]).await;
    let changed = mona.slash("settings threshold", &[("value", "0.9")]).await;
    insta::assert_snapshot!(seen(&changed), @r"
    (only you see this)
    **حد الثقة**: القيمة من الآن 0.9، وكانت 0.8.
    ثبت التغيير، لكني لم أستطع الإخبار به في #log: لم تعد القناة موجودة، أو لا يُسمح لي بالكتابة فيها. تُسمّى قناة غيرها بالأمر /settings audit-channel.
    ");
    let shown = mona.slash("settings threshold", &[]).await;
    assert!(shown.to_string().contains("0.9"), "{shown}");
    let refused = scene.double.take_violations();
    assert!(
        refused.iter().all(|line| line.contains("/messages")),
        "{refused:?}"
    );
    let ended = scene.bot.leaves().await;
    assert!(
        ended.log.contains("a change could not be reported"),
        "{}",
        ended.log
    );
}
