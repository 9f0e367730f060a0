//! Versions of a source at the terminal: compared, described, limited.

use serde_json::json;

use super::Sanad;

#[test]
fn versions_are_compared_word_by_word() {
    let sanad = Sanad::new();
    sanad.file(
        "ark.txt",
        "The ark was built of gopher wood.\nIt rained for forty days and nights.\n",
    );
    sanad.run(&["source", "add", "ark.txt"]).done();
    sanad
        .run(&["source", "diff", "ark"])
        .failed(1, "has no such versions to compare");
    sanad.file("ark.txt", "The ark was built of gopher wood.\nIt rained for fifty days and nights.\nThen it ceased.\n");
    sanad.run(&["source", "add", "ark.txt"]).done();
    assert_eq!(
        sanad.run(&["source", "diff", "ark"]).done(),
        "ark, version 1 → 2: changed 2, the same 1\n\
         p2 reads otherwise:\n\
         - It rained for [-forty-] days and nights.\n\
         + It rained for {+fifty+} days and nights.\n\
         p3 is new:\n\
         + Then it ceased.\n"
    );
    let arabic = sanad
        .run_with(
            &["source", "diff", "ark", "2", "1"],
            &[("LANG", "ar_EG.UTF-8")],
            "",
        )
        .done();
    assert!(
        arabic.starts_with("ark، النسخة 2 ← 1: تغير 2، وبقي كما هو 1\n"),
        "{arabic}"
    );
    let diff = sanad
        .run(&["source", "diff", "ark", "1", "2", "--json"])
        .json();
    assert_eq!(diff["changes"][0]["removed"], json!([[14, 19]]));
    assert_eq!(diff["changes"][1]["after"]["place"], "p3");
    sanad
        .run(&["source", "diff", "ark", "7"])
        .failed(1, "has no such versions to compare");
    sanad
        .run(&["source", "diff", "nothing"])
        .failed(1, "There is no source `nothing`");
}

#[test]
fn what_citations_name_is_edited_as_a_new_version() {
    let sanad = Sanad::new();
    sanad.file("ark.txt", "The ark was built of gopher wood.\n");
    sanad
        .run(&[
            "source",
            "add",
            "ark.txt",
            "--author",
            "A. Holm",
            "--year",
            "1440 هـ",
        ])
        .done();
    let edit = [
        "source",
        "edit",
        "ark",
        "--editor",
        "B. Lund",
        "--edition",
        "2nd",
    ];
    assert_eq!(
        sanad.run(&edit).done(),
        "Changed what citations name of ark; it is now version 2.\n"
    );
    assert_eq!(
        sanad.run(&edit).done(),
        "Unchanged: citations of ark name just that already.\n"
    );
    let shown = sanad.run(&["source", "show", "ark"]).done();
    for said in ["A. Holm", "B. Lund", "2nd", "1440 هـ"] {
        assert!(shown.contains(said), "{shown}");
    }
    sanad
        .run(&["source", "edit", "ark", "--title", "a\nb"])
        .failed(1, "ark.txt");
}

#[test]
fn limits_need_somebody_and_are_taken_back() {
    let sanad = Sanad::new();
    sanad.file("ark.txt", "The ark was built of gopher wood.\n");
    sanad.run(&["source", "add", "ark.txt"]).done();
    sanad
        .run(&["source", "limit", "ark"])
        .failed(2, "--channel");
    assert_eq!(
        sanad
            .run(&[
                "source",
                "limit",
                "ark",
                "--channel",
                "7",
                "--role",
                "8",
                "--role",
                "9"
            ])
            .done(),
        "ark is now seen only in the channels named (1), by who has one of the roles named (2).\n"
    );
    assert_eq!(
        sanad.run(&["source", "limit", "ark", "--everybody"]).done(),
        "Everybody sees ark.\n"
    );
    sanad
        .run(&["source", "limit", "no", "--channel", "7"])
        .failed(1, "There is no source `no`");
}

#[test]
fn the_log_tells_who_changed_what() {
    let sanad = Sanad::new();
    sanad.file("ark.txt", "The ark was built of gopher wood.\n");
    sanad.run(&["source", "add", "ark.txt"]).done();
    sanad.run(&["settings", "threshold", "0.6"]).done();
    sanad.run(&["source", "remove", "ark"]).done();
    let log = sanad.run(&["audit", "--json"]).json();
    let changes = log["changes"].as_array().unwrap();
    let told: Vec<&str> = changes
        .iter()
        .map(|one| one["what"].as_str().unwrap())
        .collect();
    assert_eq!(told[..3], ["withdraw", "set", "add"]);
    assert!(changes[..3].iter().all(|one| one["by"] == "terminal"));
    let number = changes[1]["number"].to_string();
    let earlier = sanad
        .run(&["audit", "--before", &number, "--limit", "1"])
        .done();
    assert!(
        earlier.contains("add") && earlier.contains("ark") && !earlier.contains("0.6"),
        "{earlier}"
    );
    let shown = sanad.run(&["audit"]).done();
    assert!(
        shown.contains("threshold") && shown.contains("(1)"),
        "{shown}"
    );
    sanad
        .run(&["audit", "--library", "42"])
        .failed(1, "There is no library `42`.");
}
