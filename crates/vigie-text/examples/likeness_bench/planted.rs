//! Near-copies and groups in a set with planted campaigns.

use crate::shares::Names;
use crate::{Told, cpu};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, HashMap, HashSet};
use vigie_text::coordination::{BurstSettings, Group, GroupSettings, Share, Sharing, bursts, groups};
use vigie_text::{Folding, Post, Threshold, Window, families, similar};

struct Set {
    texts: Vec<String>,
    accounts: Vec<u32>,
    at_s: Vec<i64>,
    planted_posts: HashSet<usize>,
    planted_accounts: HashSet<u32>,
}

fn read(path: &str) -> Result<Set, Told> {
    let (mut names, mut texts, mut accounts, mut at_s) =
        (Names::default(), Vec::new(), Vec::new(), Vec::new());
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

/// Draws without a source of chance, so that the same set comes out each time.
pub struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
    pub fn unit(&mut self) -> f64 {
        (self.below(1 << 24) as f64 + 0.5) / f64::from(1 << 24)
    }
}

impl Set {
    /// Adds organic bursts, a tenth of the set: things happen, and accounts that were there anyway pass on the same
    /// text within hours, the active ones more often, many with a word of their own. Nobody has arranged it.
    fn add_bursts(&mut self) {
        let mut draw = Draw(11);
        let organic: Vec<usize> = (0..self.texts.len()).filter(|n| !self.planted_posts.contains(n)).collect();
        let (from, to) =
            (self.at_s.iter().min().copied().unwrap_or(0), self.at_s.iter().max().copied().unwrap_or(0));
        let mut left = organic.len() / 10;
        let mut bursts = 0;
        while left > 0 {
            bursts += 1;
            let base = self.texts[organic[draw.below(organic.len())]].clone();
            // Few bursts are large: 30 to 3,000 accounts.
            let sharers = ((30.0 / draw.unit().powf(0.8)) as usize).min(3_000).min(left);
            let start = from + draw.below((to - from).max(1) as usize) as i64;
            let mean_s = 600.0 + draw.unit() * 9_000.0;
            for _ in 0..sharers {
                let mut text = base.clone();
                if draw.unit() < 0.3 {
                    text.push_str([" ok", " wow", " #news", " eh", " sasa"][draw.below(5)]);
                }
                self.texts.push(text);
                // Whoever posts much shares much.
                self.accounts.push(self.accounts[organic[draw.below(organic.len())]]);
                self.at_s.push(start - (mean_s * draw.unit().ln()) as i64);
            }
            left -= sharers;
        }
        println!("{bursts} organic bursts added");
    }
}

pub fn run(args: &[String]) -> Result<(), Told> {
    let bursts = args.iter().any(|arg| arg == "--bursts");
    let shuffle = args.iter().any(|arg| arg == "--shuffle");
    let met = args.iter().any(|arg| arg == "--met");
    let mut args = args.iter().filter(|arg| !arg.starts_with("--"));
    let path = args.next().ok_or("a file, a likeness, windows in seconds")?;
    let least = Threshold::new(args.next().ok_or("a likeness")?.parse()?)?;
    let mut set = read(path)?;
    if bursts {
        set.add_bursts();
    }
    if shuffle {
        set.shuffle();
    }
    println!("{} posts, {} planted, of {path}", set.texts.len(), set.planted_posts.len());
    for window in args {
        copies(&set, least, window.parse()?, met)?;
        flagged(&set, least, window.parse()?)?;
    }
    Ok(())
}

fn copies(set: &Set, least: Threshold, window_s: i64, count_met: bool) -> Result<(), Told> {
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
            if count_met {
                let (a, b) = (set.accounts[pair.a], set.accounts[pair.b]);
                *met.entry((a.min(b), a.max(b))).or_default() += u32::from(a != b);
            }
        });
    });
    println!(
        "similar {window_s} s: {pairs} pairs, {spent_s:.2} s CPU, {} MiB grown, {} MiB peak",
        cpu::status_mib("VmRSS:").saturating_sub(before),
        cpu::status_mib("VmHWM:"),
    );
    for least in if count_met { 1..3 } else { 0..0 } {
        let flagged: HashSet<u32> =
            met.iter().filter(|(_, n)| **n >= least).flat_map(|((a, b), _)| [*a, *b]).collect();
        let right = flagged.intersection(&set.planted_accounts).count();
        println!(
            "  accounts that made at least {least} pairs with another: precision {:.3}, recall {:.3}",
            right as f64 / flagged.len().max(1) as f64,
            right as f64 / set.planted_accounts.len().max(1) as f64,
        );
    }
    Ok(())
}

