//! What buttons do. Everything they need stands in their ids, so they work for ever and after any restart.
//!
//! Who asked sees the message change; anybody else gets what they pressed for by themselves. An id comes from a stranger
//! until it is proven: it must be one that we write, stand on a message of our own, and belong to the library of the
//! place.

use serenity::all::{
    ActionRowComponent, ButtonKind, ComponentInteraction, ComponentInteractionDataKind, Context,
    Message, MessageFlags, MessageInteractionMetadata, UserId,
};

use super::audit;
use super::button::{self, Home, Trail, What};
use super::conversation::{self, citing};
use super::data::{Data, Failure};
use super::delivery::{Delivery, To};
use super::gloss::{self, Words};
use super::listing::{self, Page};
use super::managing::{self, Step};
use super::reply::{self, Reply, Sheet, Shown, View, in_words_of};
use super::viewer;
use crate::language::Language;
use crate::library::Viewer;
use crate::wording::say;

/// What a button leads to.
enum Led {
    /// To this message, written on both sheets: which one is wanted is known, so only that one.
    There(Reply),
    /// To a passage that is withdrawn, or that this person may not see here: which of them is not told.
    Withdrawn,
    /// To something that the passage does not have.
    Nowhere,
}

/// What a button of ours means.
enum Meant {
    /// This, along this trail.
    Passage(Trail, What),
    /// This page of the list of sources.
    Page(Page),
    /// The words of this sentence.
    Words(Words),
    /// This page of the log.
    Log(audit::Page),
}

/// A button that was pressed.
pub(super) async fn pressed(context: &Context, data: &Data, press: &ComponentInteraction) {
    if Step::is_meant(&press.data.custom_id) {
        return managing::pressed(context, data, press).await;
    }
    let (id, token) = (press.id, press.token.as_str());
    let sheet = conversation::sheet(press.app_permissions);
    let home = conversation::home(
        context,
        press.guild_id,
        &press.authorizing_integration_owners,
    );
    let chosen = data.preferences.chosen(press.user.id, home).await;
    let language = chosen.unwrap_or(Language::Other);
    let viewer = viewer::of_press(context, press);
    let to = |is_in_place| {
        if is_in_place {
            To::Pressed { id, token }
        } else {
            To::Interaction {
                id,
                token,
                is_private: true,
            }
        }
    };
    let (trail, what) = match proven(context, data, press, home) {
        Some(Meant::Passage(trail, what)) => (trail.spoken(chosen), what),
        Some(Meant::Page(page)) => {
            // The list is seen by one person only, and so is its message.
            return listing::show(
                data,
                to(true),
                sheet,
                language,
                viewer,
                press.member.as_ref(),
                page,
            )
            .await;
        }
        Some(Meant::Words(words)) => {
            // They are for who does not read the sentence, not for the channel; their pages stand on a message of theirs.
            let to = to(words.page.is_some());
            return gloss::show(data, to, sheet, viewer, words.spoken(chosen)).await;
        }
        Some(Meant::Log(page)) => {
            let member = press.member.as_ref();
            return audit::show(data, to(true), sheet, language, member, page).await;
        }
        None => {
            let mut delivery = Delivery::new(data, to(true), sheet, language);
            let said = in_words_of(language, |language| say(language, "press-unknown", &[]));
            return delivery.tell(said).await;
        }
    };
    if what == What::Delete {
        return delete(data, press, &trail, sheet).await;
    }
    // A citation is for whoever wants to paste it, not for the channel.
    let to = to(what != What::Citation && is_askers(press));
    let voice = trail.voice();
    let mut delivery = Delivery::new(data, to, sheet, voice);
    let work = tokio::spawn(lead(data.clone(), sheet, viewer, trail, what));
    match delivery.awaits(work).await {
        Ok(Ok(Led::There(reply))) => {
            delivery.deliver(&|_| reply.clone()).await;
        }
        Ok(Ok(Led::Withdrawn)) => {
            delivery
                .tell(vec![say(voice, "press-withdrawn", &[])])
                .await;
        }
        Ok(Ok(Led::Nowhere)) => {
            delivery.tell(vec![say(voice, "press-unknown", &[])]).await;
        }
        Ok(Err(failure)) => delivery.fail(&failure).await,
        Err(panic) => delivery.fail(&panic).await,
    }
}

