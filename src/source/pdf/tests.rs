//! Files of real producers, and files that are to do harm.

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;

use super::*;
use crate::language::Language;
use crate::source::Source;

/// The text that the files of the article were made of.
const ARTICLE: &str = include_str!("../../../tests/sources/russia-north-korea-noted.ar.txt");
/// What stands in them only where a font has it.
const KOREAN: &str = " (هانغل: 로씨야련방-조선민주주의인민공화국 관계)";

macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/sources/", $name))
    };
}

#[track_caller]
fn source(bytes: &[u8]) -> Source {
    let reading = read(bytes);
    reading
        .source
        .unwrap_or_else(|| panic!("{:?}", reading.problems))
}

fn kinds(bytes: &[u8]) -> Vec<ProblemKind> {
    read(bytes)
        .problems
        .iter()
        .map(|problem| problem.kind)
        .collect()
}

/// The words of a text; quotation marks that a producer made round are straight, marks on letters in one order.
fn words(text: &str) -> Vec<String> {
    let straight = text.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    let text: String = straight.nfc().collect();
    text.split_whitespace().map(str::to_owned).collect()
}

/// All words of a source in order, headings where they first stand above a passage.
fn read_words(source: &Source) -> Vec<String> {
    let mut text = String::new();
    let mut above: &[String] = &[];
    for passage in &source.passages {
        let n_same = above
            .iter()
            .zip(&passage.section)
            .take_while(|(a, b)| a == b)
            .count();
        for heading in &passage.section[n_same..] {
            writeln!(text, "{heading}").unwrap();
        }
        above = &passage.section;
        writeln!(text, "{}", passage.text).unwrap();
    }
    words(&text)
}

/// The words of the article as they are to be read, without the circumflexes of its notes.
fn article_words(text: &str) -> Vec<String> {
    words(&text.replace("\n^", "\n"))
}

/// Holds that every word stands in the source, in order, and nothing else.
#[track_caller]
fn holds(source: &Source, expected: &[String]) {
    let found = read_words(source);
    let wrong = found
        .iter()
        .zip(expected)
        .position(|(found, expected)| found != expected);
    if let Some(at) = wrong {
        let end = |words: &[String]| words[at..words.len().min(at + 6)].join(" ");
        panic!(
            "word {at}: `{}` instead of `{}`",
            end(&found),
            end(expected)
        );
    }
    assert_eq!(found.len(), expected.len());
}

/// A source without its first paragraph, where a producer sets the author's name.
fn below_author(mut source: Source) -> Source {
    assert_eq!(source.passages[0].text, "مساهمو ويكيبيديا");
    source.passages.remove(0);
    source
}

/// A source as a tree: place, page, section, markers and notes, and how the text begins and ends.
fn tree(source: &Source) -> String {
    let mut tree = String::new();
    for passage in &source.passages {
        let ends: Vec<&str> = passage.text.split_whitespace().collect();
        let (first, last) = (ends[..2].join(" "), ends[ends.len() - 1]);
        let page = passage
            .page
            .map_or_else(|| "-".to_owned(), |page| page.to_string());
        let section = passage.section.join(" / ");
        write!(
            tree,
            "{} s.{page} [{section}] {first} … {last}",
            passage.place
        )
        .unwrap();
        for marker in &passage.markers {
            assert_eq!(
                passage.text[marker.span.clone()],
                format!("[{}]", marker.label)
            );
            write!(tree, " {}→n{}", marker.label, marker.footnote.unwrap_or(0)).unwrap();
        }
        if let Some(label) = &passage.marker {
            let by: Vec<String> = passage.cited_by.iter().map(ToString::to_string).collect();
            write!(tree, " {label}←{}", by.join(",")).unwrap();
        }
        tree.push('\n');
    }
    tree.nfc().collect()
}

