//! The state of the sealed record.

use crate::gate::Known;
use crate::options::JournalCheck;
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::admin::{DiskView, EngineView, GenerationView, JournalView, ProcessView, Progress};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::atomic::Ordering;

/// The journal, the engines that read it, and the room it takes.
#[utoipa::path(get, path = "/api/v1/journal", tag = "journal", responses((status = 200, body = JournalView)))]
pub(crate) async fn state(State(app): State<App>, _asker: Known) -> Result<Json<JournalView>, Refusal> {
    let state = app.blocking(|app| Ok(app.store.journal_state()?)).await?;
    let entries = state.entries;
    let engine = |(name, version, seq): (String, String, u64)| EngineView {
        name,
        version,
        seq,
        lag: entries.saturating_sub(seq),
    };
    let generation = |one: vigie_store::GenerationRow| GenerationView {
        number: one.number,
        seq: one.seq,
        at: one.at,
        reason: one.reason,
    };
    let (store_bytes, keys_bytes, blobs_bytes) = state.disk;
    let room = app.store.look_at_room();
    Ok(Json(JournalView {
        entries,
        root: state.root,
        checkpoint: state.checkpoint,
        origin: state.origin,
        verifier_key: state.verifier_key,
        last_at: state.last_at,
        index: Progress { seq: entries.saturating_sub(state.index_lag), lag: state.index_lag },
        engines: state.engines.into_iter().map(engine).collect(),
        disk: DiskView {
            store_bytes,
            keys_bytes,
            blobs_bytes,
            free_bytes: room.free_bytes,
            reserve_bytes: room.reserve_bytes,
        },
        generations: state.generations.into_iter().map(generation).collect(),
        process: ProcessView {
            panics: app.counters.panics.load(Ordering::Relaxed),
            cut_off: app.counters.cut_off.load(Ordering::Relaxed),
            screens: app.hub.screens(),
        },
    }))
}

/// Checks the journal from the first entry to the last.
#[utoipa::path(post, path = "/api/v1/journal/verify", tag = "journal", responses((status = 200, body = JournalCheck)))]
pub(crate) async fn verify(State(app): State<App>, _asker: Known) -> Result<Json<JournalCheck>, Refusal> {
    let absent = || Refusal::new(StatusCode::NOT_IMPLEMENTED, "server-no-verifier");
    let verifier = app.options.verifier.clone().ok_or_else(absent)?;
    let verdict = app.blocking(move |_| verifier().map_err(|e| Refusal::ours("verifier", e))).await?;
    Ok(Json(verdict))
}
