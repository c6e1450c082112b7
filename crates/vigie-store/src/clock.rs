//! Where the store takes the time from.

use std::sync::atomic::{AtomicI64, Ordering};
use vigie_model::{Timestamp, millis};

/// Tells the time. Production reads the host's clock; a demo store may run on a simulated one.
pub trait Clock: Send + Sync {
    /// Now, in whole milliseconds.
    fn now(&self) -> Timestamp;
}

/// The clock of the host.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        millis(Timestamp::now())
    }
}

/// A clock that stands still until it is set; it never goes back.
#[derive(Debug)]
pub struct SimClock(AtomicI64);

impl SimClock {
    /// A clock standing at `start`.
    pub fn new(start: Timestamp) -> Self {
        Self(AtomicI64::new(start.as_millisecond()))
    }
    /// Moves it on to `now`; an earlier time is ignored.
    pub fn set(&self, now: Timestamp) {
        self.0.fetch_max(now.as_millisecond(), Ordering::AcqRel);
    }
}

impl Clock for SimClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::Acquire)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}
