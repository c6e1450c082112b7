//! Decisions in the queue: keep, dismiss, assign, label, and taking one's own act back.
//!
//! Nothing is final and nothing is lost: a dismissed narrative can be kept later, an undo is an act of its
//! own, and the record holds both. Undo is for the slip of a finger: the same person, within
//! [`UNDO_WINDOW_S`] seconds, and only while nobody has decided about the same narratives since.

use crate::Refusal;
use crate::refusal::WHOLE;
use crate::words;
use jiff::{SignedDuration, Timestamp};
use vigie_model::{
    ActUndone, Decision, Event, Fault, NarrativeId, NarrativesAssigned, NarrativesCompared,
    NarrativesLabelled, NarrativesTriaged, UserId,
};

/// Narratives in one act.
pub const BULK_MAX: usize = 200;
/// Seconds within which one's own act can be taken back.
pub const UNDO_WINDOW_S: i64 = 10;
/// Characters of a label.
pub const LABEL_CHARS_MAX: usize = 60;
/// Characters of a reason.
pub const REASON_CHARS_MAX: usize = 1_000;

/// What a person wants done to narratives of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Decide; [`Decision::New`] reopens.
    Decide(Decision),
    /// Give to somebody; `None` takes the assignment off.
    Assign(Option<UserId>),
    /// Put a label on.
    Label(String),
    /// Take a label off.
    Unlabel(String),
}

/// What a triage act is about: an undo gives back the state before of this aspect only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// Kept, dismissed, new.
    Decision,
    /// Whose it is.
    Assignment,
    /// Its labels.
    Labels,
}

impl Wish {
    /// What it is about.
    pub const fn aspect(&self) -> Aspect {
        match self {
            Self::Decide(_) => Aspect::Decision,
            Self::Assign(_) => Aspect::Assignment,
            Self::Label(_) | Self::Unlabel(_) => Aspect::Labels,
        }
    }
}

/// The event that the wish becomes, or why it is refused. A narrative named twice counts once.
pub fn act(wish: Wish, narratives: &[NarrativeId]) -> Result<Event, Refusal> {
    let narratives = chosen(narratives)?;
    Ok(match wish {
        Wish::Decide(decision) => Event::NarrativesTriaged(NarrativesTriaged { narratives, decision }),
        Wish::Assign(to) => Event::NarrativesAssigned(NarrativesAssigned { narratives, to }),
        Wish::Label(label) => labelled(narratives, &label, false)?,
        Wish::Unlabel(label) => labelled(narratives, &label, true)?,
    })
}

fn chosen(narratives: &[NarrativeId]) -> Result<Vec<NarrativeId>, Refusal> {
    let mut once: Vec<NarrativeId> = narratives.to_vec();
    once.sort_unstable();
    once.dedup();
    match once.len() {
        0 => Err(Refusal::of(Fault::new(WHOLE, "acts-nothing-chosen"))),
        n if n > BULK_MAX => Err(Refusal::too_long(Fault::new(WHOLE, "acts-too-many"), n, BULK_MAX)),
        _ => Ok(once),
    }
}

fn labelled(narratives: Vec<NarrativeId>, label: &str, removed: bool) -> Result<Event, Refusal> {
    let label = clean_label(label)?;
    Ok(Event::NarrativesLabelled(NarrativesLabelled { narratives, label, removed }))
}

/// What a person says of two narratives that stand beside each other, put in order, or why it is refused.
pub fn compare(mut said: NarrativesCompared) -> Result<NarrativesCompared, Refusal> {
    if said.narrative == said.other {
        return Err(Refusal::of(Fault::new(WHOLE, "compare-itself")));
    }
    said.reason = words::remark(&said.reason, REASON_CHARS_MAX)?;
    Ok(said)
}

/// The label with its spaces put in order, or why it is refused.
pub fn clean_label(label: &str) -> Result<String, Refusal> {
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    match label.chars().count() {
        0 => Err(Refusal::of(Fault::new(WHOLE, "label-empty"))),
        n if n > LABEL_CHARS_MAX => {
            Err(Refusal::too_long(Fault::new(WHOLE, "label-too-long"), n, LABEL_CHARS_MAX))
        }
        _ => Ok(label),
    }
}

/// An act as the record holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Its entry.
    pub seq: u64,
    /// Who did it.
    pub by: UserId,
    /// When it was recorded.
    pub at: Timestamp,
    /// Whether it has been undone.
    pub undone: bool,
    /// Whether a later act changed the same aspect of any of its narratives.
    pub overtaken: bool,
}

/// Until when an act recorded at `at` can be undone; the last instant counts.
pub fn undo_until(at: Timestamp) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(UNDO_WINDOW_S)).unwrap_or(Timestamp::MAX)
}

