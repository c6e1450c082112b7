//! When much reading in a short time is noticed, and by whom the notice is answered.
//!
//! The rules are few, the same for everybody and shown to everybody. A notice goes to whoever watches over personal data,
//! with the number that led to it; nothing else follows by itself.

use crate::Refusal;
use crate::refusal::WHOLE;
use crate::words;
use std::collections::BTreeSet;
use vigie_model::{Fault, ReadingExplained, ReadingNoticed, ReadingRule, Timestamp, UserId};

/// Minutes that are counted together.
pub const WINDOW_MIN: i64 = 60;
/// Hours within which the same rule is not noticed twice of the same person.
pub const QUIET_H: i64 = 12;
/// Longest explanation.
const TEXT_CHARS_MAX: usize = 1_000;

/// From how many on within [`WINDOW_MIN`] a rule is met: no task of an ordinary hour reaches it.
pub const fn limit(rule: ReadingRule) -> u32 {
    match rule {
        ReadingRule::ManyRead => 60,
        ReadingRule::ManyTaken | ReadingRule::ManyDenied => 10,
        ReadingRule::ManyAsked => 20,
    }
}

/// One reading, refusal or copy of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access<'a> {
    /// When.
    pub at: Timestamp,
    /// Which rule counts it.
    pub rule: ReadingRule,
    /// What, as `kind:id`.
    pub object: &'a str,
    /// The entry that says so.
    pub seq: u64,
}

/// The rules that `person` meets at `now`, but for those of `lately`. Records opened again count once.
pub fn noticed(
    person: UserId,
    accesses: &[Access<'_>],
    lately: &[(ReadingRule, Timestamp)],
    now: Timestamp,
) -> Vec<ReadingNoticed> {
    let hours = |at: Timestamp| now.duration_since(at).as_hours();
    let quiet = |rule| lately.iter().any(|(known, at)| *known == rule && hours(*at) < QUIET_H);
    let wanted = ReadingRule::ALL.iter().copied().filter(|rule| !quiet(*rule));
    wanted.filter_map(|rule| one(person, rule, accesses, now)).collect()
}

fn one(person: UserId, rule: ReadingRule, accesses: &[Access<'_>], now: Timestamp) -> Option<ReadingNoticed> {
    let fits = |access: &&Access<'_>| {
        access.rule == rule && access.at <= now && now.duration_since(access.at).as_mins() < WINDOW_MIN
    };
    let found: Vec<&Access<'_>> = accesses.iter().filter(fits).collect();
    let things: BTreeSet<&str> = found.iter().map(|access| access.object).collect();
    let acts: BTreeSet<u64> = found.iter().map(|access| access.seq).collect();
    let count = if rule == ReadingRule::ManyRead { things.len() } else { acts.len() };
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let (from, until) = (found.iter().map(|one| one.at).min()?, found.iter().map(|one| one.at).max()?);
    (count >= limit(rule)).then(|| ReadingNoticed { person, rule, count, limit: limit(rule), from, until })
}

/// What `by` says of a notice about `about`; nobody answers for themselves, and a notice is answered once.
pub fn explain(
    notice: u64,
    about: UserId,
    by: UserId,
    answered: bool,
    text: &str,
) -> Result<ReadingExplained, Refusal> {
    let refused = |code| Err(Refusal::of(Fault::new(WHOLE, code)));
    if about == by {
        return refused("notice-own");
    }
    if answered {
        return refused("notice-answered");
    }
    Ok(ReadingExplained { notice, text: words::text(text, TEXT_CHARS_MAX, "notice-no-text")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_300_000 + second).expect("a time")
    }

    fn person() -> UserId {
        UserId::new(1_795_000_000_000, [7; 10])
    }

    fn read(objects: &[String], second: impl Fn(usize) -> i64) -> Vec<Access<'_>> {
        objects
            .iter()
            .enumerate()
            .map(|(n, object)| Access {
                at: at(second(n)),
                rule: ReadingRule::ManyRead,
                object,
                seq: n as u64,
            })
            .collect()
    }

    fn signals(n: usize) -> Vec<String> {
        (0..n).map(|n| format!("signal:{n}")).collect()
    }

    #[test]
    fn sixty_records_in_an_hour_are_noticed_once_and_fewer_or_slower_are_not() {
        let objects = signals(60);
        let found = noticed(person(), &read(&objects, |n| n as i64), &[], at(59));
        assert_eq!(
            found.iter().map(|one| (one.rule, one.count)).collect::<Vec<_>>(),
            [(ReadingRule::ManyRead, 60)]
        );
        assert_eq!((found[0].from, found[0].until), (at(0), at(59)));
        assert_eq!(noticed(person(), &read(&objects[1..], |n| n as i64), &[], at(59)), []);
        // One a minute and a half is work, not a harvest.
        assert_eq!(noticed(person(), &read(&objects, |n| 90 * n as i64), &[], at(90 * 59)), []);
        let lately = [(ReadingRule::ManyRead, at(-3_600))];
        assert_eq!(noticed(person(), &read(&objects, |n| n as i64), &lately, at(59)), []);
        let long_ago = [(ReadingRule::ManyRead, at(-13 * 3_600))];
        assert_eq!(noticed(person(), &read(&objects, |n| n as i64), &long_ago, at(59)).len(), 1);
    }

    #[test]
    fn the_same_record_again_is_one_record_and_every_refusal_counts() {
        let same = vec!["signal:1".to_owned(); 500];
        assert_eq!(noticed(person(), &read(&same, |n| n as i64), &[], at(500)), []);
        let refused: Vec<Access<'_>> = read(&same[..10], |n| n as i64)
            .into_iter()
            .map(|access| Access { rule: ReadingRule::ManyDenied, ..access })
            .collect();
        assert_eq!(noticed(person(), &refused, &[], at(10))[0].rule, ReadingRule::ManyDenied);
    }

    #[test]
    fn nobody_answers_for_themselves_nor_without_a_word_nor_twice() {
        let (about, by) = (person(), UserId::new(1_795_000_000_000, [8; 10]));
        let code =
            |by, answered, text| explain(4, about, by, answered, text).map_err(|no| no.code().to_owned());
        assert_eq!(code(about, false, "x").unwrap_err(), "notice-own");
        assert_eq!(code(by, true, "x").unwrap_err(), "notice-answered");
        assert_eq!(code(by, false, " ").unwrap_err(), "notice-no-text");
        assert_eq!(code(by, false, " Relève de poste. ").expect("answered").text, "Relève de poste.");
    }

    proptest! {
        #[test]
        fn what_is_not_within_the_hour_changes_nothing(n in 0_usize..80, late in 0_i64..3_599) {
            let objects = signals(n);
            let mut all = read(&objects, |_| 0);
            let before = noticed(person(), &all, &[], at(late));
            let older = signals(100);
            all.extend(read(&older, |_| -3_600));
            prop_assert_eq!(before, noticed(person(), &all, &[], at(late)));
        }
    }
}
