//! `sanad lexicon import`: dictionaries become lexicons below our own.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::super::terminal;
use super::files::Files;
use super::list::object;
use super::name;
use crate::config::Config;
use crate::language::Language;
use crate::language::dictionary::Dictionary;
use crate::library::{Imported, Libraries};
use crate::source::SourceId;
use crate::wording::say;

/// The arguments of `sanad lexicon import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The files: .tsv (English and Arabic, or the four columns of our own lexicon), or an .index with its .dict or .dict.dz
    /// of dictd, of which one is named
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The name, for all files together; else each lexicon has the name of its file up to the first dot
    #[arg(long, value_parser = name)]
    name: Option<SourceId>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<()> {
        let language = terminal::language();
        let mut files: Vec<Files> = Vec::new();
        for named in &self.files {
            let found = Files::of(named)?;
            // An index and its texts may both be named.
            if !files.contains(&found) {
                files.push(found);
            }
        }
        // All are read before anything is changed.
        let mut lexicons: Vec<(SourceId, Dictionary)> = Vec::new();
        let bar = terminal::progress(files.len() as u64, String::new());
        for files in files {
            let name = match &self.name {
                Some(name) => name.clone(),
                None => files.name()?,
            };
            let shown = [("file", name.to_string().into())];
            bar.set_message(say(language, "progress-importing", &shown));
            let dictionary = files.read()?;
            match lexicons.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => known
                    .join(dictionary)
                    .map_err(|problem| files.refused(&problem))?,
                None => lexicons.push((name, dictionary)),
            }
            bar.inc(1);
        }
        let libraries = Libraries::open(config).await?;
        let mut imported = Vec::new();
        for (name, dictionary) in lexicons {
            imported.push(libraries.import_lexicon(&name, dictionary).await?);
        }
        bar.finish_and_clear();
        if self.json {
            let imported: Vec<_> = imported.iter().map(object).collect();
            return terminal::print_json(&json!({"imported": imported}));
        }
        let lines: Vec<String> = imported.iter().map(|one| said(language, one)).collect();
        terminal::print(&format!("{}\n", lines.join("\n")))
    }
}

fn said(language: Language, imported: &Imported) -> String {
    let entries = [("count", imported.n_entries.into())];
    let alternatives = [("count", imported.n_alternatives.into())];
    let arguments = [
        ("name", imported.name.clone().into()),
        ("entries", say(language, "count-entries", &entries).into()),
        (
            "alternatives",
            say(language, "count-alternatives", &alternatives).into(),
        ),
    ];
    say(language, "lexicon-imported", &arguments)
}
