//! Standing approvals: what may go out by itself, signed by a named person.

use super::replies::Guard;
use super::{ListQuery, by, change, list, no, open};
use crate::api::said::{Asked, At, Said};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::release::Approval;
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
use vigie_model::{ApprovalGiven, ApprovalId, Event, Standing, Statement, Timestamp};

/// Standing approvals, newest first.
#[utoipa::path(get, path = "/api/v1/approvals", tag = "communication", params(ListQuery),
    responses((status = 200, body = DeskPage<Approval>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<Approval>>, Refusal> {
    list::<record::Approval>(app, asker, asked).await
}

/// One exact text that may go out by itself.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewApproval {
    /// Made by the screen, and the approval's id.
    client_id: Uuid,
    /// For what.
    #[schema(value_type = words::ApprovalKind)]
    standing: Standing,
    /// The exact texts.
    #[schema(value_type = Vec<shapes::Statement>)]
    texts: Vec<Statement>,
    /// Until when.
    until: Timestamp,
}

/// Gives a standing approval, under one's own name.
#[utoipa::path(post, path = "/api/v1/approvals", tag = "communication", request_body = NewApproval,
    responses((status = 201, body = Approval), (status = 200, description = "It was there already", body = Approval)))]
pub(crate) async fn give(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewApproval>,
) -> Result<Response, Refusal> {
    let me = asker.user.id;
    let mine = move |known: &record::Approval| known.by == me;
    let guard = app.blocking(Guard::gather).await?;
    open(app, asker, Permission::Clear, told.client_id, mine, move |views, asker, now| {
        let said = ApprovalGiven {
            id: ApprovalId::from_uuid(told.client_id),
            standing: told.standing,
            texts: told.texts,
            until: vigie_model::millis(told.until),
        };
        let said = opening::approval(said, now).map_err(no)?;
        guard.hold_standing(views, &said.texts)?;
        Ok(vec![by(asker, Event::ApprovalGiven(said))])
    })
    .await
}

/// Ends a standing approval before its time.
#[utoipa::path(post, path = "/api/v1/approvals/{id}/end", tag = "communication",
    params(("id" = Uuid, Path, description = "The approval")), responses((status = 200, body = Approval)))]
pub(crate) async fn end(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<ApprovalId>,
) -> Result<Json<Approval>, Refusal> {
    change(app, asker, Permission::Clear, id.uuid(), move |_, asker, approval: record::Approval, _| {
        Ok(vec![by(asker, Event::ApprovalEnded(opening::end_approval(&approval).map_err(no)?))])
    })
    .await
}
