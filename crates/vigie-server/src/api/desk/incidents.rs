//! Incidents: what happened, with how sure time and place are.

use super::{EVERYTHING, ListQuery, by, list, no, opens, shown};
use crate::api::acts::decide;
use crate::api::said::{Asked, Said};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::duty::Incident;
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
use vigie_model::{
    Compartment, Compartments, Component, Event, IncidentId, IncidentReported, Object, Place, TimePrecision,
    Timestamp,
};

/// Incidents, newest first.
#[utoipa::path(get, path = "/api/v1/incidents", tag = "desk", params(ListQuery),
    responses((status = 200, body = DeskPage<Incident>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<Incident>>, Refusal> {
    list::<record::Incident>(app, asker, asked).await
}

/// Something that happened.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewIncident {
    /// Made by the screen, and the incident's id; the same one again is a new version.
    client_id: Uuid,
    /// What happened.
    what: String,
    /// To whom, and by whom, as functions and groups.
    #[serde(default)]
    who: String,
    /// When.
    seen_at: Timestamp,
    /// How exactly.
    #[schema(value_type = words::TimePrecision)]
    precision: TimePrecision,
    /// Where.
    #[schema(value_type = shapes::Place)]
    place: Place,
    /// Why, as far as known.
    #[serde(default)]
    why: String,
    /// How.
    #[serde(default)]
    how: String,
    /// Whose it is.
    #[schema(value_type = words::Component)]
    component: Component,
    /// The line of the duty log or the signal it comes from, as `kind:id`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    from: Option<Object>,
}

/// Reports an incident, or reports it again as it is now known.
#[utoipa::path(post, path = "/api/v1/incidents", tag = "desk", request_body = NewIncident,
    responses((status = 201, body = Incident), (status = 200, description = "It said the same already", body = Incident)))]
pub(crate) async fn report(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewIncident>,
) -> Result<Response, Refusal> {
    let (status, view) = app
        .blocking(move |app| {
            let (id, now, maker) = (told.client_id, app.now(), asker.clone());
            let outcomes = decide(app, move |views| {
                opens(&maker, Permission::WriteDesk, Compartments::of(&[Compartment::Operations]))?;
                let said = opening::incident(told.said(), now).map_err(no)?;
                let known = views.record::<record::Incident>(id, EVERYTHING)?;
                let same = known.is_some_and(|known| known.said == said);
                Ok(if same { Vec::new() } else { vec![by(&maker, Event::IncidentReported(said))] })
            })?;
            let status = if outcomes.is_empty() { StatusCode::OK } else { StatusCode::CREATED };
            Ok((status, shown::<record::Incident>(app, &asker, id)?))
        })
        .await?;
    Ok((status, Json(view)).into_response())
}

impl NewIncident {
    fn said(self) -> IncidentReported {
        IncidentReported {
            id: IncidentId::from_uuid(self.client_id),
            what: self.what,
            who: self.who,
            seen_at: vigie_model::millis(self.seen_at),
            precision: self.precision,
            place: self.place,
            why: self.why,
            how: self.how,
            component: self.component,
            from: self.from,
        }
    }
}