#[test]
fn an_article_of_libreoffice_is_read_whole() {
    let reading = read(file!("article-libreoffice.ar.pdf"));
    assert_eq!(reading.problems, []);
    let source = reading.source.unwrap();
    assert_eq!(source.language, Language::Arabic);
    let title = "العلاقات الروسية الكورية الشمالية";
    assert_eq!(source.metadata.title.as_deref(), Some(title));
    assert_eq!(source.metadata.author.as_deref(), Some("مساهمو ويكيبيديا"));
    insta::assert_snapshot!(tree(&source), @r"
    p1 s.1 [] مساهمو ويكيبيديا … ويكيبيديا
    p2 s.1 [] العلاقات الروسية … البلدين.[2] 1→n1 2→n2
    p3 s.1 [] تتراجع بشكل … سلبية.[3] 3→n3
    p4 s.1 [] قَالَ الشَّاعِرُ: … م).
    p5 s.1 [التاريخ / الفترة السوفييتية] قدم الاتحاد … 1980. 4→n4
    p6 s.2 [التاريخ / الفترة السوفييتية] عُقد اللقاء … 1996.[5] 5→n5
    p7 s.2 [التاريخ / العقد الأول من القرن الحالي] كان لترقية … السياسية.
    p8 s.2 [التاريخ / العقد الأول من القرن الحالي] ابتداءًا من … الديمقراطية.
    p9 s.2 [التاريخ / العقد الأول من القرن الحالي] في أبريل … لمصدر]
    p10 s.2 [التاريخ / العقد الأول من القرن الحالي] دعمت روسيا … 2006.
    p11 s.2 [التاريخ / العقد الأول من القرن الحالي] في أبريل … والعلمي.
    p12 s.2 [التاريخ / العقد الأول من القرن الحالي] بعد التجربة … الشمالية.
    p13 s.3 [التاريخ / العقد الأول من القرن الحالي] في 15 … النووية.
    p14 s.3 [التاريخ / العقد الأول من القرن الحالي] وفي 21 … الشمالية.
    n1 s.1 [] Kyung-Ae Park … 275. 1←p2
    n2 s.1 [] Chi Young … 43. 2←p2
    n3 s.1 [] خدمة «بي … 34. 3←p3
    n4 s.1 [] Andrei Lankov, … 71. 4←p5
    n5 s.2 [] وكالة تاس، … (ITAR-TASS). 5←p6
    ");
    holds(&below_author(source), &article_words(ARTICLE));
}

#[test]
fn notes_at_the_end_of_a_print_from_chromium() {
    let source = source(file!("article-chromium.ar.pdf"));
    let cited: Vec<String> = source
        .passages
        .iter()
        .flat_map(|passage| &passage.cited_by)
        .map(ToString::to_string)
        .collect();
    assert_eq!(cited, ["p2", "p2", "p3", "p5", "p6"]);
    holds(
        &below_author(source),
        &article_words(&ARTICLE.replace(KOREAN, "")),
    );
}

#[test]
fn footnotes_and_running_headers_of_typst() {
    let source = source(file!("article-typst.ar.pdf"));
    holds(&source, &article_words(&ARTICLE.replace(KOREAN, "")));
    assert_eq!(source.passages.last().unwrap().marker.as_deref(), Some("5"));
}

#[test]
fn floating_footnotes_of_weasyprint() {
    holds(
        &source(file!("article-weasyprint.ar.pdf")),
        &article_words(ARTICLE),
    );
}

#[test]
fn three_paragraphs_of_fpdf2() {
    let source = source(file!("article-fpdf2.ar.pdf"));
    assert_eq!(source.metadata.title, None, "`report.docx` is no title");
    let lines: Vec<&str> = ARTICLE.lines().collect();
    let text = [lines[1], lines[2], lines[5]].join("\n");
    let text = ["[3]", "[4]"]
        .iter()
        .fold(text, |text, marker| text.replace(marker, ""));
    let mut found = source;
    for passage in &mut found.passages {
        // Pieces of letters of which the file does not say what they are.
        passage.text = passage.text.replace('\u{FFFD}', "");
    }
    holds(&found, &words(&text));
    assert_eq!(found.passages.len(), 3);
}

