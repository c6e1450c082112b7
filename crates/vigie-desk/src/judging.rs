//! Judging a narrative: truth, class and harm, each on its own, by people with reasons.
//!
//! A grave class needs reasons; disinformation and incitement count only when a second person agrees, incitement only
//! with all six parts of the Rabat test. Criticism and satire never count as hostile. Whoever is labelled can object,
//! and somebody who neither judged nor seconded decides.

use crate::Refusal;
use crate::refusal::WHOLE;
use crate::words;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vigie_model::{
    ContestDecided, ContestId, Fault, Harm, JudgementContested, JudgementId, JudgementSeconded,
    NarrativeJudged, Rabat, StoryClass, Truth, UserId,
};

/// Characters of reasons, and of each part of the form.
pub const REASONS_CHARS_MAX: usize = 4_000;

/// One judgement as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// What was judged.
    pub said: NarrativeJudged,
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Who agreed, and when.
    pub seconded: Option<(UserId, Timestamp)>,
}

/// An objection as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// What was said.
    pub said: JudgementContested,
    /// When.
    pub at: Timestamp,
    /// Whether it was right, why, and when that was decided.
    pub decided: Option<(bool, String, Timestamp)>,
}

/// What people have judged about one narrative.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// Every judgement, oldest first.
    pub judgements: Vec<Judgement>,
    /// Every objection, oldest first.
    pub contests: Vec<Contest>,
}

impl Judgement {
    /// The class that counts: one that needs two people is `unknown` until the second agrees.
    pub const fn class(&self) -> StoryClass {
        if self.said.class.needs_two() && self.seconded.is_none() {
            StoryClass::Unknown
        } else {
            self.said.class
        }
    }
}

impl Standing {
    /// The latest judgement.
    pub fn latest(&self) -> Option<&Judgement> {
        self.judgements.last()
    }

    /// The class that counts now. An objection that was right takes it off until somebody judges anew.
    pub fn class(&self) -> StoryClass {
        let Some(latest) = self.latest() else { return StoryClass::Unknown };
        let taken_off =
            self.contests.iter().any(|c| matches!(c.decided, Some((true, _, at)) if at >= latest.at));
        if taken_off { StoryClass::Unknown } else { latest.class() }
    }

    /// Whether it is so, as far as anybody has said.
    pub fn truth(&self) -> Truth {
        self.latest().map_or(Truth::Unverified, |latest| latest.said.truth)
    }

    /// What it may do, as far as anybody has said.
    pub fn harm(&self) -> Harm {
        self.latest().map_or(Harm::NotAssessed, |latest| latest.said.harm)
    }

    /// Whether it counts as hostile.
    pub fn is_hostile(&self) -> bool {
        self.class().is_hostile()
    }

    /// A class that waits for a second person.
    pub fn awaits_second(&self) -> Option<&Judgement> {
        self.latest().filter(|latest| latest.said.class.needs_two() && latest.seconded.is_none())
    }

    /// When somebody first said whether it is so (T2).
    pub fn verified_at(&self) -> Option<Timestamp> {
        self.judgements.iter().find(|one| one.said.truth != Truth::Unverified).map(|one| one.at)
    }

    /// Takes up a judgement.
    pub fn take_judged(&mut self, said: NarrativeJudged, by: UserId, at: Timestamp) {
        self.judgements.push(Judgement { said, by, at, seconded: None });
    }

    /// Takes up an agreement.
    pub fn take_seconded(&mut self, said: &JudgementSeconded, by: UserId, at: Timestamp) {
        if let Some(one) = self.judgements.iter_mut().find(|one| one.said.id == said.judgement) {
            one.seconded = Some((by, at));
        }
    }

    /// Takes up an objection.
    pub fn take_contested(&mut self, said: JudgementContested, at: Timestamp) {
        self.contests.push(Contest { said, at, decided: None });
    }

    /// Takes up the decision on it.
    pub fn take_decided(&mut self, said: &ContestDecided, at: Timestamp) {
        if let Some(one) = self.contests.iter_mut().find(|one| one.said.id == said.contest) {
            one.decided = Some((said.upheld, said.reasons.clone(), at));
        }
    }
}

/// The judgement put in order, or why it is refused.
pub fn judge(mut said: NarrativeJudged) -> Result<NarrativeJudged, Refusal> {
    let settled = !matches!(said.truth, Truth::Unverified);
    said.reasons = if said.class.is_grave() || settled {
        words::text(&said.reasons, REASONS_CHARS_MAX, "judge-no-reasons")?
    } else {
        words::remark(&said.reasons, REASONS_CHARS_MAX)?
    };
    said.rabat = match (said.class, said.rabat) {
        (StoryClass::Incitement, Some(form)) => Some(rabat(form)?),
        (StoryClass::Incitement, None) => return Err(Refusal::of(Fault::new(WHOLE, "judge-rabat-parts"))),
        (_, form) => form.map(rabat).transpose()?,
    };
    Ok(said)
}

fn rabat(form: Rabat) -> Result<Rabat, Refusal> {
    let part = |text: &str| words::text(text, REASONS_CHARS_MAX, "judge-rabat-parts");
    Ok(Rabat {
        context: part(&form.context)?,
        speaker: part(&form.speaker)?,
        intent: part(&form.intent)?,
        content: part(&form.content)?,
        extent: part(&form.extent)?,
        likelihood: part(&form.likelihood)?,
    })
}

