//! Messages as people see them.

mod gloss;
mod limits;
mod listing;
mod managing;
mod moderation;
mod short;

use std::sync::Arc;

use super::*;
use crate::answer::{Citation, Correction, Matched, Reason};
use crate::discord::button::{self, Home, Trail, What};
use crate::discord::gloss::Words;
use crate::discord::listing::Page;
use crate::discord::managing::Step;
use crate::language::sentence::sentences;
use crate::source::{Attribution, Kind, Marker, Passage, Place};
use crate::wording::tests::cited;

/// A message as people see it, with what its buttons are called.
fn seen(reply: &Reply) -> String {
    let message = serde_json::to_value(reply).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines = vec![text(&message["content"])];
    for embed in message["embeds"].as_array().unwrap() {
        lines.push(format!("# {}", text(&embed["title"])));
        lines.push(text(&embed["description"]));
    }
    for row in message["components"].as_array().unwrap() {
        let buttons = row["components"].as_array().unwrap().iter().map(|button| {
            let off = if button["disabled"] == true {
                " (off)"
            } else {
                ""
            };
            format!("[{}{off}]", text(&button["label"]))
        });
        lines.push(buttons.collect::<Vec<_>>().join(" "));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The same where there is no embed: its title is a bold line.
fn in_plain(embed: &str) -> String {
    let (title, body) = embed.split_once('\n').unwrap();
    format!("**{}**\n{body}", title.strip_prefix("# ").unwrap())
}

/// What people read in the first quote of a message.
fn quoted(reply: &Reply) -> String {
    let text = match reply.embeds.first() {
        Some(embed) => &embed.description,
        None => &reply.content,
    };
    let is_quote = |line: &&str| line.starts_with("> ");
    let lines = text.split('\n').skip_while(|line| !is_quote(line));
    markdown::read(&lines.take_while(is_quote).collect::<Vec<_>>().join("\n"))
}

/// Holds what Discord would refuse.
#[track_caller]
fn holds_the_limits(reply: &Reply) {
    let message = serde_json::to_value(reply).unwrap();
    let length = |value: &serde_json::Value| value.as_str().unwrap().encode_utf16().count();
    let content = length(&message["content"]);
    assert!(content <= 2_000, "{content} of content: {message:#}");
    let embeds = message["embeds"].as_array().unwrap();
    assert!(embeds.len() <= 1);
    for embed in embeds {
        assert!((1..=256).contains(&length(&embed["title"])), "{message:#}");
        let description = length(&embed["description"]);
        assert!(
            (1..=4_096).contains(&description),
            "{description} of description: {message:#}"
        );
    }
    assert!(!embeds.is_empty() || length(&message["content"]) > 0);
    let rows = message["components"].as_array().unwrap();
    assert!(rows.len() <= 5);
    let mut ids = std::collections::HashSet::new();
    for row in rows {
        let buttons = row["components"].as_array().unwrap();
        assert!((1..=5).contains(&buttons.len()));
        for button in buttons {
            if button["type"] == 2 {
                assert!((1..=80).contains(&length(&button["label"])));
            } else {
                assert!(buttons.len() == 1 && (1..=150).contains(&length(&button["placeholder"])));
                let options = button["options"].as_array();
                for option in options.into_iter().flatten() {
                    for field in ["label", "value"] {
                        assert!((1..=100).contains(&length(&option[field])), "{option}");
                    }
                }
                assert!(options.is_none_or(|options| options.len() <= 25));
            }
            let id = button["custom_id"].as_str().unwrap();
            assert!(
                (1..=100).contains(&id.chars().count()) && ids.insert(id.to_owned()),
                "{id}: {message:#}"
            );
            assert!(
                button::parse(id).is_some()
                    || Page::parse(id).is_some()
                    || Words::parse(id).is_some()
                    || Step::parse(id).is_some()
                    || crate::discord::audit::Page::parse(id).is_some(),
                "{id}"
            );
        }
    }
    assert_eq!(
        message["allowed_mentions"],
        serde_json::json!({"parse": [], "replied_user": false})
    );
}

fn ranked(cited: Cited, confidence: f32) -> Ranked {
    let sentence = sentences(&cited.passage.text)[0].clone();
    Ranked {
        matched: vec![Matched {
            asked: "established".to_owned(),
            found: 0.."أقيمت".len(),
        }],
        cited: Arc::new(cited),
        confidence,
        sentence,
        short: None,
        highlights: Vec::new(),
    }
}

fn outcome(language: Language, reason: Option<Reason>) -> Outcome {
    let mut second = cited();
    second.passage.place.ordinal = 6;
    Outcome {
        question: "when".to_owned(),
        language,
        reason,
        ranking: vec![ranked(cited(), 0.93), ranked(second, 0.4)],
        corrections: vec![Correction {
            asked: "relatons".to_owned(),
            read_as: "relations".to_owned(),
        }],
        follows: None,
    }
}

fn trail(outcome: &Outcome) -> Trail {
    let confidence = outcome.answer().map(|answer| answer.confidence);
    Trail::new(
        voice(outcome, None),
        confidence,
        Home::Server(42),
        spots(&outcome.ranking),
    )
    .unwrap()
}

fn answer(sheet: Sheet, outcome: &Outcome) -> Reply {
    let shown = Shown {
        cited: &outcome.ranking[0].cited,
        view: View::Sentence,
        outcome: Some(outcome),
        citing: None,
    };
    passage(sheet, &trail(outcome), &shown).unwrap()
}

#[test]
fn an_answer_in_the_language_of_the_question() {
    insta::assert_snapshot!(seen(&answer(Sheet::Embed, &outcome(Language::English, None))), @r"
    # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول
    I read “relatons” as “relations”.

    > **أقيمت العلاقات.[1]** ثم قُطعت.[4][بحاجة لمصدر]

    [1] Kyung-Ae Park, p. 275.
    [4] The source does not give this footnote.
    Note: the source itself marks a claim in this passage as unsourced.

    Your question is in English, the source in Arabic; these words matched:
    established ↔ أقيمت

    Paragraph 5
    Author: مساهمو ويكيبيديا
    Publisher: ويكيبيديا العربية
    Licence: CC BY-SA 4.0

    This is very likely the answer.
    [Previous (off)] [Next] [In context] [Footnotes] [Copy citation]
    [Words] [Delete]
    ");
    insta::assert_snapshot!(seen(&answer(Sheet::Embed, &outcome(Language::Arabic, None))), @r"
    # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول
    قرأتُ «relatons» على أنها «relations».

    > **أقيمت العلاقات.[1]** ثم قُطعت.[4][بحاجة لمصدر]

    [1] Kyung-Ae Park, p. 275.
    [4] لا يورد المصدر نص هذه الحاشية.
    تنبيه: المصدر نفسه يشير إلى أن قولًا في هذا الموضع بلا سند.

    الفقرة 5
    المؤلف: مساهمو ويكيبيديا
    الناشر: ويكيبيديا العربية
    الرخصة: CC BY-SA 4.0

    أرجّح كثيرًا أن هذا هو الجواب.
    [السابق (off)] [التالي] [في سياقه] [الحواشي] [نسخ الإحالة]
    [حذف]
    ");
}

#[test]
fn an_answer_without_the_permission_to_embed() {
    let reply = answer(Sheet::Plain, &outcome(Language::English, None));
    assert!(!reply.has_embed());
    let embed = answer(Sheet::Embed, &outcome(Language::English, None));
    assert_eq!(seen(&reply), in_plain(&seen(&embed)));
}

#[test]
fn another_passage_of_the_ranking() {
    let outcome = outcome(Language::Arabic, None);
    let trail = trail(&outcome).at(1).unwrap();
    let shown = Shown {
        cited: &outcome.ranking[1].cited,
        view: View::Sentence,
        outcome: None,
        citing: None,
    };
    insta::assert_snapshot!(seen(&passage(Sheet::Embed, &trail, &shown).unwrap()), @r"
    # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول
    الموضع 2 من موضعين وجدتهما، أرجحهما أولًا.

    > **أقيمت العلاقات.[1]** ثم قُطعت.[4][بحاجة لمصدر]

    [1] Kyung-Ae Park, p. 275.
    [4] لا يورد المصدر نص هذه الحاشية.
    تنبيه: المصدر نفسه يشير إلى أن قولًا في هذا الموضع بلا سند.

    الفقرة 6
    المؤلف: مساهمو ويكيبيديا
    الناشر: ويكيبيديا العربية
    الرخصة: CC BY-SA 4.0
    [السابق] [التالي (off)] [في سياقه] [الحواشي] [نسخ الإحالة]
    [حذف]
    ");
}

#[test]
fn no_answer_offers_the_nearest() {
    let outcome = outcome(Language::English, Some(Reason::Unsure));
    let trail = trail(&outcome);
    let reply = none(Sheet::Embed, &trail, &outcome, Reason::Unsure, 500);
    insta::assert_snapshot!(seen(&reply), @r"
    # I did not find an answer that I would rely on.
    I read “relatons” as “relations”.

    The nearest that I found:

    **1\. العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول**
    > أقيمت العلاقات.[1]
    Paragraph 5
    Licence: CC BY-SA 4.0

    **2\. العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول**
    > أقيمت العلاقات.[1]
    Paragraph 6
    Licence: CC BY-SA 4.0
    [Open 1] [Open 2]
    [Delete]
    ");
    let plain = none(Sheet::Plain, &trail, &outcome, Reason::Unsure, 500);
    assert!(!plain.has_embed());
    assert_eq!(seen(&plain), in_plain(&seen(&reply)));
}

#[test]
fn nothing_found_is_said_in_words_alone_and_in_both_languages_where_it_must() {
    let none = |language, reason| {
        let outcome = Outcome {
            ranking: Vec::new(),
            corrections: Vec::new(),
            ..outcome(language, Some(reason))
        };
        seen(&nothing(language, &outcome, reason, 500))
    };
    insta::assert_snapshot!(none(Language::Other, Reason::OtherLanguage), @r"
    لا أفهم إلا العربية والإنجليزية.
    I understand Arabic and English only.
    ");
    insta::assert_snapshot!(none(Language::Arabic, Reason::TooLong), @"سؤالك أطول مما ينبغي؛ الحد 500 حرف.");
}

#[test]
fn a_footnote_is_shown_with_the_paragraph_that_cites_it() {
    let paragraph = long(3);
    let mut footnote = cited();
    footnote.passage.place = Place {
        kind: Kind::Footnote,
        ordinal: 2,
        part: None,
    };
    footnote.passage.marker = Some("2".to_owned());
    footnote.passage.cited_by = vec![paragraph.passage.place];
    footnote.passage.citation_needed.clear();
    footnote.passage.text = "Chi Young Pak, p. 43.".to_owned();
    footnote.citations.clear();
    let outcome = Outcome {
        ranking: vec![ranked(footnote, 0.7)],
        corrections: Vec::new(),
        ..outcome(Language::English, None)
    };
    let shown = Shown {
        cited: &outcome.ranking[0].cited,
        view: View::Sentence,
        outcome: Some(&outcome),
        citing: Some(&paragraph),
    };
    insta::assert_snapshot!(seen(&passage(Sheet::Embed, &trail(&outcome), &shown).unwrap()), @r"
    # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول
    > **Chi Young Pak, p. 43.**

    One paragraph cites this footnote: 5
    Paragraph 5
    > الجملة رقم 1 وفيها كلام كثير يطول به النص ولا يُقطع.[1] الجملة رقم 2 وفيها كلام كثير يطول به النص ولا يُقطع.[2] الجملة رقم 3 وفيها كلام كثير يطول به النص ولا يُقطع.[3]

    Your question is in English, the source in Arabic; these words matched:
    established ↔ Chi Young

    Footnote [2]
    Author: مساهمو ويكيبيديا
    Publisher: ويكيبيديا العربية
    Licence: CC BY-SA 4.0

    This is likely the answer.
    [In context] [Copy citation]
    [Delete]
    ");
}

/// A passage of that many sentences, each with a marker whose footnote is long.
fn long(n: usize) -> Cited {
    let mut cited = cited();
    let mut text = String::new();
    let mut markers = Vec::new();
    for nth in 1..=n {
        text.extend([
            "الجملة رقم ",
            &nth.to_string(),
            " وفيها كلام كثير يطول به النص ولا يُقطع.",
        ]);
        let start = text.len();
        text.extend(["[", &nth.to_string(), "]"]);
        markers.push(Marker {
            label: nth.to_string(),
            span: start..text.len(),
            footnote: Some(1),
        });
        text.push(' ');
    }
    cited.citations = (1..=n)
        .map(|nth| Citation {
            marker: nth.to_string(),
            footnote: Some(format!("المرجع {nth}. ").repeat(12)),
        })
        .collect();
    cited.passage.text = text.trim_end().to_owned();
    cited.passage.markers = markers;
    cited.passage.citation_needed.clear();
    cited
}

#[test]
fn a_long_passage_says_which_part_is_shown_and_can_be_read_on() {
    let cited = long(120);
    let mut outcome = outcome(Language::Arabic, None);
    outcome.ranking = vec![ranked(cited.clone(), 0.9)];
    outcome.ranking[0].sentence = sentences(&cited.passage.text)[60].clone();
    let first = trail(&outcome);
    let mut shown = Shown {
        cited: &cited,
        view: View::Sentence,
        outcome: Some(&outcome),
        citing: None,
    };
    for sheet in [Sheet::Embed, Sheet::Plain] {
        let reply = passage(sheet, &first, &shown).unwrap();
        holds_the_limits(&reply);
        let text = seen(&reply);
        let marked = outcome.ranking[0].sentence.clone();
        let marked = format!(
            "**{}**",
            markdown::escaped(cited.passage.text.get(marked).unwrap())
        );
        assert!(text.contains(&marked), "{text}");
        assert!(
            text.contains("المعروض: من الجملة") && text.contains("[ما قبله] [تتمته]"),
            "{text}"
        );
    }

    // Reading back to the beginning and on to the end by the buttons gives every byte once.
    shown.outcome = None;
    let mut step = |label: &str, reply: &Reply| {
        let message = serde_json::to_value(reply).unwrap();
        let rows = message["components"].as_array().unwrap();
        let buttons = rows
            .iter()
            .flat_map(|row| row["components"].as_array().unwrap());
        let id = buttons
            .into_iter()
            .find(|button| button["label"] == label)?["custom_id"]
            .as_str()?;
        let (trail, what) = button::parse(id)?;
        shown.view = match what {
            What::From(byte) => View::From(byte),
            What::Until(byte) => View::Until(byte),
            _ => View::Sentence,
        };
        passage(Sheet::Embed, &trail, &shown)
    };
    let start = answer(Sheet::Embed, &outcome);
    let mut read = quoted(&start);
    let mut back = step("ما قبله", &start);
    while let Some(reply) = back {
        holds_the_limits(&reply);
        read.insert_str(0, &quoted(&reply));
        back = step("ما قبله", &reply);
    }
    let mut on = step("تتمته", &start);
    while let Some(reply) = on {
        holds_the_limits(&reply);
        read.push_str(&quoted(&reply));
        on = step("تتمته", &reply);
    }
    assert_eq!(read, cited.passage.text);
}

#[test]
fn all_footnotes_can_be_read_page_by_page() {
    let cited = long(60);
    let mut outcome = outcome(Language::English, None);
    outcome.ranking = vec![ranked(cited.clone(), 0.9)];
    let trail = trail(&outcome);
    let mut all = String::new();
    for page in 0..100 {
        let reply = footnotes(Sheet::Embed, &trail, &cited, page).unwrap();
        holds_the_limits(&reply);
        let text = seen(&reply);
        all.push_str(text.split("\n\nFootnotes, page").next().unwrap());
        if !text.contains("[Further footnotes]") {
            assert!(page > 1, "{text}");
            assert_eq!(
                reply,
                footnotes(Sheet::Embed, &trail, &cited, 10_000).unwrap()
            );
            break;
        }
    }
    for nth in 1..=60 {
        assert!(all.contains(&format!("[{nth}] المرجع {nth}.")), "{nth}");
    }
    let mut without = cited;
    without.citations.clear();
    assert_eq!(footnotes(Sheet::Embed, &trail, &without, 0), None);
}

#[test]
fn a_passage_between_its_neighbours() {
    let outcome = outcome(Language::English, None);
    let neighbour = |ordinal, section: &str, text: &str| {
        let mut neighbour = cited();
        neighbour.passage.place.ordinal = ordinal;
        neighbour.passage.section = vec![section.to_owned()];
        neighbour.passage.text = text.to_owned();
        Arc::new(neighbour)
    };
    let passages = [
        neighbour(4, "التاريخ", "ما قبلها."),
        Arc::clone(&outcome.ranking[0].cited),
        neighbour(6, "العلاقات", "ما بعدها."),
    ];
    let reply = context(Sheet::Embed, &trail(&outcome), &passages).unwrap();
    insta::assert_snapshot!(seen(&reply), @r"
    # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول
    التاريخ
    Paragraph 4
    > ما قبلها.

    Paragraph 5
    > **أقيمت العلاقات.[1]** ثم قُطعت.[4][بحاجة لمصدر]

    العلاقات
    Paragraph 6
    > ما بعدها.

    Author: مساهمو ويكيبيديا
    Publisher: ويكيبيديا العربية
    Licence: CC BY-SA 4.0
    [Back to the passage] [Footnotes] [Copy citation]
    [Delete]
    ");
    assert_eq!(
        context(Sheet::Embed, &trail(&outcome), &passages[..1]),
        None
    );
    let long: Vec<Arc<Cited>> = [4, 5, 6]
        .map(|ordinal| {
            let mut neighbour = long(100);
            neighbour.passage.place.ordinal = ordinal;
            Arc::new(neighbour)
        })
        .into();
    for sheet in [Sheet::Embed, Sheet::Plain] {
        let reply = context(sheet, &trail(&outcome), &long).unwrap();
        holds_the_limits(&reply);
        assert_eq!(
            seen(&reply).matches("Shown: sentence").count(),
            3,
            "{}",
            seen(&reply)
        );
    }
}

#[test]
fn a_citation_is_plain_text_for_one_person() {
    let reply = citation(&cited());
    assert_eq!(reply.flags & PRIVATE, PRIVATE);
    insta::assert_snapshot!(seen(&reply), @"مساهمو ويكيبيديا، «العلاقات الروسية الكورية الشمالية»، ويكيبيديا العربية، قسم «التاريخ › العقد الأول»، الفقرة 5، CC BY-SA 4.0");
    let mut endless = cited();
    endless.attribution.author = Some("ا".repeat(5_000));
    holds_the_limits(&citation(&endless));
}
