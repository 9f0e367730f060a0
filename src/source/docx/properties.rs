//! What paragraphs, runs, rows and controls state of themselves, each before its content.

use super::super::Problem;
use super::super::xml::{Element, Node, Xml};
use super::paragraph::Properties;
use super::styles::is_on;

/// Reads an element to its end and hands every element in it over; those of former properties are left out.
fn each(xml: &mut Xml<'_>, mut take: impl FnMut(&[String], &Element)) -> Result<(), Problem> {
    let mut path: Vec<String> = Vec::new();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) if element.name.ends_with("Change") => xml.skip()?,
            Node::Open(element) => {
                take(&path, &element);
                path.push(element.name);
            }
            Node::Close(_) if path.pop().is_none() => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(())
}

/// What a paragraph states of itself.
pub(super) fn properties(xml: &mut Xml<'_>) -> Result<Properties, Problem> {
    let mut properties = Properties::default();
    each(xml, |path, element| {
        let value = element.get("val");
        match (path.last().map(String::as_str), element.name.as_str()) {
            (None, "pStyle") => properties.style = value.map(str::to_owned),
            (None, "outlineLvl") => properties.outline = value.and_then(|of| of.parse().ok()),
            (None, "pageBreakBefore") => properties.begins_page = is_on(value, true),
            (None, "sectPr") => properties.ends_section = true,
            (Some("numPr"), "numId") => properties.list.number = value.map(str::to_owned),
            (Some("numPr"), "ilvl") => {
                properties.list.level = value.and_then(|of| of.parse().ok());
            }
            (Some("rPr"), "del" | "moveFrom") => properties.is_joined = true,
            _ => {}
        }
    })?;
    Ok(properties)
}

/// Whether the text of a run is hidden.
pub(super) fn is_hidden(xml: &mut Xml<'_>) -> Result<bool, Problem> {
    let mut is_hidden = false;
    each(xml, |path, element| {
        if path.is_empty() && element.name == "vanish" {
            is_hidden = is_on(element.get("val"), true);
        }
    })?;
    Ok(is_hidden)
}

/// Whether a row was deleted.
pub(super) fn is_deleted(xml: &mut Xml<'_>) -> Result<bool, Problem> {
    let mut is_deleted = false;
    each(xml, |_, element| is_deleted |= element.name == "del")?;
    Ok(is_deleted)
}

/// Whether a control holds what is not the document's own text: an invitation to fill it in, or the table of contents.
pub(super) fn is_foreign(xml: &mut Xml<'_>) -> Result<bool, Problem> {
    let mut is_foreign = false;
    each(xml, |_, element| {
        let value = element.get("val");
        is_foreign |= match element.name.as_str() {
            "showingPlcHdr" => is_on(value, true),
            "docPartGallery" => value == Some("Table of Contents"),
            _ => false,
        };
    })?;
    Ok(is_foreign)
}
