//! What is offered while a moderator types the name of a source.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::Who;
use crate::catalogue::SourceRecord;
use crate::discord::data::Failure;
use crate::discord::delivery::note;
use crate::language::fold::fold;

/// How many suggestions Discord takes.
const SUGGESTIONS: usize = 25;
/// How long a suggestion may be.
const LONGEST: usize = 100;

/// Which sources are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::discord) enum Which {
    /// Those that are there.
    There,
    /// Those that are withdrawn, and those that are there.
    All,
}

/// The sources whose id or title holds what was typed; none to who may not moderate.
pub(in crate::discord) async fn suggest(
    who: Who,
    typed: &str,
    which: Which,
) -> CreateAutocompleteResponse {
    let found = async {
        let Ok(moderator) = who.moderator().await? else {
            return Ok(Vec::new());
        };
        let mut all = moderator.library.sources().await?;
        if which == Which::All {
            // They are what is looked for more often here.
            let mut withdrawn = moderator.library.withdrawn().await?;
            withdrawn.append(&mut all);
            all = withdrawn;
        }
        Ok::<_, Failure>(all)
    };
    let found = found.await.unwrap_or_else(|failure| {
        // Who types goes on typing; nobody is waiting for these.
        note(&failure);
        Vec::new()
    });
    CreateAutocompleteResponse::new().set_choices(choices(&found, typed))
}

fn choices(sources: &[SourceRecord], typed: &str) -> Vec<AutocompleteChoice> {
    let typed = fold(typed.trim());
    let is_meant = |source: &&SourceRecord| {
        fold(source.id.as_str()).contains(&typed)
            || fold(&source.attribution.title).contains(&typed)
    };
    let fitting = sources.iter().filter(is_meant).take(SUGGESTIONS);
    fitting
        .map(|source| {
            let id = source.id.to_string();
            AutocompleteChoice::new(name(&source.attribution.title, &id), id)
        })
        .collect()
}

/// As much of a title as fits, and the id.
fn name(title: &str, id: &str) -> String {
    let length = |text: &str| text.encode_utf16().count();
    // Blank, brackets, and `…`.
    let room = LONGEST.saturating_sub(length(id) + 4);
    if length(title) <= room {
        return format!("{title} ({id})");
    }
    let mut cut = String::new();
    for c in title.chars() {
        if length(&cut) + c.len_utf16() > room {
            break;
        }
        cut.push(c);
    }
    format!("{}… ({id})", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_fits_whatever_the_title_and_the_id() {
        assert_eq!(name("The ark", "ark"), "The ark (ark)");
        for (title, id) in [
            ("س".repeat(300), "ق".repeat(48)),
            ("𝕊".repeat(300), "𝕊".repeat(48)),
            ("word ".repeat(60), "a".to_owned()),
        ] {
            let name = name(&title, &id);
            let length = name.encode_utf16().count();
            assert!(
                length <= 100 && name.ends_with(&format!("… ({id})")),
                "{length}: {name}"
            );
        }
    }
}
