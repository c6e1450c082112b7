//! What stands first in the queue: a count of what is there to see, with its reasons.
//!
//! It measures how much there is to look at, not what it means: many people who complain about a real wrong
//! stand as high as a rumour. It never says who is behind a narrative, nor that it is hostile.
//!
//! ```text
//! weight = 0.04 + 0.96 × (0.40 copies + 0.20 pace + 0.20 sources + 0.20 tricks)
//!   copies  = log2(count) / 6               1 at 64 signals
//!   pace    = log2(1 + per hour) / 6        1 at 63 signals in its busiest latest hour
//!   sources = log2(sources) / 3             1 at 8 sources
//!   tricks  = kinds of change / 3           1 at 3 kinds (hyphens, look-alikes, …)
//! value  = weight × 2^(−age / 12 h)         age since its last signal
//! ```
//! Each part is cut at 1. Everything loses half its value in the same twelve hours, so the *order* of two
//! narratives changes only when one of them does: [`rank`] is that order as one number to keep in an index.

use jiff::Timestamp;
use vigie_model::{ErrorRate, Model, Reason, Score, Trick};

/// Hours after which silence halves the value.
pub const HALF_LIFE_H: f64 = 12.0;
/// Name of this rule in scores.
pub const MODEL: &str = "attention";
/// Version of this rule: it changes with the formula.
pub const VERSION: &str = "2";

/// What is counted about a narrative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NarrativeFacts {
    /// Signals in it, at least 1.
    pub count: u64,
    /// Signals in the hour up to its latest one, at least 1.
    pub per_hour: u64,
    /// Sources it came from, at least 1.
    pub sources: u64,
    /// Kinds of change between its copies.
    pub tricks: Vec<Trick>,
    /// When its latest signal was recorded.
    pub last_recorded_at: Timestamp,
    /// What the numbers are to be read beside; no part of the value.
    pub around: Around,
}

/// What a count means only beside: how much was heard at all, what could not be heard, what engines found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Around {
    /// Signals of all narratives in the last hour; 0: nothing was heard.
    pub heard_per_hour: u64,
    /// Of these, in this narrative.
    pub here_per_hour: u64,
    /// Sources and links that are silent now.
    pub silent: u64,
    /// Most accounts found sharing the same together; 0: none.
    pub together: u32,
    /// It speaks of what was not spoken of in the four weeks before.
    pub topic: bool,
}

/// The value at `now`, 0 to 1, with its reasons. Exact: it is a count.
pub fn attention(facts: &NarrativeFacts, now: Timestamp) -> Option<Score> {
    let value = weight(facts) * (-age_h(facts, now) / HALF_LIFE_H).exp2();
    let model = Model { name: MODEL.to_owned(), version: VERSION.to_owned() };
    Score::new(value, reasons(facts, now), model, ErrorRate::Exact)
}

/// The order of the queue as one number, the greater the earlier: it holds at every later moment.
pub fn rank(facts: &NarrativeFacts) -> f64 {
    weight(facts).log2() + facts.last_recorded_at.as_second() as f64 / (HALF_LIFE_H * 3_600.0)
}

fn weight(facts: &NarrativeFacts) -> f64 {
    let log2 = |n: u64| (n.max(1) as f64).log2();
    let copies = (log2(facts.count) / 6.0).min(1.0);
    let pace = (log2(facts.per_hour.saturating_add(1)) / 6.0).min(1.0);
    let sources = (log2(facts.sources) / 3.0).min(1.0);
    let tricks = (kinds(facts) as f64 / 3.0).min(1.0);
    0.04 + 0.96 * (0.40 * copies + 0.20 * pace + 0.20 * sources + 0.20 * tricks)
}

fn kinds(facts: &NarrativeFacts) -> usize {
    let mut kinds = facts.tricks.clone();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len()
}

/// Whole seconds, so that order and value agree to the last digit that is shown.
fn age_h(facts: &NarrativeFacts, now: Timestamp) -> f64 {
    (now.as_second() - facts.last_recorded_at.as_second()).max(0) as f64 / 3_600.0
}

