//! Remembers which addresses and pictures signals carried, and finds the signals that carried the same.
//!
//! Addresses are the same where their canonical forms are; pictures where their hashes are near in any position. Both
//! are exact and the same both ways round, so that the groups they make do not depend on the order of arrival. All
//! pictures are compared: sixteen distances of 256 bits each, some 20 ns, are less than an index over them would cost at
//! the tens of thousands that four weeks of a mission bring.

use crate::hash::Table;
use crate::likeness::link;
use crate::likeness::picture::{Picture, Positions};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;

/// Addresses of one text that are looked at: a list of many is a digest, and a digest joins nothing.
const LINKS_MAX: usize = 2;
/// Addresses read of one text before it counts as a digest.
const LINKS_READ_MAX: usize = LINKS_MAX + 1;
/// Pictures of one signal that are looked at.
pub const PICTURES_MAX: usize = 4;
/// A table entry, a list, its first arrival.
const LINK_BYTES: usize = 112;
const SHARE_BYTES: usize = 24;
const PICTURE_BYTES: usize = size_of::<Kept>();

/// 128 bits of SHA-256 over pool and address.
pub type LinkKey = [u64; 2];

/// What one signal carries besides its text.
#[derive(Debug, Clone, Default)]
pub struct Carried {
    /// Its addresses that lead to one thing.
    pub links: Box<[LinkKey]>,
    /// Its pictures that are not too flat to tell.
    pub pictures: Vec<Positions>,
}

/// The pictures and addresses that joined a signal to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// The same address.
    Link,
    /// A picture that differs by so many bits of 256.
    Picture(u32),
}

struct Shared {
    arrivals: VecDeque<u64>,
    narrative: u32,
}

struct Kept {
    arrival: u64,
    positions: Positions,
    pool: u32,
    narrative: u32,
}

/// What remembered signals carried.
#[derive(Default)]
pub struct Things {
    links: Table<LinkKey, Shared>,
    pictures: VecDeque<Kept>,
}

impl Carried {
    /// What `text` and its pictures carry.
    pub fn of(pool: u32, text: &str, pictures: &[Positions]) -> Self {
        let links = link::in_text(text, LINKS_READ_MAX);
        let one_thing = links.iter().filter(|link| links.len() <= LINKS_MAX && link.leads_to_one_thing());
        let tells = |p: &&Positions| p.0.first().is_some_and(|side| side.quality >= Picture::QUALITY_LEAST);
        Self {
            links: one_thing.map(|link| link_key(pool, &link.canonical)).collect(),
            pictures: pictures.iter().filter(tells).take(PICTURES_MAX).copied().collect(),
        }
    }

    /// Whether there is nothing to go by.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty() && self.pictures.is_empty()
    }
}

impl Things {
    /// Shows `take` the first remembered arrival with each thing of `carried`, with its narrative, and every other
    /// narrative that carried it.
    pub fn meet(&self, pool: u32, carried: &Carried, mut take: impl FnMut(u64, u32, Met)) {
        for shared in carried.links.iter().filter_map(|key| self.links.get(key)) {
            if let Some(first) = shared.arrivals.front() {
                take(*first, shared.narrative, Met::Link);
            }
        }
        for picture in &carried.pictures {
            for kept in self.pictures.iter().filter(|kept| kept.pool == pool) {
                let distance = kept.positions.distance(picture);
                if distance <= Picture::DISTANCE_MAX {
                    take(kept.arrival, kept.narrative, Met::Picture(distance));
                }
            }
        }
    }

    /// Remembers them under the arrival and its narrative; the answer is the bytes that it takes.
    pub fn keep(&mut self, pool: u32, carried: &Carried, arrival: u64, narrative: u32) -> usize {
        let mut bytes = 0;
        for key in &carried.links {
            let shared = self.links.entry(*key).or_insert_with(|| {
                bytes += LINK_BYTES;
                Shared { arrivals: VecDeque::new(), narrative }
            });
            shared.arrivals.push_back(arrival);
            bytes += SHARE_BYTES;
        }
        for positions in &carried.pictures {
            self.pictures.push_back(Kept { arrival, positions: *positions, pool, narrative });
            bytes += PICTURE_BYTES;
        }
        bytes
    }

    /// Forgets what the oldest remembered arrival carried; the answer is the bytes that come free.
    pub fn forget(&mut self, arrival: u64, links: &[LinkKey]) -> usize {
        let mut bytes = 0;
        for key in links {
            let Some(shared) = self.links.get_mut(key) else { continue };
            shared.arrivals.pop_front();
            bytes += SHARE_BYTES;
            if shared.arrivals.is_empty() {
                self.links.remove(key);
                bytes += LINK_BYTES;
            }
        }
        while self.pictures.front().is_some_and(|kept| kept.arrival == arrival) {
            self.pictures.pop_front();
            bytes += PICTURE_BYTES;
        }
        bytes
    }

    /// A person took these arrivals, in ascending order, out of their narrative. An address that others carried as well
    /// stays with those.
    pub fn part(&mut self, arrivals: &[u64], narrative: u32) {
        let moved = |arrival: &u64| arrivals.binary_search(arrival).is_ok();
        for shared in self.links.values_mut().filter(|shared| shared.arrivals.iter().all(moved)) {
            shared.narrative = narrative;
        }
        for kept in self.pictures.iter_mut().filter(|kept| moved(&kept.arrival)) {
            kept.narrative = narrative;
        }
    }

    /// Gives each remembered thing the slot that `slot` finds for its narrative.
    pub fn resettle(&mut self, mut slot: impl FnMut(u32) -> u32) {
        self.links.values_mut().for_each(|shared| shared.narrative = slot(shared.narrative));
        self.pictures.iter_mut().for_each(|kept| kept.narrative = slot(kept.narrative));
    }
}

fn link_key(pool: u32, canonical: &str) -> LinkKey {
    let hash = Sha256::new().chain_update(pool.to_le_bytes()).chain_update(b"link").chain_update(canonical);
    let digest = hash.finalize();
    let half = |at: usize| digest.iter().skip(at).take(8).fold(0, |n, b| n << 8 | u64::from(*b));
    [half(0), half(8)]
}
