//! The site's own folder, opened.

use crate::clock::Clock;
use crate::error::{Refused, StoreError};
use crate::folder::{self, Folder, Held};
use crate::index::Search;
use crate::keystore::{KeySource, KeyStore, random};
use crate::origins::{self, Origins};
use crate::project::Projector;
use crate::read::Reading;
use crate::room::{Room, RoomLevel, RoomState};
use crate::rows::{AttachmentRow, JournalState};
use crate::schema;
use crate::views::Views;
use crate::writer::{CursorMove, Draft, Job, OnCommit, Outcome, QUEUE_MAX, Writer};
use rusqlite::{Connection, OptionalExtension};
use std::ops::Deref;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};
use vigie_evidence::note::SiteSigner;
use vigie_evidence::seal::PayloadKey;
use vigie_evidence::seal::file::{FileOpener, FileSealer};
use vigie_evidence::tree::Tree;
use vigie_model::{
    Actor, Attachment, AttachmentId, Entry, Event, JournalOpened, SourceId, Timestamp, UserId,
};

/// What a new site is told about itself.
#[derive(Debug, Clone)]
pub struct InitOptions {
    /// Short name of the site, such as `birao`.
    pub site: String,
    /// Name of the mission.
    pub mission: String,
    /// IANA zone of the mission's own clock.
    pub zone: String,
    /// Marks a demo store for ever.
    pub demo: bool,
}

/// What a site knows about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Short name.
    pub site: String,
    /// Name of the mission.
    pub mission: String,
    /// IANA zone.
    pub zone: String,
    /// Whether it is a demo store.
    pub demo: bool,
    /// Origin line of its checkpoints.
    pub origin: String,
    /// Verifier key of its checkpoints.
    pub verifier_key: String,
    /// Generation of its journal.
    pub generation: u32,
}

/// A change of a source's counters.
#[derive(Debug, Clone, Default)]
pub struct MeterChange {
    /// A contact that worked.
    pub contact: Option<Timestamp>,
    /// Messages refused.
    pub refused: u64,
    /// Why the last one was refused, as a catalogue message id.
    pub last_refusal: Option<String>,
    /// When and how connecting failed.
    pub error: Option<(Timestamp, String)>,
    /// What a feed said to save the next download.
    pub validators: Option<String>,
}

/// An open site. Cheap to clone; the folder is released when the last clone goes.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    folder: Folder,
    site: Site,
    origins: Origins,
    clock: Arc<dyn Clock>,
    jobs: Mutex<Option<SyncSender<Job>>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
    secrets: Mutex<KeyStore>,
    readers: Mutex<Vec<Connection>>,
    search: Arc<Search>,
    indexing: Mutex<()>,
    listeners: Arc<RwLock<Vec<OnCommit>>>,
    copy: bool,
    room: Arc<Room>,
    _held: Held,
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Without a sender the writer finishes what it has and ends; only then is the lock given up.
        if let Ok(mut jobs) = self.jobs.lock() {
            jobs.take();
        }
        if let Some(thread) = self.thread.lock().ok().and_then(|mut thread| thread.take()) {
            let _ = thread.join();
        }
    }
}

/// A read connection borrowed from the pool.
pub struct ViewsGuard<'s> {
    views: Option<Views>,
    store: &'s Inner,
}

/// Readers kept open at most.
const READERS_MAX: usize = 8;

impl Deref for ViewsGuard<'_> {
    type Target = Views;
    fn deref(&self) -> &Views {
        match &self.views {
            Some(views) => views,
            None => unreachable!("the connection leaves only on drop"),
        }
    }
}

impl Drop for ViewsGuard<'_> {
    fn drop(&mut self) {
        if let (Some(views), Ok(mut pool)) = (self.views.take(), self.store.readers.lock())
            && pool.len() < READERS_MAX
        {
            pool.push(views.conn);
        }
    }
}

/// What a site is opened with.
pub(crate) struct Parts {
    pub folder: Folder,
    pub held: Held,
    pub keys: KeyStore,
    pub site: Site,
    pub origins: Origins,
    /// The key before, where a new generation is to be opened.
    pub hands_over: Option<SiteSigner>,
}

/// The name of the secret that a generation signs with.
pub(crate) fn seed_name(generation: u32) -> String {
    if generation == 0 { "signing-seed".to_owned() } else { format!("signing-seed-{generation}") }
}

pub(crate) const ALIAS_KEY: &str = "alias-key";

