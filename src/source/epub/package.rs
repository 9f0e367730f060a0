//! What a book says of its parts: which files, in which order, and what it is.

use std::collections::HashMap;

use super::super::docx::metadata::{line, year};
use super::super::html::{joined, language_of, licence};
use super::super::xml::{Element, Node, Xml};
use super::super::{Metadata, Problem, percent};

/// A file of the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Item {
    href: String,
    media_type: String,
    properties: String,
}

/// What the package of a book says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Book {
    /// What it says of itself.
    pub(super) metadata: Metadata,
    /// The names of its chapters in the order in which they are read, those beside the order last; as the package links
    /// to them.
    pub(super) chapters: Vec<String>,
    /// The file with the table of contents, and the older one.
    pub(super) nav: Option<String>,
    pub(super) ncx: Option<String>,
}

/// Somebody who had part in it.
#[derive(Debug, Default)]
struct Person {
    id: Option<String>,
    name: String,
    role: Option<String>,
}

/// The package that the container names.
pub(super) fn package_file(container: &str) -> Result<Option<String>, Problem> {
    let mut xml = Xml::new(container);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        if element.name == "rootfile"
            && let Some(path) = element.get("full-path")
        {
            return Ok(Some(path.trim_start_matches('/').to_owned()));
        }
    }
    Ok(None)
}

/// Whether files of the book are encrypted, other than fonts that are scrambled so that they are not taken out.
pub(super) fn is_encrypted(encryption: &str) -> Result<bool, Problem> {
    let mut xml = Xml::new(encryption);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        let of_font = [
            "http://www.idpf.org/2008/embedding",
            "http://ns.adobe.com/pdf/enc#RC",
        ];
        if element.name == "EncryptionMethod"
            && element
                .get("Algorithm")
                .is_some_and(|of| !of_font.contains(&of))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Book {
    pub(super) fn read(text: &str) -> Result<Self, Problem> {
        let mut book = Self::default();
        let mut items: HashMap<String, Item> = HashMap::new();
        let mut spine: Vec<(String, bool)> = Vec::new();
        let mut said = Said::default();
        let mut ncx = None;
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            let Node::Open(element) = node else { continue };
            let get = |name: &str| element.get(name).unwrap_or_default().to_owned();
            match element.name.as_str() {
                "item" => {
                    let item = Item {
                        href: decoded(&get("href")),
                        media_type: get("media-type"),
                        properties: get("properties"),
                    };
                    items.insert(get("id"), item);
                }
                "spine" => ncx = element.get("toc").map(str::to_owned),
                "itemref" => spine.push((get("idref"), element.get("linear") != Some("no"))),
                _ => said.take(&element, &mut xml)?,
            }
        }
        let is_nav = |item: &&Item| item.properties.split_whitespace().any(|of| of == "nav");
        let nav = items.values().find(is_nav).map(|item| item.href.clone());
        let is_ncx = |item: &&Item| item.media_type == "application/x-dtbncx+xml";
        let by_type = || items.values().find(is_ncx);
        book.ncx = ncx
            .and_then(|id| items.get(&id))
            .or_else(by_type)
            .map(|item| item.href.clone());
        spine.sort_by_key(|(_, is_linear)| !is_linear);
        for (id, _) in &spine {
            if let Some(item) = items.get(id)
                && matches!(
                    item.media_type.as_str(),
                    "application/xhtml+xml" | "text/html" | "text/x-oeb1-document" | ""
                )
                && nav.as_ref() != Some(&item.href)
                && !book.chapters.contains(&item.href)
            {
                book.chapters.push(item.href.clone());
            }
        }
        book.nav = nav;
        book.metadata = said.metadata();
        Ok(book)
    }
}

/// What the metadata of a package say, as they stand there.
#[derive(Debug, Default)]
struct Said {
    titles: Vec<(Option<String>, String)>,
    persons: Vec<Person>,
    /// What later elements say of earlier ones: id, property, value.
    refined: Vec<(String, String, String)>,
    addresses: Vec<String>,
    metadata: Metadata,
}

impl Said {
    fn take(&mut self, element: &Element, xml: &mut Xml<'_>) -> Result<(), Problem> {
        let name = element.name.as_str();
        let id = element.get("id").map(str::to_owned);
        if name == "meta" {
            if let (Some(of), Some(property)) = (element.get("refines"), element.get("property")) {
                let (of, property) = (of.trim_start_matches('#').to_owned(), property.to_owned());
                self.refined.push((of, property, line(&xml.text()?)));
            }
            return Ok(());
        }
        let field = match name {
            "title" | "creator" | "contributor" | "identifier" | "source" => None,
            "publisher" => Some(&mut self.metadata.publisher),
            "date" => Some(&mut self.metadata.year),
            "rights" => Some(&mut self.metadata.licence),
            "language" => {
                let tag = line(&xml.text()?);
                self.metadata.language = self.metadata.language.or_else(|| language_of(&tag));
                return Ok(());
            }
            _ => return Ok(()),
        };
        // A date of another event than publication is that of the file.
        let is_other_event =
            name == "date" && element.get("event").is_some_and(|of| of != "publication");
        let role = element.get("role").map(str::to_owned);
        let text = line(&xml.text()?);
        if text.is_empty() || is_other_event {
            return Ok(());
        }
        match (name, field) {
            (_, Some(field)) => {
                field.get_or_insert(text);
            }
            ("title", _) => self.titles.push((id, text)),
            ("identifier" | "source", _) => {
                if text.starts_with("http://") || text.starts_with("https://") {
                    self.addresses.push(text);
                }
            }
            ("contributor", _) => self.persons.push(Person {
                id,
                name: text,
                // Only those whose part is told can be named by it.
                role: role.or_else(|| Some("ctb".to_owned())),
            }),
            _ => self.persons.push(Person {
                id,
                name: text,
                role,
            }),
        }
        Ok(())
    }

