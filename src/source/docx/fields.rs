//! Fields: an instruction that nobody sees, and the result that stands in its place.

/// One that is open.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    is_result: bool,
}

/// Those that are open, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<Field>);

impl Fields {
    /// A mark of a field: `begin`, `separate` or `end`.
    pub(super) fn mark(&mut self, kind: &str) {
        match kind {
            "begin" => self.0.push(Field::default()),
            "separate" => {
                if let Some(field) = self.0.last_mut() {
                    field.is_result = true;
                }
            }
            "end" => {
                self.0.pop();
            }
            _ => {}
        }
    }

    /// A piece of an instruction.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.0.last_mut() {
            field.instruction.push_str(text);
        }
    }

    /// Whether text that comes now is seen and is the document's own.
    pub(super) fn are_shown(&self) -> bool {
        self.0
            .iter()
            .all(|field| field.is_result && !makes_contents(&field.instruction))
    }

    /// Whether none is open.
    pub(super) fn are_closed(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether an instruction makes a table of contents, which says again what the headings say.
pub(super) fn makes_contents(instruction: &str) -> bool {
    let word = instruction.split_whitespace().next().unwrap_or_default();
    word.eq_ignore_ascii_case("toc")
}

/// The character that a symbol is: files keep those of old symbol fonts in the private area.
pub(super) fn symbol(font: &str, code: &str) -> Option<char> {
    const SYMBOL_UPPER: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const SYMBOL_LOWER: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    let code = u32::from_str_radix(code, 16).ok()?;
    let c = char::from_u32(code)?;
    let Some(low) = code.checked_sub(0xF000).filter(|low| *low <= 0xFF) else {
        return Some(c).filter(|c| !c.is_control());
    };
    let nth = |letters: &str, first: u32| letters.chars().nth((low - first) as usize);
    let known = match (font, low) {
        ("Symbol", 0x41..=0x5A) => nth(SYMBOL_UPPER, 0x41),
        ("Symbol", 0x61..=0x7A) => nth(SYMBOL_LOWER, 0x61),
        ("Symbol", 0xA3) => Some('≤'),
        ("Symbol", 0xAC) | ("Wingdings", 0xDF) => Some('←'),
        ("Symbol", 0xAE) | ("Wingdings", 0xE0) => Some('→'),
        ("Symbol", 0xB0) => Some('°'),
        ("Symbol", 0xB1) => Some('±'),
        ("Symbol", 0xB3) => Some('≥'),
        ("Symbol", 0xB4) => Some('×'),
        ("Symbol", 0xB7) => Some('•'),
        ("Symbol", 0xB9) => Some('≠'),
        ("Wingdings", 0xA7) => Some('▪'),
        ("Wingdings", 0xFB) => Some('✗'),
        ("Wingdings", 0xFC) => Some('✓'),
        ("Symbol", 0x28 | 0x29 | 0x2B | 0x2C | 0x2E..=0x3F | 0x5B | 0x5D | 0x7B..=0x7D) => {
            char::from_u32(low)
        }
        _ => None,
    };
    // One that is unknown stays what the file has; it is not lost, and nothing is invented.
    known.or(Some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_results_are_shown() {
        let mut fields = Fields::default();
        assert!(fields.are_shown());
        fields.mark("begin");
        fields.instruct(" HYPERLINK ");
        assert!(!fields.are_shown());
        fields.mark("separate");
        assert!(fields.are_shown());
        fields.mark("begin");
        assert!(!fields.are_shown() && !fields.are_closed());
        fields.mark("end");
        fields.mark("end");
        fields.mark("end");
        assert!(fields.are_closed());
        fields.mark("begin");
        fields.instruct(" TOC \\o ");
        fields.mark("separate");
        assert!(!fields.are_shown());
    }

    #[test]
    fn symbols_are_known_by_their_font() {
        #[track_caller]
        fn case(font: &str, code: &str, expected: Option<char>) {
            assert_eq!(symbol(font, code), expected);
        }
        case("Symbol", "F061", Some('α'));
        case("Symbol", "F057", Some('Ω'));
        case("Wingdings", "F0E0", Some('→'));
        case("AGA Arabesque", "F072", Some('\u{F072}'));
        case("Arial", "2022", Some('•'));
        case("Arial", "D800", None);
        case("Arial", "x", None);
        case("Arial", "0007", None);
    }
}
