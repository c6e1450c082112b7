//! What the reader compares, and what it may spend on it.

use vigie_model::Limits;

/// Days of arrivals that a site normally keeps in the reader's memory: a story that rests for four weeks and
/// comes back founds a narrative of its own.
pub const WINDOW_DAYS: i64 = 28;

/// Why a number is not a threshold.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("a likeness threshold lies above 0 and at most at 1, not at {0}")]
pub struct ThresholdError(pub f64);

/// A least Jaccard value, kept in millionths so that the border itself is decided in whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Threshold(u32);

const MILLION: u64 = 1_000_000;

impl Threshold {
    /// 0.6: where a signal joins a narrative. One changed word breaks three runs of three words, so a post of 15
    /// words with one word replaced keeps 10 of 16 runs (0.63) and still joins; two stories that share an opening
    /// half stay apart (0.33).
    pub const JOIN: Self = Self(600_000);
    /// 0.8: what `vigie similar` reports unless told otherwise.
    pub const SIMILAR: Self = Self(800_000);

    /// `value` above 0 and at most 1, rounded to a millionth.
    pub fn new(value: f64) -> Result<Self, ThresholdError> {
        let millionths = (value * 1e6).round();
        if (1.0..=1e6).contains(&millionths) {
            Ok(Self(millionths as u32))
        } else {
            Err(ThresholdError(value))
        }
    }

    /// The value, 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 1e6
    }

    /// Whether `shared` of `union` reaches it.
    pub(crate) fn reached(self, shared: usize, union: usize) -> bool {
        shared as u64 * MILLION >= u64::from(self.0) * union as u64
    }

    /// The fewest elements that sets of `a` and `b` elements must share to reach it.
    pub(crate) fn overlap_least(self, a: usize, b: usize) -> usize {
        let t = u64::from(self.0);
        (t * (a + b) as u64).div_ceil(MILLION + t) as usize
    }

    /// The smallest set that can reach it beside one of `size` elements.
    pub(crate) fn size_least(self, size: usize) -> usize {
        (u64::from(self.0) * size as u64).div_ceil(MILLION) as usize
    }

    /// The largest set that can reach it beside one of `size` elements when at most `overlap` are shared.
    pub(crate) fn size_most(self, size: usize, overlap: usize) -> usize {
        let t = u64::from(self.0);
        ((overlap as u64 * (MILLION + t) / t) as usize).saturating_sub(size)
    }
}

/// What the reader compares, and what it may spend on one signal and in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Least likeness that joins a signal to a narrative.
    pub join: Threshold,
    /// Links kept in a reading, strongest first.
    pub links_max: usize,
    /// Bytes of one text that are read; the rest is not compared.
    pub text_bytes_max: usize,
    /// Three-word runs of one text that are compared; the rest is not. A thousand words cover any post and most
    /// articles, and keep long texts from pushing the others out of the memory.
    pub runs_max: usize,
    /// Variants of one narrative that one signal is compared with once it is known to belong there. It bounds a
    /// flood of near-copies and changes no group: only which of many links are shown.
    pub looks_max: usize,
    /// Steps spent on one signal (an index entry visited, an element compared): about a millisecond. A text built
    /// to be almost like everything ends here; [`Memory::cut_short`](crate::Memory) counts how often.
    pub steps_max: usize,
    /// Bytes of memory after which the oldest signals are forgotten early.
    pub memory_bytes_max: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            join: Threshold::JOIN,
            links_max: 8,
            text_bytes_max: Limits::SIGNAL.field_bytes_max,
            runs_max: 1_024,
            looks_max: 64,
            steps_max: 200_000,
            memory_bytes_max: 256 << 20,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_border_of_a_threshold_belongs_to_it() {
        let four_fifths = Threshold::new(0.8).expect("a threshold");
        assert!(four_fifths.reached(4, 5));
        assert!(!four_fifths.reached(79, 99));
        assert_eq!(Threshold::SIMILAR, four_fifths);
    }

    #[test]
    fn a_number_outside_its_range_is_no_threshold() {
        for bad in [0.0, -0.2, 1.1, f64::NAN, f64::INFINITY] {
            assert!(Threshold::new(bad).is_err(), "{bad}");
        }
    }

    /// The two bounds that prune the search must never exclude a pair that reaches the threshold.
    #[test]
    fn no_bound_excludes_a_pair_that_reaches_the_threshold() {
        for t in [0.05, 0.5, 0.6, 0.8, 1.0].map(|t| Threshold::new(t).expect("a threshold")) {
            for a in 1..30_usize {
                for b in 1..30 {
                    for shared in 0..=a.min(b) {
                        if t.reached(shared, a + b - shared) {
                            assert!(shared >= t.overlap_least(a, b), "{t:?} {a} {b} {shared}");
                            assert!(b >= t.size_least(a) && b <= t.size_most(a, shared));
                        }
                    }
                }
            }
        }
    }
}
