//! Backs a site up while it runs: `store.bak` and `keys.bak.age`.
//!
//! Entries never change, so they are copied a few thousand at a time, each piece read in a moment of its own: the site
//! goes on writing, and its log is never held up by a long look at an old state. Views and index are left out, since they
//! are derived: `store.bak` holds nothing in clear. Keys are read after the entries, so every entry has its own, and
//! what was erased meanwhile has none. They are sealed to an age recipient whose secret half is not at the site.
//!
//! The keys are put in place first: with an older `store.bak` newer keys still fit. A backup is whole or was not made.

use crate::codec::json;
use crate::error::StoreError;
use crate::folder::{self, Folder};
use crate::keystore::{KeySource, KeyStore, random};
use crate::schema;
use crate::store::{Store, check_format, site_of};
use crate::views::Views;
use crate::writer::Draft;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use vigie_evidence::age::{Chance, Recipient, Sealer};
use vigie_evidence::{Hash, leaf, sha256};
use vigie_model::{Actor, BackupMade, ContentErased, Event, Timestamp};

/// Name of the entries' file.
pub const STORE_BAK: &str = "store.bak";
/// Name of the keys' file.
pub const KEYS_BAK: &str = "keys.bak.age";
/// Entries copied in one piece.
const PIECE: u64 = 2_000;
/// Bytes of a sealed file in one row.
const PART_BYTES: usize = 1 << 20;
/// Bytes after which the copy waits for its disk, so that the site's own writes never wait behind many of ours.
const SYNC_BYTES: u64 = 8 << 20;

/// The tables of `store.bak`.
const TABLES: &str = "
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE entry(seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL);
CREATE TABLE payload(seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note TEXT NOT NULL);
CREATE TABLE cursor(engine TEXT PRIMARY KEY, version TEXT NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE generation(number INTEGER PRIMARY KEY, seq INTEGER NOT NULL, origin TEXT NOT NULL);
CREATE TABLE m_repeat(signal_seq INTEGER PRIMARY KEY, count INTEGER NOT NULL);
CREATE TABLE m_source(source TEXT PRIMARY KEY, last_contact_at INTEGER, last_accepted_at INTEGER,
    accepted INTEGER NOT NULL DEFAULT 0, repeated INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0,
    last_refusal TEXT, last_error TEXT, last_error_at INTEGER, validators TEXT) WITHOUT ROWID;
CREATE TABLE blob(cipher TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(cipher, part));
";

/// Small tables that are copied whole at the start, in the same moment as the size.
const SMALL: [&str; 4] = ["cursor", "generation", "m_repeat", "m_source"];

/// One line of the keys' file, before it is sealed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum KeyLine {
    /// The first line.
    Head { format: u32, origin: String, entries: u64, site_key: String },
    /// Key and salt of an entry, wrapped under the site key.
    Wrapped { seq: u64, blob: String },
    /// A named secret, wrapped under the site key.
    Secret { name: String, blob: String },
    /// A password hash.
    Credential { user: String, phc: String },
    /// The hash of a source's intake key.
    IntakeKey { source: String, hash: String },
    /// What was erased and is not to come in again.
    ErasedKey { mark: String, seq: u64 },
    /// The last line: without it the file is cut.
    End { lines: u64 },
}

/// A backup that was made, and what of it is damaged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackedUp {
    /// What is recorded of it.
    #[serde(flatten)]
    pub made: BackupMade,
    /// Entries whose content, file or key was damaged or lost here before: the backup cannot bring them back.
    pub damaged: Vec<u64>,
}

/// The folder below a backup's own in which the last whole one stays while new ones hold damaged contents.
pub const BEFORE: &str = "before";

impl KeyLine {
    /// The entry whose key it is.
    fn wrapped(&self) -> Option<u64> {
        if let Self::Wrapped { seq, .. } = self { Some(*seq) } else { None }
    }
}