impl Store {
    /// Makes a new site in an empty folder and opens it.
    pub fn init(
        dir: &Path,
        key: &KeySource,
        options: &InitOptions,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, StoreError> {
        let folder = Folder::new(dir);
        if dir.exists() && std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(StoreError::NotEmpty(dir.to_owned()));
        }
        folder::make_private(dir)?;
        let held = folder::hold(&folder)?;
        let keys = KeyStore::create(&folder.keys_db(), key)?;
        keys.put_secret(&seed_name(0), &random::<32>()?)?;
        keys.put_secret(ALIAS_KEY, &random::<32>()?)?;
        let conn = Connection::open(folder.store_db())?;
        schema::tune(&conn)?;
        conn.execute_batch("BEGIN IMMEDIATE")?;
        conn.execute_batch(schema::RECORD)?;
        conn.execute_batch(schema::METERS)?;
        conn.execute_batch(schema::VIEWS)?;
        conn.execute(
            "INSERT INTO meta(name, value) VALUES ('app', 'vigie'), ('format', ?)",
            [schema::FORMAT],
        )?;
        schema::note_views(&conn)?;
        conn.execute_batch("COMMIT")?;
        drop(conn);
        let origin = format!("vigie.local/{}/{}/0", slug(&options.mission), slug(&options.site));
        let signer = signer_of(&keys, &origin, 0)?;
        let opened = JournalOpened {
            format: schema::FORMAT,
            site: options.site.clone(),
            mission: options.mission.clone(),
            origin,
            verifier_key: signer.verifier_key(),
            generation: 0,
            demo: options.demo,
            zone: options.zone.clone(),
            successor_of: None,
        };
        let (site, origins) = (site_of(&opened), Origins::begin(&opened.origin));
        let store = Self::assemble(Parts { folder, held, keys, site, origins, hands_over: None }, clock)?;
        store.commit(vec![Draft::new(Actor::Console, Event::JournalOpened(opened))])?;
        Ok(store)
    }

    /// What the site in `dir` is, and when its last entry was recorded, without key, lock or write.
    pub fn peek(dir: &Path) -> Result<(Site, Timestamp), StoreError> {
        let folder = Folder::new(dir);
        if !folder.store_db().is_file() {
            return Err(StoreError::NotASite(dir.to_owned()));
        }
        let (opened, _) = check_format(&folder)?;
        let last_at = crate::read::last_at(&folder)?;
        Ok((site_of(&opened), last_at))
    }

    /// Opens the site in `dir`. One process at a time.
    pub fn open(dir: &Path, key: &KeySource, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let folder = Folder::new(dir);
        if !folder.store_db().is_file() || !folder.keys_db().is_file() {
            return Err(StoreError::NotASite(dir.to_owned()));
        }
        let (opened, found) = check_format(&folder)?;
        crate::room::make_way(dir);
        let held = folder::hold(&folder)?;
        let keys = KeyStore::open(&folder.keys_db(), key)?;
        let origins = crate::upgrade::bring_up(&folder, found)?;
        crate::witness::check(&folder)?;
        let (site, hands_over) = (site_of(&opened), None);
        // Whoever opened this generation may have been cut off before the key of the one before was gone.
        if let Some(before) = site.generation.checked_sub(1) {
            keys.forget_secret(&seed_name(before))?;
        }
        let store = Self::assemble(Parts { folder, held, keys, site, origins, hands_over }, clock)?;
        store.renew_views()?;
        // What is left to do is tried again while the site runs; it keeps nobody from opening it.
        if let Err(error) = store.finish_erasures() {
            tracing::error!(%error, "an erasure waits to be finished");
        }
        Ok(store)
    }

    /// Views of an earlier version are made again from the journal.
    pub(crate) fn renew_views(&self) -> Result<(), StoreError> {
        let current = schema::views_version();
        let known = self.read(|views| Ok(schema::known_views(&views.conn)?))?;
        if known.as_deref() != Some(current.as_str()) {
            self.rebuild(|_| {})?;
        }
        Ok(())
    }

