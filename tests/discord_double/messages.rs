//! How a message comes to be, changes and goes: the rules that hold for the merged message rather than for one field.

use serde_json::{Value, json};

use super::{
    limits,
    permission::{ADMINISTRATOR, EMBED_LINKS, MENTION_EVERYONE},
    refusal::Refusal,
    transcript::{self, Change},
    world::{BOT, EPHEMERAL, Id, LOADING, SETTABLE, Stored, World},
};

/// By which road the bot writes; what is pinged and what is permitted depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Road {
    Channel,
    Interaction,
}

/// Writes a request's fields into a message, or refuses. `files` are attachments already given their ids.
pub(super) fn fill(
    world: &World,
    stored: &mut Stored,
    body: &Value,
    files: &[Value],
    road: Road,
) -> Result<(), Refusal> {
    let sizes: Vec<usize> = files
        .iter()
        .map(|file| {
            file["size"]
                .as_u64()
                .and_then(|size| usize::try_from(size).ok())
                .unwrap_or(0)
        })
        .collect();
    limits::message(body, &sizes)?;
    if let Some(content) = body.get("content") {
        content
            .as_str()
            .unwrap_or_default()
            .trim()
            .clone_into(&mut stored.content);
    }
    if let Some(embeds) = body.get("embeds") {
        let list = embeds.as_array().cloned().unwrap_or_default();
        stored.embeds = list
            .into_iter()
            .map(tidy_embed)
            .filter(has_substance)
            .collect();
    }
    if let Some(components) = body.get("components") {
        stored.components = components.as_array().cloned().unwrap_or_default();
    }
    // On an edit, `attachments` lists what stays; uploads come on top.
    if let Some(kept) = body["attachments"].as_array() {
        let kept: Vec<Id> = kept
            .iter()
            .filter_map(|kept| super::payload::id(&kept["id"]))
            .collect();
        stored
            .attachments
            .retain(|old| super::payload::id(&old["id"]).is_some_and(|id| kept.contains(&id)));
    }
    stored.attachments.extend(files.iter().cloned());
    if let Some(flags) = body["flags"].as_u64() {
        stored.flags = stored.flags & !SETTABLE | flags & SETTABLE;
    }
    stored.flags &= !LOADING;

    let (may_embed, refuses) = match road {
        Road::Channel => (
            world.bot_permissions(stored.channel) & EMBED_LINKS != 0,
            true,
        ),
        Road::Interaction => (!world.channels[&stored.channel].strips_replies, false),
    };
    if !may_embed && !stored.embeds.is_empty() {
        if refuses && stored.content.is_empty() {
            return Err(Refusal::missing_permissions());
        }
        stored.embeds.clear();
    }
    let new_style = stored.flags & limits::COMPONENTS_V2 != 0 && !stored.components.is_empty();
    let polls = body["poll"].is_object();
    if stored.content.is_empty()
        && stored.embeds.is_empty()
        && stored.attachments.is_empty()
        && !new_style
        && !polls
    {
        return Err(Refusal::empty_message());
    }
    ping(world, stored, &body["allowed_mentions"], road);
    Ok(())
}

/// Works out who is pinged: the mentions in the content that `allowed_mentions` lets through.
///
/// Without that field a channel message pings everything, an interaction's answer users only. Mentions inside code are
/// counted too; Discord would not.
fn ping(world: &World, stored: &mut Stored, allowed: &Value, road: Road) {
    let parses = |kind: &str| match allowed["parse"].as_array() {
        Some(list) => list.iter().any(|item| item == kind),
        None => allowed.is_null() && (road == Road::Channel || kind == "users"),
    };
    let lists = |kind: &str, id: Id| {
        allowed[kind]
            .as_array()
            .into_iter()
            .flatten()
            .any(|item| super::payload::id(item) == Some(id))
    };
    let (users, roles) = mentioned(&stored.content);
    stored.mentions = users
        .into_iter()
        .filter(|&user| world.users.contains_key(&user))
        .collect();
    stored
        .mentions
        .retain(|&user| parses("users") || lists("users", user));
    stored.mention_roles = roles
        .into_iter()
        .filter(|&role| parses("roles") || lists("roles", role))
        .collect();
    let calls_all = stored.content.contains("@everyone") || stored.content.contains("@here");
    let may = world.bot_permissions(stored.channel) & (MENTION_EVERYONE | ADMINISTRATOR) != 0;
    stored.mention_everyone = calls_all && may && parses("everyone");
    if let Some(question) = stored
        .reference
        .and_then(|reference| world.messages.get(&reference))
    {
        let replied = allowed.is_null() || allowed["replied_user"] == true;
        if replied && !stored.mentions.contains(&question.author) && question.author != BOT {
            stored.mentions.push(question.author);
        }
    }
}

