//! Fits what a story did before the answer, and how noisily.
//!
//! ```text
//! E[Sᵢ] = μᵢ = exp(xᵢ'β + rhythmᵢ)                     Sᵢ count of half day i
//! Cov[Sᵢ, Sⱼ] = Rᵢⱼ (κ √(μᵢμⱼ) + α μᵢμⱼ)              Poisson noise, and more that grows with the mean
//! R, κ: correlation of half-day sums of an hourly AR(1) with coefficient ρ, and how much
//!       more they vary than sums of as many independent hours
//! β: Σ wᵢ (Sᵢ − μᵢ)/μᵢ xᵢ = 0,  wᵢ = μᵢ/(κ + αμᵢ)      iteratively reweighted least squares
//! α: Q = E[Q] for Q = Σ wᵢ ((Sᵢ − μᵢ)/μᵢ)²             Pearson's moment, its expectation taken under R
//! ```
//! Log-linear models of counts: McCullagh and Nelder, *Generalized Linear Models*, 1989, ch. 6 and 9. The
//! moment for α: Breslow, *Applied Statistics* 33, 1984. Degrees of freedom: Satterthwaite, *Biometrics
//! Bulletin* 2, 1946, lowered for the heavy tail of the noise (variance of a sample variance under kurtosis:
//! Box, *Biometrika* 40, 1953).

use super::linear::{Square, dot, inverse, times};

/// Rounds of weighted least squares for one α; a fit that is no closer by then is as close as it gets.
const ROUNDS: usize = 50;
/// Rounds between β and α.
const SPREADS: usize = 20;
/// Expected counts stay within these, whatever a step of the iteration proposes.
const MEAN_MIN: f64 = 1e-3;
const MEAN_MAX: f64 = 1e12;
const CLOSE: f64 = 1e-9;
/// Half the excess kurtosis of a gamma variable for each unit of its relative variance: so much less does a
/// sum of squares of such noise tell than one of normal noise.
const TAIL: f64 = 3.0;
/// Blocks farther apart than this have forgotten one another.
const LAGS: i32 = 6;

/// One half day as the fit sees it.
#[derive(Debug, Clone, Copy)]
pub struct Row<const P: usize> {
    /// What moves it.
    pub x: [f64; P],
    /// Logarithm of the known rhythm.
    pub offset: f64,
    /// What came.
    pub count: f64,
}

/// A fitted course.
#[derive(Debug, Clone)]
pub struct Fit<const P: usize> {
    /// Coefficients.
    pub beta: [f64; P],
    /// Influence of each row's relative residual on each coefficient: `δβ = Σ influenceᵢ (Sᵢ − μᵢ)/μᵢ`.
    pub influence: Vec<[f64; P]>,
    /// Expected counts.
    pub means: Vec<f64>,
    /// Noise beyond Poisson, relative, squared.
    pub alpha: f64,
    /// Degrees of freedom that `alpha` rests on.
    pub df: f64,
}

/// Expected count of a row.
pub fn mean_of<const P: usize>(beta: &[f64; P], x: &[f64; P], offset: f64) -> f64 {
    (dot(beta, x) + offset).exp().clamp(MEAN_MIN, MEAN_MAX)
}

/// How half days hang together when hours do.
#[derive(Debug, Clone)]
pub struct Memory {
    /// Variance of a sum, for that of as many independent hours: 1 without memory.
    pub kappa: f64,
    /// Correlation of two sums by how many blocks they lie apart, the first being 1.
    by_lag: Vec<f64>,
}

impl Memory {
    /// For blocks of `n` hours of an AR(1) with coefficient `rho`.
    pub fn of(rho: f64, n: usize) -> Self {
        let n = n as i32;
        let shared = |lag: i32| -> f64 {
            (1 - n..n).map(|h| f64::from(n - h.abs()) * rho.powi((lag * n + h).abs())).sum()
        };
        let own = shared(0);
        let by_lag = (0..LAGS).map(|lag| shared(lag) / own).collect();
        Self { kappa: own / f64::from(n), by_lag }
    }

