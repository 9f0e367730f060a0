//! What a fetched file is called: as its server says, else as its address says, else by its title, else by its host. Its
//! name ends in what its type asks for, since it is read by that.

use scraper::{Html, Selector};
use url::Url;

use super::kind::{Kind, is_known_ending};
use crate::source::SourceId;
use crate::source::percent::decode;

/// How many characters of a name are kept, its ending aside.
const MAX_CHARS: usize = 100;

/// How much of a page is looked through for its title.
const HEAD_BYTES: usize = 64 << 10;

/// What paths end in when they name no page: it is the server that is called so.
const NAMELESS: [&str; 4] = ["index", "default", "download", "view"];

/// Endings of the programs that make pages; they say nothing of what is made.
const PROGRAMS: [&str; 8] = ["php", "asp", "aspx", "jsp", "cgi", "html", "htm", "shtml"];

/// The name of a fetched file; none where its type says nothing and no name says more.
pub(super) fn file_name(
    url: &Url,
    disposition: Option<&str>,
    kind: &Kind,
    endings: &[&str],
    bytes: &[u8],
) -> Option<String> {
    let disposed = disposition.and_then(disposed);
    let candidates = [disposed, in_path(url)];
    let has_id = |name: &String| SourceId::from_file_name(name).is_ok();
    let names = candidates.into_iter().flatten().filter(has_id);
    if endings.is_empty() {
        // The type says nothing, so the ending has to.
        return names.into_iter().find(|name| {
            let (_, ending) = parted(name);
            is_known_ending(&ending)
        });
    }
    let own = endings.first().copied().unwrap_or_default();
    let mut names = names.filter_map(|name| {
        let (stem, ending) = parted(&name);
        if endings.contains(&ending.as_str()) && !is_nameless(stem) {
            return Some(name);
        }
        let stem = if PROGRAMS.contains(&ending.as_str()) || is_known_ending(&ending) {
            stem
        } else {
            name.as_str()
        };
        (!is_nameless(stem)).then(|| format!("{}.{own}", one_piece(stem)))
    });
    names
        .next()
        .or_else(|| {
            let title = title(kind, bytes)?;
            let name = format!("{}.{own}", one_piece(&title));
            SourceId::from_file_name(&name).is_ok().then_some(name)
        })
        .or_else(|| Some(format!("{}.{own}", one_piece(url.host_str()?))))
}

/// A name and its ending, which is in lower case.
fn parted(name: &str) -> (&str, String) {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    (stem, ending.to_ascii_lowercase())
}

fn is_nameless(stem: &str) -> bool {
    let stem = stem.trim().to_ascii_lowercase();
    stem.is_empty() || NAMELESS.contains(&stem.as_str())
}

/// A stem without dots, since the id of a source is its name up to the first one.
fn one_piece(stem: &str) -> String {
    let stem = clean(stem);
    stem.replace('.', "-").trim_matches('-').to_owned()
}

/// The last piece of the path that says anything.
fn in_path(url: &Url) -> Option<String> {
    let piece = url.path_segments()?.rfind(|piece| !piece.is_empty())?;
    let name = clean(&String::from_utf8_lossy(&decode(piece.as_bytes())));
    (!name.is_empty()).then_some(name)
}

/// The name that the header `Content-Disposition` gives: `filename*` (with a charset) before `filename` (without).
fn disposed(header: &str) -> Option<String> {
    let (mut plain, mut extended) = (None, None);
    for (name, value) in parameters(header) {
        if name.eq_ignore_ascii_case("filename") {
            plain = plain.or(Some(value));
        } else if name.eq_ignore_ascii_case("filename*") {
            extended = extended.or_else(|| extended_value(&value));
        }
    }
    let name = clean(&extended.or(plain)?);
    (!name.is_empty()).then_some(name)
}

/// The parameters of a header, quotes and what they guard resolved.
fn parameters(header: &str) -> Vec<(String, String)> {
    let mut parameters = Vec::new();
    let (mut name, mut value) = (String::new(), None::<String>);
    let (mut is_quoted, mut is_guarded) = (false, false);
    for c in header.chars().chain([';']) {
        let is_value = value.is_some();
        let into = value.as_mut().unwrap_or(&mut name);
        match c {
            _ if is_guarded => {
                into.push(c);
                is_guarded = false;
            }
            '\\' if is_quoted => is_guarded = true,
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => {
                if let Some(value) = value.take() {
                    parameters.push((name.trim().to_owned(), value.trim().to_owned()));
                }
                name.clear();
            }
            '=' if !is_value => value = Some(String::new()),
            _ => into.push(c),
        }
    }
    // A quote that nobody closed.
    if let Some(value) = value {
        let value = value.trim().trim_end_matches(';');
        parameters.push((name.trim().to_owned(), value.to_owned()));
    }
    parameters
}

/// `UTF-8''name%20in%20codes` (RFC 8187).
fn extended_value(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let charset = parts.next()?;
    let name = decode(parts.nth(1)?.as_bytes());
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes())?;
    Some(encoding.decode_without_bom_handling(&name).0.into_owned())
}

/// A name without folders, and without what no file's name may have on every system.
fn clean(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 8 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let fit = |c: &char| !c.is_control() && !"<>:\"|?*".contains(*c);
    let kept: String = stem.chars().filter(fit).take(MAX_CHARS).collect();
    let ending: String = ending.chars().filter(fit).collect();
    format!("{}{ending}", kept.trim().trim_start_matches('.'))
        .trim_end_matches(['.', ' '])
        .to_owned()
}

