//! The REST calls that the double knows. An unknown one is 404 and a violation, so a bot that needs more shows it.

use serde_json::{Value, json};

use super::{
    cdn::{File, Shelf},
    commands, interactions,
    messages::{self, Road},
    payload::{self, Sight},
    permission::{
        ADMINISTRATOR, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, SEND_MESSAGES,
        SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
    },
    refusal::Refusal,
    server::Call,
    world::{BOT, Id, Stored, World},
};

/// A status and a body.
pub(super) type Answer = Result<(u16, Value), Refusal>;

const NOTHING: (u16, Value) = (204, Value::Null);

/// Answers one call.
pub(super) fn route(world: &mut World, shelf: &Shelf, call: &Call) -> Answer {
    let segments: Vec<&str> = call
        .path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    match (call.method.as_str(), segments.as_slice()) {
        ("GET", ["gateway"]) => Ok((200, json!({"url": world.gateway_url}))),
        ("GET", ["gateway", "bot"]) => Ok((
            200,
            json!({
                "url": world.gateway_url,
                "shards": 1,
                "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1},
            }),
        )),
        ("GET", ["applications" | "oauth2", .., "@me"]) => Ok((200, payload::application(world))),
        ("GET", ["users", "@me"]) => Ok((200, payload::user(world, BOT))),
        ("GET", ["users", user]) => Ok((200, payload::user(world, known_user(world, user)?))),
        ("POST", ["users", "@me", "channels"]) => open_dm(world, &call.body),
        (
            _,
            [
                "applications",
                application,
                "guilds",
                guild,
                "commands",
                rest @ ..,
            ],
        ) => {
            let guild = member_guild(world, guild)?;
            own_application(application)?;
            command_routes(world, call, Some(guild), rest)
        }
        (_, ["applications", application, "commands", rest @ ..]) => {
            own_application(application)?;
            command_routes(world, call, None, rest)
        }
        (method, ["channels", channel, rest @ ..]) => {
            let channel = accessible(world, channel)?;
            match (method, rest) {
                ("GET", []) => Ok((200, payload::channel(world, channel))),
                ("POST", ["typing"]) => type_in(world, channel),
                ("POST", ["messages"]) => create(world, shelf, channel, call),
                ("GET", ["messages"]) => Ok((200, list(world, channel, call))),
                ("GET", ["messages", message]) => {
                    needs(world, channel, READ_MESSAGE_HISTORY)?;
                    let stored = &world.messages[&visible(world, channel, message)?];
                    Ok((200, payload::message(world, stored, Sight::App)))
                }
                ("PATCH", ["messages", message]) => edit(world, shelf, channel, message, call),
                ("DELETE", ["messages", message]) => {
                    let id = visible(world, channel, message)?;
                    if world.messages[&id].author != BOT {
                        needs(world, channel, MANAGE_MESSAGES)?;
                    }
                    messages::remove(world, id);
                    Ok(NOTHING)
                }
                _ => Err(no_route()),
            }
        }
        ("GET", ["guilds", guild, rest @ ..]) => {
            let guild = member_guild(world, guild)?;
            match rest {
                [] => Ok((200, payload::guild(world, guild))),
                ["channels"] => Ok((200, payload::channels(world, guild))),
                ["roles"] => Ok((200, payload::roles(world, guild))),
                ["members", user] => {
                    let user = if *user == "@me" {
                        BOT
                    } else {
                        known_user(world, user)?
                    };
                    if !world.guilds[&guild].members.contains_key(&user) {
                        return Err(Refusal::unknown(10007, "Member"));
                    }
                    Ok((200, payload::member(world, guild, user)))
                }
                _ => Err(no_route()),
            }
        }
        ("POST", ["interactions", id, token, "callback"]) => {
            interactions::callback(world, shelf, id, token, call)
        }
        (_, ["webhooks", application, token, rest @ ..]) => {
            if application.parse() != Ok(BOT) {
                return Err(Refusal::unknown(10015, "Webhook"));
            }
            interactions::webhook(world, shelf, token, rest, call)
        }
        _ => Err(no_route()),
    }
}

/// What no part of the double knows.
pub(super) fn no_route() -> Refusal {
    Refusal::new(404, 0, "404: Not Found")
}

fn own_application(application: &str) -> Result<(), Refusal> {
    if application.parse() == Ok(BOT) {
        return Ok(());
    }
    Err(Refusal::new(
        403,
        20012,
        "You are not authorized to perform this action on this application",
    ))
}

fn known_user(world: &World, user: &str) -> Result<Id, Refusal> {
    let id = user.parse().map_err(|_| not_an_id(user))?;
    if world.users.contains_key(&id) {
        Ok(id)
    } else {
        Err(Refusal::unknown(10013, "User"))
    }
}

