//! `/source add`: a file, or what lies at an address.

use serenity::all::Attachment;

use super::super::Context;
use super::who;
use crate::discord::attachment;
use crate::discord::data::Failure;
use crate::discord::delivery::{Delivery, To};
use crate::discord::managing::{From, Incoming, add as take};
use crate::discord::reply::Sheet;
use crate::discord::reply::source::{Notice, notice};
use crate::library::Details;
use crate::source::Metadata;

/// Add a source, or a new version of one · إضافة مصدر أو نسخة جديدة منه
#[poise::command(slash_command)]
pub(super) async fn add(
    context: Context<'_>,
    #[description = "The file · الملف"] file: Option<Attachment>,
    #[description = "Its web address, https://… · رابطه"]
    #[max_length = 1_000]
    address: Option<String>,
    #[description = "A short name of letters and digits; that of a source makes a new version of it · معرّف قصير"]
    #[max_length = 48]
    id: Option<String>,
    #[description = "The title, if the file does not say it · العنوان إن لم يذكره الملف"]
    #[max_length = 300]
    title: Option<String>,
    #[description = "Who wrote it · المؤلف"]
    #[max_length = 300]
    author: Option<String>,
) -> Result<(), Failure> {
    let interaction = context.interaction;
    let who = who(context).await;
    let language = who.language();
    let id = id
        .map(|id| id.trim().to_owned())
        .filter(|id| !id.is_empty());
    let parsed = id.as_ref().map(|id| id.parse()).transpose();
    let metadata = Metadata {
        title,
        author,
        // A file's address is told; that of a page is found out.
        address: address.clone().filter(|_| file.is_some()),
        ..Metadata::default()
    };
    let refused = match (&parsed, &file, &address) {
        (Err(_), ..) => Some(Notice::BadId(id.unwrap_or_default())),
        (_, None, None) => Some(Notice::NothingGiven),
        _ => None,
    };
    if let Some(refused) = refused {
        let to = To::Interaction {
            id: interaction.id,
            token: &interaction.token,
            is_private: true,
        };
        let mut delivery = Delivery::new(context.data(), to, Sheet::Plain, language);
        delivery.tell_reply(notice(language, &refused)).await;
        return Ok(());
    }
    let details = Details {
        id: parsed.ok().flatten(),
        metadata,
        ..Details::default()
    };
    let incoming = match file {
        Some(file) => Incoming {
            name: attachment::file_name(&file.filename),
            from: From::Attachment(Box::new(file)),
            details,
        },
        None => Incoming {
            name: address.clone().unwrap_or_default(),
            from: From::Address(address.unwrap_or_default()),
            details,
        },
    };
    take(who, interaction.id, &interaction.token, vec![incoming]).await;
    Ok(())
}
