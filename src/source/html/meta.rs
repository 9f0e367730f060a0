//! What a page says of itself in its head.

use scraper::Html;

use super::skip::is_skipped;
use super::{At, attribute, element, has_class, name, says};
use crate::language::Language;
use crate::source::Metadata;
use crate::source::document::unwrapped;

/// What a page says of itself.
pub(super) fn metadata(html: &Html) -> Metadata {
    let mut head = Head::default();
    let mut tops = Vec::new();
    let mut stated_title = None;
    let mut language = None;
    let mut skipped = None;
    for edge in html.tree.root().traverse() {
        let node = match edge {
            ego_tree::iter::Edge::Open(node) => node,
            ego_tree::iter::Edge::Close(node) => {
                if skipped == Some(node.id()) {
                    skipped = None;
                }
                continue;
            }
        };
        match name(node) {
            "html" | "body" if language.is_none() => {
                language = attribute(node, "lang").or_else(|| attribute(node, "xml:lang"));
            }
            "title" if stated_title.is_none() && !is_in_drawing(node) => {
                stated_title = Some(unwrapped(&super::text_of(node)));
            }
            "meta" => head.meta(node),
            "link" | "a" => head.link(node),
            "h1" if skipped.is_none() => tops.push(node),
            "head" => {}
            _ if skipped.is_none() && is_skipped(node) => skipped = Some(node.id()),
            _ => {}
        }
    }
    let title = title(&tops, &head, stated_title);
    Metadata {
        title,
        language: language.and_then(language_of),
        author: joined(&head.authors),
        publisher: head.site,
        year: head.date.as_deref().and_then(year),
        licence: head.licence,
        address: head.address,
        ..Metadata::default()
    }
}

fn is_in_drawing(node: At<'_>) -> bool {
    node.ancestors().any(|above| name(above) == "svg")
}

/// The heading that is marked as the title, the only heading of the first level if the head says nothing else, or what the
/// head calls the page, without the name of its website.
fn title(tops: &[At<'_>], head: &Head, stated: Option<String>) -> Option<String> {
    let text = |node: &At<'_>| {
        let mut run = crate::source::run::Run::default();
        super::walk::text_into(*node, &mut run, &|_| false);
        Some(run.take().0).filter(|text| !text.is_empty())
    };
    let is_title = |node: &&At<'_>| {
        element(**node).is_some_and(|of| {
            has_class(of, &["title", "firstHeading"]) || of.attr("id") == Some("firstHeading")
        })
    };
    if let Some(title) = tops.iter().find(is_title).and_then(text) {
        return Some(title);
    }
    let stated = head
        .title
        .clone()
        .or(stated)
        .filter(|title| !title.is_empty());
    if let [top] = tops
        && let Some(title) = text(top)
        && stated.as_ref().is_none_or(|stated| stated.contains(&title))
    {
        return Some(title);
    }
    let stated = stated?;
    let site = head.site.as_deref().unwrap_or_default();
    let without = stated
        .strip_suffix(site)
        .map(|rest| rest.trim_end_matches([' ', '-', '–', '—', '|', '·', ':']))
        .filter(|rest| !site.is_empty() && !rest.is_empty());
    Some(without.unwrap_or(&stated).to_owned())
}

#[derive(Default)]
struct Head {
    title: Option<String>,
    authors: Vec<String>,
    site: Option<String>,
    date: Option<String>,
    licence: Option<String>,
    address: Option<String>,
}

impl Head {
    fn meta(&mut self, node: At<'_>) {
        let key = attribute(node, "name").or_else(|| attribute(node, "property"));
        let key = key.or_else(|| attribute(node, "itemprop"));
        let (Some(key), Some(content)) = (key, attribute(node, "content")) else {
            return;
        };
        let content = unwrapped(content);
        if content.is_empty() {
            return;
        }
        match key.to_ascii_lowercase().as_str() {
            "og:title" | "dc.title" | "dcterms.title" | "citation_title" => {
                self.title.get_or_insert(content);
            }
            // Some name an address there that says nothing to a reader.
            "author" | "article:author" | "dc.creator" | "dcterms.creator" | "citation_author"
                if !content.contains("://") && !self.authors.contains(&content) =>
            {
                self.authors.push(content);
            }
            "og:site_name" | "dc.publisher" | "dcterms.publisher" | "citation_publisher" => {
                self.site.get_or_insert(content);
            }
            "article:published_time"
            | "dc.date"
            | "dcterms.date"
            | "dc.date.issued"
            | "dcterms.issued"
            | "citation_publication_date"
            | "datepublished"
            | "date" => {
                self.date.get_or_insert(content);
            }
            "dc.rights" | "dcterms.rights" | "dcterms.license" => {
                self.licence.get_or_insert(licence(&content));
            }
            _ => {}
        }
    }

    fn link(&mut self, node: At<'_>) {
        let (Some(element), Some(href)) = (element(node), attribute(node, "href")) else {
            return;
        };
        let href = href.trim();
        if href.is_empty() {
            return;
        }
        if says(element, "rel", &["license"]) {
            self.licence.get_or_insert(licence(href));
        }
        let is_web = href.starts_with("https://") || href.starts_with("http://");
        if element.name() == "link" && says(element, "rel", &["canonical"]) && is_web {
            self.address.get_or_insert(href.to_owned());
        }
        // Parsoid names the article that its page is a version of.
        if says(element, "rel", &["dc:isVersionOf"]) && href.starts_with("//") {
            self.address.get_or_insert(format!("https:{href}"));
        }
    }
}

