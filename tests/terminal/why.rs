//! `sanad why`.

use serde_json::{Value, json};

use super::{QUESTION, Sanad};

const DELIVERY: &str = "When was the last batch of MiG-29 aircraft delivered to Gorbachov?";

/// The word of an explanation that was asked so.
#[track_caller]
fn word<'a>(why: &'a Value, text: &str) -> &'a Value {
    let words = why["words"].as_array().unwrap();
    words.iter().find(|word| word["text"] == text).unwrap()
}

/// The sum of what parts contribute.
fn sum(parts: &Value) -> f64 {
    let parts = parts.as_array().unwrap().iter();
    parts
        .map(|part| {
            let product = part["value"].as_f64().unwrap() * part["weight"].as_f64().unwrap();
            let contribution = part["contribution"].as_f64().unwrap();
            assert!((product - contribution).abs() < 1e-4, "{part}");
            contribution
        })
        .sum()
}

#[test]
fn why_has_the_outcome_of_ask_and_the_sums_that_made_it() {
    let sanad = Sanad::new();
    for question in [
        QUESTION,
        DELIVERY,
        "Who built the pyramids of Giza?",
        "🙂",
        "",
    ] {
        let ask = sanad.run(&["ask", "--json", "--top", "4", question]).json();
        let why = sanad.run(&["why", "--json", "--top", "4", question]).json();
        for same in ["question", "language", "outcome", "reason", "corrections"] {
            assert_eq!(ask[same], why[same], "{question}: {same}");
        }
        let answer = ask["answer"]["passage"]["id"].as_str();
        let alternatives = ask["alternatives"].as_array().unwrap().iter();
        let asked: Vec<&str> = answer
            .into_iter()
            .chain(alternatives.map(|place| place["passage"]["id"].as_str().unwrap()))
            .collect();
        let passages = why["passages"].as_array().unwrap();
        let explained: Vec<&str> = passages
            .iter()
            .map(|place| place["passage"]["id"].as_str().unwrap())
            .collect();
        assert_eq!(asked, explained, "{question}");
        for place in passages {
            let score = place["score"].as_f64().unwrap();
            assert!((sum(&place["signals"]) - score).abs() < 1e-3, "{place}");
            let logit = sum(&place["features"]) + place["constant"].as_f64().unwrap();
            let confidence = place["confidence_alone"].as_f64().unwrap();
            let expected = 1.0 / (1.0 + (-logit).exp());
            assert!((expected - confidence).abs() < 1e-3, "{place}");
        }
        let is_answer = passages.first().is_some_and(|first| {
            first["confidence"].as_f64().unwrap() >= why["threshold"].as_f64().unwrap()
        });
        assert_eq!(why["outcome"] == "answer", is_answer, "{question}");
    }
}

#[test]
fn why_tells_where_every_alternative_came_from() {
    let why = Sanad::new().run(&["why", "--json", DELIVERY]).json();
    assert_eq!(why["wanted"], "date");
    assert_eq!(why["passages"].as_array().unwrap().len(), 3);
    assert_eq!(word(&why, "the")["read_as"], "stop");
    let batch = &word(&why, "batch")["alternatives"][0];
    assert_eq!(
        (&batch["term"], &batch["origin"], &batch["entry"]),
        (
            &json!("دفع"),
            &json!("translation"),
            &json!({"lemma": "batch", "class": "n", "imported": null})
        )
    );
    assert_eq!(
        (&batch["weight"], &batch["passages"]),
        (&json!(1.0), &json!(1))
    );
    let name = word(&why, "Gorbachov");
    assert_eq!(name["read_as"], "name");
    assert_eq!(name["alternatives"][0]["term"], "غورباتشوف");
    assert_eq!(name["alternatives"][0]["origin"], "sound");
    assert_eq!(name["absent"][0]["term"], "gorbachov");
    let met = why["passages"][0]["met"].as_array().unwrap();
    let found = met.iter().find(|met| met["asked"] == "Gorbachov").unwrap();
    assert_eq!(
        (&found["text"], &found["term"]),
        (&json!("غورباتشوف"), &json!("غورباتشوف"))
    );
}