/// The event that takes `done` back, or why it stands.
pub fn undo(done: &Done, by: UserId, now: Timestamp) -> Result<ActUndone, Refusal> {
    let refused = |code| Err(Refusal::of(code));
    if done.by != by {
        return refused(Fault::new(WHOLE, "act-undo-not-yours"));
    }
    if done.undone {
        return refused(Fault::new(WHOLE, "act-undo-done"));
    }
    if now > undo_until(done.at) {
        return refused(Fault::new(WHOLE, "act-undo-too-late").with("seconds", UNDO_WINDOW_S));
    }
    if done.overtaken {
        return refused(Fault::new(WHOLE, "act-undo-not-latest"));
    }
    Ok(ActUndone { undoes: done.seq })
}

/// What two narratives that turn out to be one story are, once together.
///
/// Kept stays kept. Otherwise nothing that nobody has looked at is hidden by a dismissal of its other half.
pub fn together(one: Decision, other: Decision) -> Decision {
    match (one, other) {
        (Decision::Relevant, _) | (_, Decision::Relevant) => Decision::Relevant,
        (Decision::Dismissed, Decision::Dismissed) => Decision::Dismissed,
        _ => Decision::New,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::SignalId;

    fn narratives(n: u8) -> Vec<NarrativeId> {
        (0..n).map(|i| NarrativeId::founded_by(SignalId::new(1_795_000_000_000, [i; 10]))).collect()
    }

    fn officer(n: u8) -> UserId {
        UserId::new(1_795_000_000_000, [n; 10])
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + second).expect("in range")
    }

    fn dismissed_by(by: UserId) -> Done {
        Done { seq: 812, by, at: at(0), undone: false, overtaken: false }
    }

    fn code<T>(result: Result<T, Refusal>) -> String {
        result.err().map(|refusal| refusal.code().to_owned()).unwrap_or_default()
    }

    #[test]
    fn two_hundred_goat_stories_go_in_one_act_and_not_one_more() {
        let wish = || Wish::Decide(Decision::Dismissed);
        assert!(act(wish(), &narratives(200)).is_ok());
        let refused = act(wish(), &narratives(201)).expect_err("too many");
        assert_eq!(refused.code(), "acts-too-many");
        assert_eq!(refused.fault().args["count"], "201");
        assert_eq!(code(act(wish(), &[])), "acts-nothing-chosen");
    }

    #[test]
    fn a_narrative_chosen_twice_counts_once() {
        let mut twice = narratives(150);
        twice.extend(narratives(150));
        let Ok(Event::NarrativesTriaged(body)) = act(Wish::Decide(Decision::Relevant), &twice) else {
            panic!("150 different ones fit");
        };
        assert_eq!(body.narratives.len(), 150);
    }

    #[test]
    fn a_narrative_is_not_compared_with_itself() {
        let said = |other: u8| NarrativesCompared {
            narrative: narratives(1)[0],
            other: narratives(other).pop().expect("one"),
            same: true,
            reason: "  told in Sango  ".to_owned(),
        };
        assert_eq!(code(compare(said(1))), "compare-itself");
        assert_eq!(compare(said(2)).expect("two").reason, "told in Sango");
    }

    #[test]
    fn a_dismissed_narrative_can_be_kept_or_reopened_later() {
        for decision in [Decision::Relevant, Decision::New] {
            assert!(act(Wish::Decide(decision), &narratives(1)).is_ok());
        }
    }

    #[test]
    fn a_label_is_a_few_words() {
        assert_eq!(clean_label("  puits   de Ndolaka "), Ok("puits de Ndolaka".to_owned()));
        assert_eq!(code(clean_label(" \u{a0} ")), "label-empty");
        assert!(clean_label(&"é".repeat(60)).is_ok());
        assert_eq!(code(clean_label(&"é".repeat(61))), "label-too-long");
    }

    #[test]
    fn a_slip_is_undone_by_the_same_person_within_ten_seconds() {
        let done = dismissed_by(officer(1));
        assert_eq!(undo(&done, officer(1), at(10)), Ok(ActUndone { undoes: 812 }));
        assert_eq!(code(undo(&done, officer(1), at(11))), "act-undo-too-late");
        assert_eq!(code(undo(&done, officer(2), at(3))), "act-undo-not-yours");
    }

    #[test]
    fn only_the_latest_state_is_undone_and_only_once() {
        let overtaken = Done { overtaken: true, ..dismissed_by(officer(1)) };
        assert_eq!(code(undo(&overtaken, officer(1), at(3))), "act-undo-not-latest");
        let undone = Done { undone: true, ..dismissed_by(officer(1)) };
        assert_eq!(code(undo(&undone, officer(1), at(3))), "act-undo-done");
    }

    #[test]
    fn a_dismissal_never_hides_what_nobody_has_looked_at() {
        use Decision::{Dismissed, New, Relevant};
        assert_eq!(together(Dismissed, New), New);
        assert_eq!(together(Dismissed, Relevant), Relevant);
        assert_eq!(together(Dismissed, Dismissed), Dismissed);
        for one in Decision::ALL {
            for other in Decision::ALL {
                assert_eq!(together(*one, *other), together(*other, *one));
            }
        }
    }
}
