//! `sanad lexicon`.

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::{QUESTION, Sanad};

const HORN: &str = "{\"id\":\"1\",\"title\":\"\",\"text\":\"صُنع الخربشول من نحاس أحمر في عام 1911. العلاقات قديمة.\"}\n\
                    {\"id\":\"2\",\"title\":\"\",\"text\":\"كانت النقانق الحارة طعام أهل المدينة، والسمادير كثيرة.\"}\n";
const ASKED: &str = "What was the zorblax made of?";

/// An installation whose source has words that our lexicon does not know.
fn with_horn() -> Sanad {
    let sanad = Sanad::new();
    sanad.file("horn.jsonl", HORN);
    sanad.run(&["source", "add", "horn.jsonl"]).done();
    sanad
}

/// The alternatives of a word of a question: term, weight, which imported lexicon.
fn alternatives(sanad: &Sanad, question: &str, word: &str) -> Vec<(String, f64, Value)> {
    let why = sanad.run(&["why", "--json", question]).json();
    let words = why["words"].as_array().unwrap();
    let word = words.iter().find(|asked| asked["text"] == word).unwrap();
    let alternatives = word["alternatives"].as_array().unwrap().iter();
    alternatives
        .map(|alternative| {
            (
                alternative["term"].as_str().unwrap().to_owned(),
                alternative["weight"].as_f64().unwrap(),
                alternative["entry"]["imported"].clone(),
            )
        })
        .collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn an_imported_word_is_met_and_why_says_whose_it_is() {
    let sanad = with_horn();
    assert_eq!(alternatives(&sanad, ASKED, "zorblax"), []);
    sanad.file(
        "my words.tsv",
        "# mine\nzorblax\tخربشول، بوق\nrelation\tوشيجة، سمادير\n",
    );
    let imported = sanad.run(&["lexicon", "import", "my words.tsv"]).done();
    assert_eq!(
        imported,
        "Imported my-words: 2 entries, 4 Arabic alternatives. Questions are read by it from now on; where our own \
         lexicon has a word too, ours counts more.\n"
    );
    // What only the import has counts in full, what ours has too half.
    assert_eq!(
        alternatives(&sanad, ASKED, "zorblax"),
        [("خربشول".to_owned(), 1.0, json!("my-words"))]
    );
    let relations = alternatives(&sanad, "Were the relations old?", "relations");
    assert_eq!(relations[0].2, json!(null), "{relations:?}");
    assert!((relations[0].1 - 1.0).abs() < 1e-6, "{relations:?}");
    let imported = relations.iter().find(|one| one.2 == "my-words").unwrap();
    assert!((imported.1 - 0.46).abs() < 1e-6, "{relations:?}");
    let ask = sanad.run(&["ask", "--json", ASKED]).json();
    assert_eq!(ask["outcome"], "answer");
    assert_eq!(ask["answer"]["passage"]["id"], "horn:p1");
    let why = sanad.run(&["why", ASKED]).done();
    assert!(
        why.contains("imported lexicon my-words, “zorblax” (?): خربشول"),
        "{why}"
    );
    // The other direction.
    let arabic = sanad.run(&["why", "--json", "متى صنع الخربشول؟"]).json();
    let absent = arabic["words"][2]["absent"].as_array().unwrap();
    assert!(
        absent
            .iter()
            .any(|word| word["term"] == "zorblax" && word["entry"]["imported"] == "my-words"),
        "{absent:?}"
    );

    let list = sanad.run(&["lexicon", "list", "--json"]).json();
    assert_eq!(list["lexicons"][0]["name"], "my-words");
    assert_eq!(list["lexicons"][0]["entries"], 2);
    assert_eq!(sanad.run(&["check", "--json"]).json()["sound"], true);
    let listed = sanad.run(&["lexicon", "list"]).done();
    assert!(
        listed.contains("my-words") && listed.contains("sound"),
        "{listed}"
    );
    sanad.run(&["lexicon", "remove", "my-words"]).done();
    assert_eq!(alternatives(&sanad, ASKED, "zorblax"), []);
    assert_eq!(
        sanad.run(&["ask", "--json", QUESTION]).json()["outcome"],
        "answer"
    );
    assert!(
        sanad
            .run(&["lexicon", "list"])
            .done()
            .starts_with("No imported lexicon.")
    );
}

#[test]
fn an_imported_term_of_several_words_does_not_hide_its_words() {
    let sanad = with_horn();
    sanad.file("terms.tsv", "copper box\tنقانق حارة\nhow many\tكثيرة\n");
    sanad.run(&["lexicon", "import", "terms.tsv"]).done();
    let found = alternatives(&sanad, "How many ate the copper box?", "copper box");
    let weight = |term: &str| found.iter().find(|one| one.0 == term).map(|one| one.1);
    assert_eq!(
        (weight("نقانق"), weight("نحاس")),
        (Some(0.5), Some(0.5)),
        "{found:?}"
    );
    let why = sanad
        .run(&["why", "--json", "How many ate the copper box?"])
        .json();
    let read_as: Vec<(&str, &str)> = why["words"]
        .as_array()
        .unwrap()
        .iter()
        .map(|word| {
            (
                word["text"].as_str().unwrap(),
                word["read_as"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        read_as,
        [
            ("How", "stop"),
            ("many", "stop"),
            ("ate", "word"),
            ("the", "stop"),
            ("copper box", "phrase")
        ]
    );
}

#[test]
fn a_dictionary_of_dictd_is_imported_by_any_of_its_files() {
    let text =
        "zorblax /ˈzɔːblæks/ <n>\n1. الخَرْبَشُول\n2. أداة طويلة يعزف عليها أهل المدينة البعيدة\n";
    let index = "00databaseinfo\tA\tA\nzorblax\tA\tCI\n";
    assert_eq!(text.len(), 2 * 64 + 8, "the index says so");
    let sanad = with_horn();
    let folder = sanad.folder.path();
    sanad.file("freedict-eng-ara.index", index);
    std::fs::write(
        folder.join("freedict-eng-ara.dict.dz"),
        packed(text.as_bytes()),
    )
    .unwrap();
    for named in [
        &["freedict-eng-ara.index"][..],
        &["freedict-eng-ara.dict.dz"],
        &["freedict-eng-ara.index", "freedict-eng-ara.dict.dz"],
    ] {
        let arguments = [&["lexicon", "import", "--json"], named].concat();
        let imported = sanad.run(&arguments).json();
        let imported = imported["imported"].as_array().unwrap();
        assert_eq!(imported.len(), 1);
        assert_eq!(imported[0]["name"], "freedict-eng-ara");
        assert_eq!(imported[0]["entries"], 1);
        assert_eq!(
            alternatives(&sanad, ASKED, "zorblax"),
            [("خربشول".to_owned(), 1.0, json!("freedict-eng-ara"))]
        );
        sanad.run(&["lexicon", "remove", "freedict-eng-ara"]).done();
    }
    // Plain texts, and several files under one name.
    std::fs::remove_file(folder.join("freedict-eng-ara.dict.dz")).unwrap();
    sanad
        .file("freedict-eng-ara.dict", text)
        .file("more.tsv", "qux\tعلبة\n");
    let arguments = [
        "lexicon",
        "import",
        "--json",
        "--name",
        "both",
        "freedict-eng-ara.dict",
        "more.tsv",
    ];
    let imported = sanad.run(&arguments).json();
    assert_eq!(imported["imported"][0]["name"], "both");
    assert_eq!(imported["imported"][0]["entries"], 2);
}

#[test]
fn what_cannot_be_imported_is_told_with_its_place_and_changes_nothing() {
    let sanad = with_horn();
    sanad.file("mine.tsv", "zorblax\tخربشول\n");
    sanad.run(&["lexicon", "import", "mine.tsv"]).done();
    let folder = sanad.folder.path();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    let refused = |arguments: &[&str], said: &str| {
        let arguments = [&["lexicon", "import", "--name", "mine"], arguments].concat();
        sanad.run(&arguments).failed(1, said);
    };
    sanad.file("good.tsv", "qux\tعلبة\n");
    write("bad.tsv", "qux\tعلبة\nكتاب\tbook\n".as_bytes());
    refused(
        &["good.tsv", "bad.tsv"],
        "bad.tsv:2: `كتاب` is no English word",
    );
    write("latin.tsv", b"book\tlivre\xFF\n");
    refused(&["latin.tsv"], "latin.tsv:1: it is not UTF-8.");
    write("columns.tsv", b"one\n");
    refused(&["columns.tsv"], "columns.tsv:1: 1 column; a line has two");
    sanad.file("empty.tsv", "");
    refused(&["empty.tsv"], "empty.tsv: it has no entry");
    refused(&["none.tsv"], "none.tsv cannot be read");
    refused(&["horn.jsonl"], "horn.jsonl cannot be imported; .tsv");
    refused(&["."], "cannot be imported");
    write("d.index", b"book\tA\tB\nbook\t///\tB\n");
    refused(&["d.index"], "d.index: there is no .dict.dz beside it");
    write("d.dict", "ك".as_bytes());
    refused(&["d.index"], "d.index:1: it is not UTF-8.");
    refused(&["d.dict"], "d.index:2: the entry lies outside the file");
    write("d.dict.dz", b"no gzip");
    refused(&["d.index"], "d.dict.dz: it is not packed by gzip");
    // A gigabyte, packed.
    write("d.dict.dz", &packed(&vec![0; 16 << 20]).repeat(64));
    refused(
        &["d.index"],
        "d.dict.dz: it is larger than a dictionary may be",
    );
    write("e.dict", b"x");
    refused(&["e.dict"], "e.dict: there is no .index beside it");
    sanad
        .run(&["lexicon", "import", "--name", "../x", "good.tsv"])
        .failed(2, "cannot be the name of a lexicon");
    sanad
        .run(&["lexicon", "remove", "yours"])
        .failed(1, "There is no imported lexicon `yours`.");
    sanad
        .run_with(&["lexicon", "import", "bad.tsv"], &[("LANG", "ar")], "")
        .failed(1, "bad.tsv:2: ليس `كتاب` كلمة إنجليزية");
    // The one that was there is there still.
    let list = sanad.run(&["lexicon", "list", "--json"]).json();
    assert_eq!(list["lexicons"].as_array().unwrap().len(), 1);
    assert_eq!(
        alternatives(&sanad, ASKED, "zorblax"),
        [("خربشول".to_owned(), 1.0, json!("mine"))]
    );
}

#[test]
fn a_damaged_lexicon_is_left_out_and_found_by_the_check() {
    let sanad = with_horn();
    sanad.file("mine.tsv", "zorblax\tخربشول\n");
    sanad.run(&["lexicon", "import", "mine.tsv"]).done();
    let file = sanad.folder.path().join("data/imported/mine.lex");
    assert!(Path::new(&file).exists());
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let asked = sanad.run(&["ask", "--json", ASKED]);
    assert!(asked.stderr.contains("mine.lex"), "{}", asked.stderr);
    asked.json();
    let check = sanad.run(&["check"]);
    assert_eq!(check.code, 1);
    assert!(
        check
            .stdout
            .contains("The imported lexicon mine is damaged"),
        "{}",
        check.stdout
    );
    let listed = sanad.run(&["lexicon", "list"]).done();
    assert!(listed.contains("damaged"), "{listed}");
    sanad.run(&["lexicon", "import", "mine.tsv"]).done();
    assert_eq!(sanad.run(&["check", "--json"]).json()["sound"], true);
}
