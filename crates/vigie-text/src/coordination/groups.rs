//! Groups of accounts that share the same things together, again and again.
//!
//! Three gates, in this order. *Repeated*: two accounts are tied only where they met on two occasions or more, and
//! more often than the crowd explains ([`ties`](super::ties)). *Together*: tied accounts form communities. *Not by their
//! own clocks*: within each community the times of each account are shuffled among its messages, and the pairs in the
//! window counted again.
//!
//! Communities were picked because they have many pairs, so that count alone flatters them. There are two ways to make
//! up for it, and a group stands by either:
//!
//! 1. *Against the whole set.* The times of *all* accounts are shuffled too, a few times over, and the three gates run
//!    again on what comes out: whatever groups are found there are chance, picked in the same way, and a real one has to
//!    surprise far more than any of those.
//! 2. *Against its own circle.* All accounts that shared two of the group's things, at whatever time, are a circle that
//!    no time has picked. Shuffling the circle alone says whether its times are chance; the group stands where they are
//!    not and a good part of the excess is the group's own. So a small campaign is not measured against the luckiest
//!    shuffle of a large one.

use super::leiden::communities;
use super::lineup::Lineup;
use super::lists::Lists;
use super::tail::{dispersed, ln_gamma};
use super::ties::Habits;
use super::{Share, Sharing, SharingError};
use crate::hash::{Table, mix};

/// What makes a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupSettings {
    /// Fewest accounts.
    pub accounts_least: usize,
    /// Fewest occasions on which two accounts must have met to be tied.
    pub occasions_least: u32,
    /// Greatest false-discovery rate of ties, and chance of a group by its own clocks.
    pub discovery_rate_max: f64,
    /// Greatest false-discovery rate of groups.
    pub group_rate_max: f64,
    /// Least share of possible ties among the members.
    pub resolution: f64,
    /// Fewest times as many pairs as the shuffles give.
    pub excess_least: f64,
    /// Shuffles of each group.
    pub shuffles: u32,
    /// Shuffles of everything.
    pub decoys: u32,
    /// A single group among few stands all the same where it is so many times as surprising (by the logarithm of its
    /// chance) as the most surprising group of all shuffles.
    pub margin: f64,
}

impl Default for GroupSettings {
    fn default() -> Self {
        Self {
            accounts_least: 3,
            occasions_least: 2,
            discovery_rate_max: 0.001,
            group_rate_max: 0.05,
            resolution: 0.1,
            excess_least: 1.5,
            shuffles: 99,
            decoys: 9,
            margin: 1.5,
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
    /// The part of the window in which they stand out most, in milliseconds.
    pub window_ms: i64,
    /// Pairs of messages among them within that part.
    pub pairs: u64,
    /// Pairs expected had each kept its times but not which message went out when.
    pub expected: f64,
    /// Chance of so many pairs under that shuffling.
    pub p_value: f64,
    /// Share of false finds among groups at least as surprising: by the shuffles of everything or by its circle,
    /// whichever says less.
    pub discovery_rate: f64,
}

/// A set of shares, as it is or with its times shuffled.
struct Look<'a> {
    habits: &'a Habits,
    lineup: Lineup,
    /// By account: the times of its messages with their messages.
    times: Lists<(i64, u32)>,
    settings: &'a GroupSettings,
    window_ms: i64,
}

/// The groups that `shares` make within the window of `bounds`, the largest first.
///
/// Pairs of messages are made and let go account by account: memory follows the shares, not their pairs.
pub fn groups(
    shares: &[Share],
    bounds: &Sharing,
    settings: &GroupSettings,
) -> Result<Vec<Group>, SharingError> {
    let habits = Habits::of(shares);
    let seen = Look::of(shares, &habits, bounds, settings)?;
    let mut found = seen.candidates();
    if found.is_empty() {
        return Ok(found);
    }
    let mut by_chance: Vec<f64> = Vec::new();
    let mut deal = Deal::of(shares);
    for decoy in 0..settings.decoys {
        let shuffled = deal.shuffled(shares, u64::from(decoy));
        let decoys = Look::of(&shuffled, &habits, bounds, settings)?.candidates();
        let surprising = decoys.into_iter().map(|group| group.p_value);
        by_chance.extend(surprising.filter(|p| *p <= settings.discovery_rate_max));
    }
    rate(&mut found, by_chance, &seen);
    found.sort_by(|x, y| y.accounts.len().cmp(&x.accounts.len()).then_with(|| x.accounts.cmp(&y.accounts)));
    join(&mut found, &seen);
    Ok(found)
}

impl<'a> Look<'a> {
    fn of(
        shares: &[Share],
        habits: &'a Habits,
        bounds: &Sharing,
        settings: &'a GroupSettings,
    ) -> Result<Self, SharingError> {
        // What one account alone shared makes no pair.
        let common = shares.iter().filter(|share| habits.accounts_of(share.object) > 1);
        let lineup = Lineup::of(common.copied(), bounds);
        if lineup.pairs > Sharing::PAIRS_MAX {
            return Err(SharingError::TooManyPairs(Sharing::PAIRS_MAX));
        }
        let accounts = shares.iter().map(|s| s.account as usize + 1).max().unwrap_or(0);
        let times = Lists::of(accounts, shares.iter().map(|s| (s.account, (s.at_ms, s.message))));
        Ok(Self { habits, lineup, times, settings, window_ms: bounds.window_ms() })
    }

