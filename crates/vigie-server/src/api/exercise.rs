//! Running a demonstration or an exercise; on demonstration stores only.

use super::said::Said;
use crate::exercise::{ExerciseStep, SPEED_MAX};
use crate::gate::Known;
use crate::options::Tampered;
use crate::refusal::Refusal;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vigie_model::{Actor, Event, LinkChanged, Timestamp};
use vigie_store::Draft;

/// What is played, how fast, and where its guide stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExerciseView {
    /// Name of the scenario.
    scenario: String,
    /// The mission's clock.
    sim_now: Timestamp,
    /// How many times as fast as the wall's.
    speed: f64,
    /// Whether it stands still.
    paused: bool,
    /// Where the guide stands; null before and after it.
    step: Option<String>,
    /// The guide's steps.
    steps: Vec<ExerciseStep>,
    /// Whether the uplink works.
    link_up: bool,
}

/// What changes; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct ExerciseChange {
    /// Name of the scenario, told by the player.
    scenario: Option<String>,
    /// The guide's steps, told by the player.
    steps: Option<Vec<ExerciseStep>>,
    /// Stand still, or go on.
    paused: Option<bool>,
    /// How many times as fast as the wall's: above 0, at most 1,440.
    speed: Option<f64>,
    /// Cut the uplink, or restore it.
    link_up: Option<bool>,
    /// Go to this step.
    step: Option<String>,
    /// Go to the next step.
    skip: bool,
}

/// The state of the exercise.
#[utoipa::path(get, path = "/api/v1/exercise", tag = "exercise", responses((status = 200, body = ExerciseView)))]
pub(crate) async fn state(State(app): State<App>, _asker: Known) -> Result<Json<ExerciseView>, Refusal> {
    view(&app).await
}

async fn view(app: &App) -> Result<Json<ExerciseView>, Refusal> {
    let (link_up, _) = app.read(|views, _| Ok(views.link()?)).await?;
    let exercise = app.exercise().clone();
    Ok(Json(ExerciseView {
        scenario: exercise.scenario,
        sim_now: app.now(),
        speed: exercise.speed,
        paused: exercise.paused,
        step: exercise.step,
        steps: exercise.steps,
        link_up,
    }))
}

/// Changes pace, guide or uplink.
#[utoipa::path(put, path = "/api/v1/exercise", tag = "exercise", request_body = ExerciseChange,
    responses((status = 200, body = ExerciseView)))]
pub(crate) async fn change(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<ExerciseChange>,
) -> Result<Json<ExerciseView>, Refusal> {
    if told.speed.is_some_and(|speed| !(speed > 0.0 && speed <= SPEED_MAX)) {
        return Err(Refusal::field("speed"));
    }
    if let Some(up) = told.link_up {
        let actor = asker.actor();
        app.blocking(move |app| set_link(app, actor, up)).await?;
    }
    told.apply(&app)?;
    view(&app).await
}

fn set_link(app: &App, actor: Actor, up: bool) -> Result<(), Refusal> {
    let (now_up, _) = app.look(|views| Ok(views.link()?))?;
    if now_up != up {
        app.store.commit(vec![Draft::new(actor, Event::LinkChanged(LinkChanged { up }))])?;
    }
    Ok(())
}

impl ExerciseChange {
    fn apply(self, app: &App) -> Result<(), Refusal> {
        let mut exercise = app.exercise();
        let mut next = exercise.clone();
        next.scenario = self.scenario.map_or(next.scenario, |name| name.chars().take(120).collect());
        next.steps = self.steps.map_or(next.steps, |steps| steps.into_iter().take(50).collect());
        next.paused = self.paused.unwrap_or(next.paused);
        next.speed = self.speed.unwrap_or(next.speed);
        if let Some(step) = self.step {
            if !next.steps.iter().any(|known| known.id == step) {
                return Err(Refusal::field("step"));
            }
            next.step = Some(step);
        }
        if self.skip {
            next.skip();
        }
        *exercise = next;
        Ok(())
    }
}

/// Where the mission's clock is put.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ClockSet {
    /// The new time; an earlier one than now is ignored.
    now: Timestamp,
}

/// The mission's clock after it was put.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExerciseClock {
    /// The mission's clock.
    sim_now: Timestamp,
}

/// Puts the simulated clock.
#[utoipa::path(post, path = "/api/v1/exercise/clock", tag = "exercise", request_body = ClockSet,
    responses((status = 200, body = ExerciseClock)))]
pub(crate) async fn set_clock(
    State(app): State<App>,
    _asker: Known,
    Said(told): Said<ClockSet>,
) -> Result<Json<ExerciseClock>, Refusal> {
    let real = || Refusal::new(StatusCode::CONFLICT, "server-clock-is-real");
    app.options.sim_clock.as_ref().ok_or_else(real)?.set(told.now);
    Ok(Json(ExerciseClock { sim_now: app.now() }))
}

/// Changes one byte of a copy of the site and has the verifier look at the copy.
#[utoipa::path(post, path = "/api/v1/exercise/tamper", tag = "exercise", responses((status = 200, body = Tampered)))]
pub(crate) async fn tamper(State(app): State<App>, _asker: Known) -> Result<Json<Tampered>, Refusal> {
    let absent = || Refusal::new(StatusCode::NOT_IMPLEMENTED, "server-no-verifier");
    let tamperer = app.options.tamperer.clone().ok_or_else(absent)?;
    let said = app.blocking(move |_| tamperer().map_err(|e| Refusal::ours("tamperer", e))).await?;
    Ok(Json(said))
}
