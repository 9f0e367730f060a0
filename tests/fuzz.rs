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
