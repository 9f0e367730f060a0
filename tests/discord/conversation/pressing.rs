//! Buttons: what they do, for whom, for how long.

use super::{COAST, WHEN, scene, seen};
use crate::discord_double::Reply;

#[tokio::test(flavor = "multi_thread")]
async fn who_asked_pages_through_the_answer_even_after_a_restart() {
    let mut scene = scene().await;
    scene.fills_the_library().await;
    let ana = scene.ana.clone();
    let answer = ana
        .slash("ask", &[("question", "When was the lighthouse built?")])
        .await;

    // Everything is forgotten but what stands in the message and in the catalogue.
    scene.restarts().await;
    scene.double.clear_transcript();
    let next = ana.press(&answer, "Next").await;
    assert_eq!(
        next.callback,
        Some(7),
        "the asker's press changes the message"
    );
    ana.press(&answer, "Previous").await;
    let before = seen(&answer.now());
    ana.press(&answer, "In context").await;
    ana.press(&answer, "Footnotes").await;
    let transcript = scene.double.transcript();
    ana.press(&answer, "Back to the passage").await;
    assert_eq!(seen(&answer.now()), before);
    let copied = ana.press(&answer, "Copy citation").await;
    insta::assert_snapshot!(seen(&copied), @r"
    (only you see this)
    “coast”, section “History”, Paragraph 2
    ");
    insta::assert_snapshot!(transcript, @r"
    Ana in #general presses [Next]
    Sanad edits in #general, answering Ana:
      │ # coast
      │ Passage 2 of the 2 found, the likeliest first.
      │
      │ > A. Holm, Memoirs, vol. 2, p. 340. **See https://example.org/holm/lighthouse for the drawings.**
      │
      │ One paragraph cites this footnote: 2
      │ Paragraph 2
      │ > The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2] Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ Footnote [2]
      [Previous] [Next (off)] [In context] [Copy citation]
      [Delete]
    Ana in #general presses [Previous]
    Sanad edits in #general, answering Ana:
      │ # coast › History
      │ > **The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2]** Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ [2] A. Holm, Memoirs, vol. 2, p. 340. See https://example.org/holm/lighthouse for the drawings.
      │ [3] The source does not give this footnote.
      │ Note: the source itself marks a claim in this passage as unsourced.
      │
      │ Paragraph 2
      │
      │ This is very likely the answer.
      [Previous (off)] [Next] [In context] [Footnotes] [Copy citation]
      [Delete]
    Ana in #general presses [In context]
    Sanad edits in #general, answering Ana:
      │ # coast › History
      │ The coast of Miram
      │ Paragraph 1
      │ > The town of Miram lies where the river Sel meets the northern sea.[1] Its harbour freezes every winter.
      │
      │ Paragraph 2
      │ > **The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2]** Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ Paragraph 3
      │ > The fishermen of Miram founded a school of navigation beside the harbour. It taught two hundred pupils.
      [Back to the passage] [Footnotes] [Copy citation]
      [Delete]
    Ana in #general presses [Footnotes]
    Sanad edits in #general, answering Ana:
      │ # coast › History
      │ [2] A. Holm, Memoirs, vol. 2, p. 340. See https://example.org/holm/lighthouse for the drawings.
      │ [3] The source does not give this footnote.
      │
      │ Paragraph 2
      [Back to the passage] [Copy citation]
      [Delete]
    ");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_pages_by_themselves() {
    let mut scene = scene().await;
    scene.fills_the_library().await;
    let (ana, badr) = (scene.ana.clone(), scene.badr.clone());
    let answer = ana
        .slash("ask", &[("question", "When was the lighthouse built?")])
        .await;
    // The answer stays as it is, and their own copy then changes for them.
    scene.restarts().await;
    scene.double.clear_transcript();
    let before = answer.now().to_string();
    let own = badr.press(&answer, "Next").await;
    assert!(own.is_ephemeral());
    badr.press(&own, "In context").await;
    assert_eq!(answer.now().to_string(), before);
    insta::assert_snapshot!(scene.double.transcript(), @r"
    Badr in #general presses [Next]
    Sanad in #general, seen by Badr only:
      │ # coast
      │ Passage 2 of the 2 found, the likeliest first.
      │
      │ > A. Holm, Memoirs, vol. 2, p. 340. **See https://example.org/holm/lighthouse for the drawings.**
      │
      │ One paragraph cites this footnote: 2
      │ Paragraph 2
      │ > The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2] Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ Footnote [2]
      [Previous] [Next (off)] [In context] [Copy citation]
      [Delete]
    Badr in #general presses [In context]
    Sanad edits in #general, seen by Badr only:
      │ # coast
      │ History
      │ Paragraph 2
      │ > The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2] Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
      │
      │ Footnote [2]
      │ > A. Holm, Memoirs, vol. 2, p. 340. **See https://example.org/holm/lighthouse for the drawings.**
      [Back to the passage] [Copy citation]
      [Delete]
    ");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_mentioned_in_may_press_too() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let (ana, badr) = (&scene.ana, &scene.badr);
    let answer = ana
        .mention(&scene.general, "When was the lighthouse built?")
        .await;
    let next = ana.press(&answer, "Next").await;
    assert_eq!(next.callback, Some(7));
    let own = badr.press(&answer, "Previous").await;
    assert!(own.is_ephemeral());
    let direct = badr.dm(WHEN).await;
    assert_eq!(badr.press(&direct, "في سياقه").await.callback, Some(7));
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_press_leads_nowhere() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let answer = scene
        .ana
        .slash("ask", &[("question", "When was the lighthouse built?")])
        .await;
    let elsewhere = scene.double.guild("another");
    let theirs = elsewhere
        .member("Eve")
        .slash("ask", &[("question", WHEN)])
        .await;
    let id = |reply: &Reply, label: &str| {
        let button = reply.message().component(label).unwrap();
        button["custom_id"].as_str().unwrap().to_owned()
    };
    let own = id(&answer, "In context");
    let foreign = id(&theirs, "في سياقه");
    let forged = [
        "",
        "1",
        "sources:1",
        &"1".repeat(100),
        &own.replacen("1C", "2C", 1),
        &own.replacen("1C", "1F999", 1),
        &format!("{own}P9B0"),
        "1CEY2tDI0V1P1B0",
        &foreign,
        "'; DROP TABLE source; --",
        "سند",
    ]
    .map(str::to_owned);
    let refused = |reply: &Reply| {
        assert!(reply.is_ephemeral(), "{reply}");
        assert_eq!(
            seen(reply),
            "(only you see this)\nلا أعرف هذا الزر. اسأل من جديد واستعمل الأزرار التي تحت الجواب الجديد.\n\
             I do not know this button. Ask again and use the buttons under the new answer."
        );
    };
    for forged in forged {
        refused(&scene.badr.press_forged(&answer, &forged).await);
    }
    // Not even a sound id, where the message is somebody else's or is none that carries it.
    let message = scene.ana.says(&scene.general, "look");
    refused(&scene.badr.press_forged(&message, &own).await);
    refused(
        &scene
            .ana
            .press_forged(answer.message(), &own.replacen("I0", "I1", 1))
            .await,
    );
    assert!(
        answer.now().to_string().contains("1889"),
        "the answer stands as it was"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_is_not_shown_any_more() {
    let scene = scene().await;
    scene.fills_the_library().await;
    let (ana, badr) = (&scene.ana, &scene.badr);
    let question = [("question", "When was the lighthouse built?")];
    let answer = ana.slash("ask", &question).await;
    scene.file("coast.txt", &COAST.replace("1889", "1890"));
    scene.source(&["add", "coast.txt"]).await;
    // An answer of before leads to what it quoted, and says that it is a former version.
    let former = badr.press(&answer, "In context").await;
    assert!(
        former.to_string().contains("1889")
            && former
                .to_string()
                .contains("From an earlier version of the source, number 1"),
        "{former}"
    );
    let current = ana.slash("ask", &question).await;
    assert!(
        current.to_string().contains("1890") && !current.to_string().contains("earlier"),
        "{current}"
    );
    scene.source(&["remove", "coast"]).await;
    scene.double.clear_transcript();
    ana.press(&answer, "In context").await;
    badr.press(&current, "Copy citation").await;
    ana.slash("ask", &question).await;
    insta::assert_snapshot!(scene.double.transcript(), @r"
    Ana in #general presses [In context]
    Sanad in #general, seen by Ana only:
      That passage is no longer among the sources here.
    Badr in #general presses [Copy citation]
    Sanad in #general, seen by Badr only:
      That passage is no longer among the sources here.
    Ana in #general uses /ask question: When was the lighthouse built?
    Sanad in #general, answering Ana:
      Hardly any word of your question appears in the sources.
    ");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asked_can_delete_the_answer() {
    let scene = scene().await;
    let (ana, badr, general) = (&scene.ana, &scene.badr, &scene.general);
    let slash = ana.slash("ask", &[("question", WHEN)]).await;
    let mention = ana.mention(general, WHEN).await;
    let refused = badr.press(&slash, "حذف").await;
    insta::assert_snapshot!(seen(&refused), @r"
    (only you see this)
    لا يحذف هذا الجواب إلا من سأل.
    ");
    ana.press(&slash, "حذف").await;
    ana.press(&mention, "حذف").await;
    let left = general.messages();
    assert!(
        left.iter().all(|message| message.author == "Ana"),
        "{left:?}"
    );
    let foreign = scene.double.foreign_guild("elsewhere");
    let visitor = foreign.member("Ana");
    let there = visitor.slash("ask", &[("question", WHEN)]).await;
    visitor.press(&there, "حذف").await;
    assert!(foreign.channel("general").messages().is_empty());
    scene.ends().await;
}
