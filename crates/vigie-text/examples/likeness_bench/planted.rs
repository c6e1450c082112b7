//! Near-copies and groups in a set with planted campaigns.

use crate::shares::Names;
use crate::{Told, cpu};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, HashMap, HashSet};
use vigie_text::coordination::{Chance, Group, GroupSettings, Network, Share, Sharing, groups};
use vigie_text::{Folding, Post, Threshold, Window, families, similar};

struct Set {
    texts: Vec<String>,
    accounts: Vec<u32>,
    at_s: Vec<i64>,
    planted_posts: HashSet<usize>,
    planted_accounts: HashSet<u32>,
}

fn read(path: &str) -> Result<Set, Told> {
    let (mut names, mut texts, mut accounts, mut at_s) = (Names::default(), Vec::new(), Vec::new(), Vec::new());
    let mut row_of = HashMap::new();
    for (n, row) in csv::Reader::from_path(path)?.records().enumerate() {
        let row = row?;
        row_of.insert(row[0].to_owned(), n);
        accounts.push(names.of(&row[1]));
        texts.push(row[5].to_owned());
        at_s.push(row[6].parse()?);
    }
    let (mut planted_posts, mut planted_accounts) = (HashSet::new(), HashSet::new());
    for line in std::fs::read_to_string(format!("{path}.truth"))?.lines() {
        let mut cells = line.split('\t');
        let (message, account) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        planted_posts.extend(row_of.get(message));
        planted_accounts.insert(names.of(account));
    }
    Ok(Set { texts, accounts, at_s, planted_posts, planted_accounts })
}

impl Set {
    /// Shuffles the times of each account among its posts.
    fn shuffle(&mut self) {
        let mut own: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (n, account) in self.accounts.iter().enumerate() {
            own.entry(*account).or_default().push(n);
        }
        let mut state = 1_u64;
        for posts in own.values() {
            for last in (1..posts.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                self.at_s.swap(posts[last], posts[(state >> 33) as usize % (last + 1)]);
            }
        }
    }
}

pub fn run(args: &[String]) -> Result<(), Told> {
    let shuffle = args.iter().any(|arg| arg == "--shuffle");
    let mut args = args.iter().filter(|arg| !arg.starts_with("--"));
    let path = args.next().ok_or("a file, a likeness, windows in seconds")?;
    let least = Threshold::new(args.next().ok_or("a likeness")?.parse()?)?;
    let mut set = read(path)?;
    if shuffle {
        set.shuffle();
    }
    println!("{} posts, {} planted, of {path}", set.texts.len(), set.planted_posts.len());
    for window in args {
        copies(&set, least, window.parse()?)?;
        flagged(&set, least, window.parse()?)?;
    }
    Ok(())
}

fn copies(set: &Set, least: Threshold, window_s: i64) -> Result<(), Told> {
    let posts: Vec<Post<'_>> = set
        .texts
        .iter()
        .zip(&set.at_s)
        .map(|(text, at_s)| Ok(Post { text, at: Timestamp::from_second(*at_s)? }))
        .collect::<Result<_, Told>>()?;
    let before = cpu::status_mib("VmRSS:");
    let mut met: HashMap<(u32, u32), u32> = HashMap::new();
    let mut pairs = 0_u64;
    let ((), spent_s) = cpu::timed(|| {
        let window = Window::Within(SignedDuration::from_secs(window_s));
        similar(&posts, least, window, Folding::Plain, |pair| {
            pairs += 1;
            let (a, b) = (set.accounts[pair.a], set.accounts[pair.b]);
            *met.entry((a.min(b), a.max(b))).or_default() += u32::from(a != b);
        });
    });
    for least in [1, 2] {
        let flagged: HashSet<u32> =
            met.iter().filter(|(_, n)| **n >= least).flat_map(|((a, b), _)| [*a, *b]).collect();
        let right = flagged.intersection(&set.planted_accounts).count();
        println!(
            "similar {window_s} s: {pairs} pairs, {spent_s:.2} s CPU, {} MiB grown, {} MiB peak; pairs of accounts with at least {least}: precision {:.3}, recall {:.3}",
            cpu::status_mib("VmRSS:").saturating_sub(before),
            cpu::status_mib("VmHWM:"),
            right as f64 / flagged.len().max(1) as f64,
            right as f64 / set.planted_accounts.len().max(1) as f64,
        );
    }
    Ok(())
}

fn flagged(set: &Set, least: Threshold, window_s: i64) -> Result<(), Told> {
    let (found, spent_s) = cpu::timed(|| -> Result<Vec<Group>, Told> {
        let families = families(set.texts.iter().map(String::as_str), least, Folding::Plain);
        let shares: Vec<Share> = families
            .iter()
            .enumerate()
            .filter_map(|(n, family)| {
                Some(Share {
                    object: (*family)?,
                    account: set.accounts[n],
                    message: n as u32,
                    at_ms: set.at_s[n] * 1_000,
                })
            })
            .collect();
        let mut sharing = Sharing::new(window_s * 1_000, Sharing::OBJECT_PAIRS_MAX)?;
        let network = Network::of(&shares, &mut sharing)?;
        let chance = Chance::of(&shares, &network, window_s * 1_000);
        let expectations = chance.expectations(&network);
        Ok(groups(&network, &expectations, &chance, window_s * 1_000, &GroupSettings::default()))
    });
    let found = found?;
    let flagged: HashSet<u32> = found.iter().flat_map(|group| group.accounts.iter().chain(&group.joined).copied()).collect();
    let right = flagged.intersection(&set.planted_accounts).count();
    println!(
        "groups  {window_s} s: {} groups, {} accounts, precision {:.3}, recall {:.3}, {spent_s:.2} s CPU; smallest excess {:.1}",
        found.len(),
        flagged.len(),
        right as f64 / flagged.len().max(1) as f64,
        right as f64 / set.planted_accounts.len().max(1) as f64,
        found.iter().map(|group| group.pairs as f64 / group.expected).fold(f64::INFINITY, f64::min),
    );
    Ok(())
}
