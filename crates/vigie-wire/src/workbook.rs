//! Reads a sheet of a workbook (XLSX) as the rows of a table.
//!
//! The archive is opened under [`ArchiveLimits`] and its parts are packed anew before the sheet is read, so that the
//! reader of sheets meets nothing that was not counted. Cells come one by one: a sheet with one cell in its last corner
//! costs one row. A date that the workbook types as one is written as `2026-11-22T16:30:00`, in either of its calendars
//! (1900 and 1904); it has no zone, and the mapping names one. Source: ECMA-376 Part 1, §18.

use crate::archive::{self, ArchiveLimits};
use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use std::io::Cursor;
use vigie_model::{At, Fault, Limits};

/// More columns than this and the sheet is something else.
const COLUMNS_MAX: usize = 1_024;

/// A sheet as text: comma-separated cells, all quoted, and where each of its rows came from.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub text: Vec<u8>,
    /// Line of `text` on which a row begins, and the row's number in the sheet.
    pub rows: Vec<(u64, u64)>,
}

/// The sheet of this name, or the only one that holds anything.
pub(crate) fn read(bytes: &[u8], sheet: Option<&str>, limits: &Limits) -> Result<Sheet, Fault> {
    let whole = |code: &str| Fault::new(At::Whole, code);
    let (members, _) = archive::open(bytes, &ArchiveLimits::TABLES)?;
    let parts: Vec<(&str, &[u8])> = members
        .iter()
        .filter(|member| !member.name.starts_with("xl/media/"))
        .map(|member| (member.name.as_str(), member.bytes.as_slice()))
        .collect();
    if !parts.iter().any(|(name, _)| *name == "[Content_Types].xml") {
        return Err(whole("workbook-unreadable"));
    }
    let mut book =
        Xlsx::new(Cursor::new(archive::stored(&parts))).map_err(|_| whole("workbook-unreadable"))?;
    let shown: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    if let Some(name) = sheet {
        let known = book.sheet_names();
        let found = known.iter().find(|known| *known == name).cloned();
        let found = found.ok_or_else(|| {
            whole("workbook-no-such-sheet").with("sheet", name).with("found", known.join(", "))
        })?;
        return rows(&mut book, &found, limits);
    }
    let mut filled = Vec::new();
    for name in shown {
        let sheet = rows(&mut book, &name, limits)?;
        if !sheet.rows.is_empty() {
            filled.push((name, sheet));
        }
    }
    if filled.len() > 1 {
        let names: Vec<String> = filled.into_iter().map(|(name, _)| name).collect();
        return Err(whole("workbook-which-sheet").with("found", names.join(", ")));
    }
    filled.pop().map(|(_, sheet)| sheet).ok_or_else(|| whole("table-empty"))
}

/// Every row of a sheet that holds anything.
fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, limits: &Limits) -> Result<Sheet, Fault> {
    let broken = || Fault::new(At::Whole, "workbook-sheet-unreadable").with("sheet", name);
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| broken())?;
    let (mut sheet, mut row, mut at, mut line) = (Sheet::default(), Vec::new(), 0, 1);
    while let Some(cell) = cells.next_cell().map_err(|_| broken())? {
        let (nth, column) = cell.get_position();
        if nth != at {
            sheet.put(&mut row, at, &mut line);
            at = nth;
        }
        let Some(text) = shown(cell.get_value()) else { continue };
        let column = column as usize;
        if column >= COLUMNS_MAX {
            let fault = Fault::new(At::Row(u64::from(nth) + 1), "table-too-many-columns");
            return Err(fault.with("max", COLUMNS_MAX));
        }
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(slot) = row.get_mut(column) {
            *slot = text;
        }
        if sheet.text.len() as u64 > limits.bytes_max {
            return Err(Fault::new(At::Whole, "table-too-long").with("max", limits.bytes_max >> 20));
        }
    }
    sheet.put(&mut row, at, &mut line);
    Ok(sheet)
}

