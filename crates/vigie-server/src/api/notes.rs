//! The duty log.

use super::acts::{decide, only};
use super::said::{Asked, At, Said};
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::note::{NotePage, NoteRow};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vigie_desk::dutylog::{self, Line};
use vigie_model::{Event, NoteId, Timestamp};
use vigie_store::{Draft, Views};

const LIMIT: u32 = 100;
const PAGE: u32 = 200;
/// Lines looked through for one day.
const DAY_PAGES_MAX: usize = 50;

/// Which part of the log.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NotesQuery {
    /// Page marker of the answer before.
    cursor: Option<String>,
    /// Lines wanted, at most 200.
    limit: Option<u32>,
    /// Only lines written on this day (UTC), `2026-11-22`: all of them, without pages.
    day: Option<String>,
}

/// Lines of the duty log, newest first.
#[utoipa::path(get, path = "/api/v1/notes", tag = "duty log", params(NotesQuery),
    responses((status = 200, body = NotePage)))]
pub(crate) async fn list(
    State(app): State<App>,
    _asker: Known,
    Asked(asked): Asked<NotesQuery>,
) -> Result<Json<NotePage>, Refusal> {
    let day = asked.day.as_deref().filter(|day| !day.is_empty());
    let day: Option<jiff::civil::Date> =
        day.map(|day| day.parse().map_err(|_| Refusal::field("day"))).transpose()?;
    let page = app
        .read(move |views, _| {
            if let Some(day) = day {
                return of_day(views, day);
            }
            let after = asked.cursor.as_deref().filter(|cursor| !cursor.is_empty());
            let page = views.notes(after, asked.limit.unwrap_or(LIMIT))?;
            let items = page.items.into_iter().map(NoteRow::from).collect();
            Ok(NotePage { items, next: page.next, total: page.total })
        })
        .await?;
    Ok(Json(page))
}

fn of_day(views: &Views, day: jiff::civil::Date) -> Result<NotePage, Refusal> {
    let date = |at: Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut items = Vec::new();
    let mut after: Option<String> = None;
    for _ in 0..DAY_PAGES_MAX {
        let page = views.notes(after.as_deref(), PAGE)?;
        let past = page.items.last().is_none_or(|row| date(row.recorded_at) < day);
        items.extend(page.items.into_iter().filter(|row| date(row.recorded_at) == day).map(NoteRow::from));
        after = page.next;
        if past || after.is_none() {
            break;
        }
    }
    let total = items.len() as u64;
    Ok(NotePage { items, next: None, total })
}

/// A new line.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewNote {
    /// Made by the screen, and the line's id: the same one again is the same line.
    client_id: Uuid,
    /// The line.
    text: String,
    /// When it happened.
    #[serde(default)]
    seen_at: Option<Timestamp>,
    /// The line that this one replaces; it has been struck before.
    #[serde(default)]
    corrects: Option<Uuid>,
}

/// Writes a line.
#[utoipa::path(post, path = "/api/v1/notes", tag = "duty log", request_body = NewNote,
    responses((status = 201, body = NoteRow), (status = 200, description = "It was there already", body = NoteRow)))]
pub(crate) async fn write(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewNote>,
) -> Result<Response, Refusal> {
    let id = NoteId::from_uuid(told.client_id);
    let row = app
        .blocking(move |app| {
            if let Some(known) = app.look(|views| Ok(views.note(id)?))? {
                let mine = known.by.as_ref().is_some_and(|by| by.id == asker.user.id);
                let taken = || Refusal::new(StatusCode::CONFLICT, "server-id-taken");
                return if mine { Ok((StatusCode::OK, known)) } else { Err(taken()) };
            }
            let actor = asker.actor();
            decide(app, move |views| {
                let corrects = told.corrects.map(|id| line(views, NoteId::from_uuid(id))).transpose()?;
                let seen_at = told.seen_at.map(vigie_model::millis);
                let written = dutylog::write(id, &told.text, seen_at, corrects.as_ref());
                let written = written.map_err(|r| Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, &r))?;
                Ok(vec![Draft::new(actor, Event::NoteWritten(written))])
            })?;
            let row = app.look(|views| Ok(views.note(id)?))?;
            Ok((StatusCode::CREATED, row.ok_or_else(|| Refusal::ours("store", "note without row"))?))
        })
        .await?;
    Ok((row.0, Json(NoteRow::from(row.1))).into_response())
}

fn line(views: &Views, id: NoteId) -> Result<Line, Refusal> {
    let row = views.note(id)?.ok_or_else(Refusal::nothing)?;
    Ok(Line { id, struck: row.struck.is_some(), corrected_by: row.corrected_by })
}

/// Why a line is struck.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Strike {
    /// In a few words.
    reason: String,
}

/// Strikes a line; it stays readable.
#[utoipa::path(post, path = "/api/v1/notes/{id}/strike", tag = "duty log",
    params(("id" = Uuid, Path, description = "The line")), request_body = Strike,
    responses((status = 204, description = "Struck")))]
pub(crate) async fn strike(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NoteId>,
    Said(told): Said<Strike>,
) -> Result<StatusCode, Refusal> {
    let actor = asker.actor();
    let me = asker.user.id;
    app.blocking(move |app| {
        // A screen that sends it again after a cut finds it done.
        let known = app.look(|views| Ok(views.note(id)?))?;
        let by_me = known
            .and_then(|row| row.struck)
            .is_some_and(|(by, _, reason)| by.is_some_and(|by| by.id == me) && reason == told.reason.trim());
        if by_me {
            return Ok(());
        }
        let outcomes = decide(app, move |views| {
            let struck = dutylog::strike(&line(views, id)?, &told.reason);
            let struck = struck.map_err(|r| Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, &r))?;
            Ok(vec![Draft::new(actor, Event::NoteStruck(struck))])
        })?;
        only(&outcomes).map(drop)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
