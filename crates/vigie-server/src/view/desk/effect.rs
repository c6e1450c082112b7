//! What followed an answer: counts around it, what they say, and what liaison assistants hear.

use super::Say;
use super::response::MeasuredView;
use crate::view::words;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::looking_back::LOOK_BACK;
use vigie_desk::record::{Request, Response};
use vigie_model::{Reason, ResponseMeasured, StillTold, Timestamp, Via};
use vigie_store::{DeskQuery, StoreError};

/// Hours summed in one bar of the chart: the half days of the reckoning.
const BAR_H: usize = 12;
/// Requests about one story that are looked through.
const ASKED_MAX: u32 = 200;
const HOUR_S: i64 = 3_600;

/// What came before and after one answer. "After", never "because".
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Effect {
    /// The answer.
    pub response: Uuid,
    /// Its speakable code.
    pub code: String,
    /// When it went out (T4).
    pub issued_at: Timestamp,
    /// When what followed is looked at, where that is still to come.
    pub due_at: Option<Timestamp>,
    /// What was found, of signals and of different sources; empty until then.
    pub found: Vec<MeasuredView>,
    /// Counts by half days, counted from when it went out, the earliest first.
    pub bars: Vec<Bar>,
    /// What liaison assistants were asked afterwards, and what they replied.
    pub asked: Vec<Recheck>,
    /// Their replies in one sentence.
    pub asked_sentence: String,
}

/// One half day, or the part of one that was watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Bar {
    /// When it begins.
    pub from: Timestamp,
    /// Hours that it holds.
    pub hours: usize,
    /// Whether it lies after the answer.
    pub after: bool,
    /// Signals.
    pub signals: u32,
    /// Different sources, counted anew each hour.
    pub sources: u32,
}

/// One liaison assistant's place, two days after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Recheck {
    /// The request.
    pub request: Uuid,
    /// Its speakable code.
    pub code: String,
    /// The function asked, by its name in the reader's language.
    pub function: String,
    /// Whether it is still told there; null until somebody replies.
    #[schema(value_type = Option<words::StillTold>)]
    pub told: Option<StillTold>,
    /// What they said beside that.
    pub reply: String,
    /// How it came.
    #[schema(value_type = Option<words::Via>)]
    pub via: Option<Via>,
    /// When.
    pub at: Option<Timestamp>,
    /// Whether a reply is late.
    pub overdue: bool,
}

impl Effect {
    /// What followed `one`, where it is out and its story is open to the reader.
    pub(crate) fn of(one: &Response, say: &Say<'_>) -> Result<Option<Self>, StoreError> {
        let narrative = one.narrative().map(|id| say.views.current(id)).transpose()?;
        let (Some(issued_at), Some(_)) = (one.out_at, say.story(narrative)?) else { return Ok(None) };
        let asked = asked(one, say)?;
        Ok(Some(Self {
            response: one.id.uuid(),
            code: one.code.clone(),
            issued_at,
            due_at: one.measured.is_empty().then(|| issued_at.saturating_add(LOOK_BACK).unwrap_or(issued_at)),
            found: one.measured.iter().cloned().map(|found| MeasuredView::of(found, say)).collect(),
            bars: bars(one, issued_at),
            asked_sentence: vigie_words::reason(say.lang, &summed(&asked)),
            asked,
        }))
    }
}

fn series<'r>(one: &'r Response, word: &str) -> Option<&'r ResponseMeasured> {
    one.measured.iter().map(|(found, _)| found).find(|found| found.series == word)
}

fn bars(one: &Response, issued_at: Timestamp) -> Vec<Bar> {
    let (Some(volume), Some(sources)) = (series(one, "volume"), series(one, "sources")) else {
        return Vec::new();
    };
    let bar = |first_h: i64, after: bool, signals: &[u32], sources: &[u32]| Bar {
        from: Timestamp::from_second(issued_at.as_second() + first_h * HOUR_S).unwrap_or(issued_at),
        hours: signals.len(),
        after,
        signals: signals.iter().sum(),
        sources: sources.iter().sum(),
    };
    // Before, half days are counted back from the answer: what is left over stands first.
    let mut bars = Vec::new();
    let mut first_h = 0;
    for (signals, sources) in volume.before.rchunks(BAR_H).zip(sources.before.rchunks(BAR_H)) {
        first_h -= signals.len() as i64;
        bars.push(bar(first_h, false, signals, sources));
    }
    bars.reverse();
    let mut first_h = 0;
    for (signals, sources) in volume.after.chunks(BAR_H).zip(sources.after.chunks(BAR_H)) {
        bars.push(bar(first_h, true, signals, sources));
        first_h += signals.len() as i64;
    }
    bars
}

fn asked(one: &Response, say: &Say<'_>) -> Result<Vec<Recheck>, StoreError> {
    let narrative = one.narrative().map(|id| say.views.current(id)).transpose()?;
    let query = DeskQuery { narrative, limit: ASKED_MAX, ..DeskQuery::default() };
    let requests = say.views.records::<Request>(&query, say.see())?.items;
    let mut asked = Vec::new();
    for request in requests.into_iter().rev().filter(|request| request.recheck == Some(one.id)) {
        let overdue = request.duty.is_overdue(say.now);
        let answer = request.answer;
        asked.push(Recheck {
            request: request.id.uuid(),
            code: request.code,
            function: say.function(&request.duty.asked.to)?,
            told: answer.as_ref().and_then(|answer| answer.told),
            via: answer.as_ref().map(|answer| answer.via),
            at: answer.as_ref().map(|answer| answer.at),
            reply: answer.map(|answer| answer.reply).unwrap_or_default(),
            overdue,
        });
    }
    Ok(asked)
}

fn summed(asked: &[Recheck]) -> Reason {
    if asked.is_empty() {
        return Reason::new("recheck-none");
    }
    let of = |told: Option<StillTold>| asked.iter().filter(|one| one.told == told).count();
    Reason::new("recheck-sum")
        .with("asked", asked.len())
        .with("yes", of(Some(StillTold::Yes)))
        .with("less", of(Some(StillTold::Less)))
        .with("no", of(Some(StillTold::No)))
        .with("unknown", of(Some(StillTold::Unknown)))
        .with("open", of(None))
}
