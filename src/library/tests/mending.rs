//! Indexes that are missing, stale, damaged or locked; what `check` finds.

use std::io::Write as _;
use std::time::{Duration, Instant};

use super::*;
use crate::index;

const QUESTION: &str = "What wood was the ark built of?";

#[tokio::test]
async fn deleting_the_indexes_loses_nothing() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    add(&library, "whale", WHALE).await;
    let before = library.ask(QUESTION, 5).await.unwrap();
    std::fs::remove_dir_all(home.folder.path().join("index")).unwrap();
    // The process that had it open goes on, and so does one that starts.
    assert_eq!(library.ask(QUESTION, 5).await.unwrap(), before);
    let later = home.open().await.library("1").await.unwrap().unwrap();
    assert_eq!(later.ask(QUESTION, 5).await.unwrap(), before);
    std::fs::remove_dir_all(home.folder.path().join("index")).unwrap();
    // A change while it is gone.
    library.remove(&id("whale"), BY).await.unwrap();
    assert_eq!(answer(&library, QUESTION).await.as_deref(), Some("ark:p1"));
    assert_eq!(answer(&later, "Who was swallowed by a fish?").await, None);
}

#[tokio::test]
async fn a_damaged_file_of_an_index_is_noticed_and_mended() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let before = library.ask(QUESTION, 5).await.unwrap();
    drop(library);
    let folder = home.index("1");
    let n_files = data_files(&folder).len();
    assert!(n_files >= 5, "{n_files} files");
    for nth in 0..n_files {
        for harm in [
            |bytes: &mut Vec<u8>| bytes[0] ^= 0xFF,
            |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2),
            Vec::clear,
        ] {
            let file = data_files(&folder)[nth].clone();
            let mut bytes = std::fs::read(&file).unwrap();
            if bytes.is_empty() {
                continue;
            }
            harm(&mut bytes);
            std::fs::write(&file, &bytes).unwrap();
            let libraries = home.open().await;
            let found = libraries.check().await.unwrap();
            assert!(
                matches!(&found[..], [Finding::IndexDamaged { library, .. }] if library == "1"),
                "{}: {found:?}",
                file.display()
            );
            let library = libraries.library("1").await.unwrap().unwrap();
            assert_eq!(
                library.ask(QUESTION, 5).await.unwrap(),
                before,
                "{}",
                file.display()
            );
            assert_eq!(libraries.check().await.unwrap(), []);
        }
    }
}

#[tokio::test]
async fn half_an_index_and_rubbish_in_its_place_are_mended() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let before = library.ask(QUESTION, 5).await.unwrap();
    drop(library);
    let folder = home.index("1");
    for (name, bytes) in [
        ("meta.json", &b"{}"[..]),
        ("meta.json", b"not json"),
        ("meta.json", b""),
        (".managed.json", b"[]"),
        (".managed.json", b"not json"),
    ] {
        std::fs::write(folder.join(name), bytes).unwrap();
        let library = home.open().await.library("1").await.unwrap().unwrap();
        assert_eq!(library.ask(QUESTION, 5).await.unwrap(), before, "{name}");
    }
    for name in ["meta.json", ".managed.json"] {
        std::fs::remove_file(folder.join(name)).unwrap();
        let library = home.open().await.library("1").await.unwrap().unwrap();
        assert_eq!(
            library.ask(QUESTION, 5).await.unwrap(),
            before,
            "{name} is gone"
        );
    }
    for file in data_files(&folder) {
        std::fs::remove_file(file).unwrap();
    }
    let library = home.open().await.library("1").await.unwrap().unwrap();
    assert_eq!(library.ask(QUESTION, 5).await.unwrap(), before);
}

#[tokio::test]
async fn an_index_that_breaks_while_it_is_searched_is_built_anew_and_asked_again() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    add(&library, "whale", WHALE).await;
    // What is read for the first time now comes from the file, which is another by then, though as long.
    for file in data_files(&home.index("1"))
        .iter()
        .filter(|file| file.extension().unwrap() == "store")
    {
        let bytes = vec![0xA5; usize::try_from(std::fs::metadata(file).unwrap().len()).unwrap()];
        let mut file = std::fs::File::options().write(true).open(file).unwrap();
        file.write_all(&bytes).unwrap();
    }
    assert_eq!(answer(&library, QUESTION).await.as_deref(), Some("ark:p1"));
    assert_eq!(
        answer(&library, "Who was swallowed by a fish near Nineveh?")
            .await
            .as_deref(),
        Some("whale:p1")
    );
    assert_eq!(home.open().await.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_question_that_the_engine_stumbles_over_does_not_cost_an_index() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let files = data_files(&home.index("1"));
    let state = library.shared.state(&library.room).await.unwrap();
    let again = library.shared.replace(&library.room, &state).await.unwrap();
    assert!(
        !std::sync::Arc::ptr_eq(&state.index, &again.index),
        "opened anew"
    );
    assert_eq!(data_files(&home.index("1")), files, "and not built anew");
    assert_eq!(answer(&library, QUESTION).await.as_deref(), Some("ark:p1"));
}

