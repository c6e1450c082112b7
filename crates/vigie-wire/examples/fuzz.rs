//! The long run of the fuzz targets: `cargo run --release -p vigie-wire --example fuzz -- feed --seconds 600`.
//!
//! Mutates the corpus without end; a failing input is written beside the corpus and replayed by naming it.
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
    let Some((name, target)) =
        TARGETS.into_iter().find(|(name, _)| args.first().is_some_and(|arg| arg == name))
    else {
        let names = TARGETS.map(|(name, _)| name).join(" | ");
        eprintln!("usage: fuzz {names} [FILE | --seconds N] [--seed N]");
        return ExitCode::from(2);
    };
    let number = |flag: &str| {
        args.iter().position(|arg| arg == flag).and_then(|at| args.get(at + 1)?.parse::<u64>().ok())
    };
    if let Some(file) = args.get(1).filter(|arg| !arg.starts_with("--")) {
        target(&std::fs::read(file).expect("the file named can be read"));
        return ExitCode::SUCCESS;
    }
    run(name, target, Duration::from_secs(number("--seconds").unwrap_or(10)), number("--seed").unwrap_or(1))
}

fn run(name: &str, target: fn(&[u8]), time: Duration, seed: u64) -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let files = std::fs::read_dir(&folder).expect("the corpus");
    let corpus: Vec<Vec<u8>> =
        files.map(|file| std::fs::read(file.expect("readable").path()).expect("readable")).collect();
    let (mut mutator, begun, mut inputs, mut slowest) =
        (Mutator::new(seed), Instant::now(), 0_u64, Duration::ZERO);
    while begun.elapsed() < time {
        let input = mutator.next(&corpus);
        let start = Instant::now();
        let held = std::panic::catch_unwind(|| target(&input)).is_ok();
        slowest = slowest.max(start.elapsed());
        inputs += 1;
        if !held || slowest > SLOW {
            let file = folder.join(format!("failing-{seed}-{inputs}"));
            std::fs::write(&file, &input).expect("the corpus can be written");
            eprintln!("{name}: input {inputs} of seed {seed} {}", if held { "is slow" } else { "fails" });
            eprintln!("replay: cargo run -p vigie-wire --example fuzz -- {name} {}", file.display());
            return ExitCode::FAILURE;
        }
    }
    println!("{name}: {inputs} inputs held, seed {seed}, slowest {} ms", slowest.as_millis());
    ExitCode::SUCCESS
}
