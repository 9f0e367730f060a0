//! The fuzz targets, bounded and seeded, on the stable toolchain.

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

/// Bytes made of the pieces, of pieces of the article, and now and then of anything.
fn bytes(random: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..random.usize(0..40) {
        match random.u8(0..10) {
            0 => bytes.push(random.u8(..)),
            1 => bytes.extend(random.char(..).to_string().bytes()),
            _ => bytes.extend(PIECES[random.usize(0..PIECES.len())].bytes()),
        }
    }
    bytes
}

#[track_caller]
fn run(body: fn(&[u8]), seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    for _ in 0..2_000 {
        body(&bytes(&mut random));
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
        let mut markup = bytes(&mut random);
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

#[test]
fn questions_of_anything() {
    run(bodies::question, 3);
}