#[tokio::test]
async fn an_index_of_other_data_is_never_searched() {
    let home = Home::new();
    let libraries = home.open().await;
    let one = libraries.empty_library("1").await.unwrap();
    let other = libraries.empty_library("2").await.unwrap();
    add(&one, "ark", ARK).await;
    add(&other, "ark", &ARK.replace("gopher", "cedar")).await;
    drop((one, other, libraries));
    // Somebody copies one library's folder over another's.
    std::fs::remove_dir_all(home.index("1")).unwrap();
    std::fs::rename(home.index("2"), home.index("1")).unwrap();
    let libraries = home.open().await;
    let stale = Finding::IndexStale {
        library: "1".to_owned(),
    };
    assert_eq!(libraries.check().await.unwrap(), [stale]);
    let one = libraries.library("1").await.unwrap().unwrap();
    let outcome = one.ask(QUESTION, 5).await.unwrap();
    let texts: Vec<_> = outcome
        .ranking
        .iter()
        .map(|r| r.cited.passage.text.as_str())
        .collect();
    assert_eq!(texts, [ARK]);
    assert_eq!(libraries.check().await.unwrap(), []);
}

#[tokio::test]
async fn what_a_killed_process_left_undone_is_done_by_the_next() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    // Killed between catalogue and index.
    let mut change = library
        .shared
        .catalogue
        .change_library("1", BY)
        .await
        .unwrap();
    change.withdraw(&id("ark")).await.unwrap();
    change.commit().await.unwrap();
    drop(library);
    std::fs::write(home.index("1").join(".unfinished"), b"").unwrap();
    let libraries = home.open().await;
    assert!(matches!(
        &libraries.check().await.unwrap()[..],
        [Finding::IndexStale { .. }]
    ));
    let library = libraries.library("1").await.unwrap().unwrap();
    assert_eq!(answer(&library, QUESTION).await, None);
    assert_eq!(libraries.check().await.unwrap(), []);
    assert!(!home.index("1").join(".unfinished").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_index_is_waited_for() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let lock = std::fs::read_dir(home.index("1"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.to_string_lossy().ends_with("writer.lock"))
        .unwrap();
    let lock = std::fs::File::options().append(true).open(lock).unwrap();
    lock.lock().unwrap();
    let hold = Duration::from_millis(700);
    let started = Instant::now();
    let holder = std::thread::spawn(move || {
        std::thread::sleep(hold);
        drop(lock);
    });
    add(&library, "whale", WHALE).await;
    assert!(
        started.elapsed() >= hold,
        "it cannot have been written before"
    );
    assert!(
        answer(&library, "Who was swallowed by a fish near Nineveh?")
            .await
            .is_some()
    );
    holder.join().unwrap();
}

#[tokio::test]
async fn an_index_that_grew_answers_as_one_that_was_built_anew() {
    let home = Home::new();
    let library = home.empty("1").await;
    let mut random = fastrand::Rng::with_seed(7);
    let book = |n: usize, random: &mut fastrand::Rng| {
        (0..20)
            .map(|p| {
                format!(
                    "Paragraph {p} of book {n} tells of {} ships in the harbor.",
                    random.u8(1..9)
                )
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    for _ in 0..14 {
        let n = random.usize(0..5);
        if random.u8(0..3) == 0 {
            let _ = library.remove(&id(&format!("book-{n}")), BY).await;
        } else {
            add(&library, &format!("book-{n}"), &book(n, &mut random)).await;
        }
    }
    let questions = [
        "How many ships tells paragraph 7 of?",
        "ships",
        "book 3",
        "harbor 5 ships of book 1",
    ];
    let mut grown = Vec::new();
    for question in questions {
        grown.push(library.ask(question, 50).await.unwrap());
    }
    library.reindex(&|_, _| {}).await.unwrap();
    for (question, grown) in questions.iter().zip(&grown) {
        assert_eq!(
            library.ask(question, 50).await.unwrap(),
            *grown,
            "{question}"
        );
    }
    assert!(grown[0].ranking.len() > 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn rebuilding_tells_how_far_it_is() {
    let home = Home::new();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    let told = std::sync::Mutex::new(Vec::new());
    library
        .reindex(&|done, all| told.lock().unwrap().push((done, all)))
        .await
        .unwrap();
    let told = told.into_inner().unwrap();
    assert_eq!(told.last(), Some(&(14, 14)));
    assert!(told.is_sorted());
    assert!(answer(&library, DIPLOMACY).await.is_some());
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_told() {
    let home = Home::new();
    std::fs::write(home.folder.path().join("index"), b"a file").unwrap();
    let library = home.open().await.library_or_new(LOCAL).await.unwrap();
    let error = library.ask(DIPLOMACY, 1).await.unwrap_err();
    assert!(
        matches!(error, Error::Index(index::Error::Folder { .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn check_finds_sources_whose_bytes_are_others() {
    let home = Home::new();
    let libraries = home.open().await;
    let library = libraries.empty_library("1").await.unwrap();
    let record = add(&library, "ark", ARK).await.record;
    assert_eq!(libraries.check().await.unwrap(), []);
    libraries.catalogue().harm(&record).await;
    let finding = Finding::Source {
        library: "1".to_owned(),
        source: id("ark"),
    };
    assert_eq!(libraries.check().await.unwrap(), [finding]);
    // As the finding advises: the source is added again.
    assert!(add(&library, "ark", ARK).await.unchanged);
    assert_eq!(libraries.check().await.unwrap(), []);
}

#[tokio::test]
async fn check_finds_a_damaged_database() {
    let home = Home::new();
    let libraries = home.open().await;
    add(
        &libraries.empty_library("1").await.unwrap(),
        "ark",
        &ARK.repeat(2_000),
    )
    .await;
    libraries.catalogue().close().await;
    let file = home.folder.path().join("data").join(catalogue::FILE);
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 4096;
    bytes[last..].fill(0xFF);
    std::fs::write(&file, bytes).unwrap();
    let found = home.open().await.check().await.unwrap();
    assert!(
        found
            .iter()
            .any(|finding| matches!(finding, Finding::Catalogue { .. })),
        "{found:?}"
    );
}
