//! `vigie decode mavlink`.

use super::output::{self, Copy, Output};
use crate::cli::DecodeFile;
use crate::say::{Failure, Say};
use serde_json::{Map, Value, json};
use vigie_model::Limits;
use vigie_wire::mavlink::{Form, Reader, Record};

/// Runs the command. What is encoded again is every message from its typed form; all else is passed on as it stood.
pub fn run(args: &DecodeFile, say: &Say) -> Result<u8, Failure> {
    let bytes = output::read(&args.file)?;
    let mut output = Output::open(args, say)?;
    let mut again = Copy::of(&bytes);
    let mut reader = Reader::new(&bytes, &Limits::RECORDING);
    let (form, mut implausible) = (reader.form(), 0_u64);
    for found in &mut reader {
        let record = match found {
            Ok(record) => record,
            Err(fault) => {
                output.fault(&fault)?;
                continue;
            }
        };
        implausible += u64::from(!record.implausible().is_empty());
        output.record(record.kind(), || line(&record))?;
        if output.wants_bytes() {
            let stamp = if form == Form::Recording { 8 } else { 0 };
            let (start, frame) = (record.bytes.start as usize + stamp, record.to_frame());
            // A signature behind the frame is passed on as it stood.
            again.put(&mut output, start..start + frame.len(), &frame)?;
        }
    }
    again.finish(&mut output)?;
    let unfinished = reader.unfinished().map(|range| range.end - range.start);
    let mut extra = Map::new();
    let form = if form == Form::Recording { "recording" } else { "stream" };
    extra.insert("form".to_owned(), form.into());
    extra.insert("implausible".to_owned(), implausible.into());
    extra.insert("unfinished_bytes".to_owned(), unfinished.into());
    output.finish(&extra, || {
        let mut told = Vec::new();
        if implausible > 0 {
            told.push(say.text("mavlink-implausible", &[("count", implausible.into())]));
        }
        if let Some(bytes) = unfinished {
            told.push(say.text("mavlink-unfinished", &[("bytes", bytes.into())]));
        }
        told
    })
}

fn line(record: &Record) -> Value {
    let mut line = json!({
        "offset": record.bytes.start, "length": record.bytes.end - record.bytes.start, "kind": record.kind(),
        "received_us": record.received_us, "version": record.version, "system": record.system,
        "component": record.component, "sequence": record.sequence, "message": record.message,
    });
    if record.signed {
        line["signature"] = "unverified".into();
    }
    if !record.beyond().is_empty() {
        line["unknown_bytes"] = record.beyond().len().into();
    }
    let implausible = record.implausible();
    if !implausible.is_empty() {
        line["implausible"] = implausible.into();
    }
    line
}