/// Backs the site in `dir` up into the folder `to`. `progress` is called with entries done and in all.
pub fn back_up(
    dir: &Path,
    key: &KeySource,
    to: &Path,
    recipient: &Recipient,
    now: Timestamp,
    progress: &dyn Fn(u64, u64),
) -> Result<BackedUp, StoreError> {
    let folder = Folder::new(dir);
    let (opened, found) = check_format(&folder)?;
    if found != schema::FORMAT {
        return Err(StoreError::Older { found, known: schema::FORMAT });
    }
    let keys = KeyStore::open(&folder.keys_db(), key)?;
    let origin = site_of(&opened).origin;
    let made = Making { folder: &folder, keys: &keys, origin: &origin, to, recipient, now }.make(progress)?;
    leave_note(&folder, &made.made)?;
    Ok(made)
}

/// What a backup is made of, and for whom.
struct Making<'a> {
    folder: &'a Folder,
    keys: &'a KeyStore,
    origin: &'a str,
    to: &'a Path,
    recipient: &'a Recipient,
    now: Timestamp,
}

impl Making<'_> {
    fn make(&self, progress: &dyn Fn(u64, u64)) -> Result<BackedUp, StoreError> {
        let Self { to, recipient, .. } = *self;
        folder::make_private(to)?;
        let (store_part, keys_part) = (to.join("store.bak.part"), to.join("keys.bak.age.part"));
        let parts = self.write(&store_part, &keys_part, progress);
        let (entries, files, damaged) = match parts {
            Ok(counts) => counts,
            Err(error) => {
                // What was begun takes room and is of no use.
                for part in [store_part, keys_part] {
                    let _ = std::fs::remove_file(part);
                }
                return Err(error);
            }
        };
        let length = |path: &Path| std::fs::metadata(path).map_or(0, |meta| meta.len());
        let bytes = length(&store_part) + length(&keys_part);
        let last_whole = to.join(BEFORE);
        if !damaged.is_empty() && to.join(STORE_BAK).exists() && !last_whole.join(STORE_BAK).exists() {
            folder::make_private(&last_whole)?;
            put_in_place(&to.join(KEYS_BAK), &last_whole.join(KEYS_BAK))?;
            put_in_place(&to.join(STORE_BAK), &last_whole.join(STORE_BAK))?;
        }
        put_in_place(&keys_part, &to.join(KEYS_BAK))?;
        put_in_place(&store_part, &to.join(STORE_BAK))?;
        if damaged.is_empty() {
            // Old keys open what was erased since: they are kept for as long as they are needed.
            let _ = [KEYS_BAK, STORE_BAK].map(|file| std::fs::remove_file(last_whole.join(file)));
            let _ = std::fs::remove_dir(&last_whole);
        }
        let made = BackupMade { at: self.now, entries, files, bytes, recipient: recipient.to_string() };
        Ok(BackedUp { made, damaged })
    }

    /// Entries and files written, and the entries of which something is damaged.
    fn write(
        &self,
        store_part: &Path,
        keys_part: &Path,
        progress: &dyn Fn(u64, u64),
    ) -> Result<(u64, u64, Vec<u64>), StoreError> {
        let mut copy = Copy::begin(self.folder, store_part)?;
        copy.entries(self.origin, progress)?;
        let (entries, files, mut damaged) = (copy.size, copy.files, copy.damaged()?);
        copy.finish()?;
        damaged.extend(seal_keys(self.keys, self.recipient, self.origin, entries, keys_part)?);
        Ok((entries, files, damaged.into_iter().collect()))
    }
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |cause| StoreError::Io { path: path.clone(), cause }
}

fn put_in_place(part: &Path, whole: &Path) -> Result<(), StoreError> {
    std::fs::rename(part, whole).map_err(io(whole))?;
    let parent = whole.parent().unwrap_or(whole);
    File::open(parent).and_then(|dir| dir.sync_all()).map_err(io(parent))
}

/// The site records the backup itself: only its own writer adds entries.
fn leave_note(folder: &Folder, made: &BackupMade) -> Result<(), StoreError> {
    let conn = Connection::open(folder.store_db())?;
    schema::tune(&conn)?;
    let body = serde_json::to_string(made).map_err(|cause| StoreError::Stopped(cause.to_string()))?;
    conn.execute("INSERT INTO m_backup(body) VALUES (?)", [body])?;
    Ok(())
}

