//! Chores of the project: build, demonstrate, test, measure.

mod bench;
mod bench_text;
mod ci;
mod conformance;
mod crash;
mod demo;
mod house;
mod load;
mod play;
mod player;
mod scenario;
mod site;
mod test;
mod tools;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the project: build, demonstrate, test, measure")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build everything, make a fresh demo store, play a scenario and print the links.
    Demo(demo::Args),
    /// Set up what the tests need and run them all: Rust, UI, end to end in a browser.
    Test(test::Args),
    /// What continuous integration runs.
    Ci,
    /// Measure, beside a peer in the same run.
    Bench(bench::Args),
    /// Kill the running binary at random points and look at what is left.
    Crash(crash::Args),
    /// Compare with vectors that others wrote.
    Conformance {
        /// Folder of the test data.
        #[arg(long)]
        data: PathBuf,
    },
    /// Feed mutated inputs to one reader: table_csv, table_jsonl, intake, feed, sniff.
    Fuzz {
        /// The reader.
        target: String,
        /// For how long.
        #[arg(long, default_value_t = 60)]
        seconds: u64,
    },
    /// Build the screens into ui/dist.
    Ui,
    /// Read a scenario and say what is in it, or why it is none.
    Scenario {
        /// The file.
        file: PathBuf,
    },
    /// Play a scenario into a running demonstration site and hold it to its expectations.
    Play(play::Args),
    /// Write openapi.json anew.
    Bless,
}

fn main() -> ExitCode {
    // HTTP clients want one; where somebody installed it already, theirs serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let done = match Cli::parse().chore {
        Chore::Demo(args) => demo::run(&args),
        Chore::Test(args) => test::run(&args),
        Chore::Ci => ci::run(),
        Chore::Bench(args) => bench::run(&args),
        Chore::Crash(args) => crash::run(&args),
        Chore::Conformance { data } => conformance::run(&data),
        Chore::Fuzz { target, seconds } => {
            let seconds = seconds.to_string();
            let args = [
                "run",
                "--release",
                "--package",
                "vigie-wire",
                "--example",
                "fuzz",
                "--",
                &target,
                "--seconds",
                &seconds,
            ];
            tools::run(&mut tools::cargo(&args))
        }
        Chore::Ui => test::build_ui(),
        Chore::Scenario { file } => play::describe(&file),
        Chore::Play(args) => play::run(&args),
        Chore::Bless => test::bless(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{cause}");
            ExitCode::FAILURE
        }
    }
}
