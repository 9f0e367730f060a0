//! A page as lines of text in the order in which they are read.

use std::ops::Range;

use super::column;
use super::glyph::Glyph;
use super::letters;
use super::order::{self, Base, Cluster, Label};
use super::row::{self, Row};

/// A line of text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its text in logical order.
    pub(super) text: String,
    /// Where raised text stands in it.
    pub(super) raised: Vec<Range<usize>>,
    /// The page, from 1.
    pub(super) page: u32,
    /// Which column of its page it stands in.
    pub(super) column: usize,
    /// Where it begins and ends, seen from the left.
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Its baseline.
    pub(super) y: f64,
    /// The size of most of its type.
    pub(super) size: f64,
    /// Whether all of it is bold.
    pub(super) is_bold: bool,
    /// The margins of its column.
    pub(super) left: f64,
    pub(super) right: f64,
    /// How wide its first word is.
    pub(super) first_word: f64,
    /// The direction of its paragraph.
    pub(super) base: Base,
    /// The height of its page.
    pub(super) height: f64,
}

impl Line {
    /// How far it begins from the margin.
    pub(super) fn indent(&self) -> f64 {
        match self.base {
            Base::Left => self.x0 - self.left,
            Base::Right => self.right - self.x1,
        }
    }

    /// How far it ends from the margin.
    pub(super) fn rest(&self) -> f64 {
        match self.base {
            Base::Left => self.right - self.x1,
            Base::Right => self.x0 - self.left,
        }
    }
}

/// Letters from either side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters {
    pub(super) left: usize,
    pub(super) right: usize,
}

impl Letters {
    pub(super) fn add(&mut self, text: &str) {
        for c in text.chars() {
            self.right += usize::from(letters::is_right(c));
            self.left += usize::from(letters::is_left(c));
        }
    }

    pub(super) fn of(glyphs: &[Glyph]) -> Self {
        let mut letters = Self::default();
        for glyph in glyphs {
            letters.add(&glyph.text);
        }
        letters
    }

    fn of_rows(rows: &[Row]) -> Self {
        let mut letters = Self::default();
        for cluster in rows.iter().flat_map(|row| &row.clusters) {
            letters.add(&cluster.text);
        }
        letters
    }

    /// The direction of most of them; none where there are none.
    pub(super) fn base(self) -> Option<Base> {
        match (self.left, self.right) {
            (0, 0) => None,
            // A page of Arabic may quote at length in Latin letters, which are many where Arabic ones are few.
            (left, right) if right * 2 >= left => Some(Base::Right),
            _ => Some(Base::Left),
        }
    }
}

/// The lines of a page whose paragraphs have a direction unless their letters and margins tell another.
pub(super) fn lines(glyphs: Vec<Glyph>, page: u32, height: f64, base: Base) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut n_columns = 0;
    for turned in by_turn(glyphs) {
        let rows = row::rows(turned);
        let body = body(&rows);
        for column in column::columns(rows, base) {
            lines.extend(of_column(
                column.rows,
                body,
                (page, n_columns),
                height,
                base,
            ));
            n_columns += 1;
        }
    }
    lines
}

/// Glyphs apart by how they are turned, most first: a table laid sideways is read, too.
fn by_turn(glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    let mut turns: [Vec<Glyph>; 4] = Default::default();
    for glyph in glyphs {
        if let Some(turn) = turns.get_mut(usize::from(glyph.turn)) {
            turn.push(glyph);
        }
    }
    let mut turns: Vec<Vec<Glyph>> = turns.into_iter().filter(|turn| !turn.is_empty()).collect();
    turns.sort_by_key(|turn| std::cmp::Reverse(turn.len()));
    turns
}

/// The lines of a column, `body` being the size of most type of its page.
fn of_column(
    rows: Vec<Row>,
    body: f64,
    (page, column): (u32, usize),
    height: f64,
    base: Base,
) -> Vec<Line> {
    let (left, right) = margins(&rows, self::body(&rows));
    let mut lines = Vec::with_capacity(rows.len());
    for block in blocks(rows) {
        let base = direction(&block, left, right, base, body);
        let mut is_begin = true;
        for row in block {
            // The number of a note stands where a line does not go on.
            let label = match (row.size < 0.94 * body, is_begin) {
                (false, _) => Label::No,
                (true, false) => Label::Raised,
                (true, true) => Label::Any,
            };
            is_begin = match base {
                Base::Left => right - row.x1() > 2.0 * row.size,
                Base::Right => row.x0() - left > 2.0 * row.size,
            };
            let placed = order::logical(&row.clusters, base, label);
            let (text, raised) = order::text(&row.clusters, &placed);
            if text.is_empty() {
                continue;
            }
            let mut inked = row
                .clusters
                .iter()
                .filter(|cluster| !cluster.is_space())
                .peekable();
            lines.push(Line {
                raised,
                page,
                column,
                x0: row.x0(),
                x1: row.x1(),
                y: row.y,
                size: row.size,
                is_bold: inked.peek().is_some()
                    && inked.all(|cluster| cluster.is_bold || is_sign(&cluster.text)),
                left,
                right,
                first_word: first_word(&row.clusters, &placed),
                base,
                height,
                text,
            });
        }
    }
    lines
}

fn is_sign(text: &str) -> bool {
    text.chars().all(|c| !c.is_alphanumeric())
}

/// The size of most letters.
pub(super) fn body(rows: &[Row]) -> f64 {
    mode(rows.iter().flat_map(|row| {
        row.clusters
            .iter()
            .filter(|cluster| !cluster.is_space())
            .map(|cluster| (cluster.size, 1))
    }))
}

