//! What a parser may spend before it refuses.

/// Bounds that every parser takes. Quadratic time, unbounded fields and slow senders are capped
/// before parsing starts; the defaults are one table, here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Whole input, in bytes.
    pub bytes_max: u64,
    /// One field or one text, in bytes.
    pub field_bytes_max: usize,
    /// Nesting.
    pub depth_max: usize,
    /// Records, rows, entries, attributes.
    pub items_max: u64,
    /// Total time for one input, in milliseconds, by the caller's clock; `u64::MAX` where its bytes bound the work and
    /// a slow link may take its time.
    pub time_ms_max: u64,
}

/// No largest time.
const UNTIMED: u64 = u64::MAX;

impl Limits {
    /// One HTTP body at the intake: 4 MiB, 10,000 records, 64 KiB a field.
    pub const INTAKE: Self = Self {
        bytes_max: 4 << 20,
        field_bytes_max: 64 << 10,
        depth_max: 16,
        items_max: 10_000,
        time_ms_max: UNTIMED,
    };
    /// A table imported from a file: 4 GiB, 20 M rows, 1 MiB a field, 24 h in all.
    pub const IMPORT: Self = Self {
        bytes_max: 4 << 30,
        field_bytes_max: 1 << 20,
        depth_max: 16,
        items_max: 20_000_000,
        time_ms_max: 24 * 3_600_000,
    };
    /// A partner's document, read as a whole: 64 MiB, 200,000 objects, 64 KiB a field, nesting 32.
    pub const EXCHANGE: Self = Self {
        bytes_max: 64 << 20,
        field_bytes_max: 64 << 10,
        depth_max: 32,
        items_max: 200_000,
        time_ms_max: UNTIMED,
    };
    /// A fetched feed: 8 MiB, 2,000 items, nesting 64, 30 s in all.
    pub const FEED: Self = Self {
        bytes_max: 8 << 20,
        field_bytes_max: 256 << 10,
        depth_max: 64,
        items_max: 2_000,
        time_ms_max: 30_000,
    };
    /// A file dropped by hand: 25 MiB.
    pub const ATTACHMENT: Self = Self {
        bytes_max: 25 << 20,
        field_bytes_max: 25 << 20,
        depth_max: 1,
        items_max: 1,
        time_ms_max: UNTIMED,
    };
    /// A recording of a sensor: 1 GiB, 64 KiB a record, nesting 16, 100 M records.
    pub const RECORDING: Self = Self {
        bytes_max: 1 << 30,
        field_bytes_max: 64 << 10,
        depth_max: 16,
        items_max: 100_000_000,
        time_ms_max: 24 * 3_600_000,
    };
    /// The text of one signal: 64 KiB.
    pub const SIGNAL: Self = Self {
        bytes_max: 64 << 10,
        field_bytes_max: 64 << 10,
        depth_max: 8,
        items_max: 1,
        time_ms_max: UNTIMED,
    };
}
