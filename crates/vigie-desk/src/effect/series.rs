//! What came hour by hour, counted from the moment of issue.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Hours before the issue that are ever looked at: two weeks.
pub const BEFORE_H_MAX: usize = 14 * 24;
/// Hours after the issue that are ever looked at: one week.
pub const AFTER_H_MAX: usize = 7 * 24;

const HOUR_S: i64 = 3_600;

/// What an hour counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// Signals.
    Volume,
    /// Different sources.
    Sources,
}

/// Counts of a narrative by hour. Hours begin and end at whole hours from the issue, not at those of the
/// clock, so no hour holds a part of both sides. Hours not yet over are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourlySeries {
    /// What the hours count.
    pub measured: Measured,
    /// When the answer went out (T4).
    pub issued_at: Timestamp,
    /// Hours before, the latest last.
    pub before: Vec<u32>,
    /// Hours after, the earliest first.
    pub after: Vec<u32>,
}

impl HourlySeries {
    /// Signals an hour. `from` is the narrative's first signal or the beginning of watching, whichever is
    /// later: hours in which nothing could have been seen are not silence. `until` is now.
    pub fn of_volume(
        times: impl IntoIterator<Item = Timestamp>,
        from: Timestamp,
        until: Timestamp,
        issued_at: Timestamp,
    ) -> Self {
        let mut series = Self::silent(from, until, issued_at);
        for at in times {
            if let Some(count) = series.hour_of(at) {
                *count = count.saturating_add(1);
            }
        }
        series
    }

    /// Different sources an hour: `source` is any key that is one for each account or person.
    pub fn of_sources<S: Ord>(
        signals: impl IntoIterator<Item = (Timestamp, S)>,
        from: Timestamp,
        until: Timestamp,
        issued_at: Timestamp,
    ) -> Self {
        let mut seen = BTreeSet::new();
        let hour = |at: Timestamp| (at.as_second() - issued_at.as_second()).div_euclid(HOUR_S);
        let first_of_its_hour = |(at, source)| seen.insert((hour(at), source)).then_some(at);
        let times: Vec<Timestamp> = signals.into_iter().filter_map(first_of_its_hour).collect();
        Self { measured: Measured::Sources, ..Self::of_volume(times, from, until, issued_at) }
    }

    fn silent(from: Timestamp, until: Timestamp, issued_at: Timestamp) -> Self {
        let hours = |from: Timestamp, until: Timestamp| {
            usize::try_from((until.as_second() - from.as_second()) / HOUR_S).unwrap_or(0)
        };
        Self {
            measured: Measured::Volume,
            issued_at,
            before: vec![0; hours(from, issued_at).min(BEFORE_H_MAX)],
            after: vec![0; hours(issued_at, until).min(AFTER_H_MAX)],
        }
    }

    fn hour_of(&mut self, at: Timestamp) -> Option<&mut u32> {
        let hour = (at.as_second() - self.issued_at.as_second()).div_euclid(HOUR_S);
        match usize::try_from(hour) {
            Ok(hour) => self.after.get_mut(hour),
            Err(_) => {
                let back = usize::try_from(-hour).ok()?;
                let place = self.before.len().checked_sub(back)?;
                self.before.get_mut(place)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn hours_are_counted_from_the_issue() {
        let issued = at("2026-11-22T08:20:00Z");
        let times = ["05:19", "05:20", "08:19", "08:20", "09:19", "09:20", "10:45"];
        let times = times.map(|time| at(&format!("2026-11-22T{time}:00Z")));
        let (from, until) = (at("2026-11-22T05:00:00Z"), at("2026-11-22T10:50:00Z"));
        let series = HourlySeries::of_volume(times, from, until, issued);
        assert_eq!(series.before, [1, 0, 1], "what came before the first whole hour is left out");
        assert_eq!(series.after, [2, 1], "the hour that still runs is left out");
    }

    #[test]
    fn one_account_counts_once_an_hour() {
        let issued = at("2026-11-22T08:00:00Z");
        let said = [("06:10", "a"), ("06:50", "a"), ("06:55", "b"), ("07:01", "a"), ("08:00", "a")];
        let said = said.map(|(time, who)| (at(&format!("2026-11-22T{time}:00Z")), who));
        let (from, until) = (at("2026-11-22T06:00:00Z"), at("2026-11-22T09:00:00Z"));
        let series = HourlySeries::of_sources(said, from, until, issued);
        assert_eq!((series.before, series.after), (vec![2, 1], vec![1]));
    }

    #[test]
    fn an_answer_before_the_story_or_a_clock_that_runs_back_gives_empty_sides() {
        let (early, late) = (at("2026-11-20T00:00:00Z"), at("2026-11-22T00:00:00Z"));
        let series = HourlySeries::of_volume([early, late], late, early, early);
        assert!(series.before.is_empty() && series.after.is_empty());
    }
}
