//! Runs the engines beside the store: reading by cursor, the search index behind it, and the look back at answers.

use crate::gathering::Gathering;
use crate::pictures;
use crate::say::Failure;
use crate::watching::Watching;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use vigie_model::{Actor, Compartments, Event, Kind, Signal, Timestamp};
use vigie_server::Noticing;
use vigie_store::{Draft, ReadSignal, RoomLevel, Store, StoreError};
use vigie_text::likeness::picture::Positions;
use vigie_text::{Item, Reader, Settings};

/// What the reading engine follows.
const FOLLOWED: [Kind; 4] =
    [Kind::SignalReceived, Kind::NarrativesJoined, Kind::NarrativeParted, Kind::ContentErased];
/// Name of the reading engine's cursor.
const READING: &str = "text";
/// Entries looked at in one step.
const STEP: u32 = 512;
/// Signals that go into one commit of the search index.
const INDEX_STEP: u32 = 5_000;
/// How long the index waits for more before it commits what it has.
const INDEX_PAUSE: Duration = Duration::from_millis(700);

/// How often it is looked whether something has outlived its retention, on the mission's clock.
const EXPIRY_PAUSE: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);
/// How often it is looked at backups and open erasures.
const KEEP_PAUSE: Duration = Duration::from_secs(20);
/// How long an engine rests after a fault.
const AGAIN_PAUSE: Duration = Duration::from_secs(1);
/// How often the room on the disk is looked at.
const ROOM_PAUSE: Duration = Duration::from_secs(2);
/// How often it is looked whether an answer is two days old.
const LOOK_BACK_PAUSE: Duration = Duration::from_secs(1);

/// What an engine does until it is stopped.
type Work = fn(&Store, &Bell, &AtomicBool) -> Result<(), StoreError>;

/// Wakes the engines after each commit.
#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

impl Bell {
    fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.heard.notify_all();
    }
    /// Waits until somebody rang, at most `patience`.
    fn wait(&self, patience: Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut rung, _) = self
            .heard
            .wait_timeout_while(rung, patience, |rung| !*rung)
            .unwrap_or_else(PoisonError::into_inner);
        *rung = false;
    }
}

/// The running engines. Dropping them stops them after the step they are in.
pub struct Engines {
    stop: Arc<AtomicBool>,
    bells: [Arc<Bell>; 8],
    threads: Vec<JoinHandle<()>>,
}

impl Engines {
    /// Starts them on `store`.
    pub fn start(store: &Store) -> Result<Self, Failure> {
        let stop = Arc::new(AtomicBool::new(false));
        let bells: [Arc<Bell>; 8] = std::array::from_fn(|_| Arc::default());
        for bell in &bells {
            let bell = bell.clone();
            store.on_commit(Box::new(move |_| bell.ring()));
        }
        let mut threads = Vec::new();
        let works: [(&str, Work); 8] = [
            ("reading", read_on),
            ("indexing", index_on),
            ("watching", watch_on),
            ("gathering", gather_on),
            ("looking back", look_back_on),
            ("keeping", keep_on),
            ("room", room_on),
            ("noticing", notice_on),
        ];
        for ((name, work), bell) in works.into_iter().zip(&bells) {
            let (store, bell, stop) = (store.clone(), bell.clone(), stop.clone());
            let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
                again_and_again(name, work, &store, &bell, &stop);
            });
            threads.push(thread.map_err(Failure::ours)?);
        }
        Ok(Self { stop, bells, threads })
    }
}

