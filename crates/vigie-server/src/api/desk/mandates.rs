//! The mandate by paragraph, found by its words, offline.

use super::{ListQuery, by, list, no, open};
use crate::api::said::{Asked, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::mandate::{ApprovedAnswer, Mandate, MandateHit, MandateHits};
use crate::view::desk::{DeskPage, shapes};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vigie_desk::opening;
use vigie_desk::record;
use vigie_desk::rights::Permission;
use vigie_model::{Event, MandateId, MandateLoaded, Paragraph};
use vigie_store::{DeskQuery, Views};

const PAGE: u32 = 200;
const HITS_MAX: usize = 100;

/// Mandates, newest first.
#[utoipa::path(get, path = "/api/v1/mandates", tag = "communication", params(ListQuery),
    responses((status = 200, body = DeskPage<Mandate>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<ListQuery>,
) -> Result<Json<DeskPage<Mandate>>, Refusal> {
    list::<record::Mandate>(app, asker, asked).await
}

/// A mandate by paragraph.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewMandate {
    /// Made by the screen, and the mandate's id.
    client_id: Uuid,
    /// Symbol, such as `S/RES/2552 (2020)`.
    symbol: String,
    /// Title.
    title: String,
    /// Language of the text.
    lang: String,
    /// Its paragraphs, in order.
    #[schema(value_type = Vec<shapes::Paragraph>)]
    paragraphs: Vec<Paragraph>,
}

/// Loads a mandate.
#[utoipa::path(post, path = "/api/v1/mandates", tag = "communication", request_body = NewMandate,
    responses((status = 201, body = Mandate), (status = 200, description = "It was there already", body = Mandate)))]
pub(crate) async fn load(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewMandate>,
) -> Result<Response, Refusal> {
    let symbol = told.symbol.trim().to_owned();
    let mine = move |known: &record::Mandate| known.said.symbol == symbol;
    open(app, asker, Permission::WriteCommunication, told.client_id, mine, move |_, asker, _| {
        let said = MandateLoaded {
            id: MandateId::from_uuid(told.client_id),
            symbol: told.symbol,
            title: told.title,
            lang: told.lang,
            paragraphs: told.paragraphs,
        };
        Ok(vec![by(asker, Event::MandateLoaded(opening::mandate(said).map_err(no)?))])
    })
    .await
}

/// What to look for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// Words that stand in a paragraph, or in an approved answer that cites it.
    q: String,
}

/// Paragraphs that hold the words, with the approved answers that cite them.
#[utoipa::path(get, path = "/api/v1/mandates/search", tag = "communication", params(SearchQuery),
    responses((status = 200, body = MandateHits)))]
pub(crate) async fn search(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<SearchQuery>,
) -> Result<Json<MandateHits>, Refusal> {
    let words: Vec<String> = asked.q.split_whitespace().map(str::to_lowercase).collect();
    Ok(Json(app.read(move |views, _| hits(views, &asker, &words)).await?))
}

fn hits(views: &Views, asker: &Asker, words: &[String]) -> Result<MandateHits, Refusal> {
    let mut items = Vec::new();
    if words.is_empty() {
        return Ok(MandateHits { items });
    }
    let answered = answered(views, asker)?;
    let query = DeskQuery { limit: PAGE, ..DeskQuery::default() };
    for mandate in views.records::<record::Mandate>(&query, asker.see())?.items {
        for paragraph in mandate.said.paragraphs {
            let answers = citing(&answered, mandate.said.id, &paragraph.number);
            if !holds(&paragraph.text, words) && !answers.iter().any(|answer| speaks(answer, words)) {
                continue;
            }
            items.push(MandateHit {
                mandate: mandate.said.id.uuid(),
                symbol: mandate.said.symbol.clone(),
                number: paragraph.number,
                text: paragraph.text,
                answers,
            });
            if items.len() == HITS_MAX {
                return Ok(MandateHits { items });
            }
        }
    }
    Ok(MandateHits { items })
}

fn holds(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word))
}

fn speaks(answer: &ApprovedAnswer, words: &[String]) -> bool {
    holds(&answer.text, words) || answer.answers.iter().any(|one| holds(&one.text, words))
}

/// Questions with an approved answer.
fn answered(views: &Views, asker: &Asker) -> Result<Vec<record::Question>, Refusal> {
    let mut query = DeskQuery { state: Some("answered".to_owned()), limit: PAGE, ..DeskQuery::default() };
    let mut all = Vec::new();
    loop {
        let page = views.records::<record::Question>(&query, asker.see())?;
        all.extend(page.items);
        query.after = page.next;
        if query.after.is_none() {
            return Ok(all);
        }
    }
}

fn citing(all: &[record::Question], mandate: MandateId, number: &str) -> Vec<ApprovedAnswer> {
    let cites = |question: &&record::Question| {
        question.answer.as_ref().is_some_and(|(answer, ..)| {
            answer.cites.iter().any(|cited| cited.mandate == mandate && cited.number == number)
        })
    };
    let view = |question: &record::Question| {
        let (answer, ..) = question.answer.as_ref()?;
        Some(ApprovedAnswer {
            question: question.said.id.uuid(),
            code: question.code.clone(),
            text: question.said.text.clone(),
            verdict: answer.verdict,
            answers: answer.answers.clone(),
        })
    };
    all.iter().filter(cites).filter_map(view).collect()
}
