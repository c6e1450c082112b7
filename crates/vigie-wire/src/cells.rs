//! Tables for people: CSV that a spreadsheet opens and calculates nothing in.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, and some
//! run it. Such a cell gets an apostrophe in front, which a spreadsheet shows as text; numbers stay numbers. Whoever
//! writes the table says so in it. What is stored is not touched. Source: OWASP ASVS 5.0, V1.2.10.

use std::borrow::Cow;

/// Begins a UTF-8 file, so that a spreadsheet reads it as one.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A cell that is shown as it is written, and whether it had to be changed for that.
pub fn neutral(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Whether a spreadsheet would take a cell for something to calculate. Blanks before it do not keep it from that, nor
/// do the wide forms of the signs.
fn is_formula(cell: &str) -> bool {
    let starts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    if cell.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let bare = cell.trim_start_matches(|c: char| c.is_whitespace() || is_unseen(c));
    bare.starts_with(starts) && bare.trim_end().replace(',', ".").parse::<f64>().is_err()
}

/// Characters that nobody sees and that a spreadsheet may skip.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A table with quoted cells (RFC 4180), and how many of its cells had to be made neutral.
pub fn table<R, C>(rows: R) -> (Vec<u8>, usize)
where
    R: IntoIterator<Item = C>,
    C: IntoIterator<Item = String>,
{
    table_by(b',', rows)
}

/// The same with another byte between cells: a French spreadsheet opens what has `;` there.
pub fn table_by<R, C>(delimiter: u8, rows: R) -> (Vec<u8>, usize)
where
    R: IntoIterator<Item = C>,
    C: IntoIterator<Item = String>,
{
    let (mut out, mut changed) = (MARK.to_vec(), 0);
    for row in rows {
        for (n, cell) in row.into_iter().enumerate() {
            let shown = neutral(&cell);
            changed += usize::from(matches!(shown, Cow::Owned(_)));
            if n > 0 {
                out.push(delimiter);
            }
            out.push(b'"');
            out.extend_from_slice(shown.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        }
        out.extend_from_slice(b"\r\n");
    }
    (out, changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn f40_no_cell_is_calculated() {
        for formula in [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "+33 1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "\u{a0}=1",
            "\u{200b}=1",
            "＝1+1",
            "-",
        ] {
            assert_eq!(neutral(formula), format!("'{formula}"), "{formula:?}");
        }
        for text in ["", "Le pont", "1 = 1", "a@b", "-5", "+1,5", "-0.25", "'=1", "«=1»"] {
            assert_eq!(neutral(text), text, "{text:?}");
        }
    }

    #[test]
    fn f40_a_table_says_how_many_cells_it_changed_and_keeps_its_shape() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let (bytes, changed) = table([row(&["=2+3", "say \"hi\""]), row(&["-5", "a,b\r\nc"])]);
        assert_eq!(changed, 1);
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text, "\u{feff}\"'=2+3\",\"say \"\"hi\"\"\"\r\n\"-5\",\"a,b\r\nc\"\r\n");
    }

    proptest! {
        #[test]
        fn f40_whatever_people_write_no_cell_begins_a_formula(cells in prop::collection::vec("\\PC*", 1..6)) {
            let (bytes, _) = table([cells.clone()]);
            let mut read = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
            let row = read.records().next().expect("a row").expect("sound");
            prop_assert_eq!(row.len(), cells.len());
            for (got, gave) in row.iter().zip(&cells) {
                prop_assert!(!is_formula(got), "{:?}", got);
                prop_assert_eq!(got.to_owned(), neutral(gave).into_owned());
            }
        }
    }
}
