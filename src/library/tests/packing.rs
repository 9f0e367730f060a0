//! Source packs: made, restored, and made by strangers.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;
use crate::catalogue::{Limits, Origin, Whole};
use crate::library::pack::{self, Choice, LimitsAfter, MANIFEST, Opened, Pack, Restored};
use crate::source::{Attribution, Metadata};

const FLOOD: &str = "The zorblatt flood covered the valley of Miram in the year 1312.";
const WOOD: &str = "What wood was the ark built of?";

const ALL: Choice = Choice {
    sources: None,
    moderators: true,
};

fn only(ids: &[&str]) -> Choice {
    Choice {
        sources: Some(ids.iter().map(|one| id(one)).collect()),
        moderators: true,
    }
}

fn limits(channels: &[u64], roles: &[u64]) -> Limits {
    Limits {
        channels: channels.iter().copied().collect(),
        roles: roles.iter().copied().collect(),
    }
}

/// A library that has been through everything: replaced, described, gone back, withdrawn, limited, set.
async fn lived_in(home: &Home, library: &str) -> Library {
    let library = home.open().await.library_or_new(library).await.unwrap();
    add(&library, "ark", ARK).await;
    add(&library, "ark", &ARK.replace("gopher", "cedar")).await;
    let metadata = Metadata {
        title: Some("سفينة نوح".to_owned()),
        author: Some("A. \"Holm\" = 'B'".to_owned()),
        year: Some("1440 هـ".to_owned()),
        ..Metadata::default()
    };
    library.describe(&id("ark"), &metadata, "42").await.unwrap();
    add(&library, "ark", ARK).await;
    library.restore(&id("ark"), Some(3), "43").await.unwrap();
    add(&library, "whale", WHALE).await;
    library.remove(&id("whale"), BY).await.unwrap();
    add(&library, "flood", FLOOD).await;
    library
        .limit(&id("flood"), &limits(&[7, 8], &[9]), BY)
        .await
        .unwrap();
    let lines = "{\"id\":\"a\",\"title\":\"t\",\"text\":\"سطر أول.\"}\r\n{\"id\":\"b\",\"text\":\"Second \\u0001 line.\"}";
    library
        .add(
            "ملاحظات قديمة.v2.jsonl",
            lines.as_bytes(),
            &Details::default(),
            "7",
        )
        .await
        .unwrap();
    let origin = Origin {
        address: "https://example.org/whale?a=ب".to_owned(),
        etag: Some("\"abc\"".to_owned()),
        last_modified: None,
        fetched_at: 1_795_000_000_000,
    };
    let flood = library.history(&id("flood")).await.unwrap().remove(0);
    library.set_origin(&flood.record, &origin).await.unwrap();
    for (name, value) in [
        (setting::THRESHOLD, "0.4"),
        (setting::MODERATOR_ROLES, "5,6"),
        (setting::AUDIT_CHANNEL, "77"),
    ] {
        library.set(name, Some(value), BY).await.unwrap();
    }
    library
}

/// Everything of a library that a pack keeps, with the bytes of every version.
async fn kept(library: &Library) -> (Vec<(Whole, Vec<Vec<u8>>)>, Vec<(String, String)>) {
    let catalogue = &library.shared.catalogue;
    let mut sources = Vec::new();
    for mut whole in catalogue.whole(library.id()).await.unwrap() {
        let mut bytes = Vec::new();
        for (record, n_bytes) in &mut whole.versions {
            let found = catalogue.bytes(record).await.unwrap();
            assert_eq!(found.len() as u64, *n_bytes);
            bytes.push(found);
            // Keys are given by each catalogue for itself.
            record.version_key = 0;
        }
        // An import counts the days of a withdrawn source anew.
        whole.withdrawn_at = whole.withdrawn_at.map(|_| 0);
        sources.push((whole, bytes));
    }
    (sources, library.settings().await.unwrap())
}

async fn export(library: &Library) -> Vec<u8> {
    let mut packs = library.export(None, None).await.unwrap();
    assert_eq!(packs.len(), 1);
    packs.remove(0).bytes
}

async fn import(library: &Library, bytes: &[u8], choice: &Choice) -> Restored {
    let pack = Opened::open(bytes.to_vec()).await.unwrap();
    let expected = library.would_import(&pack, choice).await.unwrap();
    let restored = library.import(&pack, choice, "99").await.unwrap();
    assert_eq!(expected, restored, "the preview tells what comes of it");
    restored
}

