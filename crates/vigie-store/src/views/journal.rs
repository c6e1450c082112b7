//! The journal itself, as people look at it.

use super::Views;
use crate::error::StoreError;
use crate::read::{Tiles, tail_hashes};
use crate::rows::{EntryProof, JournalState};
use rusqlite::OptionalExtension;
use vigie_evidence::leaf;
use vigie_evidence::proof;
use vigie_evidence::tree::Tree;

impl Views {
    /// Entries in the journal.
    pub fn size(&self) -> Result<u64, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT coalesce(max(seq) + 1, 0) FROM entry")?
            .query_row([], |row| row.get(0))?)
    }

    /// One entry with the proof that the latest signed state holds it.
    pub fn entry(&self, seq: u64) -> Result<Option<EntryProof>, StoreError> {
        let stored: Option<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT CAST(leaf AS BLOB) FROM entry WHERE seq = ?")?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        let Some(stored) = stored else { return Ok(None) };
        let damaged = |cause: &dyn std::fmt::Display| StoreError::Damaged { seq, cause: cause.to_string() };
        let (size, checkpoint) = self.latest()?;
        let tiles = Tiles(&self.conn);
        let tree =
            Tree::resume(size, &tiles, &tail_hashes(&self.conn, size)?).map_err(|cause| damaged(&cause))?;
        let proof = proof::inclusion(&tree, &tiles, seq, size).map_err(|cause| damaged(&cause))?;
        Ok(Some(EntryProof {
            seq,
            leaf_hash: hex::encode(leaf::hash(&stored)),
            leaf: String::from_utf8_lossy(&stored).into_owned(),
            size,
            root: hex::encode(tree.root()),
            checkpoint,
            proof: proof.iter().map(hex::encode).collect(),
        }))
    }

    fn latest(&self) -> Result<(u64, String), StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT size, CAST(note AS TEXT) FROM checkpoint ORDER BY size DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// The journal as an administrator sees it; the search index and the disk are asked by the store.
    pub fn journal(&self) -> Result<JournalState, StoreError> {
        let (size, checkpoint) = self.latest()?;
        let opened = crate::origins::latest_opening(&self.conn, crate::schema::FORMAT)?;
        let opened =
            opened.ok_or_else(|| StoreError::Damaged { seq: 0, cause: "it is missing".to_owned() })?;
        let last: Vec<u8> = self.conn.query_row(
            "SELECT CAST(leaf AS BLOB) FROM entry WHERE seq = ?",
            [size.saturating_sub(1)],
            |row| row.get(0),
        )?;
        let last_at = leaf::decode(&last).ok().map(|leaf| leaf.at);
        let root = checkpoint.lines().nth(2).unwrap_or_default().to_owned();
        let engines = self
            .conn
            .prepare_cached("SELECT engine, version, seq FROM cursor ORDER BY engine")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(JournalState {
            entries: size,
            root,
            checkpoint,
            origin: opened.origin,
            verifier_key: opened.verifier_key,
            last_at,
            engines,
            index_lag: self.index_lag()?,
            disk: (0, 0, 0),
            generations: crate::origins::rows(&self.conn)?,
        })
    }

    /// Signals that the search index has not taken in yet.
    pub fn index_lag(&self) -> Result<u64, StoreError> {
        let reached = self.search.reached();
        Ok(self
            .conn
            .prepare_cached("SELECT count(*) FROM v_signal WHERE seq >= ? AND text IS NOT NULL")?
            .query_row([reached], |row| row.get(0))?)
    }
}
