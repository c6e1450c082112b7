//! Whether a source really delivers. Pure: the time is an argument.
//!
//! A connection that stands proves nothing: a gateway can look healthy while everything it brings is refused.
//! What counts is what was accepted, and when.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use vigie_model::{Fault, Reason, Timestamp};

const HOUR_S: i64 = 3600;
/// A source that has never delivered is silent after this many seconds: 5 minutes.
const FIRST_S: i64 = 300;
/// A source that has delivered is silent after this many seconds without anything new: one day.
const SILENT_S: i64 = 24 * HOUR_S;

/// What became of some items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// New, on disk.
    pub accepted: u64,
    /// Known already: counted with the record they repeat.
    pub repeated: u64,
    /// Refused, each with a fault.
    pub refused: u64,
}

/// How a source does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing was tried or received yet.
    Never,
    /// It delivers.
    Ok,
    /// Connected, and nothing new for too long.
    Silent,
    /// Connected, and all it sends is refused.
    Refusing,
    /// It cannot be reached or read.
    Failing,
    /// A person paused it.
    Paused,
}

/// A state in words: one sentence, and the fault that explains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The sentence.
    pub reason: Reason,
    /// Follows the sentence, where there is a cause to tell.
    pub because: Option<Fault>,
}

/// The record of one source: small and bounded, to be kept across a restart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Health {
    since: Timestamp,
    paused: bool,
    connected_at: Option<Timestamp>,
    last_accepted_at: Option<Timestamp>,
    /// Since when all that came was refused.
    refusing_since: Option<Timestamp>,
    /// Since when it cannot be reached.
    failing_since: Option<Timestamp>,
    last_refusal: Option<Fault>,
    last_error: Option<Fault>,
    repeated: u64,
    #[serde(default)]
    refused: u64,
    /// Hours with their counts, oldest first, at most 25.
    hours: VecDeque<(i64, Counts)>,
}

impl Health {
    /// A source registered, or first watched, at `now`.
    pub fn new(now: Timestamp) -> Self {
        Self {
            since: now,
            paused: false,
            connected_at: None,
            last_accepted_at: None,
            refusing_since: None,
            failing_since: None,
            last_refusal: None,
            last_error: None,
            repeated: 0,
            refused: 0,
            hours: VecDeque::new(),
        }
    }

    /// The source was reached, or reached us, and this became of what it sent.
    pub fn delivered(&mut self, now: Timestamp, counts: Counts, last_refusal: Option<&Fault>) {
        self.connected_at = Some(now);
        self.failing_since = None;
        self.last_error = None;
        self.repeated = self.repeated.saturating_add(counts.repeated);
        self.refused = self.refused.saturating_add(counts.refused);
        self.count(now, counts);
        if let Some(fault) = last_refusal {
            self.last_refusal = Some(fault.clone());
        }
        if counts.accepted > 0 {
            self.last_accepted_at = Some(now);
        }
        if counts.accepted + counts.repeated > 0 {
            self.refusing_since = None;
        } else if counts.refused > 0 {
            self.refusing_since = self.refusing_since.or(Some(now));
        }
    }

    /// The source could not be reached or read, or what it sent could not be kept.
    pub fn failed(&mut self, now: Timestamp, fault: Fault) {
        self.failing_since = self.failing_since.or(Some(now));
        self.last_error = Some(fault);
    }

    /// A person pauses or resumes it.
    pub fn pause(&mut self, now: Timestamp, paused: bool) {
        if self.paused && !paused {
            // The time of the pause is not the source's silence.
            self.since = now;
        }
        self.paused = paused;
    }

    /// Last contact that worked.
    pub const fn connected_at(&self) -> Option<Timestamp> {
        self.connected_at
    }

    /// Since when and why it cannot be reached.
    pub fn failing(&self) -> Option<(Timestamp, &Fault)> {
        self.failing_since.zip(self.last_error.as_ref())
    }

