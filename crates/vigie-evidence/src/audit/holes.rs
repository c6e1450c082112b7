//! Contents and files that are not there, held against the entries that say what was erased.
//!
//! An erasure leaves a hole and, later in the journal, its tombstone: a `content.erased` whose body names the entries.
//! A hole that no tombstone names was made by nobody who may.

use crate::leaf::{Content, Leaf};
use vigie_model::{ContentErased, Kind};

/// First and last entry of a run.
type Run = (u64, u64);

/// What is not there, and what was erased.
#[derive(Debug, Default)]
pub(super) struct Holes {
    payloads: Vec<Run>,
    files: Vec<Run>,
    erased: Vec<Run>,
}

impl Holes {
    /// The payload of entry `seq` is not there. Entries come in order.
    pub(super) fn payload(&mut self, seq: u64) {
        add(&mut self.payloads, seq);
    }

    /// The file of entry `seq` is not there. Entries come in order.
    pub(super) fn file(&mut self, seq: u64) {
        add(&mut self.files, seq);
    }

    /// Takes what a tombstone names. It speaks of what stood before it, and of nothing else.
    pub(super) fn tombstone(&mut self, leaf: &Leaf<'_>) {
        let Content::Body(body) = leaf.content else { return };
        if leaf.known_kind() != Some(Kind::ContentErased) {
            return;
        }
        let Ok(erased) = serde_json::from_slice::<ContentErased>(body) else { return };
        self.erased
            .extend(erased.spans.into_iter().filter(|(first, last)| first <= last && *last < leaf.seq));
    }

    /// The payloads and the files that are not there and that no tombstone names, in order.
    pub(super) fn unexplained(mut self) -> (Vec<Run>, Vec<Run>) {
        self.erased.sort_unstable();
        let mut erased: Vec<Run> = Vec::new();
        for (first, last) in self.erased {
            match erased.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => erased.push((first, last)),
            }
        }
        (outside(&self.payloads, &erased), outside(&self.files, &erased))
    }
}

fn add(runs: &mut Vec<Run>, seq: u64) {
    match runs.last_mut() {
        Some((_, last)) if *last + 1 == seq => *last = seq,
        _ => runs.push((seq, seq)),
    }
}

/// What of `holes` lies outside the runs of `erased`, which neither touch nor overlap. Both are in order.
fn outside(holes: &[Run], erased: &[Run]) -> Vec<Run> {
    let mut left = Vec::new();
    for (first, last) in holes {
        let mut next = *first;
        let from = erased.partition_point(|(_, end)| end < first);
        for (start, end) in erased.iter().skip(from).take_while(|(start, _)| start <= last) {
            if next < *start {
                left.push((next, start - 1));
            }
            next = next.max(end.saturating_add(1));
        }
        if next <= *last {
            left.push((next, *last));
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn holes(payloads: &[u64], files: &[u64], erased: &[Run]) -> Holes {
        let mut holes = Holes { erased: erased.to_vec(), ..Holes::default() };
        for seq in payloads {
            holes.payload(*seq);
        }
        for seq in files {
            holes.file(*seq);
        }
        holes
    }

    impl Holes {
        /// The first payload and the first file.
        fn firsts(self) -> (Option<u64>, Option<u64>) {
            let first = |runs: Vec<Run>| runs.first().map(|(first, _)| *first);
            let (payloads, files) = self.unexplained();
            (first(payloads), first(files))
        }
    }

    #[test]
    fn payloads_and_files_are_told_apart() {
        assert_eq!(holes(&[3, 4], &[4], &[(3, 4)]).firsts(), (None, None));
        assert_eq!(holes(&[3, 4], &[4], &[(3, 3)]).firsts(), (Some(4), Some(4)));
        assert_eq!(holes(&[3], &[4], &[(3, 3)]).firsts(), (None, Some(4)));
        assert_eq!(holes(&[], &[], &[(3, 3)]).firsts(), (None, None));
        assert_eq!(holes(&[3, 4, 5], &[], &[(3, 3), (5, 5)]).firsts(), (Some(4), None));
        assert_eq!(holes(&[3, 4, 5], &[], &[(4, 5), (3, 3)]).firsts(), (None, None));
    }

    proptest! {
        /// The runs say what the single numbers say.
        #[test]
        fn the_holes_outside_are_the_numbers_outside(
            gone in proptest::collection::btree_set(0_u64..40, 0..20),
            erased in proptest::collection::vec((0_u64..40, 0_u64..6), 0..9),
        ) {
            let erased: Vec<Run> = erased.into_iter().map(|(first, more)| (first, first + more)).collect();
            let named: BTreeSet<u64> = erased.iter().flat_map(|(first, last)| *first..=*last).collect();
            let gone: Vec<u64> = gone.into_iter().collect();
            let expected: Vec<u64> = gone.iter().copied().filter(|seq| !named.contains(seq)).collect();
            let (payloads, files) = holes(&gone, &gone, &erased).unexplained();
            let single = |runs: Vec<Run>| runs.into_iter().flat_map(|(first, last)| first..=last).collect::<Vec<_>>();
            prop_assert_eq!((single(payloads), single(files)), (expected.clone(), expected));
        }
    }
}
