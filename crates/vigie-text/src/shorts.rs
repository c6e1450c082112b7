//! Remembers in which narrative the posts stand that are too short to be copies but carry an address or a picture.
//!
//! "Voyez" and an address go by the address alone. Where a person took such a post out of its narrative, the next one
//! with the same words and the same address or picture goes with it, though others with that address stayed behind. It
//! decides between narratives that people keep apart and links nothing by itself.

use crate::hash::Table;
use crate::things::Carried;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;

/// A table entry, an entry in the order of arrival, the allocator's share.
const BYTES: usize = 96;

/// 128 bits of SHA-256 over pool, words, addresses and pictures.
pub type ShortKey = [u64; 2];

struct Short {
    narrative: u32,
    last: u64,
}

/// The short posts in memory.
#[derive(Default)]
pub struct Shorts {
    of: Table<ShortKey, Short>,
    order: VecDeque<(u64, ShortKey)>,
}

impl Shorts {
    /// The last remembered arrival of the same post, and the narrative that it stands in.
    pub fn get(&self, key: &ShortKey) -> Option<(u64, u32)> {
        self.of.get(key).map(|short| (short.last, short.narrative))
    }

    /// Remembers one more; the answer is the bytes that it takes.
    pub fn keep(&mut self, key: ShortKey, arrival: u64, narrative: u32) -> usize {
        self.of.insert(key, Short { narrative, last: arrival });
        self.order.push_back((arrival, key));
        BYTES
    }

    /// Forgets the oldest remembered arrival; the answer is the bytes that come free.
    pub fn forget(&mut self, arrival: u64) -> usize {
        let Some((_, key)) = self.order.front().copied().filter(|(first, _)| *first == arrival) else {
            return 0;
        };
        self.order.pop_front();
        if self.get(&key).is_some_and(|(last, _)| last == arrival) {
            self.of.remove(&key);
        }
        BYTES
    }

    /// A person took these arrivals, in ascending order, out of their narrative: they and all posts that are the same.
    pub fn part(&mut self, arrivals: &[u64], narrative: u32) {
        for (arrival, key) in &self.order {
            let moved = arrivals.binary_search(arrival).is_ok();
            if let Some(short) = self.of.get_mut(key).filter(|_| moved) {
                *short = Short { narrative, last: *arrival };
            }
        }
    }

    /// Gives each the slot that `slot` finds for its narrative.
    pub fn resettle(&mut self, mut slot: impl FnMut(u32) -> u32) {
        self.of.values_mut().for_each(|short| short.narrative = slot(short.narrative));
    }
}

/// The key of a post of these folded words that carries this.
pub fn key(pool: u32, alike: &str, carried: &Carried) -> ShortKey {
    let mut hash = Sha256::new().chain_update(pool.to_le_bytes()).chain_update(b"short").chain_update(alike);
    for half in carried.links.iter().flatten() {
        hash.update(half.to_le_bytes());
    }
    for picture in carried.pictures.iter().filter_map(|positions| positions.0.first()) {
        hash.update(picture.hex());
    }
    let digest = hash.finalize();
    let half = |at: usize| digest.iter().skip(at).take(8).fold(0, |n, b| n << 8 | u64::from(*b));
    [half(0), half(8)]
}
