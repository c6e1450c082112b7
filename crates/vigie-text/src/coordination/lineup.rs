//! The shares of a finished list, thing by thing in order of time, and the pairs that they make, account by account.
//!
//! The same rules as [`Sharing`] (`near`, `pair`), of which a property test holds that the edges are the same. What is
//! different is the order: all pairs of one account come together, so that edges are made one after the other and the
//! pairs of a whole week need not be kept at once.

use super::Share;
use super::lists::Lists;
use super::sharing::{Crowd, Pair, Seen, Sharing, crowd, near, pair};

/// All shares of things that can make a pair.
pub struct Lineup {
    window_ms: i64,
    /// Shares by object, each object's in order of time.
    seen: Vec<Seen>,
    /// By object: where its shares begin; one more at the end.
    starts: Vec<usize>,
    /// By object: its pairs, 0 for those of crowds.
    pairs_of: Vec<u32>,
    /// By account: its shares that can make a pair, as object and place.
    own: Lists<(u32, u32)>,
    /// Objects that crowds share.
    pub crowds: Vec<Crowd>,
    /// All pairs.
    pub pairs: usize,
}

/// Room that is used again from account to account.
#[derive(Default)]
pub struct Room {
    met: Vec<Pair>,
    parted: Vec<Pair>,
    /// By account: how many pairs with it, then where the next one goes.
    next: Vec<u32>,
    others: Vec<u32>,
}

impl Lineup {
    /// Puts `shares` in order, within the bounds of `bounds`.
    pub fn of(shares: impl Iterator<Item = Share> + Clone, bounds: &Sharing) -> Self {
        let (mut starts, mut accounts) = (vec![0_usize], 0);
        for share in shares.clone() {
            let object = share.object as usize;
            if object + 2 > starts.len() {
                starts.resize(object + 2, 0);
            }
            starts[object + 1] += 1;
            accounts = accounts.max(share.account as usize + 1);
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut seen = vec![Seen::default(); starts.last().copied().unwrap_or(0)];
        for share in shares {
            let at = &mut next[share.object as usize];
            seen[*at] = Seen::of(&share);
            *at += 1;
        }
        let mut lineup = Self {
            window_ms: bounds.window_ms(),
            seen,
            starts,
            pairs_of: Vec::new(),
            own: Lists::default(),
            crowds: Vec::new(),
            pairs: 0,
        };
        lineup.sort();
        lineup.count(bounds.object_pairs_max());
        lineup.own = Lists::of(accounts, lineup.entries());
        lineup
    }

    /// Puts the shares of each object in order of time; the same share twice is one.
    fn sort(&mut self) {
        let mut kept = 0;
        for object in 0..self.starts.len() - 1 {
            let (from, to) = (self.starts[object], self.starts[object + 1]);
            self.seen[from..to].sort_unstable();
            self.starts[object] = kept;
            for at in from..to {
                if at == from || self.seen[at] != self.seen[kept - 1] {
                    self.seen[kept] = self.seen[at];
                    kept += 1;
                }
            }
        }
        if let Some(end) = self.starts.last_mut() {
            *end = kept;
        }
        self.seen.truncate(kept);
    }

    fn count(&mut self, pairs_max: usize) {
        for object in 0..self.starts.len() - 1 {
            let list = self.list(object as u32);
            let pairs = super::sharing::count(list, self.window_ms, pairs_max);
            if pairs > pairs_max {
                self.crowds.push(crowd(list, object as u32, self.window_ms));
                self.pairs_of.push(0);
            } else {
                self.pairs_of.push(pairs as u32);
                self.pairs += pairs;
            }
        }
    }

    fn entries(&self) -> impl Iterator<Item = (u32, (u32, u32))> + Clone + '_ {
        let objects = (0_u32..).zip(&self.pairs_of).filter(|(_, pairs)| **pairs > 0);
        objects.flat_map(|(object, _)| {
            let places = self.starts[object as usize] as u32..;
            places.zip(self.list(object)).map(move |(place, seen)| (seen.account, (object, place)))
        })
    }

    /// The shares of an object, in order of time.
    pub fn list(&self, object: u32) -> &[Seen] {
        let at = object as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => self.seen.get(*from..*to).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Accounts are numbered below this.
    pub fn accounts(&self) -> u32 {
        self.own.rows() as u32
    }

    /// Objects that make pairs, with how many.
    pub fn objects(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0_u32..).zip(self.pairs_of.iter().copied()).filter(|(_, pairs)| *pairs > 0)
    }

    /// Each share near one of `account` over an object that is `wanted`: the object, its own share, the other's.
    pub fn meetings(&self, account: u32, wanted: impl Fn(u32) -> bool, mut met: impl FnMut(u32, Seen, Seen)) {
        for &(object, place) in self.own.of_row(account) {
            if !wanted(object) {
                continue;
            }
            let list = self.list(object);
            let at = place as usize - self.starts[object as usize];
            let (Some(own), Some(later)) = (list.get(at), list.get(at + 1..)) else { continue };
            near(&list[..at], later, *own, self.window_ms).for_each(|other| met(object, *own, *other));
        }
    }

    /// The pairs of `account` with each account of a larger number, one run an account; in the order of their numbers
    /// where `in_order`. Each run is in the order of its pairs.
    pub fn edges(&self, account: u32, in_order: bool, room: &mut Room, mut edge: impl FnMut(&[Pair])) {
        let Room { met, parted, next, others } = room;
        met.clear();
        others.clear();
        next.resize(self.own.rows(), 0);
        self.meetings(
            account,
            |_| true,
            |object, own, other| {
                if other.account > account {
                    met.extend(pair(object, own, other));
                }
            },
        );
        for pair in &*met {
            let pairs = &mut next[pair.b as usize];
            if *pairs == 0 {
                others.push(pair.b);
            }
            *pairs += 1;
        }
        if in_order {
            others.sort_unstable();
        }
        let mut start = 0;
        for other in &*others {
            let pairs = std::mem::replace(&mut next[*other as usize], start);
            start += pairs;
        }
        parted.clear();
        parted.resize(met.len(), Pair::default());
        for pair in &*met {
            let at = &mut next[pair.b as usize];
            parted[*at as usize] = *pair;
            *at += 1;
        }
        let mut from = 0;
        for other in &*others {
            let to = std::mem::take(&mut next[*other as usize]) as usize;
            let run = &mut parted[from..to];
            if run.len() > 1 {
                run.sort_unstable();
            }
            edge(run);
            from = to;
        }
    }
}
