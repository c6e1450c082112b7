//! Edges of a table of shares.

use crate::{Told, cpu};
use std::collections::HashMap;
use vigie_text::coordination::{Chance, GroupSettings, Network, Share, Sharing, groups};

/// Numbers for names, in the order of the names.
#[derive(Default)]
pub struct Names(HashMap<String, u32>);

impl Names {
    pub fn of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        let number = self.0.len() as u32;
        self.0.insert(name.to_owned(), number);
        number
    }
}

fn read(path: &str) -> Result<Vec<Share>, Told> {
    let (mut objects, mut accounts, mut messages) = (Names::default(), Names::default(), Names::default());
    let mut shares = Vec::new();
    for row in csv::Reader::from_path(path)?.records() {
        let row = row?;
        shares.push(Share {
            object: objects.of(&row[0]),
            account: accounts.of(&row[1]),
            message: messages.of(&row[2]),
            at_ms: (row[3].parse::<f64>()? * 1e3) as i64,
        });
    }
    Ok(shares)
}

pub fn run(args: &[String]) -> Result<(), Told> {
    let (path, windows) = args.split_first().ok_or("a file, then windows in seconds")?;
    let shares = read(path)?;
    println!("{} shares of {path}", shares.len());
    for window in windows {
        let window_ms = window.parse::<i64>()? * 1_000;
        report(&shares, window_ms)?;
    }
    Ok(())
}

pub fn report(shares: &[Share], window_ms: i64) -> Result<(), Told> {
    let ((network, crowds), edges_s) = cpu::timed(|| {
        let mut sharing = Sharing::new(window_ms, Sharing::OBJECT_PAIRS_MAX)?;
        let network = Network::of(shares, &mut sharing)?;
        Ok::<_, Told>((network, sharing.crowds()))
    })
    .transpose()?;
    let ((chance, expectations), chance_s) = cpu::timed(|| {
        let chance = Chance::of(shares, &network, window_ms);
        let expectations = chance.expectations(&network);
        (chance, expectations)
    });
    let (found, groups_s) =
        cpu::timed(|| groups(&network, &expectations, &chance, window_ms, &GroupSettings::default()));
    let pairs: u32 = network.edges.iter().map(|edge| edge.weight_pairs).sum();
    println!(
        "window {} s: {} pairs, {} edges, {} crowds in {edges_s:.4} s CPU; chance {chance_s:.4} s; {} groups {groups_s:.4} s",
        window_ms / 1000,
        pairs,
        network.edges.len(),
        crowds.len(),
        found.len(),
    );
    for group in found.iter().take(5) {
        println!(
            "  {} accounts, {} objects, {} pairs where chance gives {:.2} (p {:.1e})",
            group.accounts.len(),
            group.objects.len(),
            group.pairs,
            group.expected,
            group.p_value
        );
    }
    Ok(())
}

/// `timed` of something that can fail.
trait Transpose<T> {
    fn transpose(self) -> Result<(T, f64), Told>;
}

impl<T> Transpose<T> for (Result<T, Told>, f64) {
    fn transpose(self) -> Result<(T, f64), Told> {
        Ok((self.0?, self.1))
    }
}