/// The number, to a quarter, that weighs most.
pub(super) fn mode(numbers: impl Iterator<Item = (f64, usize)>) -> f64 {
    let mut all: Vec<(f64, usize)> = numbers
        .map(|(of, n)| ((of * 4.0).round() / 4.0, n))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut best = (0.0, 0);
    for same in all.chunk_by(|a, b| (a.0 - b.0).abs() < 0.01) {
        let n: usize = same.iter().map(|(_, n)| n).sum();
        if n > best.1 {
            best = (same.first().map_or(0.0, |(of, _)| *of), n);
        }
    }
    best.0
}

/// The margins of a column: what its lines reach, those of larger type and single far ones aside.
fn margins(rows: &[Row], body: f64) -> (f64, f64) {
    let is_body = |row: &&Row| row.size <= 1.08 * body;
    let mut lefts: Vec<f64> = rows.iter().filter(is_body).map(Row::x0).collect();
    let mut rights: Vec<f64> = rows.iter().filter(is_body).map(Row::x1).collect();
    if lefts.is_empty() {
        lefts = rows.iter().map(Row::x0).collect();
        rights = rows.iter().map(Row::x1).collect();
    }
    lefts.sort_by(f64::total_cmp);
    rights.sort_by(f64::total_cmp);
    let few = lefts.len() / 12;
    let left = lefts.get(few).copied().unwrap_or(0.0);
    let right = rights.get(rights.len() - 1 - few).copied().unwrap_or(0.0);
    (left, right)
}

/// Rows that stand together: of one size, one below the other without a gap.
fn blocks(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut pitches: Vec<f64> = rows
        .iter()
        .zip(rows.iter().skip(1))
        .map(|(a, b)| (b.y - a.y) / a.size.max(1.0))
        .filter(|pitch| (0.8..2.6).contains(pitch))
        .collect();
    pitches.sort_by(f64::total_cmp);
    let pitch = pitches.get(pitches.len() / 3).copied().unwrap_or(1.4);
    let mut blocks: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        let follows = blocks
            .last()
            .and_then(|block| block.last())
            .is_some_and(|above| {
                let is_near = row.y - above.y < 1.2 * pitch * above.size.max(row.size);
                is_near && (above.size / row.size - 1.0).abs() < 0.08
            });
        match blocks.last_mut() {
            Some(block) if follows => block.push(row),
            _ => blocks.push(vec![row]),
        }
    }
    blocks
}

/// The direction of a block: the page's, unless most of its letters are of the other and nothing speaks for the page's.
fn direction(block: &[Row], left: f64, right: f64, base: Base, body: f64) -> Base {
    let letters = Letters::of_rows(block);
    let (own, other) = match base {
        Base::Left => (letters.left, letters.right),
        Base::Right => (letters.right, letters.left),
    };
    // A quarter of a block's letters are enough for its page's direction: numbers and names are of no side.
    if own * 3 >= other {
        return base;
    }
    let turned = match base {
        Base::Left => Base::Right,
        Base::Right => Base::Left,
    };
    if base == Base::Right
        && block
            .first()
            .is_some_and(|row| has_label_at_right(row, row.size < 0.94 * body))
    {
        return base;
    }
    let near = block.first().map_or(1.0, |row| 0.6 * row.size);
    let is_at_left = block.iter().all(|row| row.x0() - left < near);
    let is_at_right = block.iter().all(|row| right - row.x1() < near);
    let (is_at_begin, is_at_end) = match turned {
        Base::Left => (is_at_left, is_at_right),
        Base::Right => (is_at_right, is_at_left),
    };
    // What is flush at its own side alone is of its own direction; at the other side, of the page's.
    match (is_at_begin, is_at_end) {
        (true, false) => turned,
        (false, true) => base,
        _ if own == 0 && !ends_like(block, base) => turned,
        _ => base,
    }
}

/// Whether a row has the label of a note or item at its right end: `.1`, or a raised number apart.
fn has_label_at_right(row: &Row, is_small: bool) -> bool {
    let mut from_right = row
        .clusters
        .iter()
        .rev()
        .skip_while(|cluster| cluster.is_space())
        .peekable();
    let mut is_raised = false;
    let mut n = 0;
    while let Some(digit) =
        from_right.next_if(|cluster| letters::class(&cluster.text) == letters::Class::Number)
    {
        is_raised = digit.is_raised;
        n += 1;
    }
    let is_pointed = from_right
        .next_if(|cluster| matches!(cluster.text.as_str(), "." | ")" | "(" | "-"))
        .is_some();
    let is_apart = from_right.next().is_some_and(Cluster::is_space);
    n > 0 && (is_raised || is_pointed) && (is_apart || is_raised && is_small)
}

/// Whether a full stop stands at the end that a direction has.
fn ends_like(block: &[Row], base: Base) -> bool {
    let Some(last) = block.last() else {
        return false;
    };
    let mut inked = last.clusters.iter().filter(|cluster| !cluster.is_space());
    let end = match base {
        Base::Left => inked.next_back(),
        Base::Right => inked.next(),
    };
    end.is_some_and(|end| matches!(end.text.as_str(), "." | "؟" | "?" | "!" | ":" | "،"))
}

/// How wide the first word of a line is.
fn first_word(clusters: &[Cluster], placed: &[order::Placed]) -> f64 {
    let word = placed
        .iter()
        .filter_map(|(nth, _)| clusters.get(*nth))
        .skip_while(|cluster| cluster.is_space())
        .take_while(|cluster| !cluster.is_space());
    let (x0, x1) = word.fold((f64::INFINITY, f64::NEG_INFINITY), |(x0, x1), cluster| {
        (x0.min(cluster.x0), x1.max(cluster.x1))
    });
    (x1 - x0).max(0.0)
}
