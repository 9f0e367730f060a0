//! Adding, removing, restoring.

use super::*;
use crate::language::Language;
use crate::source::{Attribution, Metadata, ProblemKind};

#[tokio::test]
async fn what_is_added_is_found_and_what_is_removed_is_not() {
    let home = Home::new();
    let library = home.empty("1").await;
    let question = "What wood was the ark built of?";
    assert_eq!(answer(&library, question).await, None);
    let added = add(&library, "ark", ARK).await;
    assert!(!added.unchanged);
    assert_eq!(answer(&library, question).await.as_deref(), Some("ark:p1"));
    library.remove(&id("ark"), BY).await.unwrap();
    assert_eq!(answer(&library, question).await, None);
    assert_eq!(library.sources().await.unwrap(), []);
    let again = library
        .restore(&id("ark"), None, BY)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(again.version, 1);
    assert_eq!(answer(&library, question).await.as_deref(), Some("ark:p1"));
}

#[tokio::test]
async fn a_new_version_takes_the_place_of_the_old_one() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let second = add(&library, "ark", &ARK.replace("gopher", "cedar"))
        .await
        .record;
    assert_eq!(second.version, 2);
    let outcome = library
        .ask("What wood was the ark built of?", 5)
        .await
        .unwrap();
    let texts: Vec<_> = outcome
        .ranking
        .iter()
        .map(|r| r.cited.passage.text.as_str())
        .collect();
    assert_eq!(texts, [ARK.replace("gopher", "cedar")]);
    assert_eq!(outcome.ranking[0].cited.version, 2);
    library
        .restore(&id("ark"), Some(1), BY)
        .await
        .unwrap()
        .unwrap();
    let outcome = library
        .ask("What wood was the ark built of?", 5)
        .await
        .unwrap();
    assert_eq!(outcome.ranking[0].cited.passage.text, ARK);
    assert_eq!(
        library.restore(&id("ark"), Some(3), BY).await.unwrap(),
        None
    );
    assert_eq!(library.restore(&id("whale"), None, BY).await.unwrap(), None);
}

#[tokio::test]
async fn the_same_again_changes_nothing() {
    let home = Home::new();
    let library = home.empty("1").await;
    let first = add(&library, "ark", ARK).await;
    let change = library.shared.catalogue.change().await.unwrap();
    let again = add(&library, "ark", ARK).await;
    assert!(again.unchanged);
    assert_eq!(again.record, first.record);
    let restored = library.restore(&id("ark"), None, BY).await.unwrap();
    assert_eq!(restored, Some(first.record));
    assert_eq!(library.shared.catalogue.change().await.unwrap(), change);
    assert_eq!(library.history(&id("ark")).await.unwrap().len(), 1);
    // Other attribution is a change, though the bytes are the same.
    let details = Details {
        id: Some(id("ark")),
        metadata: Metadata {
            licence: Some("CC0".to_owned()),
            ..Metadata::default()
        },
        ..Details::default()
    };
    let other = library
        .add("file.txt", ARK.as_bytes(), &details, BY)
        .await
        .unwrap();
    assert_eq!((other.unchanged, other.record.version), (false, 2));
    let outcome = library
        .ask("What wood was the ark built of?", 1)
        .await
        .unwrap();
    assert_eq!(
        outcome.ranking[0].cited.attribution.licence.as_deref(),
        Some("CC0")
    );
}

#[tokio::test]
async fn a_source_that_was_withdrawn_can_be_added_again() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    library.remove(&id("ark"), BY).await.unwrap();
    let again = add(&library, "ark", ARK).await;
    assert_eq!((again.unchanged, again.record.version), (false, 2));
    let history = library.history(&id("ark")).await.unwrap();
    let states: Vec<_> = history
        .iter()
        .map(|v| (v.record.version, v.current, v.withdrawn))
        .collect();
    assert_eq!(states, [(2, true, false), (1, false, false)]);
}

