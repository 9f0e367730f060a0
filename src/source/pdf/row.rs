//! Glyphs that stand on one baseline: drawn twice once, marks on their letters, blanks where gaps are, raised numbers in
//! the line that they hang on.

use super::glyph::Glyph;
use super::letters;
use super::order::Cluster;

/// A stretch of a page on one baseline, its clusters sorted from the left.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) clusters: Vec<Cluster>,
    pub(super) y: f64,
    pub(super) size: f64,
}

impl Row {
    pub(super) fn x0(&self) -> f64 {
        let inked = self.clusters.iter().filter(|cluster| !cluster.is_space());
        inked
            .map(|cluster| cluster.x0)
            .fold(f64::INFINITY, f64::min)
    }

    pub(super) fn x1(&self) -> f64 {
        let inked = self.clusters.iter().filter(|cluster| !cluster.is_space());
        inked
            .map(|cluster| cluster.x1)
            .fold(f64::NEG_INFINITY, f64::max)
    }

    /// The clusters in a stretch from the left, as a row of their own; none where there is no ink.
    pub(super) fn between(&self, x0: f64, x1: f64) -> Option<Self> {
        let is_in = |cluster: &&Cluster| {
            let middle = f64::midpoint(cluster.x0, cluster.x1);
            x0 <= middle && middle < x1
        };
        let clusters: Vec<Cluster> = self.clusters.iter().filter(is_in).cloned().collect();
        let has_ink = clusters.iter().any(|cluster| !cluster.is_space());
        let size = size_of(&clusters);
        has_ink.then_some(Self {
            clusters,
            y: self.y,
            size,
        })
    }
}

/// The rows of a page, from the top.
pub(super) fn rows(glyphs: Vec<Glyph>) -> Vec<Row> {
    let (marks, mut glyphs): (Vec<Glyph>, Vec<Glyph>) = glyphs
        .into_iter()
        .partition(|glyph| letters::is_mark(&glyph.text));
    // Letters without advance may stand off their baseline: they are put into its row when that is known.
    let thin: Vec<Glyph> = glyphs.extract_if(.., |glyph| glyph.ink.is_some()).collect();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut bands: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        let fits = bands
            .last()
            .and_then(|band| band.first())
            .is_some_and(|first| glyph.y - first.y <= 0.12 * first.size.max(glyph.size));
        match bands.last_mut() {
            Some(band) if fits => band.push(glyph),
            _ => bands.push(vec![glyph]),
        }
    }
    let mut rows: Vec<Row> = bands.into_iter().filter_map(row).collect();
    raise(&mut rows);
    put_thin(&mut rows, thin);
    drop_doubled(&mut rows);
    drop_parts(&mut rows);
    put_marks(&mut rows, marks);
    let n_spaces = count(&rows, Cluster::is_space);
    // A producer that draws blanks draws all of them; without any, every gap is one.
    let gap = if n_spaces * 14 > count(&rows, |_| true) {
        0.35
    } else {
        0.13
    };
    for row in &mut rows {
        space(row, gap);
    }
    rows
}

fn count(rows: &[Row], is_counted: impl Fn(&Cluster) -> bool) -> usize {
    let of = |row: &Row| {
        row.clusters
            .iter()
            .filter(|cluster| is_counted(cluster))
            .count()
    };
    rows.iter().map(of).sum()
}

