//! The parts of a document and what relates them; the names of parts are the maker's choice, only their relations count.

use super::super::packed::{Limits, Packed};
use super::super::xml::{self, Node, Xml};
use super::super::{Problem, ProblemKind, disguise};

/// What an encrypted document has in it, as the old container of office files writes it.
const ENCRYPTED_PACKAGE: &str = "EncryptedPackage";

/// A relation to another part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// What the other part is for this one: the last word of its type, such as `footnotes`.
    pub(super) kind: String,
    /// The other part's name.
    pub(super) part: String,
}

/// The parts of a document.
pub(super) struct Package<'a>(Packed<'a>);

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        match disguise::kind(bytes) {
            Some("DOC/XLS/PPT") if is_locked(bytes) => {
                return Err(Problem::of_file(ProblemKind::Encrypted, None));
            }
            Some(old @ "DOC/XLS/PPT") => {
                return Err(Problem::of_file(ProblemKind::Disguised, Some(old)));
            }
            _ => {}
        }
        Packed::open(bytes, Limits::DOCUMENT).map(Self)
    }

    /// The text of a part; none where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Problem> {
        self.0
            .read(name)?
            .map(|bytes| xml::decode(&bytes))
            .transpose()
    }

    /// The relations of a part; those of the whole document where the name is empty.
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Problem> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.part(&format!("{folder}{slash}_rels/{name}.rels"))? else {
            return Ok(Vec::new());
        };
        let mut relations = Vec::new();
        let mut xml = Xml::new(&text);
        while let Some(node) = xml.next()? {
            let Node::Open(element) = node else { continue };
            let is_inside = element.get("TargetMode") != Some("External");
            if element.name == "Relationship"
                && is_inside
                && let (Some(kind), Some(target)) = (element.get("Type"), element.get("Target"))
                && let Some(part) = resolved(folder, target)
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.push(Relation { kind, part });
            }
        }
        Ok(relations)
    }

    /// The content type that is stated for a part.
    pub(super) fn content_type(&mut self, part: &str) -> Result<Option<String>, Problem> {
        let Some(text) = self.part("[Content_Types].xml")? else {
            return Ok(None);
        };
        let ending = part.rsplit_once('.').map_or("", |(_, ending)| ending);
        let mut by_ending = None;
        let mut xml = Xml::new(&text);
        while let Some(node) = xml.next()? {
            let Node::Open(element) = node else { continue };
            let stated = || element.get("ContentType").map(str::to_owned);
            let name = element.get("PartName").unwrap_or_default();
            if element.name == "Override" && name.trim_start_matches('/') == part {
                return Ok(stated());
            }
            if element.name == "Default" && element.get("Extension") == Some(ending) {
                by_ending = stated();
            }
        }
        // Of XML in general it is no more than that.
        Ok(by_ending.filter(|stated| stated != "application/xml"))
    }

    /// What a zip is that is no document of this kind: what it calls itself.
    pub(super) fn says_it_is(&mut self) -> Result<String, Problem> {
        let said = self.0.read("mimetype")?.unwrap_or_default();
        let said = String::from_utf8_lossy(&said).trim().to_owned();
        Ok(if said.is_empty() {
            "ZIP".to_owned()
        } else {
            said
        })
    }
}

/// Whether an old container of office files holds a locked document.
fn is_locked(bytes: &[u8]) -> bool {
    let wide: Vec<u8> = ENCRYPTED_PACKAGE
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}

/// The part that a target names, seen from a folder; none where it would lie outside.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let (start, target) = match target.strip_prefix('/') {
        Some(target) => ("", target),
        None => (folder, target),
    };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_and_stay_inside() {
        #[track_caller]
        fn case(folder: &str, target: &str, expected: Option<&str>) {
            assert_eq!(resolved(folder, target).as_deref(), expected);
        }
        case("word", "styles.xml", Some("word/styles.xml"));
        case("word", "/word/styles.xml", Some("word/styles.xml"));
        case("word", "../docProps/./core.xml", Some("docProps/core.xml"));
        case("", "word/document.xml", Some("word/document.xml"));
        case("word", "../../x", None);
    }
}
