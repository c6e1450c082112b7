//! Reads a file of facts: CSV or TSV as spreadsheets write them, French ones too (`;`, byte order mark, `22/11/2026`).
//!
//! One fact a row. A statement stands in a column `statement` with its language beside it, or in one column for each
//! language, headed by its tag (`fr`, `en`, `sg`). Days are read with the day before the month; a day without an hour
//! begins at its first minute and ends at its last, on the clock of the zone given. A cell that looks like a formula is
//! text like any other. Sources: RFC 4180 and what spreadsheets write.

use crate::charset::{self, FromUtf16, Order};
use crate::rows::{Cells, RowSpan, Rows, Shape, Trouble};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::io::{Cursor, Read};
use vigie_model::{At, Fault, Limits, Statement, Timestamp, parse_zoned};

/// Columns looked at.
const CELLS_MAX: usize = 64;

/// One fact as a row says it; the rules of the desk have not looked at it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRow {
    /// The line on which it starts, from 1, as an editor shows it.
    pub line: u64,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// What it rests on.
    pub source: String,
    /// From when it holds, where the row says so.
    pub valid_from: Option<Timestamp>,
    /// Until when it may be used.
    pub valid_until: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Statement,
    Lang,
    Source,
    From,
    Until,
    In(String),
}

/// What a heading names, in either language of the screens.
fn column(heading: &str) -> Option<Column> {
    let name = heading.trim().to_lowercase().replace(['_', '’', '\''], " ");
    Some(match name.as_str() {
        "statement" | "text" | "fact" | "énoncé" | "enonce" | "texte" | "fait" => Column::Statement,
        "lang" | "language" | "langue" => Column::Lang,
        "source" | "document" => Column::Source,
        "valid from" | "from" | "valable du" | "du" => Column::From,
        "valid until" | "until" | "valable jusqu au" | "jusqu au" | "au" => Column::Until,
        tag if (2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_lowercase()) => {
            Column::In(tag.to_owned())
        }
        _ => return None,
    })
}

/// The facts of a file, and every row that is none. An `Err` means that no row can be read.
pub fn read(bytes: &[u8], zone: &TimeZone, limits: &Limits) -> Result<(Vec<FactRow>, Vec<Fault>), Fault> {
    if !crate::archive::is_archive(bytes) {
        return read_text(bytes, zone, limits);
    }
    let sheet = crate::workbook::read(bytes, None, limits)?;
    let (mut facts, mut faults) = read_text(&sheet.text, zone, limits)?;
    for fact in &mut facts {
        fact.line = sheet.row(fact.line);
    }
    for fault in &mut faults {
        if let At::Row(line) = fault.at {
            fault.at = At::Row(sheet.row(line));
        }
    }
    Ok((facts, faults))
}

/// The same of a table as text.
fn read_text(bytes: &[u8], zone: &TimeZone, limits: &Limits) -> Result<(Vec<FactRow>, Vec<Fault>), Fault> {
    if let Some(fault) = crate::table::not_text(bytes.get(..bytes.len().min(4_096)).unwrap_or_default()) {
        return Err(fault);
    }
    let input: Box<dyn Read + '_> = match Order::of_mark(bytes) {
        Some(order) => Box::new(FromUtf16::new(Cursor::new(bytes), order)),
        None => Box::new(Cursor::new(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))),
    };
    let row_bytes_max = limits.field_bytes_max.saturating_mul(4);
    let mut rows = Rows::new(input, limits.bytes_max, row_bytes_max);
    let (shape, columns) = begin(&mut rows, limits)?;
    let mut table = Table { shape, columns, cells: Cells::default(), zone, limits };
    let (mut facts, mut faults) = (Vec::new(), Vec::new());
    while let Some(RowSpan { line, found }) = rows.next_row() {
        if facts.len() + faults.len() >= usize::try_from(limits.items_max).unwrap_or(usize::MAX) {
            faults.push(Fault::new(At::Whole, "table-too-many-rows").with("max", limits.items_max));
            break;
        }
        let whole = matches!(found, Err(Trouble::InputTooLong | Trouble::Io(_)));
        let row = match found {
            Ok(span) if crate::table::blank(rows.bytes(span)) => continue,
            Ok(span) => table.row(line, rows.bytes(span)),
            Err(trouble) => Err(crate::table::fault(line, trouble, limits)),
        };
        match row {
            Ok(fact) => facts.push(fact),
            Err(fault) => faults.push(fault),
        }
        if whole {
            break;
        }
    }
    Ok((facts, faults))
}

