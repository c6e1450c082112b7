//! What is kept, what expires, what is erased: for those who watch over personal data and over the record.

use super::said::{At, Said};
use crate::gate::{Asker, Known};
use crate::options::{OwnBackups, SiteFinding};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::{Person, words};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vigie_desk::rights::Permission;
use vigie_model::{
    Erasable, ErasedWhy, ErasureAsked, ErasureId, FunctionId, KeepId, KeepPlaced, Object, Timestamp, UserId,
};
use vigie_store::{Erased, Found, Views};
use vigie_words::{Lang, fault};

/// Rows of each list.
const ROWS: u32 = 50;

/// What is kept and what has gone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeepingView {
    /// Backups, the latest first.
    backups: Vec<BackupView>,
    /// How the site backs itself up, where it does and the reader looks after it.
    own_backups: Option<OwnBackupsView>,
    /// Objects erased since the latest backup: copies of its keys still open them.
    erased_since_backup: u64,
    /// Requests to erase; those that wait for a second person first.
    erasures: Vec<ErasureView>,
    /// What was erased, the latest first.
    tombstones: Vec<TombstoneView>,
    /// What is kept beyond its retention, the live ones first.
    keeps: Vec<KeepView>,
}

/// How the backups stand that the site makes by itself.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnBackupsView {
    /// The folder that holds them.
    to: String,
    /// Hours from one to the next.
    every_hours: u32,
    /// How many are kept.
    keep: u32,
    /// They lie on the disk that the site lies on, and are lost with it.
    same_disk: bool,
    /// One is being made: entries copied, in percent.
    running: Option<u64>,
    /// When the last one failed.
    failed_at: Option<Timestamp>,
    /// Why, in the reader's language.
    failed: Option<String>,
}

impl OwnBackupsView {
    fn of(own: OwnBackups, lang: Lang) -> Self {
        let (failed_at, failed) = own.failed.map(|(at, why)| (at, fault(lang, &why))).unzip();
        let OwnBackups { to, every_hours, keep, same_disk, running, .. } = own;
        Self { to, every_hours, keep, same_disk, running, failed_at, failed }
    }
}

/// A backup that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BackupView {
    /// When.
    at: Timestamp,
    /// Entries in it.
    entries: u64,
    /// Sealed files in it.
    files: u64,
    /// Bytes of both files.
    bytes: u64,
    /// Whom its keys are sealed to.
    recipient: String,
}

/// A request to erase.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErasureView {
    /// Identifier.
    id: Uuid,
    /// Its entry.
    seq: u64,
    /// When.
    at: Timestamp,
    /// Who asked.
    by: Option<Person>,
    /// `asked`, `refused` or `done`.
    state: String,
    /// Who decided.
    decided_by: Option<Person>,
    /// When.
    decided_at: Option<Timestamp>,
    /// What, as `kind:id`.
    objects: Vec<String>,
    /// Why.
    reason: String,
    /// What entitles to it.
    basis: String,
    /// Whether the reader may decide it: nobody decides what they asked.
    mine_to_decide: bool,
}

/// What was erased, in one entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TombstoneView {
    /// The entry.
    seq: u64,
    /// When.
    at: Timestamp,
    /// Why.
    #[schema(value_type = words::ErasedWhy)]
    why: ErasedWhy,
    /// Sources of the erased signals.
    sources: Vec<String>,
    /// Signals, log lines, contacts and files.
    objects: u64,
    /// Signals that had expired and are kept.
    kept: u64,
    /// What was recorded before this had expired.
    before: Option<Timestamp>,
}

/// Something kept beyond its retention.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeepView {
    /// Identifier.
    id: Uuid,
    /// What, as `kind:id`.
    object: String,
    /// When.
    at: Timestamp,
    /// Who.
    by: Option<Person>,
    /// Why.
    reason: String,
    /// The function that answers for it.
    owner: String,
    /// Until when.
    until: Timestamp,
    /// Whether it holds now.
    live: bool,
}

/// Everything about keeping and letting go.
#[utoipa::path(get, path = "/api/v1/keeping", tag = "journal", responses((status = 200, body = KeepingView)))]
pub(crate) async fn state(State(app): State<App>, Known(asker): Known) -> Result<Json<KeepingView>, Refusal> {
    let now = app.store.now();
    let looks_after = asker.may(Permission::ManageSite);
    let own_backups = app.options.backups.as_ref().filter(|_| looks_after);
    let own_backups = own_backups.map(|backups| OwnBackupsView::of(backups.standing(), asker.lang()));
    let told = app.read(move |views, _| told(views, &asker, now)).await?;
    Ok(Json(KeepingView { own_backups, ..told }))
}

