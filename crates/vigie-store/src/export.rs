//! A whole site as a folder of plain files: what an archive keeps, another site takes in, and a stranger checks.
//!
//! The export shows one moment: what is recorded meanwhile is not in it. It is written beside its place and moved there
//! when the last file is on disk, so that what bears the name is whole. Contents go out as they are stored, sealed; in
//! the open they go out with their keys and their text besides, for whoever must read them without Vigie. The form is
//! that of [`vigie_evidence::exported`].

use crate::error::StoreError;
use crate::folder;
use crate::keystore::random;
use crate::store::Store;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use vigie_evidence::age::{self, Chance, Recipient, Sealer};
use vigie_evidence::exported::{
    CHECKPOINT, ContentLine, ENTRIES, MANIFEST, file_path, manifest_line, payload_path, state_path,
};
use vigie_evidence::leaf::{self, Content};
use vigie_evidence::tree::{TILE_WIDTH, Tree, entry_bundle, tile_path};
use vigie_evidence::{Hash, sha256};
use vigie_model::{Actor, Event, ExportMade};

/// What an export holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportReport {
    /// Entries.
    pub entries: u64,
    /// Their root hash, hexadecimal.
    pub root: String,
    /// Sealed contents.
    pub payloads: u64,
    /// Sealed files.
    pub files: u64,
    /// Contents that were erased: their entries are there, they are not.
    pub erased: u64,
    /// Whether keys and texts are with them.
    pub open: bool,
    /// To whom every file is sealed (`age1…`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed_to: Option<String>,
    /// Bytes of all files.
    pub bytes: u64,
    /// SHA-256 of the manifest, which names the export as a whole; hexadecimal.
    pub manifest_sha256: String,
}

impl Store {
    /// Writes the whole site to `dir`, which must not be there or be empty. That it was done is an entry, and the
    /// export holds it; a copy, which takes no entries, is exported as it is. `progress` hears of entries written.
    pub fn export(&self, dir: &Path, open: bool, progress: impl Fn(u64)) -> Result<ExportReport, StoreError> {
        self.export_to(dir, open, None, progress)
    }

    /// The same with every file sealed to `recipient`, under its name with `.age` behind it: what leaves the site is never
    /// on a disk in the clear.
    pub fn export_to(
        &self,
        dir: &Path,
        open: bool,
        recipient: Option<&Recipient>,
        progress: impl Fn(u64),
    ) -> Result<ExportReport, StoreError> {
        folder::must_be_empty(dir)?;
        if !self.is_copy() {
            let made = ExportMade { entries: self.read(|views| views.size())?, open };
            self.commit(vec![crate::Draft::new(Actor::Console, Event::ExportMade(made))])?;
        }
        folder::beside_then_moved(dir, |partial| {
            let guard = self.views()?;
            // One picture, whatever is committed meanwhile.
            let picture = guard.conn.unchecked_transaction()?;
            let mut writing = Writing::new(self, &picture, partial, open, recipient)?;
            writing.entries(&progress)?;
            writing.finish()
        })
    }
}

struct Writing<'a> {
    store: &'a Store,
    conn: &'a Connection,
    dir: &'a Path,
    open: bool,
    recipient: Option<&'a Recipient>,
    size: u64,
    note: String,
    entries: HashedFile,
    contents: Vec<u8>,
    bundle: Vec<Vec<u8>>,
    tree: Tree,
    manifest: BTreeMap<String, Hash>,
    report: ExportReport,
}

impl<'a> Writing<'a> {
    fn new(
        store: &'a Store,
        conn: &'a Connection,
        dir: &'a Path,
        open: bool,
        recipient: Option<&'a Recipient>,
    ) -> Result<Self, StoreError> {
        let (size, note) = conn.query_row(
            "SELECT size, CAST(note AS TEXT) FROM checkpoint ORDER BY size DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let report = ExportReport {
            entries: size,
            root: String::new(),
            payloads: 0,
            files: 0,
            erased: 0,
            open,
            sealed_to: recipient.map(ToString::to_string),
            bytes: 0,
            manifest_sha256: String::new(),
        };
        Ok(Self {
            store,
            conn,
            dir,
            open,
            recipient,
            size,
            note,
            entries: HashedFile::create(dir.join(named(ENTRIES, recipient)), recipient)?,
            contents: Vec::new(),
            bundle: Vec::new(),
            tree: Tree::new(),
            manifest: BTreeMap::new(),
            report,
        })
    }

