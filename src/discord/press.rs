//! What buttons do.

use serenity::all::{ComponentInteraction, Context};

use super::data::Data;

/// A button that was pressed.
pub(super) async fn pressed(_context: &Context, _data: &Data, _press: &ComponentInteraction) {}
