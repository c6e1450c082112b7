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

/// A set of the shape of an election on two platforms: 219,000 rows of four kinds.
pub fn invented() -> Result<(), Told> {
    let mut draw = crate::planted::Draw(5);
    let mut shares = Vec::new();
    let mut first = 0;
    // Objects of each kind, and rows: links, hashtags, domains, images.
    for (objects, rows) in [(11_960, 41_100), (17_989, 98_000), (3_620, 41_100), (6_915, 38_800)] {
        for row in 0..rows {
            // A few things are shared by many (rank to the power of -0.8), over six weeks.
            let rank = (f64::from(objects) * draw.unit().powf(5.0)) as u32;
            let message = (row * 194_323 / rows) as u32;
            let account = (58_317.0 * draw.unit().powf(1.6)) as u32;
            let at_ms = 1_630_000_000_000 + i64::from(message) * 18_700 + draw.below(9_000_000) as i64;
            shares.push(Share { object: first + rank, account, message, at_ms });
        }
        first += objects as u32;
    }
    println!("{} invented shares of four kinds", shares.len());
    report(&shares, 60_000)
}

/// One object shared by 16,000 accounts within a minute, among others.
pub fn crowd() -> Result<(), Told> {
    let shares: Vec<Share> = (0..16_000_u32)
        .map(|n| Share { object: 0, account: n, message: n, at_ms: i64::from(n * 3) })
        .chain((0..20_000).map(|n| Share {
            object: 1 + n % 500,
            account: n % 900,
            message: 16_000 + n,
            at_ms: i64::from(n) * 977,
        }))
        .collect();
    report(&shares, 60_000)
}

pub fn report(shares: &[Share], window_ms: i64) -> Result<(), Told> {
    let find = || {
        let sharing = Sharing::new(window_ms, Sharing::OBJECT_PAIRS_MAX)?;
        let network = Network::of(shares, &sharing)?;
        Ok::<_, Told>((network, sharing))
    };
    let ((network, sharing), mut edges_s) = cpu::timed(find).transpose()?;
    let (_, mut chance_s) = cpu::timed(|| Chance::of(shares, window_ms).by_clocks(&network));
    if edges_s < 0.1 {
        // The scheduler counts in steps of some milliseconds.
        edges_s = cpu::timed(|| (0..20).for_each(|_| drop(find()))).1 / 20.0;
        let again = || (0..20).for_each(|_| drop(Chance::of(shares, window_ms).by_clocks(&network)));
        chance_s = cpu::timed(again).1 / 20.0;
    }
    let (found, groups_s) = cpu::timed(|| groups(shares, &sharing, &GroupSettings::default())).transpose()?;
    let pairs: u32 = network.edges.iter().map(|edge| edge.weight_pairs).sum();
    println!(
        "window {} s: {} pairs, {} edges, {} crowds in {edges_s:.4} s CPU; chance {chance_s:.4} s; {} groups {groups_s:.4} s",
        window_ms / 1000,
        pairs,
        network.edges.len(),
        network.crowds.len(),
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

impl<T, E: Into<Told>> Transpose<T> for (Result<T, E>, f64) {
    fn transpose(self) -> Result<(T, f64), Told> {
        Ok((self.0.map_err(Into::into)?, self.1))
    }
}