    pub(crate) fn assemble(parts: Parts, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let Parts { folder, held, keys, site, origins, hands_over } = parts;
        let secrets = keys.another(&folder.keys_db())?;
        let conn = Connection::open(folder.store_db())?;
        schema::tune(&conn)?;
        let tree = resume(&conn)?;
        let search = Arc::new(Search::open(&folder.index())?);
        let alias_key = alias_key(&keys)?;
        let room = Arc::new(Room::of(folder.dir()));
        let signer = signer_of(&keys, &site.origin, site.generation)?;
        let copy = crate::export::is_copy(&conn)?;
        let mut writer = Writer::new(
            Views { conn, search: search.clone() },
            keys,
            Projector { alias_key },
            signer,
            site.site.clone(),
            tree,
            clock.clone(),
        );
        writer.hands_over = hands_over;
        writer.room = room.clone();
        let listeners = writer.on_commit.clone();
        let (jobs, queue) = sync_channel(QUEUE_MAX);
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || writer.run(&queue))
            .map_err(|cause| StoreError::Io { path: folder.dir().to_owned(), cause })?;
        let inner = Inner {
            folder,
            site,
            origins,
            clock,
            jobs: Mutex::new(Some(jobs)),
            thread: Mutex::new(Some(thread)),
            secrets: Mutex::new(secrets),
            readers: Mutex::new(Vec::new()),
            search,
            indexing: Mutex::new(()),
            listeners,
            copy,
            room,
            _held: held,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    pub(crate) fn alias_key(&self) -> Result<[u8; 32], StoreError> {
        alias_key(&*self.secrets()?)
    }

    /// What the site knows about itself.
    pub fn site(&self) -> &Site {
        &self.inner.site
    }
    pub(crate) fn origins(&self) -> &Origins {
        &self.inner.origins
    }
    /// Now, on the clock that stamps entries.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }
    /// The folder.
    pub fn dir(&self) -> &Path {
        self.inner.folder.dir()
    }
    /// Whether it was made from an export: it is read and checked, and takes no entries.
    pub fn is_copy(&self) -> bool {
        self.inner.copy
    }
    pub(crate) fn folder(&self) -> &Folder {
        &self.inner.folder
    }
    /// Held while the index follows the journal: two of them would take the same signal in twice.
    pub(crate) fn indexing(&self) -> MutexGuard<'_, ()> {
        self.inner.indexing.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
    pub(crate) fn search(&self) -> &Search {
        &self.inner.search
    }

    /// Ten random bytes for a new identifier.
    pub fn new_id_bytes(&self) -> Result<[u8; 10], StoreError> {
        random()
    }

    /// Records drafts in one transaction; they are on disk when this returns.
    pub fn commit(&self, drafts: Vec<Draft>) -> Result<Vec<Outcome>, StoreError> {
        self.writable()?;
        if drafts.iter().any(|draft| from_outside(&draft.event)) {
            self.inner.room.admits()?;
        }
        self.ask(|answer| Job::Record { drafts, cursors: Vec::new(), known: None, answer })
    }

    /// Records what an engine yielded together with how far it has read.
    pub fn commit_engine(
        &self,
        engine: &'static str,
        version: &'static str,
        next: u64,
        drafts: Vec<Draft>,
    ) -> Result<Vec<Outcome>, StoreError> {
        self.commit_moving(vec![CursorMove { engine, version, seq: next }], drafts)
    }

    pub(crate) fn commit_moving(
        &self,
        cursors: Vec<CursorMove>,
        drafts: Vec<Draft>,
    ) -> Result<Vec<Outcome>, StoreError> {
        self.writable()?;
        // What a machine makes of what is there can wait: the reserve is for people.
        self.inner.room.admits()?;
        self.ask(|answer| Job::Record { drafts, cursors, known: None, answer })
    }

    /// The same for an engine that remembers words: nothing is recorded and the cursor stays where something was erased
    /// after the tombstone `known` (see [`Store::last_tombstone`]), since the drafts may speak of it. Whether it was
    /// recorded; where not, the engine forgets and reads again.
    pub fn commit_engine_knowing(
        &self,
        known: u64,
        engine: &'static str,
        version: &'static str,
        next: u64,
        drafts: Vec<Draft>,
    ) -> Result<bool, StoreError> {
        self.writable()?;
        self.inner.room.admits()?;
        let cursors = vec![CursorMove { engine, version, seq: next }];
        let done = self.ask(|answer| Job::Record { drafts, cursors, known: Some(known), answer })?;
        Ok(!done.is_empty())
    }

    /// The latest entry that erased something; 0 where nothing was.
    pub fn last_tombstone(&self) -> Result<u64, StoreError> {
        self.read(Views::last_tombstone)
    }

    /// Lets a rule decide on the latest state; what it yields is recorded in the same transaction, and where it
    /// refuses nothing is.
    pub fn decide(
        &self,
        rule: impl FnOnce(&Views) -> Result<Vec<Draft>, Refused> + Send + 'static,
    ) -> Result<Vec<Outcome>, StoreError> {
        self.writable()?;
        self.ask(|answer| Job::Decide { rule: Box::new(rule), answer })
    }

    /// Runs `work` on the writer with nobody else writing.
    pub(crate) fn exclusive(
        &self,
        work: impl FnOnce(&mut Writer) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        self.ask(|answer| Job::Exclusive { work: Box::new(work), answer })
    }

    /// Holds so many bytes of the disk in reserve, for people to act when it is full.
    pub fn keep_reserve(&self, bytes: u64) {
        self.inner.room.keep(bytes);
    }
    /// Looks how much room there is on the disk, and keeps the reserve.
    pub fn look_at_room(&self) -> RoomState {
        self.inner.room.look()
    }
    /// How much room there was at the last look.
    pub fn room(&self) -> RoomLevel {
        self.inner.room.level()
    }

    fn writable(&self) -> Result<(), StoreError> {
        if self.inner.copy { Err(StoreError::Copy) } else { Ok(()) }
    }

    fn ask<T>(&self, job: impl FnOnce(SyncSender<Result<T, StoreError>>) -> Job) -> Result<T, StoreError> {
        let gone = || StoreError::Stopped("the writer has ended".to_owned());
        let sender = self.inner.jobs.lock().map_err(|_| gone())?.clone().ok_or_else(gone)?;
        let (answer, reply) = sync_channel(1);
        sender.send(job(answer)).map_err(|_| gone())?;
        reply.recv().map_err(|_| gone())?
    }

    /// Calls `listener` after each commit with the new size of the journal.
    pub fn on_commit(&self, listener: OnCommit) {
        if let Ok(mut listeners) = self.inner.listeners.write() {
            listeners.push(listener);
        }
    }

    /// A read connection. Reading never waits for writing.
    pub fn views(&self) -> Result<ViewsGuard<'_>, StoreError> {
        let pooled = self.inner.readers.lock().ok().and_then(|mut pool| pool.pop());
        let conn = match pooled {
            Some(conn) => conn,
            None => {
                let conn = Connection::open(self.inner.folder.store_db())?;
                schema::tune(&conn)?;
                conn.pragma_update(None, "query_only", "ON")?;
                conn
            }
        };
        let views = Some(Views { conn, search: self.inner.search.clone() });
        Ok(ViewsGuard { views, store: &self.inner })
    }