async fn generation(library: &Library) -> i64 {
    let catalogue = &library.shared.catalogue;
    catalogue.generation(library.id()).await.unwrap().unwrap().0
}

#[tokio::test]
async fn a_library_comes_back_exactly() {
    let home = Home::new();
    let library = lived_in(&home, "1").await;
    let before = kept(&library).await;
    let answered = answer(&library, WOOD).await;
    assert_eq!(answered.as_deref(), Some("ark:p1"));
    let bytes = export(&library).await;

    let home = Home::new();
    let fresh = home.empty("1").await;
    let restored = import(&fresh, &bytes, &ALL).await;
    assert!(restored.sources.iter().all(|source| source.is_new));
    assert_eq!(kept(&fresh).await, before);
    assert_eq!(answer(&fresh, WOOD).await, answered);
    let history = fresh.history(&id("ark")).await.unwrap();
    let states: Vec<(u32, bool, &str)> = history
        .iter()
        .map(|one| {
            (
                one.record.version,
                one.current,
                one.record.added_by.as_str(),
            )
        })
        .collect();
    assert_eq!(
        states,
        [
            (4, false, BY),
            (3, true, "42"),
            (2, false, BY),
            (1, false, BY)
        ]
    );
    assert!(fresh.history(&id("whale")).await.unwrap()[0].withdrawn);
    assert_eq!(home.open().await.check().await.unwrap(), []);
    // It can be restored for as long as if it were withdrawn now: opening again purges nothing.
    let again = home.open().await.library("1").await.unwrap().unwrap();
    assert!(
        again
            .restore(&id("whale"), None, BY)
            .await
            .unwrap()
            .is_some()
    );

    // Again, and nothing changes: no generation, no line in the log.
    let fresh_home = Home::new();
    let fresh = fresh_home.empty("1").await;
    import(&fresh, &bytes, &ALL).await;
    let (at, log) = (
        generation(&fresh).await,
        fresh.audit(None, 100).await.unwrap(),
    );
    let restored = import(&fresh, &bytes, &ALL).await;
    assert!(!restored.is_changed());
    let n_there: Vec<usize> = restored
        .sources
        .iter()
        .map(|source| source.n_there)
        .collect();
    assert_eq!(n_there.iter().sum::<usize>(), 8);
    assert_eq!(generation(&fresh).await, at);
    assert_eq!(fresh.audit(None, 100).await.unwrap(), log);
    assert_eq!(kept(&fresh).await, before);
    // What is exported from there is the same pack, but for who made it and when.
    assert_eq!(files(&export(&fresh).await)[..14], files(&bytes)[..14]);
    let imports = log
        .iter()
        .filter(|one| one.what == "import" && one.by == "99");
    assert_eq!(imports.count(), 5);
}