    fn count(&mut self, now: Timestamp, counts: Counts) {
        let hour = now.as_second().div_euclid(HOUR_S);
        if self.hours.back().is_none_or(|(last, _)| *last < hour) {
            self.hours.push_back((hour, Counts::default()));
        }
        if let Some((_, sum)) = self.hours.back_mut() {
            sum.accepted += counts.accepted;
            sum.repeated += counts.repeated;
            sum.refused += counts.refused;
        }
        while self.hours.len() > 25 {
            self.hours.pop_front();
        }
    }

    /// How it does at `now`.
    pub fn state(&self, now: Timestamp) -> State {
        if self.paused {
            return State::Paused;
        }
        if self.failing_since.is_some() {
            return State::Failing;
        }
        if self.connected_at.is_none() {
            return State::Never;
        }
        if self.refusing_since.is_some() {
            return State::Refusing;
        }
        let (from, patience_s) = match self.last_accepted_at {
            Some(at) => (at.max(self.since), SILENT_S),
            None => (self.since, FIRST_S),
        };
        if now.duration_since(from).as_secs() > patience_s { State::Silent } else { State::Ok }
    }

    /// How it does, in words.
    pub fn account(&self, now: Timestamp) -> Account {
        let minutes =
            |from: Option<Timestamp>| now.duration_since(from.unwrap_or(self.since)).as_secs().max(0) / 60;
        let plain = |reason| Account { reason, because: None };
        let unheard = self.last_accepted_at.map_or(self.since, |at| at.max(self.since));
        match self.state(now) {
            State::Paused => plain(Reason::new("health-paused")),
            State::Never => plain(Reason::new("health-never")),
            State::Ok => plain(Reason::new("health-ok").with("accepted", self.last_day(now).accepted)),
            State::Silent if self.last_accepted_at.is_none() => {
                plain(Reason::new("health-silent-from-start").with("minutes", minutes(Some(unheard))))
            }
            State::Silent => plain(Reason::new("health-silent").with("hours", minutes(Some(unheard)) / 60)),
            State::Refusing => Account {
                reason: Reason::new("health-refusing").with("minutes", minutes(self.refusing_since)),
                because: self.last_refusal.clone(),
            },
            State::Failing => Account {
                reason: Reason::new("health-failing").with("minutes", minutes(self.failing_since)),
                because: self.last_error.clone(),
            },
        }
    }

    /// What became of the items of the last 24 hours, to the hour.
    pub fn last_day(&self, now: Timestamp) -> Counts {
        let from = now.as_second().div_euclid(HOUR_S) - 24;
        let recent = self.hours.iter().filter(|(hour, _)| *hour > from);
        recent.fold(Counts::default(), |sum, (_, counts)| Counts {
            accepted: sum.accepted + counts.accepted,
            repeated: sum.repeated + counts.repeated,
            refused: sum.refused + counts.refused,
        })
    }

    /// When something new was last accepted.
    pub const fn last_accepted_at(&self) -> Option<Timestamp> {
        self.last_accepted_at
    }

    /// How many items were known already, in all.
    pub const fn repeated(&self) -> u64 {
        self.repeated
    }

    /// Messages refused since it was first watched.
    pub const fn refused(&self) -> u64 {
        self.refused
    }

    /// The last item that was refused.
    pub const fn last_refusal(&self) -> Option<&Fault> {
        self.last_refusal.as_ref()
    }