/// Who shared which text when: texts that are near-copies step by step are one thing.
fn shares(set: &Set, least: Threshold) -> Vec<Share> {
    let families = families(set.texts.iter().map(String::as_str), least, Folding::Plain);
    let share = |(n, family): (usize, &Option<u32>)| {
        Some(Share {
            object: (*family)?,
            account: set.accounts[n],
            message: n as u32,
            at_ms: set.at_s[n] * 1_000,
        })
    };
    families.iter().enumerate().filter_map(share).collect()
}

fn flagged(set: &Set, least: Threshold, window_s: i64) -> Result<(), Told> {
    let (shares, cutting_s) = cpu::timed(|| shares(set, least));
    let bounds = Sharing::new(window_s * 1_000, Sharing::OBJECT_PAIRS_MAX)?;
    let (found, groups_s) = cpu::timed(|| groups(&shares, &bounds, &GroupSettings::default()));
    let (found, spent_s): (Vec<Group>, f64) = (found?, cutting_s + groups_s);
    let (moments, bursts_s) = cpu::timed(|| bursts(&shares, &BurstSettings::default()));
    println!("bursts  60 s: {} things, {bursts_s:.2} s CPU", moments.len());
    for group in &found {
        if group.accounts.iter().any(|account| !set.planted_accounts.contains(account)) {
            println!(
                "  not planted: {} accounts and {}, {} objects, {} pairs within {} s where chance gives {:.2} (p {:.1e})",
                group.accounts.len(),
                group.joined.len(),
                group.objects.len(),
                group.pairs,
                group.window_ms / 1000,
                group.expected,
                group.p_value
            );
        }
    }
    let flagged: HashSet<u32> =
        found.iter().flat_map(|group| group.accounts.iter().chain(&group.joined).copied()).collect();
    let right = flagged.intersection(&set.planted_accounts).count();
    println!(
        "groups  {window_s} s: {} groups, {} accounts, precision {:.3}, recall {:.3}, {spent_s:.2} s CPU, {} MiB peak; smallest excess {:.1}",
        found.len(),
        flagged.len(),
        right as f64 / flagged.len().max(1) as f64,
        right as f64 / set.planted_accounts.len().max(1) as f64,
        cpu::status_mib("VmHWM:"),
        found.iter().map(|group| group.pairs as f64 / group.expected).fold(f64::INFINITY, f64::min),
    );
    Ok(())
}

/// Times each post on its way through the copies and the co-ordination of all posts before it.
pub fn stream(args: &[String]) -> Result<(), Told> {
    let [path, least] = args else { return Err("a file and a likeness".into()) };
    let set = read(path)?;
    let mut order: Vec<usize> = (0..set.texts.len()).collect();
    order.sort_by_key(|n| set.at_s[*n]);
    let mut reader = vigie_text::Reader::new(vigie_text::Settings {
        join: Threshold::new(least.parse()?)?,
        ..vigie_text::Settings::default()
    });
    let mut sharing = Sharing::new(60_000, Sharing::OBJECT_PAIRS_MAX)?;
    let mut objects = HashMap::new();
    let (mut slow_us, mut pairs) = (Vec::new(), Vec::new());
    for (nth, n) in order.iter().enumerate() {
        let mut random = [0; 10];
        random[2..].copy_from_slice(&(nth as u64).to_be_bytes());
        let at_ms = set.at_s[*n] * 1_000;
        let item = vigie_text::Item {
            signal: vigie_model::SignalId::new(at_ms, random),
            pool: 0,
            text: &set.texts[*n],
            pictures: &[],
            lang_hint: None,
            seen_at: None,
            received_at: Timestamp::from_millisecond(at_ms)?,
        };
        let start = std::time::Instant::now();
        let reading = reader.read(&item);
        let next = objects.len() as u32;
        let object = *objects.entry(reading.narrative).or_insert(next);
        sharing.share(&Share { object, account: set.accounts[*n], message: *n as u32, at_ms }, &mut pairs);
        slow_us.push(start.elapsed().as_micros() as u32);
    }
    let last = &mut slow_us[set.texts.len().saturating_sub(20_000)..];
    last.sort_unstable();
    let at = |part: f64| last[((last.len() - 1) as f64 * part) as usize];
    println!(
        "the last {} of {} posts: p50 {} us, p99 {} us, p99.9 {} us, longest {} us; {} MiB peak",
        last.len(),
        set.texts.len(),
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0),
        cpu::status_mib("VmHWM:")
    );
    Ok(())
}
