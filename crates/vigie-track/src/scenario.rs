//! Runs the tracker over a scenario file of JSON lines.
//!
//! Line 1 is the sensor's data sheet; of it only the members of [`DataSheet`] are read. Each further line is a scan
//! `{"t": s, "det": [[x, y, …], …]}`, of which only the time and the first two numbers of each detection are read: the
//! rest of the file is the answer sheet. Out comes one line a scan, `{"t": s, "tracks": [[label, x, y], …]}`, written before
//! the next is read: the output for a cut file is a prefix of the output for the whole one. A line that cannot be read is
//! named in the summary and gives no line.

use crate::engine::Tracker;
use crate::estimate::Learner;
use crate::motion::Motion;
use crate::plane::V2;
use crate::scan::{Outcome, Plot, Scan, ScanError};
use crate::sensor::Look;
pub use crate::sheet::{DataSheet, SheetError};
use crate::track::PlotId;
use serde::Deserialize;
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use std::io::{BufRead, Read, Write};
use vigie_model::{At, Fault, Limits};

/// Faults listed one by one; the rest is counted.
const FAULTS_MAX: usize = 1_000;

/// Which motion the tracker assumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MotionKind {
    /// Nearly-constant velocity.
    #[default]
    Cv,
    /// Nearly-constant velocity and turns to either side.
    Imm,
}

/// How to run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Motion models.
    pub motion: MotionKind,
    /// Data sheet to use in place of line 1.
    pub sensor: Option<DataSheet>,
    /// Ignore line 1 and learn the sheet from the plots ([`crate::estimate`]).
    pub estimate: bool,
    /// Bounds: bytes in all, bytes a line (`field_bytes_max`), scans (`items_max`).
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self { motion: MotionKind::Cv, sensor: None, estimate: false, limits: Limits::IMPORT }
    }
}

/// Why a run ended before the end of its input.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The input could not be read or the output not written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Line 1 holds no data sheet.
    #[error("line 1 is no data sheet: {0}")]
    NoDataSheet(#[source] serde_json::Error),
    /// The data sheet is none that a sensor can have.
    #[error(transparent)]
    BadDataSheet(#[from] SheetError),
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Scans tracked.
    pub scans: u64,
    /// The sheet as learned by the end, where it was estimated.
    pub learned: Option<DataSheet>,
    /// Lines and plots refused, the first thousand.
    pub faults: Vec<Fault>,
    /// Further faults.
    pub more_faults: u64,
}

#[derive(Deserialize)]
struct Head {
    params: DataSheet,
}

#[derive(Deserialize)]
struct ScanLine {
    t: f64,
    det: Vec<Detection>,
}

/// The first two numbers of a detection; whatever follows is not looked at.
struct Detection(f64, f64);

struct Pair;

impl<'de> Visitor<'de> for Pair {
    type Value = Detection;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a detection [x, y]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Detection, A::Error> {
        let missing = |n| serde::de::Error::invalid_length(n, &"two numbers");
        let x = seq.next_element()?.ok_or_else(|| missing(0))?;
        let y = seq.next_element()?.ok_or_else(|| missing(1))?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Detection(x, y))
    }
}

impl<'de> Deserialize<'de> for Detection {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Pair)
    }
}

/// Reads a scenario, tracks it and writes the picture after each scan.
pub fn run(reader: impl BufRead, options: &Options, writer: impl Write) -> Result<Summary, RunError> {
    let mut lines = Lines {
        reader: reader.take(options.limits.bytes_max),
        limits: options.limits,
        line: Vec::new(),
        row: 0,
    };
    let head = lines.next()?;
    let sheet = match (options.sensor, options.estimate, head) {
        (Some(sheet), ..) => sheet,
        (None, true, _) => Learner::GUESS,
        (None, false, head) => {
            serde_json::from_slice::<Head>(head.text()).map_err(RunError::NoDataSheet)?.params
        }
    };
    sheet.check()?;
    match options.motion {
        MotionKind::Cv => follow(lines, options, sheet.tracker(), DataSheet::motion, writer),
        MotionKind::Imm => {
            follow(lines, options, sheet.tracker_with_turns(), DataSheet::motion_with_turns, writer)
        }
    }
}

/// Reads one scan line: its time and its plots. A plot's id is the line's number (upper half) and its place in the line.
pub fn read_scan(line: &[u8], row: u64) -> Result<(f64, Vec<Plot>), serde_json::Error> {
    let scan: ScanLine = serde_json::from_slice(line)?;
    let plot = |(place, at): (usize, &Detection)| {
        Plot::new(PlotId(row << 32 | place as u64), Look::Plane(V2::new(at.0, at.1)))
    };
    Ok((scan.t, scan.det.iter().enumerate().map(plot).collect()))
}

