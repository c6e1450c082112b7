//! Multiplies activations with weights: sixteen-bit numbers, two inputs at a time, summed in 32 bits.
//!
//! Eight tokens and 32 outputs are one tile; both sides lie so that a tile reads them front to back. The processor's
//! widest multiply-and-add of pairs is chosen when the program runs; the plain one gives the very same sums.

use super::weights::{ACTIVATION_MAX, Matrix};
use fearless_simd::{Level, Simd};

/// Outputs of a panel.
pub(super) const LANES: usize = 32;
/// Tokens of a tile.
pub(super) const ROWS: usize = 8;
/// Two weights of each output of a panel.
pub(super) type Pairs = [i32; LANES];
/// Two activations of each token of a tile.
pub(super) type Steps = [i32; ROWS];
type Sums = [[i32; LANES]; ROWS];

/// Two 16-bit numbers in one of 32, the first below.
pub(super) const fn pair(first: i16, second: i16) -> i32 {
    (first.cast_unsigned() as u32 | ((second.cast_unsigned() as u32) << 16)).cast_signed()
}

/// Activations of a batch as 16-bit numbers, tile by tile.
#[derive(Debug, Default)]
pub(super) struct Activations {
    tiles: Vec<Steps>,
    /// What a whole number is worth, by token.
    steps: Vec<f32>,
    whole: Vec<u16>,
}

impl Activations {
    /// Takes over rows of `width` numbers; what is missing to a full tile is zero.
    #[inline(always)]
    pub fn take(&mut self, rows: &[f32], width: usize) {
        let count = rows.len() / width;
        let tiles = count.div_ceil(ROWS);
        self.tiles.clear();
        self.tiles.resize(tiles * (width / 2), [0; ROWS]);
        self.steps.clear();
        self.whole.resize(width, 0);
        for (nth, row) in rows.chunks_exact(width).enumerate() {
            let most = row.iter().map(|x| x.abs().to_bits()).max().unwrap_or(0);
            let most = f32::from_bits(most).max(f32::MIN_POSITIVE);
            self.steps.push(most / ACTIVATION_MAX);
            round(row, ACTIVATION_MAX / most, &mut self.whole);
            let tile = self.tiles.iter_mut().skip(nth / ROWS * (width / 2));
            let (pairs, _) = self.whole.as_chunks::<2>();
            for (place, [first, second]) in tile.zip(pairs) {
                place[nth % ROWS] = pair(first.cast_signed(), second.cast_signed());
            }
        }
        self.steps.resize(tiles * ROWS, 0.0);
    }
}

/// `row × factor` as whole numbers.
#[inline(always)]
fn round(row: &[f32], factor: f32, out: &mut [u16]) {
    // Added to a number below 2^22, this leaves the nearest whole number in the low bits.
    const SHIFT: f32 = 12_582_912.0;
    for (out, x) in out.iter_mut().zip(row) {
        *out = (x * factor + SHIFT).to_bits() as u16;
    }
}

/// `out[token][output] = activations · weights + bias`; `out` has a row for every token of the tiles.
#[inline(always)]
pub(super) fn multiply<S: Simd>(simd: S, activations: &Activations, matrix: &Matrix, out: &mut Vec<f32>) {
    let (depth, outputs) = (matrix.inputs / 2, matrix.outputs);
    out.resize(activations.steps.len() * outputs, 0.0);
    let level = simd.level();
    for (nth, panel) in matrix.panels.chunks_exact(depth).enumerate() {
        let from = nth * LANES;
        let (Some(steps), Some(bias)) =
            (matrix.steps.get(from..from + LANES), matrix.bias.get(from..from + LANES))
        else {
            continue;
        };
        let tiles = activations.tiles.chunks_exact(depth).zip(activations.steps.as_chunks::<ROWS>().0);
        for ((tile, worth), out) in tiles.zip(out.chunks_exact_mut(ROWS * outputs)) {
            let sums = sum(level, panel, tile);
            for ((sums, worth), out) in sums.iter().zip(worth).zip(out.chunks_exact_mut(outputs)) {
                let Some(out) = out.get_mut(from..from + LANES) else { continue };
                for (((out, sum), step), bias) in out.iter_mut().zip(sums).zip(steps).zip(bias) {
                    *out = *sum as f32 * (worth * step) + bias;
                }
            }
        }
    }
}

#[inline(always)]
fn sum(level: Level, panel: &[Pairs], tile: &[Steps]) -> Sums {
    let mut sums = [[0; LANES]; ROWS];
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = level.as_avx512() {
        wide::sum_512(avx512, panel, tile, &mut sums);
        return sums;
    } else if let Some(avx2) = level.as_avx2() {
        wide::sum_256(avx2, panel, tile, &mut sums);
        return sums;
    }
    let _ = level;
    sum_plain(panel, tile, &mut sums);
    sums
}

