//! A line as it is seen, from the left, put in the order in which it is read.
//!
//! The bidirectional algorithm turned round, on clusters instead of characters. It is not fully invertible: a number beside
//! Latin letters may have stood before or behind them. Where the eye cannot tell, the order is that of `MiG 29`.

use super::letters::{self, Class};

/// The direction of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// It begins at the left.
    Left,
    /// It begins at the right.
    Right,
}

/// Whether the number at a line's beginning is the label of a note and belongs to nothing behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// It is none.
    No,
    /// It is one where it is raised.
    Raised,
    /// It is one, raised or not.
    Any,
}

/// A piece of a line that is never cut: a letter with its marks, a ligature, a space.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub(super) text: String,
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) size: f64,
    pub(super) is_bold: bool,
    /// Whether it stands above the line, as the numbers of notes do.
    pub(super) is_raised: bool,
}

impl Cluster {
    pub(super) fn is_space(&self) -> bool {
        letters::is_blank(&self.text)
    }
}

/// A place in the logical order: the cluster, and whether it is in a run from the right, where brackets turn over.
pub(super) type Placed = (usize, bool);

/// The logical order of clusters that are sorted from the left.
pub(super) fn logical(clusters: &[Cluster], base: Base, label: Label) -> Vec<Placed> {
    let kinds = kinds(clusters, base, label);
    match base {
        Base::Right => from_right(clusters, &kinds, 0, clusters.len()),
        Base::Left => from_left(clusters, &kinds),
    }
}

/// The class of each cluster; numbers whose place tells that they belong to letters from the right are of that class.
fn kinds(clusters: &[Cluster], base: Base, labelled: Label) -> Vec<Class> {
    let mut kinds: Vec<Class> = clusters
        .iter()
        .map(|cluster| letters::class(&cluster.text))
        .collect();
    if base == Base::Right {
        // A raised number is read behind the letter that it touches.
        let is_space = |at: usize| clusters.get(at).is_some_and(Cluster::is_space);
        let is_raised = |at: usize| clusters.get(at).is_some_and(|cluster| cluster.is_raised);
        for at in (0..clusters.len()).filter(|at| is_raised(*at)) {
            let left = (0..at).rev().find(|left| !is_raised(*left));
            // `1996.` with a raised 5 is one number to the algorithm that laid it out.
            let before = |by: usize| {
                left.and_then(|left| left.checked_sub(by))
                    .and_then(|at| kinds.get(at))
            };
            let is_latin = match before(0) {
                Some(Class::Left | Class::Number | Class::Digit) => true,
                Some(Class::Joiner) => matches!(before(1), Some(Class::Number | Class::Digit)),
                _ => false,
            };
            let is_last = || (at + 1..clusters.len()).all(|at| is_raised(at) || is_space(at));
            let is_latin = is_latin && !(labelled != Label::No && is_last());
            if let Some(kind) = kinds
                .get_mut(at)
                .filter(|kind| **kind == Class::Number && !is_latin)
            {
                *kind = Class::Apart;
            }
        }
        label(clusters, &mut kinds, labelled == Label::Any);
    }
    kinds
}

/// A number at the right end that labels what follows (`1. Hello`, the number of a note) is no part of a Latin run.
fn label(clusters: &[Cluster], kinds: &mut [Class], is_label: bool) {
    let Some(last) = clusters.iter().rposition(|cluster| !cluster.is_space()) else {
        return;
    };
    let mut at = last;
    while kinds.get(at) == Some(&Class::Number) && at > 0 {
        at -= 1;
    }
    if at == last {
        return;
    }
    let is_pointed = clusters
        .get(at)
        .is_some_and(|cluster| matches!(cluster.text.as_str(), "." | "-" | ")" | "(" | "–"));
    let is_apart = match (is_pointed, at.checked_sub(1)) {
        (true, Some(before)) => clusters.get(before).is_some_and(Cluster::is_space),
        (false, _) => is_label && clusters.get(at).is_some_and(Cluster::is_space),
        _ => false,
    };
    if is_apart {
        for kind in kinds.get_mut(at + 1..=last).into_iter().flatten() {
            *kind = Class::Apart;
        }
    }
}

