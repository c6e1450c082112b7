//! Responses: the board, from a need to an effect.

use super::{ListQuery, by, change, functions_exist, list, no, open, open_story, say, seen};
use crate::api::said::{Asked, At, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::response::{Response as ResponseView, ResponseDetail};
use crate::view::desk::{DeskPage, shapes};
use crate::view::words;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::opening;
use vigie_desk::record;
use vigie_desk::rights::Permission;
use vigie_model::{Event, FunctionId, Origin, ResponseId, ResponseOpened, ResponseOption, Timestamp, UserId};
use vigie_store::Views;

/// Responses, newest first; `state` is a column of the board.
#[utoipa::path(get, path = "/api/v1/responses", tag = "communication", params(ListQuery),
    responses((status = 200, body = DeskPage<ResponseView>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<ResponseView>>, Refusal> {
    list::<record::Response>(app, asker, asked).await
}

/// One response with its messages.
#[utoipa::path(get, path = "/api/v1/responses/{id}", tag = "communication",
    params(("id" = Uuid, Path, description = "The response")), responses((status = 200, body = ResponseDetail)))]
pub(crate) async fn one(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<ResponseId>,
) -> Result<Json<ResponseDetail>, Refusal> {
    let detail = app
        .blocking(move |app| {
            app.look(|views| {
                let one: record::Response = seen(app, views, &asker, id.uuid())?;
                Ok(ResponseDetail::of(one, &say(views, &asker, app.now()))?)
            })
        })
        .await?;
    Ok(Json(detail))
}

/// What the mission does about a story, a question, an event.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewResponse {
    /// Made by the screen, and the response's id.
    client_id: Uuid,
    /// In a few words.
    title: String,
    /// What it starts from.
    #[schema(value_type = shapes::Origin)]
    origin: Origin,
    /// When it must be out.
    due: Timestamp,
    /// Which functions clear it, in order.
    #[schema(value_type = Vec<String>)]
    chain: Vec<FunctionId>,
    /// Who answers for it; whoever opens it where absent.
    #[serde(default)]
    owner: Option<Uuid>,
}

/// Opens a response.
#[utoipa::path(post, path = "/api/v1/responses", tag = "communication", request_body = NewResponse,
    responses((status = 201, body = ResponseView), (status = 200, description = "It was there already", body = ResponseView)))]
pub(crate) async fn start(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewResponse>,
) -> Result<Response, Refusal> {
    let owner = told.owner.map_or(asker.user.id, UserId::from_uuid);
    let title = told.title.trim().to_owned();
    let mine = move |known: &record::Response| known.owner == owner && known.title == title;
    open(app, asker, Permission::WriteCommunication, told.client_id, mine, move |views, asker, now| {
        if views.user(owner)?.is_none() {
            return Err(Refusal::field("owner"));
        }
        let said = ResponseOpened {
            id: ResponseId::from_uuid(told.client_id),
            title: told.title,
            origin: origin(views, asker, told.origin, now)?,
            owner,
            due: vigie_model::millis(told.due),
            chain: told.chain,
        };
        let said = opening::response(said, now).map_err(no)?;
        functions_exist(views, &said.chain)?;
        Ok(vec![by(asker, Event::ResponseOpened(said))])
    })
    .await
}

/// What it starts from is there for the asker.
fn origin(views: &Views, asker: &Asker, origin: Origin, now: Timestamp) -> Result<Origin, Refusal> {
    Ok(match origin {
        Origin::Narrative { narrative } => {
            let needs = Permission::SeeMonitoring;
            let found = open_story(views, asker, needs, Some(narrative), now)?;
            Origin::Narrative { narrative: found.unwrap_or(narrative) }
        }
        Origin::Question { question } => {
            let found = views.record::<record::Question>(question.uuid(), asker.see())?;
            found.map(|_| Origin::Question { question }).ok_or_else(|| Refusal::field("origin"))?
        }
        Origin::Plan { plan } => {
            let found = views.record::<record::Plan>(plan.uuid(), asker.see())?;
            found.map(|_| Origin::Plan { plan }).ok_or_else(|| Refusal::field("origin"))?
        }
        event @ Origin::Event { .. } => event,
    })
}

/// What is done, and why this and not another.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TakeOption {
    /// Which.
    #[schema(value_type = words::ResponseOption)]
    option: ResponseOption,
    /// Why.
    reason: String,
}

/// Takes an option.
#[utoipa::path(post, path = "/api/v1/responses/{id}/option", tag = "communication", request_body = TakeOption,
    params(("id" = Uuid, Path, description = "The response")), responses((status = 200, body = ResponseView)))]
pub(crate) async fn option(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<ResponseId>,
    Said(told): Said<TakeOption>,
) -> Result<Json<ResponseView>, Refusal> {
    let needs = Permission::WriteCommunication;
    change(app, asker, needs, id.uuid(), move |_, asker, response: record::Response, _| {
        let same = response.option.as_ref().is_some_and(|(option, reason, who, _)| {
            *option == told.option && reason == told.reason.trim() && *who == Some(asker.user.id)
        });
        if same {
            return Ok(Vec::new());
        }
        let said = opening::option(&response, told.option, &told.reason).map_err(no)?;
        Ok(vec![by(asker, Event::ResponseDecided(said))])
    })
    .await
}
