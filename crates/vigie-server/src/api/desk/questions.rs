//! Questions of the community, and what the mandate says to them.

use super::facts::Approve;
use super::{EVERYTHING, ListQuery, by, change, list, no, open, open_story};
use crate::api::said::{Asked, At, Said};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::mandate::Question;
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
use vigie_model::{
    Cited, Event, NarrativeId, QuestionAnswered, QuestionAsked, QuestionId, Statement, Verdict,
};
use vigie_store::Views;

/// Questions, newest first.
#[utoipa::path(get, path = "/api/v1/questions", tag = "communication", params(ListQuery),
    responses((status = 200, body = DeskPage<Question>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<Question>>, Refusal> {
    list::<record::Question>(app, asker, asked).await
}

/// Something that people want to know of the mission.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewQuestion {
    /// Made by the screen, and the question's id.
    client_id: Uuid,
    /// The question.
    text: String,
    /// Its language, BCP 47.
    lang: String,
    /// The story in which it was asked.
    #[serde(default)]
    narrative: Option<Uuid>,
}

/// Notes a question.
#[utoipa::path(post, path = "/api/v1/questions", tag = "communication", request_body = NewQuestion,
    responses((status = 201, body = Question), (status = 200, description = "It was there already", body = Question)))]
pub(crate) async fn note(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewQuestion>,
) -> Result<Response, Refusal> {
    let text = told.text.trim().to_owned();
    let mine = move |known: &record::Question| known.said.text == text;
    open(app, asker, Permission::WriteCommunication, told.client_id, mine, move |views, asker, now| {
        let narrative = told.narrative.map(NarrativeId::from_uuid);
        let narrative = open_story(views, asker, Permission::SeeMonitoring, narrative, now)?;
        let id = QuestionId::from_uuid(told.client_id);
        let said = QuestionAsked { id, text: told.text, lang: told.lang, narrative };
        Ok(vec![by(asker, Event::QuestionAsked(opening::question(said).map_err(no)?))])
    })
    .await
}

/// A proposed answer.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewQuestionAnswer {
    /// Can, partly, cannot.
    #[schema(value_type = words::Verdict)]
    verdict: Verdict,
    /// Where it stands.
    #[schema(value_type = Vec<shapes::Cited>)]
    cites: Vec<Cited>,
    /// The answer in its languages.
    #[schema(value_type = Vec<shapes::Statement>)]
    answers: Vec<Statement>,
}

/// Proposes an answer.
#[utoipa::path(post, path = "/api/v1/questions/{id}/answer", tag = "communication", request_body = NewQuestionAnswer,
    params(("id" = Uuid, Path, description = "The question")), responses((status = 200, body = Question)))]
pub(crate) async fn answer(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<QuestionId>,
    Said(told): Said<NewQuestionAnswer>,
) -> Result<Json<Question>, Refusal> {
    let needs = Permission::WriteCommunication;
    change(app, asker, needs, id.uuid(), move |views, asker, question: record::Question, _| {
        let said = QuestionAnswered {
            question: id,
            verdict: told.verdict,
            cites: told.cites,
            answers: told.answers,
        };
        let said = opening::propose(said, |cited| exists(views, cited)).map_err(no)?;
        let same = question.answer.as_ref().is_some_and(|(known, ..)| *known == said);
        Ok(if same { Vec::new() } else { vec![by(asker, Event::QuestionAnswered(said))] })
    })
    .await
}

fn exists(views: &Views, cited: &Cited) -> bool {
    let mandate = views.record::<record::Mandate>(cited.mandate.uuid(), EVERYTHING).ok().flatten();
    mandate.is_some_and(|one| one.said.paragraphs.iter().any(|p| p.number == cited.number))
}

/// Approves exactly that answer.
#[utoipa::path(post, path = "/api/v1/questions/{id}/approve", tag = "communication", request_body = Approve,
    params(("id" = Uuid, Path, description = "The question")), responses((status = 200, body = Question)))]
pub(crate) async fn approve(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<QuestionId>,
    Said(told): Said<Approve>,
) -> Result<Json<Question>, Refusal> {
    change(app, asker, Permission::Clear, id.uuid(), move |_, asker, question: record::Question, _| {
        if question.approved.is_some_and(|(by, _)| by == asker.user.id) {
            return Ok(Vec::new());
        }
        let said = opening::approve_answer(&question, &told.hash, asker.user.id).map_err(no)?;
        Ok(vec![by(asker, Event::QuestionApproved(said))])
    })
    .await
}
