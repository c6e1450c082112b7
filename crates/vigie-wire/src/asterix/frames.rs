//! Blocks within a payload, and the frames that recorders put around them.
//!
//! Three framings are told apart, by whether their lengths add up: none; six octets (length, clock) before each run of
//! blocks; and `final`, eight octets (length, error, line, day, time of day) before and four behind.

use super::tables::Tables;
use std::ops::Range;

/// How blocks are framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    Plain,
    Clocked,
    Final,
}

impl Framing {
    const fn octets(self) -> (usize, usize) {
        match self {
            Self::Plain => (0, 0),
            Self::Clocked => (6, 0),
            Self::Final => (8, 4),
        }
    }
}

/// Octets of the smallest block: category, length, and a record of a field specification and one octet.
pub(super) const BLOCK_OCTETS_MIN: usize = 5;

fn half(bytes: &[u8], at: usize) -> Option<usize> {
    let two: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(usize::from(u16::from_be_bytes(two)))
}

/// Category and end of the block whose header stands at `at`, where it fits before `end`.
pub(super) fn header(bytes: &[u8], at: usize, end: usize) -> Option<(u8, usize)> {
    let category = *bytes.get(at)?;
    let length = half(bytes, at + 1)?;
    let behind = at + length;
    (length >= BLOCK_OCTETS_MIN && behind <= end).then_some((category, behind))
}

/// Whether a block of a known category may begin at `at`: its length fits, and what follows is an end or another.
pub(super) fn plausible(tables: &Tables, bytes: &[u8], at: usize, end: usize) -> bool {
    header(bytes, at, end)
        .is_some_and(|(category, behind)| tables.knows(category) && leads_on(tables, bytes, behind, end))
}

/// Whether `at` is the end, or looks like the header of a block.
pub(super) fn leads_on(tables: &Tables, bytes: &[u8], at: usize, end: usize) -> bool {
    at == end || header(bytes, at, end).is_some_and(|(category, _)| tables.knows(category))
}

/// Blocks and trailer of the frame that begins at `at`, where its lengths add up exactly.
pub(super) fn frame(
    tables: &Tables,
    bytes: &[u8],
    at: usize,
    end: usize,
    framing: Framing,
) -> Option<(Range<usize>, usize)> {
    let (before, behind) = framing.octets();
    let length = half(bytes, at)?;
    let frame_end = at + length;
    if length < before + BLOCK_OCTETS_MIN + behind || frame_end > end {
        return None;
    }
    let blocks = at + before..frame_end - behind;
    let mut next = blocks.start;
    while next < blocks.end {
        let (category, block_end) = header(bytes, next, blocks.end)?;
        if !tables.knows(category) {
            return None;
        }
        next = block_end;
    }
    Some((blocks, frame_end))
}

/// How a payload is framed, by its first two frames.
pub(super) fn framing(tables: &Tables, bytes: &[u8], payload: &Range<usize>) -> Framing {
    for framing in [Framing::Clocked, Framing::Final] {
        let Some((_, behind)) = frame(tables, bytes, payload.start, payload.end, framing) else { continue };
        if behind == payload.end || frame(tables, bytes, behind, payload.end, framing).is_some() {
            return framing;
        }
    }
    Framing::Plain
}

/// Source of the record at `at`: the two octets behind a field specification that announces the first item.
pub(super) fn source_at(bytes: &[u8], at: usize, end: usize) -> Option<(u8, u8)> {
    let first = *bytes.get(at)?;
    if first & 0x80 == 0 {
        return None;
    }
    let fspec = bytes.get(at..end.min(at + 16))?;
    let octets = fspec.iter().position(|octet| octet & 1 == 0)? + 1;
    let at = at + octets;
    (at + 2 <= end).then_some((*bytes.get(at)?, *bytes.get(at + 1)?))
}
