//! What moderators do: limit, describe, compare, draft, look back; and what is purged.

use std::collections::BTreeSet;

use super::*;
use crate::answer::Reason;
use crate::catalogue::{Entry, Limits, Lines};
use crate::source::{Metadata, ProblemKind};

const FLOOD: &str = "The zorblatt flood covered the valley of Miram in the year 1312.";
const WHEN: &str = "When did the zorblatt flood cover the valley of Miram?";

fn person(channels: &[u64], roles: &[u64]) -> Viewer {
    Viewer::Person {
        channels: channels.to_vec(),
        roles: roles.to_vec(),
    }
}

fn limits(channels: &[u64], roles: &[u64]) -> Limits {
    Limits {
        channels: channels.iter().copied().collect(),
        roles: roles.iter().copied().collect(),
    }
}

#[tokio::test]
async fn who_may_not_see_a_source_is_answered_as_if_it_never_was() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let unlimited = library.seen_by(person(&[5], &[]));
    let before = unlimited.ask(WHEN, 5).await.unwrap();
    let secret = add(&library, "flood", FLOOD).await;
    library
        .limit(&id("flood"), &limits(&[7], &[]), BY)
        .await
        .unwrap();
    let inside = library.seen_by(person(&[7], &[]));
    assert_eq!(answer(&inside, WHEN).await.as_deref(), Some("flood:p1"));
    assert_eq!(answer(&library, WHEN).await.as_deref(), Some("flood:p1"));
    // In another channel: no answer, the reason of a library that lacks the words, and no count.
    let outside = library.seen_by(person(&[5], &[]));
    let outcome = outside.ask(WHEN, 5).await.unwrap();
    assert_eq!(outcome.answer().map(|ranked| ranked.cited.id()), None);
    assert_eq!(outcome.reason, before.reason);
    assert!(matches!(
        outcome.reason,
        Some(Reason::UnknownWords | Reason::NameAbsent)
    ));
    assert_eq!(outside.sources().await.unwrap().len(), 1);
    assert_eq!(inside.sources().await.unwrap().len(), 2);
    // A slip of the pen is not mended into a word that only the hidden source has.
    let slip = "When did the zorblat flood come?";
    let mended = |outcome: Outcome| {
        outcome
            .corrections
            .iter()
            .any(|one| one.read_as == "zorblatt")
    };
    assert!(mended(inside.ask(slip, 5).await.unwrap()));
    assert!(!mended(outside.ask(slip, 5).await.unwrap()));
    // Nor is it to be had by its key, its id, its history, or while typing.
    let key = secret.record.version_key;
    let place = "p1".parse().unwrap();
    assert!(inside.cited(key, place).await.unwrap().is_some());
    assert!(outside.cited(key, place).await.unwrap().is_none());
    assert!(outside.passages(key).await.unwrap().is_empty());
    assert!(outside.history(&id("flood")).await.unwrap().is_empty());
    assert!(
        outside
            .follows(&"flood:p1".parse().unwrap())
            .await
            .unwrap()
            .is_none()
    );
    // A new version keeps the limits; taken back, everybody sees it.
    add(&library, "flood", &FLOOD.replace("1312", "1313")).await;
    assert_eq!(answer(&outside, WHEN).await, None);
    library
        .limit(&id("flood"), &Limits::default(), BY)
        .await
        .unwrap();
    assert_eq!(answer(&outside, WHEN).await.as_deref(), Some("flood:p1"));
}

#[tokio::test]
async fn a_view_ranks_as_a_library_that_holds_no_more() {
    let home = Home::new();
    let whole = home.open().await.library_or_new("1").await.unwrap();
    let alone = home.open().await.library_or_new("2").await.unwrap();
    add(&whole, "ark", ARK).await;
    add(&whole, "flood", FLOOD).await;
    for id in ["ark", "flood"] {
        whole
            .limit(&id.parse().unwrap(), &limits(&[], &[9]), BY)
            .await
            .unwrap();
    }
    let view = whole.seen_by(person(&[1], &[2]));
    for question in [
        DIPLOMACY,
        "When were diplomatic relations established?",
        "كم بلغ التبادل التجاري؟",
    ] {
        let told = |outcome: Outcome| -> Vec<(String, f32)> {
            let ranking = outcome.ranking.iter();
            ranking
                .map(|one| (one.cited.id().to_string(), one.confidence))
                .collect()
        };
        let seen = told(view.ask(question, 10).await.unwrap());
        assert_eq!(
            seen,
            told(alone.ask(question, 10).await.unwrap()),
            "{question}"
        );
        assert!(!seen.is_empty());
    }
    let typed = |library: &Library| {
        let library = library.clone();
        async move { library.suggestions("", 25).await.unwrap() }
    };
    assert_eq!(typed(&view).await, typed(&alone).await);
}

