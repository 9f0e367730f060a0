//! Pure functions from an outcome, or from what a button asks for, to a message.
//!
//! A [`Reply`] is the very JSON that Discord takes. It mentions nobody, whatever it quotes, and holds every limit of
//! Discord for any source text: a property test drives hostile passages through each of the shapes here.
//!
//! A message is laid out so that it cannot scramble: each piece stands in a line of its own, our words in the language
//! of the question, the source's in its own, and nothing invisible is needed to keep them apart.

mod audit;
mod context;
mod footnotes;
mod gloss;
mod help;
mod markdown;
mod nearest;
pub(super) mod pack;
mod part;
mod passage;
mod row;
mod setting;
mod sheet;
pub(super) mod source;
mod sources;
#[cfg(test)]
mod tests;

pub(super) use audit::{Leaf, audit, report, unreported};
pub(super) use context::context;
pub(super) use footnotes::page as footnotes;
pub(super) use gloss::gloss;
pub(super) use help::help;
pub(super) use nearest::{none, nothing};
pub(super) use passage::{Shown, View, citation, passage};
pub(super) use setting::{Defaults, changed, setting, settings, too_much};
pub(super) use sheet::Sheet;
pub(super) use sources::sources;

use serde::Serialize;

use crate::answer::{Cited, Outcome, Ranked};
use crate::discord::button::Spot;
use crate::language::{Language, arabizi};

/// `EPHEMERAL`: only the person who is answered sees it.
const PRIVATE: u32 = 1 << 6;
/// `SUPPRESS_EMBEDS`: an address in a plain text shall not draw a preview under it.
const NO_PREVIEW: u32 = 1 << 2;

/// A message as Discord takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Reply {
    content: String,
    embeds: Vec<Embed>,
    components: Vec<row::Row>,
    allowed_mentions: AllowedMentions,
    /// Said even where there is none: a message that is changed keeps the flags that are not mentioned, and one that was
    /// plain would go on hiding its embed.
    flags: u32,
}

/// The one embed of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Embed {
    title: String,
    description: String,
}

/// Whom a message notifies: nobody, not even the person replied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct AllowedMentions {
    parse: [&'static str; 0],
    replied_user: bool,
}

impl Reply {
    /// A message of our own words alone, in as many lines.
    pub(super) fn said(lines: impl IntoIterator<Item = String>) -> Self {
        let lines: Vec<String> = lines.into_iter().collect();
        Self::plain(sheet::shortened(&lines.join("\n"), sheet::CONTENT))
    }

    /// A message of our own lines that hold marks of Discord's, such as a time. Nothing of anybody else may be in them.
    pub(super) fn in_markdown(lines: &[String]) -> Self {
        Self::plain(lines.join("\n"))
    }

    /// A message without an embed, of Markdown that fits.
    fn plain(content: String) -> Self {
        Self {
            content,
            embeds: Vec::new(),
            components: Vec::new(),
            allowed_mentions: AllowedMentions {
                parse: [],
                replied_user: false,
            },
            flags: NO_PREVIEW,
        }
    }

    /// The same message, seen by the person answered only.
    pub(super) fn privately(self) -> Self {
        Self {
            flags: self.flags | PRIVATE,
            ..self
        }
    }

    /// The same message in place of another: who sees it cannot be changed any more.
    pub(super) fn instead(self) -> Self {
        Self {
            flags: self.flags & !PRIVATE,
            ..self
        }
    }

    /// The same message with one more line of our own words under it, if it fits.
    pub(super) fn with_line(mut self, line: &str) -> Self {
        let line = markdown::escaped(line);
        let (text, room) = match self.embeds.first_mut() {
            Some(embed) => (&mut embed.description, sheet::DESCRIPTION),
            None => (&mut self.content, sheet::CONTENT),
        };
        if markdown::length(text) + 2 + markdown::length(&line) <= room {
            text.push_str("\n\n");
            text.push_str(&line);
        }
        self
    }

    /// Whether it has an embed, for which a permission is needed.
    pub(super) fn has_embed(&self) -> bool {
        !self.embeds.is_empty()
    }

    /// The JSON, with a reference to the message that is replied to. Where that is gone by now, it is no reply but still
    /// an answer.
    pub(super) fn replying_to(&self, message: u64) -> impl Serialize + Sync + use<> {
        #[derive(Serialize)]
        struct Replying {
            #[serde(flatten)]
            reply: Reply,
            message_reference: Reference,
        }
        #[derive(Serialize)]
        struct Reference {
            message_id: String,
            fail_if_not_exists: bool,
        }
        Replying {
            reply: self.clone(),
            message_reference: Reference {
                message_id: message.to_string(),
                fail_if_not_exists: false,
            },
        }
    }
}

/// The language of our own words to somebody who asked this: the one that was chosen; else that of the question, where it
/// is one of ours; else that of the source that comes nearest, so that a bare number asked of an Arabic source is
/// answered in Arabic.
pub(super) fn voice(outcome: &Outcome, chosen: Option<Language>) -> Language {
    if let Some(chosen) = chosen {
        return chosen;
    }
    let nearest = outcome
        .ranking
        .first()
        .map(|ranked| ranked.cited.attribution.language);
    match (asked_in(&outcome.question, outcome.language), nearest) {
        (Language::Other, Some(Language::Arabic)) => Language::Arabic,
        (Language::Other, _) => Language::English,
        (language, _) => language,
    }
}

/// The language that a question of such letters is to be answered in: Arabic in Latin letters is Arabic.
pub(super) fn asked_in(question: &str, letters: Language) -> Language {
    if arabizi::tokens(question).is_some() {
        Language::Arabic
    } else {
        letters
    }
}

/// A sentence of ours in a language or, where that is neither of ours, in both, a line each.
pub(super) fn in_words_of(
    language: Language,
    mut sentence: impl FnMut(Language) -> String,
) -> Vec<String> {
    voices(language)
        .iter()
        .map(|voice| sentence(*voice))
        .collect()
}

/// The languages that are spoken to somebody: theirs or, where that is neither of ours, both.
fn voices(language: Language) -> &'static [Language] {
    match language {
        Language::Arabic => &[Language::Arabic],
        Language::English => &[Language::English],
        Language::Other => &[Language::Arabic, Language::English],
    }
}

/// What buttons keep of a ranking.
pub(super) fn spots(ranking: &[Ranked]) -> impl Iterator<Item = Spot> {
    ranking.iter().map(|ranked| Spot {
        version_key: ranked.cited.version_key,
        place: ranked.cited.passage.place,
        sentence: ranked.sentence.start,
    })
}

/// The citation markers that stand in a part of a passage.
fn markers_in<'a>(
    cited: &'a Cited,
    part: &'a crate::language::Span,
) -> impl Iterator<Item = &'a crate::answer::Citation> {
    cited.citations.iter().filter(move |citation| {
        let mut markers = cited.passage.markers.iter();
        // Where the source's markers are not known one by one, none is left out.
        cited.passage.markers.is_empty()
            || markers.any(|marker| {
                marker.label == citation.marker
                    && marker.span.start < part.end
                    && part.start < marker.span.end
            })
    })
}
