//! Stops the store at every point at which it touches the disk: see `crates/vigie-store/examples/faults`.

use crate::tools::{self, Told, built, cargo, program};
use std::process::{Command, Stdio};

/// How thoroughly.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Power cuts by chance at each point.
    #[arg(long, default_value_t = 2)]
    pub seeds: u64,
    /// Look at every n-th point only.
    #[arg(long, default_value_t = 1)]
    pub every: u64,
    /// Bits to flip.
    #[arg(long, default_value_t = 2_000)]
    pub flips: u64,
    /// One path only: intake, erase, backup, restore, upgrade or generation.
    #[arg(long)]
    pub only: Option<String>,
    /// Use the release build.
    #[arg(long)]
    pub release: bool,
}

/// Whether `strace` is here and may follow a program: some containers forbid it.
pub fn possible() -> bool {
    let mut probe = Command::new("strace");
    probe.args(["-f", "-o", "/dev/null", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

/// Builds the program and runs it.
pub fn run(args: &Args) -> Result<(), Told> {
    let profile = if args.release { "release" } else { "debug" };
    let mut build = cargo(&["build", "--workspace", "--all-targets", "--locked"]);
    if args.release {
        build.arg("--release");
    }
    tools::run(&mut build)?;
    let path = built(profile).join("examples").join("faults");
    let mut faults = program(&path.display().to_string(), &[]);
    faults.args(["--seeds", &args.seeds.to_string(), "--every", &args.every.to_string()]);
    faults.args(["--flips", &args.flips.to_string()]);
    if let Some(only) = &args.only {
        faults.args(["--only", only]);
    }
    tools::run(&mut faults)
}
