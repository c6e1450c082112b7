//! `cargo xtask scenario` and `cargo xtask play`: a scenario read, and played into a site that runs already.

use crate::player;
use crate::scenario::{Offset, Scenario, written};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::tools::Told;

/// Where to play.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file.
    file: PathBuf,
    /// Address of the site.
    #[arg(long)]
    site: String,
    /// JSON file with `passwords` by sign-in name and `keys` by source.
    #[arg(long)]
    credentials: PathBuf,
    /// Who runs the exercise.
    #[arg(long, default_value = "admin")]
    control: String,
    /// Simulated seconds in a real one, instead of the scenario's.
    #[arg(long)]
    speed: Option<f64>,
    /// Stop at this offset, such as `1h`.
    #[arg(long)]
    until: Option<Offset>,
}

fn told(cause: impl std::fmt::Display) -> Told {
    cause.to_string()
}

/// Says what a scenario holds.
pub fn describe(file: &Path) -> Result<(), Told> {
    let scenario = Scenario::open(file).map_err(told)?;
    let (first, last) = scenario.span();
    println!(
        "{}: {} events, {} acts, {} expectations, {} to {} around {}",
        scenario.head.name,
        scenario.events.len(),
        scenario.acts.len(),
        scenario.expects.len(),
        written(first),
        written(last),
        scenario.head.start,
    );
    let mut stories: BTreeMap<&str, usize> = BTreeMap::new();
    for story in scenario.events.iter().filter_map(|event| event.story.as_deref()) {
        *stories.entry(story).or_default() += 1;
    }
    for (story, signals) in stories {
        println!("{story}: {signals} signals");
    }
    Ok(())
}

/// Plays a scenario and prints what came of each expectation.
pub fn run(args: &Args) -> Result<(), Told> {
    let scenario = Scenario::open(&args.file).map_err(told)?;
    let text = std::fs::read(&args.credentials).map_err(told)?;
    let credentials: player::Credentials = serde_json::from_slice(&text).map_err(told)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(told)?;
    let options = player::Options { speed: args.speed, until: args.until, hurry: false };
    let outcome = runtime
        .block_on(player::play(&args.site, credentials, &args.control, &scenario, options))
        .map_err(told)?;
    report(&outcome)
}

/// Prints what came of a scenario; an expectation that does not hold is a failure.
pub fn report(outcome: &player::Outcome) -> Result<(), Told> {
    print!("{}", player::table(&outcome.checks));
    for refused in &outcome.refused {
        println!("FAIL {refused}");
    }
    println!("{} messages acknowledged", outcome.acknowledged);
    if outcome.is_good() { Ok(()) } else { Err("the scenario did not end as it should".to_owned()) }
}
