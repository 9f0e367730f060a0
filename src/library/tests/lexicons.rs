//! Imported lexicons.

use super::*;
use crate::language::dictionary::tsv;

const HORN: &str = "كانت الأداة تسمى الخربشول. صُنع الخربشول من نحاس أحمر في مدينة بعيدة.\nهذه فقرة أخرى لا شأن لها بذلك كله.";
const ASKED: &str = "What was the zorblax made of?";

async fn import(libraries: &Libraries, name: &str, text: &str) {
    let dictionary = tsv::read(text.as_bytes()).unwrap();
    let imported = libraries
        .import_lexicon(&id(name), dictionary)
        .await
        .unwrap();
    assert!(imported.is_sound && imported.n_entries > 0);
}

/// Whether a question meets the word that only an imported lexicon knows.
async fn is_met(library: &Library) -> bool {
    let outcome = library.ask(ASKED, 1).await.unwrap();
    let mut matched = outcome.ranking.iter().flat_map(|ranked| &ranked.matched);
    matched.any(|matched| matched.asked == "zorblax")
}

#[tokio::test]
async fn every_process_reads_questions_by_an_import_from_the_next_one_on() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "horn", HORN).await;
    let (here, elsewhere) = (home.open().await, home.open().await);
    let mut other = elsewhere.library("1").await.unwrap().unwrap();
    assert!(!is_met(&other).await);
    let index = data_files(&home.index("1"));

    import(&here, "mine", "zorblax\tخربشول\n").await;
    assert!(is_met(&other).await);
    assert!(is_met(&library).await);
    assert_eq!(
        data_files(&home.index("1")),
        index,
        "the index does not depend on it"
    );
    // A process that starts now reads it too.
    other = home.open().await.library("1").await.unwrap().unwrap();
    assert!(is_met(&other).await);

    assert!(here.remove_lexicon(&id("mine")).await.unwrap());
    assert!(!here.remove_lexicon(&id("mine")).await.unwrap());
    assert!(!is_met(&library).await);
    assert!(!is_met(&other).await);
}

#[tokio::test]
async fn installations_in_one_process_do_not_see_each_others() {
    let (one, two) = (Home::new(), Home::new());
    let mut libraries = Vec::new();
    for home in [&one, &two] {
        let library = home.empty("1").await;
        add(&library, "horn", HORN).await;
        libraries.push(library);
    }
    import(&one.open().await, "mine", "zorblax\tخربشول\n").await;
    assert!(is_met(&libraries[0]).await);
    assert!(!is_met(&libraries[1]).await);
}

#[tokio::test]
async fn a_damaged_import_is_found_and_left_out() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "horn", HORN).await;
    let libraries = home.open().await;
    import(&libraries, "whole", "zorblax\tخربشول\n").await;
    import(&libraries, "broken", "qux\tعلبة\n").await;
    let folder = home.folder.path().join("data/imported");
    let file = folder.join("broken.lex");
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    // What is no lexicon of ours is passed over.
    std::fs::write(folder.join("notes.txt"), "x").unwrap();

    let libraries = home.open().await;
    let names = |all: Vec<Imported>| -> Vec<(String, bool)> {
        all.into_iter()
            .map(|one| (one.name, one.is_sound))
            .collect()
    };
    assert_eq!(
        names(libraries.lexicons().await.unwrap()),
        [("broken".to_owned(), false), ("whole".to_owned(), true)]
    );
    let name = "broken".to_owned();
    assert!(
        libraries
            .check()
            .await
            .unwrap()
            .contains(&Finding::Lexicon { name })
    );
    let library = libraries.library("1").await.unwrap().unwrap();
    assert!(is_met(&library).await);
}

#[tokio::test]
async fn nothing_unfinished_is_left_and_a_new_import_takes_the_place_of_the_old() {
    let home = Home::new();
    let libraries = home.open().await;
    import(&libraries, "mine", "zorblax\tخربشول\n").await;
    import(&libraries, "mine", "qux\tعلبة\nquux\tصندوق\n").await;
    let all = libraries.lexicons().await.unwrap();
    assert_eq!((all.len(), all[0].n_entries), (1, 2));
    let folder = std::fs::read_dir(home.folder.path().join("data/imported")).unwrap();
    assert_eq!(folder.count(), 1);
}
