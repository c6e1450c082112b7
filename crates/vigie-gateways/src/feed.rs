//! Polls feeds: fetch, read, hand over, and only then remember how far it came.

use crate::fetch::{Content, FetchError, Fetched, Fetcher, RetryAfter, Validators};
use crate::guard::Allowed;
use crate::health::{Counts, Health};
use crate::schedule::Schedule;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::net::SocketAddr;
use vigie_model::{At, Connector, Fault, Limits, Reason, SourceEntry, SourceId, Timestamp};
use vigie_wire::SignalDraft;
use vigie_wire::feed::{self, Hints};

/// What one poll brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Poll {
    /// What was read; empty where nothing has changed.
    pub drafts: Vec<SignalDraft>,
    /// What was refused.
    pub faults: Vec<Fault>,
    /// Title of the feed.
    pub title: Option<String>,
    /// What to ask with next time, once the drafts are kept.
    pub validators: Validators,
    /// The network address that answered.
    pub address: Option<SocketAddr>,
    /// HTTP status; 304 where nothing has changed.
    pub status: u16,
}

/// A poll that brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What a person is told.
    pub fault: Fault,
    /// HTTP status, where a server answered.
    pub status: Option<u16>,
    /// When the server wants to be asked again.
    pub retry_after: Option<RetryAfter>,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self { fault, status: None, retry_after: None }
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        let status = if let FetchError::Status { status, .. } = &error { Some(*status) } else { None };
        Self { fault: error.fault(), status, retry_after: error.retry_after() }
    }
}

/// Asks a feed once. The register entry must be complete.
pub async fn poll(
    fetcher: &Fetcher,
    entry: &SourceEntry,
    validators: &Validators,
    limits: &Limits,
) -> Result<Poll, Failure> {
    let url = address_of(entry)?;
    let allowed = Allowed::read(&entry.allow_private)?;
    let mut hints = Hints::in_zone(entry.zone.as_deref())?;
    let fetched = fetcher.get(url, &allowed, validators, limits).await?;
    let Fetched { address, status, content, validators, .. } = fetched;
    let Content::Document { bytes, charset } = content else {
        return Ok(Poll { drafts: Vec::new(), faults: Vec::new(), title: None, validators, address, status });
    };
    hints.charset = charset;
    let read = read_apart(bytes, hints, *limits).await;
    let feed = read.map_err(|fault| Failure { fault, status: Some(status), retry_after: None })?;
    Ok(Poll { drafts: feed.drafts, faults: feed.faults, title: feed.title, validators, address, status })
}

/// Reads on a thread of its own: megabytes of markup must not hold up the other connections. A panic would end
/// there too, and be told as a fault of this feed alone.
async fn read_apart(bytes: Vec<u8>, hints: Hints, limits: Limits) -> Result<feed::Feed, Fault> {
    let reading = tokio::task::spawn_blocking(move || feed::read(&bytes, &hints, &limits));
    reading.await.unwrap_or_else(|_| Err(Fault::new(At::Whole, "feed-broken")))
}

fn address_of(entry: &SourceEntry) -> Result<&str, Fault> {
    if entry.check().is_err() {
        return Err(Fault::new(At::Whole, "source-incomplete").with("source", &entry.id));
    }
    match (&entry.connector, entry.url.as_deref()) {
        (Connector::Feed, Some(url)) => Ok(url),
        _ => Err(Fault::new(At::Whole, "source-no-feed").with("source", &entry.id)),
    }
}

/// Where drafts go: the site's store, behind whatever gives them identifiers and keys.
pub trait Sink: Send + Sync {
    /// Keeps `drafts`, in their order, all or none; returns once they are on disk. The counts tell new from known; a
    /// fault says why nothing was kept.
    fn accept(
        &self,
        source: &SourceId,
        drafts: Vec<SignalDraft>,
    ) -> impl Future<Output = Result<Counts, Fault>> + Send;

    /// Keeps what a poller must know after a restart. Losing it costs one full fetch, nothing more.
    fn remember(&self, source: &SourceId, memory: &Memory) -> impl Future<Output = ()> + Send;
}

/// What a poller knows from before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// What to ask with.
    pub validators: Validators,
    /// How the source did.
    pub health: Health,
}

impl Memory {
    /// Of a source that was never polled.
    pub fn new(now: Timestamp) -> Self {
        Self { validators: Validators::default(), health: Health::new(now) }
    }
}

/// Polls one feed for as long as it is kept.
pub struct Poller {
    fetcher: Fetcher,
    entry: SourceEntry,
    limits: Limits,
    memory: Memory,
    schedule: Schedule,
}

impl Poller {
    /// A poller that is due at once.
    pub fn new(fetcher: Fetcher, entry: SourceEntry, memory: Memory, limits: Limits, now: Timestamp) -> Self {
        let schedule = Schedule::new(entry.poll_s, now);
        Self { fetcher, entry, limits, memory, schedule }
    }

