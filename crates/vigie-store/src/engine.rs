//! How engines read: by cursor, in the order of the journal.

use crate::codec::{at, json, ms, narrative_id, signal_id};
use crate::error::StoreError;
use crate::index::Search;
use crate::read::Reading;
use crate::store::Store;
use rusqlite::OptionalExtension;
use vigie_evidence::leaf;
use vigie_model::{AttachmentId, Compartments, Entry, Event, Kind, NarrativeId, SignalId, Timestamp};

/// What an engine reads in one step.
#[derive(Debug)]
pub struct Batch {
    /// Entries of the wanted kinds, with the compartments of a signal's source.
    pub entries: Vec<(Entry, Compartments)>,
    /// The first entry not yet looked at: the cursor after this batch.
    pub next: u64,
}

/// A signal that has been read, as it stands today.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadSignal {
    /// Its entry.
    pub seq: u64,
    /// Identifier.
    pub id: SignalId,
    /// The narrative it stands in.
    pub narrative: NarrativeId,
    /// Who may see it.
    pub compartments: Compartments,
    /// The text as received.
    pub text: String,
    /// What its pictures were recognised by when they were read.
    pub pictures: Vec<String>,
    /// Language that the source claims.
    pub lang_hint: Option<String>,
    /// When it happened or was posted.
    pub seen_at: Option<Timestamp>,
    /// When the site recorded it.
    pub recorded_at: Timestamp,
}

