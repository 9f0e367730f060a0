//! The table of contents of a book: its titles stand in for headings where chapters have none.

use super::super::Problem;
use super::super::docx::metadata::line;
use super::super::xml::{Node, Xml};

/// A title in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// How deep it stands, from 1.
    pub(super) level: u8,
    pub(super) title: String,
    /// Where it leads, as the file links to it.
    pub(super) href: String,
}

/// The entries of a navigation document.
pub(super) fn of_nav(text: &str) -> Result<Vec<Entry>, Problem> {
    let mut entries = Vec::new();
    let mut is_contents = false;
    let mut level = 0_u8;
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => match element.name.as_str() {
                "nav" => {
                    let of = element.get("type").unwrap_or_default();
                    is_contents = of.split_whitespace().any(|of| of == "toc");
                }
                "ol" => level = level.saturating_add(1),
                "a" if is_contents => {
                    let href = element.get("href").unwrap_or_default().to_owned();
                    let title = line(&xml.text()?);
                    entries.push(Entry { level, title, href });
                }
                _ => {}
            },
            Node::Close(name) => match name.as_str() {
                "nav" => is_contents = false,
                "ol" => level = level.saturating_sub(1),
                _ => {}
            },
            Node::Text(_) => {}
        }
    }
    entries.retain(|entry| !entry.title.is_empty());
    Ok(entries)
}

/// The entries of the older form.
pub(super) fn of_ncx(text: &str) -> Result<Vec<Entry>, Problem> {
    let mut entries = Vec::new();
    let mut level = 0_u8;
    let mut title = String::new();
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => match element.name.as_str() {
                "pageList" | "navList" | "docTitle" | "docAuthor" => xml.skip()?,
                "navPoint" => level = level.saturating_add(1),
                "navLabel" => title = line(&xml.text()?),
                "content" if level > 0 && !title.is_empty() => entries.push(Entry {
                    level,
                    title: std::mem::take(&mut title),
                    href: element.get("src").unwrap_or_default().to_owned(),
                }),
                _ => {}
            },
            Node::Close(name) if name == "navPoint" => level = level.saturating_sub(1),
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let nav = of_nav(
            "<html xmlns:epub='e'><nav epub:type='toc'><h1>Contents</h1><ol><li><a href='a.xhtml'>One <b>a</b></a>
             <ol><li><a href='b.xhtml#x'>Two</a></li></ol></li><li><span>No link</span></li></ol></nav>
             <nav epub:type='landmarks'><ol><li><a href='t.xhtml'>Title</a></li></ol></nav></html>",
        );
        let ncx = of_ncx(
            "<ncx><docTitle><text>Book</text></docTitle><navMap><navPoint><navLabel><text>One a</text></navLabel>
             <content src='a.xhtml'/><navPoint><navLabel><text>Two</text></navLabel><content src='b.xhtml#x'/></navPoint>
             </navPoint></navMap><pageList><pageTarget><navLabel><text>1</text></navLabel><content src='p'/></pageTarget></pageList></ncx>",
        );
        let entry = |level, title: &str, href: &str| Entry {
            level,
            title: title.to_owned(),
            href: href.to_owned(),
        };
        let expected = vec![entry(1, "One a", "a.xhtml"), entry(2, "Two", "b.xhtml#x")];
        assert_eq!(nav.as_ref(), Ok(&expected));
        assert_eq!(ncx, Ok(expected));
    }
}
