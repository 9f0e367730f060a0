//! The rows of buttons under a message.

use serde::Serialize;

use super::in_words_of;
use super::sources::BESIDE;
use crate::discord::button::{Trail, What};
use crate::discord::gloss::Words;
use crate::discord::listing::Page;
use crate::discord::managing::Step;
use crate::language::Language;
use crate::wording::say;

/// A row of at most five buttons, or of one list to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    #[serde(rename = "type")]
    kind: u8,
    components: Vec<Part>,
}

/// What a row is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Part {
    Button(Pressable),
    Select(Select),
}

/// A list to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Select {
    /// What is chosen: 3 one of the options, 6 roles, 8 channels.
    #[serde(rename = "type")]
    pub(super) kind: u8,
    /// The custom id.
    pub(super) custom_id: String,
    /// What stands there while nothing is chosen.
    pub(super) placeholder: String,
    /// How many have to be chosen.
    pub(super) min_values: u8,
    /// How many can be chosen.
    pub(super) max_values: u8,
    /// The options, where they are ours.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) options: Vec<Choice>,
    /// The kinds of channels, where channels are chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) channel_types: Vec<u8>,
    /// What is chosen already, where the options are Discord's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) default_values: Vec<Chosen>,
}

/// One of our options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Choice {
    /// What people read.
    pub(super) label: String,
    /// What comes back.
    pub(super) value: String,
    /// A second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    /// Whether it is chosen already.
    pub(super) default: bool,
}

/// A role or a channel that is chosen already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Chosen {
    /// Its id.
    pub(super) id: String,
    /// `role` or `channel`.
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Grey: one among others.
    Plain = 2,
    /// Green: what is likely wanted.
    Good = 3,
    /// Red: what takes something away.
    Danger = 4,
}

/// A button of a moderator's.
pub(super) fn step(step: Step, look: Look, label: String) -> Pressable {
    Pressable {
        kind: 2,
        style: look as u8,
        label,
        custom_id: step.id(),
        disabled: false,
    }
}

/// A row of one list.
pub(super) fn select(select: Select) -> Row {
    Row {
        kind: 1,
        components: vec![Part::Select(select)],
    }
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

/// The pages before and after one of several, by the ids of their buttons.
pub(super) fn turned(
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
            components: components.into_iter().map(Part::Button).collect(),
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
