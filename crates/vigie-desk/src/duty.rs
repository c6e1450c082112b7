//! What waits for whom: asked, acknowledged, escalated along the call tree, closed.
//!
//! Requests, tasks and warnings share these rules. Nothing is forgotten: as long as a duty is open it either has
//! somebody who acknowledged it and time left, or [`Duty::escalation`] yields the next step. The rules read the duty and
//! the time alone, so a site that was down escalates what fell due meanwhile as soon as it is up again.

use crate::Refusal;
use crate::refusal::WHOLE;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vigie_model::{Asked, Fault, FunctionId, Late, Object, WorkAcknowledged, WorkClosed, WorkEscalated};

/// Functions on a call tree, the first included.
pub const CALL_TREE_MAX: usize = 12;
/// Minutes that a function may be given to acknowledge.
pub const ANSWER_MIN_MAX: u32 = 7 * 24 * 60;
/// Characters of an outcome.
pub const OUTCOME_CHARS_MAX: usize = 2_000;

/// Something asked of a function, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Whom it was asked of, and by when.
    pub asked: Asked,
    /// When it was asked.
    pub opened_at: Timestamp,
    /// The function it waits for now.
    pub waits_for: FunctionId,
    /// Since when it waits for that one.
    pub since: Timestamp,
    /// Steps along the call tree so far.
    pub step: u32,
    /// Which function acknowledged, and when; an escalation takes it off again.
    pub acknowledged: Option<(FunctionId, Timestamp)>,
    /// How it ended, and when.
    pub closed: Option<(String, Timestamp)>,
}

impl Duty {
    /// A duty as it starts.
    pub fn opened(asked: Asked, at: Timestamp) -> Self {
        Self {
            waits_for: asked.to.clone(),
            asked,
            opened_at: at,
            since: at,
            step: 0,
            acknowledged: None,
            closed: None,
        }
    }

    /// Whether it still has to be done.
    pub const fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// Whether it is open past its time.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_open() && now > self.asked.due
    }

    /// When [`Self::escalation`] has something to say next; `None` once closed or at the end of the call tree.
    pub fn next_look(&self) -> Option<Timestamp> {
        if !self.is_open() {
            return None;
        }
        self.next_on_tree()?;
        Some(match self.acknowledged {
            None => self.unanswered_at(),
            Some(_) => self.asked.due,
        })
    }

    fn unanswered_at(&self) -> Timestamp {
        let within = SignedDuration::from_mins(i64::from(self.asked.answer_within_min));
        self.since.saturating_add(within).unwrap_or(Timestamp::MAX)
    }

    /// Who comes next. At the end of the tree it stays where it is, open and visibly late.
    fn next_on_tree(&self) -> Option<&FunctionId> {
        self.asked.call_tree.get(self.step as usize)
    }

    /// The next step along the call tree, if it is time.
    pub fn escalation(&self, of: Object, now: Timestamp) -> Option<WorkEscalated> {
        if self.next_look()? >= now {
            return None;
        }
        let late = if self.acknowledged.is_some() { Late::Overdue } else { Late::Unanswered };
        Some(WorkEscalated { of, step: self.step + 1, to: self.next_on_tree()?.clone(), late })
    }

    /// Takes up an acknowledgement.
    pub fn take_acknowledged(&mut self, ack: &WorkAcknowledged, at: Timestamp) {
        self.acknowledged = Some((ack.function.clone(), at));
    }

    /// Takes up an escalation.
    pub fn take_escalated(&mut self, step: &WorkEscalated, at: Timestamp) {
        self.step = step.step;
        self.waits_for = step.to.clone();
        self.since = at;
        self.acknowledged = None;
    }

    /// Takes up its end.
    pub fn take_closed(&mut self, closed: &WorkClosed, at: Timestamp) {
        self.closed = Some((closed.outcome.clone(), at));
    }
}

/// The asking, put in order, or why it is refused.
pub fn ask(asked: Asked, now: Timestamp) -> Result<Asked, Refusal> {
    let refused = |code| Err(Refusal::of(Fault::new(WHOLE, code)));
    if asked.due <= now {
        return refused("work-due-past");
    }
    if asked.answer_within_min == 0 || asked.answer_within_min > ANSWER_MIN_MAX {
        return refused("work-answer-within");
    }
    let mut call_tree: Vec<FunctionId> = Vec::new();
    for function in asked.call_tree {
        if function != asked.to && !call_tree.contains(&function) {
            call_tree.push(function);
        }
    }
    if call_tree.len() + 1 > CALL_TREE_MAX {
        return refused("work-call-tree-too-long");
    }
    Ok(Asked { call_tree, ..asked })
}

