//! Reads a table by the names of its columns, for the tools: posts, claims, queries.
//!
//! CSV or TSV, whichever the header shows; quoted cells as in RFC 4180. A row that cannot be read is named by its line
//! and hides none of its neighbours.

use crate::charset;
use crate::rows::{Cells, RowSpan, Rows, Shape, Trouble};
use std::borrow::Cow;
use std::io::Read;
use vigie_model::{At, Fault, Limits};

/// More columns than this and the file is something else.
const CELLS_MAX: usize = 1024;

/// A table being read.
pub struct Sheet<R> {
    rows: Rows<R>,
    shape: Shape,
    limits: Limits,
    names: Vec<String>,
    cells: Cells,
    items_left: u64,
}

impl<R: Read> Sheet<R> {
    /// Reads the header. A fault here means that no row can be read.
    pub fn open(input: R, limits: &Limits) -> Result<Self, Fault> {
        let row_bytes_max = limits.field_bytes_max.saturating_mul(4);
        let mut rows = Rows::new(input, limits.bytes_max, row_bytes_max);
        let unreadable = |_| Fault::new(At::Whole, "sheet-unreadable");
        let head = rows.peek(64 << 10).map_err(unreadable)?;
        let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let head = head.get(mark..).unwrap_or_default();
        let line_end = if head.contains(&b'\r') && !head.contains(&b'\n') { b'\r' } else { b'\n' };
        let first = head.split(|byte| *byte == line_end).next().unwrap_or_default();
        let count = |delimiter: u8| first.split(|byte| *byte == delimiter).count();
        let delimiter = *b"\t,;|".iter().max_by_key(|d| (count(**d), u8::MAX - **d)).unwrap_or(&b',');
        let shape = Shape { line_end, delimiter: Some(delimiter), quoted: true };
        rows.skip(mark);
        rows.shape(shape);
        let items_left = limits.items_max;
        let mut sheet =
            Self { rows, shape, limits: *limits, names: Vec::new(), cells: Cells::default(), items_left };
        match sheet.advance() {
            None => return Err(Fault::new(At::Whole, "table-empty")),
            Some((_, Err(fault))) => return Err(fault),
            Some((_, Ok(()))) => {}
        }
        sheet.names =
            (0..sheet.cells.len()).map(|n| sheet.cell(Some(n)).trim().to_ascii_lowercase()).collect();
        Ok(sheet)
    }

    /// The names of the columns, in lower case.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Where the first of these columns stands that is there.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.names.iter().position(|found| found == name))
    }

    /// Where the first of these columns stands; a fault that names what is there otherwise.
    pub fn needed(&self, names: &[&str]) -> Result<usize, Fault> {
        self.column(names).ok_or_else(|| {
            Fault::new(At::Whole, "table-missing-column")
                .with("column", names.first().copied().unwrap_or("–"))
                .with("found", self.names.join(", "))
        })
    }

    /// Goes on to the next row and gives its line; its cells are then had by [`Sheet::cell`].
    pub fn advance(&mut self) -> Option<(u64, Result<(), Fault>)> {
        loop {
            let RowSpan { line, found } = self.rows.next_row()?;
            let at = At::Row(line);
            let span = match found {
                Ok(span) => span,
                Err(trouble) => return Some((line, Err(self.fault(at, &trouble)))),
            };
            let row = self.rows.bytes(span);
            if row.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if self.items_left == 0 {
                let fault = Fault::new(At::Whole, "table-too-many-rows").with("max", self.limits.items_max);
                return Some((line, Err(fault)));
            }
            self.items_left -= 1;
            if !self.cells.split(row, self.shape, CELLS_MAX) {
                return Some((line, Err(Fault::new(at, "table-too-many-columns").with("max", CELLS_MAX))));
            }
            let width = self.names.len();
            if width > 0 && self.cells.len() > width {
                let fault =
                    Fault::new(at, "row-too-wide").with("columns", width).with("found", self.cells.len());
                return Some((line, Err(fault)));
            }
            return Some((line, Ok(())));
        }
    }

    /// A cell of the current row, without the space around it; empty where the column or the cell is absent.
    pub fn cell(&self, column: Option<usize>) -> Cow<'_, str> {
        let Some(bytes) = column.and_then(|n| self.cells.get(n)) else { return Cow::Borrowed("") };
        match charset::read(bytes.trim_ascii()).text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        }
    }

    fn fault(&self, at: At, trouble: &Trouble) -> Fault {
        match trouble {
            Trouble::Quote => Fault::new(at, "row-quote-open"),
            Trouble::TooLong => Fault::new(at, "row-too-long")
                .with("max", self.limits.field_bytes_max.saturating_mul(4) / 1024),
            Trouble::InputTooLong => {
                Fault::new(At::Whole, "table-too-long").with("max", self.limits.bytes_max >> 20)
            }
            Trouble::Io(_) => Fault::new(At::Whole, "sheet-unreadable"),
        }
    }
}
