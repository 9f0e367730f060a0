//! What goes wrong while something is added, and what is said of it.

use std::time::Duration;

use super::{COAST, ENGLISH, adds, ended, finds, moderator, scene, scene_with, seen};

const CLEAN: &str =
    "The lighthouse\nThe lighthouse of Miram was built in 1889 by the engineer Ada Holm.\n";

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_with_its_line_and_leaves_nothing() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    for (name, bytes, expected) in [
        (
            "picture.png",
            b"\x89PNG".as_slice(),
            "files ending in `png`",
        ),
        ("empty.txt", b"", "it is empty"),
        (
            "broken.jsonl",
            b"{\"id\":\"a\",\"text\":\"One.\"}\nnot json\n",
            "Line 2: ",
        ),
        ("program.txt", b"\x7fELF\x02\x01\0\0", "The file"),
    ] {
        let report = adds(&scene, &mona, name, bytes, &[]).await;
        let said = report.to_string().replace('\\', "");
        assert!(
            said.contains("nothing of it was kept") && said.contains(expected),
            "{said}"
        );
        assert!(report.is_ephemeral() && report.message().buttons().is_empty());
    }
    let huge = scene
        .double
        .file("huge.txt", "text/plain", CLEAN)
        .announces(400 << 20);
    let report = mona.slash("source add", &[("file", &huge.value())]).await;
    assert!(report.to_string().contains("32 megabytes"), "{report}");
    // One that says it is small and is not.
    let lies = vec![b'a'; (32 << 20) + 1];
    let lies = scene
        .double
        .file("lies.txt", "text/plain", lies)
        .announces(10);
    let report = ended(mona.slash("source add", &[("file", &lies.value())]).await).await;
    assert!(report.to_string().contains("32 megabytes"), "{report}");
    let gone = scene.double.file("gone.txt", "text/plain", CLEAN);
    gone.expires();
    let report = ended(mona.slash("source add", &[("file", &gone.value())]).await).await;
    assert!(report.to_string().contains("Attach it again"), "{report}");
    let elsewhere = scene.double.file("a.txt", "text/plain", CLEAN);
    let elsewhere = elsewhere.lies_at(&format!("{}/api/v10/gateway", scene.double.url()));
    let report = ended(
        mona.slash("source add", &[("file", &elsewhere.value())])
            .await,
    )
    .await;
    assert!(
        report
            .to_string()
            .contains("where Discord keeps attachments"),
        "{report}"
    );
    let nothing = mona.slash("source add", &[]).await;
    assert!(nothing.to_string().contains("nothing to add"), "{nothing}");
    let file = scene.double.file("a.txt", "text/plain", CLEAN).value();
    let bad = mona
        .slash("source add", &[("file", &file), ("id", "a b/c")])
        .await;
    assert!(bad.to_string().contains("cannot be an id"), "{bad}");
    let hostile = adds(&scene, &mona, "\u{202e}@everyone`\n.png", b"x", &[]).await;
    assert!(!hostile.to_string().contains('\u{202e}') && hostile.message().pings.is_empty());

    let list = mona.slash("sources", &[]).await.to_string();
    assert!(list.contains("1\\.") && !list.contains("2\\."), "{list}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_taken_is_asked_about() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let report = adds(
        &scene,
        &mona,
        "light.txt",
        CLEAN.as_bytes(),
        &[("id", "russia-north-korea")],
    )
    .await;
    let said = report.to_string();
    assert!(said.contains("This id belongs to the source"), "{said}");
    assert!(!finds(&mona, "When was the lighthouse of Miram built?", "1889").await);
    mona.press(&report, "Discard").await;
    insta::assert_snapshot!(seen(&report.now()), @r"
    (only you see this)
    Discarded. Nothing of it is kept as a source.
    ");
    assert!(report.now().message().buttons().is_empty());
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_published_once_and_not_after_it_was_discarded() {
    let mut scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let first = adds(&scene, &mona, "coast.txt", COAST.as_bytes(), &[]).await;
    let publish = first.message().component("Publish").unwrap();
    mona.press(&first, "Discard").await;
    // As somebody presses who has not seen yet that the buttons are gone.
    let data = serde_json::json!({"custom_id": publish["custom_id"], "component_type": 2});
    let message = first.now().message().clone();
    let gone = mona.sends_interaction(3, data, Some(&message)).await;
    assert!(gone.to_string().contains("lead nowhere any more"), "{gone}");
    assert!(!finds(&mona, "When was the lighthouse of Miram built?", "1889").await);

    let second = adds(&scene, &mona, "coast.txt", COAST.as_bytes(), &[]).await;
    scene.restarts().await;
    let (one, other) = tokio::join!(
        mona.press(&second, "Publish"),
        mona.press(&second, "Publish")
    );
    let said = format!("{one}\n{other}\n{}", second.now());
    assert!(
        said.contains("Published") || said.contains("not there any more"),
        "{said}"
    );
    let history = mona
        .slash("source history", &[("id", "coast")])
        .await
        .to_string();
    assert!(
        history.contains("Version 1") && !history.contains("Version 2"),
        "{history}"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_pasted_and_a_message_is_added() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let form = mona.slash("source paste", &[]).await;
    insta::assert_snapshot!(form.to_string(), @r"
    «Add a text»
    Title: ____
    Text: ____
    Id: ____
    Author: ____
    Licence: ____
    ");
    let pasted = mona
        .submit(
            &form,
            &[
                ("Title", "The lighthouse"),
                ("Text", CLEAN),
                ("Author", "Ada Holm"),
                ("Licence", "CC0"),
            ],
        )
        .await;
    insta::assert_snapshot!(seen(&ended(pasted).await), @r"
    (only you see this)
    │ # The lighthouse
    │ Published: it is found from now on.
    │
    │ Id: The-lighthouse
    │ 1 section, 1 paragraph, no footnote
    │ Language: English
    │ Author: Ada Holm
    │ Licence: CC0
    │
    │ **How it begins**
    │ > The lighthouse of Miram was built in 1889 by the engineer Ada Holm.
    │ The lighthouse
    │ Paragraph 1
    │
    │ **How it will be cited**
    │ Ada Holm, “The lighthouse”, CC0
    [Edit details] [More details] [Who sees it] [Versions] [Withdraw]
    ");
    assert!(finds(&mona, "When was the lighthouse of Miram built?", "1889").await);

    let notes = "# The school\n\nThe fishermen of Miram founded a school of navigation in 1921.[^1]\n\n[^1]: Dahl, p. 3.\n";
    let form = mona.slash("source paste", &[]).await;
    let pasted = mona
        .submit(
            &form,
            &[
                ("Title", "The school"),
                ("Text", notes),
                ("Id", "My School!"),
            ],
        )
        .await;
    let said = seen(&ended(pasted).await);
    assert!(
        said.contains("Id: My-School") && said.contains("1 footnote"),
        "{said}"
    );

    let message = scene.badr.says(
        &scene.general,
        "The harbour of Miram was dredged in 1950 by the town itself.",
    );
    let added = ended(mona.message_menu("Add as source", &message).await).await;
    insta::assert_snapshot!(seen(&added), @r"
    (only you see this)
    │ # The harbour of Miram was dredged in 1950 by the town itself.
    │ Published: it is found from now on.
    │
    │ Id: message-‹id›
    │ no section, 1 paragraph, no footnote
    │ Language: English
    │ Address: https://discord.com/channels/‹id›/‹id›/‹id›
    │ No author is named.
    │
    │ **How it begins**
    │ > The harbour of Miram was dredged in 1950 by the town itself.
    │ Paragraph 1
    │
    │ **How it will be cited**
    │ “The harbour of Miram was dredged in 1950 by the town itself.”, https://discord.com/channels/‹id›/‹id›/‹id›
    [Edit details] [More details] [Who sees it] [Versions] [Withdraw]
    ");
    assert!(!added.to_string().contains("Badr"));
    let file = scene.double.file("light2.txt", "text/plain", CLEAN);
    let message = scene.badr.says_with(&scene.general, "look", &[&file]);
    let added = ended(mona.message_menu("Add as source", &message).await).await;
    assert!(added.to_string().contains("Id: light2"), "{added}");
    let empty = scene.badr.says(&scene.general, "");
    let nothing = mona.message_menu("Add as source", &empty).await;
    assert!(
        nothing.to_string().contains("neither a file nor text"),
        "{nothing}"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_library_says_so_and_keeps_what_it_has() {
    let scene = scene_with(&[("quota.sources", "2")]).await;
    let mona = moderator(&scene, ENGLISH).await;
    let first = adds(&scene, &mona, "light.txt", CLEAN.as_bytes(), &[]).await;
    assert!(first.to_string().contains("Published"), "{first}");
    let second = adds(&scene, &mona, "other.txt", CLEAN.as_bytes(), &[]).await;
    insta::assert_snapshot!(seen(&second), @r"
    (only you see this)
    This server may not have more than 2 sources. Withdraw one, or ask whoever runs me for more.
    ");
    // A draft can wait for room.
    let draft = adds(&scene, &mona, "coast.txt", COAST.as_bytes(), &[]).await;
    let full = mona.press(&draft, "Publish").await;
    assert!(full.to_string().contains("more than 2 sources"), "{full}");
    let asked = mona.slash("source remove", &[("id", "light")]).await;
    mona.press(&asked, "Withdraw it").await;
    mona.press(&draft, "Publish").await;
    assert!(
        draft.now().to_string().contains("Published"),
        "{}",
        draft.now()
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_one_server_are_read_one_after_the_other() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let other = scene.double.guild("another").moderator("Omar");
    other.slash("language", &[("language", ENGLISH)]).await;
    let large: String = (0..6_000)
        .map(|n| {
            format!(
                "On day {n} the brig sailed {} miles along the coast of Miram in fair weather.\n",
                n % 97
            )
        })
        .collect();
    let file = |name: &str| scene.double.file(name, "text/plain", large.clone()).value();
    let (one, two, three) = (file("one.txt"), file("two.txt"), file("three.txt"));
    let (options1, options2, options3) = (
        [("file", one.as_str())],
        [("file", two.as_str())],
        [("file", three.as_str())],
    );
    let first = mona.slash("source add", &options1);
    let second = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        mona.slash("source add", &options2).await
    };
    let third = other.slash("source add", &options3);
    let question = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        scene
            .badr
            .slash("ask", &[("question", super::super::WHEN)])
            .await
    };
    let (first, second, third, answer) = tokio::join!(first, second, third, question);
    assert!(answer.is_answered());
    let waited = second.to_string();
    for reply in [first, third] {
        let report = ended(reply).await;
        assert!(report.to_string().contains("Published"), "{report}");
    }
    let mut second = second;
    while second.to_string().contains("Another file of this server") {
        second = second.later().await;
    }
    let report = ended(second).await;
    assert!(
        report.to_string().contains("Published"),
        "{waited}\n{report}"
    );
    assert!(
        scene.double.transcript().contains("Yours comes after it"),
        "{}",
        scene.double.transcript()
    );
    scene.ends().await;
}
