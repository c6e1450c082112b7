//! Giving a narrative to a partner: by a named person, to a named recipient, for a purpose; the entry is on disk first.

use super::acts::{decide, only};
use super::desk::story_row;
use super::narratives::nothing;
use super::said::{Asked, At, Said};
use crate::gate::{Asker, Known};
use crate::refusal::Refusal;
use crate::sharing::{self, Ready};
use crate::state::App;
use crate::view::{Person, words};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vigie_desk::rights::{Permission, may_on};
use vigie_desk::sharing::{Wish, handling};
use vigie_model::{Event, NarrativeId, NarrativeShared, ShareAccounts, ShareForm, Timestamp, Tlp};
use vigie_store::{Draft, NarrativeRow, ShareRow as Row};

const LIMIT: u32 = 200;

/// What a person gives, to whom and what for.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewShare {
    /// In which form.
    #[schema(value_type = words::ShareForm)]
    form: ShareForm,
    /// To whom.
    recipient: String,
    /// What for.
    purpose: String,
    /// Under which names; pseudonyms unless told otherwise.
    #[serde(default = "pseudonymous")]
    #[schema(value_type = words::ShareAccounts)]
    accounts: ShareAccounts,
    /// Why the names as published; needed with them.
    #[serde(default)]
    reason: String,
}

const fn pseudonymous() -> ShareAccounts {
    ShareAccounts::Pseudonymous
}

/// What left.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Shared {
    /// The entry.
    seq: u64,
    /// How far it may be passed on.
    #[schema(value_type = words::Tlp)]
    tlp: Tlp,
    /// Messages in it.
    messages: u64,
    /// Signals of the narrative that stayed here.
    left_out: u64,
    /// SHA-256 of the document, hexadecimal.
    sha256: String,
    /// Name for its file.
    name: String,
    /// The document, byte for byte.
    document: String,
}

/// Gives a narrative to a partner.
#[utoipa::path(post, path = "/api/v1/narratives/{id}/share", tag = "monitoring", request_body = NewShare,
    params(("id" = Uuid, Path, description = "The narrative")), responses((status = 200, body = Shared)))]
pub(crate) async fn give(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<NarrativeId>,
    Said(said): Said<NewShare>,
) -> Result<Json<Shared>, Refusal> {
    let wish = Wish {
        form: said.form,
        recipient: said.recipient,
        purpose: said.purpose,
        accounts: said.accounts,
        reason: said.reason,
    };
    let wish = wish.checked().map_err(|refusal| refused(&refusal))?;
    let maker = asker.clone();
    match app.blocking(move |app| given(app, &maker, id, wish)).await? {
        Some(shared) => Ok(Json(shared)),
        None => Err(nothing(&app, &asker, id).await),
    }
}

fn refused(refusal: &vigie_desk::Refusal) -> Refusal {
    Refusal::of_rule(StatusCode::UNPROCESSABLE_ENTITY, refusal)
}

/// How far the story may go, where this person may give it.
fn allowed(asker: &Asker, row: &NarrativeRow, wish: &Wish) -> Result<Tlp, Refusal> {
    let tlp = handling(row.compartments, wish.accounts).map_err(|refusal| refused(&refusal))?;
    if !may_on(&asker.granted, Permission::Share, row.compartments) {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "right-compartment"));
    }
    Ok(tlp)
}

fn given(app: &App, asker: &Asker, id: NarrativeId, wish: Wish) -> Result<Option<Shared>, Refusal> {
    let Some(row) = app.look(|views| story_row(views, asker, id, app.now()))? else { return Ok(None) };
    let tlp = allowed(asker, &row, &wish)?;
    let ready = sharing::put_together(app, asker.see(), &row, &wish, tlp)?;
    let sha256 = hex::encode(Sha256::digest(ready.document.as_bytes()));
    let Ready { document, messages, left_out } = ready;
    let name = format!("{}-{}.json", row.code, wish.form.word());
    let said = NarrativeShared {
        narrative: row.id,
        recipient: wish.recipient.clone(),
        purpose: wish.purpose.clone(),
        form: wish.form,
        accounts: wish.accounts,
        reason: wish.reason.clone(),
        tlp,
        messages,
        left_out,
        sha256: sha256.clone(),
    };
    let maker = asker.clone();
    let now = app.now();
    let outcomes = decide(app, move |views| {
        // Restricted since it was put together: it stays.
        let row = story_row(views, &maker, said.narrative, now)?.ok_or_else(Refusal::nothing)?;
        if allowed(&maker, &row, &wish)? != tlp {
            return Err(Refusal::nothing());
        }
        Ok(vec![Draft::new(maker.actor(), Event::NarrativeShared(said))])
    })?;
    Ok(Some(Shared { seq: only(&outcomes)?, tlp, messages, left_out, sha256, name, document }))
}

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SharesQuery {
    /// The last entry of the page before.
    before: Option<u64>,
}

/// One line of what went to partners.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShareLine {
    /// The entry.
    seq: u64,
    /// When.
    at: Timestamp,
    /// Who gave it.
    by: Option<Person>,
    /// The narrative; null where the asker may not see it.
    narrative: Option<Uuid>,
    /// Its speakable code.
    code: Option<String>,
    /// To whom.
    recipient: String,
    /// What for.
    purpose: String,
    /// In which form.
    #[schema(value_type = words::ShareForm)]
    form: ShareForm,
    /// Under which names.
    #[schema(value_type = words::ShareAccounts)]
    accounts: ShareAccounts,
    /// Why the names as published; empty where they stayed here.
    reason: String,
    /// How far it may be passed on.
    #[schema(value_type = words::Tlp)]
    tlp: Tlp,
    /// Messages in it.
    messages: u64,
    /// SHA-256 of what left.
    sha256: String,
}

/// A page of what went to partners, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharePage {
    /// The lines.
    items: Vec<ShareLine>,
    /// Ask again with this as `before` for older ones.
    next: Option<u64>,
}

/// What people gave to partners: to whom, what for, and the hash of what left.
#[utoipa::path(get, path = "/api/v1/shares", tag = "admin", params(SharesQuery),
    responses((status = 200, body = SharePage)))]
pub(crate) async fn all(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<SharesQuery>,
) -> Result<Json<SharePage>, Refusal> {
    let page = app.read(move |views, _| {
        let rows = views.given(asker.see(), asked.before, LIMIT)?;
        let next = (rows.len() == LIMIT as usize).then(|| rows.last().map(|row| row.seq)).flatten();
        Ok(SharePage { items: rows.into_iter().map(line).collect(), next })
    });
    Ok(Json(page.await?))
}

fn line(row: Row) -> ShareLine {
    let (narrative, code) = row.narrative.map(|(id, code)| (id.uuid(), code)).unzip();
    ShareLine {
        seq: row.seq,
        at: row.at,
        by: row.by.map(Person::from),
        narrative,
        code,
        recipient: row.said.recipient,
        purpose: row.said.purpose,
        form: row.said.form,
        accounts: row.said.accounts,
        reason: row.said.reason,
        tlp: row.said.tlp,
        messages: row.said.messages,
        sha256: row.said.sha256,
    }
}