/// The order of a stretch that is read from the right.
fn from_right(clusters: &[Cluster], kinds: &[Class], from: usize, to: usize) -> Vec<Placed> {
    let mut placed = Vec::with_capacity(to.saturating_sub(from));
    let mut at = to;
    while at > from {
        let last = at - 1;
        match kinds.get(last) {
            Some(Class::Digit) => {
                let start = number_start(kinds, from, last);
                placed.extend((start..=last).map(|nth| (nth, false)));
                at = start;
            }
            Some(Class::Apart) => {
                let before = kinds.get(from..at).unwrap_or_default().iter().rev();
                let n = before.take_while(|kind| **kind == Class::Apart).count();
                placed.extend((at - n..at).map(|nth| (nth, false)));
                at -= n;
            }
            // At a line's beginning a percentage stands as if nothing were before it.
            _ if last + 1 == to
                && is_unit(clusters.get(last))
                && last > from
                && kinds.get(last - 1) == Some(&Class::Number) =>
            {
                let start = number_start(kinds, from, last - 1);
                placed.extend((start..=last).map(|nth| (nth, false)));
                at = start;
            }
            // A hyphen at a line's end, behind the Latin word that it divides; a point at its beginning, for no line begins
            // with one.
            Some(_) if divides(clusters, kinds, from, last) => {
                let start = latin_start(clusters, kinds, from, last - 1, true);
                placed.extend((start..=last).map(|nth| (nth, false)));
                at = start;
            }
            Some(Class::Left | Class::Number) => {
                let is_strict = kinds.contains(&Class::Right)
                    || kinds.contains(&Class::Digit)
                    || kinds.contains(&Class::Apart);
                let start = latin_start(clusters, kinds, from, last, is_strict);
                let (start, end) = if kinds.get(start..=last).is_some_and(has_left) {
                    (
                        with_bracket_before(clusters, kinds, from, start, last),
                        last,
                    )
                } else {
                    (number_start(kinds, from, last), last)
                };
                placed.extend((start..=end).map(|nth| (nth, false)));
                at = start;
            }
            // A bracket at the right end of a Latin run whose partner is inside of it.
            Some(_) if closes_run(clusters, kinds, from, last) => {
                let start = latin_start(clusters, kinds, from, last - 1, false);
                placed.extend((start..=last).map(|nth| (nth, false)));
                at = start;
            }
            _ => {
                placed.push((last, true));
                at = last;
            }
        }
    }
    placed
}

fn is_unit(cluster: Option<&Cluster>) -> bool {
    cluster.is_some_and(|cluster| matches!(cluster.text.as_str(), "%" | "‰" | "٪"))
}

/// Whether a cluster is a hyphen that ends a Latin run which reaches the line's left end, or a point that ends one at its
/// right end.
fn divides(clusters: &[Cluster], kinds: &[Class], from: usize, at: usize) -> bool {
    let is_one = |of: &[&str]| {
        clusters
            .get(at)
            .is_some_and(|cluster| of.contains(&cluster.text.as_str()))
    };
    let is_latin = at > from && matches!(kinds.get(at - 1), Some(Class::Left | Class::Number));
    let mut behind = clusters.get(at + 1..).unwrap_or_default().iter();
    if is_one(&[".", ",", ";", ":", "!", "?"]) && behind.all(Cluster::is_space) {
        return is_latin
            && has_left(
                kinds
                    .get(latin_start(clusters, kinds, from, at - 1, true)..at)
                    .unwrap_or_default(),
            );
    }
    let is_hyphen = is_one(&["-", "\u{2010}"]);
    let is_free = clusters.get(at + 1).is_none_or(Cluster::is_space);
    if !is_hyphen || !is_free || at <= from || kinds.get(at - 1) != Some(&Class::Left) {
        return false;
    }
    let start = latin_start(clusters, kinds, from, at - 1, true);
    clusters
        .get(from..start)
        .is_some_and(|before| before.iter().all(Cluster::is_space))
}

fn has_left(kinds: &[Class]) -> bool {
    kinds.contains(&Class::Left)
}

/// Where the run of Latin letters and numbers that ends at `last` begins. Among Arabic a number behind a bracket belongs to
/// the Arabic: `is_strict`.
fn latin_start(
    clusters: &[Cluster],
    kinds: &[Class],
    from: usize,
    last: usize,
    is_strict: bool,
) -> usize {
    let mut start = last;
    let mut is_number = is_strict;
    for at in (from..=last).rev() {
        match kinds.get(at) {
            Some(Class::Right | Class::Digit | Class::Apart) | None => break,
            Some(Class::Left) => {
                is_number = false;
                start = at;
            }
            Some(Class::Number) => start = at,
            Some(_) => {
                let is_bracket = clusters
                    .get(at)
                    .is_some_and(|cluster| letters::is_turned(&cluster.text));
                if is_bracket && is_number || is_odd(clusters, at) {
                    break;
                }
            }
        }
    }
    start
}

