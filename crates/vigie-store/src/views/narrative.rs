//! One story over time.

use super::{PAGE_MAX, Views, number};
use crate::codec::{at, maybe_user_id, ms, narrative_id, signal_id, tricks, word};
use crate::error::StoreError;
use crate::rows::{
    ActRow, ComparedRow, Found, HeadRow, LinkRow, NarrativeDetail, NarrativeRow, Page, Person, Share,
    SignalRow, SourceShare, Spread,
};
use rusqlite::{OptionalExtension, params};
use vigie_model::{
    Actor, Compartments, Likeness, NarrativeId, SignalId, SignalKind, SourceId, Timestamp, UserId,
};

const HOUR: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

impl Views {
    /// The queue's row of one narrative.
    pub fn narrative_row(
        &self,
        id: NarrativeId,
        granted: Compartments,
        now: Timestamp,
    ) -> Result<Found<NarrativeRow>, StoreError> {
        if let Some(kept) = self.moved(id, granted)? {
            return Ok(Found::Moved(kept));
        }
        Ok(self.row_of(id, granted, now)?.map_or(Found::Nothing, Found::Here))
    }

    /// One narrative with its hours, sources and history.
    pub fn narrative(
        &self,
        id: NarrativeId,
        granted: Compartments,
        now: Timestamp,
    ) -> Result<Found<NarrativeDetail>, StoreError> {
        match self.narrative_row(id, granted, now)? {
            Found::Here(row) => {
                let hours = self.hours(id)?;
                let from = hours.first().map_or(now, |(hour, _)| *hour);
                let until = hours.last().map_or(now, |(hour, _)| *hour) + HOUR;
                Ok(Found::Here(NarrativeDetail {
                    row,
                    hours,
                    heard: self.heard_by_hour(from, until, granted)?,
                    gaps: self.gaps(from, until)?,
                    sources: self.shares(id)?,
                    spread: self.spread(id, granted)?,
                    history: self.history(id)?,
                }))
            }
            Found::Moved(kept) => Ok(Found::Moved(kept)),
            Found::Nothing => Ok(Found::Nothing),
        }
    }

    fn spread(&self, id: NarrativeId, granted: Compartments) -> Result<Spread, StoreError> {
        Ok(Spread {
            langs: self.spread_by("lang", id, granted)?,
            kinds: self.spread_by("kind", id, granted)?,
            places: self.spread_by("place", id, granted)?,
        })
    }

