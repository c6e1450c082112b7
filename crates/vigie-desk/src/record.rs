//! The records of the desk: each object of the mission's work as it stands, derived from the journal alone.
//!
//! A record is what its entries say, taken up one after the other: the store keeps it as a view, and deriving it again
//! gives the same. [`Index`] is what a list needs of it without reading it whole.

use crate::duty::Duty;
use crate::facts::Fact;
use crate::judging::Standing;
use crate::looking_back::LOOK_BACK;
use crate::messages::{Message, Waits};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use vigie_model::{
    ApprovalGiven, Compartment, Component, FunctionId, IncidentReported, MandateLoaded, MessageId,
    MessageText, NarrativeId, Object, Origin, PlanWritten, QuestionAnswered, QuestionAsked, ReleaseMade,
    RequestId, RequestOpened, ResponseId, ResponseMeasured, ResponseOption, Statement, StillTold, TaskId,
    TaskOpened, UserId, Via, WarningRaised,
};

/// What a list knows of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Index {
    /// Where it stands, in one word.
    pub state: String,
    /// Whether somebody still has to do something.
    pub open: bool,
    /// The function it waits for.
    pub waits_for: Option<FunctionId>,
    /// When it must be done.
    pub due: Option<Timestamp>,
    /// When the escalation must be looked at next.
    pub look: Option<Timestamp>,
    /// The story it belongs to.
    pub narrative: Option<NarrativeId>,
}

/// A record that the store keeps as a view.
pub trait Record: Serialize + DeserializeOwned {
    /// The word of its kind, that of [`Object::kind`].
    const KIND: &'static str;
    /// First letter of its speakable code.
    const LETTER: char;
    /// The compartment that it belongs to.
    const COMPARTMENT: Compartment;
    /// Its name.
    fn object(&self) -> Object;
    /// What a list knows of it.
    fn index(&self) -> Index;
    /// Its speakable code.
    fn code(&self) -> &str;
}

fn of_duty(duty: &Duty, narrative: Option<NarrativeId>) -> Index {
    let state = match (&duty.closed, &duty.acknowledged) {
        (Some(_), _) => "closed",
        (None, Some(_)) => "acknowledged",
        (None, None) => "waiting",
    };
    Index {
        state: state.to_owned(),
        open: duty.is_open(),
        waits_for: duty.is_open().then(|| duty.waits_for.clone()),
        due: Some(duty.asked.due),
        look: duty.next_look(),
        narrative,
    }
}

/// A reply to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The reply as given.
    pub reply: String,
    /// How it came.
    pub via: Via,
    /// Which function replied.
    pub from: FunctionId,
    /// Who wrote it down.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
    /// The draft fact made of it.
    pub fact: Option<vigie_model::FactId>,
    /// Whether the story is still told, where that was the question.
    #[serde(default)]
    pub told: Option<StillTold>,
}

/// A request for information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Identifier.
    pub id: RequestId,
    /// Speakable code.
    pub code: String,
    /// The story it is about.
    pub narrative: Option<NarrativeId>,
    /// The question.
    pub question: String,
    /// Who asked.
    pub by: Option<UserId>,
    /// Whom it waits for.
    pub duty: Duty,
    /// The reply.
    pub answer: Option<Answer>,
    /// The answer that went out before: whether its story is still told.
    #[serde(default)]
    pub recheck: Option<ResponseId>,
}

impl Request {
    /// A request as it starts.
    pub fn opened(said: RequestOpened, code: String, by: Option<UserId>, at: Timestamp) -> Self {
        let duty = Duty::opened(said.asked, at);
        Self {
            id: said.id,
            code,
            narrative: said.narrative,
            question: said.question,
            by,
            duty,
            answer: None,
            recheck: said.recheck,
        }
    }
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Identifier.
    pub id: TaskId,
    /// Speakable code.
    pub code: String,
    /// What is to be done.
    pub what: String,
    /// The component that does it.
    pub component: Component,
    /// What it is about.
    pub about: Option<Object>,
    /// Who gave it.
    pub by: Option<UserId>,
    /// Whom it waits for.
    pub duty: Duty,
}