    fn entries(&mut self, progress: &impl Fn(u64)) -> Result<(), StoreError> {
        let conn = self.conn;
        let mut rows = conn.prepare(
            "SELECT e.seq, CAST(e.leaf AS BLOB), CAST(p.sealed AS BLOB) FROM entry e LEFT JOIN payload p ON p.seq = e.seq
             WHERE e.seq < ? ORDER BY e.seq",
        )?;
        let mut rows = rows.query([self.size])?;
        while let Some(row) = rows.next()? {
            let (seq, leaf): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            if seq != self.tree.size() {
                return Err(damaged(self.tree.size(), "it is missing"));
            }
            self.entry(seq, leaf, row.get(2)?)?;
            if (seq + 1).is_multiple_of(TILE_WIDTH as u64) {
                self.end_bundle()?;
                progress(seq + 1);
            }
        }
        progress(self.tree.size());
        self.end_bundle()
    }

    fn entry(&mut self, seq: u64, leaf: Vec<u8>, sealed: Option<Vec<u8>>) -> Result<(), StoreError> {
        self.entries.write(&leaf)?;
        self.entries.write(b"\n")?;
        for tile in self.tree.push(leaf::hash(&leaf)) {
            self.put(tile_path(Some(tile.level), tile.index, TILE_WIDTH), &tile.hashes)?;
        }
        let read = leaf::decode(&leaf).map_err(|cause| damaged(seq, cause))?;
        if let Content::Sealed(binds) = read.content {
            match sealed {
                Some(sealed) => self.content(seq, sealed)?,
                None => self.report.erased += 1,
            }
            if let Some(blob) = binds.blob {
                self.file(&hex::encode(blob))?;
            }
        }
        self.bundle.push(leaf);
        Ok(())
    }

    fn content(&mut self, seq: u64, sealed: Vec<u8>) -> Result<(), StoreError> {
        let mut line = ContentLine { seq, sealed, key: None, body: None };
        if self.open {
            let secrets = self.store.secrets()?;
            line.key = secrets.payload_key(seq)?;
            if let Some(key) = &line.key {
                let place = vigie_evidence::seal::place(self.store.origins().at(seq), seq);
                let plain = vigie_evidence::seal::open(key, &place, &line.sealed);
                line.body = Some(plain.map_err(|cause| damaged(seq, cause))?);
            }
        }
        let text = line.write().ok_or_else(|| damaged(seq, "its content is no JSON"))?;
        self.contents.extend_from_slice(text.as_bytes());
        self.contents.push(b'\n');
        self.report.payloads += 1;
        Ok(())
    }

    fn file(&mut self, name: &str) -> Result<(), StoreError> {
        let path = self.store.folder().blob(name);
        let place = file_path(name);
        match std::fs::read(&path) {
            Ok(_) if self.manifest.contains_key(&place) => Ok(()),
            Ok(bytes) => {
                self.report.files += 1;
                self.put(place, &bytes)
            }
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(cause) => Err(StoreError::Io { path, cause }),
        }
    }

    /// Writes what belongs to the last 256 entries, or to as many as there are.
    fn end_bundle(&mut self) -> Result<(), StoreError> {
        let leaves = std::mem::take(&mut self.bundle);
        if leaves.is_empty() {
            return Ok(());
        }
        let index = (self.tree.size() - 1) / TILE_WIDTH as u64;
        let bundle = entry_bundle(leaves.iter().map(Vec::as_slice)).map_err(|cause| damaged(index, cause))?;
        self.put(tile_path(None, index, leaves.len()), &bundle)?;
        let contents = std::mem::take(&mut self.contents);
        if contents.is_empty() { Ok(()) } else { self.put(payload_path(index), &contents) }
    }

    fn put(&mut self, path: String, bytes: &[u8]) -> Result<(), StoreError> {
        self.report.bytes += self.write(&path, bytes)?;
        self.manifest.insert(path, sha256(bytes));
        Ok(())
    }