/// Deletes the message for the one who asked; moderators have Discord's own way.
async fn delete(data: &Data, press: &ComponentInteraction, trail: &Trail, sheet: Sheet) {
    let (id, token) = (press.id, press.token.as_str());
    let mut delivery = Delivery::new(data, To::Pressed { id, token }, sheet, trail.voice());
    if !is_askers(press) {
        let said = say(trail.voice(), "press-not-yours", &[]);
        return delivery.tell(vec![said]).await;
    }
    // Before it is gone: who sees that may ask on before Discord has told us.
    data.threads.forget(press.channel_id);
    if let Err(error) = delivery.remove().await {
        delivery.fail(&error).await;
    }
}

/// What the button pressed in this place means, if it is one of ours.
fn proven(
    context: &Context,
    data: &Data,
    press: &ComponentInteraction,
    home: Home,
) -> Option<Meant> {
    if !matches!(press.data.kind, ComponentInteractionDataKind::Button) {
        return None;
    }
    let id = press.data.custom_id.as_str();
    let passage = |(trail, what)| Meant::Passage(trail, what);
    let page = Page::parse(id).map(Meant::Page);
    let words = Words::parse(id).map(Meant::Words);
    let log = audit::Page::parse(id).map(Meant::Log);
    let listed = page.or(words).or(log);
    let meant = listed.or_else(|| button::parse(id).map(passage))?;
    let of = match &meant {
        Meant::Passage(trail, _) => trail.home(),
        Meant::Page(page) => page.home,
        Meant::Words(words) => words.home,
        Meant::Log(page) => page.home,
    };
    let bot = match data.bot.get() {
        Some(bot) => *bot,
        None => context.cache.current_user().id,
    };
    let is_own = press.message.author.id == bot && carries(&press.message, id);
    (is_own && of == home).then_some(meant)
}

/// Whether a message has a button with this id.
fn carries(message: &Message, id: &str) -> bool {
    let mut parts = message.components.iter().flat_map(|row| &row.components);
    parts.any(|part| custom_id(part) == Some(id))
}

/// The custom id of a button.
pub(super) fn custom_id(part: &ActionRowComponent) -> Option<&str> {
    match part {
        ActionRowComponent::Button(button) => match &button.data {
            ButtonKind::NonLink { custom_id, .. } => Some(custom_id),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the message answers the very person who pressed.
fn is_askers(press: &ComponentInteraction) -> bool {
    let message = &press.message;
    let is_private = message
        .flags
        .is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    // Nobody else sees a private message.
    is_private || asker(message) == Some(press.user.id)
}

/// Whom a message of ours answers: who used the command, or who wrote the message that it replies to.
fn asker(message: &Message) -> Option<UserId> {
    match message.interaction_metadata.as_deref() {
        Some(MessageInteractionMetadata::Command(command)) => Some(command.user.id),
        Some(MessageInteractionMetadata::Component(press)) => Some(press.user.id),
        Some(MessageInteractionMetadata::ModalSubmit(form)) => Some(form.user.id),
        _ => Some(message.referenced_message.as_ref()?.author.id),
    }
}

async fn lead(
    data: Data,
    sheet: Sheet,
    viewer: Viewer,
    trail: Trail,
    what: What,
) -> Result<Led, Failure> {
    let library = conversation::library(&data, trail.home(), viewer).await?;
    let spot = trail.spot();
    let Some(cited) = library.cited(spot.version_key, spot.place).await? else {
        return Ok(Led::Withdrawn);
    };
    let view = match what {
        What::Passage => View::Sentence,
        What::From(byte) => View::From(byte),
        What::Until(byte) => View::Until(byte),
        What::Context => {
            let around = library.around(spot.version_key, spot.place, 1, 1).await?;
            return Ok(led(reply::context(sheet, &trail, &around)));
        }
        What::Footnotes(page) => return Ok(led(reply::footnotes(sheet, &trail, &cited, page))),
        What::Citation => return Ok(Led::There(reply::citation(&cited))),
        What::Delete => return Ok(Led::Nowhere),
    };
    let citing = citing(&library, &cited).await?;
    let shown = Shown {
        cited: &cited,
        view,
        outcome: None,
        citing: citing.as_deref(),
    };
    Ok(led(reply::passage(sheet, &trail, &shown)))
}

fn led(reply: Option<Reply>) -> Led {
    reply.map_or(Led::Nowhere, Led::There)
}