/// The heading: which delimiter, which columns.
fn begin<R: Read>(rows: &mut Rows<R>, limits: &Limits) -> Result<(Shape, Vec<Option<Column>>), Fault> {
    let head = rows.peek(64 << 10).map_err(|trouble| crate::table::fault(1, trouble, limits))?;
    let old_mac = head.contains(&b'\r') && !head.contains(&b'\n');
    let line_end = if old_mac { b'\r' } else { b'\n' };
    let first = head.split(|byte| *byte == line_end).find(|line| !crate::table::blank(line));
    let first = first.unwrap_or_default().to_vec();
    let mut best: Option<(usize, Shape, Vec<Option<Column>>)> = None;
    for delimiter in [b';', b',', b'\t', b'|'] {
        let shape = Shape { line_end, delimiter: Some(delimiter), quoted: delimiter != b'\t' };
        let found = headings(&first, shape);
        let known = found.iter().flatten().count();
        if best.as_ref().is_none_or(|(top, ..)| known > *top) {
            best = Some((known, shape, found));
        }
    }
    let has =
        |columns: &[Option<Column>], wanted: &dyn Fn(&Column) -> bool| columns.iter().flatten().any(wanted);
    match best {
        Some((_, shape, columns))
            if has(&columns, &|c| matches!(c, Column::Statement | Column::In(_)))
                && has(&columns, &|c| *c == Column::Source)
                && has(&columns, &|c| *c == Column::Until) =>
        {
            rows.shape(shape);
            // The heading itself.
            while let Some(RowSpan { found, .. }) = rows.next_row() {
                if found.is_ok_and(|span| !crate::table::blank(rows.bytes(span))) {
                    break;
                }
            }
            Ok((shape, columns))
        }
        _ => {
            let found: String = charset::read(&first).text.trim().chars().take(100).collect();
            Err(Fault::new(At::Whole, "fact-import-columns").with("found", found))
        }
    }
}

fn headings(first: &[u8], shape: Shape) -> Vec<Option<Column>> {
    let mut cells = Cells::default();
    cells.split(first, shape, CELLS_MAX);
    cells.iter().map(|cell| column(&charset::read(cell).text)).collect()
}

struct Table<'t> {
    shape: Shape,
    columns: Vec<Option<Column>>,
    cells: Cells,
    zone: &'t TimeZone,
    limits: &'t Limits,
}

impl Table<'_> {
    fn row(&mut self, line: u64, row: &[u8]) -> Result<FactRow, Fault> {
        let at = At::Row(line);
        self.cells.split(row, self.shape, CELLS_MAX);
        let (mut statement, mut lang, mut source) = (String::new(), String::new(), String::new());
        let (mut from, mut until) = (String::new(), String::new());
        let mut statements = Vec::new();
        for (column, cell) in self.columns.iter().zip(self.cells.iter()) {
            if cell.len() > self.limits.field_bytes_max {
                let max = self.limits.field_bytes_max >> 10;
                return Err(Fault::new(at, "row-too-long").with("max", max));
            }
            let text = charset::read(cell).text.trim().to_owned();
            match column {
                Some(Column::Statement) => statement = text,
                Some(Column::Lang) => lang = text,
                Some(Column::Source) => source = text,
                Some(Column::From) => from = text,
                Some(Column::Until) => until = text,
                Some(Column::In(tag)) if !text.is_empty() => {
                    statements.push(Statement { lang: tag.clone(), text });
                }
                Some(Column::In(_)) | None => {}
            }
        }
        if !statement.is_empty() {
            let lang = if lang.is_empty() { "fr".to_owned() } else { lang };
            statements.insert(0, Statement { lang, text: statement });
        }
        let valid_from = if from.is_empty() { None } else { Some(self.day(&from, false, at)?) };
        let valid_until = self.day(&until, true, at)?;
        Ok(FactRow { line, statements, source, valid_from, valid_until })
    }

    /// A day or a time; a day alone is its first or its last instant.
    fn day(&self, text: &str, last: bool, at: At) -> Result<Timestamp, Fault> {
        let refused = || Fault::new(at, "fact-row-date").with("date", text);
        let (day, hour) = match text.split_once([' ', 'T']) {
            Some((day, hour)) => (day, Some(hour.trim())),
            None => (text, None),
        };
        let Some(date) = civil(day) else {
            // Digits alone would be seconds since 1970 there, and are a spreadsheet's day number here.
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            return if digits {
                Err(refused())
            } else {
                parse_zoned(text, Some(self.zone)).map_err(|_| refused())
            };
        };
        let time = match hour {
            None if last => jiff::civil::time(23, 59, 59, 999_000_000),
            None => jiff::civil::Time::midnight(),
            Some(_) if parse_zoned(text, None).is_ok() => {
                return parse_zoned(text, None).map_err(|_| refused());
            }
            Some(hour) => hour.parse().map_err(|_| refused())?,
        };
        let zoned = DateTime::from_parts(date, time).to_zoned(self.zone.clone()).map_err(|_| refused())?;
        Ok(zoned.timestamp())
    }
}

