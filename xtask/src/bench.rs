//! Measures, beside a peer in the same run; figures are CPU seconds or ratios, since machines are noisy.

use crate::peers;
use crate::scenario::Scenario;
use crate::site::DemoSite;
use crate::tools::{self, Told, built, cargo};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use vigie_model::{
    Actor, Compartment, Compartments, Connector, Event, IdempotencyKey, Signal, SignalId, SignalKind,
    SourceEntry, SourceId,
};
use vigie_store::{Draft, InitOptions, KeySource, Store, SystemClock};

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Durable appends beside a bare SQLite loop, with one writer and with 256.
    Journal,
    /// Import of a folder of tables by the release build, twice.
    Import {
        /// Folder with the tables.
        #[arg(long)]
        data: PathBuf,
    },
    /// ASTERIX: records a CPU second on a capture repeated, and the cost of hostile input.
    Asterix {
        /// Folder of the test data.
        #[arg(long)]
        data: PathBuf,
    },
    /// The decoders and the tracker of others beside ours: values, speed, GOSPA. Needs Python and PyPI.
    Peers {
        /// Folder of the test data.
        #[arg(long)]
        data: PathBuf,
        /// Folder of the sensor bench: makes scenarios, scores tracks, runs the peers. Without it the decoders of ASTERIX alone.
        #[arg(long)]
        bench: Option<PathBuf>,
        /// CPU seconds that a tracker of others may take for one scenario.
        #[arg(long, default_value_t = 60)]
        peer_cpu_s: u32,
    },
    /// Real motion, a stated radar, another's encoder, then `vigie decode` and `vigie track`: GOSPA and latency.
    Truth {
        /// Folder of the test data.
        #[arg(long)]
        data: PathBuf,
        /// The vigie to measure, instead of building the release.
        #[arg(long)]
        vigie: Option<PathBuf>,
    },
    /// Co-ordination, near-copies, claims.
    Text(crate::bench_text::Text),
    /// What others' programs need for the same, where they are installed.
    PeersText(crate::bench_text::Peers),
    /// Signals posted to the intake until they reach open screens.
    Live(Live),
    /// How often the interval of an effect holds the truth, on invented series.
    Effect(Effect),
    /// The language model on sources that it did not learn from.
    Language(crate::train::measure::Args),
    /// The model of meaning beside another's engine of it: speed, vectors, finding translations. Needs Python and PyPI.
    Meaning(crate::models::Meaning),
    /// Suggestions of classes on HateCheck, function by function.
    Classes(crate::train::classes::Args),
}

/// How many series.
#[derive(Debug, clap::Args)]
pub struct Effect {
    /// Series drawn for each line.
    #[arg(long, default_value_t = 1000)]
    pub runs: u64,
    /// Seed of the first series.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Draw the demanded cells alone, and fail where one holds the truth in less than 93 % or more than 97 %.
    #[arg(long)]
    pub gate: bool,
}

/// How much load.
#[derive(Debug, clap::Args)]
pub struct Live {
    /// For how long.
    #[arg(long, default_value_t = 30)]
    pub seconds: u64,
    /// Signals a second.
    #[arg(long, default_value_t = 200)]
    pub per_second: u64,
    /// Open screens.
    #[arg(long, default_value_t = 20)]
    pub screens: u64,
    /// The build to measure.
    #[arg(long, default_value = "release", value_parser = ["debug", "release"])]
    pub profile: String,
    /// Let one of the screens be a page in Chromium, timed until it is painted.
    #[arg(long)]
    pub browser: bool,
    /// Fail where the 99th percentile reaches 300 ms.
    #[arg(long)]
    pub gate: bool,
}

/// Runs one measurement.
pub fn run(args: &Args) -> Result<(), Told> {
    match &args.what {
        What::Journal if cfg!(debug_assertions) => {
            tools::run(&mut cargo(&["run", "--release", "--package", "xtask", "--", "bench", "journal"]))
        }
        What::Journal => journal(),
        What::Import { data } => import(data),
        What::Live(args) => live(args),
        What::Effect(args) => effect(args),
        What::Asterix { data } => peers::asterix(data),
        What::Peers { data, bench, peer_cpu_s } => {
            peers::side_by_side(data)?;
            bench.as_ref().map_or(Ok(()), |bench| peers::sensors(data, bench, *peer_cpu_s))
        }
        What::Truth { data, vigie } => peers::truth(data, vigie.as_deref()),
        What::Meaning(args) => crate::models::measure(args),
        What::Language(args) => crate::train::measure::run(args),
        What::Classes(args) => crate::train::classes::run(args),
        What::Text(args) => crate::bench_text::text(args),
        What::PeersText(args) => crate::bench_text::peers(args),
    }
}