impl Task {
    /// A task as it starts.
    pub fn opened(said: TaskOpened, code: String, by: Option<UserId>, at: Timestamp) -> Self {
        let duty = Duty::opened(said.asked, at);
        Self { id: said.id, code, what: said.what, component: said.component, about: said.about, by, duty }
    }
}

/// Something that somebody must know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// What was said; its asking stands in `duty` from then on.
    pub said: WarningRaised,
    /// Speakable code.
    pub code: String,
    /// Who warned; `None` is a machine.
    pub by: Option<UserId>,
    /// Whom it waits for.
    pub duty: Duty,
}

impl Warning {
    /// A warning as it starts.
    pub fn raised(said: WarningRaised, code: String, by: Option<UserId>, at: Timestamp) -> Self {
        let duty = Duty::opened(said.asked.clone(), at);
        Self { said, code, by, duty }
    }
}

/// What the mission does about a story, a question, an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// Identifier.
    pub id: ResponseId,
    /// Speakable code.
    pub code: String,
    /// In a few words.
    pub title: String,
    /// What it starts from.
    pub origin: Origin,
    /// Who answers for it.
    pub owner: UserId,
    /// When it was opened.
    pub at: Timestamp,
    /// When it must be out.
    pub due: Timestamp,
    /// Which functions clear it, in order.
    pub chain: Vec<FunctionId>,
    /// The option taken, why, by whom, when.
    pub option: Option<(ResponseOption, String, Option<UserId>, Timestamp)>,
    /// Its messages.
    pub messages: Vec<MessageId>,
    /// What the furthest of its messages waits for; `None` before there is one.
    pub waits: Option<Waits>,
    /// When a message of it was cleared (T3).
    pub cleared_at: Option<Timestamp>,
    /// When the first went out (T4).
    pub out_at: Option<Timestamp>,
    /// What was seen afterwards (T5), newest last.
    pub measured: Vec<(ResponseMeasured, Timestamp)>,
    /// How it ended, where somebody closed it.
    pub closed: Option<(String, Timestamp)>,
    /// When somebody was given the task to see to it, because it was not out in time.
    #[serde(default)]
    pub escalated: Option<Timestamp>,
}

/// The columns of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Something must be answered, and nothing is written.
    Need,
    /// A text is being written or waits for a verifier.
    Draft,
    /// Every language is verified; it waits for clearance.
    Verified,
    /// Cleared; it waits for somebody who issues it.
    Cleared,
    /// Out.
    Out,
    /// Out, and looked at afterwards.
    Measured,
    /// Ended without going out.
    Closed,
}

impl Stage {
    /// Every stage, in the order of the board.
    pub const ALL: &'static [Self] =
        &[Self::Need, Self::Draft, Self::Verified, Self::Cleared, Self::Out, Self::Measured, Self::Closed];
    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Draft => "draft",
            Self::Verified => "verified",
            Self::Cleared => "cleared",
            Self::Out => "out",
            Self::Measured => "measured",
            Self::Closed => "closed",
        }
    }
}

impl Response {
    /// The story, where it is one.
    pub const fn narrative(&self) -> Option<NarrativeId> {
        match &self.origin {
            Origin::Narrative { narrative } => Some(*narrative),
            _ => None,
        }
    }

    /// Its column on the board.
    pub fn stage(&self) -> Stage {
        match (&self.closed, self.out_at, &self.waits) {
            (Some(_), None, _) => Stage::Closed,
            (_, Some(_), _) if !self.measured.is_empty() => Stage::Measured,
            (_, Some(_), _) => Stage::Out,
            (None, None, None) => Stage::Need,
            (None, None, Some(Waits::Verified { .. })) => Stage::Draft,
            (None, None, Some(Waits::Cleared { .. })) => Stage::Verified,
            (None, None, Some(Waits::Out | Waits::Nothing)) => Stage::Cleared,
        }
    }