/// Whether a comma stands as none does in a text from the left: a blank before and none behind.
fn is_odd(clusters: &[Cluster], at: usize) -> bool {
    let is_comma = |cluster: &Cluster| matches!(cluster.text.as_str(), "," | ";" | "،" | "؛");
    let is_after_space = at
        .checked_sub(1)
        .and_then(|at| clusters.get(at))
        .is_some_and(Cluster::is_space);
    clusters.get(at).is_some_and(is_comma)
        && is_after_space
        && clusters
            .get(at + 1)
            .is_some_and(|cluster| !cluster.is_space())
}

/// Where the number that ends at `last` begins: digits, and single signs between them that join numbers.
fn number_start(kinds: &[Class], from: usize, last: usize) -> usize {
    let mut start = last;
    while start > from {
        let before = start - 1;
        match kinds.get(before) {
            Some(Class::Number | Class::Digit) => start = before,
            Some(Class::Joiner)
                if before > from
                    && matches!(kinds.get(before - 1), Some(Class::Number | Class::Digit)) =>
            {
                start = before - 1;
            }
            _ => break,
        }
    }
    start
}

/// A bracket that opens directly before a Latin run and closes in it belongs to the run.
fn with_bracket_before(
    clusters: &[Cluster],
    kinds: &[Class],
    from: usize,
    start: usize,
    last: usize,
) -> usize {
    let Some(before) = start.checked_sub(1).filter(|before| *before >= from) else {
        return start;
    };
    if kinds.get(before) != Some(&Class::Neutral) {
        return start;
    }
    let Some(partner) = closing(clusters, before) else {
        return start;
    };
    let inside = clusters.get(start..=last).unwrap_or_default();
    let mut depth = 0_i32;
    for cluster in inside {
        if is_same(cluster, clusters.get(before)) {
            depth += 1;
        } else if cluster.text.starts_with(partner) {
            depth -= 1;
        }
    }
    if depth < 0 { before } else { start }
}

fn is_same(cluster: &Cluster, other: Option<&Cluster>) -> bool {
    other.is_some_and(|other| other.text == cluster.text)
}

/// The bracket that closes the one that opens at a place, from the left.
fn closing(clusters: &[Cluster], at: usize) -> Option<char> {
    let text = &clusters.get(at)?.text;
    let partner = letters::turned(text)?;
    (letters::drawn(text, true) == text.chars().next()).then_some(partner)
}

/// Whether the cluster is a bracket that closes one inside the Latin run directly at its left.
fn closes_run(clusters: &[Cluster], kinds: &[Class], from: usize, at: usize) -> bool {
    let Some(cluster) = clusters.get(at) else {
        return false;
    };
    let Some(partner) = letters::turned(&cluster.text) else {
        return false;
    };
    let is_closing = letters::drawn(&cluster.text, false) == cluster.text.chars().next();
    let Some(last) = at.checked_sub(1).filter(|last| *last >= from) else {
        return false;
    };
    if !is_closing || !matches!(kinds.get(last), Some(Class::Left | Class::Number)) {
        return false;
    }
    let start = latin_start(clusters, kinds, from, last, false);
    let inside = clusters.get(start..=last).unwrap_or_default();
    if !kinds.get(start..=last).is_some_and(has_left) {
        return false;
    }
    let mut depth = 0_i32;
    for cluster in inside {
        if cluster.text.starts_with(partner) {
            depth += 1;
        } else if is_same(cluster, clusters.get(at)) {
            depth -= 1;
        }
    }
    depth > 0
}

/// The order of a line that is read from the left: runs of letters from the right in it are turned.
fn from_left(clusters: &[Cluster], kinds: &[Class]) -> Vec<Placed> {
    let mut placed = Vec::with_capacity(clusters.len());
    let mut at = 0;
    while at < clusters.len() {
        if !matches!(kinds.get(at), Some(Class::Right | Class::Digit)) {
            placed.push((at, false));
            at += 1;
            continue;
        }
        let mut end = at;
        for (nth, kind) in kinds.iter().enumerate().skip(at) {
            match kind {
                Class::Right | Class::Digit | Class::Apart => end = nth,
                Class::Left => break,
                _ => {}
            }
        }
        placed.extend(from_right(clusters, kinds, at, end + 1));
        at = end + 1;
    }
    placed
}

