//! What a Markdown file says of itself above its text: lines `key: value` between `---` and `---`.
//!
//! That is YAML, of which only what such files hold is read: values in quotes, lists in either form, values that go on in
//! indented lines. Keys that are no attribution are passed over.

use crate::source::Metadata;
use crate::source::html::{joined, language_of, licence, year};

/// What the front matter says, and the text below it with the number of lines above; none where there is none.
pub(super) fn split(text: &str) -> Option<(Metadata, &str, u32)> {
    let first = text.split_inclusive('\n').next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut entries: Vec<(String, Vec<String>)> = Vec::new();
    let mut length = first.len();
    for (n_lines, line) in (2..).zip(text.split_inclusive('\n').skip(1)) {
        length += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return (!entries.is_empty()).then(|| {
                let below = text.get(length..).unwrap_or_default();
                (metadata(&entries), below, n_lines)
            });
        }
        take(line, &mut entries)?;
    }
    None
}

/// Reads a line; none where it is no line of such a block, so that what stands between two rules is text.
fn take(line: &str, entries: &mut Vec<(String, Vec<String>)>) -> Option<()> {
    let said = line.trim();
    if said.is_empty() || said.starts_with('#') {
        return Some(());
    }
    let is_indented = line.starts_with([' ', '\t']) || said.starts_with("- ");
    if is_indented {
        let (_, values) = entries.last_mut()?;
        if let Some(item) = said.strip_prefix("- ") {
            // Of an author's fields the name is what counts.
            let item = item.strip_prefix("name:").unwrap_or(item);
            values.push(unquoted(item));
        } else if let Some(name) = said.strip_prefix("name:") {
            values.push(unquoted(name));
        } else if let Some(value) = values.last_mut() {
            let more = unquoted(said);
            if !value.is_empty() {
                value.push(' ');
            }
            value.push_str(&more);
        } else {
            values.push(unquoted(said));
        }
        return Some(());
    }
    let (key, value) = said.split_once(':')?;
    if key.is_empty() || key.split_whitespace().count() > 3 {
        return None;
    }
    let value = value.trim();
    let values = match value
        .strip_prefix('[')
        .and_then(|list| list.strip_suffix(']'))
    {
        Some(list) => list.split(',').map(unquoted).collect(),
        None if value.is_empty() || matches!(value, ">" | "|" | ">-" | "|-") => Vec::new(),
        None => vec![unquoted(value)],
    };
    entries.push((key.trim().to_lowercase(), values));
    Some(())
}

/// A value without the quotes around it.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        let inner = value
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote));
        if let Some(inner) = inner {
            return match quote {
                '"' => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
                _ => inner.replace("''", "'"),
            };
        }
    }
    value.to_owned()
}

fn metadata(entries: &[(String, Vec<String>)]) -> Metadata {
    let mut metadata = Metadata::default();
    for (key, values) in entries {
        let values: Vec<String> = values
            .iter()
            .filter(|value| !value.is_empty())
            .cloned()
            .collect();
        let Some(all) = joined(&values) else {
            continue;
        };
        let field = match key.as_str() {
            "title" | "العنوان" => &mut metadata.title,
            "author" | "authors" | "creator" | "المؤلف" => &mut metadata.author,
            "editor" | "editors" | "المحقق" => &mut metadata.editor,
            "edition" | "الطبعة" => &mut metadata.edition,
            "publisher" | "الناشر" => &mut metadata.publisher,
            "place" | "publisher-place" => &mut metadata.place,
            "year" | "السنة" => &mut metadata.year,
            "accessed" => &mut metadata.accessed,
            "url" | "address" | "canonical" | "source" => {
                let is_web = all.starts_with("https://") || all.starts_with("http://");
                if is_web {
                    metadata.address.get_or_insert(all);
                }
                continue;
            }
            "licence" | "license" | "rights" => {
                metadata.licence.get_or_insert_with(|| licence(&all));
                continue;
            }
            "lang" | "language" | "اللغة" => {
                metadata.language = metadata.language.or_else(|| language_of(&all));
                continue;
            }
            "date" | "التاريخ" => {
                metadata.year = metadata.year.take().or_else(|| year(&all));
                continue;
            }
            _ => continue,
        };
        field.get_or_insert(all);
    }
    metadata
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn all_that_a_file_says_of_itself_is_read() {
        let text = r#"---
# a comment
title: "نوح: «قصة»"
author: [ابن كثير, 'الطبري']
editor:
  - name: محقق
    email: a@example.org
publisher: >
  دار
  الكتب
date: 2019-03-01
lang: ar-EG
license: https://creativecommons.org/licenses/by/4.0/
url: https://example.org/nuh
tags: [a, b]

---
نص
"#;
        let (metadata, below, n_lines) = split(text).unwrap();
        assert_eq!((below, n_lines), ("نص\n", 17));
        assert_eq!(
            metadata,
            Metadata {
                title: Some("نوح: «قصة»".to_owned()),
                author: Some("ابن كثير، الطبري".to_owned()),
                editor: Some("محقق email: a@example.org".to_owned()),
                publisher: Some("دار الكتب".to_owned()),
                year: Some("2019".to_owned()),
                language: Some(Language::Arabic),
                licence: Some("CC BY 4.0".to_owned()),
                address: Some("https://example.org/nuh".to_owned()),
                ..Metadata::default()
            }
        );
    }

    #[test]
    fn what_stands_between_two_rules_is_text() {
        for text in [
            "",
            "---",
            "---\n---\n",
            "---\nNo key here.\n---\n",
            "---\ntitle: a\n",
            "text\n---\ntitle: a\n---\n",
            "---\nThere was once a king: he built a palace.\n---\n",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_keeps_its_calendar() {
        let year = |text: &str| split(&format!("---\n{text}\n---\n")).unwrap().0.year;
        assert_eq!(year("year: 1440 هـ").as_deref(), Some("1440 هـ"));
        assert_eq!(year("date: 1440 هـ").as_deref(), Some("1440 هـ"));
        assert_eq!(year("date: 5 January 2024").as_deref(), Some("2024"));
    }
}
