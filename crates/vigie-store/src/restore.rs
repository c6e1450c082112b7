//! Makes a site of a backup, and opens the new generation in which it goes on.
//!
//! A restored site must not go on under the old name: what the lost one wrote after the backup may be known elsewhere,
//! and two histories under one name are what the witnesses watch for. So the entries keep their numbers and proofs, and
//! from the next entry on another origin and another key sign; that entry names the state it continues and the reason,
//! and the old key signs it once. Keys are wrapped under a fresh site key. Nobody stays signed in.

use crate::backup::{KEYS_BAK, KeyLine, STORE_BAK, copy_rows};
use crate::clock::Clock;
use crate::error::StoreError;
use crate::folder::{self, Folder};
use crate::keystore::{KeySource, KeyStore, random};
use crate::read::Tiles;
use crate::schema;
use crate::store::{Parts, Store, check_format, seed_name, signer_of, site_of};
use crate::views::Views;
use crate::writer::{CursorMove, Draft};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vigie_evidence::age::{Identity, Unsealing};
use vigie_evidence::keys::{self, SiteKey};
use vigie_evidence::leaf;
use vigie_evidence::tree::Tree;
use vigie_model::{Actor, Event, JournalOpened, SuccessorOf};

/// Entries written in one transaction.
const PIECE: u64 = 5_000;

/// What a backup turned out to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// Entries.
    pub entries: u64,
    /// Sealed files.
    pub files: u64,
    /// Keys and salts of entries.
    pub keys: u64,
    /// Entries whose key did not open at the lost site any more.
    pub keys_damaged: Vec<u64>,
}

/// Unpacks the backup in `from` into the folder `to`, which must be new or empty, with the keys that `identity` opens
/// wrapped anew under `key`. The folder is no site yet: [`Store::succeed`] makes it one.
pub fn unpack(
    from: &Path,
    to: &Path,
    identity: Identity,
    key: &KeySource,
    progress: &dyn Fn(u64, u64),
) -> Result<Unpacked, StoreError> {
    if to.exists() && std::fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(StoreError::NotEmpty(to.to_owned()));
    }
    folder::make_private(to)?;
    let folder = Folder::new(to);
    let bak = open_bak(&from.join(STORE_BAK))?;
    let (entries, origin) = described(&bak)?;
    let conn = Connection::open(folder.store_db())?;
    schema::tune(&conn)?;
    small(&bak, &conn)?;
    let written = write_entries(&bak, &conn, entries, progress)?;
    if written != entries {
        return Err(StoreError::Backup("backup-damaged"));
    }
    let files = blobs(&bak, &folder)?;
    let (keys, keys_damaged) = unseal_keys(&from.join(KEYS_BAK), identity, &folder, key, (&origin, entries))?;
    Ok(Unpacked { entries, files, keys, keys_damaged })
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |cause| StoreError::Io { path: path.clone(), cause }
}

pub(crate) fn open_bak(path: &Path) -> Result<Connection, StoreError> {
    File::open(path).map_err(io(path))?;
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let app: rusqlite::Result<String> =
        conn.query_row("SELECT value FROM meta WHERE name = 'app'", [], |row| row.get(0));
    match app.as_deref() {
        Ok("vigie-backup") => {}
        _ => return Err(StoreError::Backup("backup-not-one")),
    }
    let found: u32 = conn.query_row("SELECT value FROM meta WHERE name = 'format'", [], |row| row.get(0))?;
    if found > schema::FORMAT {
        return Err(StoreError::Newer { found, known: schema::FORMAT });
    }
    Ok(conn)
}

fn described(bak: &Connection) -> Result<(u64, String), StoreError> {
    let value = |name: &str| bak.query_row("SELECT value FROM meta WHERE name = ?", [name], |row| row.get(0));
    let entries: u64 = value("entries")?;
    let origin = bak.query_row("SELECT value FROM meta WHERE name = 'origin'", [], |row| row.get(0))?;
    Ok((entries, origin))
}

fn small(bak: &Connection, conn: &Connection) -> Result<(), StoreError> {
    conn.execute_batch("BEGIN IMMEDIATE")?;
    conn.execute_batch(schema::RECORD)?;
    conn.execute_batch(schema::METERS)?;
    conn.execute_batch(schema::VIEWS)?;
    conn.execute("INSERT INTO meta(name, value) VALUES ('app', 'vigie'), ('format', ?)", [schema::FORMAT])?;
    for table in ["cursor", "generation", "m_repeat", "m_source", "checkpoint"] {
        copy_rows(bak, conn, table, "")?;
    }
    conn.execute_batch("COMMIT")?;
    Ok(())
}

