//! When a source is asked next. Pure: the time and the jitter are arguments.

use crate::fetch::RetryAfter;
use jiff::SignedDuration;
use vigie_model::Timestamp;

/// Seconds between two polls of a source that says nothing about it.
pub const EVERY_S_DEFAULT: u32 = 300;
/// No source is asked more often than this, in seconds.
pub const EVERY_S_MIN: u32 = 5;
/// The longest wait that failures alone lead to, in seconds: 6 hours.
pub const BACK_OFF_S_MAX: i64 = 6 * 3600;
/// The longest wait that a server can ask for, in seconds: one day.
pub const RETRY_AFTER_S_MAX: i64 = 24 * 3600;

/// The clockwork of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    every_s: u32,
    failures: u32,
    next_at: Timestamp,
}

impl Schedule {
    /// A source that is due at once, then every `every_s` seconds.
    pub fn new(every_s: Option<u32>, now: Timestamp) -> Self {
        Self { every_s: every_s.unwrap_or(EVERY_S_DEFAULT).max(EVERY_S_MIN), failures: 0, next_at: now }
    }

    /// When it is asked next.
    pub const fn next_at(&self) -> Timestamp {
        self.next_at
    }

    /// How often in a row it could not be reached.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// It was reached. `jitter`, 0 to 1, spreads sources that would else ask all at once: up to a tenth later.
    pub fn reached(&mut self, now: Timestamp, jitter: f64) {
        self.failures = 0;
        let every_s = i64::from(self.every_s);
        self.wait(now, every_s as f64 * (1.0 + 0.1 * unit(jitter)));
    }

    /// It could not be reached. The wait doubles with each failure, up to [`BACK_OFF_S_MAX`], and is shortened by up to a
    /// quarter by `jitter` (0 to 1); a longer wait that the server asks for is kept to.
    pub fn failed(&mut self, now: Timestamp, retry_after: Option<RetryAfter>, jitter: f64) {
        self.failures = self.failures.saturating_add(1);
        let doubled = i64::from(self.every_s).saturating_mul(1 << self.failures.min(20));
        let back_off_s = doubled.min(BACK_OFF_S_MAX.max(i64::from(self.every_s)));
        let asked_s = match retry_after {
            None => 0,
            Some(RetryAfter::Seconds(seconds)) => i64::try_from(seconds).unwrap_or(i64::MAX),
            Some(RetryAfter::At(at)) => at.duration_since(now).as_secs(),
        };
        let asked_s = asked_s.clamp(0, RETRY_AFTER_S_MAX);
        self.wait(now, (back_off_s as f64 * (1.0 - 0.25 * unit(jitter))).max(asked_s as f64));
    }

    fn wait(&mut self, now: Timestamp, seconds: f64) {
        let wait = SignedDuration::from_millis((seconds * 1000.0) as i64);
        self.next_at = now.checked_add(wait).unwrap_or(now);
    }
}

fn unit(jitter: f64) -> f64 {
    if jitter.is_nan() { 0.0 } else { jitter.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    fn wait_s(schedule: &Schedule, now: Timestamp) -> i64 {
        schedule.next_at().duration_since(now).as_secs()
    }

    #[test]
    fn a_source_that_answers_is_asked_at_its_own_pace() {
        let mut schedule = Schedule::new(Some(600), at(0));
        assert_eq!(schedule.next_at(), at(0), "due at once");
        schedule.reached(at(10), 0.0);
        assert_eq!(wait_s(&schedule, at(10)), 600);
        schedule.reached(at(10), 1.0);
        assert_eq!(wait_s(&schedule, at(10)), 660);
        assert_eq!(Schedule::new(Some(0), at(0)).every_s, EVERY_S_MIN);
    }

    #[test]
    fn failures_double_the_wait_up_to_six_hours() {
        let mut schedule = Schedule::new(Some(600), at(0));
        let waits: Vec<i64> = (0..8)
            .map(|_| {
                schedule.failed(at(0), None, 0.0);
                wait_s(&schedule, at(0))
            })
            .collect();
        assert_eq!(waits, [1200, 2400, 4800, 9600, 19_200, 21_600, 21_600, 21_600]);
        schedule.failed(at(0), None, 1.0);
        assert_eq!(wait_s(&schedule, at(0)), 16_200, "jitter spreads those who failed together");
        schedule.reached(at(0), 0.0);
        assert_eq!((schedule.failures(), wait_s(&schedule, at(0))), (0, 600));
    }

    #[test]
    fn a_wait_that_the_server_asks_for_is_kept_to_within_a_day() {
        let mut schedule = Schedule::new(Some(60), at(0));
        let wait = |asked| {
            let mut schedule = schedule.clone();
            schedule.failed(at(1000), Some(asked), 0.5);
            wait_s(&schedule, at(1000))
        };
        assert_eq!(wait(RetryAfter::Seconds(7200)), 7200);
        assert_eq!(wait(RetryAfter::At(at(4600))), 3600);
        assert_eq!(wait(RetryAfter::Seconds(u64::MAX)), 86_400);
        assert_eq!(wait(RetryAfter::Seconds(1)), 105, "never sooner than the back-off");
        assert_eq!(wait(RetryAfter::At(at(0))), 105);
        schedule.failed(at(0), None, f64::NAN);
        assert_eq!(wait_s(&schedule, at(0)), 120);
    }
}
