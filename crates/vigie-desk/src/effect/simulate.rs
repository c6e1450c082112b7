//! Invented series whose true effect is known, to see how often the interval is right.
//!
//! For benches and tests alone. An hour's count is negative binomial with mean
//! `m(t) = base · 2^(−t/half-life) · day(t) · week(t) · (1 + effect after the issue)` and variance `m + m²/k`.
//! How hours depend on their neighbours is one of three ways, since "autocorrelated counts" can mean each:
//!
//! - [`Chain::Counts`]: the counts themselves. A Gaussian AR(1) with coefficient ρ is put through its own
//!   distribution function and then through the negative binomial's inverse one (a copula), so every hour is
//!   exactly negative binomial and neighbours correlate by about ρ.
//! - [`Chain::Intensity`]: a hidden AR(1) multiplies the mean by `exp(z − s²/2)`, s = 0.4.
//! - [`Chain::Echo`]: the mean of an hour answers the count of the hour before:
//!   `m(t) · (1 + ρ (y(t−1)/m(t−1) − 1))`.

use special::Error;
use std::f64::consts::{LN_2, SQRT_2, TAU};

/// Numbers from a seed, the same everywhere (SplitMix64; Steele, Lea and Flood, OOPSLA 2014).
#[derive(Debug, Clone)]
pub struct Seeded(u64);

impl Seeded {
    /// A stream of its own for each seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform, greater than 0 and less than 1.
    pub fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Standard normal (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let (a, b) = (self.uniform(), self.uniform());
        (-2.0 * a.ln()).sqrt() * (TAU * b).cos()
    }
}

/// How an hour depends on the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// The counts themselves correlate.
    Counts,
    /// A hidden intensity correlates.
    Intensity,
    /// The mean follows the last count.
    Echo,
}

/// Standard deviation of the hidden log-intensity.
const HIDDEN_SD: f64 = 0.4;

/// What to invent.
#[derive(Debug, Clone, Copy)]
pub struct Invented {
    /// Dependence of hours.
    pub chain: Chain,
    /// Coefficient of the AR(1), 0 to less than 1.
    pub rho: f64,
    /// Mean count an hour before the issue (with a half-life: at the issue).
    pub mean: f64,
    /// Dispersion k: the variance is `m + m²/k`.
    pub dispersion: f64,
    /// Amplitude of the daily cycle, 0 to less than 1.
    pub daily: f64,
    /// Amplitude of the weekly cycle, 0 to less than 1.
    pub weekly: f64,
    /// Hours from the weekly peak to the issue.
    pub week_h: f64,
    /// Change after the issue: −0.3 for a fall by 30 %.
    pub effect: f64,
    /// Hours before.
    pub before_h: usize,
    /// Hours after.
    pub after_h: usize,
    /// What happens without any answer.
    pub course: Course,
}

/// What a story does by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Course {
    /// Stays.
    Level,
    /// Fades by half in so many hours.
    Fading(f64),
    /// Doubles every so many hours until so many hours before the issue, then fades by half in so many hours.
    Burst {
        /// Hours to double.
        doubling_h: f64,
        /// Hours from the peak to the issue; negative where the peak comes after.
        peak_before_h: f64,
        /// Hours to halve.
        half_life_h: f64,
    },
    /// Fades as one over the hours since its beginning, counted from so many hours before the window.
    Slowing(f64),
}

impl Course {
    /// Relative height at `hour`, counted from the issue; 1 at the issue.
    fn at(self, hour: f64) -> f64 {
        match self {
            Self::Level => 1.0,
            Self::Fading(half_life_h) => (-LN_2 * hour / half_life_h).exp(),
            Self::Burst { doubling_h, peak_before_h, half_life_h } => {
                let height = |hour: f64| {
                    let since = hour + peak_before_h;
                    let rate = if since < 0.0 { 1.0 / doubling_h } else { -1.0 / half_life_h };
                    (LN_2 * since * rate).exp()
                };
                height(hour) / height(0.0)
            }
            Self::Slowing(age_h) => age_h / (age_h + hour).max(1.0),
        }
    }
}