/// The note of a backup goes with the entry that records it.
pub(crate) fn noted(conn: &Connection, made: &BackupMade) -> Result<(), StoreError> {
    let body = serde_json::to_string(made).map_err(|cause| StoreError::Stopped(cause.to_string()))?;
    conn.prepare_cached("DELETE FROM m_backup WHERE body = ?")?.execute([body])?;
    Ok(())
}

impl Store {
    /// Backs the site up into the folder `to` from within and records it as an act of `by`.
    pub fn back_up(
        &self,
        to: &Path,
        recipient: &Recipient,
        by: Actor,
        now: Timestamp,
        progress: &dyn Fn(u64, u64),
    ) -> Result<BackedUp, StoreError> {
        let folder = self.folder();
        // Keys are read for as long as it takes: nobody who opens content waits for that.
        let keys = self.secrets()?.another(&folder.keys_db())?;
        let origin = &self.site().origin;
        let made = Making { folder, keys: &keys, origin, to, recipient, now }.make(progress)?;
        self.commit(vec![Draft::new(by, Event::BackupMade(made.made.clone()))])?;
        Ok(made)
    }

    /// Records the backups that were made beside the running site; how many.
    pub fn record_backups(&self) -> Result<usize, StoreError> {
        let made: Vec<String> = self.read(|views| {
            let mut rows = views.conn.prepare_cached("SELECT body FROM m_backup ORDER BY id")?;
            Ok(rows.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
        })?;
        let made: Vec<BackupMade> = made.iter().filter_map(|body| serde_json::from_str(body).ok()).collect();
        let drafts = made.into_iter().map(|made| Draft::new(Actor::Console, Event::BackupMade(made)));
        let drafts: Vec<Draft> = drafts.collect();
        if drafts.is_empty() {
            return Ok(0);
        }
        Ok(self.commit(drafts)?.len())
    }
}

impl Views {
    /// The latest backups that were recorded, latest first.
    pub fn backups(&self, limit: u32) -> Result<Vec<BackupMade>, StoreError> {
        let mut rows = self.conn.prepare_cached("SELECT body FROM v_backup ORDER BY seq DESC LIMIT ?")?;
        let rows: Vec<Option<BackupMade>> =
            rows.query_map([limit], |row| json(row, 0))?.collect::<rusqlite::Result<_>>()?;
        Ok(rows.into_iter().flatten().collect())
    }
}

/// A copy under way.
struct Copy {
    from: Connection,
    into: Connection,
    folder: Folder,
    part: PathBuf,
    size: u64,
    files: u64,
    unsynced: u64,
    /// Entries whose content or file is not as recorded.
    changed: BTreeSet<u64>,
    /// Entries whose content or file is not there.
    missing: BTreeSet<u64>,
}

impl Copy {
    fn begin(folder: &Folder, part: &Path) -> Result<Self, StoreError> {
        match std::fs::remove_file(part) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(io(part)(cause)),
            _ => {}
        }
        folder::write_private(part, b"")?;
        let from = Connection::open(folder.store_db())?;
        schema::tune(&from)?;
        from.pragma_update(None, "query_only", "ON")?;
        let into = Connection::open(part)?;
        // A backup that is cut off is made again: only its end has to be on disk.
        into.pragma_update(None, "journal_mode", "OFF")?;
        into.pragma_update(None, "synchronous", "OFF")?;
        into.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        into.execute_batch(TABLES)?;
        Ok(Self {
            from,
            into,
            folder: folder.clone(),
            part: part.to_owned(),
            size: 0,
            files: 0,
            unsynced: 0,
            changed: BTreeSet::new(),
            missing: BTreeSet::new(),
        })
    }

    fn entries(&mut self, origin: &str, progress: &dyn Fn(u64, u64)) -> Result<(), StoreError> {
        self.small(origin)?;
        let mut next = 0;
        loop {
            while next < self.size {
                next = self.piece(next)?;
                if self.unsynced >= SYNC_BYTES {
                    self.sync()?;
                }
                progress(next, self.size);
            }
            if !self.erased_meanwhile()? {
                return Ok(());
            }
        }
    }