#[test]
fn two_columns_are_read_from_their_own_side() {
    let text: String = ARTICLE
        .replace(KOREAN, "")
        .lines()
        .filter(|line| !line.starts_with('^'))
        .collect::<Vec<_>>()
        .join("\n");
    let text = (1..=5).fold(text, |text, n| text.replace(&format!("[{n}]"), ""));
    let arabic = source(file!("columns-typst.ar.pdf"));
    holds(&arabic, &words(&text));
    assert_eq!(
        arabic.passages.len(),
        13,
        "no paragraph is cut at the end of a column"
    );
    let english = source(file!("columns-typst.en.pdf"));
    let sections: Vec<String> = english
        .passages
        .iter()
        .map(|passage| passage.section.join("/"))
        .collect();
    assert_eq!(sections[..3], ["History", "History", "History/The lens"]);
    assert_eq!(sections.last().unwrap(), "Today");
    let text: Vec<&str> = english
        .passages
        .iter()
        .map(|passage| passage.text.as_str())
        .collect();
    let text = text.join("\n");
    for words in [
        "is called منارة رأس بايرون, and the guide prints the name (المنارة) beside its own.",
        "twenty-seven nautical miles away",
        "with the original curtains;",
        "holiday-makers",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(
        !text.contains("Lighthouses of the coast"),
        "a running header is no text"
    );
}

#[test]
fn english_of_two_producers() {
    let expected = "1 Department of Navigation, Annual Report (Sydney: 1902), pp. 14–15.";
    for (bytes, n_items) in [
        (file!("lighthouse-libreoffice.en.pdf").as_slice(), 3),
        (file!("lighthouse-chromium.en.pdf").as_slice(), 0),
        (file!("owner-locked.en.pdf").as_slice(), 3),
    ] {
        let source = source(bytes);
        assert_eq!(
            source.metadata.title.as_deref(),
            Some("The Lighthouse at Cape Byron")
        );
        let n = source
            .passages
            .iter()
            .filter(|passage| passage.text.starts_with("• "))
            .count();
        assert_eq!(n, n_items);
        let notes: Vec<_> = source
            .passages
            .iter()
            .filter(|passage| passage.marker.is_some())
            .collect();
        let note = notes[0];
        assert_eq!(
            format!("{} {}", note.marker.as_ref().unwrap(), note.text),
            expected
        );
        assert!(notes.iter().all(|note| note.cited_by.len() == 1));
        let last = source
            .passages
            .iter()
            .rev()
            .find(|passage| passage.marker.is_none())
            .unwrap();
        assert_eq!(
            (last.page, last.section.join("/").as_str()),
            (Some(2), "Today")
        );
        assert!(
            last.text
                .starts_with("The light was automated in 1989, when the last keeper left.[3] It")
        );
    }
}

#[test]
fn pictures_are_said_to_be_no_text() {
    assert_eq!(
        kinds(file!("scanned-fpdf2.pdf")),
        [ProblemKind::OnlyPictures]
    );
    let reading = read(file!("scanned-among-others.en.pdf"));
    let problem = reading
        .problems
        .iter()
        .find(|problem| problem.kind == ProblemKind::PageWithoutText);
    assert_eq!(problem.unwrap().found.as_deref(), Some("1, 3–4"));
    assert!(
        reading
            .source
            .unwrap()
            .passages
            .iter()
            .all(|passage| passage.page == Some(2))
    );
}

#[test]
fn page_numbers_are_told_from_to() {
    assert_eq!(numbers(&[3, 7, 8, 9, 12]), "3, 7–9, 12");
    assert_eq!(numbers(&[1, 2]), "1–2");
}

#[test]
fn strings_are_of_three_encodings() {
    assert_eq!(text_string(b"\xFE\xFF\x06\x33\x00a"), "سa");
    assert_eq!(text_string("\u{FEFF}سند".as_bytes()), "سند");
    assert_eq!(text_string(b"caf\xE9"), "café");
    assert_eq!(text_string(b"\xFE\xFF\x00\x1B\x00a\x00r\x00\x1B\x00b"), "b");
}

#[test]
fn what_is_no_pdf_or_damaged_or_locked() {
    let whole = file!("lighthouse-libreoffice.en.pdf");
    assert_eq!(kinds(b""), [ProblemKind::Empty]);
    assert_eq!(kinds(b"This is a text."), [ProblemKind::Broken]);
    assert_eq!(kinds(b"%PDF-1.7\n"), [ProblemKind::Broken]);
    assert_eq!(kinds(file!("locked.en.pdf")), [ProblemKind::Encrypted]);
    for share in 1..10 {
        // Whatever is left of it: it is read in part or refused.
        let reading = read(&whole[..whole.len() * share / 10]);
        assert!(reading.source.is_some() || reading.problems.iter().any(Problem::is_fatal));
    }
}

/// A PDF of the given objects, numbered from 1, the first being the catalog.
fn made(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let xref = bytes.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        writeln!(table, "{place:010} 00000 n ").unwrap();
    }
    write!(
        table,
        "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF",
        objects.len() + 1
    )
    .unwrap();
    bytes.extend(table.bytes());
    bytes
}

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

/// A PDF of one page with the given content.
fn page(content: &str) -> Vec<u8> {
    made(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        FONT.to_owned(),
    ])
}

