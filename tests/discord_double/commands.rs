//! The commands that the bot registers: Discord's rules for them, and what is remembered.
//!
//! A whole registration is refused for one fault in one command, as Discord does, and then nothing is registered: a
//! test that waits for the command fails with the list of what is there.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};
use unicode_normalization::char::is_combining_mark;

use super::{
    limits,
    refusal::{Faults, Refusal},
    world::Id,
};

/// What is registered, globally and per guild.
#[derive(Debug, Default)]
pub(super) struct Commands {
    pub(super) global: Vec<Value>,
    pub(super) of_guild: BTreeMap<Id, Vec<Value>>,
    /// How many times the whole list was put, refused ones included.
    pub(super) n_puts: usize,
}

impl Commands {
    /// The list of one guild, or the global one.
    pub(super) fn list(&mut self, guild: Option<Id>) -> &mut Vec<Value> {
        match guild {
            Some(guild) => self.of_guild.entry(guild).or_default(),
            None => &mut self.global,
        }
    }

    /// The commands offered in a place: a guild's own come before the global ones of the same name.
    pub(super) fn offered(&self, guild: Option<Id>, context: u64) -> Vec<&Value> {
        let own = guild
            .and_then(|guild| self.of_guild.get(&guild))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let global = self
            .global
            .iter()
            .filter(|command| allows(&command["contexts"], context));
        own.iter().chain(global).collect()
    }
}

fn allows(list: &Value, wanted: u64) -> bool {
    list.as_array()
        .is_none_or(|list| list.iter().any(|item| item == wanted))
}

/// Whether a command can be had in a place with the app installed in the given way (0 in the guild, 1 by the user).
pub(super) fn installs(command: &Value, way: u64) -> bool {
    match command["integration_types"].as_array() {
        Some(list) => list.iter().any(|item| item == way),
        None => way == 0,
    }
}