#[test]
fn why_tells_phrases_forms_likeness_and_repairs_apart() {
    let sanad = Sanad::new();
    sanad.file(
        "cabinet.jsonl",
        "{\"id\":\"1\",\"title\":\"\",\"text\":\"قال رئيس الوزراء إن الكتب نفدت، وكتب رسالة طويلة.\"}\n\
         {\"id\":\"2\",\"title\":\"\",\"text\":\"The relations were good; العلاقات الدبلوماسية أقيمت.\"}\n",
    );
    sanad.run(&["source", "add", "cabinet.jsonl"]).done();
    let why = |question: &str| sanad.run(&["why", "--json", question]).json();
    let english = why("What did the prime minister of the relatons say?");
    let minister = word(&english, "prime minister");
    assert_eq!(minister["read_as"], "phrase");
    assert_eq!(minister["phrases"][0]["terms"], json!(["رييس", "وزرا"]));
    let met = english["passages"][0]["met"].as_array().unwrap();
    assert!(
        met.iter()
            .any(|met| met["asked"] == "prime minister" && met["term"].is_null()),
        "{met:?}"
    );
    assert_eq!(english["corrections"][0]["read_as"], "relations");
    let repaired = &word(&english, "relatons")["alternatives"][0];
    assert_eq!(
        (&repaired["term"], &repaired["origin"]),
        (&json!("relat"), &json!("repair"))
    );
    let arabic = why("متى نفد الكتاب في الدبلماسية، والكتاب؟");
    let origins = |text: &str| -> Vec<String> {
        let alternatives = word(&arabic, text)["alternatives"].as_array().unwrap();
        let origins = alternatives
            .iter()
            .map(|alternative| &alternative["origin"]);
        origins
            .map(|origin| origin.as_str().unwrap().to_owned())
            .collect()
    };
    assert!(origins("الكتاب").contains(&"forms".to_owned()));
    assert!(origins("الدبلماسية").contains(&"likeness".to_owned()));
    assert_eq!(word(&arabic, "والكتاب")["read_as"], "repeated");
}

#[test]
fn why_reads_in_both_languages_without_an_escape_in_a_pipe() {
    let sanad = Sanad::new();
    let english = sanad.run(&["why", "--top", "1", DELIVERY]).done();
    for expected in [
        "It asks for a date.\n",
        "Stop words, not searched for: When, was, the, of, to\n",
        "  lexicon, “batch” (n): دفع · weight 1.00 · 1 passage\n",
        "  name by sound: غورباتشوف · weight 0.9",
        "  in no passage: batch, ",
        "> تواصل تقديم",
        "Licence: CC BY-SA 4.0\n",
        "  Gorbachov ↔ غورباتشوف 0.9",
        "  question in the passage: 0.",
        "reaches the threshold 0.46: the first passage is the answer.\n",
    ] {
        assert!(english.contains(expected), "{expected}: {english}");
    }
    assert!(!english.contains('\u{1b}'));
    let arabic = sanad.run(&["why", "كم مرة أُقيمت الحفلة؟"]).done();
    for expected in [
        "المطلوب عدد.\n",
        "كلمات لا يُبحث عنها: كم\n",
        "دون الحد 0.46: لا جواب.",
    ] {
        assert!(arabic.contains(expected), "{expected}: {arabic}");
    }
    let empty = sanad.run(&["why", ""]).done();
    assert_eq!(empty.lines().count(), 1, "{empty}");
}

#[test]
fn why_refuses_what_ask_refuses() {
    let sanad = Sanad::new();
    sanad.run(&["why"]).failed(2, "QUESTION");
    sanad.run(&["why", "--top", "0", "x"]).failed(2, "50");
    sanad
        .run(&["why", "--library", "42", "x"])
        .failed(1, "There is no library `42`.");
}
