//! Weights of the encoder, laid out for multiplying: from 4-bit blocks to panels of 16-bit numbers, once, at loading.
//!
//! A 4-bit block holds 32 weights as `scale × (half byte − 8)`; half byte *j* of a byte's low part is weight *j*, of its
//! high part weight *j* + 16 (the `Q4_0` layout of ggml). 16 bits hold such a row without a loss that could be seen.

use super::file::{BLOCK, BLOCK_BYTES, File, ModelFault, Sizes};
use super::product::{LANES, Pairs, pair};

/// The largest absolute value of an activation in 16 bits.
pub(super) const ACTIVATION_MAX: f32 = 2047.0;
/// Sum of the absolute weights of one output: times [`ACTIVATION_MAX`] it stays below 2^31, whatever the text.
const ROW_SUM_MAX: f32 = 1_047_000.0;
const WEIGHT_MAX: f32 = 32_767.0;

/// A matrix as panels of 32 outputs; each step of a panel holds two inputs for every output.
#[derive(Debug, Clone)]
pub(super) struct Matrix {
    pub inputs: usize,
    pub outputs: usize,
    pub panels: Vec<Pairs>,
    /// What a whole number is worth, by output.
    pub steps: Vec<f32>,
    pub bias: Vec<f32>,
}

/// One layer.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    /// Questions, keys and values of the attention, one after the other.
    pub look: Matrix,
    pub join: Matrix,
    pub join_norm: Norm,
    pub widen: Matrix,
    pub narrow: Matrix,
    pub narrow_norm: Norm,
}

/// What a layer's sums are brought back to.
#[derive(Debug, Clone)]
pub(super) struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
}

/// A 16-bit float (IEEE 754 binary16) as 32 bits; the reader refuses infinities before.
pub(super) fn half(bits: u16) -> f32 {
    let magnitude = u32::from(bits & 0x7fff);
    let sign = u32::from(bits & 0x8000) << 16;
    let value = if magnitude < 0x400 {
        magnitude as f32 / 16_777_216.0
    } else {
        f32::from_bits((magnitude << 13) + (112 << 23))
    };
    f32::from_bits(value.to_bits() | sign)
}

/// Unpacks blocks into `out`.
pub(super) fn unpack(blocks: &[u8], out: &mut [f32]) {
    let (blocks, _) = blocks.as_chunks::<BLOCK_BYTES>();
    let (out, _) = out.as_chunks_mut::<BLOCK>();
    for (block, out) in blocks.iter().zip(out) {
        let scale = half(u16::from_le_bytes([block[0], block[1]]));
        let (low, high) = out.split_at_mut(BLOCK / 2);
        for ((byte, low), high) in block.iter().skip(2).zip(low).zip(high) {
            *low = scale * (f32::from(byte & 15) - 8.0);
            *high = scale * (f32::from(byte >> 4) - 8.0);
        }
    }
}

/// What a whole number is worth in a row, so that neither it nor a sum over it can overflow.
fn step(row: &[f32]) -> f32 {
    let most = row.iter().fold(0.0_f32, |most, w| most.max(w.abs()));
    let sum: f32 = row.iter().map(|w| w.abs()).sum();
    (most / WEIGHT_MAX).max(sum / ROW_SUM_MAX).max(f32::MIN_POSITIVE)
}

impl Matrix {
    /// Stacks the named tables, each of `inputs` × `outputs`, with their biases.
    fn read(file: &File, names: &[String], inputs: usize, outputs: usize) -> Result<Self, ModelFault> {
        let all = outputs * names.len();
        let mut matrix = Self {
            inputs,
            outputs: all,
            panels: vec![[0; LANES]; all / LANES * (inputs / 2)],
            steps: Vec::with_capacity(all),
            bias: Vec::with_capacity(all),
        };
        let mut row = vec![0.0; inputs];
        for name in names {
            let span = file.packed(&format!("{name}.w"), inputs * outputs)?;
            for blocks in file.bytes(span).chunks_exact(inputs / BLOCK * BLOCK_BYTES) {
                unpack(blocks, &mut row);
                matrix.push(&row);
            }
            matrix.bias.extend(file.numbers(&format!("{name}.b"), outputs)?);
        }
        Ok(matrix)
    }

    fn push(&mut self, row: &[f32]) {
        let (step, at) = (step(row), self.steps.len());
        let (panel, lane) = (at / LANES, at % LANES);
        let steps = self.panels.iter_mut().skip(panel * (self.inputs / 2));
        let (weights, _) = row.as_chunks::<2>();
        for (place, weights) in steps.zip(weights) {
            let [first, second] = weights.map(|w| (w / step).round() as i16);
            if let Some(place) = place.get_mut(lane) {
                *place = pair(first, second);
            }
        }
        self.steps.push(step);
    }
}

impl Norm {
    pub fn read(file: &File, name: &str, width: usize) -> Result<Self, ModelFault> {
        Ok(Self {
            weight: file.numbers(&format!("{name}.w"), width)?,
            bias: file.numbers(&format!("{name}.b"), width)?,
        })
    }
}

impl Layer {
    pub fn read(file: &File, nth: usize, sizes: &Sizes) -> Result<Self, ModelFault> {
        let name = |part: &str| format!("l{nth}.{part}");
        let (width, inner) = (sizes.width, sizes.inner);
        Ok(Self {
            look: Matrix::read(file, &[name("q"), name("k"), name("v")], width, width)?,
            join: Matrix::read(file, &[name("ao")], width, width)?,
            join_norm: Norm::read(file, &name("aln"), width)?,
            widen: Matrix::read(file, &[name("fi")], width, inner)?,
            narrow: Matrix::read(file, &[name("fo")], inner, width)?,
            narrow_norm: Norm::read(file, &name("oln"), width)?,
        })
    }
}