fn member_guild(world: &World, guild: &str) -> Result<Id, Refusal> {
    let id = guild.parse().map_err(|_| not_an_id(guild))?;
    match world.guilds.get(&id) {
        Some(guild) if guild.has_bot => Ok(id),
        Some(_) => Err(Refusal::missing_access()),
        None => Err(Refusal::unknown(10004, "Guild")),
    }
}

fn not_an_id(found: &str) -> Refusal {
    Refusal::form(
        "id",
        "NUMBER_TYPE_COERCE",
        format!("Value \"{found}\" is not snowflake."),
    )
}

/// A channel that the bot may look into.
fn accessible(world: &World, channel: &str) -> Result<Id, Refusal> {
    let id = channel.parse().map_err(|_| not_an_id(channel))?;
    if world.channels.get(&id).is_none_or(|channel| channel.gone) {
        return Err(Refusal::unknown(10003, "Channel"));
    }
    if !world.bot_is_in(id) || world.bot_permissions(id) & VIEW_CHANNEL == 0 {
        return Err(Refusal::missing_access());
    }
    Ok(id)
}

fn needs(world: &World, channel: Id, permission: u64) -> Result<(), Refusal> {
    let held = world.bot_permissions(channel);
    // A thread has a permission of its own for writing.
    let permission = match world.channels.get(&channel) {
        Some(state) if state.kind == 11 && permission == SEND_MESSAGES => SEND_MESSAGES_IN_THREADS,
        _ => permission,
    };
    let may = held & (permission | ADMINISTRATOR) != 0;
    if may {
        Ok(())
    } else {
        Err(Refusal::missing_permissions())
    }
}

/// A message of a channel that stands there for everybody.
fn visible(world: &World, channel: Id, message: &str) -> Result<Id, Refusal> {
    let id = message.parse().map_err(|_| not_an_id(message))?;
    let there =
        |stored: &&Stored| stored.channel == channel && !stored.deleted && !stored.is_ephemeral();
    world
        .messages
        .get(&id)
        .filter(there)
        .map(|stored| stored.id)
        .ok_or(Refusal::unknown(10008, "Message"))
}

fn open_dm(world: &mut World, body: &Value) -> Answer {
    let person =
        payload::id(&body["recipient_id"]).filter(|id| world.users.contains_key(id) && *id != BOT);
    let person = person.ok_or_else(|| {
        Refusal::form(
            "recipient_id",
            "NUMBER_TYPE_COERCE",
            "Value is not a known user.",
        )
    })?;
    let channel = world.direct_channel(person);
    Ok((200, payload::channel(world, channel)))
}

fn type_in(world: &mut World, channel: Id) -> Answer {
    needs(world, channel, SEND_MESSAGES)?;
    if let Some(channel) = world.channels.get_mut(&channel) {
        channel.n_typing += 1;
    }
    Ok(NOTHING)
}

fn create(world: &mut World, shelf: &Shelf, channel: Id, call: &Call) -> Answer {
    needs(world, channel, SEND_MESSAGES)?;
    let state = &world.channels[&channel];
    if state.guild.is_none()
        && state
            .people
            .iter()
            .any(|person| world.users[person].refuses_dms)
    {
        return Err(Refusal::new(
            403,
            50007,
            "Cannot send messages to this user",
        ));
    }
    let body = &call.body;
    if body["enforce_nonce"] == true && !body["nonce"].is_null() {
        let known = world.messages.values().find(|known| {
            known.author == BOT
                && known.channel == channel
                && known.nonce.as_ref() == Some(&body["nonce"])
        });
        if let Some(known) = known {
            return Ok((200, payload::message(world, known, Sight::App)));
        }
    }
    let id = world.next_id();
    let mut stored = Stored::new(id, channel, BOT);
    stored.nonce = Some(body["nonce"].clone()).filter(|nonce| !nonce.is_null());
    if let Some(wanted) = payload::id(&body["message_reference"]["message_id"]) {
        needs(world, channel, READ_MESSAGE_HISTORY).map_err(|_| {
            Refusal::new(
                400,
                160_002,
                "Cannot reply without permission to read message history",
            )
        })?;
        let there = world
            .messages
            .get(&wanted)
            .is_some_and(|old| !old.deleted && old.channel == channel);
        if there {
            stored.reference = Some(wanted);
        } else if body["message_reference"]["fail_if_not_exists"] != false {
            return Err(Refusal::form(
                "message_reference",
                "REPLIES_UNKNOWN_MESSAGE",
                "Unknown message",
            ));
        }
    }
    let files = uploads(world, channel, call);
    messages::fill(world, &mut stored, body, &files, Road::Channel)?;
    shelve(world, shelf, &files, call);
    messages::show(world, stored);
    Ok((
        200,
        payload::message(world, &world.messages[&id], Sight::App),
    ))
}

