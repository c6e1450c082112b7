//! Half days counted from the moment of issue, the unit that everything is fitted in.
//!
//! Sums over half days carry the daily cycle in one number (this half against the other), whatever its shape,
//! and hours that hang together within a few hours hang together hardly at all from one half day to the next.

use super::rhythm::WeekRhythm;
use super::series::HourlySeries;

/// Hours in a block.
pub const BLOCK_H: usize = 12;
/// Blocks in a day.
pub const PHASES: usize = 24 / BLOCK_H;

/// One half day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// Place on the time line: 0 is the first block after the issue, −1 the last before it.
    pub place: i32,
    /// What came.
    pub count: f64,
    /// Logarithm of the week's rhythm here; 0 where none is known.
    pub rhythm: f64,
}

/// The last `days` before the issue, in order.
pub fn before(series: &HourlySeries, days: usize, rhythm: Option<&WeekRhythm>) -> Vec<Block> {
    let hours = &series.before[series.before.len().saturating_sub(days * 24)..];
    blocks(hours, -((days * PHASES) as i32), series, rhythm)
}

/// The first `days` after the issue, in order.
pub fn after(series: &HourlySeries, days: usize, rhythm: Option<&WeekRhythm>) -> Vec<Block> {
    blocks(&series.after[..series.after.len().min(days * 24)], 0, series, rhythm)
}

fn blocks(hours: &[u32], first: i32, series: &HourlySeries, rhythm: Option<&WeekRhythm>) -> Vec<Block> {
    let place = |i: usize| first + i as i32;
    hours
        .chunks_exact(BLOCK_H)
        .enumerate()
        .map(|(i, counts)| Block {
            place: place(i),
            count: counts.iter().map(|count| f64::from(*count)).sum(),
            rhythm: rhythm.map_or(0.0, |rhythm| rhythm.of_block(series.issued_at, place(i))),
        })
        .collect()
}