#[tokio::test]
async fn a_draft_is_looked_at_before_it_is_published() {
    let home = Home::new();
    let library = home.empty("1").await;
    let text = "The ark was built of gopher wood[1].\nIt rained for forty days and nights.\n";
    let details = Details::default();
    let draft = library
        .draft("ark.txt", text.as_bytes(), &details, BY)
        .await
        .unwrap();
    let preview = &draft.preview;
    assert_eq!(
        (
            preview.id.as_str(),
            preview.n_paragraphs,
            preview.n_footnotes
        ),
        ("ark", 2, 0)
    );
    let kinds: Vec<ProblemKind> = preview.warnings.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [ProblemKind::MarkerWithoutFootnote]);
    assert!(preview.first.as_ref().unwrap().text.starts_with("The ark"));
    assert_eq!(
        library.sources().await.unwrap(),
        [],
        "nothing is published yet"
    );
    // Another process publishes it, under another title.
    let elsewhere = home.open().await.library("1").await.unwrap().unwrap();
    let details = Details {
        metadata: Metadata {
            title: Some("The ark".to_owned()),
            ..Metadata::default()
        },
        ..details
    };
    let amended = elsewhere.amend(draft.key, &details).await.unwrap().unwrap();
    assert_eq!(amended.attribution.title, "The ark");
    let added = elsewhere.publish(draft.key, "42").await.unwrap().unwrap();
    assert_eq!(
        (
            added.record.attribution.title.as_str(),
            added.record.added_by.as_str()
        ),
        ("The ark", "42")
    );
    assert_eq!(
        answer(&library, "What wood was the ark built of?")
            .await
            .as_deref(),
        Some("ark:p1")
    );
    assert!(
        library.publish(draft.key, BY).await.unwrap().is_none(),
        "once"
    );
    // What would be a new version says so; what is discarded never comes.
    let draft = library
        .draft("ark.txt", FLOOD.as_bytes(), &Details::default(), BY)
        .await
        .unwrap();
    assert_eq!(draft.preview.replaces.map(|record| record.version), Some(1));
    assert!(library.discard(draft.key).await.unwrap());
    assert!(!library.discard(draft.key).await.unwrap());
    assert!(library.drafted(draft.key).await.unwrap().is_none());
    // Another library has no hand in it.
    let other = home.empty("2").await;
    let draft = library
        .draft("b.txt", FLOOD.as_bytes(), &Details::default(), BY)
        .await
        .unwrap();
    assert!(other.publish(draft.key, BY).await.unwrap().is_none());
    assert!(!other.discard(draft.key).await.unwrap());
}

#[tokio::test]
async fn what_is_said_of_a_source_is_mended_in_a_new_version() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let metadata = Metadata {
        author: Some("A. Holm".to_owned()),
        year: Some("1440 هـ".to_owned()),
        ..Metadata::default()
    };
    let (record, is_new) = library.describe(&id("ark"), &metadata, BY).await.unwrap();
    assert_eq!((record.version, is_new), (2, true));
    assert_eq!(record.attribution.year.as_deref(), Some("1440 هـ"));
    let (_, is_new) = library.describe(&id("ark"), &metadata, BY).await.unwrap();
    assert!(!is_new);
    assert_eq!(
        answer(&library, "What wood was the ark built of?")
            .await
            .as_deref(),
        Some("ark:p1")
    );
    let nowhere = library.describe(&id("no"), &metadata, BY).await;
    assert!(matches!(nowhere, Err(Error::NoSource { .. })));
}

#[tokio::test]
async fn versions_are_compared() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "flood", FLOOD).await;
    assert!(
        library
            .diff(&id("flood"), None, None)
            .await
            .unwrap()
            .is_none(),
        "nothing to compare with"
    );
    add(&library, "flood", &FLOOD.replace("1312", "1313")).await;
    let diff = library
        .diff(&id("flood"), None, None)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (diff.before.version, diff.after.version, diff.n_same),
        (1, 2, 0)
    );
    let [Changed::Reworded(one)] = diff.changes.as_slice() else {
        panic!("{:?}", diff.changes)
    };
    assert_eq!(&one.before.text[one.removed[0].clone()], "1312.");
    let back = library
        .diff(&id("flood"), Some(2), Some(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((back.before.version, back.after.version), (2, 1));
    assert!(
        library
            .diff(&id("flood"), Some(3), None)
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn every_change_is_in_the_log() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    library
        .limit(&id("ark"), &limits(&[7], &[]), "42")
        .await
        .unwrap();
    library
        .set(setting::LANGUAGE, Some("ar"), "42")
        .await
        .unwrap();
    library.remove(&id("ark"), "43").await.unwrap();
    library.restore(&id("ark"), None, "43").await.unwrap();
    let log = library.audit(None, 10).await.unwrap();
    let told: Vec<(&str, &str)> = log
        .iter()
        .map(|one| (one.what.as_str(), one.by.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("restore", "43"),
            ("withdraw", "43"),
            ("set", "42"),
            ("limit", "42"),
            ("add", BY),
            ("make", "sanad")
        ]
    );
    assert_eq!(log[3].became.as_ref().unwrap()["limits"]["channels"][0], 7);
    assert_eq!(log[2].became.as_ref().unwrap()["value"], "ar");
    let rest = library.audit(Some(log[3].id), 1).await.unwrap();
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0].what, "add");
    assert!(
        home.empty("2")
            .await
            .audit(None, 10)
            .await
            .unwrap()
            .iter()
            .all(|one| one.what == "make")
    );
}

