//! The mapping file: which column of a table is what.
//!
//! ```toml
//! [columns]
//! id = "ID"
//! text = "tweet"
//! [time]
//! format = "%d/%m/%Y %H:%M"
//! zone = "Africa/Bangui"
//! [default]
//! lang = "sg"
//! ```
//! A word that the file may not hold is refused with its line: a misspelt column would else be lost in silence.

use jiff::tz::TimeZone;
use serde::Deserialize;
use std::collections::BTreeMap;
use vigie_model::{At, Fault};

/// A mapping file longer than this is not one.
const BYTES_MAX: usize = 64 << 10;

/// The columns that Vigie knows, in the order in which a draft takes them.
pub const COLUMNS: [&str; 8] = ["id", "text", "seen_at", "author", "url", "lang", "place", "channel"];

/// One of [`COLUMNS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Id,
    Text,
    SeenAt,
    Author,
    Url,
    Lang,
    Place,
    Channel,
}

impl Column {
    pub(crate) const ALL: [Self; 8] =
        [Self::Id, Self::Text, Self::SeenAt, Self::Author, Self::Url, Self::Lang, Self::Place, Self::Channel];
    pub(crate) fn name(self) -> &'static str {
        COLUMNS.get(self as usize).copied().unwrap_or_default()
    }
}

/// Where a column stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Under this name.
    Named(String),
    /// At this position, from 1.
    Nth(usize),
}

/// A mapping file, read and checked.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Whether the first row names the columns.
    pub(crate) header: bool,
    pub(crate) delimiter: Option<u8>,
    pub(crate) sheet: Option<String>,
    /// `None`: the columns bear the names of [`COLUMNS`].
    pub(crate) columns: Option<Vec<(Column, Place)>>,
    pub(crate) time_format: Option<String>,
    pub(crate) zone: Option<TimeZone>,
    pub(crate) lang: Option<String>,
    pub(crate) channel: Option<String>,
    /// Times that the file itself types as such are read as they are, whatever the format says.
    pub(crate) typed: bool,
}

