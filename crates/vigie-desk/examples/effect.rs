//! How often the interval of an effect holds the truth, on invented series whose truth is known.

use jiff::{Timestamp, tz::Offset};
use vigie_desk::effect::simulate::{Chain, Course, Invented, Seeded};
use vigie_desk::effect::{CannotSay, Effect, HourlySeries, Measured, WeekRhythm, measure};

/// How much.
#[derive(Debug)]
struct Args {
    /// Series drawn for each line.
    runs: u64,
    /// Seed of the first series; every line draws the same seeds.
    seed: u64,
    /// Draw the demanded cells alone, and fail where one holds the truth in less than 93 % or more than 97 %.
    gate: bool,
}

impl Args {
    fn read(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut args = Self { runs: 1000, seed: 1, gate: false };
        let mut words = words.skip(1);
        while let Some(word) = words.next() {
            let mut number =
                || words.next().and_then(|n| n.parse().ok()).ok_or(format!("{word} needs a number"));
            match word.as_str() {
                "--runs" => args.runs = number()?,
                "--seed" => args.seed = number()?,
                "--gate" => args.gate = true,
                _ => return Err(format!("{word}: not one of --runs N, --seed N, --gate")),
            }
        }
        Ok(args)
    }
}

fn main() -> Result<(), String> {
    run(&Args::read(std::env::args())?)
}

/// CPU seconds of this process so far, user and system; 0 where there is no `/proc`.
#[expect(clippy::disallowed_methods, reason = "the bench reads its own CPU time, the crate reads nothing")]
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: Vec<u64> = after.split_whitespace().skip(11).take(2).filter_map(|t| t.parse().ok()).collect();
    ticks.iter().sum::<u64>() as f64 / 100.0
}

const HEAD: &str = "| | Holds the truth, % | Claims a change, % | of these a fall, % | Refused, % | Interval, median | CPU, µs |\n|---|---|---|---|---|---|---|";
const RHOS: [f64; 3] = [0.0, 0.3, 0.6];
const EFFECTS: [f64; 3] = [0.0, -0.3, -0.6];

/// What became of the runs of one line.
#[derive(Default)]
struct Tally {
    runs: u64,
    held: u64,
    falls: u64,
    rises: u64,
    refused: [u64; 3],
    widths: Vec<f64>,
    cpu_s: f64,
}

impl Tally {
    fn add(&mut self, said: Result<Effect, CannotSay>, truth: f64) {
        self.runs += 1;
        match said {
            Ok(effect) => {
                self.held += u64::from(effect.low <= truth && truth <= effect.high);
                self.falls += u64::from(effect.high < 1.0);
                self.rises += u64::from(effect.low > 1.0);
                self.widths.push((effect.high / effect.low.max(1e-9)).sqrt());
            }
            Err(CannotSay::Growing) => self.refused[0] += 1,
            Err(CannotSay::Turning) => self.refused[1] += 1,
            Err(_) => self.refused[2] += 1,
        }
    }

    fn said(&self) -> u64 {
        self.widths.len() as u64
    }

    fn covers(&self) -> f64 {
        share(self.held, self.said())
    }

    fn line(&mut self, name: &str) -> String {
        self.widths.sort_by(f64::total_cmp);
        let median =
            self.widths.get(self.widths.len() / 2).map_or("–".to_owned(), |w| format!("×÷ {w:.2}"));
        let [growing, turning, few] = self.refused.map(|n| share(n, self.runs));
        let said = |n: u64| {
            if self.said() == 0 { "–".to_owned() } else { format!("{:.1}", share(n, self.said())) }
        };
        format!(
            "| {name} | {} | {} | {} | {:.1} (growing {growing:.1}, turning {turning:.1}, too few {few:.1}) | {median} | {:.0} |",
            said(self.held),
            said(self.falls + self.rises),
            said(self.falls),
            growing + turning + few,
            1e6 * self.cpu_s / self.runs.max(1) as f64,
        )
    }
}

fn share(n: u64, of: u64) -> f64 {
    100.0 * n as f64 / of.max(1) as f64
}

/// Prints every table.
fn run(args: &Args) -> Result<(), String> {
    let mut outside = Vec::new();
    let chains = [
        (Chain::Counts, "Hours correlate as counts (the cells that are demanded)"),
        (Chain::Intensity, "A hidden intensity correlates"),
        (Chain::Echo, "An hour's mean answers the last count"),
    ];
    // A gate draws the demanded cells alone.
    for (chain, words) in chains.into_iter().take(if args.gate { 1 } else { chains.len() }) {
        for mean in [5.0, 20.0] {
            println!("\n### {words}; {mean} signals an hour\n\n{HEAD}");
            for (rho, effect) in RHOS.into_iter().flat_map(|rho| EFFECTS.map(|effect| (rho, effect))) {
                let cell = Invented { chain, mean, rho, effect, ..Invented::WEEK };
                let mut tally = drawn(&cell, args);
                let name = format!("ρ {rho}, effect {:.0} %", 100.0 * effect);
                println!("{}", tally.line(&name));
                if chain == Chain::Counts && !(93.0..=97.0).contains(&tally.covers()) {
                    outside.push(format!("{mean} an hour, {name}: {:.1} %", tally.covers()));
                }
            }
        }
    }
    if !args.gate {
        beyond(args)?;
    }
    if outside.is_empty() {
        println!("\nevery demanded cell is within 93 to 97 %");
    } else {
        println!("\noutside 93 to 97 %: {}", outside.join("; "));
    }
    if args.gate && !outside.is_empty() {
        Err("a demanded cell is outside 93 to 97 %".to_owned())
    } else {
        Ok(())
    }
}

