//! Gathers pairs of messages into edges between accounts, with both published weights.

use super::{Pair, Share, Sharing, SharingError};
use std::ops::Range;

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
    /// Where its pairs stand in [`Network::pairs`].
    pub pairs: Range<usize>,
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
}

impl Network {
    /// Everything that `shares` make within the window of `sharing`, which takes them in.
    pub fn of(shares: &[Share], sharing: &mut Sharing) -> Result<Self, SharingError> {
        let mut pairs = Vec::new();
        let mut checked = Sharing::PAIRS_MAX;
        for share in shares {
            sharing.share(share, &mut pairs);
            if pairs.len() > checked {
                // Pairs of objects that turned out to be crowds may be what fills it.
                pairs.retain(|pair| !sharing.is_crowd(pair.object));
                if pairs.len() > Sharing::PAIRS_MAX {
                    return Err(SharingError::TooManyPairs(Sharing::PAIRS_MAX));
                }
                checked = Sharing::PAIRS_MAX + Sharing::OBJECT_PAIRS_MAX;
            }
        }
        Ok(Self::gather(pairs, sharing))
    }

    /// The edges of pairs that [`Sharing::share`] gave, without those of crowds.
    pub fn gather(mut pairs: Vec<Pair>, sharing: &Sharing) -> Self {
        pairs.retain(|pair| !sharing.is_crowd(pair.object));
        let pairs = in_order(&pairs);
        let mut edges = Vec::new();
        let mut scratch = Vec::new();
        let mut start = 0;
        for run in pairs.chunk_by(|x, y| x.a == y.a && x.b == y.b) {
            edges.extend(edge(run, start, &mut scratch));
            start += run.len();
        }
        Self { pairs, edges }
    }

    /// The pairs of messages behind `edge`.
    pub fn evidence(&self, edge: &Edge) -> &[Pair] {
        self.pairs.get(edge.pairs.clone()).unwrap_or_default()
    }
}

/// Puts pairs in order: counted into the lists of their first accounts, each list then sorted. Millions of pairs of
/// thousands of accounts are sorted in a fraction of what one sort of all takes.
fn in_order(pairs: &[Pair]) -> Vec<Pair> {
    let accounts = pairs.iter().map(|pair| pair.a as usize + 1).max().unwrap_or(0);
    let mut ends = vec![0_usize; accounts + 1];
    for pair in pairs {
        ends[pair.a as usize + 1] += 1;
    }
    for at in 1..ends.len() {
        ends[at] += ends[at - 1];
    }
    let mut next = ends.clone();
    let mut out = vec![Pair { a: 0, b: 0, object: 0, message_a: 0, message_b: 0, dt_ms: 0 }; pairs.len()];
    for pair in pairs {
        let at = &mut next[pair.a as usize];
        out[*at] = *pair;
        *at += 1;
    }
    for bounds in ends.windows(2) {
        out[bounds[0]..bounds[1]].sort_unstable();
    }
    out
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
        pairs: start..start + run.len(),
    })
}
