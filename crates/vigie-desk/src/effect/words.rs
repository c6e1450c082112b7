//! An effect in words: "fell by about half (a third to two thirds)", "no effect visible".
//!
//! Round values are said as fractions, others in percent. "After", never "because": the sentence stands in
//! the catalogues, and these are its arguments.

use super::course::{BEFORE_COUNT_MIN, BEFORE_DAYS_MIN, Course};
use super::{AFTER_DAYS_MIN, CannotSay, EXPECTED_MIN, Effect, Measured};
use std::f64::consts::LN_2;
use vigie_model::Reason;

/// Fractions that have a name in both languages.
const NAMED: [(f64, &str); 11] = [
    (1.0 / 10.0, "tenth"),
    (1.0 / 5.0, "fifth"),
    (1.0 / 4.0, "quarter"),
    (1.0 / 3.0, "third"),
    (2.0 / 5.0, "two-fifths"),
    (1.0 / 2.0, "half"),
    (3.0 / 5.0, "three-fifths"),
    (2.0 / 3.0, "two-thirds"),
    (3.0 / 4.0, "three-quarters"),
    (4.0 / 5.0, "four-fifths"),
    (9.0 / 10.0, "nine-tenths"),
];
/// How far a value may lie from a fraction that names it.
const NEAR: f64 = 0.025;
/// From here on a fall is said to be of nearly everything.
const NEARLY_ALL: f64 = 0.975;
/// From here on a rise is said to be more than tenfold.
const TENFOLD: f64 = 9.0;
/// A story that takes longer than this to halve is called steady.
const FADING_H_MAX: f64 = 1_000.0;

/// The effect as one sentence of the catalogues.
pub fn in_words(effect: &Effect) -> Reason {
    let measured = match effect.measured {
        Measured::Volume => "volume",
        Measured::Sources => "sources",
    };
    let said = if effect.high < 1.0 {
        Reason::new("effect-fell")
            .with("size", fall(effect.ratio))
            .with("low", fall(effect.high))
            .with("high", fall(effect.low))
    } else if effect.low > 1.0 {
        Reason::new("effect-rose")
            .with("size", rise(effect.ratio))
            .with("low", rise(effect.low))
            .with("high", rise(effect.high))
    } else {
        Reason::new("effect-none").with("fall", fall(effect.low)).with("rise", rise(effect.high))
    };
    said.with("measured", measured)
}

fn fall(ratio: f64) -> String {
    let size = 1.0 - ratio;
    if size >= NEARLY_ALL { "nearly-all".to_owned() } else { share(size) }
}

fn rise(ratio: f64) -> String {
    let size = ratio - 1.0;
    if size >= TENFOLD { "tenfold".to_owned() } else { share(size) }
}

fn share(size: f64) -> String {
    let named = NAMED.iter().find(|(fraction, _)| (size - fraction).abs() <= NEAR);
    named
        .map_or_else(|| format!("{}", (100.0 * size).round().max(1.0) as u32), |(_, name)| (*name).to_owned())
}

/// What the figure rests on and what it leaves out.
pub(super) fn reasons(effect: &Effect, course: &Course, week_known: bool) -> Vec<Reason> {
    let mut reasons = vec![
        Reason::new("effect-basis")
            .with("before", effect.n_before)
            .with("days_before", effect.days_before)
            .with("after", effect.n_after)
            .with("days_after", effect.days_after)
            .with("expected", effect.expected_after.round() as u64),
        pace(course),
    ];
    if course.shortened {
        reasons.push(Reason::new("effect-shortened").with("days", course.days));
    }
    let week = if week_known { Reason::new("effect-week-known") } else { Reason::new("effect-week-unknown") };
    reasons.push(week);
    reasons.push(Reason::new("effect-after-only"));
    reasons
}

fn pace(course: &Course) -> Reason {
    let half_life_h = -24.0 * LN_2 / course.rate_a_day();
    if course.was_fading() && half_life_h < FADING_H_MAX {
        Reason::new("effect-was-fading").with("hours", half_life_h.round().max(1.0) as u32)
    } else {
        Reason::new("effect-was-steady")
    }
}

impl CannotSay {
    /// The refusal as one sentence of the catalogues.
    pub fn reason(&self) -> Reason {
        match self {
            Self::BeforeTooShort { hours } => {
                Reason::new("effect-before-short").with("hours", hours).with("needed", BEFORE_DAYS_MIN * 24)
            }
            Self::AfterTooShort { hours } => {
                Reason::new("effect-after-short").with("hours", hours).with("needed", AFTER_DAYS_MIN * 24)
            }
            Self::TooFewBefore { count } => {
                Reason::new("effect-few-before").with("count", count).with("needed", BEFORE_COUNT_MIN)
            }
            Self::TooFewExpected { count } => {
                Reason::new("effect-few-expected").with("count", count).with("needed", EXPECTED_MIN)
            }
            Self::Growing => Reason::new("effect-was-growing"),
            Self::Turning => Reason::new("effect-was-turning"),
        }
    }
}
