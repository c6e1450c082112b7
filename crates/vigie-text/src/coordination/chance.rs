//! What chance alone would give by the clocks of two accounts: the null model that an edge is held against.
//!
//! If each account kept its messages and its times, but which message went out at which of its times were shuffled, how
//! many pairs would fall into the window? Two accounts that are always online meet often. It takes no random number.
//! What the *crowd* would give is the other question: [`Ties`](super::ties).

use super::lists::Lists;
use super::tail::binomial;
use super::{Edge, Network, Pair, Share};

/// What the clocks of two accounts alone would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByClocks {
    /// Pairs of messages expected.
    pub expected: f64,
    /// Chance of at least the pairs seen, had each account's times been shuffled among its messages.
    pub p_value: f64,
}

/// When all accounts wrote, and what they shared.
#[derive(Debug, Clone)]
pub struct Chance {
    window_ms: i64,
    /// By account: the times of its messages with their messages.
    times: Lists<(i64, u32)>,
    /// By account: what it shared, with the message.
    shared: Lists<(u32, u32)>,
}

impl Chance {
    /// Gathers what is needed from all `shares`.
    pub fn of(shares: &[Share], window_ms: i64) -> Self {
        let accounts = shares.iter().map(|s| s.account as usize + 1).max().unwrap_or(0);
        let times = Lists::of(accounts, shares.iter().map(|s| (s.account, (s.at_ms, s.message))));
        let shared = Lists::of(accounts, shares.iter().map(|s| (s.account, (s.object, s.message))));
        Self { window_ms, times, shared }
    }

    /// What their clocks would give, for each edge. Each pair of messages over a common object falls into the window
    /// with the share of the pairs of times that do.
    pub fn by_clocks(&self, network: &Network) -> Vec<ByClocks> {
        let mut scratch = Vec::new();
        let edges = network.edges.iter();
        edges.map(|edge| self.clocks(edge, network.evidence(edge), &mut scratch)).collect()
    }

    fn clocks(&self, edge: &Edge, pairs: &[Pair], scratch: &mut Vec<(u32, u32)>) -> ByClocks {
        let (times_a, times_b) = (self.times.of_row(edge.a), self.times.of_row(edge.b));
        let within = within(times_a, times_b, self.window_ms);
        let chance = within as f64 / (times_a.len() * times_b.len()).max(1) as f64;
        let possible = common(self.shared.of_row(edge.a), self.shared.of_row(edge.b), scratch) as u64;
        let seen = distinct(pairs, scratch) as u64;
        // Most edges are one meeting out of one possible.
        let p_value = if (seen, possible) == (1, 1) { chance } else { binomial(seen, possible, chance) };
        ByClocks { expected: possible as f64 * chance, p_value }
    }
}

/// How often the longer list is as long as the shorter before it is searched instead of walked.
const LONGER: usize = 8;

/// How many pairs of times, one of each list, lie within the window.
fn within(a: &[(i64, u32)], b: &[(i64, u32)], window_ms: i64) -> usize {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if let (Some((first, _)), Some((last, _))) = (a.first().min(b.first()), a.last().max(b.last()))
        && last - first <= window_ms
    {
        return a.len() * b.len();
    }
    if a.len() * LONGER < b.len() {
        let upto = |at: i64| b.partition_point(|(t, _)| *t < at);
        return a.iter().map(|(at, _)| upto(at + window_ms + 1) - upto(at - window_ms)).sum();
    }
    let (mut from, mut to, mut count) = (0, 0, 0);
    for (at, _) in a {
        while b.get(from).is_some_and(|(t, _)| *t < at - window_ms) {
            from += 1;
        }
        while b.get(to).is_some_and(|(t, _)| *t <= at + window_ms) {
            to += 1;
        }
        count += to - from;
    }
    count
}

/// Pairs of messages over a common object, each counted once however many objects they have in common.
fn common(a: &[(u32, u32)], b: &[(u32, u32)], scratch: &mut Vec<(u32, u32)>) -> usize {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    scratch.clear();
    let mut rest = b;
    for (object, message) in a {
        let skipped = if a.len() * LONGER < b.len() {
            rest.partition_point(|(x, _)| x < object)
        } else {
            rest.iter().take_while(|(x, _)| x < object).count()
        };
        rest = rest.get(skipped..).unwrap_or_default();
        let same = rest.iter().take_while(|(x, _)| x == object);
        scratch.extend(same.map(|(_, other)| (*message, *other)));
    }
    count(scratch)
}

/// Distinct pairs of messages.
fn distinct(pairs: &[Pair], scratch: &mut Vec<(u32, u32)>) -> usize {
    scratch.clear();
    scratch.extend(pairs.iter().map(|pair| (pair.message_a, pair.message_b)));
    count(scratch)
}

fn count(messages: &mut Vec<(u32, u32)>) -> usize {
    if messages.len() > 1 {
        messages.sort_unstable();
        messages.dedup();
    }
    messages.len()
}
