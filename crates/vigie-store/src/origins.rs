//! Which generation of the journal an entry belongs to.
//!
//! A restored site goes on in a new generation: the entries before it keep their numbers, their place in the tree and
//! the origin that their content was sealed under; from its first entry on another origin and another key sign.

use crate::error::StoreError;
use crate::rows::GenerationRow;
use rusqlite::{Connection, OptionalExtension};
use vigie_evidence::leaf;
use vigie_evidence::note::SiteVerifier;
use vigie_model::JournalOpened;

/// First entry and origin of each generation, in order.
#[derive(Debug, Clone)]
pub struct Origins(Vec<(u64, String)>);

impl Origins {
    /// What the database says.
    pub fn read(conn: &Connection) -> Result<Self, StoreError> {
        let mut rows = conn.prepare("SELECT seq, origin FROM generation ORDER BY number")?;
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// A journal that begins here.
    pub fn begin(origin: &str) -> Self {
        Self(vec![(0, origin.to_owned())])
    }

    /// The same with one generation more, from entry `seq` on.
    pub fn then(mut self, seq: u64, origin: &str) -> Self {
        self.0.push((seq, origin.to_owned()));
        self
    }

    /// The origin under which entry `seq` stands.
    pub fn at(&self, seq: u64) -> &str {
        let of = self.0.iter().rev().find(|(first, _)| *first <= seq);
        of.map_or("", |(_, origin)| origin)
    }
}

/// What the first entry of the latest generation says; of a folder of format 1, what entry 0 says.
pub fn latest_opening(conn: &Connection, format: u32) -> Result<Option<JournalOpened>, StoreError> {
    let seq: u64 = if format < 2 {
        0
    } else {
        conn.query_row("SELECT coalesce(max(seq), 0) FROM generation", [], |row| row.get(0))?
    };
    let leaf: Option<Vec<u8>> = conn
        .query_row("SELECT CAST(leaf AS BLOB) FROM entry WHERE seq = ?", [seq], |row| row.get(0))
        .optional()?;
    leaf.map(|leaf| crate::read::opening(&leaf)).transpose()
}

/// Every generation with its key, its first entry and the first entry after it.
pub fn keys(conn: &Connection) -> Result<Vec<(SiteVerifier, u64, Option<u64>)>, StoreError> {
    let generations = rows(conn)?;
    let ends = generations.iter().skip(1).map(|next| Some(next.seq)).chain([None]);
    let keyed = generations
        .iter()
        .zip(ends)
        .filter_map(|(one, end)| Some((SiteVerifier::parse(&one.verifier_key).ok()?, one.seq, end)));
    Ok(keyed.collect())
}

/// Every generation, as people look at it.
pub fn rows(conn: &Connection) -> Result<Vec<GenerationRow>, StoreError> {
    let mut rows = conn.prepare(
        "SELECT g.number, g.seq, CAST(e.leaf AS BLOB) FROM generation g JOIN entry e ON e.seq = g.seq ORDER BY g.number",
    )?;
    let mut rows = rows.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let (number, seq, stored): (u32, u64, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let opened = crate::read::opening(&stored)?;
        let at = leaf::decode(&stored).map(|leaf| leaf.at);
        let at = at.map_err(|cause| StoreError::Damaged { seq, cause: cause.to_string() })?;
        let reason = opened.successor_of.map(|before| before.reason);
        all.push(GenerationRow { number, seq, at, reason, verifier_key: opened.verifier_key });
    }
    Ok(all)
}
