//! What is offered while a person types.

use std::time::{Duration, Instant};

use super::*;

const DEFINITION: &str = "ما هي العلاقات الروسية الكورية الشمالية؟";

#[tokio::test]
async fn headings_and_definitions_are_offered_as_they_are_typed() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    let offered = async |typed: &str| library.suggestions(typed, 25).await.unwrap();
    assert!(offered("ما هي الع").await.contains(&DEFINITION.to_owned()));
    assert_eq!(offered("العَلاقات الروسيه").await[0], DEFINITION);
    let headings = offered("").await;
    assert!(!headings.is_empty(), "the first headings");
    for offer in &headings {
        let outcome = library.ask(offer, 1).await.unwrap();
        assert!(outcome.answer().is_some(), "{offer}");
    }
    assert_eq!(library.suggestions("", 1).await.unwrap(), headings[..1]);
    assert_eq!(library.suggestions("", 0).await.unwrap(), [""; 0]);
    assert_eq!(offered("zzzz qqqq").await, [""; 0]);
}

#[tokio::test]
async fn what_is_typed_in_the_other_language_finds_the_headings_over_what_it_finds() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    let offered = library
        .suggestions("relations between Russia and North Korea", 5)
        .await
        .unwrap();
    assert!(offered.contains(&DEFINITION.to_owned()), "{offered:?}");
}

#[tokio::test]
async fn offers_are_those_of_the_library_as_it_is_now() {
    let home = Home::new();
    let library = home.empty("1").await;
    assert_eq!(library.suggestions("", 25).await.unwrap(), [""; 0]);
    let text = "Photosynthesis is a process by which plants turn light into sugar.\nThe Moon is the only natural satellite of Earth.\n";
    add(&library, "nature", text).await;
    let offered = library.suggestions("", 25).await.unwrap();
    assert_eq!(offered, ["What is Photosynthesis?", "What is the Moon?"]);
    assert_eq!(
        library.suggestions("moo", 25).await.unwrap()[0],
        "What is the Moon?"
    );
    library.remove(&id("nature"), BY).await.unwrap();
    assert_eq!(library.suggestions("", 25).await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn an_offer_is_never_longer_than_may_be() {
    let home = Home::new();
    let library = home.empty("1").await;
    let long = "كلمة".repeat(30);
    let records = [long.as_str(), "القمر"]
        .iter()
        .map(|title| format!("{{\"id\":\"{title}\",\"title\":\"{title}\",\"text\":\"{title} هو جرم سماوي يدور حول الأرض.\"}}"))
        .collect::<Vec<_>>().join("\n");
    library
        .add("sky.jsonl", records.as_bytes(), &Details::default(), BY)
        .await
        .unwrap();
    let offered = library.suggestions("", 25).await.unwrap();
    assert!(offered.contains(&"القمر".to_owned()), "{offered:?}");
    assert!(
        offered
            .iter()
            .all(|offer| offer.encode_utf16().count() <= 100)
    );
}

#[tokio::test]
async fn a_second_letter_is_answered_at_once() {
    let home = Home::new();
    let library = home.empty("1").await;
    let records = (0..300)
        .map(|n| format!("{{\"id\":\"{n}\",\"title\":\"Tower number{n}\",\"text\":\"Tower number{n} is a building of stone in town {n}.\"}}"))
        .collect::<Vec<_>>().join("\n");
    library
        .add("towers.jsonl", records.as_bytes(), &Details::default(), BY)
        .await
        .unwrap();
    library.suggestions("tower", 25).await.unwrap();
    let started = Instant::now();
    let offered = library.suggestions("tower", 25).await.unwrap();
    assert!(
        started.elapsed() < Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
    assert!(offered.len() > 5, "{offered:?}");
}