/// A licence as people call it, where its address is one that everybody knows.
pub(in crate::source) fn licence(address: &str) -> String {
    let known = address
        .split_once("creativecommons.org/")
        .and_then(|(_, path)| {
            let mut parts = path.split('/');
            match (parts.next(), parts.next(), parts.next()) {
                (Some("licenses"), Some(kind), Some(version)) if !version.is_empty() => {
                    Some(format!("CC {} {version}", kind.to_ascii_uppercase()))
                }
                (Some("publicdomain"), Some("zero"), Some(version)) => {
                    Some(format!("CC0 {version}"))
                }
                (Some("publicdomain"), Some("mark"), Some(_)) => Some("Public Domain".to_owned()),
                _ => None,
            }
        });
    known.unwrap_or_else(|| address.to_owned())
}

/// The language that a tag such as `ar-EG` names.
pub(in crate::source) fn language_of(tag: &str) -> Option<Language> {
    let tag = tag.trim().to_ascii_lowercase();
    match tag.split(['-', '_']).next()? {
        "" | "und" | "zxx" | "mul" => None,
        "ar" | "ara" => Some(Language::Arabic),
        "en" | "eng" => Some(Language::English),
        _ => Some(Language::Other),
    }
}

/// The year that a date begins with; a date that does not begin so names it in words of its own, and is kept.
pub(in crate::source) fn year(date: &str) -> Option<String> {
    let date = date.trim();
    let is_digit = |c: char| c.is_ascii_digit();
    let digits = date
        .split(|c: char| !is_digit(c))
        .next()
        .unwrap_or_default();
    match digits.len() {
        4 if date.len() == 4 || date.get(4..5).is_some_and(|c| c == "-" || c == "/") => {
            Some(digits.to_owned())
        }
        8 => digits.get(..4).map(str::to_owned),
        _ if date.is_empty() => None,
        // What is said in Arabic keeps its calendar: 1440 هـ.
        _ if !date.is_ascii()
            && digits.len() == date.chars().filter(char::is_ascii_digit).count() =>
        {
            (!digits.is_empty()).then(|| date.to_owned())
        }
        // 5 January 2024, 2024-W05 and the like.
        _ => {
            let mut years = date
                .split(|c: char| !is_digit(c))
                .filter(|run| run.len() == 4);
            years.next_back().map(str::to_owned)
        }
    }
}

/// Several names as one: with commas of the script they are in.
pub(in crate::source) fn joined(names: &[String]) -> Option<String> {
    let is_arabic = names
        .iter()
        .any(|name| name.chars().any(|c| matches!(c, '\u{600}'..='\u{6FF}')));
    let comma = if is_arabic { "، " } else { ", " };
    (!names.is_empty()).then(|| names.join(comma))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(markup: &str) -> Metadata {
        metadata(&Html::parse_document(markup))
    }

    #[test]
    fn all_that_the_head_says_is_read() {
        let metadata = of(r#"<html lang="ar-EG"><head><title>نوح - الموسوعة</title>
            <meta name="author" content="ابن كثير"><meta property="article:author" content="https://example.org/u/1">
            <meta name="DC.creator" content="محقق">
            <meta property="og:site_name" content="الموسوعة">
            <meta property="article:published_time" content="2019-03-01T10:00:00Z">
            <link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/deed.ar">
            <link rel="canonical" href="https://example.org/nuh"></head><body><p>نص"#);
        assert_eq!(
            metadata,
            Metadata {
                title: Some("نوح".to_owned()),
                language: Some(Language::Arabic),
                author: Some("ابن كثير، محقق".to_owned()),
                publisher: Some("الموسوعة".to_owned()),
                year: Some("2019".to_owned()),
                licence: Some("CC BY-SA 4.0".to_owned()),
                address: Some("https://example.org/nuh".to_owned()),
                ..Metadata::default()
            }
        );
        assert_eq!(of("<p>a"), Metadata::default());
    }

    #[test]
    fn a_title_is_the_heading_that_says_so() {
        let title = |markup: &str| of(markup).title.unwrap_or_default();
        assert_eq!(title("<title>b - a</title><h1>b</h1>"), "b");
        assert_eq!(title("<title>a</title><h1>b</h1>"), "a");
        assert_eq!(title("<h1>b</h1>"), "b");
        assert_eq!(title("<title>a</title><h1>b</h1><h1>c</h1>"), "a");
        assert_eq!(
            title("<title>a</title><h1 class=title>b</h1><h1>c</h1>"),
            "b"
        );
        assert_eq!(title("<title>a</title><nav><h1>b</h1></nav>"), "a");
        assert_eq!(
            title("<meta property=og:title content=c><title>a</title>"),
            "c"
        );
        assert_eq!(
            title("<h1>a <span>b</span><span class=mw-editsection>x</span></h1>"),
            "a b"
        );
        assert_eq!(title("<title> </title>"), "");
    }

    #[test]
    fn licences_years_and_languages_have_their_names() {
        assert_eq!(
            licence("http://creativecommons.org/publicdomain/zero/1.0/"),
            "CC0 1.0"
        );
        assert_eq!(
            licence("https://example.org/terms"),
            "https://example.org/terms"
        );
        for (date, expected) in [
            ("2024", Some("2024")),
            ("2024-01-05", Some("2024")),
            ("20240105", Some("2024")),
            ("5 January 2024", Some("2024")),
            ("٢٠٢٤", None),
            ("", None),
            ("soon", None),
        ] {
            assert_eq!(year(date).as_deref(), expected, "{date}");
        }
        assert_eq!(language_of("en_GB"), Some(Language::English));
        assert_eq!(language_of("fa"), Some(Language::Other));
        assert_eq!(language_of(""), None);
    }
}
