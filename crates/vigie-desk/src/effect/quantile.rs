//! Quantiles of Student's t, for any number of degrees of freedom.
//!
//! The distribution function is the library's; its quantiles are found here by halving, which is exact to
//! the last digits that matter and cannot run away.

use special::Beta;

const HALVINGS: u32 = 80;

/// The value that a Student t with `df` degrees of freedom (not necessarily whole, at least ½) stays below
/// with chance `p`, for `p` from ½ to 1.
pub fn student(p: f64, df: f64) -> f64 {
    let df = df.max(0.5);
    halve(0.0, 1e4, |t| 1.0 - 0.5 * incomplete(df / 2.0, 0.5, df / (df + t * t)) < p)
}

/// Regularised incomplete beta function.
fn incomplete(a: f64, b: f64, x: f64) -> f64 {
    x.inc_beta(a, b, a.ln_beta(b))
}

/// The place between `low` and `high` where `below` turns false.
pub fn halve(mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_are_those_of_the_tables() {
        for (df, t) in [(1.0, 12.706_205), (4.0, 2.776_445), (11.0, 2.200_985), (200.0, 1.971_896)] {
            assert!((student(0.975, df) - t).abs() < 1e-5, "{df}: {}", student(0.975, df));
        }
        assert!((student(0.995, 7.0) - 3.499_483).abs() < 1e-5);
    }
}
