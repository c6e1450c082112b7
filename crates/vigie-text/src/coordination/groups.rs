//! Groups of accounts that share the same things together, again and again.
//!
//! Three gates, in this order. *Repeated*: two accounts are tied only where they met on two occasions or more, and
//! more often than the crowd explains (see [`Chance`]). *Together*: tied accounts form communities. *Not by their own
//! clocks*: within each community the times of each account are shuffled among its messages, and the pairs in the
//! window counted again; a group stands only where far more pairs are there than the shuffles give.

use super::leiden::communities;
use super::tail::{discovery_rates, dispersed};
use super::{Chance, Expectation, Network};
use crate::hash::{Table, mix};

/// What makes a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupSettings {
    /// Fewest accounts.
    pub accounts_least: usize,
    /// Fewest occasions on which two accounts must have met to be tied.
    pub occasions_least: u32,
    /// Greatest false-discovery rate of ties and of groups.
    pub discovery_rate_max: f64,
    /// Least share of possible ties among the members.
    pub resolution: f64,
    /// Fewest times as many pairs as the shuffles give.
    pub excess_least: f64,
    /// Shuffles of each group.
    pub shuffles: u32,
}

impl Default for GroupSettings {
    fn default() -> Self {
        Self {
            accounts_least: 3,
            occasions_least: 2,
            discovery_rate_max: 0.01,
            resolution: 0.1,
            excess_least: 1.5,
            shuffles: 99,
        }
    }
}

/// Accounts that shared the same things together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Accounts that met repeatedly, ascending.
    pub accounts: Vec<u32>,
    /// Accounts that met several of them, once each, over what is mostly theirs; ascending.
    pub joined: Vec<u32>,
    /// Objects that at least two of them shared within the window.
    pub objects: Vec<u32>,
    /// Pairs of messages among them within the window.
    pub pairs: u64,
    /// Pairs expected had each kept its times but not which message went out when.
    pub expected: f64,
    /// Chance of so many pairs under that shuffling.
    pub p_value: f64,
    /// Share of false finds among the groups that look at least as surprising (Benjamini and Hochberg).
    pub discovery_rate: f64,
}

/// The groups of a network, the largest first.
pub fn groups(
    network: &Network,
    expectations: &[Expectation],
    chance: &Chance,
    window_ms: i64,
    settings: &GroupSettings,
) -> Vec<Group> {
    let mut candidates: Vec<Group> = tied(network, expectations, settings)
        .into_iter()
        .map(|accounts| weigh(accounts, chance, window_ms, settings))
        .collect();
    let p: Vec<f64> = candidates.iter().map(|group| group.p_value).collect();
    for (group, rate) in candidates.iter_mut().zip(discovery_rates(&p, p.len() as f64)) {
        group.discovery_rate = rate;
    }
    candidates.retain(|group| {
        group.discovery_rate <= settings.discovery_rate_max
            && group.pairs as f64 >= settings.excess_least * group.expected
    });
    candidates.sort_by(|x, y| y.accounts.len().cmp(&x.accounts.len()).then_with(|| x.accounts.cmp(&y.accounts)));
    join(&mut candidates, network, chance);
    candidates
}

/// Members that must share an object before it counts as theirs, and that a newcomer must have met.
const MET_LEAST: usize = 2;

/// Adds the accounts that met members of a group over an object that is mostly the group's. Without them a campaign
/// loses those of its accounts that took part only once; over what everybody shares nobody is added.
fn join(groups: &mut [Group], network: &Network, chance: &Chance) {
    let mut group_of: Table<u32, u32> = Table::default();
    let mut members_of: Table<(u32, u32), u32> = Table::default();
    for (at, group) in (0_u32..).zip(groups.iter()) {
        for account in &group.accounts {
            group_of.insert(*account, at);
            for run in chance.shared(*account).chunk_by(|x, y| x.0 == y.0) {
                *members_of.entry((run[0].0, at)).or_default() += 1;
            }
        }
    }
    let mostly_theirs = |object: u32, group: u32| {
        let members = members_of.get(&(object, group)).copied().unwrap_or(0);
        members as usize >= MET_LEAST && members * 2 >= chance.accounts_of(object)
    };
    let mut met: Vec<(u32, u32, u32)> = Vec::new();
    for pair in &network.pairs {
        let (group, member, other) = match (group_of.get(&pair.a), group_of.get(&pair.b)) {
            (Some(group), None) => (*group, pair.a, pair.b),
            (None, Some(group)) => (*group, pair.b, pair.a),
            _ => continue,
        };
        if mostly_theirs(pair.object, group) {
            met.push((other, group, member));
        }
    }
    met.sort_unstable();
    met.dedup();
    for run in met.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)).filter(|run| run.len() >= MET_LEAST) {
        if let Some(group) = groups.get_mut(run[0].1 as usize) {
            group.joined.push(run[0].0);
        }
    }
}

