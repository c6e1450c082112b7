//! What came of an answer: whether a story fell after it, by how much, and how sure that is.
//!
//! The days before the answer say what was to be expected after it; what came is held against that. A story
//! that was dying already keeps dying in the expectation, so the answer is not credited with it. The result
//! is a ratio with a 95 % interval, or the reason why nothing can be said. It says *after*, never *because*:
//! whatever else happened in the same days is in it as well.
//!
//! ```text
//! ratio = S / E     S signals after the issue,  E expected from the course before it
//! log S − log E = log(truth) + noise,  variance of the noise: `course::Chance`
//! interval: ± t(0.975, df) standard deviations, df from `fit`
//! ```
//! Method, papers and what is not corrected: `docs/design/004-effect.md`. How often the interval is right:
//! `docs/benchmarks-effect.md`.

mod blocks;
mod course;
mod fit;
mod linear;
mod memory;
mod quantile;
mod rhythm;
mod series;
pub mod simulate;
#[cfg(test)]
mod tests;
mod words;

pub use course::{BEFORE_COUNT_MIN, BEFORE_DAYS_MIN};
pub use rhythm::WeekRhythm;
pub use series::{HourlySeries, Measured};
pub use words::in_words;

use course::{Chance, Course};
use serde::{Deserialize, Serialize};
use vigie_model::{Model, Reason};

/// Name of this method in what is recorded.
pub const MODEL: &str = "effect";
/// Version of this method: it changes with any number it gives.
pub const VERSION: &str = "1";
/// Days after the issue that are needed.
pub const AFTER_DAYS_MIN: usize = 1;
/// Signals that must have been expected after the issue. What came is no condition: silence after an answer
/// is the strongest effect there is.
pub const EXPECTED_MIN: f64 = 10.0;
/// An expectation of more than so many times what came a day before is growth gone on with, however unsure
/// the growth itself: it is refused like one.
const GROWTH_MAX: f64 = 2.0;

/// What was seen after an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// What was counted.
    pub measured: Measured,
    /// What came over what was expected: 0.4 is a fall by 60 %.
    pub ratio: f64,
    /// Lower end of the 95 % interval, from 0.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Count in the days before that were used.
    pub n_before: u64,
    /// Count in the days after.
    pub n_after: u64,
    /// What was to be expected in those.
    pub expected_after: f64,
    /// Days before that were used.
    pub days_before: u32,
    /// Days after.
    pub days_after: u32,
    /// Method and version.
    pub model: Model,
    /// What the figure rests on and what it leaves out.
    pub reasons: Vec<Reason>,
}

/// Why nothing can be said about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotSay {
    /// Watched for less than three days before the issue.
    #[error("{hours} hours before the issue")]
    BeforeTooShort {
        /// Hours watched.
        hours: usize,
    },
    /// Less than a day has passed since the issue.
    #[error("{hours} hours after the issue")]
    AfterTooShort {
        /// Hours passed.
        hours: usize,
    },
    /// Too little came before to know its pace.
    #[error("{count} signals before the issue")]
    TooFewBefore {
        /// What came.
        count: u64,
    },
    /// So little was to be expected that its absence says nothing.
    #[error("{count} signals expected after the issue")]
    TooFewExpected {
        /// What was expected, rounded down.
        count: u64,
    },
    /// It was still growing when the answer went out.
    #[error("growing at the issue")]
    Growing,
    /// It turned so shortly before that its own pace is not known.
    #[error("turning before the issue")]
    Turning,
}

/// Measures what came after the answer against what the days before let expect.
///
/// `rhythm` is the week's rhythm of the whole site where it is known; without it, weekdays are not corrected
/// and a reason says so.
pub fn measure(series: &HourlySeries, rhythm: Option<&WeekRhythm>) -> Result<Effect, CannotSay> {
    let course = Course::before(series, rhythm)?;
    let days_after = series.after.len() / 24;
    if days_after < AFTER_DAYS_MIN {
        return Err(CannotSay::AfterTooShort { hours: series.after.len() });
    }
    let after = blocks::after(series, days_after, rhythm);
    let means: Vec<f64> = after.iter().map(|block| course.expected(block)).collect();
    let expected: f64 = means.iter().sum();
    if expected < EXPECTED_MIN {
        return Err(CannotSay::TooFewExpected { count: expected as u64 });
    }
    if expected / days_after as f64 > GROWTH_MAX * course.count as f64 / course.days as f64 {
        return Err(CannotSay::Growing);
    }
    let came: f64 = after.iter().map(|block| block.count).sum();
    let (low, high) = Chance::of(&course, &after, &means).interval(came, expected);
    let mut effect = Effect {
        measured: series.measured,
        ratio: came / expected,
        low,
        high,
        n_before: course.count,
        n_after: came as u64,
        expected_after: expected,
        days_before: course.days as u32,
        days_after: days_after as u32,
        model: Model { name: MODEL.to_owned(), version: VERSION.to_owned() },
        reasons: Vec::new(),
    };
    effect.reasons = words::reasons(&effect, &course, rhythm.is_some());
    Ok(effect)
}