/// Checks a whole list and completes it as Discord answers it; commands of the same kind and name keep their id.
pub(super) fn registration(
    body: &Value,
    old: &[Value],
    application: Id,
    guild: Option<Id>,
    mut next_id: impl FnMut() -> Id,
) -> Result<Vec<Value>, Refusal> {
    let mut faults = Faults::default();
    let mut names = HashSet::new();
    let mut n_kinds: BTreeMap<u64, usize> = BTreeMap::new();
    let list = faults.list("", body, 130);
    if !body.is_array() {
        faults.add(
            "",
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        );
    }
    for (nth, command) in list.iter().enumerate() {
        check(&mut faults, &nth.to_string(), command);
        let kind = kind(command);
        *n_kinds.entry(kind).or_default() += 1;
        if !names.insert((kind, command["name"].to_string())) {
            faults.add(
                nth.to_string(),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    faults.settle()?;
    for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
        if n_kinds.get(&kind).copied().unwrap_or_default() > most {
            return Err(Refusal::new(
                400,
                30032,
                format!("Maximum number of application commands reached ({most})"),
            ));
        }
    }
    Ok(list
        .iter()
        .map(|command| complete(command, old, application, guild, &mut next_id))
        .collect())
}

/// The kind of a command; slash commands leave it out.
pub(super) fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

fn complete(
    command: &Value,
    old: &[Value],
    application: Id,
    guild: Option<Id>,
    next_id: &mut impl FnMut() -> Id,
) -> Value {
    let known = old
        .iter()
        .find(|known| known["name"] == command["name"] && kind(known) == kind(command));
    let mut whole = command.clone();
    whole["id"] = known.map_or_else(|| json!(next_id().to_string()), |known| known["id"].clone());
    whole["application_id"] = json!(application.to_string());
    whole["version"] = json!(next_id().to_string());
    whole["type"] = json!(kind(command));
    whole["description"] = json!(command["description"].as_str().unwrap_or_default());
    whole["default_permission"] = json!(true);
    if whole["options"].is_null() {
        whole["options"] = json!([]);
    }
    if let Some(guild) = guild {
        whole["guild_id"] = json!(guild.to_string());
    }
    whole
}

fn check(faults: &mut Faults, at: &str, command: &Value) {
    match kind(command) {
        1 => {
            name(faults, at, command);
            description(faults, at, command);
        }
        2 | 3 => {
            faults.required(&format!("{at}.name"), &command["name"], 32);
            if command["description"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
            {
                faults.add(
                    format!("{at}.description"),
                    "APPLICATION_COMMAND_INVALID_DESCRIPTION",
                    "Context menu commands cannot have description",
                );
            }
            limits::localizations(
                faults,
                &format!("{at}.name_localizations"),
                &command["name_localizations"],
                32,
            );
        }
        _ => faults.add(
            format!("{at}.type"),
            "BASE_TYPE_CHOICES",
            "Value must be one of {1, 2, 3}.",
        ),
    }
    let permissions = &command["default_member_permissions"];
    if !permissions.is_null()
        && permissions
            .as_str()
            .is_none_or(|bits| bits.parse::<u64>().is_err())
    {
        faults.add(
            format!("{at}.default_member_permissions"),
            "NUMBER_TYPE_COERCE",
            "Value is not a bit set.",
        );
    }
    for (field, most) in [("contexts", 2), ("integration_types", 1)] {
        for (nth, item) in faults
            .list(&format!("{at}.{field}"), &command[field], 3)
            .iter()
            .enumerate()
        {
            if item.as_u64().is_none_or(|item| item > most) {
                faults.add(
                    format!("{at}.{field}.{nth}"),
                    "ENUM_TYPE_COERCE",
                    format!("Value \"{item}\" is not a valid enum value."),
                );
            }
        }
    }
    options(faults, at, &command["options"], 0);
    if length(command) > 8000 {
        faults.add(
            at,
            "APPLICATION_COMMAND_TOO_LARGE",
            "Command exceeds maximum size (8000)",
        );
    }
}

fn options(faults: &mut Faults, at: &str, value: &Value, depth: usize) {
    let mut names = HashSet::new();
    let mut optional_seen = false;
    let at = format!("{at}.options");
    for (nth, option) in faults.list(&at, value, 25).iter().enumerate() {
        let at = format!("{at}.{nth}");
        name(faults, &at, option);
        description(faults, &at, option);
        if !names.insert(option["name"].to_string()) {
            faults.add(
                format!("{at}.name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name is already used",
            );
        }
        let kind = option["type"].as_u64().unwrap_or_default();
        match kind {
            1 if depth < 2 => options(faults, &at, &option["options"], 2),
            2 if depth < 1 => options(faults, &at, &option["options"], 1),
            3..=11 if depth != 1 => {}
            _ => faults.add(format!("{at}.type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types"),
        }
        if option["required"] == true && optional_seen {
            faults.add(
                at.clone(),
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional_seen |= kind > 2 && option["required"] != true;
        let choices = faults.list(&format!("{at}.choices"), &option["choices"], 25);
        for (choice_nth, choice) in choices.iter().enumerate() {
            let at = format!("{at}.choices.{choice_nth}");
            faults.required(&format!("{at}.name"), &choice["name"], 100);
            limits::localizations(
                faults,
                &format!("{at}.name_localizations"),
                &choice["name_localizations"],
                100,
            );
            limits::choice_value(faults, &format!("{at}.value"), &choice["value"], kind);
        }
        if option["autocomplete"] == true && (!choices.is_empty() || !matches!(kind, 3 | 4 | 10)) {
            faults.add(
                format!("{at}.autocomplete"),
                "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
                "autocomplete is for text and numbers without choices",
            );
        }
        faults.number(&format!("{at}.min_length"), &option["min_length"], 0, 6000);
        faults.number(&format!("{at}.max_length"), &option["max_length"], 1, 6000);
    }
}

/// `^[-_\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$` in lower case. The documented apostrophe is refused by the live API.
fn name(faults: &mut Faults, at: &str, command: &Value) {
    let path = format!("{at}.name");
    faults.required(&path, &command["name"], 32);
    name_letters(faults, &path, command["name"].as_str().unwrap_or_default());
    let map = format!("{at}.name_localizations");
    limits::localizations(faults, &map, &command["name_localizations"], 32);
    for (locale, text) in command["name_localizations"]
        .as_object()
        .into_iter()
        .flatten()
    {
        name_letters(
            faults,
            &format!("{map}.{locale}"),
            text.as_str().unwrap_or_default(),
        );
    }
}

fn name_letters(faults: &mut Faults, path: &str, name: &str) {
    // `is_alphanumeric` also takes vowel marks, which the pattern refuses outside Devanagari and Thai.
    let allowed = |letter: char| {
        matches!(letter, '-' | '_' | '\u{900}'..='\u{97F}' | '\u{E00}'..='\u{E7F}')
            || letter.is_alphanumeric() && !is_combining_mark(letter)
    };
    if !name.chars().all(allowed) || name.to_lowercase() != name {
        faults.add(
            path,
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid",
        );
    }
}

fn description(faults: &mut Faults, at: &str, command: &Value) {
    faults.required(&format!("{at}.description"), &command["description"], 100);
    limits::localizations(
        faults,
        &format!("{at}.description_localizations"),
        &command["description_localizations"],
        100,
    );
}

/// Characters of a command: names, descriptions and values, each with its longest translation.
fn length(command: &Value) -> usize {
    let text = |field: &str| {
        let translations = command[format!("{field}_localizations")]
            .as_object()
            .into_iter()
            .flatten();
        let longest = translations
            .filter_map(|(_, text)| text.as_str())
            .map(|text| text.chars().count())
            .max();
        command[field]
            .as_str()
            .map_or(0, |text| text.chars().count())
            .max(longest.unwrap_or_default())
    };
    let value = command["value"]
        .as_str()
        .map_or(0, |value| value.chars().count());
    let inner = ["options", "choices"]
        .into_iter()
        .filter_map(|list| command[list].as_array())
        .flatten();
    text("name") + text("description") + value + inner.map(length).sum::<usize>()
}
