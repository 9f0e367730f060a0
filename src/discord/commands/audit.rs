//! `/audit`: who changed what here.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::Context;
use crate::catalogue::Lines;
use crate::discord::audit::{self, Page};
use crate::discord::conversation;
use crate::discord::data::Failure;
use crate::discord::delivery::{Delivery, To, note};
use crate::discord::reply::{Reply, in_words_of};
use crate::discord::rights;
use crate::language::fold::comparable;
use crate::source::SourceId;
use crate::wording::say;

/// How many suggestions Discord takes.
const SUGGESTIONS: usize = 25;
/// How long a suggestion may be.
const LONGEST: usize = 100;

/// Who changed what in the sources and settings here · من غيّر المصادر والإعدادات هنا وكيف
#[poise::command(
    slash_command,
    install_context = "Guild",
    interaction_context = "Guild|BotDm"
)]
pub(super) async fn audit(
    context: Context<'_>,
    #[description = "Only what became of this source · ما جرى لهذا المصدر وحده"]
    #[autocomplete = "suggest"]
    source: Option<String>,
) -> Result<(), Failure> {
    let interaction = context.interaction;
    let home = super::home(context);
    let language = super::spoken(context, home).await;
    let to = To::Interaction {
        id: interaction.id,
        token: &interaction.token,
        is_private: true,
    };
    let sheet = conversation::sheet(interaction.app_permissions);
    let source = match source.map(|typed| typed.trim().parse::<SourceId>()) {
        None => None,
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => {
            let mut delivery = Delivery::new(context.data(), to, sheet, language);
            let said = in_words_of(language, |language| say(language, "audit-no-id", &[]));
            delivery.deliver(&|_| Reply::said(said.clone())).await;
            return Ok(());
        }
    };
    let page = Page {
        home,
        lines: Lines::Latest,
        source,
    };
    let member = interaction.member.as_deref();
    audit::show(context.data(), to, sheet, language, member, page).await;
    Ok(())
}

/// The sources of the place, to moderators: others learn no title by typing.
async fn suggest(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let (home, member) = (super::home(context), context.interaction.member.as_deref());
    let found = async {
        let library = rights::moderated(context.data(), home, member).await?;
        match library {
            Ok(library) => Ok::<_, Failure>(library.sources().await?),
            Err(_) => Ok(Vec::new()),
        }
    };
    let sources = found.await.unwrap_or_else(|failure| {
        // Who types goes on typing; nobody is waiting for these.
        note(&failure);
        Vec::new()
    });
    let typed = comparable(typed);
    let choices = sources.into_iter().filter_map(|source| {
        let (id, title) = (source.id.as_str(), &source.attribution.title);
        let is_meant = comparable(id).contains(&typed) || comparable(title).contains(&typed);
        is_meant.then(|| AutocompleteChoice::new(label(title, id), id.to_owned()))
    });
    CreateAutocompleteResponse::new().set_choices(choices.take(SUGGESTIONS).collect())
}

/// A title, as much of it as there is room for, and the id.
fn label(title: &str, id: &str) -> String {
    let room = LONGEST.saturating_sub(id.encode_utf16().count() + 4);
    let (mut kept, mut left) = (String::new(), room);
    for c in title.chars().filter(|c| !c.is_control()) {
        let Some(rest) = left.checked_sub(c.len_utf16()) else {
            kept.push('…');
            break;
        };
        left = rest;
        kept.push(c);
    }
    format!("{} ({id})", kept.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_has_the_id_whole_and_fits() {
        assert_eq!(label("The coast", "coast"), "The coast (coast)");
        let long = label(&"كلمة ".repeat(40), &"س".repeat(48));
        assert!(long.encode_utf16().count() <= LONGEST);
        assert!(long.ends_with(&format!("… ({})", "س".repeat(48))), "{long}");
        assert!(!label("a\nb\u{7}", "x").contains(char::is_control));
    }
}
