//! One thing that many accounts shared within moments, and how often their own clocks alone would bring that about.
//!
//! [`groups`](super::groups) looks for accounts that meet again and again. Here the question is about one thing, once:
//! so many accounts, so few seconds. The null model is the same: each account keeps its times and its messages, but which
//! message went out when is drawn by lot. What the drawing gives on average is *expected by chance*. An account whose only
//! message this is has no other times to draw from; where that holds for most of them, chance is *not assessed*. What
//! everybody hears at the same moment is passed on at the same moment too: a burst says what happened, never why.

use super::Share;
use super::tail::dispersed;
use crate::hash::{Table, mix};
use std::collections::BTreeSet;

/// What makes a burst.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BurstSettings {
    /// Milliseconds that the first and the last share are apart at most.
    pub window_ms: i64,
    /// Fewest accounts.
    pub accounts_least: usize,
    /// Fewest accounts where chance cannot be assessed.
    pub unassessed_least: usize,
    /// Fewest messages of an account before its times are drawn from.
    pub messages_least: usize,
    /// Greatest chance of a burst by the clocks of its accounts.
    pub p_max: f64,
    /// Greatest false-discovery rate.
    pub rate_max: f64,
    /// Shuffles of each burst.
    pub shuffles: u32,
    /// Shuffles of everything.
    pub decoys: u32,
}

impl Default for BurstSettings {
    fn default() -> Self {
        Self {
            window_ms: 60_000,
            accounts_least: 5,
            unassessed_least: 8,
            messages_least: 3,
            p_max: 0.001,
            rate_max: 0.05,
            shuffles: 99,
            decoys: 39,
        }
    }
}

/// What chance alone would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BurstChance {
    /// Pairs of messages of two accounts within the window, as drawn by lot, on average.
    pub expected: f64,
    /// Chance of as many pairs as were seen.
    pub p_value: f64,
    /// Bursts at least as surprising that a shuffle of everything gives, over those that were found.
    pub discovery_rate: f64,
}

/// Many accounts, one thing, one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Burst {
    /// What was shared.
    pub object: u32,
    /// The shares within the moment, in order of time, one an account.
    pub shares: Vec<Share>,
    /// Milliseconds between the first and the last.
    pub span_ms: i64,
    /// Pairs of messages among accounts with times of their own, within the window.
    pub pairs: u64,
    /// `None`: too little is known of these accounts.
    pub chance: Option<BurstChance>,
}

/// The bursts among `shares`, one a thing at most, in the order of the things.
pub fn bursts(shares: &[Share], settings: &BurstSettings) -> Vec<Burst> {
    let mut shares = shares.to_vec();
    shares.sort_unstable_by_key(|s| (s.object, s.at_ms, s.account, s.message));
    shares.dedup();
    let clocks = Clocks::of(&shares);
    let mut found = weighed(&shares, &clocks, settings);
    if found.iter().any(|burst| burst.chance.is_some()) {
        let mut by_chance: Vec<f64> = Vec::new();
        for decoy in 0..settings.decoys {
            let shuffled = clocks.shuffled(&shares, u64::from(decoy));
            by_chance.extend(weighed(&shuffled, &clocks, settings).iter().filter_map(Burst::p_value));
        }
        rate(&mut found, by_chance, settings);
    }
    found
}

impl Burst {
    fn p_value(&self) -> Option<f64> {
        self.chance.map(|chance| chance.p_value)
    }
}

/// When each account wrote, message by message.
struct Clocks {
    of: Table<u32, Vec<(u32, i64)>>,
}

impl Clocks {
    fn of(shares: &[Share]) -> Self {
        let mut of: Table<u32, Vec<(u32, i64)>> = Table::default();
        for share in shares {
            of.entry(share.account).or_default().push((share.message, share.at_ms));
        }
        for times in of.values_mut() {
            times.sort_unstable();
            times.dedup();
        }
        Self { of }
    }

    fn times(&self, account: u32) -> &[(u32, i64)] {
        self.of.get(&account).map_or(&[], Vec::as_slice)
    }

    /// The same shares, the times of each account dealt anew among its messages.
    fn shuffled(&self, shares: &[Share], seed: u64) -> Vec<Share> {
        let mut dealt: Table<u32, Vec<(u32, i64)>> = self.of.clone();
        for (account, times) in &mut dealt {
            let mut state = mix(seed, u64::from(*account));
            for last in (1..times.len()).rev() {
                state = mix(state, last as u64);
                let other = (state % (last as u64 + 1)) as usize;
                let held = times[last].1;
                times[last].1 = std::mem::replace(&mut times[other].1, held);
            }
        }
        let at = |share: &Share| {
            let times = dealt.get(&share.account).map_or(&[][..], Vec::as_slice);
            let place = times.binary_search_by_key(&share.message, |(message, _)| *message);
            place.ok().and_then(|place| times.get(place)).map_or(share.at_ms, |(_, at_ms)| *at_ms)
        };
        let mut out: Vec<Share> = shares.iter().map(|share| Share { at_ms: at(share), ..*share }).collect();
        out.sort_unstable_by_key(|s| (s.object, s.at_ms, s.account, s.message));
        out
    }
}

