//! `/export` and `/import`: taking the sources along, and bringing them back.

use serde_json::json;

use super::{ARABIC, COAST, ENGLISH, adds, ended, finds, moderator, scene, seen};
use crate::discord_double::{Double, Person, Reply};

const BUILT: &str = "When was the lighthouse of Miram built?";

/// A message that comes after the first one of a reply.
async fn followed(reply: Reply, n_messages: usize) -> Reply {
    let mut reply = reply.now();
    while reply.messages.len() < n_messages {
        reply = reply.later().await;
    }
    reply
}

/// The one file that an export gave.
async fn exported(double: &Double, person: &Person, options: &[(&str, &str)]) -> (Reply, Vec<u8>) {
    let reply = followed(person.slash("export", options).await, 2).await;
    let file = reply.messages[1].attachments[0].clone();
    let bytes = double.download(&file).unwrap();
    (reply, bytes)
}

async fn imports(double: &Double, person: &Person, bytes: &[u8], more: &[(&str, &str)]) -> Reply {
    let file = double
        .file("my sources.zip", "application/zip", bytes)
        .value();
    let options: Vec<(&str, &str)> = [("file", file.as_str())]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    ended(person.slash("import", &options).await).await
}

/// A text without the day of today, and without the names of files, which hold it too.
fn dayless(text: &str) -> String {
    let line = |line: &str| {
        if line.starts_with("(sanad-") {
            return "(the file)".to_owned();
        }
        let word = |word: &str| {
            if word.starts_with("20") && word.matches('-').count() == 2 {
                format!("DAY{}", word.get(10..).unwrap_or_default())
            } else {
                word.to_owned()
            }
        };
        line.split(' ').map(word).collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn sources_are_taken_to_another_server() {
    let mut scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let draft = adds(&scene, &mona, "coast.txt", COAST.as_bytes(), &[]).await;
    mona.press(&draft, "Publish").await;
    let edited = COAST.replace("1889", "1890");
    let draft = adds(&scene, &mona, "coast.txt", edited.as_bytes(), &[]).await;
    mona.press(&draft, "Publish").await;
    let channel = scene.general.id().to_string();
    let limits = mona.slash("source limit", &[("id", "coast")]).await;
    mona.choose(&limits, "The channels in which it answers", &[&channel])
        .await;
    scene.double.take_violations();
    let (reply, bytes) = exported(&scene.double, &mona, &[]).await;
    assert!(reply.messages.iter().all(|message| message.ephemeral));
    insta::assert_snapshot!(dayless(&seen(&reply)), @"
    (only you see this)
    Your source pack comes in the next message. Save it: Discord removes files that only you see.

    (only you see this)
    2 sources:
    coast, russia-north-korea
    (the file)
    ");

    // Somebody who moderates another server looks at it, and waits until the bot was started anew.
    let elsewhere = scene.double.guild("another");
    let eve = elsewhere.moderator("Eve");
    eve.slash("language", &[("language", ENGLISH)]).await;
    let preview = imports(&scene.double, &eve, &bytes, &[]).await;
    assert!(preview.is_ephemeral());
    insta::assert_snapshot!(dayless(&seen(&preview)), @"
    (only you see this)
    │ # my sources.zip
    │ Nothing has changed yet. Importing this file would do this:
    │
    │ Source pack of the library ‹id›, exported on DAY:
    │ coast: “coast”, new, 2 versions
    │ ↳ seen by moderators only: the pack limits it to channels or roles of another server. Say who may see it.
    │ 1 source is as in the pack already.
    │
    │ The file waits for a day.
    [Import] [Discard]
    ");
    assert!(!finds(&eve, BUILT, "1890").await);
    scene.restarts().await;
    let done = eve.press(&preview, "Import").await;
    let done = if done.messages.is_empty() {
        preview.now()
    } else {
        done
    };
    insta::assert_snapshot!(dayless(&seen(&done)), @"
    (only you see this)
    │ # Imported
    │ Source pack of the library ‹id›, exported on DAY:
    │ coast: “coast”, new, 2 versions
    │ ↳ seen by moderators only: the pack limits it to channels or roles of another server. Say who may see it.
    │ 1 source is as in the pack already.
    ");
    // Nobody sees it before somebody says who may: its channel is no channel here.
    assert!(!finds(&eve, BUILT, "1890").await);
    let limits = eve.slash("source limit", &[("id", "coast")]).await;
    assert!(seen(&limits).contains("Only moderators see it"), "{limits}");
    eve.press(&limits, "Everybody").await;
    assert!(finds(&eve, BUILT, "1890").await);
    let history = eve
        .slash("source history", &[("id", "coast")])
        .await
        .to_string();
    assert!(
        history.contains("Version 2") && history.contains("Version 1"),
        "{history}"
    );
    let log = seen(&eve.slash("audit", &[]).await);
    assert!(
        log.contains("restored from a source pack; version 2 is current"),
        "{log}"
    );

    // Pressed again, or imported again, it changes nothing.
    let again = eve
        .press_forged(&preview, &custom_id(&preview, "Import"))
        .await;
    assert!(
        seen(&again).contains("not there any more") || seen(&again).contains("lead nowhere"),
        "{again}"
    );
    let again = imports(&scene.double, &eve, &bytes, &[]).await;
    assert!(seen(&again).contains("Nothing changes"), "{again}");
    // One source, in Arabic.
    eve.slash("language", &[("language", ARABIC)]).await;
    let (reply, one) = exported(&scene.double, &eve, &[("source", "coast")]).await;
    insta::assert_snapshot!(dayless(&seen(&reply)), @"
    (only you see this)
    حزمة المصادر في الرسالة التالية. احفظها، فإن Discord يحذف الملفات التي لا يراها غيرك.

    (only you see this)
    مصدر واحد:
    coast
    (the file)
    ");
    let third = scene.double.guild("third");
    let zayd = third.moderator("Zayd");
    zayd.slash("language", &[("language", ARABIC)]).await;
    let preview = imports(&scene.double, &zayd, &one, &[]).await;
    insta::assert_snapshot!(dayless(&seen(&preview)), @"
    (only you see this)
    │ # my sources.zip
    │ لم يتغير شيء بعد. واستيراد هذا الملف يفعل ما يلي:
    │
    │ حزمة مصادر المكتبة ‹id›، صُدّرت في DAY:
    │ مصدر جديد coast: «coast»، نسختان
    │
    │ ينتظر الملف يومًا.
    [استيراد] [ترك الحزمة]
    ");
    let discarded = zayd.press(&preview, "ترك الحزمة").await;
    let discarded = if discarded.messages.is_empty() {
        preview.now()
    } else {
        discarded
    };
    assert!(
        seen(&discarded).contains("لم يُستورد منها شيء"),
        "{discarded}"
    );
    scene.ends().await;
}

fn custom_id(reply: &Reply, label: &str) -> String {
    let part = reply.message().component(label).unwrap();
    part["custom_id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_pack_is_told() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    scene.fills_the_library().await;
    for (bytes, more, expected) in [
        (b"no zip at all".to_vec(), None, "damaged or not complete"),
        (
            exported(&scene.double, &mona, &[]).await.1,
            Some("nowhere"),
            "nowhere",
        ),
        (
            exported(&scene.double, &mona, &[]).await.1,
            Some("not an id"),
            "not an id",
        ),
    ] {
        let more: Vec<(&str, &str)> = more.iter().map(|id| ("source", *id)).collect();
        let told = imports(&scene.double, &mona, &bytes, &more).await;
        assert!(
            seen(&told).contains(expected) && told.is_ephemeral(),
            "{expected}: {told}"
        );
    }
    let told = mona.slash("export", &[("source", "nowhere")]).await;
    assert!(
        seen(&ended(told.clone()).await).contains("nowhere"),
        "{told}"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_neither_export_nor_import() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    scene.fills_the_library().await;
    let (_, bytes) = exported(&scene.double, &mona, &[]).await;
    let badr = scene.badr.clone();
    badr.slash("language", &[("language", ENGLISH)]).await;
    let is_refused = |reply: &Reply| {
        let said = seen(reply);
        let is_refusal = said.contains("manage this server") || said.contains("lead nowhere");
        let n_files: usize = reply
            .messages
            .iter()
            .map(|message| message.attachments.len())
            .sum();
        assert!(is_refusal && n_files == 0 && reply.is_ephemeral(), "{said}");
    };
    is_refused(&ended(badr.slash("export", &[]).await).await);
    is_refused(&imports(&scene.double, &badr, &bytes, &[]).await);
    let suggested = badr.autocomplete("export", "source", "").await;
    assert!(suggested.choices.is_empty());
    // A pack that waits for a moderator's word waits for nobody else's.
    let elsewhere = scene.double.guild("another");
    let eve = elsewhere.moderator("Eve");
    eve.slash("language", &[("language", ENGLISH)]).await;
    let preview = imports(&scene.double, &eve, &bytes, &[]).await;
    let zoe = elsewhere.member("Zoe");
    zoe.slash("language", &[("language", ENGLISH)]).await;
    let theirs = mona.slash("source show", &[("id", "coast")]).await;
    for label in ["Import", "Discard"] {
        let id = custom_id(&preview, label);
        let data = json!({"custom_id": id, "component_type": 2});
        let on = preview.message().clone();
        is_refused(&zoe.sends_interaction(3, data.clone(), Some(&on)).await);
        let on = theirs.message().clone();
        is_refused(&mona.sends_interaction(3, data, Some(&on)).await);
    }
    assert!(!finds(&eve, BUILT, "1889").await);
    eve.press(&preview, "Import").await;
    assert!(finds(&eve, BUILT, "1889").await);
    scene.ends().await;
}
