//! No answer: why, and the nearest passages, to be opened.

use super::markdown::{MARKS, length};
use super::part::Borders;
use super::passage::{quoted, read_as};
use super::row::{self, button, rows};
use super::sheet::{Line, Sheet, taken};
use super::{Reply, in_words_of};
use crate::answer::{Outcome, Ranked, Reason};
use crate::discord::button::{Trail, What};
use crate::language::Language;
use crate::wording::{citation as cite, outcome as words, say};

/// How many of the nearest passages are named.
const NEAREST: usize = 3;
/// How much of its sentence is shown: it is to be opened, not to be read here.
const SENTENCE: usize = 600;

/// Why there is no answer, where nothing came near either; in this language, or in both of ours. `limit` is the length
/// that a question may have.
pub(in crate::discord) fn nothing(
    language: Language,
    outcome: &Outcome,
    reason: Reason,
    limit: usize,
) -> Reply {
    let why = in_words_of(language, |language| words::reason(language, reason, limit));
    // Lines of a sheet, lest a title without end leaves no room for the reason.
    let lines = vec![
        read_as(language, outcome),
        why.iter().map(Line::needed).collect(),
    ];
    Reply::in_markdown(&Sheet::Plain.lines(lines).concat())
}

/// Why there is no answer, and what came nearest. `limit` is the length that a question may have; the trail leads along
/// the ranking.
pub(in crate::discord) fn none(
    sheet: Sheet,
    trail: &Trail,
    outcome: &Outcome,
    reason: Reason,
    limit: usize,
) -> Reply {
    let why = |language| words::reason(language, reason, limit);
    let voice = trail.voice();
    let heading = why(voice);
    let mut groups = sheet.lines(vec![
        read_as(voice, outcome),
        vec![Line::needed(words::nearest(voice))],
    ]);
    let n_named = trail.len().min(NEAREST);
    let room = sheet.room(&heading).saturating_sub(taken(&groups)) / n_named.max(1);
    let mut buttons = Vec::new();
    for (nth, ranked) in outcome.ranking.iter().take(n_named).enumerate() {
        groups.push(brief(sheet, voice, nth + 1, ranked, room));
        let number = ("number", (nth + 1).into());
        let label = say(voice, "button-open", &[number]);
        buttons.extend(
            trail
                .at(nth)
                .map(|there| button(&there, What::Passage, label)),
        );
    }
    sheet.message(&heading, &groups, rows([buttons, vec![row::delete(trail)]]))
}

/// A passage in brief: where it stands, and the sentence of it that comes nearest.
fn brief(
    sheet: Sheet,
    voice: Language,
    number: usize,
    ranked: &Ranked,
    room: usize,
) -> Vec<String> {
    let cited = &ranked.cited;
    let heading = format!("{number}. {}", cite::heading(cited));
    let former = cite::former_version(voice, cited);
    let licence = cite::licence(voice, &cited.attribution);
    let mut source = vec![Line::needed(cite::locator(voice, &cited.passage))];
    source.extend(former.into_iter().chain(licence).map(Line::needed));
    let mut groups = sheet.lines(vec![vec![Line::needed(heading)], source]);
    let cut = say(voice, "part-cut", &[]);
    // Four stars around the heading.
    let room = room.saturating_sub(taken(&groups) + length(&cut) + 4 + MARKS);
    let part = Borders::new(&cited.passage).within(&ranked.sentence, room.min(SENTENCE));
    let mut lines = vec![format!("**{}**", groups.remove(0).concat())];
    lines.push(quoted(&cited.passage.text, &part, &(0..0)));
    if part != ranked.sentence {
        lines.push(cut);
    }
    lines.extend(groups.concat());
    lines
}