/// Writes entries, payloads and the tree that they give; how many entries there were.
fn write_entries(
    bak: &Connection,
    conn: &Connection,
    entries: u64,
    progress: &dyn Fn(u64, u64),
) -> Result<u64, StoreError> {
    let mut tree = Tree::new();
    let mut rows = bak.prepare(
        "SELECT e.seq, CAST(e.leaf AS BLOB), CAST(p.sealed AS BLOB) FROM entry e LEFT JOIN payload p ON p.seq = e.seq ORDER BY e.seq",
    )?;
    let mut rows = rows.query([])?;
    conn.execute_batch("BEGIN IMMEDIATE")?;
    while let Some(row) = rows.next()? {
        let (seq, stored): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if seq != tree.size() {
            return Err(StoreError::Backup("backup-damaged"));
        }
        conn.prepare_cached("INSERT INTO entry(seq, leaf) VALUES (?, ?)")?.execute(params![seq, stored])?;
        if let Some(sealed) = row.get::<_, Option<Vec<u8>>>(2)? {
            let mut put = conn.prepare_cached("INSERT INTO payload(seq, sealed) VALUES (?, ?)")?;
            put.execute(params![seq, sealed])?;
        }
        let mut tile =
            conn.prepare_cached("INSERT OR REPLACE INTO tile(level, idx, hashes) VALUES (?, ?, ?)")?;
        for complete in tree.push(leaf::hash(&stored)) {
            tile.execute(params![complete.level, complete.index, complete.hashes])?;
        }
        if tree.size().is_multiple_of(PIECE) {
            conn.execute_batch("COMMIT; BEGIN IMMEDIATE")?;
            progress(tree.size(), entries);
        }
    }
    let (index, open) = tree.open_tile();
    if !open.is_empty() {
        let mut tile =
            conn.prepare_cached("INSERT OR REPLACE INTO tile(level, idx, hashes) VALUES (?, ?, ?)")?;
        tile.execute(params![0, index, open])?;
    }
    conn.execute_batch("COMMIT")?;
    progress(tree.size(), entries);
    Ok(tree.size())
}

/// Writes the sealed files where they belong.
fn blobs(bak: &Connection, folder: &Folder) -> Result<u64, StoreError> {
    let mut rows = bak.prepare("SELECT cipher, part, bytes FROM blob ORDER BY cipher, part")?;
    let mut rows = rows.query([])?;
    let mut files = 0;
    while let Some(row) = rows.next()? {
        let (cipher, part): (String, u64) = (row.get(0)?, row.get(1)?);
        let bytes = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        // The name becomes a path: it is a hash, or the backup is none of ours.
        if cipher.len() != 64 || !cipher.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(StoreError::Backup("backup-damaged"));
        }
        let path = folder.blob(&cipher);
        if part == 0 {
            path.parent().map_or(Ok(()), folder::make_private)?;
            folder::write_private(&path, bytes)?;
            files += 1;
        } else {
            let mut file = std::fs::OpenOptions::new().append(true).open(&path).map_err(io(&path))?;
            file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io(&path))?;
        }
    }
    Ok(files)
}

/// Why the keys could not be read.
pub(crate) fn unopened(path: &Path, cause: std::io::Error) -> StoreError {
    use vigie_evidence::age::AgeError;
    match cause.get_ref().and_then(|inner| inner.downcast_ref::<AgeError>()) {
        Some(AgeError::OtherRecipient) => StoreError::Backup("backup-other-identity"),
        Some(AgeError::NotAge) => StoreError::Backup("backup-not-one"),
        Some(_) => StoreError::Backup("backup-damaged"),
        None => StoreError::Io { path: path.to_owned(), cause },
    }
}

