//! Slows down password guessing by account and by address, without any outside service.
//!
//! A pure state machine: the clock is an argument, so a test can let an hour pass. Every try counts as failed
//! until [`Brake::succeeded`] says otherwise, so that a thousand tries sent at once cannot all pass the
//! same check. Nobody is locked out for good: the wait is capped and the count fades by itself, also on a
//! site that is cut off. An address from which the account was opened before is judged on its own tries
//! only: guessing at a colleague's account from elsewhere does not keep that colleague out.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use vigie_model::Timestamp;

/// Tries that cost no wait, per account.
const FREE_PER_ACCOUNT: u32 = 4;
/// Tries that cost no wait, per address: several people may share one.
const FREE_PER_ADDRESS: u32 = 20;
/// The longest wait, in seconds.
const WAIT_S_MAX: i64 = 300;
/// After this many quiet seconds the count starts again.
const FADE_S: i64 = 900;
/// Accounts and addresses remembered; beyond it the quietest are forgotten.
const REMEMBERED_MAX: usize = 20_000;

/// How long to wait before the next try is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Whole seconds, at least 1.
    pub seconds: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    Address(IpAddr),
    Known(String, IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Strain {
    tries: u32,
    last: Timestamp,
}

/// The brake on signing in.
#[derive(Debug, Default)]
pub struct Brake {
    strains: HashMap<Key, Strain>,
    known: HashSet<(String, IpAddr)>,
}

impl Brake {
    /// Counts one try, or says how long to wait; a try that has to wait is not counted.
    pub fn enter(&mut self, now: Timestamp, account: &str, address: IpAddr) -> Result<(), Wait> {
        let keys = self.keys(account, address);
        let waits = keys.iter().filter_map(|key| self.wait(now, key));
        if let Some(seconds) = waits.max() {
            return Err(Wait { seconds: u32::try_from(seconds).unwrap_or(1).max(1) });
        }
        for key in keys {
            self.count(now, key);
        }
        self.forget_quiet();
        Ok(())
    }

    /// The last try was good: the account starts afresh and the address is known to belong to it.
    pub fn succeeded(&mut self, account: &str, address: IpAddr) {
        for key in self.keys(account, address) {
            match key {
                // One good account must not wash away the guesses at all the others.
                Key::Address(_) => self.uncount(&key),
                key => drop(self.strains.remove(&key)),
            }
        }
        if self.known.len() < REMEMBERED_MAX {
            self.known.insert((account.to_lowercase(), address));
        }
    }

    fn keys(&self, account: &str, address: IpAddr) -> [Key; 2] {
        let account = account.to_lowercase();
        let pair = (account, address);
        if self.known.contains(&pair) {
            [Key::Known(pair.0, address), Key::Address(address)]
        } else {
            [Key::Account(pair.0), Key::Address(address)]
        }
    }

    fn wait(&self, now: Timestamp, key: &Key) -> Option<i64> {
        let strain = self.strains.get(key)?;
        let free = match key {
            Key::Address(_) => FREE_PER_ADDRESS,
            Key::Account(_) | Key::Known(..) => FREE_PER_ACCOUNT,
        };
        let over = strain.tries.checked_sub(free)?;
        let wait_s = (1_i64 << over.min(16)).min(WAIT_S_MAX);
        // A clock set back must not lengthen the wait beyond its cap.
        let passed_s = now.as_second() - strain.last.as_second();
        let left_s = wait_s - passed_s.max(0);
        (left_s > 0).then_some(left_s)
    }

    fn count(&mut self, now: Timestamp, key: Key) {
        let strain = self.strains.entry(key).or_insert(Strain { tries: 0, last: now });
        if now.as_second() - strain.last.as_second() >= FADE_S {
            strain.tries = 0;
        }
        strain.tries = strain.tries.saturating_add(1);
        strain.last = now;
    }

    fn uncount(&mut self, key: &Key) {
        if let Some(strain) = self.strains.get_mut(key) {
            strain.tries = strain.tries.saturating_sub(1);
        }
    }

    fn forget_quiet(&mut self) {
        if self.strains.len() <= REMEMBERED_MAX {
            return;
        }
        let mut tries: Vec<u32> = self.strains.values().map(|s| s.tries).collect();
        let middle = tries.len() / 2;
        let (_, median, _) = tries.select_nth_unstable(middle);
        let median = *median;
        self.strains.retain(|_, strain| strain.tries > median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).expect("in range")
    }

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 7));
    const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 8));

    fn guess(brake: &mut Brake, times: u32, address: IpAddr) -> u32 {
        (0..times).filter(|_| brake.enter(at(0), "amina", address).is_ok()).count() as u32
    }

    #[test]
    fn f48_guessing_is_slowed_and_unlocks_by_itself() {
        let mut brake = Brake::default();
        assert_eq!(guess(&mut brake, 100, HERE), FREE_PER_ACCOUNT);
        assert_eq!(brake.enter(at(0), "Amina", ELSEWHERE), Err(Wait { seconds: 1 }), "by account, any case");
        let mut second = 0;
        let mut looked_at = 0;
        while second < 3_600 {
            match brake.enter(at(second), "amina", HERE) {
                Ok(()) => looked_at += 1,
                Err(wait) => second += i64::from(wait.seconds),
            }
        }
        assert!(looked_at <= 20, "an hour of guessing is {looked_at} looks");
        assert_eq!(brake.enter(at(3_600 + FADE_S), "amina", HERE), Ok(()));
        assert_eq!(brake.enter(at(3_600 + FADE_S), "amina", HERE), Ok(()), "the count has faded");
    }

    #[test]
    fn f48_one_address_cannot_try_every_account() {
        let mut brake = Brake::default();
        let tried = (0..200).filter(|n| brake.enter(at(0), &format!("name-{n}"), HERE).is_ok()).count();
        assert_eq!(tried, FREE_PER_ADDRESS as usize);
        assert!(brake.enter(at(0), "amina", ELSEWHERE).is_ok(), "others are not held up");
    }

    #[test]
    fn guessing_from_elsewhere_does_not_keep_the_owner_out() {
        let mut brake = Brake::default();
        brake.enter(at(0), "amina", HERE).expect("first try");
        brake.succeeded("amina", HERE);
        guess(&mut brake, 100, ELSEWHERE);
        assert_eq!(brake.enter(at(1), "amina", HERE), Ok(()));
        assert_eq!(guess(&mut brake, 100, HERE), FREE_PER_ACCOUNT - 1, "but her own desk is braked too");
    }

    #[test]
    fn a_clock_set_back_does_not_lengthen_the_wait() {
        let mut brake = Brake::default();
        guess(&mut brake, 5, HERE);
        let Err(wait) = brake.enter(at(-7_200), "amina", HERE) else { panic!("still braked") };
        assert!(i64::from(wait.seconds) <= WAIT_S_MAX);
    }

    #[test]
    fn what_is_remembered_has_a_bound() {
        let mut brake = Brake::default();
        for n in 0..(REMEMBERED_MAX as u32 + 500) {
            let address = IpAddr::V4(n.into());
            let _ = brake.enter(at(0), &format!("name-{n}"), address);
        }
        assert!(brake.strains.len() <= REMEMBERED_MAX + 2);
    }
}