    /// Correlation of blocks `i` and `j`.
    pub fn between(&self, i: usize, j: usize) -> f64 {
        self.by_lag.get(i.abs_diff(j)).copied().unwrap_or(0.0)
    }

    /// `a'Rb`, `b` beginning `shift` blocks after `a`.
    pub fn product(&self, a: &[f64], b: &[f64], shift: usize) -> f64 {
        let row = |i: usize| b.iter().enumerate().map(|(j, b)| b * self.between(i, j + shift)).sum::<f64>();
        a.iter().enumerate().map(|(i, a)| a * row(i)).sum()
    }
}

impl<const P: usize> Fit<P> {
    /// Fits `rows`, which follow one another in time; `memory` is how they hang together.
    pub fn of(rows: &[Row<P>], memory: &Memory) -> Self {
        let mut alpha = 0.0;
        let mut beta = beginning(rows);
        let mut fit = Self::at(rows, beta, alpha, memory.kappa);
        for _ in 0..SPREADS {
            beta = settle(rows, beta, alpha, memory.kappa);
            fit = Self::at(rows, beta, alpha, memory.kappa);
            let (next, df) = fit.spread(rows, memory);
            fit.df = df;
            let settled = (next - alpha).abs() <= 1e-6 * (1e-3 + alpha);
            alpha = next;
            if settled {
                break;
            }
        }
        fit.alpha = alpha;
        fit.df /= 1.0 + TAIL * alpha;
        fit
    }

    fn at(rows: &[Row<P>], beta: [f64; P], alpha: f64, kappa: f64) -> Self {
        let means: Vec<f64> = rows.iter().map(|row| mean_of(&beta, &row.x, row.offset)).collect();
        let weights: Vec<f64> = means.iter().map(|mean| weight(*mean, alpha, kappa)).collect();
        let inverse = inverse(&information(rows, &weights));
        let influence =
            rows.iter().zip(&weights).map(|(row, w)| times(&inverse, &row.x).map(|v| v * w)).collect();
        Self { beta, influence, means, alpha, df: 1.0 }
    }

    /// α from the moment of the residuals, and the degrees of freedom behind it.
    fn spread(&self, rows: &[Row<P>], memory: &Memory) -> (f64, f64) {
        let weights: Vec<f64> =
            self.means.iter().map(|mean| weight(*mean, self.alpha, memory.kappa)).collect();
        let projector = self.projector(rows, &weights);
        let poisson = |i: usize, j: usize| memory.between(i, j) * self.poisson(i, j, memory);
        let residuals = rows.iter().zip(&self.means).map(|(row, mean)| ((row.count - mean) / mean).powi(2));
        let found: f64 = residuals.zip(&weights).map(|(square, w)| w * square).sum();
        let beyond = trace(&projector, |i, j| memory.between(i, j));
        let alpha = ((found - trace(&projector, poisson)) / beyond.max(CLOSE)).max(0.0);
        let noise = |i: usize, j: usize| memory.between(i, j) * (alpha + self.poisson(i, j, memory));
        (alpha, satterthwaite(&projector, noise))
    }

    /// `W − W X (X'WX)⁻¹ X'W`, by rows: what the fit leaves of the weighted residuals.
    fn projector(&self, rows: &[Row<P>], weights: &[f64]) -> Vec<Vec<f64>> {
        let taken = |(row, w): (&Row<P>, &f64)| self.influence.iter().map(|u| -w * dot(&row.x, u)).collect();
        let mut lines: Vec<Vec<f64>> = rows.iter().zip(weights).map(taken).collect();
        for (i, (line, w)) in lines.iter_mut().zip(weights).enumerate() {
            line.iter_mut().skip(i).take(1).for_each(|own| *own += w);
        }
        lines
    }

    fn poisson(&self, i: usize, j: usize, memory: &Memory) -> f64 {
        let mean = |i: usize| self.means.get(i).copied().unwrap_or(MEAN_MIN);
        memory.kappa / (mean(i) * mean(j)).sqrt()
    }

