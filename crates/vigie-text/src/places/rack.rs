//! Hashes to numbers, packed: millions of entries in eight bytes each, one line of memory a look-up.

/// A table from hashes to numbers, built once.
#[derive(Debug, Default)]
pub struct Rack {
    /// Where the entries of each bucket begin.
    starts: Vec<u32>,
    /// Low half of the hash, number.
    cells: Vec<(u32, u32)>,
    /// Which hashes are worth a look: one bit in a table of sixteen bits an entry.
    seen: Vec<u64>,
    shift: u32,
}

impl Rack {
    /// Packs `entries` of hash and number.
    pub fn new(mut entries: Vec<(u64, u32)>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        let bits = (entries.len() / 4).max(2).ilog2() + 1;
        let shift = 64 - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for (hash, _) in &entries {
            if let Some(start) = starts.get_mut((hash >> shift) as usize + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut seen = vec![0_u64; ((entries.len() * 16).max(64)).next_power_of_two() / 64];
        for (hash, _) in &entries {
            let (word, bit) = place(*hash, seen.len());
            if let Some(word) = seen.get_mut(word) {
                *word |= bit;
            }
        }
        let cells = entries.into_iter().map(|(hash, number)| (hash as u32, number)).collect();
        Self { starts, cells, seen, shift }
    }

    /// The numbers under `hash`; rarely others too, so that what is found must be checked.
    pub fn get(&self, hash: u64) -> impl Iterator<Item = u32> {
        let (word, bit) = place(hash, self.seen.len());
        let worth = self.seen.get(word).is_some_and(|word| word & bit != 0);
        let bucket = (hash >> self.shift.min(63)) as usize;
        let start = |n: usize| self.starts.get(n).map_or(0, |start| *start as usize);
        let range = if worth { start(bucket)..start(bucket + 1) } else { 0..0 };
        let cells = self.cells.get(range).unwrap_or_default();
        cells.iter().filter(move |(low, _)| *low == hash as u32).map(|(_, number)| *number)
    }
}

fn place(hash: u64, words: usize) -> (usize, u64) {
    ((hash >> 6) as usize & words.wrapping_sub(1), 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::mix;

    #[test]
    fn every_number_is_found_under_its_hash_and_little_else() {
        let rack = Rack::new((0..10_000_u32).map(|n| (mix(u64::from(n), 3), n)).collect());
        for n in 0..10_000_u32 {
            assert!(rack.get(mix(u64::from(n), 3)).eq([n]));
        }
        assert!((10_000..20_000_u64).all(|n| rack.get(mix(n, 3)).next().is_none()));
        assert_eq!(Rack::new(Vec::new()).get(7).count(), 0);
        assert_eq!(Rack::default().get(7).count(), 0);
    }
}
