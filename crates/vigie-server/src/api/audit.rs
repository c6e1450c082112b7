//! Who saw this? What the record says about readings, refusals and exports.
//!
//! Whoever asks sees ids, names of colleagues and times, and never a text; and that they asked is an entry, on disk before
//! the answer is given. What is open to a whole compartment without protection leaves no trace when it is read, and the
//! answer says nothing about it.

use super::said::Asked;
use crate::gate::{Asker, Known};
use crate::protected;
use crate::refusal::Refusal;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vigie_model::{Actor, NarrativeId, SignalId, Timestamp, UserId};
use vigie_store::{AccessRow, Views};

const LIMIT: u32 = 100;
/// Longest question.
const CHARS_MAX: usize = 120;

/// What is asked: about a thing, or about a person.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// A story's code or id, a signal's id, or an object as `kind:id`.
    about: Option<String>,
    /// A person's id or sign-in name; `console` for whoever had a shell on the host.
    person: Option<String>,
    /// The last entry of the page before.
    before: Option<u64>,
}

/// One access.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditRow {
    /// The entry that says so.
    seq: u64,
    /// When.
    recorded_at: Timestamp,
    /// Who, as the record names them.
    actor: String,
    /// Their name, where it is a person of this site.
    display: Option<String>,
    /// `read`, `denied`, `exported` or `shared`.
    what: &'static str,
    /// What was read, as `kind:id`.
    object: String,
}

/// A page of accesses, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditPage {
    /// What the question was taken for, as `kind:id`, or the person as the record names them.
    about: String,
    /// The accesses.
    items: Vec<AuditRow>,
    /// Ask again with this as `before` for older ones.
    next: Option<u64>,
}

/// Who read, was refused or exported a thing, or what a person read.
#[utoipa::path(get, path = "/api/v1/audit", tag = "journal", params(AuditQuery),
    responses((status = 200, body = AuditPage)))]
pub(crate) async fn who(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<AuditQuery>,
) -> Result<Json<AuditPage>, Refusal> {
    app.blocking(move |app| answer(app, &asker, &asked)).await.map(Json)
}

enum Question {
    Thing(String),
    Person(Actor),
}

fn answer(app: &App, asker: &Asker, asked: &AuditQuery) -> Result<AuditPage, Refusal> {
    let question = app.look(|views| question(views, asked))?;
    let about = match &question {
        Question::Thing(object) => object.clone(),
        Question::Person(actor) => actor.to_string(),
    };
    protected::record(app, asker, vec![format!("audit:{about}")])?;
    app.look(|views| {
        let rows = match &question {
            Question::Thing(object) => views.readers(object, asked.before, LIMIT)?,
            Question::Person(actor) => views.readings(actor, asked.before, LIMIT)?,
        };
        let next = (rows.len() == LIMIT as usize).then(|| rows.last().map(|row| row.seq)).flatten();
        let items = rows.into_iter().map(|row| shown(views, row)).collect::<Result<_, Refusal>>()?;
        Ok(AuditPage { about, items, next })
    })
}

/// What was meant; a thing that nobody here knows gives no rows rather than a refusal, which would tell what exists.
fn question(views: &Views, asked: &AuditQuery) -> Result<Question, Refusal> {
    let given = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        text.map(|text| text.chars().take(CHARS_MAX).collect::<String>())
    };
    match (given(&asked.about), given(&asked.person)) {
        (Some(thing), None) => thing_of(views, &thing).map(Question::Thing),
        (None, Some(person)) => person_of(views, &person).map(Question::Person),
        _ => Err(Refusal::field("about")),
    }
}

fn thing_of(views: &Views, thing: &str) -> Result<String, Refusal> {
    if thing.contains(':') {
        return Ok(thing.to_owned());
    }
    if let Some(narrative) = views.narrative_of_code(thing)? {
        return Ok(format!("narrative:{narrative}"));
    }
    let Ok(id) = thing.parse::<Uuid>() else { return Err(Refusal::field("about")) };
    let everything = vigie_model::Compartments::of(vigie_model::Compartment::ALL);
    let signal = SignalId::from_uuid(id);
    if views.signal(signal, everything)?.is_some() {
        return Ok(format!("signal:{signal}"));
    }
    Ok(format!("narrative:{}", NarrativeId::from_uuid(id)))
}

fn person_of(views: &Views, person: &str) -> Result<Actor, Refusal> {
    if person == "console" {
        return Ok(Actor::Console);
    }
    if let Some(row) = views.user_by_name(person)? {
        return Ok(Actor::Human(row.user.id));
    }
    let id = person.parse::<UserId>().map_err(|_| Refusal::field("person"))?;
    Ok(Actor::Human(id))
}

fn shown(views: &Views, row: AccessRow) -> Result<AuditRow, Refusal> {
    let display = match &row.actor {
        Actor::Human(id) => views.user(*id)?.map(|row| row.user.display),
        _ => None,
    };
    Ok(AuditRow {
        seq: row.seq,
        recorded_at: row.recorded_at,
        actor: row.actor.to_string(),
        display,
        what: row.kind.word(),
        object: row.object,
    })
}
