//! One signal, and adding one by hand.

use super::said::{At, Said, language_tag, maybe_line};
use crate::gate::{Asker, Known, note_denial};
use crate::protected;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::signal::{EntryView, Imitated, SheetView, SignalRow, SignalView};
use crate::view::words;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::rights::{Permission, may_on};
use vigie_model::{
    AttachmentId, Compartment, Compartments, Connector, Event, IdempotencyKey, Limits, Place, Sheet, Signal,
    SignalId, SignalKind, SourceId, Timestamp,
};
use vigie_store::{Draft, Outcome, Views};

/// A signal with its entry.
#[utoipa::path(get, path = "/api/v1/signals/{id}", tag = "monitoring",
    params(("id" = Uuid, Path, description = "The signal")),
    responses((status = 200, body = SignalView)))]
pub(crate) async fn one(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<SignalId>,
) -> Result<Json<SignalView>, Refusal> {
    let reader = asker.clone();
    let view = app.blocking(move |app| shown(app, &reader, id)).await?;
    if let Some(view) = view {
        return Ok(Json(view));
    }
    let everything = Compartments::of(Compartment::ALL);
    let hidden = app.read(move |views, _| Ok(views.signal(id, everything)?.is_some())).await;
    if matches!(hidden, Ok(true)) {
        note_denial(&app, &asker, Some(format!("signal:{id}")));
    }
    Err(Refusal::nothing())
}

/// The names that others may imitate: the mission's own, and those of its sites for whoever may see these.
pub(super) fn mission_names(app: &App, asker: &Asker, views: &Views) -> Result<Vec<String>, Refusal> {
    let mut names = vec![app.store.site().mission.clone()];
    if asker.may(Permission::SeeDesk) {
        names.extend(views.sites()?.into_iter().map(|site| site.name));
    }
    Ok(names)
}

fn shown(app: &App, asker: &Asker, id: SignalId) -> Result<Option<SignalView>, Refusal> {
    let found = app.look(|views| {
        let Some(row) = views.signal(id, asker.see())? else { return Ok(None) };
        let proof = views.entry(row.seq)?.ok_or_else(|| Refusal::ours("entry", "signal without entry"))?;
        Ok(Some((row, EntryView::of(proof)?, mission_names(app, asker, views)?)))
    })?;
    let Some((row, entry, names)) = found else { return Ok(None) };
    let mut one = [row];
    protected::open(app, asker, &mut one)?;
    let [mut row] = one;
    let normal = row.text.as_deref().map(|text| vigie_text::normalise(text).folded).unwrap_or_default();
    Ok(Some(SignalView {
        narrative: row.narrative.map(vigie_model::NarrativeId::uuid),
        sheet: row.sheet.take().map(SheetView::from),
        url: row.url.clone(),
        normal,
        imitates: row.text.as_deref().map(|text| Imitated::of(text, &names)).unwrap_or_default(),
        entry,
        row: SignalRow::whole(row),
    }))
}

/// A signal added by hand.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewSignal {
    /// Made by the screen: the same one again is the same signal.
    client_id: Uuid,
    /// A source of the connector `hand`; the first one where none is named.
    #[serde(default)]
    source: Option<String>,
    /// What it is.
    #[schema(value_type = words::SignalKind)]
    kind: SignalKind,
    /// The text; may be empty where files are attached.
    #[serde(default)]
    text: String,
    /// Place named.
    #[serde(default)]
    place: Option<String>,
    /// When it happened or was posted.
    #[serde(default)]
    seen_at: Option<Timestamp>,
    /// Said on purpose: nobody knows when.
    #[serde(default)]
    seen_unknown: bool,
    /// Account or function that said it.
    #[serde(default)]
    author: Option<String>,
    /// Radio or call sheet.
    #[serde(default)]
    sheet: Option<SheetView>,
    /// Files kept before, at most 20.
    #[serde(default)]
    attachments: Vec<Uuid>,
    /// Language, where the person knows it.
    #[serde(default)]
    lang: Option<String>,
}

/// A signal that is on disk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignalKept {
    /// Identifier.
    id: Uuid,
    /// Its entry.
    seq: u64,
    /// Narrative it stands in, once read.
    narrative: Option<Uuid>,
}

const ATTACHMENTS_MAX: usize = 20;
const LINE_CHARS_MAX: usize = 200;

/// Adds a signal by hand.
#[utoipa::path(post, path = "/api/v1/signals", tag = "monitoring", request_body = NewSignal,
    responses((status = 201, body = SignalKept), (status = 200, description = "It was there already", body = SignalKept)))]
pub(crate) async fn add(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewSignal>,
) -> Result<Response, Refusal> {
    let (status, kept) = app.blocking(move |app| keep(app, &asker, told)).await?;
    Ok((status, Json(kept)).into_response())
}