fn reasons(facts: &NarrativeFacts, now: Timestamp) -> Vec<Reason> {
    let mut reasons = vec![
        Reason::new("attention-count").with("count", facts.count),
        Reason::new("attention-pace").with("count", facts.per_hour),
        Reason::new("attention-sources").with("count", facts.sources),
    ];
    if kinds(facts) > 0 {
        reasons.push(Reason::new("attention-tricks").with("count", kinds(facts)));
    }
    let around = &facts.around;
    if around.together > 0 {
        reasons.push(Reason::new("attention-together").with("count", around.together));
    }
    if around.topic {
        reasons.push(Reason::new("attention-topic"));
    }
    if around.heard_per_hour > 0 {
        let share = Reason::new("attention-share").with("total", around.heard_per_hour);
        reasons.push(share.with("count", around.here_per_hour));
    }
    if around.silent > 0 {
        reasons.push(Reason::new("attention-silent").with("count", around.silent));
    }
    reasons.push(Reason::new("attention-age").with("hours", age_h(facts, now) as u64));
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: i64 = 1_795_348_800;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    fn story(count: u64, per_hour: u64, sources: u64, tricks: &[Trick], last: i64) -> NarrativeFacts {
        let tricks = tricks.to_vec();
        NarrativeFacts {
            count,
            per_hour,
            sources,
            tricks,
            last_recorded_at: at(last),
            around: Around::default(),
        }
    }

    fn value(facts: &NarrativeFacts, now: i64) -> f64 {
        attention(facts, at(now)).expect("within 0 to 1").value()
    }

    #[test]
    fn a_rumour_of_37_copies_stands_above_a_lost_goat() {
        let goat = story(1, 1, 1, &[], NOON);
        let rumour = story(37, 30, 5, &[Trick::SplitWords, Trick::LookAlikes, Trick::Invisible], NOON);
        assert!(value(&rumour, NOON) > 0.8, "{}", value(&rumour, NOON));
        assert!(value(&goat, NOON) < 0.1, "{}", value(&goat, NOON));
    }

    #[test]
    fn silence_halves_it_in_twelve_hours() {
        let rumour = story(37, 30, 5, &[Trick::SplitWords], NOON);
        let ratio = value(&rumour, NOON + 12 * 3_600) / value(&rumour, NOON);
        assert!((ratio - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_fair_complaint_counts_like_any_other_story_of_its_size() {
        let complaint = story(9, 6, 4, &[], NOON);
        let score = attention(&complaint, at(NOON)).expect("within 0 to 1");
        let codes: Vec<_> = score.reasons().iter().map(|reason| reason.code.as_str()).collect();
        assert_eq!(codes, ["attention-count", "attention-pace", "attention-sources", "attention-age"]);
        assert!(score.value() > 0.4);
    }

    #[test]
    fn the_denominator_the_gaps_and_what_was_found_are_told_and_weigh_nothing() {
        let plain = story(9, 6, 4, &[], NOON);
        let around = Around { heard_per_hour: 40, here_per_hour: 6, silent: 1, together: 20, topic: true };
        let told = NarrativeFacts { around, ..plain.clone() };
        assert_eq!(value(&plain, NOON).to_bits(), value(&told, NOON).to_bits());
        let score = attention(&told, at(NOON)).expect("within 0 to 1");
        let codes: Vec<_> = score.reasons().iter().skip(3).map(|reason| reason.code.as_str()).collect();
        let more =
            ["attention-together", "attention-topic", "attention-share", "attention-silent", "attention-age"];
        assert_eq!(codes, more);
    }

    proptest! {
        #[test]
        fn the_order_of_two_stories_holds_until_one_of_them_moves(
            a in (1u64..500, 1u64..80, 1u64..12, 0i64..90_000),
            b in (1u64..500, 1u64..80, 1u64..12, 0i64..90_000),
            later in 90_000i64..400_000,
        ) {
            let a = story(a.0, a.1, a.2, &[], NOON + a.3);
            let b = story(b.0, b.1, b.2, &[Trick::Stretched], NOON + b.3);
            let by_rank = rank(&a) - rank(&b);
            prop_assume!(by_rank.abs() > 1e-6);
            let now = NOON + later;
            prop_assert_eq!(value(&a, now) > value(&b, now), by_rank > 0.0);
        }

        #[test]
        fn more_of_anything_never_lowers_it(count in 1u64..10_000, pace in 1u64..500, sources in 1u64..50) {
            let less = story(count, pace, sources, &[], NOON);
            let more = story(count + 1, pace + 1, sources + 1, &[Trick::Dressing], NOON);
            prop_assert!(value(&more, NOON) >= value(&less, NOON));
            prop_assert!((0.0..=1.0).contains(&value(&more, NOON)));
        }
    }
}
