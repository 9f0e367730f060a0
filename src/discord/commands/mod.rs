//! The commands, one a file.
//!
//! poise reads what people gave them; the answers go over the wire, which sends again where poise would give up.
//!
//! A newcomer's trap: Discord has no Arabic locale, and one unknown locale in one localisation refuses all commands. So
//! both languages stand side by side in the descriptions themselves.

mod ask;
mod menu;
mod ping;

use super::data::{Data, Failure};

/// What poise hands to a command.
type Context<'a> = poise::ApplicationContext<'a, Data, Failure>;

/// All commands.
pub(super) fn all() -> Vec<poise::Command<Data, Failure>> {
    vec![ask::ask(), menu::ask_sanad(), ping::ping()]
}
