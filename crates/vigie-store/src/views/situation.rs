//! What a screen needs around the records of the desk: names, what changed, how much of it.

use super::Views;
use crate::codec::{at, ms};
use crate::error::StoreError;
use crate::project::HOUR_MS;
use crate::rows::Person;
use rusqlite::params;
use uuid::Uuid;
use vigie_model::{Compartments, NarrativeId, Object, Timestamp, UserId};

/// One record of the desk that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskChange {
    /// Which record.
    pub object: Object,
    /// Its speakable code.
    pub code: String,
    /// Where it stands, in one word.
    pub state: String,
    /// Whether somebody still has to act.
    pub open: bool,
    /// When it must be done.
    pub due: Option<Timestamp>,
    /// The function it waits for.
    pub waits_for: Option<String>,
    /// The story it belongs to.
    pub narrative: Option<NarrativeId>,
    /// The entry that last changed it.
    pub changed: u64,
    /// Who may see it.
    pub compartments: Compartments,
}

/// Something that some who could read it may read no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// The entry that took it from them.
    pub seq: u64,
    /// `narrative`, or the kind of a record of the desk.
    pub kind: String,
    /// Which.
    pub id: Uuid,
    /// Who could see it.
    pub before: Compartments,
    /// Who can now; every compartment where nobody can.
    pub after: Compartments,
}

/// How many records of one kind there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskCount {
    /// The word of the kind.
    pub kind: String,
    /// On which somebody still has to act.
    pub open: u64,
    /// Of those, late.
    pub overdue: u64,
}

/// How busy a story was in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy {
    /// The story.
    pub narrative: NarrativeId,
    /// Signals in the period.
    pub count: u64,
    /// Entry of the first of them.
    pub first_seq: u64,
    /// Entry of the last of them.
    pub last_seq: u64,
}

/// How many stories stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoryCounts {
    /// Nobody has decided about them.
    pub new: u64,
    /// Kept.
    pub relevant: u64,
    /// A class that waits for a second person.
    pub awaits_second: u64,
    /// With an objection that nobody has decided.
    pub contested: u64,
    /// That count as hostile.
    pub hostile: u64,
}

const COLUMNS: &str = "kind, id, code, state, open, due, waits_for, narrative, changed, compartments";