/// Reads the keys and wraps them under the site key of here; how many entries have theirs, and which are damaged. The
/// file is sealed and its secrets open: a key of one entry that does not was damaged where it comes from.
fn unseal_keys(
    path: &Path,
    identity: Identity,
    folder: &Folder,
    key: &KeySource,
    store: (&str, u64),
) -> Result<(u64, Vec<u64>), StoreError> {
    let file = File::open(path).map_err(io(path))?;
    let mut lines = BufReader::new(Unsealing::new(file, identity)).lines();
    let mut next = || -> Result<Option<KeyLine>, StoreError> {
        let Some(line) = lines.next() else { return Ok(None) };
        let line = line.map_err(|cause| unopened(path, cause))?;
        serde_json::from_str(&line).map(Some).map_err(|_| StoreError::Backup("backup-damaged"))
    };
    let Some(KeyLine::Head { format, origin, entries, site_key }) = next()? else {
        return Err(StoreError::Backup("backup-damaged"));
    };
    if format > schema::FORMAT {
        return Err(StoreError::Newer { found: format, known: schema::FORMAT });
    }
    // Keys of a later moment hold those of every earlier entry that was not erased since.
    if origin != store.0 || entries < store.1 {
        return Err(StoreError::Backup("backup-not-a-pair"));
    }
    let before = SiteKey::from_file_text(&site_key).map_err(|_| StoreError::Backup("backup-damaged"))?;
    let keys = KeyStore::create(&folder.keys_db(), key)?;
    keys.conn.execute_batch("BEGIN IMMEDIATE")?;
    let (mut count, mut read, mut damaged) = (0, 1, Vec::new());
    loop {
        match next()? {
            Some(KeyLine::End { lines }) if lines == read => break,
            Some(KeyLine::Head { .. } | KeyLine::End { .. }) | None => {
                return Err(StoreError::Backup("backup-damaged"));
            }
            Some(KeyLine::Wrapped { seq, .. }) if seq >= store.1 => {}
            Some(KeyLine::Wrapped { seq, blob }) if !keys.take_key(seq, &blob, &before)? => damaged.push(seq),
            Some(KeyLine::Wrapped { .. }) => count += 1,
            Some(line) => keys.take_line(line, &before)?,
        }
        read += 1;
    }
    keys.conn.execute_batch("COMMIT")?;
    Ok((count, damaged))
}

impl KeyStore {
    /// Keeps the key of an entry, wrapped anew; `false` where it does not open.
    fn take_key(&self, seq: u64, blob: &str, before: &SiteKey) -> Result<bool, StoreError> {
        let blob = BASE64.decode(blob).map_err(|_| StoreError::Backup("backup-damaged"))?;
        match keys::unwrap_payload_key(before, seq, &blob) {
            Ok(key) => self.put_payload_key(seq, &key).map(|()| true),
            Err(_) => self.put_damaged_key(seq, &blob).map(|()| false),
        }
    }

    /// Keeps one line of a backup that is not the key of an entry.
    fn take_line(&self, line: KeyLine, before: &SiteKey) -> Result<(), StoreError> {
        let damaged = |_| StoreError::Backup("backup-damaged");
        let bytes = |text: &str| BASE64.decode(text).map_err(|_| StoreError::Backup("backup-damaged"));
        match line {
            KeyLine::Secret { name, blob } => {
                let secret = keys::unwrap(before, &name, &bytes(&blob)?).map_err(damaged)?;
                self.put_secret(&name, &secret)?;
            }
            KeyLine::Credential { user, phc } => {
                let mut put =
                    self.conn.prepare_cached("INSERT OR REPLACE INTO credential(user, phc) VALUES (?, ?)")?;
                put.execute(params![bytes(&user)?, phc])?;
            }
            KeyLine::IntakeKey { source, hash } => {
                let mut put = self
                    .conn
                    .prepare_cached("INSERT OR REPLACE INTO intake_key(source, hash) VALUES (?, ?)")?;
                put.execute(params![source, bytes(&hash)?])?;
            }
            KeyLine::ErasedKey { mark, seq } => {
                let mut put =
                    self.conn.prepare_cached("INSERT OR REPLACE INTO erased_key(mark, seq) VALUES (?, ?)")?;
                put.execute(params![bytes(&mark)?, seq])?;
            }
            KeyLine::Wrapped { .. } | KeyLine::Head { .. } | KeyLine::End { .. } => {}
        }
        Ok(())
    }
}

/// What opening a new generation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The new generation.
    pub generation: u32,
    /// Its first entry.
    pub seq: u64,
    /// What its signed states are checked with.
    pub verifier_key: String,
}

/// What goes along with a new generation.
pub struct Along<'r> {
    /// Why it is opened, in the words of whoever does it.
    pub reason: &'r str,
    /// Further entries, by a rule that looks at the restored views: what must not go out twice.
    pub rule: &'r dyn Fn(&Views) -> Result<Vec<Draft>, StoreError>,
    /// Engines (name, version) that go on behind everything that is here: they act outward.
    pub past: &'r [(&'static str, &'static str)],
}

