//! Three clocks, never a bare `time`: `seen_at`, `reported_at`, `recorded_at`.
//!
//! UTC inside. A time that is present without a zone is refused unless the reader was told which zone
//! its source means. People read Zulu date-time groups (ACP 121: `221530ZNOV26`).

use jiff::{Timestamp, tz::TimeZone};

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// Why a time is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeFault {
    /// A date and a clock time, but no zone to read them in.
    #[error("the time has no zone")]
    NoZone,
    /// Not a time in any accepted form.
    #[error("not a time")]
    NotATime,
}

/// The Zulu date-time group, such as `221530ZNOV26`.
pub fn dtg(at: Timestamp) -> String {
    let t = at.to_zoned(TimeZone::UTC);
    let month = MONTHS[usize::from(t.month().unsigned_abs()).saturating_sub(1).min(11)];
    format!("{:02}{:02}{:02}Z{month}{:02}", t.day(), t.hour(), t.minute(), t.year().rem_euclid(100))
}

/// The same instant cut to whole milliseconds, the finest step the journal keeps.
pub fn millis(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

/// Reads an ISO 8601 time with offset, or seconds or milliseconds since 1970; a time without zone is read in
/// `zone` where one is given and refused otherwise.
pub fn parse_zoned(text: &str, zone: Option<&TimeZone>) -> Result<Timestamp, TimeFault> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        let n: i64 = text.parse().map_err(|_| TimeFault::NotATime)?;
        // 10^11 seconds is the year 5138, 10^11 milliseconds is 1973: no time in use is ambiguous.
        let at = if n < 100_000_000_000 { Timestamp::from_second(n) } else { Timestamp::from_millisecond(n) };
        return at.map_err(|_| TimeFault::NotATime);
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(millis(at));
    }
    if let Ok(zoned) = text.parse::<jiff::Zoned>() {
        return Ok(millis(zoned.timestamp()));
    }
    let civil = text
        .parse::<jiff::civil::DateTime>()
        .or_else(|_| text.replacen(' ', "T", 1).parse::<jiff::civil::DateTime>())
        .map_err(|_| TimeFault::NotATime)?;
    let zone = zone.ok_or(TimeFault::NoZone)?;
    let zoned = civil.to_zoned(zone.clone()).map_err(|_| TimeFault::NotATime)?;
    Ok(millis(zoned.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_time_group_reads_as_the_duty_log_writes_it() {
        let at: Timestamp = "2026-11-22T15:30:59Z".parse().expect("valid");
        assert_eq!(dtg(at), "221530ZNOV26");
    }

    #[test]
    fn a_time_without_zone_is_refused_unless_the_zone_is_told() {
        assert_eq!(parse_zoned("2026-11-22 15:30", None), Err(TimeFault::NoZone));
        let bangui = TimeZone::get("Africa/Bangui").expect("known zone");
        let at = parse_zoned("2026-11-22 15:30", Some(&bangui)).expect("read");
        assert_eq!(dtg(at), "221430ZNOV26");
        assert_eq!(parse_zoned("1795361459", None).map(dtg), Ok("221530ZNOV26".to_owned()));
        assert_eq!(parse_zoned("soon", None), Err(TimeFault::NotATime));
    }
}