/// The acknowledgement by somebody who holds `function`, or why it is refused.
pub fn acknowledge(of: Object, duty: &Duty, function: &FunctionId) -> Result<WorkAcknowledged, Refusal> {
    let refused = |code| Err(Refusal::of(Fault::new(WHOLE, code).with("function", function)));
    if !duty.is_open() {
        return refused("work-closed-already");
    }
    if duty.acknowledged.is_some() {
        return refused("work-acknowledged-already");
    }
    let on_tree = duty.asked.to == *function || duty.asked.call_tree.contains(function);
    if !on_tree {
        return refused("work-not-asked-of-you");
    }
    Ok(WorkAcknowledged { of, function: function.clone() })
}

/// The end of a duty, or why it is refused.
pub fn close(of: Object, duty: &Duty, outcome: &str) -> Result<WorkClosed, Refusal> {
    if !duty.is_open() {
        return Err(Refusal::of(Fault::new(WHOLE, "work-closed-already")));
    }
    let outcome = crate::words::text(outcome, OUTCOME_CHARS_MAX, "work-no-outcome")?;
    Ok(WorkClosed { of, outcome })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use vigie_model::TaskId;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + 60 * minute).expect("in range")
    }

    fn function(name: &str) -> FunctionId {
        name.parse().expect("a function")
    }

    fn of() -> Object {
        TaskId::new(1_795_000_000_000, [1; 10]).into()
    }

    fn asked(tree: &[&str]) -> Asked {
        Asked {
            to: function("sector-east"),
            call_tree: tree.iter().map(|name| function(name)).collect(),
            answer_within_min: 15,
            due: at(120),
        }
    }

    #[test]
    fn an_unanswered_question_goes_to_the_next_on_the_tree_and_stays_with_the_last() {
        let mut duty = Duty::opened(asked(&["u3-operations", "chief-of-staff"]), at(0));
        assert_eq!(duty.escalation(of(), at(15)), None);
        let step = duty.escalation(of(), at(16)).expect("nobody answered");
        assert_eq!((step.to.as_str(), step.late, step.step), ("u3-operations", Late::Unanswered, 1));
        duty.take_escalated(&step, at(16));
        assert_eq!(duty.escalation(of(), at(31)), None);
        let step = duty.escalation(of(), at(32)).expect("nobody answered again");
        duty.take_escalated(&step, at(32));
        assert_eq!(duty.waits_for.as_str(), "chief-of-staff");
        assert_eq!(duty.next_look(), None);
        assert!(duty.is_open() && duty.is_overdue(at(121)));
    }

    #[test]
    fn what_was_acknowledged_and_not_done_goes_on_too() {
        let mut duty = Duty::opened(asked(&["u3-operations"]), at(0));
        let ack = acknowledge(of(), &duty, &function("sector-east")).expect("asked of it");
        duty.take_acknowledged(&ack, at(4));
        assert_eq!(duty.escalation(of(), at(119)), None);
        assert_eq!(duty.escalation(of(), at(121)).map(|step| step.late), Some(Late::Overdue));
    }

    #[test]
    fn only_who_was_asked_acknowledges_and_nothing_is_closed_in_silence() {
        let mut duty = Duty::opened(asked(&["u3-operations"]), at(0));
        let code = |refusal: Refusal| refusal.code().to_owned();
        assert_eq!(
            acknowledge(of(), &duty, &function("medical")).map_err(code),
            Err("work-not-asked-of-you".to_owned())
        );
        assert_eq!(close(of(), &duty, " \n ").map_err(code), Err("work-no-outcome".to_owned()));
        duty.take_closed(&close(of(), &duty, "Patrol went; market calm.").expect("an outcome"), at(9));
        assert_eq!(close(of(), &duty, "again").map_err(code), Err("work-closed-already".to_owned()));
        assert_eq!(duty.escalation(of(), at(10_000)), None);
    }

    #[test]
    fn an_asking_names_each_function_once_and_lies_ahead() {
        let sound = ask(asked(&["u3-operations", "sector-east", "u3-operations"]), at(0)).expect("sound");
        assert_eq!(sound.call_tree, [function("u3-operations")]);
        assert_eq!(ask(asked(&[]), at(120)).expect_err("too late").code(), "work-due-past");
    }

    proptest! {
        #[test]
        fn no_open_duty_is_ever_lost(looks in prop::collection::vec(1i64..400, 1..40), acks in any::<u64>()) {
            let mut duty = Duty::opened(asked(&["u3-operations", "chief-of-staff", "force-commander"]), at(0));
            let mut minute = 0;
            for (i, step) in looks.into_iter().enumerate() {
                minute += step;
                if acks >> (i % 64) & 1 == 1 && duty.acknowledged.is_none() {
                    let waiting = duty.waits_for.clone();
                    let ack = acknowledge(of(), &duty, &waiting).expect("open and asked");
                    duty.take_acknowledged(&ack, at(minute));
                }
                if let Some(step) = duty.escalation(of(), at(minute)) {
                    duty.take_escalated(&step, at(minute));
                }
                // Late and unanswered, and still nobody next: only at the end of the tree.
                let late = duty.acknowledged.is_none() && at(minute) > duty.unanswered_at();
                prop_assert!(!late || duty.next_on_tree().is_none());
            }
        }
    }
}