fn change(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<DeskChange>> {
    let (kind, id): (String, [u8; 16]) = (row.get(0)?, row.get(1)?);
    let Some(object) = Object::new(&kind, Uuid::from_bytes(id)) else { return Ok(None) };
    let narrative: Option<[u8; 16]> = row.get(7)?;
    let due: Option<i64> = row.get(5)?;
    Ok(Some(DeskChange {
        object,
        code: row.get(2)?,
        state: row.get(3)?,
        open: row.get(4)?,
        due: due.map(at),
        waits_for: row.get(6)?,
        narrative: narrative.map(|id| NarrativeId::from_uuid(Uuid::from_bytes(id))),
        changed: row.get(8)?,
        compartments: Compartments::from_bits(row.get(9)?),
    }))
}

impl Views {
    /// A person with the name shown to colleagues; empty where the account is not known.
    pub fn person(&self, id: UserId) -> Result<Person, StoreError> {
        Ok(Person { id, display: self.display(id)? })
    }

    /// Records that changed at or after entry `since_seq`, in the order of their change.
    pub fn desk_changed(
        &self,
        since_seq: u64,
        granted: Compartments,
        limit: u32,
    ) -> Result<Vec<DeskChange>, StoreError> {
        let rows = self
            .conn
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM v_desk WHERE changed >= ?1 AND (compartments & ~?2) = 0
                 ORDER BY changed LIMIT ?3"
            ))?
            .query_map(params![since_seq, granted.bits(), limit], change)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// What was taken from readers at or after entry `since`, oldest first.
    pub fn withdrawn(&self, since: u64, limit: u32) -> Result<Vec<Withdrawn>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT seq, kind, id, before, after FROM v_withdrawn WHERE seq >= ? ORDER BY seq, kind, id LIMIT ?",
            )?
            .query_map(params![since, limit], |row| {
                Ok(Withdrawn {
                    seq: row.get(0)?,
                    kind: row.get(1)?,
                    id: Uuid::from_bytes(row.get(2)?),
                    before: Compartments::from_bits(row.get(3)?),
                    after: Compartments::from_bits(row.get(4)?),
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Open records that are late at `now`, the latest first in line first, or that wait for one of `functions`.
    pub fn desk_open(
        &self,
        functions: &[vigie_model::FunctionId],
        late_at: Option<Timestamp>,
        granted: Compartments,
        limit: u32,
    ) -> Result<Vec<DeskChange>, StoreError> {
        let functions: Vec<&str> = functions.iter().map(vigie_model::FunctionId::as_str).collect();
        let functions = serde_json::to_string(&functions).unwrap_or_else(|_| "[]".to_owned());
        let rows = self
            .conn
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM v_desk WHERE open = 1 AND kind IN ('request', 'task', 'warning', 'response')
                     AND (compartments & ~?1) = 0 AND (?2 IS NULL OR due < ?2)
                     AND (?3 = '[]' OR waits_for IN (SELECT value FROM json_each(?3)))
                 ORDER BY due IS NULL, due LIMIT ?4"
            ))?
            .query_map(params![granted.bits(), late_at.map(ms), functions, limit], change)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// How much is open and late, by kind.
    pub fn desk_counts(&self, granted: Compartments, now: Timestamp) -> Result<Vec<DeskCount>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT kind, count(*), coalesce(sum(due < ?2 AND kind IN ('request', 'task', 'warning', 'response')), 0)
                 FROM v_desk WHERE open = 1 AND (compartments & ~?1) = 0 GROUP BY kind ORDER BY kind",
            )?
            .query_map(params![granted.bits(), ms(now)], |row| {
                Ok(DeskCount { kind: row.get(0)?, open: row.get(1)?, overdue: row.get(2)? })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// The busiest stories of a period that the asker may see; dismissed ones are left out.
    pub fn busiest(
        &self,
        from: Timestamp,
        to: Timestamp,
        granted: Compartments,
        limit: u32,
    ) -> Result<Vec<Busy>, StoreError> {
        let ends_later = self
            .conn
            .prepare_cached("SELECT 1 FROM v_signal WHERE recorded_at >= ? LIMIT 1")?
            .exists([ms(to)])?;
        // Hours that lie in the period in part are counted signal by signal; of the others the kept sums are taken.
        let (first, last) = (ms(from) / HOUR_MS, ms(to) / HOUR_MS);
        let parts = [(ms(from) % HOUR_MS != 0).then_some(first), ends_later.then_some(last)];
        Ok(self
            .conn
            .prepare_cached(
                "SELECT v.id, sum(iif(h.hour IN (?4, ?5), (SELECT count(*) FROM v_signal s INDEXED BY v_signal_narrative
                         WHERE s.narrative = v.id AND s.recorded_at >= max(?1, h.hour * 3600000)
                         AND s.recorded_at < min(?2, (h.hour + 1) * 3600000)), h.count)) AS n,
                     min(iif(h.hour = ?4, (SELECT min(s.seq) FROM v_signal s INDEXED BY v_signal_narrative
                         WHERE s.narrative = v.id AND s.recorded_at >= ?1 AND s.recorded_at < min(?2, (h.hour + 1) * 3600000)),
                         h.first_seq)),
                     max(iif(h.hour = ?5, (SELECT max(s.seq) FROM v_signal s INDEXED BY v_signal_narrative
                         WHERE s.narrative = v.id AND s.recorded_at >= max(?1, h.hour * 3600000) AND s.recorded_at < ?2),
                         h.last_seq))
                 FROM v_narrative v CROSS JOIN v_hour h ON h.narrative = v.id AND h.hour >= ?6 AND h.hour <= ?7
                 WHERE v.last_recorded_at >= ?1 AND v.moved_to IS NULL AND v.state <> 'dismissed'
                     AND (v.compartments & ~?3) = 0
                 GROUP BY v.id HAVING n > 0 ORDER BY n DESC, v.id LIMIT ?8",
            )?
            .query_map(
                params![ms(from), ms(to), granted.bits(), parts[0], parts[1], first, last, limit],
                |row| {
                    Ok(Busy {
                        narrative: NarrativeId::from_uuid(Uuid::from_bytes(row.get(0)?)),
                        count: row.get(1)?,
                        first_seq: row.get(2)?,
                        last_seq: row.get(3)?,
                    })
                },
            )?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Signals of one story in a period.
    pub fn signals_between(
        &self,
        narrative: NarrativeId,
        from: Timestamp,
        to: Timestamp,
        granted: Compartments,
    ) -> Result<u64, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT count(*) FROM v_signal WHERE narrative = ?1 AND recorded_at >= ?2 AND recorded_at < ?3
                 AND (compartments & ~?4) = 0",
            )?
            .query_row(
                params![narrative.as_bytes(), ms(from), ms(to), granted.bits()],
                |row| row.get(0),
            )?)
    }

    /// Entries behind a source: its latest registration, and its last signal.
    pub fn source_entries(&self, source: &vigie_model::SourceId) -> Result<Vec<u64>, StoreError> {
        let rows: (Option<u64>, Option<u64>) = self
            .conn
            .prepare_cached(
                "SELECT (SELECT seq FROM v_source WHERE id = ?1), (SELECT max(seq) FROM v_signal
                     WHERE source = ?1 AND recorded_at = (SELECT last_accepted_at FROM m_source WHERE source = ?1))",
            )?
            .query_row([source.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.0.into_iter().chain(rows.1).collect())
    }

    /// How many stories stand where, as far as the asker may see them.
    pub fn story_counts(&self, granted: Compartments) -> Result<StoryCounts, StoreError> {
        let (new, relevant) = self
            .conn
            .prepare_cached(
                "SELECT coalesce(sum(state = 'new'), 0), coalesce(sum(state = 'relevant'), 0) FROM v_narrative
                 WHERE moved_to IS NULL AND (compartments & ~?1) = 0",
            )?
            .query_row([granted.bits()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (awaits_second, contested, hostile) = self
            .conn
            .prepare_cached(
                "SELECT coalesce(sum(j.awaits), 0), coalesce(sum(j.contested), 0), coalesce(sum(j.hostile), 0)
                 FROM v_judged j JOIN v_narrative n ON n.id = j.narrative
                 WHERE n.moved_to IS NULL AND (n.compartments & ~?1) = 0",
            )?
            .query_row([granted.bits()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(StoryCounts { new, relevant, awaits_second, contested, hostile })
    }

    /// The entry from which on things are news to a person: their sign-in before the present one, or the last hand-over,
    /// whichever is later. 0 where there was neither.
    pub fn news_since(&self, user: UserId) -> Result<u64, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT max(coalesce((SELECT coalesce(before, last) FROM v_sign_in WHERE user = ?1), 0),
                     coalesce((SELECT max(seq) FROM v_watch), 0))",
            )?
            .query_row([user.as_bytes()], |row| row.get(0))?)
    }
}