    /// When it is due.
    pub const fn next_at(&self) -> Timestamp {
        self.schedule.next_at()
    }

    /// How its source does.
    pub const fn health(&self) -> &Health {
        &self.memory.health
    }

    /// Polls once. `clock` is read after the fetch, so that a slow one is not booked to its beginning; `jitter` is 0 to 1.
    pub async fn step(&mut self, sink: &impl Sink, clock: &(impl Fn() -> Timestamp + Sync), jitter: f64) {
        let polled = poll(&self.fetcher, &self.entry, &self.memory.validators, &self.limits).await;
        let kept = match polled {
            Ok(poll) => self.keep(poll, sink, clock).await,
            Err(failure) => Err(failure),
        };
        let now = clock();
        match kept {
            Ok(()) => self.schedule.reached(now, jitter),
            Err(failure) => {
                tracing::warn!(source = %self.entry.id, reason = %failure.fault.code, "feed not read");
                self.schedule.failed(now, failure.retry_after, jitter);
                self.memory.health.failed(now, failure.fault);
            }
        }
        sink.remember(&self.entry.id, &self.memory).await;
    }

    /// The validators move on only once the drafts are on disk: a crash in between fetches them again.
    async fn keep(
        &mut self,
        poll: Poll,
        sink: &impl Sink,
        clock: &impl Fn() -> Timestamp,
    ) -> Result<(), Failure> {
        let mut counts = Counts::default();
        if !poll.drafts.is_empty() {
            counts = sink.accept(&self.entry.id, poll.drafts).await?;
        }
        counts.refused += poll.faults.len() as u64;
        self.memory.validators = poll.validators;
        self.memory.health.delivered(clock(), counts, poll.faults.last());
        Ok(())
    }

    /// Polls whenever it is due, until the future is dropped. `jitter` gives a number from 0 to 1 for each poll.
    pub async fn run(
        mut self,
        sink: &impl Sink,
        clock: impl Fn() -> Timestamp + Sync,
        mut jitter: impl FnMut() -> f64,
    ) {
        loop {
            let wait = self.next_at().duration_since(clock());
            tokio::time::sleep(wait.try_into().unwrap_or_default()).await;
            self.step(sink, &clock, jitter()).await;
        }
    }
}

/// What one try of a source shows: `vigie source test`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceTest {
    /// The address asked.
    pub url: String,
    /// The network address that answered.
    pub address: Option<SocketAddr>,
    /// HTTP status.
    pub status: Option<u16>,
    /// Title of the feed.
    pub title: Option<String>,
    /// Items read.
    pub items: usize,
    /// The first item's text, at most 120 characters.
    pub first: Option<String>,
    /// What was refused, or the one reason why nothing could be read.
    pub faults: Vec<Fault>,
}

impl SourceTest {
    /// Whether the source delivers: something was read.
    pub const fn passed(&self) -> bool {
        self.items > 0
    }

    /// The test in sentences; [`SourceTest::faults`] follow.
    pub fn lines(&self) -> Vec<Reason> {
        let mut lines = vec![Reason::new("feed-test-asked").with("url", &self.url)];
        if let Some(status) = self.status {
            let address = self.address.map(|address| address.to_string()).unwrap_or_default();
            lines.push(Reason::new("feed-test-answer").with("status", status).with("address", address));
        }
        if let Some(title) = &self.title {
            lines.push(Reason::new("feed-test-title").with("title", title));
        }
        if let Some(first) = &self.first {
            lines.push(Reason::new("feed-test-first").with("text", first));
        }
        let verdict = match (self.items, self.faults.len()) {
            (0, 0) => Reason::new("feed-test-empty"),
            (0, _) => Reason::new("feed-test-nothing"),
            (items, refused) => Reason::new("feed-test-read").with("items", items).with("refused", refused),
        };
        lines.push(verdict);
        lines
    }
}

/// Asks a source once and says what came, keeping nothing.
pub async fn test_source(fetcher: &Fetcher, entry: &SourceEntry, limits: &Limits) -> SourceTest {
    let url = entry.url.clone().unwrap_or_default();
    match poll(fetcher, entry, &Validators::default(), limits).await {
        Ok(poll) => SourceTest {
            url,
            address: poll.address,
            status: Some(poll.status),
            title: poll.title,
            items: poll.drafts.len(),
            first: poll.drafts.first().map(|draft| draft.text.chars().take(120).collect()),
            faults: poll.faults,
        },
        Err(failure) => SourceTest {
            url,
            address: None,
            status: failure.status,
            title: None,
            items: 0,
            first: None,
            faults: vec![failure.fault],
        },
    }
}
