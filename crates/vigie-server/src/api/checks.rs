//! The lists of checks that others published: what stands where, in which version, from whom; and taking one back.

use super::acts::decide;
use super::said::Said;
use crate::gate::Known;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::Person;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vigie_desk::sharing;
use vigie_model::{Event, Timestamp};
use vigie_store::{CheckListRow, Draft};

/// A list of published checks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckListView {
    /// Short name.
    name: String,
    /// Version.
    version: String,
    /// Day of this version, ISO 8601.
    date: String,
    /// Function that answers for it.
    owner: String,
    /// Where it was taken from.
    source: String,
    /// Under which licence it may be used.
    licence: String,
    /// SHA-256 of the file that it was read from.
    sha256: String,
    /// Checks that are suggested; none of a list that was withdrawn.
    count: u64,
    /// The entry that last changed it.
    seq: u64,
    /// When it was loaded.
    loaded_at: Timestamp,
    /// Who loaded it; null from the host's console.
    loaded_by: Option<Person>,
    /// Since when it is withdrawn; null where it stands.
    withdrawn_at: Option<Timestamp>,
    /// Who withdrew it.
    withdrawn_by: Option<Person>,
}

/// Every list of published checks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckLists {
    /// By name.
    items: Vec<CheckListView>,
}

/// The lists of published checks.
#[utoipa::path(get, path = "/api/v1/checks", tag = "admin", responses((status = 200, body = CheckLists)))]
pub(crate) async fn all(State(app): State<App>) -> Result<Json<CheckLists>, Refusal> {
    let rows = app.read(|views, _| Ok(views.check_lists()?)).await?;
    Ok(Json(CheckLists { items: rows.into_iter().map(shown).collect() }))
}

fn shown(row: CheckListRow) -> CheckListView {
    let (withdrawn_at, withdrawn_by) = row.withdrawn.unzip();
    CheckListView {
        name: row.list.name,
        version: row.list.version,
        date: row.list.date,
        owner: row.list.owner,
        source: row.list.source,
        licence: row.list.licence,
        sha256: row.list.sha256,
        count: row.count,
        seq: row.seq,
        loaded_at: row.loaded_at,
        loaded_by: row.loaded_by.map(Person::from),
        withdrawn_at,
        withdrawn_by: withdrawn_by.flatten().map(Person::from),
    }
}

/// Why a list is withdrawn.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Withdrawal {
    /// Why.
    reason: String,
}

/// Withdraws a list: nothing of it is suggested any more. What people said to its checks stays.
#[utoipa::path(post, path = "/api/v1/checks/{name}/withdraw", tag = "admin", request_body = Withdrawal,
    params(("name" = String, Path, description = "The list")), responses((status = 200, body = CheckLists)))]
pub(crate) async fn withdraw(
    State(app): State<App>,
    Known(asker): Known,
    Path(name): Path<String>,
    Said(said): Said<Withdrawal>,
) -> Result<Json<CheckLists>, Refusal> {
    let event = sharing::withdraw(&name, &said.reason)
        .map_err(|refusal| Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, &refusal))?;
    app.blocking(move |app| {
        decide(app, move |views| {
            let stands = |row: &CheckListRow| row.list.name == event.list && row.withdrawn.is_none();
            if !views.check_lists()?.iter().any(stands) {
                return Err(Refusal::nothing());
            }
            Ok(vec![Draft::new(asker.actor(), Event::ChecksWithdrawn(event))])
        })
    })
    .await?;
    all(State(app)).await
}
