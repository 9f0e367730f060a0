//! What a library holds: its sources, how much there is of each, and how it is cited.

use super::row::{self, rows};
use super::sheet::{Line, Sheet, one_line, shortened, taken};
use super::{Reply, in_words_of, voices};
use crate::catalogue::SourceRecord;
use crate::discord::button::Home;
use crate::discord::listing::Page;
use crate::language::Language;
use crate::wording::{citation as cite, language_name, say};

/// What stands between the two languages where both are in one line, and each is a word or two.
pub(super) const BESIDE: &str = " · ";
/// The room for the line that counts the pages, in both languages.
const COUNTING: usize = 100;

/// A page of the sources in a language, or in both of ours; the last one where there are fewer.
pub(in crate::discord) fn sources(
    sheet: Sheet,
    language: Language,
    page: Page,
    sources: &[SourceRecord],
) -> Reply {
    if sources.is_empty() {
        return none(language, page.home);
    }
    let heading = in_words_of(language, |language| say(language, "sources-heading", &[]));
    let heading = heading.join(BESIDE);
    let room = sheet.room(&heading).saturating_sub(COUNTING);
    let mut pages: Vec<Vec<Vec<String>>> = vec![Vec::new()];
    let mut left = room;
    for (nth, source) in sources.iter().enumerate() {
        let entry = entry(sheet, language, nth + 1, source);
        let needs = taken(std::slice::from_ref(&entry));
        if needs > left && pages.last().is_some_and(|page| !page.is_empty()) {
            pages.push(Vec::new());
            left = room;
        }
        left = left.saturating_sub(needs);
        if let Some(page) = pages.last_mut() {
            page.push(entry);
        }
    }
    let count = pages.len();
    let page = Page {
        number: page.number.min(count - 1),
        ..page
    };
    let mut groups = pages.swap_remove(page.number);
    if count > 1 {
        let counted = in_words_of(language, |language| {
            let place = ("page", (page.number + 1).into());
            say(language, "sources-page", &[place, ("count", count.into())])
        });
        groups.push(counted);
    }
    sheet.message(
        &heading,
        &groups,
        rows([row::turning(language, page, count)]),
    )
}

/// That there is nothing, and how to change that.
fn none(language: Language, home: Home) -> Reply {
    let lines = in_words_of(language, |language| match home {
        Home::Starter => say(language, "sources-none", &[]),
        Home::Server(_) => {
            let none = say(language, "sources-none", &[]);
            format!("{none}\n{}", say(language, "sources-adding", &[]))
        }
    });
    Reply::in_markdown(&lines)
}

/// What is to be said of one source.
fn entry(sheet: Sheet, language: Language, number: usize, source: &SourceRecord) -> Vec<String> {
    let attribution = &source.attribution;
    let title = Line::needed(format!("{number}. {}", attribution.title));
    let facts = voices(language)
        .iter()
        .flat_map(|voice| facts(*voice, source));
    let mut groups = sheet.lines(vec![vec![title], facts.collect()]);
    let mut lines = vec![format!("**{}**", groups.remove(0).concat())];
    lines.extend(groups.concat());
    let label = in_words_of(language, |language| say(language, "sources-citation", &[]));
    lines.push(label.join(BESIDE));
    // By itself in its line, to be copied.
    lines.push(shortened(
        &one_line(&cite::source(attribution)),
        sheet.citation(),
    ));
    lines
}

/// The facts of a source, a line each.
fn facts(voice: Language, source: &SourceRecord) -> Vec<Line> {
    let attribution = &source.attribution;
    let name = language_name(voice, attribution.language);
    let mut lines = vec![Line::needed(say(
        voice,
        "sources-language",
        &[("name", name.into())],
    ))];
    let licence = cite::licence(voice, attribution);
    lines.extend(cite::about(voice, attribution).into_iter().map(|line| {
        if Some(&line) == licence.as_ref() {
            Line::needed(line)
        } else {
            Line::optional(line)
        }
    }));
    let paragraphs = ("count", source.n_paragraphs.into());
    let footnotes = ("count", source.n_footnotes.into());
    let held = [
        (
            "paragraphs",
            say(voice, "count-paragraphs", &[paragraphs]).into(),
        ),
        (
            "footnotes",
            say(voice, "count-footnotes", &[footnotes]).into(),
        ),
        ("version", source.version.into()),
    ];
    lines.push(Line::needed(say(voice, "sources-held", &held)));
    lines
}
