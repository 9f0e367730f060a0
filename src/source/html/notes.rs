//! Which links of pages are references to notes, and which elements are those notes.
//!
//! # Why
//! HTML has no footnotes: a reference is a link, and a note is what it leads to. What tells them from other links:
//!
//! - *Marks*: `role="doc-noteref"`, `epub:type="noteref"`, and the classes that `MediaWiki`, pandoc, `LibreOffice`, Word and the
//!   renderers of Markdown give.
//! - *A raised link, or one whose text looks like a marker, to something that leads back*, or that is marked as a note.
//!
//! A raised link to a section is no reference, and the way back from a note is none either: of two places that lead to each
//! other the note is the later one.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;

use super::address::resolved;
use super::label::{bare, is_direction_mark, looks_like_marker, own_label, without_number};
use super::skip::is_skipped;
use super::walk::text_into;
use super::{At, Page, attribute, element, has_class, is_block, name, says, text_of};
use crate::source::run::Run;

const REFERENCE_CLASSES: [&str; 8] = [
    "footnote-ref",
    "footnote-reference",
    "footnoteref",
    "noteref",
    "fn-ref",
    "sdfootnoteanc",
    "sdendnoteanc",
    "reference",
];

const BACK_CLASSES: [&str; 7] = [
    "footnote-back",
    "footnote-backref",
    "footnote-return",
    "reversefootnote",
    "fn-backref",
    "sdfootnotesym",
    "sdendnotesym",
];

const NOTE_ROLES: [&str; 2] = ["doc-footnote", "doc-endnote"];

const NOTE_TYPES: [&str; 4] = ["footnote", "endnote", "rearnote", "note"];

const SECTION_CLASSES: [&str; 4] = ["footnotes", "references", "endnotes", "footnotes-list"];

const SECTION_TYPES: [&str; 4] = ["footnotes", "endnotes", "rearnotes", "notes"];

/// What stands for a note in a text.
pub(super) struct Marker {
    /// The text of it, in brackets where the page only raises it.
    pub(super) text: String,
    /// The note's name.
    pub(super) note: String,
}

/// A note, by the element that holds it.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) label: String,
    /// Whether a reference leads to it.
    pub(super) is_cited: bool,
    /// The names of the places that its links lead back to.
    back: HashSet<String>,
    /// Whether its number is made by its list, so that its text does not begin with it.
    is_item: bool,
}

/// The references and notes of a page.
#[derive(Default)]
struct OfPage {
    references: HashMap<NodeId, Marker>,
    notes: HashMap<NodeId, Found>,
}

/// The references and notes of all pages that belong together.
#[derive(Default)]
pub(in crate::source) struct Notes {
    by_file: HashMap<String, OfPage>,
}

/// A link that may be a reference.
struct Link<'a> {
    page: usize,
    /// What stands for the note: the link, or the raised element that holds nothing else.
    node: At<'a>,
    target: String,
    /// The names by which a note may lead back to it.
    own: Vec<String>,
    is_marked: bool,
    is_raised: bool,
    text: String,
}

