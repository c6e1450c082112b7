//! How a story moved before the answer, and what would have come had it gone on so.
//!
//! The course is a level for each half of the day and a constant rate of growth or decay. That is a fair
//! picture of a story only over a stretch in which it does not turn, so the stretch is chosen: the whole
//! window where a bend in it is no clearer than chance makes one in a hundred; else only what follows its
//! peak, and shorter, held to a stricter test. A story that still clearly grew is refused: every story stops growing by itself,
//! and what this one would have done is not known.

use super::blocks::{self, BLOCK_H, Block, PHASES};
use super::fit::{Fit, Memory, Row, mean_of};
use super::linear::dot;
use super::rhythm::WeekRhythm;
use super::series::HourlySeries;
use super::{CannotSay, memory, quantile};

/// Days before the issue that a course needs.
pub const BEFORE_DAYS_MIN: usize = 3;
/// Signals before the issue that a course needs.
pub const BEFORE_COUNT_MIN: u64 = 30;
/// A bend of the whole window must be this sure to shorten it (two-sided, 2 in 100).
const SURE_OF_BEND: f64 = 0.99;
/// A stretch that was shortened once must look straighter (two-sided, 5 in 100).
const SURE_OF_BEND_AGAIN: f64 = 0.975;
/// Growth must be this sure to be refused.
const SURE_OF_GROWTH: f64 = 0.995;

/// Coefficients of a straight course: a level for each half of the day, and a rate.
const STRAIGHT: usize = PHASES + 1;
/// One more for a bend.
const BENT: usize = PHASES + 2;

/// A fitted course.
#[derive(Debug, Clone)]
pub struct Course {
    /// The fit behind it.
    pub fit: Fit<STRAIGHT>,
    /// How its half days hang together.
    pub memory: Memory,
    /// Days that it rests on.
    pub days: usize,
    /// Whether earlier days were left out because the story turned.
    pub shortened: bool,
    /// Signals in those days.
    pub count: u64,
}

impl Course {
    /// Fits what came before the issue.
    pub fn before(series: &HourlySeries, rhythm: Option<&WeekRhythm>) -> Result<Self, CannotSay> {
        let most = series.before.len() / 24;
        if most < BEFORE_DAYS_MIN {
            return Err(CannotSay::BeforeTooShort { hours: series.before.len() });
        }
        let mut days = most;
        let stretch = loop {
            let stretch = Stretch::of(series, days, rhythm)?;
            let sure = if days == most { SURE_OF_BEND } else { SURE_OF_BEND_AGAIN };
            if stretch.is_straight(sure) {
                break stretch;
            }
            days = if days == most { stretch.days_since_peak().min(most - 1) } else { days - 1 };
            if days < BEFORE_DAYS_MIN {
                return Err(CannotSay::Turning);
            }
        };
        let (fit, memory) = stretch.fit::<STRAIGHT>();
        let course = Self { fit, memory, days, shortened: days < most, count: stretch.count };
        if course.is_steeper_than(quantile::student(SURE_OF_GROWTH, course.fit.df)) {
            return Err(CannotSay::Growing);
        }
        Ok(course)
    }

    /// What moves the half day at `place`.
    pub fn x(&self, place: i32) -> [f64; STRAIGHT] {
        x(place, self.days)
    }

    /// What would have come in `block`.
    pub fn expected(&self, block: &Block) -> f64 {
        mean_of(&self.fit.beta, &self.x(block.place), block.rhythm)
    }

    /// Rate by which it grew each day (a decay is negative), as a logarithm.
    pub fn rate_a_day(&self) -> f64 {
        self.fit.beta.last().copied().unwrap_or(0.0) / self.days as f64
    }

    /// Whether it was clearly fading.
    pub fn was_fading(&self) -> bool {
        let (rate, sd) = self.rate();
        rate < -quantile::student(0.975, self.fit.df) * sd
    }

    fn is_steeper_than(&self, t: f64) -> bool {
        let (rate, sd) = self.rate();
        rate > t * sd
    }

    fn rate(&self) -> (f64, f64) {
        rate(&self.fit, &self.memory)
    }
}

/// The last coefficient of a fit, and its standard deviation.
fn rate<const P: usize>(fit: &Fit<P>, memory: &Memory) -> (f64, f64) {
    (fit.beta.last().copied().unwrap_or(0.0), fit.variance(P - 1, memory).sqrt())
}

/// A level for each part of the day, then powers of the time, which runs from 0 to 1 over the stretch.
fn x<const P: usize>(place: i32, days: usize) -> [f64; P] {
    let t = (f64::from(place) + 0.5) / (days * PHASES) as f64 + 1.0;
    let phase = place.rem_euclid(PHASES as i32) as usize;
    std::array::from_fn(|i| match i.checked_sub(PHASES) {
        None => f64::from(u8::from(i == phase)),
        Some(power) => t.powi(power as i32 + 1),
    })
}

