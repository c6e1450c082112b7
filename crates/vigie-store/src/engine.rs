//! How engines read: by cursor, in the order of the journal.

use crate::error::StoreError;
use crate::index::Search;
use crate::read::Reading;
use crate::store::Store;
use crate::views::Views;
use rusqlite::OptionalExtension;
use std::sync::Arc;
use vigie_evidence::leaf;
use vigie_model::{Compartments, Entry, Event, Kind};

/// What an engine reads in one step.
#[derive(Debug)]
pub struct Batch {
    /// Entries of the wanted kinds, with the compartments of a signal's source.
    pub entries: Vec<(Entry, Compartments)>,
    /// The first entry not yet looked at: the cursor after this batch.
    pub next: u64,
}

impl Store {
    /// The first entry that `engine` has not read.
    pub fn cursor(&self, engine: &str) -> Result<u64, StoreError> {
        self.read(|views| {
            let seq = views
                .conn
                .prepare_cached("SELECT seq FROM cursor WHERE engine = ?")?
                .query_row([engine], |row| row.get(0))
                .optional()?;
            Ok(seq.unwrap_or(0))
        })
    }

    /// Entries of `kinds` from `from` on; at most `limit` entries are looked at. Erased content is passed over.
    pub fn entries_from(&self, from: u64, limit: u32, kinds: &[Kind]) -> Result<Batch, StoreError> {
        let secrets = self.secrets()?;
        self.read(|views| {
            let reading = Reading { conn: &views.conn, keys: &secrets, origin: &self.site().origin };
            let mut rows = views
                .conn
                .prepare_cached("SELECT seq, leaf FROM entry WHERE seq >= ? ORDER BY seq LIMIT ?")?;
            let mut rows = rows.query((from, limit))?;
            let mut batch = Batch { entries: Vec::new(), next: from };
            while let Some(row) = rows.next()? {
                let seq: u64 = row.get(0)?;
                let stored = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
                let leaf = leaf::decode(stored)
                    .map_err(|cause| StoreError::Damaged { seq, cause: cause.to_string() })?;
                if leaf.known_kind().is_some_and(|kind| kinds.contains(&kind)) {
                    match reading.open(&leaf) {
                        Ok(entry) => {
                            let compartments = compartments_of(&views.conn, &entry)?;
                            batch.entries.push((entry, compartments));
                        }
                        Err(StoreError::Erased(_)) => {}
                        Err(error) => return Err(error),
                    }
                }
                batch.next = seq + 1;
            }
            Ok(batch)
        })
    }

    /// Brings the search index up to the journal; returns the entries taken in. Called by one thread.
    pub fn index_more(&self, limit: u32) -> Result<u64, StoreError> {
        let Some(search) = self.search() else { return Ok(0) };
        self.reindex(search)?;
        let from = search.reached();
        let signals = self.read(|views| {
            let mut rows = views.conn.prepare_cached(
                "SELECT seq, text FROM v_signal WHERE seq >= ? AND text IS NOT NULL ORDER BY seq LIMIT ?",
            )?;
            let signals: Vec<(u64, String)> = rows
                .query_map((from, limit), |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(signals)
        })?;
        if let Some((last, _)) = signals.last() {
            search.add(&signals, last + 1)?;
        }
        Ok(signals.len() as u64)
    }

    /// Signals whose text was covered or restricted since they entered the index. On the writer, so that nothing is
    /// covered between reading a text and forgetting that it changed.
    fn reindex(&self, search: &Arc<Search>) -> Result<(), StoreError> {
        let waiting = |views: &Views| -> Result<bool, StoreError> {
            Ok(views.conn.prepare_cached("SELECT 1 FROM m_reindex LIMIT 1")?.exists([])?)
        };
        if !self.read(waiting)? {
            return Ok(());
        }
        let search = search.clone();
        self.exclusive(move |writer| {
            let conn = &writer.views.conn;
            let changed: Vec<(u64, Option<String>)> = conn
                .prepare_cached(
                    "SELECT r.seq, s.text FROM m_reindex r LEFT JOIN v_signal s ON s.seq = r.seq",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            search.again(&changed)?;
            conn.execute("DELETE FROM m_reindex", [])?;
            Ok(())
        })
    }
}

fn compartments_of(conn: &rusqlite::Connection, entry: &Entry) -> Result<Compartments, StoreError> {
    let Event::SignalReceived(_) = &entry.event else { return Ok(Compartments::default()) };
    let bits = conn
        .prepare_cached("SELECT compartments FROM v_signal WHERE seq = ?")?
        .query_row([entry.seq], |row| row.get(0))
        .optional()?;
    Ok(Compartments::from_bits(bits.unwrap_or(u32::MAX)))
}
