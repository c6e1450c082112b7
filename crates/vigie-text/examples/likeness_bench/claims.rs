//! Claim retrieval on a folder in the form of CheckThat! 2020: `verified_claims.docs.tsv`, `train/` and `dev/` with
//! `tweets.queries.tsv` and `tweet-vclaim-pairs.qrels`.

use crate::{Told, cpu};
use std::collections::{HashMap, HashSet};
use vigie_text::claims::{Calibration, Claims, Evidence, Match, Tuning, spoken};

struct Questions {
    texts: Vec<(String, String)>,
    right: HashMap<String, HashSet<u32>>,
}

fn table(path: &str) -> Result<Vec<csv::StringRecord>, Told> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').flexible(true).from_path(path)?;
    Ok(reader.records().collect::<Result<_, _>>()?)
}

fn questions(folder: &str, place: &HashMap<String, u32>) -> Result<Questions, Told> {
    let mut right: HashMap<String, HashSet<u32>> = HashMap::new();
    for line in std::fs::read_to_string(format!("{folder}/tweet-vclaim-pairs.qrels"))?.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        if let [question, _, claim, ..] = cells[..] {
            right.entry(question.to_owned()).or_default().extend(place.get(claim));
        }
    }
    let rows = table(&format!("{folder}/tweets.queries.tsv"))?;
    let texts = rows.iter().map(|row| (row[0].to_owned(), row[1].to_owned()));
    Ok(Questions { texts: texts.filter(|(id, _)| right.contains_key(id)).collect(), right })
}

/// Mean average precision at 5, and how often the first is right.
fn marks(asked: &Questions, answers: &[Vec<Match>]) -> (f64, f64) {
    let (mut map, mut first) = (0.0, 0.0);
    for ((id, _), found) in asked.texts.iter().zip(answers) {
        let right = &asked.right[id];
        let mut hits = 0.0;
        let mut sum = 0.0;
        for (rank, one) in (1_u32..).zip(found.iter().take(5)) {
            if right.contains(&one.claim) {
                hits += 1.0;
                sum += hits / f64::from(rank);
            }
        }
        map += sum / right.len().clamp(1, 5) as f64;
        first += f64::from(found.first().is_some_and(|one| right.contains(&one.claim)));
    }
    let n = asked.texts.len() as f64;
    (map / n, first / n)
}

fn answers(claims: &Claims, asked: &Questions) -> Vec<Vec<Match>> {
    asked.texts.iter().map(|(_, text)| claims.ask(text, spoken(text), 10)).collect()
}

