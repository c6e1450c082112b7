//! Reads a file of signals: CSV, TSV, JSON lines or a sheet of a workbook, whichever the bytes show.
//!
//! A stream in, one draft or one fault a row out; the file is never held whole, but a workbook is. A bad row is named by its line
//! and never hides its neighbours. Rows, fields and the file have largest sizes, checked before anything of
//! that size is allocated. Sources: RFC 4180, the IANA registration of `text/tab-separated-values`, RFC 8259.

use crate::charset::{self, FromUtf16, Order};
use crate::columns::Found;
use crate::mapping::{COLUMNS, Column, Mapping, Place};
use crate::rows::{Cells, RowSpan, Rows, Shape, Trouble};
use crate::workbook::{self, Sheet};
use crate::{SignalDraft, object};
use base64::Engine as _;
use std::collections::BTreeSet;
use std::io::{Chain, Cursor, Read};
use vigie_model::{At, Fault, Limits};

/// More columns than this and the file is something else.
const CELLS_MAX: usize = 1024;
/// How far the first look at a file goes, in bytes.
const HEAD_BYTES: usize = 64 << 10;
/// How many unused columns are remembered by name.
const UNUSED_MAX: usize = 50;

/// What the bytes of a table turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Cells between delimiters, quotes as in RFC 4180.
    Csv,
    /// Cells between tabs, quotes literal.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// A sheet of a workbook.
    Workbook,
}

/// A row that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The line on which it starts, from 1, as an editor shows it; in a workbook the number of the row.
    pub line: u64,
    /// What it says.
    pub draft: SignalDraft,
}

/// A table being read: an iterator over its rows, good and bad, in the file's order.
///
/// After a fault [`At::Whole`] nothing follows.
pub struct Table<R> {
    rows: Rows<Input<R>>,
    utf16: Option<Order>,
    shape: Shape,
    format: Format,
    map: Mapping,
    limits: Limits,
    /// For each column in use, where it stands; empty for JSON lines.
    places: Vec<(Column, usize)>,
    width: Option<usize>,
    cells: Cells,
    unused: BTreeSet<String>,
    /// Where its rows came from, in a workbook.
    sheet: Option<Sheet>,
    items_left: u64,
    elapsed_ms: Option<ElapsedMs>,
    ended: bool,
}

/// Milliseconds since the reading began, as the caller's clock tells.
type ElapsedMs = Box<dyn FnMut() -> u64 + Send>;

type Start<R> = Chain<Cursor<Vec<u8>>, R>;

enum Input<R> {
    Bytes(Start<R>),
    Utf16(FromUtf16<Start<R>>),
    /// The text of a sheet.
    Made(Cursor<Vec<u8>>),
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Bytes(input) => input.read(out),
            Self::Utf16(input) => input.read(out),
            Self::Made(input) => input.read(out),
        }
    }
}

impl<R: Read> Table<R> {
    /// Looks at the start of `input` and finds the columns. A fault here means that no row can be read.
    pub fn open(mut input: R, map: &Mapping, limits: &Limits) -> Result<Self, Fault> {
        let mut mark = Vec::new();
        input.by_ref().take(4).read_to_end(&mut mark).map_err(|error| unreadable(&error))?;
        if crate::archive::is_archive(&mark) {
            return Self::of_workbook(Cursor::new(mark).chain(input), map, limits);
        }
        if map.sheet.is_some() {
            return Err(Fault::new(At::Whole, "table-no-sheets"));
        }
        let utf16 = Order::of_mark(&mark);
        let start = Cursor::new(mark).chain(input);
        let input = match utf16 {
            Some(order) => Input::Utf16(FromUtf16::new(start, order)),
            None => Input::Bytes(start),
        };
        let mut table = Self::unread(input, map, limits);
        table.utf16 = utf16;
        table.look()?;
        Ok(table)
    }