#[tokio::test]
async fn a_pack_can_be_used_without_sanad() {
    let home = Home::new();
    let library = lived_in(&home, "1").await;
    let files = files(&export(&library).await);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    sources/ark/1/file.txt
    sources/ark/1/file.toml
    sources/ark/2/file.txt
    sources/ark/2/file.toml
    sources/ark/3/file.toml
    sources/ark/4/file.toml
    sources/flood/1/file.txt
    sources/flood/1/file.toml
    sources/russia-north-korea/1/russia-north-korea.ar.txt
    sources/russia-north-korea/1/russia-north-korea.ar.toml
    sources/whale/1/file.txt
    sources/whale/1/file.toml
    sources/ملاحظات-قديمة/1/ملاحظات قديمة.v2.jsonl
    sources/ملاحظات-قديمة/1/ملاحظات قديمة.v2.toml
    sanad-pack.json
    README.md
    ");
    let text = |name: &str| {
        let (_, bytes) = files.iter().find(|(known, _)| known == name).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    assert_eq!(text("sources/ark/1/file.txt"), ARK);
    let attribution = Attribution::from_toml(&text("sources/ark/3/file.toml")).unwrap();
    assert_eq!(attribution.author.as_deref(), Some("A. \"Holm\" = 'B'"));
    assert!(text("README.md").contains("حزمة مصادر"));
}

#[tokio::test]
async fn versions_that_are_not_there_are_added_behind_the_others() {
    let (home, other) = (Home::new(), Home::new());
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    add(&library, "ark", &ARK.replace("gopher", "cedar")).await;
    let bytes = export(&library).await;
    // Another library has the second of them, between two of its own.
    let there = other.empty("1").await;
    add(&there, "ark", FLOOD).await;
    add(&there, "ark", &ARK.replace("gopher", "cedar")).await;
    add(&there, "ark", WHALE).await;
    add(&there, "whale", WHALE).await;
    let restored = import(&there, &bytes, &ALL).await;
    let [source] = restored.sources.as_slice() else {
        panic!("{restored:?}")
    };
    assert_eq!(
        (source.n_there, source.added.as_slice()),
        (1, &[(1, 4)][..])
    );
    // What was current in the pack is current, and nothing is gone.
    assert_eq!((source.was_current, source.current), (Some(3), 2));
    let numbers = |history: Vec<VersionRecord>| -> Vec<(u32, bool)> {
        let versions = history.iter();
        versions
            .map(|one| (one.record.version, one.current))
            .collect()
    };
    let history = there.history(&id("ark")).await.unwrap();
    assert_eq!(
        numbers(history),
        [(4, false), (3, false), (2, true), (1, false)]
    );
    assert_eq!(there.sources().await.unwrap().len(), 2);
    assert!(!import(&there, &bytes, &ALL).await.is_changed());
    // A source that was withdrawn meanwhile comes back.
    there.remove(&id("ark"), BY).await.unwrap();
    let restored = import(&there, &bytes, &ALL).await;
    assert!(restored.sources[0].was_withdrawn && !restored.sources[0].is_withdrawn);
    assert!(answer(&there, WOOD).await.is_some());
    // One that is not withdrawn here stays, whatever the pack says.
    library.remove(&id("ark"), BY).await.unwrap();
    let bytes = export(&library).await;
    assert!(!import(&there, &bytes, &ALL).await.is_changed());
}

#[tokio::test]
async fn the_same_text_added_twice_stays_two_versions() {
    let (home, other) = (Home::new(), Home::new());
    let library = home.empty("1").await;
    for text in [ARK, WHALE, ARK] {
        add(&library, "ark", text).await;
    }
    let bytes = export(&library).await;
    let there = other.empty("1").await;
    add(&there, "ark", FLOOD).await;
    add(&there, "ark", ARK).await;
    let restored = import(&there, &bytes, &ALL).await;
    // The first was there, though under another number.
    assert_eq!(restored.sources[0].added, [(2, 3), (3, 4)]);
    assert!(!import(&there, &bytes, &ALL).await.is_changed());
}

#[tokio::test]
async fn sources_are_exported_and_restored_one_by_one() {
    let home = Home::new();
    let library = lived_in(&home, "1").await;
    let bytes = export(&library).await;
    let fresh_home = Home::new();
    let fresh = fresh_home.empty("1").await;
    let restored = import(&fresh, &bytes, &only(&["whale", "ark"])).await;
    assert_eq!(restored.sources.len(), 2);
    assert_eq!(
        fresh.settings().await.unwrap(),
        [],
        "settings are the whole library's"
    );
    let listed = fresh.shared.catalogue.whole("1").await.unwrap();
    let ids: Vec<&str> = listed.iter().map(|whole| whole.id.as_str()).collect();
    assert_eq!(ids, ["ark", "whale"]);
    let pack = Opened::open(bytes).await.unwrap();
    let refused = fresh.import(&pack, &only(&["no"]), BY).await;
    assert!(matches!(
        refused,
        Err(Error::Pack(pack::Error::NoSource { .. }))
    ));

    let packs = library.export(Some(&[id("flood")]), None).await.unwrap();
    let manifest = Opened::open(packs[0].bytes.clone()).await.unwrap();
    assert_eq!(manifest.manifest().sources.len(), 1);
    assert!(manifest.manifest().settings.is_empty());
    let refused = library.export(Some(&[id("no")]), None).await;
    assert!(matches!(refused, Err(Error::NoSource { .. })));
    // Whoever does not see a source does not export it.
    let viewer = Viewer::Person {
        channels: vec![1],
        roles: Vec::new(),
    };
    let refused = library
        .seen_by(viewer)
        .export(Some(&[id("flood")]), None)
        .await;
    assert!(matches!(refused, Err(Error::NoSource { .. })));
}

#[tokio::test]
async fn no_text_is_seen_by_more_people_than_before() {
    let home = Home::new();
    let library = lived_in(&home, "1").await;
    let bytes = export(&library).await;
    let of = async |library: &Library| -> Limits {
        let history = library.history(&id("flood")).await.unwrap();
        history[0].record.limits.clone()
    };
    let after = |restored: &Restored| {
        let mut sources = restored.sources.iter();
        let flood = sources.find(|source| source.id == id("flood"));
        flood.unwrap().limits
    };
    // In another library its channels and roles mean nothing.
    let other = home.empty("2").await;
    let restored = import(&other, &bytes, &ALL).await;
    assert_eq!(after(&restored), LimitsAfter::Nobody);
    assert!(of(&other).await.is_nobody());
    let anybody = Viewer::Person {
        channels: vec![7],
        roles: vec![9],
    };
    let seen = other.seen_by(anybody).sources().await.unwrap();
    assert!(seen.iter().all(|source| source.id != id("flood")) && seen.len() == 3);
    // Settings that name channels and roles of the other server stay away.
    assert_eq!(restored.left_out, ["audit_channel", "moderator_roles"]);
    assert_eq!(
        other.settings().await.unwrap(),
        [("threshold".to_owned(), "0.4".to_owned())]
    );
    // Once moderators have opened it, the same pack leaves it open.
    other
        .limit(&id("flood"), &Limits::default(), BY)
        .await
        .unwrap();
    assert_eq!(
        after(&import(&other, &bytes, &ALL).await),
        LimitsAfter::Same
    );
    assert_eq!(of(&other).await, Limits::default());
    // A source of that id that everybody sees would show them the limited text.
    let open = home.empty("3").await;
    add(&open, "flood", WHALE).await;
    assert_eq!(
        after(&import(&open, &bytes, &ALL).await),
        LimitsAfter::Nobody
    );
    assert!(of(&open).await.is_nobody());
    // Who has limited it already is asked no more.
    let closed = home.empty("4").await;
    add(&closed, "flood", WHALE).await;
    closed
        .limit(&id("flood"), &limits(&[3], &[]), BY)
        .await
        .unwrap();
    assert_eq!(
        after(&import(&closed, &bytes, &ALL).await),
        LimitsAfter::Same
    );
    assert_eq!(of(&closed).await, limits(&[3], &[]));
    // At home, limits that were lost come back, and those that were set since stay.
    library
        .limit(&id("flood"), &Limits::default(), BY)
        .await
        .unwrap();
    assert_eq!(
        after(&import(&library, &bytes, &ALL).await),
        LimitsAfter::Restored
    );
    assert_eq!(of(&library).await, limits(&[7, 8], &[9]));
    library
        .limit(&id("flood"), &limits(&[1], &[]), BY)
        .await
        .unwrap();
    assert_eq!(
        after(&import(&library, &bytes, &ALL).await),
        LimitsAfter::Same
    );
    // What arrived for nobody stays so on its way on, and back.
    let bytes = export(&open).await;
    let onward = home.empty("5").await;
    assert_eq!(
        after(&import(&onward, &bytes, &ALL).await),
        LimitsAfter::Nobody
    );
}

#[tokio::test]
async fn who_may_not_say_who_moderates_does_not_import_it_either() {
    let home = Home::new();
    let library = lived_in(&home, "1").await;
    let bytes = export(&library).await;
    let fresh_home = Home::new();
    let fresh = fresh_home.empty("1").await;
    let choice = Choice {
        moderators: false,
        ..ALL
    };
    let restored = import(&fresh, &bytes, &choice).await;
    assert_eq!(restored.left_out, ["moderator_roles"]);
    let names: Vec<&str> = restored
        .settings
        .iter()
        .map(|set| set.name.as_str())
        .collect();
    assert_eq!(names, ["audit_channel", "threshold"]);
    assert_eq!(
        fresh.policy().await.unwrap().moderator_roles,
        BTreeSet::new()
    );
    let restored = import(&fresh, &bytes, &ALL).await;
    assert_eq!(restored.settings[0].name, "moderator_roles");
}

#[tokio::test]
async fn parts_hold_whole_sources_and_are_restored_alone() {
    let home = Home::new();
    let library = lived_in(&home, "1").await;
    // Text that cannot be packed much.
    let mut random = fastrand::Rng::with_seed(3);
    for nth in 0..5 {
        let word = |random: &mut fastrand::Rng| -> String {
            (0..9).map(|_| random.alphabetic()).collect()
        };
        let text: Vec<String> = (0..3_000).map(|_| word(&mut random)).collect();
        add(&library, &format!("book{nth}"), &text.join(" ")).await;
    }
    let most = 60_000;
    let packs = library.export(None, Some(most)).await.unwrap();
    let sizes: Vec<usize> = packs.iter().map(|pack| pack.bytes.len()).collect();
    assert!(
        packs.len() > 2 && sizes.iter().all(|size| *size as u64 <= most),
        "{sizes:?}"
    );
    let names: Vec<&str> = packs.iter().map(|pack| pack.file_name.as_str()).collect();
    assert!(
        names[1].starts_with("sanad-1-")
            && names[1].ends_with(&format!("-2-of-{}.zip", packs.len()))
    );
    // In any order, each by itself.
    let fresh_home = Home::new();
    let fresh = fresh_home.empty("1").await;
    for Pack {
        bytes,
        sources,
        part,
        parts,
        ..
    } in packs.iter().rev()
    {
        let restored = import(&fresh, bytes, &ALL).await;
        assert_eq!((restored.part, restored.parts), (*part, *parts));
        let ids: Vec<SourceId> = restored
            .sources
            .iter()
            .map(|source| source.id.clone())
            .collect();
        assert_eq!(ids, *sources);
        for source in sources {
            assert!(!fresh.history(source).await.unwrap().is_empty());
        }
    }
    assert_eq!(kept(&fresh).await, kept(&library).await);
    // What fits into no part is named, not dropped.
    let refused = library.export(None, Some(20_000)).await.unwrap_err();
    let Error::Pack(pack::Error::TooLarge { sources, most }) = refused else {
        panic!("{refused}")
    };
    let ids: Vec<&str> = sources.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(
        (ids, most),
        (vec!["book0", "book1", "book2", "book3", "book4"], 20_000)
    );
}

#[tokio::test]
async fn an_empty_library_is_a_pack_too() {
    let home = Home::new();
    let library = home.empty("1").await;
    library
        .set(setting::LANGUAGE, Some("ar"), BY)
        .await
        .unwrap();
    let bytes = export(&library).await;
    let fresh_home = Home::new();
    let fresh = fresh_home.empty("1").await;
    let restored = import(&fresh, &bytes, &ALL).await;
    assert_eq!((restored.sources.len(), restored.settings.len()), (0, 1));
}

#[tokio::test]
async fn ids_that_differ_in_capitals_have_folders_of_their_own() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "Ark", ARK).await;
    add(&library, "ark", WHALE).await;
    let bytes = export(&library).await;
    let names: Vec<String> = files(&bytes).into_iter().map(|(name, _)| name).collect();
    assert!(
        names.contains(&"sources/ark_2/1/file.txt".to_owned()),
        "{names:?}"
    );
    let fresh_home = Home::new();
    let fresh = fresh_home.empty("1").await;
    import(&fresh, &bytes, &ALL).await;
    assert_eq!(kept(&fresh).await, kept(&library).await);
}

