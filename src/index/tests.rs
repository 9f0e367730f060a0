//! The index by itself, in a folder of its own.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::source::{Kind, Passage, Place};

/// An edition whose passages are the lines of a text.
fn edition(number: u64, text: &str) -> Edition {
    let passage = |(ordinal, line): (u32, &str)| Passage {
        place: Place {
            kind: Kind::Paragraph,
            ordinal,
            part: None,
        },
        key: None,
        section: Vec::new(),
        text: line.to_owned(),
        marker: None,
        markers: Vec::new(),
        citation_needed: Vec::new(),
        cited_by: Vec::new(),
        page: None,
        anchor: None,
    };
    Edition {
        number,
        title: format!("Book {number}"),
        passages: (1..).zip(text.lines()).map(passage).collect(),
    }
}

fn bring(index: &Index, wanted: &[u64], added: &[Edition]) {
    let wanted = wanted.iter().copied().collect();
    index.bring_to(&wanted, added, &|_, _| {}).unwrap();
}

/// A word as a group of one term.
fn group(term: &str) -> Group {
    Group {
        alternatives: vec![Alternative {
            term: term.to_owned(),
            weight: 1.0,
        }],
        weight: 1.0,
        rarity: 1.0,
    }
}

/// What a search for words gives: scores to the last bit, editions and paragraphs.
fn found(snapshot: &Snapshot, terms: &[&str], limit: usize) -> Vec<(u32, u64, u32)> {
    let groups: Vec<Group> = terms.iter().map(|term| group(term)).collect();
    let candidates = snapshot.candidates(&groups, limit).unwrap();
    candidates
        .into_iter()
        .map(|(score, candidate)| {
            let ordinal = candidate.passage.place.ordinal;
            (score.to_bits(), candidate.edition, ordinal)
        })
        .collect()
}

fn set(numbers: &[u64]) -> BTreeSet<u64> {
    numbers.iter().copied().collect()
}

#[test]
fn an_index_that_grew_is_one_that_was_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let grown = Index::open(folder.path()).unwrap();
    let mut random = fastrand::Rng::with_seed(11);
    let editions: Vec<Edition> = (0..14)
        .map(|number| {
            let line = |_| {
                let words = [
                    "ship", "tower", "harbor", "garden", "stone", "river", "bridge",
                ];
                // Longer than lengths are kept exactly.
                let n = random.usize(2..150);
                (0..n)
                    .map(|_| words[random.usize(0..words.len())])
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            edition(number, &(0..4).map(line).collect::<Vec<_>>().join("\n"))
        })
        .collect();
    let mut held = BTreeSet::new();
    for step in 0..42 {
        let number = random.u64(0..14);
        if !held.remove(&number) {
            held.insert(number);
        }
        grown.bring_to(&held, &editions, &|_, _| {}).unwrap();
        if step % 5 == 0 {
            grown.tidy().unwrap();
        }
        if step % 6 != 5 {
            continue;
        }
        let fresh_folder = tempfile::tempdir().unwrap();
        let fresh = Index::open(fresh_folder.path()).unwrap();
        fresh.bring_to(&held, &editions, &|_, _| {}).unwrap();
        let (grown, fresh) = (grown.snapshot(), fresh.snapshot());
        assert_eq!(grown.editions(), &held);
        // What is seen of an index ranks as one that holds no more.
        let seen: BTreeSet<u64> = held
            .iter()
            .copied()
            .filter(|number| number % 3 != 0)
            .collect();
        let small_folder = tempfile::tempdir().unwrap();
        let small = Index::open(small_folder.path()).unwrap();
        small.bring_to(&seen, &editions, &|_, _| {}).unwrap();
        let (view, small) = (grown.within(&seen).unwrap(), small.snapshot());
        assert_eq!(view.n_passages(), small.n_passages());
        assert_eq!(
            found(&view, &["ship", "stone"], 60),
            found(&small, &["ship", "stone"], 60)
        );
        assert_eq!(
            view.frequency("garden").unwrap(),
            small.frequency("garden").unwrap()
        );
        assert_eq!(grown.n_passages(), fresh.n_passages());
        for terms in [
            &["ship"][..],
            &["tower", "garden"],
            &["book", "river", "bridg"],
        ] {
            for limit in [1, 7, 60] {
                assert_eq!(
                    found(&grown, terms, limit),
                    found(&fresh, terms, limit),
                    "{step} {terms:?}"
                );
            }
            assert_eq!(
                grown.frequency(terms[0]).unwrap(),
                fresh.frequency(terms[0]).unwrap()
            );
        }
    }
}

#[test]
fn equal_passages_stand_in_the_order_of_editions_and_paragraphs() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    let all: Vec<Edition> = [3, 1, 2]
        .map(|number| edition(number, "a ship\na ship\na ship"))
        .into();
    for n in 1..=3 {
        let wanted: Vec<u64> = all[..n].iter().map(|edition| edition.number).collect();
        bring(&index, &wanted, &all);
    }
    let places = |limit| {
        let found = found(&index.snapshot(), &["ship"], limit);
        found
            .into_iter()
            .map(|(_, edition, paragraph)| (edition, paragraph))
            .collect::<Vec<_>>()
    };
    let expected: Vec<(u64, u32)> = (1..=3).flat_map(|e| (1..=3).map(move |p| (e, p))).collect();
    assert_eq!(places(9), expected);
    assert_eq!(places(4), expected[..4]);
    assert_eq!(places(0), []);
}

