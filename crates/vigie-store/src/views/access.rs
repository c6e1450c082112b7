//! Who read what: the entries that reading protected material, a refusal and an export leave.
//!
//! What is open to everybody of a compartment without protection leaves no entry when it is read, and is not here.

use super::Views;
use crate::codec::{at, ms, narrative_id, signal_id, word};
use crate::error::StoreError;
use rusqlite::{Connection, OptionalExtension, Row, params};
use vigie_model::{
    Actor, Entry, Event, NarrativeId, ReadingNoticed, ReadingRule, SignalId, Timestamp, UserId,
};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessKind {
    /// It was read.
    Read,
    /// It was asked for, and refused.
    Denied,
    /// It left the site with an export.
    Exported,
    /// A person gave it to a partner.
    Shared,
}

impl AccessKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Read, Self::Denied, Self::Exported, Self::Shared];

    /// The word for programs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Denied => "denied",
            Self::Exported => "exported",
            Self::Shared => "shared",
        }
    }
}

/// One access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    /// The entry that says so.
    pub seq: u64,
    /// When.
    pub recorded_at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What became of it.
    pub kind: AccessKind,
    /// What was read, as `kind:id`.
    pub object: String,
}

/// Signals of a story whose readings are looked up.
const SIGNALS_MAX: u32 = 5_000;

/// Notes who read what, as the entry says.
pub(crate) fn note(conn: &Connection, entry: &Entry) -> rusqlite::Result<()> {
    let (kind, objects): (AccessKind, Vec<&str>) = match &entry.event {
        Event::AccessRead(e) => (AccessKind::Read, e.objects.iter().map(String::as_str).collect()),
        Event::AccessDenied(e) => (AccessKind::Denied, vec![e.object.as_deref().unwrap_or(&e.route)]),
        Event::ExportMade(_) => (AccessKind::Exported, vec!["site"]),
        Event::CopyTaken(e) => (AccessKind::Exported, vec![e.object.as_str()]),
        Event::NarrativeShared(_) => {
            return for_each(conn, entry, AccessKind::Shared, &[&entry.event.object()]);
        }
        _ => return Ok(()),
    };
    for_each(conn, entry, kind, &objects)
}

fn for_each(conn: &Connection, entry: &Entry, kind: AccessKind, objects: &[&str]) -> rusqlite::Result<()> {
    let mut row = conn.prepare_cached(
        "INSERT OR IGNORE INTO v_access(object, seq, actor, at, kind) VALUES (?, ?, ?, ?, ?)",
    )?;
    for object in objects {
        row.execute(params![object, entry.seq, entry.actor.to_string(), ms(entry.recorded_at), kind.word()])?;
    }
    Ok(())
}

impl Views {
    /// Who read one object (`kind:id`), newest first; `before` is the entry that the page before ended with. A story's
    /// readings are those of its signals too, and whatever is asked for, exports took it along.
    pub fn readers(
        &self,
        object: &str,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<AccessRow>, StoreError> {
        let mut objects = vec![object.to_owned(), "site".to_owned()];
        if let Some(narrative) = object.strip_prefix("narrative:").and_then(|id| id.parse().ok()) {
            objects.extend(self.signals_of(narrative)?.into_iter().map(|id| format!("signal:{id}")));
        }
        let mut rows = Vec::new();
        let mut one = self.conn.prepare_cached(
            "SELECT object, seq, actor, at, kind FROM v_access WHERE object = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
        )?;
        let before = i64::try_from(before.unwrap_or(u64::MAX)).unwrap_or(i64::MAX);
        for object in &objects {
            for row in one.query_map(params![object, before, limit], access)? {
                rows.push(row?);
            }
        }
        rows.sort_by(|a, b| b.seq.cmp(&a.seq).then_with(|| a.object.cmp(&b.object)));
        rows.truncate(limit as usize);
        Ok(rows)
    }

    /// What somebody read, newest first.
    pub fn readings(
        &self,
        actor: &Actor,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<AccessRow>, StoreError> {
        let before = i64::try_from(before.unwrap_or(u64::MAX)).unwrap_or(i64::MAX);
        Ok(self
            .conn
            .prepare_cached(
                "SELECT object, seq, actor, at, kind FROM v_access WHERE actor = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
            )?
            .query_map(params![actor.to_string(), before, limit], access)?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// The story of this code, wherever it moved.
    pub fn narrative_of_code(&self, code: &str) -> Result<Option<NarrativeId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT coalesce(moved_to, id) FROM v_narrative WHERE code = ?")?
            .query_row([code], |row| narrative_id(row, 0))
            .optional()?)
    }

    fn signals_of(&self, narrative: NarrativeId) -> Result<Vec<SignalId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT id FROM v_signal WHERE narrative = ? ORDER BY recorded_at DESC LIMIT ?")?
            .query_map(params![narrative.as_bytes(), SIGNALS_MAX], |row| signal_id(row, 0))?
            .collect::<rusqlite::Result<_>>()?)
    }
}

