//! Named texts to a draft: the same rules for a table's row and a JSON object.

use crate::SignalDraft;
use crate::mapping::{Column, Mapping};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use vigie_model::{At, Fault, Place, TimeFault, Timestamp, millis, parse_zoned};

/// The texts found for one signal, by [`Column`].
#[derive(Debug, Default)]
pub(crate) struct Found {
    texts: [Option<String>; 8],
}

impl Found {
    /// Keeps `text` as the column's; blank is absent.
    pub(crate) fn put(&mut self, column: Column, text: String) {
        if let Some(slot) = self.texts.get_mut(column as usize) {
            // The text of a signal is evidence and stays as it came; the rest is trimmed.
            let kept = if column == Column::Text { text } else { text.trim().to_owned() };
            *slot = (!kept.trim().is_empty()).then_some(kept);
        }
    }

    fn take(&mut self, column: Column) -> Option<String> {
        self.texts.get_mut(column as usize).and_then(Option::take)
    }

    /// The draft that these texts make, or why they make none.
    pub(crate) fn draft(mut self, map: &Mapping, at: At) -> Result<SignalDraft, Fault> {
        let text = self.take(Column::Text).ok_or_else(|| Fault::new(at, "row-without-text"))?;
        let seen_at = match self.take(Column::SeenAt) {
            Some(given) => Some(time(&given, map, at)?),
            None => None,
        };
        let lang = match self.take(Column::Lang) {
            Some(given) => {
                Some(language(&given).ok_or_else(|| Fault::new(at, "row-bad-lang").with("lang", &given))?)
            }
            None => map.lang.clone(),
        };
        Ok(SignalDraft {
            external_id: self.take(Column::Id),
            author: self.take(Column::Author),
            url: self.take(Column::Url),
            lang,
            channel: self.take(Column::Channel).or_else(|| map.channel.clone()),
            place: self.take(Column::Place).map(Place::named),
            seen_at,
            ..SignalDraft::new(text)
        })
    }
}

fn time(given: &str, map: &Mapping, at: At) -> Result<Timestamp, Fault> {
    let read = match &map.time_format {
        Some(format) => by_format(given, format, map.zone.as_ref())
            .or_else(|fault| if map.typed { parse_zoned(given, map.zone.as_ref()) } else { Err(fault) }),
        None => parse_zoned(given, map.zone.as_ref()),
    };
    read.map_err(|fault| time_fault(fault, given, at))
}

pub(crate) fn time_fault(fault: TimeFault, given: &str, at: At) -> Fault {
    let fault = match fault {
        TimeFault::NoZone => Fault::new(at, "row-time-without-zone"),
        TimeFault::NotATime => Fault::new(at, "row-not-a-time"),
    };
    fault.with("time", given)
}

fn by_format(given: &str, format: &str, zone: Option<&TimeZone>) -> Result<Timestamp, TimeFault> {
    let parts = strtime::parse(format, given.trim()).map_err(|_| TimeFault::NotATime)?;
    if let Ok(at) = parts.to_timestamp() {
        return Ok(millis(at));
    }
    if let Ok(zoned) = parts.to_zoned() {
        return Ok(millis(zoned.timestamp()));
    }
    let civil = parts
        .to_datetime()
        .or_else(|_| parts.to_date().map(|day| day.to_datetime(jiff::civil::Time::midnight())))
        .map_err(|_| TimeFault::NotATime)?;
    let zoned = civil.to_zoned(zone.ok_or(TimeFault::NoZone)?.clone()).map_err(|_| TimeFault::NotATime)?;
    Ok(millis(zoned.timestamp()))
}

/// The BCP 47 tag that `given` is, `_` read as `-`; only its form is checked (RFC 5646 §2.1).
pub(crate) fn language(given: &str) -> Option<String> {
    let tag = given.trim().replace('_', "-");
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = tag.split('-').next().unwrap_or_default();
    let sound = tag.len() <= 35
        && (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && tag.split('-').all(part);
    sound.then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::dtg;

    fn read(toml: &str, given: &str) -> Result<String, String> {
        let map = Mapping::parse(toml).expect("a mapping");
        time(given, &map, At::Row(1)).map(dtg).map_err(|fault| fault.code)
    }

    #[test]
    fn a_pattern_reads_the_times_of_the_field() {
        let map = "[time]\nformat = \"%d/%m/%Y %H:%M\"\nzone = \"Africa/Bangui\"\n";
        assert_eq!(read(map, "22/11/2026 16:30"), Ok("221530ZNOV26".into()));
        assert_eq!(read(map, "11-22-2026"), Err("row-not-a-time".into()));
        let zoned = "[time]\nformat = \"%d/%m/%Y %H:%M %z\"\n";
        assert_eq!(read(zoned, "22/11/2026 16:30 +0100"), Ok("221530ZNOV26".into()));
        let zoneless = "[time]\nformat = \"%d/%m/%Y %H:%M\"\n";
        assert_eq!(read(zoneless, "22/11/2026 16:30"), Err("row-time-without-zone".into()));
        let day = "[time]\nformat = \"%d/%m/%Y\"\nzone = \"UTC\"\n";
        assert_eq!(read(day, "22/11/2026"), Ok("220000ZNOV26".into()));
        let seconds = "[time]\nformat = \"%s\"\n";
        assert_eq!(read(seconds, "1795361459"), Ok("221530ZNOV26".into()));
    }

    #[test]
    fn languages_are_tags() {
        assert_eq!(language(" fr_CF "), Some("fr-CF".into()));
        for bad in ["", "f", "français", "fr--CF", "en or fr", "12"] {
            assert_eq!(language(bad), None, "{bad}");
        }
    }
}
