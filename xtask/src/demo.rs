//! `cargo xtask demo`: from a clone to a queue that fills, with one command.

use crate::player::{self, Credentials, Options, Outcome};
use crate::scenario::Scenario;
use crate::site::DemoSite;
use crate::tools::{self, Told, built, cargo, root};
use crate::{bench, replay, test};
use std::path::PathBuf;

/// How to demonstrate.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:8460")]
    listen: String,
    /// Scenario to play.
    #[arg(long)]
    scenario: Option<PathBuf>,
    /// End when the scenario is over instead of serving on.
    #[arg(long)]
    once: bool,
    /// Simulated seconds in a real one.
    #[arg(long)]
    speed: Option<f64>,
    /// The build to show.
    #[arg(long, default_value = "debug", value_parser = ["debug", "release"])]
    profile: String,
}

/// The scenario of the demo and of the end-to-end tests.
pub fn scenario_path() -> PathBuf {
    root().join("scenarios/s00-lookout.toml")
}

/// Runs the demo.
pub fn run(args: &Args) -> Result<(), Told> {
    test::build_ui()?;
    let mut build = vec!["build", "--package", "vigie", "--package", "vigie-verify", "--locked"];
    if args.profile == "release" {
        build.push("--release");
    }
    tools::run(&mut cargo(&build))?;
    let path = args.scenario.clone().unwrap_or_else(scenario_path);
    let mut scenario = Scenario::open(&path).map_err(|cause| cause.to_string())?;
    let listener = replay::free_gateway(&mut scenario)?;
    let site = DemoSite::make(&built(&args.profile).join("demo"), &scenario, &args.profile)?;
    let mut served = site.serve(&args.listen, "sim")?;
    for person in &scenario.users {
        if let Some(token) = site.enter.get(&person.name) {
            println!("{:<22} {:<28} {}/enter/{token}", person.role.word(), person.display, served.base);
        }
    }
    let _gate =
        listener.map(|listener| replay::gateway(&scenario, &site, &served.base, listener)).transpose()?;
    println!("Ctrl-C ends the demo; its store is thrown away at the next one.");
    let options = Options { speed: args.speed, until: None, hurry: false };
    let outcome = play(&served.base, site.credentials.clone(), &scenario, options)?;
    let reported = crate::play::report(&outcome);
    if args.once {
        return reported;
    }
    served.wait()
}

/// Who runs the exercise: its duty officer.
pub fn control(scenario: &Scenario) -> Result<&str, Told> {
    scenario
        .users
        .iter()
        .find(|person| person.role == vigie_model::Role::DutyOfficer)
        .map(|person| person.name.as_str())
        .ok_or_else(|| "the scenario has no duty officer".to_owned())
}

/// Plays a scenario into the site at `base` as its duty officer.
pub fn play(
    base: &str,
    credentials: Credentials,
    scenario: &Scenario,
    options: Options,
) -> Result<Outcome, Told> {
    let runtime = tokio::runtime::Runtime::new().map_err(|cause| cause.to_string())?;
    let control = control(scenario)?;
    runtime
        .block_on(player::play(base, credentials, control, scenario, options))
        .map_err(|cause| cause.to_string())
}

/// `seconds` of load on a debug build: nothing may be lost, every screen must see the end of it.
pub fn load(seconds: u64) -> Result<(), Told> {
    bench::live(&bench::Live {
        seconds,
        per_second: 200,
        screens: 20,
        browser: false,
        profile: "debug".to_owned(),
        gate: false,
    })
}
