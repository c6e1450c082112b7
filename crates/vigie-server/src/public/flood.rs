//! Holds back whoever sends too much through the public form: from one address, and from everybody together.
//!
//! Addresses stand in memory alone, as a hash under a key that each start draws anew, and are forgotten once they were
//! quiet for a while. Nothing of them is recorded or logged.

use crate::intake_desk::{Bucket, Rate};
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Addresses remembered; beyond it those that were quiet are forgotten, and then all.
const REMEMBERED_MAX: usize = 20_000;

/// How much is taken: from one address and from all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    /// One address. A telephone company shows thousands of people under one: this cannot be small.
    pub each: Rate,
    /// Everybody.
    pub all: Rate,
}

/// Messages.
pub(super) const WRITING: Measure = Measure {
    each: Rate { per_second: 1.0 / 6.0, burst: 30.0 },
    all: Rate { per_second: 5.0, burst: 200.0 },
};
/// Looking for an answer.
pub(super) const READING: Measure =
    Measure { each: Rate { per_second: 0.5, burst: 40.0 }, all: Rate { per_second: 20.0, burst: 400.0 } };

/// How full the buckets are.
#[derive(Debug, Default)]
struct Levels {
    everybody: Option<Bucket>,
    each: HashMap<u64, (Bucket, Instant)>,
}

/// One door.
#[derive(Debug)]
pub(super) struct Flood {
    measure: Measure,
    key: RandomState,
    levels: Mutex<Levels>,
}

impl Flood {
    pub fn new(measure: Measure) -> Self {
        Self { measure, key: RandomState::new(), levels: Mutex::default() }
    }

    /// Lets one request through, or says after how many seconds to come back.
    pub fn enter(&self, address: IpAddr, now: Instant) -> Result<(), u32> {
        let Measure { each, all } = self.measure;
        let who = self.key.hash_one(network(address));
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        let Levels { everybody, each: known } = &mut *levels;
        if known.len() >= REMEMBERED_MAX {
            forget_quiet(known, each, now);
        }
        let (bucket, last) = known.entry(who).or_insert_with(|| (Bucket::full(each, now), now));
        *last = now;
        bucket.take(1.0, each, now)?;
        everybody.get_or_insert_with(|| Bucket::full(all, now)).take(1.0, all, now)
    }
}

/// Those whose bucket is full again; where that is nobody, everybody: the measure for all together still holds.
fn forget_quiet(known: &mut HashMap<u64, (Bucket, Instant)>, each: Rate, now: Instant) {
    let quiet_s = each.burst / each.per_second;
    known.retain(|_, (_, last)| now.saturating_duration_since(*last).as_secs_f64() < quiet_s);
    if known.len() >= REMEMBERED_MAX {
        known.clear();
    }
}

/// One line of IPv6 is a whole network of addresses.
fn network(address: IpAddr) -> (u8, u64) {
    match address.to_canonical() {
        IpAddr::V4(four) => (4, u64::from(four.to_bits())),
        IpAddr::V6(six) => (6, (six.to_bits() >> 64) as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn four(n: u32) -> IpAddr {
        IpAddr::V4(n.into())
    }

    #[test]
    fn one_address_is_held_back_and_others_are_not() {
        let (flood, start) = (Flood::new(WRITING), Instant::now());
        let passed = (0..1_000).filter(|_| flood.enter(four(7), start).is_ok()).count();
        assert_eq!(passed, 30);
        assert_eq!(flood.enter(four(7), start), Err(6));
        assert_eq!(flood.enter(four(8), start), Ok(()));
        assert_eq!(flood.enter(four(7), start + Duration::from_secs(6)), Ok(()));
    }

    #[test]
    fn many_addresses_together_are_held_back_too_and_memory_has_a_bound() {
        let (flood, start) = (Flood::new(WRITING), Instant::now());
        let passed = (0..50_000_u32).filter(|n| flood.enter(four(*n), start).is_ok()).count();
        assert_eq!(passed, 200);
        assert!(flood.levels.lock().expect("whole").each.len() <= REMEMBERED_MAX);
    }

    #[test]
    fn a_network_of_addresses_counts_as_one() {
        let (flood, start) = (Flood::new(WRITING), Instant::now());
        let six = |n: u16| IpAddr::V6(std::net::Ipv6Addr::new(0x2001, 0xdb8, 0, 7, 0, 0, 0, n));
        assert_eq!((0..1_000).filter(|n| flood.enter(six(*n), start).is_ok()).count(), 30);
    }
}
