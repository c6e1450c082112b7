//! Judging a story: truth, class, harm; agreeing, objecting, deciding; restricting; grading a signal.

use super::{EVERYTHING, by, no, opens, say, story};
use crate::api::acts::decide;
use crate::api::narratives::nothing;
use crate::api::said::{At, Said};
use crate::gate::{Asker, Known, note_denial};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::judging::Standing;
use crate::view::desk::shapes;
use crate::view::words;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::judging;
use vigie_desk::rights::Permission;
use vigie_model::{
    Compartment, Compartments, ContestId, Credibility, Event, Harm, JudgementContested, JudgementId,
    NarrativeId, NarrativeJudged, NarrativeRestricted, Rabat, Reliability, SignalGraded, SignalId,
    StoryClass, Timestamp, Truth,
};
use vigie_store::{Draft, NarrativeRow, Views};

/// Lets a rule change what is judged about a story, and gives how it then stands.
async fn about(
    app: App,
    asker: Arc<Asker>,
    needs: Permission,
    id: NarrativeId,
    rule: impl FnOnce(&Views, &Asker, &NarrativeRow, &judging::Standing, Timestamp) -> Result<Vec<Draft>, Refusal>
    + Send
    + 'static,
) -> Result<Json<Standing>, Refusal> {
    let told = decided(&app, &asker, needs, id, move |views, asker, row, now| {
        let standing = views.judged(row.id, EVERYTHING)?;
        rule(views, asker, row, &standing, now)
    });
    let kept = told.await?;
    let view = app.read(move |views, now| {
        let standing = views.judged(kept, asker.see())?;
        Ok(Standing::of(standing, &say(views, &asker, now))?)
    });
    Ok(Json(view.await?))
}

/// Lets a rule decide about a story that the asker sees; another is not there, and asking for it is noted.
async fn decided(
    app: &App,
    asker: &Arc<Asker>,
    needs: Permission,
    id: NarrativeId,
    rule: impl FnOnce(&Views, &Asker, &NarrativeRow, Timestamp) -> Result<Vec<Draft>, Refusal> + Send + 'static,
) -> Result<NarrativeId, Refusal> {
    let maker = asker.clone();
    let done = app
        .blocking(move |app| {
            let now = app.now();
            let kept = app.look(|views| story(views, &maker, needs, id, now))?.id;
            decide(app, move |views| {
                let row = story(views, &maker, needs, kept, now)?;
                rule(views, &maker, &row, now)
            })?;
            Ok(kept)
        })
        .await;
    match done {
        Err(refusal) if refusal.id() == "server-narrative-gone" => Err(nothing(app, asker, id).await),
        done => done,
    }
}

/// A judgement: truth, class and harm, each apart from the other two.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewJudgement {
    /// Made by the screen, and the judgement's id.
    client_id: Uuid,
    /// Whether it is so.
    #[schema(value_type = words::Truth)]
    truth: Truth,
    /// What kind of speech it is.
    #[schema(value_type = words::StoryClass)]
    class: StoryClass,
    /// What it may do.
    #[schema(value_type = words::Harm)]
    harm: Harm,
    /// Why; not empty for a grave class or a settled truth.
    #[serde(default)]
    reasons: String,
    /// The six parts, for incitement.
    #[serde(default)]
    #[schema(value_type = Option<shapes::Rabat>)]
    rabat: Option<Rabat>,
}

/// Judges a story.
#[utoipa::path(post, path = "/api/v1/narratives/{id}/judgements", tag = "judging", request_body = NewJudgement,
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Standing)))]
pub(crate) async fn judge(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Said(told): Said<NewJudgement>,
) -> Result<Json<Standing>, Refusal> {
    about(app, asker, Permission::Judge, id, move |_, asker, row, standing, _| {
        let id = JudgementId::from_uuid(told.client_id);
        match standing.judgements.iter().find(|one| one.said.id == id) {
            Some(known) if known.by == asker.user.id => return Ok(Vec::new()),
            Some(_) => return Err(Refusal::new(StatusCode::CONFLICT, "server-id-taken")),
            None => {}
        }
        let said = NarrativeJudged {
            id,
            narrative: row.id,
            truth: told.truth,
            class: told.class,
            harm: told.harm,
            reasons: told.reasons,
            rabat: told.rabat,
        };
        Ok(vec![by(asker, Event::NarrativeJudged(judging::judge(said).map_err(no)?))])
    })
    .await
}

/// The judgement that somebody agrees with.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Second {
    /// Which.
    judgement: Uuid,
}

/// Agrees with a judgement that waits for a second person.
#[utoipa::path(post, path = "/api/v1/narratives/{id}/second", tag = "judging", request_body = Second,
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Standing)))]
pub(crate) async fn second(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Said(told): Said<Second>,
) -> Result<Json<Standing>, Refusal> {
    about(app, asker, Permission::Judge, id, move |_, asker, _, standing, _| {
        let id = JudgementId::from_uuid(told.judgement);
        let mine = |one: &judging::Judgement| {
            one.said.id == id && one.seconded.is_some_and(|(by, _)| by == asker.user.id)
        };
        if standing.judgements.iter().any(mine) {
            return Ok(Vec::new());
        }
        let said = judging::second(standing, id, asker.user.id).map_err(no)?;
        Ok(vec![by(asker, Event::JudgementSeconded(said))])
    })
    .await
}