    fn of_workbook(input: Start<R>, map: &Mapping, limits: &Limits) -> Result<Self, Fault> {
        let packed_max = crate::archive::ArchiveLimits::TABLES.packed_bytes_max as u64;
        let mut bytes = Vec::new();
        input.take(packed_max + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
        let mut sheet = workbook::read(&bytes, map.sheet.as_deref(), limits)?;
        let text = std::mem::take(&mut sheet.text);
        let mut table = Self::unread(Input::Made(Cursor::new(text)), map, limits);
        table.map.typed = true;
        table.sheet = Some(sheet);
        table.begin_cells(Shape { line_end: b'\n', delimiter: Some(b','), quoted: true })?;
        table.format = Format::Workbook;
        Ok(table)
    }

    fn unread(input: Input<R>, map: &Mapping, limits: &Limits) -> Self {
        Self {
            rows: Rows::new(input, limits.bytes_max, row_bytes_max(limits)),
            utf16: None,
            shape: Shape::lines(b'\n'),
            format: Format::Csv,
            map: map.clone(),
            limits: *limits,
            places: Vec::new(),
            width: None,
            cells: Cells::default(),
            unused: BTreeSet::new(),
            sheet: None,
            items_left: limits.items_max,
            elapsed_ms: None,
            ended: false,
        }
    }

    /// Ends the reading where `elapsed_ms`, asked before each row, has passed [`Limits::time_ms_max`].
    #[must_use]
    pub fn timed(mut self, elapsed_ms: impl FnMut() -> u64 + Send + 'static) -> Self {
        self.elapsed_ms = Some(Box::new(elapsed_ms));
        self
    }

    fn is_late(&mut self) -> bool {
        self.elapsed_ms.as_mut().is_some_and(|elapsed_ms| elapsed_ms() > self.limits.time_ms_max)
    }

    /// What the bytes turned out to be.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Columns that the file has and no signal takes from, up to 50; for JSON lines those met so far.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        self.unused.iter().map(String::as_str)
    }

    fn look(&mut self) -> Result<(), Fault> {
        let limits = self.limits;
        let head = self.rows.peek(HEAD_BYTES).map_err(|trouble| fault(1, trouble, &limits))?;
        let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let head = head.get(mark..).unwrap_or_default();
        if let Some(fault) = not_text(head) {
            return Err(fault);
        }
        let old_mac = head.contains(&b'\r') && !head.contains(&b'\n');
        let line_end = if old_mac { b'\r' } else { b'\n' };
        let json = head.iter().find(|byte| !byte.is_ascii_whitespace());
        if json == Some(&b'[') && self.map.columns.is_none() {
            return Err(Fault::new(At::Whole, "table-json-array"));
        }
        if json == Some(&b'{') {
            self.rows.skip(mark);
            return self.begin_json(line_end);
        }
        let first = head.split(|byte| *byte == line_end).find(|line| !blank(line)).unwrap_or_default();
        let delimiter = self.map.delimiter.or_else(|| likely_delimiter(first, &self.map));
        self.rows.skip(mark);
        self.begin_cells(Shape { line_end, delimiter, quoted: delimiter != Some(b'\t') })
    }

    fn begin_json(&mut self, line_end: u8) -> Result<(), Fault> {
        self.format = Format::Jsonl;
        self.set_shape(Shape::lines(line_end));
        let positions = self.map.columns.iter().flatten().any(|(_, place)| matches!(place, Place::Nth(_)));
        if positions { Err(Fault::new(At::Whole, "table-json-positions")) } else { Ok(()) }
    }

    fn begin_cells(&mut self, shape: Shape) -> Result<(), Fault> {
        self.format = if shape.quoted { Format::Csv } else { Format::Tsv };
        self.set_shape(shape);
        if self.map.header {
            let names = self.header()?;
            self.width = Some(names.len());
            self.find_columns(&names)?;
        } else {
            let given = self.map.columns.clone().unwrap_or_default();
            self.places = given
                .into_iter()
                .filter_map(|(column, place)| match place {
                    Place::Nth(nth) => Some((column, nth - 1)),
                    Place::Named(_) => None,
                })
                .collect();
        }
        let has_text = self.places.iter().any(|(column, _)| *column == Column::Text);
        if has_text { Ok(()) } else { Err(no_text_column("–")) }
    }

    fn set_shape(&mut self, shape: Shape) {
        self.shape = shape;
        self.rows.shape(shape);
    }