    fn metadata(mut self) -> Metadata {
        let refined = |id: &Option<String>, property: &str| {
            let id = id.as_deref()?;
            self.refined
                .iter()
                .find(|(of, named, _)| of == id && named == property)
                .map(|(_, _, value)| value.as_str())
        };
        let main = self
            .titles
            .iter()
            .find(|(id, _)| refined(id, "title-type") == Some("main"))
            .or(self.titles.first());
        let of_role = |roles: &[&str]| {
            let names: Vec<String> = self
                .persons
                .iter()
                .filter(|person| {
                    let role = refined(&person.id, "role").or(person.role.as_deref());
                    roles.contains(&role.unwrap_or("aut"))
                })
                .map(|person| person.name.clone())
                .collect();
            joined(&names)
        };
        let (title, author) = (main.map(|(_, title)| title.clone()), of_role(&["aut"]));
        let editor = of_role(&["edt"]);
        self.metadata.title = title;
        self.metadata.author = author;
        self.metadata.editor = editor;
        self.metadata.year = self.metadata.year.as_deref().and_then(year);
        self.metadata.licence = self.metadata.licence.as_deref().map(licence);
        self.metadata.address = self.addresses.into_iter().next();
        self.metadata
    }
}

/// A link's path as the name that it leads to: without the place in the file, `%D8%A3` as what it stands for.
pub(super) fn decoded(href: &str) -> String {
    let path = href.split('#').next().unwrap_or_default().trim();
    String::from_utf8_lossy(&percent::decode(path.as_bytes())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_names_chapters_and_people() {
        let book = Book::read(
            r##"<package xmlns:dc="d" xmlns:opf="o"><metadata>
            <dc:title id="s">Sub</dc:title><dc:title id="m">الكتاب</dc:title>
            <meta refines="#m" property="title-type">main</meta>
            <dc:creator id="a">سيبويه</dc:creator><meta refines="#a" property="role">aut</meta>
            <dc:creator id="t">Tr.</dc:creator><meta refines="#t" property="role">trl</meta>
            <dc:contributor opf:role="edt">محقق</dc:contributor><dc:contributor>calibre</dc:contributor>
            <dc:date opf:event="modification">2020</dc:date><dc:date>1988-02-03</dc:date>
            <dc:language>ar-EG</dc:language><dc:publisher>دار</dc:publisher>
            <dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights>
            <dc:identifier>urn:isbn:1</dc:identifier><dc:source>https://example.org/b</dc:source>
            </metadata><manifest>
            <item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="scripted nav"/>
            <item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
            <item id="c1" href="a%20b.xhtml" media-type="application/xhtml+xml"/>
            <item id="c2" href="text/%D8%A8.xhtml" media-type="application/xhtml+xml"/>
            <item id="p" href="p.svg" media-type="image/svg+xml"/>
            </manifest><spine><itemref idref="c2" linear="no"/><itemref idref="n"/><itemref idref="p"/>
            <itemref idref="c1"/><itemref idref="c1"/><itemref idref="none"/></spine></package>"##,
        )
        .unwrap();
        assert_eq!(book.chapters, ["a b.xhtml", "text/ب.xhtml"]);
        assert_eq!(
            (book.nav.as_deref(), book.ncx.as_deref()),
            (Some("nav.xhtml"), Some("toc.ncx"))
        );
        let of = |text: &str| Some(text.to_owned());
        let expected = Metadata {
            title: of("الكتاب"),
            language: Some(crate::language::Language::Arabic),
            author: of("سيبويه"),
            editor: of("محقق"),
            publisher: of("دار"),
            year: of("1988"),
            licence: of("CC BY 4.0"),
            address: of("https://example.org/b"),
            ..Metadata::default()
        };
        assert_eq!(book.metadata, expected);
    }

    #[test]
    fn scrambled_fonts_are_no_lock() {
        let of = |algorithm: &str| {
            format!("<e><enc:EncryptionMethod xmlns:enc='e' Algorithm='{algorithm}'/></e>")
        };
        assert_eq!(
            is_encrypted(&of("http://www.idpf.org/2008/embedding")),
            Ok(false)
        );
        assert_eq!(
            is_encrypted(&of("http://www.w3.org/2001/04/xmlenc#aes128-cbc")),
            Ok(true)
        );
        assert_eq!(is_encrypted("<e/>"), Ok(false));
    }
}
