//! What the styles of a document make of a paragraph.

use std::collections::HashMap;

use super::super::Problem;
use super::super::marker;
use super::super::xml::{Element, Node, Xml};

/// No style is based on more others, each on the next.
const MAX_BASES: usize = 20;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Text.
    #[default]
    Body,
    /// A heading of a level, from 1.
    Heading(u8),
    /// The title of the whole.
    Title,
    /// Who wrote it, below the title.
    Author,
    /// When, below the title.
    Date,
    /// An entry of the table of contents.
    Contents,
}

/// Which list a paragraph belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// The numbering; `0` is none.
    pub(super) number: Option<String>,
    /// The level in it, from 0.
    pub(super) level: Option<usize>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: List,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    standard: Option<String>,
}

impl Styles {
    pub(super) fn read(text: &str) -> Result<Self, Problem> {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) if element.name == "style" => {
                    let is_paragraph = element.get("type").is_none_or(|of| of == "paragraph");
                    let id = element.get("styleId").unwrap_or_default().to_owned();
                    if is_paragraph && is_on(element.get("default"), false) {
                        styles.standard = Some(id.clone());
                    }
                    open = is_paragraph.then(|| (id, Style::default()));
                }
                Node::Close(name) if name == "style" => styles.by_id.extend(open.take()),
                Node::Open(element) => {
                    if let Some((_, style)) = &mut open {
                        style.take(&element);
                    }
                }
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        Ok(styles)
    }

    /// What a paragraph of a style is.
    pub(super) fn role(&self, id: Option<&str>) -> Role {
        for (id, style) in self.bases(id) {
            match style.outline {
                Some(level @ 0..=8) => return Role::Heading(level + 1),
                Some(_) => return Role::Body,
                None => {}
            }
            // Files that were made by hand name styles by their ids alone.
            let name = if style.name.is_empty() {
                id
            } else {
                &style.name
            };
            match role_of_name(name) {
                Role::Body => {}
                role => return role,
            }
        }
        match id {
            Some(id) if !self.by_id.contains_key(id) => role_of_name(id),
            _ => Role::Body,
        }
    }

    /// The list that paragraphs of a style belong to.
    pub(super) fn list(&self, id: Option<&str>) -> List {
        let mut list = List::default();
        for (_, style) in self.bases(id) {
            list.number = list.number.or_else(|| style.list.number.clone());
            list.level = list.level.or(style.list.level);
        }
        list
    }

    /// A style and those that it is based on.
    fn bases<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let first = id.or(self.standard.as_deref());
        let style = |id: &'a str| self.by_id.get(id).map(|style| (id, style));
        std::iter::successors(first.and_then(style), move |(_, style)| {
            style.based_on.as_deref().and_then(style_of(&self.by_id))
        })
        .take(MAX_BASES)
    }
}

fn style_of<'a>(
    by_id: &'a HashMap<String, Style>,
) -> impl Fn(&'a str) -> Option<(&'a str, &'a Style)> {
    |id| by_id.get(id).map(|style| (id, style))
}

impl Style {
    fn take(&mut self, element: &Element) {
        let value = element.get("val");
        match element.name.as_str() {
            "name" => value.unwrap_or_default().clone_into(&mut self.name),
            "basedOn" => self.based_on = value.map(str::to_owned),
            "outlineLvl" => self.outline = value.and_then(|value| value.parse().ok()),
            "numId" => self.list.number = value.map(str::to_owned),
            "ilvl" => self.list.level = value.and_then(|value| value.parse().ok()),
            _ => {}
        }
    }
}

/// Whether a switch is on, as files write it.
pub(super) fn is_on(value: Option<&str>, default: bool) -> bool {
    match value {
        None => default,
        Some(value) => !matches!(value, "0" | "false" | "off" | "none"),
    }
}

/// What the name of a style says of its paragraphs. Word and its like write the English names whatever language they
/// speak; other programs write what is on their screen.
fn role_of_name(name: &str) -> Role {
    let name = name.trim().to_lowercase();
    let level = |rest: &str| {
        let level = marker::number(rest.trim())?;
        u8::try_from(level).ok().filter(|level| *level <= 9)
    };
    for heading in ["heading", "العنوان", "عنوان"] {
        if let Some(level) = name.strip_prefix(heading).and_then(level) {
            return Role::Heading(level);
        }
    }
    for contents in ["toc", "contents"] {
        if let Some(rest) = name.strip_prefix(contents)
            && (rest.trim() == "heading" || level(rest).is_some())
        {
            return Role::Contents;
        }
    }
    match name.as_str() {
        "title" | "العنوان" => Role::Title,
        "author" => Role::Author,
        "date" => Role::Date,
        _ => Role::Body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles() -> Styles {
        Styles::read(
            r#"<w:styles xmlns:w="w">
            <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
              <w:pPr><w:numPr><w:numId w:val="7"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="fasl"><w:name w:val="فصل"/><w:basedOn w:val="1"/>
              <w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="plain"><w:name w:val="x"/><w:basedOn w:val="1"/>
              <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="ar"><w:name w:val="عنوان ٢"/></w:style>
            <w:style w:type="paragraph" w:styleId="loop"><w:name w:val="y"/><w:basedOn w:val="loop"/></w:style>
            <w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
            <w:style w:type="paragraph" w:styleId="c"><w:name w:val="toc 2"/></w:style>
            <w:style w:type="character" w:styleId="char"><w:name w:val="heading 3"/></w:style>
            </w:styles>"#,
        )
        .unwrap()
    }

    #[test]
    fn levels_come_from_outline_base_and_name() {
        #[track_caller]
        fn case(id: Option<&str>, expected: Role) {
            assert_eq!(styles().role(id), expected, "{id:?}");
        }
        case(None, Role::Body);
        case(Some("1"), Role::Heading(1));
        case(Some("fasl"), Role::Heading(1));
        case(Some("plain"), Role::Body);
        case(Some("ar"), Role::Heading(2));
        case(Some("loop"), Role::Body);
        case(Some("t"), Role::Title);
        case(Some("c"), Role::Contents);
        case(Some("char"), Role::Body);
        case(Some("Heading3"), Role::Heading(3));
        case(Some("عنوان 1"), Role::Heading(1));
        case(Some("TOCHeading"), Role::Contents);
        case(Some("Heading"), Role::Body);
        case(Some("headings of state"), Role::Body);
    }

    #[test]
    fn lists_are_inherited() {
        assert_eq!(
            styles().list(Some("fasl")),
            List {
                number: Some("7".to_owned()),
                level: Some(2)
            }
        );
        assert_eq!(styles().list(None), List::default());
    }
}
