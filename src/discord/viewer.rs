//! Who looks at a library from Discord: a person with their roles, in a channel.
//!
//! It is told anew of each command, press, suggestion and message, and never remembered: a role that was taken away is
//! gone with the next of them. Moderators who ask see what their roles and that channel see, no more; only what moderates
//! works on the whole library (`rights`).
//!
//! A newcomer's trap: Discord says of every channel what it stands in, but only of a thread is that a channel whose
//! sources it shares; of any other it is a category, which counts for nothing here.

use serenity::all::{
    ChannelId, CommandInteraction, ComponentInteraction, Context, GuildId, Member, Message,
    PartialChannel, RoleId,
};

use super::thread::is_thread;
use crate::library::Viewer;

/// The channels that a place counts as: itself, and of a thread the one that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    channel: ChannelId,
    parent: Option<ChannelId>,
}

impl Place {
    /// The place of an interaction. Discord sends its channel along; where it does not, the cache may know it.
    pub(super) fn of(
        context: &Context,
        guild: Option<GuildId>,
        id: ChannelId,
        channel: Option<&PartialChannel>,
    ) -> Self {
        let parent = match channel {
            Some(channel) => channel.parent_id.filter(|_| is_thread(channel.kind)),
            None => parent_of(context, guild, id),
        };
        Self {
            channel: id,
            parent,
        }
    }

    /// The place of a message. A thread that the cache does not know is a place of its own, in which less is seen; Discord
    /// tells of one that was asleep before it tells of what was written there.
    pub(super) fn of_message(context: &Context, message: &Message) -> Self {
        let (guild, channel) = (message.guild_id, message.channel_id);
        Self::of(context, guild, channel, None)
    }

    /// Both of them.
    pub(super) fn channels(&self) -> Vec<u64> {
        let own = std::iter::once(self.channel);
        own.chain(self.parent).map(ChannelId::get).collect()
    }

    /// The thread that it is, if it is one.
    pub(super) fn thread(&self) -> Option<ChannelId> {
        self.parent.map(|_| self.channel)
    }
}

/// The channel that a thread of the server belongs to, as far as the cache knows it.
fn parent_of(context: &Context, guild: Option<GuildId>, thread: ChannelId) -> Option<ChannelId> {
    let guild = context.cache.guild(guild?)?;
    let mut threads = guild.threads.iter();
    threads.find(|known| known.id == thread)?.parent_id
}

/// Somebody with these roles, in a place of a server. Everybody has the role that is called as the server, which Discord
/// lists of nobody.
fn person(place: &Place, guild: Option<GuildId>, roles: &[RoleId]) -> Viewer {
    let roles = roles.iter().map(|role| role.get());
    Viewer::Person {
        channels: place.channels(),
        roles: roles.chain(guild.map(GuildId::get)).collect(),
    }
}

fn roles(member: Option<&Member>) -> &[RoleId] {
    member.map_or(&[], |member| &member.roles)
}

/// Who uses a command, or types one.
pub(super) fn of_command(context: &Context, command: &CommandInteraction) -> Viewer {
    let guild = command.guild_id;
    let place = Place::of(context, guild, command.channel_id, command.channel.as_ref());
    person(&place, guild, roles(command.member.as_deref()))
}

/// Who presses a button.
pub(super) fn of_press(context: &Context, press: &ComponentInteraction) -> Viewer {
    let guild = press.guild_id;
    let place = Place::of(context, guild, press.channel_id, press.channel.as_ref());
    person(&place, guild, roles(press.member.as_ref()))
}

/// Who wrote a message in this place.
pub(super) fn of_message(place: &Place, message: &Message) -> Viewer {
    let roles = message.member.as_ref().map(|member| &*member.roles);
    person(place, message.guild_id, roles.unwrap_or_default())
}
