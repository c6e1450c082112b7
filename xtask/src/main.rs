//! Chores of the project: build, demonstrate, test, measure.

mod asterix_tables;
mod bench;
mod bench_text;
mod ci;
mod conformance;
mod crash;
mod demo;
mod house;
mod import;
mod load;
mod models;
mod package;
mod peers;
mod play;
mod player;
mod replay;
mod sapient;
mod sbom;
mod scenario;
mod site;
mod smsgate;
mod test;
mod tools;
mod train;
mod wave;

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
    /// Import a table of very many rows with one bad one among them, twice.
    Import(import::Args),
    /// Compare with vectors that others wrote.
    Conformance {
        /// Folder of the test data.
        #[arg(long)]
        data: PathBuf,
    },
    /// Make the ASTERIX tables of `vigie-wire` anew from specifications in the form of asterix-specs.
    AsterixTables {
        /// Folder of the specifications.
        #[arg(long)]
        specs: PathBuf,
    },
    /// Feed mutated inputs to one reader, or to each in turn.
    Fuzz {
        /// The reader: all, table_csv, table_jsonl, intake, feed, sniff, gazetteer, asterix, klv, mavlink, sapient, cot or exchange.
        target: String,
        /// For how long each.
        #[arg(long, default_value_t = 60)]
        seconds: u64,
        /// What the inputs are drawn by: the same seed gives the same inputs.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Build the screens into ui/dist.
    Ui,
    /// Read a scenario and say what is in it, or why it is none.
    Scenario {
        /// The file.
        file: PathBuf,
    },
    /// Play scenarios into fresh sites of the shipped binary and hold them to their expectations.
    Replay {
        /// The files; without any, those of the first loop.
        files: Vec<PathBuf>,
    },
    /// Walk the second scenario in a browser, by its people, with a text-message gateway.
    Story,
    /// Play a scenario into a running demonstration site and hold it to its expectations.
    Play(play::Args),
    /// Make a model that is committed with the project, from texts that are not.
    Train(train::Args),
    /// Fetch the models that the project does not carry, and say where they lie.
    Models,
    /// A text-message gateway on this machine, with the habits of real ones.
    SmsGateway(smsgate::Args),
    /// Make the Debian package and try it.
    Package(package::Args),
    /// Print what the shipped programs are made of (CycloneDX).
    Sbom,
    /// Change a journal in thousands of drawn ways and let the verifier find each.
    Mutations {
        /// How many changes.
        #[arg(long, default_value_t = 10_000)]
        count: u64,
        /// What they are drawn by.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Write openapi.json and the types of the screens anew.
    Bless,
    /// Make the SAPIENT messages and rules anew from the published definitions.
    Sapient {
        /// Folder that holds sapient_msg/bsi_flex_335_v2_0.
        #[arg(long)]
        protos: PathBuf,
    },
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
        Chore::Import(args) => import::run(&args),
        Chore::Conformance { data } => conformance::run(&data),
        Chore::AsterixTables { specs } => asterix_tables::run(&specs),
        Chore::Fuzz { target, seconds, seed } => {
            let (seconds, seed) = (seconds.to_string(), seed.to_string());
            let example = ["run", "--release", "--package", "vigie-wire", "--example", "fuzz", "--"];
            let args = [target.as_str(), "--seconds", &seconds, "--seed", &seed];
            let args = [&example[..], &args[..]].concat();
            tools::run(&mut tools::cargo(&args))
        }
        Chore::Ui => test::build_ui(),
        Chore::Scenario { file } => play::describe(&file),
        Chore::Play(args) => play::run(&args),
        Chore::Replay { files } if files.is_empty() => replay::all(),
        Chore::Replay { files } => files.iter().try_for_each(|file| replay::one(file)),
        Chore::Story => test::story(),
        Chore::SmsGateway(args) => smsgate::run(args),
        Chore::Models => models::run(),
        Chore::Train(args) => train::run(&args),
        Chore::Package(args) => package::run(&args),
        Chore::Sbom => sbom::write().map(|list| println!("{list}")),
        Chore::Mutations { count, seed } => {
            let test = [
                "test",
                "--release",
                "--locked",
                "--package",
                "vigie-verify",
                "--test",
                "it",
                "many",
                "--",
                "--nocapture",
            ];
            let (count, seed) = (count.to_string(), seed.to_string());
            tools::run(tools::cargo(&test).env("VIGIE_MUTATIONS", count).env("VIGIE_SEED", seed))
        }
        Chore::Bless => test::bless(),
        Chore::Sapient { protos } => sapient::run(&protos),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{cause}");
            ExitCode::FAILURE
        }
    }
}
