//! Accounts that met more often than the crowd explains.
//!
//! Were it drawn by lot who shared what, with each account as active and each object as shared as it is, on how many
//! occasions would two accounts meet? A hit that everybody passes on, and an account that passes on everything, meet
//! often (the configuration model of two kinds of nodes; Tumminello and others, PLoS ONE 6(3), 2011; Chung and Lu, 2002).
//!
//! Of millions of pairs of accounts nearly all met once. Only those are kept whose chance is so small that, were every
//! pair that small, some could stand: exact, as the rate of false finds never asks for the others.

use super::lineup::{Lineup, Room};
use super::lists::Lists;
use super::tail::{poisson, poisson_least, surest};
use super::{GroupSettings, Pair, Share};

/// What does not depend on the times: who shared what, and how much.
pub struct Habits {
    /// By account: what it shared, with the message.
    shared: Lists<(u32, u32)>,
    /// By object: how many accounts shared it.
    accounts_of: Vec<u32>,
    /// By account: how many objects it shared.
    activity: Vec<f64>,
    activity_sum: f64,
    /// Accounts that shared something that another shared too.
    pub meeting: f64,
}

impl Habits {
    /// Of all `shares`.
    pub fn of(shares: &[Share]) -> Self {
        let accounts = shares.iter().map(|s| s.account as usize + 1).max().unwrap_or(0);
        let objects = shares.iter().map(|s| s.object as usize + 1).max().unwrap_or(0);
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
        Self { shared, accounts_of, activity, activity_sum, meeting }
    }

    /// How many accounts shared an object.
    pub fn accounts_of(&self, object: u32) -> u32 {
        self.accounts_of.get(object as usize).copied().unwrap_or(0)
    }

    /// What an account shared, with the message.
    pub fn shared(&self, account: u32) -> &[(u32, u32)] {
        self.shared.of_row(account)
    }

    /// Accounts that met on enough occasions and beyond what the crowd explains.
    pub fn ties(&self, lineup: &Lineup, settings: &GroupSettings) -> Vec<(u32, u32)> {
        let crowd = Crowding { habits: self, meetings_upto: self.meetings_upto(lineup) };
        let tests = self.meeting * (self.meeting - 1.0).max(0.0) / 2.0;
        let rate = settings.discovery_rate_max;
        // No edge above this can stand, were all pairs of messages edges as surprising as it.
        let p_most = rate * lineup.pairs as f64 / tests.max(1.0) * 1.000_001;
        let (mut low, mut ties) = (Vec::new(), Vec::new());
        let (mut room, mut scratch) = (Room::default(), Scratch::default());
        for account in 0..lineup.accounts() {
            lineup.edges(account, false, &mut room, |run| {
                let Some(p) = crowd.chance(run, p_most, &mut scratch) else { return };
                low.push(p);
                if scratch.sizes.len() >= settings.occasions_least as usize {
                    ties.push((p, run[0].a, run[0].b));
                }
            });
        }
        let bar = surest(&mut low, tests, rate);
        ties.retain(|(p, ..)| bar.is_some_and(|bar| *p <= bar));
        ties.sort_unstable_by_key(|(_, a, b)| (*a, *b));
        ties.into_iter().map(|(_, a, b)| (a, b)).collect()
    }

    /// By number of accounts of an object: ordered pairs of accounts that met over objects of at most so many.
    fn meetings_upto(&self, lineup: &Lineup) -> Vec<f64> {
        let most = self.accounts_of.iter().copied().max().unwrap_or(0) as usize;
        let mut met = vec![0.0; most + 1];
        let repeats = |object: u32| lineup.list(object).len() > self.accounts_of(object) as usize;
        for (object, pairs) in lineup.objects().filter(|(object, _)| !repeats(*object)) {
            met[self.accounts_of(object) as usize] += 2.0 * f64::from(pairs);
        }
        // Where an account shared an object twice, the accounts that it met are counted one by one.
        let mut counted = vec![0_u32; lineup.accounts() as usize];
        let (mut round, mut last) = (0, None);
        for account in 0..lineup.accounts() {
            lineup.meetings(account, repeats, |object, own, other| {
                if last != Some((account, object)) {
                    last = Some((account, object));
                    round += 1;
                }
                let count = &mut counted[other.account as usize];
                if other.account > account && other.message != own.message && *count != round {
                    *count = round;
                    met[self.accounts_of(object) as usize] += 2.0;
                }
            });
        }
        for at in 1..met.len() {
            met[at] += met[at - 1];
        }
        met
    }
}

struct Crowding<'a> {
    habits: &'a Habits,
    meetings_upto: Vec<f64>,
}

impl Crowding<'_> {
    /// The most surprising of: the first occasion over the least shared object, the first two, and so on; paid for by
    /// the number of tries. So a hit that all share does not hide what only these two shared. `None` above `p_most`.
    fn chance(&self, run: &[Pair], p_most: f64, scratch: &mut Scratch) -> Option<f64> {
        let first = run.first()?;
        let habits = self.habits;
        let both = habits.activity[first.a as usize] * habits.activity[first.b as usize]
            / (habits.activity_sum * habits.activity_sum).max(1.0);
        scratch.occasions(run, &habits.accounts_of);
        let tries = scratch.sizes.len() as f64;
        let mean = |size: &u32| both * self.meetings_upto.get(*size as usize).copied().unwrap_or(0.0);
        let means = || (1_u64..).zip(scratch.sizes.iter().map(mean));
        if means().all(|(n, mean)| poisson_least(n, mean) * tries > p_most) {
            return None;
        }
        let p = (means().map(|(n, mean)| poisson(n, mean)).fold(1.0, f64::min) * tries).min(1.0);
        (p <= p_most).then_some(p)
    }
}

/// Room that is used again from edge to edge.
#[derive(Default)]
struct Scratch {
    order: Vec<(u32, u32, u32)>,
    used: Vec<u32>,
    /// For each occasion, how many accounts shared its object; the least shared first.
    sizes: Vec<u32>,
}

impl Scratch {
    /// Occasions on which both shared the same: no message and no object counts twice.
    fn occasions(&mut self, pairs: &[Pair], accounts_of: &[u32]) {
        self.sizes.clear();
        if let [pair] = pairs {
            self.sizes.push(accounts_of[pair.object as usize]);
            return;
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
    }
}
