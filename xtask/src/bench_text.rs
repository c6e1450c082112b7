//! Measures the reading of texts: co-ordination, near-copies, claims; and its peers in the same run.

use crate::tools::{self, Told, cargo};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Measures co-ordination, near-copies and claims.
#[derive(Debug, clap::Args)]
pub struct Text {
    /// Folder of the test data.
    #[arg(long)]
    data: PathBuf,
    /// Folder of sets with planted campaigns (`*.csv` beside `*.csv.truth`); none: that part is left out.
    #[arg(long)]
    planted: Option<PathBuf>,
}

/// Runs the peers that are installed.
#[derive(Debug, clap::Args)]
pub struct Peers {
    /// Folder of the scripts that run the peers (`bq.py`, `nd.py`, `bm25.py`).
    #[arg(long)]
    bench: PathBuf,
    /// Python that has the peers.
    #[arg(long, default_value = "python3")]
    python: String,
    /// A set with planted campaigns.
    #[arg(long)]
    planted: Option<PathBuf>,
}

fn measure(args: &[&str]) -> Result<(), Told> {
    let program =
        ["run", "--quiet", "--release", "--package", "vigie-text", "--example", "likeness_bench", "--"];
    tools::run(&mut cargo(&[&program, args].concat()))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Runs our side.
pub fn text(args: &Text) -> Result<(), Told> {
    let shares = shown(&args.data.join("coordination/russian_coord_tweets.csv"));
    measure(&["shares", &shares, "10", "60", "3600", "86400"])?;
    measure(&["invented"])?;
    measure(&["claims", &shown(&args.data.join("claims/checkthat2020"))])?;
    measure(&["perturbed", &shown(&args.data.join("languages/afrisenti"))])?;
    let Some(folder) = &args.planted else { return Ok(()) };
    for entry in std::fs::read_dir(folder).map_err(|cause| format!("{}: {cause}", folder.display()))? {
        let path = entry.map_err(|cause| cause.to_string())?.path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let set = shown(&path);
        for change in [&[][..], &["--bursts"], &["--shuffle"], &["--bursts", "--shuffle"]] {
            measure(&[&["planted", &set, "0.8", "3600", "86400"], change].concat())?;
        }
        measure(&["stream", &set, "0.8"])?;
    }
    Ok(())
}

/// Runs the others' side; a peer that is not installed is named and left out.
pub fn peers(args: &Peers) -> Result<(), Told> {
    let run = |script: &str, more: &[&str]| {
        let mut command = Command::new(&args.python);
        command.arg(script).args(more).current_dir(&args.bench);
        if let Err(cause) = tools::run(&mut command) {
            println!("left out: {script} {}: {cause}", more.join(" "));
        }
    };
    run("bm25.py", &[]);
    if let Some(set) = &args.planted {
        let set = shown(&set.canonicalize().map_err(|cause| format!("{}: {cause}", set.display()))?);
        for library in ["datasketch", "rensa"] {
            run("nd.py", &[library, &set, "0.8"]);
        }
    }
    Ok(())
}
