//! Upper tails of the counting distributions used here, and the false-discovery rate.

/// ln Γ(x) for x > 0 (Lanczos, g = 7, nine coefficients; relative error below 1e-13).
pub fn ln_gamma(x: f64) -> f64 {
    const G: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let sum = G.iter().enumerate().skip(1).fold(G[0], |sum, (n, g)| sum + g / (x + n as f64));
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// Adds terms from `first` on, each the one before times `ratio(n)`, until they no longer count.
fn series(first: f64, from: u64, to: u64, ratio: impl Fn(f64) -> f64) -> f64 {
    let (mut term, mut sum) = (first, first);
    for n in from..to {
        term *= ratio(n as f64);
        sum += term;
        if term <= sum * 1e-15 {
            break;
        }
    }
    sum.clamp(0.0, 1.0)
}

/// P(N ≥ n) of a Poisson count with mean `mean`.
pub fn poisson(n: u64, mean: f64) -> f64 {
    if n == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    let at = |n: f64| (n * mean.ln() - mean - ln_gamma(n + 1.0)).exp();
    if (n as f64) > mean {
        return series(at(n as f64), n, u64::MAX, |n| mean / (n + 1.0));
    }
    1.0 - series(at(n as f64 - 1.0), 0, n - 1, |k| (n as f64 - 1.0 - k) / mean)
}

/// P(N ≥ n) of `trials` independent trials with chance `chance` each.
pub fn binomial(n: u64, trials: u64, chance: f64) -> f64 {
    if n == 0 || chance >= 1.0 {
        return if n <= trials { 1.0 } else { 0.0 };
    }
    if n > trials || chance <= 0.0 {
        return 0.0;
    }
    let (t, odds) = (trials as f64, chance / (1.0 - chance));
    let ln_choose = |n: f64| ln_gamma(t + 1.0) - ln_gamma(n + 1.0) - ln_gamma(t - n + 1.0);
    let at = |n: f64| (ln_choose(n) + n * chance.ln() + (t - n) * (1.0 - chance).ln()).exp();
    if n as f64 > t * chance {
        return series(at(n as f64), n, trials, |n| (t - n) / (n + 1.0) * odds);
    }
    let below = n as f64 - 1.0;
    1.0 - series(at(below), 0, n - 1, |k| (below - k) / (t - below + k + 1.0) / odds)
}

/// P(N ≥ n) of a count with this mean and variance: negative binomial where it varies more than a Poisson count does.
pub fn dispersed(n: u64, mean: f64, variance: f64) -> f64 {
    if variance <= mean * 1.000_001 || mean <= 0.0 {
        return poisson(n, mean);
    }
    if n == 0 {
        return 1.0;
    }
    let size = mean * mean / (variance - mean);
    let chance = mean / variance;
    let at = |n: f64| {
        let ways = ln_gamma(n + size) - ln_gamma(n + 1.0) - ln_gamma(size);
        (ways + size * chance.ln() + n * (1.0 - chance).ln()).exp()
    };
    if n as f64 > mean {
        return series(at(n as f64), n, u64::MAX, |n| (n + size) / (n + 1.0) * (1.0 - chance));
    }
    let below = n as f64 - 1.0;
    1.0 - series(at(below), 0, n - 1, |k| (below - k) / (below - k - 1.0 + size) / (1.0 - chance))
}

/// A bound below [`poisson`] that costs no exponential: for a mean of at most 1, one term of its series and e⁻¹.
pub fn poisson_least(n: u64, mean: f64) -> f64 {
    let mean = mean.min(1.0);
    (1..=n).fold(0.367_879, |term, k| term * mean / k as f64)
}

/// The greatest p-value whose false-discovery rate (Benjamini and Hochberg, 1995) is at most `rate`, where `tests` were
/// made in all, of which `low` holds every p-value up to it.
pub fn surest(low: &mut [f64], tests: f64, rate: f64) -> Option<f64> {
    low.sort_unstable_by(f64::total_cmp);
    let stands = |(at, p): &(usize, &f64)| **p * tests / (*at as f64 + 1.0) <= rate;
    low.iter().enumerate().rev().find(stands).map(|(_, p)| *p)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(x: f64, y: f64) -> bool {
        (x - y).abs() <= 1e-9 * y.abs().max(1e-12)
    }

    /// The plain sum, term by term.
    fn summed(n: u64, first: f64, next: impl Fn(u64) -> f64) -> f64 {
        let mut term = first;
        let mut below = 0.0;
        for k in 0..n {
            below += term;
            term *= next(k);
        }
        1.0 - below
    }

    #[test]
    fn the_tails_are_those_of_summing_term_by_term() {
        for (n, mean) in [(1, 0.02_f64), (3, 2.5), (2, 8.0), (12, 8.0)] {
            let slow = summed(n, (-mean).exp(), |k| mean / (k + 1) as f64);
            assert!(near(poisson(n, mean), slow) || (poisson(n, mean) - slow).abs() < 1e-12, "{n} {mean}");
        }
        for (n, trials, chance) in [(1, 1, 0.25), (4, 4, 0.25), (2, 9, 0.5), (7, 9, 0.5)] {
            let q: f64 = 1.0 - chance;
            let slow =
                summed(n, q.powi(trials as i32), |k| (trials - k) as f64 / (k + 1) as f64 * chance / q);
            assert!(near(binomial(n, trials, chance), slow), "{n} {trials} {chance}");
        }
        assert!(near(binomial(4, 4, 0.25), 0.25_f64.powi(4)));
        assert!(near(binomial(1, 1, 1.0), 1.0));
        assert!(binomial(2, 1, 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_dispersed_count_has_a_heavier_tail_and_the_plain_one_as_its_limit() {
        assert!(dispersed(20, 5.0, 25.0) > poisson(20, 5.0) * 10.0);
        assert!(near(dispersed(20, 5.0, 5.0), poisson(20, 5.0)));
        // Mean 2, variance 4: size 2, chance 0.5; P(N ≥ 2) = 1 - 0.25 - 0.25.
        assert!(near(dispersed(2, 2.0, 4.0), 0.5));
        assert!(near(dispersed(5, 2.0, 4.0), 1.0 - 0.25 - 0.25 - 0.1875 - 0.125 - 0.078_125));
    }

    /// Turns p-values into false-discovery rates (Benjamini and Hochberg, 1995) where `tests` were made in all, of which
    /// these are the smallest known.
    fn discovery_rates(p: &[f64], tests: f64) -> Vec<f64> {
        let mut order: Vec<usize> = (0..p.len()).collect();
        order.sort_unstable_by(|x, y| p[*y].total_cmp(&p[*x]));
        let mut rates = vec![1.0; p.len()];
        let mut least = 1.0_f64;
        for (from_last, at) in order.into_iter().enumerate() {
            let rank = (p.len() - from_last) as f64;
            least = least.min(p[at] * tests / rank);
            rates[at] = least;
        }
        rates
    }

    #[test]
    fn the_bar_parts_those_whose_rate_is_low_enough_from_the_rest() {
        let mut state = 3_u64;
        for round in 0..200 {
            let p: Vec<f64> = (0..40)
                .map(|n| {
                    state = crate::hash::mix(state, n);
                    ((state >> 11) as f64 / (1_u64 << 53) as f64).powi(1 + round % 7)
                })
                .collect();
            let rates = discovery_rates(&p, 100.0);
            let bar = surest(&mut p.clone(), 100.0, 0.05);
            for (p, rate) in p.iter().zip(rates) {
                assert_eq!(bar.is_some_and(|bar| *p <= bar), rate <= 0.05, "{p} {rate} {bar:?}");
            }
        }
        assert_eq!(surest(&mut [], 10.0, 0.05), None);
    }

    #[test]
    fn the_bound_lies_below_the_tail() {
        for (n, mean) in [(1, 1e-6), (1, 0.5), (2, 0.9), (3, 4.0), (7, 2.0), (1, 0.0)] {
            assert!(poisson_least(n, mean) <= poisson(n, mean), "{n} {mean}");
        }
    }

    #[test]
    fn rates_rise_with_p_and_with_the_number_of_tests() {
        let rates = discovery_rates(&[0.001, 0.02, 0.03], 10.0);
        assert!(near(rates[0], 0.01) && near(rates[1], 0.1) && near(rates[2], 0.1), "{rates:?}");
        assert!(discovery_rates(&[], 10.0).is_empty());
    }
}