impl Notes {
    /// The references and notes of the pages.
    pub(in crate::source) fn of(pages: &[Page]) -> Self {
        let ids: Vec<HashMap<&str, At<'_>>> = pages.iter().map(ids).collect();
        let by_file: HashMap<&str, usize> = pages
            .iter()
            .enumerate()
            .map(|(nth, page)| (page.file.as_str(), nth))
            .collect();
        let mut links: Vec<Link<'_>> = Vec::new();
        for (nth, page) in pages.iter().enumerate() {
            links.extend(
                page.html
                    .tree
                    .root()
                    .descendants()
                    .filter_map(|node| link(page, nth, node)),
            );
        }
        let mut by_target: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut order: Vec<&str> = Vec::new();
        for (nth, link) in links.iter().enumerate() {
            let all = by_target.entry(link.target.as_str()).or_default();
            if all.is_empty() {
                order.push(&link.target);
            }
            all.push(nth);
        }
        let mut notes = Self::default();
        for page in pages {
            notes.by_file.insert(page.file.clone(), OfPage::default());
        }
        let targets: HashSet<(usize, NodeId)> = order
            .iter()
            .filter_map(|target| find(target, &by_file, &ids))
            .map(|(page, node)| (page, node.id()))
            .collect();
        for target in order {
            let citing: Vec<&Link<'_>> = by_target
                .get(target)
                .into_iter()
                .flatten()
                .filter_map(|nth| links.get(*nth))
                .filter(|link| !notes.is_within(pages, link.page, link.node))
                .collect();
            let (Some(first), Some((page, node))) = (citing.first(), find(target, &by_file, &ids))
            else {
                // The note is not there; that the text cites one is true all the same.
                for link in citing.iter().filter(|link| link.is_marked) {
                    notes.refer(pages, link, target, &link.text);
                }
                continue;
            };
            let Some(of_page) = pages.get(page) else {
                continue;
            };
            let holder = holder(node, &|id| targets.contains(&(page, id)));
            let back: HashSet<String> = citing.iter().flat_map(|link| link.own.clone()).collect();
            let is_around = citing
                .iter()
                .any(|link| link.page == page && is_in(link.node, holder.id()));
            let is_note = !is_around
                && name(holder) != "body"
                && !name(holder).starts_with('h')
                && (is_marked_note(holder)
                    || is_marked_note(node)
                    || is_in_section(holder)
                    || citing.iter().any(|link| link.is_marked)
                    || leads_back(of_page, holder, &back));
            if !is_note {
                continue;
            }
            let label = match bare(&first.text) {
                "" => own_label(holder),
                label => label.to_owned(),
            };
            for link in &citing {
                notes.refer(pages, link, target, &label);
            }
            let found = Found {
                name: target.to_owned(),
                label,
                is_cited: true,
                back,
                is_item: name(holder) == "li",
            };
            if let Some(of_page) = notes.by_file.get_mut(&of_page.file) {
                match of_page.notes.get_mut(&holder.id()) {
                    Some(known) => known.back.extend(found.back),
                    None => {
                        of_page.notes.insert(holder.id(), found);
                    }
                }
            }
        }
        for page in pages {
            notes.find_uncited(page);
        }
        notes
    }

    /// The reference that a node of a page is.
    pub(super) fn reference(&self, page: &Page, node: At<'_>) -> Option<&Marker> {
        self.by_file.get(&page.file)?.references.get(&node.id())
    }

    /// The note that a node of a page is.
    pub(super) fn note(&self, page: &Page, node: At<'_>) -> Option<&Found> {
        self.by_file.get(&page.file)?.notes.get(&node.id())
    }

    /// Whether some note stands in a node.
    pub(super) fn any_in(&self, page: &Page, node: At<'_>) -> bool {
        let notes = self.by_file.get(&page.file).map(|of_page| &of_page.notes);
        notes.is_some_and(|notes| {
            !notes.is_empty()
                && node
                    .descendants()
                    .any(|below| notes.contains_key(&below.id()))
        })
    }

    /// The text of a note: without the ways back, and without its number.
    pub(super) fn text(page: &Page, node: At<'_>, found: &Found) -> String {
        let mut run = Run::default();
        text_into(node, &mut run, &|node| is_way_back(page, node, &found.back));
        let (text, _) = run.take();
        let mut text = text.trim_start();
        for empty in ["[]", "()", "^", "↑"] {
            text = text.strip_prefix(empty).unwrap_or(text).trim_start();
        }
        if let Some(rest) = text
            .strip_prefix(['.', ':'])
            .filter(|rest| rest.starts_with(' '))
        {
            text = rest.trim_start();
        }
        if !found.is_item {
            text = without_number(text, &found.label);
        }
        text.trim_end().to_owned()
    }

    fn is_within(&self, pages: &[Page], page: usize, node: At<'_>) -> bool {
        let of_page = pages
            .get(page)
            .and_then(|page| self.by_file.get(&page.file));
        of_page.is_some_and(|of_page| {
            !of_page.notes.is_empty()
                && node
                    .ancestors()
                    .any(|above| of_page.notes.contains_key(&above.id()))
        })
    }

    fn refer(&mut self, pages: &[Page], link: &Link<'_>, note: &str, label: &str) {
        let text = match bare(&link.text) {
            "" => format!("[{label}]"),
            _ if link.text.starts_with(['[', '(']) => link.text.clone(),
            text => format!("[{text}]"),
        };
        let of_page = pages
            .get(link.page)
            .and_then(|page| self.by_file.get_mut(&page.file));
        if let Some(of_page) = of_page {
            let marker = Marker {
                text,
                note: note.to_owned(),
            };
            of_page.references.insert(link.node.id(), marker);
        }
    }