impl Drop for Engines {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        for bell in &self.bells {
            bell.ring();
        }
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Does `work` until it is stopped. After a fault it begins again where its cursor stands: a disk that was full, or a
/// backup that read for long, must not end the reading of a site. A store that has stopped writing stays so.
fn again_and_again(name: &str, work: Work, store: &Store, bell: &Bell, stop: &AtomicBool) {
    while let Err(error) = work(store, bell, stop) {
        if matches!(error, StoreError::Stopped(_)) || stop.load(Ordering::Acquire) {
            tracing::error!(engine = name, %error, "engine stopped");
            return;
        }
        tracing::error!(engine = name, %error, "engine begins again");
        std::thread::sleep(AGAIN_PAUSE);
        while store.room() == RoomLevel::Full && !stop.load(Ordering::Acquire) {
            bell.wait(ROOM_PAUSE);
        }
    }
}

/// The disk is looked at by the clock: others fill it too.
#[expect(clippy::unnecessary_wraps, reason = "one of the works that all have this form")]
fn room_on(store: &Store, bell: &Bell, stop: &AtomicBool) -> Result<(), StoreError> {
    while !stop.load(Ordering::Acquire) {
        store.look_at_room();
        bell.wait(ROOM_PAUSE);
        std::thread::sleep(LOOK_BACK_PAUSE / 2);
    }
    Ok(())
}

fn read_on(store: &Store, bell: &Bell, stop: &AtomicBool) -> Result<(), StoreError> {
    let mut reading = ReadingEngine::resume(store)?;
    while !stop.load(Ordering::Acquire) {
        if !reading.step(store)? {
            bell.wait(Duration::from_secs(5));
        }
    }
    Ok(())
}

fn watch_on(store: &Store, bell: &Bell, stop: &AtomicBool) -> Result<(), StoreError> {
    let mut watching = Watching::resume(store)?;
    while !stop.load(Ordering::Acquire) {
        if !watching.step(store)? {
            bell.wait(Duration::from_secs(5));
        }
    }
    Ok(())
}

fn gather_on(store: &Store, bell: &Bell, stop: &AtomicBool) -> Result<(), StoreError> {
    let mut gathering = Gathering::resume(store)?;
    while !stop.load(Ordering::Acquire) {
        if !gathering.step(store)? {
            bell.wait(Duration::from_secs(5));
        }
    }
    Ok(())
}

fn notice_on(store: &Store, bell: &Bell, stop: &AtomicBool) -> Result<(), StoreError> {
    let mut noticing = Noticing::resume(store)?;
    while !stop.load(Ordering::Acquire) {
        if !noticing.step(store)? {
            bell.wait(Duration::from_secs(5));
            std::thread::sleep(LOOK_BACK_PAUSE);
        }
    }
    Ok(())
}

/// Nothing rings when two days have passed: the clock is looked at.
fn look_back_on(store: &Store, bell: &Bell, stop: &AtomicBool) -> Result<(), StoreError> {
    while !stop.load(Ordering::Acquire) {
        if !vigie_server::look_back(store)? {
            bell.wait(LOOK_BACK_PAUSE);
            std::thread::sleep(LOOK_BACK_PAUSE / 2);
        }
    }
    Ok(())
}

/// What is due by the clock and by what was done beside the site. What cannot be done now (somebody reads for long, the
/// disk is full) is said and tried again.
#[expect(clippy::unnecessary_wraps, reason = "one of the works that all have this form")]
fn keep_on(store: &Store, bell: &Bell, stop: &AtomicBool) -> Result<(), StoreError> {
    let mut looked = None;
    while !stop.load(Ordering::Acquire) {
        if let Err(error) = keep_once(store, &mut looked) {
            tracing::error!(%error, "backups and retention wait");
        }
        bell.wait(KEEP_PAUSE);
        std::thread::sleep(LOOK_BACK_PAUSE);
    }
    Ok(())
}

/// Backups are recorded, erasures finished, and what has expired is erased. None of these waits for the one before.
fn keep_once(store: &Store, looked: &mut Option<Timestamp>) -> Result<(), StoreError> {
    if let Err(error) = store.record_backups() {
        tracing::error!(%error, "backups wait to be recorded");
    }
    if let Err(error) = store.finish_erasures() {
        tracing::error!(%error, "an erasure waits to be finished");
    }
    let now = store.now();
    if looked.is_some_and(|at| now.duration_since(at) < EXPIRY_PAUSE) {
        return Ok(());
    }
    *looked = Some(now);
    if let Some(days) = store.retention_waits()? {
        tracing::error!(
            days,
            "retention waits: it has not run for long, or the clock is ahead; vigie doctor says more"
        );
        return Ok(());
    }
    let done = store.expire()?;
    if done.objects > 0 {
        tracing::info!(objects = done.objects, kept = done.kept, "retention erased what had expired");
    }
    if !done.remnants.is_empty() {
        tracing::error!(files = done.remnants.len(), "pieces of erased text are still in files");
    }
    Ok(())
}

fn index_on(store: &Store, bell: &Bell, stop: &AtomicBool) -> Result<(), StoreError> {
    while !stop.load(Ordering::Acquire) {
        if store.index_more(INDEX_STEP)? < u64::from(INDEX_STEP) {
            bell.wait(Duration::from_secs(5));
            std::thread::sleep(INDEX_PAUSE);
        }
    }
    Ok(())
}

/// Brings the search index up to the journal.
pub fn index_all(store: &Store, bar: &indicatif::ProgressBar) -> Result<(), StoreError> {
    loop {
        let done = store.index_more(INDEX_STEP)?;
        bar.inc(done);
        if done < u64::from(INDEX_STEP) {
            return Ok(());
        }
    }
}

/// The text engine with its place in the journal.
pub struct ReadingEngine {
    reader: Reader,
    next: u64,
    forgotten: Timestamp,
}

impl ReadingEngine {
    /// Takes the cursor up and refills the memory from what was read before.
    pub fn resume(store: &Store) -> Result<Self, StoreError> {
        Self::remembering(store, store.cursor(READING)?)
    }