/// The same sums on any processor.
#[inline(always)]
fn sum_plain(panel: &[Pairs], tile: &[Steps], sums: &mut Sums) {
    for (weights, tokens) in panel.iter().zip(tile) {
        for (sums, token) in sums.iter_mut().zip(tokens) {
            let (first, second) = (i32::from(*token as i16), token >> 16);
            for (sum, weight) in sums.iter_mut().zip(weights) {
                // Bounded by how weights and activations were rounded; see `ROW_SUM_MAX`.
                *sum = sum.wrapping_add(i32::from(*weight as i16) * first + (weight >> 16) * second);
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{Pairs, ROWS, Steps, Sums};
    use fearless_simd::{i32x8, i32x16, kernel, prelude::*};
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
        _mm512_dpwssd_epi32, _mm512_set1_epi32, _mm512_setzero_si512,
    };

    kernel!(
        /// Sixteen outputs an instruction: multiply pairs, add both and the sum so far.
        pub fn sum_512(avx512: Avx512, panel: &[Pairs], tile: &[Steps], sums: &mut Sums) {
            let mut kept = [[_mm512_setzero_si512(); 2]; ROWS];
            for (weights, tokens) in panel.iter().zip(tile) {
                let (halves, _) = weights.as_chunks::<16>();
                let [low, high] = [halves[0], halves[1]];
                let low: __m512i = i32x16::simd_from(avx512, low).into();
                let high: __m512i = i32x16::simd_from(avx512, high).into();
                for (kept, token) in kept.iter_mut().zip(tokens) {
                    let token = _mm512_set1_epi32(*token);
                    kept[0] = _mm512_dpwssd_epi32(kept[0], low, token);
                    kept[1] = _mm512_dpwssd_epi32(kept[1], high, token);
                }
            }
            for (sums, kept) in sums.iter_mut().zip(kept) {
                let (halves, _) = sums.as_chunks_mut::<16>();
                for (half, kept) in halves.iter_mut().zip(kept) {
                    *half = i32x16::simd_from(avx512, kept).into();
                }
            }
        }
    );

    kernel!(
        /// Eight outputs an instruction; four passes, because sixteen registers hold a quarter of the tile.
        pub fn sum_256(avx2: Avx2, panel: &[Pairs], tile: &[Steps], sums: &mut Sums) {
            for quarter in 0..4 {
                let (half, rows) = (quarter / 2, quarter % 2);
                let mut kept = [[_mm256_setzero_si256(); 2]; ROWS / 2];
                for (weights, tokens) in panel.iter().zip(tile) {
                    let (eights, _) = weights.as_chunks::<8>();
                    let (tokens, _) = tokens.as_chunks::<4>();
                    let low: __m256i = i32x8::simd_from(avx2, eights[half * 2]).into();
                    let high: __m256i = i32x8::simd_from(avx2, eights[half * 2 + 1]).into();
                    for (kept, token) in kept.iter_mut().zip(&tokens[rows]) {
                        let token = _mm256_set1_epi32(*token);
                        kept[0] = _mm256_add_epi32(kept[0], _mm256_madd_epi16(low, token));
                        kept[1] = _mm256_add_epi32(kept[1], _mm256_madd_epi16(high, token));
                    }
                }
                for (sums, kept) in sums.iter_mut().skip(rows * 4).zip(kept) {
                    let (eights, _) = sums.as_chunks_mut::<8>();
                    eights[half * 2] = i32x8::simd_from(avx2, kept[0]).into();
                    eights[half * 2 + 1] = i32x8::simd_from(avx2, kept[1]).into();
                }
            }
        }
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows of weights that obey the bound on sums, and any activations.
    fn case() -> impl Strategy<Value = (Vec<Pairs>, Vec<Steps>)> {
        let pairs = || (-680_i16..=680, -680_i16..=680).prop_map(|(a, b)| pair(a, b));
        let tokens = || (-2047_i16..=2047, -2047_i16..=2047).prop_map(|(a, b)| pair(a, b));
        (1_usize..24).prop_flat_map(move |depth| {
            (
                prop::collection::vec(prop::array::uniform32(pairs()), depth),
                prop::collection::vec(prop::array::uniform8(tokens()), depth),
            )
        })
    }

    proptest! {
        #[test]
        fn every_processor_gives_the_plain_sums((panel, tile) in case()) {
            let mut plain = [[0; LANES]; ROWS];
            sum_plain(&panel, &tile, &mut plain);
            prop_assert_eq!(sum(Level::new(), &panel, &tile), plain);
            #[cfg(target_arch = "x86_64")]
            if let Some(avx2) = Level::new().as_avx2() {
                let mut sums = [[0; LANES]; ROWS];
                wide::sum_256(avx2, &panel, &tile, &mut sums);
                prop_assert_eq!(sums, plain);
            }
        }
    }

    #[test]
    fn a_pair_keeps_both_signs() {
        for (a, b) in [(0, 0), (-1, 1), (1, -1), (i16::MIN, i16::MAX)] {
            let both = pair(a, b);
            assert_eq!((both as i16, (both >> 16) as i16), (a, b));
        }
    }
}
