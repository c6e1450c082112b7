//! The times that feeds write: RFC 3339, RFC 2822, and what is commonly meant for one of them.

use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;
use vigie_model::{TimeFault, Timestamp, millis, parse_zoned};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads `text`; one without zone is read in `zone` where the source has one and refused otherwise.
pub(crate) fn read(text: &str, zone: Option<&TimeZone>) -> Result<Timestamp, TimeFault> {
    match parse_zoned(text, zone) {
        Err(TimeFault::NotATime) => mail_time(text, zone),
        found => found,
    }
}

fn mail_time(text: &str, zone: Option<&TimeZone>) -> Result<Timestamp, TimeFault> {
    let text = plainly(text);
    if let Ok(at) = rfc2822::DateTimeParser::new().parse_timestamp(&text) {
        return Ok(millis(at));
    }
    let civil = ["%d %b %Y %H:%M:%S", "%d %b %Y %H:%M", "%d %b %Y"]
        .iter()
        .find_map(|format| {
            let parts = strtime::parse(format, &text).ok()?;
            parts.to_datetime().or_else(|_| parts.to_date().map(|day| day.at(0, 0, 0, 0))).ok()
        })
        .ok_or(TimeFault::NotATime)?;
    let zoned = civil.to_zoned(zone.ok_or(TimeFault::NoZone)?.clone()).map_err(|_| TimeFault::NotATime)?;
    Ok(millis(zoned.timestamp()))
}

/// The day's name dropped (it is often wrong), months short, zones as offsets.
fn plainly(text: &str) -> String {
    let text = text.split_once(',').map_or(text, |(_, rest)| rest);
    let words = text.split_whitespace().take(8).map(|word| {
        let start = word.get(..3).unwrap_or_default().to_ascii_lowercase();
        let month = word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.')
            && MONTHS.contains(&start.as_str());
        match word {
            _ if month => start,
            "UTC" | "Z" | "GMT+0" | "GMT+00:00" => "+0000".to_owned(),
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::dtg;

    #[test]
    fn the_times_of_feeds_are_read() {
        for text in [
            "2026-11-22T15:30:00Z",
            "2026-11-22T16:30:00+01:00",
            "Sun, 22 Nov 2026 15:30:00 GMT",
            "Sun, 22 Nov 2026 15:30:00 +0000",
            "Mon, 22 Nov 2026 15:30:00 UTC",
            "Sunday, 22 November 2026 15:30:00 Z",
            "22 Nov 2026 10:30:00 EST",
            "22 Nov 2026 15:30 +0000",
        ] {
            assert_eq!(read(text, None).map(dtg), Ok("221530ZNOV26".to_owned()), "{text}");
        }
    }

    #[test]
    fn a_time_without_zone_needs_the_source_s() {
        let bangui = TimeZone::get("Africa/Bangui").expect("a known zone");
        for text in ["2026-11-22 16:30:00", "Sun, 22 Nov 2026 16:30:00", "22 Nov 2026 16:30"] {
            assert_eq!(read(text, None), Err(TimeFault::NoZone), "{text}");
            assert_eq!(read(text, Some(&bangui)).map(dtg), Ok("221530ZNOV26".to_owned()), "{text}");
        }
        assert_eq!(read("hier soir", None), Err(TimeFault::NotATime));
    }
}
