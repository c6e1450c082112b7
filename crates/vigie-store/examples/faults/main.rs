//! Stops the store at every point at which it touches the disk, and looks at what is left.
//!
//! A small program walks one of the store's paths (taking signals in, a file, an erasure, a backup, a restore, an upgrade)
//! under `strace`, which writes down every write, sync, cut, rename and removal with its bytes. Each of these points is
//! then a moment at which the process is killed (before, within, after) or the power goes (only what was synced is left,
//! or that and some of the rest): the folder is made as it would be found, opened, verified, rebuilt, and every fact that
//! the program had told as done must be there. `strace` also lets single calls fail: no room, an input or output error, a
//! failed sync. Real files, the real SQLite: nothing stands in for either.
//!
//! `cargo xtask faults`

mod disk;
mod judge;
mod trace;
mod work;

use disk::{Chance, Disk, Kept};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use trace::Op;

/// What is asked for.
struct Asked {
    seeds: u64,
    every: usize,
    flips: u64,
    calls: bool,
    only: Option<String>,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [what, name, root] = args.as_slice()
        && what == "work"
    {
        return work::run(name, Path::new(root));
    }
    let value = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + 1).cloned()
    };
    let count = |name: &str, default: u64| value(name).and_then(|text| text.parse().ok()).unwrap_or(default);
    let asked = Asked {
        seeds: count("--seeds", 2),
        every: count("--every", 1).max(1) as usize,
        flips: count("--flips", 2_000),
        calls: count("--calls", 1) > 0,
        only: value("--only"),
    };
    match all(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{cause}");
            ExitCode::FAILURE
        }
    }
}

type Told = String;

fn all(asked: &Asked) -> Result<(), Told> {
    if Command::new("strace").arg("-V").output().is_err() {
        return Err("strace is needed: apt-get install strace".to_owned());
    }
    let (mut cuts, mut failures, mut bad) = (Count::default(), Count::default(), Vec::new());
    for name in work::ALL.iter().filter(|name| asked.only.as_deref().is_none_or(|only| only == **name)) {
        let before = bad.len();
        let crash = crashes(name, asked, &mut bad)?;
        println!(
            "{name}: {} points, {} states, {} facts held each time, {} wrong, slowest opening {} ms",
            crash.points,
            crash.states,
            crash.facts,
            bad.len() - before,
            crash.slowest.as_millis()
        );
        cuts.add(&crash);
        if !asked.calls {
            continue;
        }
        let before = bad.len();
        let failed = errors(name, asked, &mut bad)?;
        println!(
            "{name}: {} calls made to fail ({} ENOSPC, {} EIO, {} failed syncs), {} wrong",
            failed.states,
            failed.kinds[0],
            failed.kinds[1],
            failed.kinds[2],
            bad.len() - before
        );
        failures.add(&failed);
    }
    println!(
        "{} crash points × outcomes = {} states, {} calls made to fail: {} acknowledged facts lost, slowest opening {} ms",
        cuts.points,
        cuts.states,
        failures.states,
        bad.len(),
        cuts.slowest.max(failures.slowest).as_millis()
    );
    if asked.flips > 0 && asked.only.is_none() {
        println!("{}", judge::flips(asked.flips, &mut bad)?);
    }
    for one in bad.iter().take(20) {
        println!("LOST: {one}");
    }
    if bad.is_empty() { Ok(()) } else { Err(format!("{} outcomes are not as they must be", bad.len())) }
}

#[derive(Debug, Default)]
struct Count {
    points: u64,
    states: u64,
    facts: u64,
    kinds: [u64; 3],
    slowest: Duration,
}

impl Count {
    fn add(&mut self, other: &Self) {
        self.points += other.points;
        self.states += other.states;
        self.slowest = self.slowest.max(other.slowest);
    }
}

/// A folder in memory where there is one: thousands of states are written.
fn scratch() -> Result<tempfile::TempDir, Told> {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.map_err(|cause| cause.to_string())
}

