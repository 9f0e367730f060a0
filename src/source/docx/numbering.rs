//! What stands before the items of lists: a bullet, or the number that they have.

use std::collections::{HashMap, HashSet};

use super::super::Problem;
use super::super::xml::{Node, Xml};
use super::number::written;
use super::styles::List;

/// How many levels a list has.
const LEVELS: usize = 9;

#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    text: String,
}

#[derive(Clone, Debug, Default)]
struct Num {
    /// The definition that it uses.
    definition: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, HashMap<usize, Level>>,
    nums: HashMap<String, Num>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    started: HashSet<(String, usize)>,
}

impl Numbering {
    pub(super) fn read(text: &str) -> Result<Self, Problem> {
        let mut numbering = Self::default();
        let mut definition: Option<(String, HashMap<usize, Level>)> = None;
        let mut num: Option<(String, Num)> = None;
        let mut level: Option<(usize, Level)> = None;
        let mut overridden = 0;
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            let element = match node {
                Node::Open(element) => element,
                Node::Close(name) => {
                    match name.as_str() {
                        "abstractNum" => numbering.definitions.extend(definition.take()),
                        "num" => numbering.nums.extend(num.take()),
                        "lvl" => match (&mut num, &mut definition) {
                            (Some((_, num)), _) => num.levels.extend(level.take()),
                            (_, Some((_, levels))) => levels.extend(level.take()),
                            _ => {}
                        },
                        _ => {}
                    }
                    continue;
                }
                Node::Text(_) => continue,
            };
            let value = element.get("val").unwrap_or_default();
            let nth = || element.get("ilvl").and_then(|nth| nth.parse().ok());
            match element.name.as_str() {
                "abstractNum" => {
                    let id = element.get("abstractNumId").unwrap_or_default();
                    definition = Some((id.to_owned(), HashMap::new()));
                }
                "num" => {
                    let id = element.get("numId").unwrap_or_default();
                    num = Some((id.to_owned(), Num::default()));
                }
                "abstractNumId" => {
                    if let Some((_, num)) = &mut num {
                        value.clone_into(&mut num.definition);
                    }
                }
                "lvlOverride" => overridden = nth().unwrap_or(0),
                "startOverride" => {
                    if let Some((_, num)) = &mut num
                        && let Ok(start) = value.parse()
                    {
                        num.starts.insert(overridden, start);
                    }
                }
                "lvl" => level = Some((nth().unwrap_or(0), Level::default())),
                name => {
                    if let Some((_, level)) = &mut level {
                        match name {
                            "start" => level.start = value.parse().ok(),
                            "numFmt" => value.clone_into(&mut level.format),
                            "lvlText" => value.clone_into(&mut level.text),
                            _ => {}
                        }
                    }
                }
            }
        }
        Ok(numbering)
    }

    /// What stands before the next item of a list, counting it.
    pub(super) fn next(&mut self, list: &List) -> Option<String> {
        let id = list.number.as_deref().filter(|id| *id != "0")?;
        let nth = list.level.unwrap_or(0);
        let num = self.nums.get(id)?;
        let definition = self.definitions.get(&num.definition);
        let level = |nth: usize| {
            num.levels
                .get(&nth)
                .or_else(|| definition.and_then(|levels| levels.get(&nth)))
        };
        let first = |nth: usize| level(nth).and_then(|level| level.start).unwrap_or(1);
        let counts = self.counts.entry(num.definition.clone()).or_default();
        let is_started = !self.started.insert((id.to_owned(), nth));
        let count = counts.get_mut(nth)?;
        let next = match (*count, num.starts.get(&nth)) {
            (_, Some(start)) if !is_started => *start,
            (Some(count), _) => count.saturating_add(1),
            (None, _) => first(nth),
        };
        *count = Some(next);
        for (below, count) in counts.iter_mut().enumerate() {
            if below > nth {
                *count = None;
            } else if count.is_none() {
                *count = Some(first(below));
            }
        }
        let own = level(nth)?;
        match own.format.as_str() {
            "bullet" => return Some("•".to_owned()),
            "none" => return None,
            _ => {}
        }
        let mut text = own.text.clone();
        for (nth, count) in counts.iter().enumerate().take(nth + 1) {
            let format = level(nth).map_or("", |level| level.format.as_str());
            let number = written(count.unwrap_or(1), format);
            text = text.replace(&format!("%{}", nth + 1), &number);
        }
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_counted_as_they_are_shown() {
        let mut numbering = Numbering::read(
            r#"<w:numbering xmlns:w="w">
            <w:abstractNum w:abstractNumId="0">
              <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
              <w:lvl w:ilvl="1"><w:numFmt w:val="arabicAbjad"/><w:lvlText w:val="%1-%2)"/></w:lvl>
              <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
              <w:lvl w:ilvl="3"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl>
            </w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="0"/>
              <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
            </w:numbering>"#,
        )
        .unwrap();
        let mut next = |number: &str, level: usize| {
            numbering.next(&List {
                number: Some(number.to_owned()),
                level: Some(level),
            })
        };
        let shown = [
            next("1", 0),
            next("1", 1),
            next("1", 1),
            next("1", 0),
            next("1", 1),
            next("1", 2),
            next("1", 3),
            next("2", 0),
            next("2", 0),
            next("0", 0),
            next("9", 0),
            next("1", 99),
        ];
        let shown: Vec<&str> = shown
            .iter()
            .map(|shown| shown.as_deref().unwrap_or("-"))
            .collect();
        assert_eq!(
            shown,
            [
                "3.", "3-أ)", "3-ب)", "4.", "4-أ)", "•", "-", "1.", "2.", "-", "-", "-"
            ]
        );
    }
}