#[tokio::test]
async fn what_is_not_said_is_read_from_text_and_name() {
    let home = Home::new();
    let library = home.empty("1").await;
    let text = "بنى نوح الفلك من خشب الجفر.";
    let plain = library
        .add(
            "قصص الأنبياء.v2.txt",
            text.as_bytes(),
            &Details::default(),
            BY,
        )
        .await
        .unwrap();
    assert_eq!(plain.record.id.as_str(), "قصص-الأنبياء");
    assert_eq!(plain.record.attribution.title, "قصص الأنبياء");
    assert_eq!(plain.record.attribution.language, Language::Arabic);
    let details = Details {
        metadata: Metadata {
            title: Some(" Stories ".to_owned()),
            language: Some(Language::English),
            author: Some("  ".to_owned()),
            publisher: Some("Ours".to_owned()),
            ..Metadata::default()
        },
        ..Details::default()
    };
    let said = library
        .add("stories.txt", text.as_bytes(), &details, BY)
        .await
        .unwrap();
    let attribution = said.record.attribution;
    assert_eq!(
        (attribution.title.as_str(), attribution.language),
        ("Stories", Language::English)
    );
    assert_eq!(
        (attribution.author, attribution.publisher.as_deref()),
        (None, Some("Ours"))
    );
}

