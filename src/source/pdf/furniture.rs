//! What stands on pages and is no text: running headers and footers, page numbers.

use std::collections::{HashMap, HashSet};

use super::page::Line;

/// How many lines at a page's top and bottom are looked at.
const N_EDGE: usize = 3;

/// The lines without those that are repeated at one place of several pages, and without page numbers.
pub(super) fn without(lines: Vec<Line>, n_pages: usize) -> Vec<Line> {
    let edges = edges(&lines);
    let mut repeated: HashMap<(bool, String), Vec<(usize, f64)>> = HashMap::new();
    for (at, is_top) in &edges {
        if let Some(line) = lines.get(*at) {
            let same = repeated.entry((*is_top, pattern(&line.text))).or_default();
            same.push((*at, line.y));
        }
    }
    let mut dropped: HashSet<usize> = HashSet::new();
    // Of two pages, or of four with two kinds of them, what is there twice is repeated; of more, what is there thrice.
    let least = if n_pages <= 4 { 2 } else { 3 };
    for ((_, pattern), places) in &repeated {
        for (at, y) in places {
            let near = places.iter().filter(|(_, other)| (other - y).abs() < 3.0);
            let pages: HashSet<u32> = near
                .filter_map(|(at, _)| lines.get(*at))
                .map(|line| line.page)
                .collect();
            let is_number =
                pattern.chars().any(|c| c == '#') && !pattern.chars().any(char::is_alphabetic);
            let is_marginal = lines.get(*at).is_some_and(is_marginal);
            if pages.len() >= least || is_number && is_marginal && is_page_number(&lines, *at) {
                dropped.insert(*at);
            }
        }
    }
    let kept = lines
        .into_iter()
        .enumerate()
        .filter(|(at, _)| !dropped.contains(at));
    kept.map(|(_, line)| line).collect()
}

/// The lines at the top and at the bottom of each page.
fn edges(lines: &[Line]) -> Vec<(usize, bool)> {
    let mut edges = Vec::new();
    let mut start = 0;
    for page in lines.chunk_by(|a, b| a.page == b.page) {
        let mut places: Vec<(usize, f64)> = page
            .iter()
            .enumerate()
            .map(|(at, line)| (start + at, line.y))
            .collect();
        places.sort_by(|a, b| a.1.total_cmp(&b.1));
        edges.extend(places.iter().take(N_EDGE).map(|(at, _)| (*at, true)));
        let below = places
            .len()
            .saturating_sub(N_EDGE)
            .max(N_EDGE.min(places.len()));
        edges.extend(places.iter().skip(below).map(|(at, _)| (*at, false)));
        start += page.len();
    }
    edges
}

/// A text with its numbers made alike.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        if c.is_numeric() {
            if !pattern.ends_with('#') {
                pattern.push('#');
            }
        } else if !c.is_whitespace() {
            pattern.push(c);
        }
    }
    pattern
}

/// Whether a line stands in the outer tenth of its page.
fn is_marginal(line: &Line) -> bool {
    line.y < 0.1 * line.height || line.y > 0.9 * line.height
}

/// Whether a line is the number of its page, standing apart from the text.
fn is_page_number(lines: &[Line], at: usize) -> bool {
    let Some(line) = lines.get(at) else {
        return false;
    };
    let others = lines
        .iter()
        .filter(|other| other.page == line.page && !std::ptr::eq(*other, line));
    let nearest = others
        .map(|other| (other.y - line.y).abs())
        .fold(f64::INFINITY, f64::min);
    line.text.chars().count() <= 12 && nearest > 1.5 * line.size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_alike() {
        assert_eq!(pattern("Chapter 1, page 12"), pattern("Chapter 10, page 7"));
        assert_ne!(pattern("Chapter"), pattern("Chapters"));
    }
}
