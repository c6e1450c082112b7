//! Tracks a scenario: `cargo run --release -p vigie-track --example track -- SCENARIO --out TRACKS [--motion cv|imm]`.
//!
//! `--speed SECONDS` repeats the tracking in memory for that long instead and prints scans per CPU second.
#![expect(clippy::disallowed_methods, reason = "a command: it reads its scenario and looks at the clock")]

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;
use vigie_track::scenario::{self, DataSheet, MotionKind, Options};
use vigie_track::{Plot, Scan, Tracker};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |flag: &str| args.iter().position(|arg| arg == flag).and_then(|at| args.get(at + 1));
    let Some(path) = args.first().filter(|arg| !arg.starts_with("--")) else {
        eprintln!("usage: track SCENARIO --out TRACKS [--motion cv|imm] | track SCENARIO --speed SECONDS");
        return ExitCode::from(2);
    };
    let motion = if value("--motion").is_some_and(|m| m == "imm") { MotionKind::Imm } else { MotionKind::Cv };
    let reader = BufReader::new(File::open(path).expect("the scenario can be read"));
    if let Some(seconds) = value("--speed") {
        speed(reader, motion, seconds.parse().expect("seconds"));
        return ExitCode::SUCCESS;
    }
    let estimate = args.iter().any(|arg| arg == "--estimate");
    let options = Options { motion, estimate, ..Options::default() };
    let out = value("--out").map_or("/dev/stdout", String::as_str);
    let mut writer = BufWriter::new(File::create(out).expect("the tracks can be written"));
    let summary = scenario::run(reader, &options, &mut writer).expect("a scenario");
    writer.flush().expect("the tracks can be written");
    if let Some(sheet) = summary.learned.filter(|_| args.iter().any(|arg| arg == "--sheet")) {
        eprintln!("{sheet:?}");
    }
    for fault in &summary.faults {
        eprintln!("{fault:?}");
    }
    ExitCode::from(u8::from(!summary.faults.is_empty()))
}

/// CPU seconds of this process so far (Linux).
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").expect("a Linux kernel");
    stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).expect("nanoseconds") / 1e9
}

fn speed(reader: impl BufRead, motion: MotionKind, seconds: f64) {
    let mut lines = reader.lines().map(|line| line.expect("a line"));
    let head: serde_json::Value = serde_json::from_str(&lines.next().expect("line 1")).expect("JSON");
    let sheet: DataSheet = serde_json::from_value(head["params"].clone()).expect("a data sheet");
    let scans: Vec<(f64, Vec<Plot>)> =
        lines.map(|line| scenario::read_scan(line.as_bytes(), 0).expect("a scan")).collect();
    match motion {
        MotionKind::Cv => repeat(&scans, seconds, || sheet.tracker()),
        MotionKind::Imm => repeat(&scans, seconds, || sheet.tracker_with_turns()),
    }
}

fn repeat<const M: usize>(scans: &[(f64, Vec<Plot>)], seconds: f64, fresh: impl Fn() -> Tracker<M>) {
    let (start, mut done, mut shown, mut worst) = (cpu_s(), 0_u64, 0_usize, 0.0_f64);
    while cpu_s() - start < seconds {
        let mut tracker = fresh();
        for (at_s, plots) in scans {
            let before = std::time::Instant::now();
            tracker.step(&Scan { sensor: 0, at_s: *at_s, plots }).expect("in order");
            shown += tracker.picture().count();
            worst = worst.max(before.elapsed().as_secs_f64());
            done += 1;
        }
    }
    let spent = cpu_s() - start;
    println!(
        "{{\"scans_per_cpu_s\": {:.0}, \"cpu_ms_per_scan\": {:.4}, \"shown_per_scan\": {:.1}, \"worst_wall_ms\": {:.3}}}",
        done as f64 / spent,
        spent * 1e3 / done as f64,
        shown as f64 / done as f64,
        worst * 1e3
    );
}
