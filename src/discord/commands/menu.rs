//! «Ask Sanad» in the menu of a message: what somebody else wrote is the question.

use serenity::all::Message;

use super::Context;
use crate::discord::conversation::{self, Asked};
use crate::discord::data::Failure;
use crate::discord::delivery::{Delivery, To};
use crate::discord::message::without_marks;
use crate::discord::reply::in_words_of;
use crate::language::{Language, detect};
use crate::wording::say;

/// Asks a message.
#[poise::command(
    context_menu_command = "Ask Sanad",
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(super) async fn ask_sanad(context: Context<'_>, message: Message) -> Result<(), Failure> {
    let interaction = context.interaction;
    let data = context.data();
    let sheet = conversation::sheet(interaction.app_permissions);
    let to = To::Interaction {
        id: interaction.id,
        token: &interaction.token,
        is_private: false,
    };
    let text = without_marks(&message.content);
    if text.is_empty() {
        let mut delivery = Delivery::new(data, to, sheet, Language::Other);
        let said = in_words_of(Language::Other, |language| {
            say(language, "asking-no-text", &[])
        });
        delivery.tell(said).await;
        return Ok(());
    }
    // Else nobody who reads the answer knows what was asked.
    let link = message.id.link(message.channel_id, interaction.guild_id);
    let language = match detect::language(&text) {
        Language::Other => Language::English,
        language => language,
    };
    let note = say(language, "asked-message", &[("link", link.into())]);
    let owners = &interaction.authorizing_integration_owners;
    let asked = Asked {
        text: &text,
        person: interaction.user.id,
        home: conversation::home(context.serenity_context(), interaction.guild_id, owners),
        sheet,
        to,
        note: Some(&note),
    };
    conversation::ask(data, asked).await;
    Ok(())
}
