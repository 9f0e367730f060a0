//! What is kept beside the libraries: what the installation remembers, when the bot identified itself, what was asked.

use super::{Catalogue, Error};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Catalogue {
    /// Remembers a value under a key, over an earlier one.
    pub async fn remember(&self, key: &str, value: &str) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO memory (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .bind(value)
        .execute(&self.durable)
        .await?;
        self.look_again().await;
        Ok(())
    }

    /// Forgets what was remembered under a key.
    pub async fn forget(&self, key: &str) -> Result<(), Error> {
        sqlx::query("DELETE FROM memory WHERE name = $1")
            .bind(key)
            .execute(&self.durable)
            .await?;
        self.look_again().await;
        Ok(())
    }

    /// The value remembered under a key.
    pub async fn remembered(&self, key: &str) -> Result<Option<String>, Error> {
        let value = sqlx::query_scalar("SELECT value FROM memory WHERE name = $1")
            .bind(key)
            .fetch_optional(&self.light)
            .await?;
        Ok(value)
    }

    /// Notes that the bot identified itself at that moment, in milliseconds since 1970. What is older than two days is
    /// forgotten: the budget is one of 24 hours.
    pub async fn record_identify(&self, at_ms: i64) -> Result<(), Error> {
        let mut transaction = self.durable.begin().await?;
        sqlx::query("INSERT INTO identify (at) VALUES ($1)")
            .bind(at_ms)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM identify WHERE at < $1")
            .bind(at_ms.saturating_sub(2 * DAY_MS))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        self.look_again().await;
        Ok(())
    }

    /// When the bot identified itself since that moment, in milliseconds since 1970, the earliest first.
    pub async fn identifies_since(&self, at_ms: i64) -> Result<Vec<i64>, Error> {
        let moments = sqlx::query_scalar("SELECT at FROM identify WHERE at >= $1 ORDER BY at")
            .bind(at_ms)
            .fetch_all(&self.light)
            .await?;
        Ok(moments)
    }

    /// Keeps a question and what came of it, without who asked it; of the moment only the day.
    pub async fn keep_question(
        &self,
        library: &str,
        text: &str,
        language_code: &str,
        outcome_code: &str,
        at_ms: i64,
    ) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO question (library, question, language, outcome, asked_day) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(library)
        .bind(text)
        .bind(language_code)
        .bind(outcome_code)
        .bind(at_ms.div_euclid(DAY_MS))
        .execute(&self.light)
        .await?;
        self.look_again().await;
        Ok(())
    }

    /// Deletes the questions that were asked on days before the one of that moment.
    pub async fn forget_questions_before(
        &self,
        library: Option<&str>,
        at_ms: i64,
    ) -> Result<(), Error> {
        let day = at_ms.div_euclid(DAY_MS);
        let library = library.unwrap_or_default();
        let oldest: Option<i64> = sqlx::query_scalar(
            "SELECT MIN(asked_day) FROM question WHERE ($1 = '' OR library = $1)",
        )
        .bind(library)
        .fetch_one(&self.light)
        .await?;
        // Even a deletion of nothing would wait for others that write.
        if oldest.is_some_and(|oldest| oldest < day) {
            sqlx::query("DELETE FROM question WHERE asked_day < $1 AND ($2 = '' OR library = $2)")
                .bind(day)
                .bind(library)
                .execute(&self.durable)
                .await?;
            self.look_again().await;
        }
        Ok(())
    }

    /// The texts of the questions that are kept of a library.
    #[cfg(test)]
    pub(crate) async fn questions(&self, library: &str) -> Result<Vec<String>, Error> {
        let questions = sqlx::query_scalar("SELECT question FROM question WHERE library = $1")
            .bind(library)
            .fetch_all(&self.light)
            .await?;
        Ok(questions)
    }

    /// Asks for the number of the last change, now that we wrote something else: so the next question, which may be
    /// asked at any moment, need not.
    async fn look_again(&self) {
        if let Err(error) = self.change().await {
            tracing::warn!(%error, "the catalogue cannot be asked for its last change");
        }
    }
}
