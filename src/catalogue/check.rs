//! Whether the database is whole and the bytes in it are those that were added.

use sqlx::{AnyConnection, Row as _};

use super::{Catalogue, Error, apart, passages};
use crate::source::SourceId;

/// Something amiss in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The database says this of itself.
    Database(String),
    /// The bytes of a version of this source are not those that were added.
    Source {
        /// The library.
        library: String,
        /// The source.
        source: SourceId,
    },
}

/// Looks through a database; what it says of itself where something is amiss.
pub(super) async fn database(connection: &mut AnyConnection) -> Vec<String> {
    let mut found = Vec::new();
    for query in [
        "PRAGMA integrity_check",
        "SELECT 'a line of `' || \"table\" || '` refers to one of `' || \"parent\" || '` that is missing' \
         FROM pragma_foreign_key_check",
    ] {
        let lines = sqlx::query_scalar::<_, String>(query)
            .fetch_all(&mut *connection)
            .await;
        match lines {
            Ok(lines) => found.extend(lines.into_iter().filter(|line| line != "ok")),
            // What cannot even be looked through says so itself.
            Err(error) => found.push(error.to_string()),
        }
    }
    found
}

impl Catalogue {
    /// Looks through the whole database; all that is amiss, in order, each once.
    pub async fn check(&self) -> Result<Vec<Damage>, Error> {
        let amiss = match self.light.acquire().await {
            Ok(mut connection) => database(&mut connection).await,
            Err(error) => vec![error.to_string()],
        };
        let mut found: Vec<Damage> = amiss.into_iter().map(Damage::Database).collect();
        match self.damaged_sources().await {
            Ok(sources) => found.extend(sources),
            Err(Error::Database(error)) => found.push(Damage::Database(error.to_string())),
            Err(error) => return Err(error),
        }
        found.dedup();
        Ok(found)
    }

    async fn damaged_sources(&self) -> Result<Vec<Damage>, Error> {
        let hashes: Vec<String> = sqlx::query_scalar("SELECT hash FROM content ORDER BY hash")
            .fetch_all(&self.light)
            .await?;
        let mut found = Vec::new();
        for hash in hashes {
            // One that cannot be read is as damaged as one that is another.
            let text: Option<String> =
                sqlx::query_scalar("SELECT bytes FROM content WHERE hash = $1")
                    .bind(&hash)
                    .fetch_one(&self.light)
                    .await
                    .ok();
            let wanted = hash.clone();
            let is_sound = apart(move || {
                text.is_some_and(|text: String| passages::verified(&text, &wanted).is_some())
            })
            .await;
            if is_sound {
                continue;
            }
            let sources = sqlx::query(
                "SELECT DISTINCT library, source FROM version WHERE content_hash = $1 ORDER BY library, source",
            )
            .bind(&hash)
            .fetch_all(&self.light)
            .await?;
            for row in sources {
                let library: String = row.try_get("library")?;
                let source: String = row.try_get("source")?;
                if let Ok(source) = source.parse() {
                    let damage = Damage::Source { library, source };
                    if !found.contains(&damage) {
                        found.push(damage);
                    }
                }
            }
        }
        Ok(found)
    }
}
