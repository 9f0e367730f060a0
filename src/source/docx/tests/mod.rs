//! Whole documents: real ones, ones made for a rule, and hostile ones.

mod real;

use super::super::packed::tests::{encrypted, zip};
use super::super::{Format, Passage, Source};
use super::*;

/// A source as one would write it down: each passage with its place, section, page and anchor, markers with their notes.
pub(in crate::source) fn tree(source: &Source) -> String {
    let passage = |passage: &Passage| {
        let mut line = passage.place.to_string();
        if !passage.section.is_empty() {
            line.push_str(&format!(" {}", passage.section.join(" › ")));
        }
        if let Some(page) = passage.page {
            line.push_str(&format!(" page {page}"));
        }
        if let Some(anchor) = &passage.anchor {
            line.push_str(&format!(" #{anchor}"));
        }
        if let Some(marker) = &passage.marker {
            let cited_by: Vec<String> = passage.cited_by.iter().map(ToString::to_string).collect();
            line.push_str(&format!(" [{marker}] by {}", cited_by.join(" ")));
        }
        for marker in &passage.markers {
            assert_eq!(
                passage.text[marker.span.clone()],
                format!("[{}]", marker.label)
            );
            let note = marker
                .footnote
                .map_or("?".to_owned(), |nth| format!("n{nth}"));
            line.push_str(&format!(" [{}]→{note}", marker.label));
        }
        format!("{line}: {}\n", passage.text)
    };
    source.passages.iter().map(passage).collect()
}

/// What a document's bytes are read into; nothing may be wrong with it.
#[track_caller]
fn sound(bytes: &[u8]) -> Source {
    let reading = read(bytes);
    assert_eq!(reading.problems, []);
    reading.source.unwrap()
}

#[track_caller]
fn refused(bytes: &[u8], kind: ProblemKind, found: Option<&str>) {
    let reading = super::super::read(Format::Docx, bytes);
    assert_eq!(reading.source, None);
    let problem = &reading.problems[0];
    assert_eq!((problem.kind, problem.found.as_deref()), (kind, found));
}

const RELATIONS: &str = r#"<Relationships xmlns="r"><Relationship Id="1" Type="http://x/officeDocument" Target="word/document.xml"/><Relationship Id="2" Type="http://x/extended-properties" Target="docProps/app.xml"/></Relationships>"#;

const OF_DOCUMENT: &str = r#"<Relationships xmlns="r"><Relationship Id="1" Type="http://x/styles" Target="styles.xml"/><Relationship Id="2" Type="http://x/footnotes" Target="/word/footnotes.xml"/><Relationship Id="3" Type="http://x/endnotes" Target="endnotes.xml"/><Relationship Id="4" Type="http://x/numbering" Target="numbering.xml"/><Relationship Id="5" Type="http://x/settings" Target="settings.xml"/><Relationship Id="6" Type="http://x/hyperlink" Target="../../../etc/passwd" TargetMode="External"/></Relationships>"#;

/// A document with a body, and other parts besides.
fn docx(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document =
        format!(r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
    let mut files = vec![
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", OF_DOCUMENT),
        ("word/document.xml", document.as_str()),
    ];
    files.extend(others);
    zip(&files)
}

/// A paragraph with properties and a content.
fn p(properties: &str, inside: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>")
}

/// A run of text.
fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// The paragraphs of a body.
#[track_caller]
fn case(body: &str, expected: &[&str]) {
    let source = sound(&docx(body, &[]));
    let texts: Vec<&str> = source.passages.iter().map(|of| of.text.as_str()).collect();
    assert_eq!(texts, expected);
}

/// Footnotes with these numbers and texts.
fn notes(sort: &str, notes: &[(u32, &str)]) -> String {
    let note = |(id, text): &(u32, &str)| {
        format!(
            "<w:{sort} w:id=\"{id}\">{}</w:{sort}>",
            p("", &format!("<w:r><w:{sort}Ref/></w:r>{}", r(text)))
        )
    };
    let notes: String = notes.iter().map(note).collect();
    format!(
        "<w:{sort}s xmlns:w=\"w\"><w:{sort} w:type=\"separator\" w:id=\"-1\">{}</w:{sort}>{notes}</w:{sort}s>",
        p("", &r("line"))
    )
}

fn cite(sort: &str, id: u32) -> String {
    format!("<w:r><w:{sort}Reference w:id=\"{id}\"/></w:r>")
}

#[test]
fn what_nobody_sees_is_left_out_and_the_rest_is_kept() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>";
    let shown = "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>shown</w:t></w:r>";
    case(&p("", &format!("{}{hidden}{shown}", r("a "))), &["a shown"]);
    case(
        &p(
            "",
            &format!(
                "{}<w:ins>{}</w:ins><w:del><w:r><w:delText>c</w:delText></w:r>{}</w:del><w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>",
                r("a"),
                r("b"),
                r("c"),
                r("d"),
                r("e")
            ),
        ),
        &["abe"],
    );
    case(
        &p(
            "",
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t><w:sym w:font=\"Symbol\" w:char=\"F061\"/></w:r>",
        ),
        &["a b c\u{2011}deα"],
    );
    case(
        &p(
            "",
            &format!(
                "<w:hyperlink>{}</w:hyperlink><w:smartTag>{}</w:smartTag><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
                r("link "),
                r("tag "),
                r("control"),
                r("Click here")
            ),
        ),
        &["link tag control"],
    );
    case(
        &p(
            "",
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        )
        .replace("<w:p>", "<w:p xmlns:m=\"m\">"),
        &["1/2"],
    );
}

