//! «Add as source» in the menu of a message: its files become sources, or where it has none, its text.
//!
//! The message's link is the source's address. Who wrote it is stored only if a moderator types it.

use serenity::all::{Attachment, Message};

use super::super::Context;
use super::who;
use crate::discord::attachment;
use crate::discord::data::Failure;
use crate::discord::delivery::{Delivery, To};
use crate::discord::managing::{From, Incoming, add, text_name};
use crate::discord::reply::Sheet;
use crate::discord::reply::source::{Notice, notice};
use crate::library::Details;
use crate::source::{Format, Metadata, SourceId, archive};

/// How many characters of a message's first line become its title.
const LONGEST_TITLE: usize = 80;

/// Adds a message.
#[poise::command(
    context_menu_command = "Add as source",
    install_context = "Guild",
    interaction_context = "Guild"
)]
pub(in crate::discord::commands) async fn add_as_source(
    context: Context<'_>,
    message: Message,
) -> Result<(), Failure> {
    let interaction = context.interaction;
    let who = who(context).await;
    let link = message.id.link(message.channel_id, interaction.guild_id);
    let incoming = incoming(&message, &link);
    if incoming.is_empty() {
        let language = who.language();
        let to = To::Interaction {
            id: interaction.id,
            token: &interaction.token,
            is_private: true,
        };
        let mut delivery = Delivery::new(context.data(), to, Sheet::Plain, language);
        let reply = notice(language, &Notice::NothingInMessage);
        delivery.tell_reply(reply).await;
        return Ok(());
    }
    add(who, interaction.id, &interaction.token, incoming).await;
    Ok(())
}

/// What of a message becomes sources: its files that can be read; else its text; else whatever files it has, so that it
/// is said why they cannot be.
fn incoming(message: &Message, link: &str) -> Vec<Incoming> {
    let of_file = |file: &Attachment| Incoming {
        name: attachment::file_name(&file.filename),
        from: From::Attachment(Box::new(file.clone())),
        details: Details {
            metadata: at(link),
            ..Details::default()
        },
    };
    let is_readable = |file: &&Attachment| {
        Format::from_file_name(&file.filename).is_some() || archive::is_archive(&file.filename)
    };
    let readable: Vec<_> = message.attachments.iter().filter(is_readable).collect();
    if !readable.is_empty() {
        return readable.into_iter().map(of_file).collect();
    }
    if message.content.trim().is_empty() {
        return message.attachments.iter().map(of_file).collect();
    }
    let title = title(&message.content);
    let id = format!("message-{}", message.id);
    vec![Incoming {
        name: text_name(&id, &message.content),
        from: From::Text(message.content.clone()),
        details: Details {
            id: SourceId::from_file_name(&id).ok(),
            metadata: Metadata {
                title: Some(title),
                ..at(link)
            },
            ..Details::default()
        },
    }]
}

fn at(link: &str) -> Metadata {
    Metadata {
        address: Some(link.to_owned()),
        ..Metadata::default()
    }
}

/// The first words of a text.
fn title(text: &str) -> String {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty());
    let shown = |c: &char| !c.is_control();
    let first: String = first.unwrap_or_default().chars().filter(shown).collect();
    let first = first.trim_start_matches(['#', '>', '-', '*', ' ']);
    if first.chars().count() <= LONGEST_TITLE {
        return first.to_owned();
    }
    let cut: String = first.chars().take(LONGEST_TITLE).collect();
    let words = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{words}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_called_by_its_first_words() {
        assert_eq!(title("\n  ## The ark\nwas built"), "The ark");
        assert_eq!(
            title("قيل قديمًا: الصبر مفتاح الفرج"),
            "قيل قديمًا: الصبر مفتاح الفرج"
        );
        let long = "word ".repeat(40);
        let title = title(&long);
        assert!(
            title.ends_with("word…") && title.chars().count() <= 81,
            "{title}"
        );
    }
}
