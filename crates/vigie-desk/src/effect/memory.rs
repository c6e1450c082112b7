//! How much an hour resembles the one before it, beyond what day and trend explain.

/// Correlation above which a story is treated as if it were this.
const MOST: f64 = 0.9;
/// Keeps an hour in which nothing is expected from weighing more than any other.
const LIFT: f64 = 0.1;
const LEAST: f64 = 1e-9;

/// Coefficient of an hourly AR(1), 0 to 0.9, from the hours before the issue and the half days' expected
/// counts. Each hour of the day keeps its own
/// share of its half day, so the shape of the day is not mistaken for memory.
pub fn hourly(hours: &[u32], means: &[f64], block_h: usize) -> f64 {
    let shares = shares(hours, means, block_h);
    let expected = |i: usize| {
        let mean = means.get(i / block_h).copied().unwrap_or(0.0);
        mean * shares.get(i % 24).copied().unwrap_or(0.0)
    };
    let residuals: Vec<f64> = hours
        .iter()
        .enumerate()
        .map(|(i, count)| (f64::from(*count) - expected(i)) / (expected(i) + LIFT).sqrt())
        .collect();
    let own: f64 = residuals.iter().map(|r| r * r).sum();
    let next: f64 = residuals.windows(2).map(|pair| pair.iter().product::<f64>()).sum();
    let raw = if own > 0.0 { next / own } else { 0.0 };
    // Level, trend and day are fitted from the same hours, which takes a little from every correlation
    // (Kendall, Biometrika 41, 1954, for a fitted mean; here with one more term for the trend).
    (raw + (2.0 + 4.0 * raw) / hours.len().max(1) as f64).clamp(0.0, MOST)
}

/// Share of its half day that each hour of the day has, the first being that of the window's first hour.
fn shares(hours: &[u32], means: &[f64], block_h: usize) -> Vec<f64> {
    let daily = |hour: usize, of: &dyn Fn(usize) -> f64| (hour..hours.len()).step_by(24).map(of).sum::<f64>();
    let came = |i: usize| hours.get(i).map_or(0.0, |count| f64::from(*count));
    let expected = |i: usize| means.get(i / block_h).copied().unwrap_or(0.0);
    (0..24).map(|hour| daily(hour, &came) / daily(hour, &expected).max(LEAST)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::simulate::{Chain, Course, Invented, Seeded};

    #[test]
    fn the_memory_that_was_put_in_is_found_and_the_day_is_not_mistaken_for_it() {
        for rho in [0.0, 0.3, 0.6] {
            let invented = Invented { rho, before_h: 60 * 24, after_h: 0, ..Invented::WEEK };
            assert_eq!((invented.chain, invented.course), (Chain::Counts, Course::Level));
            let (hours, _) = invented.draw(&mut Seeded::new(3));
            let mean = hours.iter().map(|n| f64::from(*n)).sum::<f64>() / 120.0;
            let found = hourly(&hours, &[mean; 120], 12);
            assert!((found - rho).abs() < 0.06, "{rho}: {found}");
        }
    }

    #[test]
    fn silence_has_no_memory() {
        assert!(hourly(&[0; 72], &[0.0; 6], 12) < 0.05);
        assert!(hourly(&[], &[], 12) <= MOST);
    }
}
