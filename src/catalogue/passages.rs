//! The bytes of sources and what they were read into.

use sha2::{Digest as _, Sha256};
use sqlx::Row as _;

use super::{Catalogue, Error, SourceRecord, apart, packed};
use crate::source::{self, Passage};

/// The SHA-256 of bytes, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string can be written to");
        text
    })
}

/// Passages as they are stored.
pub(super) fn pack(passages: &[Passage]) -> String {
    packed::pack(&serde_json::to_vec(passages).expect("a passage is plain data"))
}

fn unpack(text: &str) -> Option<Vec<Passage>> {
    serde_json::from_slice(&packed::unpack(text)?).ok()
}

/// The bytes of a stored text; none where they are not those of the hash.
pub(super) fn verified(text: &str, wanted: &str) -> Option<Vec<u8>> {
    packed::unpack(text).filter(|bytes| hash(bytes) == wanted)
}

impl Catalogue {
    /// The bytes of a version, as they were added.
    pub async fn bytes(&self, record: &SourceRecord) -> Result<Vec<u8>, Error> {
        let hash = record.content_hash.clone();
        let text: Option<String> = sqlx::query_scalar("SELECT bytes FROM content WHERE hash = $1")
            .bind(&hash)
            .fetch_optional(&self.light)
            .await?;
        apart(move || {
            text.and_then(|text| verified(&text, &hash))
                .ok_or(Error::Content { hash })
        })
        .await
    }

    /// The passages of a version, in order. Where an earlier reader read them, or what it stored is damaged, the bytes
    /// are read again.
    pub async fn passages(&self, record: &SourceRecord) -> Result<Vec<Passage>, Error> {
        let stored = sqlx::query(
            "SELECT passages FROM parsed WHERE hash = $1 AND format = $2 AND reader = $3",
        )
        .bind(&record.content_hash)
        .bind(record.format.code())
        .bind(i64::from(source::VERSION))
        .fetch_optional(&self.light)
        .await?;
        if let Some(row) = stored {
            let text: String = row.try_get(0)?;
            if let Some(passages) = apart(move || unpack(&text)).await {
                return Ok(passages);
            }
        }
        let bytes = self.bytes(record).await?;
        let (format, reader) = (record.format, self.reader.clone());
        let read = apart(move || {
            let passages = reader.read(format, &bytes).source?.passages;
            Some((pack(&passages), passages))
        })
        .await;
        let Some((text, passages)) = read else {
            return Err(Error::Content {
                hash: record.content_hash.clone(),
            });
        };
        // Only so that it need not be read a third time.
        if let Err(error) = self.store_parsed(record, &text).await {
            tracing::warn!(%error, source = %record.id, "what was read again could not be stored");
        }
        Ok(passages)
    }

    async fn store_parsed(&self, record: &SourceRecord, text: &str) -> Result<(), Error> {
        sqlx::query(STORE_PARSED)
            .bind(&record.content_hash)
            .bind(record.format.code())
            .bind(i64::from(source::VERSION))
            .bind(text)
            .execute(&self.durable)
            .await?;
        Ok(())
    }
}

/// Stores what bytes were read into, over what another reader made of them.
pub(super) const STORE_PARSED: &str = "INSERT INTO parsed (hash, format, reader, passages) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (hash, format) DO UPDATE SET reader = excluded.reader, passages = excluded.passages";
