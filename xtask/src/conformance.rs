//! Runs the tests that compare with vectors others wrote; the data are never part of the project.

use crate::peers;
use crate::test::some;
use crate::tools::{self, Told};
use std::path::Path;

/// Runs every conformance test against `data`.
pub fn run(data: &Path) -> Result<(), Told> {
    let data = data.canonicalize().map_err(|cause| format!("{}: {cause}", data.display()))?;
    tools::run(some("vigie-evidence", "it", "").env("VIGIE_DATA", &data))?;
    tools::run(some("vigie-wire", "it", "asterix::data").env("VIGIE_DATA", &data))?;
    tools::run(some("vigie-wire", "it", "conformance").env("VIGIE_DATA", &data))?;
    tools::run(some("vigie-text", "it", "peers").env("VIGIE_DATA", &data))?;
    peers::exchange(&data)
}
