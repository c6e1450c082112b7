//! What people join and part by hand, and that machines keep to it.

use super::{absorb as take_in, act, act_on, current, reclass, rerank, run};
use crate::findings;
use rusqlite::{Connection, Result, params};
use vigie_model::{Entry, NarrativeId, NarrativeParted, NarrativesJoined};

/// A person made one narrative of two; what was said before of their being apart is over.
pub(super) fn joined(conn: &Connection, entry: &Entry, e: &NarrativesJoined) -> Result<()> {
    let (kept, other) = (current(conn, e.narrative)?, current(conn, e.other)?);
    if kept == other {
        return Ok(());
    }
    let (one, two) = ordered(kept, other);
    run(conn, "DELETE FROM v_apart WHERE one = ? AND other = ?", params![one.as_bytes(), two.as_bytes()])?;
    act(conn, entry, "joined", &code(conn, other)?)?;
    act_on(conn, entry, kept.as_bytes(), None)?;
    take_in(conn, entry, kept, other)?;
    rerank(conn, kept)
}

/// A person took a part out of a narrative.
pub(super) fn parted(conn: &Connection, entry: &Entry, e: &NarrativeParted) -> Result<()> {
    let whole = current(conn, e.narrative)?;
    reclass::found(conn, whole, e.part)?;
    for signal in &e.signals {
        run(
            conn,
            "UPDATE v_signal SET narrative = ?1 WHERE id = ?2 AND narrative = ?3",
            params![e.part.as_bytes(), signal.as_bytes(), whole.as_bytes()],
        )?;
    }
    let (one, two) = ordered(whole, e.part);
    run(
        conn,
        "INSERT OR IGNORE INTO v_apart(one, other) VALUES (?,?)",
        params![one.as_bytes(), two.as_bytes()],
    )?;
    act(conn, entry, "parted", &format!("{} / {}", code(conn, whole)?, code(conn, e.part)?))?;
    for narrative in [whole, e.part] {
        reclass::unlink(conn, narrative)?;
        reclass::retell(conn, entry, narrative)?;
        findings::settle(conn, narrative)?;
        act_on(conn, entry, narrative.as_bytes(), None)?;
    }
    Ok(())
}

/// Whether a person took the two apart.
pub(super) fn are(conn: &Connection, a: NarrativeId, b: NarrativeId) -> Result<bool> {
    let (one, other) = ordered(a, b);
    conn.prepare_cached("SELECT 1 FROM v_apart WHERE one = ? AND other = ?")?
        .exists(params![one.as_bytes(), other.as_bytes()])
}

/// What was kept apart from `absorbed` is kept apart from what it went into.
pub(super) fn absorb(conn: &Connection, kept: NarrativeId, absorbed: NarrativeId) -> Result<()> {
    let theirs: Vec<[u8; 16]> = conn
        .prepare_cached("SELECT iif(one = ?1, other, one) FROM v_apart WHERE one = ?1 OR other = ?1")?
        .query_map([absorbed.as_bytes()], |row| row.get(0))?
        .collect::<Result<_>>()?;
    run(conn, "DELETE FROM v_apart WHERE one = ?1 OR other = ?1", [absorbed.as_bytes()])?;
    for other in theirs.iter().filter(|other| *other != kept.as_bytes()) {
        let (one, two) =
            if kept.as_bytes() < other { (kept.as_bytes(), other) } else { (other, kept.as_bytes()) };
        run(conn, "INSERT OR IGNORE INTO v_apart(one, other) VALUES (?,?)", params![one, two])?;
    }
    Ok(())
}

/// The reason stays in the sealed record: a narrative that is restricted later would leave it in the open.
fn code(conn: &Connection, id: NarrativeId) -> Result<String> {
    conn.prepare_cached("SELECT code FROM v_narrative WHERE id = ?")?
        .query_row([id.as_bytes()], |row| row.get(0))
}

fn ordered(a: NarrativeId, b: NarrativeId) -> (NarrativeId, NarrativeId) {
    if a < b { (a, b) } else { (b, a) }
}
