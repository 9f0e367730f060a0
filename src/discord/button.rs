//! The custom ids of buttons.
