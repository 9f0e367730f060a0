//! Questions that follow an answer.

use super::*;
use crate::answer::Ranked;

const TOWER: &str = "The coast of Miram
The town of Miram lies where the river Sel meets the northern sea. Its harbour freezes every winter.
The lighthouse
The lighthouse of Miram was built in 1889 by the engineer Ada Holm. Its lamp burned whale oil until 1921.
A storm broke the tower in 1934, and the council of the town of Lund repaired it with granite.
The school
The fishermen founded a school of navigation beside the harbour in 1902. It taught two hundred pupils.
";

/// What a question after a first one comes to.
async fn after(library: &Library, first: &str, question: &str) -> Outcome {
    let first = library.ask(first, 5).await.unwrap();
    let follows = Follows::answer(&first);
    assert!(follows.is_some(), "{first:?}");
    library.ask_following(question, 5, follows).await.unwrap()
}

fn short(ranked: &Ranked) -> Option<&str> {
    ranked.in_short()
}

#[tokio::test]
async fn what_leans_takes_its_subject_from_the_passage_before() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    let plan = "Who visited North Korea in April 2009 and signed a plan?";
    for (question, id, expected) in [
        ("متى كان ذلك؟", "p9", Some("أبريل من عام 2009")),
        ("When was that?", "p9", Some("أبريل من عام 2009")),
        ("وفي أي عام حدث ذلك؟", "p9", Some("أبريل من عام 2009")),
        (
            "In what year did this happen?",
            "p9",
            Some("أبريل من عام 2009"),
        ),
        ("and who signed it?", "p9", None),
        ("ومن وقعها؟", "p9", None),
    ] {
        let outcome = after(&library, plan, question).await;
        let answer = outcome
            .answer()
            .unwrap_or_else(|| panic!("{question}: {outcome:?}"));
        assert_eq!(
            answer.cited.id().to_string(),
            format!("{ARTICLE}:{id}"),
            "{question}"
        );
        if expected.is_some() {
            assert_eq!(short(answer), expected, "{question}");
        }
        let follows = outcome.follows.as_ref().unwrap();
        assert_eq!(follows.id().to_string(), format!("{ARTICLE}:p9"));
        // Nothing is shown as asked that was not asked.
        assert!(
            answer
                .matched
                .iter()
                .all(|matched| question.contains(&matched.asked))
        );
    }
}

#[tokio::test]
async fn what_leans_may_be_answered_by_a_neighbor() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "coast", TOWER).await;
    let first = "Who built the lighthouse of Miram?";
    for (question, place, expected) in [
        ("When was that?", "p2", Some("1889")),
        ("When was it repaired?", "p3", None),
        ("and what did its lamp burn?", "p2", None),
    ] {
        let outcome = after(&library, first, question).await;
        let answer = outcome
            .answer()
            .unwrap_or_else(|| panic!("{question}: {outcome:?}"));
        assert_eq!(
            answer.cited.id().to_string(),
            format!("coast:{place}"),
            "{question}"
        );
        if expected.is_some() {
            assert_eq!(short(answer), expected, "{question}");
        }
    }
    for question in ["What did it cost?", "Why was that?", "وماذا كلفت؟"] {
        let outcome = after(&library, first, question).await;
        assert!(
            outcome.answer().is_none(),
            "the source does not say: {question} {outcome:?}"
        );
    }
}

#[tokio::test]
async fn what_stands_on_its_own_is_answered_as_if_nothing_had_been_before() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    add(&library, "coast", TOWER).await;
    for question in [
        DIPLOMACY,
        "How many Russians see North Korea as a friendly nation?",
        "متى عقدت أول قمة بين البلدين في موسكو؟",
        "When was the school of navigation founded?",
        "When was the lighthouse built?",
        "How do I bake sourdough bread?",
        "ما هو التوحيد؟",
        "",
    ] {
        let alone = library.ask(question, 5).await.unwrap();
        let after = after(
            &library,
            "Who visited North Korea in April 2009 and signed a plan?",
            question,
        )
        .await;
        assert_eq!(after, alone, "{question}");
    }
}

#[tokio::test]
async fn what_is_withdrawn_or_of_another_library_is_not_followed() {
    let home = Home::new();
    let libraries = home.open().await;
    let library = libraries.empty_library("1").await.unwrap();
    add(&library, "coast", TOWER).await;
    let first = library
        .ask("Who built the lighthouse of Miram?", 5)
        .await
        .unwrap();
    let follows = Follows::answer(&first).unwrap();
    let question = "When was that?";
    let asked = |library: Library| async move {
        let outcome = library
            .ask_following(question, 5, Some(follows))
            .await
            .unwrap();
        assert_eq!(outcome, library.ask(question, 5).await.unwrap());
        assert_eq!(outcome.follows, None);
    };
    asked(libraries.library_or_new("2").await.unwrap()).await;
    let nowhere = Follows {
        version_key: i64::MIN,
        ..follows
    };
    assert_eq!(
        library
            .ask_following(question, 5, Some(nowhere))
            .await
            .unwrap()
            .follows,
        None
    );
    // A sentence that is no longer there is no reason not to follow.
    let elsewhere = Follows {
        sentence: usize::MAX,
        ..follows
    };
    assert!(
        library
            .ask_following(question, 5, Some(elsewhere))
            .await
            .unwrap()
            .answer()
            .is_some()
    );
    // A former version still tells what was meant.
    add(&library, "coast", &TOWER.replace("Ada Holm", "Eva Holm")).await;
    let former = library
        .ask_following(question, 5, Some(follows))
        .await
        .unwrap();
    assert!(former.follows.is_some_and(|followed| !followed.current));
    library.remove(&id("coast"), BY).await.unwrap();
    asked(library).await;
}

#[tokio::test]
async fn a_passage_to_follow_can_be_named() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "coast", TOWER).await;
    add(&library, "coast", &TOWER.replace("1889", "1890")).await;
    let question = "When was that?";
    for (named, expected) in [("coast:p2", "1890"), ("coast@1:p2", "1889")] {
        let follows = library.follows(&named.parse().unwrap()).await.unwrap();
        assert!(follows.is_some(), "{named}");
        let outcome = library.ask_following(question, 5, follows).await.unwrap();
        assert_eq!(
            outcome.follows.unwrap().id().to_string(),
            named,
            "{expected}"
        );
    }
    for nowhere in ["coast:p99", "coast@9:p2", "coasts:p2", "coast:n1"] {
        assert_eq!(
            library.follows(&nowhere.parse().unwrap()).await.unwrap(),
            None,
            "{nowhere}"
        );
    }
}
