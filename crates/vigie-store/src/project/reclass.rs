//! What becomes of older signals when a source changes compartments.
//!
//! They follow their source. A narrative whose signals now stand in different compartments is parted: what arrived
//! first keeps its name, each other part is founded by its own first signal and keeps what people decided. Content
//! that becomes protected leaves the views. Content that was protected stays so: the views do not hold its text.

use super::{HEAD_CHARS, clip, rerank, run, speakable};
use crate::codec::{narrative_id, signal_id};
use crate::withdrawn;
use rusqlite::{Connection, Result, params};
use vigie_model::{Compartments, Entry, NarrativeId, SourceEntry};

/// Applies the compartments of `source` to what it brought before.
pub(super) fn source(conn: &Connection, entry: &Entry, source: &SourceEntry) -> Result<()> {
    let now = source.compartments;
    let closed = now.any_protected();
    for before in compartments_of(conn, "source = ?", source.id.as_str())? {
        if closed || !before.any_protected() {
            run(
                conn,
                "UPDATE v_signal SET compartments = ? | coalesce((SELECT restricted FROM v_narrative n WHERE n.id = narrative), 0)
                 WHERE source = ? AND compartments = ?",
                params![now.bits(), source.id.as_str(), before.bits()],
            )?;
        }
    }
    if closed {
        run(
            conn,
            "UPDATE v_signal SET text = NULL, url = NULL, place = NULL, sheet = NULL WHERE source = ?",
            [source.id.as_str()],
        )?;
    }
    let touched: Vec<NarrativeId> = conn
        .prepare("SELECT narrative FROM v_signal WHERE source = ? AND narrative IS NOT NULL GROUP BY 1 ORDER BY min(seq)")?
        .query_map([source.id.as_str()], |row| narrative_id(row, 0))?
        .collect::<Result<_>>()?;
    touched.into_iter().try_for_each(|narrative| part(conn, entry, narrative))
}

/// The different sets of compartments among some signals, those of the earliest signal first.
fn compartments_of(conn: &Connection, which: &str, value: impl rusqlite::ToSql) -> Result<Vec<Compartments>> {
    conn.prepare(&format!("SELECT compartments FROM v_signal WHERE {which} GROUP BY 1 ORDER BY min(seq)"))?
        .query_map([value], |row| row.get(0).map(Compartments::from_bits))?
        .collect()
}

/// Makes of one narrative as many as its signals have sets of compartments.
fn part(conn: &Connection, entry: &Entry, narrative: NarrativeId) -> Result<()> {
    let sets = compartments_of(conn, "narrative = ?", narrative.as_bytes())?;
    for apart in sets.iter().skip(1) {
        let first = conn.query_row(
            "SELECT id FROM v_signal WHERE narrative = ? AND compartments = ? ORDER BY seq LIMIT 1",
            params![narrative.as_bytes(), apart.bits()],
            |row| signal_id(row, 0),
        )?;
        let own = NarrativeId::founded_by(first);
        found(conn, narrative, own)?;
        run(
            conn,
            "UPDATE v_signal SET narrative = ? WHERE narrative = ? AND compartments = ?",
            params![own.as_bytes(), narrative.as_bytes(), apart.bits()],
        )?;
        unlink(conn, own)?;
        retell(conn, entry, own)?;
    }
    unlink(conn, narrative)?;
    retell(conn, entry, narrative)
}

/// Founds `own` with what people decided on `whole`. Where it was a narrative before `whole` absorbed it, it is one
/// again, under the code that people know.
pub(super) fn found(conn: &Connection, whole: NarrativeId, own: NarrativeId) -> Result<()> {
    let (whole, own) = (whole.as_bytes(), own.as_bytes());
    let known = conn.prepare_cached("SELECT 1 FROM v_narrative WHERE id = ?")?.exists([own])?;
    if known {
        run(
            conn,
            "UPDATE v_narrative AS o SET moved_to = NULL, state = w.state, assigned = w.assigned
             FROM v_narrative AS w WHERE o.id = ?1 AND w.id = ?2",
            params![own, whole],
        )?;
    } else {
        let found_at = conn.query_row(
            "SELECT recorded_at FROM v_signal WHERE narrative = ? ORDER BY seq LIMIT 1",
            [whole],
            |row| row.get(0),
        )?;
        run(
            conn,
            "INSERT INTO v_narrative SELECT ?1, ?3, NULL, head_seq, head_at, NULL, lang, kind, 0, NULL,
                 first_recorded_at, last_recorded_at, state, assigned, 0, changed, 0, NULL, compartments, rank, restricted
             FROM v_narrative WHERE id = ?2",
            params![own, whole, speakable(conn, 'N', "narrative", found_at)?],
        )?;
    }
    for sql in [
        "INSERT OR IGNORE INTO v_label(narrative, label) SELECT ?1, label FROM v_label WHERE narrative = ?2",
        "INSERT OR IGNORE INTO v_act_narrative(narrative, seq, before)
         SELECT ?1, seq, before FROM v_act_narrative WHERE narrative = ?2",
        "INSERT OR IGNORE INTO v_finding_narrative(narrative, finding)
         SELECT ?1, finding FROM v_finding_narrative WHERE narrative = ?2",
        "INSERT OR IGNORE INTO v_kept(keep, narrative) SELECT keep, ?1 FROM v_kept WHERE narrative = ?2",
    ] {
        run(conn, sql, params![own, whole])?;
    }
    Ok(())
}

