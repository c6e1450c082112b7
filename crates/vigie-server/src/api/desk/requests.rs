//! Requests for information.

use super::{ListQuery, by, change, functions_exist, list, no, open, open_story};
use crate::api::said::{Asked, At, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::duty::Request;
use crate::view::desk::{DeskPage, shapes};
use crate::view::words;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::record;
use vigie_desk::rights::Permission;
use vigie_desk::{facts, opening};
use vigie_model::{
    Event, FactDrafted, FactId, FunctionId, NarrativeId, RequestAnswered, RequestId, RequestOpened,
    Statement, StillTold, Timestamp, Via,
};
use vigie_store::{Draft, Views};

/// Requests for information, newest first.
#[utoipa::path(get, path = "/api/v1/requests", tag = "desk", params(ListQuery),
    responses((status = 200, body = DeskPage<Request>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<Request>>, Refusal> {
    list::<record::Request>(app, asker, asked).await
}

/// A question to the unit that knows.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewRequest {
    /// Made by the screen, and the request's id.
    client_id: Uuid,
    /// The story it is about.
    #[serde(default)]
    narrative: Option<Uuid>,
    /// The question.
    question: String,
    /// Of whom it is asked.
    #[schema(value_type = shapes::Asked)]
    asked: vigie_model::Asked,
}

/// Asks the unit that knows.
#[utoipa::path(post, path = "/api/v1/requests", tag = "desk", request_body = NewRequest,
    responses((status = 201, body = Request), (status = 200, description = "It was there already", body = Request)))]
pub(crate) async fn ask(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewRequest>,
) -> Result<Response, Refusal> {
    let me = asker.user.id;
    let mine = move |known: &record::Request| known.by == Some(me);
    open(app, asker, Permission::WriteDesk, told.client_id, mine, move |views, asker, now| {
        let narrative = told.narrative.map(NarrativeId::from_uuid);
        let narrative = open_story(views, asker, Permission::WriteDesk, narrative, now)?;
        let id = RequestId::from_uuid(told.client_id);
        let said = RequestOpened { id, narrative, question: told.question, asked: told.asked, recheck: None };
        let said = opening::request(said, now).map_err(no)?;
        functions_exist(views, std::iter::once(&said.asked.to).chain(&said.asked.call_tree))?;
        Ok(vec![by(asker, Event::RequestOpened(said))])
    })
    .await
}

/// The reply of the unit.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewAnswer {
    /// As given.
    pub(super) reply: String,
    /// How it came.
    #[schema(value_type = words::Via)]
    pub(super) via: Via,
    /// Which function replied.
    #[schema(value_type = String)]
    pub(super) from: FunctionId,
    /// The document or person that it rests on.
    #[serde(default)]
    pub(super) source: String,
    /// Language of the reply, BCP 47.
    #[serde(default)]
    pub(super) lang: String,
    /// Until when the draft fact may be used.
    #[serde(default)]
    pub(super) valid_until: Option<Timestamp>,
    /// Whether the story is still told in their place, where that is the question: then no fact is drafted.
    #[serde(default)]
    #[schema(value_type = Option<words::StillTold>)]
    pub(super) told: Option<StillTold>,
}

/// Takes the reply down: it becomes a draft fact in the same breath, unless it says what is still told in one place.
#[utoipa::path(post, path = "/api/v1/requests/{id}/answer", tag = "desk", request_body = NewAnswer,
    params(("id" = Uuid, Path, description = "The request")), responses((status = 200, body = Request)))]
pub(crate) async fn answer(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<RequestId>,
    Said(told): Said<NewAnswer>,
) -> Result<Json<Request>, Refusal> {
    let fact = FactId::new(app.now().as_millisecond(), app.store.new_id_bytes()?);
    let rule = move |views: &Views, asker: &Asker, request: record::Request, now| {
        reply(views, asker, &request, told, fact, now)
    };
    change(app, asker, Permission::WriteDesk, id.uuid(), rule).await
}

/// The reply as entries: what was said and, where a fact is made of it, the draft in the same breath. Said again it is the
/// same reply.
pub(super) fn reply(
    views: &Views,
    asker: &Asker,
    request: &record::Request,
    told: NewAnswer,
    fact: FactId,
    now: Timestamp,
) -> Result<Vec<Draft>, Refusal> {
    let same = request
        .answer
        .as_ref()
        .is_some_and(|a| a.by == Some(asker.user.id) && a.reply == told.reply.trim() && a.told == told.told);
    if same {
        return Ok(Vec::new());
    }
    let said = RequestAnswered {
        request: request.id,
        reply: told.reply,
        via: told.via,
        from: told.from,
        fact: Some(fact),
        told: told.told,
    };
    let said = opening::answer(request, said).map_err(no)?;
    functions_exist(views, [&said.from])?;
    if said.fact.is_none() {
        return Ok(vec![by(asker, Event::RequestAnswered(said))]);
    }
    let drafted = FactDrafted {
        id: fact,
        statements: vec![Statement { lang: told.lang, text: said.reply.clone() }],
        source: told.source,
        request: Some(request.id),
        valid_from: now,
        valid_until: told.valid_until.ok_or_else(|| Refusal::field("valid_until"))?,
        replaces: None,
    };
    let drafted = facts::draft(drafted).map_err(no)?;
    let seq = views.size()?;
    Ok(vec![by(asker, Event::RequestAnswered(said)), by(asker, Event::FactDrafted(drafted)).caused_by(seq)])
}