    /// When it must be looked at what followed: nothing yet, or nothing any more, where it is `None`.
    pub fn look_back_at(&self) -> Option<Timestamp> {
        let (Some(out_at), Some(_), true) = (self.out_at, self.narrative(), self.measured.is_empty()) else {
            return None;
        };
        Some(out_at.saturating_add(LOOK_BACK).unwrap_or(Timestamp::MAX))
    }

    /// When it is late, and somebody must be told so, once; `None` where it is out, closed, or they were told.
    pub fn late_at(&self) -> Option<Timestamp> {
        let waits = matches!(self.stage(), Stage::Need | Stage::Draft | Stage::Verified | Stage::Cleared);
        (waits && self.escalated.is_none()).then_some(self.due)
    }

    /// The function that it waits for: whose turn it is to clear, else the first that will.
    pub fn waits_for(&self) -> Option<&FunctionId> {
        match &self.waits {
            Some(Waits::Cleared { function }) => Some(function),
            _ => self.chain.first(),
        }
    }

    /// Takes up where one of its messages stands.
    pub fn take_message(&mut self, message: &Message, now: Timestamp) {
        if !self.messages.contains(&message.id) {
            self.messages.push(message.id);
        }
        self.waits = Some(message.waits(now));
        self.cleared_at = message.cleared_at().or(self.cleared_at);
        self.out_at = self.out_at.or(message.out_at);
    }
}

/// A question that people ask the mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What was asked.
    pub said: QuestionAsked,
    /// Speakable code.
    pub code: String,
    /// When.
    pub at: Timestamp,
    /// The proposed answer, by whom, when.
    pub answer: Option<(QuestionAnswered, Option<UserId>, Timestamp)>,
    /// Who approved exactly that answer, and when.
    pub approved: Option<(UserId, Timestamp)>,
}

/// A mandate by paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// What was loaded.
    pub said: MandateLoaded,
    /// Speakable code.
    pub code: String,
    /// When.
    pub at: Timestamp,
}

/// A communications plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// As it now stands.
    pub said: PlanWritten,
    /// Speakable code.
    pub code: String,
    /// When this version was written, and by whom.
    pub written: (Timestamp, Option<UserId>),
    /// How many versions there were.
    pub version: u32,
}

/// A standing approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// What was approved.
    pub said: ApprovalGiven,
    /// Speakable code.
    pub code: String,
    /// The named person who signed it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// When it was ended before its time.
    pub ended: Option<Timestamp>,
}

impl Approval {
    /// Whether something may go out under it at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.ended.is_none() && now <= self.said.until
    }
    /// Its text in `lang`, else in the first language.
    pub fn text(&self, lang: &str) -> Option<&Statement> {
        self.said.texts.iter().find(|text| text.lang == lang).or(self.said.texts.first())
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// As it now stands.
    pub said: IncidentReported,
    /// Speakable code.
    pub code: String,
    /// When this version was written, and by whom.
    pub written: (Timestamp, Option<UserId>),
    /// How many versions there were.
    pub version: u32,
}

/// Something that went out, or is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// What goes out.
    pub said: ReleaseMade,
    /// Speakable code.
    pub code: String,
    /// Who issued it; `None` is a standing approval.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
    /// The texts as they went: later revisions of the message change nothing here.
    pub texts: Vec<MessageText>,
    /// Recipients reached, failing and given up.
    pub counts: Counts,
    /// Whether it was taken back.
    #[serde(default)]
    pub recalled: bool,
}

/// What became of the attempts of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Waiting for their first attempt, or under way.
    pub waiting: u32,
    /// Handed to the channel.
    pub sent: u32,
    /// The channel says that it arrived.
    pub delivered: u32,
    /// Attempts that failed and are tried again.
    pub failed: u32,
    /// Given up.
    pub given_up: u32,
    /// Not sent: STOP, discreet, or had it already.
    pub withheld: u32,
}

