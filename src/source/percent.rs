//! Percent codes in paths and file names.

/// The bytes that a text with percent codes stands for; what is no code stands for itself.
pub(crate) fn decode(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        let code = match behind {
            [high, low, ..] if *first == b'%' => digit(*high).zip(digit(*low)),
            _ => None,
        };
        rest = if let Some((high, low)) = code {
            bytes.push(high << 4 | low);
            behind.get(2..).unwrap_or_default()
        } else {
            bytes.push(*first);
            behind
        };
    }
    bytes
}

/// The value of a hexadecimal digit.
pub(crate) fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_bytes_and_the_rest_stays() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(
                String::from_utf8(decode(text.as_bytes())).unwrap(),
                expected
            );
        }
        case("%D9%83%d8%aa%d8%a7%d8%a8.txt", "كتاب.txt");
        case("100%", "100%");
        case("%4", "%4");
        case("%zz%%41", "%zz%A");
        case("", "");
    }
}
