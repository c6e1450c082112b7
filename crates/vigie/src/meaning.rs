//! Reads the opening words of stories with the model of meaning, where the site has one, and answers which stand near: other
//! stories, and the checks that others published.
//!
//! Nothing of it is recorded: the vectors live in memory, are made again at each start from the stories of the last 28
//! days, and go when a story is restricted, erased or absorbed. What people say of a proposal is an entry.

use crate::commands::model;
use crate::say::Failure;
use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use uuid::Uuid;
use vigie_model::NarrativeId;
use vigie_server::{CheckFinder, NeighbourFinder};
use vigie_store::{HeadRow, Store, StoreError, Views};
use vigie_text::WINDOW_DAYS;
use vigie_text::meaning::{Limits, Meaning, Neighbours, Packed, Prefix};

/// Stories read in one step: what a search waits for at most.
const STEP: u32 = 32;
/// How long the reading rests when there is nothing new.
const PAUSE: Duration = Duration::from_secs(2);
/// Stories that one search gives: enough that some are left when the asker may not see all.
const FOUND_MAX: usize = 50;

/// What was read so far.
struct Known {
    words: HashMap<NarrativeId, String>,
    near: Neighbours<NarrativeId>,
    claims: HashMap<Uuid, String>,
    checks: Neighbours<Uuid>,
}

