//! What changed between two versions of a source, paragraph by paragraph.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Error, Library};
use crate::catalogue::SourceRecord;
use crate::language::Span;
use crate::source::{Passage, SourceId};

/// Two versions of a source beside each other.
#[derive(Clone, Debug)]
pub struct Diff {
    /// The earlier version.
    pub before: SourceRecord,
    /// The later one.
    pub after: SourceRecord,
    /// What is not the same, in reading order.
    pub changes: Vec<Changed>,
    /// How many passages are the same.
    pub n_same: usize,
}

/// One passage that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is only in the later version.
    Added(Passage),
    /// It is only in the earlier version.
    Removed(Passage),
    /// It stands in both, with another text.
    Reworded(Box<Reworded>),
}

/// A passage in two wordings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reworded {
    /// As it was.
    pub before: Passage,
    /// As it is.
    pub after: Passage,
    /// The words that are gone, as ranges of the former text.
    pub removed: Vec<Span>,
    /// The words that are new, as ranges of the present text.
    pub added: Vec<Span>,
}

impl Library {
    /// Compares two versions of a source by their numbers; without them, the current version with the one before it.
    /// None where the library has no such versions, or no version before the current one.
    pub async fn diff(
        &self,
        id: &SourceId,
        before: Option<u32>,
        after: Option<u32>,
    ) -> Result<Option<Diff>, Error> {
        let versions = self.history(id).await?;
        let numbered = |number: u32| versions.iter().find(|one| one.record.version == number);
        let after = match after {
            Some(number) => numbered(number),
            None => versions.iter().find(|one| one.current),
        };
        let Some(after) = after.map(|after| &after.record) else {
            return Ok(None);
        };
        let before = match before {
            Some(number) => numbered(number),
            None => versions
                .iter()
                .find(|one| one.record.version < after.version),
        };
        let Some(before) = before.map(|before| &before.record) else {
            return Ok(None);
        };
        let (old, new) = (
            self.passages_of(before).await?,
            self.passages_of(after).await?,
        );
        let compared = crate::catalogue::apart(move || compare(&old, &new)).await;
        let (changes, n_same) = compared;
        Ok(Some(Diff {
            before: before.clone(),
            after: after.clone(),
            changes,
            n_same,
        }))
    }
}

/// What is not the same in two lists of passages, and how many are.
fn compare(old: &[Passage], new: &[Passage]) -> (Vec<Changed>, usize) {
    let key = |passage: &Passage| {
        (
            passage.place.kind,
            passage.section.clone(),
            passage.text.clone(),
        )
    };
    let (old_keys, new_keys): (Vec<_>, Vec<_>) =
        (old.iter().map(key).collect(), new.iter().map(key).collect());
    let mut changes = Vec::new();
    let mut n_same = 0;
    for op in capture_diff_slices(Algorithm::Patience, &old_keys, &new_keys) {
        match op {
            DiffOp::Equal { len, .. } => n_same += len,
            DiffOp::Delete {
                old_index, old_len, ..
            } => changes.extend(
                slice(old, old_index, old_len)
                    .iter()
                    .cloned()
                    .map(Changed::Removed),
            ),
            DiffOp::Insert {
                new_index, new_len, ..
            } => changes.extend(
                slice(new, new_index, new_len)
                    .iter()
                    .cloned()
                    .map(Changed::Added),
            ),
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => replaced(
                slice(old, old_index, old_len),
                slice(new, new_index, new_len),
                &mut changes,
            ),
        }
    }
    (changes, n_same)
}

fn slice(passages: &[Passage], start: usize, length: usize) -> &[Passage] {
    passages.get(start..start + length).unwrap_or_default()
}

/// Passages that took others' places: each with the first of those that shares most of its words with it, so that a
/// correction shows as one and not as a loss and a gain.
fn replaced(old: &[Passage], new: &[Passage], changes: &mut Vec<Changed>) {
    let mut rest = old.iter();
    for after in new {
        let mut skipped = rest.clone();
        let pair = skipped.find(|before| is_reworded(before, after));
        if let Some(before) = pair {
            // What was skipped on the way is gone.
            for gone in rest.by_ref() {
                if std::ptr::eq(gone, before) {
                    break;
                }
                changes.push(Changed::Removed(gone.clone()));
            }
            let (removed, added) = reworded(&before.text, &after.text);
            changes.push(Changed::Reworded(Box::new(Reworded {
                before: before.clone(),
                after: after.clone(),
                removed,
                added,
            })));
        } else {
            changes.push(Changed::Added(after.clone()));
        }
    }
    changes.extend(rest.cloned().map(Changed::Removed));
}

