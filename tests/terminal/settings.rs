//! `sanad settings`.

use serde_json::json;

use super::{QUESTION, Sanad};

#[test]
fn moving_the_threshold_changes_what_is_answered() {
    let sanad = Sanad::new();
    let ask = |question: &str| sanad.run(&["ask", "--json", question]).json();
    let unsure = "Who built the pyramids of Giza?";
    assert_eq!(ask(QUESTION)["outcome"], "answer");
    assert_eq!(ask(unsure)["outcome"], "none");

    let set = |value: &str| {
        sanad
            .run(&["settings", "--json", "threshold", value])
            .json()
    };
    assert_eq!(
        set("0"),
        json!({"library": "local", "threshold": 0.0, "set": {"threshold": "0"}})
    );
    let answer = ask(unsure);
    assert_eq!(
        (&answer["outcome"], &answer["reason"]),
        (&json!("answer"), &json!(null))
    );
    assert_eq!(
        sanad.run(&["why", "--json", unsure]).json()["threshold"],
        0.0
    );

    set("1");
    let none = ask(QUESTION);
    assert_eq!(
        (&none["outcome"], &none["reason"]),
        (&json!("none"), &json!("unsure"))
    );
    // Another library has the configured one.
    let starter = sanad
        .run(&["ask", "--json", "--library", "starter", QUESTION])
        .json();
    assert_eq!(starter["outcome"], "answer");

    let back = set("default");
    assert_eq!(
        back,
        json!({"library": "local", "threshold": 0.46, "set": {}})
    );
    assert_eq!(ask(QUESTION)["outcome"], "answer");
}

#[test]
fn what_is_set_is_listed_in_both_languages() {
    let sanad = Sanad::new();
    let listed = sanad
        .run_with(&["settings"], &[("SANAD_ANSWER__THRESHOLD", "0.6")], "")
        .done();
    assert_eq!(listed, "threshold: 0.6 (the configured one)\n");
    let set = sanad.run(&["settings", "threshold", "٠٫٧٥"]).done();
    assert_eq!(set, "threshold: 0.75 (set for this library)\n");
    let arabic = sanad
        .run_with(&["settings"], &[("LANG", "ar_EG.UTF-8")], "")
        .done();
    assert_eq!(arabic, "threshold: 0.75 (حدُّ هذه المكتبة)\n");
}

#[test]
fn wrong_settings_are_refused_and_change_nothing() {
    let sanad = Sanad::new();
    for value in ["1.5", "-1", "NaN", "high", ""] {
        sanad
            .run(&["settings", "threshold", "--", value])
            .failed(2, "it must be a number from 0 to 1.");
    }
    sanad.run(&["settings", "threshold"]).failed(2, "VALUE");
    sanad
        .run(&["settings", "treshold", "0.5"])
        .failed(2, "threshold");
    sanad
        .run(&["settings", "--library", "42"])
        .failed(1, "There is no library `42`.");
    sanad
        .run(&["settings", "--library", "starter", "threshold", "0.9"])
        .failed(1, "The library starter may not be changed.");
    assert_eq!(
        sanad.run(&["settings"]).done(),
        "threshold: 0.46 (the configured one)\n"
    );
}
