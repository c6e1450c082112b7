//! Decisions in the queue.

use super::said::{At, Said};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::words;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::rights::{Permission, may_on};
use vigie_desk::triage::{self, Done, Wish};
use vigie_model::{Decision, Event, Granted, NarrativeId, Timestamp, UserId};
use vigie_store::{Draft, Found, NarrativeRow, Outcome, Refused, StoreError, Views};

/// Kinds of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Do {
    /// Keep, dismiss or reopen.
    Triage,
    /// Give to somebody, or to nobody.
    Assign,
    /// Put a label on.
    Label,
    /// Take a label off.
    Unlabel,
}

/// What a person wants done to narratives.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ActRequest {
    /// Which kind of act.
    #[serde(rename = "do")]
    what: Do,
    /// At most 200.
    narratives: Vec<Uuid>,
    /// With `triage`.
    #[serde(default)]
    #[schema(value_type = Option<words::Decision>)]
    decision: Option<Decision>,
    /// With `assign`; null takes the assignment off.
    #[serde(default)]
    to: Option<Uuid>,
    /// With `label` and `unlabel`.
    #[serde(default)]
    label: Option<String>,
}

/// An act that was recorded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActDone {
    /// Its entry: give it to `/acts/{seq}/undo`.
    seq: u64,
    /// Until when it can be undone, on the mission's clock.
    undo_until: Timestamp,
}

/// An act that was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Undone {
    /// The entry of the undoing.
    seq: u64,
}

/// Decides about narratives, together or not at all.
#[utoipa::path(post, path = "/api/v1/acts", tag = "monitoring", request_body = ActRequest,
    responses((status = 200, body = ActDone)))]
pub(crate) async fn act(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<ActRequest>,
) -> Result<Json<ActDone>, Refusal> {
    let wish = wish(&told)?;
    let chosen: Vec<NarrativeId> = told.narratives.into_iter().map(NarrativeId::from_uuid).collect();
    // Checked before the writer looks at each of them.
    triage::act(wish.clone(), &chosen).map_err(|r| unprocessable(&r))?;
    let (granted, actor) = (asker.granted.clone(), asker.actor());
    let (seq, now) = app
        .blocking(move |app| {
            let now = app.now();
            let rule = move |views: &Views| {
                if let Wish::Assign(Some(to)) = &wish
                    && views.user(*to)?.is_none()
                {
                    return Err(Refusal::field("to"));
                }
                let rows = open_rows(views, &granted, &chosen, now)?;
                allowed(views, &wish, &rows, now)?;
                let open: Vec<NarrativeId> = rows.iter().map(|row| row.id).collect();
                let event = triage::act(wish, &open).map_err(|r| unprocessable(&r))?;
                Ok(vec![Draft::new(actor, event)])
            };
            Ok((only(&decide(app, rule)?)?, now))
        })
        .await?;
    app.acts_done().add(seq, Instant::now());
    Ok(Json(ActDone { seq, undo_until: triage::undo_until(now) }))
}

fn unprocessable(refusal: &vigie_desk::Refusal) -> Refusal {
    Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, refusal)
}

fn wish(told: &ActRequest) -> Result<Wish, Refusal> {
    let label = || told.label.clone().ok_or_else(|| Refusal::field("label"));
    Ok(match told.what {
        Do::Triage => Wish::Decide(told.decision.ok_or_else(|| Refusal::field("decision"))?),
        Do::Assign => Wish::Assign(told.to.map(UserId::from_uuid)),
        Do::Label => Wish::Label(label()?),
        Do::Unlabel => Wish::Unlabel(label()?),
    })
}

/// The narratives as they stand now: an absorbed one stands for the one it went into. One that the person may not
/// see is not there; one that they may only read is refused.
pub(super) fn open_rows(
    views: &Views,
    granted: &Granted,
    chosen: &[NarrativeId],
    now: Timestamp,
) -> Result<Vec<NarrativeRow>, Refusal> {
    chosen.iter().map(|id| open_row(views, granted, *id, now)).collect()
}

