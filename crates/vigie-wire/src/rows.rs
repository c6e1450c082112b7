//! Cuts a stream of bytes into rows, and a row into cells, without ever holding more than one row.
//!
//! A ready-made CSV reader follows an opening quote wherever it leads: one stray quote swallows every row
//! after it, and a field of 200 MB is held whole. Here a row has a largest size, and a row whose quotes do
//! not close is refused alone: reading goes on at the next line. Source: RFC 4180, and what spreadsheets write.

use std::io::{self, Read};

const BLOCK: usize = 64 << 10;

/// How the cells of a row stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The byte that ends a line: LF, or CR in files of old Macs.
    pub line_end: u8,
    /// The byte between two cells; `None` where a row is one cell.
    pub delimiter: Option<u8>,
    /// Whether a quoted cell may hold delimiters and line ends. In tab-separated files quotes are literal.
    pub quoted: bool,
}

impl Shape {
    /// Lines, nothing else.
    pub(crate) const fn lines(line_end: u8) -> Self {
        Self { line_end, delimiter: None, quoted: false }
    }
}

/// Why a row cannot be had.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// A quote opens and does not close as it should.
    Quote,
    /// Larger than a row may be.
    TooLong,
    /// The input is larger than it may be; nothing follows.
    InputTooLong,
    /// The input could not be read on; nothing follows.
    Io(io::Error),
}

/// One row: where it starts, and whether it is there.
#[derive(Debug)]
pub(crate) struct RowSpan {
    /// Line on which it starts, from 1.
    pub line: u64,
    /// Its bytes within the window, line end excluded.
    pub found: Span,
}

/// Where a row stands in the window, or why it is refused.
type Span = Result<(usize, usize), Trouble>;

/// The rows of `input`.
pub(crate) struct Rows<R> {
    input: R,
    shape: Shape,
    window: Vec<u8>,
    start: usize,
    ended: bool,
    finished: bool,
    line: u64,
    row_bytes_max: usize,
    bytes_left: u64,
}

enum End {
    /// The row ends before `.0`; the next starts at `.1`.
    At(usize, usize),
    /// The row is not whole yet.
    Unknown {
        /// A quoted cell has crossed a line end.
        crossed: bool,
        /// A quoted cell is still open.
        open: bool,
    },
    /// A quote closes in the middle of a cell, lines after it opened.
    Stray,
}

impl<R: Read> Rows<R> {
    pub(crate) fn new(input: R, bytes_max: u64, row_bytes_max: usize) -> Self {
        Self {
            input,
            shape: Shape::lines(b'\n'),
            window: Vec::new(),
            start: 0,
            ended: false,
            finished: false,
            line: 1,
            row_bytes_max,
            bytes_left: bytes_max,
        }
    }

    /// From here on rows have this shape.
    pub(crate) fn shape(&mut self, shape: Shape) {
        self.shape = shape;
    }

    /// The next bytes, at least `want` of them unless the input ends before.
    pub(crate) fn peek(&mut self, want: usize) -> Result<&[u8], Trouble> {
        while self.window.len() - self.start < want && !self.ended {
            self.fill()?;
        }
        Ok(self.window.get(self.start..).unwrap_or_default())
    }

    /// Passes over `count` peeked bytes.
    pub(crate) fn skip(&mut self, count: usize) {
        self.start = (self.start + count).min(self.window.len());
    }

    /// The bytes of a row that [`Rows::next_row`] has just found.
    pub(crate) fn bytes(&self, span: (usize, usize)) -> &[u8] {
        self.window.get(span.0..span.1).unwrap_or_default()
    }

    /// The next row, or `None` at the end.
    pub(crate) fn next_row(&mut self) -> Option<RowSpan> {
        if self.finished {
            return None;
        }
        let line = self.line;
        match self.find() {
            Ok(None) => {
                self.finished = true;
                None
            }
            Ok(Some(found)) => Some(RowSpan { line, found }),
            Err(trouble) => {
                self.finished = true;
                Some(RowSpan { line, found: Err(trouble) })
            }
        }
    }

    /// `Err` ends the input; a trouble inside `Ok` is that of one row.
    fn find(&mut self) -> Result<Option<Span>, Trouble> {
        loop {
            let rest = self.window.get(self.start..).unwrap_or_default();
            match end_of_row(rest, self.shape) {
                End::At(end, next) => return Ok(Some(Ok(self.take(end, next)))),
                End::Stray => return self.refuse_line(Trouble::Quote).map(Some),
                End::Unknown { .. } if self.ended && rest.is_empty() => return Ok(None),
                End::Unknown { open: true, .. } if self.ended => {
                    return self.refuse_line(Trouble::Quote).map(Some);
                }
                End::Unknown { .. } if self.ended => {
                    let len = rest.len();
                    return Ok(Some(Ok(self.take(len, len))));
                }
                End::Unknown { crossed, .. } if rest.len() > self.row_bytes_max => {
                    let trouble = if crossed { Trouble::Quote } else { Trouble::TooLong };
                    return self.refuse_line(trouble).map(Some);
                }
                End::Unknown { .. } => self.fill()?,
            }
        }
    }

    fn take(&mut self, end: usize, next: usize) -> (usize, usize) {
        let from = self.start;
        let passed = self.window.get(from..from + next).unwrap_or_default();
        self.line += passed.split(|byte| *byte == self.shape.line_end).count() as u64 - 1;
        self.start += next;
        (from, from + end)
    }