/// The title of a page.
fn title(kind: &Kind, bytes: &[u8]) -> Option<String> {
    if !kind.is_page() {
        return None;
    }
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let charset = kind.charset.as_deref().unwrap_or("utf-8");
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes())?;
    let (text, _, _) = encoding.decode(head);
    let page = Html::parse_document(&text);
    let title = page
        .select(&Selector::parse("title").ok()?)
        .next()?
        .text()
        .collect::<String>();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    // Letters that could not be read: it is of another charset than was thought.
    let is_sound = !title.is_empty() && !title.contains('\u{FFFD}');
    // A slash in a title parts no folders.
    is_sound.then(|| title.replace(['/', '\\'], "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(address: &str, disposition: &str, kind: &str, body: &str, expected: &str) {
        let url = Url::parse(address).unwrap();
        let kind = Kind::read(kind);
        let endings = kind.endings().unwrap();
        let disposition = Some(disposition).filter(|text| !text.is_empty());
        let name = file_name(&url, disposition, &kind, endings, body.as_bytes());
        assert_eq!(name.as_deref().unwrap_or("-"), expected, "{address}");
    }

    #[test]
    fn the_path_names_a_file() {
        let html = "text/html; charset=utf-8";
        case("https://a.example/ark.txt", "", "text/plain", "", "ark.txt");
        case(
            "https://a.example/ark.en.txt?x=y.z",
            "",
            "text/plain",
            "",
            "ark.en.txt",
        );
        case(
            "https://a.example/raw/notes.md",
            "",
            "text/plain",
            "",
            "notes.md",
        );
        case("https://a.example/ark/", "", html, "", "ark.html");
        case("https://a.example/ark.php", "", html, "", "ark.html");
        case("https://a.example/Ph.D.", "", html, "", "Ph-D.html");
        case("https://a.example/v1.2", "", html, "", "v1-2.html");
        case("https://a.example/book.pdf", "", html, "", "book.html");
        case("https://a.example/book.HTM", "", html, "", "book.HTM");
        case(
            "https://a.example/book.epub",
            "",
            "application/zip",
            "",
            "book.epub",
        );
        case(
            "https://ar.wikipedia.org/wiki/%D9%83%D9%88%D8%B1%D9%8A%D8%A7",
            "",
            html,
            "",
            "كوريا.html",
        );
        case(
            "https://a.example/%2e%2e%2fetc%2Fpasswd",
            "",
            "text/plain",
            "",
            "passwd.txt",
        );
    }

    #[test]
    fn a_type_that_says_nothing_leaves_it_to_the_ending() {
        let any = "application/octet-stream";
        case("https://a.example/book.docx", "", any, "", "book.docx");
        case("https://a.example/book.exe", "", any, "", "-");
        case("https://a.example/", "", "", "", "-");
        case(
            "https://a.example/get",
            "attachment; filename=book.pdf",
            any,
            "",
            "book.pdf",
        );
        case(
            "https://a.example/book.pdf",
            "attachment; filename=book",
            any,
            "",
            "book.pdf",
        );
    }

    #[test]
    fn the_server_names_a_file() {
        let plain = "text/plain";
        for (header, expected) in [
            ("attachment; filename=\"a b.txt\"", "a b.txt"),
            ("attachment; filename=\"..\\\\..\\\\x;y.txt\"", "x;y.txt"),
            ("attachment; filename=../../x.txt", "x.txt"),
            (
                "attachment; filename=\"q.txt\"; filename*=UTF-8''%D9%83%D8%AA%D8%A7%D8%A8.txt",
                "كتاب.txt",
            ),
            ("inline; FileName*=iso-8859-1'en'caf%E9.txt", "café.txt"),
            ("attachment; filename*=UTF-8''a%0A%00b.txt", "ab.txt"),
            ("attachment; filename=\"open.txt", "open.txt"),
            ("attachment; filename=\"\"", "page.txt"),
            ("attachment; filename=???", "page.txt"),
            ("inline", "page.txt"),
            ("attachment; filename=.hidden", "hidden.txt"),
        ] {
            case("https://a.example/page", header, plain, "", expected);
        }
        let long = format!("attachment; filename={}.txt", "ا".repeat(400));
        case(
            "https://a.example/",
            &long,
            plain,
            "",
            &format!("{}.txt", "ا".repeat(100)),
        );
    }

    #[test]
    fn a_page_without_a_name_goes_by_its_title_or_its_host() {
        let html = "text/html";
        let page = "<html><head><title> The\n ark &amp; v1.0 a/b </title></head><body><h1>x</h1>";
        case(
            "https://a.example/",
            "",
            html,
            page,
            "The ark & v1-0 a-b.html",
        );
        case(
            "https://a.example/index.php",
            "",
            html,
            page,
            "The ark & v1-0 a-b.html",
        );
        case(
            "https://a.example/index.html",
            "",
            html,
            page,
            "The ark & v1-0 a-b.html",
        );
        case(
            "https://ar.a.example/",
            "",
            html,
            "<p>x",
            "ar-a-example.html",
        );
        case(
            "https://a.example/",
            "",
            html,
            "<title>؟</title>",
            "a-example.html",
        );
        case(
            "https://a.example/",
            "",
            "text/plain",
            page,
            "a-example.txt",
        );
        case(
            "https://a.example/%3F",
            "",
            "text/plain",
            "",
            "a-example.txt",
        );
        let url = Url::parse("https://a.example/").unwrap();
        let kind = Kind::read("text/html; charset=windows-1256");
        let name = file_name(
            &url,
            None,
            &kind,
            &["html"],
            b"<title>\xDF\xCA\xC7\xC8</title>",
        );
        assert_eq!(name.as_deref(), Some("كتاب.html"));
    }
}
