//! Takes late scans in their right place: goes back to before them and plays again what followed.
//!
//! Within the lag, the picture after a late scan is exactly the picture that punctual arrival would have given: scans are
//! kept in the order (time, sensor), each with the tracker as it stood before it. A scan later than the lag, or one taken in
//! before, is refused and said: no ghost, no jump. Labels come from the founding plot, so a replay gives the same names.
//! (Fixed-lag store and replay; compare Bar-Shalom, *IEEE TAES* 38, 2002, which retrodicts instead and only approximates.)

use crate::engine::Tracker;
use crate::scan::{Outcome, Plot, Scan, ScanError};
use std::collections::VecDeque;

/// A tracker that bears late scans.
#[derive(Debug, Clone)]
pub struct Replay<const M: usize> {
    tracker: Tracker<M>,
    lag_s: f64,
    held: VecDeque<Held<M>>,
    /// Newest time so far; nothing older than this less the lag is taken.
    newest_s: f64,
    /// Time and sensor of the last scan that can no longer be undone.
    settled: Option<(f64, u16)>,
}

/// A scan that may still have to be played again, and the tracker as it stood before it.
#[derive(Debug, Clone)]
struct Held<const M: usize> {
    at_s: f64,
    sensor: u16,
    plots: Vec<Plot>,
    before: Tracker<M>,
}

/// Scans held at most, whatever the lag: the memory is bounded.
const HELD_MAX: usize = 256;

impl<const M: usize> Replay<M> {
    /// Bears scans up to `lag_s` seconds late.
    pub fn new(tracker: Tracker<M>, lag_s: f64) -> Self {
        Self {
            tracker,
            lag_s: lag_s.max(0.0),
            held: VecDeque::new(),
            newest_s: f64::NEG_INFINITY,
            settled: None,
        }
    }

    /// The tracker, with every scan so far in its place.
    pub fn tracker(&self) -> &Tracker<M> {
        &self.tracker
    }

    /// Takes in a scan, late or not. The outcome is that of this scan in its place.
    pub fn step(&mut self, scan: &Scan) -> Result<Outcome, ScanError> {
        if !scan.at_s.is_finite() {
            return Err(ScanError::NoTime);
        }
        if scan.at_s < self.newest_s - self.lag_s || self.settled.is_some_and(|last| key(scan) < last) {
            return Err(ScanError::Late { late_s: self.newest_s - scan.at_s });
        }
        let place = self.held.partition_point(|held| (held.at_s, held.sensor) < key(scan));
        if self.settled == Some(key(scan))
            || self.held.get(place).is_some_and(|held| (held.at_s, held.sensor) == key(scan))
        {
            return Err(ScanError::Repeated);
        }
        let mut tracker =
            self.held.get(place).map_or_else(|| self.tracker.clone(), |next| next.before.clone());
        let before = tracker.clone();
        // A refusal leaves everything as it was.
        let outcome = tracker.step(scan)?;
        let plots = scan.plots.to_vec();
        self.held.insert(place, Held { at_s: scan.at_s, sensor: scan.sensor, plots, before });
        for held in self.held.iter_mut().skip(place + 1) {
            held.before = tracker.clone();
            tracker.step(&Scan { sensor: held.sensor, at_s: held.at_s, plots: &held.plots })?;
        }
        self.tracker = tracker;
        self.newest_s = self.newest_s.max(scan.at_s);
        self.settle();
        Ok(outcome)
    }

    fn settle(&mut self) {
        while let Some(oldest) = self.held.front() {
            if oldest.at_s >= self.newest_s - self.lag_s && self.held.len() <= HELD_MAX {
                break;
            }
            self.settled = Some((oldest.at_s, oldest.sensor));
            self.held.pop_front();
        }
    }
}

fn key(scan: &Scan) -> (f64, u16) {
    (scan.at_s, scan.sensor)
}