#[test]
fn a_paragraph_whose_end_was_deleted_goes_on() {
    let joined = "<w:rPr><w:del w:id=\"1\"/></w:rPr>";
    case(
        &format!(
            "{}{}{}",
            p(joined, &r("One ")),
            p("", &r("two.")),
            p("", &r("Three."))
        ),
        &["One two.", "Three."],
    );
    case(&p(joined, &r("Last.")), &["Last."]);
}

#[test]
fn fields_show_their_results() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let field = |code: &str, result: &str| {
        format!(
            "{}{}{}{}{}",
            mark("begin"),
            instruction(code),
            mark("separate"),
            result,
            mark("end")
        )
    };
    case(
        &p(
            "",
            &format!("{}{}{}", r("see "), field("REF a", &r("page 3")), r(".")),
        ),
        &["see page 3."],
    );
    case(
        &format!(
            "{}{}{}",
            p(
                "",
                &format!(
                    "{}{}{}{}",
                    mark("begin"),
                    instruction("TOC \\o"),
                    mark("separate"),
                    r("History 1")
                )
            ),
            p("", &format!("{}{}", r("Economy 2"), mark("end"))),
            p(
                "",
                &format!(
                    "{}<w:fldSimple w:instr=\"TOC\">{}</w:fldSimple>",
                    r("Text."),
                    r("again")
                )
            )
        ),
        &["Text."],
    );
    // A field that does not end hides nothing.
    case(
        &p("", &format!("{}{}{}", r("a "), mark("begin"), r("b"))),
        &["a b"],
    );
}

#[test]
fn tables_and_text_boxes_are_read_once() {
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let row = |cells: &str| format!("<w:tr>{cells}</w:tr>");
    let text = |text: &str| p("", &r(text));
    let inner = format!(
        "<w:tbl>{}</w:tbl>",
        row(&format!("{}{}", cell(&text("x")), cell(&text("y"))))
    );
    case(
        &format!(
            "<w:tbl>{}{}{}<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>",
            row(&format!(
                "{}{}{}",
                cell(&(text("a") + &text("b"))),
                cell(&text("")),
                cell(&text("c"))
            )),
            row(&cell(&(text("One.") + &text("Two.")))),
            row(&format!("{}{}", cell(&inner), cell(&text("z")))),
            cell(&text("deleted")),
        ),
        &["a b | c", "One.", "Two.", "x | y | z"],
    );
    let shape =
        |text: &str| format!("<w:drawing><w:txbxContent>{text}</w:txbxContent></w:drawing>");
    case(
        &p(
            "",
            &format!(
                "{}<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>{}",
                r("Before "),
                shape(&text("In the box.")),
                shape(&text("In the box.")),
                r("and after.")
            ),
        ),
        &["Before and after.", "In the box."],
    );
    case(
        &p(
            "",
            "<w:r><w:pict><v:shape xmlns:v=\"v\"><v:textpath string=\"Word art\"/></v:shape></w:pict></w:r>",
        ),
        &["Word art"],
    );
}

