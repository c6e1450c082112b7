//! What every family of `vigie decode` gives: records on standard output, faults on standard error, bytes again.
//!
//! A fault is one line `offset, length, reason`; it comes as [`Fault`] with [`At::Byte`] and, where it covers
//! more than a point, the argument `length` in bytes. Any fault makes the exit code 1.

use crate::cli::DecodeFile;
use crate::say::{DONE, Failure, Say, TOLD};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Read, StdoutLock, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use vigie_model::{At, Fault, Limits};

/// Faults that the JSON answer of a summary repeats; all of them stand on standard error.
const FAULTS_SHOWN: usize = 1_000;

/// Reads a whole file, up to [`Limits::RECORDING`].
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |cause| unusable(path, &cause);
    let limit = Limits::RECORDING.bytes_max;
    let mut bytes = Vec::new();
    File::open(path).map_err(unreadable)?.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        let limit_mb = limit >> 20;
        return Err(Failure::told("decode-too-large")
            .with("path", path.display())
            .with("limit_mb", limit_mb));
    }
    Ok(bytes)
}

fn unusable(path: &Path, cause: &std::io::Error) -> Failure {
    Failure::told("file-unreadable").with("path", path.display()).with("cause", cause)
}

/// Where a run of `vigie decode` puts what it finds.
pub struct Output<'s> {
    say: &'s Say,
    lines: Option<BufWriter<StdoutLock<'static>>>,
    again: Option<(BufWriter<File>, PathBuf)>,
    counts: BTreeMap<String, u64>,
    records: u64,
    faults: u64,
    shown: Vec<Value>,
}

impl<'s> Output<'s> {
    /// Opens what the flags ask for.
    pub fn open(args: &DecodeFile, say: &'s Say) -> Result<Self, Failure> {
        let again = args.reencode.clone().map(|path| match File::create(&path) {
            Ok(file) => Ok((BufWriter::new(file), path)),
            Err(cause) => Err(unusable(&path, &cause)),
        });
        Ok(Self {
            say,
            lines: args.jsonl.then(|| BufWriter::new(std::io::stdout().lock())),
            again: again.transpose()?,
            counts: BTreeMap::new(),
            records: 0,
            faults: 0,
            shown: Vec::new(),
        })
    }

    /// Whether records are to be encoded again.
    pub const fn wants_bytes(&self) -> bool {
        self.again.is_some()
    }

    /// One record: counted under `kind`; `value` is its line, made only where lines are asked for.
    pub fn record<V: Serialize>(&mut self, kind: &str, value: impl FnOnce() -> V) -> Result<(), Failure> {
        self.records += 1;
        match self.counts.get_mut(kind) {
            Some(count) => *count += 1,
            None => drop(self.counts.insert(kind.to_owned(), 1)),
        }
        let Some(out) = &mut self.lines else { return Ok(()) };
        let line = serde_json::to_string(&value()).map_err(Failure::ours)?;
        heard(writeln!(out, "{line}"))
    }

    /// Bytes of the file encoded again, in order.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let Some((out, path)) = &mut self.again else { return Ok(()) };
        out.write_all(bytes).map_err(|cause| unusable(path, &cause))
    }

    /// One fault: a line `offset, length, reason` on standard error, or its JSON.
    pub fn fault(&mut self, fault: &Fault) -> Result<(), Failure> {
        self.faults += 1;
        let offset = match fault.at {
            At::Byte(at) | At::Row(at) => at,
            At::Whole => 0,
        };
        let length: u64 = fault.args.get("length").and_then(|text| text.parse().ok()).unwrap_or(0);
        // The place stands before the reason already.
        let placeless = Fault { at: At::Whole, ..fault.clone() };
        let problem = self.say.problem(&placeless);
        let value =
            json!({"offset": offset, "length": length, "code": problem.code, "reason": problem.message});
        let mut err = std::io::stderr().lock();
        let written = if self.say.json() {
            writeln!(err, "{value}")
        } else {
            writeln!(err, "{offset}, {length}, {} ({})", problem.message, problem.code)
        };
        if self.shown.len() < FAULTS_SHOWN {
            self.shown.push(value);
        }
        heard(written)
    }

    /// Ends the run: `extra` joins the JSON summary, `lines` the one for people.
    pub fn finish(
        mut self,
        extra: &Map<String, Value>,
        lines: impl FnOnce() -> Vec<String>,
    ) -> Result<u8, Failure> {
        if let Some((out, path)) = &mut self.again {
            out.flush().map_err(|cause| unusable(path, &cause))?;
        }
        match &mut self.lines {
            Some(out) => heard(out.flush())?,
            None => self.summary(extra, lines)?,
        }
        Ok(if self.faults == 0 { DONE } else { TOLD })
    }

    fn summary(
        &self,
        extra: &Map<String, Value>,
        lines: impl FnOnce() -> Vec<String>,
    ) -> Result<(), Failure> {
        let mut answer = json!({
            "records": self.records, "kinds": self.counts, "faults": self.faults, "fault_list": self.shown,
        });
        if let Some(answer) = answer.as_object_mut() {
            answer.extend(extra.clone());
        }
        self.say.answer(&answer, || {
            let count = |(kind, n): (&String, &u64)| {
                self.say.text("decode-kind", &[("kind", kind.as_str().into()), ("count", (*n).into())])
            };
            let mut told: Vec<String> = self.counts.iter().map(count).collect();
            told.extend(lines());
            let args = [("records", self.records.into()), ("faults", self.faults.into())];
            told.push(self.say.text("decode-done", &args));
            told
        })
    }
}

/// Whoever reads us may stop reading.
fn heard(written: std::io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => Err(Failure::ours(cause)),
        _ => Ok(()),
    }
}

/// Encodes a file again: records from what they say, all between them as it stood.
pub struct Copy<'a> {
    bytes: &'a [u8],
    done: usize,
}

impl<'a> Copy<'a> {
    /// Of this file.
    pub const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, done: 0 }
    }

    /// A record in place of those bytes.
    pub fn put(
        &mut self,
        output: &mut Output<'_>,
        place: Range<usize>,
        record: &[u8],
    ) -> Result<(), Failure> {
        output.bytes(self.bytes.get(self.done..place.start).unwrap_or_default())?;
        self.done = place.end;
        output.bytes(record)
    }

    /// What stands behind the last record.
    pub fn finish(self, output: &mut Output<'_>) -> Result<(), Failure> {
        output.bytes(self.bytes.get(self.done..).unwrap_or_default())
    }
}
