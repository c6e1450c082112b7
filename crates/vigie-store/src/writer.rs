//! The one writer: a thread that owns the write connection and turns drafts into entries.
//!
//! Writers that wait at the same time share one commit (group commit). One commit is: keys to `keys.db`, written
//! some hundred entries ahead so that few commits wait for that file, then in one transaction of `store.db` the entries, their sealed payloads, the views, the complete tiles and the signed
//! checkpoint. An act is acknowledged after that transaction is on disk, never before. After a failed write of
//! the journal file the writer stops for good: what the disk holds is then unknown, and retrying would lie.

use crate::clock::Clock;
use crate::codec::ms;
use crate::error::{Refused, StoreError};
use crate::keystore::{KeyStore, random};
use crate::project::{Projector, key_hash};
use crate::room::Room;
use crate::views::Views;
use rusqlite::{OptionalExtension, params};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};
use vigie_evidence::Hash;
use vigie_evidence::leaf::{self, Content, LeafDraft, Sealed};
use vigie_evidence::note::SiteSigner;
use vigie_evidence::seal::{self, PayloadKey};
use vigie_evidence::tree::Tree;
use vigie_model::{Actor, Class, Entry, Event, Timestamp};

/// One event to record.
#[derive(Clone)]
pub struct Draft {
    /// Who did it.
    pub actor: Actor,
    /// Why the mission keeps it.
    pub purpose: Option<String>,
    /// The entry that led to it.
    pub caused_by: Option<u64>,
    /// What happened.
    pub event: Event,
    /// SHA-256 of the sealed file that belongs to it.
    pub(crate) blob: Option<[u8; 32]>,
    /// Key already used for that file.
    pub(crate) key: Option<PayloadKey>,
}

impl Draft {
    /// An event by `actor`, with neither purpose nor cause.
    pub const fn new(actor: Actor, event: Event) -> Self {
        Self { actor, purpose: None, caused_by: None, event, blob: None, key: None }
    }
    /// The same, led to by entry `seq`.
    #[must_use]
    pub const fn caused_by(mut self, seq: u64) -> Self {
        self.caused_by = Some(seq);
        self
    }
    /// The same, kept for `purpose`.
    #[must_use]
    pub fn for_purpose(mut self, purpose: impl Into<String>) -> Self {
        self.purpose = Some(purpose.into());
        self
    }
}

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is entry `seq`.
    Recorded {
        /// Position in the journal.
        seq: u64,
    },
    /// The same message was there already, as entry `seq`; nothing was added but a count.
    Repeated {
        /// Position of the first one.
        seq: u64,
    },
}

impl Outcome {
    /// The entry that holds the content.
    pub const fn seq(self) -> u64 {
        match self {
            Self::Recorded { seq } | Self::Repeated { seq } => seq,
        }
    }
}

type Rule = Box<dyn FnOnce(&Views) -> Result<Vec<Draft>, Refused> + Send>;
type Answer<T> = SyncSender<Result<T, StoreError>>;
/// Work that has the writer to itself.
type Alone = Box<dyn FnOnce(&mut Writer) -> Result<(), StoreError> + Send>;
/// A caller and what to tell it.
type Reply = (Answer<Vec<Outcome>>, Result<Vec<Outcome>, StoreError>);

/// How far an engine has read.
#[derive(Debug, Clone)]
pub(crate) struct CursorMove {
    pub engine: &'static str,
    pub version: &'static str,
    pub seq: u64,
}

pub(crate) enum Job {
    Record { drafts: Vec<Draft>, cursors: Vec<CursorMove>, known: Option<u64>, answer: Answer<Vec<Outcome>> },
    Decide { rule: Rule, answer: Answer<Vec<Outcome>> },
    Exclusive { work: Alone, answer: Answer<()> },
}

/// Jobs that wait at most; a full queue makes callers wait, it never drops.
pub(crate) const QUEUE_MAX: usize = 1_024;
/// Entries that share one commit at most, so that no caller waits long for strangers.
const GROUP_MAX: usize = 2_048;

/// The open tile of level 0 is written again at each commit, so a tile may replace its shorter self.
const TILE: &str = "INSERT OR REPLACE INTO tile(level, idx, hashes) VALUES (?, ?, ?)";

/// Called after each commit with the new size of the journal.
pub type OnCommit = Box<dyn Fn(u64) + Send + Sync>;

