//! Keeps a poller on every registered feed, and brings what they read into the journal.

use crate::say::Failure;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;
use vigie_gateways::feed::{Memory, Poller, Sink, SourceTest, test_source};
use vigie_gateways::fetch::Fetcher;
use vigie_gateways::health::Counts;
use vigie_model::{Actor, At, Connector, Event, Fault, Limits, SignalId, SourceEntry, SourceId};
use vigie_server::FeedTested;
use vigie_store::{Draft, MeterChange, Outcome, Store};
use vigie_wire::SignalDraft;
use vigie_wire::key::Keyer;

/// How often the register is looked at for new, changed or paused feeds.
const LOOK: Duration = Duration::from_secs(5);

/// The store as the pollers see it.
#[derive(Clone)]
struct Intake {
    store: Store,
    entry: SourceEntry,
    /// Refusals that the meter has counted.
    refused: Arc<AtomicU64>,
}

impl Sink for Intake {
    async fn accept(&self, source: &SourceId, drafts: Vec<SignalDraft>) -> Result<Counts, Fault> {
        let this = self.clone();
        let kept = tokio::task::spawn_blocking(move || this.keep(drafts)).await;
        match kept {
            Ok(Ok(counts)) => Ok(counts),
            Ok(Err(error)) => {
                tracing::error!(source = %source, %error, "feed items not recorded");
                Err(Fault::new(At::Whole, "store-did-not-keep"))
            }
            Err(_) => Err(Fault::new(At::Whole, "store-did-not-keep")),
        }
    }

    async fn remember(&self, source: &SourceId, memory: &Memory) {
        let (store, source) = (self.store.clone(), source.clone());
        let refused = memory.health.refused();
        let change = MeterChange {
            contact: memory.health.connected_at(),
            refused: refused.saturating_sub(self.refused.swap(refused, Ordering::Relaxed)),
            last_refusal: memory.health.last_refusal().map(|fault| fault.code.clone()),
            error: memory.health.failing().map(|(at, fault)| (at, fault.code.clone())),
            validators: serde_json::to_string(memory).ok(),
        };
        let kept = tokio::task::spawn_blocking(move || store.meter(&source, change)).await;
        if !matches!(kept, Ok(Ok(()))) {
            tracing::warn!("what a feed said was not remembered");
        }
    }
}

impl Intake {
    fn keep(&self, drafts: Vec<SignalDraft>) -> Result<Counts, vigie_store::StoreError> {
        let mut keyer = Keyer::new();
        let mut events = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let key = keyer.key(&draft);
            let id = SignalId::new(self.store.now().as_millisecond(), self.store.new_id_bytes()?);
            let signal = draft.into_signal(id, self.entry.id.clone(), self.entry.kind, key);
            events.push(
                Draft::new(Actor::Source(self.entry.id.clone()), Event::SignalReceived(signal))
                    .for_purpose(self.entry.purpose.clone()),
            );
        }
        let mut counts = Counts::default();
        for outcome in self.store.commit(events)? {
            match outcome {
                Outcome::Recorded { .. } => counts.accepted += 1,
                Outcome::Repeated { .. } => counts.repeated += 1,
            }
        }
        Ok(counts)
    }
}

/// Runs pollers for the feeds of the register until dropped. A demo store has no live gateway.
pub async fn watch(store: Store) {
    if store.site().demo {
        return;
    }
    let mut running: BTreeMap<SourceId, (SourceEntry, JoinHandle<()>)> = BTreeMap::new();
    loop {
        match wanted(&store).await {
            Ok(wanted) => {
                running.retain(|id, (entry, task)| {
                    let stays = wanted.get(id).is_some_and(|(now, _)| now == entry) && !task.is_finished();
                    if !stays {
                        task.abort();
                    }
                    stays
                });
                for (id, (entry, memory)) in wanted {
                    running.entry(id).or_insert_with(|| (entry.clone(), start(&store, entry, memory)));
                }
            }
            Err(error) => tracing::error!(%error, "the register of sources was not read"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

type Wanted = BTreeMap<SourceId, (SourceEntry, Memory)>;

/// Feeds that should run: complete in the register, and not paused.
async fn wanted(store: &Store) -> Result<Wanted, vigie_store::StoreError> {
    let store = store.clone();
    let read = tokio::task::spawn_blocking(move || {
        let now = store.now();
        let rows = store.read(|views| views.sources(now))?;
        Ok(rows
            .into_iter()
            .filter(|row| row.entry.connector == Connector::Feed && !row.paused && row.entry.check().is_ok())
            .map(|row| {
                let known = row.meter.validators.as_deref().and_then(|text| serde_json::from_str(text).ok());
                (row.entry.id.clone(), (row.entry, known.unwrap_or_else(|| Memory::new(now))))
            })
            .collect())
    });
    read.await.unwrap_or_else(|cause| Err(vigie_store::StoreError::Stopped(cause.to_string())))
}

fn start(store: &Store, entry: SourceEntry, memory: Memory) -> JoinHandle<()> {
    let store = store.clone();
    tokio::spawn(async move {
        let now = store.now();
        let refused = Arc::new(AtomicU64::new(memory.health.refused()));
        let intake = Intake { store: store.clone(), entry: entry.clone(), refused };
        let poller = Poller::new(Fetcher::new(), entry, memory, Limits::FEED, now);
        poller.run(&intake, || store.now(), jitter).await;
    })
}

/// A number from 0 to 1, so that feeds of one host are not all asked in the same second.
fn jitter() -> f64 {
    let mut bytes = [0; 4];
    if getrandom::fill(&mut bytes).is_err() {
        return 0.5;
    }
    f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}

/// What one try at a feed brought, for the console.
#[derive(Debug, Serialize)]
pub struct Tried {
    #[serde(flatten)]
    test: SourceTest,
}

impl Tried {
    /// Whether signals came.
    pub const fn worked(&self) -> bool {
        self.test.passed()
    }
    /// In sentences.
    pub fn lines(&self, say: &crate::say::Say) -> Vec<String> {
        let mut lines: Vec<String> =
            self.test.lines().iter().map(|reason| vigie_words::reason(say.lang(), reason)).collect();
        lines.extend(self.test.faults.iter().take(5).map(|fault| vigie_words::fault(say.lang(), fault)));
        lines
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::ours)
}

/// Fetches a feed once; nothing is kept.
pub fn try_once(entry: &SourceEntry) -> Result<Tried, Failure> {
    let test = runtime()?.block_on(test_source(&Fetcher::new(), entry, &Limits::FEED));
    Ok(Tried { test })
}

/// The same for the screen.
pub fn try_for_screen(entry: &SourceEntry) -> Result<FeedTested, Fault> {
    let unstarted = |_| Fault::new(At::Whole, "server-our-fault");
    let test = runtime().map_err(unstarted)?.block_on(test_source(&Fetcher::new(), entry, &Limits::FEED));
    Ok(FeedTested {
        found: test.items as u64,
        refused: test.faults.len() as u64,
        fault: test.faults.into_iter().next(),
    })
}