/// An objection by whoever is labelled, or by somebody who speaks for them.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewContest {
    /// Made by the screen, and the objection's id.
    client_id: Uuid,
    /// Who objects, as they wish to be called.
    who: String,
    /// What they say.
    grounds: String,
}

/// Notes an objection.
#[utoipa::path(post, path = "/api/v1/narratives/{id}/contests", tag = "judging", request_body = NewContest,
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Standing)))]
pub(crate) async fn contest(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Said(told): Said<NewContest>,
) -> Result<Json<Standing>, Refusal> {
    about(app, asker, Permission::Judge, id, move |_, asker, row, standing, _| {
        let id = ContestId::from_uuid(told.client_id);
        if standing.contests.iter().any(|one| one.said.id == id) {
            return Ok(Vec::new());
        }
        let said = JudgementContested { id, narrative: row.id, who: told.who, grounds: told.grounds };
        let said = judging::contest(standing, said).map_err(no)?;
        Ok(vec![by(asker, Event::JudgementContested(said))])
    })
    .await
}

/// The decision on an objection.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DecideContest {
    /// Which.
    contest: Uuid,
    /// Whether it is right.
    upheld: bool,
    /// Why.
    reasons: String,
}

/// Decides an objection. Where it is right, those who answer for what went out are told to correct it.
#[utoipa::path(post, path = "/api/v1/narratives/{id}/contests/decide", tag = "judging", request_body = DecideContest,
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Standing)))]
pub(crate) async fn decide_contest(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Said(told): Said<DecideContest>,
) -> Result<Json<Standing>, Refusal> {
    let tasks = app.blocking(super::correction::Tasks::prepare).await?;
    about(app, asker, Permission::DecideContest, id, move |views, asker, row, standing, now| {
        let contest = ContestId::from_uuid(told.contest);
        let known = standing.contests.iter().find(|one| one.said.id == contest);
        let same = known.and_then(|one| one.decided.as_ref());
        if same.is_some_and(|(upheld, reasons, _)| *upheld == told.upheld && reasons == told.reasons.trim()) {
            return Ok(Vec::new());
        }
        let said = judging::decide(standing, contest, told.upheld, &told.reasons, asker.user.id);
        let mut drafts = vec![by(asker, Event::ContestDecided(said.map_err(no)?))];
        if told.upheld {
            drafts.extend(tasks.after_contest(views, asker, row.id, now)?);
        }
        Ok(drafts)
    })
    .await
}

/// Into which compartments a story moves.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Restrict {
    /// At least one.
    #[schema(value_type = Vec<words::Compartment>)]
    to: Vec<Compartment>,
    /// Why.
    reason: String,
}

/// Moves a story into restricted compartments: fewer people may read it from now on. Whoever restricts may lose sight
/// of it themselves: a complaint goes to those whom it concerns, not to those who found it.
#[utoipa::path(post, path = "/api/v1/narratives/{id}/restrict", tag = "judging", request_body = Restrict,
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 204, description = "Restricted")))]
pub(crate) async fn restrict(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Said(told): Said<Restrict>,
) -> Result<StatusCode, Refusal> {
    let reason = crate::api::said::line(&told.reason, 500).ok_or_else(|| Refusal::field("reason"))?;
    let to = Compartments::of(&told.to);
    if to.bits() == 0 || to.holds(Compartment::Vault) {
        return Err(Refusal::field("to"));
    }
    decided(&app, &asker, Permission::Restrict, id, move |_, asker, row, _| {
        if to.visible_to(row.compartments) {
            return Ok(Vec::new());
        }
        let said = NarrativeRestricted { narrative: row.id, to, reason };
        Ok(vec![by(asker, Event::NarrativeRestricted(said))])
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Source and information, each on its own scale.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Grade {
    /// The source, A to F.
    #[schema(value_type = words::Reliability)]
    reliability: Reliability,
    /// The information, 1 to 6.
    #[schema(value_type = words::Credibility)]
    credibility: Credibility,
}

/// Grades a signal.
#[utoipa::path(post, path = "/api/v1/signals/{id}/grade", tag = "judging", request_body = Grade,
    params(("id" = Uuid, Path, description = "The signal")), responses((status = 204, description = "Graded")))]
pub(crate) async fn grade(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<SignalId>,
    Said(told): Said<Grade>,
) -> Result<StatusCode, Refusal> {
    app.blocking(move |app| {
        if app.look(|views| Ok(views.signal(id, asker.see())?))?.is_none() {
            if app.look(|views| Ok(views.signal(id, EVERYTHING)?))?.is_some() {
                note_denial(app, &asker, Some(format!("signal:{id}")));
            }
            return Err(Refusal::nothing());
        }
        decide(app, move |views| {
            let row = views.signal(id, asker.see())?.ok_or_else(Refusal::nothing)?;
            opens(&asker, Permission::Judge, row.compartments)?;
            let said =
                SignalGraded { signal: id, reliability: told.reliability, credibility: told.credibility };
            Ok(vec![by(&asker, Event::SignalGraded(said))])
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
