//! `sanad settings`: what is set for a library.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Map, Value, json};

use super::{json, terminal};
use crate::config::Config;
use crate::library::setting::{SETTINGS, THRESHOLD, shape};
use crate::library::{LOCAL, Libraries, Library};
use crate::wording::{bad_setting, say};

/// What a value is called that takes a setting back.
const DEFAULT: &str = "default";
/// Who changes settings at the terminal, in the catalogue's words.
const BY: &str = "terminal";

/// The arguments of `sanad settings`.
#[derive(Debug, Args)]
pub struct Settings {
    /// The library
    #[arg(long, default_value = LOCAL)]
    library: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// The setting to change; without it all are shown
    #[arg(value_name = "SETTING", value_parser = SETTINGS.map(|(name, _)| name), requires = "value")]
    name: Option<String>,
    /// Its value, or `default` to take it back: threshold 0 to 1, language ar or en, lists of ids between commas, numbers
    value: Option<String>,
}

impl Settings {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let libraries = Libraries::open(config).await?;
        let library = super::library(&libraries, &self.library).await?;
        if let (Some(name), Some(value)) = (&self.name, &self.value) {
            let value = Some(value.as_str()).filter(|value| *value != DEFAULT);
            if let Some(value) = value
                && shape(name).and_then(|shape| shape.stored(value)).is_none()
            {
                let said = bad_setting(terminal::language(), name, value);
                clap::Error::raw(clap::error::ErrorKind::ValueValidation, format!("{said}\n"))
                    .exit();
            }
            library.set(name, value, BY).await?;
        }
        self.show(&library).await?;
        Ok(ExitCode::SUCCESS)
    }

    /// Tells what is set, and the threshold in any case: it holds for every library.
    async fn show(&self, library: &Library) -> anyhow::Result<()> {
        let set = library.settings().await?;
        let threshold = library.threshold().await?;
        let is_own = set.iter().any(|(name, _)| name == THRESHOLD);
        if self.json {
            let set: Map<String, Value> = set
                .into_iter()
                .map(|(name, value)| (name, value.into()))
                .collect();
            return terminal::print_json(&json!({
                "library": library.id(), "threshold": json::number(threshold), "set": set,
            }));
        }
        let language = terminal::language();
        let arguments = [("value", threshold.to_string().into())];
        let mut lines = vec![if is_own {
            say(language, "settings-threshold-own", &arguments)
        } else {
            say(language, "settings-threshold-configured", &arguments)
        }];
        let others = set.iter().filter(|(name, _)| name != THRESHOLD);
        lines.extend(others.map(|(name, value)| format!("{name}: {value}")));
        terminal::print(&format!("{}\n", lines.join("\n")))
    }
}