    /// Communities with more pairs than their clocks give, before they are compared with shuffles of everything.
    fn candidates(&self) -> Vec<Group> {
        let weighed = self.tied().into_iter().map(|accounts| self.weigh(accounts));
        weighed.filter(|group| group.pairs as f64 >= self.settings.excess_least * group.expected).collect()
    }

    /// Communities of accounts that met repeatedly and beyond what the crowd explains.
    fn tied(&self) -> Vec<Vec<u32>> {
        let ties = self.habits.ties(&self.lineup, self.settings);
        let mut accounts: Vec<u32> = ties.iter().flat_map(|(a, b)| [*a, *b]).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let node = |account: u32| accounts.binary_search(&account).unwrap_or_default() as u32;
        let edges: Vec<(u32, u32, f64)> = ties.iter().map(|(a, b)| (node(*a), node(*b), 1.0)).collect();
        let part = communities(accounts.len(), &edges, self.settings.resolution);
        let mut found = vec![Vec::new(); part.iter().max().map_or(0, |most| *most as usize + 1)];
        for (account, community) in accounts.iter().zip(part) {
            found[community as usize].push(*account);
        }
        found.retain(|accounts| accounts.len() >= self.settings.accounts_least);
        found
    }

    /// The chance of a group once it is asked of all the accounts that shared the same, whenever they did, and those
    /// accounts. `None` where that says nothing about this group.
    fn by_its_circle(&self, group: &Group) -> Option<(f64, Vec<u32>)> {
        let mut members_of: Table<u32, usize> = Table::default();
        for account in &group.accounts {
            for run in self.habits.shared(*account).chunk_by(|x, y| x.0 == y.0) {
                *members_of.entry(run[0].0).or_default() += 1;
            }
        }
        // What only a few of them shared leads to others' campaigns and to what everybody shared.
        let theirs = |object: &&u32| {
            members_of.get(*object).is_some_and(|members| members * THEIRS_PART >= group.accounts.len())
        };
        let mut shared: Table<u32, u32> = Table::default();
        for object in group.objects.iter().filter(theirs) {
            let mut accounts: Vec<u32> = self.lineup.list(*object).iter().map(|seen| seen.account).collect();
            accounts.sort_unstable();
            accounts.dedup();
            for account in accounts {
                *shared.entry(account).or_default() += 1;
            }
        }
        let often = self.settings.occasions_least;
        let mut circle: Vec<u32> =
            shared.into_iter().filter(|(_, n)| *n >= often).map(|(account, _)| account).collect();
        if circle.len() > group.accounts.len() * CIRCLE_MOST {
            return None;
        }
        circle.sort_unstable();
        let circle = self.weigh(circle);
        let theirs = Set::of(self, &group.accounts).pairs(circle.window_ms);
        let excess = circle.pairs as f64 - circle.expected;
        if (theirs * CIRCLE_PART) as f64 <= excess {
            return None;
        }
        // Circles that do not overlap, of which there can be so many, count as tests.
        let tests = self.habits.meeting / self.settings.accounts_least.max(1) as f64;
        Some(((circle.p_value * tests).min(1.0), circle.accounts))
    }
}

/// The part of a group's accounts that shared a thing before it counts for its circle: a quarter.
const THEIRS_PART: usize = 4;
/// Accounts that a circle may have for each of the group.
const CIRCLE_MOST: usize = 20;
/// The part of its circle's excess that a group has to make up: a quarter. Two halves of one campaign stand both; two
/// who met by chance beside one do not.
const CIRCLE_PART: u64 = 4;

/// Keeps what shuffles of everything hardly ever give, or what stands within its own circle.
fn rate(found: &mut Vec<Group>, mut by_chance: Vec<f64>, look: &Look<'_>) {
    let settings = look.settings;
    by_chance.sort_unstable_by(f64::total_cmp);
    let p_values = found.iter().map(|group| group.p_value);
    let mut seen: Vec<f64> = p_values.filter(|p| *p <= settings.discovery_rate_max).collect();
    seen.sort_unstable_by(f64::total_cmp);
    let upto = |list: &[f64], p: f64| list.partition_point(|other| *other <= p) as f64;
    let bar = by_chance.first().map_or(0.0, |least| least.ln() * settings.margin);
    found.retain_mut(|group| {
        // One more than was seen: that no shuffle gave such a group does not say that none would.
        let false_finds = (upto(&by_chance, group.p_value) + 1.0) / f64::from(settings.decoys.max(1));
        let of_all = (false_finds / upto(&seen, group.p_value).max(1.0)).min(1.0);
        let (of_circle, circle) = look.by_its_circle(group).unwrap_or((1.0, Vec::new()));
        group.discovery_rate = of_all.min(of_circle);
        let surprises = group.p_value <= settings.discovery_rate_max
            && (of_all <= settings.group_rate_max || group.p_value.ln() <= bar);
        let by_circle = of_circle <= settings.group_rate_max;
        // Kept here until `join` has looked at them.
        group.joined = if by_circle { circle } else { Vec::new() };
        surprises || by_circle
    });
}

/// Deals the times of each account anew among its messages.
struct Deal {
    /// Messages with their accounts and times, each once.
    messages: Vec<(u32, u32, i64)>,
    /// By share: its message.
    place: Vec<u32>,
    times: Vec<i64>,
}

impl Deal {
    fn of(shares: &[Share]) -> Self {
        let key = |share: &Share| (share.account, share.message, share.at_ms);
        let mut messages: Vec<(u32, u32, i64)> = shares.iter().map(key).collect();
        messages.sort_unstable();
        messages.dedup();
        let place = |share: &Share| messages.binary_search(&key(share)).unwrap_or_default() as u32;
        let place = shares.iter().map(place).collect();
        Self { messages, place, times: Vec::new() }
    }