    /// Passes over one physical line, however long, and reports `trouble` in its place.
    fn refuse_line(&mut self, trouble: Trouble) -> Result<Span, Trouble> {
        loop {
            let rest = self.window.get(self.start..).unwrap_or_default();
            if let Some(at) = rest.iter().position(|byte| *byte == self.shape.line_end) {
                self.start += at + 1;
                self.line += 1;
                return Ok(Err(trouble));
            }
            self.start = self.window.len();
            if self.ended {
                return Ok(Err(trouble));
            }
            self.fill()?;
        }
    }

    /// Reads on. Each call at least doubles what is held, so that looking again at a long row stays linear.
    fn fill(&mut self) -> Result<(), Trouble> {
        self.window.drain(..self.start);
        self.start = 0;
        let want = self.window.len().max(BLOCK);
        let limit = (want as u64).min(self.bytes_left.saturating_add(1));
        let got = self.input.by_ref().take(limit).read_to_end(&mut self.window).map_err(Trouble::Io)?;
        self.ended = (got as u64) < limit;
        if got as u64 > self.bytes_left {
            return Err(Trouble::InputTooLong);
        }
        self.bytes_left -= got as u64;
        Ok(())
    }
}

/// Where the row at the start of `bytes` ends.
fn end_of_row(bytes: &[u8], shape: Shape) -> End {
    if !shape.quoted {
        return match bytes.iter().position(|byte| *byte == shape.line_end) {
            Some(at) => End::At(without_cr(bytes, at), at + 1),
            None => End::Unknown { crossed: false, open: false },
        };
    }
    let mut walk = Walk::new(shape);
    for (at, byte) in bytes.iter().enumerate() {
        match walk.step(*byte) {
            Step::Row => return End::At(without_cr(bytes, at), at + 1),
            Step::Stray => return End::Stray,
            _ => {}
        }
    }
    End::Unknown { crossed: walk.crossed, open: walk.place == Where::Quoted }
}

fn without_cr(bytes: &[u8], end: usize) -> usize {
    let cr = end.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'\r');
    if cr { end - 1 } else { end }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    CellStart,
    Plain,
    Quoted,
    /// Just after a quote within a quoted cell: the end of the cell, or half of a doubled quote.
    Closing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The byte belongs to the cell.
    Keep,
    /// The byte is punctuation.
    Drop,
    Cell,
    Row,
    Stray,
}

/// Walks over quoted rows byte by byte.
struct Walk {
    shape: Shape,
    place: Where,
    /// Whether the open cell began on an earlier line.
    cell_crossed: bool,
    /// Whether any cell of the row crossed a line end.
    crossed: bool,
}

impl Walk {
    fn new(shape: Shape) -> Self {
        Self { shape, place: Where::CellStart, cell_crossed: false, crossed: false }
    }

    fn step(&mut self, byte: u8) -> Step {
        match self.place {
            Where::Quoted if byte == b'"' => self.go(Where::Closing, Step::Drop),
            Where::Quoted => {
                if byte == self.shape.line_end {
                    self.cell_crossed = true;
                    self.crossed = true;
                }
                Step::Keep
            }
            Where::Closing if byte == b'"' => self.go(Where::Quoted, Step::Keep),
            Where::CellStart if byte == b'"' => {
                self.cell_crossed = false;
                self.go(Where::Quoted, Step::Drop)
            }
            _ if Some(byte) == self.shape.delimiter => self.go(Where::CellStart, Step::Cell),
            _ if byte == self.shape.line_end => self.go(Where::CellStart, Step::Row),
            Where::Closing if byte == b'\r' => Step::Drop,
            // A cell that closed on the line where it opened may go on, as spreadsheets read it: `"so" he said`.
            Where::Closing if self.cell_crossed => Step::Stray,
            _ => self.go(Where::Plain, Step::Keep),
        }
    }

    fn go(&mut self, place: Where, step: Step) -> Step {
        self.place = place;
        step
    }
}

/// The cells of one row, reused from row to row.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    /// Splits `row`. `false` where it has more than `max` cells; the first `max` are kept.
    pub(crate) fn split(&mut self, row: &[u8], shape: Shape, max: usize) -> bool {
        self.bytes.clear();
        self.ends.clear();
        if shape.quoted {
            self.split_quoted(row, shape, max)
        } else {
            self.split_literal(row, shape.delimiter, max)
        }
    }

    fn split_literal(&mut self, row: &[u8], delimiter: Option<u8>, max: usize) -> bool {
        for cell in row.split(|byte| Some(*byte) == delimiter) {
            if self.ends.len() == max {
                return false;
            }
            self.bytes.extend_from_slice(cell);
            self.ends.push(self.bytes.len());
        }
        true
    }

    fn split_quoted(&mut self, row: &[u8], shape: Shape, max: usize) -> bool {
        let mut walk = Walk::new(shape);
        for byte in row {
            match walk.step(*byte) {
                Step::Keep => self.bytes.push(*byte),
                Step::Cell if self.ends.len() + 1 == max => {
                    self.ends.push(self.bytes.len());
                    return false;
                }
                Step::Cell => self.ends.push(self.bytes.len()),
                _ => {}
            }
        }
        self.ends.push(self.bytes.len());
        true
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The n-th cell, from 0.
    pub(crate) fn get(&self, n: usize) -> Option<&[u8]> {
        let end = *self.ends.get(n)?;
        let start = n.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.bytes.get(start..end)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).filter_map(|n| self.get(n))
    }
}