#[tokio::test]
async fn a_pack_holds_no_more_than_a_server_may() {
    let home = Home::new();
    let library = lived_in(&home, "1").await;
    let bytes = export(&library).await;
    let home = Home::new();
    let mut config = home.config();
    config.quota.sources = 2;
    let libraries = Libraries::open(&config).await.unwrap();
    let full = libraries.empty_library("2").await.unwrap();
    let pack = Opened::open(bytes).await.unwrap();
    for refused in [
        full.would_import(&pack, &ALL).await,
        full.import(&pack, &ALL, BY).await,
    ] {
        assert!(matches!(
            refused,
            Err(Error::Full {
                what: Quota::Sources,
                ..
            })
        ));
    }
    assert_eq!(full.shared.catalogue.whole("2").await.unwrap(), []);
    let starter = libraries.library(STARTER).await.unwrap().unwrap();
    let refused = starter.import(&pack, &ALL, BY).await;
    assert!(matches!(refused, Err(Error::ReadOnly { .. })));
}

/// The files of a pack, in their order.
fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = |nth| {
        let mut file = zip.by_index(nth).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len())
        .map(read)
        .collect()
}

fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A pack with other files than it had.
fn altered(bytes: &[u8], alter: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut files = files(bytes);
    alter(&mut files);
    zip(&files)
}

