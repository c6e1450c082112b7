//! What may be taken out as a table: the queue as it is filtered, and the signals of a story.
//!
//! The asker's rights are those of the screens. That a table was taken is an entry, on disk before the first row leaves;
//! where protected signals are in it, each is an entry too.

use super::monitoring::QueueQuery;
use super::narratives::{nothing, standing};
use super::said::{Asked, At};
use crate::gate::{Asker, Known};
use crate::protected;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::table::{Form, Table, Value};
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;
use vigie_model::{CopyTaken, Event, NarrativeId};
use vigie_store::{Draft, NarrativeRow, SignalRow};

/// Stories in one table.
const STORIES_MAX: usize = 2_000;
/// Signals in one table.
const SIGNALS_MAX: usize = 20_000;
const PAGE: u32 = 200;

/// In which form.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TableQuery {
    /// `xlsx` (default) or `csv`; CSV is separated as the reader's language has it.
    format: Option<String>,
}

/// The queue as a table: the filters are those of the queue.
#[utoipa::path(get, path = "/api/v1/monitoring/table", tag = "monitoring", params(QueueQuery),
    responses((status = 200, description = "A workbook, or CSV", body = Vec<u8>)))]
pub(crate) async fn queue(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<QueueQuery>,
) -> Result<Response, Refusal> {
    let form = Form::from_word(asked.format.as_deref()).ok_or_else(|| Refusal::field("format"))?;
    let mut query = asked.query(asker.see(), asker.user.id, app.now())?;
    let lang = asker.lang();
    let table = app
        .blocking(move |app| {
            let mut rows: Vec<NarrativeRow> = Vec::new();
            query.limit = PAGE;
            loop {
                let page = app.look(|views| Ok(views.monitoring(&query)?))?;
                rows.extend(page.items);
                query.after = page.next;
                if query.after.is_none() || rows.len() >= STORIES_MAX {
                    break;
                }
            }
            taken(app, &asker, "queue".to_owned(), form.word(), rows.len())?;
            Ok(Table {
                name: "stories".to_owned(),
                header: STORY.to_vec(),
                rows: rows.into_iter().map(story).collect(),
            })
        })
        .await?;
    Ok(table.answer(form, lang))
}

/// The signals of a story as a table.
#[utoipa::path(get, path = "/api/v1/narratives/{id}/table", tag = "monitoring",
    params(("id" = uuid::Uuid, Path, description = "The narrative"), TableQuery),
    responses((status = 200, description = "A workbook, or CSV", body = Vec<u8>)))]
pub(crate) async fn signals(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Asked(asked): Asked<TableQuery>,
) -> Result<Response, Refusal> {
    let form = Form::from_word(asked.format.as_deref()).ok_or_else(|| Refusal::field("format"))?;
    let (reader, lang) = (asker.clone(), asker.lang());
    let table = app.blocking(move |app| of_story(app, &reader, id, form)).await?;
    match table {
        Some(table) => Ok(table.answer(form, lang)),
        None => Err(nothing(&app, &asker, id).await),
    }
}

fn of_story(app: &App, asker: &Asker, id: NarrativeId, form: Form) -> Result<Option<Table>, Refusal> {
    let Some(id) = app.look(|views| standing(views, id, asker.see(), app.now()))? else { return Ok(None) };
    let (mut rows, mut after): (Vec<SignalRow>, Option<String>) = (Vec::new(), None);
    loop {
        let page = app.look(|views| Ok(views.signals(id, asker.see(), false, after.as_deref(), PAGE)?))?;
        let mut items = page.items;
        protected::open(app, asker, &mut items)?;
        rows.extend(items);
        after = page.next;
        if after.is_none() || rows.len() >= SIGNALS_MAX {
            break;
        }
    }
    taken(app, asker, format!("narrative:{id}"), form.word(), rows.len())?;
    let rows = rows.into_iter().map(signal).collect();
    Ok(Some(Table { name: "signals".to_owned(), header: SIGNAL.to_vec(), rows }))
}

/// Notes that a copy was taken; on disk when this returns.
pub(super) fn taken(
    app: &App,
    asker: &Asker,
    object: String,
    format: &str,
    rows: usize,
) -> Result<(), Refusal> {
    let taken = CopyTaken { object, format: format.to_owned(), rows: rows as u64 };
    app.store.commit(vec![Draft::new(asker.actor(), Event::CopyTaken(taken))])?;
    Ok(())
}

const STORY: [&str; 8] =
    ["code", "text", "lang", "kind", "state", "count", "first_recorded_at", "last_recorded_at"];

fn story(row: NarrativeRow) -> Vec<Value> {
    let text = |text: &str| Value::Text(Some(text.to_owned()));
    vec![
        text(&row.code),
        Value::Text(row.head),
        text(&row.lang),
        text(row.kind.word()),
        text(row.state.word()),
        Value::Count(row.count),
        Value::Time(Some(row.first_recorded_at)),
        Value::Time(Some(row.last_recorded_at)),
    ]
}

const SIGNAL: [&str; 11] = [
    "id",
    "source",
    "kind",
    "seen_at",
    "reported_at",
    "recorded_at",
    "lang",
    "author",
    "place",
    "url",
    "text",
];

fn signal(row: SignalRow) -> Vec<Value> {
    let text = |text: String| Value::Text(Some(text));
    vec![
        text(row.id.to_string()),
        text(row.source.to_string()),
        text(row.kind.word().to_owned()),
        Value::Time(row.seen_at),
        Value::Time(row.reported_at),
        Value::Time(Some(row.recorded_at)),
        Value::Text(row.language.map(|language| language.tag)),
        Value::Text(row.author_alias),
        Value::Text(row.place),
        Value::Text(row.url),
        Value::Text(row.text),
    ]
}
