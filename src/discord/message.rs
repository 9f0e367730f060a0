//! The gateway's messages.

use serenity::all::{Context, Message};

use super::data::Data;

/// A message that came in.
pub(super) async fn received(_context: &Context, _data: &Data, _message: &Message) {}