#[test]
fn a_snapshot_stays_as_it_is_while_the_index_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (
        Index::open(folder.path()).unwrap(),
        Index::open(folder.path()).unwrap(),
    );
    bring(&one, &[1], &[edition(1, "a ship")]);
    let before = one.snapshot();
    bring(&one, &[2], &[edition(2, "a tower")]);
    assert_eq!(found(&before, &["ship"], 5).len(), 1);
    assert_eq!(
        (before.editions(), one.snapshot().editions()),
        (&set(&[1]), &set(&[2]))
    );
    // Another process sees it when it looks.
    assert_eq!(other.snapshot().editions(), &set(&[]));
    other.refresh().unwrap();
    assert_eq!(other.snapshot().editions(), &set(&[2]));
    let shown = other.snapshot();
    other.refresh().unwrap();
    assert!(
        std::sync::Arc::ptr_eq(&shown, &other.snapshot()),
        "nothing new, nothing loaded"
    );
}

#[test]
fn what_is_not_wanted_goes_and_what_is_not_given_does_not_come() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    bring(
        &index,
        &[1, 2],
        &[edition(1, "a ship"), edition(3, "a garden")],
    );
    assert_eq!(
        index.snapshot().editions(),
        &set(&[1]),
        "it says what it holds, not what was wished"
    );
    assert_eq!(index.snapshot().n_passages(), 1);
    bring(&index, &[1], &[edition(1, "a ship")]);
    assert_eq!(index.snapshot().n_passages(), 1, "nothing comes twice");
    bring(&index, &[], &[]);
    assert_eq!(index.snapshot().n_passages(), 0);
}

#[test]
fn what_was_deleted_counts_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    bring(
        &index,
        &[1, 2],
        &[edition(1, "a ship\na ship of stone"), edition(2, "a ship")],
    );
    let vocabulary = "سفينة من خشب الجفر";
    bring(&index, &[1, 2, 3], &[edition(3, vocabulary)]);
    assert_eq!(
        index.snapshot().spelled_like("الجفرر").as_deref(),
        Some("الجفر")
    );
    // Killed between the commit and the merge behind it.
    index.delete_untidily(2, &set(&[1, 3]));
    index.delete_untidily(3, &set(&[1]));
    drop(index);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!(index.snapshot().spelled_like("الجفرر"), None);
    let other_folder = tempfile::tempdir().unwrap();
    let fresh = Index::open(other_folder.path()).unwrap();
    bring(&fresh, &[1], &[edition(1, "a ship\na ship of stone")]);
    let terms = ["ship", "stone"];
    assert_eq!(
        found(&index.snapshot(), &terms, 9),
        found(&fresh.snapshot(), &terms, 9)
    );
}

#[test]
fn check_tells_how_an_index_is_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let check = |path: &Path, wanted: &[u64]| Index::check(path, &set(wanted));
    assert_eq!(check(folder.path(), &[1]), Health::Missing);
    assert_eq!(check(&folder.path().join("none"), &[1]), Health::Missing);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!(check(folder.path(), &[]), Health::Current);
    assert_eq!(check(folder.path(), &[1]), Health::Stale);
    bring(&index, &[1], &[edition(1, "a ship")]);
    assert_eq!(check(folder.path(), &[1]), Health::Current);
    assert_eq!(check(folder.path(), &[2]), Health::Stale);
    drop(index);
    let meta = folder.path().join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    // Another version of the program wrote it.
    let other = text.replace("\\\"lexicon\\\":", "\\\"lexicon\\\":1");
    assert_ne!(other, text);
    std::fs::write(&meta, other).unwrap();
    assert_eq!(check(folder.path(), &[1]), Health::Stale);
    std::fs::write(&meta, text.get(..text.len() / 2).unwrap()).unwrap();
    assert!(matches!(check(folder.path(), &[1]), Health::Damaged(_)));
    assert_eq!(std::fs::read(&meta).unwrap().len(), text.len() / 2);
}

#[test]
fn an_index_of_another_version_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    bring(&index, &[1], &[edition(1, "a ship")]);
    let meta = folder.path().join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    std::fs::write(
        &meta,
        text.replace("\\\"analysis\\\":", "\\\"analysis\\\":9"),
    )
    .unwrap();
    // The one that had it open does not search it any more, nor adds to it.
    assert!(index.refresh().unwrap_err().is_damage());
    assert!(
        index
            .bring_to(&set(&[1, 2]), &[], &|_, _| {})
            .unwrap_err()
            .is_damage()
    );
    let again = Index::open(folder.path()).unwrap();
    assert_eq!(again.snapshot().editions(), &set(&[]));
    bring(&again, &[1], &[edition(1, "a ship")]);
    assert_eq!(found(&again.snapshot(), &["ship"], 5).len(), 1);
}

#[test]
fn the_mark_of_a_broken_off_write_goes_once_the_index_is_found_sound() {
    let folder = tempfile::tempdir().unwrap();
    bring(
        &Index::open(folder.path()).unwrap(),
        &[1],
        &[edition(1, "a ship")],
    );
    let mark = folder.path().join(".unfinished");
    assert!(!mark.exists());
    std::fs::write(&mark, b"").unwrap();
    let index = Index::open(folder.path()).unwrap();
    assert_eq!(index.snapshot().editions(), &set(&[1]));
    assert!(!mark.exists());
}

#[test]
fn a_word_that_repeats_its_letters_is_no_more_than_alike() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    bring(&index, &[1], &[edition(1, "\u{628}\u{628} الدبلوماسية")]);
    let snapshot = index.snapshot();
    assert_eq!(
        snapshot.written_like("\u{628}\u{628}\u{628}\u{628}\u{628}\u{628}"),
        []
    );
    let found = snapshot.written_like("الدبلماسية");
    assert_eq!(found.len(), 1);
    assert!(found[0].0 == "الدبلوماسية" && (0.65..1.0).contains(&found[0].1));
}