    /// Variance of coefficient `place`.
    pub fn variance(&self, place: usize, memory: &Memory) -> f64 {
        let u: Vec<f64> = self.influence.iter().filter_map(|row| row.get(place).copied()).collect();
        let poisson = self.rooted(&u);
        memory.kappa * memory.product(&poisson, &poisson, 0) + self.alpha * memory.product(&u, &u, 0)
    }

    /// Each entry over the root of its row's mean.
    pub fn rooted(&self, u: &[f64]) -> Vec<f64> {
        u.iter().zip(&self.means).map(|(u, mean)| u / mean.sqrt()).collect()
    }
}

/// Sum over all pairs of `lines[i][j] · f(j, i)`.
fn trace(lines: &[Vec<f64>], f: impl Fn(usize, usize) -> f64) -> f64 {
    let line = |(i, line): (usize, &Vec<f64>)| line.iter().enumerate().map(|(j, v)| v * f(j, i)).sum::<f64>();
    lines.iter().enumerate().map(line).sum()
}

/// `tr(PΣ)² / tr(PΣPΣ)`.
fn satterthwaite(projector: &[Vec<f64>], noise: impl Fn(usize, usize) -> f64) -> f64 {
    let n = projector.len();
    let cell = |line: &[f64], j: usize| line.iter().enumerate().map(|(k, v)| v * noise(k, j)).sum::<f64>();
    let product: Vec<Vec<f64>> =
        projector.iter().map(|line| (0..n).map(|j| cell(line, j)).collect()).collect();
    let at = |i: usize, j: usize| product.get(i).and_then(|line| line.get(j)).copied().unwrap_or(0.0);
    let once: f64 = (0..n).map(|i| at(i, i)).sum();
    (once * once / trace(&product, at).max(f64::MIN_POSITIVE)).clamp(1.0, n as f64)
}

fn weight(mean: f64, alpha: f64, kappa: f64) -> f64 {
    mean / (kappa + alpha * mean)
}

fn information<const P: usize>(rows: &[Row<P>], weights: &[f64]) -> Square<P> {
    let mut sum = [[0.0; P]; P];
    for (row, w) in rows.iter().zip(weights) {
        for (line, a) in sum.iter_mut().zip(&row.x) {
            line.iter_mut().zip(&row.x).for_each(|(cell, b)| *cell += w * a * b);
        }
    }
    sum
}

/// A first guess: least squares on the logarithms of the counts, each lifted by a half.
fn beginning<const P: usize>(rows: &[Row<P>]) -> [f64; P] {
    let ones = vec![1.0; rows.len()];
    let inverse = inverse(&information(rows, &ones));
    let mut right = [0.0; P];
    for row in rows {
        let height = (row.count + 0.5).ln() - row.offset;
        right.iter_mut().zip(&row.x).for_each(|(sum, x)| *sum += height * x);
    }
    times(&inverse, &right)
}

/// Weighted least squares until nothing moves; a step never moves any logarithm by more than 1.
fn settle<const P: usize>(rows: &[Row<P>], mut beta: [f64; P], alpha: f64, kappa: f64) -> [f64; P] {
    for _ in 0..ROUNDS {
        let fit = Fit::at(rows, beta, alpha, kappa);
        let mut step = [0.0; P];
        for ((row, influence), mean) in rows.iter().zip(&fit.influence).zip(&fit.means) {
            let residual = (row.count - mean) / mean;
            step.iter_mut().zip(influence).for_each(|(sum, u)| *sum += u * residual);
        }
        let longest = rows.iter().map(|row| dot(&step, &row.x).abs()).fold(0.0, f64::max);
        let shorter = if longest > 1.0 { 1.0 / longest } else { 1.0 };
        beta.iter_mut().zip(&step).for_each(|(b, s)| *b += shorter * s);
        if longest < CLOSE {
            break;
        }
    }
    beta
}