impl Store {
    /// Opens the site in `dir`, an older copy of itself, in a new generation of its journal.
    pub fn succeed(
        dir: &Path,
        key: &KeySource,
        clock: Arc<dyn Clock>,
        along: &Along<'_>,
    ) -> Result<(Self, Succession), StoreError> {
        let folder = Folder::new(dir);
        if !folder.store_db().is_file() || !folder.keys_db().is_file() {
            return Err(StoreError::NotASite(dir.to_owned()));
        }
        let (opened, found) = check_format(&folder)?;
        let held = folder::hold(&folder)?;
        let keys = KeyStore::open(&folder.keys_db(), key)?;
        let origins = crate::upgrade::bring_up(&folder, found)?;
        let (seq, checkpoint) = last_signed(&folder)?;
        let generation = opened.generation + 1;
        let origin = next_origin(&opened.origin, generation);
        let hands_over = Some(signer_of(&keys, &opened.origin, opened.generation)?);
        keys.put_secret(&seed_name(generation), &random::<32>()?)?;
        let verifier_key = signer_of(&keys, &origin, generation)?.verifier_key();
        let next = JournalOpened {
            format: schema::FORMAT,
            origin: origin.clone(),
            verifier_key: verifier_key.clone(),
            generation,
            successor_of: Some(SuccessorOf { checkpoint, reason: along.reason.to_owned() }),
            ..opened
        };
        let (site, origins) = (site_of(&next), origins.then(seq, &origin));
        let store = Self::assemble(Parts { folder, held, keys, site, origins, hands_over }, clock)?;
        store.renew_views()?;
        let mut drafts = vec![Draft::new(Actor::Console, Event::JournalOpened(next))];
        drafts.extend(store.read(|views| (along.rule)(views))?);
        let to = seq + drafts.len() as u64;
        let past = along.past.iter();
        let cursors = past.map(|(engine, version)| CursorMove { engine, version, seq: to }).collect();
        store.commit_moving(cursors, drafts)?;
        store.secrets()?.forget_secret(&seed_name(generation - 1))?;
        Ok((store, Succession { generation, seq, verifier_key }))
    }
}

/// The last signed state, which has to cover every entry.
fn last_signed(folder: &Folder) -> Result<(u64, String), StoreError> {
    let conn = Connection::open(folder.store_db())?;
    schema::tune(&conn)?;
    let size: u64 = conn.query_row("SELECT coalesce(max(seq) + 1, 0) FROM entry", [], |row| row.get(0))?;
    let note: Option<String> = conn
        .query_row("SELECT CAST(note AS TEXT) FROM checkpoint WHERE size = ?", [size], |row| row.get(0))
        .optional()?;
    let damaged = |cause: String| StoreError::Damaged { seq: size, cause };
    let tail = crate::read::tail_hashes(&conn, size)?;
    Tree::resume(size, &Tiles(&conn), &tail).map_err(|cause| damaged(cause.to_string()))?;
    note.map(|note| (size, note)).ok_or_else(|| damaged("no signed state covers it".to_owned()))
}

/// `vigie.local/minut/birao/0` becomes `vigie.local/minut/birao/1`.
fn next_origin(origin: &str, generation: u32) -> String {
    let stem = origin.rsplit_once('/').map_or(origin, |(stem, _)| stem);
    format!("{stem}/{generation}")
}

/// Puts a folder that was made ready beside it in its place.
pub fn settle(ready: &Path, place: &Path) -> Result<(), StoreError> {
    if place.exists() {
        // Only an empty folder gives way.
        std::fs::remove_dir(place).map_err(io(place))?;
    }
    std::fs::rename(ready, place).map_err(io(place))?;
    let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.map_or_else(|| PathBuf::from("."), Path::to_owned);
    File::open(&parent).and_then(|dir| dir.sync_all()).map_err(io(&parent))
}

/// A folder beside `place` in which a restore is made ready; one left by a restore that was cut off is taken away.
pub fn beside(place: &Path) -> Result<PathBuf, StoreError> {
    let mut name = place.as_os_str().to_owned();
    name.push(".restoring");
    let ready = PathBuf::from(name);
    match std::fs::remove_dir_all(&ready) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(io(&ready)(cause)),
        _ => Ok(ready),
    }
}