fn size_of(clusters: &[Cluster]) -> f64 {
    let mut sizes: Vec<f64> = clusters
        .iter()
        .filter(|cluster| !cluster.is_space())
        .map(|cluster| cluster.size)
        .collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

fn row(band: Vec<Glyph>) -> Option<Row> {
    let y = band.first()?.y;
    let mut clusters: Vec<Cluster> = band
        .into_iter()
        .map(|glyph| Cluster {
            text: glyph.text,
            // A letter without advance stands where its ink is.
            x0: glyph.ink.map_or(glyph.x0, |(x, _)| x),
            x1: glyph.ink.map_or(glyph.x1, |(x, _)| x),
            size: glyph.size,
            is_bold: glyph.is_bold,
            is_raised: false,
        })
        .collect();
    sort(&mut clusters);
    let size = size_of(&clusters);
    (size > 0.0).then_some(Row { clusters, y, size })
}

/// Sorts by the middle: neighbours overlap where letters are joined.
fn sort(clusters: &mut [Cluster]) {
    clusters.sort_by(|a, b| (a.x0 + a.x1).total_cmp(&(b.x0 + b.x1)));
}

/// Puts small rows that stand a little above a larger one into it where they touch it: the numbers of notes.
fn raise(rows: &mut Vec<Row>) {
    let mut at = 0;
    while at < rows.len() {
        let Some(small) = rows.get(at) else { break };
        let host = |other: &Row| {
            let by = other.y - small.y;
            small.size <= 0.88 * other.size && -0.25 * other.size < by && by < 0.75 * other.size
        };
        let hosts: Vec<usize> = (0..rows.len())
            .filter(|nth| *nth != at && nth.abs_diff(at) <= 4)
            .filter(|nth| rows.get(*nth).is_some_and(host))
            .collect();
        if hosts.is_empty() {
            at += 1;
            continue;
        }
        let small = rows.remove(at);
        let (left, n_moved) = move_pieces(rows, at, small, &hosts);
        if let Some(left) = left {
            rows.insert(at, left);
            at += 1;
        } else if n_moved == 0 {
            at += 1;
        }
    }
}

/// Moves the pieces of a row that was at a place into those of the hosts that they touch; what is left, and how many were
/// moved.
fn move_pieces(
    rows: &mut [Row],
    was_at: usize,
    small: Row,
    hosts: &[usize],
) -> (Option<Row>, usize) {
    let mut left = Vec::new();
    let mut n_moved = 0;
    for piece in pieces(small.clusters) {
        let (x0, x1) = piece
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(x0, x1), cluster| {
                (x0.min(cluster.x0), x1.max(cluster.x1))
            });
        let touched = hosts.iter().find_map(|nth| {
            let nth = if *nth > was_at { nth - 1 } else { *nth };
            let host = rows.get(nth)?;
            let near = 0.6 * host.size;
            let is_touched = |cluster: &Cluster| {
                !cluster.is_space() && cluster.x1 > x0 - near && cluster.x0 < x1 + near
            };
            host.clusters.iter().any(is_touched).then_some(nth)
        });
        match touched.and_then(|nth| rows.get_mut(nth)) {
            Some(host) => {
                let is_raised = small.y < host.y;
                host.clusters
                    .extend(piece.into_iter().map(|cluster| Cluster {
                        is_raised: is_raised && !cluster.is_space(),
                        ..cluster
                    }));
                sort(&mut host.clusters);
                n_moved += 1;
            }
            None => left.extend(piece),
        }
    }
    sort(&mut left);
    let has_ink = left.iter().any(|cluster| !cluster.is_space());
    let row = has_ink.then_some(Row {
        clusters: left,
        ..small
    });
    (row, n_moved)
}

/// Clusters cut where a gap is.
fn pieces(clusters: Vec<Cluster>) -> Vec<Vec<Cluster>> {
    let mut pieces: Vec<Vec<Cluster>> = Vec::new();
    for cluster in clusters {
        let touches = pieces
            .last()
            .and_then(|piece| piece.last())
            .is_some_and(|before| cluster.x0 - before.x1 < 0.5 * cluster.size);
        match pieces.last_mut() {
            Some(piece) if touches => piece.push(cluster),
            _ => pieces.push(vec![cluster]),
        }
    }
    pieces
}

/// What is drawn twice at one place is there once; so is a cluster that two glyphs stand for.
fn drop_doubled(rows: &mut [Row]) {
    for row in rows {
        let mut kept: Vec<Cluster> = Vec::with_capacity(row.clusters.len());
        for cluster in row.clusters.drain(..) {
            let is_thin = |cluster: &Cluster| cluster.x1 - cluster.x0 < 0.02 * cluster.size;
            let again = kept.iter_mut().rev().take(4).find(|other| {
                let is_part = other.text == cluster.text
                    || is_thin(&cluster) && other.text.ends_with(&cluster.text)
                    || is_thin(other) && cluster.text.ends_with(&other.text);
                if !is_part || other.is_raised != cluster.is_raised {
                    return false;
                }
                let near = match (
                    other.text == cluster.text,
                    is_thin(other) && is_thin(&cluster),
                ) {
                    (_, true) => 0.4,
                    (true, false) => 0.1,
                    (false, false) => 0.3,
                } * cluster.size;
                let is_same =
                    (other.x0 - cluster.x0).abs() < near && (other.x1 - cluster.x1).abs() < near;
                let overlaps = other.x1 > cluster.x0 - near && other.x0 < cluster.x1 + near;
                is_same || (is_thin(other) || is_thin(&cluster)) && overlaps
            });
            match again {
                Some(other) => {
                    if is_thin(other) {
                        other.text.clone_from(&cluster.text);
                        (other.x0, other.x1) = (cluster.x0, cluster.x1);
                    }
                    other.is_bold |= cluster.is_bold;
                }
                None => kept.push(cluster),
            }
        }
        sort(&mut kept);
        row.clusters = kept;
    }
}

