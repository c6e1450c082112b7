//! `vigie decode asterix`.

use super::output::{self, Output};
use crate::cli::DecodeAsterix;
use crate::say::{Failure, Say};

/// Runs the command.
pub fn run(args: &DecodeAsterix, say: &Say) -> Result<u8, Failure> {
    let bytes = output::read(&args.file.file)?;
    let mut output = Output::open(&args.file, say)?;
    output.fault(
        &vigie_model::Fault::new(vigie_model::At::Byte(0), "asterix-foreign").with("length", bytes.len()),
    )?;
    output.finish(&serde_json::Map::new(), Vec::new)
}
