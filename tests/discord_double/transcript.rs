//! The record of what people do and see, as plain text for a snapshot.
//!
//! Ids, times and tokens are left out, so two runs read alike. What nobody sees is not in it: a deferred answer appears
//! when it is filled, a refused request never (that is a violation).

use serde_json::Value;

use super::world::{BOT, BOT_NAME, Id, Stored, World};

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Shown,
    Edited,
    Deleted,
}

/// Notes that a message of the bot appeared, changed or went away.
pub(super) fn note_message(world: &mut World, id: Id, change: Change) {
    let stored = &world.messages[&id];
    let mut heading = format!("{BOT_NAME} in {}", world.place(stored.channel));
    if change == Change::Edited {
        heading = format!("{BOT_NAME} edits in {}", world.place(stored.channel));
    }
    if change == Change::Deleted {
        let line = format!(
            "{BOT_NAME} deletes in {}: {}",
            world.place(stored.channel),
            gist(world, stored)
        );
        return note(world, id_channel(world, id), line);
    }
    if let Some(person) = stored.seen_by {
        heading.push_str(&format!(", seen by {} only", world.name(person)));
    } else if let Some(question) = stored
        .reference
        .and_then(|reference| world.messages.get(&reference))
    {
        heading.push_str(&format!(", replying to {}", world.name(question.author)));
    } else if let Some(person) = stored
        .token
        .as_ref()
        .and_then(|token| world.interactions.get(token))
    {
        heading.push_str(&format!(", answering {}", world.name(person.person)));
    }
    let mut pinged: Vec<&str> = stored
        .mentions
        .iter()
        .map(|&person| world.name(person))
        .collect();
    if stored.mention_everyone {
        pinged.push("EVERYONE");
    }
    if !pinged.is_empty() && change == Change::Shown {
        heading.push_str(&format!(", pinging {}", pinged.join(", ")));
    }
    let text = body(world, stored)
        .lines()
        .map(|line| format!("\n  {line}"))
        .collect::<String>();
    note(world, id_channel(world, id), format!("{heading}:{text}"));
}

/// Notes what a person does or sees.
pub(super) fn note(world: &mut World, channel: Id, text: impl Into<String>) {
    let text = text.into();
    // Trailing blanks would not survive an inline snapshot.
    let text = text
        .lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n");
    world.log.push((channel, text));
}