impl Default for Mapping {
    /// Columns under the names of [`COLUMNS`], times with their own zone.
    fn default() -> Self {
        Self {
            header: true,
            delimiter: None,
            sheet: None,
            columns: None,
            time_format: None,
            zone: None,
            lang: None,
            channel: None,
            typed: false,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Written {
    file: WrittenFile,
    columns: Option<BTreeMap<toml::Spanned<String>, toml::Spanned<WrittenPlace>>>,
    time: WrittenTime,
    default: WrittenDefault,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WrittenFile {
    header: Option<bool>,
    delimiter: Option<toml::Spanned<String>>,
    sheet: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenPlace {
    Nth(usize),
    Named(String),
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WrittenTime {
    format: Option<toml::Spanned<String>>,
    zone: Option<toml::Spanned<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WrittenDefault {
    lang: Option<toml::Spanned<String>>,
    channel: Option<String>,
}

impl Mapping {
    /// Reads a mapping file. A fault names the line.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.len() > BYTES_MAX {
            return Err(Fault::new(At::Whole, "map-too-long").with("max", BYTES_MAX / 1024));
        }
        let written: Written = toml::from_str(text).map_err(|error| refused(text, &error))?;
        Reading { text }.mapping(written)
    }

    /// The same mapping; times without zone are read in `zone` where the file names none itself.
    pub fn or_zone(mut self, zone: Option<&str>) -> Result<Self, Fault> {
        if let (None, Some(name)) = (&self.zone, zone) {
            self.zone = Some(known_zone(name, At::Whole)?);
        }
        Ok(self)
    }
}

pub(crate) fn known_zone(name: &str, at: At) -> Result<TimeZone, Fault> {
    TimeZone::get(name).map_err(|_| Fault::new(at, "map-unknown-zone").with("zone", name))
}

struct Reading<'a> {
    text: &'a str,
}

impl Reading<'_> {
    fn line<T>(&self, value: &toml::Spanned<T>) -> At {
        line_of(self.text, value.span().start)
    }

    fn mapping(&self, written: Written) -> Result<Mapping, Fault> {
        let header = written.file.header.unwrap_or(true);
        Ok(Mapping {
            header,
            delimiter: written.file.delimiter.map(|given| self.delimiter(&given)).transpose()?,
            sheet: written.file.sheet,
            columns: written.columns.map(|given| self.columns(given, header)).transpose()?,
            time_format: written.time.format.map(|given| self.format(given)).transpose()?,
            zone: written
                .time
                .zone
                .map(|given| known_zone(given.get_ref(), self.line(&given)))
                .transpose()?,
            lang: written.default.lang.map(|given| self.lang(&given)).transpose()?,
            channel: written.default.channel,
            typed: false,
        })
    }

    fn delimiter(&self, given: &toml::Spanned<String>) -> Result<u8, Fault> {
        match given.get_ref().as_bytes() {
            b"tab" => Ok(b'\t'),
            [one] if one.is_ascii() && !matches!(one, b'"' | b'\n' | b'\r' | 0) => Ok(*one),
            _ => Err(Fault::new(self.line(given), "map-bad-delimiter").with("given", given.get_ref())),
        }
    }

    fn columns(
        &self,
        given: BTreeMap<toml::Spanned<String>, toml::Spanned<WrittenPlace>>,
        header: bool,
    ) -> Result<Vec<(Column, Place)>, Fault> {
        let mut columns = Vec::with_capacity(given.len());
        for (name, place) in given {
            let column = Column::ALL.into_iter().find(|known| known.name() == name.get_ref());
            let column = column
                .ok_or_else(|| Fault::new(self.line(&name), "map-unknown-key").with("key", name.get_ref()))?;
            let at = self.line(&place);
            let place = match place.into_inner() {
                WrittenPlace::Named(name) if header => Place::Named(name),
                WrittenPlace::Nth(nth) if nth > 0 => Place::Nth(nth),
                _ => return Err(Fault::new(at, "map-bad-position").with("column", column.name())),
            };
            columns.push((column, place));
        }
        Ok(columns)
    }

    fn format(&self, given: toml::Spanned<String>) -> Result<String, Fault> {
        // A time of our own shows whether the pattern means anything at all.
        let sample = jiff::Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
        match jiff::fmt::strtime::format(given.get_ref(), &sample) {
            Ok(shown) if shown != *given.get_ref() => Ok(given.into_inner()),
            _ => Err(Fault::new(self.line(&given), "map-bad-format").with("format", given.get_ref())),
        }
    }

    fn lang(&self, given: &toml::Spanned<String>) -> Result<String, Fault> {
        crate::columns::language(given.get_ref())
            .ok_or_else(|| Fault::new(self.line(given), "map-bad-lang").with("lang", given.get_ref()))
    }
}

fn refused(text: &str, error: &toml::de::Error) -> Fault {
    let at = error.span().map_or(At::Whole, |span| line_of(text, span.start));
    let said = error.message();
    let unknown = said.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
    match unknown {
        Some((key, _)) => Fault::new(at, "map-unknown-key").with("key", key),
        None => Fault::new(at, "map-refused").with("reason", said.lines().next().unwrap_or_default()),
    }
}

fn line_of(text: &str, byte: usize) -> At {
    let before = text.as_bytes().get(..byte).unwrap_or_default();
    At::Row(before.split(|byte| *byte == b'\n').count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (At, String) {
        let fault = Mapping::parse(text).expect_err("must be refused");
        (fault.at, fault.code)
    }

    #[test]
    fn a_mapping_names_columns_times_and_defaults() {
        let map = Mapping::parse(
            "[file]\ndelimiter = \"tab\"\n[columns]\ntext = \"tweet\"\nid = 1\n[time]\nzone = \"Africa/Bangui\"\n\
             format = \"%d/%m/%Y %H:%M\"\n[default]\nlang = \"fr_CF\"\nchannel = \"x\"\n",
        )
        .expect("read");
        assert_eq!(map.delimiter, Some(b'\t'));
        assert_eq!(map.lang.as_deref(), Some("fr-CF"));
        assert_eq!(
            map.columns,
            Some(vec![(Column::Id, Place::Nth(1)), (Column::Text, Place::Named("tweet".to_owned()))])
        );
    }

    #[test]
    fn an_unknown_word_is_refused_with_its_line() {
        assert_eq!(
            fault("[columns]\ntext = \"a\"\nseenat = \"b\"\n"),
            (At::Row(3), "map-unknown-key".into())
        );
        assert_eq!(fault("[file]\nheader = true\nquote = \"'\"\n"), (At::Row(3), "map-unknown-key".into()));
        assert_eq!(fault("[colums]\ntext = \"a\"\n"), (At::Row(1), "map-unknown-key".into()));
    }

    #[test]
    fn each_bad_value_is_refused_with_its_line() {
        assert_eq!(fault("[time]\n\nzone = \"Mars/Base\"\n"), (At::Row(3), "map-unknown-zone".into()));
        assert_eq!(fault("[time]\nformat = \"%Q!%!\"\n"), (At::Row(2), "map-bad-format".into()));
        assert_eq!(fault("[time]\nformat = \"dd/mm\"\n"), (At::Row(2), "map-bad-format".into()));
        assert_eq!(fault("[file]\ndelimiter = \"::\"\n"), (At::Row(2), "map-bad-delimiter".into()));
        assert_eq!(fault("[columns]\ntext = 0\n"), (At::Row(2), "map-bad-position".into()));
        let headless = "[file]\nheader = false\n[columns]\ntext = \"tweet\"\n";
        assert_eq!(fault(headless), (At::Row(4), "map-bad-position".into()));
        assert_eq!(fault("[file]\nheader = \"yes\"\n"), (At::Row(2), "map-refused".into()));
        assert_eq!(fault("[file\n").1, "map-refused");
        assert_eq!(fault("[default]\nlang = \"en français\"\n"), (At::Row(2), "map-bad-lang".into()));
    }
}
