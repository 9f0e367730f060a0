//! The forms that moderators fill in: what citations name of a source, and a text that is typed or pasted.
//!
//! A form of Discord's has five fields at most, so what can be named stands on two pages. A field that is emptied is named
//! no more.

use serde::Serialize;

use super::super::in_words_of;
use super::super::sources::BESIDE;
use crate::discord::managing::{Goal, Of, Step};
use crate::language::Language;
use crate::source::{Attribution, Metadata};
use crate::wording::say;

/// How many pages what can be named has.
const PAGES: u8 = 2;
/// How long a value may be.
const LONGEST: usize = 1_000;
/// The longest text that Discord takes in a field.
const LONGEST_TEXT: usize = 4_000;

/// A form as Discord takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::discord) struct Form {
    custom_id: String,
    title: String,
    components: Vec<Line>,
}

/// A row of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Line {
    #[serde(rename = "type")]
    kind: u8,
    components: [Field; 1],
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Field {
    #[serde(rename = "type")]
    kind: u8,
    custom_id: &'static str,
    label: String,
    /// 1 one line, 2 several.
    style: u8,
    required: bool,
    max_length: usize,
    #[serde(skip_serializing_if = "String::is_empty")]
    value: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    placeholder: String,
}

/// What a field of the form for citations stands for.
type Access = (
    &'static str,
    &'static str,
    fn(&Attribution) -> Option<&str>,
    fn(&mut Metadata) -> &mut Option<String>,
);

const FIRST: [Access; 5] = [
    (
        "title",
        "form-title",
        |of| Some(&of.title),
        |said| &mut said.title,
    ),
    (
        "author",
        "form-author",
        |of| of.author.as_deref(),
        |said| &mut said.author,
    ),
    (
        "publisher",
        "form-publisher",
        |of| of.publisher.as_deref(),
        |said| &mut said.publisher,
    ),
    (
        "year",
        "form-year",
        |of| of.year.as_deref(),
        |said| &mut said.year,
    ),
    (
        "licence",
        "form-licence",
        |of| of.licence.as_deref(),
        |said| &mut said.licence,
    ),
];
const SECOND: [Access; 5] = [
    (
        "editor",
        "form-editor",
        |of| of.editor.as_deref(),
        |said| &mut said.editor,
    ),
    (
        "edition",
        "form-edition",
        |of| of.edition.as_deref(),
        |said| &mut said.edition,
    ),
    (
        "place",
        "form-place",
        |of| of.place.as_deref(),
        |said| &mut said.place,
    ),
    (
        "address",
        "form-address",
        |of| of.address.as_deref(),
        |said| &mut said.address,
    ),
    (
        "accessed",
        "form-accessed",
        |of| of.accessed.as_deref(),
        |said| &mut said.accessed,
    ),
];

fn fields(page: u8) -> &'static [Access; 5] {
    if page == 0 { &FIRST } else { &SECOND }
}

/// A page of the form for what citations name, filled with what they name now.
pub(in crate::discord) fn form(step: Step, of: Of, page: u8, named: &Attribution) -> Form {
    let voice = step.voice;
    let page = page.min(PAGES - 1);
    let field = |(id, label, value, _): &Access| {
        let value = value(named).unwrap_or_default();
        field(
            id,
            say(voice, label, &[]),
            value.chars().take(LONGEST).collect(),
        )
    };
    Form {
        custom_id: step.to(Goal::Form(of, page)).id(),
        title: say(
            voice,
            if page == 0 {
                "form-details"
            } else {
                "form-more-details"
            },
            &[],
        ),
        components: fields(page).iter().map(field).map(line).collect(),
    }
}

/// What was filled in on such a page; `value` gives what stands in the field of an id. What was not on the page says
/// nothing.
pub(in crate::discord) fn filled(page: u8, value: impl Fn(&str) -> Option<String>) -> Metadata {
    let mut said = Metadata::default();
    for (id, _, _, slot) in fields(page) {
        if let Some(value) = value(id) {
            *slot(&mut said) = Some(value.trim().to_owned());
        }
    }
    said
}

