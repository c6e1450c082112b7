//! The week's rhythm of a site, learned from everything it receives.
//!
//! Seven days before an answer hold every weekday once: a quiet Friday and a fall cannot be told apart from
//! them. Where the site has watched for four weeks, all its signals together show how weekdays and hours of
//! the day differ, and a narrative is held against that. Where it has not, nothing is corrected and the
//! effect says so.

use super::blocks::BLOCK_H;
use jiff::{Timestamp, tz::Offset};

/// Whole weeks that must have been watched.
pub const WEEKS_MIN: usize = 4;
/// Signals a weekday must have shown.
const COUNT_MIN: f64 = 50.0;
/// No hour counts for less than this share of a mean one.
const FLOOR: f64 = 0.05;
const HOUR_S: i64 = 3_600;

/// How weekdays and hours of the day differ; the means of both are 1.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekRhythm {
    /// Monday first.
    days: [f64; 7],
    /// Midnight first.
    hours: [f64; 24],
    offset: Offset,
}

impl WeekRhythm {
    /// From the counts of all signals of the site by hour, the first hour beginning at `from`; days are those
    /// of the mission's own clock, `offset` from UTC. Parts of a week at the end are left out. `None` where
    /// fewer than four weeks were watched or a weekday shows fewer than fifty signals.
    pub fn learned(counts: &[u32], from: Timestamp, offset: Offset) -> Option<Self> {
        let whole = counts.len() / 168 * 168;
        if whole < WEEKS_MIN * 168 {
            return None;
        }
        let (mut days, mut hours) = ([0.0; 7], [0.0; 24]);
        for (i, count) in counts.iter().take(whole).enumerate() {
            let (day, hour) = place(from.as_second().saturating_add(i as i64 * HOUR_S), offset);
            *days.get_mut(day)? += f64::from(*count);
            *hours.get_mut(hour)? += f64::from(*count);
        }
        days.iter().all(|count| *count >= COUNT_MIN).then(|| Self {
            days: relative(days),
            hours: relative(hours),
            offset,
        })
    }

    /// Logarithm of what is usual in the block at `place` from the issue.
    pub(super) fn of_block(&self, issued_at: Timestamp, place: i32) -> f64 {
        let begins = issued_at.as_second().saturating_add(i64::from(place) * BLOCK_H as i64 * HOUR_S);
        // The middle of each hour: an issue at half past does not turn one weekday's hour into the next one's.
        let hours = (0..BLOCK_H as i64).map(|hour| self.at(begins + hour * HOUR_S + HOUR_S / 2));
        (hours.sum::<f64>() / BLOCK_H as f64).ln()
    }

    /// How much is usual at `second` of Unix time, 1 being the mean of the week.
    fn at(&self, second: i64) -> f64 {
        let (day, hour) = place(second, self.offset);
        self.days.get(day).unwrap_or(&1.0) * self.hours.get(hour).unwrap_or(&1.0)
    }
}

/// Weekday from Monday and hour from midnight of the local clock. 1 January 1970 was a Thursday.
fn place(second: i64, offset: Offset) -> (usize, usize) {
    let local = second.saturating_add(i64::from(offset.seconds()));
    let day = (local.div_euclid(24 * HOUR_S) + 3).rem_euclid(7);
    (day as usize, (local.rem_euclid(24 * HOUR_S) / HOUR_S) as usize)
}

fn relative<const N: usize>(counts: [f64; N]) -> [f64; N] {
    let mean = counts.iter().sum::<f64>() / N as f64;
    counts.map(|count| (count / mean).max(FLOOR))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 2 November 2026, midnight in Bangui (UTC+1).
    const MONDAY: &str = "2026-11-01T23:00:00Z";

    fn weeks(n: usize) -> Vec<u32> {
        let day = |d: usize| if d == 4 { 2 } else { 6 };
        (0..n * 168).map(|hour| day(hour / 24 % 7) * u32::from(hour % 24 >= 6)).collect()
    }

    #[test]
    fn a_quiet_friday_is_learned_on_the_missions_own_clock() {
        let from: Timestamp = MONDAY.parse().expect("a time");
        let rhythm = WeekRhythm::learned(&weeks(4), from, jiff::tz::offset(1)).expect("four weeks");
        assert!((rhythm.days[4] / rhythm.days[3] - 1.0 / 3.0).abs() < 1e-9);
        assert!((rhythm.hours[5] - FLOOR).abs() < 1e-9 && rhythm.hours[6] > 1.0);
        let friday_noon = from.as_second() + (4 * 24 + 12) * 3_600;
        assert!((rhythm.at(friday_noon) / rhythm.at(friday_noon + 24 * 3_600) - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn three_weeks_or_a_handful_of_signals_teach_nothing() {
        let from: Timestamp = MONDAY.parse().expect("a time");
        assert_eq!(WeekRhythm::learned(&weeks(3), from, Offset::UTC), None);
        assert_eq!(WeekRhythm::learned(&vec![0; 4 * 168], from, Offset::UTC), None);
    }
}
