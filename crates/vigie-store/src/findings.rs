//! What engines found in many signals together: projected, asked for, and what refills the engines.

use crate::codec::{at, finding_id, maybe_user_id, ms, signal_id, word};
use crate::error::StoreError;
use crate::read::Reading;
use crate::rows::Person;
use crate::store::Store;
use crate::views::Views;
use rusqlite::{Connection, OptionalExtension, Result, params};
use serde::Serialize;
use vigie_model::{
    AttachmentId, AttachmentRead, Compartments, Entry, Event, FindingAnswered, FindingId, FindingMade,
    Likeness, NarrativeId, SignalId, Timestamp,
};

/// One picture that an engine has read.
pub(crate) fn picture(conn: &Connection, entry: &Entry, e: &AttachmentRead) -> Result<()> {
    run(
        conn,
        "INSERT OR IGNORE INTO v_picture(attachment, seq) VALUES (?,?)",
        params![e.attachment.as_bytes(), entry.seq],
    )
}

/// A finding, or the same one grown.
pub(crate) fn made(conn: &Connection, entry: &Entry, e: &FindingMade) -> Result<()> {
    let id = e.id.as_bytes();
    let body = serde_json::to_string(e).unwrap_or_default();
    run(
        conn,
        "INSERT INTO v_finding(id, kind, seq, at, accounts, body) VALUES (?1,?2,?3,?4,?5,?6)
         ON CONFLICT(id) DO UPDATE SET seq = ?3, at = ?4, accounts = ?5, body = ?6",
        params![id, e.kind.word(), entry.seq, ms(entry.recorded_at), e.account_count, body],
    )?;
    for message in &e.messages {
        run(
            conn,
            "INSERT OR IGNORE INTO v_finding_signal(finding, signal) VALUES (?,?)",
            params![id, message.signal.as_bytes()],
        )?;
    }
    if closed(conn, id)? {
        return forget(conn, id);
    }
    run(
        conn,
        "INSERT OR IGNORE INTO v_finding_narrative(narrative, finding)
         SELECT DISTINCT s.narrative, f.finding FROM v_finding_signal f JOIN v_signal s ON s.id = f.signal
         WHERE f.finding = ? AND s.narrative IS NOT NULL",
        [id],
    )?;
    touch(conn, entry, id)
}

/// Whether a message behind it has become protected since.
fn closed(conn: &Connection, id: &[u8; 16]) -> Result<bool> {
    conn.prepare_cached(
        "SELECT 1 FROM v_finding_signal f JOIN v_signal s ON s.id = f.signal WHERE f.finding = ? AND s.text IS NULL",
    )?
    .exists([id])
}

/// Takes a finding out of the views: the words and pseudonyms of what is protected stand in the record alone.
pub(crate) fn forget(conn: &Connection, id: &[u8; 16]) -> Result<()> {
    for sql in [
        "DELETE FROM v_finding_signal WHERE finding = ?",
        "DELETE FROM v_finding_narrative WHERE finding = ?",
        "DELETE FROM v_finding_answer WHERE finding = ?",
        "DELETE FROM v_finding WHERE id = ?",
    ] {
        run(conn, sql, [id])?;
    }
    Ok(())
}

/// The findings of a narrative are those about signals that stand in it.
pub(crate) fn settle(conn: &Connection, narrative: NarrativeId) -> Result<()> {
    run(conn, "DELETE FROM v_finding_narrative WHERE narrative = ?", [narrative.as_bytes()])?;
    run(
        conn,
        "INSERT INTO v_finding_narrative(narrative, finding)
         SELECT DISTINCT s.narrative, f.finding FROM v_signal s JOIN v_finding_signal f ON f.signal = s.id
         WHERE s.narrative = ?",
        [narrative.as_bytes()],
    )
}

/// The narrative has become protected: its findings go.
pub(crate) fn close(conn: &Connection, narrative: &[u8; 16]) -> Result<()> {
    let found: Vec<[u8; 16]> = conn
        .prepare_cached(
            "SELECT DISTINCT f.finding FROM v_finding_signal f JOIN v_signal s ON s.id = f.signal WHERE s.narrative = ?",
        )?
        .query_map([narrative], |row| row.get(0))?
        .collect::<Result<_>>()?;
    found.iter().try_for_each(|id| forget(conn, id))
}