/// Signals fetched in one step of a refill.
const REFILL_STEP: u32 = 2_000;

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

    /// Entries of `kinds` from `from` on; at most `limit` entries are looked at. Content that was erased or is
    /// damaged is passed over.
    pub fn entries_from(&self, from: u64, limit: u32, kinds: &[Kind]) -> Result<Batch, StoreError> {
        let secrets = self.secrets()?;
        self.read(|views| {
            let reading = Reading { conn: &views.conn, keys: &secrets, origins: self.origins() };
            let mut rows = views.conn.prepare_cached(
                "SELECT seq, CAST(leaf AS BLOB) FROM entry WHERE seq >= ? ORDER BY seq LIMIT ?",
            )?;
            let mut rows = rows.query((from, limit))?;
            let mut batch = Batch { entries: Vec::new(), next: from };
            while let Some(row) = rows.next()? {
                let seq: u64 = row.get(0)?;
                let stored = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
                batch.next = seq + 1;
                let opened = leaf::decode(stored)
                    .map_err(|cause| StoreError::Damaged { seq, cause: cause.to_string() })
                    .and_then(|leaf| {
                        let wanted = leaf.known_kind().is_some_and(|kind| kinds.contains(&kind));
                        wanted.then(|| reading.open(&leaf)).transpose()
                    });
                match opened {
                    Ok(Some(entry)) => {
                        let compartments = compartments_of(&views.conn, &entry)?;
                        batch.entries.push((entry, compartments));
                    }
                    Ok(None) => {}
                    Err(gone) if gone.is_content_gone() => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(batch)
        })
    }

    /// Whether a signal waits to be read by `engine`.
    pub fn has_unread(&self, engine: &str) -> Result<bool, StoreError> {
        let next = self.cursor(engine)?;
        self.read(|views| {
            let mut waiting = views.conn.prepare_cached("SELECT 1 FROM v_signal WHERE seq >= ? LIMIT 1")?;
            Ok(waiting.exists([next])?)
        })
    }

    /// Signals that a person restricted are shown under the compartments of their source: their copies go on joining
    /// them. Shows `take` the signals recorded since `since` that stand before the entry `before` and have been read, in the
    /// order of the journal. What is open comes from the views; what is protected is unsealed, and nothing of it kept.
    pub fn each_read_signal(
        &self,
        since: Timestamp,
        before: u64,
        mut take: impl FnMut(ReadSignal),
    ) -> Result<(), StoreError> {
        let mut from: u64 = self.read(|views| {
            let mut first =
                views.conn.prepare_cached("SELECT min(seq) FROM v_signal WHERE recorded_at >= ?")?;
            Ok(first.query_row([ms(since)], |row| row.get::<_, Option<u64>>(0))?.unwrap_or(before))
        })?;
        while from < before {
            let (signals, next) = self.read_signals(since, from, before)?;
            signals.into_iter().for_each(&mut take);
            from = next;
        }
        Ok(())
    }

    fn read_signals(
        &self,
        since: Timestamp,
        from: u64,
        before: u64,
    ) -> Result<(Vec<ReadSignal>, u64), StoreError> {
        let secrets = self.secrets()?;
        self.read(|views| {
            let reading = Reading { conn: &views.conn, keys: &secrets, origins: self.origins() };
            let mut rows = views.conn.prepare_cached(
                "SELECT s.seq, s.id, s.narrative, iif(n.restricted = 0, s.compartments, o.compartments), s.lang_hint,
                     s.seen_at, s.recorded_at, iif(s.masked = 0, s.text, NULL), s.attachments
                 FROM v_signal s JOIN v_narrative n ON n.id = s.narrative JOIN v_source o ON o.id = s.source
                 WHERE s.seq >= ? AND s.seq < ? AND s.recorded_at >= ? ORDER BY s.seq LIMIT ?",
            )?;
            let mut rows = rows.query((from, before, ms(since), REFILL_STEP))?;
            let (mut signals, mut met, mut next) = (Vec::new(), 0, before);
            while let Some(row) = rows.next()? {
                met += 1;
                let seq: u64 = row.get(0)?;
                next = seq + 1;
                let Some(text) = row.get::<_, Option<String>>(7)?.map_or_else(|| unsealed(&reading, seq), |t| Ok(Some(t)))?
                else {
                    continue;
                };
                let attachments: Vec<AttachmentId> = json(row, 8)?.unwrap_or_default();
                signals.push(ReadSignal {
                    pictures: Self::pictures_read(&reading, &attachments)?,
                    seq,
                    id: signal_id(row, 1)?,
                    narrative: narrative_id(row, 2)?,
                    compartments: Compartments::from_bits(row.get(3)?),
                    text,
                    lang_hint: row.get(4)?,
                    seen_at: row.get::<_, Option<i64>>(5)?.map(at),
                    recorded_at: at(row.get(6)?),
                });
            }
            Ok((signals, if met < REFILL_STEP { before } else { next }))
        })
    }

    /// The narratives that people keep apart.
    pub fn apart(&self) -> Result<Vec<(NarrativeId, NarrativeId)>, StoreError> {
        self.read(|views| {
            let mut rows = views.conn.prepare_cached("SELECT one, other FROM v_apart ORDER BY one, other")?;
            let rows = rows.query_map([], |row| Ok((narrative_id(row, 0)?, narrative_id(row, 1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Brings the search index up to the journal; returns the entries taken in.
    pub fn index_more(&self, limit: u32) -> Result<u64, StoreError> {
        let _alone = self.indexing();
        let search = self.search();
        self.reindex(search)?;
        self.close_in_index(search)?;
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

    /// Signals whose text was covered or restricted since they entered the index. What is covered while this runs stays
    /// marked: a mark goes only with the state of the signal that was read under it.
    fn reindex(&self, search: &Search) -> Result<(), StoreError> {
        let changed: Vec<(u64, u64, Option<String>)> = self.read(|views| {
            let mut rows = views.conn.prepare_cached(
                "SELECT r.seq, r.marks, s.text FROM m_reindex r LEFT JOIN v_signal s ON s.seq = r.seq",
            )?;
            let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })?;
        if changed.is_empty() {
            return Ok(());
        }
        let texts: Vec<(u64, Option<String>)> =
            changed.iter().map(|(seq, _, text)| (*seq, text.clone())).collect();
        search.again(&texts)?;
        self.exclusive(move |writer| {
            for (seq, marks, _) in &changed {
                let mut done =
                    writer.views.conn.prepare_cached("DELETE FROM m_reindex WHERE seq = ? AND marks = ?")?;
                done.execute((seq, marks))?;
            }
            Ok(())
        })
    }
}

impl Store {
    /// Takes signals out of the search index whose source has become protected since.
    fn close_in_index(&self, search: &Search) -> Result<(), StoreError> {
        let registered: u64 = self.read(|views| {
            let mut latest = views.conn.prepare_cached("SELECT coalesce(max(seq), 0) FROM v_source")?;
            Ok(latest.query_row([], |row| row.get(0))?)
        })?;
        if registered <= search.followed() {
            return Ok(());
        }
        let closed: Vec<u64> = self.read(|views| {
            let mut rows = views.conn.prepare("SELECT seq FROM v_signal WHERE text IS NULL AND seq < ?")?;
            Ok(rows.query_map([search.reached()], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
        })?;
        search.remove(&closed, registered)
    }
}

/// The text of a protected signal; `None` where it was erased or is damaged.
fn unsealed(reading: &Reading<'_>, seq: u64) -> Result<Option<String>, StoreError> {
    match reading.entry(seq) {
        Ok(Entry { event: Event::SignalReceived(signal), .. }) => Ok(Some(signal.text)),
        Ok(_) => Ok(None),
        Err(gone) if gone.is_content_gone() => Ok(None),
        Err(error) => Err(error),
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
