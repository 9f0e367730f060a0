//! Asking, and reading what was found.

use super::*;
use crate::answer::Reason;
use crate::source::{Kind, Place};

fn paragraph(ordinal: u32) -> Place {
    Place {
        kind: Kind::Paragraph,
        ordinal,
        part: None,
    }
}

fn footnote(ordinal: u32) -> Place {
    Place {
        kind: Kind::Footnote,
        ordinal,
        part: None,
    }
}

#[tokio::test]
async fn a_new_library_answers_from_the_starter_sources() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    let outcome = library.ask(DIPLOMACY, 5).await.unwrap();
    let cited = &outcome.answer().unwrap().cited;
    assert_eq!(cited.id().to_string(), format!("{ARTICLE}:p1"));
    assert_eq!((cited.version, cited.current), (1, true));
    assert_eq!(cited.attribution.licence.as_deref(), Some("CC BY-SA 4.0"));
    let markers: Vec<_> = cited
        .citations
        .iter()
        .map(|c| (c.marker.as_str(), c.footnote.is_some()))
        .collect();
    assert_eq!(markers, [("1", true), ("2", true)]);
    assert!(
        cited.citations[0]
            .footnote
            .as_ref()
            .unwrap()
            .starts_with("Kyung-Ae Park")
    );
}

#[tokio::test]
async fn a_library_that_holds_nothing_finds_nothing() {
    let home = Home::new();
    let library = home.empty("1").await;
    let outcome = library.ask(DIPLOMACY, 5).await.unwrap();
    assert_eq!(outcome.reason, Some(Reason::UnknownWords));
    assert_eq!(outcome.ranking, []);
    assert_eq!(
        library.ask("", 5).await.unwrap().reason,
        Some(Reason::Empty)
    );
    let long = "س".repeat(10_000);
    assert_eq!(
        library.ask(&long, 5).await.unwrap().reason,
        Some(Reason::TooLong)
    );
}

#[tokio::test]
async fn as_many_are_ranked_as_are_wanted_within_bounds() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    for (top, expected) in [(0, 1), (1, 1), (3, 3), (1_000, 14)] {
        let outcome = library.ask("روسيا كوريا الشمالية", top).await.unwrap();
        assert!(
            outcome.ranking.len() <= expected,
            "{top}: {}",
            outcome.ranking.len()
        );
        assert!(top > 50 || outcome.ranking.len() == expected);
    }
}

#[tokio::test]
async fn a_passage_is_found_again_by_its_version_and_place() {
    let home = Home::new();
    let libraries = home.open().await;
    let library = libraries.library_or_new(LOCAL).await.unwrap();
    let asked = library.ask(DIPLOMACY, 1).await.unwrap().ranking[0]
        .cited
        .clone();
    let found = library
        .cited(asked.version_key, asked.passage.place)
        .await
        .unwrap();
    assert_eq!(found, Some(asked.clone()), "it is the same as the answer");
    assert_eq!(
        library
            .cited(asked.version_key, paragraph(13))
            .await
            .unwrap(),
        None
    );
    assert_eq!(library.cited(9_999, paragraph(1)).await.unwrap(), None);
    // Another library's key opens nothing, even where it holds the same source.
    let other = libraries.library_or_new("42").await.unwrap();
    assert_eq!(
        other.cited(asked.version_key, paragraph(1)).await.unwrap(),
        None
    );
    assert_eq!(other.passages(asked.version_key).await.unwrap(), []);
    assert_eq!(library.passages(asked.version_key).await.unwrap().len(), 14);
}

