//! Settings, shown, changed, and holding.

use super::{Scene, WHEN, scene, scene_with, seen};
use crate::discord_double::{Person, Reply};

const ENGLISH: &str = "English · الإنجليزية";
const ARABIC: &str = "Arabic · العربية";

async fn with_moderator(keys: &[(&str, &str)]) -> (Scene, Person) {
    let scene = scene_with(keys).await;
    let mona = scene.guild.moderator("Mona");
    mona.slash("language", &[("language", ENGLISH)]).await;
    (scene, mona)
}

#[expect(clippy::too_many_lines, reason = "a conversation is read in one go")]
#[tokio::test(flavor = "multi_thread")]
async fn every_setting_is_shown_changed_and_taken_back() {
    let (scene, mona) = with_moderator(&[]).await;
    let general = scene.general.id().to_string();
    let tower = scene.guild.channel("tower").id().to_string();
    let keepers = scene.guild.role("keepers", 0).id().to_string();
    let changes: [(&str, &[(&str, &str)]); 13] = [
        ("threshold", &[("value", "0.6")]),
        ("mention-channels", &[("add", &general)]),
        ("mention-channels", &[("add", &tower)]),
        ("mention-channels", &[("remove", &general)]),
        ("moderator-roles", &[("add", &keepers)]),
        ("audit-channel", &[("channel", &tower)]),
        ("cooldown", &[("seconds", "0")]),
        ("max-sources", &[("sources", "20")]),
        ("max-megabytes", &[("megabytes", "50")]),
        ("keep-withdrawn", &[("days", "7")]),
        ("keep-questions", &[("days", "1")]),
        ("language", &[("language", ARABIC)]),
        // Her own language stays.
        ("language", &[("language", ENGLISH)]),
    ];
    let mut said = Vec::new();
    for (setting, options) in changes {
        let reply = mona.slash(&format!("settings {setting}"), options).await;
        assert!(reply.is_ephemeral() && reply.message().pings.is_empty());
        said.push(seen(&reply).replace("(only you see this)\n", ""));
    }
    insta::assert_snapshot!(said.join("\n"), @r"
    **Threshold**: from now on 0.6, before 0.46.
    **Channels for mentions**: from now on #general, before all channels.
    **Channels for mentions**: from now on #general, #tower, before #general.
    **Channels for mentions**: from now on #tower, before #general, #tower.
    **Moderator roles**: from now on @keepers, before no role.
    **Audit channel**: from now on #tower, before no channel.
    **Cooldown**: from now on no waiting, before no waiting.
    **Most sources**: from now on 20 sources, before 1000 sources.
    **Most megabytes**: from now on 50 megabytes, before 1000 megabytes.
    **Withdrawn sources kept**: from now on 7 days, before 30 days.
    **Questions kept**: from now on one day, before 90 days.
    **Language**: from now on Arabic, before that of each question.
    **Language**: from now on English, before Arabic.
    ");
    insta::assert_snapshot!(seen(&mona.slash("settings show", &[]).await), @r"
    (only you see this)
    │ # The settings of this server
    │ **Threshold**: 0.6 (default: 0.46)
    │ How sure I have to be of an answer, from 0 to 1. A higher one gives fewer answers, and fewer wrong ones.
    │
    │ **Language**: English (default: that of each question)
    │ The language of my own words in this server, except with those who chose for themselves.
    │
    │ **Channels for mentions**: #tower (default: all channels)
    │ Where I answer mentions and replies; a thread counts as its channel. Commands work everywhere.
    │
    │ **Moderator roles**: @keepers (default: no role)
    │ Who may manage sources and settings, beside those with the permission “Manage Server”.
    │
    │ **Audit channel**: #tower (default: no channel)
    │ Where every change of sources and settings is reported.
    │
    │ **Cooldown**: no waiting (default: no waiting)
    │ How long a person waits for their next question once they have asked several in one go.
    │
    │ **Most sources**: 20 sources (default: 1000 sources)
    │ How many sources this server may hold.
    │
    │ **Most megabytes**: 50 megabytes (default: 1000 megabytes)
    │ How much room the sources of this server may take up, former versions included.
    │
    │ **Withdrawn sources kept**: 7 days (default: 30 days)
    │ For how long a withdrawn source can be restored before it is deleted for good.
    │
    │ **Questions kept**: one day (default: 90 days)
    │ For how long the texts of questions are kept, always without who asked.
    │
    │ Each has a command of its own, such as `/settings threshold`; with `default` it goes back to its default.
    ");

    // Looking at one changes nothing, nor does what contradicts itself or is more than the host allows.
    let before = scene.log().await;
    insta::assert_snapshot!(seen(&mona.slash("settings mention-channels", &[]).await), @r"
    (only you see this)
    **Channels for mentions**: #tower (default: all channels)
    Where I answer mentions and replies; a thread counts as its channel. Commands work everywhere.
    ");
    let both = [("add", general.as_str()), ("remove", tower.as_str())];
    insta::assert_snapshot!(seen(&mona.slash("settings mention-channels", &both).await), @r"
    (only you see this)
    Nothing was changed: choose either a value or `default`, and of “add” and “remove” one at a time.
    ");
    let both = [("value", "0.6"), ("default", "true")];
    let unclear = mona.slash("settings threshold", &both).await;
    assert!(
        unclear.to_string().contains("Nothing was changed"),
        "{unclear}"
    );
    let more = mona
        .slash("settings max-sources", &[("sources", "1001")])
        .await;
    insta::assert_snapshot!(seen(&more), @r"
    (only you see this)
    **Most sources**: whoever runs me allows 1000 sources at most here. Nothing was changed.
    ");
    let more = mona
        .slash("settings keep-questions", &[("days", "91")])
        .await;
    assert!(more.to_string().contains("90 days"), "{more}");
    assert_eq!(scene.log().await, before);

    for setting in [
        "threshold",
        "language",
        "mention-channels",
        "moderator-roles",
        "audit-channel",
        "cooldown",
        "max-sources",
        "max-megabytes",
        "keep-withdrawn",
        "keep-questions",
    ] {
        let command = format!("settings {setting}");
        let reply = mona.slash(&command, &[("default", "true")]).await;
        assert!(reply.to_string().contains("from now on"), "{reply}");
    }
    let shown = seen(&mona.slash("settings show", &[]).await);
    assert_eq!(shown.matches("(default)").count(), 10, "{shown}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mentions_are_answered_in_the_channels_that_are_named() {
    let (scene, mona) = with_moderator(&[]).await;
    let (ana, general) = (&scene.ana, &scene.general);
    let tower = scene.guild.channel("tower");
    let id = tower.id().to_string();
    mona.slash("settings mention-channels", &[("add", &id)])
        .await;
    let thread = tower.thread("the lamp");
    for place in [&tower, &thread] {
        assert!(ana.mention(place, WHEN).await.is_answered());
    }
    // Elsewhere they are passed over in silence; commands are not.
    let other = general.thread("elsewhere");
    for place in [general, &other] {
        ana.says(
            place,
            &format!("<@{}> {WHEN}", crate::discord_double::Double::BOT),
        );
    }
    let quiet = std::time::Duration::from_secs(1);
    assert!(scene.double.stays_quiet(quiet).await);
    assert_eq!(general.n_typing(), 0);
    let answer = ana.at(general).slash("ask", &[("question", WHEN)]).await;
    assert!(answer.is_answered());
    ana.at(general).dm(WHEN).await.message();
    // Each server decides for itself.
    let guild = scene.double.guild("another");
    let eve = guild.member("Eve");
    eve.mention(&guild.channel("general"), WHEN).await.message();

    let everywhere = [("default", "true")];
    mona.slash("settings mention-channels", &everywhere).await;
    ana.mention(general, WHEN).await.message();
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_has_its_own_cooldown_threshold_and_language() {
    let keys = [
        ("discord.cooldown_ms", "0"),
        ("discord.cooldown_burst", "2"),
    ];
    let (scene, mona) = with_moderator(&keys).await;
    let (ana, badr) = (&scene.ana, &scene.badr);
    let asks = async |person: &Person| person.slash("ask", &[("question", WHEN)]).await;
    let waits = |reply: &Reply| reply.to_string().contains("أسئلتك أسرع من أجوبتي");
    mona.slash("settings cooldown", &[("seconds", "3600")])
        .await;
    for _ in 0..2 {
        assert!(!waits(&asks(ana).await));
    }
    let third = asks(ana).await;
    assert!(waits(&third) && third.is_ephemeral(), "{third}");
    assert!(!waits(&asks(badr).await), "each by themselves");
    let elsewhere = scene.double.guild("another").member("Ana");
    for _ in 0..3 {
        assert!(!waits(&asks(&elsewhere).await));
        assert!(!waits(&ana.dm(WHEN).await));
    }
    mona.slash("settings cooldown", &[("default", "true")])
        .await;
    assert!(!waits(&asks(ana).await));

    // Nothing is sure enough for a threshold of one.
    let is_sure = |reply: &Reply| reply.to_string().contains("أرجّح");
    assert!(is_sure(&asks(ana).await));
    mona.slash("settings threshold", &[("value", "1")]).await;
    let unsure = asks(ana).await;
    assert!(!is_sure(&unsure), "{unsure}");
    mona.slash("settings threshold", &[("default", "true")])
        .await;
    assert!(is_sure(&asks(ana).await));

    mona.slash("settings language", &[("language", ENGLISH)])
        .await;
    let english = asks(ana).await;
    assert!(english.to_string().contains("Paragraph 1"), "{english}");
    mona.slash("settings language", &[("default", "true")])
        .await;
    assert!(is_sure(&asks(ana).await));
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_question_is_to_be_kept_none_is_written_down() {
    let scene = scene().await;
    let mona = scene.guild.moderator("Mona");
    mona.slash("settings keep-questions", &[("days", "0")])
        .await;
    let question = "Where is kept-by-nobody?";
    scene.ana.slash("ask", &[("question", question)]).await;
    mona.slash("settings keep-questions", &[("default", "true")])
        .await;
    let question = "Where is kept-for-a-while?";
    scene.ana.slash("ask", &[("question", question)]).await;
    while !scene.keeps("kept-for-a-while") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(!scene.keeps("kept-by-nobody"));
    scene.ends().await;
}
