//! What every request shares.

use crate::brake::Brake;
use crate::exercise::Exercise;
use crate::intake_desk::IntakeDesk;
use crate::known_checks::KnownChecks;
use crate::live::Hub;
use crate::options::ServerOptions;
use crate::refusal::Refusal;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, watch};
use vigie_model::Timestamp;
use vigie_store::{Store, Views};
use vigie_text::classes::Classes;

/// Passwords checked at the same time: each costs 19 MiB and a core.
const PASSWORD_CHECKS_MAX: usize = 2;

/// KiB of large bodies that are held at the same time: of all files and tables on their way in together.
pub(crate) const BODIES_KIB_MAX: usize = 96 << 10;

/// Counts that an administrator can read; they start at 0 with the process.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// Requests that ended in a panic.
    pub panics: AtomicU64,
    /// Screens cut off for reading too slowly.
    pub cut_off: AtomicU64,
}

pub(crate) struct Inner {
    pub store: Store,
    pub options: ServerOptions,
    pub hub: Arc<Hub>,
    pub intake: IntakeDesk,
    pub exercise: Mutex<Exercise>,
    pub counters: Counters,
    pub password_checks: Semaphore,
    /// Room for large bodies, in KiB.
    pub bodies: Arc<Semaphore>,
    pub closing: watch::Sender<bool>,
    brake: Mutex<Brake>,
    acts_done: Mutex<ActsDone>,
    learned: Mutex<Learned>,
    checks: Mutex<Option<(u64, Arc<KnownChecks>)>>,
}

/// What was learned from confirmed examples, for each set of compartments that somebody reads.
#[derive(Debug, Default)]
pub(crate) struct Learned(Vec<(u32, u64, Arc<Classes>)>);

impl Learned {
    const KEPT_MAX: usize = 8;

    /// What was learned for these compartments, where nothing changed since.
    pub fn get(&self, see: u32, changed: u64) -> Option<Arc<Classes>> {
        self.0
            .iter()
            .find(|(bits, at, _)| *bits == see && *at == changed)
            .map(|(_, _, classes)| classes.clone())
    }

    pub fn put(&mut self, see: u32, changed: u64, classes: Arc<Classes>) {
        self.0.retain(|(bits, ..)| *bits != see);
        if self.0.len() == Self::KEPT_MAX {
            self.0.remove(0);
        }
        self.0.push((see, changed, classes));
    }
}

/// When the latest acts were recorded, by the wall: on a simulated clock the time to undo runs on it.
#[derive(Debug, Default)]
pub(crate) struct ActsDone(VecDeque<(u64, Instant)>);

impl ActsDone {
    const KEPT_MAX: usize = 256;

    pub fn add(&mut self, seq: u64, at: Instant) {
        self.0.push_back((seq, at));
        if self.0.len() > Self::KEPT_MAX {
            self.0.pop_front();
        }
    }

    /// How long ago act `seq` was recorded, while it is remembered.
    pub fn since(&self, seq: u64) -> Option<Duration> {
        self.0.iter().find(|(done, _)| *done == seq).map(|(_, at)| at.elapsed())
    }
}

/// A handle that handlers clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    pub fn new(store: Store, options: ServerOptions) -> Self {
        Self(Arc::new(Inner {
            hub: Arc::new(Hub::new()),
            intake: IntakeDesk::default(),
            exercise: Mutex::default(),
            counters: Counters::default(),
            password_checks: Semaphore::new(PASSWORD_CHECKS_MAX),
            bodies: Arc::new(Semaphore::new(BODIES_KIB_MAX)),
            closing: watch::Sender::new(false),
            brake: Mutex::default(),
            acts_done: Mutex::default(),
            learned: Mutex::default(),
            checks: Mutex::default(),
            store,
            options,
        }))
    }

    /// The mission's clock: simulated in an exercise.
    pub fn now(&self) -> Timestamp {
        self.store.now()
    }

    /// The clock that sessions run on: people's own time, also where the mission's clock is simulated. An exercise
    /// that jumps a day signs nobody out, and one that plays last week's day lets nobody in again.
    pub fn session_now(&self) -> Timestamp {
        match self.options.sim_clock {
            Some(_) => Timestamp::now(),
            None => self.now(),
        }
    }

    pub fn brake(&self) -> MutexGuard<'_, Brake> {
        self.brake.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn acts_done(&self) -> MutexGuard<'_, ActsDone> {
        self.acts_done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn learned(&self) -> MutexGuard<'_, Learned> {
        self.learned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The published checks, made ready once and again when a list changed. Blocking.
    pub fn known_checks(&self) -> Result<Arc<KnownChecks>, Refusal> {
        let version = self.look(|views| Ok(views.checks_version()?))?;
        let held = || self.checks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = held().as_ref().filter(|(at, _)| *at == version) {
            return Ok(known.clone());
        }
        let known = Arc::new(KnownChecks::new(self.look(|views| Ok(views.checks()?))?));
        *held() = Some((version, known.clone()));
        Ok(known)
    }

    pub fn exercise(&self) -> MutexGuard<'_, Exercise> {
        self.exercise.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs blocking work on a thread of its own; a panic in it fails this request and no other.
    pub async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let app = self.clone();
        match tokio::task::spawn_blocking(move || work(&app)).await {
            Ok(answer) => answer,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(error) => Err(Refusal::ours("blocking task", error)),
            },
        }
    }

    /// Answers from the views. Blocking.
    pub fn look<T>(&self, question: impl FnOnce(&Views) -> Result<T, Refusal>) -> Result<T, Refusal> {
        question(&*self.store.views()?)
    }

    /// Answers from the views, on a thread of its own.
    pub async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Views, Timestamp) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.blocking(move |app| app.look(|views| question(views, app.now()))).await
    }

    /// Returns when the server closes.
    pub async fn closed(&self) {
        let mut closing = self.closing.subscribe();
        // An error means that the server is gone, which is the same news.
        let _ = closing.wait_for(|closed| *closed).await;
    }

    pub fn count_panic(&self) {
        self.counters.panics.fetch_add(1, Ordering::Relaxed);
    }
}