/// Communities of accounts that met repeatedly and beyond what the crowd explains.
fn tied(network: &Network, expectations: &[Expectation], settings: &GroupSettings) -> Vec<Vec<u32>> {
    let mut accounts: Vec<u32> = Vec::new();
    let strong = |one: &Expectation| {
        one.occasions >= settings.occasions_least && one.discovery_rate <= settings.discovery_rate_max
    };
    let ties: Vec<_> = network.edges.iter().zip(expectations).filter(|(_, one)| strong(one)).collect();
    accounts.extend(ties.iter().flat_map(|(edge, _)| [edge.a, edge.b]));
    accounts.sort_unstable();
    accounts.dedup();
    let node = |account: u32| accounts.binary_search(&account).unwrap_or_default() as u32;
    let edges: Vec<(u32, u32, f64)> =
        ties.iter().map(|(edge, _)| (node(edge.a), node(edge.b), 1.0)).collect();
    let part = communities(accounts.len(), &edges, settings.resolution);
    let mut found = vec![Vec::new(); part.iter().max().map_or(0, |most| *most as usize + 1)];
    for (account, community) in accounts.iter().zip(part) {
        found[community as usize].push(*account);
    }
    found.retain(|accounts| accounts.len() >= settings.accounts_least);
    found
}

/// One share of a group, by the place of its time among those of its account.
struct Placed {
    account: u32,
    /// Where its time stands in the list of all times.
    time: usize,
}

fn weigh(
    accounts: Vec<u32>,
    chance: &Chance,
    window_ms: i64,
    settings: &GroupSettings,
) -> Group {
    let mut times: Vec<i64> = Vec::new();
    let mut bounds = vec![0];
    let mut by_object: Table<u32, Vec<Placed>> = Table::default();
    for account in &accounts {
        let own = chance.times(*account);
        let from = times.len();
        let mut place: Table<u32, usize> = Table::default();
        place.extend(own.iter().enumerate().map(|(at, (_, message))| (*message, from + at)));
        times.extend(own.iter().map(|(at_ms, _)| *at_ms));
        bounds.push(times.len());
        for (object, message) in chance.shared(*account) {
            if let Some(time) = place.get(message) {
                by_object.entry(*object).or_default().push(Placed { account: *account, time: *time });
            }
        }
    }
    let mut shared: Vec<(u32, Vec<Placed>)> =
        by_object.into_iter().filter(|(_, placed)| placed.iter().any(|p| p.account != placed[0].account)).collect();
    shared.sort_unstable_by_key(|(object, _)| *object);
    let mut count = Count { window_ms, row: Vec::new() };
    let mut objects = Vec::new();
    let mut pairs = 0;
    for (object, placed) in &shared {
        let here = count.pairs(placed, &times);
        pairs += here;
        objects.extend((here > 0).then_some(*object));
    }
    let (mean, variance) = shuffled(&mut times, &bounds, &shared, &mut count, settings.shuffles, &accounts);
    // No shuffle ever gave a pair: that is knowledge of one in so many, not of none.
    let mean = mean.max(1.0 / f64::from(settings.shuffles + 1));
    let p_value = dispersed(pairs, mean, variance);
    Group { accounts, joined: Vec::new(), objects, pairs, expected: mean, p_value, discovery_rate: 1.0 }
}

/// Mean and variance of the pairs in the window over shuffles of each account's times.
fn shuffled(
    times: &mut [i64],
    bounds: &[usize],
    shared: &[(u32, Vec<Placed>)],
    count: &mut Count,
    shuffles: u32,
    accounts: &[u32],
) -> (f64, f64) {
    let mut state = accounts.iter().fold(0, |seed, account| mix(seed, u64::from(*account)));
    let (mut sum, mut squares) = (0.0, 0.0);
    for _ in 0..shuffles {
        for bound in bounds.windows(2) {
            let own = &mut times[bound[0]..bound[1]];
            for last in (1..own.len()).rev() {
                state = mix(state, last as u64);
                // 64 bits over a few thousand places: the bias is beyond measuring.
                own.swap(last, (state % (last as u64 + 1)) as usize);
            }
        }
        let pairs: u64 = shared.iter().map(|(_, placed)| count.pairs(placed, times)).sum();
        sum += pairs as f64;
        squares += (pairs as f64) * (pairs as f64);
    }
    let n = f64::from(shuffles.max(1));
    let mean = sum / n;
    (mean, (squares / n - mean * mean).max(0.0) * n / (n - 1.0).max(1.0))
}

/// Counts pairs of two accounts within the window.
struct Count {
    window_ms: i64,
    row: Vec<i64>,
}

impl Count {
    /// Pairs of all shares less those that an account has with itself: linear, however large the group.
    fn pairs(&mut self, placed: &[Placed], times: &[i64]) -> u64 {
        let all = self.within(placed, times);
        let own = placed.chunk_by(|x, y| x.account == y.account).filter(|run| run.len() > 1);
        all - own.map(|run| self.within(run, times)).sum::<u64>()
    }

    fn within(&mut self, placed: &[Placed], times: &[i64]) -> u64 {
        self.row.clear();
        self.row.extend(placed.iter().map(|one| times[one.time]));
        self.row.sort_unstable();
        let (mut first, mut pairs) = (0, 0);
        for (at, at_ms) in self.row.iter().enumerate() {
            while self.row[first] < at_ms - self.window_ms {
                first += 1;
            }
            pairs += (at - first) as u64;
        }
        pairs
    }
}
