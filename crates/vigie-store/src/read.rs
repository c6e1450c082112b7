//! Reading the record: entries, their content, tiles and proofs.

use crate::error::StoreError;
use crate::folder::Folder;
use crate::keystore::KeyStore;
use crate::origins::Origins;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use vigie_evidence::leaf::{self, Content, Leaf, Sealed};
use vigie_evidence::tree::{SourceError, TileSource};
use vigie_evidence::{Hash, seal};
use vigie_model::{Actor, Class, Entry, Event, JournalOpened, Kind, Timestamp};

/// Complete tiles in the database.
pub struct Tiles<'c>(pub &'c Connection);

impl TileSource for Tiles<'_> {
    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let read = || -> rusqlite::Result<Option<Vec<u8>>> {
            self.0
                .prepare_cached("SELECT CAST(hashes AS BLOB) FROM tile WHERE level = ? AND idx = ?")?
                .query_row((level, index), |row| row.get(0))
                .optional()
        };
        let tile = read().map_err(|cause| -> SourceError { Box::new(cause) })?;
        Ok(tile.filter(|hashes| hashes.len() == vigie_evidence::tree::TILE_BYTES))
    }
}

/// Leaf hashes after the last complete tile, from the entries themselves.
pub fn tail_hashes(conn: &Connection, size: u64) -> Result<Vec<Hash>, StoreError> {
    let start = size - size % vigie_evidence::tree::TILE_WIDTH as u64;
    let mut rows =
        conn.prepare_cached("SELECT CAST(leaf AS BLOB) FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq")?;
    let hashes = rows
        .query_map((start, size), |row| row.get::<_, Vec<u8>>(0))?
        .map(|leaf| leaf.map(|leaf| leaf::hash(&leaf)))
        .collect::<rusqlite::Result<_>>()?;
    Ok(hashes)
}

fn damaged(seq: u64, cause: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged { seq, cause: cause.to_string() }
}

/// When the last entry was recorded.
pub fn last_at(folder: &Folder) -> Result<Timestamp, StoreError> {
    let conn = Connection::open_with_flags(folder.store_db(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let (seq, stored): (u64, Vec<u8>) =
        conn.query_row("SELECT seq, CAST(leaf AS BLOB) FROM entry ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    leaf::decode(&stored).map(|leaf| leaf.at).map_err(|cause| damaged(seq, cause))
}

/// What the first entry of a generation says of its journal.
pub fn opening(stored: &[u8]) -> Result<JournalOpened, StoreError> {
    let leaf = leaf::decode(stored).map_err(|cause| damaged(0, cause))?;
    let said = body(&leaf).ok_or_else(|| damaged(0, "it does not open a journal"))?;
    match Event::read(Kind::JournalOpened, said) {
        Ok(Event::JournalOpened(opened)) => Ok(opened),
        Ok(_) => Err(damaged(0, "it does not open a journal")),
        Err(cause) => Err(damaged(0, cause)),
    }
}

fn body<'l>(leaf: &Leaf<'l>) -> Option<&'l [u8]> {
    match leaf.content {
        Content::Body(body) => Some(body),
        Content::Sealed(_) => None,
    }
}

fn sealed(leaf: &Leaf<'_>) -> Option<Sealed> {
    match leaf.content {
        Content::Body(_) => None,
        Content::Sealed(sealed) => Some(sealed),
    }
}

/// Reads entries and opens what is sealed.
pub struct Reading<'a> {
    pub conn: &'a Connection,
    pub keys: &'a KeyStore,
    pub origins: &'a Origins,
}

impl Reading<'_> {
    /// One entry with its content.
    pub fn entry(&self, seq: u64) -> Result<Entry, StoreError> {
        let stored = self.stored(seq)?;
        let leaf = leaf::decode(&stored).map_err(|cause| damaged(seq, cause))?;
        self.open(&leaf)
    }

    fn stored(&self, seq: u64) -> Result<Vec<u8>, StoreError> {
        let stored: Option<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT CAST(leaf AS BLOB) FROM entry WHERE seq = ?")?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        stored.ok_or_else(|| damaged(seq, "there is no such entry"))
    }

    /// The hash of the sealed file that belongs to an entry.
    pub fn blob(&self, seq: u64) -> Result<Hash, StoreError> {
        let stored = self.stored(seq)?;
        let leaf = leaf::decode(&stored).map_err(|cause| damaged(seq, cause))?;
        sealed(&leaf).and_then(|sealed| sealed.blob).ok_or_else(|| damaged(seq, "no file belongs to it"))
    }

    /// The event that a leaf holds or commits to.
    pub fn open(&self, leaf: &Leaf<'_>) -> Result<Entry, StoreError> {
        let seq = leaf.seq;
        let kind = leaf
            .known_kind()
            .ok_or_else(|| damaged(seq, vigie_model::EventError::UnknownKind(leaf.kind.to_string())))?;
        let event = match kind.class() {
            Class::Impersonal => {
                let said = body(leaf).ok_or_else(|| damaged(seq, "its body is missing"))?;
                Event::read(kind, said)
            }
            Class::Personal => Event::read(kind, &self.content(seq, leaf)?),
        };
        let actor: Actor = leaf.actor.parse().map_err(|cause| damaged(seq, cause))?;
        Ok(Entry {
            seq,
            recorded_at: leaf.at,
            actor,
            caused_by: leaf.caused_by,
            purpose: leaf.purpose.as_ref().map(ToString::to_string),
            event: event.map_err(|cause| damaged(seq, cause))?,
        })
    }

    /// The plaintext behind a commitment, checked against it.
    fn content(&self, seq: u64, leaf: &Leaf<'_>) -> Result<Vec<u8>, StoreError> {
        let cipher: Option<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT CAST(sealed AS BLOB) FROM payload WHERE seq = ?")?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        let (Some(cipher), Some(key)) = (cipher, self.keys.payload_key(seq)?) else {
            return Err(StoreError::Erased(seq));
        };
        let plain = seal::open(&key, &seal::place(self.origins.at(seq), seq), &cipher)
            .map_err(|cause| damaged(seq, cause))?;
        let promised = sealed(leaf).map(|sealed| sealed.commit);
        if promised != Some(seal::commit(&key.salt, &plain)) {
            return Err(damaged(seq, "its content is not what the entry commits to"));
        }
        Ok(plain)
    }
}
