//! What chance alone would give: the null models that an edge is held against.
//!
//! Two questions, two answers, neither of which needs a random number:
//!
//! 1. *By their clocks.* If each account kept its messages and its times, but which message went out at which of its
//!    times were shuffled, how many pairs would fall into the window? Two accounts that are always online meet often.
//! 2. *By the crowd.* If each account shared as much as it did, and each object were shared as often, but who shared
//!    what were drawn by lot, on how many occasions would these two meet? A hit that everybody passes on, and an
//!    account that passes on everything, meet often (the configuration model of two kinds of nodes; Tumminello and
//!    others, PLoS ONE 6(3), 2011; Chung and Lu, 2002).

use super::tail::{binomial, discovery_rates, poisson};
use super::{Edge, Network, Pair, Share};

/// What the clocks of two accounts alone would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByClocks {
    /// Pairs of messages expected.
    pub expected: f64,
    /// Chance of at least the pairs seen, had each account's times been shuffled among its messages.
    pub p_value: f64,
}

/// What the crowd alone would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByCrowd {
    /// Occasions on which both shared the same: no message and no object counts twice.
    pub occasions: u32,
    /// Chance of as many occasions, had the accounts and the objects met by lot.
    pub p_value: f64,
    /// Share of false finds among all edges that look at least as surprising (Benjamini and Hochberg).
    pub discovery_rate: f64,
}

/// Lists by row, one after the other.
#[derive(Debug, Clone, Default)]
struct Lists<T> {
    ends: Vec<usize>,
    items: Vec<T>,
}

impl<T: Copy + Ord + Default> Lists<T> {
    /// Each list sorted, without repeats.
    fn of(rows: usize, entries: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut ends = vec![0_usize; rows + 1];
        for (row, _) in entries.clone() {
            ends[row as usize + 1] += 1;
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        let mut next = ends.clone();
        let mut items = vec![T::default(); ends.last().copied().unwrap_or(0)];
        for (row, item) in entries {
            items[next[row as usize]] = item;
            next[row as usize] += 1;
        }
        let mut kept = Self { ends: vec![0], items: Vec::with_capacity(items.len()) };
        for bounds in ends.windows(2) {
            let list = &mut items[bounds[0]..bounds[1]];
            list.sort_unstable();
            let from = kept.items.len();
            for item in list {
                if kept.items.len() == from || kept.items.last() != Some(item) {
                    kept.items.push(*item);
                }
            }
            kept.ends.push(kept.items.len());
        }
        kept
    }

    fn of_row(&self, row: u32) -> &[T] {
        let at = row as usize;
        match (self.ends.get(at), self.ends.get(at + 1)) {
            (Some(from), Some(to)) => &self.items[*from..*to],
            _ => &[],
        }
    }
}

/// What all accounts did, as far as chance depends on it.
#[derive(Debug, Clone)]
pub struct Chance {
    window_ms: i64,
    /// By account: the times of its messages with their messages.
    times: Lists<(i64, u32)>,
    /// By account: what it shared, with the message.
    shared: Lists<(u32, u32)>,
    /// By object: how many accounts shared it, and its place in order of that.
    accounts_of: Vec<u32>,
    /// By number of accounts of an object: ordered pairs of accounts that met over objects of at most so many.
    meetings_upto: Vec<f64>,
    /// By account: how many objects it shared.
    activity: Vec<f64>,
    activity_sum: f64,
    /// Pairs of accounts that could have met.
    tests: f64,
}

impl Chance {
    /// Gathers what is needed from all `shares` and the network found among them.
    pub fn of(shares: &[Share], network: &Network, window_ms: i64) -> Self {
        let accounts = shares.iter().map(|s| s.account as usize + 1).max().unwrap_or(0);
        let objects = shares.iter().map(|s| s.object as usize + 1).max().unwrap_or(0);
        let times = Lists::of(accounts, shares.iter().map(|s| (s.account, (s.at_ms, s.message))));
        let shared = Lists::of(accounts, shares.iter().map(|s| (s.account, (s.object, s.message))));
        let mut accounts_of = vec![0_u32; objects];
        let mut activity = vec![0.0; accounts];
        for (account, active) in (0_u32..).zip(&mut activity) {
            for run in shared.of_row(account).chunk_by(|x, y| x.0 == y.0) {
                accounts_of[run[0].0 as usize] += 1;
                *active += 1.0;
            }
        }
        let meeting = (0..accounts as u32)
            .filter(|a| shared.of_row(*a).iter().any(|(object, _)| accounts_of[*object as usize] > 1))
            .count() as f64;
        let activity_sum = activity.iter().sum();
        let meetings_upto = meetings_upto(network, &accounts_of);
        let tests = meeting * (meeting - 1.0).max(0.0) / 2.0;
        Self { window_ms, times, shared, accounts_of, meetings_upto, activity, activity_sum, tests }
    }

    /// What their clocks would give, for each edge. Each pair of messages over a common object falls into the window
    /// with the share of the pairs of times that do.
    pub fn by_clocks(&self, network: &Network) -> Vec<ByClocks> {
        let mut scratch = Scratch::default();
        let edges = network.edges.iter();
        edges.map(|edge| self.clocks(edge, network.evidence(edge), &mut scratch)).collect()
    }

    /// What the crowd would give, for each edge.
    pub fn by_crowd(&self, network: &Network) -> Vec<ByCrowd> {
        let mut scratch = Scratch::default();
        let edges = network.edges.iter();
        let mut out: Vec<ByCrowd> =
            edges.map(|edge| self.crowd(edge, network.evidence(edge), &mut scratch)).collect();
        let p: Vec<f64> = out.iter().map(|one| one.p_value).collect();
        for (one, rate) in out.iter_mut().zip(discovery_rates(&p, self.tests)) {
            one.discovery_rate = rate;
        }
        out
    }

