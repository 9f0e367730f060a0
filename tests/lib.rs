//! Everything that is tested from outside, in one binary: the contents page.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test that panics is a test that fails"
)]
#![allow(
    clippy::format_collect,
    clippy::items_after_statements,
    clippy::too_many_lines,
    clippy::type_complexity,
    reason = "a conversation is told in one piece, and where its input is made nobody counts allocations"
)]

#[cfg(feature = "discord")]
mod discord;
#[cfg(feature = "discord")]
mod discord_double;
mod fuzz;
mod killed;
mod lexicon;
mod terminal;
mod walls;
mod worker;
