//! Who changed what: the audit log, read.

use serde_json::Value;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::records::unexpected;
use super::{Catalogue, Error};

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

impl Catalogue {
    /// The log of a library, the latest first, at most `limit` lines; only those before a line where one is named.
    pub async fn audit(
        &self,
        library: &str,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Entry>, Error> {
        let rows = sqlx::query(
            "SELECT id, at, changed_by, what, was, became FROM audit \
             WHERE library = $1 AND ($2 = 0 OR id < $2) ORDER BY id DESC LIMIT $3",
        )
        .bind(library)
        .bind(before.unwrap_or(0))
        .bind(i64::from(limit))
        .fetch_all(&self.light)
        .await?;
        rows.iter().map(entry).collect()
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
