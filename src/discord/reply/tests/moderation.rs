//! Settings and the log, as moderators see them.

use proptest::prelude::*;
use serde_json::json;

use super::limits::any_text;
use super::*;
use crate::catalogue::{Entry, Lines};
use crate::config::Config;
use crate::discord::audit::Page;
use crate::library::setting::{
    AUDIT_CHANNEL, COOLDOWN, LANGUAGE, MAX_SOURCES, MENTION_CHANNELS, MODERATOR_ROLES, SETTINGS,
    THRESHOLD,
};

const SERVER: Home = Home::Server(42);

fn defaults() -> Defaults {
    Defaults::of(&Config::default())
}

fn stored(settings: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    settings.iter().map(owned).collect()
}

#[test]
fn all_settings_are_shown_with_value_default_and_meaning() {
    let set = stored(&[
        (THRESHOLD, "0.6"),
        (LANGUAGE, "ar"),
        (MENTION_CHANNELS, "5,6"),
        (MODERATOR_ROLES, "7"),
        (COOLDOWN, "0"),
        // The host came to allow fewer since.
        (MAX_SOURCES, "5000"),
    ]);
    let shown = |language| seen(&settings(Sheet::Embed, language, &set, &defaults()));
    insta::assert_snapshot!(shown(Language::English), @"");
    insta::assert_snapshot!(shown(Language::Arabic), @"");
}

#[test]
fn where_nothing_is_set_the_defaults_are_shown_and_both_languages_fit() {
    let shown = settings(Sheet::Plain, Language::Other, &[], &defaults());
    insta::assert_snapshot!(seen(&shown), @"");
    let many: Vec<String> = (0..300).map(|n| (u64::MAX - n).to_string()).collect();
    let many = many.join(",");
    let full: Vec<(String, String)> = SETTINGS
        .iter()
        .map(|(name, _)| ((*name).to_owned(), many.clone()))
        .collect();
    for sheet in [Sheet::Embed, Sheet::Plain] {
        for language in [Language::Other, Language::Arabic, Language::English] {
            for set in [&full[..], &[]] {
                holds_the_limits(&settings(sheet, language, set, &defaults()));
            }
            for (name, value) in &full {
                let (name, value) = (name.as_str(), Some(value.as_str()));
                let lines = changed(language, name, value, None, &defaults());
                holds_the_limits(&Reply::in_markdown(&lines));
                holds_the_limits(&setting(language, name, value, &defaults()));
            }
        }
    }
}

#[test]
fn a_change_of_a_setting_is_told_from_what_to_what() {
    let told = |name, before, after| {
        let lines = changed(Language::Other, name, before, after, &defaults());
        lines.join("\n")
    };
    let all = [
        told(THRESHOLD, None, Some("0.6")),
        told(THRESHOLD, Some("0.6"), Some("0.6")),
        told(LANGUAGE, Some("en"), None),
        told(MENTION_CHANNELS, None, Some("5,6")),
        told(MODERATOR_ROLES, Some("7"), None),
        told(AUDIT_CHANNEL, None, Some("5")),
        told(COOLDOWN, None, Some("2")),
        too_much(Language::Other, MAX_SOURCES, 1_000).join("\n"),
    ];
    insta::assert_snapshot!(all.join("\n\n"), @"");
    insta::assert_snapshot!(seen(&setting(Language::Other, COOLDOWN, None, &defaults())), @"");
}

fn line(id: i64, by: &str, what: &str, was: serde_json::Value, became: serde_json::Value) -> Entry {
    let some = |value: serde_json::Value| Some(value).filter(|value| !value.is_null());
    Entry {
        id,
        at: 1_750_000_000_000 + id * 60_000,
        by: by.to_owned(),
        what: what.to_owned(),
        was: some(was),
        became: some(became),
    }
}

/// One change of each kind, the latest first.
fn each_kind() -> Vec<Entry> {
    let state = |version: u32, withdrawn: bool| json!({"source": "coast", "version": version, "version_key": 9, "withdrawn": withdrawn});
    let limits = |channels: &[u64], roles: &[u64]| json!({"source": "coast", "limits": {"channels": channels, "roles": roles}});
    let set = |name: &str, value: &str| json!({"name": name, "value": value});
    let none = serde_json::Value::Null;
    let ana = "discord:4";
    let mut lines = vec![
        line(1, "sanad", "make", none.clone(), none.clone()),
        line(2, "terminal", "add", none.clone(), state(1, false)),
        line(3, ana, "add", state(1, false), state(2, false)),
        line(4, ana, "withdraw", state(2, false), state(2, true)),
        line(5, ana, "restore", state(2, true), state(2, false)),
        line(6, ana, "restore", state(2, false), state(1, false)),
        line(7, ana, "add", state(1, true), state(3, false)),
        line(8, ana, "limit", limits(&[], &[]), limits(&[5, 6], &[])),
        line(9, ana, "limit", limits(&[5, 6], &[]), limits(&[5], &[7])),
        line(
            10,
            ana,
            "limit",
            limits(&[], &[1, 2, 3, 4, 5]),
            limits(&[], &[]),
        ),
        line(11, ana, "set", set(THRESHOLD, "0.5"), set(THRESHOLD, "0.6")),
        line(12, ana, "set", none.clone(), set(MODERATOR_ROLES, "7,8")),
        line(13, ana, "set", set(LANGUAGE, "ar"), none.clone()),
        line(14, ana, "set", none.clone(), set("colour", "*red*")),
        line(15, "sanad", "purge", state(3, true), none.clone()),
        line(16, "*someone*", "bless", none.clone(), none.clone()),
        line(17, ana, "add", json!(5), json!(["source"])),
    ];
    lines.reverse();
    lines
}