    fn header(&mut self) -> Result<Vec<String>, Fault> {
        loop {
            let Some(RowSpan { line, found }) = self.rows.next_row() else {
                return Err(Fault::new(At::Whole, "table-empty"));
            };
            let span = found.map_err(|trouble| fault(line, trouble, &self.limits))?;
            let row = self.rows.bytes(span);
            if blank(row) {
                continue;
            }
            if !self.cells.split(row, self.shape, CELLS_MAX) {
                return Err(Fault::new(At::Row(line), "table-too-many-columns").with("max", CELLS_MAX));
            }
            return Ok(self.cells.iter().map(|name| charset::read(name).text.trim().to_owned()).collect());
        }
    }

    fn find_columns(&mut self, names: &[String]) -> Result<(), Fault> {
        let wanted = wanted(&self.map);
        for (column, place) in wanted {
            let named = match &place {
                Place::Nth(nth) => (*nth <= names.len()).then(|| nth - 1),
                Place::Named(name) => position(names, name)?,
            };
            match (named, place) {
                (Some(at), _) => self.places.push((column, at)),
                (None, _) if self.map.columns.is_none() => {}
                (None, Place::Named(name)) => return Err(missing_column(&name, names)),
                (None, Place::Nth(nth)) => return Err(missing_column(&nth.to_string(), names)),
            }
        }
        for (at, name) in names.iter().enumerate() {
            if self.unused.len() < UNUSED_MAX && self.places.iter().all(|(_, used)| *used != at) {
                self.unused.insert(name.chars().take(80).collect());
            }
        }
        if self.places.iter().any(|(column, _)| *column == Column::Text) {
            return Ok(());
        }
        Err(no_text_column(&names.join(", ")))
    }

    fn row(&mut self, line: u64, span: (usize, usize)) -> Result<Row, Fault> {
        let (found, guessed) = match self.format {
            Format::Jsonl => self.read_object(line, span)?,
            Format::Csv | Format::Tsv | Format::Workbook => self.read_cells(line, span)?,
        };
        let mut draft = found.draft(&self.map, At::Row(line))?;
        if guessed {
            draft.raw_base64 = Some(self.as_received(span));
        }
        Ok(Row { line, draft })
    }

    fn as_received(&self, span: (usize, usize)) -> String {
        let row = self.rows.bytes(span);
        let encode = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
        match self.utf16 {
            Some(order) => encode(&charset::to_utf16(row, order)),
            None => encode(row),
        }
    }

    fn read_object(&mut self, line: u64, span: (usize, usize)) -> Result<(Found, bool), Fault> {
        let row = self.rows.bytes(span);
        let read = object::read(row, At::Row(line), &self.map, &self.limits)?;
        for name in read.unused {
            if self.unused.len() < UNUSED_MAX {
                self.unused.insert(name);
            }
        }
        Ok((read.found, read.guessed))
    }

    fn read_cells(&mut self, line: u64, span: (usize, usize)) -> Result<(Found, bool), Fault> {
        let at = At::Row(line);
        let max = self.width.unwrap_or(CELLS_MAX);
        let whole_row = self.cells.split(self.rows.bytes(span), self.shape, CELLS_MAX);
        let beyond = self.cells.iter().skip(max).any(|cell| !blank(cell));
        if !whole_row || beyond {
            return Err(Fault::new(at, "row-too-wide").with("columns", max).with("found", self.cells.len()));
        }
        // A tab-separated file cannot hold a line end in a cell: a short row is a broken one. Spreadsheets do
        // leave out empty cells at the end of a comma-separated row.
        if self.format == Format::Tsv && self.width.is_some_and(|width| self.cells.len() < width) {
            return Err(Fault::new(at, "row-too-short").with("columns", max).with("found", self.cells.len()));
        }
        let mut found = Found::default();
        let mut guessed = false;
        for (column, nth) in &self.places {
            let Some(cell) = self.cells.get(*nth) else { continue };
            if cell.len() > self.limits.field_bytes_max {
                return Err(object::field_too_long(at, *column, &self.limits));
            }
            let read = charset::read(cell);
            guessed |= read.guessed;
            found.put(*column, read.text.into_owned());
        }
        Ok((found, guessed))
    }
}

