//! What a member without rights, and somebody in another server, get of all this: nothing.

use serde_json::json;

use super::{COAST, ENGLISH, adds, finds, moderator, scene};
use crate::discord_double::Reply;

#[track_caller]
fn is_refused(reply: &Reply) {
    let said = reply.to_string();
    let is_refusal = said.contains("manage this server") || said.contains("lead nowhere");
    assert!(
        is_refusal && reply.is_ephemeral() && reply.modal.is_none(),
        "{said}"
    );
    assert!(!said.contains("Miram") && !said.contains("coast"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_gets_nowhere() {
    let scene = scene().await;
    let mona = moderator(&scene, ENGLISH).await;
    let file = scene.double.file("coast.txt", "text/plain", COAST).value();
    let draft = adds(&scene, &mona, "draft.txt", COAST.as_bytes(), &[]).await;
    let published = adds(&scene, &mona, "coast.txt", COAST.as_bytes(), &[]).await;
    mona.press(&published, "Publish").await;
    let text = COAST.replace("1934", "1935");
    let second = adds(&scene, &mona, "coast.txt", text.as_bytes(), &[]).await;
    mona.press(&second, "Publish").await;
    let compared = mona.slash("source diff", &[("id", "coast")]).await;
    let gone = mona
        .slash("source remove", &[("id", "russia-north-korea")])
        .await;
    mona.press(&gone, "Withdraw it").await;
    let limits = mona.slash("source limit", &[("id", "coast")]).await;
    let history = mona.slash("source history", &[("id", "coast")]).await;
    let asked = mona.slash("source remove", &[("id", "coast")]).await;
    let paste = mona.slash("source paste", &[]).await;
    let edit = mona.slash("source edit", &[("id", "coast")]).await;
    let mut ids: Vec<(String, u64)> = Vec::new();
    for screen in [
        &draft,
        &published.now(),
        &limits,
        &history,
        &asked,
        &compared,
        &gone.now(),
    ] {
        for row in &screen.message().components {
            for part in row["components"].as_array().unwrap() {
                let id = part["custom_id"].as_str().unwrap().to_owned();
                ids.push((id, part["type"].as_u64().unwrap()));
            }
        }
    }
    assert!(ids.len() > 15, "{ids:?}");
    let modals = [paste.modal.unwrap(), edit.modal.unwrap()];

    let badr = scene.badr.clone();
    badr.slash("language", &[("language", ENGLISH)]).await;
    let elsewhere = scene.double.guild("another");
    let eve = elsewhere.moderator("Eve");
    eve.slash("language", &[("language", ENGLISH)]).await;
    let id = ("id", "coast");
    for (command, options) in [
        ("add", vec![("file", file.as_str())]),
        ("add", vec![("address", "https://example.org/a.txt")]),
        ("paste", vec![]),
        ("show", vec![id]),
        ("edit", vec![id]),
        ("history", vec![id]),
        ("diff", vec![id]),
        ("restore", vec![id]),
        ("remove", vec![id]),
        ("limit", vec![id]),
        ("refresh", vec![id]),
    ] {
        is_refused(&badr.slash(&format!("source {command}"), &options).await);
    }
    for command in [
        "show", "edit", "history", "diff", "restore", "remove", "limit", "refresh",
    ] {
        let command = format!("source {command}");
        assert!(
            badr.autocomplete(&command, "id", "")
                .await
                .choices
                .is_empty()
        );
        let offered = eve.autocomplete(&command, "id", "coast").await;
        assert!(offered.choices.is_empty(), "another library: {command}");
    }
    let message = badr.says(
        &scene.general,
        "This should not become a source of this server.",
    );
    is_refused(&badr.message_menu("Add as source", &message).await);

    // Copied ids, on messages of one's own: of a member, and of a moderator of another server.
    let own = badr.slash("ask", &[("question", super::super::WHEN)]).await;
    let theirs = eve
        .slash("source show", &[("id", "russia-north-korea")])
        .await;
    for (custom_id, kind) in &ids {
        let values = match kind {
            3 => json!(["ar"]),
            6 => json!([]),
            8 => json!([scene.general.id().to_string()]),
            _ => json!(null),
        };
        let mut data = json!({"custom_id": custom_id, "component_type": kind});
        if !values.is_null() {
            data["values"] = values;
            data["resolved"] = json!({});
        }
        for (person, screen) in [(&badr, &own), (&eve, &theirs)] {
            let on = screen.message().clone();
            is_refused(&person.sends_interaction(3, data.clone(), Some(&on)).await);
        }
        // And on the moderator's own message, which only Discord keeps from others.
        for screen in [
            &draft,
            &published.now(),
            &limits,
            &history,
            &asked,
            &compared,
            &gone.now(),
        ] {
            if screen
                .message()
                .components
                .iter()
                .any(|row| row.to_string().contains(custom_id.as_str()))
            {
                let on = screen.message().clone();
                is_refused(&badr.sends_interaction(3, data.clone(), Some(&on)).await);
            }
        }
    }
    for modal in modals {
        let rows: Vec<_> = modal
            .inputs
            .iter()
            .map(|(id, _)| json!({"type": 1, "components": [{"type": 4, "custom_id": id, "value": "stolen"}]}))
            .collect();
        let data = json!({"custom_id": modal.custom_id, "components": rows});
        for person in [&badr, &eve] {
            is_refused(&person.sends_interaction(5, data.clone(), None).await);
        }
    }
    assert!(
        finds(&badr, "When was the lighthouse of Miram built?", "1889").await,
        "it is all there"
    );
    assert!(!finds(&eve, "When was the lighthouse of Miram built?", "1889").await);
    let there = mona
        .slash("source history", &[("id", "coast")])
        .await
        .to_string();
    assert!(
        there.contains("Version 2") && !there.contains("Version 3") && !there.contains("stolen"),
        "{there}"
    );
    mona.press(&draft, "Publish").await;
    assert!(draft.now().to_string().contains("Published"));
    scene.ends().await;
}
