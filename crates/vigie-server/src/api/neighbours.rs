//! Stories that may be the same, told otherwise: what the model of meaning proposes, and what people say of it.
//!
//! Nothing is joined here. A proposal names its model and its place among all stories; an answer is an entry by a person.

use super::acts::{decide, only, open_rows};
use super::desk::story_row;
use super::narratives::nothing;
use super::said::{At, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::Person;
use crate::view::narrative::{ErrorView, ModelView, ReasonView};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::triage;
use vigie_model::{Event, NarrativeId, NarrativesCompared, Timestamp};
use vigie_store::{ComparedRow, Draft, NarrativeRow};
use vigie_text::meaning::{self, Closeness};

/// Stories proposed at most.
const SHOWN_MAX: usize = 5;

/// What a person said of two stories.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CompareAnswer {
    /// The entry.
    seq: u64,
    /// Whether they tell the same story.
    same: bool,
    /// Who said so.
    by: Option<Person>,
    /// When.
    at: Timestamp,
}

/// A story that stands near.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Neighbour {
    /// Identifier.
    id: Uuid,
    /// Speakable code.
    code: String,
    /// Its opening words.
    head: Option<String>,
    /// Language of its earliest signal, BCP 47.
    lang: String,
    /// Signals in it.
    count: u64,
    /// Place among all that the asker may see, 1 the nearest; null where only people spoke of it.
    rank: Option<u64>,
    /// 0 to 1: how near, after what all stories of this site share is taken away; null where only people spoke of it.
    closeness: Option<f32>,
    /// Why it stands here, as messages of the catalogues.
    reasons: Vec<ReasonView>,
    /// What a person said of it last.
    answer: Option<CompareAnswer>,
}

/// What may be the same story.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Neighbours {
    /// Whether a model read this story. `false`: nothing is known, which is not "there is none".
    assessed: bool,
    /// Why not, as a message of the catalogues.
    not_assessed: Option<String>,
    /// Proposals, nearest first, then others that people spoke of.
    items: Vec<Neighbour>,
    /// Which model speaks.
    model: Option<ModelView>,
    /// How often it errs.
    error: ErrorView,
}

/// Stories that may be this one, told otherwise.
#[utoipa::path(get, path = "/api/v1/narratives/{id}/neighbours", tag = "monitoring",
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Neighbours)))]
pub(crate) async fn near(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
) -> Result<Json<Neighbours>, Refusal> {
    let reader = asker.clone();
    match app.blocking(move |app| found(app, &reader, id)).await? {
        Some(view) => Ok(Json(view)),
        None => Err(nothing(&app, &asker, id).await),
    }
}

fn found(app: &App, asker: &Asker, id: NarrativeId) -> Result<Option<Neighbours>, Refusal> {
    app.look(|views| {
        let Some(own) = story_row(views, asker, id, app.now())? else { return Ok(None) };
        let mut said = views.compared(own.id)?;
        let proposed = app.options.neighbours.as_ref().map(|find| find(own.id));
        let not_assessed = match &proposed {
            None => Some("meaning-no-model"),
            Some(None) if own.head.is_none() => Some("meaning-restricted"),
            Some(None) => Some("meaning-not-yet"),
            Some(Some(_)) => None,
        };
        let proposed = proposed.flatten();
        let assessed = proposed.is_some();
        let mut items = Vec::new();
        for (other, closeness) in proposed.unwrap_or_default() {
            if items.len() == SHOWN_MAX || closeness < Closeness::SUGGESTED.0 {
                break;
            }
            let Some(row) = story_row(views, asker, other, app.now())? else { continue };
            // One that went into this very story stands here no more.
            if row.id != own.id {
                let answer = said.iter().position(|one| one.other == row.id).map(|at| said.remove(at));
                items.push(Neighbour::proposed(row, items.len() as u64 + 1, closeness, answer));
            }
        }
        for one in said {
            if let Some(row) = story_row(views, asker, one.other, app.now())? {
                items.push(Neighbour::spoken_of(row, one));
            }
        }
        Ok(Some(Neighbours {
            assessed,
            not_assessed: not_assessed.map(ToOwned::to_owned),
            items,
            model: assessed.then(|| ModelView {
                name: meaning::MODEL_NAME.to_owned(),
                version: meaning::VERSION.to_owned(),
            }),
            error: ErrorView::NotAssessed,
        }))
    })
}

impl Neighbour {
    fn of(row: NarrativeRow, reason: ReasonView, answer: Option<ComparedRow>) -> Self {
        let answer = answer.map(|one| CompareAnswer {
            seq: one.seq,
            same: one.same,
            by: one.by.map(Person::from),
            at: one.recorded_at,
        });
        Self {
            id: row.id.uuid(),
            code: row.code,
            head: row.head,
            lang: row.lang,
            count: row.count,
            rank: None,
            closeness: None,
            reasons: vec![reason],
            answer,
        }
    }

    fn proposed(row: NarrativeRow, rank: u64, closeness: f32, answer: Option<ComparedRow>) -> Self {
        let args = BTreeMap::from([("rank".to_owned(), rank.to_string())]);
        let reason = ReasonView { code: "meaning-near".to_owned(), args };
        // Two digits are more than the model knows.
        let closeness = (closeness * 100.0).round() / 100.0;
        Self { rank: Some(rank), closeness: Some(closeness), ..Self::of(row, reason, answer) }
    }

    fn spoken_of(row: NarrativeRow, answer: ComparedRow) -> Self {
        let reason = ReasonView { code: "meaning-said".to_owned(), args: BTreeMap::new() };
        Self::of(row, reason, Some(answer))
    }
}

/// What a person says of a story and another one.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewComparison {
    /// The other one.
    other: Uuid,
    /// Whether they tell the same story.
    same: bool,
    /// Why; may be empty.
    #[serde(default)]
    reason: String,
}

/// What was recorded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Compared {
    /// The entry.
    seq: u64,
}

/// Says whether two stories are the same. Nothing is joined by it; the last answer counts.
#[utoipa::path(post, path = "/api/v1/narratives/{id}/neighbours", tag = "monitoring", request_body = NewComparison,
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Compared)))]
pub(crate) async fn answer(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Said(told): Said<NewComparison>,
) -> Result<Json<Compared>, Refusal> {
    let maker = asker.clone();
    let outcome = app.blocking(move |app| {
        let now = app.now();
        decide(app, move |views| {
            let rows = open_rows(views, &maker.granted, &[id, NarrativeId::from_uuid(told.other)], now)?;
            let [own, other] = rows.as_slice() else { return Err(Refusal::nothing()) };
            let (narrative, other) = (own.id, other.id);
            let said = NarrativesCompared { narrative, other, same: told.same, reason: told.reason };
            let said = triage::compare(said)
                .map_err(|refusal| Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, &refusal))?;
            Ok(vec![Draft::new(maker.actor(), Event::NarrativesCompared(said))])
        })
    });
    match outcome.await {
        Err(refusal) if refusal.id() == "server-narrative-gone" => Err(nothing(&app, &asker, id).await),
        done => Ok(Json(Compared { seq: only(&done?)? })),
    }
}