fn effect(args: &Effect) -> Result<(), Told> {
    let (runs, seed) = (args.runs.to_string(), args.seed.to_string());
    let mut words = vec!["run", "--release", "--package", "vigie-desk", "--example", "effect", "--"];
    words.extend(["--runs", &runs, "--seed", &seed]);
    if args.gate {
        words.push("--gate");
    }
    tools::run(&mut cargo(&words))
}

fn told(cause: impl std::fmt::Display) -> Told {
    cause.to_string()
}

/// CPU seconds of this process so far, user and system.
fn cpu_s() -> Result<f64, Told> {
    let stat = std::fs::read_to_string("/proc/self/stat").map_err(told)?;
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: Vec<u64> = after.split_whitespace().skip(11).take(2).filter_map(|t| t.parse().ok()).collect();
    // Linux counts in hundredths of a second on every architecture it runs on.
    Ok(ticks.iter().sum::<u64>() as f64 / 100.0)
}

fn bench_source() -> Draft {
    let entry = SourceEntry {
        id: "bench".parse().unwrap_or_else(|_| unreachable!("a valid name")),
        name: "Bench".to_owned(),
        kind: SignalKind::Post,
        connector: Connector::Intake,
        url: None,
        purpose: "measuring".to_owned(),
        basis: "synthetic signals".to_owned(),
        owner: "developers".to_owned(),
        retention_days: 1,
        licence: None,
        languages: Vec::new(),
        compartments: Compartments::of(&[Compartment::Operations]),
        poll_s: None,
        allow_private: Vec::new(),
        zone: None,
    };
    Draft::new(Actor::Console, Event::SourceRegistered(entry))
}

fn bench_signal(store: &Store, n: u64) -> Result<Draft, Told> {
    let source: SourceId = "bench".parse().map_err(told)?;
    let signal = Signal {
        id: SignalId::new(store.now().as_millisecond(), store.new_id_bytes().map_err(told)?),
        source: source.clone(),
        kind: SignalKind::Post,
        key: IdempotencyKey(format!("bench-{n}")),
        text: format!(
            "Message {n} : le marché ouvre à sept heures et la route du nord est praticable aujourd'hui."
        ),
        author: Some(format!("compte-{}", n % 97)),
        url: None,
        lang: Some("fr".to_owned()),
        channel: None,
        place: None,
        seen_at: None,
        reported_at: None,
        sheet: None,
        attachments: Vec::new(),
        raw_base64: None,
        source_ref: None,
    };
    Ok(Draft::new(Actor::Source(source), Event::SignalReceived(signal)))
}

/// Rounds in which the two loops take turns, so that the machine's mood falls on both.
const ROUNDS: u64 = 12;
/// Appends of one loop in one round.
const APPENDS: u64 = 150;
/// Writers of the second figure.
const WRITERS: u64 = 256;
/// Appends of each.
const APPENDS_EACH: u64 = 80;

fn journal() -> Result<(), Told> {
    let folder = tempdir("bench-journal")?;
    let bare = rusqlite::Connection::open(folder.join("bare.db")).map_err(told)?;
    bare.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE entry(seq INTEGER PRIMARY KEY, leaf BLOB)",
    )
    .map_err(told)?;
    let options = InitOptions {
        site: "bench".to_owned(),
        mission: "Bench".to_owned(),
        zone: "UTC".to_owned(),
        demo: false,
    };
    let key = KeySource::File(folder.join("site.key"));
    let store = Store::init(&folder.join("site"), &key, &options, Arc::new(SystemClock)).map_err(told)?;
    store.commit(vec![bench_source()]).map_err(told)?;
    let leaf = vec![b'x'; 300];
    let (mut bare_s, mut ours_s, mut n) = (0.0, 0.0, 0);
    for _ in 0..ROUNDS {
        let since = Instant::now();
        for _ in 0..APPENDS {
            bare.execute("INSERT INTO entry(leaf) VALUES (?)", [&leaf]).map_err(told)?;
        }
        bare_s += since.elapsed().as_secs_f64();
        let since = Instant::now();
        for _ in 0..APPENDS {
            n += 1;
            store.commit(vec![bench_signal(&store, n)?]).map_err(told)?;
        }
        ours_s += since.elapsed().as_secs_f64();
    }
    let total = (ROUNDS * APPENDS) as f64;
    let (bare_rate, ours_rate) = (total / bare_s, total / ours_s);
    println!(
        "one writer: bare SQLite {bare_rate:.0}/s, journal {ours_rate:.0}/s, ratio {:.2} (at least 0.40)",
        ours_rate / bare_rate
    );
    let before = cpu_s()?;
    let since = Instant::now();
    std::thread::scope(|scope| -> Result<(), Told> {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let store = store.clone();
                scope.spawn(move || -> Result<(), Told> {
                    for n in 0..APPENDS_EACH {
                        let draft = bench_signal(&store, 1_000_000 + writer * 10_000 + n)?;
                        store.commit(vec![draft]).map_err(told)?;
                    }
                    Ok(())
                })
            })
            .collect();
        writers
            .into_iter()
            .try_for_each(|writer| writer.join().map_err(|_| "a writer panicked".to_owned())?)
    })?;
    let appends = (WRITERS * APPENDS_EACH) as f64;
    let per_append_us = (cpu_s()? - before) * 1e6 / appends;
    println!(
        "{WRITERS} writers: {:.0}/s, {per_append_us:.0} µs CPU per append (at most 100), views in the same transaction",
        appends / since.elapsed().as_secs_f64()
    );
    Ok(())
}