/// The days before the issue that are looked at.
struct Stretch<'a> {
    blocks: Vec<Block>,
    hours: &'a [u32],
    days: usize,
    count: u64,
}

impl<'a> Stretch<'a> {
    fn of(series: &'a HourlySeries, days: usize, rhythm: Option<&WeekRhythm>) -> Result<Self, CannotSay> {
        let hours = &series.before[series.before.len().saturating_sub(days * 24)..];
        let count = hours.iter().map(|count| u64::from(*count)).sum();
        if count < BEFORE_COUNT_MIN {
            return Err(CannotSay::TooFewBefore { count });
        }
        Ok(Self { blocks: blocks::before(series, days, rhythm), hours, days, count })
    }

    /// First as if hours did not hang together, which shows how they do; then with that known.
    fn fit<const P: usize>(&self) -> (Fit<P>, Memory) {
        let row =
            |block: &Block| Row { x: x(block.place, self.days), offset: block.rhythm, count: block.count };
        let rows: Vec<Row<P>> = self.blocks.iter().map(row).collect();
        let first = Fit::of(&rows, &Memory::of(0.0, BLOCK_H));
        let memory = Memory::of(memory::hourly(self.hours, &first.means, BLOCK_H), BLOCK_H);
        (Fit::of(&rows, &memory), memory)
    }

    fn is_straight(&self, sure: f64) -> bool {
        let (fit, memory) = self.fit::<BENT>();
        let (bend, sd) = rate(&fit, &memory);
        bend.abs() <= quantile::student(sure, fit.df) * sd
    }

    /// Whole days after the fullest one.
    fn days_since_peak(&self) -> usize {
        let came = |day: &[Block]| day.iter().map(|block| block.count / block.rhythm.exp()).sum::<f64>();
        let days = self.blocks.chunks(PHASES).map(came).enumerate();
        let peak = days.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(day, _)| day);
        self.days - 1 - peak
    }
}

/// How what comes after would differ from the course by chance alone.
pub struct Chance<'a> {
    course: &'a Course,
    beyond: f64,
    back: f64,
    across: f64,
    ahead: f64,
}

impl<'a> Chance<'a> {
    /// For the half days `after` with their expected counts.
    pub fn of(course: &'a Course, after: &[Block], expected: &[f64]) -> Self {
        let whole: f64 = expected.iter().sum();
        let shares: Vec<f64> = expected.iter().map(|mean| mean / whole).collect();
        let mut pull = [0.0; STRAIGHT];
        for (block, share) in after.iter().zip(&shares) {
            pull.iter_mut().zip(course.x(block.place)).for_each(|(sum, x)| *sum += share * x);
        }
        let learned: Vec<f64> = course.fit.influence.iter().map(|u| -dot(u, &pull)).collect();
        let all: Vec<f64> = learned.iter().chain(&shares).copied().collect();
        let memory = &course.memory;
        let before = course.fit.rooted(&learned);
        let after: Vec<f64> = shares.iter().zip(expected).map(|(share, mean)| share / mean.sqrt()).collect();
        Self {
            course,
            beyond: course.fit.alpha * memory.product(&all, &all, 0),
            back: memory.kappa * memory.product(&before, &before, 0),
            across: memory.kappa * memory.product(&before, &after, before.len()),
            ahead: memory.kappa * memory.product(&after, &after, 0),
        }
    }

    /// Standard deviation of the logarithm of what came over what was expected, where the truth is `ratio`.
    fn sd(&self, ratio: f64) -> f64 {
        let poisson = self.back + 2.0 * self.across / ratio.sqrt() + self.ahead / ratio;
        (self.beyond + poisson).max(0.0).sqrt()
    }

    /// The ratios that are left possible at 95 % where `came` was counted and `expected` was to be expected.
    ///
    /// The upper end is the ratio at which so few would just be surprising, with one signal more than came:
    /// that keeps it right where nothing came at all.
    pub fn interval(&self, came: f64, expected: f64) -> (f64, f64) {
        const WIDEST: f64 = 30.0;
        let t = quantile::student(0.975, self.course.fit.df);
        let ratio = came / expected;
        let low = if came > 0.0 { ratio * (-t * self.sd(ratio)).exp() } else { 0.0 };
        let lifted = ((came + 1.0) / expected).ln();
        let high = quantile::halve(lifted, lifted + WIDEST, |log| log - lifted < t * self.sd(log.exp()));
        (low, high.exp())
    }
}