fn texts(bytes: &[u8]) -> Vec<String> {
    source(bytes)
        .passages
        .into_iter()
        .map(|passage| passage.text)
        .collect()
}

#[test]
fn what_is_drawn_twice_is_read_once() {
    let line = "(The ark was built of wood and pitched with pitch.) Tj";
    let content = format!("BT /F 12 Tf 50 300 Td {line} ET BT /F 12 Tf 50.4 300 Td {line} ET");
    assert_eq!(
        texts(&page(&content)),
        ["The ark was built of wood and pitched with pitch."]
    );
    let content = format!("BT 2 Tr /F 12 Tf 50 300 Td {line} ET");
    assert_eq!(
        texts(&page(&content)),
        ["The ark was built of wood and pitched with pitch."]
    );
}

#[test]
fn gaps_are_blanks_where_none_is_drawn() {
    let content = "BT /F 12 Tf 50 300 Td [(The) -300 (ark) -300 (was) -300 (built) 20 (.)] TJ ET";
    assert_eq!(texts(&page(content)), ["The ark was built."]);
}

#[test]
fn text_that_stands_for_glyphs_counts() {
    let content = "BT /F 12 Tf 50 300 Td (The ) Tj /Span<</ActualText(ark)>>BDC (xyz) Tj EMC ( was built of wood.) Tj ET";
    assert_eq!(texts(&page(content)), ["The ark was built of wood."]);
    let content = "/Artifact BMC BT /F 8 Tf 50 380 Td (Head) Tj ET EMC BT /F 12 Tf 50 300 Td (The ark was built of wood.) Tj ET";
    assert_eq!(texts(&page(content)), ["The ark was built of wood."]);
}

#[test]
fn powers_are_no_markers_and_watermarks_no_text() {
    let content = "BT /F 12 Tf 50 300 Td (It is 3 m) Tj 5 Ts /F 7 Tf (2) Tj 0 Ts /F 12 Tf ( wide and of wood.) Tj ET \
                   BT /F 40 Tf .7 .7 -.7 .7 100 100 Tm (DRAFT) Tj ET";
    assert_eq!(texts(&page(content)), ["It is 3 m² wide and of wood."]);
}

#[test]
fn a_page_of_a_tree_that_leads_back_to_itself_is_read_once() {
    let bytes = made(&[
        "<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R 2 0 R 3 0 R]/Count 999999999>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_owned(),
        "<</Length 49>>stream\nBT /F 12 Tf 50 300 Td (The ark was built.) Tj ET   \nendstream".to_owned(),
        FONT.to_owned(),
        "<</First 7 0 R>>".to_owned(),
        "<</Title(A)/Next 7 0 R/First 7 0 R>>".to_owned(),
    ]);
    assert_eq!(texts(&bytes), ["The ark was built."]);
}

#[test]
fn a_form_that_draws_itself_ends() {
    let bytes = made(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_owned(),
        "<</Length 5>>stream\n/X Do\nendstream".to_owned(),
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream".to_owned(),
    ]);
    assert_eq!(kinds(&bytes), [ProblemKind::NoParagraph]);
}

#[test]
fn deep_nesting_and_lying_tables_are_no_harm() {
    let deep = format!("{} {}", "[".repeat(50_000), "<<".repeat(50_000));
    assert_eq!(kinds(&page(&deep)), [ProblemKind::NoParagraph]);
    let mut looped = page("BT /F 12 Tf 50 300 Td (The ark was built.) Tj ET");
    let at = looped
        .windows(9)
        .rposition(|window| window == b"startxref")
        .unwrap();
    looped.truncate(at);
    // A table that names itself as the one before.
    looped.extend(b"trailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF");
    assert_eq!(texts(&looped), ["The ark was built."]);
}

#[test]
fn more_pages_than_a_source_may_have() {
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
    let kids: Vec<String> = (0..=MAX_PAGES)
        .map(|nth| format!("{} 0 R", nth + 3))
        .collect();
    objects.push(format!("<</Type/Pages/Kids[{}]/Count 1>>", kids.join(" ")));
    objects.extend(
        kids.iter()
            .map(|_| "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_owned()),
    );
    let problems = read(&made(&objects)).problems;
    assert_eq!(
        problems,
        [Problem::of_file(ProblemKind::TooManyPages, Some("2001"))]
    );
}

#[test]
fn blank_pages_are_not_without_text() {
    assert_eq!(kinds(&page("0 0 9 9 re f")), [ProblemKind::NoParagraph]);
}
