//! What the intake remembers between two requests: which key opens which source, how fast each one sends, and
//! what was refused.
//!
//! Rates are a pure token bucket with the clock as an argument. Refusals are gathered and written to the
//! source's meter once a second: a gateway that sends rubbish 300 times a second costs one write a second.

use crate::refusal::Refusal;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use vigie_gateways::feed::Memory;
use vigie_gateways::fetch::Validators;
use vigie_gateways::health::{Counts, Health};
use vigie_model::{Fault, SourceEntry, SourceId, Timestamp};
use vigie_store::{MeterChange, Store};

/// Requests a second from one source, on average, and at once.
const REQUESTS: Rate = Rate { per_second: 300.0, burst: 900.0 };
/// Signals a second from one source, on average, and at once.
const SIGNALS: Rate = Rate { per_second: 1_000.0, burst: 20_000.0 };
/// Requests a second that name a source which is not there or bring a wrong key, from everybody together.
const STRANGERS: Rate = Rate { per_second: 50.0, burst: 200.0 };
/// How long what is known of a source is believed without asking the store. Acts of people take effect at once:
/// they make it forget.
const BELIEVED: Duration = Duration::from_secs(2);

#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    pub per_second: f64,
    pub burst: f64,
}

/// Lets so many through a second, and a burst at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bucket {
    left: f64,
    at: Instant,
}

impl Bucket {
    pub fn full(rate: Rate, now: Instant) -> Self {
        Self { left: rate.burst, at: now }
    }

    /// Takes `n`, or says after how many seconds to come back. More than a burst passes once the bucket is full:
    /// otherwise it never could.
    pub fn take(&mut self, n: f64, rate: Rate, now: Instant) -> Result<(), u32> {
        let passed_s = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = (self.left + passed_s * rate.per_second).min(rate.burst);
        self.at = now;
        let needed = n.min(rate.burst);
        if self.left >= needed {
            self.left -= n;
            return Ok(());
        }
        Err((((needed - self.left) / rate.per_second).ceil() as u32).max(1))
    }
}

/// A source as its door knows it.
#[derive(Debug, Clone)]
pub(crate) struct Doorplate {
    pub entry: SourceEntry,
    pub paused: bool,
    /// SHA-256 of the key, where one was issued.
    pub key: Option<[u8; 32]>,
    /// How it had done when the store was asked.
    pub health: Health,
}

#[derive(Debug)]
struct Lane {
    plate: Option<(Arc<Doorplate>, Instant)>,
    requests: Bucket,
    signals: Bucket,
    /// How the source has done, as kept with its counters across a restart.
    health: Health,
    refused: u64,
    last_refusal: Option<String>,
    contact: Option<Timestamp>,
}

#[derive(Debug, Default)]
pub(crate) struct IntakeDesk {
    lanes: Mutex<HashMap<SourceId, Lane>>,
    strangers: Mutex<Option<Bucket>>,
}

impl IntakeDesk {
    fn lanes(&self) -> MutexGuard<'_, HashMap<SourceId, Lane>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was learnt about a source a moment ago.
    pub fn known(&self, source: &SourceId, now: Instant) -> Option<Arc<Doorplate>> {
        let lanes = self.lanes();
        let (plate, learnt) = lanes.get(source)?.plate.as_ref()?;
        (now.saturating_duration_since(*learnt) < BELIEVED).then(|| Arc::clone(plate))
    }

    /// Remembers a source. Only registered ones get a lane, so their number has a bound.
    pub fn learn(&self, plate: Arc<Doorplate>, now: Instant) {
        let mut lanes = self.lanes();
        let lane = lanes.entry(plate.entry.id.clone()).or_insert_with(|| Lane {
            plate: None,
            requests: Bucket::full(REQUESTS, now),
            signals: Bucket::full(SIGNALS, now),
            health: plate.health.clone(),
            refused: 0,
            last_refusal: None,
            contact: None,
        });
        lane.plate = Some((plate, now));
    }

    /// A person changed this source: ask the store again.
    pub fn forget(&self, source: &SourceId) {
        if let Some(lane) = self.lanes().get_mut(source) {
            lane.plate = None;
        }
    }

