//! What is asked of a liaison assistant, and their own reply: the one thing of the desk that they read.
//!
//! They see the question, its code and by when a reply is wanted; not the story, nor who asks, nor what others replied. What
//! they answered is gone from their page.

use super::opens;
use super::requests::{NewAnswer, reply};
use crate::api::acts::decide;
use crate::api::said::{At, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::Shown as _;
use crate::view::desk::duty::{AskedList, AskedOfMe};
use crate::view::words;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::SignedDuration;
use serde::Deserialize;
use utoipa::ToSchema;
use vigie_desk::record::{Record as _, Request};
use vigie_desk::rights::Permission;
use vigie_model::{Compartments, FactId, FunctionId, RequestId, StillTold, Timestamp, Via};
use vigie_store::{DeskQuery, Views};

/// Questions shown at once.
const SHOWN_MAX: u32 = 50;
/// Days for which what an assistant replied may be used, unless whoever approves the fact says otherwise.
const HOLDS_DAYS: i64 = 7;

/// Open questions that wait for a function which the reader holds.
#[utoipa::path(get, path = "/api/v1/asked", tag = "desk", responses((status = 200, body = AskedList)))]
pub(crate) async fn all(State(app): State<App>, Known(asker): Known) -> Result<Json<AskedList>, Refusal> {
    let items = app
        .read(move |views, now| {
            let say = super::say(views, &asker, now);
            let open = waiting(views, &asker)?.into_iter();
            open.map(|one| Ok(AskedOfMe::of(one.shown(&say)?))).collect::<Result<Vec<_>, Refusal>>()
        })
        .await?;
    Ok(Json(AskedList { items }))
}

fn waiting(views: &Views, asker: &Asker) -> Result<Vec<Request>, Refusal> {
    let held = views.functions_of(asker.user.id)?;
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let query = DeskQuery { open: Some(true), waits_for: held, limit: SHOWN_MAX, ..DeskQuery::default() };
    Ok(views.records::<Request>(&query, asker.see())?.items)
}

/// An assistant's own reply.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct OwnAnswer {
    /// As typed; may be empty where `told` says it.
    #[serde(default)]
    reply: String,
    /// Language of the reply, BCP 47.
    #[serde(default)]
    lang: String,
    /// Whether the story is still told in their place, where that is the question.
    #[serde(default)]
    #[schema(value_type = Option<words::StillTold>)]
    told: Option<StillTold>,
}

/// Replies to a question that was asked of a function which the writer holds.
#[utoipa::path(post, path = "/api/v1/asked/{id}", tag = "desk", request_body = OwnAnswer,
    params(("id" = Uuid, Path, description = "The request")),
    responses((status = 204, description = "Recorded")))]
pub(crate) async fn answer(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<RequestId>,
    Said(told): Said<OwnAnswer>,
) -> Result<StatusCode, Refusal> {
    let fact = FactId::new(app.now().as_millisecond(), app.store.new_id_bytes()?);
    app.blocking(move |app| {
        let now = app.now();
        decide(app, move |views| {
            let (request, function) = addressed(views, &asker, id)?;
            reply(views, &asker, &request, told.by(views, function, now)?, fact, now)
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A request that is there for somebody, and the function that they hold and that it was asked of. Any other is not there.
fn addressed(views: &Views, asker: &Asker, id: RequestId) -> Result<(Request, FunctionId), Refusal> {
    let nothing = Refusal::nothing;
    let request = views.record::<Request>(id.uuid(), asker.see())?.ok_or_else(nothing)?;
    opens(asker, Permission::AnswerAsked, Compartments::of(&[Request::COMPARTMENT]))?;
    let held = views.functions_of(asker.user.id)?;
    let answers = [&request.duty.waits_for, &request.duty.asked.to];
    let function = answers.into_iter().find(|function| held.contains(function)).cloned();
    Ok((request, function.ok_or_else(nothing)?))
}

impl OwnAnswer {
    fn by(self, views: &Views, function: FunctionId, now: Timestamp) -> Result<NewAnswer, Refusal> {
        let names = views.functions()?;
        let name = names.into_iter().find(|row| row.id == function).map(|row| row.name_fr);
        let until = now.saturating_add(SignedDuration::from_hours(24 * HOLDS_DAYS)).unwrap_or(Timestamp::MAX);
        Ok(NewAnswer {
            reply: self.reply,
            via: Via::Typed,
            source: name.unwrap_or_else(|| function.to_string()),
            from: function,
            lang: self.lang,
            valid_until: Some(until),
            told: self.told,
        })
    }
}
