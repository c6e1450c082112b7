//! The clock of a narrative: how long the mission has known, and whether it has verified and answered.
//!
//! T0 first seen, T1 found, T2 verified, T3 cleared, T4 out, T5 measured: each from entries of the journal alone. A step
//! not taken is "no", which is what is true.

use jiff::Timestamp;
use vigie_model::{Reason, dtg};

/// When things happened to a narrative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// T0: the earliest time at which any of its signals was seen, where one says so.
    pub first_seen_at: Option<Timestamp>,
    /// T1: when the first of its signals was recorded here.
    pub found_at: Timestamp,
    /// T2: when somebody first said whether it is so, or the unit that knows established a fact about it.
    pub verified_at: Option<Timestamp>,
    /// T3: when a text about it was first cleared by everybody who clears it.
    pub cleared_at: Option<Timestamp>,
    /// T4: when the first answer went out.
    pub answered_at: Option<Timestamp>,
    /// T5: when somebody looked at what followed.
    pub measured_at: Option<Timestamp>,
}

impl Clock {
    /// The clock of a narrative that nobody has verified or answered.
    pub const fn started(first_seen_at: Option<Timestamp>, found_at: Timestamp) -> Self {
        Self {
            first_seen_at,
            found_at,
            verified_at: None,
            cleared_at: None,
            answered_at: None,
            measured_at: None,
        }
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

    /// Whole hours from when it was first known to a step that was taken.
    pub fn hours_to(&self, step: Option<Timestamp>) -> Option<i64> {
        step.map(|at| self.known_h(at))
    }

    /// The clock in one sentence, for the catalogues: "Known 27 h. Verified: no. Answered: no."
    pub fn sentence(&self, now: Timestamp) -> Reason {
        Reason::new("clock-sentence")
            .with("hours", self.known_h(now))
            .with("verified", step(self.verified_at))
            .with("answered", step(self.answered_at))
    }
}

/// Medians of the hours from T0 to each step, over the stories of one month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Medians {
    /// Stories counted.
    pub stories: usize,
    /// To T1.
    pub found_h: Option<f64>,
    /// To T2, of those that were verified.
    pub verified_h: Option<f64>,
    /// To T3.
    pub cleared_h: Option<f64>,
    /// To T4.
    pub answered_h: Option<f64>,
    /// To T5.
    pub measured_h: Option<f64>,
}

/// The medians of these clocks.
pub fn medians(clocks: &[Clock]) -> Medians {
    let of = |step: &dyn Fn(&Clock) -> Option<Timestamp>| {
        let hours = clocks.iter().filter_map(|clock| {
            let taken = step(clock)?;
            Some((taken.as_second() - clock.known_since().as_second()).max(0) as f64 / 3_600.0)
        });
        median(hours.collect())
    };
    Medians {
        stories: clocks.len(),
        found_h: of(&|clock| Some(clock.found_at)),
        verified_h: of(&|clock| clock.verified_at),
        cleared_h: of(&|clock| clock.cleared_at),
        answered_h: of(&|clock| clock.answered_at),
        measured_h: of(&|clock| clock.measured_at),
    }
}

/// The middle value; of an even number the mean of the two in the middle.
pub fn median(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    let upper = *all.get(all.len() / 2)?;
    let lower = *all.get((all.len() - 1) / 2)?;
    Some(f64::midpoint(lower, upper))
}

/// Days until the mission's reply, and until a published rebuttal, in one documented case: Central African Republic,
/// 2023. One case is a reference line, not a norm.
pub const DOCUMENTED_CASE_DAYS: (u32, u32) = (26, 55);

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

    #[test]
    fn the_median_of_a_month_leaves_out_what_was_never_taken() {
        let found = at("2026-11-22T08:00:00Z");
        let mut quick = Clock::started(None, found);
        quick.answered_at = Some(at("2026-11-22T10:00:00Z"));
        let mut slow = Clock::started(None, found);
        slow.answered_at = Some(at("2026-11-23T08:00:00Z"));
        let never = Clock::started(None, found);
        let told = medians(&[quick, slow, never]);
        assert_eq!((told.stories, told.answered_h, told.verified_h), (3, Some(13.0), None));
        assert_eq!(medians(&[]).answered_h, None);
    }
}
