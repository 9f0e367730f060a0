//! Where the links of a page lead.

use super::super::percent;
use super::{Kind, Page};

/// The place that a link leads to, as `file#id`.
pub(super) fn resolved(page: &Page, href: &str) -> Option<String> {
    let (path, id) = href.trim().split_once('#')?;
    let id = percent_decoded(id);
    if id.is_empty() {
        return None;
    }
    // A page that was saved names itself in full.
    if path.is_empty() || page.kind == Kind::WebPage {
        return Some(format!("{}#{id}", page.file));
    }
    if path.contains(':') || path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = page.file.split('/').collect();
    parts.pop();
    let path = percent_decoded(path);
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(format!("{}#{id}", parts.join("/")))
}

/// `%D8%A3` as what it stands for; what stands for nothing stays.
fn percent_decoded(text: &str) -> String {
    String::from_utf8(percent::decode(text.as_bytes())).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files_and_ids() {
        let page = |file: &str, kind| Page::new("<p>a", file, kind).unwrap();
        let chapter = page("OEBPS/text/c1.xhtml", Kind::Chapter);
        for (href, expected) in [
            ("#fn1", Some("OEBPS/text/c1.xhtml#fn1")),
            ("notes.xhtml#fn1", Some("OEBPS/text/notes.xhtml#fn1")),
            ("../n%C3%B6tes.xhtml#%D8%A3", Some("OEBPS/nötes.xhtml#أ")),
            ("../../../x#a", None),
            ("https://example.org/#a", None),
            ("#", None),
            ("c1.xhtml", None),
        ] {
            assert_eq!(resolved(&chapter, href).as_deref(), expected, "{href}");
        }
        let page = page("", Kind::WebPage);
        assert_eq!(
            resolved(&page, "./Page#cite_note-1").as_deref(),
            Some("#cite_note-1")
        );
        assert_eq!(percent_decoded("a%zz%4"), "a%zz%4");
    }
}