    fn shuffled(&mut self, shares: &[Share], seed: u64) -> Vec<Share> {
        self.times.clear();
        self.times.extend(self.messages.iter().map(|(.., at_ms)| *at_ms));
        let mut state = mix(seed, self.messages.len() as u64);
        let mut from = 0;
        for run in self.messages.chunk_by(|x, y| x.0 == y.0) {
            shuffle(&mut self.times[from..from + run.len()], &mut state);
            from += run.len();
        }
        let at = |(share, place): (&Share, &u32)| Share { at_ms: self.times[*place as usize], ..*share };
        shares.iter().zip(&self.place).map(at).collect()
    }
}

fn shuffle(own: &mut [i64], state: &mut u64) {
    for last in (1..own.len()).rev() {
        *state = mix(*state, last as u64);
        // 64 bits over a few thousand places: the bias is beyond measuring.
        own.swap(last, (*state % (last as u64 + 1)) as usize);
    }
}

/// Members that must share an object before it counts as theirs, and that a newcomer must have met.
const MET_LEAST: usize = 2;

/// Adds the accounts that met members of a group over an object that is mostly the group's. Without them a campaign
/// loses those of its accounts that took part only once; over what everybody shares nobody is added. A circle whose
/// times are not chance counts with the group: what is mostly the circle's is the group's too.
fn join(groups: &mut [Group], look: &Look<'_>) {
    let mut group_of: Table<u32, u32> = Table::default();
    let mut members_of: Table<(u32, u32), u32> = Table::default();
    for (at, group) in (0_u32..).zip(groups.iter()) {
        group_of.extend(group.accounts.iter().map(|account| (*account, at)));
        let mut all: Vec<u32> = group.accounts.iter().chain(&group.joined).copied().collect();
        all.sort_unstable();
        all.dedup();
        for account in &all {
            for run in look.habits.shared(*account).chunk_by(|x, y| x.0 == y.0) {
                *members_of.entry((run[0].0, at)).or_default() += 1;
            }
        }
    }
    let mut met: Vec<(u32, u32, u32)> = Vec::new();
    for (group, member) in
        (0_u32..).zip(groups.iter()).flat_map(|(at, g)| g.accounts.iter().map(move |a| (at, *a)))
    {
        let mostly_theirs = |object: u32| {
            let members = members_of.get(&(object, group)).copied().unwrap_or(0);
            members as usize >= MET_LEAST && members * 2 >= look.habits.accounts_of(object)
        };
        look.lineup.meetings(member, mostly_theirs, |_, own, other| {
            if own.message != other.message && !group_of.contains_key(&other.account) {
                met.push((other.account, group, member));
            }
        });
    }
    met.sort_unstable();
    met.dedup();
    for group in groups.iter_mut() {
        group.joined.clear();
    }
    for run in met.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)).filter(|run| run.len() >= MET_LEAST) {
        if let Some(group) = groups.get_mut(run[0].1 as usize) {
            group.joined.push(run[0].0);
        }
    }
}

