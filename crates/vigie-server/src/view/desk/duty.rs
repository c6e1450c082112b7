//! Requests, tasks, warnings and incidents.

use super::{Say, Shown, shapes};
use crate::measuring::asked_again;
use crate::view::narrative::{ErrorView, ModelView, ReasonView};
use crate::view::{Person, words};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::record;
use vigie_model::{
    Asked, Compartment, Component, NarrativeId, Place, ResponseId, StillTold, TimePrecision, Timestamp, Via,
    WarningKind,
};
use vigie_store::StoreError;

/// Something asked of a function, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Duty {
    /// Whom it was asked of, and by when.
    #[schema(value_type = shapes::Asked)]
    pub asked: Asked,
    /// When it was asked.
    pub opened_at: Timestamp,
    /// The function it waits for.
    pub waits_for: String,
    /// Since when it waits for that one.
    pub since: Timestamp,
    /// Steps along the call tree so far.
    pub step: u32,
    /// Which function acknowledged, and when.
    pub acknowledged: Option<Acknowledged>,
    /// How it ended, and when.
    pub closed: Option<Closed>,
    /// Whether it is open past its time.
    pub overdue: bool,
}

/// An acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Acknowledged {
    /// Which function.
    pub function: String,
    /// When.
    pub at: Timestamp,
}

/// An end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Closed {
    /// In words.
    pub outcome: String,
    /// When.
    pub at: Timestamp,
}

impl Duty {
    pub(crate) fn of(duty: vigie_desk::duty::Duty, now: Timestamp) -> Self {
        Self {
            overdue: duty.is_overdue(now),
            asked: duty.asked,
            opened_at: duty.opened_at,
            waits_for: duty.waits_for.to_string(),
            since: duty.since,
            step: duty.step,
            acknowledged: duty
                .acknowledged
                .map(|(function, at)| Acknowledged { function: function.to_string(), at }),
            closed: duty.closed.map(|(outcome, at)| Closed { outcome, at }),
        }
    }
}

/// A request for information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Request {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// The story it is about.
    pub narrative: Option<Uuid>,
    /// The question.
    pub question: String,
    /// Who asked.
    pub by: Option<Person>,
    /// Whom it waits for.
    pub duty: Duty,
    /// The reply.
    pub answer: Option<Answer>,
    /// `waiting`, `acknowledged` or `closed`.
    pub state: String,
    /// The answer that went out before, where the question is whether its story is still told.
    pub recheck: Option<Uuid>,
}

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Answer {
    /// As given.
    pub reply: String,
    /// How it came.
    #[schema(value_type = words::Via)]
    pub via: Via,
    /// Which function replied.
    pub from: String,
    /// Who wrote it down.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
    /// The draft fact made of it, for those who see facts.
    pub fact: Option<Uuid>,
    /// Whether the story is still told, where that was the question.
    #[schema(value_type = Option<words::StillTold>)]
    pub told: Option<StillTold>,
}

impl Shown for record::Request {
    type View = Request;
    fn shown(self, say: &Say<'_>) -> Result<Request, StoreError> {
        let state = record::Record::index(&self).state;
        let facts = say.see().holds(Compartment::Communications);
        let answer = self.answer.map(|a| {
            Ok::<_, StoreError>(Answer {
                by: say.maybe(a.by)?,
                reply: a.reply,
                via: a.via,
                from: a.from.to_string(),
                at: a.at,
                fact: a.fact.filter(|_| facts).map(vigie_model::FactId::uuid),
                told: a.told,
            })
        });
        Ok(Request {
            id: self.id.uuid(),
            code: self.code,
            narrative: say.story(self.narrative)?,
            question: question(say, self.question, self.narrative, self.recheck)?,
            recheck: self.recheck.map(vigie_model::ResponseId::uuid),
            by: say.maybe(self.by)?,
            duty: Duty::of(self.duty, say.now),
            answer: answer.transpose()?,
            state,
        })
    }
}

/// What a liaison assistant sees of a request: not its story, nor who asks, nor whom it was asked of besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AskedOfMe {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// The question.
    pub question: String,
    /// By when a reply is wanted.
    pub due: Timestamp,
    /// Whether that has passed.
    pub overdue: bool,
    /// Whether it asks if a story is still told: `told` answers it.
    pub recheck: bool,
}

impl AskedOfMe {
    pub(crate) fn of(request: Request) -> Self {
        Self {
            id: request.id,
            code: request.code,
            question: request.question,
            due: request.duty.asked.due,
            overdue: request.duty.overdue,
            recheck: request.recheck.is_some(),
        }
    }
}

/// What is asked of the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AskedList {
    /// The newest first.
    pub items: Vec<AskedOfMe>,
}

