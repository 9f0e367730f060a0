//! «Ask Sanad» in the menu of a message: what somebody else wrote is the question.

use serenity::all::Message;

use super::Context;
use crate::discord::conversation::{self, Asked};
use crate::discord::data::Failure;
use crate::discord::delivery::{Delivery, To};
use crate::discord::message::without_marks;
use crate::discord::reply::in_words_of;
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
    let home = super::home(context);
    let text = without_marks(&message.content);
    if text.is_empty() {
        let language = super::spoken(context, home).await;
        let mut delivery = Delivery::new(data, to, sheet, language);
        let said = in_words_of(language, |language| say(language, "asking-no-text", &[]));
        delivery.tell(said).await;
        return Ok(());
    }
    // Else nobody who reads the answer knows what was asked.
    let link = message.id.link(message.channel_id, interaction.guild_id);
    let viewer = super::viewer(context);
    let asked = Asked {
        text: &text,
        person: interaction.user.id,
        home,
        sheet,
        viewer: &viewer,
        to,
        link: Some(&link),
        // It was written to somebody else, about something else.
        replies_to: None,
        thread: None,
    };
    conversation::ask(data, asked).await;
    Ok(())
}
