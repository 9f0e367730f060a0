//! The JSON of users, members, guilds, messages and interactions, with every field that serenity insists on.
//!
//! A missing field is no error over there: the event is dropped in silence. So nothing here is optional that serenity
//! 0.12.5 was measured to need (a role's `colors`, an interaction's `attachment_size_limit`, a member's `flags`).

use serde_json::{Value, json};

use super::{
    permission,
    world::{BOT, Id, Interaction, Stored, World, intent},
};

/// Milliseconds from the Unix epoch to Discord's.
pub(super) const DISCORD_EPOCH: u64 = 1_420_070_400_000;

/// Whose eyes a message is shown to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// The application without the privileged intent: others' words are blank unless they address it.
    App,
    /// A person, or the application looking at the target of its own menu command.
    Full,
}

/// Reads an id, which comes as text or as a number.
pub(super) fn id(value: &Value) -> Option<Id> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

pub(super) fn user(world: &World, id: Id) -> Value {
    json!({
        "id": id.to_string(),
        "username": world.name(id),
        "global_name": world.name(id),
        "discriminator": "0",
        "avatar": null,
        "bot": id == BOT,
        "public_flags": 0,
    })
}

pub(super) fn member(world: &World, guild: Id, user_id: Id) -> Value {
    let roles = world.guilds[&guild]
        .members
        .get(&user_id)
        .cloned()
        .unwrap_or_default();
    json!({
        "user": user(world, user_id),
        "nick": null,
        "avatar": null,
        "roles": roles.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "joined_at": "2024-01-01T00:00:00.000000+00:00",
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "flags": 0,
        "pending": false,
    })
}

pub(super) fn roles(world: &World, guild: Id) -> Value {
    let roles = world.guilds[&guild]
        .roles
        .iter()
        .enumerate()
        .map(|(position, role)| {
            json!({
                "id": role.id.to_string(),
                "name": role.name,
                "color": 0,
                "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
                "hoist": false,
                "icon": null,
                "managed": false,
                "mentionable": false,
                "permissions": role.permissions.to_string(),
                "position": position,
                "flags": 0,
            })
        });
    roles.collect()
}

pub(super) fn channel(world: &World, id: Id) -> Value {
    let channel = &world.channels[&id];
    let mut payload =
        json!({"id": id.to_string(), "type": channel.kind, "last_message_id": null, "flags": 0});
    if let Some(guild) = channel.guild {
        payload["guild_id"] = json!(guild.to_string());
        payload["name"] = json!(channel.name);
        payload["position"] = json!(0);
        payload["nsfw"] = json!(false);
        payload["topic"] = Value::Null;
        payload["parent_id"] = json!(channel.parent.map(|parent| parent.to_string()));
        payload["rate_limit_per_user"] = json!(0);
        payload["permission_overwrites"] = json!([]);
        if channel.bot_denied != 0 {
            let deny = channel.bot_denied.to_string();
            payload["permission_overwrites"] =
                json!([{"id": BOT.to_string(), "type": 1, "allow": "0", "deny": deny}]);
        }
        if channel.kind == 11 {
            payload["owner_id"] = json!(world.guilds[&guild].owner.to_string());
            payload["message_count"] = json!(0);
            payload["member_count"] = json!(1);
            payload["total_message_sent"] = json!(0);
            payload["thread_metadata"] = json!({
                "archived": false,
                "auto_archive_duration": 1440,
                "archive_timestamp": timestamp(id),
                "locked": false,
                "create_timestamp": timestamp(id),
            });
            for of_channels in ["position", "topic", "nsfw", "permission_overwrites"] {
                payload.as_object_mut().map(|own| own.remove(of_channels));
            }
        }
    } else {
        let others = channel.people.iter().filter(|&&person| person != BOT);
        payload["recipients"] = others.map(|&person| user(world, person)).collect();
    }
    payload
}

/// All text channels of a guild.
pub(super) fn channels(world: &World, guild: Id) -> Value {
    of_kind(world, guild, 0)
}

fn of_kind(world: &World, guild: Id, kind: u64) -> Value {
    let own = world
        .channels
        .values()
        .filter(|channel| channel.guild == Some(guild) && channel.kind == kind && !channel.gone);
    own.map(|own| channel(world, own.id)).collect()
}

/// A guild as REST gives it.
pub(super) fn guild(world: &World, id: Id) -> Value {
    let guild = &world.guilds[&id];
    json!({
        "id": id.to_string(),
        "name": guild.name,
        "icon": null,
        "splash": null,
        "discovery_splash": null,
        "banner": null,
        "description": null,
        "owner_id": guild.owner.to_string(),
        "afk_channel_id": null,
        "afk_timeout": 300,
        "application_id": null,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "roles": roles(world, id),
        "emojis": [],
        "features": [],
        "mfa_level": 0,
        "system_channel_id": null,
        "system_channel_flags": 0,
        "rules_channel_id": null,
        "public_updates_channel_id": null,
        "vanity_url_code": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": guild.locale,
        "nsfw_level": 0,
        "stickers": [],
        "premium_progress_bar_enabled": false,
    })
}

/// A guild as the gateway announces it.
pub(super) fn guild_create(world: &World, id: Id) -> Value {
    let mut payload = guild(world, id);
    let members: Vec<_> = world.guilds[&id]
        .members
        .keys()
        .map(|&user| member(world, id, user))
        .collect();
    payload["joined_at"] = json!("2024-01-01T00:00:00.000000+00:00");
    payload["large"] = json!(false);
    payload["unavailable"] = json!(false);
    payload["member_count"] = json!(members.len());
    payload["members"] = json!(members);
    payload["channels"] = channels(world, id);
    payload["threads"] = of_kind(world, id, 11);
    for list in [
        "voice_states",
        "presences",
        "stage_instances",
        "guild_scheduled_events",
        "soundboard_sounds",
    ] {
        payload[list] = json!([]);
    }
    payload
}