    /// The elements that are marked as notes, though nothing leads to them.
    fn find_uncited(&mut self, page: &Page) {
        let mut taken = HashSet::new();
        let of_page = self.by_file.entry(page.file.clone()).or_default();
        for node in page.html.tree.root().descendants() {
            let is_below = node
                .parent()
                .is_some_and(|parent| taken.contains(&parent.id()));
            if is_below || of_page.notes.contains_key(&node.id()) {
                taken.insert(node.id());
                continue;
            }
            let is_item = name(node) == "li" && node.parent().is_some_and(is_list_of_notes);
            let holds_others = || {
                node.descendants()
                    .any(|below| of_page.notes.contains_key(&below.id()))
            };
            if (is_item || is_marked_note(node)) && !holds_others() && !is_skipped(node) {
                taken.insert(node.id());
                let id =
                    attribute(node, "id").map_or_else(|| format!("{:?}", node.id()), str::to_owned);
                let found = Found {
                    name: format!("{}#{id}", page.file),
                    label: own_label(node),
                    is_cited: false,
                    back: HashSet::new(),
                    is_item,
                };
                of_page.notes.insert(node.id(), found);
            }
        }
    }
}

/// The elements of a page by their ids, and the old anchors by their names.
fn ids(page: &Page) -> HashMap<&str, At<'_>> {
    let mut ids = HashMap::new();
    for node in page.html.tree.root().descendants() {
        let Some(element) = element(node) else {
            continue;
        };
        let name = element.attr("name").filter(|_| element.name() == "a");
        for id in [element.attr("id"), name].into_iter().flatten() {
            ids.entry(id).or_insert(node);
        }
    }
    ids
}

/// The place that a name leads to.
fn find<'a>(
    target: &str,
    by_file: &HashMap<&str, usize>,
    ids: &[HashMap<&'a str, At<'a>>],
) -> Option<(usize, At<'a>)> {
    let (file, id) = target.split_once('#')?;
    let page = *by_file.get(file)?;
    Some((page, *ids.get(page)?.get(id)?))
}

/// The link that a node is, if it may be a reference.
fn link<'a>(page: &Page, nth: usize, node: At<'a>) -> Option<Link<'a>> {
    let anchor = element(node).filter(|element| element.name() == "a")?;
    let is_back = says(anchor, "role", &["doc-backlink"])
        || says(anchor, "epub:type", &["backlink"])
        || says(anchor, "rel", &["mw:referencedBy"])
        || has_class(anchor, &BACK_CLASSES);
    let href = anchor.attr("href")?;
    if is_back || !href.contains('#') {
        return None;
    }
    let parent = node.parent();
    let raised = parent.filter(|parent| name(*parent) == "sup" && holds_only(*parent, node));
    let is_in_sup = || node.ancestors().take(4).any(|above| name(above) == "sup");
    let is_raised = is_in_sup() || node.descendants().any(|below| name(below) == "sup");
    let is_marked = |of: At<'_>| {
        element(of).is_some_and(|element| {
            says(element, "role", &["doc-noteref"])
                || says(element, "epub:type", &["noteref"])
                || has_class(element, &REFERENCE_CLASSES)
        })
    };
    let outer = raised.unwrap_or(node);
    let is_marked = is_marked(node) || is_marked(outer);
    let mut run = Run::default();
    text_into(outer, &mut run, &|_| false);
    let (text, _) = run.take();
    let text = text
        .trim_matches(|c: char| c.is_whitespace() || is_direction_mark(c))
        .to_owned();
    if !is_marked && !is_raised && !looks_like_marker(&text) {
        return None;
    }
    // Where a reference stands in a note of its own kind, that is decided when the notes are known.
    let own = node
        .ancestors()
        .take_while(|above| name(*above) != "body")
        .scan(false, |is_done, above| {
            let was_done = *is_done;
            *is_done = is_block(name(above));
            (!was_done).then_some(above)
        })
        .chain(std::iter::once(node))
        .flat_map(|above| [attribute(above, "id"), attribute(above, "name")])
        .flatten()
        .map(|id| format!("{}#{id}", page.file))
        .collect();
    Some(Link {
        page: nth,
        node: outer,
        target: resolved(page, href)?,
        own,
        is_marked,
        is_raised,
        text,
    })
    .filter(|link| link.is_marked || link.is_raised || !link.text.is_empty())
}