pub fn run(args: &[String]) -> Result<(), Told> {
    let folder = args.first().ok_or("a folder")?;
    let rows = table(&format!("{folder}/verified_claims.docs.tsv"))?;
    let place: HashMap<String, u32> = (0..).zip(&rows).map(|(n, row)| (row[0].to_owned(), n)).collect();
    let filled = |tuning: Tuning| {
        let mut claims = Claims::new(tuning);
        for row in &rows {
            claims.add(&[&row[1], &row[2]], Some("en"));
        }
        claims.build();
        claims
    };
    let (train, dev) =
        (questions(&format!("{folder}/train"), &place)?, questions(&format!("{folder}/dev"), &place)?);
    if args.iter().any(|arg| arg == "--tune") {
        for k1 in [0.9, 1.2, 1.6, 2.2] {
            for b_words in [0.5, 0.75, 0.9] {
                for b_grams in [0.15, 0.3, 0.5] {
                    for grams in [0.2, 0.3, 0.4] {
                        let tuning = Tuning { k1, b_words, b_grams, grams };
                        let claims = filled(tuning);
                        println!(
                            "{:.4} dev {:.4} {tuning:?}",
                            marks(&train, &answers(&claims, &train)).0,
                            marks(&dev, &answers(&claims, &dev)).0
                        );
                    }
                }
            }
        }
        return Ok(());
    }
    let (claims, built_s) = cpu::timed(|| filled(Tuning::default()));
    println!("{} claims in {built_s:.2} s CPU, {} MiB peak", claims.len(), cpu::status_mib("VmHWM:"));
    let mut all = Vec::new();
    for (name, asked) in [("train", &train), ("dev", &dev)] {
        let (found, spent_s) = cpu::timed(|| answers(&claims, asked));
        let (map, first) = marks(asked, &found);
        println!(
            "{name}: {} questions, MAP@5 {map:.4}, first right {first:.3}, {:.3} ms CPU a question",
            asked.texts.len(),
            spent_s * 1e3 / asked.texts.len() as f64
        );
        all.push(found);
    }
    let examples = |asked: &Questions, found: &[Vec<Match>]| -> Vec<([f64; 4], bool)> {
        let pairs = asked.texts.iter().zip(found);
        pairs
            .filter_map(|((id, _), found)| {
                let e = Evidence::of(found, 0)?;
                Some(([1.0, e.share, e.lead, e.strength], asked.right[id].contains(&found[0].claim)))
            })
            .collect()
    };
    let fitted = fit(&examples(&train, &all[0]));
    println!("fitted on train: {fitted:.3?}");
    let shipped = Calibration::of("en").ok_or("no calibration")?;
    for (what, weights) in [("fitted", fitted), ("shipped", shipped.weights)] {
        for (name, examples) in [("train", examples(&train, &all[0])), ("dev", examples(&dev, &all[1]))] {
            println!("{what} weights on {name}: probability said, matches, right");
            reliability(&weights, &examples);
            for confirm in [0.9, 0.93, 0.95, 0.96, 0.97, 0.98] {
                let sure: Vec<bool> = examples
                    .iter()
                    .filter(|(x, _)| said(&weights, x) >= confirm)
                    .map(|(_, right)| *right)
                    .collect();
                let right = sure.iter().filter(|right| **right).count();
                println!(
                    "  confirm at {confirm}: {} of {} right ({:.3}), {:.1} % of the questions",
                    right,
                    sure.len(),
                    right as f64 / sure.len().max(1) as f64,
                    100.0 * right as f64 / examples.len() as f64
                );
            }
        }
    }
    Ok(())
}

fn said(weights: &[f64; 4], x: &[f64; 4]) -> f64 {
    1.0 / (1.0 + (-weights.iter().zip(x).map(|(w, x)| w * x).sum::<f64>()).exp())
}

fn reliability(weights: &[f64; 4], examples: &[([f64; 4], bool)]) {
    for tenth in 0..10 {
        let (from, to) = (f64::from(tenth) / 10.0, f64::from(tenth + 1) / 10.0);
        let inside: Vec<bool> = examples
            .iter()
            .filter(|(x, _)| (from..to + f64::from(tenth / 9)).contains(&said(weights, x)))
            .map(|(_, right)| *right)
            .collect();
        let right = inside.iter().filter(|right| **right).count();
        println!("  {from:.1}-{to:.1}: {:4} {:.2}", inside.len(), right as f64 / inside.len().max(1) as f64);
    }
}

/// Logistic regression by Newton's method, lightly held back.
fn fit(examples: &[([f64; 4], bool)]) -> [f64; 4] {
    let mut weights = [0.0; 4];
    for _ in 0..50 {
        let mut slope = [0.0; 4];
        let mut bend = [[0.0; 4]; 4];
        for (x, right) in examples {
            let p = said(&weights, x);
            for i in 0..4 {
                slope[i] += (f64::from(*right) - p) * x[i];
                for j in 0..4 {
                    bend[i][j] += p * (1.0 - p) * x[i] * x[j];
                }
            }
        }
        for i in 0..4 {
            slope[i] -= 0.01 * weights[i];
            bend[i][i] += 0.01;
        }
        for (weight, step) in weights.iter_mut().zip(solved(bend, slope)) {
            *weight += step;
        }
    }
    weights
}

fn solved(mut m: [[f64; 4]; 4], mut y: [f64; 4]) -> [f64; 4] {
    for i in 0..4 {
        for j in i + 1..4 {
            let factor = m[j][i] / m[i][i];
            let pivot = m[i];
            m[j].iter_mut().zip(pivot).for_each(|(x, p)| *x -= factor * p);
            y[j] -= factor * y[i];
        }
    }
    for i in (0..4).rev() {
        for j in i + 1..4 {
            y[i] -= m[i][j] * y[j];
        }
        y[i] /= m[i][i];
    }
    y
}