    fn remembering(store: &Store, next: u64) -> Result<Self, StoreError> {
        let mut engine =
            Self { reader: Reader::new(Settings::default()), next, forgotten: Timestamp::UNIX_EPOCH };
        let oldest = store.now() - jiff::SignedDuration::from_hours(24 * vigie_text::WINDOW_DAYS);
        store.each_read_signal(oldest, next, |signal| engine.remember(&signal))?;
        for (one, other) in store.apart()? {
            engine.reader.keep_apart(one, other);
        }
        Ok(engine)
    }

    fn remember(&mut self, signal: &ReadSignal) {
        let pictures = pictures::recorded(&signal.pictures);
        let item = Item {
            signal: signal.id,
            pool: signal.compartments.bits(),
            text: &signal.text,
            pictures: &pictures,
            lang_hint: signal.lang_hint.as_deref(),
            seen_at: signal.seen_at,
            received_at: signal.recorded_at,
        };
        self.reader.refill(&item, signal.narrative);
    }

    /// Whether a signal waits to be read.
    pub fn is_wanted(store: &Store) -> Result<bool, StoreError> {
        store.has_unread(READING)
    }

    /// Reads what is new; `false` where there was nothing.
    pub fn step(&mut self, store: &Store) -> Result<bool, StoreError> {
        let known = store.last_tombstone()?;
        let batch = store.entries_from(self.next, STEP, &FOLLOWED)?;
        if batch.next == self.next {
            return Ok(false);
        }
        // What is erased leaves the memory too: sketches of a text are made of its words.
        if batch.entries.iter().any(|(entry, _)| matches!(entry.event, Event::ContentErased(_))) {
            self.forget_erased(store)?;
        }
        let mut drafts: Vec<Draft> = Vec::new();
        for (entry, compartments) in &batch.entries {
            let Event::SignalReceived(signal) = &entry.event else {
                self.follow(&entry.event);
                continue;
            };
            let (seen, read) = pictures::read(store, signal)?;
            let reading = self.reader.read(&item(signal, *compartments, entry.recorded_at, &seen));
            let events = read.into_iter().map(Event::AttachmentRead).chain([Event::SignalRead(reading)]);
            drafts.extend(events.map(|event| Draft::new(model(), event).caused_by(entry.seq)));
        }
        // An entry of the engine itself moves the cursor only with the next signal: else it would chase its tail.
        if !drafts.is_empty()
            && !store.commit_engine_knowing(known, READING, Reader::VERSION, batch.next, drafts)?
        {
            self.forget_erased(store)?;
            return Ok(true);
        }
        self.next = batch.next;
        self.forget(store.now());
        Ok(true)
    }

    /// Remembers anew, from what still stands, what stands before the next entry.
    fn forget_erased(&mut self, store: &Store) -> Result<(), StoreError> {
        *self = Self::remembering(store, self.next)?;
        Ok(())
    }

    /// Keeps to what a person joined or parted.
    fn follow(&mut self, event: &Event) {
        match event {
            Event::NarrativesJoined(e) => self.reader.unite(e.narrative, e.other),
            Event::NarrativeParted(e) => self.reader.part(e.narrative, e.part, &e.signals),
            _ => {}
        }
    }

    /// Once a day is enough: the window is counted in days.
    fn forget(&mut self, now: Timestamp) {
        if now.duration_since(self.forgotten) > jiff::SignedDuration::from_hours(24) {
            let window = jiff::SignedDuration::from_hours(24 * vigie_text::WINDOW_DAYS);
            self.reader.forget_before(now - window);
            self.forgotten = now;
        }
    }
}

fn model() -> Actor {
    Actor::Model { name: READING.to_owned(), version: Reader::VERSION.to_owned() }
}

fn item<'a>(
    signal: &'a Signal,
    compartments: Compartments,
    received_at: Timestamp,
    pictures: &'a [Positions],
) -> Item<'a> {
    Item {
        signal: signal.id,
        pool: compartments.bits(),
        text: &signal.text,
        pictures,
        lang_hint: signal.lang.as_deref(),
        seen_at: signal.seen_at,
        received_at,
    }
}