/// The text of clusters in logical order, each run of blanks one space, and where raised text stands in it.
pub(super) fn text(
    clusters: &[Cluster],
    placed: &[Placed],
) -> (String, Vec<std::ops::Range<usize>>) {
    let mut text = String::new();
    let mut raised: Vec<std::ops::Range<usize>> = Vec::new();
    for (nth, is_right) in placed {
        let Some(cluster) = clusters.get(*nth) else {
            continue;
        };
        if cluster.is_space() {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            continue;
        }
        let start = text.len();
        match letters::turned(&cluster.text).filter(|_| *is_right) {
            Some(turned) => text.push(turned),
            None => text.push_str(&cluster.text),
        }
        if cluster.is_raised {
            match raised.last_mut() {
                Some(last) if last.end == start => last.end = text.len(),
                _ => raised.push(start..text.len()),
            }
        }
    }
    text.truncate(text.trim_end().len());
    (text, raised)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read where `seen` is what the eye sees from the left.
    #[track_caller]
    fn reads(base: Base, seen: &str, expected: &str) {
        let clusters: Vec<Cluster> = seen
            .chars()
            .scan(0.0, |x, c| {
                *x += 1.0;
                Some(Cluster {
                    text: c.to_string(),
                    x0: *x - 1.0,
                    x1: *x,
                    size: 1.0,
                    is_bold: false,
                    is_raised: false,
                })
            })
            .collect();
        let placed = logical(&clusters, base, Label::No);
        assert_eq!(text(&clusters, &placed).0, expected);
    }

    #[test]
    fn arabic_with_numbers_and_brackets() {
        reads(
            Base::Right,
            "ماع 1948 نم (ملس) «رح»",
            "«حر» (سلم) من 1948 عام",
        );
        reads(Base::Right, ".2010-2009 يماعل", "لعامي 2009-2010.");
        reads(Base::Right, "%34 طقف", "فقط 34%");
        reads(
            Base::Right,
            "1,695.5 و 10:30 ةعاسلا",
            "الساعة 10:30 و 1,695.5",
        );
        reads(Base::Right, "١٩٩٠ ماع", "عام ١٩٩٠");
        reads(Base::Right, "٣,١٤ و ١٢/٥", "١٢/٥ و ٣,١٤");
        reads(Base::Left, "in ١٩٩٠ ماع ok", "in عام ١٩٩٠ ok");
    }

    #[test]
    fn latin_in_arabic() {
        reads(
            Base::Right,
            "ةيبرع North Korea ةملك",
            "كلمة North Korea عربية",
        );
        reads(Base::Right, "ب MiG 29 ا", "ا MiG 29 ب");
        reads(Base::Right, "ب (Korea) ا", "ا (Korea) ب");
        reads(
            Base::Right,
            "ب Rowman (eds. 2000) ا",
            "ا Rowman (eds. 2000) ب",
        );
        reads(
            Base::Right,
            ".Kyung-Ae Park, p. 275",
            "Kyung-Ae Park, p. 275.",
        );
        reads(Base::Right, "ب Rowman (2000) ا", "ا Rowman (2000) ب");
        reads(
            Base::Right,
            ".p. 43 ,(2000 :ب) Nations",
            "Nations (ب: 2000), p. 43.",
        );
        reads(
            Base::Right,
            "ص ،(GlobeScan) 2014 ماع",
            "عام 2014 (GlobeScan)، ص",
        );
        reads(
            Base::Right,
            "ص ,(Korea (Oxford: 2013",
            "Korea (Oxford: 2013), ص",
        );
        reads(Base::Right, "Society (eds.", "Society (eds.");
        reads(Base::Right, "Rossijsko- ا", "ا Rossijsko-");
        reads(Base::Right, "Hello .1", "1. Hello");
        reads(Base::Right, "\"Korea\" ا", "ا \"Korea\"");
    }

    #[test]
    fn arabic_in_latin() {
        reads(
            Base::Left,
            "called ةرانملا (byron).",
            "called المنارة (byron).",
        );
        reads(
            Base::Left,
            "the name (ةرانملا ةرانم) beside",
            "the name (منارة المنارة) beside",
        );
        reads(Base::Left, "in 1948 ماع ok", "in 1948 عام ok");
        reads(Base::Left, "a ب (1990) ا c", "a ا (1990) ب c");
    }
}