/// The densest moment of each thing, weighed against the clocks of its accounts.
fn weighed(shares: &[Share], clocks: &Clocks, settings: &BurstSettings) -> Vec<Burst> {
    let moments = shares.chunk_by(|x, y| x.object == y.object).filter_map(|run| densest(run, settings));
    moments.filter_map(|moment| weigh(moment, clocks, settings)).collect()
}

/// The shares of the window in which most accounts shared the thing; the first of several.
fn densest(run: &[Share], settings: &BurstSettings) -> Option<Vec<Share>> {
    if run.len() < settings.accounts_least {
        return None;
    }
    let mut inside: Table<u32, u32> = Table::default();
    let (mut first, mut best) = (0, (0, 0..0));
    for (last, share) in run.iter().enumerate() {
        *inside.entry(share.account).or_default() += 1;
        while share.at_ms - run[first].at_ms > settings.window_ms {
            let gone = run[first].account;
            if let Some(count) = inside.get_mut(&gone) {
                *count -= 1;
                if *count == 0 {
                    inside.remove(&gone);
                }
            }
            first += 1;
        }
        if inside.len() > best.0 {
            best = (inside.len(), first..last + 1);
        }
    }
    let mut seen = BTreeSet::new();
    let moment = run.get(best.1)?.iter().filter(|share| seen.insert(share.account));
    (best.0 >= settings.accounts_least).then(|| moment.copied().collect())
}

fn weigh(shares: Vec<Share>, clocks: &Clocks, settings: &BurstSettings) -> Option<Burst> {
    let (first, last) = (shares.first()?, shares.last()?);
    let (object, span_ms) = (first.object, last.at_ms - first.at_ms);
    let times: Vec<&[(u32, i64)]> = shares
        .iter()
        .map(|share| clocks.times(share.account))
        .filter(|times| times.len() >= settings.messages_least)
        .collect();
    let known: Vec<i64> = shares
        .iter()
        .filter(|share| clocks.times(share.account).len() >= settings.messages_least)
        .map(|share| share.at_ms)
        .collect();
    if times.len() * 2 < shares.len() || times.len() < settings.accounts_least {
        let enough = shares.len() >= settings.unassessed_least;
        return enough.then_some(Burst { object, shares, span_ms, pairs: 0, chance: None });
    }
    let pairs = pairs_within(known, settings.window_ms);
    let (mean, variance) = drawn(&times, object, settings);
    // That no drawing gave a pair is knowledge of one in so many, not of none.
    let expected = mean.max(1.0 / f64::from(settings.shuffles + 1));
    let p_value = dispersed(pairs, expected, variance);
    let chance = Some(BurstChance { expected, p_value, discovery_rate: 1.0 });
    (p_value <= settings.p_max).then_some(Burst { object, shares, span_ms, pairs, chance })
}

/// Mean and variance of the pairs within the window when each account's share went out at any of its times.
fn drawn(times: &[&[(u32, i64)]], object: u32, settings: &BurstSettings) -> (f64, f64) {
    let mut state = mix(u64::from(object), times.len() as u64);
    let (mut sum, mut squares) = (0.0, 0.0);
    for _ in 0..settings.shuffles {
        let mut lot = |own: &&[(u32, i64)]| {
            state = mix(state, own.len() as u64);
            own.get((state % own.len().max(1) as u64) as usize).map_or(0, |(_, at_ms)| *at_ms)
        };
        let pairs = pairs_within(times.iter().map(&mut lot).collect(), settings.window_ms) as f64;
        sum += pairs;
        squares += pairs * pairs;
    }
    let n = f64::from(settings.shuffles.max(1));
    let mean = sum / n;
    (mean, (squares / n - mean * mean).max(0.0) * n / (n - 1.0).max(1.0))
}

fn pairs_within(mut times: Vec<i64>, window_ms: i64) -> u64 {
    times.sort_unstable();
    let (mut first, mut pairs) = (0, 0);
    for (at, at_ms) in times.iter().enumerate() {
        while at_ms - times[first] > window_ms {
            first += 1;
        }
        pairs += (at - first) as u64;
    }
    pairs
}

