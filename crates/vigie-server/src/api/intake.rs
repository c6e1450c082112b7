//! The intake: signals posted by gateways, each with the key of its source.
//!
//! One request is one commit, and nothing is acknowledged before it is on disk. Good lines enter, bad ones are
//! named. The same message again adds a count and no record. A source that is paused or whose register entry
//! is not complete gets a plain no; a wrong key and an unknown source get the same one.

use super::said::bytes;
use super::sms;
use crate::intake_desk::Doorplate;
use crate::refusal::{Problem, Refusal};
use crate::secrets::fingerprint;
use crate::state::App;
use crate::view::admin::health_of;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use std::time::Instant;
use subtle::ConstantTimeEq as _;
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_gateways::health::Counts;
use vigie_model::{
    Actor, At, Connector, ContactId, Event, Fault, IdempotencyKey, Limits, Signal, SignalId, SourceId,
};
use vigie_store::{Draft, Outcome};
use vigie_wire::key::Keyer;
use vigie_wire::{Mapping, SignalDraft, intake};
use vigie_words::Lang;

/// Characters of an `Idempotency-Key`.
const KEY_CHARS_MAX: usize = 200;
/// Refused lines named in one answer.
const NAMED_MAX: usize = 100;

/// One signal that is on disk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IntakeOne {
    /// Its entry; of the first one where it came before.
    seq: u64,
    /// Its identifier.
    id: Uuid,
    /// Whether the same message was there already.
    repeated: bool,
}

/// What became of many lines.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IntakeMany {
    /// Signals that are new and on disk.
    accepted: u64,
    /// Messages that were there already.
    repeated: u64,
    /// Lines refused; the good ones beside them are kept.
    refused_count: u64,
    /// The first hundred of them.
    refused: Vec<LineRefused>,
    /// Members that no signal takes anything from.
    unused: Vec<String>,
}

/// A refused line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineRefused {
    /// From 1; 0 is the body as a whole.
    line: u64,
    /// Why.
    #[serde(flatten)]
    problem: Problem,
}

/// What the intake answers.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum IntakeAnswer {
    /// To one object.
    One(IntakeOne),
    /// To JSON lines.
    Many(IntakeMany),
}

/// Posts one signal, or one a line.
#[utoipa::path(post, path = "/intake/{source}", tag = "intake",
    params(("source" = String, Path, description = "The source"),
           ("authorization" = String, Header, description = "`Bearer` and the source's key"),
           ("idempotency-key" = Option<String>, Header, description = "The same one again is the same signal (one object only)")),
    request_body(content = String, content_type = "application/json", description = "One JSON object, or one a line"),
    responses((status = 202, description = "On disk", body = IntakeAnswer)))]
pub(crate) async fn post(
    State(app): State<App>,
    Path(source): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let bearer = request.headers().get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    let key =
        bearer.and_then(|line| line.split_once(' ')).filter(|(how, _)| how.eq_ignore_ascii_case("bearer"));
    let key = key.map(|(_, key)| key.trim().to_owned());
    receive(app, source, key, request).await
}

/// The same for gateways that cannot set headers. The path is never logged.
#[utoipa::path(post, path = "/intake/{source}/k/{key}", tag = "intake",
    params(("source" = String, Path, description = "The source"), ("key" = String, Path, description = "Its key")),
    request_body(content = String, content_type = "application/json", description = "One JSON object, or one a line"),
    responses((status = 202, description = "On disk", body = IntakeAnswer)))]
