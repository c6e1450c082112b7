//! Floating-point values as whole numbers of chosen length and range: MISB ST 1201.
//!
//! A range [a, b] is cut into steps of a power of two; when it spans zero, zero itself is one of the steps. The two
//! highest bits mark what is no number of the range: infinities, not-a-number, and values outside.
//! Source: MISB ST 1201.5 (IMAPB).

use std::ops::RangeInclusive;

/// What a mapped value says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mapped {
    /// A number of the range.
    Number(f64),
    /// Positive or negative infinity, or not a number.
    Special(f64),
    /// A mark that the standard keeps, or the user's own.
    Reserved(u64),
    /// More than the highest step.
    Outside,
}

/// The steps of a range for a length in octets.
struct Scale {
    least: f64,
    most: f64,
    steps: f64,
    zero_offset: f64,
}

fn scale(range: &RangeInclusive<f64>, octets: usize) -> Option<Scale> {
    let (least, most) = (*range.start(), *range.end());
    if !(1..=8).contains(&octets) || !least.is_finite() || !most.is_finite() || least >= most {
        return None;
    }
    let bits_of_range = (most - least).log2().ceil();
    let bits = (8 * octets - 1) as f64;
    let steps = (bits - bits_of_range).exp2();
    let spans_zero = least < 0.0 && most > 0.0;
    let offset = steps * least - (steps * least).floor();
    Some(Scale { least, most, steps, zero_offset: if spans_zero { offset } else { 0.0 } })
}

/// Reads `bytes`, most significant first, as a value of `range`.
pub fn decode(range: &RangeInclusive<f64>, bytes: &[u8]) -> Option<Mapped> {
    let scale = scale(range, bytes.len())?;
    let value = bytes.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    let top = value << (64 - 8 * bytes.len());
    // With the highest bit alone the value is the end of the range; with company it is a mark.
    if top > 1 << 63 {
        return Some(special(top, value));
    }
    let number = (value as f64 - scale.zero_offset) / scale.steps + scale.least;
    // Steps of long values are finer than a double can tell apart.
    let slack = (1.0 / scale.steps).max((scale.most - scale.least) * 1e-12);
    Some(if number > scale.most + slack { Mapped::Outside } else { Mapped::Number(number) })
}

/// The five highest bits say which mark it is.
fn special(top: u64, value: u64) -> Mapped {
    match top >> 59 {
        0b11001 => Mapped::Special(f64::INFINITY),
        0b11101 => Mapped::Special(f64::NEG_INFINITY),
        0b11010 | 0b11011 | 0b11110 | 0b11111 => Mapped::Special(f64::NAN),
        0b10000..=0b10111 => Mapped::Outside,
        _ => Mapped::Reserved(value),
    }
}

/// Writes `number` in `octets`; infinities and not-a-number have marks of their own, a number outside is refused.
pub fn encode(range: &RangeInclusive<f64>, octets: usize, number: f64) -> Option<Vec<u8>> {
    let scale = scale(range, octets)?;
    let mark = |bits: u64| bits << (8 * octets - 5);
    let value = if number == f64::INFINITY {
        mark(0b11001)
    } else if number == f64::NEG_INFINITY {
        mark(0b11101)
    } else if number.is_nan() {
        mark(if number.is_sign_negative() { 0b11110 } else { 0b11010 })
    } else if number < scale.least || number > scale.most {
        return None;
    } else {
        (scale.steps * (number - scale.least) + scale.zero_offset).trunc() as u64
    };
    value.to_be_bytes().get(8 - octets..).map(<[u8]>::to_vec)
}