/// Keeps what shuffles of everything hardly ever give, and what cannot be assessed.
fn rate(found: &mut Vec<Burst>, mut by_chance: Vec<f64>, settings: &BurstSettings) {
    by_chance.sort_unstable_by(f64::total_cmp);
    let mut seen: Vec<f64> = found.iter().filter_map(Burst::p_value).collect();
    seen.sort_unstable_by(f64::total_cmp);
    let upto = |list: &[f64], p: f64| list.partition_point(|other| *other <= p) as f64;
    for chance in found.iter_mut().filter_map(|burst| burst.chance.as_mut()) {
        // One more than was seen: that no shuffle gave such a burst does not say that none would.
        let false_finds = (upto(&by_chance, chance.p_value) + 1.0) / f64::from(settings.decoys.max(1));
        chance.discovery_rate = (false_finds / upto(&seen, chance.p_value).max(1.0)).min(1.0);
    }
    found.retain(|burst| burst.chance.is_none_or(|chance| chance.discovery_rate <= settings.rate_max));
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn share(object: u32, account: u32, message: u32, at_ms: i64) -> Share {
        Share { object, account, message, at_ms }
    }

    /// `accounts` accounts with nine messages each over three days, each about a thing of its own.
    fn everyday(accounts: u32) -> Vec<Share> {
        let one = |account: u32, n: u32| {
            let at = i64::from(mix(u64::from(account), u64::from(n)) as u32 % 72) * HOUR;
            share(1_000 + account * 9 + n, account, account * 100 + n, at + i64::from(account) * 7_000)
        };
        (0..accounts).flat_map(|account| (0..9).map(move |n| one(account, n))).collect()
    }

    fn burst_of(accounts: std::ops::Range<u32>, apart_ms: i64) -> impl Iterator<Item = Share> {
        accounts.map(move |a| share(1, a, a * 100 + 50, 40 * HOUR + i64::from(a) * apart_ms))
    }

    #[test]
    fn twenty_accounts_within_a_minute_are_a_burst_and_chance_would_give_hardly_a_pair() {
        let mut shares = everyday(60);
        shares.extend(burst_of(0..20, 2_800));
        let found = bursts(&shares, &BurstSettings::default());
        assert_eq!(found.len(), 1, "{found:?}");
        let chance = found[0].chance.expect("assessed");
        assert_eq!((found[0].object, found[0].shares.len(), found[0].span_ms), (1, 20, 19 * 2_800));
        assert_eq!(found[0].pairs, 190);
        assert!(
            chance.expected < 8.0 && chance.p_value < 1e-4 && chance.discovery_rate <= 0.05,
            "{chance:?}"
        );
    }

    #[test]
    fn the_same_twenty_over_a_day_are_none() {
        let mut shares = everyday(60);
        shares.extend(burst_of(0..20, HOUR));
        assert_eq!(bursts(&shares, &BurstSettings::default()), []);
    }

    #[test]
    fn accounts_of_whom_nothing_else_is_known_are_not_assessed() {
        let shares: Vec<Share> = burst_of(0..9, 2_000).collect();
        let found = bursts(&shares, &BurstSettings::default());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].chance, found[0].shares.len()), (None, 9));
        let few: Vec<Share> = burst_of(0..6, 2_000).collect();
        assert_eq!(bursts(&few, &BurstSettings::default()), []);
    }

    #[test]
    fn shuffled_times_give_no_burst() {
        let mut shares = everyday(400);
        // Forty things that twelve accounts each share at any of their times.
        for thing in 0..40 {
            for n in 0..12 {
                let account = (thing * 7 + n * 31) % 400;
                let at = i64::from(mix(u64::from(thing), u64::from(n)) as u32 % (72 * 60)) * 60_000;
                shares.push(share(5_000 + thing, account, account * 100 + 60 + thing, at));
            }
        }
        let clocks = Clocks::of(&shares);
        for seed in 0..5 {
            let null = clocks.shuffled(&shares, 1_000 + seed);
            assert_eq!(bursts(&null, &BurstSettings::default()), []);
        }
    }

    #[test]
    fn one_account_that_repeats_itself_is_no_crowd_and_the_same_share_twice_is_one() {
        let again = (0..30).map(|n| share(1, 3, 300 + n, 40 * HOUR + i64::from(n) * 1_000));
        let mut shares: Vec<Share> = again.collect();
        shares.extend_from_slice(&shares.clone());
        assert_eq!(bursts(&shares, &BurstSettings::default()), []);
    }

    /// Platforms whose clocks are ten minutes apart: each is seen by its own clock, and no pair is made up.
    #[test]
    fn clocks_ten_minutes_apart_make_no_pair_and_hide_no_burst_within_one_platform() {
        let mut shares = everyday(60);
        shares.extend(burst_of(0..12, 2_000));
        shares.extend(burst_of(12..18, 2_000).map(|s| Share { at_ms: s.at_ms + 600_000, ..s }));
        let found = bursts(&shares, &BurstSettings::default());
        assert_eq!(found.iter().map(|burst| burst.shares.len()).collect::<Vec<_>>(), [12]);
    }

    #[test]
    fn sixteen_thousand_sharers_of_one_thing_are_one_burst_at_a_bearable_cost() {
        let shares: Vec<Share> = (0..16_000).map(|a| share(1, a, a, i64::from(a) * 3)).collect();
        let found = bursts(&shares, &BurstSettings::default());
        assert_eq!((found.len(), found[0].shares.len(), found[0].chance), (1, 16_000, None));
    }
}