/// What people have judged about one narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The narrative.
    pub narrative: NarrativeId,
    /// What was judged, agreed and contested.
    pub standing: Standing,
}

macro_rules! record {
    ($name:ident, $kind:literal, $letter:literal, $compartment:ident, $id:expr, $index:expr) => {
        impl Record for $name {
            const KIND: &'static str = $kind;
            const LETTER: char = $letter;
            const COMPARTMENT: Compartment = Compartment::$compartment;
            fn object(&self) -> Object {
                let id: fn(&Self) -> Object = $id;
                id(self)
            }
            fn index(&self) -> Index {
                let index: fn(&Self) -> Index = $index;
                index(self)
            }
            fn code(&self) -> &str {
                &self.code
            }
        }
    };
}

fn state(word: &str, open: bool) -> Index {
    Index { state: word.to_owned(), open, ..Index::default() }
}

record!(Request, "request", 'R', Operations, |r| r.id.into(), |r| of_duty(&r.duty, r.narrative));
record!(Task, "task", 'T', Operations, |t| t.id.into(), |t| {
    let narrative = match t.about {
        Some(Object::Narrative(id)) => Some(id),
        _ => None,
    };
    of_duty(&t.duty, narrative)
});
record!(Warning, "warning", 'W', Operations, |w| w.said.id.into(), |w| of_duty(&w.duty, w.said.narrative));
record!(Fact, "fact", 'F', Communications, |f| f.said.id.into(), |f| {
    let word = match (&f.withdrawn, &f.approved) {
        (Some(_), _) => "withdrawn",
        (None, Some(_)) => "approved",
        (None, None) => "draft",
    };
    Index { due: Some(f.said.valid_until), ..state(word, f.approved.is_none() && f.withdrawn.is_none()) }
});
record!(Response, "response", 'C', Communications, |r| r.id.into(), |r| {
    let open = matches!(r.stage(), Stage::Need | Stage::Draft | Stage::Verified | Stage::Cleared);
    let waits_for = match &r.waits {
        Some(Waits::Cleared { function }) if open => Some(function.clone()),
        _ => None,
    };
    let look = r.look_back_at().or_else(|| r.late_at());
    Index { due: Some(r.due), look, narrative: r.narrative(), waits_for, ..state(r.stage().word(), open) }
});
record!(Message, "message", 'M', Communications, |m| m.id.into(), |m| {
    // The day until which it may go is no deadline: what passes it unsent is not late.
    let word = match (m.ready_until(), m.out_at) {
        (Some(_), _) => "ready",
        (None, Some(_)) => "out",
        (None, None) => "open",
    };
    state(word, m.out_at.is_none())
});
record!(Question, "question", 'Q', Communications, |q| q.said.id.into(), |q| {
    let word = match (&q.answer, &q.approved) {
        (_, Some(_)) => "answered",
        (Some(_), None) => "proposed",
        (None, None) => "unanswered",
    };
    Index { narrative: q.said.narrative, ..state(word, q.approved.is_none()) }
});
record!(Mandate, "mandate", 'D', Communications, |m| m.said.id.into(), |_| state("loaded", false));
record!(Plan, "plan", 'P', Communications, |p| p.said.id.into(), |_| state("written", false));
record!(Approval, "approval", 'A', Communications, |a| a.said.id.into(), |a| Index {
    due: Some(a.said.until),
    ..state(if a.ended.is_some() { "ended" } else { "given" }, false)
});
record!(Incident, "incident", 'I', Operations, |i| i.said.id.into(), |_| state("reported", false));
record!(Release, "release", 'S', Communications, |r| r.said.id.into(), |r| {
    let open = r.counts.waiting + r.counts.failed > 0;
    Index { due: Some(r.said.expires_at), ..state(if open { "going" } else { "made" }, open) }
});