/// Lines of bounded length.
struct Lines<R> {
    reader: R,
    limits: Limits,
    line: Vec<u8>,
    row: u64,
}

enum Line<'a> {
    Text(&'a [u8]),
    TooLong,
    End,
}

impl<'a> Line<'a> {
    fn text(self) -> &'a [u8] {
        if let Self::Text(text) = self { text } else { &[] }
    }
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> std::io::Result<Line<'_>> {
        self.line.clear();
        if self.row > self.limits.items_max {
            return Ok(Line::End);
        }
        let most = self.limits.field_bytes_max as u64;
        if self.reader.by_ref().take(most).read_until(b'\n', &mut self.line)? == 0 {
            return Ok(Line::End);
        }
        self.row += 1;
        if self.line.ends_with(b"\n") || (self.line.len() as u64) < most {
            return Ok(Line::Text(&self.line));
        }
        // The rest of the line is passed over in pieces: it is never held.
        while !self.line.ends_with(b"\n") {
            self.line.clear();
            if self.reader.by_ref().take(most).read_until(b'\n', &mut self.line)? == 0 {
                break;
            }
        }
        Ok(Line::TooLong)
    }
}

impl Summary {
    fn fault(&mut self, fault: Fault) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(fault);
        } else {
            self.more_faults += 1;
        }
    }

    fn note(&mut self, row: u64, plots: usize, outcome: &Outcome) {
        let at = At::Row(row);
        if !outcome.refused.is_empty() {
            self.fault(Fault::new(at, "track-plots-refused").with("count", outcome.refused.len()));
        }
        if outcome.beyond > 0 {
            self.fault(Fault::new(at, "track-plots-beyond").with("count", outcome.beyond));
        }
        if let Some(expected) = outcome.flood {
            self.fault(Fault::new(at, "track-flood").with("count", plots).with("expected", expected.round()));
        }
    }
}

fn follow<const M: usize>(
    mut lines: Lines<impl BufRead>,
    options: &Options,
    mut tracker: Tracker<M>,
    motion: impl Fn(&DataSheet) -> Motion<M>,
    mut writer: impl Write,
) -> Result<Summary, RunError> {
    let mut summary = Summary::default();
    let mut learner = options.estimate.then(Learner::default);
    loop {
        let row = lines.row + 1;
        let read = match lines.next()? {
            Line::End => return Ok(summary),
            Line::TooLong => Err(Fault::new(At::Row(row), "track-line-too-long")),
            Line::Text(text) => {
                read_scan(text, row).map_err(|_| Fault::new(At::Row(row), "track-not-a-scan"))
            }
        };
        let (at_s, plots) = match read {
            Ok(scan) => scan,
            Err(fault) => {
                summary.fault(fault);
                continue;
            }
        };
        let scan = Scan { sensor: 0, at_s, plots: &plots };
        // A scan that will be refused must teach nothing.
        let in_order = tracker.now_s().is_none_or(|now| at_s > now);
        if let Some(learner) = learner.as_mut().filter(|_| in_order) {
            let sheet = learner.before(at_s, &plots);
            tracker.retune(sheet.settings(), motion(&sheet), &[sheet.sensor()]);
        }
        match tracker.step(&scan) {
            Ok(outcome) => summary.note(row, plots.len(), &outcome),
            Err(error) => {
                summary.fault(Fault::new(At::Row(row), code(error)));
                continue;
            }
        }
        if let Some(learner) = &mut learner {
            learner.after(&scan, &tracker);
            summary.learned = Some(learner.sheet());
        }
        summary.scans += 1;
        write_picture(&tracker, at_s, &mut writer)?;
    }
}

fn code(error: ScanError) -> &'static str {
    match error {
        ScanError::Late { .. } | ScanError::Repeated => "track-scan-late",
        ScanError::NoSensor(_) | ScanError::NoTime => "track-not-a-scan",
    }
}

fn write_picture<const M: usize>(
    tracker: &Tracker<M>,
    at_s: f64,
    writer: &mut impl Write,
) -> std::io::Result<()> {
    write!(writer, "{{\"t\": {at_s}, \"tracks\": [")?;
    for (n, point) in tracker.picture().enumerate() {
        let comma = if n == 0 { "" } else { ", " };
        write!(writer, "{comma}[\"{}\", {:.3}, {:.3}]", point.label, point.at.x, point.at.y)?;
    }
    writeln!(writer, "]}}")
}
