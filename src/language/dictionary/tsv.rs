//! TSV: an English and an Arabic column, or the four columns of our own lexicon.
//!
//! In the English column further forms of the word may stand after commas, in the Arabic one alternatives, the most
//! likely first, after commas or semicolons of either script. Empty lines and lines that begin with `#` say nothing.

use super::{
    Class, Dictionary, LARGEST, Problem, ProblemKind, Problems, arabic, has_content, has_room,
    is_english,
};

/// What parts alternatives.
const BETWEEN: [char; 4] = ['،', '؛', ',', ';'];

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Dictionary, Vec<Problem>> {
    if bytes.len() > LARGEST {
        let found = Some(LARGEST.to_string());
        return Err(vec![Problem::of_file(ProblemKind::TooLarge, found)]);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut dictionary = Dictionary::default();
    let mut problems = Problems::default();
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let Ok(line) = std::str::from_utf8(line) else {
            problems.add(Problem::at(ProblemKind::NotUtf8, number, ""));
            continue;
        };
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match self::line(line, &mut dictionary) {
            Ok(()) => {}
            // Nothing after it would be read either.
            Err((kind @ (ProblemKind::TooManyEntries | ProblemKind::TooLarge), found)) => {
                problems.add(Problem::at(kind, number, &found));
                break;
            }
            Err((kind, found)) => problems.add(Problem::at(kind, number, &found)),
        }
    }
    problems.conclude(dictionary)
}

/// Reads a line; else what is wrong with it, and what was found.
fn line(line: &str, dictionary: &mut Dictionary) -> Result<(), (ProblemKind, String)> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let (english, class, zipf, alternatives) = match columns[..] {
        [english, alternatives] => (english, Class::Unknown, 0, alternatives),
        [english, class, zipf, alternatives] => {
            let class = Class::from_code(class).ok_or((ProblemKind::Class, class.to_owned()))?;
            let zipf = frequency(zipf).ok_or((ProblemKind::Frequency, zipf.to_owned()))?;
            (english, class, zipf, alternatives)
        }
        _ => return Err((ProblemKind::Columns, columns.len().to_string())),
    };
    let forms: Vec<String> = english
        .split(',')
        .map(|form| form.trim().to_owned())
        .filter(|form| !form.is_empty())
        .collect();
    if forms.is_empty() {
        return Err((ProblemKind::NoEnglish, english.to_owned()));
    }
    for form in &forms {
        if form.len() > super::LONGEST {
            return Err((ProblemKind::TooLong, form.clone()));
        }
        if !is_english(form) {
            return Err((ProblemKind::NoEnglish, form.clone()));
        }
    }
    let found: Vec<String> = alternatives.split(BETWEEN).filter_map(arabic).collect();
    if found.is_empty() {
        return Err((ProblemKind::NoArabic, alternatives.to_owned()));
    }
    if let Some(long) = found.iter().find(|words| !has_room(words)) {
        return Err((ProblemKind::TooLong, long.clone()));
    }
    // «also»: أيضا is Arabic, but finds nothing.
    let found: Vec<String> = found
        .into_iter()
        .filter(|words| has_content(words))
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    dictionary
        .add(&forms, class, zipf, &found)
        .map_err(|kind| (kind, super::limit(kind)))
}