    /// Asks the views one question.
    pub fn read<T>(&self, question: impl FnOnce(&Views) -> Result<T, StoreError>) -> Result<T, StoreError> {
        question(&*self.views()?)
    }

    /// The journal, the search index and the disk, as an administrator sees them.
    pub fn journal_state(&self) -> Result<JournalState, StoreError> {
        let mut state = self.read(|views| views.journal())?;
        let folder = &self.inner.folder;
        let file = |path: std::path::PathBuf| std::fs::metadata(path).map_or(0, |meta| meta.len());
        state.disk = (file(folder.store_db()), file(folder.keys_db()), folder::bytes_below(&folder.blobs()));
        Ok(state)
    }

    /// One entry with its content, decrypted.
    pub fn entry(&self, seq: u64) -> Result<Entry, StoreError> {
        let secrets = self.secrets()?;
        self.read(|views| {
            Reading { conn: &views.conn, keys: &secrets, origins: &self.inner.origins }.entry(seq)
        })
    }

    /// Keeps a file: sealed under its own key below `blobs/`, then recorded.
    pub fn keep_attachment(
        &self,
        actor: Actor,
        id: AttachmentId,
        name: &str,
        media_type: &str,
        bytes: &[u8],
    ) -> Result<(Attachment, Outcome), StoreError> {
        self.inner.room.admits()?;
        let key = PayloadKey::from_random(&random()?);
        let mut sealer = FileSealer::new(&key, &file_place(&self.inner.site.origin, id), random()?);
        let mut sealed = Vec::with_capacity(bytes.len() + (bytes.len() >> 10) + 128);
        let refused = |_| StoreError::TooLarge;
        sealer.update(bytes, &mut sealed).map_err(refused)?;
        let seal = sealer.finish(&mut sealed).map_err(refused)?;
        let attachment = Attachment {
            id,
            name: name.chars().take(200).collect(),
            media_type: media_type.to_owned(),
            bytes: seal.bytes,
            sha256: hex::encode(seal.plain),
        };
        let path = self.inner.folder.blob(&hex::encode(seal.cipher));
        if let Some(parent) = path.parent() {
            folder::make_private(parent)?;
        }
        if let Err(error) = folder::write_private(&path, &sealed) {
            if !error.is_disk_full() {
                return Err(error);
            }
            self.inner.room.filled();
            return Err(StoreError::DiskFull);
        }
        let mut draft = Draft::new(actor, Event::AttachmentKept(attachment.clone()));
        draft.blob = Some(seal.cipher);
        draft.key = Some(key);
        let recorded = self.commit(vec![draft]);
        // After a failed write nobody knows whether the entry will be there: a file too many harms nobody.
        let unsure = matches!(&recorded, Err(StoreError::Stopped(_)));
        if !unsure && !matches!(recorded.as_deref(), Ok([Outcome::Recorded { .. }])) {
            // Nobody refers to this file: not recorded, or recorded before under the same id.
            let _ = std::fs::remove_file(&path);
        }
        let outcome = recorded?.first().copied().ok_or(StoreError::TooLarge)?;
        Ok((attachment, outcome))
    }

