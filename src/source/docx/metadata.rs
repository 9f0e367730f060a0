//! What a document's properties say of it.

use super::super::xml::{Node, Xml};
use super::super::{Metadata, Problem};

/// Who programs say the author is where nobody told them.
const NOBODY: [&str; 9] = [
    "admin",
    "administrator",
    "microsoft office user",
    "python-docx",
    "un-named",
    "unknown",
    "unknown author",
    "user",
    "windows user",
];

/// What the core properties say.
///
/// # Why
/// The day on which a file was made is no year of publication, and every program writes it; so a year is taken only from a
/// date that somebody has to have stated (`date`, `issued`). The language is left to the letters: programs write that of
/// their own screen.
pub(super) fn core(text: &str) -> Result<Metadata, Problem> {
    let mut metadata = Metadata::default();
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        let field = match element.name.as_str() {
            "title" => &mut metadata.title,
            "creator" => &mut metadata.author,
            "publisher" => &mut metadata.publisher,
            "rights" => &mut metadata.licence,
            "date" | "issued" => &mut metadata.year,
            _ => continue,
        };
        let text = line(&xml.text()?);
        if field.is_none() && !text.is_empty() {
            *field = Some(text);
        }
    }
    metadata.author = metadata
        .author
        .filter(|author| !NOBODY.contains(&author.to_lowercase().as_str()));
    metadata.year = metadata.year.as_deref().and_then(year);
    Ok(metadata)
}

/// What the properties say that somebody has given names of their own.
pub(super) fn custom(text: &str) -> Result<Metadata, Problem> {
    let mut metadata = Metadata::default();
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        if element.name != "property" {
            continue;
        }
        let name = element.get("name").unwrap_or_default().to_lowercase();
        let field = match name.as_str() {
            "date" | "year" => &mut metadata.year,
            "edition" => &mut metadata.edition,
            "editor" => &mut metadata.editor,
            "licence" | "license" | "rights" => &mut metadata.licence,
            "publisher" => &mut metadata.publisher,
            _ => continue,
        };
        let text = line(&xml.text()?);
        if !text.is_empty() {
            *field = Some(text);
        }
    }
    metadata.year = metadata.year.as_deref().and_then(year);
    Ok(metadata)
}

/// How many pages a program counted when it last showed the document.
pub(super) fn pages(text: &str) -> Result<Option<u32>, Problem> {
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        if matches!(&node, Node::Open(element) if element.name == "Pages") {
            return Ok(xml.text()?.trim().parse().ok());
        }
    }
    Ok(None)
}

/// A value in one line.
pub(in super::super) fn line(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The year of a date, whichever way it is written: `2019-05-01`, `1 May 2019`, `1440 هـ`.
pub(in super::super) fn year(date: &str) -> Option<String> {
    let is_digit = |c: char| c.is_numeric();
    let mut numbers = date
        .split(|c: char| !is_digit(c))
        .filter(|number| number.chars().count() == 4);
    let number = numbers.next()?;
    let (_, behind) = date.split_once(number)?;
    let behind = behind.trim_start();
    let mark = ["هـ", "AH", "م"].into_iter().find(|mark| {
        behind
            .strip_prefix(mark)
            .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    });
    Some(match mark {
        Some(mark) => format!("{number} {mark}"),
        None => number.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_properties_are_read_and_defaults_of_programs_are_not() {
        let core = |inside: &str| {
            core(&format!("<cp:p xmlns:cp='c' xmlns:dc='d'>{inside}</cp:p>")).unwrap()
        };
        let said = core(
            "<dc:title> كتاب\nالنحو </dc:title><dc:creator>سيبويه</dc:creator><dc:publisher>دار</dc:publisher>
             <dc:language>en-US</dc:language><created>2020-01-01T00:00:00Z</created><dc:date>1 May 2019</dc:date>",
        );
        assert_eq!(said.title.as_deref(), Some("كتاب النحو"));
        assert_eq!(said.author.as_deref(), Some("سيبويه"));
        assert_eq!(said.publisher.as_deref(), Some("دار"));
        assert_eq!(said.year.as_deref(), Some("2019"));
        assert_eq!(said.language, None);
        assert_eq!(
            core("<dc:creator>Admin</dc:creator><dc:title/><created>2020</created>"),
            Metadata::default()
        );
    }

    #[test]
    fn properties_with_names_of_their_own_are_read() {
        let said = custom(
            "<P xmlns:v='v'><property name='Rights'><v:lpwstr>CC0</v:lpwstr></property>
             <property name='dir'><v:lpwstr>rtl</v:lpwstr></property>
             <property name='date'><v:lpwstr>2023-12-21</v:lpwstr></property></P>",
        )
        .unwrap();
        let expected = Metadata {
            licence: Some("CC0".to_owned()),
            year: Some("2023".to_owned()),
            ..Metadata::default()
        };
        assert_eq!(said, expected);
    }

    #[test]
    fn years_are_found_in_dates() {
        #[track_caller]
        fn case(date: &str, expected: Option<&str>) {
            assert_eq!(year(date).as_deref(), expected);
        }
        case("2019-05-01T00:00:00Z", Some("2019"));
        case("1 May 2019", Some("2019"));
        case("رجب 1440 هـ", Some("1440 هـ"));
        case("1440هـ", Some("1440 هـ"));
        case("١٤٤٠", Some("١٤٤٠"));
        case("20190501", None);
        case("", None);
    }
}
