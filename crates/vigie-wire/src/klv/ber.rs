//! Lengths and tags of KLV, bounded before anything else happens.
//!
//! Source: SMPTE ST 336 (BER lengths, short and long form; BER-OID tags).

/// Why a length or a tag is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The input ends within it.
    Cut,
    /// "Until somebody says so": no length at all.
    Indefinite,
    /// More than a length can be.
    Huge,
}

/// Octets that a length may take after its first.
const OCTETS_MAX: usize = 8;

/// The length at the start of `bytes` and the octets it takes.
pub(crate) fn length(bytes: &[u8]) -> Result<(usize, usize), Trouble> {
    let first = *bytes.first().ok_or(Trouble::Cut)?;
    if first < 0x80 {
        return Ok((usize::from(first), 1));
    }
    let octets = usize::from(first & 0x7F);
    if octets == 0 {
        return Err(Trouble::Indefinite);
    }
    if octets > OCTETS_MAX {
        return Err(Trouble::Huge);
    }
    let digits = bytes.get(1..=octets).ok_or(Trouble::Cut)?;
    let value = digits.iter().fold(0_u64, |value, digit| value << 8 | u64::from(*digit));
    let value = usize::try_from(value).ok().filter(|value| isize::try_from(*value).is_ok());
    Ok((value.ok_or(Trouble::Huge)?, octets + 1))
}

/// The tag at the start of `bytes` and the octets it takes; at most five.
pub(crate) fn tag(bytes: &[u8]) -> Result<(u32, usize), Trouble> {
    let mut tag = 0_u32;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        if tag > u32::MAX >> 7 {
            return Err(Trouble::Huge);
        }
        tag = tag << 7 | u32::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Ok((tag, index + 1));
        }
    }
    Err(if bytes.len() < 5 { Trouble::Cut } else { Trouble::Huge })
}

/// Writes a length in as few octets as it takes.
pub(crate) fn put_length(length: usize, out: &mut Vec<u8>) {
    if length < 0x80 {
        out.push(length as u8);
        return;
    }
    let digits = (length as u64).to_be_bytes();
    let from = digits.iter().position(|digit| *digit != 0).unwrap_or(7);
    out.push(0x80 | (8 - from) as u8);
    out.extend_from_slice(digits.get(from..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::{Trouble, length, put_length, tag};

    #[test]
    fn f24_lengths_are_bounded_before_anything_is_taken() {
        assert_eq!(length(&[0x80]), Err(Trouble::Indefinite));
        assert_eq!(length(&[0x88, 0x80, 0, 0, 0, 0, 0, 0, 0]), Err(Trouble::Huge));
        assert_eq!(length(&[0x89, 0, 0, 0, 0, 0, 0, 0, 0, 1]), Err(Trouble::Huge));
        assert_eq!(length(&[0x82, 1]), Err(Trouble::Cut));
        assert_eq!(length(&[0x82, 1, 2, 3]), Ok((0x0102, 3)));
        assert_eq!(tag(&[0x81, 0x01]), Ok((129, 2)));
        assert_eq!(tag(&[0xFF; 5]), Err(Trouble::Huge));
        assert_eq!(tag(&[]), Err(Trouble::Cut));
        for value in [0, 127, 128, 255, 256, 70_000] {
            let mut out = Vec::new();
            put_length(value, &mut out);
            assert_eq!(length(&out), Ok((value, out.len())));
        }
    }
}
