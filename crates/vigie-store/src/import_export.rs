//! Takes an export in: a new folder that holds the same entries, contents and tree, hash by hash.
//!
//! What comes of it is a *copy*. It can be read, checked, rebuilt and exported again; it takes no entries of its own,
//! because its journal is signed by a key that stayed at home: two hands that write on under one name would be a fork.
//! It is built beside its place and moved there when it is whole. Whatever does not fit ends it, and nothing is kept.

use crate::error::StoreError;
use crate::folder::{self, Folder};
use crate::keystore::{KeySource, KeyStore, random};
use crate::origins;
use crate::schema;
use crate::store::{ALIAS_KEY, seed_name};
use rusqlite::{Connection, params};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use vigie_evidence::age::{self, Identity, Unsealing};
use vigie_evidence::audit::{self, Auditor, Demands};
use vigie_evidence::exported::{
    CHECKPOINT, CHECKPOINTS, ContentLine, ENTRIES, LINE_BYTES_MAX, file_path, payload_path, state_path,
    state_size,
};
use vigie_evidence::leaf::{self, Content, LEAF_BYTES_MAX};
use vigie_evidence::note::NOTE_BYTES_MAX;
use vigie_evidence::sha256;
use vigie_evidence::tree::{SourceError, TILE_WIDTH, TileSource, Tree};

/// What was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportedReport {
    /// Entries.
    pub entries: u64,
    /// Their root hash, hexadecimal.
    pub root: String,
    /// Sealed contents.
    pub payloads: u64,
    /// Sealed contents that can be opened here.
    pub readable: u64,
    /// Sealed files.
    pub files: u64,
}

/// Makes the site folder `dir`, which must not be there or be empty, from the export in `from`. A key file that does
/// not exist is made, and taken away again where the export is refused.
pub fn import_export(
    from: &Path,
    dir: &Path,
    key: &KeySource,
    progress: impl Fn(u64),
) -> Result<ImportedReport, StoreError> {
    import_sealed(from, None, dir, key, progress)
}

/// The same from an export whose every file is sealed: `identity` opens it while it is read.
pub fn import_sealed(
    from: &Path,
    identity: Option<&Identity>,
    dir: &Path,
    key: &KeySource,
    progress: impl Fn(u64),
) -> Result<ImportedReport, StoreError> {
    folder::must_be_empty(dir)?;
    let made = match key {
        KeySource::File(path) if !path.exists() => Some(path.clone()),
        _ => None,
    };
    let done = folder::beside_then_moved(dir, |partial| {
        let from = Shelf { dir: from.to_owned(), identity: identity.cloned() };
        let mut taking = Taking::start(from, partial, key)?;
        taking.conn.execute_batch("BEGIN IMMEDIATE")?;
        taking.keys.conn.execute_batch("BEGIN IMMEDIATE")?;
        taking.entries(&progress)?;
        taking.finish()
    });
    if let (Err(_), Some(path)) = (&done, made) {
        let _ = std::fs::remove_file(path);
    }
    done
}

/// Tiles are derived from the entries, not taken over.
struct NoTiles;

impl TileSource for NoTiles {
    fn tile(&self, _level: u8, _index: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(None)
    }
}

/// The files of the export, by the names that they have in the clear.
struct Shelf {
    dir: PathBuf,
    identity: Option<Identity>,
}

impl Shelf {
    fn place(&self, path: &str) -> PathBuf {
        let ending = if self.identity.is_some() { age::ENDING } else { "" };
        self.dir.join(format!("{path}{ending}"))
    }

    /// The file, opened; `None` where there is none.
    fn open(&self, path: &str) -> Result<Option<Box<dyn Read>>, StoreError> {
        let place = self.place(path);
        let file = match File::open(&place) {
            Ok(file) => file,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(StoreError::Io { path: place, cause }),
        };
        Ok(Some(match &self.identity {
            Some(identity) => Box::new(Unsealing::new(file, identity.clone())),
            None => Box::new(file),
        }))
    }

    fn must_open(&self, path: &str) -> Result<Box<dyn Read>, StoreError> {
        let absent = || StoreError::Io { path: self.place(path), cause: ErrorKind::NotFound.into() };
        self.open(path)?.ok_or_else(absent)
    }
}

struct Taking {
    from: Shelf,
    folder: Folder,
    conn: Connection,
    keys: KeyStore,
    tree: Tree,
    contents: BTreeMap<u64, ContentLine>,
    /// Holds entries, hand-overs and signed states against each other while they are taken in.
    auditor: Auditor<NoTiles>,
    /// Signed states by the entries that they cover, until they come up.
    states: BTreeMap<u64, String>,
    report: ImportedReport,
}

