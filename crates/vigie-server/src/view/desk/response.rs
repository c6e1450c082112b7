//! Responses: the lines of the board.

use super::message::Message;
use super::{Say, Shown, duty::Closed, effect::Effect, shapes};
use crate::view::narrative::{ModelView, ReasonView};
use crate::view::{Person, words};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::messages::Waits;
use vigie_desk::record;
use vigie_model::{Origin, ResponseMeasured, ResponseOption, Timestamp};
use vigie_store::StoreError;

/// What the mission does about a story, a question, an event.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ResponseCore {
    /// Identifier.
    pub id: Uuid,
    /// Speakable code.
    pub code: String,
    /// In a few words.
    pub title: String,
    /// What it starts from; null where that is closed to the reader.
    #[schema(value_type = Option<shapes::Origin>)]
    pub origin: Option<Origin>,
    /// Who answers for it.
    pub owner: Person,
    /// When it was opened.
    pub at: Timestamp,
    /// When it must be out.
    pub due: Timestamp,
    /// Whether it is late.
    pub overdue: bool,
    /// Which functions clear it, in order.
    pub chain: Vec<String>,
    /// The option taken.
    pub option: Option<OptionView>,
    /// What the furthest of its messages waits for; null before there is one.
    #[schema(value_type = Option<shapes::Waits>)]
    pub waits: Option<Waits>,
    /// When a message of it was cleared (T3).
    pub cleared_at: Option<Timestamp>,
    /// When the first went out (T4).
    pub out_at: Option<Timestamp>,
    /// What was seen afterwards (T5), newest last.
    pub measured: Vec<MeasuredView>,
    /// How it ended, where somebody closed it.
    pub closed: Option<Closed>,
    /// Its column on the board: `need`, `draft`, `verified`, `cleared`, `out`, `measured` or `closed`.
    pub stage: String,
}

/// A line of the board.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Response {
    /// What its own page shows too.
    #[serde(flatten)]
    pub core: ResponseCore,
    /// Its messages.
    pub messages: Vec<Uuid>,
}

/// A response with its messages.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ResponseDetail {
    /// The line of the board.
    #[serde(flatten)]
    pub core: ResponseCore,
    /// Its messages.
    pub messages: Vec<Message>,
    /// What came before and after it; null where it is not out, or answers no story that the reader sees.
    pub effect: Option<Effect>,
}

/// An option taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OptionView {
    /// Which.
    #[schema(value_type = words::ResponseOption)]
    pub option: ResponseOption,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
}

/// What was seen after it went out. "After", never "because".
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MeasuredView {
    /// `volume` or `sources`.
    pub series: String,
    /// After over expected: best, low, high; null where nothing can be said.
    pub ratio: Option<Vec<f64>>,
    /// As a message of the catalogues.
    pub words: ReasonView,
    /// In one word: `fell`, `rose`, `none` (no effect visible) or `not-assessable`.
    pub verdict: String,
    /// The same as a sentence in the reader's language.
    pub sentence: String,
    /// What it rests on and what it leaves out, as sentences.
    pub reasons: Vec<String>,
    /// Which method.
    pub model: ModelView,
    /// When it was looked at.
    pub at: Timestamp,
}

impl MeasuredView {
    pub(super) fn of((one, at): (ResponseMeasured, Timestamp), say: &Say<'_>) -> Self {
        Self {
            series: one.series,
            ratio: one.ratio.map(|(best, low, high)| vec![best, low, high]),
            verdict: verdict(one.ratio).to_owned(),
            sentence: vigie_words::reason(say.lang, &one.words),
            reasons: one.reasons.iter().map(|reason| vigie_words::reason(say.lang, reason)).collect(),
            words: ReasonView::from(&one.words),
            model: ModelView { name: one.model.name, version: one.model.version },
            at,
        }
    }
}

/// In one word what an interval around 1 says.
const fn verdict(ratio: Option<(f64, f64, f64)>) -> &'static str {
    match ratio {
        None => "not-assessable",
        Some((_, _, high)) if high < 1.0 => "fell",
        Some((_, low, _)) if low > 1.0 => "rose",
        Some(_) => "none",
    }
}

impl ResponseCore {
    fn of(one: record::Response, say: &Say<'_>) -> Result<Self, StoreError> {
        let index = record::Record::index(&one);
        let open = match one.narrative() {
            Some(narrative) => say.story(Some(narrative))?.is_some(),
            None => true,
        };
        let option = one.option.map(|(option, reason, by, at)| {
            Ok::<_, StoreError>(OptionView { option, reason, by: say.maybe(by)?, at })
        });
        Ok(Self {
            id: one.id.uuid(),
            code: one.code,
            title: one.title,
            origin: open.then_some(one.origin),
            owner: say.person(one.owner)?,
            at: one.at,
            due: one.due,
            overdue: index.open && say.now > one.due,
            chain: one.chain.iter().map(ToString::to_string).collect(),
            option: option.transpose()?,
            waits: one.waits,
            cleared_at: one.cleared_at,
            out_at: one.out_at,
            measured: one.measured.into_iter().map(|m| MeasuredView::of(m, say)).collect(),
            closed: one.closed.map(|(outcome, at)| Closed { outcome, at }),
            stage: index.state,
        })
    }
}

impl Shown for record::Response {
    type View = Response;
    fn shown(self, say: &Say<'_>) -> Result<Response, StoreError> {
        let messages = self.messages.iter().map(|id| id.uuid()).collect();
        Ok(Response { core: ResponseCore::of(self, say)?, messages })
    }
}

impl ResponseDetail {
    pub(crate) fn of(one: record::Response, say: &Say<'_>) -> Result<Self, StoreError> {
        let mut messages = Vec::with_capacity(one.messages.len());
        for id in &one.messages {
            let found = say.views.record::<vigie_desk::messages::Message>(id.uuid(), say.see())?;
            if let Some(message) = found {
                messages.push(message.shown(say)?);
            }
        }
        let effect = Effect::of(&one, say)?;
        Ok(Self { core: ResponseCore::of(one, say)?, messages, effect })
    }
}
