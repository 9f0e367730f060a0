//! Bytes in a TEXT column: compressed (zstd), then base64, since neither BLOB nor BYTEA is known to both databases.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How hard zstd tries: its own default.
const LEVEL: i32 = 3;

/// Bytes as text.
pub(super) fn pack(bytes: &[u8]) -> String {
    let compressed = zstd::encode_all(bytes, LEVEL).expect("memory can be written to");
    STANDARD.encode(compressed)
}

/// The bytes of a text; none where it was not made by [`pack`].
pub(super) fn unpack(text: &str) -> Option<Vec<u8>> {
    let compressed = STANDARD.decode(text).ok()?;
    zstd::decode_all(compressed.as_slice()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_as_they_were() {
        for bytes in [
            &b""[..],
            "سند".as_bytes(),
            &[0, 255, 0xFE],
            &vec![7; 100_000],
        ] {
            assert_eq!(unpack(&pack(bytes)).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn what_was_altered_does_not_come_back() {
        let text = pack(b"the bytes of a source");
        assert_eq!(unpack(text.get(4..).unwrap()), None);
        assert_eq!(unpack("no base64!"), None);
    }
}