    /// The name of the file kept as entry `seq`; empty where it was erased or is damaged.
    pub fn attachment_name(&self, seq: u64) -> Result<String, StoreError> {
        match self.entry(seq) {
            Ok(Entry { event: Event::AttachmentKept(file), .. }) => Ok(file.name),
            Ok(_) => Ok(String::new()),
            Err(gone) if gone.is_content_gone() => Ok(String::new()),
            Err(error) => Err(error),
        }
    }

    /// A file and what is known of it.
    pub fn attachment(&self, id: AttachmentId) -> Result<Option<(AttachmentRow, Vec<u8>)>, StoreError> {
        let Some(mut row) = self.read(|views| views.attachment_row(id))? else { return Ok(None) };
        row.name = self.attachment_name(row.seq)?;
        let secrets = self.secrets()?;
        let key = secrets.payload_key(row.seq)?.ok_or(StoreError::Erased(row.seq))?;
        let blob = self.read(|views| {
            Reading { conn: &views.conn, keys: &secrets, origins: &self.inner.origins }.blob(row.seq)
        })?;
        drop(secrets);
        let path = self.inner.folder.blob(&hex::encode(blob));
        let sealed = std::fs::read(&path).map_err(|cause| StoreError::Io { path, cause })?;
        let mut opener = FileOpener::new(&key, &file_place(self.inner.origins.at(row.seq), id));
        let mut bytes = Vec::with_capacity(sealed.len());
        let damaged = |cause: vigie_evidence::seal::SealError| StoreError::Damaged {
            seq: row.seq,
            cause: cause.to_string(),
        };
        opener.update(&sealed, &mut bytes).map_err(damaged)?;
        opener.finish(&mut bytes).map_err(damaged)?;
        Ok(Some((row, bytes)))
    }

    pub(crate) fn secrets(&self) -> Result<MutexGuard<'_, KeyStore>, StoreError> {
        self.inner.secrets.lock().map_err(|_| StoreError::Stopped("a reader of keys panicked".to_owned()))
    }

    /// Sets the password hash (PHC string) of an account.
    pub fn set_password(&self, user: UserId, phc: &str) -> Result<(), StoreError> {
        self.secrets()?.set_password(user, phc)
    }
    /// The password hash of an account.
    pub fn password(&self, user: UserId) -> Result<Option<String>, StoreError> {
        self.secrets()?.password(user)
    }
    /// Opens a session under the hash of its token; sessions that ended before `now` are forgotten. People's sessions
    /// run on real time, also where the mission's clock is simulated.
    pub fn open_session(
        &self,
        token_sha256: &[u8; 32],
        user: UserId,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.secrets()?.open_session(token_sha256, user, expires, now)
    }
    /// Whose session it is, and until when.
    pub fn session(&self, token_sha256: &[u8; 32]) -> Result<Option<(UserId, Timestamp)>, StoreError> {
        self.secrets()?.session(token_sha256)
    }
    /// Ends a session.
    pub fn close_session(&self, token_sha256: &[u8; 32]) -> Result<(), StoreError> {
        self.secrets()?.close_session(token_sha256)
    }
    /// Ends every session of an account.
    pub fn close_sessions_of(&self, user: UserId) -> Result<(), StoreError> {
        self.secrets()?.close_sessions_of(user)
    }
    /// Keeps the hash of a one-time or demo token and what it opens.
    pub fn put_token(
        &self,
        token_sha256: &[u8; 32],
        what: &str,
        expires: Timestamp,
        single_use: bool,
    ) -> Result<(), StoreError> {
        self.secrets()?.put_token(token_sha256, what, expires, single_use)
    }
    /// What a token opens, where it is known and live at `now`; a single-use one is gone afterwards.
    pub fn take_token(&self, token_sha256: &[u8; 32], now: Timestamp) -> Result<Option<String>, StoreError> {
        self.secrets()?.take_token(token_sha256, now)
    }
    /// Sets the hash of a source's intake key; the old key stops working.
    pub fn set_intake_key(&self, source: &SourceId, key_sha256: &[u8; 32]) -> Result<(), StoreError> {
        self.secrets()?.set_intake_key(source, key_sha256)
    }
    /// The hash of a source's intake key.
    pub fn intake_key(&self, source: &SourceId) -> Result<Option<[u8; 32]>, StoreError> {
        self.secrets()?.intake_key(source)
    }

    /// Changes a source's counters.
    pub fn meter(&self, source: &SourceId, change: MeterChange) -> Result<(), StoreError> {
        let source = source.clone();
        self.exclusive(move |writer| crate::meter::apply(&writer.views.conn, &source, &change))
    }
}