/// State of the writer thread.
pub(crate) struct Writer {
    pub views: Views,
    pub keys: KeyStore,
    pub projector: Projector,
    pub signer: SiteSigner,
    pub site: String,
    pub tree: Tree,
    pub clock: Arc<dyn Clock>,
    /// Signs the first state of a new generation beside its own key, and nothing else.
    pub hands_over: Option<SiteSigner>,
    pub on_commit: Arc<std::sync::RwLock<Vec<OnCommit>>>,
    pub room: Arc<Room>,
    stopped: Option<String>,
}

/// Entries gathered for one commit.
#[derive(Default)]
struct Group {
    hashes: Vec<Hash>,
}

impl Writer {
    pub fn new(
        views: Views,
        keys: KeyStore,
        projector: Projector,
        signer: SiteSigner,
        site: String,
        tree: Tree,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            views,
            keys,
            projector,
            signer,
            site,
            tree,
            clock,
            hands_over: None,
            on_commit: Arc::default(),
            room: Arc::default(),
            stopped: None,
        }
    }

    /// Serves jobs until every sender is gone.
    pub fn run(mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let mut group = vec![first];
            let mut entries = weight(&group[0]);
            while entries < GROUP_MAX {
                let Ok(job) = jobs.try_recv() else { break };
                entries += weight(&job);
                group.push(job);
            }
            self.serve(group);
        }
    }

    fn serve(&mut self, group: Vec<Job>) {
        let mut shared = Vec::new();
        for job in group {
            match job {
                Job::Exclusive { work, answer } => {
                    self.serve_shared(std::mem::take(&mut shared));
                    let done = self.alive().and_then(|()| work(self));
                    let _ = answer.send(done);
                }
                job => shared.push(job),
            }
        }
        self.serve_shared(shared);
    }

    fn alive(&self) -> Result<(), StoreError> {
        self.stopped.as_ref().map_or(Ok(()), |why| Err(StoreError::Stopped(why.clone())))
    }

    fn serve_shared(&mut self, jobs: Vec<Job>) {
        if jobs.is_empty() {
            return;
        }
        let mut answers: Vec<Reply> = Vec::new();
        let committed = self.alive().and_then(|()| self.commit_jobs(jobs, &mut answers).map_err(classify));
        if let Err(error) = &committed {
            self.after_failure(error);
        }
        for (answer, outcome) in answers {
            let outcome = match &committed {
                Ok(_) => outcome,
                Err(error) => Err(copy(error)),
            };
            // A caller that went away has nothing to learn.
            let _ = answer.send(outcome);
        }
        if let Ok(Some(size)) = committed {
            self.announce(size);
        }
    }

    /// Runs every job in one transaction; `Some(size)` where entries were added.
    fn commit_jobs(&mut self, jobs: Vec<Job>, answers: &mut Vec<Reply>) -> Result<Option<u64>, StoreError> {
        // Every caller gets an answer, also when the transaction cannot even begin.
        let mut work: Vec<(usize, Work)> = Vec::new();
        for job in jobs {
            let (answer, kind) = match job {
                Job::Record { drafts, cursors, known, answer } => {
                    (answer, Work::Record(drafts, cursors, known))
                }
                Job::Decide { rule, answer } => (answer, Work::Decide(rule)),
                Job::Exclusive { .. } => continue,
            };
            work.push((answers.len(), kind));
            answers.push((answer, Ok(Vec::new())));
        }
        self.views.conn.execute_batch("BEGIN IMMEDIATE")?;
        let mut group = Group::default();
        for (place, job) in work {
            let before = group.hashes.len();
            self.views.conn.execute_batch("SAVEPOINT job")?;
            let outcome = self.one(job, &mut group);
            if outcome.is_err() {
                group.hashes.truncate(before);
                self.views.conn.execute_batch("ROLLBACK TO job")?;
            }
            self.views.conn.execute_batch("RELEASE job")?;
            if let Err(error @ (StoreError::DiskFull | StoreError::Stopped(_))) = outcome {
                return Err(error);
            }
            answers[place].1 = outcome;
        }
        self.finish(&group)
    }

    fn finish(&mut self, group: &Group) -> Result<Option<u64>, StoreError> {
        if group.hashes.is_empty() {
            self.views.conn.execute_batch("COMMIT")?;
            return Ok(None);
        }
        let mut tree = self.tree.clone();
        for hash in &group.hashes {
            for tile in tree.push(*hash) {
                self.views.conn.prepare_cached(TILE)?.execute(params![
                    tile.level,
                    tile.index,
                    tile.hashes
                ])?;
            }
        }
        let (index, open) = tree.open_tile();
        if !open.is_empty() {
            self.views.conn.prepare_cached(TILE)?.execute(params![0, index, open])?;
        }
        let note = self.signer.sign_checkpoint(tree.size(), &tree.root());
        let note = match &self.hands_over {
            Some(before) => before.countersign(&note),
            None => note,
        };
        self.views
            .conn
            .prepare_cached("INSERT INTO checkpoint(size, note) VALUES (?, ?)")?
            .execute(params![tree.size(), note])?;
        self.views.conn.execute_batch("COMMIT")?;
        self.hands_over = None;
        self.tree = tree;
        Ok(Some(self.tree.size()))
    }

    fn one(&mut self, job: Work, group: &mut Group) -> Result<Vec<Outcome>, StoreError> {
        let (drafts, cursors) = match job {
            Work::Record(_, _, Some(known)) if self.views.last_tombstone()? > known => return Ok(Vec::new()),
            Work::Record(drafts, cursors, _) => (drafts, cursors),
            Work::Decide(rule) => (rule(&self.views).map_err(StoreError::Refused)?, Vec::new()),
        };
        let outcomes = drafts
            .into_iter()
            .map(|draft| self.append(draft, group).map_err(classify))
            .collect::<Result<Vec<_>, _>>()?;
        for moved in cursors {
            self.views
                .conn
                .prepare_cached(
                    "INSERT INTO cursor(engine, version, seq) VALUES (?1, ?2, ?3)
                     ON CONFLICT(engine) DO UPDATE SET version = ?2, seq = ?3",
                )?
                .execute(params![moved.engine, moved.version, moved.seq])?;
        }
        Ok(outcomes)
    }

    fn append(&mut self, draft: Draft, group: &mut Group) -> Result<Outcome, StoreError> {
        let now = self.clock.now();
        if let Some(seq) = self.already(&draft.event, now)? {
            return Ok(Outcome::Repeated { seq });
        }
        let seq = self.tree.size() + group.hashes.len() as u64;
        let leaf = self.leaf(seq, now, &draft)?;
        self.views
            .conn
            .prepare_cached("INSERT INTO entry(seq, leaf) VALUES (?, ?)")?
            .execute(params![seq, leaf])?;
        group.hashes.push(leaf::hash(&leaf));
        if let Event::ContentErased(erased) = &draft.event {
            for (first, last) in &erased.spans {
                self.views
                    .conn
                    .prepare_cached("DELETE FROM payload WHERE seq BETWEEN ? AND ?")?
                    .execute(params![first, last])?;
            }
        }
        if let Event::BackupMade(made) = &draft.event {
            crate::backup::noted(&self.views.conn, made)?;
        }
        if let Event::JournalOpened(opened) = &draft.event {
            self.views
                .conn
                .prepare_cached("INSERT INTO generation(number, seq, origin) VALUES (?, ?, ?)")?
                .execute(params![opened.generation, seq, opened.origin])?;
        }
        self.count_accepted(&draft.event, now)?;
        let entry = Entry {
            seq,
            recorded_at: now,
            actor: draft.actor,
            caused_by: draft.caused_by,
            purpose: draft.purpose,
            event: draft.event,
        };
        self.projector.apply(&self.views.conn, &entry)?;
        Ok(Outcome::Recorded { seq })
    }

    /// The leaf of a draft; a personal body is sealed under a fresh key and the leaf commits to it.
    fn leaf(&mut self, seq: u64, now: Timestamp, draft: &Draft) -> Result<Vec<u8>, StoreError> {
        let kind = draft.event.kind();
        let body = draft.event.body().map_err(|_| StoreError::TooLarge)?;
        let content = match kind.class() {
            Class::Impersonal => Content::Body(&body),
            Class::Personal => {
                let key = match &draft.key {
                    Some(key) => {
                        self.keys.adopt_key(seq, key)?;
                        key.clone()
                    }
                    None => self.keys.fresh_key(seq)?,
                };
                let place = seal::place(self.signer.origin(), seq);
                let sealed = seal::seal(&key, &place, &body, random()?).map_err(|_| StoreError::TooLarge)?;
                self.views
                    .conn
                    .prepare_cached("INSERT INTO payload(seq, sealed) VALUES (?, ?)")?
                    .execute(params![seq, sealed])?;
                Content::Sealed(Sealed {
                    commit: seal::commit(&key.salt, &body),
                    cipher: leaf::cipher(&sealed),
                    blob: draft.blob,
                })
            }
        };
        let object = draft.event.object();
        leaf::encode(&LeafDraft {
            seq,
            site: &self.site,
            at: now,
            kind,
            actor: &draft.actor,
            object: &object,
            purpose: draft.purpose.as_deref(),
            caused_by: draft.caused_by,
            content,
        })
        .map_err(|_| StoreError::TooLarge)
    }

    /// Where the same message stands already; counts the repetition.
    fn already(&self, event: &Event, now: Timestamp) -> Result<Option<u64>, StoreError> {
        let (sql, id): (_, &[u8; 16]) = match event {
            Event::SignalReceived(signal) => {
                let seq: Option<u64> = self
                    .views
                    .conn
                    .prepare_cached("SELECT seq FROM v_signal WHERE source = ? AND key = ?")?
                    .query_row(params![signal.source.as_str(), key_hash(&signal.key.0)], |row| row.get(0))
                    .optional()?;
                // What was erased does not come in again by the same door.
                let mark = || self.projector.mark(&signal.source, &signal.key.0);
                let seq = seq.map_or_else(|| self.keys.erased(&mark()), |seq| Ok(Some(seq)))?;
                if let Some(seq) = seq {
                    self.count_repeat(seq, signal.source.as_str(), now)?;
                }
                return Ok(seq);
            }
            Event::NoteWritten(note) => ("SELECT seq FROM v_note WHERE id = ?", note.id.as_bytes()),
            Event::AttachmentKept(file) => ("SELECT seq FROM v_attachment WHERE id = ?", file.id.as_bytes()),
            _ => return Ok(None),
        };
        Ok(self.views.conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
    }

    fn count_repeat(&self, seq: u64, source: &str, now: Timestamp) -> Result<(), StoreError> {
        self.views
            .conn
            .prepare_cached(
                "INSERT INTO m_repeat(signal_seq, count) VALUES (?, 1)
                 ON CONFLICT(signal_seq) DO UPDATE SET count = count + 1",
            )?
            .execute([seq])?;
        self.views
            .conn
            .prepare_cached(
                "INSERT INTO m_source(source, repeated, last_contact_at) VALUES (?1, 1, ?2)
                 ON CONFLICT(source) DO UPDATE SET repeated = repeated + 1, last_contact_at = ?2",
            )?
            .execute(params![source, ms(now)])?;
        Ok(())
    }

    fn count_accepted(&self, event: &Event, now: Timestamp) -> Result<(), StoreError> {
        let Event::SignalReceived(signal) = event else { return Ok(()) };
        self.views.conn
            .prepare_cached(
                "INSERT INTO m_source(source, accepted, last_accepted_at, last_contact_at) VALUES (?1, 1, ?2, ?2)
                 ON CONFLICT(source) DO UPDATE SET accepted = accepted + 1, last_accepted_at = ?2,
                     last_contact_at = ?2",
            )?
            .execute(params![signal.source.as_str(), ms(now)])?;
        Ok(())
    }

    fn after_failure(&mut self, error: &StoreError) {
        // Whatever was begun is taken back; where SQLite already did, these say so and change nothing.
        let _ = self.views.conn.execute_batch("ROLLBACK");
        if matches!(error, StoreError::DiskFull) {
            self.room.filled();
        } else if !matches!(error, StoreError::Busy) && self.stopped.is_none() {
            self.stopped = Some(error.to_string());
        }
    }

    fn announce(&self, size: u64) {
        if let Ok(listeners) = self.on_commit.read() {
            for listener in listeners.iter() {
                listener(size);
            }
        }
    }
}

/// A job without its caller.
enum Work {
    /// With the tombstone that the drafts know of, where they may speak of what is erased since.
    Record(Vec<Draft>, Vec<CursorMove>, Option<u64>),
    Decide(Rule),
}

fn weight(job: &Job) -> usize {
    match job {
        Job::Record { drafts, .. } => drafts.len().max(1),
        _ => 1,
    }
}

/// A full disk is told apart from a broken one.
pub(crate) fn classify(error: StoreError) -> StoreError {
    if error.is_disk_full() {
        return StoreError::DiskFull;
    }
    match &error {
        StoreError::Sql(rusqlite::Error::SqliteFailure(cause, _)) => match cause.code {
            rusqlite::ErrorCode::SystemIoFailure | rusqlite::ErrorCode::DatabaseCorrupt => {
                StoreError::Stopped(error.to_string())
            }
            rusqlite::ErrorCode::DatabaseBusy => StoreError::Busy,
            _ => error,
        },
        _ => error,
    }
}

/// The same answer for each caller of a group.
fn copy(error: &StoreError) -> StoreError {
    match error {
        StoreError::DiskFull => StoreError::DiskFull,
        StoreError::Busy => StoreError::Busy,
        other => StoreError::Stopped(other.to_string()),
    }
}
