//! Everything that is tested from outside, in one binary: the contents page.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test that panics is a test that fails"
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
