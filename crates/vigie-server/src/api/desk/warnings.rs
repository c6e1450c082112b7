//! Warnings: the security queue.

use super::{ListQuery, by, functions_exist, list, no, open, story};
use crate::api::said::{Asked, Said};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::duty::Warning;
use crate::view::desk::{DeskPage, shapes};
use crate::view::words;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::opening;
use vigie_desk::record;
use vigie_desk::rights::Permission;
use vigie_model::{Event, NarrativeId, SignalId, WarningId, WarningKind, WarningRaised};

/// Warnings, newest first.
#[utoipa::path(get, path = "/api/v1/warnings", tag = "desk", params(ListQuery),
    responses((status = 200, body = DeskPage<Warning>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<Warning>>, Refusal> {
    list::<record::Warning>(app, asker, asked).await
}

/// Something that somebody must know.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewWarning {
    /// Made by the screen, and the warning's id.
    client_id: Uuid,
    /// About what; a person's own warning is `judged`.
    #[schema(value_type = words::WarningKind)]
    kind: WarningKind,
    /// The signal that led to it.
    #[serde(default)]
    signal: Option<Uuid>,
    /// The story it belongs to.
    #[serde(default)]
    narrative: Option<Uuid>,
    /// The site, by its id in the gazetteer.
    #[serde(default)]
    site: Option<String>,
    /// What the person says.
    words: String,
    /// Of whom it is asked.
    #[schema(value_type = shapes::Asked)]
    asked: vigie_model::Asked,
}

/// Warns.
#[utoipa::path(post, path = "/api/v1/warnings", tag = "desk", request_body = NewWarning,
    responses((status = 201, body = Warning), (status = 200, description = "It was there already", body = Warning)))]
pub(crate) async fn raise(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewWarning>,
) -> Result<Response, Refusal> {
    let me = asker.user.id;
    let mine = move |known: &record::Warning| known.by == Some(me);
    open(app, asker, Permission::WriteDesk, told.client_id, mine, move |views, asker, now| {
        let narrative = told.narrative.map(NarrativeId::from_uuid);
        // One may warn of a restricted story; whoever cannot see it reads that there is a warning, not its words.
        let narrative =
            narrative.map(|id| story(views, asker, Permission::WriteDesk, id, now)).transpose()?;
        let signal = told.signal.map(SignalId::from_uuid);
        let signal_row = signal.map(|id| views.signal(id, asker.see())).transpose()?;
        if matches!(signal_row, Some(None)) {
            return Err(Refusal::field("signal"));
        }
        let narrative = narrative.map(|row| row.id).or(signal_row.flatten().and_then(|row| row.narrative));
        let said = WarningRaised {
            id: WarningId::from_uuid(told.client_id),
            kind: told.kind,
            signal,
            narrative,
            site: told.site.filter(|site| !site.trim().is_empty()),
            words: told.words,
            asked: told.asked,
            score: None,
        };
        if said.site.as_ref().is_some_and(|site| site.chars().count() > 80) {
            return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "server-field").with("field", "site"));
        }
        let said = opening::warning(said, now).map_err(no)?;
        functions_exist(views, std::iter::once(&said.asked.to).chain(&said.asked.call_tree))?;
        Ok(vec![by(asker, Event::WarningRaised(said))])
    })
    .await
}