/// A pack that says something else of itself.
fn said(bytes: &[u8], alter: impl FnOnce(&mut Value)) -> Vec<u8> {
    altered(bytes, |files| {
        let (_, text) = files.iter_mut().find(|(name, _)| name == MANIFEST).unwrap();
        let mut manifest: Value = serde_json::from_slice(text).unwrap();
        alter(&mut manifest);
        *text = serde_json::to_vec(&manifest).unwrap();
    })
}

#[tokio::test]
async fn hostile_packs_are_refused_and_change_nothing() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    add(&library, "ark", WHALE).await;
    add(&library, "flood", FLOOD).await;
    let good = export(&library).await;
    let home = Home::new();
    let target = home.empty("1").await;
    let at = generation(&target).await;
    let manifest = |found: &str| format!("Manifest: {found}");
    let version =
        |alter: fn(&mut Value)| said(&good, |all| alter(&mut all["sources"][0]["versions"][1]));
    let source = |alter: fn(&mut Value)| said(&good, |all| alter(&mut all["sources"][0]));
    let put = |name: &str, bytes: &[u8]| {
        altered(&good, |files| files.push((name.to_owned(), bytes.to_vec())))
    };
    let cases: Vec<(&str, Vec<u8>, String)> = vec![
        ("nothing", Vec::new(), "Archive: Broken".into()),
        ("no zip", b"GIF89a".to_vec(), "Archive: Broken".into()),
        (
            "cut off",
            good[..good.len() / 2].to_vec(),
            "Archive: Broken".into(),
        ),
        (
            "no pack",
            zip(&[("a.txt".to_owned(), b"a".to_vec())]),
            "NotAPack".into(),
        ),
        (
            "a path outside",
            put("../../x", b"x"),
            "Archive: UnsafePath".into(),
        ),
        (
            "a bomb for a manifest",
            said(&good, |all| all["x"] = json!(" ".repeat(20 << 20))),
            "Archive: UnpackedTooLarge".into(),
        ),
        (
            "newer",
            said(&good, |all| all["format"] = json!(2)),
            "Newer".into(),
        ),
        (
            "newer, all else unknown",
            said(&good, |all| *all = json!({"format": 9})),
            "Newer".into(),
        ),
        (
            "no format",
            said(&good, |all| all["format"] = json!(0)),
            manifest("format 0"),
        ),
        (
            "no object",
            said(&good, |all| *all = json!([])),
            manifest("invalid length"),
        ),
        (
            "part 3 of 2",
            said(&good, |all| {
                all["part"] = json!(3);
                all["parts"] = json!(2);
            }),
            manifest("format 1, part 3 of 2"),
        ),
        (
            "deep",
            altered(&good, |files| {
                let (_, text) = files.iter_mut().find(|(name, _)| name == MANIFEST).unwrap();
                *text = "[".repeat(100_000).into_bytes();
            }),
            manifest("invalid type"),
        ),
        (
            "a bad id",
            source(|all| all["id"] = json!("../ark")),
            manifest("an id is made of"),
        ),
        (
            "an id twice",
            said(&good, |all| {
                let one = all["sources"][0].clone();
                all["sources"].as_array_mut().unwrap().push(one);
            }),
            manifest("`ark` stands twice"),
        ),
        (
            "no version",
            source(|all| all["versions"] = json!([])),
            manifest("the current version 2"),
        ),
        (
            "no such current version",
            source(|all| all["current"] = json!(9)),
            manifest("the current version 9"),
        ),
        (
            "a number twice",
            version(|all| all["number"] = json!(1)),
            manifest("the number 1"),
        ),
        (
            "number 0",
            said(&good, |all| {
                all["sources"][0]["versions"][0]["number"] = json!(0);
            }),
            manifest("the number 0"),
        ),
        (
            "a title of nothing",
            version(|all| all["attribution"]["title"] = json!(" ")),
            manifest("the attribution of version 2"),
        ),
        (
            "a control character",
            version(|all| all["attribution"]["licence"] = json!("a\u{1b}[2J")),
            manifest("the attribution of version 2"),
        ),
        (
            "a hash that is none",
            version(|all| all["content_hash"] = json!("../../x")),
            manifest("the hash of version 2"),
        ),
        (
            "somebody of two lines",
            version(|all| all["added_by"] = json!("a\nb")),
            manifest("a name of version 2"),
        ),
        (
            "limits of something else",
            source(|all| all["limits"] = json!({"channels": ["x"], "roles": []})),
            manifest("invalid type"),
        ),
        (
            "an origin that is no web address",
            source(|all| {
                all["origin"] = json!({"address": "file:///etc/passwd", "fetched_at": 1, "content_hash": "0".repeat(64)});
            }),
            manifest("the origin of `ark`"),
        ),
        (
            "another format",
            version(|all| all["format"] = json!("scroll")),
            "UnknownFormat".into(),
        ),
        (
            "a file that is not there",
            version(|all| all["path"] = json!("sources/no")),
            "Lacks".into(),
        ),
        (
            "a folder for a file",
            {
                let with = put("sources/x/", b"");
                said(&with, |all| {
                    all["sources"][0]["versions"][1]["path"] = json!("sources/x/");
                })
            },
            "Lacks".into(),
        ),
        (
            "other bytes",
            altered(&good, |files| {
                let at = files
                    .iter()
                    .position(|(name, _)| name.ends_with("file.txt"))
                    .unwrap();
                files[at].1 = b"Other bytes.".to_vec();
            }),
            "Altered".into(),
        ),
        (
            "another hash",
            version(|all| all["content_hash"] = json!("0".repeat(64))),
            "Altered".into(),
        ),
        (
            "bytes that are no source",
            said(
                &altered(&good, |files| {
                    let at = files
                        .iter()
                        .position(|(name, _)| name.ends_with("ark/2/file.txt"))
                        .unwrap();
                    files[at].1 = b"a\0b".to_vec();
                }),
                |all| {
                    all["sources"][0]["versions"][1]["content_hash"] =
                        json!(crate::catalogue::content_hash(b"a\0b"));
                },
            ),
            "Unreadable".into(),
        ),
        (
            "a setting that cannot be",
            said(&good, |all| all["settings"] = json!({"threshold": "7"})),
            "BadSetting".into(),
        ),
    ];
    for (what, bytes, expected) in cases {
        let done = async {
            let pack = Opened::open(bytes).await?;
            target.import(&pack, &ALL, BY).await
        };
        let error = done.await.map(|_| what).unwrap_err();
        let told = match &error {
            Error::Pack(pack::Error::Archive(problem)) => format!("Archive: {:?}", problem.kind),
            Error::Pack(pack::Error::Manifest { found }) => format!("Manifest: {found}"),
            Error::Pack(error) => format!("{error:?}"),
            other => format!("{other:?}"),
        };
        assert!(told.starts_with(&expected), "{what}: {told}");
        // It is said in both languages.
        for language in [
            crate::language::Language::Arabic,
            crate::language::Language::English,
        ] {
            let said = crate::wording::library(language, &error);
            assert!(!said.contains('\u{1b}'), "{what}: {said}");
        }
        assert_eq!(generation(&target).await, at, "{what}");
    }
    assert_eq!(target.shared.catalogue.whole("1").await.unwrap(), []);
    // Without the damaged source the others can be had.
    let torn = altered(&good, |files| {
        files.retain(|(name, _)| name != "sources/ark/2/file.txt");
        files.push(("sources/ark/2/file.txt".to_owned(), b"x".to_vec()));
    });
    import(&target, &torn, &only(&["flood"])).await;
    assert_eq!(target.sources().await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_a_later_program_adds_is_told_and_left_out() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "ark", ARK).await;
    let bytes = said(&export(&library).await, |all| {
        all["terms"] = json!([{"term": "x"}]);
        all["pins"] = json!({"a": []});
        all["settings"] = json!({"colour": "red"});
        all["sources"][0]["mood"] = json!("good");
        // A moment that nobody can have been in, and a name that a terminal would obey.
        all["sources"][0]["versions"][0]["added_at"] = json!(i64::MAX);
        all["sources"][0]["versions"][0]["file_name"] = json!("a\u{1b}[2J.txt");
    });
    let fresh_home = Home::new();
    let fresh = fresh_home.empty("1").await;
    let restored = import(&fresh, &bytes, &ALL).await;
    assert_eq!(restored.unknown, ["pins", "terms", "settings.colour"]);
    let record = &fresh.sources().await.unwrap()[0];
    assert!(record.added_at <= crate::catalogue::now());
    assert_eq!(record.file_name, "a\u{FFFD}[2J.txt");
}
