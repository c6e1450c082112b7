//! Writes a table as a workbook (XLSX) with typed dates and a header that stays in place.
//!
//! Text is written as text: a cell that begins like a formula is shown, never calculated, because nothing in the file is
//! a formula and every such cell is also marked as text. Nothing names a program, a person or the time of writing, so the
//! same table gives the same bytes. Source: ECMA-376 Part 1, §18.

use crate::archive;
use jiff::civil::DateTime;
use quick_xml::escape::escape;
use std::fmt::Write as _;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, whatever it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A date and time, on the clock that the column's name says.
    Time(DateTime),
}

/// Longest text of a cell that spreadsheets read, in characters.
const TEXT_CHARS_MAX: usize = 32_767;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// Styles: 0 plain, 1 header, 2 text, 3 date and time.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>"#;

/// A workbook with one sheet of this name: the names of the columns, then the rows.
pub fn write(sheet: &str, header: &[String], rows: impl IntoIterator<Item = Vec<Cell>>) -> Vec<u8> {
    let mut data = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>",
    );
    let names: Vec<Cell> = header.iter().map(|name| Cell::Text(name.clone())).collect();
    put_row(&mut data, 1, &names, Some(1));
    for (nth, row) in rows.into_iter().enumerate() {
        put_row(&mut data, nth + 2, &row, None);
    }
    data.push_str("</sheetData></worksheet>");
    let book = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        escape(sheet_name(sheet))
    );
    archive::stored(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/worksheets/sheet1.xml", data.as_bytes()),
    ])
}

/// A name that a sheet may bear: up to 31 characters, none of those that a reference uses.
fn sheet_name(name: &str) -> String {
    let kept: String = name.chars().map(|c| if "[]:*?/\\'".contains(c) { '-' } else { c }).take(31).collect();
    if kept.trim().is_empty() { "Vigie".to_owned() } else { kept }
}

fn put_row(out: &mut String, nth: usize, cells: &[Cell], style: Option<u8>) {
    let _ = write!(out, "<row r=\"{nth}\">");
    for (column, cell) in cells.iter().enumerate() {
        let place = format!("{}{nth}", letters(column));
        let _ = match cell {
            Cell::Text(text) => write!(
                out,
                "<c r=\"{place}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                style.unwrap_or(2),
                escape(readable(text))
            ),
            Cell::Number(n) if n.is_finite() => write!(out, "<c r=\"{place}\"><v>{n}</v></c>"),
            Cell::Number(_) | Cell::Empty => Ok(()),
            Cell::Time(at) => write!(out, "<c r=\"{place}\" s=\"3\"><v>{}</v></c>", serial(*at)),
        };
    }
    out.push_str("</row>");
}

/// Text without the characters that XML cannot hold, as long as a cell may be.
fn readable(text: &str) -> String {
    let fits = |c: &char| !c.is_control() || matches!(c, '\n' | '\t' | '\r');
    text.chars().filter(|c| fits(c) && !matches!(c, '\u{fffe}' | '\u{ffff}')).take(TEXT_CHARS_MAX).collect()
}

/// The name of a column: A to Z, AA and on.
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    if column < 26 { letter.to_string() } else { format!("{}{letter}", letters(column / 26 - 1)) }
}

/// Days since 30 December 1899, which gives every day from March 1900 on the number that spreadsheets have for it.
fn serial(at: DateTime) -> f64 {
    let day_zero = jiff::civil::date(1899, 12, 30);
    let days = f64::from(at.date().since(day_zero).map_or(0, |span| span.get_days()));
    let time = at.time();
    let seconds = i32::from(time.hour()) * 3_600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    days + f64::from(seconds) / 86_400.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use jiff::civil::date;
    use std::io::Cursor;

    fn back(bytes: Vec<u8>) -> Vec<Vec<Data>> {
        let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range("Week").expect("a sheet");
        range.rows().map(<[Data]>::to_vec).collect()
    }

    #[test]
    fn another_reader_finds_text_numbers_and_typed_dates() {
        let at = date(2026, 11, 22).at(16, 30, 5, 0);
        let rows = vec![vec![
            Cell::Text("né à « Birao » & <ailleurs>".to_owned()),
            Cell::Number(1.5),
            Cell::Time(at),
        ]];
        let table = back(write("Week", &["text".to_owned(), "n".to_owned(), "at".to_owned()], rows));
        assert_eq!(table[0][0], Data::String("text".to_owned()));
        assert_eq!(table[1][0], Data::String("né à « Birao » & <ailleurs>".to_owned()));
        assert_eq!(table[1][1], Data::Float(1.5));
        let Data::DateTime(time) = &table[1][2] else { panic!("{:?} is no date", table[1][2]) };
        assert_eq!(time.to_ymd_hms_milli(), (2026, 11, 22, 16, 30, 5, 0));
    }

    #[test]
    fn f40_nothing_in_a_workbook_is_calculated() {
        for formula in
            ["=1+1", "=HYPERLINK(\"http://x\")", "@SUM(A1)", "+33", "-2+3+cmd|' /C calc'!A0", "\t=1"]
        {
            let bytes = write("Week", &["text".to_owned()], vec![vec![Cell::Text(formula.to_owned())]]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains("<f>") && !text.contains("<f "), "{formula}");
            assert_eq!(back(bytes)[1][0], Data::String(formula.to_owned()));
        }
        let odd = back(write(
            "Week",
            &["text".to_owned()],
            vec![vec![Cell::Text("a\u{0}\u{8}b\u{ffff}".to_owned())]],
        ));
        assert_eq!(odd[1][0], Data::String("ab".to_owned()));
    }

    #[test]
    fn columns_and_sheets_have_the_names_that_spreadsheets_know() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
        assert_eq!(sheet_name("Semaine 47: [nord]/sud"), "Semaine 47- -nord--sud");
        assert!((serial(date(1900, 3, 1).at(12, 0, 0, 0)) - 61.5).abs() < 1e-9);
    }
}
