//! Takes shares one at a time and gives the pairs that each makes within the window.
//!
//! Each object keeps its shares in order of time, so that a new one meets only those inside the window. The window is
//! inclusive. An account never pairs with itself, and the same share twice is one.
//!
//! An object that a crowd shares at once makes pairs without end (16,000 accounts in a minute: 128 million) and says
//! nothing about any two of them. Above a bound its pairs are let go, those made before too, and the object itself
//! is reported as a [`Crowd`]. The number of pairs of an object does not depend on the order in which shares
//! come, so neither does this.

use super::Share;

/// Why shares cannot be paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SharingError {
    /// The window is negative or longer than 31 days.
    #[error("a window lasts from 0 to 31 days")]
    Window,
    /// More pairs than may be held in all.
    #[error("more than {0} pairs")]
    TooManyPairs(usize),
}

/// Two shares of one object by two accounts within the window; `a` is the account with the smaller number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The one account.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// What both shared.
    pub object: u32,
    /// The message of `a`.
    pub message_a: u32,
    /// The message of `b`.
    pub message_b: u32,
    /// Milliseconds between the two.
    pub dt_ms: u32,
}

/// An object shared by so many at once that pairs of accounts say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crowd {
    /// The object.
    pub object: u32,
    /// Accounts that shared it.
    pub accounts: usize,
    /// Its shares.
    pub shares: usize,
    /// The most shares within one window.
    pub densest: usize,
}

/// One share of a known object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seen {
    /// When.
    pub at_ms: i64,
    /// By whom.
    pub account: u32,
    /// In which message.
    pub message: u32,
}

impl Seen {
    /// A share without its object.
    pub const fn of(share: &Share) -> Self {
        Self { at_ms: share.at_ms, account: share.account, message: share.message }
    }
}

#[derive(Debug, Default, Clone)]
struct Object {
    seen: Vec<Seen>,
    pairs: usize,
}

/// The shares met so far, by object.
#[derive(Debug, Clone)]
pub struct Sharing {
    window_ms: i64,
    pairs_max: usize,
    objects: Vec<Object>,
}

impl Sharing {
    /// Pairs that one object may make before it counts as a crowd: 2,000 accounts within one window.
    pub const OBJECT_PAIRS_MAX: usize = 2_000_000;
    /// Pairs that a network may hold in all, 24 bytes each.
    pub const PAIRS_MAX: usize = 40_000_000;
    /// The longest window, in milliseconds: 31 days.
    pub const WINDOW_MS_MAX: i64 = 31 * 86_400_000;

    /// `window_ms` apart still counts; above `object_pairs_max` an object is a crowd.
    pub fn new(window_ms: i64, object_pairs_max: usize) -> Result<Self, SharingError> {
        if !(0..=Self::WINDOW_MS_MAX).contains(&window_ms) {
            return Err(SharingError::Window);
        }
        Ok(Self { window_ms, pairs_max: object_pairs_max, objects: Vec::new() })
    }

    /// Pairs above which an object is a crowd.
    pub const fn object_pairs_max(&self) -> usize {
        self.pairs_max
    }

    /// Milliseconds that two shares may be apart.
    pub const fn window_ms(&self) -> i64 {
        self.window_ms
    }

    /// Takes one share and adds the pairs that it makes to `out`; shares may come in any order.
    ///
    /// Once its object is a crowd it makes none, and pairs given before are to be let go:
    /// [`Network`](super::Network) does so.
    pub fn share(&mut self, share: &Share, out: &mut Vec<Pair>) {
        let at = share.object as usize;
        if at >= self.objects.len() {
            self.objects.resize_with(at + 1, Object::default);
        }
        let (window_ms, pairs_max) = (self.window_ms, self.pairs_max);
        let Some(object) = self.objects.get_mut(at) else { return };
        let new = Seen::of(share);
        let Some(place) = object.place(new) else { return };
        if object.pairs <= pairs_max {
            let before = out.len();
            let (earlier, later) = object.seen.split_at(place);
            let met = near(earlier, later, new, window_ms);
            out.extend(met.filter_map(|seen| pair(share.object, *seen, new)));
            object.pairs += out.len() - before;
            if object.pairs > pairs_max {
                out.truncate(before);
            }
        }
        object.seen.insert(place, new);
    }

    /// Whether this object is shared by a crowd.
    pub fn is_crowd(&self, object: u32) -> bool {
        self.objects.get(object as usize).is_some_and(|object| object.pairs > self.pairs_max)
    }

    /// The objects that crowds share.
    pub fn crowds(&self) -> Vec<Crowd> {
        let crowded = self.objects.iter().enumerate().filter(|(_, object)| object.pairs > self.pairs_max);
        crowded.map(|(at, object)| crowd(&object.seen, at as u32, self.window_ms)).collect()
    }

    /// Lets go of shares older than `before_ms`.
    pub fn forget(&mut self, before_ms: i64) {
        for object in &mut self.objects {
            let gone = object.seen.partition_point(|seen| seen.at_ms < before_ms);
            if gone > 0 {
                object.seen.drain(..gone);
                object.pairs = count(&object.seen, self.window_ms, self.pairs_max);
            }
        }
    }
}

impl Object {
    /// Where `new` belongs in order of time; `None` where it is there already.
    fn place(&self, new: Seen) -> Option<usize> {
        // Nearly always a share is the latest one.
        match self.seen.last() {
            None => Some(0),
            Some(last) if *last < new => Some(self.seen.len()),
            Some(_) => self.seen.binary_search(&new).err(),
        }
    }
}

/// The shares within the window of `new`, which stands between `earlier` and `later`.
pub(super) fn near<'a>(
    earlier: &'a [Seen],
    later: &'a [Seen],
    new: Seen,
    window_ms: i64,
) -> impl Iterator<Item = &'a Seen> {
    let inside = move |seen: &&Seen| seen.at_ms.abs_diff(new.at_ms) <= window_ms as u64;
    earlier.iter().rev().take_while(inside).chain(later.iter().take_while(inside))
}

/// The pairs of one object's shares, which stand in order of time; counted no further than the bound.
pub(super) fn count(seen: &[Seen], window_ms: i64, pairs_max: usize) -> usize {
    let mut pairs = 0;
    for (at, new) in seen.iter().enumerate() {
        let met = near(seen.get(..at).unwrap_or_default(), &[], *new, window_ms);
        pairs += met.filter(|seen| are_two(seen, new)).count();
        if pairs > pairs_max {
            break;
        }
    }
    pairs
}

pub(super) fn crowd(seen: &[Seen], object: u32, window_ms: i64) -> Crowd {
    let mut accounts: Vec<u32> = seen.iter().map(|seen| seen.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut first = 0;
    let mut densest = 0;
    for (last, one) in seen.iter().enumerate() {
        while seen.get(first).is_some_and(|early| one.at_ms - early.at_ms > window_ms) {
            first += 1;
        }
        densest = densest.max(last + 1 - first);
    }
    Crowd { object, accounts: accounts.len(), shares: seen.len(), densest }
}

const fn are_two(x: &Seen, y: &Seen) -> bool {
    x.account != y.account && x.message != y.message
}

pub(super) fn pair(object: u32, x: Seen, y: Seen) -> Option<Pair> {
    let (a, b) = if x.account < y.account { (x, y) } else { (y, x) };
    let dt_ms = a.at_ms.abs_diff(b.at_ms) as u32;
    are_two(&a, &b).then_some(Pair {
        a: a.account,
        b: b.account,
        object,
        message_a: a.message,
        message_b: b.message,
        dt_ms,
    })
}
