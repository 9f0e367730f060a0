//! What must hold for any bytes at all. The fuzz targets run these without end; the tests run them bounded and seeded.
#![allow(dead_code, reason = "each fuzz target uses one of them")]

use std::io::{Cursor, Write as _};
use std::net::Ipv4Addr;

use sanad::fetch::{Guard, is_public, robots};
use sanad::language::{Span, detect, fold, sentence, token};
use sanad::library::pack::{MANIFEST, Opened};
use sanad::source::{self, Format, Reading, archive, encoding};

/// An article's passages are its text, which is its bytes where they are UTF-8.
pub(crate) fn article(bytes: &[u8]) {
    let reading = source::read(Format::Article, bytes);
    check(&reading);
    let decoded = encoding::decode(bytes);
    let bytes = decoded.as_ref().map_or(bytes, |text| text.as_bytes());
    for passage in reading.source.iter().flat_map(|source| &source.passages) {
        let text = passage.text.as_bytes();
        let is_there = text.is_empty() || bytes.windows(text.len()).any(|window| window == text);
        assert!(
            is_there,
            "a passage stands in the source as it is: {:?}",
            passage.text
        );
    }
}

/// JSON Lines never panic, and what they give can be quoted.
pub(crate) fn json_lines(bytes: &[u8]) {
    check(&source::read(Format::JsonLines, bytes));
}

/// Markdown never panics, and what it gives can be quoted.
pub(crate) fn markdown(bytes: &[u8]) {
    check(&source::read(Format::Markdown, bytes));
}

/// Web pages never panic, and what they give can be quoted.
pub(crate) fn html(bytes: &[u8]) {
    check(&source::read(Format::Html, bytes));
}

/// A document never panics, and what it gives can be quoted; bytes that are no zip are the text in one.
pub(crate) fn docx(bytes: &[u8]) {
    check(&source::read(Format::Docx, bytes));
    if !bytes.starts_with(b"PK") {
        let files = [
            ("word/document.xml", bytes),
            ("word/footnotes.xml", bytes),
            ("word/styles.xml", bytes),
            ("word/numbering.xml", bytes),
            (
                "word/_rels/document.xml.rels",
                br#"<R><Relationship Type="/footnotes" Target="footnotes.xml"/><Relationship Type="/styles" Target="styles.xml"/><Relationship Type="/numbering" Target="numbering.xml"/></R>"#.as_slice(),
            ),
        ];
        check(&source::read(Format::Docx, &packed(&files)));
    }
}

/// A book never panics, and what it gives can be quoted; bytes that are no zip are a chapter and the contents of one.
pub(crate) fn epub(bytes: &[u8]) {
    check(&source::read(Format::Epub, bytes));
    if !bytes.starts_with(b"PK") {
        let files = [
            (
                "META-INF/container.xml",
                br#"<c><rootfile full-path="a.opf"/></c>"#.as_slice(),
            ),
            (
                "a.opf",
                br#"<p><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="n" href="n.xhtml" properties="nav"/><itemref idref="a"/></p>"#.as_slice(),
            ),
            ("a.xhtml", bytes),
            ("n.xhtml", bytes),
        ];
        check(&source::read(Format::Epub, &packed(&files)));
    }
}

/// An archive never panics, and every name in it lies inside it.
pub(crate) fn archive(bytes: &[u8]) {
    match archive::files(bytes) {
        Ok(archive) => {
            assert!(!archive.files.is_empty());
            for file in &archive.files {
                let name = &file.name;
                assert!(!name.starts_with('/') && !name.contains(['\\', '\0']));
                assert!(name.split('/').all(|part| part != ".."), "{name:?}");
            }
        }
        Err(problems) => assert!(problems.iter().any(source::Problem::is_fatal)),
    }
}

/// Opening a source pack never panics, and what it says of itself can be; bytes that are no zip are its manifest.
pub(crate) fn pack(bytes: &[u8]) {
    opened(bytes.to_vec());
    if !bytes.starts_with(b"PK") {
        opened(packed(&[(MANIFEST, bytes), ("sources/a/1/a.txt", b"a")]));
    }
}

fn opened(bytes: Vec<u8>) {
    let Ok(pack) = Opened::read(bytes) else {
        return;
    };
    let manifest = pack.manifest();
    assert!(manifest.part > 0 && manifest.part <= manifest.parts);
    let mut ids: Vec<_> = manifest.sources.iter().map(|source| &source.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), manifest.sources.len(), "an id stands twice");
    for source in &manifest.sources {
        assert_eq!(source.id.as_str().parse().as_ref(), Ok(&source.id));
        let mut last = 0;
        for version in &source.versions {
            assert!(version.number > last, "numbers grow");
            last = version.number;
            assert!(version.format().is_some() && version.content_hash.len() == 64);
            let shown = [
                &version.attribution.title,
                &version.file_name,
                &version.added_by,
            ];
            assert!(shown.iter().all(|text| !text.contains(char::is_control)));
        }
        assert!(
            source
                .versions
                .iter()
                .any(|version| version.number == source.current)
        );
    }
}