/// Whether two passages are one that was corrected: of a kind, and at least half of the longer one's words stayed.
fn is_reworded(before: &Passage, after: &Passage) -> bool {
    if before.place.kind != after.place.kind {
        return false;
    }
    let old: Vec<&str> = before.text.split_whitespace().collect();
    let new: Vec<&str> = after.text.split_whitespace().collect();
    let same: usize = capture_diff_slices(Algorithm::Myers, &old, &new)
        .iter()
        .map(|op| match op {
            DiffOp::Equal { len, .. } => *len,
            _ => 0,
        })
        .sum();
    same * 2 >= old.len().max(new.len())
}

/// The words that are gone from a text and those that are new in another.
fn reworded(before: &str, after: &str) -> (Vec<Span>, Vec<Span>) {
    let (old_spans, new_spans) = (words(before), words(after));
    let old: Vec<&str> = old_spans
        .iter()
        .filter_map(|span| before.get(span.clone()))
        .collect();
    let new: Vec<&str> = new_spans
        .iter()
        .filter_map(|span| after.get(span.clone()))
        .collect();
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        removed.extend(joined(old_spans.get(op.old_range()).unwrap_or_default()));
        added.extend(joined(new_spans.get(op.new_range()).unwrap_or_default()));
    }
    (removed, added)
}

/// Neighbouring words as one range.
fn joined(spans: &[Span]) -> Option<Span> {
    Some(spans.first()?.start..spans.last()?.end)
}

/// The words of a text: what stands between blanks.
fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, read};

    fn passages(text: &str) -> Vec<Passage> {
        read(Format::Article, text.as_bytes())
            .source
            .unwrap()
            .passages
    }

    fn told(old: &str, new: &str) -> Vec<String> {
        let (changes, n_same) = compare(&passages(old), &passages(new));
        let mut told: Vec<String> = changes
            .iter()
            .map(|change| match change {
                Changed::Added(passage) => format!("+{}", passage.place),
                Changed::Removed(passage) => format!("-{}", passage.place),
                Changed::Reworded(one) => {
                    let Reworded {
                        before,
                        after,
                        removed,
                        added,
                    } = one.as_ref();
                    let of = |text: &str, spans: &[Span]| -> Vec<String> {
                        spans
                            .iter()
                            .map(|span| text[span.clone()].to_owned())
                            .collect()
                    };
                    format!(
                        "{}~{} -{:?} +{:?}",
                        before.place,
                        after.place,
                        of(&before.text, removed),
                        of(&after.text, added)
                    )
                }
            })
            .collect();
        told.push(format!("{n_same} same"));
        told
    }

    const ONE: &str = "The ark was built of gopher wood.";
    const TWO: &str = "It rained for forty days and nights.";

    #[test]
    fn a_correction_shows_the_words() {
        assert_eq!(
            told(
                &format!("{ONE}\n{TWO}"),
                &format!("{ONE}\nIt rained for fifty days and nights.")
            ),
            ["p2~p2 -[\"forty\"] +[\"fifty\"]", "1 same"]
        );
    }

    #[test]
    fn what_moved_in_or_out_is_told_alone() {
        assert_eq!(
            told(
                &format!("{ONE}\n{TWO}"),
                &format!("A new lead is here now.\n{ONE}\n{TWO}")
            ),
            ["+p1", "2 same"]
        );
        assert_eq!(told(&format!("{ONE}\n{TWO}"), TWO), ["-p1", "1 same"]);
        assert_eq!(
            told(
                &format!("{ONE}\n{TWO}"),
                &format!("أقيمت العلاقات عام ١٩٤٨.\n{TWO}")
            ),
            ["+p1", "-p1", "1 same"]
        );
    }

    #[test]
    fn the_same_is_the_same() {
        assert_eq!(told(ONE, ONE), ["1 same"]);
    }
}
