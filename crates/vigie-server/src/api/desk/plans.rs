//! Communications plans.

use super::{EVERYTHING, ListQuery, by, list, no, opens, shown};
use crate::api::acts::decide;
use crate::api::said::{Asked, Said};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::mandate::Plan;
use crate::view::desk::{DeskPage, shapes};
use crate::view::words;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::opening;
use vigie_desk::record;
use vigie_desk::rights::Permission;
use vigie_model::{Channel, Compartment, Compartments, Event, PlanId, PlanWritten, PlannedEvent};

/// Plans, newest first.
#[utoipa::path(get, path = "/api/v1/plans", tag = "communication", params(ListQuery),
    responses((status = 200, body = DeskPage<Plan>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<Plan>>, Refusal> {
    list::<record::Plan>(app, asker, asked).await
}

/// The plan as it now stands.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewPlan {
    /// Made by the screen, and the plan's id; the same one again is a new version.
    client_id: Uuid,
    /// Title.
    title: String,
    /// What it is meant to achieve.
    aim: String,
    /// For whom.
    audience: String,
    /// By which channels.
    #[serde(default)]
    #[schema(value_type = Vec<words::Channel>)]
    channels: Vec<Channel>,
    /// Its calendar.
    #[serde(default)]
    #[schema(value_type = Vec<shapes::PlannedEvent>)]
    calendar: Vec<PlannedEvent>,
}

/// Writes a plan, or writes it anew.
#[utoipa::path(post, path = "/api/v1/plans", tag = "communication", request_body = NewPlan,
    responses((status = 201, body = Plan), (status = 200, description = "It said the same already", body = Plan)))]
pub(crate) async fn write(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewPlan>,
) -> Result<Response, Refusal> {
    let (status, view) = app
        .blocking(move |app| {
            let (id, maker) = (told.client_id, asker.clone());
            let outcomes = decide(app, move |views| {
                let on = Compartments::of(&[Compartment::Communications]);
                opens(&maker, Permission::WriteCommunication, on)?;
                let said = opening::plan(PlanWritten {
                    id: PlanId::from_uuid(id),
                    title: told.title,
                    aim: told.aim,
                    audience: told.audience,
                    channels: told.channels,
                    calendar: told.calendar,
                });
                let said = said.map_err(no)?;
                let known = views.record::<record::Plan>(id, EVERYTHING)?;
                let same = known.is_some_and(|known| known.said == said);
                Ok(if same { Vec::new() } else { vec![by(&maker, Event::PlanWritten(said))] })
            })?;
            let status = if outcomes.is_empty() { StatusCode::OK } else { StatusCode::CREATED };
            Ok((status, shown::<record::Plan>(app, &asker, id)?))
        })
        .await?;
    Ok((status, Json(view)).into_response())
}