pub(super) fn application(world: &World) -> Value {
    json!({
        "id": BOT.to_string(),
        "name": world.name(BOT),
        "description": "",
        "icon": null,
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "owner": user(world, BOT),
        "team": null,
        "summary": "",
        "flags": 0,
    })
}

/// A message, as the given eyes see it.
pub(super) fn message(world: &World, stored: &Stored, sight: Sight) -> Value {
    let guild = world.channels[&stored.channel].guild;
    let addressed = stored.author == BOT || guild.is_none() || stored.mentions.contains(&BOT);
    let privileged = world.gateway.allowed_privileged & intent::MESSAGE_CONTENT != 0
        && world
            .sessions
            .iter()
            .any(|session| session.intents & intent::MESSAGE_CONTENT != 0);
    let blank = sight == Sight::App && !addressed && !privileged;
    let list = |list: &[Value]| if blank { json!([]) } else { json!(list) };
    let mut payload = json!({
        "id": stored.id.to_string(),
        "channel_id": stored.channel.to_string(),
        "author": user(world, stored.author),
        "content": if blank { "" } else { &stored.content },
        "timestamp": timestamp(stored.id),
        "edited_timestamp": stored.edited.then(|| timestamp(stored.id)),
        "tts": false,
        "mention_everyone": stored.mention_everyone,
        "mentions": stored.mentions.iter().map(|&person| user(world, person)).collect::<Vec<_>>(),
        "mention_roles": stored.mention_roles.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "attachments": list(&stored.attachments),
        "embeds": list(&stored.embeds),
        "components": list(&stored.components),
        "pinned": false,
        "type": 0,
        "flags": stored.flags,
    });
    if let Some(nonce) = &stored.nonce {
        payload["nonce"] = nonce.clone();
    }
    if let Some(metadata) = &stored.metadata {
        payload["interaction_metadata"] = metadata.clone();
        payload["application_id"] = json!(BOT.to_string());
        payload["webhook_id"] = json!(BOT.to_string());
        if metadata["type"] == 2 {
            payload["type"] = json!(20);
        }
    }
    if let Some(reference) = stored.reference {
        let old = world.messages.get(&reference);
        let channel = old.map_or(stored.channel, |old| old.channel);
        payload["type"] = json!(19);
        payload["message_reference"] = json!({
            "type": 0,
            "message_id": reference.to_string(),
            "channel_id": channel.to_string(),
            "guild_id": guild.map(|guild| guild.to_string()),
        });
        let old = old.filter(|old| !old.deleted).cloned();
        // Only one step back: the quoted message does not bring the one that it quotes.
        payload["referenced_message"] = old.map_or(Value::Null, |mut old| {
            old.reference = None;
            message(world, &old, sight)
        });
    }
    payload
}

/// The common part of an interaction, its `data` and the message of a component.
pub(super) fn interaction(world: &World, asked: &Interaction, data: &Value) -> Value {
    let channel_state = &world.channels[&asked.channel];
    let person = &world.users[&asked.person];
    let strips = channel_state.strips_replies;
    // Discord grants these two in every answer to an interaction, whatever the channel says.
    let granted = if strips {
        0
    } else {
        permission::EMBED_LINKS | permission::ATTACH_FILES
    };
    let denied = if strips { permission::EMBED_LINKS } else { 0 };
    let mut payload = json!({
        "id": asked.id.to_string(),
        "application_id": BOT.to_string(),
        "type": asked.kind,
        "token": asked.token,
        "version": 1,
        "channel_id": asked.channel.to_string(),
        "channel": channel(world, asked.channel),
        "locale": person.locale,
        "entitlements": [],
        "attachment_size_limit": 10 * 1024 * 1024,
        "app_permissions": ((world.bot_permissions(asked.channel) | granted) & !denied).to_string(),
        "context": world.context(asked.channel),
        "authorizing_integration_owners": owners(world, asked.channel, asked.person),
        "data": data,
    });
    if let Some(guild) = channel_state.guild {
        let mut member = member(world, guild, asked.person);
        member["permissions"] = json!(world.permissions(guild, asked.person).to_string());
        payload["member"] = member;
        payload["guild_id"] = json!(guild.to_string());
        payload["guild_locale"] = json!(world.guilds[&guild].locale);
        payload["guild"] =
            json!({"id": guild.to_string(), "locale": world.guilds[&guild].locale, "features": []});
        payload["channel"]["permissions"] =
            json!(world.permissions(guild, asked.person).to_string());
    } else {
        payload["user"] = user(world, asked.person);
    }
    if !world.sends_channels {
        payload.as_object_mut().map(|own| own.remove("channel"));
    }
    if let Some(stored) = asked.message.and_then(|id| world.messages.get(&id)) {
        payload["message"] = message(world, stored, Sight::Full);
    }
    payload
}

/// Who brought the application here: the guild, or the person who installed it for themselves.
pub(super) fn owners(world: &World, channel: Id, person: Id) -> Value {
    let channel_state = &world.channels[&channel];
    match channel_state.guild {
        Some(guild) if world.bot_is_in(channel) => json!({"0": guild.to_string()}),
        None if world.bot_is_in(channel) => json!({"0": "0"}),
        _ => json!({"1": person.to_string()}),
    }
}

/// The moment that a snowflake holds, as ISO 8601.
pub(super) fn timestamp(id: Id) -> String {
    let millis = (id >> 22) + DISCORD_EPOCH;
    let (seconds, millis) = (millis / 1000, millis % 1000);
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Civil date from days since 1970, years counted from March so that the leap day comes last.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}000+00:00")
}
