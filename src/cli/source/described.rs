//! What a person at the terminal says of a source.

use clap::Args;

use crate::language::Language;
use crate::source::Metadata;

/// What citations are to name of a source, as flags.
#[derive(Debug, Args)]
pub(super) struct Described {
    /// The title; else the text's own
    #[arg(long)]
    title: Option<String>,
    /// The author or authors
    #[arg(long)]
    author: Option<String>,
    /// The editor
    #[arg(long)]
    editor: Option<String>,
    /// The edition
    #[arg(long)]
    edition: Option<String>,
    /// The publisher
    #[arg(long)]
    publisher: Option<String>,
    /// Where it was published
    #[arg(long)]
    place: Option<String>,
    /// The year, of whichever calendar: 2019, "1440 هـ"
    #[arg(long)]
    year: Option<String>,
    /// The licence under which it may be quoted
    #[arg(long)]
    licence: Option<String>,
    /// Where it can be found
    #[arg(long)]
    address: Option<String>,
    /// The day on which it was read there: 2026-11-25
    #[arg(long)]
    accessed: Option<String>,
    /// Its language, ar or en; else that of most of its letters
    #[arg(long, value_parser = language)]
    language: Option<Language>,
}

impl Described {
    /// What was said.
    pub(super) fn metadata(&self) -> Metadata {
        Metadata {
            title: self.title.clone(),
            language: self.language,
            author: self.author.clone(),
            editor: self.editor.clone(),
            edition: self.edition.clone(),
            publisher: self.publisher.clone(),
            place: self.place.clone(),
            year: self.year.clone(),
            licence: self.licence.clone(),
            address: self.address.clone(),
            accessed: self.accessed.clone(),
        }
    }
}

fn language(code: &str) -> Result<Language, &'static str> {
    match Language::from_code(code) {
        Some(language @ (Language::Arabic | Language::English)) => Ok(language),
        _ => Err("ar, en"),
    }
}