impl Invented {
    /// Seven days before and two after, five signals an hour with a strong daily cycle, nothing else.
    pub const WEEK: Self = Self {
        chain: Chain::Counts,
        rho: 0.0,
        mean: 5.0,
        dispersion: 3.0,
        daily: 0.6,
        weekly: 0.0,
        week_h: 0.0,
        effect: 0.0,
        before_h: 168,
        after_h: 48,
        course: Course::Level,
    };

    /// Expected count in the hour that begins `hour` hours after the issue.
    pub fn expected(&self, hour: i64) -> f64 {
        let t = hour as f64 + 0.5;
        let day = 1.0 + self.daily * (TAU * t / 24.0).sin();
        let week = 1.0 + self.weekly * (TAU * (t + self.week_h) / 168.0).cos();
        let after = if hour >= 0 { 1.0 + self.effect } else { 1.0 };
        self.mean * self.course.at(t) * day * week * after
    }

    /// Counts before and after, the issue between them.
    pub fn draw(&self, from: &mut Seeded) -> (Vec<u32>, Vec<u32>) {
        let mut z = from.normal();
        let mut echo = 1.0;
        let mut counts = Vec::with_capacity(self.before_h + self.after_h);
        for hour in -(self.before_h as i64)..self.after_h as i64 {
            z = self.rho * z + (1.0 - self.rho * self.rho).sqrt() * from.normal();
            let mean = self.expected(hour);
            let count = match self.chain {
                Chain::Counts => negative_binomial(mean, self.dispersion, below(z)),
                Chain::Intensity => {
                    let swing = (HIDDEN_SD * z - HIDDEN_SD * HIDDEN_SD / 2.0).exp();
                    negative_binomial(mean * swing, self.dispersion, from.uniform())
                }
                Chain::Echo => {
                    let answering = mean * (1.0 + self.rho * (echo - 1.0));
                    negative_binomial(answering, self.dispersion, from.uniform())
                }
            };
            echo = f64::from(count) / mean.max(f64::MIN_POSITIVE);
            counts.push(count);
        }
        let after = counts.split_off(self.before_h);
        (counts, after)
    }
}

/// Chance that a standard normal is below `z`.
fn below(z: f64) -> f64 {
    0.5 * (-z / SQRT_2).compl_error()
}

/// The count that a negative binomial stays at or below with chance `p`.
fn negative_binomial(mean: f64, k: f64, p: f64) -> u32 {
    const MOST: u32 = 1_000_000;
    let odds = mean / (mean + k);
    let mut chance = (k * (k / (mean + k)).ln()).exp();
    let mut sum = chance;
    let mut count = 0;
    while sum < p && count < MOST && chance > 0.0 {
        chance *= odds * (k + f64::from(count)) / f64::from(count + 1);
        sum += chance;
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(chain: Chain, rho: f64) -> Invented {
        let hours = 20_000;
        let base = Invented { mean: 20.0, dispersion: 4.0, daily: 0.0, effect: -0.5, ..Invented::WEEK };
        Invented { chain, rho, before_h: hours, after_h: hours, ..base }
    }

    fn mean(counts: &[u32]) -> f64 {
        counts.iter().map(|n| f64::from(*n)).sum::<f64>() / counts.len() as f64
    }

    #[test]
    fn invented_counts_have_the_mean_the_spread_and_the_memory_that_were_asked_for() {
        for chain in [Chain::Counts, Chain::Intensity, Chain::Echo] {
            let (before, after) = level(chain, 0.6).draw(&mut Seeded::new(7));
            let (m, n) = (mean(&before), mean(&after));
            assert!((m - 20.0).abs() < 1.0 && (n / m - 0.5).abs() < 0.04, "{chain:?} {m} {n}");
        }
        let (counts, _) = level(Chain::Counts, 0.6).draw(&mut Seeded::new(8));
        let m = mean(&counts);
        let off: Vec<f64> = counts.iter().map(|n| f64::from(*n) - m).collect();
        let spread = off.iter().map(|d| d * d).sum::<f64>() / off.len() as f64;
        let memory = off.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>() / off.len() as f64 / spread;
        assert!((spread / (20.0 + 100.0) - 1.0).abs() < 0.1, "{spread}");
        assert!((memory - 0.6).abs() < 0.04, "{memory}");
    }
}