/// Drops the links of its signals that lead out of a narrative.
pub(super) fn unlink(conn: &Connection, narrative: NarrativeId) -> Result<()> {
    run(
        conn,
        "DELETE FROM v_link WHERE from_seq IN (SELECT seq FROM v_signal WHERE narrative = ?1)
             AND to_id NOT IN (SELECT id FROM v_signal WHERE narrative = ?1)",
        [narrative.as_bytes()],
    )
}

/// Tells a narrative anew from the signals that stand in it.
pub(super) fn retell(conn: &Connection, entry: &Entry, narrative: NarrativeId) -> Result<()> {
    let id = narrative.as_bytes();
    for sql in [
        "DELETE FROM v_narrative_source WHERE narrative = ?",
        "DELETE FROM v_narrative_lang WHERE narrative = ?",
        "DELETE FROM v_hour WHERE narrative = ?",
    ] {
        run(conn, sql, [id])?;
    }
    run(
        conn,
        "INSERT INTO v_narrative_source(narrative, source, count, first_recorded_at)
         SELECT narrative, source, count(*), min(recorded_at) FROM v_signal WHERE narrative = ? GROUP BY source",
        [id],
    )?;
    run(
        conn,
        "INSERT INTO v_narrative_lang(narrative, lang, count)
         SELECT narrative, lang, count(*) FROM v_signal WHERE narrative = ? AND lang IS NOT NULL GROUP BY lang",
        [id],
    )?;
    run(
        conn,
        "INSERT INTO v_hour(narrative, hour, count, first_seq, last_seq)
         SELECT narrative, recorded_at / 3600000, count(*), min(seq), max(seq) FROM v_signal WHERE narrative = ?
         GROUP BY 2",
        [id],
    )?;
    let tricks = conn
        .prepare_cached("SELECT DISTINCT tricks FROM v_signal WHERE narrative = ?")?
        .query_map([id], |row| row.get::<_, i64>(0))?
        .try_fold(0, |all, some| some.map(|bits| all | bits))?;
    let before = withdrawn::compartments(conn, narrative)?;
    run(
        conn,
        "UPDATE v_narrative AS n SET count = s.count, first_seen_at = s.first_seen_at,
             first_recorded_at = s.first_recorded_at, last_recorded_at = s.last_recorded_at, media = s.media,
             compartments = s.compartments, tricks = ?2, changed = ?3,
             place = (SELECT place FROM v_signal WHERE narrative = ?1 AND place IS NOT NULL ORDER BY seq LIMIT 1)
         FROM (SELECT count(*) AS count, min(seen_at) AS first_seen_at, min(recorded_at) AS first_recorded_at,
                   max(recorded_at) AS last_recorded_at, max(attachments IS NOT NULL) AS media,
                   min(compartments) AS compartments FROM v_signal WHERE narrative = ?1) AS s
         WHERE n.id = ?1",
        params![id, tricks, entry.seq],
    )?;
    withdrawn::narrative(conn, entry, narrative, before)?;
    head(conn, narrative)?;
    rerank(conn, narrative)
}

/// Entry, time, text, language and kind.
type Head = (u64, i64, Option<String>, String, String);

/// Puts the earliest signal at the head.
fn head(conn: &Connection, narrative: NarrativeId) -> Result<()> {
    let id = narrative.as_bytes();
    let (seq, head_at, text, lang, kind): Head = conn.query_row(
        "SELECT seq, coalesce(seen_at, reported_at, recorded_at) AS earliest_at, text, lang, kind FROM v_signal
         WHERE narrative = ? AND lang IS NOT NULL ORDER BY earliest_at, seq LIMIT 1",
        [id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
    )?;
    let text = text.as_deref().map(|text| clip(text, HEAD_CHARS));
    run(
        conn,
        "UPDATE v_narrative SET head_seq = ?, head_at = ?, head = ?, lang = ?, kind = ? WHERE id = ?",
        params![seq, head_at, text, lang, kind, id],
    )
}
