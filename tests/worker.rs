//! Hostile files, read by the real program in a process of its own.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use sanad::source::worker::Reader;
use sanad::source::{self, Format, ProblemKind, Reading};

const ARTICLE: &[u8] = include_bytes!("sources/article-libreoffice.ar.pdf");
const GIBIBYTE: u64 = 1 << 30;

fn reader(seconds: u64, memory: u64) -> Reader {
    Reader::new(
        Some(PathBuf::from(env!("CARGO_BIN_EXE_sanad"))),
        seconds,
        memory,
    )
}

fn kinds(reading: &Reading) -> Vec<ProblemKind> {
    reading
        .problems
        .iter()
        .map(|problem| problem.kind)
        .collect()
}

/// A PDF of the given objects, numbered from 1, the first being the catalog; readers find them without a table.
fn made(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    for (number, object) in (1..).zip(objects) {
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    bytes.extend(b"trailer\n<</Root 1 0 R>>\n%%EOF");
    bytes
}

fn stream(head: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{head}/Length {}>>stream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

fn opening(resources: &str) -> Vec<Vec<u8>> {
    [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<<{resources}>>>>"),
    ]
    .map(String::into_bytes)
    .to_vec()
}

/// A page that draws ten forms, each of which draws ten more, fourteen deep.
pub(crate) fn endless() -> Vec<u8> {
    let ten = "/X Do ".repeat(10);
    let mut objects = opening("/XObject<</X 5 0 R>>");
    objects.push(stream("", ten.as_bytes()));
    for depth in 0..14 {
        let next = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 400 400]/Resources<</XObject<</X {} 0 R>>>>",
            depth + 6
        );
        objects.push(stream(&next, ten.as_bytes()));
    }
    objects.push(stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 400 400]",
        b"0 0 1 1 re f",
    ));
    made(&objects)
}

/// A page whose content is two gibibytes once it is unpacked twice.
fn swelling() -> Vec<u8> {
    let runs = [0x81_u8, b' '].repeat(16 << 20);
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&runs).unwrap();
    let mut objects = opening("");
    objects.push(stream(
        "/Filter[/FlateDecode/RunLengthDecode]",
        &packed.finish().unwrap(),
    ));
    made(&objects)
}

#[test]
fn a_worker_reads_what_is_read_here() {
    let reading = reader(60, GIBIBYTE).read(Format::Pdf, ARTICLE);
    assert_eq!(reading, source::read(Format::Pdf, ARTICLE));
    assert!(reading.source.is_some());
}

#[test]
fn a_file_without_end_is_left_in_time_and_others_are_read_on() {
    let reader = reader(2, GIBIBYTE);
    let start = Instant::now();
    let reading = reader.read(Format::Pdf, &endless());
    assert_eq!(
        reading.problems,
        [source::Problem::of_file(ProblemKind::TooSlow, Some("2"))]
    );
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
    let problems = reader.read(Format::Pdf, b"%PDF-1.7\n");
    assert_eq!(kinds(&problems), [ProblemKind::Broken]);
}

#[test]
fn a_file_that_eats_memory_is_told_so() {
    let reading = reader(120, 300 << 20).read(Format::Pdf, &swelling());
    assert_eq!(kinds(&reading), [ProblemKind::TooMuchMemory]);
}

#[test]
fn a_worker_that_falls_is_the_files_fault_and_not_ours() {
    // No worker at all: a program that ends at once, and one that says nothing that is JSON.
    for (program, found) in [("/bin/false", "exit status: 1"), ("/bin/echo", "JSON")] {
        let reading =
            Reader::new(Some(PathBuf::from(program)), 5, GIBIBYTE).read(Format::Pdf, ARTICLE);
        assert_eq!(
            reading.problems,
            [source::Problem::of_file(ProblemKind::Broken, Some(found))]
        );
    }
}