fn page(lines: Lines) -> Page {
    Page {
        home: SERVER,
        lines,
        source: None,
    }
}

#[test]
fn each_change_is_told_in_words() {
    let leaf = Leaf {
        entries: each_kind(),
        has_newer: false,
        has_older: true,
    };
    let shown = |language| {
        let page = page(Lines::Latest);
        seen(&audit(Sheet::Embed, language, &page, leaf.clone()))
    };
    insta::assert_snapshot!(shown(Language::English), @"");
    insta::assert_snapshot!(shown(Language::Arabic), @"");
}

#[test]
fn a_page_that_does_not_fit_goes_on_where_it_was_cut() {
    let ids: Vec<u64> = (0..9).map(|n| u64::MAX - n).collect();
    let limits = json!({"source": "س".repeat(48), "limits": {"channels": ids, "roles": ids}});
    let lines = |ids: std::ops::Range<i64>| {
        let line = |id| line(id, "discord:4", "limit", limits.clone(), limits.clone());
        ids.rev().map(line).collect::<Vec<_>>()
    };
    for sheet in [Sheet::Embed, Sheet::Plain] {
        for (at, has_newer, has_older) in [
            (Lines::Latest, false, false),
            (Lines::Before(11), true, false),
            (Lines::After(0), false, true),
        ] {
            let entries = lines(1..11);
            let leaf = Leaf {
                entries,
                has_newer,
                has_older,
            };
            let reply = audit(sheet, Language::Other, &page(at), leaf);
            holds_the_limits(&reply);
            let times = seen(&reply).matches(":f>").count();
            assert!((1..10).contains(&times), "{times}");
            // What was cut off comes next, on whichever side.
            let message = serde_json::to_value(&reply).unwrap();
            let buttons = message["components"][0]["components"].as_array().unwrap();
            let next = |nth: usize| {
                let button = &buttons[nth];
                let page = Page::parse(button["custom_id"].as_str().unwrap()).unwrap();
                (page.lines, button["disabled"] == false)
            };
            let n_shown = i64::try_from(times).unwrap();
            match at {
                Lines::After(_) => {
                    assert_eq!(next(0), (Lines::After(n_shown), true));
                    assert_eq!(next(1), (Lines::Before(1), true));
                }
                _ => {
                    assert_eq!(next(0), (Lines::After(10), has_newer));
                    assert_eq!(next(1), (Lines::Before(11 - n_shown), true));
                }
            }
        }
    }
}

#[test]
fn an_empty_log_and_a_short_one() {
    let shown = |source: Option<&str>, entries| {
        let page = Page {
            source: source.map(|id| id.parse().unwrap()),
            ..page(Lines::Latest)
        };
        let leaf = Leaf {
            entries,
            has_newer: false,
            has_older: false,
        };
        seen(&audit(Sheet::Plain, Language::Other, &page, leaf))
    };
    insta::assert_snapshot!(shown(None, Vec::new()), @"");
    insta::assert_snapshot!(shown(Some("ساحل-1"), Vec::new()), @"");
    insta::assert_snapshot!(shown(Some("coast"), each_kind().split_off(15)), @"");
}

#[test]
fn reports_are_read_from_top_to_bottom_and_say_what_did_not_fit() {
    let shown = report(Language::Other, &each_kind()[10..13]);
    insta::assert_snapshot!(seen(&shown), @"");
    let many = vec![each_kind().remove(9); 50];
    for language in [Language::Other, Language::Arabic, Language::English] {
        let reply = report(language, &many);
        holds_the_limits(&reply);
        let n_shown = seen(&reply).matches(":f>").count();
        assert!((3..50).contains(&n_shown), "{n_shown}");
        assert!(seen(&reply).contains(&(50 - n_shown).to_string()));
    }
    let lines = [true, false].map(|is_shut| unreported(Language::Other, 5, is_shut).join("\n"));
    insta::assert_snapshot!(lines.join("\n\n"), @"");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_limit_holds_whatever_the_log_says(
        texts in proptest::collection::vec(any_text(2), 3),
        what in prop_oneof![Just("add"), Just("set"), Just("limit"), Just("bless"), Just("purge")],
        at in any::<i64>(),
    ) {
        let state = json!({"source": texts[1], "version": 3, "withdrawn": true, "limits": {"channels": [1], "roles": texts[0]},
                           "name": texts[0], "value": texts[1]});
        let entry = Entry { at, ..line(1, &texts[2], what, state.clone(), state) };
        for language in [Language::Other, Language::Arabic, Language::English] {
            let leaf = Leaf { entries: vec![entry.clone(); 10], has_newer: true, has_older: true };
            for sheet in [Sheet::Embed, Sheet::Plain] {
                let page = page(Lines::Before(5));
                holds_the_limits(&audit(sheet, language, &page, leaf.clone()));
            }
            holds_the_limits(&report(language, &leaf.entries));
        }
    }
}