/// A person agreed or overruled; the latest answer counts.
pub(crate) fn answered(conn: &Connection, entry: &Entry, e: &FindingAnswered) -> Result<()> {
    let by = entry.actor.human();
    run(
        conn,
        "INSERT INTO v_finding_answer(seq, finding, at, by_user, agrees, reason) VALUES (?,?,?,?,?,?)",
        params![
            entry.seq,
            e.finding.as_bytes(),
            ms(entry.recorded_at),
            by.as_ref().map(vigie_model::UserId::as_bytes),
            e.agrees,
            e.reason
        ],
    )?;
    run(conn, "UPDATE v_finding SET overruled = ? WHERE id = ?", params![!e.agrees, e.finding.as_bytes()])?;
    touch(conn, entry, e.finding.as_bytes())
}

/// The narratives that it stands in show themselves anew.
fn touch(conn: &Connection, entry: &Entry, finding: &[u8; 16]) -> Result<()> {
    run(
        conn,
        "UPDATE v_narrative SET changed = ?1 WHERE id IN (SELECT narrative FROM v_finding_narrative WHERE finding = ?2)",
        params![entry.seq, finding],
    )
}

/// A time without hearing opens or closes: of one source, or of all behind the uplink (no name).
pub(crate) fn gap(conn: &Connection, entry: &Entry, what: &str, opens: bool) -> Result<()> {
    let now = ms(entry.recorded_at);
    if opens {
        return run(
            conn,
            "INSERT OR IGNORE INTO v_gap(what, from_at) SELECT ?1, ?2
             WHERE NOT EXISTS (SELECT 1 FROM v_gap WHERE what = ?1 AND until_at IS NULL)",
            params![what, now],
        );
    }
    run(conn, "UPDATE v_gap SET until_at = ? WHERE what = ? AND until_at IS NULL", params![now, what])
}

fn run(conn: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<()> {
    conn.prepare_cached(sql)?.execute(values).map(|_| ())
}

/// A finding as it stands, with what people said to it.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingRow {
    /// The entry that last changed it.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// What was found.
    pub made: FindingMade,
    /// What people said, oldest first.
    pub answers: Vec<FindingAnswer>,
}

/// What one person said to a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingAnswer {
    /// Its entry.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<Person>,
    /// Whether they agree.
    pub agrees: bool,
    /// Why.
    pub reason: String,
}

/// What is known of the findings about a narrative, for its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FindingMarks {
    /// The most accounts that were found sharing the same; 0: none.
    pub together: u32,
    /// Whether it speaks of what was not spoken of before.
    pub topic: bool,
}

/// A time in which something could not be heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The source, by its name; `None`: everything behind the uplink.
    pub source: Option<String>,
    /// Since when.
    pub from: Timestamp,
    /// Until when; `None`: still.
    pub until: Option<Timestamp>,
}

/// Whether all that the finding `f` names may be seen by `?2`.
const SEEN: &str = "NOT EXISTS (SELECT 1 FROM v_finding_signal g JOIN v_signal s ON s.id = g.signal
    WHERE g.finding = f.id AND (s.compartments & ~?2) <> 0)";

/// A row of `v_finding` before its answers are fetched.
type Stored = (FindingId, u64, Timestamp, String);

impl Views {
    /// The findings about a narrative, the latest first. One that names a signal which the asker may not see is not there.
    pub fn findings(
        &self,
        id: NarrativeId,
        granted: Compartments,
    ) -> std::result::Result<Vec<FindingRow>, StoreError> {
        let rows: Vec<Stored> = self
            .conn
            .prepare_cached(&format!(
                "SELECT f.id, f.seq, f.at, f.body FROM v_finding_narrative n JOIN v_finding f ON f.id = n.finding
                 WHERE n.narrative = ?1 AND {SEEN} ORDER BY f.seq DESC LIMIT 50"
            ))?
            .query_map(params![id.as_bytes(), granted.bits()], |row| {
                Ok((finding_id(row, 0)?, row.get(1)?, at(row.get(2)?), row.get(3)?))
            })?
            .collect::<Result<_>>()?;
        rows.into_iter().map(|row| self.with_answers(row)).collect()
    }

    /// One finding, where the asker may see all of it.
    pub fn finding(
        &self,
        id: FindingId,
        granted: Compartments,
    ) -> std::result::Result<Option<FindingRow>, StoreError> {
        let row: Option<Stored> = self
            .conn
            .prepare_cached(&format!(
                "SELECT f.id, f.seq, f.at, f.body FROM v_finding f WHERE f.id = ?1 AND {SEEN}"
            ))?
            .query_row(params![id.as_bytes(), granted.bits()], |row| {
                Ok((finding_id(row, 0)?, row.get(1)?, at(row.get(2)?), row.get(3)?))
            })
            .optional()?;
        row.map(|row| self.with_answers(row)).transpose()
    }

