//! The commands, one a file.
//!
//! poise reads what people gave them; the answers go over the wire, which sends again where poise would give up.
//!
//! A newcomer's trap: Discord has no Arabic locale, and one unknown locale in one localisation refuses all commands. So
//! both languages stand side by side in the descriptions themselves.

mod ask;
mod audit;
mod export;
mod help;
mod import;
mod language;
mod menu;
mod ping;
mod settings;
mod source;
mod sources;

use super::button::Home;
use super::conversation;
use super::data::{Data, Failure};
use super::viewer;
use crate::language::Language;
use crate::library::Viewer;

/// What poise hands to a command.
type Context<'a> = poise::ApplicationContext<'a, Data, Failure>;

/// All commands.
pub(super) fn all() -> Vec<poise::Command<Data, Failure>> {
    vec![
        ask::ask(),
        sources::sources(),
        source::source(),
        source::add_as_source(),
        export::export(),
        import::import(),
        help::help(),
        language::language(),
        settings::settings(),
        audit::audit(),
        menu::ask_sanad(),
        ping::ping(),
    ]
}

/// The library of the place where a command was used.
fn home(context: Context<'_>) -> Home {
    let interaction = context.interaction;
    let owners = &interaction.authorizing_integration_owners;
    conversation::home(context.serenity_context(), interaction.guild_id, owners)
}

/// Who used a command, and where: what of the library they see.
fn viewer(context: Context<'_>) -> Viewer {
    viewer::of_command(context.serenity_context(), context.interaction)
}

/// The language that is spoken to who used a command there: the one that was chosen; else [`Language::Other`], which is
/// both of ours, since no question shows which of them is understood.
async fn spoken(context: Context<'_>, home: Home) -> Language {
    let person = context.interaction.user.id;
    let chosen = context.data().preferences.chosen(person, home).await;
    chosen.unwrap_or(Language::Other)
}
