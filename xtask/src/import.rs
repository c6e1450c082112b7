//! A table of very many rows with one bad one among them: the others enter, the report names the bad row, and a
//! second try enters nothing twice (F44).

use crate::scenario::Scenario;
use crate::site::DemoSite;
use crate::tools::{self, Told, built, cargo};
use serde_json::Value;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// How large a table.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Rows.
    #[arg(long, default_value_t = 1_000_000)]
    pub rows: u64,
    /// The build to use.
    #[arg(long, default_value = "release", value_parser = ["debug", "release"])]
    pub profile: String,
}

/// Memory that an import may take, whatever the size of the table.
const PEAK_MIB_MAX: f64 = 400.0;

/// Writes the table, imports it twice and holds the reports to what is in it.
pub fn run(args: &Args) -> Result<(), Told> {
    if args.profile == "release" {
        tools::run(&mut cargo(&["build", "--release", "--package", "vigie", "--locked"]))?;
    }
    let folder = built(&args.profile).join("import");
    let scenario = Scenario::open(&crate::demo::scenario_path()).map_err(|cause| cause.to_string())?;
    let site = DemoSite::make(&folder, &scenario, &args.profile)?;
    let source = scenario.sources.first().ok_or("the scenario has no source")?.id.to_string();
    let table = folder.join("table.csv");
    let bad = bad_row(args.rows);
    write(&table, args.rows, bad).map_err(|cause| format!("{}: {cause}", table.display()))?;
    let table = table.display().to_string();
    let mut heavy = None;
    for (pass, new) in [("first", args.rows - 1), ("again", 0)] {
        let report = site.import(&table, &source, None)?;
        let figures = Figures::of(&report);
        println!("{pass}: {figures}; {:.1} s CPU, peak {:.0} MiB", figures.cpu_s, figures.peak_mib);
        figures.hold(args.rows, new, bad).map_err(|wrong| format!("{pass}: {wrong}: {report}"))?;
        heavy = heavy.or((figures.peak_mib > PEAK_MIB_MAX).then_some(figures.peak_mib));
    }
    match heavy {
        None => Ok(()),
        Some(mib) => Err(format!(
            "all rows as they should be, with {mib:.0} MiB of memory, more than {PEAK_MIB_MAX:.0}"
        )),
    }
}

/// Where the bad row stands: row 517,431 of a million, as far down in a smaller table.
fn bad_row(rows: u64) -> u64 {
    rows * 517_431 / 1_000_000
}

/// Every twentieth text is a copy of an earlier one; the time of the bad row has no zone.
fn write(path: &Path, rows: u64, bad: u64) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "id,text,seen_at,author")?;
    for n in 1..=rows {
        let told = if n % 20 == 0 { n / 2 } else { n };
        let word = |salt: u64| (told * (salt * 2 + 7_919)) % 999_983;
        let zone = if n == bad { "" } else { "Z" };
        writeln!(
            file,
            "row-{n},\"mot{} route{} puits{} marché{}, pont{}\",2026-11-{:02}T{:02}:{:02}:00{zone},compte-{}",
            word(1),
            word(2),
            word(3),
            word(4),
            word(5),
            1 + n % 20,
            n % 24,
            n % 60,
            n % 997,
        )?;
    }
    file.flush()
}

/// What a report says.
struct Figures {
    rows: u64,
    new: u64,
    repeated: u64,
    refused: u64,
    /// Line of the only fault, the first line being 1.
    line: Option<u64>,
    cpu_s: f64,
    peak_mib: f64,
}

impl Figures {
    fn of(report: &Value) -> Self {
        let n = |name: &str| report[name].as_u64().unwrap_or(0);
        let faults = report["faults"].as_array().map_or(&[][..], Vec::as_slice);
        Self {
            rows: n("rows"),
            new: n("new"),
            repeated: n("repeated"),
            refused: n("refused"),
            line: faults.iter().find_map(|fault| fault["at"]["row"].as_u64()).filter(|_| faults.len() == 1),
            cpu_s: report["cost"]["cpu_s"].as_f64().unwrap_or(0.0),
            peak_mib: report["cost"]["peak_bytes"].as_f64().unwrap_or(0.0) / 1_048_576.0,
        }
    }

    fn hold(&self, rows: u64, new: u64, bad: u64) -> Result<(), Told> {
        let known = rows - 1 - new;
        if (self.rows, self.new, self.repeated, self.refused) != (rows, new, known, 1) {
            return Err(format!("{rows} rows, {new} new, {known} known and 1 refused were expected"));
        }
        // The header is the first line.
        if self.line != Some(bad + 1) {
            return Err(format!("line {} was to be named", bad + 1));
        }
        Ok(())
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} rows, {} new, {} known, {} refused", self.rows, self.new, self.repeated, self.refused)
    }
}