pub(crate) async fn post_with_path_key(
    State(app): State<App>,
    Path((source, key)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    receive(app, source, Some(key), request).await
}

async fn receive(
    app: App,
    source: String,
    key: Option<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let plate = admitted(&app, &source, key).await?;
    let id = plate.entry.id.clone();
    let metered = |refusal: Refusal| {
        app.intake.refuse(&id, app.now(), &refusal);
        refusal
    };
    app.intake.enter(&id, Instant::now()).map_err(|seconds| metered(slowed(seconds)))?;
    let idempotency = idempotency_key(request.headers())?;
    let lang = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    let lang = lang.map_or_else(Lang::default, Lang::from_accept_language);
    let body = bytes(request, &app).await.map_err(metered)?;
    let answer = app.blocking(move |app| take(app, &plate, &body, idempotency, lang)).await?;
    Ok((StatusCode::ACCEPTED, Json(answer)).into_response())
}

/// The source that this key opens and that takes signals now.
async fn admitted(app: &App, source: &str, key: Option<String>) -> Result<Arc<Doorplate>, Refusal> {
    let stranger = || match app.intake.enter_stranger(Instant::now()) {
        Ok(()) => Refusal::new(StatusCode::UNAUTHORIZED, "server-intake-key"),
        Err(seconds) => slowed(seconds),
    };
    let (Ok(id), Some(key)) = (source.parse::<SourceId>(), key) else { return Err(stranger()) };
    let known = match app.intake.known(&id, Instant::now()) {
        Some(plate) => Some(plate),
        None => learn(app, id).await?,
    };
    let opens =
        |plate: &Arc<Doorplate>| plate.key.is_some_and(|kept| bool::from(kept.ct_eq(&fingerprint(&key))));
    let plate = known.filter(opens).ok_or_else(stranger)?;
    let refused = |status, code: &'static str| {
        let refusal = Refusal::new(status, code);
        app.intake.refuse(&plate.entry.id, app.now(), &refusal);
        Err(refusal)
    };
    if !matches!(plate.entry.connector, Connector::Intake | Connector::Sms) {
        return refused(StatusCode::CONFLICT, "server-source-no-intake");
    }
    if plate.entry.check().is_err() {
        return refused(StatusCode::CONFLICT, "server-source-incomplete");
    }
    if plate.paused {
        return refused(StatusCode::CONFLICT, "server-source-paused");
    }
    Ok(plate)
}

async fn learn(app: &App, id: SourceId) -> Result<Option<Arc<Doorplate>>, Refusal> {
    app.blocking(move |app| {
        let Some(row) = app.look(|views| Ok(views.source(&id, app.now())?))? else { return Ok(None) };
        let key = app.store.intake_key(&id)?;
        let health = health_of(&row, app.now());
        let plate = Arc::new(Doorplate { entry: row.entry, paused: row.paused, key, health });
        app.intake.learn(Arc::clone(&plate), Instant::now());
        Ok(Some(plate))
    })
    .await
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let fits = (1..=KEY_CHARS_MAX).contains(&text.len());
    if fits { Ok(Some(text.to_owned())) } else { Err(Refusal::field("idempotency-key")) }
}

fn take(
    app: &App,
    plate: &Doorplate,
    body: &Bytes,
    idempotency: Option<String>,
    lang: Lang,
) -> Result<IntakeAnswer, Refusal> {
    let source = &plate.entry.id;
    if plate.entry.connector == Connector::Sms
        && let Some(receipt) = sms::receipt(body)
    {
        sms::take_receipt(app, source, receipt)?;
        return Ok(many(Counts { accepted: 1, ..Counts::default() }, &[], Vec::new(), lang));
    }
    let map = Mapping::default().or_zone(plate.entry.zone.as_deref());
    let map = map.map_err(|fault| Refusal::of_fault(StatusCode::CONFLICT, &fault))?;
    let read = intake::read(body, &map, &Limits::INTAKE);
    app.intake.enter_signals(source, read.drafts.len(), Instant::now()).map_err(|seconds| {
        let refusal = slowed(seconds);
        app.intake.refuse(source, app.now(), &refusal);
        refusal
    })?;
    let single = is_single(&read);
    if let (true, [fault]) = (read.drafts.is_empty(), read.faults.as_slice()) {
        let counts = Counts { refused: 1, ..Counts::default() };
        app.intake.delivered(source, app.now(), counts, Some(fault));
        return Err(Refusal::of_fault(StatusCode::UNPROCESSABLE_ENTITY, fault));
    }
    let (drafts, chosen) = sealed(app, plate, read.drafts)?;
    let signals = keyed(app, plate, drafts, idempotency.filter(|_| single))?;
    let ids: Vec<SignalId> = signals.iter().map(|(id, _)| *id).collect();
    if !chosen.is_empty() {
        app.store.commit(chosen)?;
    }
    let outcomes = if signals.is_empty() {
        Vec::new()
    } else {
        app.store.commit(signals.into_iter().map(|(_, draft)| draft).collect())?
    };
    let counts = counts(&outcomes, read.faults.len());
    app.intake.delivered(source, app.now(), counts, read.faults.last());
    match (single, outcomes.first(), ids.first()) {
        (true, Some(outcome), Some(id)) => one(app, *outcome, *id),
        _ => Ok(many(counts, &read.faults, read.unused, lang)),
    }
}

