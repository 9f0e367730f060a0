//! Where on a page its main text stands.
//!
//! What pages say of that is believed first. Of a page that says nothing, but has furniture around its text, the reader's
//! view of browsers (`dom_smoothie`) tells the paragraphs that count; the element that holds them is read here whole, so that
//! nothing within it is lost and ids are kept.

use std::collections::{HashMap, HashSet};

use dom_smoothie::{Config, Readability};
use scraper::{Html, Node};

use super::skip::is_skipped;
use super::{At, element, has_class, name, says};

/// Of a page with more elements the reader's view would take too long.
const MAX_ELEMENTS: usize = 100_000;

/// Of what the reader's view shows, the element found holds so many hundredths.
const SHARE: usize = 90;

/// Classes and ids of what stands around a text, by the words in them.
const FURNITURE: [&str; 8] = [
    "nav",
    "navbar",
    "menu",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "masthead",
];

/// The element that holds the main text of a page.
pub(super) fn main_text(html: &Html) -> At<'_> {
    let body = body(html);
    let find = |is_it: &dyn Fn(At<'_>) -> bool| body.descendants().find(|node| is_it(*node));
    let only = |is_it: &dyn Fn(At<'_>) -> bool| {
        let mut all = body.descendants().filter(|node| is_it(*node));
        all.next().filter(|_| all.next().is_none())
    };
    find(&|node| {
        let is_output = |node| element(node).is_some_and(|of| has_class(of, &["mw-parser-output"]));
        is_output(node) && !is_skipped(node)
    })
    .or_else(|| {
        element(body)
            .filter(|of| has_class(of, &["parsoid-body"]))
            .map(|_| body)
    })
    .or_else(|| find(&|node| name(node) == "main" && !is_skipped(node)))
    .or_else(|| find(&|node| element(node).is_some_and(|of| says(of, "role", &["main"]))))
    .or_else(|| only(&|node| name(node) == "article" && !is_skipped(node)))
    .or_else(|| has_furniture(body).then(|| read_view(html, body)).flatten())
    .unwrap_or(body)
}

/// The body of a page, or all of it.
pub(super) fn body(html: &Html) -> At<'_> {
    let root = html.tree.root();
    let body = root.children().flat_map(|html| html.children());
    { body }.find(|node| name(*node) == "body").unwrap_or(root)
}

/// Whether something stands around the text. The contents of the page itself are none.
fn has_furniture(body: At<'_>) -> bool {
    body.descendants().any(|node| {
        let Some(element) = element(node) else {
            return false;
        };
        let words = [element.attr("class"), element.attr("id")]
            .into_iter()
            .flatten();
        let mut words = words.flat_map(|words| words.split(|c: char| !c.is_alphanumeric()));
        let is_own_contents = says(element, "role", &["doc-toc"])
            || element
                .attr("id")
                .is_some_and(|id| id.eq_ignore_ascii_case("toc"));
        !is_own_contents
            && (matches!(element.name(), "nav" | "footer" | "aside")
                || says(
                    element,
                    "role",
                    &["navigation", "contentinfo", "complementary", "banner"],
                )
                || words.any(|word| FURNITURE.iter().any(|of| word.eq_ignore_ascii_case(of))))
    })
}

/// The innermost element that holds what the reader's view shows of the page.
fn read_view<'a>(html: &'a Html, body: At<'a>) -> Option<At<'a>> {
    let config = Config {
        max_elements_to_parse: MAX_ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let article = Readability::new(html.html(), None, Some(config))
        .ok()?
        .parse()
        .ok()?;
    let article = Html::parse_fragment(&article.content);
    let texts = article.tree.values().filter_map(Node::as_text);
    let shown: HashSet<&str> = texts.map(|text| text.trim()).collect();
    // What each element holds of it.
    let mut held: HashMap<ego_tree::NodeId, usize> = HashMap::new();
    for node in body.descendants() {
        let Some(text) = node.value().as_text() else {
            continue;
        };
        let text = text.trim();
        if text.chars().any(char::is_alphanumeric) && shown.contains(text) {
            for above in node.ancestors() {
                *held.entry(above.id()).or_default() += text.len();
            }
        }
    }
    let of = |node: At<'_>| held.get(&node.id()).copied().unwrap_or_default();
    let whole = of(body);
    if whole == 0 {
        return None;
    }
    let mut main = body;
    while let Some(child) = main
        .children()
        .find(|child| of(*child) * 100 >= whole * SHARE)
    {
        // A paragraph is no main text: what stands beside it would be lost.
        if matches!(
            name(child),
            "p" | "h1" | "h2" | "ul" | "ol" | "blockquote" | "pre" | "tr"
        ) {
            break;
        }
        main = child;
    }
    Some(main)
}
