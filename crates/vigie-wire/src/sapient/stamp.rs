//! Times of SAPIENT messages: seconds and nanoseconds since 1970, UTC.

/// A time as protobuf writes it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, prost::Message)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    #[prost(int64, tag = "1")]
    pub seconds: i64,
    /// Nanoseconds within the second.
    #[prost(int32, tag = "2")]
    pub nanos: i32,
}

impl Timestamp {
    /// Reads RFC 3339 with a zone.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let time: jiff::Timestamp = text.parse().ok()?;
        Some(Self { seconds: time.as_second(), nanos: time.subsec_nanosecond() }.normal())
    }

    /// Nanoseconds count forward, before 1970 too.
    fn normal(self) -> Self {
        if self.nanos < 0 {
            Self { seconds: self.seconds - 1, nanos: self.nanos + 1_000_000_000 }
        } else {
            self
        }
    }

    /// As a time, if it is one: years 1 to 9999, nanoseconds from 0 to 999,999,999.
    pub fn time(self) -> Option<jiff::Timestamp> {
        let whole = (0..1_000_000_000).contains(&self.nanos);
        let time = jiff::Timestamp::new(self.seconds, self.nanos).ok()?;
        (whole && self.seconds >= -62_135_596_800).then_some(time)
    }
}
