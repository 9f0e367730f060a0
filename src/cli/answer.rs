//! An outcome in lines for people: the quote with the answering sentence, then its citation, a line each.

use super::layout::{Layout, Line, Piece};
use crate::answer::{Cited, Outcome, Ranked};
use crate::language::{Language, Span};
use crate::wording::{self, citation, say};

/// How many of the nearest passages are shown where there is no answer.
const NEAREST: usize = 3;

/// The lines of an outcome. `limit` is the length that a question may have; `with_further` shows the whole ranking.
pub(super) fn lines(
    outcome: &Outcome,
    limit: usize,
    with_further: bool,
    layout: Layout,
) -> Vec<Line> {
    let language = super::asker(outcome.language);
    let mut lines = in_short(language, outcome);
    let read_as = wording::outcome::follows(language, outcome).into_iter();
    let read_as = read_as.chain(wording::outcome::corrections(language, outcome));
    lines.extend(read_as.map(Line::plain));
    match outcome.reason {
        None => {
            if let Some(ranked) = outcome.answer() {
                answer(outcome, ranked, layout, &mut lines);
            }
            if with_further && outcome.ranking.len() > 1 {
                lines.extend([
                    Line::default(),
                    Line::plain(say(language, "answer-further", &[])),
                ]);
                passages(language, outcome.ranking.iter().skip(1), &mut lines);
            }
        }
        Some(reason) => {
            lines.push(Line::plain(wording::outcome::reason(
                language, reason, limit,
            )));
            if !outcome.ranking.is_empty() {
                lines.push(Line::plain(wording::outcome::nearest(language)));
                let n_shown = if with_further {
                    outcome.ranking.len()
                } else {
                    NEAREST
                };
                passages(language, outcome.ranking.iter().take(n_shown), &mut lines);
            }
        }
    }
    lines
}

/// The span that answers, in a line of its own: in one line with our words, digits and Arabic would change places.
fn in_short(language: Language, outcome: &Outcome) -> Vec<Line> {
    let answer = outcome.answer();
    let Some((ranked, short)) = answer.and_then(|ranked| Some((ranked, ranked.in_short()?))) else {
        return Vec::new();
    };
    let piece = Piece {
        text: short.to_owned(),
        is_bold: true,
    };
    vec![
        Line::plain(say(language, "answer-in-short", &[])),
        Line {
            pieces: vec![piece],
            is_quote: true,
            is_rtl: direction(&ranked.cited),
        },
        Line::default(),
    ]
}

fn answer(outcome: &Outcome, ranked: &Ranked, layout: Layout, lines: &mut Vec<Line>) {
    let language = super::asker(outcome.language);
    let cited = &ranked.cited;
    lines.push(head(cited));
    lines.push(Line::default());
    if layout == Layout::Pipe && ranked.sentence.len() < cited.passage.text.len() {
        // Where nothing can be bold, the sentence stands before its passage.
        lines.extend([quote(cited, ranked.sentence.clone(), None), Line::default()]);
        lines.push(Line::plain(say(language, "answer-in-full", &[])));
    }
    lines.push(quote(
        cited,
        0..cited.passage.text.len(),
        Some(&ranked.sentence),
    ));
    lines.push(Line::default());
    lines.extend(
        citation::lines(language, cited)
            .into_iter()
            .map(Line::plain),
    );
    lines.extend(
        wording::outcome::met(language, outcome, ranked)
            .into_iter()
            .map(Line::plain),
    );
    lines.push(Line::plain(wording::outcome::confidence(
        language,
        ranked.confidence,
    )));
}

/// Passages in brief: where each stands and the sentence of it that comes nearest.
fn passages<'a>(
    language: Language,
    ranking: impl Iterator<Item = &'a Ranked>,
    lines: &mut Vec<Line>,
) {
    for ranked in ranking {
        let cited = &ranked.cited;
        lines.extend([
            Line::default(),
            head(cited),
            quote(cited, ranked.sentence.clone(), None),
        ]);
        lines.push(Line::plain(citation::locator(language, &cited.passage)));
        lines.extend(citation::licence(language, &cited.attribution).map(Line::plain));
    }
}

/// Title and section, in the source's language.
pub(super) fn head(cited: &Cited) -> Line {
    let text = citation::heading(cited);
    Line {
        pieces: vec![Piece {
            text,
            is_bold: true,
        }],
        is_quote: false,
        is_rtl: direction(cited),
    }
}

