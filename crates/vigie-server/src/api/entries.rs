//! One entry of the sealed record with its proof.
//!
//! An entry names its object. Who may not see the object may not see the entry either: its existence would
//! tell. What an entry is about decides who may read it; an entry about nothing that a person could be kept
//! from (accounts, sources, the journal itself) is for those who watch over access or the record.

use super::said::At;
use crate::gate::{Asker, Known, note_denial};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::signal::{EntryView, LeafHead};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use vigie_desk::rights::Permission;
use vigie_model::{NarrativeId, Timestamp};
use vigie_store::{Found, Views};

/// An entry with the proof that the latest signed state holds it.
#[utoipa::path(get, path = "/api/v1/entries/{seq}", tag = "journal",
    params(("seq" = u64, Path, description = "Position in the journal, from 0")),
    responses((status = 200, body = EntryView)))]
pub(crate) async fn one(
    State(app): State<App>,
    Known(asker): Known,
    At(seq): At<u64>,
) -> Result<Json<EntryView>, Refusal> {
    let reader = asker.clone();
    let found = app
        .read(move |views, now| {
            let Some(proof) = views.entry(seq)? else { return Ok(None) };
            let head = LeafHead::of(&proof)?;
            let open = is_open(views, &reader, &head, now)?;
            Ok(Some((open, EntryView::of(proof)?)))
        })
        .await?;
    match found {
        Some((true, entry)) => Ok(Json(entry)),
        Some((false, _)) => {
            note_denial(&app, &asker, Some(format!("entry:{seq}")));
            Err(Refusal::nothing())
        }
        None => Err(Refusal::nothing()),
    }
}

#[derive(Deserialize, Default)]
struct Many {
    #[serde(default)]
    narratives: Vec<NarrativeId>,
}

fn is_open(views: &Views, asker: &Asker, head: &LeafHead, now: Timestamp) -> Result<bool, Refusal> {
    let see = asker.see();
    let narrative =
        |id: NarrativeId| Ok::<bool, Refusal>(views.narrative_row(id, see, now)? != Found::Nothing);
    let (kind, id) = head.object.split_once(':').unwrap_or((head.object.as_str(), ""));
    Ok(match kind {
        "signal" => match id.parse() {
            Ok(id) => views.signal(id, see)?.is_some(),
            Err(_) => false,
        },
        "narrative" => match id.parse() {
            Ok(id) => narrative(id)?,
            Err(_) => false,
        },
        "narratives" => {
            // A sealed list gives none here: who cannot be shown the list is not shown the entry.
            let many: Vec<NarrativeId> =
                serde_json::from_value::<Many>(head.body.clone()).unwrap_or_default().narratives;
            let mut all = !many.is_empty();
            for id in many {
                all = all && narrative(id)?;
            }
            all
        }
        "entry" => match id.parse::<u64>().ok().map(|seq| views.entry(seq)).transpose()?.flatten() {
            // One step only: an entry about an entry about an entry does not exist.
            Some(proof) => {
                let inner = LeafHead::of(&proof)?;
                inner.object != head.object && is_open(views, asker, &inner, now)?
            }
            None => false,
        },
        "attachment" => {
            match id.parse().ok().map(|id| views.attachment_compartments(id)).transpose()?.flatten() {
                Some(on) => on.visible_to(see),
                None => false,
            }
        }
        "note" => asker.may(Permission::SeeDutyLog),
        "journal" | "link" => true,
        "source" => match id.parse().ok().map(|id| views.source(&id, now)).transpose()?.flatten() {
            Some(row) => asker.may(Permission::SeeSources) && row.entry.compartments.visible_to(see),
            None => false,
        },
        _ => asker.may(Permission::SeeAccess),
    })
}
