//! The short answer before its passage.

use super::*;

fn with_short(language: Language, text: &str, short: &str) -> Outcome {
    let mut cited = cited();
    text.clone_into(&mut cited.passage.text);
    cited.passage.citation_needed.clear();
    cited.citations.clear();
    let at = text.find(short).unwrap();
    let mut ranked = ranked(cited, 0.93);
    ranked.sentence = 0..text.len();
    ranked.short = Some(at..at + short.len());
    ranked.matched.clear();
    Outcome {
        ranking: vec![ranked],
        ..outcome(language, None)
    }
}

#[test]
fn it_stands_first_in_a_line_of_its_own_as_the_source_writes_it() {
    let text = "أقيمت العلاقات في 12 أكتوبر من عام 1948.";
    let short = "12 أكتوبر من عام 1948";
    let english = with_short(Language::English, text, short);
    insta::assert_snapshot!(seen(&answer(Sheet::Embed, &english)), @r"
    # العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول
    In short, from the source:
    > 12 أكتوبر من عام 1948

    I read “relatons” as “relations”.

    > **أقيمت العلاقات في 12 أكتوبر من عام 1948.**

    Paragraph 5
    Author: مساهمو ويكيبيديا
    Publisher: ويكيبيديا العربية
    Licence: CC BY-SA 4.0

    This is very likely the answer.
    [In context] [Copy citation]
    [Words] [Delete]
    ");
    let arabic = with_short(Language::Arabic, text, short);
    insta::assert_snapshot!(seen(&answer(Sheet::Plain, &arabic)), @r"
    **العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول**
    باختصار، من المصدر:
    > 12 أكتوبر من عام 1948

    قرأتُ «relatons» على أنها «relations».

    > **أقيمت العلاقات في 12 أكتوبر من عام 1948.**

    الفقرة 5
    المؤلف: مساهمو ويكيبيديا
    الناشر: ويكيبيديا العربية
    الرخصة: CC BY-SA 4.0

    أرجّح كثيرًا أن هذا هو الجواب.
    [في سياقه] [نسخ الإحالة]
    [حذف]
    ");
}

#[test]
fn what_was_followed_is_said_behind_it_of_an_answer_and_of_none() {
    let mut outcome = with_short(Language::English, "It was built in 1889.", "1889");
    outcome.follows = Some(Arc::new(cited()));
    let text = seen(&answer(Sheet::Embed, &outcome));
    assert!(
        text.contains(
            "> 1889\n\nI took your question as a follow-up to: Paragraph 5\nI read “relatons”"
        ),
        "{text}"
    );
    outcome.reason = Some(Reason::Unsure);
    let text = seen(&none(
        Sheet::Plain,
        &trail(&outcome),
        &outcome,
        Reason::Unsure,
        500,
    ));
    assert!(text.contains("as a follow-up to: Paragraph 5"), "{text}");
    outcome.ranking.clear();
    let text = seen(&nothing(Language::English, &outcome, Reason::Unsure, 500));
    assert!(
        text.starts_with("I took your question as a follow-up to: Paragraph 5\n"),
        "{text}"
    );
    // However long a title is, the reason is still said.
    let mut endless = cited();
    endless.attribution.title = "عنوان ".repeat(1_000);
    outcome.follows = Some(Arc::new(endless));
    let reply = nothing(Language::English, &outcome, Reason::Unsure, 500);
    holds_the_limits(&reply);
    let text = seen(&reply);
    assert!(
        text.contains("عنوان…\n")
            && text.ends_with("I did not find an answer that I would rely on."),
        "{text}"
    );
}

#[test]
fn its_marks_are_no_markdown() {
    for sheet in [Sheet::Embed, Sheet::Plain] {
        let outcome = with_short(
            Language::English,
            "It cost **5** <@1> at most.",
            "**5** <@1>",
        );
        let text = seen(&answer(sheet, &outcome));
        assert!(text.contains("\n> \\*\\*5\\*\\* \\<\\@1>\n"), "{text}");
        let list = with_short(Language::English, "It cost 5. Perhaps.", "5.");
        let text = seen(&answer(sheet, &list));
        assert!(text.contains("\n> 5\\.\n"), "{text}");
    }
}

#[test]
fn it_is_said_of_an_answer_only_and_where_it_says_less_than_its_sentence() {
    let says = |outcome: &Outcome| {
        let shown = Shown {
            cited: &outcome.ranking[0].cited,
            view: View::Sentence,
            outcome: Some(outcome),
            citing: None,
        };
        let reply = passage(Sheet::Embed, &trail(outcome), &shown).unwrap();
        seen(&reply).contains("In short")
    };
    let text = "It was built in 1889.";
    let mut outcome = with_short(Language::English, text, "1889");
    assert!(says(&outcome));
    let none = none(
        Sheet::Embed,
        &trail(&outcome),
        &outcome,
        Reason::Unsure,
        500,
    );
    assert!(!seen(&none).contains("In short"));
    outcome.reason = Some(Reason::Unsure);
    assert!(!says(&outcome));
    assert!(!says(&with_short(Language::English, text, text)));
    // What is too long for a line is not cut: half a quote would be another answer.
    let long = format!("It is {}.", "9".repeat(400));
    assert!(!says(&with_short(
        Language::English,
        &long,
        &"9".repeat(400)
    )));
}
