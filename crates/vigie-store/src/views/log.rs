//! The duty log.

use super::{PAGE_MAX, Views, number};
use crate::codec::{at, maybe_at, maybe_note_id, maybe_user_id, note_id};
use crate::error::StoreError;
use crate::rows::{NoteRow, Page, Person};
use rusqlite::{OptionalExtension, Row, params};
use vigie_model::{NoteId, UserId};

const COLUMNS: &str = "n.id, n.seq, n.recorded_at, n.seen_at, n.by_user, n.text, n.struck_by, n.struck_at,
    n.struck_reason, n.corrects, n.corrected_by, (SELECT display FROM v_user WHERE id = n.by_user),
    (SELECT display FROM v_user WHERE id = n.struck_by) FROM v_note n";

impl Views {
    /// One page of the duty log, newest first.
    pub fn notes(&self, after: Option<&str>, limit: u32) -> Result<Page<NoteRow>, StoreError> {
        let limit = limit.clamp(1, PAGE_MAX);
        let total: u64 =
            self.conn.prepare_cached("SELECT count(*) FROM v_note")?.query_row([], |row| row.get(0))?;
        let mut items: Vec<NoteRow> = self
            .conn
            .prepare_cached(&format!("SELECT {COLUMNS} WHERE n.seq < ? ORDER BY n.seq DESC LIMIT ?"))?
            .query_map(params![number(after)?.unwrap_or(i64::MAX), limit + 1], note_row)?
            .collect::<rusqlite::Result<_>>()?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        Ok(Page { next: items.last().filter(|_| more).map(|row| row.seq.to_string()), items, total })
    }

    /// One line of the duty log.
    pub fn note(&self, id: NoteId) -> Result<Option<NoteRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!("SELECT {COLUMNS} WHERE n.id = ?"))?
            .query_row([id.as_bytes()], note_row)
            .optional()?)
    }

    /// Lines written, struck or corrected at or after entry `seq`.
    pub fn notes_since(&self, seq: u64) -> Result<Vec<NoteRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!("SELECT {COLUMNS} WHERE n.changed >= ? ORDER BY n.changed LIMIT 200"))?
            .query_map([seq], note_row)?
            .collect::<rusqlite::Result<_>>()?)
    }
}

fn person(id: Option<UserId>, display: Option<String>) -> Option<Person> {
    id.map(|id| Person { id, display: display.unwrap_or_default() })
}

fn note_row(row: &Row<'_>) -> rusqlite::Result<NoteRow> {
    let struck_at = maybe_at(row, 7)?;
    let struck_by = person(maybe_user_id(row, 6)?, row.get(12)?);
    let reason: Option<String> = row.get(8)?;
    Ok(NoteRow {
        id: note_id(row, 0)?,
        seq: row.get(1)?,
        recorded_at: at(row.get(2)?),
        seen_at: maybe_at(row, 3)?,
        by: person(maybe_user_id(row, 4)?, row.get(11)?),
        text: row.get(5)?,
        struck: struck_at.map(|when| (struck_by, when, reason.unwrap_or_default())),
        corrects: maybe_note_id(row, 9)?,
        corrected_by: maybe_note_id(row, 10)?,
    })
}
