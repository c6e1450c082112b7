//! What somebody who could read it may read no longer: open screens are told, and what was written about it goes along.
//!
//! A story that moves into a compartment takes with it the requests, responses and questions about it, the facts that
//! their answers became, and every draft that rests on such a fact, wherever it stands. Where the compartment is
//! protected, they leave the views; otherwise they carry the compartment from then on. What is out is out: a release
//! keeps its words. Each is noted here with who could read it before and who can now, so that a screen on which it
//! stands takes it off, and a screen that never could hears nothing.

use crate::desk::{change, run};
use rusqlite::{Connection, OptionalExtension, Result, params};
use uuid::Uuid;
use vigie_desk::record::Response;
use vigie_model::{Compartments, Entry, NarrativeId};

/// Nobody reads it any more.
const NOBODY: u32 = u32::MAX;

/// Who may see a narrative; nobody where it is not there.
pub(crate) fn compartments(conn: &Connection, narrative: NarrativeId) -> Result<Compartments> {
    let bits: Option<u32> = conn
        .prepare_cached("SELECT compartments FROM v_narrative WHERE id = ?")?
        .query_row([narrative.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(Compartments::from_bits(bits.unwrap_or(NOBODY)))
}

/// Notes that fewer people see a narrative than `before`.
pub(crate) fn narrative(
    conn: &Connection,
    entry: &Entry,
    narrative: NarrativeId,
    before: Compartments,
) -> Result<()> {
    let after = compartments(conn, narrative)?;
    if after.visible_to(before) {
        return Ok(());
    }
    note(conn, entry, ("narrative", narrative.uuid()), before.bits(), after.bits())
}

fn note(conn: &Connection, entry: &Entry, of: (&str, Uuid), before: u32, after: u32) -> Result<()> {
    run(
        conn,
        "INSERT INTO v_withdrawn(seq, kind, id, before, after) VALUES (?1,?2,?3,?4,?5)
         ON CONFLICT(seq, kind, id) DO UPDATE SET after = ?5",
        params![entry.seq, of.0, of.1.as_bytes(), before, after],
    )
}

/// A record of the desk that stands or falls with a story.
struct About {
    kind: String,
    id: Uuid,
    compartments: u32,
    /// The response of a message.
    response: Option<Uuid>,
}

const ABOUT: &str =
    "SELECT kind, id, compartments, unhex(replace(body ->> '$.response', '-', '')) FROM v_desk WHERE ";

fn about(conn: &Connection, which: &str, value: impl rusqlite::ToSql) -> Result<Vec<About>> {
    conn.prepare_cached(&format!("{ABOUT}{which} ORDER BY kind, id"))?
        .query_map([value], |row| {
            Ok(About {
                kind: row.get(0)?,
                id: Uuid::from_bytes(row.get(1)?),
                compartments: row.get(2)?,
                response: row.get::<_, Option<[u8; 16]>>(3)?.map(Uuid::from_bytes),
            })
        })?
        .collect()
}

/// Everything that was written about a story, drafts elsewhere that rest on it included.
fn all_about(conn: &Connection, narrative: NarrativeId) -> Result<Vec<About>> {
    let mut all = about(
        conn,
        "narrative = ?1 AND kind IN ('request', 'response', 'question', 'task')",
        narrative.as_bytes(),
    )?;
    let of = |all: &[About], kind: &str| -> Vec<Uuid> {
        all.iter().filter(|one| one.kind == kind).map(|one| one.id).collect()
    };
    for response in of(&all, "response") {
        all.extend(about(conn, "kind = 'message' AND body ->> '$.response' = ?1", response.to_string())?);
    }
    for request in of(&all, "request") {
        all.extend(about(conn, "kind = 'fact' AND body ->> '$.said.request' = ?1", request.to_string())?);
    }
    for fact in of(&all, "fact") {
        let resting = about(
            conn,
            "kind = 'message' AND open = 1 AND instr(body, '\"' || ?1 || '\"') > 0",
            fact.to_string(),
        )?;
        let fresh = |one: &About| !all.iter().any(|known| known.kind == one.kind && known.id == one.id);
        let resting: Vec<About> = resting.into_iter().filter(fresh).collect();
        all.extend(resting);
    }
    Ok(all)
}

/// Moves everything about a restricted story to where the story is.
pub(crate) fn records(conn: &Connection, entry: &Entry, narrative: NarrativeId) -> Result<()> {
    let bits = restriction(conn, narrative)?;
    if bits == 0 {
        return Ok(());
    }
    let protected = Compartments::from_bits(bits).any_protected();
    for one in all_about(conn, narrative)? {
        let after = if protected { NOBODY } else { one.compartments | bits };
        if after == one.compartments {
            continue;
        }
        note(conn, entry, (&one.kind, one.id), one.compartments, after)?;
        if protected {
            run(conn, "DELETE FROM v_desk WHERE kind = ? AND id = ?", params![one.kind, one.id.as_bytes()])?;
            leave_response(conn, entry, &one)?;
        } else {
            widen(conn, &one.kind, one.id, bits)?;
        }
    }
    Ok(())
}

/// A response about something else goes on without the draft that is gone.
fn leave_response(conn: &Connection, entry: &Entry, gone: &About) -> Result<()> {
    let Some(response) = gone.response else { return Ok(()) };
    change(conn, entry, response, |response: &mut Response| {
        response.messages.retain(|message| message.uuid() != gone.id);
        if response.messages.is_empty() {
            response.waits = None;
            response.cleared_at = None;
        }
    })
}

fn restriction(conn: &Connection, narrative: NarrativeId) -> Result<u32> {
    let bits: Option<u32> = conn
        .prepare_cached("SELECT restricted FROM v_narrative WHERE id = ?")?
        .query_row([narrative.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(bits.unwrap_or_default())
}

fn widen(conn: &Connection, kind: &str, id: Uuid, bits: u32) -> Result<()> {
    run(
        conn,
        "UPDATE v_desk SET compartments = compartments | ?3 WHERE kind = ?1 AND id = ?2",
        params![kind, id.as_bytes(), bits],
    )
}

/// A record about a restricted story carries its restriction from the start.
pub(crate) fn follow(conn: &Connection, kind: &str, id: Uuid, narrative: NarrativeId) -> Result<()> {
    match (kind, restriction(conn, narrative)?) {
        // Security is warned whatever becomes of the story.
        ("warning", _) | (_, 0) => Ok(()),
        (kind, bits) => widen(conn, kind, id, bits),
    }
}

/// What is made of another record is for those who may read the story of that record: a fact of a reply, a message of a
/// response.
pub(crate) fn inherit(conn: &Connection, one: (&str, Uuid), of: (&str, Uuid)) -> Result<()> {
    run(
        conn,
        "UPDATE v_desk SET compartments = compartments | coalesce(
             (SELECT n.restricted FROM v_desk r JOIN v_narrative n ON n.id = r.narrative
              WHERE r.kind = ?3 AND r.id = ?4), 0)
         WHERE kind = ?1 AND id = ?2",
        params![one.0, one.1.as_bytes(), of.0, of.1.as_bytes()],
    )
}
