//! The long run of the fuzz targets: `cargo run --release -p vigie-wire --example fuzz -- feed --seconds 600`.
//!
//! Mutates the corpus without end; a failing input is written beside the corpus and replayed by naming it. `all` gives
//! each reader its seconds in turn.
#![expect(clippy::disallowed_methods, reason = "a command: it reads its corpus and looks at the clock")]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use targets::{Mutator, TARGETS};

/// One input may take this long.
const SLOW: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let asked = args.first().map_or("", String::as_str);
    let targets: Vec<_> = TARGETS.into_iter().filter(|(name, _)| asked == *name || asked == "all").collect();
    if targets.is_empty() {
        let names = TARGETS.map(|(name, _)| name).join(" | ");
        eprintln!("usage: fuzz all | {names} [FILE | --seconds N] [--seed N]");
        return ExitCode::from(2);
    }
    if let Some(file) = args.get(1).filter(|arg| !arg.starts_with("--")) {
        let input = std::fs::read(file).expect("the file named can be read");
        for (_, target) in &targets {
            target(&input);
        }
        return ExitCode::SUCCESS;
    }
    let number = |flag: &str| {
        args.iter().position(|arg| arg == flag).and_then(|at| args.get(at + 1)?.parse::<u64>().ok())
    };
    let time = Duration::from_secs(number("--seconds").unwrap_or(10));
    let seed = number("--seed").unwrap_or(1);
    let held = targets.into_iter().filter(|(name, target)| !run(name, *target, time, seed));
    if held.count() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether every input held.
fn run(name: &str, target: fn(&[u8]), time: Duration, seed: u64) -> bool {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let files = std::fs::read_dir(&folder).expect("the corpus");
    let mut files: Vec<_> = files.map(|file| file.expect("readable").path()).collect();
    files.sort();
    let corpus: Vec<_> = files.into_iter().map(|file| std::fs::read(file).expect("readable")).collect();
    let (mut mutator, begun, mut inputs, mut slowest) =
        (Mutator::new(seed), Instant::now(), 0_u64, Duration::ZERO);
    let mut input = Vec::new();
    while begun.elapsed() < time {
        mutator.next(&corpus, &mut input);
        let (held, took) = try_out(target, &input);
        slowest = slowest.max(took);
        inputs += 1;
        if !held || slowest > SLOW {
            let file = folder.join(format!("failing-{seed}-{inputs}"));
            std::fs::write(&file, &input).expect("the corpus can be written");
            eprintln!("{name}: input {inputs} of seed {seed} {}", if held { "is slow" } else { "fails" });
            eprintln!("replay: cargo run -p vigie-wire --example fuzz -- {name} {}", file.display());
            return false;
        }
    }
    println!("{name}: {inputs} inputs held, seed {seed}, slowest {} ms", slowest.as_millis());
    true
}

/// Whether the input held, and the time it took: the least of three where other work may have come between.
fn try_out(target: fn(&[u8]), input: &[u8]) -> (bool, Duration) {
    let once = || {
        let begun = Instant::now();
        (std::panic::catch_unwind(|| target(input)).is_ok(), begun.elapsed())
    };
    let first = once();
    if !first.0 || first.1 < Duration::from_millis(2) {
        return first;
    }
    (0..2).map(|_| once()).fold(first, |least, next| (least.0 && next.0, least.1.min(next.1)))
}
