//! The words of a sentence with what each may mean.

use super::Reply;
use super::footnotes::pages;
use super::markdown::{MARKS, escaped, length, longest};
use super::part::{Borders, sentence_at};
use super::passage::{quoted, source};
use super::row::{self, rows};
use super::sheet::{Line, Sheet, taken};
use crate::answer::Cited;
use crate::discord::button::Trail;
use crate::discord::gloss::Words;
use crate::language::gloss::{Gloss, gloss as look_up};
use crate::language::{Language, Span, detect};
use crate::wording::{citation as cite, say};

/// How much of the sentence is shown over its words.
const SENTENCE: usize = 600;

/// The button that leads to the words of the marked sentence, where it is in another language than ours to the reader.
pub(super) fn words(trail: &Trail, cited: &Cited, sentence: &Span) -> Option<Words> {
    let text = cited.passage.text.get(sentence.clone())?;
    let reader = reader(text)?;
    (reader == trail.voice()).then(|| Words::of(trail))
}

/// Who is helped by the words of a text: who reads the other one of our languages.
fn reader(text: &str) -> Option<Language> {
    match detect::language(text) {
        Language::Arabic => Some(Language::English),
        Language::English => Some(Language::Arabic),
        Language::Other => None,
    }
}

/// The words of a sentence on this page, from 0, or on the last one where there are not so many. None where the passage
/// has no such sentence.
pub(in crate::discord) fn gloss(sheet: Sheet, words: Words, cited: &Cited) -> Option<Reply> {
    let voice = words.voice;
    let passage = &cited.passage;
    let sentence = sentence_at(&passage.text, words.spot.sentence)?;
    let heading = say(voice, "words-heading", &[]);

    let room = SENTENCE.min(sheet.room_for_lines() / 3);
    let part = Borders::new(passage).within(&sentence, room);
    let mut quote = vec![quoted(&passage.text, &part, &(0..0))];
    if part != sentence {
        quote.push(say(voice, "part-cut", &[]));
    }
    let mut about = vec![Line::needed(cite::heading(cited))];
    about.extend(source(voice, cited));
    let mut about = sheet.lines(vec![about]);

    let said = |page: usize, count: usize| {
        let arguments = [("page", (page + 1).into()), ("count", count.into())];
        escaped(&say(voice, "words-page", &arguments))
    };
    let fixed = taken(std::slice::from_ref(&quote)) + taken(&about) + length(&said(99_998, 99_999));
    let room = sheet.room(&heading).saturating_sub(fixed + MARKS);
    let pages = pages(listed(voice, cited, &sentence, sheet).into_iter(), room);
    let count = pages.len();
    let page = words.page.unwrap_or(0).min(count.checked_sub(1)?);
    let lines = pages.into_iter().nth(page)?;
    let mut groups = vec![quote];
    groups.push(lines.iter().map(|line| escaped(line)).collect());
    if count > 1 {
        groups.push(vec![said(page, count)]);
    }
    groups.append(&mut about);
    Some(sheet.message(&heading, &groups, rows([row::pages(words, page, count)])))
}

/// A line for each word, our reader's language first so that a line reads one way; then the words without a meaning.
fn listed(voice: Language, cited: &Cited, sentence: &Span, sheet: Sheet) -> Vec<String> {
    let text = cited.passage.text.as_str();
    let written = |gloss: &Gloss| text.get(gloss.span.clone()).unwrap_or_default();
    let shown = text.get(sentence.clone()).unwrap_or_default();
    let reader = reader(shown).unwrap_or(Language::Other);
    let comma = |of: Language| if of == Language::Arabic { "، " } else { ", " };
    let remarks = &cited.passage.citation_needed;
    let (known, unknown): (Vec<Gloss>, Vec<Gloss>) = look_up(text, sentence, remarks, reader)
        .into_iter()
        .partition(|gloss| !gloss.meanings.is_empty());
    if known.is_empty() {
        return vec![say(voice, "words-none", &[])];
    }
    let line = |gloss: &Gloss| {
        let meanings = gloss.meanings.join(comma(reader));
        format!("{meanings} ↔ {}", written(gloss))
    };
    let mut lines: Vec<String> = known.iter().map(line).collect();
    let comma = match reader {
        Language::English => comma(Language::Arabic),
        Language::Arabic | Language::Other => comma(Language::English),
    };
    let mut rest: Vec<String> = Vec::new();
    for word in unknown.iter().map(written) {
        match rest.last_mut() {
            Some(last) if longest(last) + longest(word) + 2 <= sheet.line() => {
                last.push_str(comma);
                last.push_str(word);
            }
            _ => rest.push(word.to_owned()),
        }
    }
    if !rest.is_empty() {
        lines.push(say(voice, "words-unknown", &[]));
        lines.append(&mut rest);
    }
    lines
}