#[tokio::test]
async fn what_is_no_source_is_refused_with_all_its_problems() {
    let home = Home::new();
    let library = home.empty("1").await;
    let refused = async |name: &str, bytes: &[u8], details: &Details| match library
        .add(name, bytes, details, BY)
        .await
    {
        Err(Error::Unreadable {
            file_name,
            problems,
        }) => {
            assert_eq!(file_name, name);
            problems
                .iter()
                .map(|problem| problem.kind)
                .collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let none = Details::default();
    assert_eq!(
        refused("a.png", b"x", &none).await,
        [ProblemKind::UnknownFormat]
    );
    assert_eq!(
        refused("a", b"x", &none).await,
        [ProblemKind::UnknownFormat]
    );
    assert_eq!(
        refused("؟.txt", ARK.as_bytes(), &none).await,
        [ProblemKind::NoId]
    );
    assert_eq!(refused("a.txt", b"", &none).await, [ProblemKind::Empty]);
    assert_eq!(
        refused("a.txt", b"A fa\xC3\xA7ade in a caf\xC3\xA9.\n\xFF\n", &none).await,
        [ProblemKind::NotUtf8]
    );
    let title = Details {
        metadata: Metadata {
            title: Some("two\nlines".to_owned()),
            ..Metadata::default()
        },
        ..Details::default()
    };
    assert_eq!(
        refused("a.txt", ARK.as_bytes(), &title).await,
        [ProblemKind::BadAttribution]
    );
    assert_eq!(library.sources().await.unwrap(), []);
}

#[tokio::test]
async fn the_starter_may_not_be_changed() {
    let home = Home::new();
    let starter = home.open().await.library_or_new(STARTER).await.unwrap();
    let is_read_only = |error: Option<Error>| matches!(error, Some(Error::ReadOnly { library }) if library == STARTER);
    let article = id(ARTICLE);
    assert!(is_read_only(
        starter
            .add("a.txt", ARK.as_bytes(), &Details::default(), BY)
            .await
            .err()
    ));
    assert!(is_read_only(starter.remove(&article, BY).await.err()));
    assert!(is_read_only(
        starter.restore(&article, None, BY).await.err()
    ));
    assert!(is_read_only(
        starter.set("language", Some("ar"), BY).await.err()
    ));
    assert_eq!(
        answer(&starter, DIPLOMACY).await.as_deref(),
        Some("russia-north-korea:p1")
    );
}

#[tokio::test]
async fn the_starter_follows_the_program_and_other_libraries_keep_theirs() {
    let home = Home::new();
    let libraries = home.open().await;
    let local = libraries.library_or_new(LOCAL).await.unwrap();
    let starter = libraries.library_or_new(STARTER).await.unwrap();
    // As if an earlier program had shipped another text, and a source that is gone by now.
    let read = |name: &str, text: &str| {
        let source = crate::source::read(crate::source::Format::Article, text.as_bytes())
            .source
            .unwrap();
        let attribution = Attribution::titled(name, Language::English);
        let id = SourceId::from_file_name(name).unwrap();
        catalogue::NewVersion::new(
            id,
            attribution,
            crate::source::Format::Article,
            name,
            text.as_bytes(),
            &source.passages,
        )
    };
    let mut change = libraries
        .catalogue()
        .change_library(STARTER, BY)
        .await
        .unwrap();
    change
        .add(&read("russia-north-korea.ar.txt", ARK))
        .await
        .unwrap();
    change.add(&read("gone.txt", WHALE)).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(answer(&starter, DIPLOMACY).await, None);
    let before = local.sources().await.unwrap();

    let later = home.open().await;
    let starter = later.library_or_new(STARTER).await.unwrap();
    let sources = starter.sources().await.unwrap();
    assert_eq!(sources.len(), 1);
    assert_eq!((sources[0].id.as_str(), sources[0].version), (ARTICLE, 3));
    assert_eq!(
        answer(&starter, DIPLOMACY).await.as_deref(),
        Some("russia-north-korea:p1")
    );
    assert_eq!(local.sources().await.unwrap(), before);
    let change = later.catalogue().change().await.unwrap();
    assert_eq!(
        home.open().await.catalogue().change().await.unwrap(),
        change,
        "once"
    );
}

#[tokio::test]
async fn what_a_library_does_not_have_cannot_be_removed() {
    let home = Home::new();
    let library = home.empty("1").await;
    let missing = |error: Option<Error>| matches!(error, Some(Error::NoSource { id, .. }) if id.as_str() == "ark");
    assert!(missing(library.remove(&id("ark"), BY).await.err()));
    add(&library, "ark", ARK).await;
    library.remove(&id("ark"), BY).await.unwrap();
    assert!(missing(library.remove(&id("ark"), BY).await.err()));
}

#[tokio::test]
async fn only_libraries_that_exist_are_opened() {
    let home = Home::new();
    let libraries = home.open().await;
    assert!(libraries.library("42").await.unwrap().is_none());
    libraries.library_or_new("42").await.unwrap();
    assert_eq!(libraries.library("42").await.unwrap().unwrap().id(), "42");
    assert!(home.open().await.library("42").await.unwrap().is_some());
    assert!(libraries.library("43").await.unwrap().is_none());
    assert_eq!(
        libraries.catalogue().libraries().await.unwrap(),
        ["42", STARTER]
    );
}

#[tokio::test]
async fn old_questions_are_forgotten_at_the_start() {
    let home = Home::new();
    let libraries = home.open().await;
    let catalogue = libraries.catalogue();
    let day = 24 * 60 * 60 * 1000;
    let now = catalogue::now();
    catalogue
        .keep_question(STARTER, "old", "en", "answer", now - 91 * day)
        .await
        .unwrap();
    catalogue
        .keep_question(STARTER, "new", "en", "answer", now - 89 * day)
        .await
        .unwrap();
    drop(libraries);
    let libraries = home.open().await;
    let kept = libraries.catalogue().questions(STARTER).await.unwrap();
    assert_eq!(kept, ["new"]);
    let mut config = home.config();
    config.retention.questions = 0;
    let libraries = Libraries::open(&config).await.unwrap();
    let kept = libraries.catalogue().questions(STARTER).await.unwrap();
    assert_eq!(kept, [""; 0], "none are kept, of no day");
}

#[tokio::test]
async fn a_library_moves_its_own_threshold_and_others_see_it_at_once() {
    let home = Home::new();
    let one = home.open().await.library_or_new("1").await.unwrap();
    let elsewhere = home.open().await.library_or_new("1").await.unwrap();
    let other = home.open().await.library_or_new("2").await.unwrap();
    assert!(answer(&elsewhere, DIPLOMACY).await.is_some());
    one.set(setting::THRESHOLD, Some("1"), BY).await.unwrap();
    assert_eq!(answer(&one, DIPLOMACY).await, None);
    assert_eq!(answer(&elsewhere, DIPLOMACY).await, None);
    assert!(answer(&other, DIPLOMACY).await.is_some());
    for bad in ["1.1", "x", ""] {
        assert!(matches!(
            one.set(setting::THRESHOLD, Some(bad), BY).await,
            Err(Error::BadSetting { .. })
        ));
    }
    one.set(setting::THRESHOLD, None, BY).await.unwrap();
    assert!(answer(&elsewhere, DIPLOMACY).await.is_some());
}
