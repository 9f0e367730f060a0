//! Files of real producers, read whole.
use super::*;
#[test]
fn page_numbers_are_told_from_to() {
    assert_eq!(numbers(&[3, 7, 8, 9, 12]), "3, 7–9, 12");
}