/// The record, of one channel or of all.
pub(super) fn render(world: &World, channel: Option<Id>) -> String {
    let here = world
        .log
        .iter()
        .filter(|(place, _)| channel.is_none_or(|channel| channel == *place));
    here.map(|(_, text)| text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

/// A message as a person sees it.
pub(super) fn body(world: &World, stored: &Stored) -> String {
    if stored.is_thinking() {
        return "(thinking…)".to_owned();
    }
    let mut lines: Vec<String> = readable(world, &stored.content)
        .lines()
        .map(str::to_owned)
        .collect();
    for embed in &stored.embeds {
        lines.extend(
            embed_lines(embed)
                .iter()
                .map(|line| format!("│ {}", readable(world, line))),
        );
    }
    for attachment in &stored.attachments {
        lines.push(format!(
            "({}, {} bytes)",
            text(&attachment["filename"]),
            attachment["size"]
        ));
    }
    for component in &stored.components {
        component_lines(component, &mut lines);
    }
    lines.join("\n")
}

/// A person's words with their later lines set in, so that who speaks stays at the margin.
pub(super) fn indented(text: &str) -> String {
    text.replace('\n', "\n  ")
}

fn id_channel(world: &World, id: Id) -> Id {
    world.messages[&id].channel
}

/// The first line of a message, to point at it.
pub(super) fn gist(world: &World, stored: &Stored) -> String {
    body(world, stored)
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn embed_lines(embed: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    if embed["author"]["name"].is_string() {
        lines.push(format!("by {}", text(&embed["author"]["name"])));
    }
    if embed["title"].is_string() {
        let link = embed["url"]
            .as_str()
            .map(|url| format!(" <{url}>"))
            .unwrap_or_default();
        lines.push(format!("# {}{link}", text(&embed["title"])));
    }
    lines.extend(text(&embed["description"]).lines().map(str::to_owned));
    for field in embed["fields"].as_array().into_iter().flatten() {
        let mut value = text(&field["value"]).lines();
        lines.push(format!(
            "{}: {}",
            text(&field["name"]),
            value.next().unwrap_or_default()
        ));
        lines.extend(value.map(|line| format!("  {line}")));
    }
    for picture in ["image", "thumbnail"] {
        if embed[picture]["url"].is_string() {
            lines.push(format!("({picture})"));
        }
    }
    if embed["footer"]["text"].is_string() {
        lines.extend(
            text(&embed["footer"]["text"])
                .lines()
                .map(|line| format!("— {line}")),
        );
    }
    lines
}

fn component_lines(component: &Value, lines: &mut Vec<String>) {
    match component["type"].as_u64() {
        Some(1) => {
            let row = component["components"].as_array().into_iter().flatten();
            lines.push(row.map(component_text).collect::<Vec<_>>().join(" "));
        }
        Some(10) => lines.extend(text(&component["content"]).lines().map(str::to_owned)),
        Some(14) => lines.push("———".to_owned()),
        Some(9 | 17) => {
            for inner in component["components"].as_array().into_iter().flatten() {
                component_lines(inner, lines);
            }
            if component["accessory"].is_object() {
                lines.push(component_text(&component["accessory"]));
            }
        }
        _ => lines.push(component_text(component)),
    }
}

fn component_text(component: &Value) -> String {
    let off = if component["disabled"] == true {
        " (off)"
    } else {
        ""
    };
    if component["type"] == 2 {
        let link = component["url"]
            .as_str()
            .map(|url| format!(" → {url}"))
            .unwrap_or_default();
        return format!("[{}{link}{off}]", label(component));
    }
    let options = component["options"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|option| {
            let chosen = if option["default"] == true { "*" } else { "" };
            format!("{chosen}{}", text(&option["label"]))
        });
    format!(
        "[▾ {}: {}{off}]",
        text(&component["placeholder"]),
        options.collect::<Vec<_>>().join(" | ")
    )
}

/// What is written on a button: emoji and label.
pub(super) fn label(component: &Value) -> String {
    let parts = [text(&component["emoji"]["name"]), text(&component["label"])];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Writes mentions as names, and hides ids and times, which differ from run to run.
pub(super) fn readable(world: &World, content: &str) -> String {
    let mut out = String::new();
    let mut rest = content;
    while let Some(start) = rest.find('<') {
        let (before, tail) = rest.split_at(start);
        out.push_str(before);
        let read = tail
            .find('>')
            .and_then(|end| Some((marker(world, tail.get(1..end)?)?, tail.get(end + 1..)?)));
        if let Some((name, after)) = read {
            out.push_str(&name);
            rest = after;
        } else {
            out.push('<');
            rest = tail.strip_prefix('<').unwrap_or_default();
        }
    }
    out.push_str(rest);
    masked(&out)
}

/// The reading of what stands between angle brackets, if it is one of Discord's markers.
fn marker(world: &World, inside: &str) -> Option<String> {
    if let Some(user) = inside
        .strip_prefix('@')
        .and_then(|id| id.trim_start_matches('!').parse().ok())
    {
        return Some(format!("@{}", world.name(user)));
    }
    if let Some(role) = inside
        .strip_prefix("@&")
        .and_then(|id| id.parse::<Id>().ok())
    {
        let mut roles = world.guilds.values().flat_map(|guild| &guild.roles);
        return Some(format!(
            "@{}",
            roles
                .find(|known| known.id == role)
                .map_or("role", |role| &role.name)
        ));
    }
    if let Some(channel) = inside.strip_prefix('#').and_then(|id| id.parse().ok()) {
        return Some(format!(
            "#{}",
            world
                .channels
                .get(&channel)
                .map_or("channel", |channel| &channel.name)
        ));
    }
    if let Some((command, id)) = inside
        .strip_prefix('/')
        .and_then(|inside| inside.rsplit_once(':'))
    {
        return id.parse::<Id>().ok().map(|_| format!("/{command}"));
    }
    inside.starts_with("t:").then(|| "‹time›".to_owned())
}

/// Hides every run of digits that is long enough to be an id, and every interaction token.
pub(super) fn masked(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if digits.len() >= 17 {
            out.push_str("‹id›");
        } else {
            out.push_str(&digits);
        }
        digits.clear();
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}

/// The name under which a person appears.
pub(super) fn actor(world: &World, person: Id, channel: Id) -> String {
    if person == BOT {
        return BOT_NAME.to_owned();
    }
    format!("{} in {}", world.name(person), world.place(channel))
}