    /// Why it cannot be reached or read, while it cannot.
    pub const fn last_error(&self) -> Option<&Fault> {
        self.last_error.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::At;
    use vigie_words::{Lang, fault, reason};

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + minute * 60).expect("in range")
    }

    fn counts(accepted: u64, repeated: u64, refused: u64) -> Counts {
        Counts { accepted, repeated, refused }
    }

    fn said(health: &Health, now: Timestamp, lang: Lang) -> String {
        let Account { reason: told, because } = health.account(now);
        let because = because.map(|because| fault(lang, &because)).unwrap_or_default();
        format!("{} {because}", reason(lang, &told)).trim().to_owned()
    }

    #[test]
    fn f13_connected_and_nothing_accepted_is_a_fault_in_words() {
        let mut health = Health::new(at(0));
        let refusal = Fault::new(At::Row(3), "row-time-without-zone").with("time", "22/11/2026 16:30");
        health.delivered(at(0), counts(0, 0, 12), Some(&refusal));
        assert_eq!(health.state(at(5)), State::Refusing);
        assert!(
            said(&health, at(5), Lang::En)
                .starts_with("Connected, 0 accepted in 5 min. Last refusal: Row 3: ")
        );
        assert!(
            said(&health, at(5), Lang::Fr)
                .starts_with("Connectée, 0 signal accepté en 5\u{a0}min. Dernier refus\u{a0}: ")
        );
        health.delivered(at(6), counts(1, 0, 11), Some(&refusal));
        assert_eq!(health.state(at(6)), State::Ok);
    }

    #[test]
    fn f13_a_source_that_sends_nothing_at_all_is_silent_not_healthy() {
        let mut health = Health::new(at(0));
        assert_eq!(health.state(at(60)), State::Never);
        health.delivered(at(1), Counts::default(), None);
        assert_eq!(health.state(at(5)), State::Ok);
        health.delivered(at(6), Counts::default(), None);
        assert_eq!(
            said(&health, at(6), Lang::En),
            "Connected, 0 accepted in 6 min, and nothing was refused: the source is empty."
        );
        health.delivered(at(7), counts(4, 0, 0), None);
        assert_eq!(health.state(at(7 + 24 * 60)), State::Ok);
        assert_eq!(health.state(at(9 + 24 * 60)), State::Silent);
    }

    #[test]
    fn items_known_already_show_that_the_source_is_understood() {
        let mut health = Health::new(at(0));
        health.delivered(at(0), counts(0, 0, 1), Some(&Fault::new(At::Whole, "feed-broken")));
        health.delivered(at(1), counts(0, 30, 1), None);
        assert_eq!(health.state(at(1)), State::Ok);
        assert_eq!(health.repeated(), 30);
    }

    #[test]
    fn a_failure_shows_until_the_source_is_reached_again() {
        let mut health = Health::new(at(0));
        health.delivered(at(0), counts(5, 0, 0), None);
        health.failed(at(10), Fault::new(At::Whole, "fetch-unknown-name").with("host", "radio.example"));
        health.failed(at(20), Fault::new(At::Whole, "fetch-broken"));
        assert_eq!(health.state(at(40)), State::Failing);
        assert!(
            said(&health, at(40), Lang::En).starts_with("Nothing could be read for 30 min. Last error: ")
        );
        health.delivered(at(41), Counts::default(), None);
        assert_eq!((health.state(at(41)), health.last_error()), (State::Ok, None));
    }

    #[test]
    fn a_pause_is_not_silence() {
        let mut health = Health::new(at(0));
        health.delivered(at(0), counts(1, 0, 0), None);
        health.pause(at(1), true);
        assert_eq!(health.state(at(10_000)), State::Paused);
        health.pause(at(10_000), false);
        assert_eq!(health.state(at(10_001)), State::Ok);
    }

    #[test]
    fn the_last_day_is_counted_in_bounded_memory() {
        let mut health = Health::new(at(0));
        (0..24 * 60 * 3).for_each(|minute| health.delivered(at(minute), counts(1, 0, 2), None));
        let day = health.last_day(at(24 * 60 * 3));
        assert!((23 * 60..=24 * 60).contains(&day.accepted), "{day:?}");
        assert_eq!(day.refused, 2 * day.accepted);
        assert!(health.hours.len() <= 25);
        let kept = serde_json::to_string(&health).expect("serialises");
        assert_eq!(serde_json::from_str::<Health>(&kept).expect("reads"), health);
    }
}
