//! What is offered while a moderator types the name of a source.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::Who;
use crate::catalogue::SourceRecord;
use crate::discord::data::Failure;
use crate::discord::delivery::note;
use crate::language::fold::fold;

/// How many suggestions Discord takes.
const SUGGESTIONS: usize = 25;
/// How many characters of a title are shown: the whole may have a hundred, and an id has up to 48.
const LONGEST_TITLE: usize = 46;

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
            let mut title: String = source
                .attribution
                .title
                .chars()
                .take(LONGEST_TITLE)
                .collect();
            if title.len() < source.attribution.title.len() {
                title.push('…');
            }
            let id = source.id.to_string();
            AutocompleteChoice::new(format!("{} ({id})", title.trim()), id)
        })
        .collect()
}