    /// Goes on to where the journal stands now, if something was erased while entries were copied: a hole comes with
    /// the entry that says whose it is.
    fn erased_meanwhile(&mut self) -> Result<bool, StoreError> {
        let mut erased = self.from.prepare_cached("SELECT 1 FROM v_erased WHERE seq >= ?")?;
        let more = erased.exists([self.size])?;
        drop(erased);
        if more {
            self.moment()?;
        }
        Ok(more)
    }

    /// Names what this is, and takes the first moment.
    fn small(&mut self, origin: &str) -> Result<(), StoreError> {
        self.into.execute(
            "INSERT INTO meta(name, value) VALUES ('app', 'vigie-backup'), ('format', ?), ('origin', ?)",
            params![schema::FORMAT, origin],
        )?;
        self.moment()
    }

    /// How far the journal is signed, and everything small, in one moment: engines go on where their entries end.
    fn moment(&mut self) -> Result<(), StoreError> {
        self.from.execute_batch("BEGIN")?;
        self.size = self.from.query_row("SELECT max(size) FROM checkpoint", [], |row| row.get(0))?;
        self.into.execute_batch("BEGIN")?;
        for table in SMALL.iter().chain(&["checkpoint"]) {
            self.into.execute(&format!("DELETE FROM {table}"), [])?;
            copy_rows(&self.from, &self.into, table, "")?;
        }
        self.into
            .execute("INSERT OR REPLACE INTO meta(name, value) VALUES ('entries', ?)", params![self.size])?;
        self.into.execute_batch("COMMIT")?;
        self.from.execute_batch("COMMIT")?;
        Ok(())
    }

    /// Copies the entries from `first` on; where the next piece begins.
    fn piece(&mut self, first: u64) -> Result<u64, StoreError> {
        let end = self.size.min(first + PIECE);
        let mut blobs = Vec::new();
        self.into.execute_batch("BEGIN")?;
        {
            let mut rows = self.from.prepare_cached(
                "SELECT e.seq, CAST(e.leaf AS BLOB), CAST(p.sealed AS BLOB) FROM entry e LEFT JOIN payload p ON p.seq = e.seq
                 WHERE e.seq >= ? AND e.seq < ? ORDER BY e.seq",
            )?;
            let mut rows = rows.query((first, end))?;
            while let Some(row) = rows.next()? {
                let (seq, stored): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
                let sealed: Option<Vec<u8>> = row.get(2)?;
                let of = sealed_of(seq, &stored)?;
                blobs.extend(of.as_ref().and_then(|of| of.blob).map(|blob| (seq, blob)));
                match (&of, &sealed) {
                    (Some(of), Some(sealed)) if sha256(sealed) != of.cipher => self.changed.insert(seq),
                    (Some(_), None) => self.missing.insert(seq),
                    _ => false,
                };
                self.unsynced += (stored.len() + sealed.as_ref().map_or(0, Vec::len)) as u64;
                let mut entry = self.into.prepare_cached("INSERT INTO entry(seq, leaf) VALUES (?, ?)")?;
                entry.execute(params![seq, stored])?;
                if let Some(sealed) = sealed {
                    let mut put =
                        self.into.prepare_cached("INSERT INTO payload(seq, sealed) VALUES (?, ?)")?;
                    put.execute(params![seq, sealed])?;
                }
            }
        }
        for (seq, cipher) in blobs {
            self.blob(seq, &cipher)?;
        }
        self.into.execute_batch("COMMIT")?;
        Ok(end)
    }

