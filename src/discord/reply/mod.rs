//! Pure functions from an outcome to a message.