/// Much reading that was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticedRow {
    /// Its entry.
    pub seq: u64,
    /// When it was noticed.
    pub at: Timestamp,
    /// What was noticed.
    pub noticed: ReadingNoticed,
    /// The entry that says what it was, where somebody looked into it.
    pub explained: Option<u64>,
}

impl Views {
    /// What `actor` read, was refused and took since `since`, the latest first; at most `limit`.
    pub fn readings_since(
        &self,
        actor: &Actor,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<AccessRow>, StoreError> {
        let mut rows = self.conn.prepare_cached(
            "SELECT object, seq, actor, at, kind FROM v_access WHERE actor = ? ORDER BY seq DESC LIMIT ?",
        )?;
        let rows = rows.query_map(params![actor.to_string(), limit], access)?;
        // Stopped at the first that is too old: somebody may have read here for years.
        let recent = rows.take_while(|row| row.as_ref().map_or(true, |row| row.recorded_at >= since));
        Ok(recent.collect::<rusqlite::Result<_>>()?)
    }

    /// What was noticed, what nobody has looked into first, then the latest.
    pub fn noticed(&self, limit: u32) -> Result<Vec<NoticedRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT seq, at, body, explained FROM v_noticed ORDER BY explained IS NOT NULL, seq DESC LIMIT ?",
            )?
            .query_map([limit], noticed)?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// What entry `seq` noticed.
    pub fn noticed_as(&self, seq: u64) -> Result<Option<NoticedRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT seq, at, body, explained FROM v_noticed WHERE seq = ?")?
            .query_row([seq], noticed)
            .optional()?)
    }

    /// What was noticed of `person` since `since`.
    pub fn noticed_of(
        &self,
        person: UserId,
        since: Timestamp,
    ) -> Result<Vec<(ReadingRule, Timestamp)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT rule, at FROM v_noticed WHERE person = ? AND at >= ?")?
            .query_map(params![person.as_bytes(), ms(since)], |row| {
                Ok((word(row, 0, ReadingRule::from_word)?, at(row.get(1)?)))
            })?
            .collect::<rusqlite::Result<_>>()?)
    }
}

fn noticed(row: &Row<'_>) -> rusqlite::Result<NoticedRow> {
    Ok(NoticedRow {
        seq: row.get(0)?,
        at: at(row.get(1)?),
        noticed: word(row, 2, |text| serde_json::from_str(text).ok())?,
        explained: row.get(3)?,
    })
}

fn access(row: &Row<'_>) -> rusqlite::Result<AccessRow> {
    let kind = |text: &str| AccessKind::ALL.into_iter().find(|kind| kind.word() == text);
    Ok(AccessRow {
        object: row.get(0)?,
        seq: row.get(1)?,
        actor: word(row, 2, |text| text.parse::<Actor>().ok())?,
        recorded_at: at(row.get(3)?),
        kind: word(row, 4, kind)?,
    })
}