/// A question of ours in the reader's language; what a person asked stands as asked.
fn question(
    say: &Say<'_>,
    asked: String,
    narrative: Option<NarrativeId>,
    recheck: Option<ResponseId>,
) -> Result<String, StoreError> {
    let (Some(recheck), Some(narrative)) = (recheck, narrative) else { return Ok(asked) };
    let out_at = say.views.out_at(recheck)?;
    Ok(match out_at {
        Some(at) => asked_again(say.lang, &say.views.story_code(narrative)?, at),
        None => asked,
    })
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Task {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// What is to be done.
    pub what: String,
    /// The component that does it.
    #[schema(value_type = words::Component)]
    pub component: Component,
    /// What it is about, as `kind:id`.
    pub about: Option<String>,
    /// Who gave it.
    pub by: Option<Person>,
    /// Whom it waits for.
    pub duty: Duty,
    /// `waiting`, `acknowledged` or `closed`.
    pub state: String,
}

impl Shown for record::Task {
    type View = Task;
    fn shown(self, say: &Say<'_>) -> Result<Task, StoreError> {
        let state = record::Record::index(&self).state;
        let about = match self.about {
            Some(vigie_model::Object::Narrative(id)) => say.story(Some(id))?.and(self.about),
            about => about,
        };
        Ok(Task {
            id: self.id.uuid(),
            code: self.code,
            what: self.what,
            component: self.component,
            about: about.map(String::from),
            by: say.maybe(self.by)?,
            duty: Duty::of(self.duty, say.now),
            state,
        })
    }
}

/// Something that somebody must know.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Warning {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// About what.
    #[schema(value_type = words::WarningKind)]
    pub kind: WarningKind,
    /// The signal that led to it.
    pub signal: Option<Uuid>,
    /// The story it belongs to.
    pub narrative: Option<Uuid>,
    /// The site, as the mission calls it.
    pub site: Option<String>,
    /// Its id in the register, where it stands there.
    pub site_id: Option<String>,
    /// The words that matched, or what the person says; empty where its story is closed to the reader.
    pub words: String,
    /// Whether its story is closed to the reader.
    pub restricted: bool,
    /// Who warned; null is a machine.
    pub by: Option<Person>,
    /// Whom it waits for.
    pub duty: Duty,
    /// `waiting`, `acknowledged` or `closed`.
    pub state: String,
    /// Why a machine says so.
    pub score: Option<WarningScore>,
}

/// A machine's opinion with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WarningScore {
    /// 0 to 1.
    pub value: f64,
    /// Why, as messages of the catalogues.
    pub reasons: Vec<ReasonView>,
    /// The same in the reader's language.
    pub sentences: Vec<String>,
    /// Which model.
    pub model: ModelView,
    /// How often it errs.
    pub error: ErrorView,
}

impl Shown for record::Warning {
    type View = Warning;
    fn shown(self, say: &Say<'_>) -> Result<Warning, StoreError> {
        let state = record::Record::index(&self).state;
        let narrative = say.story(self.said.narrative)?;
        let restricted = self.said.narrative.is_some() && narrative.is_none();
        let open = !restricted;
        let site = self.said.site.as_deref().map(|said| say.site(said)).transpose()?;
        let score = self.said.score.filter(|_| open).map(|score| WarningScore {
            value: score.value(),
            sentences: score.reasons().iter().map(|one| vigie_words::reason(say.lang, one)).collect(),
            reasons: score.reasons().iter().map(ReasonView::from).collect(),
            model: ModelView { name: score.model().name.clone(), version: score.model().version.clone() },
            error: score.error().into(),
        });
        Ok(Warning {
            id: self.said.id.uuid(),
            code: self.code,
            kind: self.said.kind,
            signal: self.said.signal.filter(|_| open).map(vigie_model::SignalId::uuid),
            narrative,
            site_id: site.as_ref().and_then(|(id, _)| id.clone()),
            site: site.map(|(_, name)| name),
            words: if open { self.said.words } else { String::new() },
            restricted,
            by: say.maybe(self.by)?,
            duty: Duty::of(self.duty, say.now),
            state,
            score,
        })
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Incident {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// What happened.
    pub what: String,
    /// To whom, and by whom, as functions and groups.
    pub who: String,
    /// When.
    pub seen_at: Timestamp,
    /// How exactly.
    #[schema(value_type = words::TimePrecision)]
    pub precision: TimePrecision,
    /// Where.
    #[schema(value_type = shapes::Place)]
    pub place: Place,
    /// Why, as far as known.
    pub why: String,
    /// How.
    pub how: String,
    /// Whose it is.
    #[schema(value_type = words::Component)]
    pub component: Component,
    /// The line of the duty log or the signal it comes from, as `kind:id`.
    pub from: Option<String>,
    /// When this version was written.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<Person>,
    /// How many versions there were.
    pub version: u32,
}

impl Shown for record::Incident {
    type View = Incident;
    fn shown(self, say: &Say<'_>) -> Result<Incident, StoreError> {
        let (at, by) = self.written;
        Ok(Incident {
            id: self.said.id.uuid(),
            code: self.code,
            what: self.said.what,
            who: self.said.who,
            seen_at: self.said.seen_at,
            precision: self.said.precision,
            place: self.said.place,
            why: self.said.why,
            how: self.said.how,
            component: self.said.component,
            from: self.said.from.map(String::from),
            at,
            by: say.maybe(by)?,
            version: self.version,
        })
    }
}
