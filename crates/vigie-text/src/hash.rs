//! Hashes of words and runs of words: the same on every machine and in every run.
//!
//! No key and no randomness: a replay must give the same reading. What an attacker could gain by colliding
//! 32-bit index keys is extra work, which the step budget bounds; links rest on 64-bit values, "same text" on SHA-256.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

const A: u64 = 0x9E37_79B9_7F4A_7C15;
const B: u64 = 0xD6E8_FEB8_6659_FD93;

/// Multiplies to 128 bits and folds the halves: every input bit reaches every output bit.
pub const fn mix(a: u64, b: u64) -> u64 {
    let wide = (a ^ A) as u128 * (b ^ B) as u128;
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// Hash of some bytes.
pub fn bytes(input: &[u8]) -> u64 {
    let mut state = mix(input.len() as u64, A);
    let mut chunks = input.chunks_exact(8);
    for chunk in &mut chunks {
        state = mix(state, chunk.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)));
    }
    let rest = chunks.remainder().iter().rev().fold(0, |n, b| n << 8 | u64::from(*b));
    mix(state, rest)
}

/// A table hasher for keys that are hashes or identifiers already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, input: &[u8]) {
        self.0 = mix(self.0, bytes(input));
    }
    fn write_u32(&mut self, n: u32) {
        self.0 = mix(self.0, u64::from(n));
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = mix(self.0, n);
    }
}

/// A map without the random keys of the standard one.
pub type Table<K, V> = HashMap<K, V, BuildHasherDefault<Spread>>;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_million_short_words_have_a_million_hashes_and_spread_over_the_index() {
        let hashes: BTreeSet<u64> = (0..1_000_000_u32).map(|n| bytes(format!("w{n:x}").as_bytes())).collect();
        assert_eq!(hashes.len(), 1_000_000);
        let tops: BTreeSet<u64> = hashes.iter().map(|h| h >> 32).collect();
        assert!(tops.len() > 999_000, "{} of a million 32-bit keys", tops.len());
        assert_ne!(mix(mix(1, 2), 3), mix(mix(2, 1), 3), "the order of words counts");
    }
}