fn tempdir(name: &str) -> Result<PathBuf, Told> {
    let folder = built("release").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(told)?;
    Ok(folder)
}

/// Imports every table below `data` twice; the second time must add nothing.
fn import(data: &Path) -> Result<(), Told> {
    tools::run(&mut cargo(&["build", "--release", "--package", "vigie", "--locked"]))?;
    let folder = tempdir("bench-import")?;
    let scenario = Scenario::open(&crate::demo::scenario_path()).map_err(told)?;
    let site = DemoSite::make(&folder, &scenario, "release")?;
    let map = folder.join("map.toml");
    std::fs::write(&map, "[file]\ndelimiter = \"\\t\"\n[columns]\ntext = \"tweet\"\n").map_err(told)?;
    let map = map.display().to_string();
    for pass in ["first", "again"] {
        let mut sum = Sum::default();
        for file in tables(data)? {
            let path = file.display().to_string();
            // Every table numbers its rows from the start, so each is a source of its own to the importer.
            let name = source_of(&file);
            if pass == "first" {
                add_source(&site, &name)?;
            }
            let report = site.import(&path, &name, Some(&map))?;
            sum.add(&report);
        }
        println!("{pass}: {sum}");
    }
    Ok(())
}

fn source_of(file: &Path) -> String {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or("table");
    let folder = file.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or("");
    let mut name =
        format!("t-{folder}-{stem}").to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    name.truncate(48);
    name
}

fn add_source(site: &DemoSite, name: &str) -> Result<(), Told> {
    let args = [
        "source",
        "add",
        name,
        "--connector",
        "file",
        "--purpose",
        "measuring",
        "--basis",
        "open data",
        "--owner",
        "developers",
        "--retention-days",
        "1",
    ];
    site.vigie(&args, None).map(|_| ())
}

fn tables(folder: &Path) -> Result<Vec<PathBuf>, Told> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).map_err(|cause| format!("{}: {cause}", dir.display()))? {
            let path = entry.map_err(told)?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "tsv" || end == "csv") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[derive(Default)]
struct Sum {
    rows: u64,
    new: u64,
    repeated: u64,
    refused: u64,
    cpu_s: f64,
    peak_mib: f64,
}

impl Sum {
    fn add(&mut self, report: &Value) {
        let n = |name: &str| report[name].as_u64().unwrap_or(0);
        self.rows += n("rows");
        self.new += n("new");
        self.repeated += n("repeated");
        self.refused += n("refused");
        self.cpu_s += report["cost"]["cpu_s"].as_f64().unwrap_or(0.0);
        self.peak_mib = self.peak_mib.max(report["cost"]["peak_bytes"].as_f64().unwrap_or(0.0) / 1_048_576.0);
    }
}

impl std::fmt::Display for Sum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} rows, {} new, {} known, {} refused; {:.1} s CPU in all (at most 120 over two cores), peak {:.0} MiB (at most 400)",
            self.rows, self.new, self.repeated, self.refused, self.cpu_s, self.peak_mib
        )
    }
}

/// Posts at a steady rate and times each signal to every open screen.
pub fn live(args: &Live) -> Result<(), Told> {
    // The debug build is the one that all tests share: building one package alone would build its libraries again.
    let build: &[&str] = match args.profile.as_str() {
        "release" => &["build", "--package", "vigie", "--locked", "--release"],
        _ => &["build", "--workspace", "--all-targets", "--locked"],
    };
    tools::run(&mut cargo(build))?;
    let scenario = Scenario::open(&crate::demo::scenario_path()).map_err(told)?;
    let site = DemoSite::make(&built(&args.profile).join("bench-live"), &scenario, &args.profile)?;
    let served = site.serve("127.0.0.1:0", "system")?;
    let runtime = tokio::runtime::Runtime::new().map_err(told)?;
    let seen =
        runtime.block_on(crate::load::run(&site, crate::demo::control(&scenario)?, &served.base, args))?;
    println!("{seen}");
    [Some(seen.streams), seen.painted].into_iter().flatten().try_for_each(|delays| {
        if delays.lost > 0 {
            return Err(format!("{} signals never reached a screen", delays.lost));
        }
        if args.gate && delays.p99 >= Duration::from_millis(300) {
            return Err(format!("99 % within {} ms, more than 300", delays.p99.as_millis()));
        }
        Ok(())
    })
}
