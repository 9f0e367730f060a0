//! How a citation is said: each piece a line of its own, so that Arabic and Latin never share a line that could scramble.
//!
//! Own words are in the asker's language, the source's pieces in its own; nothing here touches the quote itself.

use crate::answer::{Citation, Cited};
use crate::language::Language;
use crate::source::{Attribution, Kind, Passage, Place};

use super::say;

/// What stands between a heading and its subheading.
const BELOW: &str = " › ";

/// The section path, outermost first; none where the passage stands above every heading.
pub fn section_path(section: &[String]) -> Option<String> {
    (!section.is_empty()).then(|| section.join(BELOW))
}

/// The title of the source and the section path in one line, both in the source's language: the head of an answer.
pub fn heading(cited: &Cited) -> String {
    let title = cited.attribution.title.as_str();
    std::iter::once(title)
        .chain(cited.passage.section.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(BELOW)
}

/// Where in the source the passage stands: «Paragraph 5», `Footnote [1]`.
pub fn locator(language: Language, passage: &Passage) -> String {
    match (&passage.marker, passage.place.kind) {
        (Some(marker), Kind::Footnote) => say(
            language,
            "citation-footnote-marker",
            &[("marker", marker.clone().into())],
        ),
        _ => place(language, passage.place),
    }
}

/// A place by its number alone.
pub fn place(language: Language, place: Place) -> String {
    let ordinal = place.ordinal.into();
    match (place.kind, place.part) {
        (Kind::Footnote, _) => say(language, "citation-footnote", &[("ordinal", ordinal)]),
        (Kind::Paragraph, None) => say(language, "citation-paragraph", &[("ordinal", ordinal)]),
        (Kind::Paragraph, Some(part)) => say(
            language,
            "citation-paragraph-part",
            &[("ordinal", ordinal), ("part", part.into())],
        ),
    }
}

/// A marker with its footnote, or the statement that the source gives none.
pub fn footnote(language: Language, citation: &Citation) -> String {
    let marker = ("marker", citation.marker.clone().into());
    match &citation.footnote {
        Some(footnote) => say(
            language,
            "footnote-given",
            &[marker, ("footnote", footnote.clone().into())],
        ),
        None => say(language, "footnote-absent", &[marker]),
    }
}

/// What the source leaves open in this passage: none, or the warning that it marks claims as unbacked.
pub fn unbacked(language: Language, passage: &Passage) -> Option<String> {
    let count = passage.citation_needed.len();
    (count > 0).then(|| say(language, "claim-unbacked", &[("count", count.into())]))
}

/// Which paragraphs cite this footnote; none for a paragraph.
pub fn cited_by(language: Language, passage: &Passage) -> Option<String> {
    (passage.place.kind == Kind::Footnote).then(|| {
        let places: Vec<String> = passage
            .cited_by
            .iter()
            .map(|by| by.ordinal.to_string())
            .collect();
        let (count, places) = (
            places.len(),
            places.join(&say(language, "citation-separator", &[])),
        );
        say(
            language,
            "citation-cited-by",
            &[("count", count.into()), ("places", places.into())],
        )
    })
}

/// The licence, where the source has one.
pub fn licence(language: Language, attribution: &Attribution) -> Option<String> {
    let licence = attribution.licence.clone()?;
    Some(say(
        language,
        "citation-licence",
        &[("licence", licence.into())],
    ))
}

/// Who made and published the source, where to find it and under which licence; a line each, the title not among them.
pub fn about(language: Language, attribution: &Attribution) -> Vec<String> {
    let line = |sentence: &str, name: &'static str, value: &Option<String>| {
        let value = value.clone()?;
        Some(say(language, sentence, &[(name, value.into())]))
    };
    let imprint = imprint(language, attribution);
    [
        line("citation-author", "author", &attribution.author),
        line("citation-editor", "editor", &attribution.editor),
        line("citation-edition", "edition", &attribution.edition),
        line("citation-publisher", "publisher", &imprint),
        line("citation-address", "address", &attribution.address),
        line("citation-accessed", "day", &attribution.accessed),
        licence(language, attribution),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Publisher, place and year, as far as they are known.
fn imprint(language: Language, attribution: &Attribution) -> Option<String> {
    let pieces: Vec<String> = [
        attribution.publisher.clone(),
        attribution.place.clone(),
        attribution.year.clone(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let joined = pieces.join(&say(language, "citation-separator", &[]));
    (!joined.is_empty()).then_some(joined)
}

/// Editor and edition as a citation names them behind the title.
fn edition(language: Language, attribution: &Attribution) -> [Option<String>; 2] {
    let said = |sentence: &str, name: &'static str, value: &Option<String>| {
        let value = value.clone()?;
        Some(say(language, sentence, &[(name, value.into())]))
    };
    [
        said("citation-quoted-editor", "editor", &attribution.editor),
        said("citation-quoted-edition", "edition", &attribution.edition),
    ]
}

/// Everything that stands under a quote: footnotes, what the source leaves open, the locator, who made the source. A
/// line each.
pub fn lines(language: Language, cited: &Cited) -> Vec<String> {
    let mut lines: Vec<String> = cited
        .citations
        .iter()
        .map(|citation| footnote(language, citation))
        .collect();
    lines.extend(cited_by(language, &cited.passage));
    lines.extend(unbacked(language, &cited.passage));
    lines.push(locator(language, &cited.passage));
    lines.extend(page(language, &cited.passage));
    lines.extend(former_version(language, cited));
    lines.extend(about(language, &cited.attribution));
    lines
}

/// The page, where the source has pages.
pub fn page(language: Language, passage: &Passage) -> Option<String> {
    passage
        .page
        .map(|page| say(language, "citation-page", &[("page", page.into())]))
}

/// That the passage is of a version which is no longer the current one.
pub fn former_version(language: Language, cited: &Cited) -> Option<String> {
    (!cited.current).then(|| {
        say(
            language,
            "citation-version",
            &[("version", cited.version.into())],
        )
    })
}

/// The citation as one line of plain text, to be copied; in the source's language, so that the line has one direction.
pub fn plain(cited: &Cited) -> String {
    let language = cited.attribution.language;
    let attribution = &cited.attribution;
    let title = say(
        language,
        "citation-quoted-title",
        &[("title", attribution.title.clone().into())],
    );
    let section = section_path(&cited.passage.section).map(|section| {
        say(
            language,
            "citation-quoted-section",
            &[("section", section.into())],
        )
    });
    let [editor, edition] = edition(language, attribution);
    let pieces = [
        attribution.author.clone(),
        Some(title),
        editor,
        edition,
        imprint(language, attribution),
        section,
        Some(locator(language, &cited.passage)),
        page(language, &cited.passage),
        former_version(language, cited),
        attribution.address.clone(),
        attribution.licence.clone(),
    ];
    pieces
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(&say(language, "citation-separator", &[]))
}

/// The citation of a whole source as one line of plain text, in the source's language.
pub fn source(attribution: &Attribution) -> String {
    let language = attribution.language;
    let title = ("title", attribution.title.clone().into());
    let [editor, edition] = edition(language, attribution);
    let pieces = [
        attribution.author.clone(),
        Some(say(language, "citation-quoted-title", &[title])),
        editor,
        edition,
        imprint(language, attribution),
        attribution.address.clone(),
        attribution.licence.clone(),
    ];
    let pieces: Vec<String> = pieces.into_iter().flatten().collect();
    pieces.join(&say(language, "citation-separator", &[]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::tests::cited;

    #[test]
    fn a_paragraph_is_cited_with_its_footnotes_and_what_is_open() {
        insta::assert_snapshot!(lines(Language::English, &cited()).join("\n"), @r"
        [1] Kyung-Ae Park, p. 275.
        [4] The source does not give this footnote.
        Note: the source itself marks a claim in this passage as unsourced.
        Paragraph 5
        Author: مساهمو ويكيبيديا
        Publisher: ويكيبيديا العربية
        Licence: CC BY-SA 4.0
        ");
        insta::assert_snapshot!(lines(Language::Arabic, &cited()).join("\n"), @r"
        [1] Kyung-Ae Park, p. 275.
        [4] لا يورد المصدر نص هذه الحاشية.
        تنبيه: المصدر نفسه يشير إلى أن قولًا في هذا الموضع بلا سند.
        الفقرة 5
        المؤلف: مساهمو ويكيبيديا
        الناشر: ويكيبيديا العربية
        الرخصة: CC BY-SA 4.0
        ");
    }

    #[test]
    fn the_head_and_the_line_to_copy() {
        insta::assert_snapshot!(heading(&cited()), @"العلاقات الروسية الكورية الشمالية › التاريخ › العقد الأول");
        insta::assert_snapshot!(
            plain(&cited()),
            @"مساهمو ويكيبيديا، «العلاقات الروسية الكورية الشمالية»، ويكيبيديا العربية، قسم «التاريخ › العقد الأول»، الفقرة 5، CC BY-SA 4.0"
        );
    }

    #[test]
    fn a_whole_source_is_cited_without_a_place() {
        insta::assert_snapshot!(
            source(&cited().attribution),
            @"مساهمو ويكيبيديا، «العلاقات الروسية الكورية الشمالية»، ويكيبيديا العربية، CC BY-SA 4.0"
        );
    }

    #[test]
    fn a_footnote_names_the_paragraphs_that_cite_it() {
        let place = |kind, ordinal| Place {
            kind,
            ordinal,
            part: None,
        };
        let mut footnote = cited().passage;
        footnote.place = place(Kind::Footnote, 1);
        footnote.marker = Some("1".to_owned());
        footnote.cited_by = vec![place(Kind::Paragraph, 1), place(Kind::Paragraph, 3)];
        assert_eq!(locator(Language::English, &footnote), "Footnote [1]");
        assert_eq!(locator(Language::Arabic, &footnote), "الحاشية [1]");
        let said = cited_by(Language::Arabic, &footnote);
        assert_eq!(said.as_deref(), Some("تحيل إلى هذه الحاشية فقرتان: 1، 3"));
    }

    #[test]
    fn a_former_version_is_said() {
        let former = Cited {
            current: false,
            version: 2,
            ..cited()
        };
        assert!(
            lines(Language::English, &former)
                .contains(&"From an earlier version of the source, number 2".to_owned())
        );
    }
}
