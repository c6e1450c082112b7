//! Tables that leave the site: for a spreadsheet in the reader's language, with dates as dates.
//!
//! A workbook types its times (UTC, as the column says); CSV writes them in ISO 8601 with their offset, separated by `;` in
//! French and by `,` in English, as spreadsheets of these languages open it. The names of the columns are those that an
//! import knows, in either language. No cell is calculated: text that begins like a formula stays text.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::tz::TimeZone;
use vigie_model::Timestamp;
use vigie_wire::cells;
use vigie_wire::xlsx::{self, Cell};
use vigie_words::Lang;

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Csv,
    Xlsx,
}

impl Form {
    pub fn from_word(word: Option<&str>) -> Option<Self> {
        match word {
            None | Some("" | "xlsx") => Some(Self::Xlsx),
            Some("csv") => Some(Self::Csv),
            Some(_) => None,
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// One value.
pub(crate) enum Value {
    Text(Option<String>),
    Count(u64),
    Time(Option<Timestamp>),
}

/// A table.
pub(crate) struct Table {
    pub name: String,
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<Value>>,
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl Table {
    pub fn answer(self, form: Form, lang: Lang) -> Response {
        let file = format!("attachment; filename=\"{}.{}\"", self.name, form.word());
        let (kind, bytes) = match form {
            Form::Csv => ("text/csv; charset=utf-8", self.csv(lang)),
            Form::Xlsx => (XLSX, self.xlsx()),
        };
        let head = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, file)];
        (head, bytes).into_response()
    }

    /// Where cells had to be made neutral, the last row says so.
    fn csv(self, lang: Lang) -> Vec<u8> {
        let delimiter = if lang == Lang::Fr { b';' } else { b',' };
        let width = self.header.len();
        let mut rows: Vec<Vec<String>> = vec![self.header.iter().map(ToString::to_string).collect()];
        rows.extend(self.rows.into_iter().map(|row| row.into_iter().map(in_words).collect()));
        let (bytes, changed) = cells::table_by(delimiter, rows.clone());
        if changed == 0 {
            return bytes;
        }
        let said = vigie_words::text(lang, "report-cells", &[("count", (changed as u64).into())]);
        let mut last = vec![String::new(); width];
        if let Some(cell) = last.last_mut() {
            *cell = said;
        }
        rows.push(last);
        cells::table_by(delimiter, rows).0
    }

    fn xlsx(self) -> Vec<u8> {
        let typed = |name: &&'static str| {
            if name.ends_with("_at") { format!("{name} (UTC)") } else { (*name).to_owned() }
        };
        let header: Vec<String> = self.header.iter().map(typed).collect();
        xlsx::write(&self.name, &header, self.rows.into_iter().map(|row| row.into_iter().map(cell).collect()))
    }
}

fn in_words(value: Value) -> String {
    match value {
        Value::Text(text) => text.unwrap_or_default(),
        Value::Count(n) => n.to_string(),
        Value::Time(at) => at
            .map(|at| format!("{}+00:00", at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S")))
            .unwrap_or_default(),
    }
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Text(text) => text.map_or(Cell::Empty, Cell::Text),
        Value::Count(n) => Cell::Number(n as f64),
        Value::Time(at) => at.map_or(Cell::Empty, |at| Cell::Time(at.to_zoned(TimeZone::UTC).datetime())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let at = "2026-11-22T15:30:00Z".parse().ok();
        let text = |text: &str| Value::Text(Some(text.to_owned()));
        Table {
            name: "signals".to_owned(),
            header: vec!["text", "seen_at", "count"],
            rows: vec![
                vec![text("=HYPERLINK(1)"), Value::Time(at), Value::Count(3)],
                vec![text("né; à"), Value::Time(None), Value::Count(0)],
            ],
        }
    }

    #[test]
    fn f40_a_table_for_a_spreadsheet_of_either_language_calculates_nothing_and_says_so() {
        let french = String::from_utf8(table().csv(Lang::Fr)).expect("UTF-8");
        assert!(french.starts_with("\u{feff}\"text\";\"seen_at\";\"count\"\r\n"), "{french}");
        assert!(french.contains("\"'=HYPERLINK(1)\";\"2026-11-22T15:30:00+00:00\";\"3\""), "{french}");
        assert_eq!(french.lines().count(), 4, "the last row says that a cell was made neutral");
        let english = String::from_utf8(table().csv(Lang::En)).expect("UTF-8");
        assert!(english.contains("\"né; à\",\"\",\"0\""), "{english}");
        let book = table().xlsx();
        let shown = String::from_utf8_lossy(&book).into_owned();
        assert!(shown.contains("seen_at (UTC)") && !shown.contains("<f>"));
    }
}
