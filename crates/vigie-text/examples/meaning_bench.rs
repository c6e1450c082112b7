//! Measures the model of meaning on one thread; `cargo xtask bench meaning` runs it.
//!
//! - `speed MODEL TEXTS [VECTORS]`: texts a CPU second (one a line of `TEXTS`), in batches and one by one; with `VECTORS`
//!   (another engine's, 32-bit floats, one row a text, prefix "passage: ") how far ours lie from them.
//! - `find MODEL PAIRS…`: files of English, a tab, the other language: how often the other's English is found, first.
//! - `scan`: what one search among many vectors costs.

#![expect(
    clippy::disallowed_methods,
    reason = "a measuring program reads files and its own account; the engine does not"
)]

#[path = "likeness_bench/cpu.rs"]
mod cpu;

use cpu::{status_mib, timed};
use std::collections::HashMap;
use vigie_text::meaning::{Closeness, Limits, Meaning, Neighbours, Packed, Prefix};

type Told = Box<dyn std::error::Error>;

/// Texts that go to the engine in one call.
const CALL: usize = 32;
/// Segments among which one is looked for, and how many are looked for (docs/models/meaning.md).
const AMONG: usize = 250;
const ASKED: usize = 50;

fn model(path: &str) -> Result<Meaning, Told> {
    let file = std::fs::read(path)?;
    let (model, seconds) = timed(|| Meaning::read(file, &Limits::default()));
    println!("loaded in {seconds:.2} CPU s; resident {} MiB", status_mib("VmRSS"));
    Ok(model?)
}

fn speed(args: &[String]) -> Result<(), Told> {
    let [path, texts, rest @ ..] = args else { return Err("model, texts, vectors of another engine".into()) };
    let model = model(path)?;
    let texts = std::fs::read_to_string(texts)?;
    let texts: Vec<&str> = texts.lines().collect();
    model.vectors(texts.get(..8).unwrap_or_default(), Prefix::Passage);
    let (tokens, cutting) = timed(|| texts.iter().map(|text| model.tokens(text)).sum::<usize>());
    let in_calls =
        || texts.chunks(CALL).flat_map(|some| model.vectors(some, Prefix::Passage)).collect::<Vec<_>>();
    let (vectors, batched) = timed(in_calls);
    let ((), single) = timed(|| texts.iter().for_each(|text| drop(model.vector(text, Prefix::Passage))));
    let count = texts.len() as f64;
    println!("texts {count}, tokens {tokens}; cutting them {cutting:.3} CPU s");
    println!("ours, {CALL} a call: {:.1} texts/s, {:.0} tokens/s", count / batched, tokens as f64 / batched);
    println!("ours, one by one: {:.1} texts/s, {:.2} ms a text", count / single, single * 1000.0 / count);
    println!("resident at most {} MiB", status_mib("VmHWM"));
    rest.first().map_or(Ok(()), |other| compare(&vectors, other))
}

fn compare(ours: &[Vec<f32>], path: &str) -> Result<(), Told> {
    let bytes = std::fs::read(path)?;
    let (numbers, _) = bytes.as_chunks::<4>();
    let theirs: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let width = ours.first().map_or(1, Vec::len);
    if theirs.len() != ours.len() * width {
        return Err("not the vectors of these texts".into());
    }
    let cosine = |(a, b): (&Vec<f32>, &[f32])| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
    let mut cosines: Vec<f64> = ours.iter().zip(theirs.chunks_exact(width)).map(cosine).collect();
    cosines.sort_by(f64::total_cmp);
    let mean = cosines.iter().sum::<f64>() / cosines.len() as f64;
    let least = cosines.first().copied().unwrap_or(0.0);
    println!("cosine with the other engine: least {least:.5}, mean {mean:.5} over {} texts", cosines.len());
    Ok(())
}

fn unit(vector: &[f32], mean: &[f32]) -> Vec<f32> {
    let away: Vec<f32> = vector.iter().zip(mean).map(|(x, mean)| x - mean).collect();
    let length = away.iter().map(|x| x * x).sum::<f32>().sqrt();
    away.iter().map(|x| x / length).collect()
}

fn mean(vectors: &[Vec<f32>]) -> Vec<f32> {
    let width = vectors.first().map_or(0, Vec::len);
    (0..width).map(|at| vectors.iter().map(|v| v[at]).sum::<f32>() / vectors.len() as f32).collect()
}