/// One narrative as it stands now.
pub(super) fn open_row(
    views: &Views,
    granted: &Granted,
    id: NarrativeId,
    now: Timestamp,
) -> Result<NarrativeRow, Refusal> {
    let mut found = views.narrative_row(id, granted.see, now)?;
    if let Found::Moved(kept) = found {
        found = views.narrative_row(kept, granted.see, now)?;
    }
    let Found::Here(row) = found else {
        return Err(Refusal::new(StatusCode::NOT_FOUND, "server-narrative-gone"));
    };
    if !may_on(granted, Permission::Triage, row.compartments) {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "right-compartment"));
    }
    Ok(row)
}

/// What a wish asks beyond the right to act.
fn allowed(views: &Views, wish: &Wish, rows: &[NarrativeRow], now: Timestamp) -> Result<(), Refusal> {
    let refuse = |id| Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, id));
    match wish {
        // A label stands in the queue in clear, where nothing of a restricted narrative may stand.
        Wish::Label(_) if rows.iter().any(|row| row.compartments.any_protected()) => {
            refuse("server-label-restricted")
        }
        Wish::Assign(Some(to)) => {
            let theirs = views.granted(*to, now)?;
            // Nobody is given what they cannot open or decide.
            let all = rows.iter().all(|row| may_on(&theirs, Permission::Triage, row.compartments));
            if all { Ok(()) } else { refuse("server-cannot-act") }
        }
        _ => Ok(()),
    }
}

/// Takes one's own act back.
#[utoipa::path(post, path = "/api/v1/acts/{seq}/undo", tag = "monitoring",
    params(("seq" = u64, Path, description = "The act's entry")),
    responses((status = 200, body = Undone), (status = 409, description = "Too late", body = crate::refusal::Problem)))]
pub(crate) async fn undo(
    State(app): State<App>,
    Known(asker): Known,
    At(seq): At<u64>,
) -> Result<Json<Undone>, Refusal> {
    let (by, actor) = (asker.user.id, asker.actor());
    // On a simulated clock ten seconds of the mission may be a blink: there the wall decides.
    let passed = app.options.sim_clock.as_ref().and_then(|_| app.acts_done().since(seq));
    let seq = app
        .blocking(move |app| {
            let now = app.now();
            let rule = move |views: &Views| {
                let facts = views.act(seq)?.ok_or_else(Refusal::nothing)?;
                let done_by = facts.actor.human().ok_or_else(Refusal::nothing)?;
                let done = Done {
                    seq,
                    by: done_by,
                    at: facts.recorded_at,
                    undone: facts.undone,
                    overtaken: !facts.latest,
                };
                let now = passed.and_then(|passed| facts.recorded_at.checked_add(passed).ok()).unwrap_or(now);
                let undone = triage::undo(&done, by, now);
                let undone = undone.map_err(|r| Refusal::of_rule(StatusCode::CONFLICT, &r))?;
                Ok(vec![Draft::new(actor, Event::ActUndone(undone))])
            };
            only(&decide(app, rule)?)
        })
        .await?;
    Ok(Json(Undone { seq }))
}

/// Lets `rule` decide on the latest state. What it refuses reaches the caller whole, and a panic in it is this
/// request's alone: the writer goes on. Blocking.
pub(super) fn decide(
    app: &App,
    rule: impl FnOnce(&Views) -> Result<Vec<Draft>, Refusal> + Send + 'static,
) -> Result<Vec<Outcome>, Refusal> {
    let told: Arc<Mutex<Option<Refusal>>> = Arc::default();
    let tell = Arc::clone(&told);
    let decided = app.store.decide(move |views| {
        let answer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| rule(views)));
        let answer = answer.unwrap_or_else(|_| Err(Refusal::ours("rule", "panicked")));
        answer.map_err(|refusal| {
            let code = Refused::new(refusal.id());
            *tell.lock().unwrap_or_else(PoisonError::into_inner) = Some(refusal);
            code
        })
    });
    let refused = told.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (decided, refused) {
        (Err(StoreError::Refused(_)), Some(refusal)) => Err(refusal),
        (decided, _) => Ok(decided?),
    }
}

/// The entry of the one draft that was recorded.
pub(super) fn only(outcomes: &[Outcome]) -> Result<u64, Refusal> {
    outcomes.first().map(|o| o.seq()).ok_or_else(|| Refusal::ours("store", "no outcome"))
}
