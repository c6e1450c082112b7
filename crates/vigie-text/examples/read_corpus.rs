//! Reads texts and prints what that cost.
//!
//! `cargo run --release -p vigie-text --example read_corpus -- FILE…` reads files of one text a line (the first line
//! is a header; of a line with tabs the longest field is the text). `-- --invented KIND N` reads N texts made to be
//! hard instead: `flood` (near-copies of one text), `among` (the same among posts that share its runs), `opening`
//! (one opening in all texts), `border` (texts just under the threshold of one another, at many lengths).

#![expect(
    clippy::disallowed_methods,
    reason = "a measuring program reads files and the clock; the engine does not"
)]

use std::io::{BufRead, BufReader};
use std::time::Instant;
use vigie_model::{LanguageBasis, Reading, SignalId};
use vigie_text::{Item, Reader, Settings};

const RUMOUR: &str =
    "la mission a livre cette nuit des caisses de fusils aux bandits du fleuve pres du grand marche";

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let texts = match args.first().map(String::as_str) {
        Some("--invented") => {
            let count: usize = args.get(2).and_then(|n| n.parse().ok()).unwrap_or(100_000);
            (0..count).map(|n| invented(args.get(1).map_or("flood", String::as_str), n)).collect()
        }
        _ => from_files(&args)?,
    };
    let before_kib = status_kib("VmRSS:");
    let mut reader = Reader::new(Settings::default());
    let mut tally = Tally::default();
    let start = Instant::now();
    for (n, text) in texts.iter().enumerate() {
        let one = Instant::now();
        let reading = reader.read(&item(n, text));
        tally.slow_us.push(one.elapsed().as_micros() as u32);
        tally.add(&reading);
    }
    let spent_s = start.elapsed().as_secs_f64();
    let after_kib = status_kib("VmRSS:");
    tally.print(&reader, spent_s);
    println!(
        "memory      {} MiB grown, {} MiB peak of the process, {} MiB by its own count",
        after_kib.saturating_sub(before_kib) >> 10,
        status_kib("VmHWM:") >> 10,
        reader.memory().bytes >> 20
    );
    Ok(())
}

#[derive(Default)]
struct Tally {
    slow_us: Vec<u32>,
    narratives: usize,
    linked: usize,
    tricked: usize,
    named: usize,
}

impl Tally {
    fn add(&mut self, reading: &Reading) {
        self.narratives += usize::from(reading.founds);
        self.narratives -= reading.absorbs.len();
        self.linked += usize::from(!reading.links.is_empty());
        self.tricked += usize::from(!reading.tricks.is_empty());
        self.named += usize::from(reading.language.basis == LanguageBasis::Script);
    }

    fn print(&mut self, reader: &Reader, spent_s: f64) {
        self.slow_us.sort_unstable();
        let count = self.slow_us.len();
        let at = |share: f64| self.slow_us.get((count as f64 * share) as usize).copied().unwrap_or(0);
        let memory = reader.memory();
        println!("signals     {count} in {spent_s:.2} s, one thread: {:.0} a second", count as f64 / spent_s);
        println!(
            "each        p50 {} µs, p99 {} µs, longest {} µs",
            at(0.5),
            at(0.99),
            self.slow_us.last().unwrap_or(&0)
        );
        println!(
            "narratives  {}; {} signals linked, {} with tricks, {} named by script",
            self.narratives, self.linked, self.tricked, self.named
        );
        println!(
            "searches    {} steps a signal, {} cut short",
            memory.steps / count.max(1) as u64,
            memory.cut_short
        );
    }
}

fn from_files(paths: &[String]) -> std::io::Result<Vec<String>> {
    let mut texts = Vec::new();
    for path in paths {
        for line in BufReader::new(std::fs::File::open(path)?).lines().skip(1) {
            texts.push(line?.split('\t').max_by_key(|field| field.len()).unwrap_or_default().to_owned());
        }
    }
    Ok(texts)
}

fn invented(kind: &str, n: usize) -> String {
    match kind {
        "among" if n.is_multiple_of(3) => {
            format!("u{n} v{n} w{n} la mission a livre x{n} y{n} z{n} cette nuit des caisses s{n} t{n} q{n}")
        }
        "opening" => format!("ici radio zarambo les nouvelles a{n} b{n} c{n} d{n} e{n} f{n}"),
        "border" => {
            let own: Vec<String> = (0..9 + n % 8).map(|w| format!("w{n}x{w}")).collect();
            format!("{RUMOUR} {}", own.join(" "))
        }
        _ => {
            let mut words: Vec<&str> = RUMOUR.split(' ').collect();
            let (at, new) = (n % words.len(), format!("x{n}"));
            words[at] = &new;
            words.join(" ")
        }
    }
}

fn item(n: usize, text: &str) -> Item<'_> {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&(n as u64).to_be_bytes());
    let received_at = jiff::Timestamp::UNIX_EPOCH;
    Item {
        signal: SignalId::new(n as i64, random),
        pool: 1,
        text,
        pictures: &[],
        lang_hint: None,
        seen_at: None,
        received_at,
    }
}

/// A line of the kernel's account of this process, in KiB; 0 where there is none.
fn status_kib(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