fn person(views: &Views, id: Option<UserId>) -> Result<Option<Person>, Refusal> {
    Ok(id.map(|id| views.person(id)).transpose()?.map(Person::from))
}

fn told(views: &Views, asker: &Asker, now: Timestamp) -> Result<KeepingView, Refusal> {
    let may = asker.may(Permission::Erase);
    let mut erasures = Vec::new();
    for row in views.erasures(ROWS)? {
        let (decided_by, decided_at) = row.decided.map_or((None, None), |(by, at)| (by, Some(at)));
        erasures.push(ErasureView {
            id: row.asked.id.uuid(),
            seq: row.seq,
            at: row.at,
            by: person(views, row.by)?,
            mine_to_decide: may && row.state == "asked" && row.by != Some(asker.user.id),
            state: row.state,
            decided_by: person(views, decided_by)?,
            decided_at,
            objects: row.asked.objects.iter().map(ToString::to_string).collect(),
            // What people wrote stays with those who decide.
            reason: if may { row.asked.reason } else { String::new() },
            basis: if may { row.asked.basis } else { String::new() },
        });
    }
    let mut keeps = Vec::new();
    for row in views.keeps(ROWS)? {
        keeps.push(KeepView {
            id: row.placed.id.uuid(),
            object: row.placed.object.to_string(),
            at: row.at,
            by: person(views, row.by)?,
            reason: if may { row.placed.reason } else { String::new() },
            owner: row.placed.owner.to_string(),
            until: row.placed.until,
            live: row.lifted.is_none() && row.placed.until > now,
        });
    }
    let backups = views.backups(ROWS)?;
    let last = backups.first().map(|backup| backup.at);
    let tombstones = views.tombstones(ROWS)?;
    Ok(KeepingView {
        own_backups: None,
        erased_since_backup: last.map_or(Ok(0), |last| views.erased_since(last))?,
        backups: backups
            .into_iter()
            .map(|one| BackupView {
                at: one.at,
                entries: one.entries,
                files: one.files,
                bytes: one.bytes,
                recipient: one.recipient,
            })
            .collect(),
        erasures,
        tombstones: tombstones
            .into_iter()
            .map(|(seq, at, event)| TombstoneView {
                seq,
                at,
                why: event.why,
                sources: event.signals.iter().map(|(source, _)| source.to_string()).collect(),
                objects: event.objects,
                kept: event.kept,
                before: event.before,
            })
            .collect(),
        keeps,
    })
}

/// Asks the site to back itself up now.
#[utoipa::path(post, path = "/api/v1/backups", tag = "journal", responses(
    (status = 202, description = "One is being made; `GET /keeping` says how far it is", body = OwnBackupsView),
    (status = 409, description = "The site was not told where to: `backup-no-place`")))]
pub(crate) async fn back_up(
    State(app): State<App>,
    Known(asker): Known,
) -> Result<(StatusCode, Json<OwnBackupsView>), Refusal> {
    let Some(backups) = &app.options.backups else {
        return Err(Refusal::new(StatusCode::CONFLICT, "backup-no-place"));
    };
    backups.ask(asker.user.id);
    Ok((StatusCode::ACCEPTED, Json(OwnBackupsView::of(backups.standing(), asker.lang()))))
}

/// How the site stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Doctored {
    /// What was looked at, in order.
    items: Vec<SiteFinding>,
}

/// Looks for what is wrong with the site, as `vigie doctor` does, but for the journal, which has its own check.
#[utoipa::path(get, path = "/api/v1/doctor", tag = "journal", responses((status = 200, body = Doctored)))]
pub(crate) async fn doctor(State(app): State<App>, Known(asker): Known) -> Result<Json<Doctored>, Refusal> {
    let lang = asker.lang();
    let items = app
        .blocking(move |app| {
            let Some(doctor) = &app.options.doctor else { return Ok(Vec::new()) };
            doctor(lang).map_err(|cause| Refusal::ours("doctor", cause))
        })
        .await?;
    Ok(Json(Doctored { items }))
}

/// What somebody asks to be erased.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewErasure {
    /// `signal:ID`, `note:ID`, `contact:ID` or `attachment:ID`, at most 200.
    objects: Vec<String>,
    /// Why.
    reason: String,
    /// What entitles to it.
    basis: String,
}

/// The id of what was recorded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Placed {
    /// It.
    id: Uuid,
}

/// Asks that content be erased: a second person has to agree.
#[utoipa::path(post, path = "/api/v1/erasures", tag = "journal", request_body = NewErasure,
    responses((status = 201, body = Placed)))]
