//! Sources that not everybody sees: by channel, by role, on every way that leads to them.

use serde_json::json;

use super::{Scene, scene, seen};
use crate::discord_double::{Channel, Person, Reply, Role, permission};

/// It is answered by the small source alone.
const LAMP: &str = "When was the lighthouse built?";
/// Of what only the small source says.
const SECRETS: [&str; 6] = ["Miram", "Holm", "coast", "1889", "whale", "navigation"];
const ENGLISH: &str = "English · الإنجليزية";

/// Whether anything of the small source is in a reply.
fn leaks(reply: &impl std::fmt::Display) -> bool {
    let text = reply.to_string();
    SECRETS.iter().any(|secret| text.contains(secret))
}

/// The scene with the small source beside the starter's, limited to a role, a channel or both.
async fn limited_scene(by_role: bool, by_channel: bool) -> (Scene, Role, Channel) {
    let scene = scene().await;
    scene.ana.slash("ask", &[("question", "?")]).await;
    scene.file("coast.txt", super::COAST);
    scene.source(&["add", "coast.txt"]).await;
    let keepers = scene.guild.role("keepers", 0);
    let tower = scene.guild.channel("tower");
    let (role, channel) = (keepers.id().to_string(), tower.id().to_string());
    let mut arguments = vec!["limit", "coast"];
    if by_role {
        arguments.extend(["--role", &role]);
    }
    if by_channel {
        arguments.extend(["--channel", &channel]);
    }
    scene.source(&arguments).await;
    for person in [&scene.ana, &scene.badr] {
        person.slash("language", &[("language", ENGLISH)]).await;
    }
    (scene, keepers, tower)
}

