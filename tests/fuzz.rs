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
