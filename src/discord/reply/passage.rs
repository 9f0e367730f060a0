//! A passage of a ranking: the quote with its sentence, and everything that has to be said of it.

use super::markdown::{MARKS, escaped, length, longest, quote};
use super::part::{Borders, sentence_at};
use super::row::{self, Row, button, rows};
use super::sheet::{Line, Sheet, taken};
use super::{Reply, footnotes, gloss, markers_in};
use crate::answer::{Cited, Outcome, Ranked};
use crate::discord::button::{Trail, What};
use crate::language::{Language, Span};
use crate::source::Kind;
use crate::wording::{citation as cite, outcome as words, say};

/// How many words are shown that met, and how many that were read as others.
const WORDS: usize = 8;
/// The room that footnotes have at least, so that at least their numbers can be said.
const NOTES: usize = 150;

/// A passage to be shown.
pub(in crate::discord) struct Shown<'a> {
    /// The passage.
    pub(in crate::discord) cited: &'a Cited,
    /// Which part of it, where it does not fit.
    pub(in crate::discord) view: View,
    /// What the question came to, where it was only just asked.
    pub(in crate::discord) outcome: Option<&'a Outcome>,
    /// Of a footnote: the first paragraph that cites it.
    pub(in crate::discord) citing: Option<&'a Cited>,
}

/// Which part of a passage is shown where it does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::discord) enum View {
    /// Around the sentence that answers.
    Sentence,
    /// From a byte on.
    From(usize),
    /// Up to a byte.
    Until(usize),
}

/// A passage with its citation. None where the view lies outside of it.
pub(in crate::discord) fn passage(sheet: Sheet, trail: &Trail, shown: &Shown) -> Option<Reply> {
    let cited = shown.cited;
    let voice = trail.voice();
    let heading = cite::heading(cited);
    let text = cited.passage.text.as_str();
    // Where the question was only just asked its sentence is known; finding it anew would take longer than the rest.
    let answer = shown.outcome.and_then(Outcome::answer);
    let sentence = answer
        .map(|answer| answer.sentence.clone())
        .or_else(|| sentence_at(text, trail.spot().sentence))
        .unwrap_or(0..0);
    let mut lines = sheet.lines(vec![
        above(trail, shown.outcome),
        open(voice, cited),
        met(voice, shown.outcome),
        source(voice, cited),
        sureness(trail, shown.view),
    ]);
    let in_short = in_short(sheet, voice, shown.outcome);
    let citing = shown
        .citing
        .map(|citing| in_citing(sheet, voice, cited, citing));
    lines[1].extend(citing.into_iter().flatten());
    // The line that says which part is shown is counted whether it will be needed or not.
    let around =
        taken(&lines) + taken(std::slice::from_ref(&in_short)) + longest_part_lines(voice) + 4;
    let room = sheet.room(&heading).saturating_sub(around);
    let notes: usize = cited
        .citations
        .iter()
        .map(|citation| length(&escaped(&cite::footnote(voice, citation))) + 1)
        .sum();
    let quote_room = room.saturating_sub(notes.min((room / 4).max(NOTES)) + MARKS);

    let (part, said) = part(voice, shown, &sentence, quote_room)?;
    let quoted = quoted(text, &part, &sentence);
    let room = room.saturating_sub(length(&quoted));
    let quote = std::iter::once(quoted).chain(said).collect();
    let notes = footnotes::lines(voice, markers_in(cited, &part), room);
    lines[1].splice(0..0, notes);
    lines.insert(1, quote);
    lines.insert(0, in_short);
    Some(sheet.message(&heading, &lines, buttons(trail, shown, &part, &sentence)))
}