#[test]
fn headings_and_the_title_make_the_sections() {
    let styled = |style: &str, text: &str| p(&format!("<w:pStyle w:val=\"{style}\"/>"), &r(text));
    let body = [
        styled("Title", "The ark"),
        styled("Author", "Noah"),
        styled("Date", "1901"),
        styled("TOC1", "Wood 3"),
        p("", &r("It was built.")),
        styled("Heading1", "Wood"),
        p("<w:outlineLvl w:val=\"1\"/>", &r("Gopher")),
        p(
            "<w:pStyle w:val=\"Heading1\"/><w:outlineLvl w:val=\"9\"/>",
            &r("Of gopher wood."),
        ),
    ]
    .concat();
    let source = sound(&docx(&body, &[]));
    insta::assert_snapshot!(tree(&source), @r"
    p1: It was built.
    p2 Wood › Gopher: Of gopher wood.
    ");
    let said = source.metadata;
    assert_eq!(
        [said.title, said.author, said.year].map(Option::unwrap),
        ["The ark", "Noah", "1901"]
    );
}

#[test]
fn notes_are_counted_in_the_order_in_which_they_are_cited() {
    let body = [
        p("", &format!("{}{}{}{}", r("One"), cite("footnote", 9), r(" two"), cite("endnote", 1))),
        p(
            "",
            &format!(
                "{}<w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"5\"/><w:t>*</w:t></w:r>{}<w:del>{}</w:del>{}",
                r("Three"),
                r(" four"),
                cite("footnote", 6),
                cite("footnote", 2)
            ),
        ),
    ]
    .concat();
    let footnotes = notes(
        "footnote",
        &[
            (2, "Second."),
            (5, "* Starred."),
            (6, "Deleted."),
            (9, " First."),
        ],
    );
    let endnotes = notes("endnote", &[(1, "At the end.")]);
    let parts = [
        ("word/footnotes.xml", footnotes.as_str()),
        ("word/endnotes.xml", endnotes.as_str()),
    ];
    insta::assert_snapshot!(tree(&sound(&docx(&body, &parts))), @r"
    p1 [1]→n1 [i]→n4: One[1] two[i]
    p2 [*]→n2 [2]→n3: Three[*] four[2]
    n1 [1] by p1: First.
    n2 [*] by p2: Starred.
    n3 [2] by p2: Second.
    n4 [i] by p1: At the end.
    ");
}

#[test]
fn notes_are_numbered_as_settings_and_sections_say() {
    let section = |restart: &str| {
        format!(
            "<w:sectPr><w:footnotePr><w:numFmt w:val=\"arabicAbjad\"/>{restart}</w:footnotePr><w:type w:val=\"continuous\"/></w:sectPr>"
        )
    };
    let restart = "<w:numRestart w:val=\"eachSect\"/>";
    let body = [
        p(
            &section(restart),
            &format!("{}{}{}", r("a"), cite("footnote", 1), cite("footnote", 2)),
        ),
        p(
            "",
            &format!("{}{}{}", r("b"), cite("footnote", 3), cite("endnote", 1)),
        ),
        section(restart),
    ]
    .concat();
    let footnotes = notes("footnote", &[(1, "A."), (2, "B."), (3, "C.")]);
    let endnotes = notes("endnote", &[(1, "E.")]);
    let settings = "<w:settings xmlns:w=\"w\"><w:endnotePr><w:numFmt w:val=\"decimal\"/><w:numStart w:val=\"7\"/></w:endnotePr></w:settings>";
    let parts = [
        ("word/footnotes.xml", footnotes.as_str()),
        ("word/endnotes.xml", endnotes.as_str()),
        ("word/settings.xml", settings),
    ];
    let source = sound(&docx(&body, &parts));
    let texts: Vec<&str> = source.passages.iter().map(|of| of.text.as_str()).collect();
    assert_eq!(&texts[..2], ["a[أ][ب]", "b[أ][7]"]);
    assert_eq!(source.passages[1].markers[0].footnote, Some(3));
}

#[test]
fn pages_are_counted_once_and_only_where_they_are_told() {
    let noted = "<w:r><w:lastRenderedPageBreak/></w:r>";
    let put = "<w:r><w:br w:type=\"page\"/></w:r>";
    let app = |n: u32| format!("<P><Pages>{n}</Pages></P>");
    #[track_caller]
    fn pages(body: &str, app: &str, expected: &[Option<u32>]) {
        let source = sound(&docx(body, &[("docProps/app.xml", app)]));
        let pages: Vec<_> = source.passages.iter().map(|of| of.page).collect();
        assert_eq!(pages, expected);
    }
    let body = [
        p("", &format!("{}{noted}{}", r("a"), r("b"))),
        p("", &r("c")),
        p("", put),
        p("", &format!("{noted}{}", r("d"))),
        p("<w:pageBreakBefore/>", &r("e")),
    ]
    .concat();
    pages(&body, &app(9), &[Some(1), Some(2), Some(3), Some(4)]);
    let body = [p("", &r("a")), p("", put), p("", &r("b"))].concat();
    pages(&body, &app(2), &[Some(1), Some(2)]);
    pages(&body, "<P/>", &[Some(1), Some(2)]);
    // The breaks that were put there are not all there are.
    pages(&body, &app(3), &[None, None]);
    pages(&p("", &r("a")), &app(1), &[None]);
    // A row that goes over to the next page does so in each of its cells.
    let cell = format!(
        "<w:tc>{}</w:tc>",
        p("", &format!("{}{noted}{}", r("a"), r("b")))
    );
    let body = format!("<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>{}", p("", &r("c")));
    pages(&body, "<P/>", &[Some(1), Some(2)]);
}

#[test]
fn bookmarks_are_anchors_and_those_of_programs_are_not() {
    let bookmark = |name: &str| format!("<w:bookmarkStart w:id=\"1\" w:name=\"{name}\"/>");
    let body = [
        bookmark("_GoBack"),
        p("", &r("a")),
        bookmark("wood"),
        p("<w:outlineLvl w:val=\"0\"/>", &r("Wood")),
        p("", &r("b")),
        p("", &format!("{}{}", bookmark("gopher"), r("c"))),
    ]
    .concat();
    insta::assert_snapshot!(tree(&sound(&docx(&body, &[]))), @r"
    p1: a
    p2 Wood #wood: b
    p3 Wood #gopher: c
    ");
}

#[test]
fn files_that_are_something_else_are_told_so() {
    let disguised = ProblemKind::Disguised;
    refused(
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....",
        disguised,
        Some("DOC/XLS/PPT"),
    );
    refused(b"{\\rtf1 text}", disguised, Some("RTF"));
    refused(b"MZ\x90\0", disguised, Some("EXE"));
    let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    refused(&locked, ProblemKind::Encrypted, None);
    refused(
        &zip(&[("mimetype", "application/epub+zip"), ("a.xhtml", "x")]),
        disguised,
        Some("application/epub+zip"),
    );
    refused(&zip(&[("a.txt", "x")]), disguised, Some("ZIP"));
    refused(&zip::<&str>(&[]), disguised, Some("ZIP"));
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let types = format!(
        "<Types><Override PartName=\"/word/document.xml\" ContentType=\"{sheet}\"/></Types>"
    );
    let bytes = docx(&p("", &r("a")), &[("[Content_Types].xml", &types)]);
    let found = read(&bytes).problems.remove(0);
    assert_eq!(found.kind, disguised);
    assert!(
        found
            .found
            .unwrap()
            .starts_with("application/vnd.openxmlformats-officedocument.sp")
    );
}

#[test]
fn hostile_files_are_refused() {
    refused(
        b"",
        ProblemKind::Broken,
        Some("invalid Zip archive: Could not find EOCD"),
    );
    let bytes = docx(&p("", &r("text")), &[]);
    refused(&encrypted(bytes.clone()), ProblemKind::Encrypted, None);
    for end in [bytes.len() / 3, bytes.len() - 5] {
        assert_eq!(read(&bytes[..end]).problems[0].kind, ProblemKind::Broken);
    }
    let laughs =
        "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><w:document><w:body/></w:document>";
    refused(
        &zip(&[("word/document.xml", laughs)]),
        ProblemKind::EntityDeclared,
        None,
    );
    let deep = format!("{}{}", "<w:p>".repeat(100_000), "</w:p>".repeat(100_000));
    refused(&docx(&deep, &[]), ProblemKind::NestedTooDeep, None);
    let bomb = " ".repeat(65 << 20);
    refused(
        &zip(&[("word/document.xml", bomb)]),
        ProblemKind::UnpackedTooLarge,
        None,
    );
    refused(
        &docx("<w:p>", &[]),
        ProblemKind::Broken,
        Some("ill-formed document: expected `</w:p>`, but `</w:body>` was …"),
    );
    refused(&docx("", &[]), ProblemKind::NoParagraph, None);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn no_word_is_lost(
        paragraphs in proptest::collection::vec((0..5_u8, proptest::collection::vec("[a-zء-ي]{1,6}", 1..6)), 1..12)
    ) {
        let mut body = String::new();
        for (kind, words) in &paragraphs {
            let runs: String = words.iter().map(|word| r(&format!("{word} "))).collect();
            body.push_str(&match kind {
                0 => p("<w:outlineLvl w:val=\"1\"/>", &runs),
                1 => format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("", &runs), p("", &runs)),
                2 => p("", &format!("<w:r><w:txbxContent>{}</w:txbxContent></w:r>", p("", &runs))),
                3 => p("", &format!("<w:ins><w:hyperlink>{runs}</w:hyperlink></w:ins>")),
                _ => p("", &runs),
            });
        }
        body.push_str(&p("", &r("last")));
        let source = read(&docx(&body, &[])).source.unwrap();
        let mut there: Vec<&str> = Vec::new();
        for passage in &source.passages {
            there.extend(passage.text.split_whitespace());
            there.extend(passage.section.iter().flat_map(|section| section.split_whitespace()));
        }
        for (nth, (kind, words)) in paragraphs.iter().enumerate() {
            // A heading that another follows at once leads to nothing.
            let is_open = *kind != 0 || paragraphs.get(nth + 1).is_none_or(|(next, _)| *next != 0);
            for word in words.iter().filter(|_| is_open) {
                proptest::prop_assert!(there.contains(&word.as_str()), "{word}");
            }
        }
    }
}