impl Taking {
    fn start(from: Shelf, partial: &Path, key: &KeySource) -> Result<Self, StoreError> {
        let folder = Folder::new(partial);
        let keys = KeyStore::create(&folder.keys_db(), key)?;
        keys.put_secret(ALIAS_KEY, &random::<32>()?)?;
        let conn = Connection::open(folder.store_db())?;
        schema::tune(&conn)?;
        conn.execute_batch(schema::RECORD)?;
        conn.execute_batch(schema::METERS)?;
        conn.execute_batch(schema::VIEWS)?;
        conn.execute(
            "INSERT INTO meta(name, value) VALUES ('app', 'vigie'), ('format', ?), ('copy', 1)",
            [schema::FORMAT],
        )?;
        let report = ImportedReport { entries: 0, root: String::new(), payloads: 0, readable: 0, files: 0 };
        let states = states(&from)?;
        Ok(Self {
            from,
            folder,
            conn,
            keys,
            tree: Tree::new(),
            contents: BTreeMap::new(),
            auditor: Auditor::new(Demands::default(), NoTiles),
            states,
            report,
        })
    }

    fn entries(&mut self, progress: &impl Fn(u64)) -> Result<(), StoreError> {
        let path = self.from.place(ENTRIES);
        let io = |cause| StoreError::Io { path: path.clone(), cause };
        let mut lines = BufReader::with_capacity(1 << 20, self.from.must_open(ENTRIES)?);
        let mut line = Vec::new();
        while next_line(&mut lines, &mut line, LEAF_BYTES_MAX).map_err(io)? {
            self.entry(&line)?;
            if self.tree.size().is_multiple_of(TILE_WIDTH as u64) {
                progress(self.tree.size());
            }
        }
        Ok(())
    }

    fn entry(&mut self, stored: &[u8]) -> Result<(), StoreError> {
        let seq = self.tree.size();
        if seq.is_multiple_of(TILE_WIDTH as u64) {
            self.load(seq / TILE_WIDTH as u64)?;
        }
        let leaf = leaf::decode(stored).map_err(|cause| damaged(seq, cause))?;
        if leaf.seq != seq {
            return Err(damaged(seq, "another entry stands in its place"));
        }
        self.conn
            .prepare_cached("INSERT INTO entry(seq, leaf) VALUES (?, ?)")?
            .execute(params![seq, stored])?;
        if let Some(opened) = audit::opening(&leaf) {
            self.conn
                .prepare_cached("INSERT INTO generation(number, seq, origin) VALUES (?, ?, ?)")?
                .execute(params![opened.generation, seq, opened.origin])?;
        }
        for tile in self.tree.push(leaf::hash(stored)) {
            self.tile(tile.level, tile.index, &tile.hashes)?;
        }
        let content = self.contents.remove(&seq);
        let sealed = content.as_ref().map(|content| content.sealed.as_slice());
        self.auditor.feed(seq, stored, sealed).map_err(|cause| damaged(seq, cause))?;
        self.state(seq + 1)?;
        match (leaf.content, content) {
            (Content::Sealed(binds), content) => {
                if let Some(content) = content {
                    if sha256(&content.sealed) != binds.cipher {
                        return Err(damaged(seq, "its sealed content is not the one that was recorded"));
                    }
                    self.content(&content)?;
                }
                binds.blob.map_or(Ok(()), |blob| self.file(seq, &blob))
            }
            (Content::Body(_), None) => Ok(()),
            (Content::Body(_), Some(_)) => Err(damaged(seq, "it has no sealed content")),
        }
    }

    /// Takes the state that was signed over `size` entries, where there is one.
    fn state(&mut self, size: u64) -> Result<(), StoreError> {
        let Some(note) = self.states.remove(&size) else { return Ok(()) };
        self.auditor.signed_state(size, &note);
        self.conn
            .prepare_cached("INSERT INTO checkpoint(size, note) VALUES (?, ?)")?
            .execute(params![size, note])?;
        Ok(())
    }

    fn tile(&self, level: u8, index: u64, hashes: &[u8]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT INTO tile(level, idx, hashes) VALUES (?, ?, ?)")?
            .execute(params![level, index, hashes])?;
        Ok(())
    }

