//! The first loop: judging, asking, establishing, writing, clearing, issuing, looking back.
//!
//! Every change is a rule of `vigie-desk` on the writer's latest state. A new record carries an id made by the screen:
//! sent again after a cut, it is the same record.

pub(super) mod approvals;
pub(super) mod asked;
pub(super) mod contacts;
mod correction;
pub(super) mod facts;
pub(super) mod functions;
pub(super) mod import;
pub(super) mod incidents;
pub(super) mod judging;
pub(super) mod mandates;
pub(super) mod messages;
pub(super) mod plans;
pub(super) mod questions;
pub(super) mod releases;
mod replies;
pub(super) mod reports;
pub(super) mod requests;
pub(super) mod responses;
pub(super) mod sites;
pub(super) mod situation;
pub(super) mod tasks;
pub(super) mod warnings;
pub(super) mod work;

use super::acts::decide;
use crate::gate::{Asker, note_denial};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::desk::{DeskPage, Say, Shown};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vigie_desk::facts::Fact;
use vigie_desk::record::Record;
use vigie_desk::rights::{Permission, may_on};
use vigie_model::{Compartments, Event, FactId, FunctionId, NarrativeId, Timestamp};
use vigie_store::{DeskQuery, Draft, Found, NarrativeRow, Views};

const LIMIT: u32 = 50;
/// Every compartment: what the writer's own look may see. What it finds goes no further than the rule.
pub(super) const EVERYTHING: Compartments = Compartments::from_bits(u32::MAX);

/// Which records.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// `true`: only those on which somebody still has to act; `false`: only the others.
    open: Option<bool>,
    /// Only those in this state.
    state: Option<String>,
    /// Only those of this story.
    narrative: Option<Uuid>,
    /// `true`: only those that wait for a function I hold.
    mine: Option<bool>,
    /// Page marker of the answer before.
    cursor: Option<String>,
    /// Rows wanted, at most 200.
    limit: Option<u32>,
}

/// The reader of an answer.
pub(super) fn say<'v>(views: &'v Views, asker: &'v Asker, now: Timestamp) -> Say<'v> {
    Say::to(views, &asker.granted, asker.user.id, asker.lang(), now)
}

impl ListQuery {
    /// The question to the store; `None` where nothing can answer it.
    fn query(self, views: &Views, asker: &Asker) -> Result<Option<DeskQuery>, Refusal> {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        let mut query = DeskQuery {
            open: self.open,
            state: given(self.state),
            after: given(self.cursor),
            limit: self.limit.unwrap_or(LIMIT),
            ..DeskQuery::default()
        };
        if let Some(id) = self.narrative.map(NarrativeId::from_uuid) {
            let found = views.narrative_row(id, asker.see(), Timestamp::UNIX_EPOCH)?;
            query.narrative = match found {
                Found::Here(row) => Some(row.id),
                Found::Moved(kept) => Some(kept),
                Found::Nothing => return Ok(None),
            };
        }
        if self.mine == Some(true) {
            query.waits_for = views.functions_of(asker.user.id)?;
            if query.waits_for.is_empty() {
                return Ok(None);
            }
        }
        Ok(Some(query))
    }
}

/// A list of records, as far as the asker sees them.
pub(super) async fn list<T: Shown + 'static>(
    app: App,
    asker: Arc<Asker>,
    asked: ListQuery,
) -> Result<Json<DeskPage<T::View>>, Refusal>
where
    T::View: ToSchema,
{
    let page = app
        .read(move |views, now| {
            let seq = views.size()?;
            let Some(query) = asked.query(views, &asker)? else {
                return Ok(DeskPage { items: Vec::new(), next: None, total: 0, seq });
            };
            let page = views.records::<T>(&query, asker.see())?;
            let say = say(views, &asker, now);
            let items = page.items.into_iter().map(|one| one.shown(&say));
            let items = items.collect::<Result<_, _>>()?;
            Ok(DeskPage { items, next: page.next, total: page.total, seq })
        })
        .await?;
    Ok(Json(page))
}

/// One record that the asker sees; that somebody asked for another is noted.
pub(super) fn seen<T: Record>(app: &App, views: &Views, asker: &Asker, id: Uuid) -> Result<T, Refusal> {
    if let Some(one) = views.record::<T>(id, asker.see())? {
        return Ok(one);
    }
    if views.record::<T>(id, EVERYTHING)?.is_some() {
        note_denial(app, asker, Some(format!("{}:{id}", T::KIND)));
    }
    Err(Refusal::nothing())
}

/// What somebody wants done to a record: it is there for them, and their right goes far enough.
fn on<T: Record>(views: &Views, asker: &Asker, needs: Permission, id: Uuid) -> Result<T, Refusal> {
    let one = views.record::<T>(id, asker.see())?.ok_or_else(Refusal::nothing)?;
    opens(asker, needs, Compartments::of(&[T::COMPARTMENT]))?;
    Ok(one)
}

/// Refuses where the asker's right does not extend to these compartments.
fn opens(asker: &Asker, needs: Permission, on: Compartments) -> Result<(), Refusal> {
    if may_on(&asker.granted, needs, on) {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::FORBIDDEN, "right-compartment"))
}

/// What a rule refused.
pub(super) fn no(refusal: vigie_desk::Refusal) -> Refusal {
    Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, &refusal)
}