/// One share of a group, by the place of its time among those of its account.
struct Placed {
    account: u32,
    /// Where its time stands in the list of all times.
    time: usize,
}

/// What some accounts share with one another, and all their times.
struct Set {
    times: Vec<i64>,
    /// Where the times of each account begin; one more at the end.
    bounds: Vec<usize>,
    /// By object: its shares, for what at least two of them shared.
    shared: Vec<(u32, Vec<Placed>)>,
}

impl Set {
    fn of(look: &Look<'_>, accounts: &[u32]) -> Self {
        let mut times: Vec<i64> = Vec::new();
        let mut bounds = vec![0];
        let mut by_object: Table<u32, Vec<Placed>> = Table::default();
        for account in accounts {
            let own = look.times.of_row(*account);
            let from = times.len();
            let mut place: Table<u32, usize> = Table::default();
            place.extend(own.iter().enumerate().map(|(at, (_, message))| (*message, from + at)));
            times.extend(own.iter().map(|(at_ms, _)| *at_ms));
            bounds.push(times.len());
            for (object, message) in look.habits.shared(*account) {
                if let Some(time) = place.get(message) {
                    by_object.entry(*object).or_default().push(Placed { account: *account, time: *time });
                }
            }
        }
        let by_two = |placed: &[Placed]| placed.iter().any(|p| p.account != placed[0].account);
        let mut shared: Vec<(u32, Vec<Placed>)> =
            by_object.into_iter().filter(|(_, placed)| by_two(placed)).collect();
        shared.sort_unstable_by_key(|(object, _)| *object);
        Self { times, bounds, shared }
    }

    fn pairs(&self, window_ms: i64) -> u64 {
        Count::default().all(&self.shared, &self.times, window_ms)
    }

    /// Objects that two of them shared within the window.
    fn objects(&self, window_ms: i64) -> Vec<u32> {
        let mut count = Count::default();
        let met = self.shared.iter().filter(|(_, placed)| count.pairs(placed, &self.times, window_ms) > 0);
        met.map(|(object, _)| *object).collect()
    }
}