    fn clocks(&self, edge: &Edge, pairs: &[Pair], scratch: &mut Scratch) -> ByClocks {
        let (times_a, times_b) = (self.times.of_row(edge.a), self.times.of_row(edge.b));
        let within = within(times_a, times_b, self.window_ms);
        let chance = within as f64 / (times_a.len() * times_b.len()).max(1) as f64;
        let possible = scratch.common(self.shared.of_row(edge.a), self.shared.of_row(edge.b)) as u64;
        let seen = scratch.distinct(pairs) as u64;
        ByClocks { expected: possible as f64 * chance, p_value: binomial(seen, possible, chance) }
    }

    /// The most surprising of: the first occasion over the least shared object, the first two, and so on; paid for by
    /// the number of tries. So a hit that all share does not hide what only these two shared.
    fn crowd(&self, edge: &Edge, pairs: &[Pair], scratch: &mut Scratch) -> ByCrowd {
        let sizes = scratch.occasions(pairs, &self.accounts_of);
        let both = self.activity[edge.a as usize] * self.activity[edge.b as usize]
            / (self.activity_sum * self.activity_sum).max(1.0);
        let tries = sizes.len() as f64;
        let least = sizes.iter().enumerate().map(|(n, size)| {
            poisson(n as u64 + 1, both * self.meetings_upto.get(*size as usize).copied().unwrap_or(0.0))
        });
        let p_value = (least.fold(1.0, f64::min) * tries).min(1.0);
        ByCrowd { occasions: sizes.len() as u32, p_value, discovery_rate: 1.0 }
    }

    /// The messages of an account with their times.
    pub(super) fn times(&self, account: u32) -> &[(i64, u32)] {
        self.times.of_row(account)
    }

    /// How many accounts shared an object.
    pub(super) fn accounts_of(&self, object: u32) -> u32 {
        self.accounts_of.get(object as usize).copied().unwrap_or(0)
    }

    /// What an account shared, with the message.
    pub(super) fn shared(&self, account: u32) -> &[(u32, u32)] {
        self.shared.of_row(account)
    }
}

/// Ordered pairs of accounts that met in the window over objects of at most so many accounts.
fn meetings_upto(network: &Network, accounts_of: &[u32]) -> Vec<f64> {
    let most = accounts_of.iter().copied().max().unwrap_or(0) as usize;
    let mut met = vec![0.0; most + 1];
    for edge in &network.edges {
        for run in network.evidence(edge).chunk_by(|x, y| x.object == y.object) {
            met[accounts_of[run[0].object as usize] as usize] += 2.0;
        }
    }
    for at in 1..met.len() {
        met[at] += met[at - 1];
    }
    met
}

/// How many pairs of times, one of each list, lie within the window.
fn within(a: &[(i64, u32)], b: &[(i64, u32)], window_ms: i64) -> usize {
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

/// Room that is used again from edge to edge.
#[derive(Default)]
struct Scratch {
    messages: Vec<(u32, u32)>,
    order: Vec<(u32, u32, u32)>,
    used: Vec<u32>,
    sizes: Vec<u32>,
}

impl Scratch {
    /// Pairs of messages over a common object, each counted once however many objects they have in common.
    fn common(&mut self, a: &[(u32, u32)], b: &[(u32, u32)]) -> usize {
        self.messages.clear();
        let (mut in_a, mut in_b) = (0, 0);
        while let (Some((x, _)), Some((y, _))) = (a.get(in_a), b.get(in_b)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => in_a += 1,
                std::cmp::Ordering::Greater => in_b += 1,
                std::cmp::Ordering::Equal => {
                    let run_a = a[in_a..].iter().take_while(|(object, _)| object == x).count();
                    let run_b = b[in_b..].iter().take_while(|(object, _)| object == y).count();
                    for (_, message_a) in &a[in_a..in_a + run_a] {
                        self.messages.extend(b[in_b..in_b + run_b].iter().map(|(_, m)| (*message_a, *m)));
                    }
                    in_a += run_a;
                    in_b += run_b;
                }
            }
        }
        self.count_messages()
    }

    /// Distinct pairs of messages.
    fn distinct(&mut self, pairs: &[Pair]) -> usize {
        self.messages.clear();
        self.messages.extend(pairs.iter().map(|pair| (pair.message_a, pair.message_b)));
        self.count_messages()
    }

    fn count_messages(&mut self) -> usize {
        if self.messages.len() > 1 {
            self.messages.sort_unstable();
            self.messages.dedup();
        }
        self.messages.len()
    }

    /// For each occasion, how many accounts shared its object; the least shared first.
    fn occasions(&mut self, pairs: &[Pair], accounts_of: &[u32]) -> &[u32] {
        self.sizes.clear();
        if let [pair] = pairs {
            self.sizes.push(accounts_of[pair.object as usize]);
            return &self.sizes;
        }
        self.order.clear();
        let runs = pairs.chunk_by(|x, y| x.object == y.object);
        self.order.extend(
            runs.map(|run| (accounts_of[run[0].object as usize], run[0].message_a, run[0].message_b)),
        );
        self.order.sort_unstable();
        self.used.clear();
        for (size, message_a, message_b) in &self.order {
            if !self.used.contains(message_a) && !self.used.contains(message_b) {
                self.used.extend([*message_a, *message_b]);
                self.sizes.push(*size);
            }
        }
        &self.sizes
    }
}