/// The part of the passage that is shown, and what is said of it where it is not all.
fn part(
    voice: Language,
    shown: &Shown,
    sentence: &Span,
    room: usize,
) -> Option<(Span, Vec<String>)> {
    let text = shown.cited.passage.text.as_str();
    let all = 0..text.len();
    if shown.view == View::Sentence && longest(text) <= room {
        return Some((all, Vec::new()));
    }
    let borders = Borders::new(&shown.cited.passage);
    let part = match shown.view {
        View::Sentence => borders.around(sentence, room),
        View::From(byte) if borders.is_inside(byte) => borders.from(byte, room),
        View::Until(byte) if borders.is_inside(byte) => borders.until(byte, room),
        View::From(_) | View::Until(_) => return None,
    };
    let is_cut = !borders.is_whole_sentences(&part);
    let said = part_lines(voice, &borders.counted(&part), is_cut);
    Some((part.clone(), if part == all { Vec::new() } else { said }))
}

/// The citation as a text to be copied, seen by one person only.
pub(in crate::discord) fn citation(cited: &Cited) -> Reply {
    Reply::said([cite::plain(cited)]).privately()
}

/// The span that answers, in a line of its own under ours: in one line, digits and Arabic would change places. It is
/// quoted whole or not at all.
fn in_short(sheet: Sheet, voice: Language, outcome: Option<&Outcome>) -> Vec<String> {
    let ranked = outcome.and_then(Outcome::answer);
    let short = ranked.and_then(Ranked::in_short);
    let short = short.filter(|short| longest(short) + MARKS <= sheet.line());
    short.map_or_else(Vec::new, |short| {
        vec![
            escaped(&say(voice, "answer-in-short", &[])),
            quote(short, 0..0),
        ]
    })
}

/// What stands over the quote: what was followed, and words that were read as others; which passage of the ranking it is.
fn above(trail: &Trail, outcome: Option<&Outcome>) -> Vec<Line> {
    let voice = trail.voice();
    let place = [
        ("place", (trail.shown() + 1).into()),
        ("count", trail.len().into()),
    ];
    if let Some(outcome) = outcome {
        return read_as(voice, outcome);
    }
    match trail.confidence() {
        None => vec![Line::needed(say(voice, "nearest-place", &place))],
        Some(_) if trail.shown() > 0 => vec![Line::needed(say(voice, "passage-place", &place))],
        Some(_) => Vec::new(),
    }
}

/// How the question was read, where not as it stands.
pub(super) fn read_as(language: Language, outcome: &Outcome) -> Vec<Line> {
    let follows = words::follows(language, outcome).into_iter();
    let corrections = words::corrections(language, outcome).into_iter();
    let corrections = corrections.take(WORDS).map(Line::optional);
    follows.map(Line::needed).chain(corrections).collect()
}

/// What the source leaves open.
fn open(voice: Language, cited: &Cited) -> Vec<Line> {
    let passage = &cited.passage;
    let said = [
        cite::cited_by(voice, passage),
        cite::unbacked(voice, passage),
    ];
    said.into_iter().flatten().map(Line::needed).collect()
}

/// How question and passage met, where their languages differ.
fn met(voice: Language, outcome: Option<&Outcome>) -> Vec<Line> {
    let answer = outcome.and_then(|outcome| Some((outcome, outcome.answer()?)));
    let lines = answer.map(|(outcome, ranked)| words::met(voice, outcome, ranked));
    lines
        .into_iter()
        .flatten()
        .take(WORDS)
        .map(Line::optional)
        .collect()
}

/// Where the passage stands, and who made its source.
pub(super) fn source(voice: Language, cited: &Cited) -> Vec<Line> {
    let mut lines = vec![Line::needed(cite::locator(voice, &cited.passage))];
    lines.extend(about(voice, cited));
    lines
}

/// Who made the source, and what else is to be said of it besides the place.
pub(super) fn about(voice: Language, cited: &Cited) -> Vec<Line> {
    let page = cite::page(voice, &cited.passage);
    let former = cite::former_version(voice, cited);
    let mut lines: Vec<Line> = page.into_iter().chain(former).map(Line::needed).collect();
    let licence = cite::licence(voice, &cited.attribution);
    let about = cite::about(voice, &cited.attribution).into_iter();
    lines.extend(about.map(|line| {
        if Some(&line) == licence.as_ref() {
            Line::needed(line)
        } else {
            Line::optional(line)
        }
    }));
    lines
}