/// What comes in from outside and can wait there.
const fn from_outside(event: &Event) -> bool {
    matches!(event, Event::SignalReceived(_) | Event::AttachmentKept(_))
}

fn file_place(origin: &str, id: AttachmentId) -> Vec<u8> {
    format!("vigie file\n{origin}\n{id}\n").into_bytes()
}

/// A name fit for an origin line: lower-case letters, digits and hyphens.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "site".to_owned() } else { slug.to_owned() }
}

pub(crate) fn signer_of(keys: &KeyStore, origin: &str, generation: u32) -> Result<SiteSigner, StoreError> {
    let mut seed = [0; 32];
    seed.copy_from_slice(keys.secret(&seed_name(generation))?.get(..32).ok_or(StoreError::WrongKey)?);
    SiteSigner::from_seed(origin, seed).map_err(|cause| StoreError::Stopped(cause.to_string()))
}

pub(crate) fn site_of(opened: &JournalOpened) -> Site {
    Site {
        site: opened.site.clone(),
        mission: opened.mission.clone(),
        zone: opened.zone.clone(),
        demo: opened.demo,
        origin: opened.origin.clone(),
        verifier_key: opened.verifier_key.clone(),
        generation: opened.generation,
    }
}

/// Refuses a newer folder before anything is written, and reads what the site is and which format it has.
pub(crate) fn check_format(folder: &Folder) -> Result<(JournalOpened, u32), StoreError> {
    let conn = Connection::open_with_flags(folder.store_db(), rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let not_a_site = || StoreError::NotASite(folder.dir().to_owned());
    let app: Option<String> = conn
        .query_row("SELECT value FROM meta WHERE name = 'app'", [], |row| row.get(0))
        .optional()
        .map_err(|_| not_a_site())?;
    if app.as_deref() != Some("vigie") {
        return Err(not_a_site());
    }
    let found: u32 = conn.query_row("SELECT value FROM meta WHERE name = 'format'", [], |row| row.get(0))?;
    if found > schema::FORMAT {
        return Err(StoreError::Newer { found, known: schema::FORMAT });
    }
    let opened = origins::latest_opening(&conn, found)?.ok_or_else(not_a_site)?;
    Ok((opened, found))
}

/// The secret behind pseudonyms and contacts.
fn alias_key(keys: &KeyStore) -> Result<[u8; 32], StoreError> {
    let secret = keys.secret(ALIAS_KEY)?;
    secret.get(..32).and_then(|bytes| bytes.try_into().ok()).ok_or(StoreError::WrongKey)
}

/// Takes the tree up where the last commit left it.
fn resume(conn: &Connection) -> Result<Tree, StoreError> {
    let size: u64 = conn.query_row("SELECT coalesce(max(seq) + 1, 0) FROM entry", [], |row| row.get(0))?;
    let tail = crate::read::tail_hashes(conn, size)?;
    Tree::resume(size, &crate::read::Tiles(conn), &tail)
        .map_err(|cause| StoreError::Damaged { seq: size, cause: cause.to_string() })
}
