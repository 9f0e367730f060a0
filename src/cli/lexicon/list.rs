//! `sanad lexicon list`: what was imported.

use clap::Args;
use serde_json::{Value, json};

use super::super::source::table;
use super::super::terminal;
use crate::config::Config;
use crate::library::{Imported, Libraries};
use crate::wording::say;

/// The arguments of `sanad lexicon list`.
#[derive(Debug, Args)]
pub struct List {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let imported = Libraries::open(config).await?.lexicons().await?;
        if self.json {
            let lexicons: Vec<_> = imported.iter().map(object).collect();
            return terminal::print_json(&json!({"lexicons": lexicons}));
        }
        let language = terminal::language();
        if imported.is_empty() {
            return terminal::print(&format!("{}\n", say(language, "lexicon-none", &[])));
        }
        let mut table = table(&[
            say(language, "column-id", &[]),
            say(language, "column-entries", &[]),
            say(language, "column-alternatives", &[]),
            say(language, "column-at", &[]),
            say(language, "column-state", &[]),
        ]);
        for one in &imported {
            let state = if one.is_sound {
                say(language, "state-sound", &[])
            } else {
                say(language, "state-damaged", &[])
            };
            table.add_row([
                one.name.clone(),
                one.n_entries.to_string(),
                one.n_alternatives.to_string(),
                terminal::moment(one.imported_at),
                state,
            ]);
        }
        terminal::print(&format!("{}\n", table.trim_fmt()))
    }
}

/// An imported lexicon as JSON.
pub(super) fn object(imported: &Imported) -> Value {
    json!({
        "name": imported.name, "sound": imported.is_sound, "entries": imported.n_entries,
        "alternatives": imported.n_alternatives, "imported_at": imported.imported_at,
    })
}