/// How sure the answer is; nothing of a passage, or of a part of it, that is not the answer.
fn sureness(trail: &Trail, view: View) -> Vec<Line> {
    let is_answer = trail.shown() == 0 && view == View::Sentence;
    let confidence = trail.confidence().filter(|_| is_answer);
    let said = confidence.map(|confidence| words::confidence(trail.voice(), confidence));
    said.into_iter().map(Line::needed).collect()
}

/// Of a footnote: the paragraph that cites it, around its marker.
fn in_citing(sheet: Sheet, voice: Language, footnote: &Cited, citing: &Cited) -> Vec<String> {
    let passage = &citing.passage;
    let label = footnote.passage.marker.as_deref();
    let marker = passage
        .markers
        .iter()
        .find(|marker| Some(marker.label.as_str()) == label);
    let at = marker.map_or(0, |marker| marker.span.start);
    let sentence = sentence_at(&passage.text, at).unwrap_or(0..0);
    let borders = Borders::new(passage);
    let part = borders.around(&sentence, sheet.room_for_lines() / 4);
    let mut lines = vec![
        escaped(&cite::locator(voice, passage)),
        quoted(&passage.text, &part, &(0..0)),
    ];
    if part != (0..passage.text.len()) {
        lines.extend(part_lines(
            voice,
            &borders.counted(&part),
            !borders.is_whole_sentences(&part),
        ));
    }
    lines
}

/// A part of a text, the sentence in it bold.
pub(super) fn quoted(text: &str, part: &Span, sentence: &Span) -> String {
    let shown = text.get(part.clone()).unwrap_or_default();
    let inside = |byte: usize| byte.clamp(part.start, part.end) - part.start;
    quote(shown, inside(sentence.start)..inside(sentence.end))
}

/// How much room it takes at most to say which part of a passage is shown: several sentences of very many, one cut.
pub(super) fn longest_part_lines(voice: Language) -> usize {
    let lines = part_lines(voice, &(99_998, 99_999, 99_999), true);
    length(&lines.join("\n"))
}

/// Which part of a passage is shown.
pub(super) fn part_lines(
    voice: Language,
    (first, last, count): &(usize, usize, usize),
    is_cut: bool,
) -> Vec<String> {
    let count = ("count", (*count).into());
    let sentences = if first == last {
        say(
            voice,
            "part-sentence",
            &[("sentence", (*first).into()), count],
        )
    } else {
        let arguments = [("first", (*first).into()), ("last", (*last).into()), count];
        say(voice, "part-sentences", &arguments)
    };
    let cut = is_cut.then(|| say(voice, "part-cut", &[]));
    std::iter::once(sentences).chain(cut).collect()
}

fn buttons(trail: &Trail, shown: &Shown, part: &Span, sentence: &Span) -> Vec<Row> {
    let (voice, cited) = (trail.voice(), shown.cited);
    let mut first = match shown.view {
        View::Sentence => row::along(trail),
        View::From(_) | View::Until(_) => vec![row::back(trail)],
    };
    first.push(row::context(trail));
    if !cited.citations.is_empty() && cited.passage.place.kind == Kind::Paragraph {
        first.push(row::footnotes(trail));
    }
    first.push(row::citation(trail));
    let words = gloss::words(trail, cited, sentence);
    let words = words.filter(|_| shown.view == View::Sentence);
    let mut second: Vec<_> = words.map(row::words).into_iter().collect();
    if part.start > 0 {
        let label = say(voice, "button-earlier", &[]);
        second.push(button(trail, What::Until(part.start), label));
    }
    if part.end < cited.passage.text.len() {
        let label = say(voice, "button-later", &[]);
        second.push(button(trail, What::From(part.end), label));
    }
    second.push(row::delete(trail));
    rows([first, second])
}
