//! An outcome as JSON, by the contract: fields may be added, never renamed or dropped.

use serde_json::{Value, json};

use crate::answer::{Cited, Outcome, Ranked};
use crate::language::Span;
use crate::source::{Kind, PassageId};

/// The object that `sanad ask --json` prints.
pub(super) fn outcome(outcome: &Outcome) -> Value {
    let is_answer = outcome.answer().is_some();
    json!({
        "question": outcome.question,
        "language": outcome.language.code(),
        "outcome": if is_answer { "answer" } else { "none" },
        "reason": outcome.reason.map(crate::answer::Reason::code),
        "answer": outcome.answer().map(answer),
        "corrections": outcome.corrections.iter()
            .map(|word| json!({"asked": word.asked, "read_as": word.read_as})).collect::<Vec<_>>(),
        "follows": outcome.follows.as_ref().map(|followed| followed.id().to_string()),
        "alternatives": outcome.ranking.iter().skip(usize::from(is_answer))
            .map(|ranked| json!({"passage": passage(&ranked.cited), "confidence": confidence(ranked)})).collect::<Vec<_>>(),
    })
}

fn answer(ranked: &Ranked) -> Value {
    let cited = &ranked.cited;
    json!({
        "passage": passage(cited),
        "sentence": span(cited, &ranked.sentence),
        "short": ranked.short.as_ref().map(|short| span(cited, short)),
        "highlights": ranked.highlights.iter().map(|range| [range.start, range.end]).collect::<Vec<_>>(),
        "citations": cited.citations.iter()
            .map(|citation| json!({"marker": citation.marker, "footnote": citation.footnote})).collect::<Vec<_>>(),
        "citation_needed": !cited.passage.citation_needed.is_empty(),
        "confidence": confidence(ranked),
        "matched": ranked.matched.iter().map(|matched| {
            let (start, end) = (matched.found.start, matched.found.end);
            json!({"asked": matched.asked, "found": text(cited, &matched.found), "start": start, "end": end})
        }).collect::<Vec<_>>(),
    })
}

/// A passage, with everything that names it.
pub(super) fn passage(cited: &Cited) -> Value {
    let passage = &cited.passage;
    let place = passage.place;
    let (kind, paragraph, footnote) = match place.kind {
        Kind::Paragraph => ("paragraph", Some(place.ordinal), None),
        Kind::Footnote => ("footnote", None, Some(place.ordinal)),
    };
    let id = |place| {
        PassageId {
            place,
            ..cited.id()
        }
        .to_string()
    };
    json!({
        "id": id(place),
        "version": cited.version,
        "source": cited.source.as_str(),
        "source_title": cited.attribution.title,
        "section": passage.section,
        "kind": kind,
        "ordinal": place.ordinal,
        "part": place.part,
        "key": passage.key,
        "marker": passage.marker,
        "cited_by": passage.cited_by.iter().map(|place| id(*place)).collect::<Vec<_>>(),
        "locator": {"paragraph": paragraph, "footnote": footnote, "page": passage.page, "anchor": passage.anchor},
        "text": passage.text,
    })
}

/// The confidence of a place of the ranking.
pub(super) fn confidence(ranked: &Ranked) -> f64 {
    number(ranked.confidence)
}

/// A number with the six digits that a single-precision one has, not the noise of a wider one.
pub(super) fn number(number: f32) -> f64 {
    // Zero is added so that it is never «-0.0».
    (f64::from(number) * 1e6).round() / 1e6 + 0.0
}

pub(super) fn span(cited: &Cited, span: &Span) -> Value {
    json!({"start": span.start, "end": span.end, "text": text(cited, span)})
}

fn text<'a>(cited: &'a Cited, span: &Span) -> &'a str {
    cited
        .passage
        .text
        .get(span.clone())
        .expect("a span lies on character boundaries")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::answer::{Correction, Matched, Reason};
    use crate::language::Language;

    fn ranked() -> Ranked {
        let cited = crate::wording::tests::cited();
        Ranked {
            cited: Arc::new(cited),
            confidence: 0.93,
            sentence: 0.."أقيمت العلاقات.[1]".len(),
            short: None,
            highlights: std::iter::once(0.."أقيمت".len()).collect(),
            matched: vec![Matched {
                asked: "established".to_owned(),
                found: 0.."أقيمت".len(),
            }],
        }
    }

    #[test]
    fn an_answer_by_the_contract() {
        let found = Outcome {
            question: "when?".to_owned(),
            language: Language::English,
            reason: None,
            ranking: vec![ranked()],
            corrections: vec![Correction {
                asked: "relatons".to_owned(),
                read_as: "relations".to_owned(),
            }],
            follows: None,
        };
        let object = outcome(&found);
        let passage = &object["answer"]["passage"];
        let text = passage["text"].as_str().unwrap().to_owned();
        let expected = json!({
            "question": "when?", "language": "en", "outcome": "answer", "reason": null,
            "answer": {
                "passage": {
                    "id": "russia-north-korea:p5", "version": 1, "source": "russia-north-korea",
                    "source_title": "العلاقات الروسية الكورية الشمالية", "section": ["التاريخ", "العقد الأول"],
                    "kind": "paragraph", "ordinal": 5, "part": null, "key": null, "marker": null, "cited_by": [],
                    "locator": {"paragraph": 5, "footnote": null, "page": null, "anchor": null}, "text": text,
                },
                "sentence": {"start": 0, "end": 31, "text": "أقيمت العلاقات.[1]"},
                "short": null, "highlights": [[0, 10]],
                "citations": [{"marker": "1", "footnote": "Kyung-Ae Park, p. 275."}, {"marker": "4", "footnote": null}],
                "citation_needed": true, "confidence": 0.93,
                "matched": [{"asked": "established", "found": "أقيمت", "start": 0, "end": 10}],
            },
            "corrections": [{"asked": "relatons", "read_as": "relations"}],
            "follows": null,
            "alternatives": [],
        });
        assert_eq!(object, expected);
    }

    #[test]
    fn none_has_the_nearest_as_alternatives() {
        let none = Outcome {
            question: "when?".to_owned(),
            language: Language::English,
            reason: Some(Reason::Unsure),
            ranking: vec![ranked(), ranked()],
            corrections: Vec::new(),
            follows: None,
        };
        let object = outcome(&none);
        assert_eq!(object["outcome"], "none");
        assert_eq!(object["reason"], "unsure");
        assert!(object["answer"].is_null());
        assert_eq!(object["alternatives"].as_array().unwrap().len(), 2);
        assert_eq!(object["alternatives"][0]["confidence"], 0.93);
        let following = Outcome {
            follows: Some(ranked().cited),
            ..none
        };
        assert_eq!(outcome(&following)["follows"], "russia-north-korea:p5");
    }
}