/// The agreement of a second person, or why it is refused.
pub fn second(standing: &Standing, judgement: JudgementId, by: UserId) -> Result<JudgementSeconded, Refusal> {
    let refused = |code| Err(Refusal::of(Fault::new(WHOLE, code)));
    match standing.awaits_second() {
        Some(one) if one.said.id == judgement && one.by == by => refused("judge-second-is-first"),
        Some(one) if one.said.id == judgement => {
            Ok(JudgementSeconded { judgement, narrative: one.said.narrative })
        }
        _ => refused("judge-nothing-to-second"),
    }
}

/// An objection put in order, or why it is refused.
pub fn contest(standing: &Standing, mut said: JudgementContested) -> Result<JudgementContested, Refusal> {
    if standing.latest().is_none() {
        return Err(Refusal::of(Fault::new(WHOLE, "judge-nothing-to-contest")));
    }
    said.who = words::text(&said.who, 200, "judge-contest-empty")?;
    said.grounds = words::text(&said.grounds, REASONS_CHARS_MAX, "judge-contest-empty")?;
    Ok(said)
}

/// The decision on an objection by somebody who neither judged nor seconded, or why it is refused.
pub fn decide(
    standing: &Standing,
    contest: ContestId,
    upheld: bool,
    reasons: &str,
    by: UserId,
) -> Result<ContestDecided, Refusal> {
    let refused = |code| Err(Refusal::of(Fault::new(WHOLE, code)));
    let Some(open) = standing.contests.iter().find(|one| one.said.id == contest && one.decided.is_none())
    else {
        return refused("judge-contest-decided");
    };
    let judged = |one: &Judgement| one.by == by || one.seconded.is_some_and(|(second, _)| second == by);
    if standing.judgements.iter().any(judged) {
        return refused("judge-contest-own");
    }
    let reasons = words::text(reasons, REASONS_CHARS_MAX, "judge-no-reasons")?;
    Ok(ContestDecided { contest, narrative: open.said.narrative, upheld, reasons })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_model::{NarrativeId, SignalId};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + second).expect("in range")
    }
    fn person(n: u8) -> UserId {
        UserId::new(1_795_000_000_000, [n; 10])
    }
    fn said(class: StoryClass, reasons: &str) -> NarrativeJudged {
        NarrativeJudged {
            id: JudgementId::new(1_795_000_000_000, [9; 10]),
            narrative: NarrativeId::founded_by(SignalId::new(1_795_000_000_000, [1; 10])),
            truth: Truth::Unverified,
            class,
            harm: Harm::Some,
            reasons: reasons.to_owned(),
            rabat: None,
        }
    }
    fn standing(class: StoryClass) -> Standing {
        let mut standing = Standing::default();
        standing.take_judged(
            judge(said(class, "the photograph is from 2014")).expect("sound"),
            person(1),
            at(0),
        );
        standing
    }
    fn code<T>(result: Result<T, Refusal>) -> String {
        result.err().map(|refusal| refusal.code().to_owned()).unwrap_or_default()
    }

    #[test]
    fn disinformation_counts_only_when_a_second_person_agrees() {
        let mut one = standing(StoryClass::Disinformation);
        assert_eq!((one.class(), one.is_hostile()), (StoryClass::Unknown, false));
        let id = one.judgements[0].said.id;
        assert_eq!(code(second(&one, id, person(1))), "judge-second-is-first");
        let agreed = second(&one, id, person(2)).expect("another person");
        one.take_seconded(&agreed, person(2), at(60));
        assert_eq!((one.class(), one.is_hostile()), (StoryClass::Disinformation, true));
    }

    #[test]
    fn incitement_needs_all_six_parts_and_a_grave_class_its_reasons() {
        assert_eq!(code(judge(said(StoryClass::HateSpeech, " "))), "judge-no-reasons");
        assert_eq!(code(judge(said(StoryClass::Incitement, "calls to burn the base"))), "judge-rabat-parts");
        let part = || "said".to_owned();
        let mut form = Rabat {
            context: part(),
            speaker: part(),
            intent: part(),
            content: part(),
            extent: part(),
            likelihood: String::new(),
        };
        let mut whole = said(StoryClass::Incitement, "calls to burn the base");
        whole.rabat = Some(form.clone());
        assert_eq!(code(judge(whole.clone())), "judge-rabat-parts");
        form.likelihood = "a crowd of 200 stands at the gate".to_owned();
        whole.rabat = Some(form);
        assert!(judge(whole).is_ok());
    }

    #[test]
    fn criticism_and_satire_are_never_hostile() {
        for class in [StoryClass::LegitimateCriticism, StoryClass::Satire, StoryClass::Unknown] {
            assert!(!standing(class).is_hostile(), "{class}");
        }
    }

    #[test]
    fn an_objection_is_decided_by_somebody_else_and_takes_the_class_off() {
        let mut one = standing(StoryClass::Misinformation);
        let id = ContestId::new(1_795_000_000_000, [4; 10]);
        let narrative = one.judgements[0].said.narrative;
        let said = JudgementContested {
            id,
            narrative,
            who: "a trader of the market".to_owned(),
            grounds: "I said what I saw".to_owned(),
        };
        one.take_contested(contest(&one, said).expect("sound"), at(100));
        assert_eq!(code(decide(&one, id, true, "the convoy did pass", person(1))), "judge-contest-own");
        let decided = decide(&one, id, true, "the convoy did pass", person(3)).expect("a third person");
        one.take_decided(&decided, at(200));
        assert_eq!(one.class(), StoryClass::Unknown);
        assert_eq!(code(decide(&one, id, false, "again", person(3))), "judge-contest-decided");
    }
}
