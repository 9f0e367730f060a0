//! Reading.
/// Reads.
pub fn read(_bytes: &[u8]) -> super::Reading {
    todo!()
}
