//! What is not permitted, what is too much, what fails, and what nobody shall learn.

use std::time::Duration;

use serde_json::json;

use super::{NONE, WHEN, scene, scene_with, seen};
use crate::discord_double::{Double, Reply, Trouble, permission};

#[tokio::test(flavor = "multi_thread")]
async fn without_the_permission_to_embed_an_answer_is_plain_text_in_parts() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let day = |n: usize| match n {
        23 => "On day 23 the brig Halcyon found an island of black glass.[1]".to_owned(),
        n => format!(
            "On day {n} the brig Halcyon sailed {} miles.",
            40 + n * 7 % 60
        ),
    };
    let log: Vec<String> = (1..=60).map(day).collect();
    scene.file(
        "log.txt",
        &format!("The log\n{}\n^The first mate's hand.\n", log.join(" ")),
    );
    scene.source(&["add", "log.txt"]).await;
    scene.general.denies_bot(permission::EMBED_LINKS);
    let question = "What did the brig Halcyon find on day 23?";
    let answer = scene.ana.mention(&scene.general, question).await;
    assert!(answer.message().embeds.is_empty());
    insta::assert_snapshot!(seen(&answer), @r"
    **log › The log**
    > On day 4 the brig Halcyon sailed 68 miles. On day 5 the brig Halcyon sailed 75 miles. On day 6 the brig Halcyon sailed 82 miles. On day 7 the brig Halcyon sailed 89 miles. On day 8 the brig Halcyon sailed 96 miles. On day 9 the brig Halcyon sailed 43 miles. On day 10 the brig Halcyon sailed 50 miles. On day 11 the brig Halcyon sailed 57 miles. On day 12 the brig Halcyon sailed 64 miles. On day 13 the brig Halcyon sailed 71 miles. On day 14 the brig Halcyon sailed 78 miles. On day 15 the brig Halcyon sailed 85 miles. On day 16 the brig Halcyon sailed 92 miles. On day 17 the brig Halcyon sailed 99 miles. On day 18 the brig Halcyon sailed 46 miles. On day 19 the brig Halcyon sailed 53 miles. On day 20 the brig Halcyon sailed 60 miles. On day 21 the brig Halcyon sailed 67 miles. On day 22 the brig Halcyon sailed 74 miles. **On day 23 the brig Halcyon found an island of black glass.[1]** On day 24 the brig Halcyon sailed 88 miles. On day 25 the brig Halcyon sailed 95 miles. On day 26 the brig Halcyon sailed 42 miles. On day 27 the brig Halcyon sailed 49 miles. On day 28 the brig Halcyon sailed 56 miles. On day 29 the brig Halcyon sailed 63 miles. On day 30 the brig Halcyon sailed 70 miles. On day 31 the brig Halcyon sailed 77 miles. On day 32 the brig Halcyon sailed 84 miles. On day 33 the brig Halcyon sailed 91 miles. On day 34 the brig Halcyon sailed 98 miles. On day 35 the brig Halcyon sailed 45 miles. On day 36 the brig Halcyon sailed 52 miles. On day 37 the brig Halcyon sailed 59 miles. On day 38 the brig Halcyon sailed 66 miles. On day 39 the brig Halcyon sailed 73 miles. On day 40 the brig Halcyon sailed 80 miles. On day 41 the brig Halcyon sailed 87 miles. On day 42 the brig Halcyon sailed 94 miles.
    Shown: sentences 4 to 42 of 60.

    [1] The first mate's hand.

    Paragraph 1

    This is very likely the answer.
    [In context] [Footnotes] [Copy citation]
    [What comes before] [Read on] [Delete]
    ");

    // Discord grants embeds in answers to interactions; where it should not, they are plain too.
    scene.general.strips_embeds_from_interaction_replies();
    let on = scene.ana.press(&answer, "Read on").await;
    insta::assert_snapshot!(seen(&on), @r"
    **log › The log**
    > On day 43 the brig Halcyon sailed 41 miles. On day 44 the brig Halcyon sailed 48 miles. On day 45 the brig Halcyon sailed 55 miles. On day 46 the brig Halcyon sailed 62 miles. On day 47 the brig Halcyon sailed 69 miles. On day 48 the brig Halcyon sailed 76 miles. On day 49 the brig Halcyon sailed 83 miles. On day 50 the brig Halcyon sailed 90 miles. On day 51 the brig Halcyon sailed 97 miles. On day 52 the brig Halcyon sailed 44 miles. On day 53 the brig Halcyon sailed 51 miles. On day 54 the brig Halcyon sailed 58 miles. On day 55 the brig Halcyon sailed 65 miles. On day 56 the brig Halcyon sailed 72 miles. On day 57 the brig Halcyon sailed 79 miles. On day 58 the brig Halcyon sailed 86 miles. On day 59 the brig Halcyon sailed 93 miles. On day 60 the brig Halcyon sailed 40 miles.
    Shown: sentences 43 to 60 of 60.

    Paragraph 1
    [Back to the passage] [In context] [Footnotes] [Copy citation]
    [What comes before] [Delete]
    ");
    let slash = scene.ana.slash("ask", &[("question", question)]).await;
    assert!(slash.message().embeds.is_empty());
    assert!(
        slash.message().content.contains("**On day 23 the brig"),
        "{slash}"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_permissions_are_named() {
    let scene = scene().await;
    let hall = scene.guild.channel("hall");
    hall.denies_bot(permission::SEND_MESSAGES);
    let ana = &scene.ana;
    ana.says(
        &hall,
        &format!("<@{}> When was the treaty signed?", Double::BOT),
    );
    let direct = ana.dm_with("Send Messages").await;
    insta::assert_snapshot!(direct, @"I may not answer in #hall: there I lack the permission “Send Messages”.");

    let square = scene.guild.channel("square");
    square.denies_bot(permission::READ_MESSAGE_HISTORY);
    ana.says(&square, &format!("<@{}> {WHEN}", Double::BOT));
    let answer = square.message_with("Read Message History").await;
    assert!(answer.to_string().contains("12 أكتوبر من عام 1948"));
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_fast_waits() {
    let keys = [
        ("discord.cooldown_ms", "3600000"),
        ("discord.cooldown_burst", "2"),
    ];
    let scene = scene_with(&keys).await;
    let (ana, badr, general) = (&scene.ana, &scene.badr, &scene.general);
    ana.slash("ask", &[("question", WHEN)]).await;
    ana.mention(general, "متى؟").await;
    let told = ana.mention(general, "ولماذا؟").await;
    // How many seconds are left depends on how fast this runs.
    let untimed = |told: &Reply| {
        let digits = |c: char| c.is_ascii_digit();
        let said = seen(told);
        said.split(digits)
            .filter(|piece| !piece.is_empty())
            .collect::<Vec<_>>()
            .join("N")
    };
    insta::assert_snapshot!(untimed(&told), @"أسئلتك أسرع من أجوبتي. لك أن تسأل بعد N ثانية.");
    // A message is told once; an interaction has to be answered, to the asker alone.
    let again = ana.says(general, &format!("<@{}> ومن؟", Double::BOT));
    assert!(
        scene.double.stays_quiet(Duration::from_millis(500)).await,
        "{again}"
    );
    let told = ana.slash("ask", &[("question", "Who signed it?")]).await;
    assert!(told.is_ephemeral());
    insta::assert_snapshot!(untimed(&told), @r"
    (only you see this)
    You ask faster than I answer. You can ask again in N seconds.
    ");
    let other = badr.slash("ask", &[("question", WHEN)]).await;
    assert!(
        other.to_string().contains("1948"),
        "each person by themselves"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_whatever_question_and_source_say() {
    let scene = scene().await;
    let badr = scene.badr.tag();
    scene.file(
        "calls.jsonl",
        &json!({"id": "1", "title": "@everyone", "text": format!("The @everyone drum calls {badr} and @here to the **great** assembly of drummers.")}).to_string(),
    );
    scene.ana.slash("ask", &[("question", "?")]).await;
    scene.source(&["add", "calls.jsonl"]).await;
    scene.general.denies_bot(permission::EMBED_LINKS);
    let question =
        format!("@everyone @here {badr} What does the @everyone drum call the drummers to?");
    let mention = scene.ana.mention(&scene.general, &question).await;
    assert_eq!(mention.message().pings, NONE);
    let text = &mention.message().content;
    assert!(text.contains(r"The \@everyone drum calls \<\@"), "{text}");
    assert!(
        text.contains(r"\@here to the \*\*great\*\* assembly"),
        "{text}"
    );
    let slash = scene.ana.slash("ask", &[("question", &question)]).await;
    assert_eq!(slash.message().pings, NONE);
    assert_eq!(slash.message().title(), r"calls › \@everyone");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_gives_a_sentence_and_an_id_that_the_log_knows() {
    let scene = scene().await;
    scene.ana.slash("ask", &[("question", WHEN)]).await;
    // The one answer of Discord that cannot be mended by sending it again.
    scene
        .double
        .next(1, "POST /interactions/*/*/callback", Trouble::Status(400));
    let reply = scene
        .ana
        .slash("ask", &[("question", "When was the treaty signed?")])
        .await;
    assert!(reply.is_ephemeral());
    let said = seen(&reply);
    let id = said
        .rsplit(' ')
        .next()
        .unwrap()
        .trim_end_matches('.')
        .to_owned();
    insta::assert_snapshot!(said.replace(&id, "ID"), @r"
    (only you see this)
    Something went wrong, and it is not your question's fault. Whoever runs me finds it in the log under: ID
    ");
    let ended = scene.bot.leaves().await;
    let line = ended
        .complaints()
        .into_iter()
        .find(|line| line.contains(&id));
    assert!(
        line.is_some_and(|line| line.contains("ERROR")),
        "{}",
        ended.log
    );
    assert!(!ended.log.contains("treaty"), "{}", ended.log);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_gone_gets_a_sentence_too() {
    let scene = scene().await;
    let gone = json!({"id": "1", "name": "summarize", "type": 1, "options": []});
    let reply = scene.ana.sends_interaction(2, gone.clone(), None).await;
    assert!(reply.is_ephemeral());
    assert!(
        reply.to_string().contains("Something went wrong"),
        "{reply}"
    );
    let typed = json!([{"name": "text", "type": 3, "value": "a", "focused": true}]);
    let mut typing = gone;
    typing["options"] = typed;
    scene.double.gives_the_bot(Duration::from_millis(300));
    let reply = scene.ana.sends_interaction(4, typing, None).await;
    assert!(reply.messages.is_empty());
    let ended = scene.bot.leaves().await;
    assert!(ended.log.contains("a command failed"), "{}", ended.log);
    assert_eq!(scene.double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_kept_without_their_author_and_only_where_somebody_may_read_them() {
    let scene = scene().await;
    scene
        .ana
        .slash("ask", &[("question", "kept-in-the-server")])
        .await;
    scene.ana.dm("not-kept-in-private").await;
    scene.double.settles(Duration::from_millis(200)).await;
    let person = scene.ana.id().to_string();
    assert!(scene.keeps("kept-in-the-server"));
    assert!(!scene.keeps("not-kept-in-private"));
    assert!(!scene.keeps(&person), "nobody's id is in the catalogue");
    scene.ends().await;

    let scene = scene_with(&[("retention.questions", "0")]).await;
    scene
        .ana
        .slash("ask", &[("question", "kept-in-the-server")])
        .await;
    scene.double.settles(Duration::from_millis(200)).await;
    assert!(!scene.keeps("kept-in-the-server"));
    scene.ends().await;
}