impl Sheet {
    /// The number in the sheet of the row that begins on this line of the text.
    pub(crate) fn row(&self, line: u64) -> u64 {
        let at = self.rows.binary_search_by_key(&line, |(line, _)| *line);
        at.ok().and_then(|at| self.rows.get(at)).map_or(line, |(_, row)| *row)
    }

    fn put(&mut self, row: &mut Vec<String>, nth: u32, line: &mut u64) {
        let cells = std::mem::take(row);
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        self.rows.push((*line, u64::from(nth) + 1));
        for (column, cell) in cells.iter().enumerate() {
            if column > 0 {
                self.text.push(b',');
            }
            self.text.push(b'"');
            self.text.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            self.text.push(b'"');
            *line += cell.bytes().filter(|byte| *byte == b'\n').count() as u64;
        }
        self.text.push(b'\n');
        *line += 1;
    }
}

/// A cell as text; `None` where it is empty.
fn shown(value: &DataRef<'_>) -> Option<String> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => n.to_string(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
        DataRef::DateTime(at) => at.as_f64().to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use crate::Mapping;
    use crate::archive::stored;
    use crate::table::Table;
    use crate::xlsx::{Cell, write};
    use jiff::civil::date;
    use std::fmt::Write as _;
    use std::io::Cursor;
    use vigie_model::{At, Limits, dtg};

    /// A workbook as a French spreadsheet writes one, with these sheets (`name, XML of its rows`).
    fn book(date1904: bool, sheets: &[(&str, &str)]) -> Vec<u8> {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let mut names = String::new();
        let mut links = String::new();
        let mut parts: Vec<(String, String)> = Vec::new();
        for (nth, (name, rows)) in sheets.iter().enumerate() {
            let n = nth + 1;
            let _ = write!(names, "<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>");
            let _ = write!(
                links,
                "<Relationship Id=\"rId{n}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
            );
            parts.push((
                format!("xl/worksheets/sheet{n}.xml"),
                format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
            ));
        }
        let package = "http://schemas.openxmlformats.org/package/2006";
        parts.push(("[Content_Types].xml".into(), format!("<Types xmlns=\"{package}/content-types\"/>")));
        parts.push(("_rels/.rels".into(), format!("<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")));
        parts.push(("xl/workbook.xml".into(), format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><workbookPr date1904=\"{}\"/><sheets>{names}</sheets></workbook>", u8::from(date1904))));
        parts.push(("xl/_rels/workbook.xml.rels".into(), format!("<Relationships xmlns=\"{package}/relationships\">{links}<Relationship Id=\"rId99\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>")));
        parts.push(("xl/styles.xml".into(), format!("<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>")));
        let parts: Vec<(&str, &[u8])> =
            parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        stored(&parts)
    }

    fn text(place: &str, text: &str) -> String {
        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
    }

    const ZONE: &str =
        "[columns]\ntext = \"Message\"\nseen_at = \"Heure\"\n[time]\nzone = \"Africa/Bangui\"\n";

    type Seen = Vec<(u64, String, Option<String>)>;

    fn read(bytes: Vec<u8>, map: &str) -> Result<Seen, (At, String)> {
        let map = Mapping::parse(map).expect("a mapping");
        let told = |fault: vigie_model::Fault| (fault.at, fault.code);
        let rows = Table::open(Cursor::new(bytes), &map, &Limits::IMPORT).map_err(told)?;
        rows.map(|row| row.map(|row| (row.line, row.draft.text, row.draft.seen_at.map(dtg))).map_err(told))
            .collect()
    }

    #[test]
    fn a_sheet_reads_with_swapped_columns_gaps_line_ends_and_typed_dates_of_either_calendar() {
        // 22 November 2026, 16:30: day 46,348 since 1900, 44,886 since 1904.
        for (date1904, serial) in [(false, "46348.6875"), (true, "44886.6875")] {
            let rows = format!(
                "<row r=\"1\">{}{}</row><row r=\"4\"><c r=\"A4\" s=\"1\"><v>{serial}</v></c>{}</row><row r=\"9\">{}</row>",
                text("A1", "Heure"),
                text("B1", "Message"),
                text("B4", "Pont coupé,\nà Birao"),
                text("B9", "suite")
            );
            let found = read(book(date1904, &[("Feuil1", &rows), ("Feuil2", "")]), ZONE).expect("reads");
            let first = (4, "Pont coupé,\nà Birao".to_owned(), Some("221530ZNOV26".to_owned()));
            assert_eq!(found, [first, (9, "suite".to_owned(), None)], "1904: {date1904}");
        }
    }

    #[test]
    fn the_sheet_is_the_one_named_or_the_only_one_with_anything_in_it() {
        let rows = |word: &str| {
            format!("<row r=\"1\">{}</row><row r=\"2\">{}</row>", text("A1", "text"), text("A2", word))
        };
        let (one, two) = (rows("un"), rows("deux"));
        let both = book(false, &[("Janvier", &one), ("Février", &two)]);
        assert_eq!(read(both.clone(), "").expect_err("which").1, "workbook-which-sheet");
        assert_eq!(
            read(both.clone(), "[file]\nsheet = \"Mars\"\n").expect_err("none").1,
            "workbook-no-such-sheet"
        );
        assert_eq!(read(both, "[file]\nsheet = \"Février\"\n").expect("reads")[0].1, "deux");
        assert_eq!(read(book(false, &[("Feuil1", "")]), "").expect_err("empty").1, "table-empty");
    }

    #[test]
    fn a_time_without_a_zone_and_a_number_that_is_no_date_are_refused_by_their_row() {
        let rows = |cell: &str| {
            format!(
                "<row r=\"1\">{}{}</row><row r=\"2\">{}{cell}</row>",
                text("A1", "text"),
                text("B1", "seen_at"),
                text("A2", "x")
            )
        };
        let typed = book(false, &[("F", &rows("<c r=\"B2\" s=\"1\"><v>46348.5</v></c>"))]);
        assert_eq!(read(typed, ""), Err((At::Row(2), "row-time-without-zone".to_owned())));
        let bare = book(false, &[("F", &rows("<c r=\"B2\"><v>46348.5</v></c>"))]);
        assert_eq!(read(bare, "").expect_err("a number").1, "row-not-a-time");
    }

    #[test]
    fn f32_a_sheet_with_one_cell_in_its_last_corner_costs_one_row() {
        let rows = format!(
            "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
            text("A1", "text"),
            text("A1048576", "la fin")
        );
        let found = read(book(false, &[("F", &rows)]), "").expect("reads");
        assert_eq!(found, [(1_048_576, "la fin".to_owned(), None)]);
        let wide = format!("<row r=\"1\">{}{}</row>", text("A1", "text"), text("XFD1", "x"));
        assert_eq!(read(book(false, &[("F", &wide)]), "").expect_err("wide").1, "table-too-many-columns");
    }

    #[test]
    fn what_is_written_here_is_read_here() {
        let at = date(2026, 11, 22).at(16, 30, 0, 0);
        let rows = (0..3).map(|n| vec![Cell::Text(format!("=message {n}")), Cell::Time(at)]);
        let bytes = write("Semaine", &["Message".to_owned(), "Heure".to_owned()], rows);
        let found = read(bytes, ZONE).expect("reads");
        assert_eq!(found.len(), 3);
        assert_eq!(found[2], (4, "=message 2".to_owned(), Some("221530ZNOV26".to_owned())));
    }

    #[test]
    fn a_damaged_workbook_is_refused_and_none_panics() {
        let rows = format!("<row r=\"1\">{}</row><row r=\"2\">{}</row>", text("A1", "text"), text("A2", "x"));
        let whole = book(false, &[("F", &rows)]);
        for at in (0..whole.len()).step_by(7) {
            let mut changed = whole.clone();
            changed[at] ^= 0x15;
            let _ = read(changed, "");
            let _ = read(whole[..at].to_vec(), "");
        }
    }
}
