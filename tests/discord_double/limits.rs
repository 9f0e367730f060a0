//! What Discord refuses in a message, a modal or a list of suggestions.
//!
//! serenity checks only three of these (content, number of embeds, 6,000 characters per embed), so a length that the
//! bot gets wrong shows nowhere else than here. Lengths are counted in code points.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::refusal::{Faults, Refusal};

/// `IS_COMPONENTS_V2`, the message flag that replaces content and embeds by components.
pub(super) const COMPONENTS_V2: u64 = 1 << 15;

/// The locales that Discord knows. Arabic is not among them, which is the point of the check.
pub(super) const LOCALES: [&str; 32] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko",
];

const WEB: [&str; 2] = ["http://", "https://"];
/// Bytes of one uploaded file.
const FILE: usize = 10 * 1024 * 1024;

/// Checks the fields of a message that are present; emptiness is judged on the merged message, by its keeper.
pub(super) fn message(body: &Value, files: &[usize]) -> Result<(), Refusal> {
    if !body.is_object() {
        return Err(Refusal::form(
            "",
            "DICT_TYPE_CONVERT",
            "Only dictionaries may be used in a DictType",
        ));
    }
    if files.iter().any(|&bytes| bytes > FILE) {
        return Err(Refusal::new(413, 40005, "Request entity too large"));
    }
    let mut faults = Faults::default();
    let v2 = body["flags"]
        .as_u64()
        .is_some_and(|flags| flags & COMPONENTS_V2 != 0);
    faults.text("content", &body["content"], 2000);
    embeds(&mut faults, &body["embeds"]);
    components(&mut faults, &body["components"], v2);
    allowed_mentions(&mut faults, &body["allowed_mentions"]);
    if !body["flags"].is_null() && body["flags"].as_u64().is_none() {
        faults.add("flags", "NUMBER_TYPE_COERCE", "Value is not int.");
    }
    if let Value::Bool(true) = body["enforce_nonce"]
        && body["nonce"].is_null()
    {
        faults.add("nonce", "BASE_TYPE_REQUIRED", "This field is required");
    }
    if body["nonce"].is_string() {
        faults.text("nonce", &body["nonce"], 25);
    }
    let attachments = faults.list("attachments", &body["attachments"], 10);
    for (nth, attachment) in attachments.iter().enumerate() {
        faults.text(
            &format!("attachments.{nth}.description"),
            &attachment["description"],
            1024,
        );
    }
    if files.len() > 10 {
        faults.add(
            "files",
            "BASE_TYPE_MAX_LENGTH",
            "Must be 10 or fewer in length.",
        );
    }
    if v2 {
        for legacy in ["content", "embeds"] {
            let used = match &body[legacy] {
                Value::String(text) => !text.is_empty(),
                Value::Array(list) => !list.is_empty(),
                _ => false,
            };
            if used {
                faults.add(
                    legacy,
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    format!("The `{legacy}` field cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
                );
            }
        }
    }
    faults.settle()
}

fn embeds(faults: &mut Faults, value: &Value) {
    let mut sum = 0;
    for (nth, embed) in faults.list("embeds", value, 10).iter().enumerate() {
        let at = |field: &str| format!("embeds.{nth}.{field}");
        if !embed.is_object() {
            faults.add(
                at(""),
                "MODEL_TYPE_CONVERT",
                "Only dictionaries may be used in a ModelType",
            );
            continue;
        }
        sum += faults.text(&at("title"), &embed["title"], 256);
        sum += faults.text(&at("description"), &embed["description"], 4096);
        if !embed["footer"].is_null() {
            sum += faults.required(&at("footer.text"), &embed["footer"]["text"], 2048);
        }
        if !embed["author"].is_null() {
            sum += faults.required(&at("author.name"), &embed["author"]["name"], 256);
            faults.url(&at("author.url"), &embed["author"]["url"], &WEB);
        }
        for (field_nth, field) in faults
            .list(&at("fields"), &embed["fields"], 25)
            .iter()
            .enumerate()
        {
            sum += faults.required(
                &at(&format!("fields.{field_nth}.name")),
                &field["name"],
                256,
            );
            sum += faults.required(
                &at(&format!("fields.{field_nth}.value")),
                &field["value"],
                1024,
            );
        }
        faults.url(&at("url"), &embed["url"], &WEB);
        for picture in ["image", "thumbnail"] {
            faults.url(
                &at(&format!("{picture}.url")),
                &embed[picture]["url"],
                &["http://", "https://", "attachment://"],
            );
        }
        faults.number(&at("color"), &embed["color"], 0, 0xFF_FFFF);
        faults.text(&at("timestamp"), &embed["timestamp"], 64);
    }
    if sum > 6000 {
        faults.add(
            "embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
            "Embed size exceeds maximum size of 6000",
        );
    }
}

fn components(faults: &mut Faults, value: &Value, v2: bool) {
    let mut seen = HashSet::new();
    let top = faults.list("components", value, if v2 { 40 } else { 5 });
    let mut count = Count::default();
    for (nth, component) in top.iter().enumerate() {
        let at = format!("components.{nth}");
        if component["type"] == 1 {
            count.parts += 1;
            row(faults, &at, component, &mut seen, &mut count);
        } else if v2 {
            part(faults, &at, component, &mut seen, &mut count);
        } else {
            faults.add(
                format!("{at}.type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1,).",
            );
        }
    }
    if count.parts > 40 && v2 {
        faults.add(
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            "The total number of components cannot exceed 40",
        );
    }
    if count.text > 4000 {
        faults.add(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            "Displayable text exceeds 4000 characters",
        );
    }
}

/// What is summed over a whole message of the newer components.
#[derive(Default)]
struct Count {
    parts: usize,
    text: usize,
}

/// One part of a message of the newer components (text, section, container …).
fn part(
    faults: &mut Faults,
    at: &str,
    component: &Value,
    seen: &mut HashSet<String>,
    count: &mut Count,
) {
    count.parts += 1;
    match component["type"].as_u64() {
        Some(1) => row(faults, at, component, seen, count),
        Some(2) => button(faults, at, component, seen),
        Some(10) => {
            count.text += faults.required(&format!("{at}.content"), &component["content"], 4000);
        }
        Some(9 | 17) => {
            for (nth, inner) in faults
                .list(&format!("{at}.components"), &component["components"], 40)
                .iter()
                .enumerate()
            {
                part(
                    faults,
                    &format!("{at}.components.{nth}"),
                    inner,
                    seen,
                    count,
                );
            }
            if component["accessory"].is_object() {
                part(
                    faults,
                    &format!("{at}.accessory"),
                    &component["accessory"],
                    seen,
                    count,
                );
            }
        }
        Some(11..=14) => {}
        _ => faults.add(
            format!("{at}.type"),
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" must be one of (1, 9, 10, 11, 12, 13, 14, 17).",
        ),
    }
}

fn row(faults: &mut Faults, at: &str, row: &Value, seen: &mut HashSet<String>, count: &mut Count) {
    let at = format!("{at}.components");
    let inside = faults.list(&at, &row["components"], 5);
    count.parts += inside.len();
    if inside.is_empty() {
        faults.add(
            &at,
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 5 in length.",
        );
    }
    if inside.len() > 1 && inside.iter().any(|component| component["type"] != 2) {
        faults.add(
            &at,
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "Row exceeds maximum width",
        );
    }
    for (nth, component) in inside.iter().enumerate() {
        let at = format!("{at}.{nth}");
        match component["type"].as_u64() {
            Some(2) => button(faults, &at, component, seen),
            Some(3 | 5..=8) => select(faults, &at, component, seen),
            _ => faults.add(
                format!("{at}.type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).",
            ),
        }
    }
}

fn custom_id(faults: &mut Faults, at: &str, component: &Value, seen: &mut HashSet<String>) {
    let at = format!("{at}.custom_id");
    faults.required(&at, &component["custom_id"], 100);
    if let Some(id) = component["custom_id"].as_str()
        && !seen.insert(id.to_owned())
    {
        faults.add(
            at,
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        );
    }
}

fn button(faults: &mut Faults, at: &str, button: &Value, seen: &mut HashSet<String>) {
    faults.text(&format!("{at}.label"), &button["label"], 80);
    let labelled = button["label"]
        .as_str()
        .is_some_and(|label| !label.trim().is_empty());
    match button["style"].as_u64() {
        Some(1..=4) => {
            custom_id(faults, at, button, seen);
            if !button["url"].is_null() {
                faults.add(
                    format!("{at}.url"),
                    "BUTTON_COMPONENT_INVALID_URL",
                    "A button with a custom id cannot have a url",
                );
            }
        }
        Some(5) => {
            if !button["custom_id"].is_null() {
                faults.add(
                    format!("{at}.custom_id"),
                    "BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED",
                    "A link button cannot have a custom id",
                );
            }
            faults.required(&format!("{at}.url"), &button["url"], 512);
            faults.url(
                &format!("{at}.url"),
                &button["url"],
                &["http://", "https://", "discord://"],
            );
        }
        Some(6) => return,
        _ => faults.add(
            format!("{at}.style"),
            "BASE_TYPE_CHOICES",
            "Value must be one of {1, 2, 3, 4, 5, 6}.",
        ),
    }
    if !labelled && button["emoji"].is_null() {
        faults.add(
            at,
            "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
            "A button must have a label or an emoji",
        );
    }
    emoji(faults, &format!("{at}.emoji"), &button["emoji"]);
}

/// A named emoji without an id must be the character itself; `:book:` is refused.
fn emoji(faults: &mut Faults, at: &str, emoji: &Value) {
    let named = emoji["name"]
        .as_str()
        .is_some_and(|name| !name.is_empty() && !name.is_ascii());
    if emoji.is_object() && emoji["id"].is_null() && !named {
        faults.add(
            format!("{at}.name"),
            "BUTTON_COMPONENT_INVALID_EMOJI",
            "Invalid emoji",
        );
    }
}

fn select(faults: &mut Faults, at: &str, select: &Value, seen: &mut HashSet<String>) {
    custom_id(faults, at, select, seen);
    faults.text(&format!("{at}.placeholder"), &select["placeholder"], 150);
    faults.number(&format!("{at}.min_values"), &select["min_values"], 0, 25);
    faults.number(&format!("{at}.max_values"), &select["max_values"], 1, 25);
    let list = format!("{at}.options");
    let options = faults.list(&list, &select["options"], 25);
    if select["type"] != 3 {
        return;
    }
    if options.is_empty() {
        faults.add(
            &list,
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 25 in length.",
        );
    }
    let most = usize::try_from(select["max_values"].as_u64().unwrap_or(1)).unwrap_or(usize::MAX);
    if most > options.len().max(1) {
        faults.add(
            format!("{at}.max_values"),
            "SELECT_COMPONENT_MAX_VALUES_TOO_LARGE",
            "max_values exceeds the number of options",
        );
    }
    let mut values = HashSet::new();
    let mut n_chosen = 0;
    for (nth, option) in options.iter().enumerate() {
        let at = format!("{list}.{nth}");
        faults.required(&format!("{at}.label"), &option["label"], 100);
        faults.required(&format!("{at}.value"), &option["value"], 100);
        faults.text(&format!("{at}.description"), &option["description"], 100);
        emoji(faults, &format!("{at}.emoji"), &option["emoji"]);
        n_chosen += usize::from(option["default"] == true);
        if !values.insert(option["value"].to_string()) {
            faults.add(
                format!("{at}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
    if n_chosen > most {
        faults.add(
            list,
            "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
            "More default options than max_values",
        );
    }
}

fn allowed_mentions(faults: &mut Faults, value: &Value) {
    if value.is_null() {
        return;
    }
    for (nth, kind) in faults
        .list("allowed_mentions.parse", &value["parse"], 3)
        .iter()
        .enumerate()
    {
        match kind.as_str() {
            Some(kind @ ("users" | "roles")) => {
                if value[kind].as_array().is_some_and(|list| !list.is_empty()) {
                    faults.add(
                        "allowed_mentions",
                        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                        format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive."),
                    );
                }
            }
            Some("everyone") => {}
            _ => faults.add(
                format!("allowed_mentions.parse.{nth}"),
                "BASE_TYPE_CHOICES",
                "Value must be one of ('roles', 'users', 'everyone').",
            ),
        }
    }
    for kind in ["users", "roles"] {
        let path = format!("allowed_mentions.{kind}");
        for (nth, id) in faults.list(&path, &value[kind], 100).iter().enumerate() {
            if super::payload::id(id).is_none() {
                faults.add(
                    format!("{path}.{nth}"),
                    "NUMBER_TYPE_COERCE",
                    "Value is not snowflake.",
                );
            }
        }
    }
}

/// Checks the suggestions of an autocompletion against the kind of the option (3 text, 4 whole number, 10 number).
pub(super) fn choices(data: &Value, kind: u64) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    if !data["choices"].is_array() {
        faults.add(
            "data.choices",
            "BASE_TYPE_REQUIRED",
            "This field is required",
        );
    }
    for (nth, choice) in faults
        .list("data.choices", &data["choices"], 25)
        .iter()
        .enumerate()
    {
        let at = format!("data.choices.{nth}");
        faults.required(&format!("{at}.name"), &choice["name"], 100);
        localizations(
            &mut faults,
            &format!("{at}.name_localizations"),
            &choice["name_localizations"],
            100,
        );
        choice_value(&mut faults, &format!("{at}.value"), &choice["value"], kind);
    }
    faults.settle()
}

/// Checks the value of one choice, of a command or of an autocompletion.
pub(super) fn choice_value(faults: &mut Faults, at: &str, value: &Value, kind: u64) {
    match kind {
        4 if !value.is_i64() => faults.add(
            at,
            "NUMBER_TYPE_COERCE",
            format!("Value \"{value}\" is not int."),
        ),
        10 if !value.is_number() => faults.add(
            at,
            "NUMBER_TYPE_COERCE",
            format!("Value \"{value}\" is not a number."),
        ),
        3 => {
            faults.required(at, value, 100);
        }
        _ => {}
    }
}

/// Checks a map from locale to text. One unknown locale refuses the whole request.
pub(super) fn localizations(faults: &mut Faults, at: &str, value: &Value, max: usize) {
    for (locale, text) in value.as_object().unwrap_or(&Map::new()) {
        if !LOCALES.contains(&locale.as_str()) {
            faults.add(
                format!("{at}.{locale}"),
                "ENUM_TYPE_COERCE",
                format!(
                    "Value \"{locale}\" is not a valid enum value. Value must be one of ({}).",
                    LOCALES.join(", ")
                ),
            );
        }
        faults.required(&format!("{at}.{locale}"), text, max);
    }
}

/// Checks a modal.
pub(super) fn modal(data: &Value) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    let mut seen = HashSet::new();
    faults.required("data.title", &data["title"], 45);
    faults.required("data.custom_id", &data["custom_id"], 100);
    let parts = faults.list("data.components", &data["components"], 5);
    if parts.is_empty() {
        faults.add(
            "data.components",
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 5 in length.",
        );
    }
    for (nth, part) in parts.iter().enumerate() {
        let at = format!("data.components.{nth}");
        match part["type"].as_u64() {
            Some(1) => {
                let inside = faults.list(&format!("{at}.components"), &part["components"], 1);
                if inside.is_empty() {
                    faults.add(
                        format!("{at}.components"),
                        "BASE_TYPE_BAD_LENGTH",
                        "Must be between 1 and 1 in length.",
                    );
                }
                for input in inside {
                    faults.required(&format!("{at}.components.0.label"), &input["label"], 45);
                    text_input(&mut faults, &format!("{at}.components.0"), input, &mut seen);
                }
            }
            Some(18) => {
                faults.required(&format!("{at}.label"), &part["label"], 45);
                faults.text(&format!("{at}.description"), &part["description"], 100);
                match part["component"]["type"].as_u64() {
                    Some(4) => text_input(
                        &mut faults,
                        &format!("{at}.component"),
                        &part["component"],
                        &mut seen,
                    ),
                    _ => select(
                        &mut faults,
                        &format!("{at}.component"),
                        &part["component"],
                        &mut seen,
                    ),
                }
            }
            Some(10) => {
                faults.required(&format!("{at}.content"), &part["content"], 4000);
            }
            _ => faults.add(
                format!("{at}.type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1, 10, 18).",
            ),
        }
    }
    faults.settle()
}

fn text_input(faults: &mut Faults, at: &str, input: &Value, seen: &mut HashSet<String>) {
    if input["type"] != 4 {
        faults.add(
            format!("{at}.type"),
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" must be one of (4,).",
        );
    }
    custom_id(faults, at, input, seen);
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        faults.add(
            format!("{at}.style"),
            "BASE_TYPE_CHOICES",
            "Value must be one of {1, 2}.",
        );
    }
    faults.number(&format!("{at}.min_length"), &input["min_length"], 0, 4000);
    faults.number(&format!("{at}.max_length"), &input["max_length"], 1, 4000);
    let most = input["max_length"]
        .as_u64()
        .and_then(|most| usize::try_from(most).ok())
        .unwrap_or(4000);
    faults.text(&format!("{at}.value"), &input["value"], most);
    faults.text(&format!("{at}.placeholder"), &input["placeholder"], 100);
}
