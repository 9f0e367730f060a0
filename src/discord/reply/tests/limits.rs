//! Every limit of Discord holds, whatever the source is.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;

#[test]
fn a_message_that_is_full_to_the_brim_still_fits() {
    let mut cited = long(3);
    cited.passage.markers.clear();
    let words: Vec<String> = (0..2_000)
        .map(|n| format!("نعم{}؟", "م".repeat(n % 5)))
        .collect();
    cited.passage.text = words.join(" ");
    for language in [Language::Arabic, Language::English] {
        let mut outcome = outcome(language, None);
        outcome.ranking = vec![ranked(cited.clone(), 0.9)];
        for sentence in [0, 701, 1_999] {
            let all = sentences(&cited.passage.text);
            assert_eq!(all.len(), 2_000);
            outcome.ranking[0].sentence = all[sentence].clone();
            outcome.ranking[0].short = Some(all[sentence].start..all[sentence].start + "ن".len());
            // Inside a sentence, so that it has to be said that one is cut.
            let byte = all[sentence].start + "ن".len();
            for sheet in [Sheet::Embed, Sheet::Plain] {
                for (view, of) in [
                    (View::Sentence, Some(&outcome)),
                    (View::Sentence, None),
                    (View::From(byte), None),
                    (View::Until(byte), None),
                ] {
                    let shown = Shown {
                        cited: &cited,
                        view,
                        outcome: of,
                        citing: None,
                    };
                    let reply = passage(sheet, &trail(&outcome), &shown);
                    holds_the_limits(&reply.unwrap());
                }
                let around = [Arc::clone(&outcome.ranking[0].cited)];
                holds_the_limits(&context(sheet, &trail(&outcome), &around).unwrap());
            }
        }
    }
}

/// Text of any kind: ordinary, full of Markdown, of invisible characters, of one endless letter.
pub(super) fn any_text(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,12}[ .]",
        4 => "[ابتثجحخ]{1,9}[ .؟]",
        1 => "[*_~`|<>@\\[\\]#:\\\\-]{1,9}",
        1 => "\\PC{1,6}",
        1 => Just("\n\n".to_owned()),
        1 => Just("<@1> @everyone https://a.b/c_d ".to_owned()),
        1 => Just("\u{202E}\u{2066}".to_owned()),
        1 => Just("e\u{301}\u{301}\u{301}".repeat(200)),
        1 => Just("𝕊".repeat(90)),
    ];
    (proptest::collection::vec(piece, 1..40), 1..=most)
        .prop_map(|(pieces, times)| pieces.concat().repeat(times))
}

fn any_cited() -> impl Strategy<Value = Cited> {
    let notes = proptest::collection::vec(("[0-9]{1,3}", proptest::option::of(any_text(3))), 0..30);
    let about = proptest::collection::vec(any_text(2), 4);
    let sections = proptest::collection::vec(any_text(1), 0..4);
    (
        any_text(12),
        notes,
        about,
        sections,
        any::<bool>(),
        any::<u32>(),
    )
        .prop_map(|(text, notes, about, section, current, ordinal)| {
            let mut about = about.into_iter();
            Cited {
                current,
                attribution: Attribution {
                    title: format!("ع{}", about.next().unwrap()),
                    language: Language::Arabic,
                    author: about.next(),
                    publisher: about.next(),
                    licence: about.next(),
                    address: Some("https://a.b/".repeat(90)),
                    ..Attribution::titled("", Language::Arabic)
                },
                passage: Passage {
                    place: Place {
                        kind: Kind::Paragraph,
                        ordinal,
                        part: Some(3),
                    },
                    section,
                    text: format!("x{text}"),
                    markers: Vec::new(),
                    page: Some(u32::MAX),
                    ..cited().passage
                },
                citations: notes
                    .into_iter()
                    .map(|(marker, footnote)| Citation { marker, footnote })
                    .collect(),
                ..cited()
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_limit_holds_for_any_source(cited in any_cited(), at in any::<usize>(), english in any::<bool>()) {
        let language = if english { Language::English } else { Language::Arabic };
        let mut outcome = outcome(language, None);
        let all = sentences(&cited.passage.text);
        let mut first = ranked(cited, 0.9);
        first.sentence = all[at % all.len()].clone();
        let mut end = first.sentence.start + at % (first.sentence.len() + 1);
        while !first.cited.passage.text.is_char_boundary(end) {
            end -= 1;
        }
        first.short = Some(first.sentence.start..end);
        first.matched.clear();
        outcome.ranking = vec![first; 5];
        let other = Cited { version_key: 2, ..(*outcome.ranking[0].cited).clone() };
        outcome.follows = Some(Arc::new(other));
        let trail = trail(&outcome);
        let cited = &outcome.ranking[0].cited;
        let byte = {
            let mut byte = at % cited.passage.text.len();
            while !cited.passage.text.is_char_boundary(byte) {
                byte -= 1;
            }
            byte
        };
        for sheet in [Sheet::Embed, Sheet::Plain] {
            for (view, of) in [(View::Sentence, Some(&outcome)), (View::From(byte), None), (View::Until(byte), None)] {
                let citing = of.map(|_| &**cited);
                let shown = Shown { cited, view, outcome: of, citing };
                let Some(reply) = passage(sheet, &trail, &shown) else {
                    prop_assert_eq!(byte, 0);
                    continue;
                };
                holds_the_limits(&reply);
                // What stands in the quote is a part of the stored text, and no footnote's number is lost.
                let text = seen(&reply);
                let read = quoted(&reply);
                prop_assert!(cited.passage.text.contains(&read), "{:?}", read);
                let all_named = cited.citations.iter().all(|citation| text.contains(&format!("[{}]", citation.marker)));
                prop_assert!(all_named || text.contains("more under") || text.contains("أخر"), "{:?} {}", cited.citations, text);
            }
            holds_the_limits(&none(sheet, &trail, &outcome, Reason::Unsure, 500));
            holds_the_limits(&nothing(language, &outcome, Reason::Unsure, 500));
            let neighbours: Vec<Arc<Cited>> = outcome.ranking.iter().take(3).map(|ranked| Arc::clone(&ranked.cited)).collect();
            holds_the_limits(&context(sheet, &trail, &neighbours).unwrap());
            if let Some(reply) = footnotes(sheet, &trail, cited, at % 7) {
                holds_the_limits(&reply);
            }
            holds_the_limits(&citation(cited));
        }
    }
}
