//! The fact base.

use super::{ListQuery, by, change, no, open, say};
use crate::api::said::{Asked, At, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::fact::Fact;
use crate::view::desk::{DeskPage, Shown as _, shapes};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vigie_desk::facts;
use vigie_desk::rights::Permission;
use vigie_model::{Event, FactDrafted, FactId, Statement, Timestamp};
use vigie_store::{DeskQuery, Views};

/// Facts looked through for words.
const SEARCHED_MAX: usize = 5_000;
const PAGE: u32 = 200;

/// Which facts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FactsQuery {
    /// Words that stand in a statement, the source or the code.
    q: Option<String>,
    /// `true`: only those that may stand behind what goes out now.
    live: Option<bool>,
    /// Only those in this state: `draft`, `approved` or `withdrawn`.
    state: Option<String>,
    /// `true`: only those that wait for approval.
    open: Option<bool>,
    /// Page marker of the answer before.
    cursor: Option<String>,
    /// Rows wanted, at most 200.
    limit: Option<u32>,
}

/// Facts, newest first.
#[utoipa::path(get, path = "/api/v1/facts", tag = "communication", params(FactsQuery),
    responses((status = 200, body = DeskPage<Fact>)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<FactsQuery>,
) -> Result<Json<DeskPage<Fact>>, Refusal> {
    let words: Vec<String> = asked.q.as_deref().map(folded).unwrap_or_default();
    if words.is_empty() && asked.live != Some(true) {
        let asked = ListQuery {
            open: asked.open,
            state: asked.state,
            cursor: asked.cursor,
            limit: asked.limit,
            ..ListQuery::default()
        };
        return super::list::<facts::Fact>(app, asker, asked).await;
    }
    let page = app.read(move |views, now| search(views, &asker, &asked, &words, now)).await?;
    Ok(Json(page))
}

fn folded(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

/// Looks through the facts that the asker sees. The page marker is the one of the list.
fn search(
    views: &Views,
    asker: &Asker,
    asked: &FactsQuery,
    words: &[String],
    now: Timestamp,
) -> Result<DeskPage<Fact>, Refusal> {
    let (seq, say) = (views.size()?, say(views, asker, now));
    let limit = asked.limit.unwrap_or(super::LIMIT).clamp(1, PAGE) as usize;
    let mut query = DeskQuery {
        open: asked.open,
        state: asked.state.clone().filter(|state| !state.is_empty()),
        limit: PAGE,
        ..DeskQuery::default()
    };
    let mut found = Vec::new();
    let mut looked = 0;
    loop {
        let page = views.records::<facts::Fact>(&query, asker.see())?;
        looked += page.items.len();
        let live = |fact: &facts::Fact| asked.live != Some(true) || fact.state(now) == facts::FactState::Live;
        found.extend(page.items.into_iter().filter(|fact| live(fact) && holds(fact, words)));
        query.after = page.next;
        if query.after.is_none() || looked >= SEARCHED_MAX {
            break;
        }
    }
    let total = found.len() as u64;
    let skip: usize = asked.cursor.as_deref().and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
    let more = found.len() > skip + limit;
    let items = found.into_iter().skip(skip).take(limit).map(|fact| fact.shown(&say));
    let items = items.collect::<Result<_, _>>()?;
    Ok(DeskPage { items, next: more.then(|| (skip + limit).to_string()), total, seq })
}

fn holds(fact: &facts::Fact, words: &[String]) -> bool {
    let texts = fact.said.statements.iter().map(|one| one.text.as_str());
    let all: Vec<&str> = texts.chain([fact.said.source.as_str(), fact.code.as_str()]).collect();
    let all = all.join("\n").to_lowercase();
    words.iter().all(|word| all.contains(word))
}

/// A statement with what it rests on.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewFact {
    /// Made by the screen, and the fact's id.
    client_id: Uuid,
    /// The same statement in its languages.
    #[schema(value_type = Vec<shapes::Statement>)]
    statements: Vec<Statement>,
    /// The document or person that it rests on.
    source: String,
    /// From when it holds; now where absent.
    #[serde(default)]
    valid_from: Option<Timestamp>,
    /// Until when it may be used.
    valid_until: Timestamp,
    /// The fact that it takes the place of.
    #[serde(default)]
    replaces: Option<Uuid>,
}

/// Drafts a fact.
#[utoipa::path(post, path = "/api/v1/facts", tag = "communication", request_body = NewFact,
    responses((status = 201, body = Fact), (status = 200, description = "It was there already", body = Fact)))]
pub(crate) async fn draft(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewFact>,
) -> Result<Response, Refusal> {
    let me = asker.user.id;
    let mine = move |known: &facts::Fact| known.by == Some(me);
    open(app, asker, Permission::WriteCommunication, told.client_id, mine, move |views, asker, now| {
        let replaces = told.replaces.map(FactId::from_uuid);
        if let Some(replaced) = replaces
            && views.record::<facts::Fact>(replaced.uuid(), asker.see())?.is_none()
        {
            return Err(Refusal::field("replaces"));
        }
        let said = FactDrafted {
            id: FactId::from_uuid(told.client_id),
            statements: told.statements,
            source: told.source,
            request: None,
            valid_from: told.valid_from.map_or(now, vigie_model::millis),
            valid_until: vigie_model::millis(told.valid_until),
            replaces,
        };
        Ok(vec![by(asker, Event::FactDrafted(facts::draft(said).map_err(no)?))])
    })
    .await
}

/// Which exact words are approved.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Approve {
    /// Hash of the words as the person read them.
    pub hash: String,
}

/// Why something is taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Why {
    /// In a few words.
    pub reason: String,
}

/// Approves exactly these words.
#[utoipa::path(post, path = "/api/v1/facts/{id}/approve", tag = "communication", request_body = Approve,
    params(("id" = Uuid, Path, description = "The fact")), responses((status = 200, body = Fact)))]
pub(crate) async fn approve(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<FactId>,
    Said(told): Said<Approve>,
) -> Result<Json<Fact>, Refusal> {
    change(app, asker, Permission::Clear, id.uuid(), move |_, asker, fact: facts::Fact, now| {
        let mine = fact.approved.is_some_and(|(by, _)| by == asker.user.id) && fact.hash() == told.hash;
        if mine && fact.withdrawn.is_none() {
            return Ok(Vec::new());
        }
        let said = facts::approve(&fact, &told.hash, asker.user.id, now).map_err(no)?;
        Ok(vec![by(asker, Event::FactApproved(said))])
    })
    .await
}

/// Withdraws a fact; those who answer for what went out with it are told to correct it.
#[utoipa::path(post, path = "/api/v1/facts/{id}/withdraw", tag = "communication", request_body = Why,
    params(("id" = Uuid, Path, description = "The fact")), responses((status = 200, body = Fact)))]
pub(crate) async fn withdraw(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<FactId>,
    Said(told): Said<Why>,
) -> Result<Json<Fact>, Refusal> {
    let tasks = app.blocking(super::correction::Tasks::prepare).await?;
    change(app, asker, Permission::Clear, id.uuid(), move |views, asker, fact: facts::Fact, now| {
        if fact.withdrawn.as_ref().is_some_and(|(reason, _)| reason == told.reason.trim()) {
            return Ok(Vec::new());
        }
        let said = facts::withdraw(&fact, &told.reason).map_err(no)?;
        let mut drafts = vec![by(asker, Event::FactWithdrawn(said))];
        drafts.extend(tasks.after_withdrawal(views, asker, &fact, now)?);
        Ok(drafts)
    })
    .await
}