/// The users and roles mentioned in a text.
pub(super) fn mentioned(content: &str) -> (Vec<Id>, Vec<Id>) {
    let (mut users, mut roles) = (Vec::new(), Vec::new());
    for piece in content.split("<@").skip(1) {
        let Some((inside, _)) = piece.split_once('>') else {
            continue;
        };
        let (list, digits) = match inside.strip_prefix('&') {
            Some(role) => (&mut roles, role),
            None => (&mut users, inside.trim_start_matches('!')),
        };
        if let Ok(id) = digits.parse()
            && !list.contains(&id)
        {
            list.push(id);
        }
    }
    (users, roles)
}

/// An embed as Discord keeps it: texts trimmed, its kind named.
fn tidy_embed(mut embed: Value) -> Value {
    fn trim(value: &mut Value) {
        match value {
            Value::String(text) => *text = text.trim().to_owned(),
            Value::Array(list) => list.iter_mut().for_each(trim),
            Value::Object(map) => {
                map.retain(|_, value| !value.is_null());
                map.values_mut().for_each(trim);
            }
            _ => {}
        }
    }
    trim(&mut embed);
    embed["type"] = json!("rich");
    embed
}

fn has_substance(embed: &Value) -> bool {
    let list = embed["fields"]
        .as_array()
        .is_some_and(|fields| !fields.is_empty());
    let text = ["title", "description"]
        .iter()
        .any(|part| embed[part].as_str().is_some_and(|text| !text.is_empty()));
    list || text
        || ["footer", "author", "image", "thumbnail"]
            .iter()
            .any(|part| embed[part].is_object())
}

/// Puts a new message of the bot into its channel.
pub(super) fn show(world: &mut World, stored: Stored) {
    let (id, thinking) = (stored.id, stored.is_thinking());
    world.messages.insert(id, stored);
    world.dispatch_message("MESSAGE_CREATE", id);
    if !thinking {
        transcript::note_message(world, id, Change::Shown);
    }
}

/// Replaces a message of the bot by its changed form.
pub(super) fn replace(world: &mut World, mut stored: Stored) {
    let id = stored.id;
    let filled = world.messages.get(&id).is_some_and(Stored::is_thinking);
    stored.version += 1;
    stored.edited |= !filled;
    world.messages.insert(id, stored);
    world.dispatch_message("MESSAGE_UPDATE", id);
    transcript::note_message(
        world,
        id,
        if filled {
            Change::Shown
        } else {
            Change::Edited
        },
    );
}

/// Takes a message away.
pub(super) fn remove(world: &mut World, id: Id) {
    let by_bot = world.messages[&id].author == BOT && !world.messages[&id].is_thinking();
    if by_bot {
        transcript::note_message(world, id, Change::Deleted);
    }
    if let Some(stored) = world.messages.get_mut(&id) {
        stored.deleted = true;
        stored.version += 1;
    }
    world.dispatch_message("MESSAGE_DELETE", id);
}

/// The flag of an ephemeral answer, where the request asks for it.
pub(super) fn ephemeral_flag(body: &Value) -> u64 {
    body["flags"].as_u64().unwrap_or_default() & EPHEMERAL
}
