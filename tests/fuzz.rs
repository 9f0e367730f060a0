//! The fuzz targets, bounded and seeded, on the stable toolchain.

use std::io::{Cursor, Read as _, Write as _};

#[path = "../fuzz/bodies.rs"]
mod bodies;

/// Pieces that texts of ours are made of, and what breaks them.
const PIECES: [&str; 28] = [
    "\n",
    "\n\n",
    "\r\n",
    "^",
    "[1]",
    "[2]",
    "[بحاجة لمصدر]",
    "[citation needed]",
    "[",
    "]",
    "التاريخ",
    "روسياوكوريا",
    "عُقد",
    "كـــتاب",
    "لا",
    "١٩٩٦",
    "1,695.5",
    "U.S.",
    "?",
    "؟",
    "«",
    ". ",
    "\u{200f}",
    "\u{feff}",
    "{\"id\":\"a\",\"text\":\"",
    "\"}\n",
    "로씨야",
    "\u{1F600}",
];

/// Pieces of a robots.txt.
const RULES: [&str; 20] = [
    "/",
    "/a",
    "a",
    "*",
    "$",
    "\n",
    "\r\n",
    "#",
    ":",
    " ",
    "%2F",
    "%2a",
    "%",
    "كتاب",
    "User-agent: ",
    "*\n",
    "Sanad\n",
    "Disallow: ",
    "Allow: /",
    "\u{feff}",
];

/// Pieces of web addresses.
const ADDRESSES: [&str; 26] = [
    "http:",
    "https:",
    "//",
    "\\",
    "/",
    "@",
    ":",
    ".",
    "[",
    "]",
    "::ffff:",
    "127",
    "0x7f",
    "0177",
    "10",
    "localhost",
    "a.example",
    "。",
    "１",
    "%31",
    "%",
    "#",
    "?",
    "80",
    "443",
    "xn--",
];

/// Bytes made of the pieces, and now and then of anything.
fn bytes(random: &mut fastrand::Rng, pieces: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..random.usize(0..40) {
        match random.u8(0..10) {
            0 => bytes.push(random.u8(..)),
            1 => bytes.extend(random.char(..).to_string().bytes()),
            _ => bytes.extend(pieces[random.usize(0..pieces.len())].bytes()),
        }
    }
    bytes
}

#[track_caller]
fn run(body: fn(&[u8]), seed: u64) {
    run_on(body, &PIECES, seed);
}

#[track_caller]
fn run_on(body: fn(&[u8]), pieces: &[&str], seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    for _ in 0..2_000 {
        body(&bytes(&mut random, pieces));
    }
}

#[test]
fn articles_of_anything() {
    run(bodies::article, 1);
    bodies::article(&[]);
    bodies::article(include_bytes!("../data/sources/russia-north-korea.ar.txt"));
}

#[test]
fn json_lines_of_anything() {
    run(bodies::json_lines, 2);
    bodies::json_lines(b"{\"id\":\"a\",\"title\":\"\",\"text\":\"x\"}\n");
}

/// Pieces of Markdown and HTML.
const MARKUP: [&str; 56] = [
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "    ",
    "[^1]",
    "[^1]: ",
    "`",
    "```",
    "**",
    "| ",
    "|---|---|\n",
    "---\n",
    "title: ",
    "<p>",
    "</p>",
    "<p id=n1>",
    "<div>",
    "</div>",
    "<h1>",
    "<h2 id=h>",
    "</h2>",
    "<ul>",
    "<ol start=3>",
    "<li>",
    "</li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<pre>",
    "</pre>",
    "<br/>",
    "<sup>",
    "</sup>",
    "<a href=\"#n1\" id=\"r1\">",
    "<a href='#r1'>",
    "</a>",
    "<a name='n1'/>",
    "<section role=\"doc-endnotes\">",
    "<li id=\"n1\" role=\"doc-endnote\">",
    "<ol class=\"references\">",
    "<aside epub:type='footnote' id='n1'>",
    "<main>",
    "<nav>",
    "<script>",
    "</script>",
    "<title>",
    "<?xml version='1.0'?>",
    "<html xmlns='http://www.w3.org/1999/xhtml'>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
];