/// Drops glyphs without Unicode that are a part of the cluster beside them: some producers give the text of several glyphs
/// to one of them.
fn drop_parts(rows: &mut [Row]) {
    for row in rows {
        let is_part = |at: usize| {
            let Some(glyph) = row
                .clusters
                .get(at)
                .filter(|cluster| cluster.text == letters::UNKNOWN)
            else {
                return false;
            };
            let bears_it = |other: &Cluster| {
                let touches = other.x0 < glyph.x1 + 0.05 * glyph.size
                    && glyph.x0 < other.x1 + 0.05 * glyph.size;
                touches
                    && other.text.chars().count() > 1
                    && letters::class(&other.text) == letters::Class::Right
            };
            let around = row
                .clusters
                .get(at.saturating_sub(2)..(at + 3).min(row.clusters.len()));
            glyph.x1 - glyph.x0 < 0.02 * glyph.size
                || around.unwrap_or_default().iter().any(bears_it)
        };
        let parts: Vec<bool> = (0..row.clusters.len()).map(is_part).collect();
        let mut parts = parts.into_iter();
        row.clusters.retain(|_| parts.next() != Some(true));
    }
}

/// Puts letters without advance into the row whose ink they touch.
fn put_thin(rows: &mut Vec<Row>, thin: Vec<Glyph>) {
    for glyph in thin {
        let x = glyph.ink.map_or(glyph.x0, |(x, _)| x);
        let near = |row: &Row| {
            let off = (row.y - glyph.y).abs();
            let touches = |cluster: &Cluster| {
                cluster.x0 - 0.6 * row.size < x && x < cluster.x1 + 0.6 * row.size
            };
            (off < 0.9 * row.size && row.clusters.iter().any(touches)).then_some(off)
        };
        let nearest = rows
            .iter()
            .enumerate()
            .filter_map(|(nth, row)| near(row).map(|off| (nth, off)))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        let found = nearest.and_then(|(nth, _)| rows.get_mut(nth));
        if let Some(row) = found {
            row.clusters.push(Cluster {
                text: glyph.text,
                x0: x,
                x1: x,
                size: glyph.size,
                is_bold: glyph.is_bold,
                is_raised: false,
            });
            sort(&mut row.clusters);
        } else if !letters::is_blank(&glyph.text) {
            let at = rows.partition_point(|row| row.y < glyph.y);
            let alone = self::row(vec![glyph]);
            rows.splice(at..at, alone);
        }
    }
}

/// Puts marks on the letters over or under which they stand.
fn put_marks(rows: &mut [Row], marks: Vec<Glyph>) {
    let mut put: Vec<(usize, usize, usize, char)> = Vec::new();
    for mark in marks {
        let x = mark.ink.map_or(mark.x0, |(x, _)| x);
        let mut best: Option<(f64, usize, usize)> = None;
        for (nth, row) in rows.iter().enumerate() {
            let off = (row.y - mark.y).abs();
            if off > row.size {
                continue;
            }
            for (at, cluster) in row.clusters.iter().enumerate() {
                if cluster.is_space() || cluster.size < 0.7 * mark.size {
                    continue;
                }
                // What has no advance has ink all the same.
                let half = (0.2 * cluster.size - (cluster.x1 - cluster.x0) / 2.0).max(0.0);
                let away = (cluster.x0 - half - x).max(x - cluster.x1 - half).max(0.0);
                let middle = (f64::midpoint(cluster.x0, cluster.x1) - x).abs();
                let far = 4.0 * away + 0.2 * middle + off;
                if away < 0.4 * mark.size && best.is_none_or(|(least, _, _)| far < least) {
                    best = Some((far, nth, at));
                }
            }
        }
        let Some((_, nth, at)) = best else { continue };
        let Some(cluster) = rows.get(nth).and_then(|row| row.clusters.get(at)) else {
            continue;
        };
        let letter = letter_under(cluster, x);
        put.extend(mark.text.chars().map(|mark| (nth, at, letter, mark)));
    }
    for (nth, at, letter, mark) in put {
        if let Some(cluster) = rows.get_mut(nth).and_then(|row| row.clusters.get_mut(at)) {
            add_mark(cluster, letter, mark);
        }
    }
}