/// Ten times a frequency.
fn frequency(text: &str) -> Option<u8> {
    let zipf: f32 = text.parse().ok()?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a frequency is between 1 and 8"
    )]
    (1.0..=8.0)
        .contains(&zipf)
        .then(|| (zipf * 10.0).round() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::layers::Lexicon;
    use crate::language::lexicon::Entry;

    #[track_caller]
    fn refused(text: &[u8], kind: ProblemKind, line: Option<usize>) {
        let problems = read(text).err().unwrap();
        assert_eq!((problems[0].kind, problems[0].line), (kind, line));
    }

    #[test]
    fn both_shapes_are_read() {
        let text = "\u{feff}# a comment\r\n\r\nzorblax\tكِتابٌ، دفتر\r\n\
                    qux, quxen\tn\t3.5\tعلبة صغيرة؛ صندوق\nZorblax\tسجل, دفتر\n";
        let layer = read(text.as_bytes()).unwrap().compile("mine");
        assert_eq!((layer.n_entries(), layer.n_alternatives()), (2, 5));
        let lexicon = Lexicon::new(vec![layer]);
        let entries = lexicon.english("zorblax");
        let words: Vec<&str> = entries[0].alternatives().collect();
        assert_eq!(words, ["كتاب", "دفتر", "سجل"]);
        assert_eq!(entries[0].class(), Class::Unknown);
        assert!(entries[0].is_common() && entries[0].frequency().is_none());
        let box_ = lexicon.english("quxen")[0];
        assert_eq!((box_.lemma(), box_.class()), ("qux", Class::Noun));
        assert!((box_.zipf() - 3.5).abs() < 0.01);
        assert_eq!(lexicon.imported(box_.id()), Some("mine"));
    }

    #[test]
    fn our_own_files_are_read_whole() {
        let own = include_bytes!("../../../data/lexicon/terms.tsv");
        let dictionary = read(own).unwrap();
        assert!(dictionary.n_entries() > 1_000);
        let lexicon = Lexicon::new(vec![dictionary.compile("own")]);
        let entries = lexicon.english("prime minister");
        let (imported, ours) = entries.split_last().unwrap();
        assert_eq!(lexicon.imported(imported.id()), Some("own"));
        let is_same = |ours: &Entry<'_>| {
            ours.alternatives().eq(imported.alternatives())
                && ours.stems().eq(imported.stems())
                && ours.class() == imported.class()
        };
        assert!(ours.iter().any(is_same));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        refused(b"", ProblemKind::Empty, None);
        refused(b"# nothing\n\n", ProblemKind::Empty, None);
        refused("a\tب\tج\n".as_bytes(), ProblemKind::Columns, Some(1));
        refused("\na word\n".as_bytes(), ProblemKind::Columns, Some(2));
        refused("كتاب\tbook\n".as_bytes(), ProblemKind::NoEnglish, Some(1));
        refused("\tكتاب\n".as_bytes(), ProblemKind::NoEnglish, Some(1));
        refused("book\tlivre\n".as_bytes(), ProblemKind::NoArabic, Some(1));
        refused("also\tأيضا، كذلك\n".as_bytes(), ProblemKind::Empty, None);
        refused("book\tx\t3\tكتاب\n".as_bytes(), ProblemKind::Class, Some(1));
        refused(
            "book\tn\tNaN\tكتاب\n".as_bytes(),
            ProblemKind::Frequency,
            Some(1),
        );
        refused(
            "book\tn\t9\tكتاب\n".as_bytes(),
            ProblemKind::Frequency,
            Some(1),
        );
        refused(b"book\t\xFF\n", ProblemKind::NotUtf8, Some(1));
        let long = format!("{}\tكتاب\n", "x".repeat(256));
        refused(long.as_bytes(), ProblemKind::TooLong, Some(1));
        // A ligature of few bytes that is many when folded.
        let long = format!("book\t{}\n", "ﷺ".repeat(20));
        refused(long.as_bytes(), ProblemKind::TooLong, Some(1));
    }

    #[test]
    fn many_problems_are_counted() {
        let text = "x\n".repeat(25);
        let problems = read(text.as_bytes()).err().unwrap();
        assert_eq!(problems.len(), 21);
        assert_eq!(problems[20].kind, ProblemKind::More);
        assert_eq!(problems[20].found.as_deref(), Some("5"));
    }

    #[test]
    fn a_file_too_large_is_not_read() {
        refused(&vec![b'x'; LARGEST + 1], ProblemKind::TooLarge, None);
    }

    #[test]
    fn one_word_under_very_many_others_breaks_nothing() {
        let lines: Vec<String> = (0..70_000).map(|n| format!("w{n}\tكتاب")).collect();
        let text = lines.join("\n");
        let layer = read(text.as_bytes()).unwrap().compile("many");
        assert_eq!(layer.n_entries(), 70_000);
        let lexicon = Lexicon::new(vec![layer]);
        assert!(lexicon.arabic_stems("كتاب").len() < 200);
        assert_eq!(lexicon.english("w69999").len(), 1);
    }
}
