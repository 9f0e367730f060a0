//! `/ask`: a question, and suggestions while it is typed.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::Context;
use crate::discord::conversation::{self, Asked};
use crate::discord::data::Failure;
use crate::discord::delivery::{To, note};
use crate::discord::thread;

/// How many suggestions Discord takes.
const SUGGESTIONS: usize = 25;
/// How long a suggestion may be.
const LONGEST: usize = 100;

/// Ask the sources · اسأل المصادر
#[poise::command(
    slash_command,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(super) async fn ask(
    context: Context<'_>,
    #[description = "Your question, in Arabic or English · سؤالك بالعربية أو الإنجليزية"]
    #[autocomplete = "suggest"]
    question: String,
    #[description = "Only you see the answer · لا يرى الجواب سواك"] private: Option<bool>,
) -> Result<(), Failure> {
    let interaction = context.interaction;
    let channel = interaction.channel.as_ref();
    let viewer = super::viewer(context);
    let asked = Asked {
        text: &question,
        person: interaction.user.id,
        home: super::home(context),
        sheet: conversation::sheet(interaction.app_permissions),
        viewer: &viewer,
        to: To::Interaction {
            id: interaction.id,
            token: &interaction.token,
            is_private: private == Some(true),
        },
        link: None,
        replies_to: None,
        thread: channel
            .filter(|channel| thread::is_thread(channel.kind))
            .map(|channel| channel.id),
    };
    conversation::ask(context.data(), asked).await;
    Ok(())
}

/// Questions that have an answer here: never what a person once asked.
async fn suggest(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let (home, viewer) = (super::home(context), super::viewer(context));
    let suggestions = async {
        let library = conversation::library(context.data(), home, viewer).await?;
        Ok::<_, Failure>(library.suggestions(typed, SUGGESTIONS).await?)
    };
    let suggestions = suggestions.await.unwrap_or_else(|failure| {
        // Who types goes on typing; nobody is waiting for these.
        note(&failure);
        Vec::new()
    });
    let fits = |suggestion: &String| {
        (1..=LONGEST).contains(&suggestion.encode_utf16().count()) && !suggestion.trim().is_empty()
    };
    let choices = suggestions
        .into_iter()
        .filter(fits)
        .take(SUGGESTIONS)
        .map(|suggestion| AutocompleteChoice::new(suggestion.clone(), suggestion));
    CreateAutocompleteResponse::new().set_choices(choices.collect())
}
