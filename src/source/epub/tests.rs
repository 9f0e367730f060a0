//! Whole books: real ones, ones made for a rule, and hostile ones.

use super::super::packed::tests::{encrypted, zip};
use super::super::tree::tree;
use super::super::{Format, Passage};
use super::*;

#[track_caller]
fn refused(bytes: &[u8], kind: ProblemKind, found: Option<&str>) {
    let reading = super::super::read(Format::Epub, bytes);
    assert_eq!(reading.source, None);
    let problem = &reading.problems[0];
    assert_eq!((problem.kind, problem.found.as_deref()), (kind, found));
}

const CONTAINER: &str = r#"<container><rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

/// A book of chapters, and other files besides.
fn epub(chapters: &[(&str, &str)], others: &[(&str, &str)]) -> Vec<u8> {
    let item = |(name, _): &(&str, &str)| {
        format!(r#"<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>"#)
    };
    let itemref = |(name, _): &(&str, &str)| format!(r#"<itemref idref="{name}"/>"#);
    let package = format!(
        r#"<package xmlns:dc="d"><metadata><dc:title>Book</dc:title></metadata><manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>{}</manifest><spine toc="ncx">{}</spine></package>"#,
        chapters.iter().map(item).collect::<String>(),
        chapters.iter().map(itemref).collect::<String>(),
    );
    let wrapped: Vec<(String, String)> = chapters
        .iter()
        .map(|(name, body)| {
            let page = format!(
                r#"<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>{body}</body></html>"#
            );
            (format!("OPS/{name}"), page)
        })
        .collect();
    let mut files = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OPS/book.opf", package.as_str()),
    ];
    files.extend(
        wrapped
            .iter()
            .map(|(name, page)| (name.as_str(), page.as_str())),
    );
    files.extend(others);
    zip(&files)
}

#[test]
fn an_arabic_book_by_pandoc() {
    let reading = read(include_bytes!("../../../tests/sources/pandoc.ar.epub"));
    insta::assert_snapshot!(tree(&reading), @r##"
    author: كتّاب ويكيبيديا
    language: ar
    licence: CC BY-SA 4.0
    title: العلاقات الروسية الكورية الشمالية
    year: 2023
    p1 #text/ch001.xhtml#العلاقات-الروسية-الكورية-الشمالية [1]=1→n1 [2]=2→n2
        العلاقات الروسية الكورية الشمالية (بالروسية: Российско-северокорейские отношения) هي علاقات ثنائية. أقيمت أولى العلاقات الدبلوماسية في 12 أكتوبر من عام 1948.[1] تنافست الصين والاتحاد السوفييتي على اكتساب نفوذ في كوريا الشمالية.[2]
    p2 التاريخ / الفترة السوفييتية #text/ch002.xhtml#الفترة-السوفييتية [1]=1→n3
        قدم الاتحاد السوفييتي دعمًا كبيرًا إلى كوريا الشمالية خلال الحرب الباردة، وسُلّمت الدفعة الأخيرة من طائرات ميغ 29 (MiG-29) في عام 1989.[1]
    p3 التاريخ / الفترة السوفييتية #text/ch002.xhtml#الفترة-السوفييتية
        • لا خِلافَ في الأُولى؛
    p4 التاريخ / الفترة السوفييتية #text/ch002.xhtml#الفترة-السوفييتية [2]=2→n4
        • «يمكن التعامل معه»[2].
    p5 التاريخ / الفترة السوفييتية #text/ch002.xhtml#الفترة-السوفييتية
        1. أولًا
    p6 التاريخ / الفترة السوفييتية #text/ch002.xhtml#الفترة-السوفييتية
        2. ثانيًا
    p7 التاريخ / العقد الأول من القرن الحالي #text/ch002.xhtml#العقد-الأول-من-القرن-الحالي
        الدولة | النسبة
    p8 التاريخ / العقد الأول من القرن الحالي #text/ch002.xhtml#العقد-الأول-من-القرن-الحالي
        روسيا | 34%
    p9 التاريخ / العقد الأول من القرن الحالي #text/ch002.xhtml#العقد-الأول-من-القرن-الحالي
        الصين | 60%
    p10 التاريخ / العقد الأول من القرن الحالي #text/ch002.xhtml#العقد-الأول-من-القرن-الحالي
        كان لترقية فلاديمير بوتين تأثيرًا حاسمًا على بيونغ يانغ.
    p11 الاقتصاد #text/ch003.xhtml#الاقتصاد
        وفي 21 ديسمبر 2023، قال رئيس الأركان إن روسيا دشنت تعاوناً دفاعياً “شاملاً” مع كوريا الشمالية.
    n1 (1) #text/ch001.xhtml#fn1 ← p1
        Kyung-Ae Park & Scott Snyder, “North Korea in Transition” (2013), p. 275.
    n2 (2) #text/ch001.xhtml#fn2 ← p1
        Chi Young Pak, Korea and the United Nations (ولترز كلوير: 2000)، ص 43.
    n3 (1) #text/ch002.xhtml#fn1 ← p2
        انظر المرجع السابق. وفيه فقرة ثانية.
    n4 (2) #text/ch002.xhtml#fn2 ← p4
        هذا قَوْلُ كيم جونغ إل.
    "##);
}

#[test]
fn an_arabic_book_by_libreoffice() {
    let reading = read(include_bytes!("../../../tests/sources/libreoffice.ar.epub"));
    insta::assert_snapshot!(tree(&reading), @r##"
    author: كتّاب ويكيبيديا
    language: ar
    title: العلاقات الروسية الكورية الشمالية
    p1
        العلاقات الروسية الكورية الشمالية
    p2 [1]=1→n1 [i]=i→n2
        العلاقات الروسية الكورية الشمالية (بالروسية: Российско-северокорейские отношения) هي علاقات ثنائية. أقيمت أولى العلاقات الدبلوماسية في 12 أكتوبر من عام 1948.[1] تنافست الصين والاتحاد السوفييتي.[i]
    p3 التاريخ
        التاريخ
    p4 التاريخ
        الفترة السوفييتية
    p5 التاريخ [*]=*→n3 [2]=2→n4
        قدم الاتحاد السوفييتي دعمًا كبيرًا خلال الحرب الباردة[*]، وسُلّمت طائرات ميغ 29 (MiG-29) في عام 1989.[2]
    p6 التاريخ
        لا خِلافَ في الأُولى؛
    p7 التاريخ
        «يمكن التعامل معه».
    p8 التاريخ
        أولًا
    p9 التاريخ
        ثانيًا
    p10 الاقتصاد
        الاقتصاد
    p11 الاقتصاد
        روسيا | 34%
    p12 الاقتصاد
        الصين | 60%
    p13 الاقتصاد
        نص في إطار لا يتكرر.
    p14 الاقتصاد
        وفي 21 ديسمبر 2023،                قال رئيس الأركان إن روسيا دشنت تعاوناً دفاعياً "شاملاً".
    n1 (1) #sections/section0001.xhtml#dataF1 ← p2
        Kyung-Ae Park & Scott Snyder, "North Korea in Transition" (2013), p. 275.
    n2 (i) #sections/section0001.xhtml#dataF2 ← p2
        Chi Young Pak (ولترز كلوير: 2000)، ص 43.
    n3 (*) #sections/section0002.xhtml#dataF1 ← p5
        وُضعت هذه العلامة باليد.
    n4 (2) #sections/section0002.xhtml#dataF2 ← p5
        انظر المرجع السابق. وفيه فقرة ثانية.
    "##);
}

#[test]
fn chapters_without_headings_have_the_titles_of_the_contents() {
    let ncx = r#"<ncx><navMap><navPoint><navLabel><text>The lamp</text></navLabel><content src="one.xhtml"/><navPoint><navLabel><text>Oil</text></navLabel><content src="two.xhtml#a"/></navPoint></navPoint><navPoint><navLabel><text>Not this</text></navLabel><content src="three.xhtml"/></navPoint></navMap></ncx>"#;
    let bytes = epub(
        &[
            ("one.xhtml", "<p>It was lit.</p>"),
            ("two.xhtml", "<p>Two pints.</p>"),
            ("three.xhtml", "<h1>The fog</h1><p>Nobody liked it.</p>"),
        ],
        &[("OPS/toc.ncx", ncx)],
    );
    let source = read(&bytes).source.unwrap();
    let sections: Vec<String> = source
        .passages
        .iter()
        .map(|of| of.section.join("/"))
        .collect();
    assert_eq!(sections, ["The lamp", "The lamp/Oil", "The fog"]);
    assert_eq!(source.metadata.title.as_deref(), Some("Book"));
}

#[test]
fn notes_in_a_file_of_their_own_are_joined_and_pages_are_printed_ones() {
    let bytes = epub(
        &[
            (
                "one.xhtml",
                r#"<section epub:type="titlepage"><p>Book</p></section>"#,
            ),
            (
                "two.xhtml",
                r#"<h1>Lamp</h1><span epub:type="pagebreak" id="p7" title="7"/><p id="a">It was lit.<a epub:type="noteref" href="notes.xhtml#n1">1</a></p>"#,
            ),
            ("three.xhtml", "<h1>Fog</h1><p>Nobody liked it.</p>"),
            (
                "notes.xhtml",
                r#"<aside epub:type="footnote" id="n1"><p>Station log.</p></aside>"#,
            ),
        ],
        &[],
    );
    let reading = read(&bytes);
    assert_eq!(reading.problems, []);
    let passages: Vec<Passage> = reading.source.unwrap().passages;
    let texts: Vec<&str> = passages.iter().map(|of| of.text.as_str()).collect();
    assert_eq!(
        texts,
        ["It was lit.[1]", "Nobody liked it.", "Station log."]
    );
    assert_eq!(passages[0].markers[0].footnote, Some(1));
    assert_eq!(passages[0].anchor.as_deref(), Some("two.xhtml#a"));
    assert_eq!(passages[2].anchor.as_deref(), Some("notes.xhtml#n1"));
    assert_eq!((passages[0].page, passages[1].page), (Some(7), Some(7)));
}

#[test]
fn books_that_are_not_to_be_read_are_told_so() {
    let one = [("one.xhtml", "<p>Text.</p>")];
    let lock = "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes256-cbc'/></EncryptedData></encryption>";
    refused(
        &epub(&one, &[("META-INF/encryption.xml", lock)]),
        ProblemKind::Encrypted,
        None,
    );
    let font = "<encryption><EncryptionMethod Algorithm='http://www.idpf.org/2008/embedding'/></encryption>";
    assert!(
        read(&epub(&one, &[("META-INF/encryption.xml", font)]))
            .source
            .is_some()
    );
    refused(&encrypted(epub(&one, &[])), ProblemKind::Encrypted, None);
    refused(&zip(&[("a.txt", "x")]), ProblemKind::Disguised, Some("ZIP"));
    refused(b"%PDF-1.7", ProblemKind::Disguised, Some("PDF"));
    refused(
        &zip(&[("word/document.xml", "x")]),
        ProblemKind::Disguised,
        Some("DOCX"),
    );
    let whole = epub(&one, &[]);
    refused(
        &whole[..whole.len() - 30],
        ProblemKind::Broken,
        Some("invalid Zip archive: Could not find EOCD"),
    );
    refused(
        &zip(&[("META-INF/container.xml", CONTAINER)]),
        ProblemKind::Broken,
        Some("OPS/book.opf"),
    );
    refused(&epub(&[], &[]), ProblemKind::NoParagraph, None);
    refused(
        &epub(&[("../../x.xhtml", "<p>a</p>")], &[]).clone(),
        ProblemKind::UnsafePath,
        Some("OPS/../../x.xhtml"),
    );
}

#[test]
fn hostile_chapters_are_refused() {
    let deep = "<div>".repeat(100_000);
    refused(
        &epub(&[("a.xhtml", &deep)], &[]),
        ProblemKind::NestedTooDeep,
        None,
    );
    let laughs = "<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><html><body><p>&b;</p></body></html>";
    let package = r#"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>"#;
    let files = [
        ("META-INF/container.xml", CONTAINER),
        ("OPS/book.opf", package),
        ("OPS/a.xhtml", laughs),
    ];
    refused(&zip(&files), ProblemKind::EntityDeclared, None);
    let big = "x".repeat(17 << 20);
    refused(
        &epub(&[("a.xhtml", &big)], &[]),
        ProblemKind::UnpackedTooLarge,
        None,
    );
}

#[test]
fn a_missing_chapter_is_told_and_the_others_are_read() {
    let bytes = epub(
        &[("one.xhtml", "<p>Text.</p>"), ("two.xhtml", "<p>More.</p>")],
        &[],
    );
    let torn = super::super::packed::tests::replaced(&bytes, b"OPS/two.xhtml", b"OPS/2wo.xhtml");
    let reading = read(&torn);
    assert_eq!(
        reading.problems,
        [Problem::of_file(ProblemKind::LeftOut, Some("two.xhtml"))]
    );
    assert_eq!(reading.source.unwrap().passages.len(), 1);
}