    /// Lets one request of a source through, or says when to come back.
    pub fn enter(&self, source: &SourceId, now: Instant) -> Result<(), u32> {
        match self.lanes().get_mut(source) {
            Some(lane) => lane.requests.take(1.0, REQUESTS, now),
            None => Ok(()),
        }
    }

    /// Lets `n` signals of a source through, or says when to come back.
    pub fn enter_signals(&self, source: &SourceId, n: usize, now: Instant) -> Result<(), u32> {
        match self.lanes().get_mut(source) {
            Some(lane) => lane.signals.take(n as f64, SIGNALS, now),
            None => Ok(()),
        }
    }

    /// Lets one request with a wrong key through to its refusal, or says when to come back.
    pub fn enter_stranger(&self, now: Instant) -> Result<(), u32> {
        let mut strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        strangers.get_or_insert_with(|| Bucket::full(STRANGERS, now)).take(1.0, STRANGERS, now)
    }

    /// What became of one request of a source.
    pub fn delivered(&self, source: &SourceId, at: Timestamp, counts: Counts, last_refusal: Option<&Fault>) {
        if let Some(lane) = self.lanes().get_mut(source) {
            lane.health.delivered(at, counts, last_refusal);
            lane.refused += counts.refused;
            if let Some(why) = last_refusal {
                lane.last_refusal = Some(why.code.clone());
            }
            lane.contact = Some(at);
        }
    }

    /// A request refused as a whole, with a message of the catalogues.
    pub fn refuse(&self, source: &SourceId, at: Timestamp, refusal: &Refusal) {
        let counts = Counts { refused: 1, ..Counts::default() };
        self.delivered(source, at, counts, Some(&refusal.fault()));
    }

    /// Writes what was gathered. Blocking.
    pub fn flush(&self, store: &Store) {
        for (source, change) in self.gathered() {
            if let Err(error) = store.meter(&source, change) {
                tracing::warn!(source = %source, error = %error, "meter not written");
            }
        }
    }

    fn gathered(&self) -> Vec<(SourceId, MeterChange)> {
        let mut lanes = self.lanes();
        let due = lanes.iter_mut().filter(|(_, lane)| lane.contact.is_some());
        due.map(|(source, lane)| {
            let change = MeterChange {
                contact: lane.contact.take(),
                refused: std::mem::take(&mut lane.refused),
                last_refusal: lane.last_refusal.take(),
                validators: memory(&lane.health),
                error: None,
            };
            (source.clone(), change)
        })
        .collect()
    }
}

/// In the form in which every gateway keeps it; the intake has nothing to ask with.
fn memory(health: &Health) -> Option<String> {
    let memory = Memory { validators: Validators::default(), health: health.clone() };
    serde_json::to_string(&memory).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOW: Rate = Rate { per_second: 10.0, burst: 20.0 };

    #[test]
    fn a_burst_passes_and_then_the_average_holds() {
        let start = Instant::now();
        let mut bucket = Bucket::full(SLOW, start);
        let passed = (0..1_000).filter(|_| bucket.take(1.0, SLOW, start).is_ok()).count();
        assert_eq!(passed, 20);
        let ten_s = (1..=1_000_u64).map(|n| start + Duration::from_millis(n * 10));
        let later = ten_s.filter(|at| bucket.take(1.0, SLOW, *at).is_ok()).count();
        assert!((99..=101).contains(&later), "{later}");
    }

    #[test]
    fn whoever_has_to_wait_is_told_how_long() {
        let start = Instant::now();
        let mut bucket = Bucket::full(SLOW, start);
        assert_eq!(bucket.take(20.0, SLOW, start), Ok(()));
        let Err(wait_s) = bucket.take(15.0, SLOW, start) else { panic!("empty") };
        assert_eq!(wait_s, 2);
        assert_eq!(bucket.take(15.0, SLOW, start + Duration::from_secs(2)), Ok(()));
    }

    #[test]
    fn one_body_larger_than_a_burst_is_not_shut_out_for_ever() {
        let start = Instant::now();
        let mut bucket = Bucket::full(SLOW, start);
        assert_eq!(bucket.take(50.0, SLOW, start), Ok(()));
        assert!(bucket.take(1.0, SLOW, start + Duration::from_secs(2)).is_err(), "but it is paid for");
    }
}