    fn with_answers(&self, (id, seq, at, body): Stored) -> std::result::Result<FindingRow, StoreError> {
        let made = serde_json::from_str(&body)
            .map_err(|cause| StoreError::Damaged { seq, cause: cause.to_string() })?;
        Ok(FindingRow { seq, at, made, answers: self.answers(id)? })
    }

    fn answers(&self, id: FindingId) -> std::result::Result<Vec<FindingAnswer>, StoreError> {
        let mut answers: Vec<FindingAnswer> = self
            .conn
            .prepare_cached(
                "SELECT seq, at, by_user, agrees, reason FROM v_finding_answer WHERE finding = ? ORDER BY seq",
            )?
            .query_map([id.as_bytes()], |row| {
                let by = maybe_user_id(row, 2)?.map(|id| Person { id, display: String::new() });
                Ok(FindingAnswer {
                    seq: row.get(0)?,
                    at: at(row.get(1)?),
                    by,
                    agrees: row.get(3)?,
                    reason: row.get(4)?,
                })
            })?
            .collect::<Result<_>>()?;
        for person in answers.iter_mut().filter_map(|answer| answer.by.as_mut()) {
            person.display = self.display(person.id)?;
        }
        Ok(answers)
    }

    /// What the row of a narrative says of findings that nobody overruled.
    pub(crate) fn marks(
        &self,
        id: NarrativeId,
        granted: Compartments,
    ) -> std::result::Result<FindingMarks, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!(
                "SELECT coalesce(max(iif(f.kind = 'topic', 0, f.accounts)), 0), coalesce(max(f.kind = 'topic'), 0)
                 FROM v_finding_narrative n JOIN v_finding f ON f.id = n.finding
                 WHERE n.narrative = ?1 AND f.overruled = 0 AND {SEEN}"
            ))?
            .query_row(params![id.as_bytes(), granted.bits()], |row| {
                Ok(FindingMarks { together: row.get(0)?, topic: row.get(1)? })
            })?)
    }

    /// Signals that the asker may see, recorded since `since`.
    pub fn heard_since(
        &self,
        since: Timestamp,
        granted: Compartments,
    ) -> std::result::Result<u64, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT count(*) FROM v_signal WHERE recorded_at > ? AND (compartments & ~?) = 0",
            )?
            .query_row(params![ms(since), granted.bits()], |row| row.get(0))?)
    }

    /// Sources and links that are silent now.
    pub fn open_gaps(&self) -> std::result::Result<u64, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT count(*) FROM v_gap WHERE until_at IS NULL")?
            .query_row([], |row| row.get(0))?)
    }

    /// Times between `from` and `until` in which something could not be heard, in order.
    pub fn gaps(&self, from: Timestamp, until: Timestamp) -> std::result::Result<Vec<Gap>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT iif(g.what = '', NULL, coalesce(s.name, g.what)), g.from_at, g.until_at FROM v_gap g
                 LEFT JOIN v_source s ON s.id = g.what
                 WHERE g.from_at < ?2 AND coalesce(g.until_at, ?2) > ?1 ORDER BY g.from_at LIMIT 200",
            )?
            .query_map(params![ms(from), ms(until)], |row| {
                let until: Option<i64> = row.get(2)?;
                Ok(Gap { source: row.get(0)?, from: at(row.get(1)?), until: until.map(at) })
            })?
            .collect::<Result<_>>()?)
    }

    /// Signals that the asker may see, by the hour in which they were recorded, from `from` to `until`.
    pub fn heard_by_hour(
        &self,
        from: Timestamp,
        until: Timestamp,
        granted: Compartments,
    ) -> std::result::Result<Vec<(Timestamp, u64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT recorded_at / 3600000 * 3600000 AS hour, count(*) FROM v_signal
                 WHERE recorded_at >= ? AND recorded_at < ? AND (compartments & ~?) = 0 GROUP BY hour",
            )?
            .query_map(params![ms(from), ms(until), granted.bits()], |row| {
                Ok((at(row.get(0)?), row.get(1)?))
            })?
            .collect::<Result<_>>()?)
    }
}