    /// Writes a file, sealed where it is to be; how many bytes lie there then.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<u64, StoreError> {
        let whole = self.dir.join(named(path, self.recipient));
        if let Some(parent) = whole.parent() {
            folder::make_private(parent)?;
        }
        let sealed = self.recipient.map(|to| Ok::<_, StoreError>(age::sealed(to, &chance()?, bytes)));
        let sealed = sealed.transpose()?;
        let bytes = sealed.as_deref().unwrap_or(bytes);
        folder::write_private(&whole, bytes)?;
        Ok(bytes.len() as u64)
    }

    fn finish(mut self) -> Result<ExportReport, StoreError> {
        if self.tree.size() != self.size {
            return Err(damaged(self.tree.size(), "it is missing"));
        }
        for (level, index, hashes) in self.tree.partial_tiles() {
            self.put(tile_path(Some(level), index, hashes.len() / 32), &hashes)?;
        }
        for (size, note) in handed_over(self.conn, self.size)? {
            self.put(state_path(size), note.as_bytes())?;
        }
        let note = self.note.clone();
        self.put(CHECKPOINT.to_owned(), note.as_bytes())?;
        let (hash, bytes) = self.entries.end()?;
        self.manifest.insert(ENTRIES.to_owned(), hash);
        let lines: String = self.manifest.iter().map(|(path, hash)| manifest_line(hash, path)).collect();
        self.report.bytes += bytes + self.write(MANIFEST, lines.as_bytes())?;
        self.report.root = hex::encode(self.tree.root());
        self.report.manifest_sha256 = hex::encode(sha256(lines.as_bytes()));
        Ok(self.report)
    }
}

/// The signed states by which each generation took the journal over: the last one of the generation before, and the
/// first one of its own, which the key before signed as well.
fn handed_over(conn: &Connection, size: u64) -> Result<Vec<(u64, String)>, StoreError> {
    let mut rows = conn.prepare(
        "SELECT c.size, CAST(c.note AS TEXT) FROM checkpoint c JOIN generation g ON g.number > 0 AND (c.size = g.seq
             OR c.size = (SELECT min(n.size) FROM checkpoint n WHERE n.size > g.seq))
         WHERE c.size <= ? GROUP BY c.size ORDER BY c.size",
    )?;
    let rows = rows.query_map([size], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn damaged(seq: u64, cause: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged { seq, cause: cause.to_string() }
}

/// The name that a file has in the export.
fn named(path: &str, recipient: Option<&Recipient>) -> String {
    let ending = if recipient.is_some() { age::ENDING } else { "" };
    format!("{path}{ending}")
}

fn chance() -> Result<Chance, StoreError> {
    Ok(Chance { file_key: random()?, ephemeral: random()?, nonce: random()? })
}

/// A long file that is hashed, and sealed where it is to be, while it is written.
struct HashedFile {
    path: PathBuf,
    out: BufWriter<File>,
    sealer: Option<Sealer>,
    piece: Vec<u8>,
    hash: Sha256,
    bytes: u64,
}

impl HashedFile {
    fn create(path: PathBuf, recipient: Option<&Recipient>) -> Result<Self, StoreError> {
        let file = File::create_new(&path).map_err(|cause| StoreError::Io { path: path.clone(), cause })?;
        let out = BufWriter::with_capacity(1 << 20, file);
        let mut piece = Vec::new();
        let sealer = recipient.map(|to| Ok::<_, StoreError>(Sealer::new(to, &chance()?, &mut piece)));
        let sealer = sealer.transpose()?;
        Ok(Self { path, out, sealer, piece, hash: Sha256::new(), bytes: 0 })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.hash.update(bytes);
        match &mut self.sealer {
            Some(sealer) => sealer.update(bytes, &mut self.piece),
            None => self.piece.extend_from_slice(bytes),
        }
        self.pass()
    }

    /// Hands what is ready to the file.
    fn pass(&mut self) -> Result<(), StoreError> {
        self.bytes += self.piece.len() as u64;
        let written = self.out.write_all(&self.piece);
        self.piece.clear();
        written.map_err(|cause| StoreError::Io { path: self.path.clone(), cause })
    }

    /// Waits until it is whole on disk; its hash, and the bytes that lie there.
    fn end(&mut self) -> Result<(Hash, u64), StoreError> {
        if let Some(sealer) = self.sealer.take() {
            sealer.finish(&mut self.piece);
        }
        self.pass()?;
        let done = self.out.flush().and_then(|()| self.out.get_ref().sync_all());
        done.map_err(|cause| StoreError::Io { path: self.path.clone(), cause })?;
        Ok((std::mem::take(&mut self.hash).finalize().into(), self.bytes))
    }
}

/// Whether a store is a copy that takes no entries.
pub(crate) fn is_copy(conn: &Connection) -> Result<bool, StoreError> {
    let found: Option<i64> =
        conn.query_row("SELECT value FROM meta WHERE name = 'copy'", [], |row| row.get(0)).optional()?;
    Ok(found.is_some())
}
