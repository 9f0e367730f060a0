//! Who changed what: the audit log, read.

use serde_json::Value;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::records::unexpected;
use super::{Catalogue, Error};
use crate::source::SourceId;

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number; later lines have greater ones.
    pub id: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who: `terminal`, `sanad`, or a person's id.
    pub by: String,
    /// What was done: `make`, `add`, `withdraw`, `restore`, `limit`, `set`, `purge`, `import`.
    pub what: String,
    /// What it was before.
    pub was: Option<Value>,
    /// What it became.
    pub became: Option<Value>,
}

/// The log of a library back from a line.
const LOG_BACKWARDS: &str = "SELECT id, at, changed_by, what, was, became FROM audit \
     WHERE library = $1 AND id < $2 AND \
     ($3 = '' OR SUBSTR(became, 1, $4) = $3 OR SUBSTR(was, 1, $4) = $3) ORDER BY id DESC LIMIT $5";
/// The same on from a line.
const LOG_FORWARDS: &str = "SELECT id, at, changed_by, what, was, became FROM audit \
     WHERE library = $1 AND id > $2 AND \
     ($3 = '' OR SUBSTR(became, 1, $4) = $3 OR SUBSTR(was, 1, $4) = $3) ORDER BY id LIMIT $5";

/// Which lines of the log are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// The latest.
    Latest,
    /// The latest of those before a line.
    Before(i64),
    /// The earliest of those after a line.
    After(i64),
}

impl Catalogue {
    /// Lines of the log of a library, or of one source in it, the latest first, at most `limit` of them.
    pub async fn audit(
        &self,
        library: &str,
        source: Option<&SourceId>,
        lines: Lines,
        limit: u32,
    ) -> Result<Vec<Entry>, Error> {
        // What is said of a source begins with its id, which holds nothing that JSON would write otherwise.
        let begins = source.map_or_else(String::new, |id| format!("{{\"source\":\"{id}\""));
        let n_characters = i64::try_from(begins.chars().count()).unwrap_or(i64::MAX);
        let (query, border) = match lines {
            Lines::Latest => (LOG_BACKWARDS, i64::MAX),
            Lines::Before(id) => (LOG_BACKWARDS, id),
            Lines::After(id) => (LOG_FORWARDS, id),
        };
        let rows = sqlx::query(query)
            .bind(library)
            .bind(border)
            .bind(begins)
            .bind(n_characters)
            .bind(i64::from(limit))
            .fetch_all(&self.light)
            .await?;
        let mut entries: Vec<Entry> = rows.iter().map(entry).collect::<Result<_, _>>()?;
        if query == LOG_FORWARDS {
            entries.reverse();
        }
        Ok(entries)
    }
}

fn entry(row: &AnyRow) -> Result<Entry, Error> {
    let state = |column: &str| -> Result<Option<Value>, Error> {
        let text: Option<String> = row.try_get(column)?;
        text.map(|text| serde_json::from_str(&text).map_err(|_| unexpected("JSON", &text)))
            .transpose()
    };
    Ok(Entry {
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        by: row.try_get("changed_by")?,
        what: row.try_get("what")?,
        was: state("was")?,
        became: state("became")?,
    })
}