fn list(world: &World, channel: Id, call: &Call) -> Value {
    let query = |wanted: &str| {
        call.query
            .iter()
            .find(|(name, _)| name == wanted)
            .and_then(|(_, value)| value.parse::<Id>().ok())
    };
    if world.bot_permissions(channel) & READ_MESSAGE_HISTORY == 0 {
        return json!([]);
    }
    let limit = usize::try_from(query("limit").unwrap_or(50).min(100)).unwrap_or(100);
    let there = world.messages.values().rev().filter(|stored| {
        let between = query("before").is_none_or(|before| stored.id < before)
            && query("after").is_none_or(|after| stored.id > after);
        stored.channel == channel && !stored.deleted && !stored.is_ephemeral() && between
    });
    let payload = |stored| payload::message(world, stored, Sight::App);
    there.take(limit).map(payload).collect()
}

fn edit(world: &mut World, shelf: &Shelf, channel: Id, message: &str, call: &Call) -> Answer {
    let id = visible(world, channel, message)?;
    let mut stored = world.messages[&id].clone();
    if stored.author != BOT {
        return Err(Refusal::new(
            403,
            50005,
            "Cannot edit a message authored by another user",
        ));
    }
    let files = uploads(world, channel, call);
    messages::fill(world, &mut stored, &call.body, &files, Road::Channel)?;
    shelve(world, shelf, &files, call);
    messages::replace(world, stored);
    Ok((
        200,
        payload::message(world, &world.messages[&id], Sight::App),
    ))
}

/// The uploaded files of a call as attachments of a message.
pub(super) fn uploads(world: &mut World, channel: Id, call: &Call) -> Vec<Value> {
    let mut attachments = Vec::new();
    for part in &call.files {
        let filename = part
            .filename
            .clone()
            .unwrap_or_else(|| "unknown".to_owned());
        attachments.push(attachment(
            world,
            channel,
            &filename,
            part.content_type.as_deref(),
            part.bytes.len(),
        ));
    }
    attachments
}

/// One attachment with its address on the double's own file server.
pub(super) fn attachment(
    world: &mut World,
    channel: Id,
    filename: &str,
    kind: Option<&str>,
    size: usize,
) -> Value {
    let id = world.next_id();
    let url = format!(
        "{}/attachments/{channel}/{id}/{}",
        world.cdn,
        encoded(filename)
    );
    json!({
        "id": id.to_string(),
        "filename": filename,
        "size": size,
        "url": format!("{url}?ex=7fffffff&is=0&hm=0"),
        "proxy_url": url,
        "content_type": kind,
        "ephemeral": false,
    })
}

/// A file name as part of an address.
fn encoded(filename: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    filename
        .bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// Lays the uploaded bytes where their addresses point.
pub(super) fn shelve(world: &World, shelf: &Shelf, attachments: &[Value], call: &Call) {
    for (attachment, part) in attachments.iter().zip(&call.files) {
        let url = attachment["proxy_url"].as_str().unwrap_or_default();
        let content_type = part
            .content_type
            .clone()
            .unwrap_or_else(|| "application/octet-stream".to_owned());
        let path = url.strip_prefix(&world.cdn).unwrap_or(url);
        shelf.put(
            path,
            File {
                content_type,
                bytes: part.bytes.clone(),
                gone: false,
            },
        );
    }
}

fn command_routes(world: &mut World, call: &Call, guild: Option<Id>, rest: &[&str]) -> Answer {
    let body = &call.body;
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok((200, json!(world.commands.list(guild)))),
        ("PUT", []) => {
            world.commands.n_puts += 1;
            let list = register(world, body, guild)?;
            world.commands.list(guild).clone_from(&list);
            Ok((200, json!(list)))
        }
        ("POST", []) => {
            let added = register(world, &json!([body]), guild)?.remove(0);
            let list = world.commands.list(guild);
            list.retain(|known| known["id"] != added["id"]);
            list.push(added.clone());
            Ok((200, added))
        }
        (method, [id]) => {
            let list = world.commands.list(guild);
            let nth = list.iter().position(|known| known["id"] == *id);
            let nth = nth.ok_or_else(|| Refusal::unknown(10063, "application command"))?;
            match method {
                "GET" => Ok((200, list[nth].clone())),
                "DELETE" => {
                    list.remove(nth);
                    Ok(NOTHING)
                }
                _ => Err(no_route()),
            }
        }
        _ => Err(no_route()),
    }
}

fn register(world: &mut World, body: &Value, guild: Option<Id>) -> Result<Vec<Value>, Refusal> {
    let old = world.commands.list(guild).clone();
    commands::registration(body, &old, BOT, guild, || world.next_id())
}
