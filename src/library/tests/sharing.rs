//! Several processes on one installation, several libraries beside each other.

use std::time::Duration;

use super::*;

#[tokio::test]
async fn two_processes_see_each_others_changes_before_the_next_question() {
    let home = Home::new();
    let one = home.empty("1").await;
    let other = home.open().await.library("1").await.unwrap().unwrap();
    let question = "What wood was the ark built of?";
    for _ in 0..3 {
        assert_eq!(answer(&one, question).await, None);
        add(&other, "ark", ARK).await;
        assert_eq!(answer(&one, question).await.as_deref(), Some("ark:p1"));
        add(&one, "ark", &ARK.replace("gopher", "cedar")).await;
        let outcome = other.ask(question, 1).await.unwrap();
        assert!(outcome.ranking[0].cited.passage.text.contains("cedar"));
        one.remove(&id("ark"), BY).await.unwrap();
        assert_eq!(answer(&other, question).await, None);
    }
    let versions = |history: Vec<VersionRecord>| history.len();
    assert_eq!(versions(one.history(&id("ark")).await.unwrap()), 6);
    assert_eq!(versions(other.history(&id("ark")).await.unwrap()), 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_answer_comes_from_the_old_state_or_the_new_one_and_never_from_half_of_each() {
    let home = Home::new();
    let writer = home.empty("1").await;
    // Each version says its number in two sources, so that half a change would show.
    let text = |n: u32| format!("The tower has {n} floors and a garden.");
    add(&writer, "tower", &text(1)).await;
    let readers: Vec<_> = (0..2)
        .map(|nth| {
            let home = home.config();
            let shared = writer.clone();
            tokio::spawn(async move {
                // One in the process that writes, one in another.
                let library = match nth {
                    0 => shared,
                    _ => Libraries::open(&home)
                        .await
                        .unwrap()
                        .library("1")
                        .await
                        .unwrap()
                        .unwrap(),
                };
                let (mut last, mut n_asked) = (0, 0);
                while last < 12 {
                    let outcome = library
                        .ask("How many floors has the tower?", 5)
                        .await
                        .unwrap();
                    assert_eq!(outcome.ranking.len(), 1, "one version, not none, not two");
                    let cited = &outcome.ranking[0].cited;
                    assert_eq!(
                        cited.passage.text,
                        format!("The tower has {} floors and a garden.", cited.version)
                    );
                    assert!(cited.version >= last, "never back");
                    last = cited.version;
                    n_asked += 1;
                }
                n_asked
            })
        })
        .collect();
    for n in 2..=12 {
        add(&writer, "tower", &text(n)).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for reader in readers {
        assert!(
            reader.await.unwrap() > 12,
            "questions were asked all the time"
        );
    }
}

#[tokio::test]
async fn while_a_change_of_ours_is_not_acknowledged_the_old_state_answers() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let question = "What wood was the ark built of?";
    assert!(answer(&library, question).await.is_some());
    let mut change = library
        .shared
        .catalogue
        .change_library("1", BY)
        .await
        .unwrap();
    change.withdraw(&id("ark")).await.unwrap();
    let pending = library.room.announce(change.generation());
    change.commit().await.unwrap();
    // The index is not brought up yet: as if it took long.
    assert!(answer(&library, question).await.is_some());
    drop(pending);
    assert_eq!(answer(&library, question).await, None);
}

#[tokio::test]
async fn no_library_sees_anothers_sources_counts_or_statistics() {
    let home = Home::new();
    let libraries = home.open().await;
    let one = libraries.empty_library("1").await.unwrap();
    let other = libraries.empty_library("2").await.unwrap();
    add(&one, "ark", ARK).await;
    let question = "What wood was the ark built of?";
    let before = one.ask(question, 5).await.unwrap();
    // Many passages with the same words would change how rare these are.
    let many = (0..200)
        .map(|n| format!("The ark number {n} was built of wood in its days."))
        .collect::<Vec<_>>()
        .join("\n");
    add(&other, "many", &many).await;
    add(&other, "ark", &ARK.replace("gopher", "cedar")).await;
    assert_eq!(seen(&one.ask(question, 5).await.unwrap()), seen(&before));
    assert_eq!(one.ask(question, 5).await.unwrap(), before);
    let ids: Vec<_> = one
        .sources()
        .await
        .unwrap()
        .into_iter()
        .map(|s| s.id.to_string())
        .collect();
    assert_eq!(ids, ["ark"]);
    assert_eq!(one.history(&id("many")).await.unwrap(), []);
    assert_eq!(one.suggestions("", 25).await.unwrap(), [""; 0]);
    assert_eq!(
        answer(&one, "Which ark has number 77?")
            .await
            .filter(|id| !id.starts_with("ark:")),
        None
    );
    assert_eq!(
        answer(&other, "What wood was the ark built of?")
            .await
            .filter(|id| id.contains("gopher")),
        None
    );
    one.remove(&id("ark"), BY).await.unwrap();
    assert_eq!(other.sources().await.unwrap().len(), 2);
}

#[tokio::test]
async fn libraries_share_the_starters_index_until_they_change() {
    let home = Home::new();
    let libraries = home.open().await;
    for library in ["1", "2", STARTER] {
        let library = libraries.library_or_new(library).await.unwrap();
        assert!(answer(&library, DIPLOMACY).await.is_some());
    }
    let folders = || {
        let mut names: Vec<_> = std::fs::read_dir(home.folder.path().join("index"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(folders(), [STARTER]);
    let one = libraries.library_or_new("1").await.unwrap();
    add(&one, "ark", ARK).await;
    assert_eq!(folders(), ["1", STARTER]);
    assert!(
        answer(&one, "What wood was the ark built of?")
            .await
            .is_some()
    );
    let other = libraries.library_or_new("2").await.unwrap();
    assert_eq!(
        answer(&other, "What wood was the ark built of?").await,
        None
    );
    one.remove(&id("ark"), BY).await.unwrap();
    assert_eq!(
        one.shared.state(&one.room).await.unwrap().folder,
        home.index(STARTER)
    );
    assert_eq!(libraries.check().await.unwrap(), []);
}

#[tokio::test]
async fn only_so_many_indexes_are_open_and_all_libraries_answer() {
    let home = Home::new();
    let mut config = home.config();
    config.index.open = 2;
    let libraries = Libraries::open(&config).await.unwrap();
    let mut all = Vec::new();
    for n in 1..=5 {
        let library = libraries.empty_library(&n.to_string()).await.unwrap();
        add(
            &library,
            "tower",
            &format!("The tower has {n} floors and a garden."),
        )
        .await;
        all.push(library);
    }
    for _ in 0..2 {
        for (n, library) in (1..).zip(&all) {
            let outcome = library
                .ask("How many floors has the tower?", 1)
                .await
                .unwrap();
            assert!(
                outcome.ranking[0]
                    .cited
                    .passage
                    .text
                    .contains(&format!("{n} floors"))
            );
            assert!(libraries.shared.n_open() <= 2);
        }
    }
    // Those that share one index count as one.
    for n in 10..15 {
        let library = libraries.library_or_new(&n.to_string()).await.unwrap();
        assert!(answer(&library, DIPLOMACY).await.is_some());
    }
    assert!(libraries.shared.n_open() <= 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_change_and_ask_at_once() {
    let home = Home::new();
    let (one, other) = (
        home.empty("1").await,
        home.open().await.library("1").await.unwrap().unwrap(),
    );
    let work = |nth: usize| {
        let library = if nth.is_multiple_of(2) {
            one.clone()
        } else {
            other.clone()
        };
        tokio::spawn(async move {
            let book = format!("book-{nth}");
            add(
                &library,
                &book,
                &format!("The tower of book{nth} has {nth} floors."),
            )
            .await;
            let found = answer(
                &library,
                &format!("How many floors has the tower of book{nth}?"),
            )
            .await;
            assert_eq!(
                found,
                Some(format!("{book}:p1")),
                "what was acknowledged is found"
            );
        })
    };
    for done in (0..8).map(work).collect::<Vec<_>>() {
        done.await.unwrap();
    }
    assert_eq!(one.sources().await.unwrap().len(), 8);
    let question = "How many floors has the tower of book3?";
    assert_eq!(
        seen(&one.ask(question, 8).await.unwrap()),
        seen(&other.ask(question, 8).await.unwrap())
    );
}