/// What is not demanded and worth knowing.
fn beyond(args: &Args) -> Result<(), String> {
    println!("\n### Fewer signals, other noise, other lengths\n\n{HEAD}");
    for (name, cell) in others() {
        println!("{}", drawn(&cell, args).line(&name));
    }
    println!("\n### No effect, but a story with a course of its own\n\n{HEAD}");
    for (name, cell) in courses() {
        println!("{}", drawn(&cell, args).line(&name));
    }
    println!(
        "\n### A week with quiet days (amplitude 0.3), the answer at any hour of it, no effect\n\n{HEAD}"
    );
    weeks(args)?;
    Ok(())
}

fn others() -> Vec<(String, Invented)> {
    let mut lines = Vec::new();
    for (rho, effect) in [(0.0, 0.0), (0.0, -0.6), (0.6, 0.0), (0.6, -0.6)] {
        let base = Invented { rho, effect, ..Invented::WEEK };
        let effect = format!("ρ {rho}, effect {:.0} %", 100.0 * effect);
        lines.push((format!("0.5 an hour, {effect}"), Invented { mean: 0.5, ..base }));
        lines.push((
            format!("hardly overdispersed (k = 1000), {effect}"),
            Invented { dispersion: 1e3, ..base },
        ));
        lines.push((format!("very overdispersed (k = 1), {effect}"), Invented { dispersion: 1.0, ..base }));
        lines.push((
            format!("3 days before, 1 after, {effect}"),
            Invented { before_h: 72, after_h: 24, ..base },
        ));
        lines.push((format!("14 days before, {effect}"), Invented { before_h: 336, ..base }));
    }
    lines.sort_by(|a, b| a.1.before_h.cmp(&b.1.before_h).then(a.1.mean.total_cmp(&b.1.mean)));
    lines
}

fn courses() -> Vec<(String, Invented)> {
    let mut lines = Vec::new();
    for rho in [0.0, 0.6] {
        let base = Invented { rho, ..Invented::WEEK };
        for mean in [0.5, 1.0, 5.0] {
            let fading = Invented { mean, course: Course::Fading(24.0), ..base };
            lines.push((format!("halves every 24 h, {mean} an hour at the issue, ρ {rho}"), fading));
        }
        for peak_before_h in [-24.0, 0.0, 24.0, 48.0, 72.0, 96.0, 120.0] {
            let course = Course::Burst { doubling_h: 12.0, peak_before_h, half_life_h: 24.0 };
            let when = if peak_before_h < 0.0 { "after" } else { "before" };
            let name = format!("peak {:.0} h {when} the issue, ρ {rho}", peak_before_h.abs());
            lines.push((name, Invented { mean: 10.0, course, ..base }));
        }
        let slowing = Invented { course: Course::Slowing(180.0), ..base };
        lines.push((format!("fades ever more slowly (1/age), ρ {rho}"), slowing));
    }
    lines
}

fn series(cell: &Invented, issued_at: Timestamp, from: &mut Seeded) -> HourlySeries {
    let (before, after) = cell.draw(from);
    HourlySeries { measured: Measured::Volume, issued_at, before, after }
}

fn drawn(cell: &Invented, args: &Args) -> Tally {
    let all: Vec<HourlySeries> = (args.seed..args.seed + args.runs)
        .map(|seed| series(cell, Timestamp::UNIX_EPOCH, &mut Seeded::new(seed)))
        .collect();
    let mut tally = Tally::default();
    let begun = cpu_s();
    for series in &all {
        tally.add(measure(series, None), 1.0 + cell.effect);
    }
    tally.cpu_s = cpu_s() - begun;
    tally
}

/// The same series with and without the site's own four weeks, which carry 60 signals an hour.
fn weeks(args: &Args) -> Result<(), String> {
    const HOUR_S: i64 = 3_600;
    for rho in [0.0, 0.3, 0.6] {
        let (mut known, mut unknown) = (Tally::default(), Tally::default());
        for seed in args.seed..args.seed + args.runs {
            let week_h = (seed % 168) as i64;
            let cell = Invented { rho, weekly: 0.3, week_h: week_h as f64, mean: 20.0, ..Invented::WEEK };
            let issued_at = Timestamp::from_second(week_h * HOUR_S).map_err(|cause| cause.to_string())?;
            let mut from = Seeded::new(seed);
            let story = series(&cell, issued_at, &mut from);
            let site = Invented { mean: 60.0, before_h: 4 * 168, after_h: 0, ..cell };
            let began =
                Timestamp::from_second((week_h - 4 * 168) * HOUR_S).map_err(|cause| cause.to_string())?;
            let rhythm = WeekRhythm::learned(&site.draw(&mut from).0, began, Offset::UTC);
            let begun = cpu_s();
            known.add(measure(&story, rhythm.as_ref()), 1.0);
            known.cpu_s += cpu_s() - begun;
            unknown.add(measure(&story, None), 1.0);
        }
        unknown.cpu_s = known.cpu_s;
        println!("{}", known.line(&format!("week known, 20 an hour, ρ {rho}")));
        println!("{}", unknown.line(&format!("week not known, 20 an hour, ρ {rho}")));
    }
    Ok(())
}