fn traced(name: &str, root: &Path, extra: &[&str]) -> Result<(Vec<String>, String), Told> {
    let own = std::env::current_exe().map_err(|cause| cause.to_string())?;
    let log = root.with_extension("strace");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-y", "-xx", "-s", "67108864", "-o"]).arg(&log).args(extra);
    let output = command.arg("--").arg(own).args(["work", name]).arg(root).output();
    let output = output.map_err(|cause| cause.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    if output.status.code() == Some(101) {
        return Err(format!("{name} panicked: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let log = std::fs::read_to_string(&log).map_err(|cause| cause.to_string())?;
    Ok((said, log))
}

fn crashes(name: &str, asked: &Asked, bad: &mut Vec<Told>) -> Result<Count, Told> {
    let place = scratch()?;
    let root = place.path().join("walk");
    work::prepare(name, &root)?;
    let mut disk = Disk::of(&root);
    let (_, log) = traced(name, &root, &["-e", &format!("trace={}", trace::CALLS)])?;
    let ops = trace::read(&log, &root);
    let mut count = Count::default();
    let mut told: Vec<String> = Vec::new();
    for (number, op) in ops.iter().enumerate() {
        if let Op::Told(line) = op {
            told.push(line.clone());
            continue;
        }
        count.points += 1;
        let looked_at = number % asked.every == 0;
        let mut outcomes = vec![Kept::Synced];
        if matches!(op, Op::Write(..)) {
            outcomes.push(Kept::Torn);
        }
        outcomes.extend((0..asked.seeds).map(|seed| Kept::Some(seed.wrapping_mul(7_919) ^ number as u64)));
        if looked_at {
            for kept in outcomes {
                look(name, &disk, &root, kept, Some(op), (number, &told), &mut count, bad)?;
            }
        }
        disk.apply(op);
        if looked_at {
            look(name, &disk, &root, Kept::Live, None, (number, &told), &mut count, bad)?;
        }
    }
    count.facts = told.len() as u64;
    Ok(count)
}

#[expect(
    clippy::too_many_arguments,
    reason = "one state: of which path, on which disk, when, and what was told"
)]
fn look(
    name: &str,
    disk: &Disk,
    root: &Path,
    kept: Kept,
    next: Option<&Op>,
    (number, told): (usize, &[String]),
    count: &mut Count,
    bad: &mut Vec<Told>,
) -> Result<(), Told> {
    let place = scratch()?;
    let found = place.path().join("found");
    disk.write(root, &found, kept, next).map_err(|cause| cause.to_string())?;
    count.states += 1;
    let since = Instant::now();
    match judge::holds(name, &found, told) {
        Ok(opening) => count.slowest = count.slowest.max(opening),
        Err(cause) => bad.push(format!("{name}, point {number}, {kept:?} ({:?}): {cause}", since.elapsed())),
    }
    Ok(())
}

/// Lets the n-th call of each sort fail, for every n.
fn errors(name: &str, asked: &Asked, bad: &mut Vec<Told>) -> Result<Count, Told> {
    let mut count = Count::default();
    let calls: [(&str, &str, &str, usize); 5] = [
        ("pwrite64", "ENOSPC", "+", 0),
        ("pwrite64", "EIO", "", 1),
        ("write", "ENOSPC", "+", 0),
        ("fdatasync", "EIO", "", 2),
        ("fsync", "EIO", "", 2),
    ];
    let counted = how_often(name)?;
    for (call, error, and_on, kind) in calls {
        for nth in (1..=counted.get(call).copied().unwrap_or(0)).step_by(asked.every * 3) {
            let place = scratch()?;
            let root = place.path().join("walk");
            work::prepare(name, &root)?;
            // What is told may fail to be told as well: then it was not.
            let (trace, inject) =
                (format!("trace={call}"), format!("inject={call}:error={error}:when={nth}{and_on}"));
            let (told, _) = match traced(name, &root, &["-e", &trace, "-e", &inject]) {
                Ok(walked) => walked,
                Err(cause) => {
                    bad.push(format!("{name}, {call} {nth} {error}: {cause}"));
                    continue;
                }
            };
            count.states += 1;
            count.kinds[kind] += 1;
            match judge::holds(name, &root, &told) {
                Ok(opening) => count.slowest = count.slowest.max(opening),
                Err(cause) => bad.push(format!("{name}, {call} {nth} {error}: {cause}")),
            }
        }
    }
    Ok(count)
}

/// How often each call is made on this path.
fn how_often(name: &str) -> Result<BTreeMap<String, usize>, Told> {
    let place = scratch()?;
    let root = place.path().join("walk");
    work::prepare(name, &root)?;
    let (_, log) = traced(name, &root, &["-e", "trace=pwrite64,write,fsync,fdatasync"])?;
    let mut counted = BTreeMap::new();
    for line in log.lines() {
        let call = line.split_once(' ').and_then(|(_, rest)| rest.trim_start().split_once('('));
        if let Some((call, _)) = call {
            *counted.entry(call.to_owned()).or_insert(0) += 1;
        }
    }
    Ok(counted)
}

/// Seeds of the flips, for `judge`.
fn chance(seed: u64) -> Chance {
    Chance(seed)
}