/// A part of the passage, the sentence in it bold.
pub(super) fn quote(cited: &Cited, shown: Span, sentence: Option<&Span>) -> Line {
    let sentence = sentence.cloned().unwrap_or(shown.end..shown.end);
    let piece = |span: Span, is_bold| Piece {
        text: cited
            .passage
            .text
            .get(span)
            .expect("a span lies on character boundaries")
            .to_owned(),
        is_bold,
    };
    let pieces = vec![
        piece(shown.start..sentence.start, false),
        piece(sentence.clone(), true),
        piece(sentence.end..shown.end, false),
    ];
    Line {
        pieces,
        is_quote: true,
        is_rtl: direction(cited),
    }
}

fn direction(cited: &Cited) -> Option<bool> {
    match cited.attribution.language {
        Language::Arabic => Some(true),
        Language::English => Some(false),
        Language::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::answer::{Matched, Reason};
    use crate::wording::tests::cited;

    fn outcome(reason: Option<Reason>) -> Outcome {
        let ranked = Ranked {
            cited: Arc::new(cited()),
            confidence: 0.93,
            sentence: 0.."أقيمت العلاقات.[1]".len(),
            short: None,
            highlights: Vec::new(),
            matched: vec![Matched {
                asked: "established".to_owned(),
                found: 0.."أقيمت".len(),
            }],
        };
        let language = Language::English;
        Outcome {
            question: "when".to_owned(),
            language,
            reason,
            ranking: vec![ranked],
            corrections: Vec::new(),
            follows: None,
        }
    }

    #[test]
    fn an_answer_in_a_pipe() {
        insta::assert_snapshot!(Layout::Pipe.render(&lines(&outcome(None), 500, false, Layout::Pipe)), @r"
        العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول

        > أقيمت العلاقات.[1]

        In full:
        > أقيمت العلاقات.[1] ثم قُطعت.[4][بحاجة لمصدر]

        [1] Kyung-Ae Park, p. 275.
        [4] The source does not give this footnote.
        Note: the source itself marks a claim in this passage as unsourced.
        Paragraph 5
        Author: مساهمو ويكيبيديا
        Publisher: ويكيبيديا العربية
        Licence: CC BY-SA 4.0
        Your question is in English, the source in Arabic; these words matched:
        established ↔ أقيمت
        This is very likely the answer.
        ");
    }

    #[test]
    fn the_short_answer_stands_first_and_only_before_an_answer() {
        let mut found = outcome(None);
        found.corrections.push(crate::answer::Correction {
            asked: "wehn".to_owned(),
            read_as: "when".to_owned(),
        });
        found.ranking[0].short = Some(0.."أقيمت".len());
        let text = Layout::Pipe.render(&lines(&found, 500, false, Layout::Pipe));
        let first: Vec<&str> = text.lines().take(4).collect();
        assert_eq!(
            first,
            [
                "In short, from the source:",
                "> أقيمت",
                "",
                "I read “wehn” as “when”."
            ]
        );
        found.follows = Some(Arc::clone(&found.ranking[0].cited));
        let text = Layout::Pipe.render(&lines(&found, 500, false, Layout::Pipe));
        assert_eq!(
            text.lines().nth(3),
            Some("I took your question as a follow-up to: Paragraph 5")
        );
        found.reason = Some(Reason::Unsure);
        let text = Layout::Pipe.render(&lines(&found, 500, false, Layout::Pipe));
        assert!(!text.contains("In short"), "{text}");
    }

    #[test]
    fn a_terminal_shows_the_sentence_bold_in_its_passage() {
        let layout = Layout::Terminal {
            width: 200,
            is_styled: true,
        };
        let text = layout.render(&lines(&outcome(None), 500, false, layout));
        assert!(
            text.contains("│ \u{1b}[1mأقيمت العلاقات.[1]\u{1b}[22m ثم قُطعت.[4][بحاجة لمصدر]\n"),
            "{text}"
        );
    }

    #[test]
    fn no_answer_shows_the_nearest_with_their_place() {
        insta::assert_snapshot!(Layout::Pipe.render(&lines(&outcome(Some(Reason::Unsure)), 500, false, Layout::Pipe)), @r"
        I did not find an answer that I would rely on.
        The nearest that I found:

        العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول
        > أقيمت العلاقات.[1]
        Paragraph 5
        Licence: CC BY-SA 4.0
        ");
    }
}
