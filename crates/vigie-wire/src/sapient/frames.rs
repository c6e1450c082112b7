//! Where one SAPIENT message ends and the next begins.

use std::ops::Range;
use vigie_model::{At, Fault, Limits};

/// Bytes of a frame's length.
const HEAD: usize = 4;

/// What stands at a place of the input.
pub(crate) struct Taken {
    /// The message's own bytes.
    pub body: Option<Range<usize>>,
    pub fault: Option<Fault>,
    /// Where to go on.
    pub next: usize,
}

/// Whether the input is text: it begins like an object and not like a frame.
pub(crate) fn is_json(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'[')) && !begins(bytes, 0, bytes.len())
}

fn length_at(bytes: &[u8], at: usize) -> Option<usize> {
    let head: [u8; HEAD] = bytes.get(at..at.checked_add(HEAD)?)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(head)).ok()
}

/// Whether a frame seems to begin here: a length that fits, then the sender's time, then the sender's identifier.
/// Every encoder writes the fields in this order; it is asked only after a length that lied.
fn begins(bytes: &[u8], at: usize, length_max: usize) -> bool {
    let Some(length) = length_at(bytes, at).filter(|length| *length <= length_max) else { return false };
    let Some(body) = bytes.get(at + HEAD..).and_then(|rest| rest.get(..length)) else { return false };
    let [0x0A, time, rest @ ..] = body else { return false };
    *time <= 24 && rest.get(usize::from(*time)) == Some(&0x12)
}

/// The frame at `at`, or where the next one is.
pub(crate) fn next(bytes: &[u8], at: usize, limits: &Limits) -> Taken {
    let length_max = limits.field_bytes_max;
    let Some(length) = length_at(bytes, at) else {
        return skipped(at, bytes.len(), "sapient-cut", 0);
    };
    let end = at.saturating_add(HEAD).saturating_add(length);
    if length == 0 || length > length_max || end > bytes.len() {
        let next = resync(bytes, at + 1, length_max);
        return skipped(at, next, "sapient-length", length);
    }
    // A length that is itself damaged may reach into the next frames: they are worth more than it is.
    let sound = begins(bytes, at, length_max) && (end == bytes.len() || begins(bytes, end, length_max));
    let ends_with_it = |at: usize| length_at(bytes, at).is_some_and(|length| at + HEAD + length == end);
    let inner = |at: &usize| begins(bytes, *at, length_max) && (!sound || ends_with_it(*at));
    if let Some(inner) = (at + 1..end).find(inner) {
        return skipped(at, inner, "sapient-length", length);
    }
    Taken { body: Some(at + HEAD..end), fault: None, next: end }
}

fn skipped(at: usize, next: usize, code: &str, found: usize) -> Taken {
    let fault = Fault::new(At::Byte(at as u64), code).with("length", next - at).with("found", found);
    Taken { body: None, fault: Some(fault), next }
}

fn resync(bytes: &[u8], from: usize, length_max: usize) -> usize {
    (from..bytes.len()).find(|at| begins(bytes, *at, length_max)).unwrap_or(bytes.len())
}

/// The next byte from `at` on that is no white space, separator or bracket of a list.
pub(crate) fn next_object(bytes: &[u8], at: usize) -> Option<usize> {
    let between =
        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']' | 0xEF | 0xBB | 0xBF);
    let rest = bytes.get(at..)?;
    rest.iter().position(|byte| !between(byte)).map(|found| at + found)
}

/// The end of the line that `at` stands on.
pub(crate) fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |found| at + found)
}

/// Where a column of a line stands, both counted from 1.
pub(crate) fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let mut ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let start = line.checked_sub(2).and_then(|before| ends.nth(before)).unwrap_or(0);
    (start + column).min(text.len())
}

/// The next line from `at` on that begins an object at its very start.
pub(crate) fn next_line_object(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.windows(2).position(|pair| pair == b"\n{").map_or(bytes.len(), |found| at + found + 1)
}
