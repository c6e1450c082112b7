//! Gathers pairs of messages into edges between accounts, with both published weights.

use super::lineup::{Lineup, Room};
use super::{Crowd, Pair, Share, Sharing, SharingError};

/// What two accounts shared within the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The account with the smaller number.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Pairs of messages behind it, object by object (the weight of CooRTweet).
    pub weight_pairs: u32,
    /// Distinct messages of `a` behind it (the weight of the QUT toolkit, read from `a`).
    pub messages_a: u32,
    /// Distinct messages of `b` behind it.
    pub messages_b: u32,
    /// Distinct objects that both shared.
    pub objects: u32,
    /// Sum of the times between the messages of each pair, in milliseconds.
    pub dt_sum_ms: u64,
    /// Where its pairs begin in [`Network::pairs`].
    first: u32,
}

impl Edge {
    /// Mean time between the two messages of a pair, in seconds.
    pub fn dt_mean_s(&self) -> f64 {
        self.dt_sum_ms as f64 / 1e3 / f64::from(self.weight_pairs.max(1))
    }

    /// The smaller number of messages over the larger: near 0 where one very active account met another's few
    /// messages, 1 where both gave as many.
    pub fn symmetry(&self) -> f64 {
        let (x, y) = (self.messages_a.min(self.messages_b), self.messages_a.max(self.messages_b));
        f64::from(x) / f64::from(y.max(1))
    }
}

/// All edges, in order of their accounts, and the pairs behind them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// Pairs of messages, in order of accounts, objects and messages.
    pub pairs: Vec<Pair>,
    /// Pairs of accounts.
    pub edges: Vec<Edge>,
    /// Objects that crowds share; they make no pair.
    pub crowds: Vec<Crowd>,
}

impl Network {
    /// Everything that `shares` make within the bounds of `bounds`.
    pub fn of(shares: &[Share], bounds: &Sharing) -> Result<Self, SharingError> {
        let lineup = Lineup::of(shares.iter().copied(), bounds);
        if lineup.pairs > Sharing::PAIRS_MAX {
            return Err(SharingError::TooManyPairs(Sharing::PAIRS_MAX));
        }
        let mut network = Self { pairs: Vec::with_capacity(lineup.pairs), ..Self::default() };
        let (mut room, mut scratch) = (Room::default(), Vec::new());
        for account in 0..lineup.accounts() {
            lineup.edges(account, true, &mut room, |run| network.put(run, &mut scratch));
        }
        network.crowds = lineup.crowds;
        Ok(network)
    }

    /// The edges of pairs that [`Sharing::share`] gave, in any order, without those of crowds.
    pub fn gather(mut pairs: Vec<Pair>, sharing: &Sharing) -> Self {
        pairs.retain(|pair| !sharing.is_crowd(pair.object));
        pairs.sort_unstable();
        let mut network = Self { crowds: sharing.crowds(), ..Self::default() };
        let mut scratch = Vec::new();
        for run in pairs.chunk_by(|x, y| x.a == y.a && x.b == y.b) {
            network.put(run, &mut scratch);
        }
        network
    }

    fn put(&mut self, run: &[Pair], scratch: &mut Vec<u32>) {
        self.edges.extend(edge(run, self.pairs.len(), scratch));
        self.pairs.extend_from_slice(run);
    }

    /// The pairs of messages behind `edge`.
    pub fn evidence(&self, edge: &Edge) -> &[Pair] {
        let first = edge.first as usize;
        self.pairs.get(first..first + edge.weight_pairs as usize).unwrap_or_default()
    }
}

fn edge(run: &[Pair], start: usize, scratch: &mut Vec<u32>) -> Option<Edge> {
    let first = run.first()?;
    let mut distinct = |of: &dyn Fn(&Pair) -> u32| {
        if run.len() == 1 {
            return 1;
        }
        scratch.clear();
        scratch.extend(run.iter().map(of));
        scratch.sort_unstable();
        scratch.dedup();
        scratch.len() as u32
    };
    Some(Edge {
        a: first.a,
        b: first.b,
        weight_pairs: run.len() as u32,
        messages_a: distinct(&|pair| pair.message_a),
        messages_b: distinct(&|pair| pair.message_b),
        objects: distinct(&|pair| pair.object),
        dt_sum_ms: run.iter().map(|pair| u64::from(pair.dt_ms)).sum(),
        first: start as u32,
    })
}
