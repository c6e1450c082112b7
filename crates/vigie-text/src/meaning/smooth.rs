//! The curves between the multiplications: exponential, GELU, layer normalisation. Written without branches, so that
//! eight or sixteen numbers go through at once.

use super::weights::Norm;

/// Sums kept side by side, so that adding up does not wait for itself.
const WAYS: usize = 16;

/// e to the power of `x`; relative error below 3e-7 from −87 to 87, clamped beyond.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    const SHIFT: f32 = 12_582_912.0;
    let power = (x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    let shifted = power + SHIFT;
    let rest = (power - (shifted - SHIFT)) * std::f32::consts::LN_2;
    // Taylor's series; `rest` is at most ln 2 / 2.
    let series = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest / 720.0)))));
    series * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

/// Gaussian error linear unit, exact form: `x · Φ(x)`; error function by Abramowitz and Stegun 7.1.26 (1.5e-7).
#[inline(always)]
pub(super) fn gelu(x: f32) -> f32 {
    const A: [f32; 5] = [0.254_829_6, -0.284_496_74, 1.421_413_7, -1.453_152, 1.061_405_4];
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let tail = t * (A[0] + t * (A[1] + t * (A[2] + t * (A[3] + t * A[4])))) * exp(-z * z);
    let erf = (1.0 - tail).copysign(x);
    0.5 * x * (1.0 + erf)
}

#[inline(always)]
fn total(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<WAYS>();
    let mut sums = [0.0; WAYS];
    for chunk in chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += of(*value);
        }
    }
    sums.iter().sum::<f32>() + rest.iter().map(|value| of(*value)).sum::<f32>()
}

/// Brings each row to mean 0 and spread 1, then to the layer's own.
#[inline(always)]
pub(super) fn normalise(rows: &mut [f32], norm: &Norm, epsilon: f32) {
    let width = norm.weight.len();
    for row in rows.chunks_exact_mut(width) {
        let mean = total(row, |x| x) / width as f32;
        let spread = total(row, |x| (x - mean) * (x - mean)) / width as f32;
        let factor = 1.0 / (spread + epsilon).sqrt();
        for ((x, weight), bias) in row.iter_mut().zip(&norm.weight).zip(&norm.bias) {
            *x = (*x - mean) * factor * weight + bias;
        }
    }
}

/// Turns scores into shares that add up to one.
#[inline(always)]
pub(super) fn shares(scores: &mut [f32]) {
    let (chunks, rest) = scores.as_chunks::<WAYS>();
    let mut most = [f32::MIN; WAYS];
    for chunk in chunks {
        for (most, score) in most.iter_mut().zip(chunk) {
            *most = if *score > *most { *score } else { *most };
        }
    }
    let most = most.iter().chain(rest).fold(f32::MIN, |most, score| most.max(*score));
    for score in &mut *scores {
        *score = exp(*score - most);
    }
    let factor = 1.0 / total(scores, |x| x);
    for score in scores {
        *score *= factor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_the_libraries() {
        for x in (-870_i16..=870).map(|x| f32::from(x) / 10.0) {
            let (ours, theirs) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((ours / theirs - 1.0).abs() < 1.2e-5, "{x}: {ours} {theirs}");
        }
        assert!(exp(f32::MIN) < 1e-37);
    }

    #[test]
    fn gelu_meets_known_values() {
        // Φ(1) = 0.841344746, Φ(2) = 0.977249868 (tables of the normal distribution).
        for (x, y) in [(0.0, 0.0), (1.0, 0.841_344_8), (-1.0, -0.158_655_25), (2.0, 1.954_499_7)] {
            assert!((gelu(x) - y).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn shares_add_up() {
        let mut scores: Vec<f32> = (0..37_u8).map(f32::from).collect();
        shares(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(scores.is_sorted());
    }
}
