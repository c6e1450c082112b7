//! Counts for a monitoring system: one page of text, on a listener of its own that only this machine reaches.
//!
//! Sizes, lags and ages of the site and of its sources by name of the register; no text, no name of a person, no count by
//! compartment. Form: Prometheus text format 0.0.4.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::fmt::Write as _;
use std::net::TcpListener;
use vigie_model::Timestamp;
use vigie_store::{RoomLevel, Store, StoreError};

/// Serves `/metrics` on `listener` until `shutdown`.
pub async fn serve(
    store: Store,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = Router::new().route("/metrics", get(page)).with_state(store);
    axum::serve(listener, router).with_graceful_shutdown(shutdown).await
}

async fn page(State(store): State<Store>) -> Response {
    match tokio::task::spawn_blocking(move || text(&store)).await {
        Ok(Ok(text)) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response(),
        _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The page.
pub(crate) fn text(store: &Store) -> Result<String, StoreError> {
    let (state, now) = (store.journal_state()?, store.now());
    let sources = store.read(|views| views.sources(now))?;
    let mut out = String::new();
    let mut one = |name: &str, help: &str, kind: &str, rows: Vec<(String, f64)>| {
        let _ = writeln!(out, "# HELP vigie_{name} {help}\n# TYPE vigie_{name} {kind}");
        for (labels, value) in rows {
            let _ = writeln!(out, "vigie_{name}{labels} {value}");
        }
    };
    let alone = |value: f64| vec![(String::new(), value)];
    one("journal_entries_total", "Entries of the journal.", "counter", alone(state.entries as f64));
    let age = state.last_at.map_or(f64::NAN, |at| age_s(now, at));
    one("journal_last_entry_age_seconds", "Age of the last entry.", "gauge", alone(age));
    let lag = |next: u64| state.entries.saturating_sub(next) as f64;
    let engines = state.engines.iter().map(|(name, _, next)| (label("engine", name), lag(*next))).collect();
    one("engine_lag_entries", "Entries that an engine has not read yet.", "gauge", engines);
    one("index_lag_signals", "Signals that the search index lacks.", "gauge", alone(state.index_lag as f64));
    let disk = [("store", state.disk.0), ("keys", state.disk.1), ("blobs", state.disk.2)];
    let disk = disk.iter().map(|(part, bytes)| (label("part", part), *bytes as f64)).collect();
    one("disk_bytes", "Bytes on disk.", "gauge", disk);
    let room = store.look_at_room();
    let free = room.free_bytes.map_or(f64::NAN, |bytes| bytes as f64);
    one("disk_free_bytes", "Bytes that can still be written.", "gauge", alone(free));
    one(
        "disk_reserve_bytes",
        "Bytes held in reserve for people to act.",
        "gauge",
        alone(room.reserve_bytes as f64),
    );
    let full = f64::from(u8::from(room.level == RoomLevel::Full));
    one("disk_full", "1 where nothing is taken in for want of room.", "gauge", alone(full));
    let by = |value: &dyn Fn(&vigie_store::SourceMeter) -> f64| {
        sources.iter().map(|row| (label("source", row.entry.id.as_str()), value(&row.meter))).collect()
    };
    one("source_accepted_total", "Signals accepted.", "counter", by(&|meter| meter.accepted as f64));
    one("source_repeated_total", "Messages that came again.", "counter", by(&|meter| meter.repeated as f64));
    one("source_refused_total", "Messages refused.", "counter", by(&|meter| meter.refused as f64));
    let contact = by(&|meter| meter.last_contact_at.map_or(f64::NAN, |at| age_s(now, at)));
    one("source_contact_age_seconds", "Time since a contact that worked.", "gauge", contact);
    Ok(out)
}

fn age_s(now: Timestamp, at: Timestamp) -> f64 {
    now.duration_since(at).as_secs_f64()
}

/// Names of the register are lower-case letters, digits and hyphens: nothing to escape.
fn label(name: &str, value: &str) -> String {
    format!("{{{name}=\"{value}\"}}")
}