/// All ways to ask, by somebody in a place.
async fn asked(person: &Person, place: &Channel) -> Vec<(&'static str, Reply)> {
    let person = person.at(place);
    let quoted = person.says(place, LAMP);
    vec![
        ("/ask", person.slash("ask", &[("question", LAMP)]).await),
        (
            "/ask privately",
            person
                .slash("ask", &[("question", LAMP), ("private", "true")])
                .await,
        ),
        ("mention", person.mention(place, LAMP).await),
        ("menu", person.message_menu("Ask Sanad", &quoted).await),
        ("/sources", person.slash("sources", &[]).await),
        (
            "suggestions",
            person.autocomplete("ask", "question", "lighthouse").await,
        ),
        (
            "first suggestions",
            person.autocomplete("ask", "question", "").await,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lacks_the_role_learns_nothing_by_asking() {
    let (scene, keepers, _) = limited_scene(true, false).await;
    let keeper = scene.ana.clone().with_role(&keepers);
    // Who moderates asks as everybody does.
    let moderator = scene
        .guild
        .moderator("Mona")
        .permitted(permission::ADMINISTRATOR);
    moderator.slash("language", &[("language", ENGLISH)]).await;
    for stranger in [&scene.badr, &moderator] {
        for (way, reply) in asked(stranger, &scene.general).await {
            // The menu and the mention repeat nothing of the question but its link.
            assert!(!leaks(&reply), "{way}: {reply}");
        }
    }
    for (way, reply) in asked(&keeper, &scene.general).await {
        let is_suggestion = way == "first suggestions" || way == "suggestions";
        assert!(leaks(&reply) || is_suggestion, "{way}: {reply}");
    }
    // Nor do the words of the limited source mend what others mistype.
    let mistyped = "When was the lighthuose built?";
    let mended = |reply: &Reply| reply.to_string().contains("lighthouse");
    let reply = keeper.slash("ask", &[("question", mistyped)]).await;
    assert!(mended(&reply), "{reply}");
    let reply = scene.badr.slash("ask", &[("question", mistyped)]).await;
    assert!(!mended(&reply), "{reply}");
    // A role that is taken away is gone with the next question.
    let former = keeper.without_role(&keepers);
    let reply = former.slash("ask", &[("question", LAMP)]).await;
    assert!(!leaks(&reply), "{reply}");
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn elsewhere_nothing_is_learnt_of_what_is_limited_to_a_channel() {
    let (scene, _, tower) = limited_scene(false, true).await;
    let thread = tower.thread("the lamp");
    let other_thread = scene.general.thread("elsewhere");
    for (place, sees) in [
        (&tower, true),
        (&thread, true),
        (&scene.general, false),
        (&other_thread, false),
    ] {
        for (way, reply) in asked(&scene.ana, place).await {
            let is_suggestion = way == "first suggestions" || way == "suggestions";
            assert!(
                leaks(&reply) == sees || sees && is_suggestion,
                "{way}: {reply}"
            );
        }
    }
    scene.ends().await;
}

/// Each button that leads to the small source, of one that sees it: how its message is reached, and its label.
async fn buttons(keeper: &Person) -> Vec<(Reply, &'static str)> {
    let answer = || keeper.slash("ask", &[("question", LAMP)]);
    let mut all = Vec::new();
    for label in ["Next", "In context", "Footnotes", "Copy citation"] {
        let answer = answer().await;
        if answer.message().component(label).is_some() {
            all.push((answer, label));
        }
    }
    let back = answer().await;
    keeper.press(&back, "In context").await;
    all.push((back, "Back to the passage"));
    let previous = answer().await;
    keeper.press(&previous, "Next").await;
    all.push((previous, "Previous"));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lacks_the_role_learns_nothing_by_pressing() {
    let (mut scene, keepers, _) = limited_scene(true, false).await;
    let keeper = scene.ana.clone().with_role(&keepers);
    // Nothing but the small source is there. To who is spoken to in Arabic its words can be explained.
    scene.source(&["remove", "russia-north-korea"]).await;
    keeper
        .slash("language", &[("language", "Arabic · العربية")])
        .await;
    let arabic = keeper.slash("ask", &[("question", LAMP)]).await;
    keeper.slash("language", &[("language", ENGLISH)]).await;
    let mut all = buttons(&keeper).await;
    all.push((arabic, "الكلمات"));
    // A long passage is read on and back in parts.
    let days = (1..=60).map(|n| match n {
        23 => "On day 23 the brig Halcyon found an island of black glass.[1]".to_owned(),
        n => format!(
            "On day {n} the brig Halcyon sailed {} miles.",
            40 + n * 7 % 60
        ),
    });
    let days = days.collect::<Vec<_>>().join(" ");
    let text = format!("The log\n{days}\n^The first mate's hand.\n");
    scene.file("log.txt", &text);
    scene.source(&["add", "log.txt"]).await;
    let role = keepers.id().to_string();
    scene.source(&["limit", "log", "--role", &role]).await;
    scene.general.denies_bot(permission::EMBED_LINKS);
    let question = "What did the brig Halcyon find on day 23?";
    let long = keeper.mention(&scene.general, question).await;
    scene.general.denies_bot(0);
    all.push((long.clone(), "What comes before"));
    all.push((long, "Read on"));
    // Where nothing is sure enough, the nearest can be opened.
    let mona = scene.guild.moderator("Mona");
    mona.slash("settings threshold", &[("value", "1")]).await;
    let nearest = keeper.slash("ask", &[("question", LAMP)]).await;
    all.push((nearest, "Open 1"));
    let labels: Vec<&str> = all.iter().map(|(_, label)| *label).collect();
    for needed in ["Next", "In context", "Footnotes", "Copy citation"] {
        assert!(labels.contains(&needed), "{labels:?}");
    }
    let withdrawn = "That passage is no longer among the sources here.";
    let keeper = keeper.without_role(&keepers);
    for restarted in [false, true] {
        if restarted {
            scene.restarts().await;
        }
        for (answer, label) in &all {
            // Somebody else, and who asked and has lost the role since.
            for person in [&scene.badr, &keeper] {
                let reply = person.press(answer, label).await;
                assert!(reply.is_ephemeral(), "{label}: {reply}");
                assert_eq!(reply.message().content, withdrawn, "{label}");
            }
        }
    }
    // It is the same sentence for what was withdrawn in earnest.
    let keeper = keeper.with_role(&keepers);
    let (answer, label) = &all[0];
    let reply = keeper.press(answer, label).await;
    assert!(leaks(&reply.now()) || leaks(&answer.now()));
    scene.source(&["remove", "coast"]).await;
    for person in [&keeper, &scene.badr] {
        let reply = person.press(answer, "Copy citation").await;
        assert_eq!(reply.message().content, withdrawn);
    }
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_the_list_count_what_is_seen_alone() {
    let (scene, keepers, _) = limited_scene(true, false).await;
    let keeper = scene.ana.clone().with_role(&keepers);
    let names: Vec<String> = (10..60).map(|n| format!("log-{n}.txt")).collect();
    for name in &names {
        scene.file(name, &format!("The log\nOn that day {name} was written.\n"));
    }
    let mut arguments = vec!["add"];
    arguments.extend(names.iter().map(String::as_str));
    scene.source(&arguments).await;
    let role = keepers.id().to_string();
    for n in 20..60 {
        let id = format!("log-{n}");
        scene.source(&["limit", &id, "--role", &role]).await;
    }
    let first = keeper.slash("sources", &[]).await;
    let second = keeper.press(&first, "Next").await;
    assert_eq!(second.callback, Some(7));
    assert!(first.now().to_string().contains("Page 2 of 2"));
    let own = scene.badr.slash("sources", &[]).await;
    assert!(own.message().buttons().is_empty(), "{own}");
    assert!(!own.to_string().contains("log-20"), "{own}");
    // Who loses the role turns to what is left.
    keeper.clone().without_role(&keepers);
    keeper.press(&first, "Previous").await;
    let now = first.now().to_string();
    assert!(
        now.contains("log-10") && !now.contains("log-20") && !leaks(&now),
        "{now}"
    );
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_one_is_no_subject_for_others_who_may_not_see_it() {
    let (scene, keepers, tower) = limited_scene(true, true).await;
    let keeper = scene.ana.clone().with_role(&keepers);
    let thread = tower.thread("the lamp");
    let (keeper, badr) = (keeper.at(&thread), scene.badr.at(&thread));
    let answer = keeper.slash("ask", &[("question", LAMP)]).await;
    assert!(leaks(&answer));
    let follows = |reply: &Reply| seen(reply).contains("as a follow-up to");
    // In the thread, by reply, and by a reply to what is elsewhere.
    assert!(follows(&keeper.mention(&thread, "By whom was it?").await));
    for reply in [
        badr.mention(&thread, "By whom was it?").await,
        badr.slash("ask", &[("question", "By whom was it?")]).await,
        badr.reply_to(answer.message(), "By whom was it?").await,
    ] {
        assert!(!follows(&reply) && !leaks(&reply), "{reply}");
    }
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_without_its_channel_is_of_its_place_all_the_same() {
    let (scene, _, tower) = limited_scene(false, true).await;
    // Discord need not send the channel along with a command.
    scene.double.sends_no_channel_objects();
    let thread = tower.thread("the lamp");
    for (place, sees) in [(&tower, true), (&thread, true), (&scene.general, false)] {
        let reply = scene
            .ana
            .at(place)
            .slash("ask", &[("question", LAMP)])
            .await;
        assert_eq!(leaks(&reply), sees, "{reply}");
    }
    scene.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_button_opens_nothing_in_another_server() {
    let (scene, keepers, _) = limited_scene(true, false).await;
    let keeper = scene.ana.clone().with_role(&keepers);
    let answer = keeper.slash("ask", &[("question", LAMP)]).await;
    let next = answer.message().component("Next").unwrap();
    let id = next["custom_id"].as_str().unwrap().to_owned();
    let eve = scene
        .double
        .guild("another")
        .member("Eve")
        .permitted(permission::ADMINISTRATOR);
    eve.slash("language", &[("language", ENGLISH)]).await;
    let own = eve.slash("ask", &[("question", super::WHEN)]).await;
    let reply = eve.press_forged(&own, &id).await;
    assert!(reply.is_ephemeral() && !leaks(&reply), "{reply}");
    let unknown = "I do not know this button";
    assert!(reply.to_string().contains(unknown), "{reply}");
    // Not even where the message itself were within her reach.
    let press = json!({"custom_id": id, "component_type": 2});
    let reply = eve
        .sends_interaction(3, press, Some(answer.message()))
        .await;
    assert!(reply.is_ephemeral() && !leaks(&reply), "{reply}");
    scene.ends().await;
}
