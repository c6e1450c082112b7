//! Facts from a file, a French spreadsheet's too.

use super::{EVERYTHING, by, opens};
use crate::api::acts::decide;
use crate::api::said::bytes;
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::state::App;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use vigie_desk::facts;
use vigie_desk::rights::Permission;
use vigie_model::{At, Compartment, Compartments, Event, FactDrafted, FactId, Fault, Limits, Timestamp};
use vigie_store::{Draft, Views};
use vigie_wire::fact_table::{self, FactRow};

/// What one file of facts may cost.
pub(in crate::api) const LIMITS: Limits = Limits {
    bytes_max: 4 << 20,
    field_bytes_max: 16 << 10,
    depth_max: 1,
    items_max: 2_000,
    time_ms_max: 10_000,
};

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Imported {
    /// Facts drafted.
    accepted: u64,
    /// Facts that were there already, word for word.
    known: u64,
    /// Rows that were left out.
    refused: Vec<RefusedRow>,
}

/// A row that was left out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedRow {
    /// Its line; null where it is the file as a whole.
    row: Option<u64>,
    /// Why, in the reader's language.
    message: String,
}

/// Drafts a fact for each row of a table. The same file again drafts nothing twice.
#[utoipa::path(post, path = "/api/v1/facts/import", tag = "communication",
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = Imported)))]
pub(crate) async fn facts(
    State(app): State<App>,
    Known(asker): Known,
    request: Request,
) -> Result<Json<Imported>, Refusal> {
    let body = bytes(request, &app).await?;
    let told = app
        .blocking(move |app| {
            let zone = TimeZone::get(&app.store.site().zone).unwrap_or(TimeZone::UTC);
            let read = fact_table::read(&body, &zone, &LIMITS);
            let (rows, mut faults) =
                read.map_err(|fault| Refusal::of_fault(StatusCode::UNPROCESSABLE_ENTITY, &fault))?;
            let now = app.now();
            let drafted = drafted(rows, now, &mut faults);
            let (offered, maker) = (drafted.len(), asker.clone());
            let outcomes = decide(app, move |views| fresh(views, &maker, drafted))?;
            faults.sort_by_key(row_of);
            let lang = asker.lang();
            let refused = faults.iter().map(|fault| RefusedRow {
                row: row_of(fault),
                message: vigie_words::fault(lang, &Fault { at: At::Whole, ..fault.clone() }),
            });
            Ok(Imported {
                accepted: outcomes.len() as u64,
                known: (offered - outcomes.len()) as u64,
                refused: refused.collect(),
            })
        })
        .await?;
    Ok(Json(told))
}

const fn row_of(fault: &Fault) -> Option<u64> {
    match fault.at {
        At::Row(row) => Some(row),
        At::Byte(_) | At::Whole => None,
    }
}

/// The rows that the rules of the desk let pass; the others join the faults.
fn drafted(rows: Vec<FactRow>, now: Timestamp, faults: &mut Vec<Fault>) -> Vec<FactDrafted> {
    let mut sound = Vec::with_capacity(rows.len());
    for row in rows {
        let line = row.line;
        let said = FactDrafted {
            id: id_of(&row),
            statements: row.statements,
            source: row.source,
            request: None,
            valid_from: row.valid_from.unwrap_or(now),
            valid_until: row.valid_until,
            replaces: None,
        };
        match facts::draft(said) {
            Ok(said) => sound.push(said),
            Err(refusal) => faults.push(Fault { at: At::Row(line), ..refusal.fault().clone() }),
        }
    }
    sound
}

/// Named after what it says, so that the same row is the same fact.
fn id_of(row: &FactRow) -> FactId {
    let mut hash = Sha256::new();
    hash.update(vigie_desk::seal::statements(&row.statements));
    for part in [&row.source, &row.valid_until.to_string()] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    if let Some(from) = row.valid_from {
        hash.update(from.to_string());
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    FactId::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

fn fresh(views: &Views, asker: &Asker, all: Vec<FactDrafted>) -> Result<Vec<Draft>, Refusal> {
    opens(asker, Permission::WriteCommunication, Compartments::of(&[Compartment::Communications]))?;
    let mut drafts: Vec<Draft> = Vec::new();
    let mut named = Vec::new();
    for said in all {
        if named.contains(&said.id) || views.record::<facts::Fact>(said.id.uuid(), EVERYTHING)?.is_some() {
            continue;
        }
        named.push(said.id);
        drafts.push(by(asker, Event::FactDrafted(said)));
    }
    Ok(drafts)
}
