//! `vigie decode sapient`.

use super::output::{self, Output};
use crate::cli::DecodeFile;
use crate::say::{Failure, Say};
use serde_json::json;
use vigie_model::Limits;
use vigie_wire::sapient;

/// Runs the command. What is encoded again is what was sound: a refused message is not passed on.
pub fn run(args: &DecodeFile, say: &Say) -> Result<u8, Failure> {
    let bytes = output::read(&args.file)?;
    let mut output = Output::open(args, say)?;
    let decoded = sapient::decode(&bytes, &Limits::RECORDING);
    for record in &decoded.records {
        output.record(record.kind(), || {
            let range = &record.bytes;
            json!({
                "offset": range.start, "length": range.end - range.start, "kind": record.kind(),
                "unknown_fields": record.unknown_fields, "message": record.to_json(),
            })
        })?;
        if output.wants_bytes() {
            output.bytes(&record.to_frame())?;
        }
    }
    decoded.faults.iter().try_for_each(|fault| output.fault(fault))?;
    output.finish(&serde_json::Map::new(), Vec::new)
}