    /// The entries of which something is damaged, or gone although no tombstone names it.
    fn damaged(&self) -> Result<BTreeSet<u64>, StoreError> {
        let mut damaged = self.changed.clone();
        let mut missing = self.missing.clone();
        let mut rows = self.from.prepare("SELECT body FROM v_erased")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let erased: Option<ContentErased> = json(row, 0)?;
            for seq in erased.iter().flat_map(ContentErased::entries) {
                missing.remove(&seq);
            }
        }
        damaged.append(&mut missing);
        Ok(damaged)
    }

    /// Copies a sealed file; one that is not there was erased, or is missed at the end.
    fn blob(&mut self, seq: u64, recorded: &Hash) -> Result<(), StoreError> {
        let cipher = &hex::encode(recorded);
        let path = self.folder.blob(cipher);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                self.missing.insert(seq);
                return Ok(());
            }
            Err(cause) => return self.unread(seq, cipher, &cause),
        };
        let mut found = Sha256::new();
        for part in 0_u64.. {
            let mut bytes = Vec::with_capacity(PART_BYTES);
            if let Err(cause) = Read::by_ref(&mut file).take(PART_BYTES as u64).read_to_end(&mut bytes) {
                return self.unread(seq, cipher, &cause);
            }
            if bytes.is_empty() && part > 0 {
                break;
            }
            let full = bytes.len() == PART_BYTES;
            found.update(&bytes);
            self.unsynced += bytes.len() as u64;
            self.into
                .prepare_cached("INSERT OR IGNORE INTO blob(cipher, part, bytes) VALUES (?, ?, ?)")?
                .execute(params![cipher, part, bytes])?;
            if self.unsynced >= SYNC_BYTES {
                self.sync()?;
            }
            if !full {
                break;
            }
        }
        self.files += 1;
        if Hash::from(found.finalize()) != *recorded {
            self.changed.insert(seq);
        }
        Ok(())
    }

    /// A file that the disk does not give back is damaged; what was read of it is of no use.
    fn unread(&mut self, seq: u64, cipher: &str, cause: &std::io::Error) -> Result<(), StoreError> {
        tracing::error!(entry = seq, %cause, "a sealed file cannot be read");
        self.changed.insert(seq);
        self.into.execute("DELETE FROM blob WHERE cipher = ?", [cipher])?;
        Ok(())
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        self.unsynced = 0;
        File::open(&self.part).and_then(|file| file.sync_data()).map_err(io(&self.part))
    }

    fn finish(self) -> Result<(), StoreError> {
        let Self { into, part, .. } = self;
        into.close().map_err(|(_, cause)| cause)?;
        File::open(&part).and_then(|file| file.sync_all()).map_err(io(&part))
    }
}

/// What an entry seals apart.
fn sealed_of(seq: u64, stored: &[u8]) -> Result<Option<leaf::Sealed>, StoreError> {
    let leaf = leaf::decode(stored).map_err(|cause| StoreError::Damaged { seq, cause: cause.to_string() })?;
    Ok(match leaf.content {
        leaf::Content::Sealed(sealed) => Some(sealed),
        leaf::Content::Body(_) => None,
    })
}

/// The name of the sealed file that belongs to an entry.
pub(crate) fn blob_of(seq: u64, stored: &[u8]) -> Result<Option<String>, StoreError> {
    Ok(sealed_of(seq, stored)?.and_then(|sealed| sealed.blob).map(hex::encode))
}

/// Copies every row of `table`, column by column as they stand in the table copied into.
pub(crate) fn copy_rows(
    from: &Connection,
    into: &Connection,
    table: &str,
    which: &str,
) -> Result<(), StoreError> {
    let mut columns = into.prepare("SELECT name FROM pragma_table_info(?) ORDER BY cid")?;
    let columns: Vec<String> =
        columns.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let list = columns.join(", ");
    let marks = vec!["?"; columns.len()].join(", ");
    let mut rows = from.prepare(&format!("SELECT {list} FROM {table} {which}"))?;
    let mut rows = rows.query([])?;
    let mut put = into.prepare(&format!("INSERT INTO {table}({list}) VALUES ({marks})"))?;
    while let Some(row) = rows.next()? {
        for column in 0..columns.len() {
            put.raw_bind_parameter(column + 1, row.get::<_, rusqlite::types::Value>(column)?)?;
        }
        put.raw_execute()?;
    }
    Ok(())
}

