//! When the next attempt is made to bring something to somebody, and when it is given up.
//!
//! Nobody gets the same words twice: who had them, who said STOP and who asked for silence is withheld, and shown as
//! such. An attempt is recorded before it is made; one whose end is unknown, because the site went down meanwhile, is
//! repeated only through a gateway that recognises it by its id.

use crate::Refusal;
use crate::record::Release;
use crate::refusal::WHOLE;
use jiff::{SignedDuration, Timestamp};
use vigie_model::{ContactId, Delivery, Fault, ReleaseTried, Reply};

/// Attempts for one recipient.
pub const ATTEMPTS_MAX: u32 = 8;
/// Minutes between attempts: after the first, the second, and so on; the last one repeats.
const PAUSES_MIN: [i64; 5] = [1, 2, 10, 30, 60];
/// An attempt without an end after this many seconds has an unknown end.
pub const UNKNOWN_AFTER_S: i64 = 120;

/// A release to more recipients than this waits before its first attempt.
pub const MANY: u32 = 20;
/// Seconds that it waits: time to take back what went to many by mistake.
pub const HOLD_S: i64 = 120;

/// Until when a release waits before its first attempt, where it goes to many.
pub fn held_until(release: &Release) -> Option<Timestamp> {
    let counts = release.counts;
    let all =
        counts.waiting + counts.sent + counts.delivered + counts.failed + counts.given_up + counts.withheld;
    let until = || release.at.saturating_add(SignedDuration::from_secs(HOLD_S)).unwrap_or(Timestamp::MAX);
    (all > MANY).then(until)
}

/// What taking a release back records for those who have not got it: they will not. Somebody whose attempt is under way
/// may still get it, and stands with those who have to be told.
pub fn recall(release: &Release, recipients: &[Recipient]) -> Result<Vec<ReleaseTried>, Refusal> {
    let stopped = |contact, attempt| ReleaseTried {
        release: release.said.id,
        contact,
        attempt,
        delivery: Delivery::GivenUp,
        reason: Some(RECALLED.to_owned()),
    };
    if release.recalled {
        return Err(Refusal::of(Fault::new(WHOLE, "release-recalled-already").with("code", &release.code)));
    }
    let waits = |one: &&Recipient| matches!(one.state, Delivery::Queued | Delivery::Failed);
    let mut all: Vec<ReleaseTried> =
        recipients.iter().filter(waits).map(|one| stopped(Some(one.contact), one.attempt)).collect();
    // The release as a whole: the public page shows it no longer.
    all.push(stopped(None, 1));
    Ok(all)
}

/// Where one recipient stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub contact: ContactId,
    /// What became of the last attempt.
    pub state: Delivery,
    /// Attempts so far.
    pub attempt: u32,
}

/// Why those who have not got it will not, as a message id of the catalogues.
pub const RECALLED: &str = "release-recalled";

/// Why a recipient is withheld at once, as a message id of the catalogues; `None` lets the message go.
pub const fn withheld(reply: Reply, had_it: bool, answers_them: bool) -> Option<&'static str> {
    match reply {
        Reply::Stop => Some("release-withheld-stop"),
        // Discreet people get nothing back; what is meant for everybody is no reply to them.
        Reply::Discreet if answers_them => Some("release-withheld-discreet"),
        _ if had_it => Some("release-withheld-had-it"),
        _ => None,
    }
}

/// What to do about one recipient now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Make attempt number so many.
    Try(u32),
    /// Not yet.
    Wait(Timestamp),
    /// Stop trying, with the reason as a message id of the catalogues.
    GiveUp(&'static str),
    /// Nothing is left to do.
    Nothing,
}

/// The next step for a recipient who stands at `state` after `attempt` attempts, the last one at `at`.
pub fn next(
    state: Delivery,
    attempt: u32,
    at: Timestamp,
    expires_at: Timestamp,
    recognised: bool,
    now: Timestamp,
) -> Next {
    if matches!(state, Delivery::Sent | Delivery::Delivered | Delivery::GivenUp | Delivery::Withheld) {
        return Next::Nothing;
    }
    let after = |wait: SignedDuration| at.saturating_add(wait).unwrap_or(Timestamp::MAX);
    if state == Delivery::Trying {
        let known = after(SignedDuration::from_secs(UNKNOWN_AFTER_S));
        return match (now < known, recognised) {
            (true, _) => Next::Wait(known),
            (false, true) => Next::Try(attempt),
            (false, false) => Next::GiveUp("release-end-unknown"),
        };
    }
    if now > expires_at {
        return Next::GiveUp("release-expired");
    }
    if attempt >= ATTEMPTS_MAX {
        return Next::GiveUp("release-tried-too-often");
    }
    if state == Delivery::Queued {
        return Next::Try(1);
    }
    let place = (attempt.max(1) as usize - 1).min(PAUSES_MIN.len() - 1);
    let due = after(SignedDuration::from_mins(PAUSES_MIN[place]));
    if now < due { Next::Wait(due) } else { Next::Try(attempt + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + second).expect("in range")
    }

    #[test]
    fn a_gateway_that_is_down_is_tried_again_with_patience() {
        let next = |attempt, after| next(Delivery::Failed, attempt, at(0), at(86_400), true, at(after));
        assert_eq!(next(1, 59), Next::Wait(at(60)));
        assert_eq!(next(1, 60), Next::Try(2));
        assert_eq!(next(5, 3_599), Next::Wait(at(3_600)));
        assert_eq!(next(8, 7_200), Next::GiveUp("release-tried-too-often"));
    }

    #[test]
    fn an_attempt_cut_by_a_power_failure_is_repeated_only_where_the_gateway_knows_it() {
        let next = |recognised, after| next(Delivery::Trying, 1, at(0), at(86_400), recognised, at(after));
        assert_eq!(next(true, 30), Next::Wait(at(120)));
        assert_eq!(next(true, 121), Next::Try(1));
        assert_eq!(next(false, 121), Next::GiveUp("release-end-unknown"));
    }

    #[test]
    fn an_expired_answer_is_not_sent_and_nobody_hears_twice() {
        assert_eq!(next(Delivery::Queued, 0, at(0), at(10), true, at(11)), Next::GiveUp("release-expired"));
        assert_eq!(withheld(Reply::Answer, true, true), Some("release-withheld-had-it"));
        assert_eq!(withheld(Reply::Stop, false, false), Some("release-withheld-stop"));
        assert_eq!(withheld(Reply::Discreet, false, true), Some("release-withheld-discreet"));
        assert_eq!(withheld(Reply::Discreet, false, false), None);
        assert_eq!(withheld(Reply::Answer, false, true), None);
    }

    proptest! {
        #[test]
        fn every_recipient_comes_to_an_end(failures in 0u32..20, recognised: bool) {
            let (mut state, mut attempt, mut when, mut now) = (Delivery::Queued, 0, at(0), at(0));
            for _ in 0..60 {
                match next(state, attempt, when, at(7 * 86_400), recognised, now) {
                    Next::Try(n) => {
                        attempt = n;
                        state = if n <= failures { Delivery::Failed } else { Delivery::Sent };
                        when = now;
                    }
                    Next::Wait(until) => now = until,
                    Next::GiveUp(_) => state = Delivery::GivenUp,
                    Next::Nothing => break,
                }
            }
            prop_assert!(matches!(state, Delivery::Sent | Delivery::GivenUp));
        }
    }
}
