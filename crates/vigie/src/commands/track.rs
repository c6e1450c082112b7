//! `vigie track`: plots in, tracks out, as a tool; no site is needed.

use crate::cli::{Motion, Track};
use crate::say::{DONE, Failure, Say, TOLD};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use vigie_track::scenario::{self, DataSheet, MotionKind, Options};

/// Runs the command.
pub fn run(args: &Track, say: &Say) -> Result<u8, Failure> {
    let unreadable = |path: &std::path::Path, cause: &dyn std::fmt::Display| {
        Failure::told("file-unreadable").with("path", path.display()).with("cause", cause)
    };
    let sensor = match &args.sensor {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|cause| unreadable(path, &cause))?;
            Some(toml::from_str::<DataSheet>(&text).map_err(|cause| unreadable(path, &cause.message()))?)
        }
    };
    let motion = match args.motion {
        Motion::Cv => MotionKind::Cv,
        Motion::Imm => MotionKind::Imm,
    };
    let options = Options { sensor, estimate: args.estimate, motion, ..Options::default() };
    let input = File::open(&args.scenario).map_err(|cause| unreadable(&args.scenario, &cause))?;
    let output = File::create(&args.out).map_err(|cause| unreadable(&args.out, &cause))?;
    let mut writer = BufWriter::new(output);
    let summary = scenario::run(BufReader::new(input), &options, &mut writer)
        .map_err(|cause| unreadable(&args.scenario, &cause))?;
    writer.flush().map_err(|cause| unreadable(&args.out, &cause))?;
    for fault in &summary.faults {
        say.fault(fault);
    }
    let refused = summary.faults.len() as u64 + summary.more_faults;
    say.answer(
        &serde_json::json!({"scans": summary.scans, "faults": refused, "learned": summary.learned}),
        || vec![say.text("track-done", &[("scans", summary.scans.into()), ("faults", refused.into())])],
    )?;
    Ok(if summary.faults.is_empty() { DONE } else { TOLD })
}
