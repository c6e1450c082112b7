//! The live stream of one screen.

use super::desk::situation::desk_sight;
use super::said::Asked;
use crate::gate::{Asker, Known, asker_with};
use crate::live::{Ears, LinkState, Listening, LiveRow, Message, ROWS_MAX, Tick, Waiting, desk_since};
use crate::refusal::Refusal;
use crate::state::App;
use crate::view::note::NoteRow;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Duration, Instant};
use utoipa::IntoParams;
use vigie_desk::rights::Permission;

const HEARTBEAT: Duration = Duration::from_secs(10);
/// How often a screen's session and rights are looked at again without a reason.
const RECHECK: Duration = Duration::from_secs(30);
/// A browser that lost the stream tries again after this long.
const RETRY: Duration = Duration::from_secs(2);

/// Where the stream starts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LiveQuery {
    /// Entries of the journal that the screen knows; `Last-Event-ID` goes before it.
    since: Option<u64>,
}

/// What changes, as it changes: `rows`, `note`, `desk`, `link`, `health`, `reset`.
#[utoipa::path(get, path = "/api/v1/live", tag = "live", params(LiveQuery),
    responses((status = 200, content_type = "text/event-stream", body = String)))]
pub(crate) async fn stream(
    State(app): State<App>,
    Known(asker): Known,
    Asked(asked): Asked<LiveQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let resumed = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|id| id.parse().ok());
    // Heard from now on; what came before is read after this line, so that nothing falls in between.
    let listening = app.hub.listen();
    let since = resumed.or(asked.since);
    let mut waiting = catch_up(&app, &asker, since).await?;
    let now = Instant::now();
    let first = waiting.due(now).and_then(|_| waiting.next(now));
    let screen = Screen { app, asker, listening, waiting, first, recheck: now + RECHECK };
    let sse = Sse::new(screen.events()).keep_alive(KeepAlive::new().interval(HEARTBEAT).text(""));
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    let kept = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(([unbuffered, kept], sse).into_response())
}

fn ears(asker: &Asker) -> Ears {
    let answers = asker.may(Permission::ManageSources) || asker.may(Permission::SeeAccess);
    Ears {
        see: asker.see(),
        rows: asker.may(Permission::SeeMonitoring),
        notes: asker.may(Permission::SeeDutyLog),
        desk: desk_sight(asker),
        health: asker.may(Permission::SeeSources),
        every_source: answers,
    }
}

/// What the screen has missed since it last knew the journal.
async fn catch_up(app: &App, asker: &Asker, since: Option<u64>) -> Result<Waiting, Refusal> {
    let (ears, room) = (ears(asker), app.store.room());
    app.read(move |views, now| {
        let seq = views.size()?;
        let mut missed = Tick { seq, link: Some(LinkState::of(views, room)?), ..Tick::default() };
        if let Some(since) = since.filter(|since| *since != seq) {
            let rows = views.changed_narratives(since, ears.see, now, ROWS_MAX as u32 + 1)?;
            // A screen that knows more than the journal holds has seen another one: a copy restored, a new site.
            missed.gone = views.absorbed_narratives(since, ears.see, ROWS_MAX as u32 + 1)?;
            missed.desk = desk_since(views, since)?;
            missed.withdrawn = views.withdrawn(since, ROWS_MAX as u32 + 1)?;
            missed.reset = missed.is_too_much(rows.len()) || since > seq;
            if !missed.reset {
                let item =
                    |row: &vigie_store::NarrativeRow| (row.compartments, row.changed, LiveRow::of(row, now));
                missed.rows = rows.iter().map(item).collect();
                missed.notes = views.notes_since(since)?.into_iter().map(NoteRow::from).collect();
            }
        }
        let mut waiting = Waiting::new(ears, since.unwrap_or(seq).min(seq));
        waiting.take(&missed, Instant::now());
        waiting.knows(seq);
        Ok(waiting)
    })
    .await
}

struct Screen {
    app: App,
    asker: Arc<Asker>,
    listening: Listening,
    waiting: Waiting,
    first: Option<Message>,
    recheck: Instant,
}

impl Screen {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        futures_util::stream::unfold(Some(self), |screen| async move {
            let mut screen = screen?;
            let (message, go_on) = screen.next().await?;
            Some((Ok(event(message)), go_on.then_some(screen)))
        })
    }

    /// The next message, and whether more may follow; `None` ends the stream.
    async fn next(&mut self) -> Option<(Message, bool)> {
        if let Some(first) = self.first.take() {
            return Some((first, true));
        }
        loop {
            let due = self.waiting.due(Instant::now());
            tokio::select! {
                biased;
                () = self.app.closed() => return None,
                _ = self.listening.rights.changed() => {
                    if !self.still_welcome().await { return None; }
                }
                () = tokio::time::sleep_until(self.recheck) => {
                    if !self.still_welcome().await { return None; }
                }
                () = tokio::time::sleep_until(due.unwrap_or(self.recheck)), if due.is_some() => {
                    if let Some(message) = self.waiting.next(Instant::now()) {
                        return Some((message, true));
                    }
                }
                heard = self.listening.ticks.recv() => match heard {
                    Ok(tick) => self.waiting.take(&tick, Instant::now()),
                    Err(RecvError::Closed) => return None,
                    Err(RecvError::Lagged(looks)) => return Some((self.cut_off(looks), false)),
                },
            }
        }
    }

    /// Told to fetch afresh, then the end: it may come back when it can keep up.
    fn cut_off(&mut self, looks: u64) -> Message {
        self.app.counters.cut_off.fetch_add(1, Ordering::Relaxed);
        tracing::info!(looks, "slow screen cut off");
        self.waiting.reset_now()
    }

    /// Whether the session still lives; rights that changed apply from here on.
    async fn still_welcome(&mut self) -> bool {
        self.recheck = Instant::now() + RECHECK;
        let (session, route) = (self.asker.session.clone(), self.asker.route);
        let asker = self.app.blocking(move |app| asker_with(app, session, route)).await;
        let Ok(Some(asker)) = asker else { return false };
        // Other ears need another start: the screen comes back and gets what it may hear now.
        ears(&asker) == ears(&self.asker)
    }
}

fn event(message: Message) -> Event {
    let event = Event::default().event(message.event).data(message.data).retry(RETRY);
    match message.id {
        Some(id) => event.id(id.to_string()),
        None => event,
    }
}