/// Writes the keys of the first `entries` entries, sealed to `recipient`; the entries whose key does not open.
fn seal_keys(
    keys: &KeyStore,
    recipient: &Recipient,
    origin: &str,
    entries: u64,
    part: &Path,
) -> Result<Vec<u64>, StoreError> {
    let _ = std::fs::remove_file(part);
    folder::write_private(part, b"")?;
    let file = std::fs::OpenOptions::new().append(true).open(part).map_err(io(part))?;
    let chance = Chance { file_key: random()?, ephemeral: random()?, nonce: random()? };
    let mut out = Vec::new();
    let sealer = Sealer::new(recipient, &chance, &mut out);
    let mut lines = Lines { sealer, out, file, path: part.to_owned(), count: 0 };
    lines.put(&KeyLine::Head {
        format: schema::FORMAT,
        origin: origin.to_owned(),
        entries,
        site_key: keys.site_key_text().trim().to_owned(),
    })?;
    keys.conn.execute_batch("BEGIN")?;
    let mut damaged = Vec::new();
    let written = each_line(&keys.conn, entries, &mut |line, blob| {
        damaged.extend(line.wrapped().filter(|seq| !keys.is_whole(*seq, blob)));
        lines.put(&line)
    });
    keys.conn.execute_batch("COMMIT")?;
    written?;
    let count = lines.count;
    lines.put(&KeyLine::End { lines: count })?;
    lines.finish()?;
    Ok(damaged)
}

/// Takes a line and the bytes in its second column: of a key, how it is wrapped.
type Take<'t> = dyn FnMut(KeyLine, &[u8]) -> Result<(), StoreError> + 't;

/// Everything of `keys.db` that a restored site needs. Sessions and one-time codes are left behind.
fn each_line(conn: &Connection, entries: u64, take: &mut Take<'_>) -> Result<(), StoreError> {
    let mut each = |sql: &str, make: &dyn Fn(&rusqlite::Row<'_>) -> rusqlite::Result<KeyLine>| {
        let mut rows = conn.prepare(sql)?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            take(make(row)?, row.get_ref(1)?.as_bytes().unwrap_or_default())?;
        }
        Ok::<_, StoreError>(())
    };
    let coded = |row: &rusqlite::Row<'_>, column: usize| -> rusqlite::Result<String> {
        Ok(BASE64.encode(row.get::<_, Vec<u8>>(column)?))
    };
    each("SELECT name, blob FROM secret ORDER BY name", &|row| {
        Ok(KeyLine::Secret { name: row.get(0)?, blob: coded(row, 1)? })
    })?;
    each("SELECT user, phc FROM credential ORDER BY user", &|row| {
        Ok(KeyLine::Credential { user: coded(row, 0)?, phc: row.get(1)? })
    })?;
    each("SELECT source, hash FROM intake_key ORDER BY source", &|row| {
        Ok(KeyLine::IntakeKey { source: row.get(0)?, hash: coded(row, 1)? })
    })?;
    each("SELECT mark, seq FROM erased_key ORDER BY mark", &|row| {
        Ok(KeyLine::ErasedKey { mark: coded(row, 0)?, seq: row.get(1)? })
    })?;
    // Keys are written ahead of their entries: those that no entry of this backup uses stay here.
    each(&format!("SELECT seq, CAST(blob AS BLOB) FROM wrapped WHERE seq < {entries} ORDER BY seq"), &|row| {
        Ok(KeyLine::Wrapped { seq: row.get(0)?, blob: coded(row, 1)? })
    })
}

/// Lines on their way through the seal into the file.
struct Lines {
    sealer: Sealer,
    out: Vec<u8>,
    file: File,
    path: PathBuf,
    count: u64,
}

impl Lines {
    fn put(&mut self, line: &KeyLine) -> Result<(), StoreError> {
        let mut text = serde_json::to_vec(line).map_err(|cause| StoreError::Stopped(cause.to_string()))?;
        text.push(b'\n');
        self.sealer.update(&text, &mut self.out);
        self.count += 1;
        if self.out.len() >= PART_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        self.file.write_all(&self.out).map_err(io(&self.path))?;
        self.out.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<(), StoreError> {
        let last = &mut self.out;
        self.sealer.finish(last);
        self.file.write_all(last).map_err(io(&self.path))?;
        self.file.sync_all().map_err(io(&self.path))
    }
}
