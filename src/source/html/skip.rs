//! What of a page is no text of its source: navigation, scripts, buttons, what is hidden, tables of contents.

use super::{At, attribute, element, has_class, is_block, name, says, text_of};
use crate::language::fold::fold;

/// Classes of `MediaWiki` that hold what is about the page, not of it.
const WIKI: [&str; 28] = [
    "mw-editsection",
    "mw-editsection-like",
    "mw-cite-backlink",
    "mw-jump-link",
    "mw-indicators",
    "mw-empty-elt",
    "mw-authority-control",
    "authority-control",
    "navbox",
    "navbox-styles",
    "vertical-navbox",
    "navigation-not-searchable",
    "sidebar",
    "ambox",
    "tmbox",
    "ombox",
    "hatnote",
    "dablink",
    "catlinks",
    "printfooter",
    "portalbox",
    "portal-bar",
    "sistersitebox",
    "side-box",
    "toc",
    "toctogglespan",
    "shortdescription",
    "Z3988",
];

/// Roles of what stands around a text.
const ROLES: [&str; 10] = [
    "navigation",
    "doc-toc",
    "search",
    "banner",
    "contentinfo",
    "complementary",
    "menu",
    "menubar",
    "toolbar",
    "dialog",
];

/// What a table of contents is called, folded.
const CONTENTS: [&str; 8] = [
    "المحتويات",
    "محتويات",
    "جدول المحتويات",
    "فهرس المحتويات",
    "محتويات الصفحه",
    "contents",
    "table of contents",
    "on this page",
];

/// Whether nothing in a node is text of the source.
pub(super) fn is_skipped(node: At<'_>) -> bool {
    let Some(element) = element(node) else {
        return false;
    };
    let is_never_text = matches!(
        element.name(),
        "head"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "iframe"
            | "object"
            | "embed"
            | "svg"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "nav"
            | "button"
            | "select"
            | "datalist"
            | "textarea"
            | "input"
            | "progress"
            | "meter"
            | "link"
            | "meta"
            | "dialog"
            | "menu"
            | "sdfield"
            | "noframes"
            | "applet"
    );
    is_never_text
        || is_hidden(node)
        || has_class(element, &WIKI)
        || says(element, "role", &ROLES)
        || says(element, "epub:type", &["toc", "landmarks", "page-list"])
        || is_noprint(node)
        || is_contents(node)
        // LibreOffice repeats there what stands at the head and the foot of each page.
        || element.name() == "div" && matches!(element.attr("title"), Some("header" | "footer"))
        || is_given_as_metadata(node)
}

fn is_hidden(node: At<'_>) -> bool {
    let Some(element) = element(node) else {
        return false;
    };
    let style = element.attr("style").unwrap_or_default();
    let is_styled_away = style.split(';').any(|rule| {
        let (property, value) = rule.split_once(':').unwrap_or_default();
        let (property, value) = (property.trim(), value.trim());
        property.eq_ignore_ascii_case("display") && value.to_ascii_lowercase().starts_with("none")
            || property.eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden")
    });
    is_styled_away || element.attr("hidden").is_some() || says(element, "aria-hidden", &["true"])
}

/// `MediaWiki` marks so what is not to be printed: boxes, but also «citation needed», which is a mark in the text.
fn is_noprint(node: At<'_>) -> bool {
    let Some(element) = element(node) else {
        return false;
    };
    has_class(element, &["noprint"])
        && element.name() != "sup"
        && !has_class(element, &["Inline-Template"])
}

/// A table of contents: it is called so, or it is a list of links into the page, with its heading.
fn is_contents(node: At<'_>) -> bool {
    let Some(element) = element(node) else {
        return false;
    };
    let id = element.attr("id").unwrap_or_default();
    if id.eq_ignore_ascii_case("toc") || id.starts_with("Table of Contents") {
        return true;
    }
    match element.name() {
        "ul" | "ol" => is_list_of_links(node),
        name if is_block(name) => {
            // The heading above such a list; an element that holds both is told by its parts.
            let next = node.next_siblings().find(|next| next.value().is_element());
            next.is_some_and(|next| is_list_of_links(next) && is_called_contents(node))
        }
        _ => false,
    }
}

fn is_called_contents(node: At<'_>) -> bool {
    let text = text_of(node);
    let folded = fold(text.trim().trim_end_matches(':'));
    CONTENTS.iter().any(|name| fold(name) == folded)
}

/// Whether each item of a list begins with a link into the page and has no text beside its links.
fn is_list_of_links(list: At<'_>) -> bool {
    if !matches!(name(list), "ul" | "ol") {
        return false;
    }
    let (mut n_links, mut n_items) = (0, 0);
    for node in list.descendants() {
        n_items += usize::from(name(node) == "li");
        if name(node) == "a" {
            let is_local = attribute(node, "href").is_some_and(|href| href.starts_with('#'));
            if !is_local || is_reference_like(node) {
                return false;
            }
            n_links += 1;
        }
        let Some(text) = node.value().as_text() else {
            continue;
        };
        let is_linked = || node.ancestors().any(|above| name(above) == "a");
        if text.chars().any(char::is_alphanumeric) && !is_linked() {
            return false;
        }
    }
    n_items > 1 && n_links >= n_items
}

fn is_reference_like(link: At<'_>) -> bool {
    link.ancestors().any(|above| name(above) == "sup")
        || link.descendants().any(|below| name(below) == "sup")
}

/// What pandoc writes above a text out of the metadata, which the head of the page has as well.
fn is_given_as_metadata(node: At<'_>) -> bool {
    let Some(element) = element(node) else {
        return false;
    };
    let is_in_block = || {
        node.parent()
            .is_some_and(|parent| attribute(parent, "id") == Some("title-block-header"))
    };
    has_class(element, &["author", "date"]) && is_in_block()
}
