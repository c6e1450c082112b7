//! Bits of a byte string, most significant first.

/// `count` (at most 64) bits from bit `at` on; bits beyond the end read as zero.
#[inline]
pub(super) fn read(bytes: &[u8], at: usize, count: u32) -> u64 {
    if count == 0 {
        return 0;
    }
    let (octet, within) = (at / 8, (at % 8) as u32);
    if within + count <= 64
        && let Some(window) = bytes.get(octet..octet + 8)
        && let Ok(window) = <[u8; 8]>::try_from(window)
    {
        return (u64::from_be_bytes(window) << within) >> (64 - count);
    }
    read_slowly(bytes, octet, within, count)
}

#[cold]
fn read_slowly(bytes: &[u8], octet: usize, within: u32, count: u32) -> u64 {
    let window = (0..9).fold(0_u128, |window, i| {
        let byte = bytes.get(octet + i).copied().unwrap_or(0);
        window << 8 | u128::from(byte)
    });
    let kept = window >> (72 - within - count);
    (kept & ((1_u128 << count) - 1)) as u64
}

/// The raw number of `bits` bits as two's complement.
#[inline]
pub(super) const fn signed(raw: u64, bits: u32) -> i64 {
    if bits == 0 || bits >= 64 {
        return raw as i64;
    }
    let shift = 64 - bits;
    ((raw << shift) as i64) >> shift
}

/// Writes bits behind one another.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// Whole octets so far.
    pub bytes: Vec<u8>,
    pending: u64,
    pending_bits: u32,
}

impl Writer {
    /// Goes on behind whole octets.
    pub const fn behind(bytes: Vec<u8>) -> Self {
        Self { bytes, pending: 0, pending_bits: 0 }
    }

    /// Puts the lowest `count` (at most 64) bits of `raw`.
    pub fn put(&mut self, raw: u64, count: u32) {
        if count > 32 {
            self.put(raw >> 32, count - 32);
            self.put(raw & 0xFFFF_FFFF, 32);
            return;
        }
        self.pending = self.pending << count | (raw & ((1_u64 << count) - 1));
        self.pending_bits += count;
        while self.pending_bits >= 8 {
            self.pending_bits -= 8;
            self.bytes.push((self.pending >> self.pending_bits) as u8);
        }
        self.pending &= (1 << self.pending_bits) - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bits_are_read_across_octets_and_at_the_end() {
        let bytes = [0b1010_0001, 0xFF, 0x00, 0b0000_0011];
        assert_eq!(read(&bytes, 0, 3), 0b101);
        assert_eq!(read(&bytes, 4, 12), 0b0001_1111_1111);
        assert_eq!(read(&bytes, 30, 2), 0b11);
        assert_eq!(read(&bytes, 30, 4), 0b1100, "zeros stand beyond the end");
        assert_eq!(signed(0b111, 3), -1);
        assert_eq!(signed(0b011, 3), 3);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(values in proptest::collection::vec((any::<u64>(), 1_u32..=64), 0..40)) {
            let mut writer = Writer::default();
            for (raw, count) in &values {
                writer.put(*raw, *count);
            }
            let total: u32 = values.iter().map(|value| value.1).sum();
            writer.put(0, (8 - total % 8) % 8);
            prop_assert_eq!(writer.bytes.len(), total.div_ceil(8) as usize);
            let mut at = 0;
            for (raw, count) in values {
                let kept = if count == 64 { raw } else { raw & ((1 << count) - 1) };
                prop_assert_eq!(read(&writer.bytes, at, count), kept);
                at += count as usize;
            }
        }
    }
}
