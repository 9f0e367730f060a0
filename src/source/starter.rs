//! The starter sources.