impl<R: Read> Iterator for Table<R> {
    type Item = Result<Row, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.ended {
                return None;
            }
            if self.is_late() {
                self.ended = true;
                let max_s = self.limits.time_ms_max / 1_000;
                return Some(Err(Fault::new(At::Whole, "table-too-slow").with("max", max_s)));
            }
            let RowSpan { line, found } = self.rows.next_row()?;
            let line = self.sheet.as_ref().map_or(line, |sheet| sheet.row(line));
            if self.items_left == 0 {
                self.ended = true;
                return Some(Err(
                    Fault::new(At::Whole, "table-too-many-rows").with("max", self.limits.items_max)
                ));
            }
            let span = match found {
                Ok(span) if blank(self.rows.bytes(span)) => continue,
                Ok(span) => span,
                Err(trouble) => {
                    self.items_left -= 1;
                    return Some(Err(fault(line, trouble, &self.limits)));
                }
            };
            self.items_left -= 1;
            return Some(self.row(line, span));
        }
    }
}

pub(crate) fn fault(line: u64, trouble: Trouble, limits: &Limits) -> Fault {
    let at = At::Row(line);
    match trouble {
        Trouble::Quote => Fault::new(at, "row-quote-open"),
        Trouble::TooLong => Fault::new(at, "row-too-long").with("max", row_bytes_max(limits) / 1024),
        Trouble::InputTooLong => Fault::new(At::Whole, "table-too-long").with("max", limits.bytes_max >> 20),
        Trouble::Io(error) => unreadable(&error),
    }
}

fn row_bytes_max(limits: &Limits) -> usize {
    limits.field_bytes_max.saturating_mul(4)
}

fn unreadable(error: &std::io::Error) -> Fault {
    Fault::new(At::Whole, "table-unreadable").with("reason", error.kind())
}

fn no_text_column(found: &str) -> Fault {
    Fault::new(At::Whole, "table-no-text-column").with("found", found).with("known", COLUMNS.join(", "))
}

fn missing_column(name: &str, found: &[String]) -> Fault {
    Fault::new(At::Whole, "table-missing-column").with("column", name).with("found", found.join(", "))
}

pub(crate) fn blank(row: &[u8]) -> bool {
    row.iter().all(u8::is_ascii_whitespace)
}

/// An older workbook, an archive, a picture: named at once instead of failing row by row.
pub(crate) fn not_text(head: &[u8]) -> Option<Fault> {
    let workbook = head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0");
    if workbook {
        return Some(Fault::new(At::Whole, "table-workbook"));
    }
    crate::sniff::media_type(head).map(|found| Fault::new(At::Whole, "table-not-text").with("found", found))
}

fn wanted(map: &Mapping) -> Vec<(Column, Place)> {
    map.columns.clone().unwrap_or_else(|| {
        Column::ALL.into_iter().map(|column| (column, Place::Named(column.name().to_owned()))).collect()
    })
}

/// The one column of this name: as written, else whatever its capitals.
fn position(names: &[String], name: &str) -> Result<Option<usize>, Fault> {
    let find = |same: &dyn Fn(&str) -> bool| -> Vec<usize> {
        names.iter().enumerate().filter(|(_, found)| same(found)).map(|(at, _)| at).collect()
    };
    let mut at = find(&|found| found == name.trim());
    if at.is_empty() {
        at = find(&|found| found.eq_ignore_ascii_case(name.trim()));
    }
    match at.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(Fault::new(At::Whole, "table-column-twice").with("column", name)),
    }
}

/// The delimiter under which the first row shows most of the wanted names, then most cells. `None`: one column.
fn likely_delimiter(first: &[u8], map: &Mapping) -> Option<u8> {
    let wanted = wanted(map);
    let mut cells = Cells::default();
    let mut best: Option<((usize, usize), u8)> = None;
    for delimiter in [b'\t', b';', b',', b'|'] {
        let shape = Shape { line_end: b'\n', delimiter: Some(delimiter), quoted: delimiter != b'\t' };
        cells.split(first, shape, CELLS_MAX);
        let known = |cell: &[u8]| {
            let name = charset::read(cell).text.trim().to_ascii_lowercase();
            wanted
                .iter()
                .any(|(_, place)| matches!(place, Place::Named(w) if w.trim().to_ascii_lowercase() == name))
        };
        let score = (cells.iter().filter(|cell| known(cell)).count(), cells.len());
        if cells.len() > 1 && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, delimiter));
        }
    }
    best.map(|(_, delimiter)| delimiter)
}