/// The form for a text, in a language or in both of ours.
pub(in crate::discord) fn paste(language: Language, step: Step) -> Form {
    let said = |id: &str| in_words_of(language, |voice| say(voice, id, &[])).join(BESIDE);
    let text = Field {
        style: 2,
        required: true,
        max_length: LONGEST_TEXT,
        placeholder: said("form-text-hint"),
        ..field("text", said("form-text"), String::new())
    };
    let title = Field {
        required: true,
        max_length: 200,
        ..field("title", said("form-title"), String::new())
    };
    let id = Field {
        max_length: crate::source::id::MAX_CHARS,
        placeholder: said("form-id-hint"),
        ..field("id", said("form-id"), String::new())
    };
    let author = field("author", said("form-author"), String::new());
    let licence = field("licence", said("form-licence"), String::new());
    Form {
        custom_id: step.to(Goal::Paste).id(),
        title: said("form-paste"),
        components: [title, text, id, author, licence].map(line).to_vec(),
    }
}

/// What was filled in there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::discord) struct Pasted {
    /// The title.
    pub(in crate::discord) title: String,
    /// The text.
    pub(in crate::discord) text: String,
    /// The id that was wanted.
    pub(in crate::discord) id: String,
    /// Who wrote it.
    pub(in crate::discord) author: String,
    /// Under which licence.
    pub(in crate::discord) licence: String,
}

/// Reads the form for a text.
pub(in crate::discord) fn pasted(value: impl Fn(&str) -> Option<String>) -> Pasted {
    let line = |id| value(id).unwrap_or_default().trim().to_owned();
    Pasted {
        title: line("title"),
        text: value("text").unwrap_or_default(),
        id: line("id"),
        author: line("author"),
        licence: line("licence"),
    }
}

fn field(custom_id: &'static str, label: String, value: String) -> Field {
    Field {
        kind: 4,
        custom_id,
        label,
        style: 1,
        required: false,
        max_length: LONGEST,
        value,
        placeholder: String::new(),
    }
}

fn line(field: Field) -> Line {
    Line {
        kind: 1,
        components: [field],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::button::Home;

    #[test]
    fn a_form_holds_what_is_named_and_gives_back_what_was_typed() {
        let named = Attribution {
            author: Some("Ada".to_owned()),
            licence: Some("x".repeat(1_400)),
            ..Attribution::titled("The coast", Language::English)
        };
        for voice in [Language::English, Language::Arabic] {
            let step = Step {
                voice,
                home: Home::Server(7),
                goal: Goal::Paste,
            };
            let forms = [
                form(step, Of::Draft(1), 0, &named),
                form(step, Of::Source(1), 1, &named),
                paste(voice, step),
                paste(Language::Other, step),
            ];
            for form in forms {
                let title = form.title.chars().count();
                assert!((1..=45).contains(&title), "{}", form.title);
                assert_eq!(form.components.len(), 5);
                for Line {
                    components: [field],
                    ..
                } in &form.components
                {
                    let label = field.label.chars().count();
                    assert!((1..=45).contains(&label), "{}", field.label);
                    assert!(
                        field.placeholder.chars().count() <= 100,
                        "{}",
                        field.placeholder
                    );
                    assert!(field.value.chars().count() <= field.max_length);
                }
            }
        }
        let typed = |id: &str| match id {
            "title" => Some(" The new coast ".to_owned()),
            "author" => Some(String::new()),
            _ => None,
        };
        let expected = Metadata {
            title: Some("The new coast".to_owned()),
            author: Some(String::new()),
            ..Metadata::default()
        };
        assert_eq!(filled(0, typed), expected);
        assert_eq!(filled(1, typed), Metadata::default());
    }
}