/// A draft by the asker.
pub(super) fn by(asker: &Asker, event: Event) -> Draft {
    Draft::new(asker.actor(), event)
}

/// Makes a record, once: the same id by the same person is the same record.
async fn open<T: Shown + 'static>(
    app: App,
    asker: Arc<Asker>,
    needs: Permission,
    id: Uuid,
    mine: impl FnOnce(&T) -> bool + Send + 'static,
    rule: impl FnOnce(&Views, &Asker, Timestamp) -> Result<Vec<Draft>, Refusal> + Send + 'static,
) -> Result<Response, Refusal> {
    let (status, view) = app
        .blocking(move |app| {
            let (now, maker) = (app.now(), asker.clone());
            let outcomes = decide(app, move |views| {
                opens(&maker, needs, Compartments::of(&[T::COMPARTMENT]))?;
                match views.record::<T>(id, EVERYTHING)? {
                    Some(known) if mine(&known) => Ok(Vec::new()),
                    Some(_) => Err(Refusal::new(StatusCode::CONFLICT, "server-id-taken")),
                    None => rule(views, &maker, now),
                }
            })?;
            let status = if outcomes.is_empty() { StatusCode::OK } else { StatusCode::CREATED };
            Ok((status, shown::<T>(app, &asker, id)?))
        })
        .await?;
    Ok((status, Json(view)).into_response())
}

/// Changes a record that is there.
async fn change<T: Shown + 'static>(
    app: App,
    asker: Arc<Asker>,
    needs: Permission,
    id: Uuid,
    rule: impl FnOnce(&Views, &Asker, T, Timestamp) -> Result<Vec<Draft>, Refusal> + Send + 'static,
) -> Result<Json<T::View>, Refusal> {
    let view = app
        .blocking(move |app| {
            let (now, maker) = (app.now(), asker.clone());
            app.look(|views| seen::<T>(app, views, &asker, id).map(drop))?;
            decide(app, move |views| {
                let one = on::<T>(views, &maker, needs, id)?;
                rule(views, &maker, one, now)
            })?;
            shown::<T>(app, &asker, id)
        })
        .await?;
    Ok(Json(view))
}

/// A record as the asker reads it after a change of theirs. Blocking.
fn shown<T: Shown>(app: &App, asker: &Asker, id: Uuid) -> Result<T::View, Refusal> {
    app.look(|views| {
        let one: Option<T> = views.record(id, EVERYTHING)?;
        let one = one.ok_or_else(|| Refusal::ours("store", "a record without its row"))?;
        Ok(one.shown(&say(views, asker, app.now()))?)
    })
}

/// The records of one story, newest first.
fn list_of<T: Shown>(
    say: &Say<'_>,
    narrative: NarrativeId,
    see: Compartments,
) -> Result<Vec<T::View>, Refusal> {
    let query = DeskQuery { narrative: Some(narrative), limit: 100, ..DeskQuery::default() };
    let page = say.views.records::<T>(&query, see)?;
    page.items.into_iter().map(|one| Ok(one.shown(say)?)).collect()
}

/// A story as it stands today, where the asker sees it.
pub(super) fn story_row(
    views: &Views,
    asker: &Asker,
    id: NarrativeId,
    now: Timestamp,
) -> Result<Option<NarrativeRow>, Refusal> {
    let mut found = views.narrative_row(id, asker.see(), now)?;
    if let Found::Moved(kept) = found {
        found = views.narrative_row(kept, asker.see(), now)?;
    }
    Ok(match found {
        Found::Here(row) => Some(row),
        Found::Moved(_) | Found::Nothing => None,
    })
}

/// A story as it stands, for somebody who wants something done about it. One that they may not see is not there.
fn story(
    views: &Views,
    asker: &Asker,
    needs: Permission,
    id: NarrativeId,
    now: Timestamp,
) -> Result<NarrativeRow, Refusal> {
    let Some(row) = story_row(views, asker, id, now)? else {
        return Err(Refusal::new(StatusCode::NOT_FOUND, "server-narrative-gone"));
    };
    opens(asker, needs, row.compartments)?;
    Ok(row)
}

/// A story that a request, a task, a question or a response may be about: not one whose content is restricted, because
/// those who answer would read of it.
fn open_story(
    views: &Views,
    asker: &Asker,
    needs: Permission,
    id: Option<NarrativeId>,
    now: Timestamp,
) -> Result<Option<NarrativeId>, Refusal> {
    let Some(id) = id else { return Ok(None) };
    let row = story(views, asker, needs, id, now)?;
    if row.compartments.any_protected() {
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "story-protected"));
    }
    Ok(Some(row.id))
}

/// Functions that something is asked of exist.
fn functions_exist<'f>(views: &Views, all: impl IntoIterator<Item = &'f FunctionId>) -> Result<(), Refusal> {
    for function in all {
        if !views.has_function(function)? {
            let refusal = Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "function-unknown");
            return Err(refusal.with("function", function));
        }
    }
    Ok(())
}

/// The fact base as rules ask it.
fn fact_base(views: &Views) -> impl Fn(FactId) -> Option<Fact> + '_ {
    |id| views.record::<Fact>(id.uuid(), EVERYTHING).ok().flatten()
}
