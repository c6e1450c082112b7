//! Two stories made one, and one made two, by a person. Machines keep to both.

use super::acts::{decide, only, open_rows};
use super::narratives::nothing;
use super::said::{At, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::parting::{self, Half, Member, SIGNALS_MAX};
use vigie_model::{Event, NarrativeId, SignalId};
use vigie_store::{Draft, NarrativeRow, Views};

/// Which story goes together with this one.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewJoin {
    /// The other one: its identifier, or its speakable code such as `N-26-0413`.
    other: String,
    /// Why.
    reason: String,
}

/// Which wordings are another story.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewPart {
    /// One signal of each wording; all its copies go along.
    signals: Vec<Uuid>,
    /// Why.
    reason: String,
}

/// What was recorded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reordered {
    /// The entry.
    seq: u64,
    /// The story to look at: what both became, or the new one.
    narrative: Uuid,
}

/// Makes one story of two. The older one keeps its name; everything about the other goes along.
#[utoipa::path(post, path = "/api/v1/narratives/{id}/join", tag = "monitoring", request_body = NewJoin,
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Reordered)))]
pub(crate) async fn join(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Said(told): Said<NewJoin>,
) -> Result<Json<Reordered>, Refusal> {
    let maker = asker.clone();
    let outcome = app.blocking(move |app| {
        let now = app.now();
        recorded(app, move |views| {
            let other = named(views, &told.other)?;
            let rows = open_rows(views, &maker.granted, &[id, other], now)?;
            let [own, other] = rows.as_slice() else { return Err(Refusal::nothing()) };
            let said = parting::join(half(views, own)?, half(views, other)?, &told.reason);
            let said = said.map_err(|refusal| unprocessable(&refusal))?;
            let kept = said.narrative;
            Ok((Draft::new(maker.actor(), Event::NarrativesJoined(said)), kept))
        })
    });
    answer(&app, &asker, id, outcome.await).await
}

/// Takes wordings out of a story: they are one of their own from then on, and machines never join the two again.
#[utoipa::path(post, path = "/api/v1/narratives/{id}/part", tag = "monitoring", request_body = NewPart,
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Reordered)))]
pub(crate) async fn part(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Said(told): Said<NewPart>,
) -> Result<Json<Reordered>, Refusal> {
    let maker = asker.clone();
    let outcome = app.blocking(move |app| {
        let now = app.now();
        recorded(app, move |views| {
            let rows = open_rows(views, &maker.granted, &[id], now)?;
            let [own] = rows.as_slice() else { return Err(Refusal::nothing()) };
            if own.compartments.any_protected() {
                return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "part-restricted"));
            }
            let chosen: Vec<SignalId> = told.signals.into_iter().map(SignalId::from_uuid).collect();
            let said = parting::part(own.id, &members(views, own.id)?, &chosen, &told.reason);
            let said = said.map_err(|refusal| unprocessable(&refusal))?;
            let new = said.part;
            Ok((Draft::new(maker.actor(), Event::NarrativeParted(said)), new))
        })
    });
    answer(&app, &asker, id, outcome.await).await
}

async fn answer(
    app: &App,
    asker: &Asker,
    id: NarrativeId,
    outcome: Result<Reordered, Refusal>,
) -> Result<Json<Reordered>, Refusal> {
    match outcome {
        Err(refusal) if refusal.id() == "server-narrative-gone" => Err(nothing(app, asker, id).await),
        done => Ok(Json(done?)),
    }
}

/// Lets the rule decide on the latest state, and says which narrative came of it.
fn recorded(
    app: &App,
    rule: impl FnOnce(&Views) -> Result<(Draft, NarrativeId), Refusal> + Send + 'static,
) -> Result<Reordered, Refusal> {
    let (tell, told) = std::sync::mpsc::channel();
    let outcomes = decide(app, move |views| {
        let (draft, narrative) = rule(views)?;
        let _ = tell.send(narrative);
        Ok(vec![draft])
    })?;
    let narrative = told.try_recv().map_err(|_| Refusal::ours("rule", "said no narrative"))?;
    Ok(Reordered { seq: only(&outcomes)?, narrative: narrative.uuid() })
}

fn named(views: &Views, other: &str) -> Result<NarrativeId, Refusal> {
    let other = other.trim();
    if let Ok(id) = Uuid::parse_str(other) {
        return Ok(NarrativeId::from_uuid(id));
    }
    let found = views.narrative_by_code(&other.to_uppercase())?;
    found.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "server-narrative-gone"))
}

pub(super) fn half(views: &Views, row: &NarrativeRow) -> Result<Half, Refusal> {
    let first = views.first_of(row.id)?.ok_or_else(Refusal::nothing)?;
    Ok(Half { id: row.id, first, compartments: row.compartments })
}

pub(super) fn members(views: &Views, id: NarrativeId) -> Result<Vec<Member>, Refusal> {
    let texts = views.texts_of(id, SIGNALS_MAX as u32 + 1)?;
    let member = |(id, text): (SignalId, Option<String>)| Member {
        id,
        wording: text.map(|text| vigie_text::normalise(&text).alike).unwrap_or_default(),
    };
    Ok(texts.into_iter().map(member).collect())
}

pub(super) fn unprocessable(refusal: &vigie_desk::Refusal) -> Refusal {
    Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, refusal)
}