/// Whether a node has no text beside that of one below it, brackets aside.
fn holds_only(node: At<'_>, below: At<'_>) -> bool {
    let rest = node.children().filter(|child| child.id() != below.id());
    rest.map(text_of).all(|text| bare(&text).is_empty())
}

/// The element that holds the whole note whose name stands at a node.
fn holder<'a>(node: At<'a>, is_target: &dyn Fn(NodeId) -> bool) -> At<'a> {
    let is_page_foot = |at: &At<'_>| {
        let id = attribute(*at, "id").unwrap_or_default();
        let is_numbered = |prefix: &str| {
            let number = id.strip_prefix(prefix);
            number.is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        name(*at) == "div"
            && ["sdfootnote", "sdendnote", "ftn", "edn"]
                .into_iter()
                .any(is_numbered)
    };
    if let Some(foot) = node.ancestors().take(4).find(is_page_foot) {
        return foot;
    }
    if is_block(name(node)) {
        return node;
    }
    let block = node.ancestors().find(|above| is_block(name(*above)));
    let Some(block) = block else {
        return node;
    };
    // Several notes in one block: each is what its own element holds.
    let n_targets = block
        .descendants()
        .filter(|below| is_target(below.id()))
        .take(2)
        .count();
    if n_targets > 1 && !text_of(node).trim().is_empty() {
        return node;
    }
    block
}

fn is_in(node: At<'_>, holder: NodeId) -> bool {
    node.id() == holder || node.ancestors().any(|above| above.id() == holder)
}

fn is_marked_note(node: At<'_>) -> bool {
    element(node).is_some_and(|element| {
        let is_foot = |id: &str| {
            let rest = id
                .strip_prefix("sdfootnote")
                .or_else(|| id.strip_prefix("sdendnote"));
            rest.is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        says(element, "role", &NOTE_ROLES)
            || says(element, "epub:type", &NOTE_TYPES) && element.name() != "a"
            || element.name() == "div" && element.attr("id").is_some_and(is_foot)
    })
}

/// Whether a node stands in a section of notes.
fn is_in_section(node: At<'_>) -> bool {
    node.ancestors().any(is_section)
}

fn is_section(node: At<'_>) -> bool {
    element(node).is_some_and(|element| {
        has_class(element, &SECTION_CLASSES)
            || says(element, "role", &["doc-endnotes", "doc-footnotes"])
            || says(element, "epub:type", &SECTION_TYPES)
    })
}

/// A list whose items are notes: `MediaWiki`'s, or the outer list of a section of notes.
fn is_list_of_notes(list: At<'_>) -> bool {
    if !matches!(name(list), "ol" | "ul") {
        return false;
    }
    let mut above = list.ancestors().take_while(|above| name(*above) != "li");
    name(list) == "ol" && (is_section(list) || above.any(is_section))
}

fn leads_back(page: &Page, holder: At<'_>, back: &HashSet<String>) -> bool {
    holder.descendants().any(|below| {
        let href = attribute(below, "href").filter(|_| name(below) == "a");
        let target = href.and_then(|href| resolved(page, href));
        target.is_some_and(|target| back.contains(&target))
    })
}

/// Whether a node in a note is there to lead back to the text.
fn is_way_back(page: &Page, node: At<'_>, back: &HashSet<String>) -> bool {
    let Some(element) = element(node) else {
        return false;
    };
    if has_class(element, &BACK_CLASSES)
        || has_class(element, &["mw-cite-backlink", "mw-linkback-text"])
        || says(element, "role", &["doc-backlink"])
        || says(element, "rel", &["mw:referencedBy"])
        || says(element, "epub:type", &["backlink"])
    {
        return true;
    }
    if element.name() == "sup" {
        // Links are raised in one piece where a note is cited several times.
        let links: Vec<At<'_>> = node
            .children()
            .filter(|child| name(*child) == "a")
            .collect();
        return !links.is_empty()
            && links.iter().all(|link| is_way_back(page, *link, back))
            && node
                .children()
                .filter(|child| name(*child) != "a")
                .all(|child| bare(&text_of(child)).is_empty());
    }
    let href = element.attr("href").filter(|_| element.name() == "a");
    let target = href.and_then(|href| resolved(page, href));
    target.is_some_and(|target| back.contains(&target))
}
