//! Where a page is set in columns, and in which order these are read.
//!
//! A gutter is a strip from top to bottom of a stretch of rows that no ink touches. Tables and verses have such strips too:
//! what tells columns apart is that each side is set like a page of its own, in long lines.

use super::order::{Base, Cluster};
use super::row::Row;

/// A gutter is at least so wide, in sizes of type.
const GUTTER: f64 = 0.7;
/// How many rows a stretch in columns has at least.
const MIN_ROWS: usize = 5;
/// A line of a column has on average so many letters at least; those of verses have fewer.
const MIN_LETTERS: usize = 24;

/// Columns within columns are looked for no deeper.
const MAX_DEPTH: usize = 4;

/// A stretch of a page that is read from top to bottom.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) rows: Vec<Row>,
    /// Whether others stand beside it.
    is_part: bool,
}

/// A strip without ink, from the left.
type Strip = (f64, f64);

/// The columns of a page in the order in which they are read, from rows that are sorted from the top.
pub(super) fn columns(rows: Vec<Row>, base: Base) -> Vec<Column> {
    within(rows, base, 0)
}

fn within(rows: Vec<Row>, base: Base, depth: usize) -> Vec<Column> {
    let (x0, x1) = bounds(&rows);
    let mut columns: Vec<Column> = Vec::new();
    let mut stretch: Vec<Row> = Vec::new();
    let mut strips: Vec<Strip> = Vec::new();
    for row in rows {
        let left = narrowed(&strips, &row);
        if left.is_empty() {
            let own = narrowed(&[(x0, x1)], &row);
            let (above, taken, open) = take_back(std::mem::take(&mut stretch), own, &strips);
            split(above, &strips, base, depth, &mut columns);
            stretch = taken;
            strips = open;
        } else {
            strips = left;
        }
        stretch.push(row);
    }
    split(stretch, &strips, base, depth, &mut columns);
    columns
}

/// Parts the rows at the end of a stretch without a gutter that leave strips of the next row open: they may be the heads
/// of its columns.
fn take_back(
    mut rows: Vec<Row>,
    own: Vec<Strip>,
    strips: &[Strip],
) -> (Vec<Row>, Vec<Row>, Vec<Strip>) {
    let mut open = own;
    if strips.iter().any(|strip| is_gutter(&rows, *strip)) {
        return (rows, Vec::new(), open);
    }
    let mut start = rows.len();
    for row in rows.iter().rev() {
        let left = narrowed(&open, row);
        if left.is_empty() {
            break;
        }
        open = left;
        start -= 1;
    }
    let taken = rows.split_off(start);
    (rows, taken, open)
}

fn bounds(rows: &[Row]) -> Strip {
    rows.iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(x0, x1), row| {
            (x0.min(row.x0()), x1.max(row.x1()))
        })
}

/// What is left of strips where a row has no ink.
fn narrowed(strips: &[Strip], row: &Row) -> Vec<Strip> {
    let least = GUTTER * row.size;
    let mut left = Vec::new();
    for (x0, x1) in strips {
        let mut from = *x0;
        for (start, end) in stretches(row) {
            if end <= from {
                continue;
            }
            if start >= *x1 {
                break;
            }
            if start - from >= least {
                left.push((from, start));
            }
            from = end;
        }
        if x1 - from >= least {
            left.push((from, *x1));
        }
    }
    left
}

/// The stretches of a row that have ink.
fn stretches(row: &Row) -> Vec<(f64, f64)> {
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    for cluster in row.clusters.iter().filter(|cluster| !cluster.is_space()) {
        match stretches.last_mut() {
            Some((_, end)) if cluster.x0 - *end < GUTTER * row.size => *end = end.max(cluster.x1),
            _ => stretches.push((cluster.x0, cluster.x1)),
        }
    }
    stretches
}

/// Divides a stretch at its widest gutter, where it has any.
fn split(rows: Vec<Row>, strips: &[Strip], base: Base, depth: usize, columns: &mut Vec<Column>) {
    let gutter = strips
        .iter()
        .filter(|strip| depth < MAX_DEPTH && is_gutter(&rows, **strip))
        .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    let Some((x0, x1)) = gutter else {
        // Stretches without gutters that follow each other are one.
        match columns.last_mut().filter(|above| !above.is_part) {
            Some(above) => above.rows.extend(rows),
            None if rows.is_empty() => {}
            None => columns.push(Column {
                rows,
                is_part: false,
            }),
        }
        return;
    };
    let (left, right) = sides(&rows, f64::midpoint(*x0, *x1));
    let sides = match base {
        Base::Left => [left, right],
        Base::Right => [right, left],
    };
    for side in sides {
        columns.extend(
            within(side, base, depth + 1)
                .into_iter()
                .map(|column| Column {
                    is_part: true,
                    ..column
                }),
        );
    }
}

fn sides(rows: &[Row], at: f64) -> (Vec<Row>, Vec<Row>) {
    let side = |from: f64, to: f64| {
        rows.iter()
            .filter_map(|row| row.between(from, to))
            .collect()
    };
    (side(f64::NEG_INFINITY, at), side(at, f64::INFINITY))
}

/// Whether a strip stands between columns: long lines at both sides, at one height.
fn is_gutter(rows: &[Row], (x0, x1): Strip) -> bool {
    let (left, right) = sides(rows, f64::midpoint(x0, x1));
    // The last line may be short.
    let is_long = |side: &[Row]| {
        let n_letters: usize = side.iter().map(|row| letters(&row.clusters)).sum();
        n_letters >= MIN_LETTERS * side.len().saturating_sub(1).max(1)
    };
    let height = |side: &[Row]| -> Strip {
        let top = side.first().map_or(0.0, |row| row.y);
        (top, side.last().map_or(0.0, |row| row.y))
    };
    if left.len().max(right.len()) < MIN_ROWS || !is_long(&left) || !is_long(&right) {
        return false;
    }
    let ((top, bottom), (other_top, other_bottom)) = (height(&left), height(&right));
    let beside = bottom.min(other_bottom) - top.max(other_top);
    beside > 0.5 * (bottom - top).min(other_bottom - other_top)
}

fn letters(clusters: &[Cluster]) -> usize {
    clusters
        .iter()
        .filter(|cluster| !cluster.is_space())
        .count()
}