/// `2026-11-22`, or the day before the month with `/` or `.` between.
fn civil(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse::<Date>() {
        return text.contains('-').then_some(date);
    }
    let mut parts = text.split(['/', '.']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        bytes_max: 1 << 20,
        field_bytes_max: 4 << 10,
        depth_max: 1,
        items_max: 100,
        time_ms_max: 1_000,
    };

    fn bangui() -> TimeZone {
        TimeZone::get("Africa/Bangui").expect("known zone")
    }

    #[test]
    fn a_french_spreadsheet_is_read_as_it_was_meant() {
        let file = "\u{feff}Énoncé;Langue;Source;Valable du;Valable jusqu’au\r\n\
            Le convoi portait 1,5 t de carburant.;fr;bordereau 117;22/11/2026;24/11/2026\r\n\
            \"=HYPERLINK(\"\"x\"\");+1\";fr;registre;;2026-11-30 12:00\r\n\
            Rien;fr;registre;;bientôt\r\n\
            \r\n";
        let (facts, faults) = read(file.as_bytes(), &bangui(), &LIMITS).expect("a table");
        assert_eq!(facts.len(), 2);
        assert_eq!(facts[0].statements[0].text, "Le convoi portait 1,5 t de carburant.");
        assert_eq!(facts[0].valid_from.map(|at| at.to_string()).as_deref(), Some("2026-11-21T23:00:00Z"));
        assert_eq!(facts[0].valid_until.to_string(), "2026-11-24T22:59:59.999Z");
        assert_eq!(facts[1].statements[0].text, "=HYPERLINK(\"x\");+1", "a formula is text");
        assert_eq!(facts[1].valid_until.to_string(), "2026-11-30T11:00:00Z");
        assert_eq!(faults.len(), 1);
        assert_eq!((faults[0].at, faults[0].code.as_str()), (At::Row(4), "fact-row-date"));
    }

    #[test]
    fn a_column_for_each_language_and_old_charsets_are_read() {
        let mut file = b"fr,sg,source,until\n".to_vec();
        file.extend_from_slice(b"Le pont est r\xe9par\xe9.,Kanda ni aleke.,g\xe9nie,31.12.2026\n");
        let (facts, faults) = read(&file, &TimeZone::UTC, &LIMITS).expect("a table");
        assert!(faults.is_empty());
        let texts: Vec<_> = facts[0].statements.iter().map(|s| (s.lang.as_str(), s.text.as_str())).collect();
        assert_eq!(texts, [("fr", "Le pont est réparé."), ("sg", "Kanda ni aleke.")]);
    }

    #[test]
    fn a_file_without_the_columns_says_what_it_has() {
        let fault = read(b"a,b\n1,2\n", &TimeZone::UTC, &LIMITS).expect_err("no columns");
        assert_eq!((fault.code.as_str(), fault.args["found"].as_str()), ("fact-import-columns", "a,b"));
        let book = read(b"\xD0\xCF\x11\xE0xxxx", &TimeZone::UTC, &LIMITS).expect_err("an old workbook");
        assert_eq!(book.code, "table-workbook");
    }

    #[test]
    fn days_of_a_spreadsheet_number_and_impossible_days_are_refused() {
        for bad in ["45983", "32/01/2026", "2026-13-01", "1/2/26", "", "11/22/2026"] {
            let file = format!("fr,source,until\nx,y,{bad}\n");
            let (facts, faults) = read(file.as_bytes(), &TimeZone::UTC, &LIMITS).expect("a table");
            assert!(facts.is_empty() && faults[0].code == "fact-row-date", "{bad}: {facts:?} {faults:?}");
        }
    }
}