#[tokio::test]
async fn what_was_withdrawn_long_ago_is_purged_with_its_bytes() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let flood = add(&library, "flood", FLOOD).await.record;
    library.remove(&id("flood"), BY).await.unwrap();
    let mut config = home.config();
    // As long as it is kept it can be restored.
    let again = Libraries::open(&config).await.unwrap();
    assert!(again.catalogue().bytes(&flood).await.is_ok());
    config.retention.withdrawn = 0;
    let after = Libraries::open(&config).await.unwrap();
    let library = after.library("1").await.unwrap().unwrap();
    assert!(library.history(&id("flood")).await.unwrap().is_empty());
    assert!(
        library
            .restore(&id("flood"), None, BY)
            .await
            .unwrap()
            .is_none()
    );
    assert!(after.catalogue().bytes(&flood).await.is_err());
    assert_eq!(library.audit(None, 1).await.unwrap()[0].what, "purge");
    assert_eq!(after.check().await.unwrap(), []);
    assert_eq!(
        answer(&library, "What wood was the ark built of?")
            .await
            .as_deref(),
        Some("ark:p1")
    );
    // A library may keep them longer than the host does by default.
    library
        .set(setting::KEEP_WITHDRAWN, Some("5"), BY)
        .await
        .unwrap();
    library.remove(&id("ark"), BY).await.unwrap();
    let later = Libraries::open(&config).await.unwrap();
    let library = later.library("1").await.unwrap().unwrap();
    assert!(
        library
            .restore(&id("ark"), None, BY)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn a_server_holds_no_more_than_it_may() {
    let home = Home::new();
    let mut config = home.config();
    config.quota.sources = 2;
    let libraries = Libraries::open(&config).await.unwrap();
    let library = libraries.empty_library("1").await.unwrap();
    add(&library, "ark", ARK).await;
    add(&library, "flood", FLOOD).await;
    let refused = async |name: &str| {
        library
            .add(name, b"Third line of a text.", &Details::default(), BY)
            .await
    };
    assert!(matches!(
        refused("third.txt").await,
        Err(Error::Full {
            what: Quota::Sources,
            most: 2,
            ..
        })
    ));
    assert_eq!(library.sources().await.unwrap().len(), 2);
    // A new version is no new source; the terminal's library is the host's own.
    add(&library, "flood", ARK).await;
    let local = libraries.empty_library(LOCAL).await.unwrap();
    for id in ["a", "b", "c"] {
        add(&local, id, ARK).await;
    }
    // Moderators can set less, not more.
    library
        .set(setting::MAX_SOURCES, Some("50"), BY)
        .await
        .unwrap();
    assert!(refused("third.txt").await.is_err());
    library
        .set(setting::MAX_SOURCES, Some("1"), BY)
        .await
        .unwrap();
    assert!(matches!(
        refused("ark.txt").await,
        Err(Error::Full { most: 1, .. })
    ));
    assert_eq!(
        library
            .sources()
            .await
            .unwrap()
            .iter()
            .map(|one| one.version)
            .collect::<BTreeSet<_>>(),
        BTreeSet::from([1, 2])
    );
}

#[tokio::test]
async fn two_who_add_to_one_list_at_the_same_time_both_do() {
    let home = Home::new();
    let library = home.empty("42").await;
    let adds = (1..=20).map(|id: u64| {
        let library = library.clone();
        tokio::spawn(async move {
            let more = |now: Option<&str>| Some(format!("{},{id}", now.unwrap_or_default()));
            library.alter("moderator_roles", "test", more).await
        })
    });
    for add in adds.collect::<Vec<_>>() {
        let (before, after) = add.await.unwrap().unwrap();
        assert_ne!(before, after);
    }
    let all: Vec<u64> = (1..=20).collect();
    let roles = library.policy().await.unwrap().moderator_roles;
    assert_eq!(roles.into_iter().collect::<Vec<_>>(), all);

    // What changes nothing is not written down, and what may not be is refused.
    let log = library.audit(None, 50).await.unwrap();
    let same = |now: Option<&str>| now.map(str::to_owned);
    library
        .alter("moderator_roles", "test", same)
        .await
        .unwrap();
    let bad = |_: Option<&str>| Some("everybody".to_owned());
    assert!(library.alter("moderator_roles", "test", bad).await.is_err());
    assert_eq!(library.audit(None, 50).await.unwrap(), log);
}

#[tokio::test]
async fn the_log_is_read_on_and_back_and_of_one_source() {
    let home = Home::new();
    let library = home.empty("42").await;
    let details = Details::default();
    for name in ["coast.txt", "coast-2.txt", "Coast.txt"] {
        let text = format!("The coast\nThe lamp of {name} is lit at night by hand.\n");
        let added = library.add(name, text.as_bytes(), &details, "test").await;
        added.unwrap();
    }
    for value in ["0.1", "0.2", "0.3"] {
        library
            .set(setting::THRESHOLD, Some(value), "test")
            .await
            .unwrap();
    }
    let id: SourceId = "coast".parse().unwrap();
    library.remove(&id, "test").await.unwrap();

    let all = library.log(None, Lines::Latest, 50).await.unwrap();
    assert_eq!(all.len(), 8, "one made the library");
    let ids = |lines: Vec<Entry>| lines.into_iter().map(|line| line.id).collect::<Vec<_>>();
    let ids_of = |part: &[Entry]| part.iter().map(|line| line.id).collect::<Vec<_>>();
    let log = async |source, lines, limit| ids(library.log(source, lines, limit).await.unwrap());
    assert_eq!(
        log(None, Lines::Before(all[2].id), 2).await,
        ids_of(&all[3..5])
    );
    assert_eq!(
        log(None, Lines::After(all[5].id), 2).await,
        ids_of(&all[3..5])
    );
    assert!(log(None, Lines::After(all[0].id), 2).await.is_empty());
    let of_one = log(Some(&id), Lines::Latest, 50).await;
    assert_eq!(of_one, [all[0].id, all[6].id]);
    assert_eq!(
        log(Some(&id), Lines::After(all[6].id), 5).await,
        [all[0].id]
    );
}

#[tokio::test]
async fn what_an_earlier_version_named_is_named_where_nothing_else_is_said() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let known = Metadata {
        title: Some("The ark".to_owned()),
        author: Some("Ada".to_owned()),
        ..Metadata::default()
    };
    let details = Details {
        metadata: Metadata {
            author: Some("Eve".to_owned()),
            ..Metadata::default()
        },
        known,
        ..Details::default()
    };
    let draft = library
        .draft("ark.txt", FLOOD.as_bytes(), &details, BY)
        .await
        .unwrap();
    let named = &draft.preview.attribution;
    let named = (named.title.as_str(), named.author.as_deref());
    assert_eq!(named, ("The ark", Some("Eve")));
    let names = library.draft_names(draft.key).await.unwrap().unwrap();
    assert_eq!(names, draft.preview.attribution);
    // What was looked at is what is published, whatever happens meanwhile.
    let said = library.draft_details(draft.key).await.unwrap().unwrap();
    assert_eq!(said.id, Some(id("ark")));
    assert_eq!(said.metadata.title.as_deref(), Some("The ark"));
}