/// The running reading. Dropping it stops it after the step it is in.
pub struct Meanings {
    known: Arc<Mutex<Known>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Meanings {
    /// Starts where the site has the model; a file that is not the published one is not used, and that is said.
    pub fn start(store: &Store) -> Result<Option<Self>, Failure> {
        let Some(model) = loaded(&model::place(store.dir())) else { return Ok(None) };
        let (near, checks) = (Neighbours::new(&model.prior()), Neighbours::new(&model.prior()));
        let known = Known { words: HashMap::new(), near, claims: HashMap::new(), checks };
        let known = Arc::new(Mutex::new(known));
        let stop = Arc::new(AtomicBool::new(false));
        let thread = {
            let (store, known, stop) = (store.clone(), known.clone(), stop.clone());
            let work = move || {
                if let Err(error) = read_on(&store, &model, &known, &stop) {
                    tracing::error!(engine = "meaning", %error, "engine stopped");
                }
            };
            std::thread::Builder::new().name("meaning".to_owned()).spawn(work).map_err(Failure::ours)?
        };
        Ok(Some(Self { known, stop, thread: Some(thread) }))
    }

    /// Answers which stories stand near one.
    pub fn finder(&self) -> NeighbourFinder {
        let known = self.known.clone();
        Arc::new(move |id| near(&known, id))
    }

    /// Answers which published checks stand near a story.
    pub fn checks(&self) -> CheckFinder {
        let known = self.known.clone();
        Arc::new(move |id| checks_near(&known, id))
    }
}

impl Drop for Meanings {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn loaded(file: &Path) -> Option<Meaning> {
    let bytes = std::fs::read(file).ok()?;
    if let Err(sha256) = model::checked(&bytes) {
        tracing::warn!(%sha256, "the model of meaning is not the published one and is not used");
        return None;
    }
    let read = Meaning::read(bytes, &Limits::default());
    read.inspect_err(|fault| tracing::warn!(%fault, "the model of meaning cannot be read")).ok()
}

fn near(known: &Mutex<Known>, id: NarrativeId) -> Option<Vec<(NarrativeId, f32)>> {
    let known = known.lock().unwrap_or_else(PoisonError::into_inner);
    let own = known.near.vector(&id)?;
    let found = known.near.nearest(&own, FOUND_MAX + 1).into_iter();
    Some(found.filter(|one| one.key != id).map(|one| (one.key, one.closeness.0)).collect())
}

fn checks_near(known: &Mutex<Known>, id: NarrativeId) -> Option<Vec<(Uuid, f32)>> {
    let known = known.lock().unwrap_or_else(PoisonError::into_inner);
    let own = known.near.vector(&id)?;
    let found = known.checks.nearest(&own, FOUND_MAX).into_iter();
    Some(found.map(|one| (one.key, one.closeness.0)).collect())
}

fn read_on(
    store: &Store,
    model: &Meaning,
    known: &Mutex<Known>,
    stop: &AtomicBool,
) -> Result<(), StoreError> {
    let mut after = (0, None);
    let (mut version, mut claims) = (None, VecDeque::new());
    while !stop.load(Ordering::Acquire) {
        let since = store.now() - jiff::SignedDuration::from_hours(24 * WINDOW_DAYS);
        let rows = store.read(|views| views.heads(after, since, STEP))?;
        let latest = store.read(Views::checks_version)?;
        if version != Some(latest) {
            claims = new_claims(known, store.read(Views::checks)?);
            version = Some(latest);
        }
        match rows.last() {
            Some(last) => after = (last.changed, Some(last.id)),
            None if claims.is_empty() => rest(stop),
            None => {}
        }
        take(model, known, rows);
        take_claims(model, known, &mut claims);
    }
    Ok(())
}

/// Forgets the checks that stand no longer, and gives those that were not read yet.
fn new_claims(
    known: &Mutex<Known>,
    lists: Vec<(vigie_model::CheckList, Vec<vigie_model::PublishedCheck>)>,
) -> VecDeque<(Uuid, String)> {
    let all = lists.into_iter().flat_map(|(_, checks)| checks);
    let all: HashMap<Uuid, String> = all.map(|check| (check.id, check.claim)).collect();
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    known.claims.retain(|id, claim| all.get(id) == Some(&*claim));
    let Known { claims, checks, .. } = &mut *known;
    checks.retain(|id| claims.contains_key(id));
    all.into_iter().filter(|(id, _)| !claims.contains_key(id)).collect()
}

/// Reads some claims, outside the lock: a long list keeps no story waiting.
fn take_claims(model: &Meaning, known: &Mutex<Known>, claims: &mut VecDeque<(Uuid, String)>) {
    let some: Vec<(Uuid, String)> = claims.drain(..claims.len().min(STEP as usize)).collect();
    if some.is_empty() {
        return;
    }
    let texts: Vec<&str> = some.iter().map(|(_, claim)| claim.as_str()).collect();
    let vectors = model.vectors(&texts, Prefix::Query);
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    for ((id, claim), vector) in some.into_iter().zip(vectors) {
        known.checks.add(id, &Packed::new(&vector));
        known.claims.insert(id, claim);
    }
}

/// Rests, and hears at once that it shall stop.
fn rest(stop: &AtomicBool) {
    let nap = Duration::from_millis(100);
    for _ in 0..PAUSE.as_millis() / nap.as_millis() {
        if stop.load(Ordering::Acquire) {
            return;
        }
        std::thread::sleep(nap);
    }
}

/// Reads what is new, outside the lock, and forgets what may no longer be read.
fn take(model: &Meaning, known: &Mutex<Known>, rows: Vec<HeadRow>) {
    let lock = || known.lock().unwrap_or_else(PoisonError::into_inner);
    let changed: Vec<HeadRow> = {
        let known = lock();
        rows.into_iter().filter(|row| known.words.get(&row.id) != row.head.as_ref()).collect()
    };
    if changed.is_empty() {
        return;
    }
    let heads: Vec<&str> = changed.iter().filter_map(|row| row.head.as_deref()).collect();
    let mut vectors = model.vectors(&heads, Prefix::Query).into_iter();
    let mut known = lock();
    if changed.iter().any(|row| known.words.contains_key(&row.id)) {
        known.near.retain(|id| !changed.iter().any(|row| row.id == *id));
    }
    for row in changed {
        known.words.remove(&row.id);
        let Some(head) = row.head else { continue };
        let Some(vector) = vectors.next() else { continue };
        known.near.add(row.id, &Packed::new(&vector));
        known.words.insert(row.id, head);
    }
}
