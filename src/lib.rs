//! Sanad answers questions in Arabic or English with the best-matching passage of a source, quoted exactly, and its citation.
//!
//! No sentence is composed: what Sanad says stands in a source, and it shows where.
//!
//! # Layout
//! Dependencies point one way, top to bottom; nothing points back.
//!
//! | module | what it knows |
//! |---|---|
//! | [`language`] | Arabic and English: folding, stems, stop words, numbers and dates, names across scripts, the lexicon |
//! | [`source`] | what a source is, and how its bytes become passages and footnotes |
//! | [`catalogue`] | what each library holds: sources and their versions, settings (SQLite) |
//! | [`index`] | schema, build, fingerprint, candidate search (Tantivy) |
//! | [`answer`] | question → outcome: understanding, ranking, choice, confidence, the sentence to mark |
//! | [`library`] | one library, catalogue and index together: the handle that the edges hold |
//! | [`fetch`] | sources from web addresses: which may be asked, what they answer |
//! | [`wording`] | every sentence said to people, Arabic and English side by side |
//! | [`cli`] | the terminal, one command a file |
//! | `discord` | the bot, one command a file (feature `discord`) |
//!
//! # Data flow
//! text → [`answer::Question`] → term groups → candidates ([`index`]) → re-ranked ([`answer`]) → outcome → reply.
//! Imported lexicons ([`language::layers`]) are read for the term groups alone; indexes depend on our own lexicon only.
//!
//! # Invariants
//! - Nothing but `fetch` and `discord` needs a network, and `fetch` reaches no private address that was not allowed.
//! - `tantivy` is named only under `index`, `poise` and `serenity` only under `discord`, the database driver only under
//!   `catalogue`.
//! - Nothing here alters a source's text: folding happens inside tokens, which keep byte offsets into the original.
//! - Nothing is lost with `index/`: the catalogue is the truth, and an index built from other data or by another
//!   analyzer is never searched.
//! - No sentence of a source reaches a user without its citation; «not found» is an answer, not an error.
//! - No library sees another's sources, counts or statistics.
//! - No question is logged above `debug`, no token at all.
//! - Nothing invisible is inserted into a quote: un-escaped, a shown passage is the stored bytes.

#![cfg_attr(
    test,
    allow(
        clippy::string_slice,
        reason = "a test that panics is a test that fails"
    ),
    allow(
        clippy::format_collect,
        clippy::format_push_string,
        clippy::items_after_statements,
        clippy::match_same_arms,
        clippy::similar_names,
        clippy::single_range_in_vec_init,
        clippy::too_many_lines,
        clippy::type_complexity,
        reason = "a test is told in one piece, and where its input is made nobody counts allocations"
    )
)]

pub mod answer;
pub mod catalogue;
pub mod cli;
pub mod config;
#[cfg(feature = "discord")]
pub mod discord;
pub mod fetch;
pub mod index;
pub mod language;
pub mod library;
pub mod source;
pub mod wording;
