//! A passage between its neighbours.

use std::sync::Arc;

use super::Reply;
use super::markdown::{MARKS, longest};
use super::part::{Borders, sentence_at};
use super::passage::{about, longest_part_lines, part_lines, quoted};
use super::row::{self, rows};
use super::sheet::{Line, Sheet, taken};
use crate::answer::Cited;
use crate::discord::button::Trail;
use crate::language::Span;
use crate::wording::citation as cite;

/// The passages in reading order, that of the trail among them. None where it is not.
pub(in crate::discord) fn context(
    sheet: Sheet,
    trail: &Trail,
    passages: &[Arc<Cited>],
) -> Option<Reply> {
    let voice = trail.voice();
    let spot = trail.spot();
    let is_shown =
        |cited: &Cited| cited.version_key == spot.version_key && cited.passage.place == spot.place;
    let own = passages.iter().position(|passage| is_shown(passage))?;
    let shown = passages.get(own)?;
    let heading = cite::heading(shown);
    let text = shown.passage.text.as_str();
    let sentence = sentence_at(text, spot.sentence).unwrap_or(0..0);
    let mut about = sheet.lines(vec![about(voice, shown)]);

    let heads: Vec<Vec<String>> = passages
        .iter()
        .map(|passage| head(sheet, trail, shown, passage))
        .collect();
    let count = passages.len();
    let fixed = taken(&about) + taken(&heads) + count * (longest_part_lines(voice) + 2 + MARKS);
    let room = sheet.room(&heading).saturating_sub(fixed);

    // The neighbours first, a share each; whatever they leave is for the passage itself.
    let share = room / (count + 1);
    let mut parts: Vec<Span> = Vec::new();
    let mut left = room;
    for (nth, passage) in passages.iter().enumerate() {
        let passage = &passage.passage;
        let borders = Borders::new(passage);
        let part = match nth.cmp(&own) {
            std::cmp::Ordering::Less => borders.until(passage.text.len(), share),
            std::cmp::Ordering::Equal => 0..0,
            std::cmp::Ordering::Greater => borders.from(0, share),
        };
        let taken = passage.text.get(part.clone()).map_or(0, longest);
        left = left.saturating_sub(taken);
        parts.push(part);
    }
    *parts.get_mut(own)? = Borders::new(&shown.passage).around(&sentence, left);

    let mut groups = Vec::new();
    for (((nth, passage), part), mut lines) in passages.iter().enumerate().zip(parts).zip(heads) {
        let passage = &passage.passage;
        let borders = Borders::new(passage);
        let bold = if nth == own { sentence.clone() } else { 0..0 };
        lines.push(quoted(&passage.text, &part, &bold));
        if part != (0..passage.text.len()) {
            let is_cut = !borders.is_whole_sentences(&part);
            lines.extend(part_lines(voice, &borders.counted(&part), is_cut));
        }
        groups.push(lines);
    }
    groups.append(&mut about);
    let mut first = vec![row::back(trail)];
    if !shown.citations.is_empty() {
        first.push(row::footnotes(trail));
    }
    first.push(row::citation(trail));
    Some(sheet.message(&heading, &groups, rows([first, vec![row::delete(trail)]])))
}

/// Where one of them stands: its section, where that is another one, and its place.
fn head(sheet: Sheet, trail: &Trail, shown: &Cited, cited: &Cited) -> Vec<String> {
    let section = cite::section_path(&cited.passage.section);
    let section = section.filter(|_| cited.passage.section != shown.passage.section);
    let place = cite::locator(trail.voice(), &cited.passage);
    let lines = section.into_iter().chain([place]).map(Line::needed);
    sheet.lines(vec![lines.collect()]).concat()
}
