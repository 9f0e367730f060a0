//! What a file is by its first bytes, whatever its name says.
//!
//! A program, a picture or an archive under another ending would be read as a source full of rubbish, or not at all with a
//! problem that helps nobody; here it is told by what it is. Text has no such mark: of two kinds of text none is the
//! disguise of the other.

use super::{Format, Problem, ProblemKind};

/// The problem of a file that is something else than its name says; none where nothing speaks against the name.
pub fn disguise(format: Format, bytes: &[u8]) -> Option<Problem> {
    let found = kind(bytes)?;
    let is_expected = expected(format).contains(&found);
    (!is_expected).then(|| Problem::of_file(ProblemKind::Disguised, Some(found)))
}

/// What a file of the format may be by its first bytes. A format of text has no mark.
fn expected(format: Format) -> &'static [&'static str] {
    match format {
        Format::Article | Format::JsonLines | Format::Markdown | Format::Html => &[],
        // The marks of what is packed may lie deeper than is looked; an old container may hold a locked document.
        Format::Docx => &["DOCX", "ZIP", "DOC/XLS/PPT"],
        Format::Epub => &["EPUB", "ZIP"],
        Format::Pdf => &["PDF"],
    }
}

/// Marks at a file's beginning, and what they are the marks of.
const MARKS: [(&[u8], &str); 34] = [
    (b"\x7FELF", "ELF"),
    (b"\xFE\xED\xFA\xCE", "Mach-O"),
    (b"\xFE\xED\xFA\xCF", "Mach-O"),
    (b"\xCE\xFA\xED\xFE", "Mach-O"),
    (b"\xCF\xFA\xED\xFE", "Mach-O"),
    (b"\xCA\xFE\xBA\xBE", "Mach-O/Java"),
    (b"\0asm", "WebAssembly"),
    (b"%PDF-", "PDF"),
    (b"%!PS", "PostScript"),
    (b"{\\rtf", "RTF"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "DOC/XLS/PPT"),
    (b"Rar!\x1A\x07", "RAR"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"\x1F\x8B\x08", "gzip"),
    (b"\xFD7zXZ\0", "xz"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"\x89PNG\r\n\x1A\n", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"8BPS\0", "PSD"),
    (b"AT&TFORM", "DjVu"),
    (b"OggS\0", "Ogg"),
    (b"fLaC\0", "FLAC"),
    (b"ID3\x02\0", "MP3"),
    (b"ID3\x03\0", "MP3"),
    (b"ID3\x04\0", "MP3"),
    (b"\x1A\x45\xDF\xA3", "Matroska/WebM"),
    (b"SQLite format 3\0", "SQLite"),
    (b"wOFF", "WOFF"),
    (b"wOF2", "WOFF"),
    (b"ITSF\x03\0", "CHM"),
];

/// Marks of the first file in a ZIP, and of its name, by which documents that are packed are told from mere archives.
const PACKED: [(&[u8], &str); 5] = [
    (b"mimetypeapplication/epub+zip", "EPUB"),
    (
        b"mimetypeapplication/vnd.oasis.opendocument",
        "OpenDocument",
    ),
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
];

/// How far into a ZIP its [`PACKED`] marks are looked for. Its directory stands at its end.
const WINDOW: usize = 4096;

/// What a file is by its first bytes; none where they are no mark that is known, as those of any text.
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    let at = |start: usize, mark: &[u8]| bytes.get(start..).is_some_and(|at| at.starts_with(mark));
    if at(0, b"PK\x03\x04") || at(0, b"PK\x05\x06") {
        let first = bytes.get(..WINDOW).unwrap_or(bytes);
        let last = bytes.get(bytes.len().saturating_sub(WINDOW)..);
        let is_in = |window: &[u8], mark: &[u8]| window.windows(mark.len()).any(|at| at == mark);
        let packed = PACKED
            .iter()
            .find(|(mark, _)| is_in(first, mark) || last.is_some_and(|last| is_in(last, mark)));
        return Some(packed.map_or("ZIP", |(_, kind)| *kind));
    }
    if let Some((_, kind)) = MARKS.iter().find(|(mark, _)| at(0, mark)) {
        return Some(kind);
    }
    // Of these the beginning alone could be that of a text.
    let has_nul = bytes.iter().take(512).any(|byte| *byte == 0);
    match bytes {
        [b'M', b'Z', ..] if has_nul => Some("EXE"),
        [b'B', b'M', ..] if at(6, b"\0\0\0\0") => Some("BMP"),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] if at(4, b"1AY&SY") => Some("bzip2"),
        [b'R', b'I', b'F', b'F', ..] if at(8, b"WEBP") => Some("WebP"),
        [b'R', b'I', b'F', b'F', ..] if at(8, b"WAVE") => Some("WAV"),
        [b'R', b'I', b'F', b'F', ..] if at(8, b"AVI ") => Some("AVI"),
        [0, ..] if at(4, b"ftyp") => Some("MP4/HEIC"),
        _ if has_nul && at(257, b"ustar") => Some("tar"),
        _ if has_nul && at(60, b"BOOKMOBI") => Some("MOBI"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_told_by_what_it_is() {
        let mut mobi = vec![0; 60];
        mobi.extend(b"BOOKMOBI");
        let mut tar = vec![b'a'];
        tar.resize(257, 0);
        tar.extend(b"ustar");
        let cases: [(&[u8], &str); 14] = [
            (b"MZ\x90\0\x03\0\0\0\x04", "EXE"),
            (b"\x7FELF\x02\x01\x01", "ELF"),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "PNG"),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "JPEG"),
            (b"BM\x36\x10\0\0\0\0\0\0", "BMP"),
            (b"%PDF-1.7\n", "PDF"),
            (b"{\\rtf1\\ansi", "RTF"),
            (b"PK\x05\x06\0\0\0\0", "ZIP"),
            (b"PK\x03\x04\x14\0\0\0\x08\0word/document.xml", "DOCX"),
            (b"PK\x03\x04\x14\0mimetypeapplication/epub+zipPK", "EPUB"),
            (b"\0\0\0\x20ftypisom", "MP4/HEIC"),
            (b"BZh91AY&SY", "bzip2"),
            (&mobi, "MOBI"),
            (&tar, "tar"),
        ];
        for (bytes, expected) in cases {
            for format in [
                Format::Article,
                Format::JsonLines,
                Format::Markdown,
                Format::Html,
            ] {
                assert_eq!(
                    disguise(format, bytes),
                    Some(Problem::of_file(ProblemKind::Disguised, Some(expected)))
                );
            }
        }
    }

    #[test]
    fn a_disguised_file_is_not_read() {
        let reading = crate::source::read(Format::Html, b"%PDF-1.7\n<p>text</p>");
        let problem = Problem::of_file(ProblemKind::Disguised, Some("PDF"));
        assert_eq!((reading.source, reading.problems), (None, vec![problem]));
    }

    #[test]
    fn text_is_no_disguise_of_text() {
        for text in [
            "",
            "MZ is a country code.",
            "BM",
            "BZh",
            "RIFF",
            "<html>",
            "# a",
            "%",
            "PK",
            "سند",
            "ustar",
        ] {
            assert_eq!(kind(text.as_bytes()), None, "{text}");
        }
        let utf16: Vec<u8> = "MZ\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(kind(&utf16), None);
    }
}
