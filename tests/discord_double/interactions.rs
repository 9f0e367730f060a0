//! The life of an interaction on Discord's side: one callback within the deadline, then edits and follow-ups while its
//! token lives.

use serde_json::{Value, json};

use super::{
    cdn::Shelf,
    limits,
    messages::{self, Road},
    payload::{self, Sight},
    refusal::Refusal,
    routes::{self, Answer},
    server::Call,
    transcript,
    world::{BOT, EPHEMERAL, Id, Interaction, LOADING, Stored, World},
};

/// Follow-ups to an interaction where the application is only installed by the user.
const USER_FOLLOW_UPS: usize = 5;

/// `POST /interactions/{id}/{token}/callback`.
pub(super) fn callback(
    world: &mut World,
    shelf: &Shelf,
    id: &str,
    token: &str,
    call: &Call,
) -> Answer {
    let unknown = || Refusal::unknown(10062, "interaction");
    let asked = world
        .interactions
        .get(token)
        .filter(|asked| id.parse() == Ok(asked.id))
        .cloned()
        .ok_or_else(unknown)?;
    if asked.callback.is_some() {
        return Err(Refusal::new(
            400,
            40060,
            "Interaction has already been acknowledged.",
        ));
    }
    if asked.expired || call.arrived.duration_since(asked.made) > world.deadline {
        return Err(unknown());
    }
    let kind = call.body["type"].as_u64().unwrap_or_default();
    if !fits(kind, &asked) {
        return Err(Refusal::form(
            "type",
            "INTERACTION_TYPE_INVALID",
            format!(
                "callback type {kind} cannot answer an interaction of type {}",
                asked.kind
            ),
        ));
    }
    carry_out(world, shelf, &asked, kind, call)?;
    update(world, token, |asked| {
        asked.callback = Some(kind);
        asked.latency = asked
            .sent
            .map(|sent| call.arrived.saturating_duration_since(sent));
    });
    if !call
        .query
        .iter()
        .any(|(name, value)| name == "with_response" && value == "true")
    {
        return Ok((204, Value::Null));
    }
    let asked = &world.interactions[token];
    let mut answer = json!({"interaction": {"id": asked.id.to_string(), "type": asked.kind}, "resource": {"type": kind}});
    if let Some(stored) = asked.original.and_then(|id| world.messages.get(&id)) {
        answer["resource"]["message"] = payload::message(world, stored, Sight::App);
    }
    Ok((200, answer))
}

/// Does what a callback asks for, or refuses and does nothing.
fn carry_out(
    world: &mut World,
    shelf: &Shelf,
    asked: &Interaction,
    kind: u64,
    call: &Call,
) -> Result<(), Refusal> {
    let (token, data) = (asked.token.as_str(), &call.body["data"]);
    match kind {
        4 => {
            let files = routes::uploads(world, asked.channel, call);
            let stored = new_message(world, asked, data, &files)?;
            routes::shelve(world, shelf, &files, call);
            let message = stored.id;
            update(world, token, |asked| asked.original = Some(message));
            messages::show(world, stored);
        }
        5 => {
            let mut stored = Stored::new(world.next_id(), asked.channel, BOT);
            stored.flags = LOADING | messages::ephemeral_flag(data);
            bind(&mut stored, asked);
            let message = stored.id;
            update(world, token, |asked| {
                asked.original = Some(message);
                asked.pending = true;
            });
            messages::show(world, stored);
        }
        6 => update(world, token, |asked| {
            asked.original = asked.message;
            asked.pending = true;
        }),
        7 => {
            let mut stored = standing(world, asked.message)?;
            let files = routes::uploads(world, asked.channel, call);
            messages::fill(world, &mut stored, data, &files, Road::Interaction)?;
            routes::shelve(world, shelf, &files, call);
            update(world, token, |asked| asked.original = asked.message);
            messages::replace(world, stored);
        }
        8 => {
            limits::choices(data, asked.option_kind)?;
            let list = data["choices"].as_array().into_iter().flatten();
            let names = list.map(|choice| choice["name"].as_str().unwrap_or_default());
            let names: String = names.map(|name| format!("\n  {name}")).collect();
            let line = format!("{} is suggested:{names}", world.name(asked.person));
            transcript::note(world, asked.channel, line);
            update(world, token, |asked| {
                asked.choices = Some(data["choices"].clone());
            });
        }
        _ => {
            limits::modal(data)?;
            let inputs = inputs(data).into_iter();
            let labels: String = inputs
                .map(|(_, label)| format!("\n  {label}: ____"))
                .collect();
            let title = data["title"].as_str().unwrap_or_default();
            let line = format!(
                "{} sees the form «{title}»:{labels}",
                world.name(asked.person)
            );
            transcript::note(world, asked.channel, line);
            update(world, token, |asked| asked.modal = Some(data.clone()));
        }
    }
    Ok(())
}

/// Whether a callback of that kind can answer the interaction.
fn fits(kind: u64, asked: &Interaction) -> bool {
    match kind {
        4 | 5 => asked.kind != 4,
        6 | 7 => asked.message.is_some() && matches!(asked.kind, 3 | 5),
        8 => asked.kind == 4,
        9 => matches!(asked.kind, 2 | 3),
        _ => false,
    }
}