    /// `column` is one of ours, never from outside.
    fn spread_by(
        &self,
        column: &'static str,
        id: NarrativeId,
        granted: Compartments,
    ) -> Result<Vec<Share>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!(
                "SELECT {column}, count(*), min(coalesce(seen_at, recorded_at)) AS first_at FROM v_signal
                 WHERE narrative = ?1 AND (compartments & ~?2) = 0 AND {column} IS NOT NULL
                 GROUP BY 1 ORDER BY first_at, 1 LIMIT 50"
            ))?
            .query_map(params![id.as_bytes(), granted.bits()], |row| {
                Ok(Share { name: row.get(0)?, count: row.get(1)?, first_at: at(row.get(2)?) })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    fn moved(&self, id: NarrativeId, granted: Compartments) -> Result<Option<NarrativeId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT moved_to FROM v_narrative WHERE id = ?1 AND moved_to IS NOT NULL AND (compartments & ~?2) = 0",
            )?
            .query_row(params![id.as_bytes(), granted.bits()], |row| narrative_id(row, 0))
            .optional()?)
    }

    fn hours(&self, id: NarrativeId) -> Result<Vec<(Timestamp, u64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT recorded_at / 3600000 * 3600000 AS hour, count(*) FROM v_signal WHERE narrative = ?
                 GROUP BY hour ORDER BY hour",
            )?
            .query_map([id.as_bytes()], |row| Ok((at(row.get(0)?), row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?)
    }

    fn shares(&self, id: NarrativeId) -> Result<Vec<SourceShare>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT n.source, coalesce(s.name, n.source), s.body ->> 'kind', n.count, n.first_recorded_at
                 FROM v_narrative_source n JOIN v_source s ON s.id = n.source WHERE n.narrative = ?
                 ORDER BY n.first_recorded_at, n.source",
            )?
            .query_map([id.as_bytes()], |row| {
                Ok(SourceShare {
                    id: word(row, 0, |text| text.parse::<SourceId>().ok())?,
                    name: row.get(1)?,
                    kind: word(row, 2, SignalKind::from_word)?,
                    count: row.get(3)?,
                    first_recorded_at: at(row.get(4)?),
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    fn history(&self, id: NarrativeId) -> Result<Vec<ActRow>, StoreError> {
        let mut rows: Vec<ActRow> = self
            .conn
            .prepare_cached(
                "SELECT a.seq, a.recorded_at, a.actor, a.what, a.detail, a.undone FROM v_act_narrative n
                 JOIN v_act a ON a.seq = n.seq WHERE n.narrative = ? ORDER BY a.seq",
            )?
            .query_map([id.as_bytes()], |row| {
                let actor: Actor = word(row, 2, |text| text.parse().ok())?;
                Ok(ActRow {
                    seq: row.get(0)?,
                    recorded_at: at(row.get(1)?),
                    by: actor.human().map(|id| Person { id, display: String::new() }),
                    what: row.get(3)?,
                    detail: row.get(4)?,
                    undone: row.get(5)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        for row in &mut rows {
            if let Some(by) = &mut row.by {
                by.display = self.display(by.id)?;
            }
            if row.what == "assigned" && !row.detail.is_empty() {
                let named = row.detail.parse::<UserId>().ok().map(|id| self.display(id)).transpose()?;
                row.detail = named.unwrap_or_default();
            }
        }
        Ok(rows)
    }

    /// What people said of this narrative and others; of each other one what was said last.
    pub fn compared(&self, id: NarrativeId) -> Result<Vec<ComparedRow>, StoreError> {
        let mut rows: Vec<ComparedRow> = self
            .conn
            .prepare_cached(
                "SELECT max(a.seq), b.narrative, a.what, a.actor, a.recorded_at FROM v_act_narrative n
                 JOIN v_act a ON a.seq = n.seq JOIN v_act_narrative b ON b.seq = a.seq AND b.narrative <> n.narrative
                 WHERE n.narrative = ? AND a.what IN ('alike', 'unlike') AND a.undone = 0
                 GROUP BY b.narrative ORDER BY max(a.seq)",
            )?
            .query_map([id.as_bytes()], |row| {
                let actor: Actor = word(row, 3, |text| text.parse().ok())?;
                Ok(ComparedRow {
                    seq: row.get(0)?,
                    other: narrative_id(row, 1)?,
                    same: row.get::<_, String>(2)? == "alike",
                    by: actor.human().map(|id| Person { id, display: String::new() }),
                    recorded_at: at(row.get(4)?),
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        for by in rows.iter_mut().filter_map(|row| row.by.as_mut()) {
            by.display = self.display(by.id)?;
        }
        Ok(rows)
    }

    /// Opening words of the narratives that changed after `after` (an entry, and the last narrative taken of it), and
    /// were heard of since `since`, in the order of their changes. Of older ones that lost words by an erasure it is said
    /// that they have none: whoever remembers them forgets.
    pub fn heads(
        &self,
        after: (u64, Option<NarrativeId>),
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<HeadRow>, StoreError> {
        let taken = after.1.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, changed, CASE WHEN moved_to IS NULL AND restricted = 0 AND last_recorded_at >= ?3 THEN head END
                 FROM v_narrative WHERE changed >= ?1 AND (changed > ?1 OR id > ?2)
                     AND (last_recorded_at >= ?3 OR changed IN (SELECT seq FROM v_erased))
                 ORDER BY changed, id LIMIT ?4",
            )?
            .query_map(params![after.0, taken, ms(since), limit], |row| {
                Ok(HeadRow { id: narrative_id(row, 0)?, changed: row.get(1)?, head: row.get(2)? })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn display(&self, id: UserId) -> Result<String, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT display FROM v_user WHERE id = ?")?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?
            .unwrap_or_default())
    }

    /// Signals of a narrative, in the order of the journal.
    pub fn signals(
        &self,
        id: NarrativeId,
        granted: Compartments,
        last_first: bool,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<SignalRow>, StoreError> {
        let limit = limit.clamp(1, PAGE_MAX);
        let total: u64 = self
            .conn
            .prepare_cached(
                "SELECT count(*) FROM v_signal WHERE narrative = ?1 AND (compartments & ~?2) = 0",
            )?
            .query_row(params![id.as_bytes(), granted.bits()], |row| row.get(0))?;
        let (compare, order, start) = if last_first { ("<", "DESC", i64::MAX) } else { (">", "ASC", -1) };
        let seqs: Vec<i64> = self
            .conn
            .prepare_cached(&format!(
                "SELECT seq FROM v_signal WHERE narrative = ?1 AND (compartments & ~?2) = 0 AND seq {compare} ?3
                 ORDER BY seq {order} LIMIT ?4"
            ))?
            .query_map(
                params![id.as_bytes(), granted.bits(), number(after)?.unwrap_or(start), limit + 1],
                |row| row.get(0),
            )?
            .collect::<rusqlite::Result<_>>()?;
        let more = seqs.len() > limit as usize;
        let shown = &seqs[..seqs.len().min(limit as usize)];
        let items = shown.iter().map(|seq| self.signal_at(*seq)).collect::<Result<Vec<_>, _>>()?;
        Ok(Page { items, next: shown.last().filter(|_| more).map(ToString::to_string), total })
    }

    /// The signal with the earliest known time, and the earliest that the public could see.
    pub fn earliest(
        &self,
        id: NarrativeId,
        granted: Compartments,
    ) -> Result<(Option<SignalRow>, Option<SignalRow>), StoreError> {
        let pick = |public: &str| -> Result<Option<SignalRow>, StoreError> {
            let seq: Option<i64> = self
                .conn
                .prepare_cached(&format!(
                    "SELECT seq FROM v_signal WHERE narrative = ?1 AND (compartments & ~?2) = 0 {public}
                     ORDER BY coalesce(seen_at, reported_at, recorded_at), seq LIMIT 1"
                ))?
                .query_row(params![id.as_bytes(), granted.bits()], |row| row.get(0))
                .optional()?;
            seq.map(|seq| self.signal_at(seq)).transpose()
        };
        Ok((pick("")?, pick("AND kind IN ('post', 'radio')")?))
    }

    /// Why its signals stand together, in the order of the journal.
    pub fn links(&self, id: NarrativeId, limit: u32) -> Result<Vec<LinkRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT s.id, l.to_id, l.likeness, l.value, l.tricks FROM v_signal s
                 JOIN v_link l ON l.from_seq = s.seq WHERE s.narrative = ? ORDER BY s.seq, l.rank LIMIT ?",
            )?
            .query_map(params![id.as_bytes(), limit], |row| {
                Ok(LinkRow {
                    from: signal_id(row, 0)?,
                    to: signal_id(row, 1)?,
                    likeness: word(row, 2, Likeness::from_word)?,
                    value: row.get(3)?,
                    tricks: tricks(row.get(4)?),
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// The narrative with this speakable code.
    pub fn narrative_by_code(&self, code: &str) -> Result<Option<NarrativeId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT id FROM v_narrative WHERE code = ?")?
            .query_row([code], |row| narrative_id(row, 0))
            .optional()?)
    }

    /// The entry of the first signal of a narrative.
    pub fn first_of(&self, id: NarrativeId) -> Result<Option<u64>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT min(seq) FROM v_signal WHERE narrative = ?")?
            .query_row([id.as_bytes()], |row| row.get(0))?)
    }

    /// The signals of a narrative with their texts, in the order of the journal; at most `limit`.
    pub fn texts_of(
        &self,
        id: NarrativeId,
        limit: u32,
    ) -> Result<Vec<(SignalId, Option<String>)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT id, text FROM v_signal WHERE narrative = ? ORDER BY seq LIMIT ?")?
            .query_map(params![id.as_bytes(), limit], |row| Ok((signal_id(row, 0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Who has a narrative today, and in which state it is: what rules ask before they let an act pass.
    pub fn standing(
        &self,
        id: NarrativeId,
        granted: Compartments,
    ) -> Result<Option<(vigie_model::Decision, Option<UserId>)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT state, assigned FROM v_narrative WHERE id = ?1 AND moved_to IS NULL AND (compartments & ~?2) = 0",
            )?
            .query_row(params![id.as_bytes(), granted.bits()], |row| {
                Ok((word(row, 0, vigie_model::Decision::from_word)?, maybe_user_id(row, 1)?))
            })
            .optional()?)
    }
}