    fn content(&mut self, content: &ContentLine) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT INTO payload(seq, sealed) VALUES (?, ?)")?
            .execute(params![content.seq, content.sealed])?;
        self.report.payloads += 1;
        if let Some(key) = &content.key {
            self.keys.put_payload_key(content.seq, key)?;
            self.report.readable += 1;
        }
        Ok(())
    }

    fn file(&mut self, seq: u64, blob: &[u8; 32]) -> Result<(), StoreError> {
        let name = hex::encode(blob);
        let path = file_path(&name);
        let Some(mut file) = self.from.open(&path)? else {
            self.auditor.blob(seq, blob, None);
            return Ok(());
        };
        let mut bytes = Vec::new();
        let io = |cause| StoreError::Io { path: self.from.place(&path), cause };
        file.read_to_end(&mut bytes).map_err(io)?;
        if sha256(&bytes) != *blob {
            return Err(damaged(seq, "its sealed file is not the one that was recorded"));
        }
        let place = self.folder.blob(&name);
        if place.exists() {
            return Ok(());
        }
        if let Some(parent) = place.parent() {
            folder::make_private(parent)?;
        }
        self.report.files += 1;
        folder::write_private(&place, &bytes)
    }

    /// Reads the contents of the next 256 entries.
    fn load(&mut self, index: u64) -> Result<(), StoreError> {
        let path = self.from.place(&payload_path(index));
        let Some(file) = self.from.open(&payload_path(index))? else { return Ok(()) };
        let (mut lines, mut line) = (BufReader::new(file), Vec::new());
        let first = index * TILE_WIDTH as u64;
        while next_line(&mut lines, &mut line, LINE_BYTES_MAX)
            .map_err(|cause| StoreError::Io { path: path.clone(), cause })?
        {
            let content =
                ContentLine::read(&line).ok_or_else(|| damaged(first, "a content cannot be read"))?;
            self.contents.insert(content.seq, content);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<ImportedReport, StoreError> {
        let size = self.tree.size();
        let (index, open) = self.tree.open_tile();
        if !open.is_empty() {
            self.tile(0, index, &open)?;
        }
        let opened = origins::latest_opening(&self.conn, schema::FORMAT)?;
        let opened = opened.ok_or_else(|| damaged(0, "it does not open a journal"))?;
        self.keys.put_secret(&seed_name(opened.generation), &random::<32>()?)?;
        for (beyond, note) in std::mem::take(&mut self.states) {
            self.auditor.signed_state(beyond, &note);
        }
        let found = self.auditor.finish().map_err(|cause| damaged(size, cause))?;
        if let Some(finding) = found.first_bad {
            return Err(damaged(finding.seq, finding));
        }
        self.keys.conn.execute_batch("COMMIT")?;
        self.conn.execute_batch("COMMIT")?;
        for conn in [&self.keys.conn, &self.conn] {
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        self.report.entries = size;
        self.report.root = hex::encode(self.tree.root());
        Ok(self.report)
    }
}

/// The last signed state, and those of hand-overs from one generation to the next, by the entries that they cover.
fn states(from: &Shelf) -> Result<BTreeMap<u64, String>, StoreError> {
    let mut states = BTreeMap::new();
    let below = from.dir.join(CHECKPOINTS);
    let files = match std::fs::read_dir(&below) {
        Ok(files) => Some(files),
        Err(cause) if cause.kind() == ErrorKind::NotFound => None,
        Err(cause) => return Err(StoreError::Io { path: below, cause }),
    };
    for file in files.into_iter().flatten() {
        let file = file.map_err(|cause| StoreError::Io { path: below.clone(), cause })?;
        let name = file.file_name().to_string_lossy().into_owned();
        let name = if from.identity.is_some() { name.strip_suffix(age::ENDING) } else { Some(&*name) };
        let size = name.and_then(state_size);
        let size = size.ok_or_else(|| damaged(0, "a file among the signed states is none"))?;
        states.insert(size, note(from, &state_path(size))?);
    }
    let last = note(from, CHECKPOINT)?;
    // What says no size is no state: as the state of everything it is refused for what it is.
    let size = last.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or(u64::MAX);
    if states.get(&size).is_some_and(|known| *known != last) {
        return Err(damaged(size, "two signed states tell of it"));
    }
    states.insert(size, last);
    Ok(states)
}

fn note(from: &Shelf, path: &str) -> Result<String, StoreError> {
    let mut text = String::new();
    let file = from.must_open(path)?;
    let read = file.take(NOTE_BYTES_MAX as u64 + 1).read_to_string(&mut text);
    read.map_err(|cause| StoreError::Io { path: from.place(path), cause })?;
    Ok(text)
}

fn next_line(lines: &mut impl BufRead, line: &mut Vec<u8>, max: usize) -> std::io::Result<bool> {
    line.clear();
    lines.by_ref().take(max as u64 + 2).read_until(b'\n', line)?;
    match line.pop() {
        None => Ok(false),
        Some(b'\n') => Ok(true),
        Some(_) => Err(std::io::Error::new(ErrorKind::InvalidData, "a line is cut off or too long")),
    }
}

fn damaged(seq: u64, cause: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged { seq, cause: cause.to_string() }
}