#[tokio::test]
async fn drafts_of_a_server_are_bounded_and_the_terminal_s_are_not() {
    let home = Home::new();
    let (server, own) = (home.empty("1").await, home.empty("local").await);
    let draft = async |library: &Library, n: u32| {
        let name = format!("d{n}.txt");
        let details = Details::default();
        library.draft(&name, FLOOD.as_bytes(), &details, BY).await
    };
    for n in 0..500 {
        draft(&server, n).await.unwrap();
    }
    let refused = draft(&server, 500).await.unwrap_err();
    let Error::Full { what, .. } = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(what, Quota::Drafts);
    draft(&own, 0).await.unwrap();
    let first = server.drafts(0, i64::MAX).await.unwrap()[0];
    assert!(server.discard(first).await.unwrap());
    draft(&server, 500).await.unwrap();
}

#[tokio::test]
async fn withdrawn_sources_are_listed_and_any_version_is_found_by_its_key() {
    let home = Home::new();
    let library = home.empty("1").await;
    let first = add(&library, "ark", ARK).await;
    add(&library, "ark", FLOOD).await;
    assert_eq!(library.withdrawn().await.unwrap(), []);
    library.remove(&id("ark"), BY).await.unwrap();
    let withdrawn = library.withdrawn().await.unwrap();
    assert_eq!(withdrawn.len(), 1);
    assert_eq!(withdrawn[0].version, 2);
    let version = library
        .by_key(first.record.version_key)
        .await
        .unwrap()
        .unwrap();
    assert!(version.withdrawn && !version.current && version.record.version == 1);
    let other = home.empty("2").await;
    assert!(
        other
            .by_key(first.record.version_key)
            .await
            .unwrap()
            .is_none()
    );
}