pub(crate) async fn ask(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewErasure>,
) -> Result<(StatusCode, Json<Placed>), Refusal> {
    let objects: Result<Vec<Erasable>, _> = told.objects.iter().map(|one| one.trim().parse()).collect();
    let objects = objects.map_err(|_| Refusal::field("objects"))?;
    let id = app
        .blocking(move |app| {
            let id = ErasureId::new(app.store.now().as_millisecond(), app.store.new_id_bytes()?);
            let asked = ErasureAsked { id, objects, reason: told.reason, basis: told.basis };
            Ok(app.store.ask_erasure(asker.user.id, asked)?)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(Placed { id: id.uuid() })))
}

/// What an erasure did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErasureDone {
    /// Signals, log lines, contacts and files.
    objects: u64,
    /// Entries whose content is gone.
    entries: u64,
    /// Files in which a piece of it was found afterwards.
    remnants: Vec<String>,
    /// Somebody is still reading an older state: the logs are emptied when that ends, and nothing was searched yet.
    waiting: bool,
}

/// A second person agrees: it is erased.
#[utoipa::path(post, path = "/api/v1/erasures/{id}/agree", tag = "journal",
    params(("id" = Uuid, Path, description = "The request")), responses((status = 200, body = ErasureDone)))]
pub(crate) async fn agree(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<ErasureId>,
) -> Result<Json<ErasureDone>, Refusal> {
    let done = app.blocking(move |app| Ok(app.store.agree_erasure(asker.user.id, id)?)).await?;
    let Erased { objects, entries, remnants, waiting, .. } = done;
    Ok(Json(ErasureDone { objects, entries, remnants, waiting }))
}

/// Why somebody says no, or lifts a keep.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Because {
    /// The reason.
    reason: String,
}

/// A second person does not agree.
#[utoipa::path(post, path = "/api/v1/erasures/{id}/refuse", tag = "journal", request_body = Because,
    params(("id" = Uuid, Path, description = "The request")), responses((status = 204, description = "Recorded")))]
pub(crate) async fn refuse(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<ErasureId>,
    Said(told): Said<Because>,
) -> Result<StatusCode, Refusal> {
    app.blocking(move |app| Ok(app.store.refuse_erasure(asker.user.id, id, told.reason)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewKeep {
    /// `signal:ID` or `narrative:ID`.
    object: String,
    /// Why, such as the case it will be shown in.
    reason: String,
    /// The function that answers for it.
    owner: String,
    /// Until when.
    until: Timestamp,
}

/// Keeps something beyond its retention: a future exhibit.
#[utoipa::path(post, path = "/api/v1/keeps", tag = "journal", request_body = NewKeep,
    responses((status = 201, body = Placed)))]
pub(crate) async fn keep(
    State(app): State<App>,
    Known(asker): Known,
    Said(told): Said<NewKeep>,
) -> Result<(StatusCode, Json<Placed>), Refusal> {
    let object: Object = told.object.parse().map_err(|_| Refusal::field("object"))?;
    let owner: FunctionId = told.owner.parse().map_err(|_| Refusal::field("owner"))?;
    let id = app
        .blocking(move |app| {
            // Who may not see it does not learn that it is there.
            let seen = app.store.read(|views| sees(views, &asker, object, app.store.now()))?;
            if !seen {
                return Err(Refusal::nothing());
            }
            if !app.store.read(|views| views.has_function(&owner))? {
                return Err(Refusal::field("owner"));
            }
            let id = KeepId::new(app.store.now().as_millisecond(), app.store.new_id_bytes()?);
            let placed = KeepPlaced { id, object, reason: told.reason, owner, until: told.until };
            Ok(app.store.place_keep(asker.user.id, placed)?)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(Placed { id: id.uuid() })))
}

fn sees(
    views: &Views,
    asker: &Asker,
    object: Object,
    now: Timestamp,
) -> Result<bool, vigie_store::StoreError> {
    let see = asker.see();
    Ok(match object {
        Object::Signal(id) => views.signal(id, see)?.is_some(),
        Object::Narrative(id) => views.narrative_row(id, see, now)? != Found::Nothing,
        _ => false,
    })
}

/// Keeps it no longer.
#[utoipa::path(post, path = "/api/v1/keeps/{id}/lift", tag = "journal", request_body = Because,
    params(("id" = Uuid, Path, description = "The keep")), responses((status = 204, description = "Recorded")))]
pub(crate) async fn lift(
    State(app): State<App>,
    Known(asker): Known,
    At(id): At<KeepId>,
    Said(told): Said<Because>,
) -> Result<StatusCode, Refusal> {
    app.blocking(move |app| Ok(app.store.lift_keep(asker.user.id, id, told.reason)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}