#[tokio::test]
async fn a_former_version_is_still_there_and_a_withdrawn_source_is_not() {
    let home = Home::new();
    let library = home.empty("1").await;
    let first = add(&library, "ark", ARK).await.record;
    let second = add(&library, "ark", &ARK.replace("gopher", "cedar"))
        .await
        .record;
    let former = library
        .cited(first.version_key, paragraph(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(former.id().to_string(), "ark@1:p1");
    assert_eq!((former.current, former.passage.text.as_str()), (false, ARK));
    let current = library
        .cited(second.version_key, paragraph(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(current.id().to_string(), "ark:p1");
    library.remove(&id("ark"), BY).await.unwrap();
    for record in [&first, &second] {
        assert_eq!(
            library
                .cited(record.version_key, paragraph(1))
                .await
                .unwrap(),
            None
        );
        assert_eq!(
            library
                .around(record.version_key, paragraph(1), 1, 1)
                .await
                .unwrap(),
            []
        );
    }
    library
        .restore(&id("ark"), Some(1), BY)
        .await
        .unwrap()
        .unwrap();
    let former = library
        .cited(first.version_key, paragraph(1))
        .await
        .unwrap()
        .unwrap();
    assert!(former.current);
}

#[tokio::test]
async fn what_stands_around_a_passage() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    let key = library.sources().await.unwrap()[0].version_key;
    let around = async |place, before, after| {
        let around = library.around(key, place, before, after).await.unwrap();
        around
            .iter()
            .map(|cited| cited.passage.place.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(around(paragraph(5), 1, 2).await, ["p4", "p5", "p6", "p7"]);
    assert_eq!(around(paragraph(1), 3, 0).await, ["p1"]);
    assert_eq!(around(paragraph(12), 0, usize::MAX).await, ["p12"]);
    assert_eq!(around(footnote(2), 5, 5).await, ["p1", "n2"]);
    assert_eq!(around(paragraph(99), 1, 1).await, [""; 0]);
}

#[tokio::test]
async fn a_footnote_is_an_answer_too() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    let outcome = library
        .ask(
            "Who edited North Korea in Transition: Politics, Economy, and Society?",
            3,
        )
        .await
        .unwrap();
    let cited = &outcome.ranking[0].cited;
    assert_eq!(cited.id().to_string(), format!("{ARTICLE}:n1"));
    assert_eq!(cited.citations, []);
    assert_eq!(cited.passage.cited_by, [paragraph(1)]);
}

#[tokio::test]
async fn an_explanation_is_of_the_very_outcome() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    for question in [DIPLOMACY, "Who refused to meet the Russian delegation?", ""] {
        let explanation = library.explain(question, 5).await.unwrap();
        assert_eq!(
            explanation.outcome,
            library.ask(question, 5).await.unwrap(),
            "{question}"
        );
        let held = explanation.outcome.ranking.iter();
        for (ranked, weighed) in held.zip(&explanation.passages) {
            assert!(ranked.confidence <= weighed.confidence, "{question}");
        }
    }
}

/// Which passages a question finds, best first.
async fn found(library: &Library, question: &str) -> Vec<u32> {
    let outcome = library.ask(question, 9).await.unwrap();
    let ranking = outcome.ranking.iter();
    ranking
        .map(|ranked| ranked.cited.passage.place.ordinal)
        .collect()
}

#[tokio::test]
async fn unlikely_readings_are_counted_in_what_the_likely_ones_found() {
    let home = Home::new();
    let library = home.empty("1").await;
    let text = "كان في المدينة مصنع ينتج كل سيارة من حديد ونحاس.
كان في المدينة مصنع ينتج كل سيارة من حديد ومركبة.
هذه مركبة من حديد تسير في الطريق البعيد.
";
    add(&library, "cars", text).await;
    let explanation = library.explain("سيارة", 9).await.unwrap();
    let alternatives = explanation.words[0].alternatives.iter();
    let synonym = alternatives
        .filter(|one| one.origin.code() == "synonym")
        .find(|one| one.term == "مركب");
    assert!(synonym.is_some_and(|synonym| synonym.weight < 0.09));
    // The synonym alone is not looked for; beside the word it decides.
    assert_eq!(found(&library, "سيارة").await, [2, 1]);
    let met = explanation.passages[0].met.iter();
    assert!(met.clone().any(|met| met.term.as_deref() == Some("مركب")));
    // Where the library has nothing likelier, it is looked for all the same.
    let other = home.open().await.empty_library("2").await.unwrap();
    let text = text.lines().last().unwrap();
    add(&other, "cars", text).await;
    assert_eq!(found(&other, "سيارة").await, [1]);
}

#[tokio::test]
async fn what_is_asked_twice_counts_once() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    for (once, twice) in [
        (
            "Who visited North Korea?",
            "Who visited North Korea, North Korea?",
        ),
        ("Who visited Moscow?", "Who visited Moscow, Moscow?"),
    ] {
        let once = library.ask(once, 5).await.unwrap();
        let twice = library.explain(twice, 5).await.unwrap();
        assert_eq!(seen(&once), seen(&twice.outcome));
        let last = twice.words.last().unwrap();
        assert_eq!(last.kind.code(), "repeated");
    }
}