impl Look<'_> {
    /// Holds the pairs of some accounts against shuffles of their times.
    fn weigh(&self, accounts: Vec<u32>) -> Group {
        let (window_ms, settings) = (self.window_ms, self.settings);
        let mut set = Set::of(self, &accounts);
        let objects = set.objects(window_ms);
        let least = least_chance(&set.bounds, &set.shared);
        let seen = SCALES.map(|part| set.pairs(window_ms / part));
        let moments =
            shuffled(&mut set.times, &set.bounds, &set.shared, window_ms, settings.shuffles, &accounts);
        let mut best = Group {
            accounts,
            joined: Vec::new(),
            objects,
            window_ms,
            pairs: 0,
            expected: 0.0,
            p_value: 1.0,
            discovery_rate: 1.0,
        };
        for ((part, pairs), (mean, variance)) in SCALES.into_iter().zip(seen).zip(moments) {
            // That no shuffle gave a pair is knowledge of one in so many, not of none.
            let mean = mean.max(1.0 / f64::from(settings.shuffles + 1));
            let p_value = dispersed(pairs, mean, variance) * SCALES.len() as f64;
            let p_value = p_value.max(least).min(1.0);
            if best.pairs == 0 || p_value < best.p_value {
                best = Group { window_ms: window_ms / part, pairs, expected: mean, p_value, ..best };
            }
        }
        best
    }
}

/// The chance of the very arrangement that was seen, below which that of as many pairs cannot lie: accounts with few
/// messages have few ways to arrange them, which a formula for large counts does not know.
fn least_chance(bounds: &[usize], shared: &[(u32, Vec<Placed>)]) -> f64 {
    let mut placed: Vec<usize> =
        shared.iter().flat_map(|(_, placed)| placed.iter().map(|one| one.time)).collect();
    placed.sort_unstable();
    placed.dedup();
    let mut from = 0;
    let ways = bounds.windows(2).map(|bound| {
        let own = placed[from..].iter().take_while(|time| **time < bound[1]).count();
        from += own;
        let times = (bound[1] - bound[0]) as f64;
        ln_gamma(times + 1.0) - ln_gamma(times - own as f64 + 1.0)
    });
    (-ways.sum::<f64>()).exp()
}

/// Mean and variance of the pairs within each part of the window over shuffles of each account's times.
fn shuffled(
    times: &mut [i64],
    bounds: &[usize],
    shared: &[(u32, Vec<Placed>)],
    window_ms: i64,
    shuffles: u32,
    accounts: &[u32],
) -> [(f64, f64); SCALES.len()] {
    let mut state = accounts.iter().fold(0, |seed, account| mix(seed, u64::from(*account)));
    let mut count = Count::default();
    let mut sums = [(0.0, 0.0); SCALES.len()];
    for _ in 0..shuffles {
        for bound in bounds.windows(2) {
            shuffle(&mut times[bound[0]..bound[1]], &mut state);
        }
        for (part, (sum, squares)) in SCALES.into_iter().zip(&mut sums) {
            let pairs = count.all(shared, times, window_ms / part) as f64;
            *sum += pairs;
            *squares += pairs * pairs;
        }
    }
    let n = f64::from(shuffles.max(1));
    sums.map(|(sum, squares)| {
        let mean = sum / n;
        (mean, (squares / n - mean * mean).max(0.0) * n / (n - 1.0).max(1.0))
    })
}

/// Parts of the window in which a group is looked at: a burst of a minute shows within a day only where the day is
/// looked at closely.
const SCALES: [i64; 3] = [1, 8, 64];

/// Counts pairs of two accounts within the window.
#[derive(Default)]
struct Count {
    row: Vec<i64>,
}

impl Count {
    fn all(&mut self, shared: &[(u32, Vec<Placed>)], times: &[i64], window_ms: i64) -> u64 {
        shared.iter().map(|(_, placed)| self.pairs(placed, times, window_ms)).sum()
    }

    /// Pairs of all shares less those that an account has with itself: linear, however large the group.
    fn pairs(&mut self, placed: &[Placed], times: &[i64], window_ms: i64) -> u64 {
        let all = self.within(placed, times, window_ms);
        let own = placed.chunk_by(|x, y| x.account == y.account).filter(|run| run.len() > 1);
        all - own.map(|run| self.within(run, times, window_ms)).sum::<u64>()
    }

    fn within(&mut self, placed: &[Placed], times: &[i64], window_ms: i64) -> u64 {
        self.row.clear();
        self.row.extend(placed.iter().map(|one| times[one.time]));
        self.row.sort_unstable();
        let (mut first, mut pairs) = (0, 0);
        for (at, at_ms) in self.row.iter().enumerate() {
            while self.row[first] < at_ms - window_ms {
                first += 1;
            }
            pairs += (at - first) as u64;
        }
        pairs
    }
}