fn keep(app: &App, asker: &Asker, told: NewSignal) -> Result<(StatusCode, SignalKept), Refusal> {
    let (source, purpose) = app.look(|views| by_hand(views, asker, told.source.as_deref(), app.now()))?;
    let attachments = app.look(|views| attached(views, asker, &told.attachments))?;
    let id = SignalId::new(app.now().as_millisecond(), app.store.new_id_bytes()?);
    let signal = told.signal(id, source, asker, attachments)?;
    let draft = Draft::new(asker.actor(), Event::SignalReceived(signal)).for_purpose(purpose);
    let recorded = app.store.commit(vec![draft])?;
    match recorded.first() {
        Some(Outcome::Recorded { seq }) => {
            Ok((StatusCode::CREATED, SignalKept { id: id.uuid(), seq: *seq, narrative: None }))
        }
        Some(Outcome::Repeated { seq }) => Ok((StatusCode::OK, kept_before(app, asker, *seq)?)),
        None => Err(Refusal::ours("store", "no outcome")),
    }
}

fn kept_before(app: &App, asker: &Asker, seq: u64) -> Result<SignalKept, Refusal> {
    let id = app.look(|views| Ok(views.signal_id_at(seq)?))?;
    let id = id.ok_or_else(|| Refusal::ours("store", "not a signal"))?;
    let narrative = if asker.may(Permission::SeeMonitoring) {
        app.look(|views| Ok(views.signal(id, asker.see())?.and_then(|row| row.narrative)))?
    } else {
        None
    };
    Ok(SignalKept { id: id.uuid(), seq, narrative: narrative.map(vigie_model::NarrativeId::uuid) })
}

/// The source that a signal typed by hand belongs to, where the person may write into it, and why the mission reads it.
fn by_hand(
    views: &Views,
    asker: &Asker,
    named: Option<&str>,
    now: Timestamp,
) -> Result<(SourceId, String), Refusal> {
    let unknown = || Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "server-no-hand-source");
    let sources = views.sources(now)?;
    let open = |row: &&vigie_store::SourceRow| {
        row.entry.connector == Connector::Hand
            && may_on(&asker.granted, Permission::AddSignal, row.entry.compartments)
    };
    let row = match named.filter(|name| !name.is_empty()) {
        Some(name) => sources.iter().filter(open).find(|row| row.entry.id.as_str() == name),
        None => sources.iter().filter(open).find(|row| !row.paused),
    };
    let row = row.ok_or_else(unknown)?;
    if row.paused {
        return Err(Refusal::new(StatusCode::CONFLICT, "server-source-paused"));
    }
    Ok((row.entry.id.clone(), row.entry.purpose.clone()))
}

/// Files that exist and that the person may attach: carried by no signal yet, or by one they may see.
fn attached(views: &Views, asker: &Asker, ids: &[Uuid]) -> Result<Vec<AttachmentId>, Refusal> {
    if ids.len() > ATTACHMENTS_MAX {
        return Err(Refusal::field("attachments"));
    }
    let mut kept = Vec::with_capacity(ids.len());
    for id in ids.iter().copied().map(AttachmentId::from_uuid) {
        let there = views.attachment_row(id)?.is_some();
        let open = views.attachment_compartments(id)?.is_none_or(|on| on.visible_to(asker.see()));
        if !(there && open) {
            return Err(Refusal::field("attachments"));
        }
        kept.push(id);
    }
    Ok(kept)
}

impl NewSignal {
    fn signal(
        self,
        id: SignalId,
        source: SourceId,
        asker: &Asker,
        attachments: Vec<AttachmentId>,
    ) -> Result<Signal, Refusal> {
        if self.text.trim().is_empty() && attachments.is_empty() {
            return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "server-signal-empty"));
        }
        if self.text.len() > Limits::SIGNAL.field_bytes_max {
            return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "server-too-large"));
        }
        if self.seen_at.is_none() && !self.seen_unknown {
            return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "server-signal-no-time"));
        }
        let lang = self.lang.filter(|lang| !lang.trim().is_empty());
        let lang = lang.map(|lang| language_tag(&lang).ok_or_else(|| Refusal::field("lang"))).transpose()?;
        Ok(Signal {
            id,
            source,
            kind: self.kind,
            // Named after the person as well: nobody can ask what somebody else has sent.
            key: IdempotencyKey(format!("hand:{}:{}", asker.user.id, self.client_id)),
            text: self.text,
            author: maybe_line(self.author.as_deref(), LINE_CHARS_MAX, "author")?,
            url: None,
            lang,
            channel: None,
            place: maybe_line(self.place.as_deref(), LINE_CHARS_MAX, "place")?.map(Place::named),
            seen_at: self.seen_at.map(vigie_model::millis),
            reported_at: None,
            sheet: self.sheet.map(clean_sheet).transpose()?,
            attachments,
            raw_base64: None,
            source_ref: None,
        })
    }
}

fn clean_sheet(sheet: SheetView) -> Result<Sheet, Refusal> {
    Ok(Sheet {
        station: maybe_line(sheet.station.as_deref(), LINE_CHARS_MAX, "station")?,
        frequency: maybe_line(sheet.frequency.as_deref(), LINE_CHARS_MAX, "frequency")?,
        speaker: maybe_line(sheet.speaker.as_deref(), LINE_CHARS_MAX, "speaker")?,
        duration_s: sheet.duration_s,
    })
}
