//! `sanad audit`: who changed what in a library.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::source::table;
use super::terminal;
use crate::catalogue::Entry;
use crate::config::Config;
use crate::library::{LOCAL, Libraries};
use crate::wording::say;

/// The arguments of `sanad audit`.
#[derive(Debug, Args)]
pub struct Audit {
    /// The library
    #[arg(long, default_value = LOCAL)]
    library: String,
    /// How many changes are shown, the latest first
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    /// Only those before the change with this number
    #[arg(long, value_name = "NUMBER")]
    before: Option<i64>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Audit {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let libraries = Libraries::open(config).await?;
        let library = super::library(&libraries, &self.library).await?;
        let log = library.audit(self.before, self.limit).await?;
        if self.json {
            let changes: Vec<Value> = log.iter().map(object).collect();
            terminal::print_json(&json!({"library": library.id(), "changes": changes}))?;
            return Ok(ExitCode::SUCCESS);
        }
        let language = terminal::language();
        let column = |id| say(language, id, &[]);
        let mut table = table(&[
            column("column-number"),
            column("column-at"),
            column("column-by"),
            column("column-change"),
            column("column-of"),
            column("column-before"),
            column("column-after"),
        ]);
        for entry in &log {
            table.add_row([
                entry.id.to_string(),
                terminal::moment(entry.at),
                entry.by.clone(),
                entry.what.clone(),
                subject(entry),
                state(entry.was.as_ref()),
                state(entry.became.as_ref()),
            ]);
        }
        terminal::print(&format!("{}\n", table.trim_fmt()))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn object(entry: &Entry) -> Value {
    json!({
        "number": entry.id, "at": entry.at, "by": entry.by, "what": entry.what,
        "before": entry.was, "after": entry.became,
    })
}

/// What was changed: a source or a setting.
fn subject(entry: &Entry) -> String {
    let state = entry.became.as_ref().or(entry.was.as_ref());
    let name = |field: &str| Some(state?[field].as_str()?.to_owned());
    name("source").or_else(|| name("name")).unwrap_or_default()
}

/// How it was or became, in short: a version, a value, who may see it.
fn state(state: Option<&Value>) -> String {
    let Some(state) = state else {
        return String::new();
    };
    if let Some(value) = state["value"].as_str() {
        return value.to_owned();
    }
    if let Some(limits) = state.get("limits") {
        return limits.to_string();
    }
    match (state["version"].as_u64(), state["withdrawn"] == true) {
        (Some(version), false) => version.to_string(),
        (Some(version), true) => format!("({version})"),
        (None, _) => String::new(),
    }
}
