//! What engines found about a narrative, and what people say to it.

use super::acts::decide;
use super::narratives::nothing;
use super::said::{At, Said};
use crate::gate::{Asker, Known, note_denial};
use crate::protected;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::finding::{FindingList, FindingView};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use vigie_desk::findings;
use vigie_desk::rights::{Permission, may_on};
use vigie_model::{Compartment, Compartments, Event, FindingId, NarrativeId};
use vigie_store::{Draft, FindingRow, Found, Views};

/// What engines found about a narrative.
#[utoipa::path(get, path = "/api/v1/narratives/{id}/findings", tag = "monitoring",
    params(("id" = uuid::Uuid, Path, description = "The narrative")),
    responses((status = 200, body = FindingList)))]
pub(crate) async fn of_narrative(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
) -> Result<Json<FindingList>, Refusal> {
    let reader = asker.clone();
    let found = app
        .blocking(move |app| {
            let see = reader.see();
            let rows = app.look(|views| {
                Ok(match views.narrative_row(id, see, app.now())? {
                    Found::Here(row) => Some(views.findings(row.id, see)?),
                    Found::Moved(kept) => Some(views.findings(kept, see)?),
                    Found::Nothing => None,
                })
            })?;
            let Some(rows) = rows else { return Ok(None) };
            let items = rows.into_iter().map(|row| shown(app, &reader, row));
            Ok::<_, Refusal>(Some(FindingList { items: items.collect::<Result<_, _>>()? }))
        })
        .await?;
    match found {
        Some(list) => Ok(Json(list)),
        None => Err(nothing(&app, &asker, id).await),
    }
}

/// A finding with its messages; whoever opens restricted ones leaves an entry. Blocking.
fn shown(app: &App, asker: &Asker, row: FindingRow) -> Result<FindingView, Refusal> {
    let mut signals = app.look(|views| {
        let mut signals = Vec::new();
        for message in &row.made.messages {
            signals.extend(views.signal(message.signal, asker.see())?);
        }
        Ok(signals)
    })?;
    protected::open(app, asker, &mut signals)?;
    Ok(FindingView::of(row, &signals))
}

/// What a person says to a finding.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct FindingSaid {
    /// Whether they agree.
    agrees: bool,
    /// Why; needed to overrule.
    #[serde(default)]
    reason: String,
}

/// Agrees with a finding or overrules it; the latest answer counts and all are kept.
#[utoipa::path(post, path = "/api/v1/findings/{id}/answer", tag = "judging", request_body = FindingSaid,
    params(("id" = uuid::Uuid, Path, description = "The finding")),
    responses((status = 200, body = FindingView)))]
pub(crate) async fn answer(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<FindingId>,
    Said(said): Said<FindingSaid>,
) -> Result<Json<FindingView>, Refusal> {
    let event = findings::answer(id, said.agrees, &said.reason)
        .map_err(|refusal| Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, &refusal))?;
    let view = app
        .blocking(move |app| {
            let (granted, actor, see) = (asker.granted.clone(), asker.actor(), asker.see());
            let everything = Compartments::of(Compartment::ALL);
            if app.look(|views| Ok(views.finding(id, see)?))?.is_none() {
                if app.look(|views| Ok(views.finding(id, everything)?))?.is_some() {
                    note_denial(app, &asker, Some(format!("finding:{id}")));
                }
                return Err(Refusal::nothing());
            }
            decide(app, move |views: &Views| {
                let row = views.finding(id, see)?.ok_or_else(Refusal::nothing)?;
                for message in &row.made.messages {
                    let signal = views.signal(message.signal, see)?;
                    let open = signal.is_none_or(|s| may_on(&granted, Permission::Judge, s.compartments));
                    if !open {
                        return Err(Refusal::new(StatusCode::FORBIDDEN, "right-compartment"));
                    }
                }
                Ok(vec![Draft::new(actor, Event::FindingAnswered(event))])
            })?;
            let row = app.look(|views| Ok(views.finding(id, asker.see())?))?.ok_or_else(Refusal::nothing)?;
            shown(app, &asker, row)
        })
        .await?;
    Ok(Json(view))
}