/// Place of the right one, 1 the first; and how near the right one and the nearest wrong one are.
fn place(asked: &[f32], among: &[Vec<f32>], right: usize) -> (usize, f32, f32) {
    let near = |v: &Vec<f32>| asked.iter().zip(v).map(|(a, b)| a * b).sum::<f32>();
    let all: Vec<f32> = among.iter().map(near).collect();
    let wrong = all.iter().enumerate().filter(|(nth, _)| *nth != right).map(|(_, value)| *value);
    let nearer = wrong.clone().filter(|value| *value >= all[right]).count();
    (nearer + 1, all[right], wrong.fold(f32::MIN, f32::max))
}

fn find(args: &[String]) -> Result<(), Told> {
    let (path, files) = args.split_first().ok_or("model, files of pairs")?;
    let model = model(path)?;
    println!(
        "language | prefix | R@1 of {ASKED} | R@1 | MRR | R@5 | R@1 centred | right ≥ {} | nearest wrong ≥ it",
        Closeness::SUGGESTED.0
    );
    // The English side is nearly the same in every file: each text is read once.
    let mut known: HashMap<(Prefix, String), Vec<f32>> = HashMap::new();
    let mut vectors = |texts: &[&str], prefix: Prefix| -> Vec<Vec<f32>> {
        let mut one = |text: &&str| {
            let read = || model.vector(text, prefix);
            known.entry((prefix, (*text).to_owned())).or_insert_with(read).clone()
        };
        texts.iter().map(&mut one).collect()
    };
    for file in files {
        let text = std::fs::read_to_string(file)?;
        let pairs: Vec<(&str, &str)> =
            text.lines().filter_map(|line| line.split_once('\t')).take(AMONG).collect();
        let (english, other): (Vec<&str>, Vec<&str>) = pairs.into_iter().unzip();
        for prefix in [Prefix::Query, Prefix::Passage] {
            let (english, other) = (vectors(&english, prefix), vectors(&other, Prefix::Query));
            report(file, prefix, &english, &other);
        }
    }
    Ok(())
}

fn report(file: &str, prefix: Prefix, english: &[Vec<f32>], other: &[Vec<f32>]) {
    let places = |english: &[Vec<f32>], other: &[Vec<f32>]| -> Vec<(usize, f32, f32)> {
        other.iter().enumerate().map(|(nth, asked)| place(asked, english, nth)).collect()
    };
    let raw = places(english, other);
    // The mean of both sides together: a site holds all its languages.
    let mean = mean(&[english, other].concat());
    let away = |all: &[Vec<f32>]| all.iter().map(|v| unit(v, &mean)).collect::<Vec<_>>();
    let centred = places(&away(english), &away(other));
    let share = |of: &[(usize, f32, f32)], is: &dyn Fn(&(usize, f32, f32)) -> bool| {
        of.iter().filter(|one| is(one)).count() as f64 / of.len().max(1) as f64
    };
    let name = std::path::Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
    println!(
        "{name} | {prefix:?} | {:.2} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3}",
        share(&raw[..ASKED.min(raw.len())], &|one| one.0 == 1),
        share(&raw, &|one| one.0 == 1),
        raw.iter().map(|one| 1.0 / one.0 as f64).sum::<f64>() / raw.len().max(1) as f64,
        share(&raw, &|one| one.0 <= 5),
        share(&centred, &|one| one.0 == 1),
        share(&centred, &|one| one.1 >= Closeness::SUGGESTED.0),
        share(&centred, &|one| one.2 >= Closeness::SUGGESTED.0),
    );
}

/// Vectors drawn as alike as a site's are.
fn scan() {
    const WIDTH: usize = 384;
    let mut state = 7_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 8_388_608.0 - 1.0
    };
    let mut drawn = || {
        let vector: Vec<f32> = (0..WIDTH).map(|at| draw() + if at % 2 == 0 { 1.0 } else { -1.0 }).collect();
        Packed::new(&unit(&vector, &[0.0; WIDTH]))
    };
    let mut set = Neighbours::new(&[0.0; WIDTH]);
    for goal in [1_000, 10_000, 100_000, 500_000] {
        while set.len() < goal {
            set.add(set.len(), &drawn());
        }
        let asked: Vec<Packed> = (0..50).map(|_| drawn()).collect();
        let (found, seconds) = timed(|| asked.iter().map(|one| set.nearest(one, 10).len()).sum::<usize>());
        println!(
            "{goal} vectors: {:.3} ms a search ({found} found); resident {} MiB",
            seconds * 20.0,
            status_mib("VmRSS")
        );
    }
}

fn main() -> Result<(), Told> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    match args.first().map(String::as_str) {
        Some("speed") => speed(rest),
        Some("find") => find(rest),
        Some("scan") => {
            scan();
            Ok(())
        }
        _ => Err("what? speed, find, scan".into()),
    }
}