/// Which letter of a ligature stands at a place; it is written from the right if its letters are.
fn letter_under(cluster: &Cluster, x: f64) -> usize {
    let letters: Vec<char> = cluster
        .text
        .chars()
        .filter(|c| !letters::is_mark(&c.to_string()))
        .collect();
    let width = cluster.x1 - cluster.x0;
    if letters.len() < 2 || width <= 0.0 {
        return 0;
    }
    let from_left = ((x - cluster.x0) / width).clamp(0.0, 0.999);
    let share = if letters.iter().any(|c| letters::is_right(*c)) {
        0.999 - from_left
    } else {
        from_left
    };
    let n = f64::from(u32::try_from(letters.len()).unwrap_or(1));
    // Which of a few letters it is: a small number that is not negative.
    (1..letters.len())
        .take_while(|nth| f64::from(u32::try_from(*nth).unwrap_or(u32::MAX)) <= share * n)
        .count()
}

/// Puts a mark on the nth letter of a cluster, in the order of typing, where it does not bear it already.
fn add_mark(cluster: &mut Cluster, letter: usize, mark: char) {
    let mut text = String::with_capacity(cluster.text.len() + 2);
    let mut nth = None;
    let mut marks: Vec<char> = Vec::new();
    let end = |text: &mut String, nth: Option<usize>, marks: &mut Vec<char>| {
        if nth == Some(letter) && !marks.contains(&mark) {
            marks.push(mark);
            marks.sort_by_key(|mark| letters::rank(*mark));
        }
        text.extend(marks.drain(..));
    };
    for c in cluster.text.chars() {
        if letters::is_mark(c.encode_utf8(&mut [0; 4])) {
            marks.push(c);
            continue;
        }
        end(&mut text, nth, &mut marks);
        text.push(c);
        nth = Some(nth.map_or(0, |nth| nth + 1));
    }
    end(&mut text, nth, &mut marks);
    cluster.text = text;
}

/// Puts a blank where a gap is and the producer has drawn none; drops those at a line's ends that letters stand over.
fn space(row: &mut Row, gap: f64) {
    let n = row.clusters.len();
    let is_over = |at: usize| {
        let Some(space) = row.clusters.get(at).filter(|cluster| cluster.is_space()) else {
            return false;
        };
        let is_outer = at < 3 || at + 3 >= n;
        let covered = |cluster: &Cluster| {
            let width = cluster.x1.min(space.x1) - cluster.x0.max(space.x0);
            !cluster.is_space() && width >= 0.5 * (space.x1 - space.x0)
        };
        let around = row.clusters.get(at.saturating_sub(2)..(at + 3).min(n));
        is_outer && around.unwrap_or_default().iter().any(covered)
    };
    let over: Vec<bool> = (0..n).map(is_over).collect();
    let clusters = std::mem::take(&mut row.clusters).into_iter().zip(over);
    let clusters: Vec<Cluster> = clusters
        .filter(|(_, is_over)| !is_over)
        .map(|(cluster, _)| cluster)
        .collect();
    let mut before: Option<f64> = None;
    for cluster in clusters {
        if !cluster.is_space() {
            let is_after_space = row.clusters.last().is_some_and(Cluster::is_space);
            let size = cluster
                .size
                .max(if cluster.is_raised { row.size } else { 0.0 });
            if let Some(end) = before.filter(|end| !is_after_space && cluster.x0 - end > gap * size)
            {
                row.clusters.push(Cluster {
                    text: " ".to_owned(),
                    x0: end,
                    x1: cluster.x0,
                    ..cluster.clone()
                });
            }
            before = Some(before.map_or(cluster.x1, |end| end.max(cluster.x1)));
        }
        row.clusters.push(cluster);
    }
}