/// A signal as the engine that looks at many together needs it. Only what is in no protected compartment.
#[derive(Debug, Clone, PartialEq)]
pub struct Gathered {
    /// Its entry.
    pub seq: u64,
    /// Identifier.
    pub id: SignalId,
    /// Pseudonym of the account, with the source that it belongs to.
    pub account: Option<String>,
    /// The text.
    pub text: String,
    /// Compartments: only what stands in the same ones is looked at together.
    pub compartments: Compartments,
    /// When it was posted, where known.
    pub seen_at: Option<Timestamp>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Earlier signals with the same or nearly the same text, and how alike.
    pub copies: Vec<(SignalId, f64)>,
    /// Earlier signals with the same picture.
    pub pictures: Vec<SignalId>,
}

impl Store {
    /// The open signals that were read, from the entry `from` to before `before`, recorded since `since`; at most `limit`.
    pub fn gathered(
        &self,
        from: u64,
        before: u64,
        since: Timestamp,
        limit: u32,
    ) -> std::result::Result<Vec<Gathered>, StoreError> {
        self.read(|views| {
            let mut rows = views.conn.prepare_cached(
                "SELECT seq, id, author_alias, source, text, compartments, seen_at, recorded_at FROM v_signal
                 WHERE seq >= ? AND seq < ? AND recorded_at >= ? AND text IS NOT NULL AND masked = 0
                     AND narrative IS NOT NULL ORDER BY seq LIMIT ?",
            )?;
            let rows = rows.query_map(params![from, before, ms(since), limit], |row| {
                let alias: Option<String> = row.get(2)?;
                let source: String = row.get(3)?;
                Ok(Gathered {
                    seq: row.get(0)?,
                    id: signal_id(row, 1)?,
                    account: alias.map(|alias| format!("{source}/{alias}")),
                    text: row.get(4)?,
                    compartments: Compartments::from_bits(row.get(5)?),
                    seen_at: row.get::<_, Option<i64>>(6)?.map(at),
                    recorded_at: at(row.get(7)?),
                    copies: Vec::new(),
                    pictures: Vec::new(),
                })
            })?;
            let mut found: Vec<Gathered> = rows.collect::<Result<_>>()?;
            for one in &mut found {
                linked(&views.conn, one)?;
            }
            Ok(found)
        })
    }

    /// Findings made since `since`, with the entry that last changed each.
    pub fn findings_since(
        &self,
        since: Timestamp,
    ) -> std::result::Result<Vec<(Timestamp, FindingMade)>, StoreError> {
        self.read(|views| {
            let mut rows = views
                .conn
                .prepare_cached("SELECT seq, at, body FROM v_finding WHERE at >= ? ORDER BY seq")?;
            let rows = rows.query_map([ms(since)], |row| {
                Ok((row.get::<_, u64>(0)?, at(row.get(1)?), row.get::<_, String>(2)?))
            })?;
            rows.map(|row| {
                let (seq, at, body) = row?;
                let made = serde_json::from_str(&body)
                    .map_err(|cause| StoreError::Damaged { seq, cause: cause.to_string() })?;
                Ok((at, made))
            })
            .collect()
        })
    }

    /// What the pictures of a signal were recognised by when they were read, as recorded.
    pub(crate) fn pictures_read(
        reading: &Reading<'_>,
        attachments: &[AttachmentId],
    ) -> std::result::Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for id in attachments {
            let seq: Option<u64> = reading
                .conn
                .prepare_cached("SELECT seq FROM v_picture WHERE attachment = ? ORDER BY seq DESC LIMIT 1")?
                .query_row([id.as_bytes()], |row| row.get(0))
                .optional()?;
            let Some(seq) = seq else { continue };
            match reading.entry(seq) {
                Ok(Entry { event: Event::AttachmentRead(read), .. }) => found.push(read.picture),
                Ok(_) => {}
                Err(gone) if gone.is_content_gone() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }
}

fn linked(conn: &Connection, one: &mut Gathered) -> Result<()> {
    let mut links = conn.prepare_cached("SELECT to_id, likeness, value FROM v_link WHERE from_seq = ?")?;
    let links = links.query_map([one.seq], |row| {
        Ok((signal_id(row, 0)?, word(row, 1, Likeness::from_word)?, row.get::<_, f64>(2)?))
    })?;
    for link in links {
        match link? {
            (to, Likeness::Same | Likeness::Near, value) => one.copies.push((to, value)),
            (to, Likeness::Picture, _) => one.pictures.push(to),
            (_, Likeness::Link, _) => {}
        }
    }
    Ok(())
}
