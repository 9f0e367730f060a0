//! What an article's lines become.

use proptest::prelude::*;

use super::*;
use crate::language::Language;
use crate::source::starter::starters;

fn at(kind: ProblemKind, line: u32, found: &str) -> Problem {
    Problem::at(kind, line, Some(found))
}

/// The passages, a line each: place, section path, text.
fn tree(text: &str) -> String {
    let source = read(text.as_bytes()).source.unwrap();
    let passages = source.passages.iter().map(|passage| {
        let section = passage.section.join("/");
        format!("{} [{section}] {}", passage.place, passage.text)
    });
    passages.collect::<Vec<_>>().join("\n")
}

/// All that is wrong with a text.
#[track_caller]
fn problems(text: &str, expected: &[Problem]) {
    assert_eq!(read(text.as_bytes()).problems, expected, "{text}");
}

#[test]
fn the_article_is_read_whole() {
    let article = starters().first().unwrap();
    let reading = read(article.bytes);
    let source = reading.source.unwrap();
    assert_eq!(
        (source.metadata.title, source.language),
        (None, Language::Arabic)
    );
    let described: Vec<String> = source.passages.iter().map(described).collect();
    insta::assert_snapshot!(described.join("\n"), @r#"
    p1 [] العلاقات الروسية الكورية | 1→n1 2→n2 |  |  | 
    p2 [] تتراجع بشكل تدريجي | 4→— | [بحاجة لمصدر] |  | 
    p3 ["التاريخ", "الفترة السوفييتية"] قدم الاتحاد السوفييتي | 5→— |  |  | 
    p4 ["التاريخ", "الفترة السوفييتية"] عُقد اللقاء الأول | 6→— |  |  | 
    p5 ["التاريخ", "العقد الأول من القرن الحالي"] كان لترقية فلاديمير |  |  |  | 
    p6 ["التاريخ", "العقد الأول من القرن الحالي"] ابتداءًا من أبريل |  |  |  | 
    p7 ["التاريخ", "العقد الأول من القرن الحالي"] في أبريل من |  | [بحاجة لمصدر] |  | 
    p8 ["التاريخ", "العقد الأول من القرن الحالي"] دعمت روسيا في |  |  |  | 
    p9 ["التاريخ", "العقد الأول من القرن الحالي"] في أبريل من |  |  |  | 
    p10 ["التاريخ", "العقد الأول من القرن الحالي"] بعد التجربة النووية |  |  |  | 
    p11 ["التاريخ", "العقد الأول من القرن الحالي"] في 15 يونيو | 7→— |  |  | 
    p12 ["التاريخ", "العقد الأول من القرن الحالي"] وفي 21 ديسمبر | 8→— |  |  | 
    n1 [] Kyung-Ae Park & |  |  | 1 | p1
    n2 [] Chi Young Pak, |  |  | 2 | p1
    "#);
    // Quoted as it stands: the lines that are no headings, in order, without `^`.
    let text = str::from_utf8(article.bytes).unwrap();
    let headings = ["التاريخ", "الفترة السوفييتية", "العقد الأول من القرن الحالي"];
    let lines = text.lines().filter(|line| !headings.contains(line));
    let lines: Vec<&str> = lines.map(|line| line.trim_start_matches('^')).collect();
    let quoted: Vec<&str> = source
        .passages
        .iter()
        .map(|passage| passage.text.as_str())
        .collect();
    assert_eq!(quoted, lines);
    let without = |line, label| at(ProblemKind::MarkerWithoutFootnote, line, label);
    assert_eq!(
        reading.problems,
        [
            without(2, "4"),
            without(5, "5"),
            without(6, "6"),
            without(14, "7"),
            without(15, "8")
        ]
    );
}

/// A passage in one line: where it stands, its beginning, its markers with their footnotes, what it leaves open.
fn described(passage: &Passage) -> String {
    let words: Vec<&str> = passage.text.split(' ').take(3).collect();
    let markers: Vec<String> = passage
        .markers
        .iter()
        .map(|marker| {
            assert_eq!(
                passage.text[marker.span.clone()],
                format!("[{}]", marker.label)
            );
            format!(
                "{}→{}",
                marker.label,
                marker
                    .footnote
                    .map_or("—".to_owned(), |nth| format!("n{nth}"))
            )
        })
        .collect();
    let unbacked: Vec<&str> = passage
        .citation_needed
        .iter()
        .map(|span| &passage.text[span.clone()])
        .collect();
    let cited_by: Vec<String> = passage.cited_by.iter().map(Place::to_string).collect();
    let rest = [
        markers.join(" "),
        unbacked.join(" "),
        passage.marker.clone().unwrap_or_default(),
        cited_by.join(" "),
    ];
    format!(
        "{} {:?} {} | {}",
        passage.place,
        passage.section,
        words.join(" "),
        rest.join(" | ")
    )
}

#[test]
fn lines_keep_every_byte_but_their_end() {
    insta::assert_snapshot!(
        format!("{:?}", tree("\u{FEFF} كانت هنا.  \r\n\r\n\tثم ذهبت.\n^ ملاحظة \r\n")),
        @r#""p1 []  كانت هنا.  \np2 [] \tثم ذهبت.\nn1 []  ملاحظة ""#
    );
}

#[test]
fn a_heading_under_a_heading_is_its_subsection_and_a_later_one_stands_beside_it() {
    insta::assert_snapshot!(tree("Lead.\nHistory\n\n Early \nOne.\nTwo.\nLater\nThree.\nCulture\nMusic\nFour."), @r#"
    p1 [] Lead.
    p2 [History/Early] One.
    p3 [History/Early] Two.
    p4 [History/Later] Three.
    p5 [History/Culture/Music] Four.
    "#);
}

#[test]
fn a_question_is_the_heading_of_its_answer() {
    insta::assert_snapshot!(tree("How do I join?\nPress the button.\nمن يجيب؟\nالمشرفون."), @r#"
    p1 [How do I join?] Press the button.
    p2 [من يجيب؟] المشرفون.
    "#);
}

#[test]
fn short_lines_that_lead_to_nothing_are_paragraphs() {
    insta::assert_snapshot!(tree("Lead.\nThe end"), @r#"
    p1 [] Lead.
    p2 [] The end
    "#);
    problems(
        "Lead.\nThe end",
        &[at(ProblemKind::HeadingWithoutParagraph, 2, "The end")],
    );
    insta::assert_snapshot!(tree("Members\nAhmad\nSalim"), @r#"
    p1 [Members] Ahmad
    p2 [Members] Salim
    "#);
    problems(
        "Members\nAhmad\nSalim",
        &[at(ProblemKind::HeadingWithoutParagraph, 2, "Ahmad")],
    );
    insta::assert_snapshot!(tree("Members\na\nb\nc\nd\ne\nf\nHistory\nThey met."), @r#"
    p1 [Members] a
    p2 [Members] b
    p3 [Members] c
    p4 [Members] d
    p5 [Members] e
    p6 [Members] f
    p7 [History] They met.
    "#);
    problems(
        "Members\na\nb\nc\nd\ne\nf\nHistory\nThey met.",
        &[at(ProblemKind::HeadingWithoutParagraph, 2, "a")],
    );
}

#[test]
fn footnotes_are_counted_from_the_first_one_and_joined_by_number() {
    let text = "a.[٢][2] b.[1] c.[2]\nd.[2]\nReferences\n^one\n  ^two";
    let source = read(text.as_bytes()).source.unwrap();
    let described: Vec<String> = source.passages.iter().map(described).collect();
    insta::assert_snapshot!(described.join("\n"), @r#"
    p1 [] a.[٢][2] b.[1] c.[2] | ٢→n2 2→n2 1→n1 2→n2 |  |  | 
    p2 [] d.[2] | 2→n2 |  |  | 
    n1 ["References"] one |  |  | 1 | p1
    n2 ["References"] two |  |  | ٢ | p1 p2
    "#);
    problems(text, &[]);
}

#[test]
fn a_footnote_stands_in_the_section_directly_above_it_and_in_no_other() {
    insta::assert_snapshot!(tree("History\na.[1][2][3]\n^one\nMore\nb.\nReferences\nBooks\n^two\n^three"), @r#"
    p1 [History] a.[1][2][3]
    p2 [More] b.
    n1 [] one
    n2 [References/Books] two
    n3 [References/Books] three
    "#);
}

#[test]
fn what_is_doubtful_about_footnotes_is_a_warning() {
    problems(
        "a.[1][3]\n^one\n^\nb.[3][9]\n^three\n^ four",
        &[
            at(ProblemKind::FootnoteAmongParagraphs, 2, "one"),
            Problem::at(ProblemKind::EmptyFootnote, 3, None),
            at(ProblemKind::MarkerWithoutFootnote, 4, "9"),
            at(ProblemKind::FootnoteWithoutMarker, 6, "four"),
        ],
    );
}

#[test]
fn of_a_thousand_footnotes_each_is_joined() {
    let notes = "^note\n".repeat(1000);
    let source = read(format!("In the year [1001], a.[1000]\n{notes}").as_bytes())
        .source
        .unwrap();
    let [marker] = source.passages[0].markers.as_slice() else {
        panic!("[1001] is a year");
    };
    assert_eq!(marker.footnote, Some(1000));
}

#[test]
fn without_a_paragraph_it_is_refused() {
    let none = Problem::of_file(ProblemKind::NoParagraph, None);
    let without = |line, text| at(ProblemKind::FootnoteWithoutMarker, line, text);
    problems(
        "^one\n^two",
        &[none.clone(), without(1, "one"), without(2, "two")],
    );
    problems("References\n^one", &[none, without(2, "one")]);
    problems(" \n", &[Problem::of_file(ProblemKind::Empty, None)]);
}

#[test]
fn of_a_line_that_cannot_be_read_nothing_else_is_said() {
    let bytes = ["سند.[1]\n^one\n".as_bytes(), b"\xFF\xFE b"].concat();
    let reading = read(&bytes);
    assert_eq!(reading.problems, [at(ProblemKind::NotUtf8, 3, "FF")]);
    assert_eq!(
        reading.source.unwrap().passages.len(),
        2,
        "the rest is read"
    );
    let bytes = ["^سند\n".as_bytes(), b"\xFF"].concat();
    let not_utf8 = at(ProblemKind::NotUtf8, 2, "FF");
    assert_eq!(read(&bytes).problems, [not_utf8]);
}

#[test]
fn old_encodings_are_read_and_said() {
    let text = "قامت العلاقات عام 1948.[1]\n^كتاب";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&utf16), read(text.as_bytes()));
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(text);
    let reading = read(&bytes);
    assert_eq!(reading.source, read(text.as_bytes()).source);
    let guessed = Problem::of_file(ProblemKind::EncodingGuessed, Some("windows-1256"));
    assert_eq!(reading.problems, [guessed]);
}

#[test]
fn a_character_that_a_terminal_would_obey_is_a_warning() {
    problems(
        "a\u{1B}[31m b.",
        &[at(ProblemKind::ControlCharacter, 1, "U+001B")],
    );
}

#[test]
fn parts_of_an_over_long_paragraph_cite_each_for_itself() {
    let text = format!(
        "{}كلمة[1]. {}كلمة[1].\n^one",
        "كلمة أخرى. ".repeat(200),
        "كلمة أخرى. ".repeat(200)
    );
    let source = read(text.as_bytes()).source.unwrap();
    let cited_by: Vec<String> = source
        .passages
        .last()
        .unwrap()
        .cited_by
        .iter()
        .map(Place::to_string)
        .collect();
    assert_eq!(cited_by, ["p1.1", "p1.2"]);
}

#[test]
fn ten_thousand_lines_are_read_at_once() {
    let text = "History\nأقيمت أولى العلاقات الدبلوماسية بين البلدين في عام 1948.[1] وانتهت.[2]\n"
        .repeat(10_000)
        + "^one";
    let start = std::time::Instant::now();
    let passages = read(text.as_bytes()).source.unwrap().passages;
    assert_eq!(passages.len(), 10_001);
    assert_eq!(passages[10_000].cited_by.len(), 10_000);
    assert!(
        start.elapsed() < std::time::Duration::from_secs(5),
        "a debug build takes longer than a second, but not much"
    );
}

proptest! {
    #[test]
    fn every_word_of_the_file_is_in_a_passage_or_a_heading(
        lines in proptest::collection::vec("[\\^]?(كلمة|a|b\\.|[0-9]|\\[1\\]|\\PC){0,20}", 0..30),
    ) {
        let text = lines.join("\n");
        let passages = read(text.as_bytes()).source.map(|source| source.passages).unwrap_or_default();
        let said: BTreeSet<&str> = passages
            .iter()
            .flat_map(|passage| passage.section.iter().chain(std::iter::once(&passage.text)))
            .flat_map(|text| text.split_whitespace())
            .collect();
        if passages.iter().any(|passage| passage.place.kind == Kind::Paragraph) {
            for word in text.split_whitespace() {
                let word = word.trim_start_matches(['^', '\u{FEFF}']);
                prop_assert!(is_blank(word) || said.iter().any(|said| said.contains(word)), "`{word}` is lost");
            }
        }
        for passage in &passages {
            let spans = passage.markers.iter().map(|marker| &marker.span).chain(&passage.citation_needed);
            for span in spans {
                prop_assert!(passage.text.get(span.clone()).is_some());
            }
        }
    }

    #[test]
    fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }
}