/// A manifest of a source pack as Sanad writes it.
pub(crate) const PACK: &str = r#"{"format":1,"program":"sanad 0.1.0","library":"local","generation":3,"exported_at":1795000000000,
"part":1,"parts":1,"settings":{"threshold":"0.4"},"sources":[{"id":"a","current":1,"limits":{"channels":[7],"roles":[]},
"origin":{"address":"https://example.org/a","etag":null,"last_modified":null,"fetched_at":1,
"content_hash":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"},"versions":[{"number":1,
"attribution":{"title":"كتاب","language":"ar"},"format":"article","file_name":"a.txt",
"content_hash":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","added_by":"terminal","added_at":1,
"path":"sources/a/1/a.txt"}]}]}"#;

/// A source pack as Sanad writes it.
pub(crate) fn sample_pack() -> Vec<u8> {
    let bytes = packed(&[(MANIFEST, PACK.as_bytes()), ("sources/a/1/a.txt", b"a")]);
    assert!(Opened::read(bytes.clone()).is_ok(), "the sample is sound");
    bytes
}

/// A zip of files.
fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer
            .start_file(*name, options)
            .and_then(|()| Ok(writer.write_all(bytes)?))
            .expect("memory can be written to");
    }
    let finished = writer.finish().expect("memory can be written to");
    finished.into_inner()
}

/// Bytes are text, or there is a reason why not; text that was read once is read the same again.
pub(crate) fn encoding(bytes: &[u8]) {
    match encoding::decode(bytes) {
        Ok(text) if !text.starts_with('\u{feff}') => {
            let again = encoding::decode(text.as_bytes());
            assert_eq!(again.as_deref().ok(), Some(&text[..]));
        }
        Ok(_) => {}
        Err(problems) => assert!(problems.iter().any(source::Problem::is_fatal)),
    }
}

/// A PDF never panics, and what it gives can be quoted.
pub(crate) fn pdf(bytes: &[u8]) {
    check(&source::read(Format::Pdf, bytes));
}

/// A question of any letters can be folded, cut into words and sentences, and told by its language.
pub(crate) fn question(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let folded = fold::fold(&text);
    assert_eq!(fold::fold(&folded), folded, "folding twice is folding once");
    let _ = detect::language(&text);
    let mut end = 0;
    for token in token::tokens(&text) {
        assert!(!token.fold.is_empty());
        assert!(token.span.start >= end, "tokens come in order");
        end = token.span.end;
        on_boundaries(&text, &token.span);
    }
    in_sentences(&text);
}

/// Whatever a robots.txt says, it is read, and itself may be read again. The first line is the path that is asked for.
pub(crate) fn robots(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |byte| *byte == b'\n');
    let path = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    let text = parts.next().unwrap_or_default();
    let rules = robots::Rules::read(text);
    let allowed = rules.allow(&path);
    assert!(rules.allow("/robots.txt"));
    // A group for another program changes nothing for us, nor does a comment.
    let more = [text, b"\n#x\nUser-agent: another\nDisallow: /\n"].concat();
    if text.len() < robots::MAX_BYTES {
        assert_eq!(robots::Rules::read(&more).allow(&path), allowed);
    }
}

/// Whatever is let through has a name with a dot, no password and a usual port, and is let through again as it came out;
/// an address of IPv4 hidden in one of IPv6 is never public.
pub(crate) fn address(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let guard = Guard::new(&[]);
    for address in [
        text.to_string(),
        format!("http://{text}"),
        format!("https://{text}/"),
    ] {
        if let Ok(url) = guard.admit(&address) {
            assert!(url.domain().is_some_and(|name| name.contains('.')), "{url}");
            assert!(
                matches!(url.port_or_known_default(), Some(80 | 443)),
                "{url}"
            );
            assert!(
                url.username().is_empty() && url.password().is_none(),
                "{url}"
            );
            assert_eq!(guard.admit(url.as_str()), Ok(url));
        }
    }
    if let Some(octets) = bytes.first_chunk::<4>() {
        let v4 = Ipv4Addr::from(*octets);
        assert!(!is_public(v4.to_ipv6_mapped().into()));
        assert!(!is_public(v4.to_ipv6_compatible().into()));
        if v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_multicast() {
            assert!(!is_public(v4.into()), "{v4}");
        }
    }
}

/// A reading either has a source or says why not, and every range in it can be quoted.
fn check(reading: &Reading) {
    let Some(source) = &reading.source else {
        assert!(
            reading.problems.iter().any(source::Problem::is_fatal),
            "nothing was read and nothing is wrong"
        );
        return;
    };
    for passage in &source.passages {
        in_sentences(&passage.text);
        for marker in &passage.markers {
            on_boundaries(&passage.text, &marker.span);
        }
        for span in &passage.citation_needed {
            on_boundaries(&passage.text, span);
        }
    }
}

/// Everything but white space is in exactly one sentence.
fn in_sentences(text: &str) {
    let mut end = 0;
    for sentence in sentence::sentences(text) {
        on_boundaries(text, &sentence);
        let between = text.get(end..sentence.start);
        assert!(
            between.is_some_and(|between| between.trim().is_empty()),
            "{between:?} is in no sentence, or in two"
        );
        assert!(!sentence.is_empty());
        end = sentence.end;
    }
    assert!(text.get(end..).is_some_and(|rest| rest.trim().is_empty()));
}

fn on_boundaries(text: &str, span: &Span) {
    assert!(
        text.get(span.clone()).is_some(),
        "{span:?} is no range of characters"
    );
}