/// A file with pieces of markup put into it, cut out of it, and bytes of it changed.
fn mutated(random: &mut fastrand::Rng, file: &[u8]) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..random.usize(1..8) {
        let at = random.usize(0..=bytes.len());
        let end = (at + random.usize(0..200)).min(bytes.len());
        match random.u8(0..4) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            2 if at < bytes.len() => bytes[at] = random.u8(..),
            _ => {
                let piece = MARKUP[random.usize(0..MARKUP.len())];
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    bytes
}

/// Runs a body on pieces of markup in any order, and on files that were changed.
#[track_caller]
fn run_markup(body: fn(&[u8]), files: &[&[u8]], seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    for _ in 0..500 {
        let mut markup = bytes(&mut random, &PIECES);
        for _ in 0..random.usize(0..40) {
            markup.extend(MARKUP[random.usize(0..MARKUP.len())].bytes());
            if random.bool() {
                markup.extend(PIECES[random.usize(0..PIECES.len())].bytes());
            }
        }
        body(&markup);
    }
    for file in files {
        body(file);
        for _ in 0..60 {
            body(&mutated(&mut random, file));
        }
    }
}

#[test]
fn markdown_of_anything() {
    let files: [&[u8]; 2] = [
        include_bytes!("sources/article.ar.md"),
        include_bytes!("sources/notes.en.md"),
    ];
    run_markup(bodies::markdown, &files, 4);
}

#[test]
fn html_of_anything() {
    let files: [&[u8]; 3] = [
        include_bytes!("sources/pandoc.en.html"),
        include_bytes!("sources/parsoid.en.html"),
        include_bytes!("sources/mediawiki.ar.html"),
    ];
    run_markup(bodies::html, &files, 5);
}

#[test]
fn text_in_any_encoding() {
    run(bodies::encoding, 6);
    let text = include_str!("sources/article.ar.md");
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    run_markup(bodies::encoding, &[text.as_bytes(), &utf16], 7);
}

/// A small PDF of one page with its font left to the reader; mutations of it reach further than bytes of anything.
const PDF: &str = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Outlines<</First<</Title(A)>>>>>>\nendobj\n\
    2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
    3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n\
    4 0 obj\n<</Length 220>>stream\nBT /F 18 Tf 50 350 Td (Head) Tj /F 12 Tf 0 -30 Td (The ark was built of wood.) Tj\n\
    5 Ts /F 7 Tf (1) Tj 0 Ts ET /Span<</ActualText<FEFF0633>>>BDC BT /F 12 Tf 1 0 0 1 50 300 Tm [(It) -300 (rained)] TJ ET EMC\n\
    BT /F 8 Tf 50 20 Td (1 Note.) Tj ET\nendstream\nendobj\n\
    5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF";

#[test]
fn pdfs_of_almost_anything() {
    bodies::pdf(&[]);
    bodies::pdf(PDF.as_bytes());
    let mut random = fastrand::Rng::with_seed(5);
    for _ in 0..400 {
        let mut bytes = PDF.as_bytes().to_vec();
        for _ in 0..random.usize(1..12) {
            let at = random.usize(0..bytes.len());
            match random.u8(0..5) {
                0 => bytes[at] = random.u8(..),
                1 => {
                    bytes.remove(at);
                }
                2 => bytes.insert(at, random.u8(b' '..=b'~')),
                3 => {
                    // A piece of it at another place.
                    let end = (at + random.usize(1..60)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    let to = random.usize(0..bytes.len());
                    bytes.splice(to..to, piece);
                }
                _ => {
                    let digits = bytes
                        .iter()
                        .enumerate()
                        .filter(|(_, byte)| byte.is_ascii_digit());
                    let digits: Vec<usize> = digits.map(|(at, _)| at).collect();
                    bytes[digits[random.usize(0..digits.len())]] = random.u8(b'0'..=b'9');
                }
            }
        }
        bodies::pdf(&bytes);
    }
}

/// Elements of documents, each with attributes that it may have.
const ELEMENTS: [&str; 44] = [
    "w:p",
    "w:p",
    "w:r",
    "w:r",
    "w:t",
    "w:t",
    "w:t",
    "w:tab",
    "w:br w:type='page'",
    "w:pPr",
    "w:rPr",
    "w:vanish",
    "w:del",
    "w:ins",
    "w:pStyle w:val='a'",
    "w:outlineLvl w:val='0'",
    "w:numPr",
    "w:numId w:val='1'",
    "w:ilvl w:val='8'",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:txbxContent",
    "mc:AlternateContent",
    "mc:Choice",
    "mc:Fallback",
    "w:footnoteReference w:id='1'",
    "w:footnoteReference w:id='2' w:customMarkFollows='1'",
    "w:footnote w:id='1'",
    "w:footnote w:id='2'",
    "w:fldChar w:fldCharType='begin'",
    "w:fldChar w:fldCharType='separate'",
    "w:fldChar w:fldCharType='end'",
    "w:instrText",
    "w:sdt",
    "w:sdtContent",
    "w:sectPr",
    "w:bookmarkStart w:name='x'",
    "w:lastRenderedPageBreak",
    "w:style w:styleId='a'",
    "w:basedOn w:val='a'",
    "w:abstractNum w:abstractNumId='1'",
    "w:num w:numId='1'",
    "w:lvl w:ilvl='4294967295'",
];

/// Elements in one another, as no program would put them.
fn elements(random: &mut fastrand::Rng, depth: usize, xml: &mut String) {
    for _ in 0..random.usize(0..6) {
        if depth == 0 || random.u8(0..4) == 0 {
            xml.push_str(["a", "[1]", " ", "كلمة", "&amp;", "*"][random.usize(0..6)]);
            continue;
        }
        let element = ELEMENTS[random.usize(0..ELEMENTS.len())];
        let name = element.split(' ').next().unwrap_or(element);
        xml.extend(["<", element, ">"]);
        elements(random, depth - 1, xml);
        xml.extend(["</", name, ">"]);
    }
}

#[test]
fn documents_of_anything() {
    let mut random = fastrand::Rng::with_seed(8);
    for _ in 0..400 {
        let mut xml = String::from("<w:document>");
        elements(&mut random, 8, &mut xml);
        xml.push_str("</w:document>");
        bodies::docx(xml.as_bytes());
    }
    let files: [&[u8]; 2] = [
        include_bytes!("sources/pandoc.en.docx"),
        include_bytes!("sources/libreoffice.ar.docx"),
    ];
    run_packed(bodies::docx, &files, 9);
}

#[test]
fn books_of_anything() {
    let files: [&[u8]; 2] = [
        include_bytes!("sources/pandoc.ar.epub"),
        include_bytes!("sources/libreoffice.ar.epub"),
    ];
    run_packed(bodies::epub, &files, 10);
    run_markup(bodies::epub, &[], 11);
}

#[test]
fn archives_of_anything() {
    let files: [&[u8]; 2] = [
        include_bytes!("sources/pandoc.ar.epub"),
        include_bytes!("sources/libreoffice.ar.docx"),
    ];
    run_packed(bodies::archive, &files, 12);
    run(bodies::archive, 13);
}

#[test]
fn source_packs_of_anything() {
    run_packed(bodies::pack, &[&bodies::sample_pack()], 14);
    let mut random = fastrand::Rng::with_seed(15);
    for _ in 0..500 {
        bodies::pack(&mutated(&mut random, bodies::PACK.as_bytes()));
    }
    // Numbers and words in the place of others.
    let pieces: Vec<&str> = bodies::PACK.split_inclusive([':', ',', '[', '{']).collect();
    for _ in 0..2_000 {
        let mut mixed = pieces.clone();
        for _ in 0..random.usize(1..4) {
            let (to, from) = (random.usize(0..mixed.len()), random.usize(0..pieces.len()));
            mixed[to] = pieces[from];
        }
        bodies::pack(mixed.concat().as_bytes());
    }
    run(bodies::pack, 16);
}

/// Runs a body on packed files whose bytes were changed, and whose texts were changed before they were packed.
#[track_caller]
fn run_packed(body: fn(&[u8]), files: &[&[u8]], seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    for file in files {
        body(file);
        for _ in 0..60 {
            body(&mutated(&mut random, file));
            body(&repacked(&mut random, file));
        }
    }
}

/// A packed file with one of its texts changed.
fn repacked(random: &mut fastrand::Rng, file: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let changed = random.usize(0..archive.len());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for nth in 0..archive.len() {
        let mut entry = archive.by_index(nth).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if nth == changed {
            bytes = mutated(random, &bytes);
        }
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn questions_of_anything() {
    run(bodies::question, 3);
}

#[test]
fn robots_txt_of_anything() {
    run_on(bodies::robots, &RULES, 4);
    bodies::robots(b"/x\nUser-agent: *\nDisallow: /*a*b$\n");
}

#[test]
fn addresses_of_anything() {
    run_on(bodies::address, &ADDRESSES, 5);
    bodies::address("http://１２７.0.0.1".as_bytes());
    bodies::address(b"a.example");
}
