//! Sentences (placeholder until the real one is merged).
use super::Span;
/// The sentences of a text.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if matches!(c, '.' | '؟' | '!' | '?' | '\n')
            && chars
                .peek()
                .is_none_or(|(_, n)| n.is_whitespace() || *n == '[')
        {
            let mut end = i + c.len_utf8();
            while let Some((j, n)) = chars.peek().copied() {
                if n == '[' {
                    while let Some((k, m)) = chars.next() {
                        end = k + m.len_utf8();
                        if m == ']' {
                            break;
                        }
                    }
                } else {
                    let _ = j;
                    break;
                }
            }
            out.push(start..end);
            start = end;
            while let Some((j, n)) = chars.peek().copied() {
                if n.is_whitespace() {
                    chars.next();
                    start = j + n.len_utf8();
                } else {
                    break;
                }
            }
        }
    }
    if start < text.len() {
        out.push(start..text.len());
    }
    out
}