/// `…/webhooks/{app}/{token}` and what lies under it.
pub(super) fn webhook(
    world: &mut World,
    shelf: &Shelf,
    token: &str,
    rest: &[&str],
    call: &Call,
) -> Answer {
    let unknown = || Refusal::unknown(10015, "Webhook");
    let asked = world.interactions.get(token).cloned().ok_or_else(unknown)?;
    if asked.expired {
        return Err(Refusal::new(401, 50027, "Invalid Webhook Token"));
    }
    if !matches!(asked.callback, Some(4..=7)) {
        return Err(unknown());
    }
    match (call.method.as_str(), rest) {
        ("POST", []) => {
            let original = asked.original.and_then(|id| world.messages.get(&id));
            if asked.pending && original.is_some_and(Stored::is_thinking) {
                // The first follow-up after a deferral is the deferred answer itself and keeps its visibility.
                return edit(
                    world,
                    shelf,
                    &asked,
                    asked.original.unwrap_or_default(),
                    call,
                );
            }
            if !world.bot_is_in(asked.channel) && asked.follow_ups.len() >= USER_FOLLOW_UPS {
                return Err(Refusal::new(
                    400,
                    40094,
                    "This interaction has reached the maximum number of follow-up messages",
                ));
            }
            let files = routes::uploads(world, asked.channel, call);
            let stored = new_message(world, &asked, &call.body, &files)?;
            routes::shelve(world, shelf, &files, call);
            let id = stored.id;
            update(world, token, |asked| {
                asked.follow_ups.push(id);
                asked.pending = false;
            });
            messages::show(world, stored);
            Ok((
                200,
                payload::message(world, &world.messages[&id], Sight::App),
            ))
        }
        (method, ["messages", message]) => {
            let id = if *message == "@original" {
                asked.original
            } else {
                message.parse().ok()
            };
            let own = |id: &Id| asked.original == Some(*id) || asked.follow_ups.contains(id);
            let there = |id: &Id| world.messages.get(id).is_some_and(|stored| !stored.deleted);
            let id = id
                .filter(own)
                .filter(there)
                .ok_or(Refusal::unknown(10008, "Message"))?;
            match method {
                "GET" => Ok((
                    200,
                    payload::message(world, &world.messages[&id], Sight::App),
                )),
                "PATCH" => edit(world, shelf, &asked, id, call),
                "DELETE" => {
                    update(world, token, |asked| asked.pending = false);
                    messages::remove(world, id);
                    Ok((204, Value::Null))
                }
                _ => Err(routes::no_route()),
            }
        }
        _ => Err(routes::no_route()),
    }
}

fn edit(world: &mut World, shelf: &Shelf, asked: &Interaction, id: Id, call: &Call) -> Answer {
    let mut stored = standing(world, Some(id))?;
    let files = routes::uploads(world, asked.channel, call);
    messages::fill(world, &mut stored, &call.body, &files, Road::Interaction)?;
    routes::shelve(world, shelf, &files, call);
    update(world, &asked.token, |asked| asked.pending = false);
    messages::replace(world, stored);
    Ok((
        200,
        payload::message(world, &world.messages[&id], Sight::App),
    ))
}

/// A copy of a message that is still there.
fn standing(world: &World, id: Option<Id>) -> Result<Stored, Refusal> {
    let stored = id.and_then(|id| world.messages.get(&id));
    let there = stored.filter(|stored| !stored.deleted).cloned();
    there.ok_or_else(|| Refusal::unknown(10008, "Message"))
}

/// A message that an interaction makes.
fn new_message(
    world: &mut World,
    asked: &Interaction,
    body: &Value,
    files: &[Value],
) -> Result<Stored, Refusal> {
    let mut stored = Stored::new(world.next_id(), asked.channel, BOT);
    messages::fill(world, &mut stored, body, files, Road::Interaction)?;
    stored.flags |= messages::ephemeral_flag(body);
    bind(&mut stored, asked);
    Ok(stored)
}

/// Ties a message to its interaction.
fn bind(stored: &mut Stored, asked: &Interaction) {
    stored.token = Some(asked.token.clone());
    stored.metadata = Some(asked.metadata.clone());
    stored.seen_by = (stored.flags & EPHEMERAL != 0).then_some(asked.person);
}

fn update(world: &mut World, token: &str, change: impl FnOnce(&mut Interaction)) {
    if let Some(asked) = world.interactions.get_mut(token) {
        change(asked);
    }
}

/// The text inputs of a modal: custom id and label, of the old rows and the new labels alike.
pub(super) fn inputs(modal: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let parts = modal["components"].as_array().into_iter().flatten();
    let inputs = parts.filter_map(|part| match part["type"].as_u64() {
        Some(1) => Some((
            text(&part["components"][0]["custom_id"]),
            text(&part["components"][0]["label"]),
        )),
        Some(18) => Some((text(&part["component"]["custom_id"]), text(&part["label"]))),
        _ => None,
    });
    inputs.collect()
}
