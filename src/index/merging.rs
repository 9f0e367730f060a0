//! Which segments are merged into one, and when.
//!
//! Every write leaves a segment, and every search looks into all of them. They are merged by size, as logarithmic merging
//! does (Lester, Moffat and Zobel 2005): never more than [`FEW`] of about one size stand side by side, so that a passage is
//! copied a few times while the library grows, and what a write costs is in proportion to what it writes. Segments past
//! [`LARGE`] are left alone, so that no merge keeps a writer waiting for long.
//!
//! What was deleted counts nowhere (`snapshot`); a segment is rewritten for it only once a good part of it is.

use tantivy::SegmentMeta;
use tantivy::index::SegmentId;

/// How many segments of about one size may stand side by side.
const FEW: usize = 4;
/// How many passages the segments of the lowest level have at most; each level has [`FEW`] times as many.
const SMALLEST: u64 = 256;
/// How many passages a merged segment has at most.
const LARGE: u64 = 40_000;
/// A merge of fewer passages is over before anybody waits for it.
const QUICK: u64 = 4_000;
/// Of how many passages one is deleted where a segment is rewritten.
const DELETED: u64 = 4;

/// A segment, as far as merging looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) id: SegmentId,
    /// How many passages it has that are not deleted.
    pub(super) alive: u64,
    /// How many are deleted.
    pub(super) deleted: u64,
}

impl From<&SegmentMeta> for Size {
    fn from(segment: &SegmentMeta) -> Self {
        Self {
            id: segment.id(),
            alive: u64::from(segment.num_docs()),
            deleted: u64::from(segment.num_deleted_docs()),
        }
    }
}

/// Segments that are to become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) segments: Vec<SegmentId>,
    /// Whether it is over before anybody waits for it.
    pub(super) is_quick: bool,
}

impl Merge {
    fn of(segments: &[Size]) -> Self {
        let n: u64 = segments.iter().map(|segment| segment.alive).sum();
        Self {
            segments: segments.iter().map(|segment| segment.id).collect(),
            is_quick: n <= QUICK,
        }
    }
}

/// The next merge that is due; none where all is well.
pub(super) fn due(segments: &[Size]) -> Option<Merge> {
    let is_worn = |segment: &&Size| segment.deleted * DELETED > segment.alive + segment.deleted;
    if let Some(worn) = segments.iter().find(is_worn) {
        return Some(Merge::of(std::slice::from_ref(worn)));
    }
    let level = |segment: &Size| {
        (segment.alive / SMALLEST)
            .checked_ilog2()
            .map_or(0, |log| log / 2 + 1)
    };
    let mut sorted: Vec<Size> = segments.to_vec();
    sorted.sort_by_key(|segment| segment.alive);
    for at in 0..=sorted.last().map_or(0, level) {
        // With those of the levels below, which would follow soon.
        let upto: Vec<Size> = sorted
            .iter()
            .copied()
            .filter(|one| level(one) <= at)
            .collect();
        let n: u64 = upto.iter().map(|segment| segment.alive).sum();
        let n_here = upto.iter().filter(|one| level(one) == at).count();
        if n_here >= FEW && n <= LARGE {
            return Some(Merge::of(&upto));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes segments of these sizes one after the other, merging whatever is due; the sizes that are left, and how many
    /// passages were copied.
    fn grown(sizes: impl Iterator<Item = u64>) -> (Vec<u64>, u64) {
        let mut segments: Vec<Size> = Vec::new();
        let mut copied = 0;
        for alive in sizes {
            let new = |alive| Size {
                id: SegmentId::generate_random(),
                alive,
                deleted: 0,
            };
            segments.push(new(alive));
            while let Some(merge) = due(&segments) {
                let is_merged = |one: &Size| merge.segments.contains(&one.id);
                let n = segments
                    .iter()
                    .filter(|one| is_merged(one))
                    .map(|one| one.alive)
                    .sum();
                segments.retain(|one| !is_merged(one));
                segments.push(new(n));
                copied += n;
            }
        }
        (segments.iter().map(|one| one.alive).collect(), copied)
    }

    #[test]
    fn segments_stay_few_and_copying_in_proportion() {
        let (left, copied) = grown(std::iter::repeat_n(50, 4_000));
        assert_eq!(left.iter().sum::<u64>(), 200_000);
        assert!(left.len() <= 25, "{left:?}");
        assert!(copied <= 8 * 200_000, "each passage a few times: {copied}");
        let (left, copied) = grown(std::iter::repeat_n(400, 500));
        assert!(left.len() <= 25, "{left:?}");
        assert!(copied <= 6 * 200_000, "{copied}");
    }

    #[test]
    fn large_segments_are_left_alone() {
        let (left, copied) = grown([100_000, 50_000, 60_000, 70_000, 80_000].into_iter());
        assert_eq!((left.len(), copied), (5, 0));
    }

    #[test]
    fn a_worn_segment_is_rewritten() {
        let size = |alive, deleted| Size {
            id: SegmentId::generate_random(),
            alive,
            deleted,
        };
        let worn = size(100, 50);
        let merge = due(&[size(100_000, 400), worn]).unwrap();
        assert_eq!((merge.segments, merge.is_quick), (vec![worn.id], true));
        assert_eq!(due(&[size(100_000, 400)]), None);
        assert_eq!(due(&[]), None);
    }
}
