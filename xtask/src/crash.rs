//! Kills the running binary at random points of an ingest and looks at what is left.
//!
//! Each round: start the server, post signals from several senders at once and remember every acknowledgement,
//! `kill -9` at a random moment, then: the verifier finds every entry whole and signed, a rebuild finds the views
//! equal. After every [`KILLS_A_SITE`] kills each acknowledged message is posted again and must be known under the
//! entry that acknowledged it; the next kills meet a fresh site, so that the last round costs what the first did.

use crate::scenario::Scenario;
use crate::site::{DemoSite, Served};
use crate::tools::{Told, built};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use vigie_model::SourceId;

/// How often to kill.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Rounds.
    #[arg(long, default_value_t = 200)]
    pub runs: u32,
    /// Use the release build.
    #[arg(long)]
    pub release: bool,
    /// Seed of the random moments; a failure prints the one that repeats it.
    #[arg(long)]
    pub seed: Option<u64>,
}

/// Senders at once.
const SENDERS: u64 = 4;
/// Latest moment of a kill after the first post, in milliseconds.
const KILL_MS_MAX: u64 = 600;

/// Kills that one site lives through before a fresh one takes its place.
const KILLS_A_SITE: u32 = 20;
/// How often a sender that is told to slow down comes back.
const PATIENCE: u32 = 60;

type Acknowledged = Arc<Mutex<BTreeMap<String, u64>>>;

/// Runs the rounds.
pub fn run(args: &Args) -> Result<(), Told> {
    let profile = if args.release { "release" } else { "debug" };
    let seed = match args.seed {
        Some(seed) => seed,
        None => u64::from_le_bytes(crate::tools::random()?[..8].try_into().map_err(|_| "no seed")?),
    };
    let scenario = Scenario::open(&crate::demo::scenario_path()).map_err(|cause| cause.to_string())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|cause| cause.to_string())?;
    let mut random = Random(seed);
    let (mut count, mut lost) = (0, 0);
    for first in (0..args.runs).step_by(KILLS_A_SITE as usize) {
        let rounds = first..args.runs.min(first + KILLS_A_SITE);
        let site = DemoSite::make(&built(profile).join("crash"), &scenario, profile)?;
        let of_site = kill_one_site(&site, &runtime, rounds, &mut random);
        let (kept, missing) = of_site.map_err(|cause| format!("{cause} (repeat with --seed {seed})"))?;
        count += kept;
        lost += missing;
    }
    println!(
        "{} kills, {count} acknowledged signals, {lost} lost; every journal verified, every rebuild equal",
        args.runs
    );
    if lost > 0 || count == 0 {
        return Err(format!("{lost} of {count} acknowledged signals lost (repeat with --seed {seed})"));
    }
    Ok(())
}

/// Kills one site as often as `rounds` says; how many signals it acknowledged, and how many of them it lost.
fn kill_one_site(
    site: &DemoSite,
    runtime: &tokio::runtime::Runtime,
    rounds: std::ops::Range<u32>,
    random: &mut Random,
) -> Result<(u64, u64), Told> {
    let (source, key) = site.credentials.keys.iter().next().ok_or("the scenario has no source")?;
    let acknowledged = Acknowledged::default();
    for round in rounds {
        let served = site.serve("127.0.0.1:0", "system")?;
        let after = Duration::from_millis(20 + random.next() % KILL_MS_MAX);
        runtime.block_on(ingest_until_killed(served, source, key, round, after, &acknowledged));
        judge(site, round).map_err(|cause| format!("round {round}: {cause}"))?;
    }
    let served = site.serve("127.0.0.1:0", "system")?;
    let lost = runtime.block_on(lost(&served.base, source, key, &acknowledged))?;
    let count = acknowledged.lock().unwrap_or_else(PoisonError::into_inner).len() as u64;
    Ok((count, lost))
}

/// `SplitMix64`: good enough to choose a moment, and repeatable.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

async fn ingest_until_killed(
    served: Served,
    source: &SourceId,
    key: &str,
    round: u32,
    after: Duration,
    acknowledged: &Acknowledged,
) {
    let mut senders = tokio::task::JoinSet::new();
    for sender in 0..SENDERS {
        let url = format!("{}/intake/{source}", served.base);
        let (key, acknowledged) = (key.to_owned(), acknowledged.clone());
        senders.spawn(async move {
            let http = reqwest::Client::new();
            for n in 0.. {
                let id = format!("{round}-{sender}-{n}");
                let message = json!({ "id": id, "text": format!("le message {id} est passé par le marché de la ville") });
                let Ok(seq) = post(&http, &url, &key, &message).await else { return };
                acknowledged.lock().unwrap_or_else(PoisonError::into_inner).insert(id, seq);
            }
        });
    }
    tokio::time::sleep(after).await;
    served.kill();
    while senders.join_next().await.is_some() {}
}

/// Posts one message and gives the entry that holds it; waits as long as it is told to when it is too fast.
async fn post(http: &reqwest::Client, url: &str, key: &str, message: &Value) -> Result<u64, Told> {
    let mut tries = 0;
    let answer = loop {
        let answer = http.post(url).bearer_auth(key).json(message).send().await;
        let answer = answer.map_err(|cause| cause.to_string())?;
        if answer.status() != reqwest::StatusCode::TOO_MANY_REQUESTS || tries == PATIENCE {
            break answer;
        }
        tries += 1;
        let after = answer.headers().get(reqwest::header::RETRY_AFTER);
        let seconds = after.and_then(|value| value.to_str().ok()?.parse().ok()).unwrap_or(1);
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    };
    if answer.status() != reqwest::StatusCode::ACCEPTED {
        return Err(answer.status().to_string());
    }
    let body: Value = answer.json().await.map_err(|cause| cause.to_string())?;
    body["seq"].as_u64().ok_or_else(|| "no seq in the answer".to_owned())
}

/// The record and the views after a kill.
fn judge(site: &DemoSite, round: u32) -> Result<(), Told> {
    let verified = site.vigie(&["verify"], None)?;
    if verified["ok"] != json!(true) {
        return Err(format!("round {round}: the record does not verify: {verified}"));
    }
    let rebuilt = site.vigie(&["rebuild"], None)?;
    if rebuilt["equal"] == json!(true) {
        Ok(())
    } else {
        Err(format!("the views differ from a rebuild: {rebuilt}"))
    }
}

/// Acknowledged messages that the site no longer knows under the entry it acknowledged.
async fn lost(base: &str, source: &SourceId, key: &str, acknowledged: &Acknowledged) -> Result<u64, Told> {
    let http = reqwest::Client::new();
    let url = format!("{base}/intake/{source}");
    let known = acknowledged.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut lost = 0;
    for (id, seq) in known {
        let message =
            json!({ "id": id, "text": format!("le message {id} est passé par le marché de la ville") });
        let again = post(&http, &url, key, &message).await?;
        lost += u64::from(again != seq);
    }
    Ok(lost)
}
