//! The rows of buttons under a message.

use serde::Serialize;

use super::in_words_of;
use super::sources::BESIDE;
use crate::discord::button::{Trail, What};
use crate::discord::gloss::Words;
use crate::discord::listing::Page;
use crate::language::Language;
use crate::wording::say;

/// A row of at most five buttons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    #[serde(rename = "type")]
    kind: u8,
    components: Vec<Pressable>,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Pressable {
    #[serde(rename = "type")]
    kind: u8,
    style: u8,
    label: String,
    custom_id: String,
    disabled: bool,
}

/// A button with this label.
pub(super) fn button(trail: &Trail, what: What, label: String) -> Pressable {
    Pressable {
        kind: 2,
        // Grey: none of them is the one to press.
        style: 2,
        label,
        custom_id: trail.id(what),
        disabled: false,
    }
}

/// The pages before and after one of so many, where there are several; the button that leads nowhere is off, as in
/// [`along`].
pub(super) fn turning(language: Language, page: Page, count: usize) -> Vec<Pressable> {
    if count < 2 {
        return Vec::new();
    }
    turned(language, page.number, count, |number| {
        Page { number, ..page }.id()
    })
}

/// The same of the words of a sentence.
pub(super) fn pages(words: Words, page: usize, count: usize) -> Vec<Pressable> {
    if count < 2 {
        return Vec::new();
    }
    turned(words.voice, page, count, |page| {
        let page = Some(page);
        Words { page, ..words }.id()
    })
}

/// The newer and the older lines of a log, each with its id and whether there are any.
pub(super) fn leafing(
    language: Language,
    newer: (String, bool),
    older: (String, bool),
) -> Vec<Pressable> {
    if !newer.1 && !older.1 {
        return Vec::new();
    }
    let step = |(custom_id, leads): (String, bool), label| {
        let label = in_words_of(language, |language| say(language, label, &[]));
        Pressable {
            kind: 2,
            style: 2,
            label: label.join(BESIDE),
            custom_id,
            disabled: !leads,
        }
    };
    vec![step(newer, "button-newer"), step(older, "button-older")]
}

fn turned(
    language: Language,
    page: usize,
    count: usize,
    id: impl Fn(usize) -> String,
) -> Vec<Pressable> {
    let turn = |to: Option<usize>, label| {
        let to = to.filter(|to| *to < count);
        let label = in_words_of(language, |language| say(language, label, &[]));
        Pressable {
            kind: 2,
            style: 2,
            label: label.join(BESIDE),
            custom_id: id(to.unwrap_or(page)),
            disabled: to.is_none(),
        }
    };
    vec![
        turn(page.checked_sub(1), "button-previous"),
        turn(page.checked_add(1), "button-next"),
    ]
}

/// The words of the marked sentence.
pub(super) fn words(words: Words) -> Pressable {
    Pressable {
        kind: 2,
        style: 2,
        label: say(words.voice, "button-words", &[]),
        custom_id: words.id(),
        disabled: false,
    }
}

/// Rows of these buttons; a row without any is left out.
pub(super) fn rows(rows: impl IntoIterator<Item = Vec<Pressable>>) -> Vec<Row> {
    rows.into_iter()
        .filter(|components| !components.is_empty())
        .map(|components| Row {
            kind: 1,
            components,
        })
        .collect()
}

/// The previous and the next passage of the ranking. Both stand there from the first passage to the last, so that the
/// one pressed again and again stays under the finger; the one that leads nowhere is off.
pub(super) fn along(trail: &Trail) -> Vec<Pressable> {
    if trail.len() < 2 {
        return Vec::new();
    }
    let voice = trail.voice();
    let step = |to: Option<usize>, label| {
        let to = to.and_then(|to| trail.at(to));
        let off = Pressable {
            disabled: true,
            ..button(trail, What::Passage, String::new())
        };
        let step = to.map_or(off, |to| button(&to, What::Passage, String::new()));
        Pressable { label, ..step }
    };
    vec![
        step(
            trail.shown().checked_sub(1),
            say(voice, "button-previous", &[]),
        ),
        step(trail.shown().checked_add(1), say(voice, "button-next", &[])),
    ]
}

/// Back from a view of the passage to the passage.
pub(super) fn back(trail: &Trail) -> Pressable {
    button(trail, What::Passage, say(trail.voice(), "button-back", &[]))
}

/// The passage between its neighbours.
pub(super) fn context(trail: &Trail) -> Pressable {
    button(
        trail,
        What::Context,
        say(trail.voice(), "button-context", &[]),
    )
}

/// All footnotes of the passage.
pub(super) fn footnotes(trail: &Trail) -> Pressable {
    button(
        trail,
        What::Footnotes(0),
        say(trail.voice(), "button-footnotes", &[]),
    )
}

/// The message, to be deleted by who asked for it.
pub(super) fn delete(trail: &Trail) -> Pressable {
    button(
        trail,
        What::Delete,
        say(trail.voice(), "button-delete", &[]),
    )
}

/// The citation, to be copied.
pub(super) fn citation(trail: &Trail) -> Pressable {
    button(
        trail,
        What::Citation,
        say(trail.voice(), "button-citation", &[]),
    )
}
