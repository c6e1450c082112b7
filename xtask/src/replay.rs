//! Plays scenarios into a fresh site of the shipped binary and holds them to their expectations.
//!
//! A scenario with a text-message gateway gets one on this machine: slow, failing now and then, posting some receipts
//! twice. What its telephones got is held as well: an answer for each who asked, and nobody twice.

use crate::demo;
use crate::player::Options;
use crate::scenario::Scenario;
use crate::site::DemoSite;
use crate::smsgate::{Args as GateArgs, Gate, Got};
use crate::tools::{Told, built, root};
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use vigie_model::Connector;

/// The fastest pace that a site plays at, in simulated seconds a second.
const SPEED: f64 = 1_440.0;
/// How long the gateway may take to bring the last message.
const PATIENCE: Duration = Duration::from_secs(20);

/// The scenarios of the loop that are replayed, by the start of their file's name.
pub const LOOP: [&str; 6] = ["s02-", "s03-", "s04-", "s05-", "s06-", "s12-"];

/// Replays every scenario of [`LOOP`].
pub fn all() -> Result<(), Told> {
    LOOP.iter().try_for_each(|name| one(&find(name)?))
}

/// The scenario whose file begins with `name`.
pub fn find(name: &str) -> Result<PathBuf, Told> {
    let folder = root().join("scenarios");
    let files = std::fs::read_dir(&folder).map_err(|cause| cause.to_string())?;
    let named = |path: &PathBuf| {
        path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name))
            && path.extension().is_some_and(|extension| extension == "toml")
    };
    let found = files.flatten().map(|file| file.path()).find(named);
    found.ok_or_else(|| format!("no scenario begins with {name}"))
}

/// Replays one file.
pub fn one(file: &Path) -> Result<(), Told> {
    let mut scenario = Scenario::open(file).map_err(|cause| cause.to_string())?;
    eprintln!("— {}", scenario.head.name);
    let listener = free_gateway(&mut scenario)?;
    let site = DemoSite::make(&built("debug").join("replay"), &scenario, "debug")?;
    let served = site.serve("127.0.0.1:0", "sim")?;
    let gate = listener.map(|listener| gateway(&scenario, &site, &served.base, listener)).transpose()?;
    let fast = Options { speed: Some(SPEED), until: None, hurry: true };
    crate::play::report(&demo::play(&served.base, site.credentials.clone(), &scenario, fast)?)?;
    if let Some(gate) = gate {
        hold_gateway(&scenario, &gate)?;
    }
    drop(served);
    let rebuilt = site.vigie(&["rebuild"], None)?;
    if rebuilt["equal"] != true {
        return Err(format!("{}: the views differ from a rebuild", scenario.head.name));
    }
    nobody_outside_the_vault(&scenario, &site)
}

/// An address of this machine for the scenario's gateway that no other program has; the register entry names it.
pub fn free_gateway(scenario: &mut Scenario) -> Result<Option<TcpListener>, Told> {
    let Some(source) = scenario.sources.iter_mut().find(|source| source.connector == Connector::Sms) else {
        return Ok(None);
    };
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|cause| cause.to_string())?;
    let address = listener.local_addr().map_err(|cause| cause.to_string())?;
    source.url = Some(format!("http://{address}/send"));
    Ok(Some(listener))
}

/// The gateway of the scenario, serving on `listener`.
pub fn gateway(
    scenario: &Scenario,
    site: &DemoSite,
    base: &str,
    listener: TcpListener,
) -> Result<Gate, Told> {
    let source = scenario.sources.iter().find(|source| source.connector == Connector::Sms);
    let source = source.ok_or("the scenario has no gateway")?;
    let args = GateArgs {
        listen: listener.local_addr().map_err(|cause| cause.to_string())?,
        intake: format!("{base}/intake/{}", source.id),
        key: site.credentials.keys.get(&source.id).cloned().ok_or("the gateway has no key")?,
        delay_ms: 50,
        fail_every: 3,
        twice_every: 2,
        deliver_nothing: false,
    };
    listener.set_nonblocking(true).map_err(|cause| cause.to_string())?;
    let gate = Gate::new(args);
    let serving = gate.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().map_err(|cause| cause.to_string())?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).map_err(|cause| cause.to_string())?;
            serving.serve(listener).await
        })
    });
    Ok(gate)
}

/// Each telephone got its receipt; where something was answered, its answer; nothing twice.
fn hold_gateway(scenario: &Scenario, gate: &Gate) -> Result<(), Told> {
    let sms = |id: &vigie_model::SourceId| {
        scenario.sources.iter().any(|source| source.id == *id && source.connector == Connector::Sms)
    };
    let wrote: BTreeSet<&str> = scenario
        .events
        .iter()
        .filter(|event| sms(&event.source) && event.text != "DISCRET")
        .map(|event| event.author.as_str())
        .collect();
    let answered = scenario.acts.iter().any(|act| {
        matches!(&act.deed, crate::scenario::Deed::Post { path, body, .. }
        if path.ends_with("/release") && body.get("channel").and_then(toml::Value::as_str) == Some("sms"))
    });
    let since = Instant::now();
    loop {
        let got = gate.got();
        let telephones: BTreeSet<&str> = got.iter().map(|one| one.to.as_str()).collect();
        let reached = !answered || telephones.len() >= wrote.len();
        if reached || since.elapsed() > PATIENCE {
            println!("{} telephones wrote, {} got {} messages", wrote.len(), telephones.len(), got.len());
            return if reached { nobody_twice(&got) } else { Err("an answer did not arrive".to_owned()) };
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn nobody_twice(got: &[Got]) -> Result<(), Told> {
    let once: BTreeSet<(&str, &str)> = got.iter().map(|one| (one.to.as_str(), one.text.as_str())).collect();
    if once.len() == got.len() { Ok(()) } else { Err("somebody got the same words twice".to_owned()) }
}

/// No file of the site's folder holds a number of somebody who wrote, nor the name or the address of a contact; the
/// vault is sealed.
fn nobody_outside_the_vault(scenario: &Scenario, site: &DemoSite) -> Result<(), Told> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let wrote = scenario.events.iter().filter(|event| event.author.starts_with('+'));
    let mut hidden: BTreeSet<String> = wrote.map(|event| digits(&event.author)).collect();
    for act in &scenario.acts {
        let crate::scenario::Deed::Post { path, body, refused: None, .. } = &act.deed else { continue };
        if path != "/contacts" {
            continue;
        }
        let text = |field: &str| body.get(field).and_then(toml::Value::as_str).map(str::to_owned);
        hidden.extend(text("name"));
        hidden.extend(text("address").map(|to| if to.starts_with('+') { digits(&to) } else { to }));
    }
    let mut folders = vec![PathBuf::from(site.dir())];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(&folder).map_err(|cause| cause.to_string())?.flatten() {
            if file.path().is_dir() {
                folders.push(file.path());
                continue;
            }
            let bytes = std::fs::read(file.path()).map_err(|cause| cause.to_string())?;
            let found = |text: &&String| bytes.windows(text.len()).any(|part| part == text.as_bytes());
            if let Some(text) = hidden.iter().find(found) {
                return Err(format!("{} stands in {}", text, file.path().display()));
            }
        }
    }
    Ok(())
}