fn slowed(seconds: u32) -> Refusal {
    Refusal::new(StatusCode::TOO_MANY_REQUESTS, "server-intake-slowed").retry_after(seconds)
}

fn counts(outcomes: &[Outcome], refused: usize) -> Counts {
    let repeated = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Repeated { .. })).count();
    Counts {
        accepted: (outcomes.len() - repeated) as u64,
        repeated: repeated as u64,
        refused: refused as u64,
    }
}

/// One object and nothing else: answered with its id. A body of several lines is answered with counts, also where
/// only one of them was good.
fn is_single(read: &intake::Body) -> bool {
    read.drafts.len() == 1 && read.faults.is_empty()
}

/// A draft and who sent it, where the vault knows.
type From = (SignalDraft, Option<ContactId>);

/// Numbers go into the vault before anything else; a message of one word that stops replies is no signal.
fn sealed(
    app: &App,
    plate: &Doorplate,
    drafts: Vec<(u64, SignalDraft)>,
) -> Result<(Vec<From>, Vec<Draft>), Refusal> {
    if plate.entry.connector != Connector::Sms {
        return Ok((drafts.into_iter().map(|(_, draft)| (draft, None)).collect(), Vec::new()));
    }
    let (mut signals, mut chosen) = (Vec::new(), Vec::new());
    for (_, mut draft) in drafts {
        let sender = sms::sender(app, &plate.entry.id, &mut draft)?;
        match (sms::choice(&draft.text), &sender) {
            (Some(reply), Some(contact)) => chosen.push(sms::chose(&plate.entry.id, contact, reply)),
            _ => signals.push((draft, sender.map(|contact| contact.id))),
        }
    }
    Ok((signals, chosen))
}

fn keyed(
    app: &App,
    plate: &Doorplate,
    drafts: Vec<From>,
    idempotency: Option<String>,
) -> Result<Vec<(SignalId, Draft)>, Refusal> {
    let mut keyer = Keyer::new();
    let source = &plate.entry.id;
    let now_ms = app.now().as_millisecond();
    let draft = |(draft, source_ref): From| {
        let key = match &idempotency {
            Some(given) => IdempotencyKey(format!("given:{given}")),
            None => keyer.key(&draft),
        };
        let id = SignalId::new(now_ms, app.store.new_id_bytes()?);
        let signal = Signal { source_ref, ..draft.into_signal(id, source.clone(), plate.entry.kind, key) };
        Ok((
            id,
            Draft::new(Actor::Source(source.clone()), Event::SignalReceived(signal))
                .for_purpose(&plate.entry.purpose),
        ))
    };
    drafts.into_iter().map(draft).collect()
}

fn one(app: &App, outcome: Outcome, id: SignalId) -> Result<IntakeAnswer, Refusal> {
    let (seq, id, repeated) = match outcome {
        Outcome::Recorded { seq } => (seq, id, false),
        // Also what was erased answers: a gateway that repeats it is to leave off.
        Outcome::Repeated { seq } => match app.look(|views| Ok(views.signal_id_at(seq)?))? {
            Some(first) => (seq, first, true),
            None => return Err(Refusal::ours("store", "not a signal")),
        },
    };
    Ok(IntakeAnswer::One(IntakeOne { seq, id: id.uuid(), repeated }))
}

fn many(counts: Counts, faults: &[Fault], unused: Vec<String>, lang: Lang) -> IntakeAnswer {
    IntakeAnswer::Many(IntakeMany {
        accepted: counts.accepted,
        repeated: counts.repeated,
        refused_count: counts.refused,
        refused: faults.iter().take(NAMED_MAX).map(|fault| LineRefused::of(fault, lang)).collect(),
        unused,
    })
}

impl LineRefused {
    fn of(fault: &Fault, lang: Lang) -> Self {
        let line = match fault.at {
            At::Row(line) => line,
            At::Byte(_) | At::Whole => 0,
        };
        Self { line, problem: Refusal::of_fault(StatusCode::UNPROCESSABLE_ENTITY, fault).problem(lang) }
    }
}
