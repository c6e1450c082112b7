//! The clock of a narrative: how long the mission has known, and whether it has verified and answered.
//!
//! T0 first seen, T1 found. Verifying (T2), clearing and issuing an answer (T3, T4) are not part of this
//! version: both stand as "no", which is what is true.

use jiff::Timestamp;
use vigie_model::{Reason, dtg};

/// When things happened to a narrative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// T0: the earliest time at which any of its signals was seen, where one says so.
    pub first_seen_at: Option<Timestamp>,
    /// T1: when the first of its signals was recorded here.
    pub found_at: Timestamp,
    /// T2: not yet.
    pub verified_at: Option<Timestamp>,
    /// T4: not yet.
    pub answered_at: Option<Timestamp>,
}

impl Clock {
    /// The clock of a narrative that nobody has verified or answered.
    pub const fn started(first_seen_at: Option<Timestamp>, found_at: Timestamp) -> Self {
        Self { first_seen_at, found_at, verified_at: None, answered_at: None }
    }

    /// Since when somebody of ours could have known: first seen where known, found otherwise, whichever is
    /// earlier. A source whose clock runs ahead does not make a narrative younger than its first entry.
    pub fn known_since(&self) -> Timestamp {
        self.first_seen_at.map_or(self.found_at, |seen| seen.min(self.found_at))
    }

    /// Whole hours known at `now`, cut, not rounded: "27 h" means that 27 full hours have passed.
    pub fn known_h(&self, now: Timestamp) -> i64 {
        (now.as_second() - self.known_since().as_second()).max(0) / 3_600
    }

    /// The clock in one sentence, for the catalogues: "Known 27 h. Verified: no. Answered: no."
    pub fn sentence(&self, now: Timestamp) -> Reason {
        Reason::new("clock-sentence")
            .with("hours", self.known_h(now))
            .with("verified", step(self.verified_at))
            .with("answered", step(self.answered_at))
    }
}

/// A step not taken is the word `no`, which the catalogues put into their language.
fn step(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "no".to_owned(), dtg)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn a_rumour_heard_in_the_market_is_known_before_its_first_post() {
        let heard = at("2026-11-21T05:02:00Z");
        let clock = Clock::started(Some(heard), at("2026-11-21T06:10:00Z"));
        assert_eq!(clock.known_since(), heard);
        assert_eq!(clock.known_h(at("2026-11-22T08:02:00Z")), 27);
        assert_eq!(clock.known_h(at("2026-11-22T09:01:59Z")), 27);
        let sentence = clock.sentence(at("2026-11-22T08:30:00Z"));
        assert_eq!(sentence.args["hours"], "27");
        assert_eq!((sentence.args["verified"].as_str(), sentence.args["answered"].as_str()), ("no", "no"));
    }

    #[test]
    fn without_a_time_seen_the_record_counts() {
        let found = at("2026-11-22T08:00:00Z");
        assert_eq!(Clock::started(None, found).known_since(), found);
    }

    #[test]
    fn a_source_whose_clock_runs_ahead_makes_nothing_younger() {
        let found = at("2026-11-22T08:00:00Z");
        let clock = Clock::started(Some(at("2026-11-22T11:00:00Z")), found);
        assert_eq!(clock.known_since(), found);
        assert_eq!(clock.known_h(at("2026-11-22T07:00:00Z")), 0);
    }

    #[test]
    fn a_step_taken_says_when() {
        let mut clock = Clock::started(None, at("2026-11-22T08:00:00Z"));
        clock.verified_at = Some(at("2026-11-22T15:30:00Z"));
        assert_eq!(clock.sentence(at("2026-11-22T16:00:00Z")).args["verified"], "221530ZNOV26");
    }
}
