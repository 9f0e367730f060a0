//! How a word processor writes a number: `iv`, `د`, `†`.

/// The letters in the order of the alphabet.
const ALPHABET: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";

/// The letters in the order of their values.
const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";

/// A number in a format, by the name that files give it; as digits where it is none that is known.
pub(super) fn written(number: u32, format: &str) -> String {
    match format {
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "lowerLetter" => repeated(number, "abcdefghijklmnopqrstuvwxyz"),
        "upperLetter" => repeated(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "arabicAlpha" => repeated(number, ALPHABET),
        "arabicAbjad" => repeated(number, ABJAD),
        "chicago" => repeated(number, "*†‡§"),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// The nth of some letters; behind the last they come doubled.
fn repeated(number: u32, letters: &str) -> String {
    let n_letters = u32::try_from(letters.chars().count()).unwrap_or(1);
    let Some(before) = number.checked_sub(1) else {
        return number.to_string();
    };
    let (times, nth) = (before / n_letters + 1, before % n_letters);
    let letter = letters.chars().nth(nth as usize);
    match letter {
        // Beyond that it is no numbering that anybody reads.
        Some(letter) if times <= 9 => letter.to_string().repeat(times as usize),
        _ => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    if number == 0 || number > 3_999 {
        return number.to_string();
    }
    let numerals = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut written = String::new();
    for (value, numeral) in numerals {
        while rest >= value {
            written.push_str(numeral);
            rest -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_every_format() {
        #[track_caller]
        fn case(number: u32, format: &str, expected: &str) {
            assert_eq!(written(number, format), expected);
        }
        case(12, "decimal", "12");
        case(7, "decimalZero", "07");
        case(4, "lowerRoman", "iv");
        case(1994, "upperRoman", "MCMXCIV");
        case(4_000, "lowerRoman", "4000");
        case(28, "lowerLetter", "bb");
        case(3, "arabicAlpha", "ت");
        case(3, "arabicAbjad", "ج");
        case(29, "arabicAbjad", "أأ");
        case(6, "chicago", "††");
        case(0, "upperLetter", "0");
        case(u32::MAX, "upperLetter", "4294967295");
        case(5, "something", "5");
    }
}
